//! The counter: its page, and what its buttons and its one box post. Each action answers the whole state.

use axum::extract::Form;
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::ProductId;
use maud::html;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use web::Fault;
use web::layout::{Page, Shape};

use super::live::EVENTS;
use super::results;
use super::side::{self, Side};
use super::texts::CounterTexts;
use super::visit::{Visit, Wanted};
use super::{cart, desk, keys, note, pad, paper, scan_habit, tabs, weigh};
use crate::counter::{CounterState, Note, receipt_check, scan as scanning};

/// The counter's page; without an open shift, the page that opens one.
pub async fn page(visit: Visit) -> Result<Response, Fault> {
    let mut state = visit.state(Note::Ready).await?;
    if state.business_date.is_none() {
        return Ok(Redirect::to("/shift").into_response());
    }
    visit.show_code(None);
    state.note = visit.site.take_note(&visit.seat.counter).unwrap_or(Note::Ready);
    let (lang, title) = (visit.lang, visit.lang.counter_page());
    let page = Page {
        csrf: Some(&visit.csrf),
        login: Some("/sign-in"),
        events: Some(EVENTS),
        idle_s: visit.app.config().lock_after_minutes.checked_mul(60).filter(|seconds| *seconds > 0),
        status: desk::status(&visit, &state),
        is_demo: !visit.app.config().banner.is_empty(),
        is_training: visit.app.config().is_training(),
        ..Page::new(lang, Shape::Counter, &state.store, title)
    };
    let habit = scan_habit::told(&visit).await?;
    Ok(page.with(html! { (main(&visit, &state)) (habit) }).into_response())
}

fn main(visit: &Visit, state: &CounterState) -> maud::Markup {
    let lang = visit.lang;
    html! {
        div.till {
            (tabs::fragment(lang, state))
            (pad::mark(lang, state))
            div.seek {
                input #box name="code" type="text" data-box="/counter/scan" data-search="/counter/search"
                    placeholder=(lang.box_hint()) aria-label=(lang.box_label()) autocomplete="off" autocapitalize="off"
                    spellcheck="false" maxlength="512" enterkeyhint="done" role="combobox" aria-expanded="false"
                    aria-controls="results" aria-autocomplete="list"
                    aria-keyshortcuts=(keys::FIND.shortcut) autofocus;
                kbd aria-hidden="true" { (keys::FIND.cap) }
                (results::none(lang))
            }
            div.told {
                (note::fragment(lang, &state.note))
                (tabs::undo(lang, state))
            }
            (note::missed(lang, state))
            (paper::fragment(lang, state))
            (cart::fragment(lang, state))
        }
        (side::fragment(lang, state, &visit.at_rest(weigh::after(visit, &state.note))))
        (desk::hints(visit))
    }
}

/// What was scanned or typed into the box.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Scan {
    sale_id: Uuid,
    /// A code, or words.
    code: String,
}

/// Carries out what was scanned or typed.
pub async fn scan(visit: Visit, Form(form): Form<Scan>) -> Result<Response, Fault> {
    let request = visit.request(form.sale_id)?;
    if let Some(note) = visit.ok(receipt_check::check(&visit.app, &form.code).await)? {
        return receipt(&visit, note).await;
    }
    let state = visit.ok(scanning::scan(&visit.app, &visit.seat, &request, &form.code).await)?;
    let results = match &state.note {
        Note::SeveralFound { words } => {
            let found = results::find(&visit, words).await?;
            Some(results::fragment(visit.lang, &found, "/counter/choose"))
        }
        _ => None,
    };
    let side = weigh::after(&visit, &state.note);
    Ok(visit.answer_state(state, &side, results))
}

/// A receipt instead of goods: a genuine one is opened, anything else told.
async fn receipt(visit: &Visit, note: Note) -> Result<Response, Fault> {
    match &note {
        Note::ReceiptFound { sale_id, .. } if visit.wanted == Wanted::Markup => {
            let to = format!("/receipts/{sale_id}");
            visit.site.leave_note(&visit.seat.counter, note);
            Ok(Redirect::to(&to).into_response())
        }
        Note::DepositFound { sale_id, .. } if visit.wanted == Wanted::Markup => {
            let to = format!("/deposits/{sale_id}");
            visit.site.leave_note(&visit.seat.counter, note);
            Ok(Redirect::to(&to).into_response())
        }
        _ => Ok(visit.answer_state(visit.state(note).await?, &Side::Keys, None)),
    }
}

/// A product that was chosen.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Choose {
    pub(super) sale_id: Uuid,
    pub(super) product_id: Uuid,
}

/// Adds a product that was chosen from the list.
pub async fn choose(visit: Visit, Form(form): Form<Choose>) -> Result<Response, Fault> {
    let request = visit.request(form.sale_id)?;
    let product_id = ProductId::from_uuid(form.product_id);
    let state = visit.ok(scanning::choose(&visit.app, &visit.seat, &request, product_id).await)?;
    let side = weigh::after(&visit, &state.note);
    Ok(visit.answer_state(state, &side, None))
}

/// A missed code.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Dismiss {
    sale_id: Uuid,
    code: String,
}

/// Takes a missed code off the list.
pub async fn dismiss(visit: Visit, Form(form): Form<Dismiss>) -> Result<Response, Fault> {
    let request = visit.request(form.sale_id)?;
    visit.answer(scanning::dismiss(&visit.app, &visit.seat, &request, &form.code).await, &Side::Keys)
}

/// A row to be tinted.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Select {
    #[serde(rename = "sale_id")]
    _sale_id: Uuid,
    row: usize,
}

/// Chooses a row. It changes nothing that lasts.
pub async fn select(visit: Visit, Form(form): Form<Select>) -> Result<Response, Fault> {
    visit.site.choose(&visit.seat.counter, Some(form.row));
    let state = visit.state(Note::Ready).await?;
    Ok(visit.answer_state(state, &Side::Keys, None))
}
