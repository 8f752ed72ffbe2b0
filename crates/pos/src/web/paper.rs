//! The paper of a sale: one that was not printed, or perhaps in part; printing again.

use axum::extract::Form;
use axum::response::Response;
use domain::ids::SaleId;
use maud::{Markup, html};
use receipts::language::Language;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use web::{Fault, Lang};

use super::chips::advice;
use super::side::Side;
use super::texts::CounterTexts;
use super::visit::Visit;
use crate::counter::state::PrinterState;
use crate::counter::{CounterState, Note, receipt};

/// A receipt's paper.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Paper {
    /// The open cart's sale; not needed.
    #[serde(default, rename = "sale_id")]
    _sale_id: Option<Uuid>,
    /// Whose receipt; without one there is nothing to print.
    #[serde(default)]
    printed_sale_id: Option<Uuid>,
}

/// Prints a receipt again.
pub async fn reprint(visit: Visit, Form(form): Form<Paper>) -> Result<Response, Fault> {
    again(&visit, &form, Language::Vi).await
}

/// Prints a receipt in English, for a buyer who does not read Vietnamese.
pub async fn reprint_in_english(visit: Visit, Form(form): Form<Paper>) -> Result<Response, Fault> {
    again(&visit, &form, Language::En).await
}

async fn again(visit: &Visit, form: &Paper, language: Language) -> Result<Response, Fault> {
    let Some(sale_id) = form.printed_sale_id.map(SaleId::from_uuid) else {
        let state = visit.state(Note::NoReceipt).await?;
        return Ok(visit.answer_state(state, &Side::Keys, None));
    };
    let op_id = visit.request(sale_id.uuid())?.op_id;
    visit.answer(receipt::reprint(&visit.app, &visit.seat, &op_id, sale_id, language).await, &Side::Keys)
}

/// Says that a receipt needs no other paper.
pub async fn skip_print(visit: Visit, Form(form): Form<Paper>) -> Result<Response, Fault> {
    let Some(sale_id) = form.printed_sale_id.map(SaleId::from_uuid) else {
        let state = visit.state(Note::NoReceipt).await?;
        return Ok(visit.answer_state(state, &Side::Keys, None));
    };
    visit.answer(receipt::skip_print(&visit.app, &visit.seat, sale_id).await, &Side::Keys)
}

/// `#paper`: a receipt that was not printed, or perhaps in part; a person looks at the paper and decides.
pub fn fragment(lang: Lang, state: &CounterState) -> Markup {
    let receipt_of = |sale_id: &Uuid| {
        state.last_sale.as_ref().filter(|last| last.sale_id == *sale_id).map(|last| last.receipt.as_str())
    };
    let about = match &state.printer {
        PrinterState::Failed { sale_id, reason } => {
            let why = advice(lang, reason);
            let words = match receipt_of(sale_id) {
                Some(receipt) => lang.paper_failed(receipt, why),
                None => lang.paper_failed_other(why),
            };
            Some((sale_id, "✕ ", words))
        }
        PrinterState::Unknown { sale_id } => {
            let words = match receipt_of(sale_id) {
                Some(receipt) => lang.paper_unknown(receipt),
                None => lang.paper_unknown_other().to_owned(),
            };
            Some((sale_id, "⚠ ", words))
        }
        _ => None,
    };
    html! {
        section #paper aria-label=(lang.printer_good()) hidden[about.is_none()] {
            @if let Some((sale_id, sign, words)) = about {
                div.missed {
                    span { span aria-hidden="true" { (sign) } (words) }
                    span.actions {
                        button.plain type="button" data-post="/counter/reprint" name="printed_sale_id" value=(sale_id) {
                            (lang.print_again())
                        }
                        button.plain type="button" data-post="/counter/skip-print" name="printed_sale_id" value=(sale_id) {
                            (lang.paper_skip())
                        }
                    }
                }
            }
        }
    }
}
