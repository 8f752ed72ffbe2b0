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
use super::settlement_texts::SettlementTexts;
use super::talk_texts::TalkTexts;
use crate::answers::{self, Standing};
use crate::app::App;
use crate::config::Settlements;
use crate::db::joint_settlements::{self, Asker};
use crate::db::settlements::{self, Paper};
use crate::web::joint::page::joints;
use crate::web::joint::report::JointOfList;
use crate::web::joint_texts::JointTexts;
use crate::web::sales::report::iso;
use crate::web::shell::Place;

/// Papers that are shown.
const PAPERS_MOST: i64 = 200;
/// Settlements for all stores that are shown.
const JOINTS_MOST: i64 = 24;

/// A producer's settlements and payments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SettlementList {
    /// The latest first.
    pub papers: Vec<PaperOfReport>,
    /// Settlements of an operator for all its stores at once, the latest first.
    pub joints: Vec<JointOfList>,
}

/// A settlement, or a payment without one.
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
    /// What was paid.
    pub paid_vnd: i64,
}

impl PaperOfReport {
    /// Arranges what was found, as it stands now; `root` is where addresses begin.
    pub fn of(paper: Paper, root: &str, now_ms: i64, settings: &Settlements) -> Self {
        let standing = answers::standing(&paper, settings, now_ms);
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
    let (lang, list) = (reader.lang, SettlementList { papers, joints });
    Ok(reader.answer(Place::Settlements, "", &list, |list| main(lang, &reader.root, list)))
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
