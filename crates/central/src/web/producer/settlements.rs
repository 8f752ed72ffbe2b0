//! A producer's settlements and payments, from all stores.

use axum::extract::State;
use axum::response::Response;
use domain::Money;
use maud::{Markup, html};
use serde::Serialize;
use time::Date;
use utoipa::ToSchema;
use web::format::date_text;
use web::fragment::{Tone, chip};
use web::{Fault, Lang};

use super::Reader;
use super::correction_texts::CorrectionTexts;
use super::settlement_texts::SettlementTexts;
use super::talk_texts::TalkTexts;
use crate::answers::{self, Standing};
use crate::app::App;
use crate::config::Settlements;
use crate::db::joint_settlements::{self, Asker};
use crate::db::payout_accounts;
use crate::db::settlements::{self, Paper};
use crate::web::joint::page::joints;
use crate::web::joint::report::JointOfList;
use crate::web::joint_texts::JointTexts;
use crate::web::owed::account::AccountOnFile;
use crate::web::payout_texts::PayoutTexts;
use crate::web::sales::report::iso;
use crate::web::shell::Place;

/// Papers that are shown.
const PAPERS_MOST: i64 = 200;
/// Settlements for all stores that are shown.
const JOINTS_MOST: i64 = 24;
/// Operators whose accounts of the producer are shown.
const ACCOUNTS_MOST: i64 = 100;

/// A producer's settlements and payments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SettlementList {
    /// The latest first.
    pub papers: Vec<PaperOfReport>,
    /// Settlements of an operator for all its stores at once, the latest first.
    pub joints: Vec<JointOfList>,
    /// Where operators send what they owe, as they keep it; told to the producer alone, not to whoever holds the reading key.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub accounts: Vec<AccountOnFile>,
}

/// A settlement, a payment without one, or what puts such a one right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PaperOfReport {
    /// The store's name.
    pub store: String,
    /// Who pays.
    pub operator: String,
    /// To whom.
    pub producer: String,
    /// The number on the paper.
    pub number: String,
    /// The business day.
    #[serde(serialize_with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub day: Date,
    /// The page of a settlement; none for a payment.
    pub page: Option<String>,
    /// How a settlement stands; none for a payment.
    pub standing: Option<Standing>,
    /// Of a settlement: what was owed for it, đồng.
    pub due_vnd: i64,
    /// Of a settlement: what was owed from before; below zero after an advance.
    pub carried_vnd: i64,
    /// What was paid; below zero for what came back of an earlier payment.
    pub paid_vnd: i64,
    /// What is owed more to put a settlement right; below zero for less.
    pub adjusted_vnd: i64,
    /// The number of the paper that it puts right, empty while central does not know it; none for a settlement or a payment.
    pub corrected_number: Option<String>,
    /// Why; none for a settlement or a payment.
    pub correction_reason: Option<String>,
}

impl PaperOfReport {
    /// Arranges what was found, as it stands now; `root` is where addresses begin.
    pub fn of(paper: Paper, root: &str, now_ms: i64, settings: &Settlements) -> Self {
        let standing = answers::standing(&paper, settings, now_ms);
        let (corrected_number, correction_reason) =
            paper.correction.map(|correction| (correction.number, correction.reason)).unzip();
        Self {
            page: paper
                .is_settlement
                .then(|| format!("{root}/settlements/{}/{}", paper.id.stream, paper.id.seq)),
            standing: paper.is_settlement.then_some(standing),
            store: paper.store,
            operator: paper.operator,
            producer: paper.producer,
            number: paper.number,
            day: paper.day,
            due_vnd: paper.due.vnd(),
            carried_vnd: paper.carried.vnd(),
            paid_vnd: paper.paid.vnd(),
            adjusted_vnd: paper.adjusted.vnd(),
            corrected_number,
            correction_reason,
        }
    }

    /// Returns what a settlement leaves owed; below zero when more was paid, đồng.
    pub fn left_vnd(&self) -> i64 {
        self.carried_vnd.saturating_add(self.due_vnd).saturating_sub(self.paid_vnd)
    }
}

/// Returns the latest papers of a producer.
///
/// # Errors
/// When the database fails.
pub async fn load(app: &App, reader: &Reader, most: i64) -> crate::Result<Vec<PaperOfReport>> {
    let found = settlements::list(&app.db, reader.scope, most).await?;
    let (root, now_ms, settings) = (reader.root.as_str(), app.clock.now_ms(), &app.config.settlements);
    Ok(found.into_iter().map(|paper| PaperOfReport::of(paper, root, now_ms, settings)).collect())
}

/// A producer's settlements and payments: a page, or the same as JSON.
#[utoipa::path(
    get, path = "/me/settlements", tag = "producer",
    responses(
        (status = 200, description = "settlements and payments; JSON by `Accept: application/json`", body = SettlementList),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not a producer"),
    ),
)]
pub async fn get(State(app): State<App>, reader: Reader) -> Result<Response, Fault> {
    let papers = reader.ok(load(&app, &reader, PAPERS_MOST).await)?;
    let asker = Asker::Producer(reader.scope);
    let joints = reader.ok(joint_settlements::list(&app.db, asker, None, JOINTS_MOST).await)?;
    let joints = joints.into_iter().map(|joint| JointOfList::of(joint, &reader.root)).collect();
    let accounts = reader.ok(accounts(&app, &reader).await)?;
    let (lang, list) = (reader.lang, SettlementList { papers, joints, accounts });
    Ok(reader.answer(Place::Settlements, "", &list, |list| main(lang, &reader.root, list)))
}

/// Whoever holds a slip with the reading key is told of no account.
async fn accounts(app: &App, reader: &Reader) -> crate::Result<Vec<AccountOnFile>> {
    if reader.csrf().is_none() {
        return Ok(Vec::new());
    }
    let kept = payout_accounts::list_of_producer(&app.db, reader.scope, ACCOUNTS_MOST).await?;
    Ok(kept.iter().map(AccountOnFile::of_producer).collect())
}

/// The main part.
pub fn main(lang: Lang, root: &str, list: &SettlementList) -> Markup {
    html! {
        p.mute { (lang.settlements_about()) }
        p { a href=(Place::Terms.below(root)) { (lang.see_terms()) } }
        @if !list.joints.is_empty() {
            h2 { (lang.joint_list()) }
            (joints(lang, &list.joints))
            h2 { (lang.joint_stores()) }
        }
        (papers(lang, &list.papers))
        @if !list.accounts.is_empty() {
            h2 { (lang.payout_account()) }
            p.mute { (lang.payout_on_file_about()) }
            section.card { ul.list { @for account in &list.accounts { (account_line(lang, account)) } } }
        }
    }
}

fn account_line(lang: Lang, account: &AccountOnFile) -> Markup {
    html! {
        li {
            span {
                (account.operator)
                small.small { (account.bank) " · " (account.account_number) }
                @if !account.account_holder.is_empty() { small.small { (account.account_holder) } }
                small.small { (account.set_words(lang)) }
            }
        }
    }
}

/// Papers, a line each.
pub fn papers(lang: Lang, papers: &[PaperOfReport]) -> Markup {
    html! {
        section.card {
            @if papers.is_empty() { p { (lang.no_papers()) } } @else {
                ul.list { @for paper in papers { (line(lang, paper)) } }
            }
        }
    }
}

fn line(lang: Lang, paper: &PaperOfReport) -> Markup {
    if let (Some(number), Some(reason)) = (&paper.corrected_number, &paper.correction_reason) {
        return correction_line(lang, paper, (number, reason));
    }
    html! {
        li {
            span {
                @match &paper.page {
                    Some(page) => a href=(page) { (lang.paper_settled(&paper.number)) },
                    None => (lang.paper_paid(&paper.number)),
                }
                small.small { (date_text(paper.day)) " · " (paper.store) }
                @if let Some(standing) = paper.standing {
                    small.small { (lang.paid_and_left(Money::new(paper.paid_vnd), Money::new(paper.left_vnd()))) }
                    (standing_chip(lang, standing))
                }
            }
            strong.n.money { (Money::new(if paper.page.is_some() { paper.due_vnd } else { paper.paid_vnd })) }
        }
    }
}

fn correction_line(lang: Lang, paper: &PaperOfReport, (number, reason): (&str, &str)) -> Markup {
    let is_back = paper.paid_vnd < 0;
    html! {
        li {
            span {
                @if is_back { (lang.paper_takes_back(&paper.number)) } @else { (lang.paper_adjusts(&paper.number)) }
                small.small { (date_text(paper.day)) " · " (paper.store) }
                small.small { @if !number.is_empty() { (lang.corrects_paper(number)) " · " } (reason) }
            }
            strong.n.money { (signed(paper.adjusted_vnd.saturating_sub(paper.paid_vnd))) }
        }
    }
}

/// Returns what is owed more or less, with its sign.
pub fn signed(vnd: i64) -> String {
    let amount = Money::new(vnd);
    if vnd > 0 { format!("+{amount}") } else { amount.to_string() }
}

/// How a settlement stands.
pub fn standing_chip(lang: Lang, standing: Standing) -> Markup {
    let tone = match standing {
        Standing::Sent => Tone::Warn,
        Standing::Confirmed => Tone::Good,
        Standing::Disputed => Tone::Bad,
        Standing::Answered => Tone::Warn,
        Standing::Signed => Tone::Good,
        Standing::Agreed => Tone::Quiet,
    };
    chip(tone, standing_words(lang, standing))
}

/// The same in words alone.
pub fn standing_words(lang: Lang, standing: Standing) -> &'static str {
    match standing {
        Standing::Sent => lang.standing_sent(),
        Standing::Confirmed => lang.standing_confirmed(),
        Standing::Disputed => lang.standing_disputed(),
        Standing::Answered => lang.standing_answered(),
        Standing::Signed => lang.standing_signed(),
        Standing::Agreed => lang.standing_agreed(),
    }
}
