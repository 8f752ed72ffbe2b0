//! The form that puts a settlement with a producer right, or takes a payment back that should not have been made, under its paper.

use axum::extract::Form;
use axum::response::Response;
use domain::Money;
use domain::correction::REASON_MOST;
use maud::{Markup, html};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use web::address::encoded_piece;
use web::form::Field;
use web::{Fault, Lang, amount};

use super::approval::{self, Asks};
use super::correction_texts::CorrectionTexts;
use super::drawer_count::language;
use super::papers;
use super::refund::{Opening, done};
use super::visit::{Visit, check_op_id};
use crate::counter::Note;
use crate::counter::correction::{Change, Correction, correct};
use crate::counter::note::Settling;
use crate::db::corrections::{self, Adjusted, Found};

/// Where the form is sent.
pub const CORRECT: &str = "/producers/correct";

/// What puts a paper right.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrectProducer {
    /// Names this form; posting it twice books once.
    op_id: String,
    /// The number on the paper that was wrong.
    number: String,
    /// `more` or `less` owed beside a settlement; `cash` or `transfer` came back of what was paid.
    change: Changed,
    /// As typed.
    amount: String,
    /// Why; the producer reads it.
    reason: String,
    /// The manager who allows it; none when one sits at the counter.
    #[serde(default)]
    manager_id: Option<Uuid>,
    /// Their PIN.
    #[serde(default)]
    pin: String,
}

/// How a paper is put right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Changed {
    /// More is owed.
    More,
    /// Less is owed.
    Less,
    /// Notes came back.
    Cash,
    /// A transfer came back.
    Transfer,
}

impl From<Changed> for Change {
    fn from(changed: Changed) -> Self {
        match changed {
            Changed::More => Self::More,
            Changed::Less => Self::Less,
            Changed::Cash => Self::Cash,
            Changed::Transfer => Self::Transfer,
        }
    }
}

/// Puts a settlement or a payment right. What was done leads to its paper.
pub async fn submit(visit: Visit, Form(form): Form<CorrectProducer>) -> Result<Response, Fault> {
    let op_id = check_op_id(&form.op_id)?;
    let correction = Correction {
        number: form.number.clone(),
        change: form.change.into(),
        // What cannot be read is refused as nothing is.
        amount: amount::parse(form.amount.trim()).unwrap_or(Money::ZERO),
        reason: form.reason,
        language: language(visit.lang),
        word: approval::word(form.manager_id, form.pin),
    };
    let state = visit.ok(correct(&visit.app, &visit.seat, &op_id, &correction).await)?;
    let to = match &state.note {
        Note::Settling(
            Settling::ProducerAdjusted { voucher, .. } | Settling::PaymentTakenBack { voucher, .. },
        ) => papers::address(voucher),
        _ => papers::address(&encoded_piece(&form.number)),
    };
    done(&visit, state, &to)
}

/// What was put right since the last settlement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AdjustedState {
    /// The number on its paper.
    pub number: String,
    /// The number of what it puts right; empty where that is not known here.
    pub corrected_number: String,
    /// What the producer is owed more by it, đồng; below zero for less.
    pub adjusted_vnd: i64,
    /// Money of a payment came back; else the store bears it.
    pub is_back: bool,
    /// Why.
    pub reason: String,
}

impl From<Adjusted> for AdjustedState {
    fn from(row: Adjusted) -> Self {
        let Adjusted { number, corrected_number, adjusted_vnd, is_back, reason } = row;
        Self { number, corrected_number, adjusted_vnd, is_back, reason }
    }
}

/// A row of what is owed: what was put right, and why.
pub(super) fn row(lang: Lang, adjusted: &AdjustedState) -> Markup {
    let number = &adjusted.corrected_number;
    let words = if adjusted.is_back { lang.correction_back_of(number) } else { lang.correction_of(number) };
    html! {
        dt { a href=(papers::address(&adjusted.number)) { (words.trim_end()) } small { " " (adjusted.reason) } }
        dd { (signed(adjusted.adjusted_vnd)) }
    }
}

/// What the paper of a settlement or a payment shows beneath it.
pub struct Beneath {
    /// What can be put right.
    pub found: Found,
    /// What put it right before, the earliest first.
    pub made: Vec<Adjusted>,
}

/// Returns what stands beneath a paper; none when nothing was settled or paid by it.
pub(super) async fn load(visit: &Visit, number: &str) -> crate::db::Result<Option<Beneath>> {
    let mut reader = visit.app.db().read().acquire().await?;
    let Some(found) = corrections::find_by_number(&mut reader, number).await? else { return Ok(None) };
    let made = corrections::list_of(&mut reader, number, &found).await?;
    Ok(Some(Beneath { found, made }))
}

/// What put a paper right before, and the form for more.
pub fn beneath(lang: Lang, number: &str, beneath: &Beneath, opening: &Opening) -> Markup {
    let paper = &beneath.found.paper;
    let left = paper.can_come_back();
    let summary = match (paper.is_settlement, left.is_some()) {
        (true, true) => lang.correction_both(),
        (true, false) => lang.correction_settlement(),
        (false, _) => lang.correction_payment(),
    };
    html! {
        @if !beneath.made.is_empty() { (made(lang, &beneath.made)) }
        @if paper.is_settlement || left.is_some() {
            section.card.off-paper {
                details.ending {
                    summary { (summary) }
                    (form(lang, number, (paper.is_settlement, left), opening))
                }
            }
        }
    }
}

fn made(lang: Lang, made: &[Adjusted]) -> Markup {
    html! {
        section.card.off-paper {
            h2 { (lang.correction_made()) }
            ul.list { @for row in made { li {
                span { a href=(papers::address(&row.number)) { (row.number) } " · " (row.reason) }
                span.money { (signed(row.adjusted_vnd)) }
            } } }
        }
    }
}

/// The form: beside a settlement, and for what was paid and can come back.
fn form(lang: Lang, number: &str, (is_settlement, paid): (bool, Option<Money>), opening: &Opening) -> Markup {
    let beside = [("more", lang.correction_more()), ("less", lang.correction_less())];
    let back = [("cash", lang.correction_cash()), ("transfer", lang.correction_transfer())];
    let ways =
        beside.into_iter().filter(|_| is_settlement).chain(back.into_iter().filter(|_| paid.is_some()));
    let most = paid.map(|paid| lang.correction_most(paid));
    html! {
        form.form method="post" action=(CORRECT) {
            (opening.csrf)
            input type="hidden" name="op_id" value=(opening.op_id);
            input type="hidden" name="number" value=(number);
            p.whole { (lang.correction_about()) }
            fieldset.people.whole {
                legend.hidden { (lang.correction_how()) }
                @for (value, words) in ways {
                    label { input type="radio" name="change" value=(value) required; span { (words) } }
                }
            }
            (Field { inputmode: "numeric", is_amount: true, hint: most.as_deref(),
                ..Field::new("amount", lang.correction_amount()) }.render())
            (Field { hint: Some(&lang.correction_reason_hint(REASON_MOST)), ..Field::new("reason", lang.correction_reason()) }.render())
            (approval::fields(lang, &opening.managers, "correction", Asks::Always { has_focus: false }))
            div.actions { button.danger { (lang.correction_submit()) } }
        }
    }
}

/// Returns đồng with their sign.
pub(super) fn signed(vnd: i64) -> String {
    let amount = Money::new(vnd.saturating_abs());
    if vnd < 0 { format!("−{amount}") } else { format!("+{amount}") }
}
