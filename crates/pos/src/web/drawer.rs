//! The drawer by hand: money in and out with a reason, and opening it without a sale.

use axum::Json;
use axum::extract::Form;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::Money;
use maud::{Markup, html};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use web::Fault;
use web::form::{Field, csrf_field};

use super::approval::{self, Managers};
use super::drawer_count::language;
use super::drawer_texts::DrawerTexts;
use super::page_texts::PageTexts;
use super::visit::{Visit, Wanted, check_op_id};
use super::{desk, shift};
use crate::counter::drawer::{self, CashMove};
use crate::counter::{CounterState, Note, shift as shifts};
use web::amount;

/// Which way money goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// Into the drawer.
    #[default]
    In,
    /// Out of it.
    Out,
}

/// Money that goes in or out.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveCash {
    /// Names this form; posting it twice moves money once.
    op_id: String,
    way: Way,
    /// As typed: `200.000`.
    amount: String,
    /// Who brings or gets it; may be empty.
    #[serde(default)]
    person: String,
    /// Why.
    reason: String,
    /// Who allows what a cashier may not take out alone.
    manager_id: Option<Uuid>,
    /// The manager's PIN.
    #[serde(default)]
    pin: String,
}

/// A drawer that is to open.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenDrawer {
    /// Names this form; posting it twice opens the drawer once.
    op_id: String,
    /// Why.
    why: String,
}

/// What was typed and is wrong.
#[derive(Default)]
struct Typed<'a> {
    moved: MoveCash,
    opened: OpenDrawer,
    wrong: &'a str,
}

/// The page.
pub async fn page(visit: Visit) -> Result<Response, Fault> {
    show(&visit, None, &Typed::default()).await
}

/// Puts money in or takes it out.
pub async fn move_cash(visit: Visit, Form(form): Form<MoveCash>) -> Result<Response, Fault> {
    let op_id = check_op_id(&form.op_id)?;
    let amount = amount::parse(&form.amount).unwrap_or(Money::ZERO);
    let amount = if form.way == Way::Out { Money::new(-amount.vnd()) } else { amount };
    let (person, reason) = (form.person.clone(), form.reason.clone());
    let moved = CashMove { amount, person, reason, language: language(visit.lang) };
    let word = approval::word(form.manager_id, form.pin.clone());
    let state = visit.ok(drawer::move_cash(&visit.app, &visit.seat, &op_id, &moved, &word).await)?;
    answer(&visit, state, Typed { moved: form, ..Typed::default() }).await
}

/// Opens the drawer.
pub async fn open(visit: Visit, Form(form): Form<OpenDrawer>) -> Result<Response, Fault> {
    let op_id = check_op_id(&form.op_id)?;
    let state = visit.ok(drawer::open_drawer(&visit.app, &visit.seat, &op_id, &form.why).await)?;
    answer(&visit, state, Typed { opened: form, ..Typed::default() }).await
}

/// What was refused comes back filled in; what was done leads on.
async fn answer(visit: &Visit, state: CounterState, typed: Typed<'_>) -> Result<Response, Fault> {
    let wrong = match &state.note {
        Note::BadField { field } => field.clone(),
        Note::NeedsManager { .. } | Note::WrongPin | Note::WaitPin { .. } => "manager".to_owned(),
        _ => return shift::done(visit, state, "/drawer"),
    };
    let mut response = match visit.wanted {
        Wanted::Json => Json(state).into_response(),
        Wanted::Markup => show(visit, Some(&state.note), &Typed { wrong: &wrong, ..typed }).await?,
    };
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

async fn show(visit: &Visit, told: Option<&Note>, typed: &Typed<'_>) -> Result<Response, Fault> {
    let report = visit.ok(shifts::report(&visit.app, &visit.seat, language(visit.lang)).await)?;
    if visit.wanted == Wanted::Json {
        return Ok(Json(report.map(|report| report.cash_moves)).into_response());
    }
    let lang = visit.lang;
    let managers = if typed.wrong == "manager" { Some(visit.ok(Managers::of(visit).await)?) } else { None };
    let main = html! {
        div.columns {
            @if let Some(report) = &report {
                div.entry {
                    (move_form(visit, &typed.moved, typed.wrong, managers.as_ref()))
                    (moves(visit, &report.cash_moves))
                }
            }
            (open_form(visit, &typed.opened, typed.wrong))
        }
    };
    desk::page_with(visit, "/drawer", lang.cash_and_drawer(), told, main).await
}

fn move_form(visit: &Visit, form: &MoveCash, wrong: &str, managers: Option<&Managers>) -> Markup {
    let lang = visit.lang;
    let error = |field: &str, words: &'static str| (wrong == field).then_some(words);
    html! {
        form.card.form method="post" action="/drawer/cash" {
            (csrf_field(&visit.csrf))
            input type="hidden" name="op_id" value=(visit.op_id_of(&form.op_id));
            h2.whole { (lang.move_cash()) }
            fieldset.people.whole {
                legend.hidden { (lang.move_cash()) }
                @for (way, value, words) in [(Way::In, "in", lang.cash_in()), (Way::Out, "out", lang.cash_out())] {
                    label { input type="radio" name="way" value=(value) required checked[form.way == way]; span { (words) } }
                }
            }
            (Field { value: &form.amount, error: error("amount", DrawerTexts::bad_amount(lang)), inputmode: "numeric", is_amount: true,
                ..Field::new("amount", DrawerTexts::amount(lang)) }.render())
            (Field { value: &form.reason, error: error("reason", lang.bad_reason()), hint: Some(lang.reason_hint()),
                ..Field::new("reason", lang.reason()) }.render())
            (Field { value: &form.person, error: error("person", lang.bad_person()), hint: Some(lang.person_hint()),
                is_required: false, ..Field::new("person", lang.person()) }.render())
            @if let Some(managers) = managers { (approval::fields(lang, managers, "move", approval::Asks::Late)) }
            div.actions { button.primary { (lang.save_move()) } }
        }
    }
}

fn moves(visit: &Visit, list: &[receipts::slip::shift::CashMove]) -> Markup {
    let lang = visit.lang;
    html! {
        section.card {
            h2 { (lang.moves_of_shift()) }
            @if list.is_empty() { p.mute { (lang.no_moves()) } } @else {
                dl.sums { @for moved in list {
                    dt { (moved.local_time) " " (moved.reason) } dd { (Money::new(moved.amount_vnd)) }
                } }
            }
        }
    }
}

fn open_form(visit: &Visit, form: &OpenDrawer, wrong: &str) -> Markup {
    let lang = visit.lang;
    html! {
        form.card.form method="post" action="/drawer/open" {
            (csrf_field(&visit.csrf))
            input type="hidden" name="op_id" value=(visit.op_id_of(&form.op_id));
            h2.whole { (lang.open_drawer()) }
            p.hint.whole { (lang.open_about()) }
            (Field { value: &form.why, error: (wrong == "why").then_some(lang.bad_reason()), hint: Some(lang.why_hint()),
                ..Field::new("why", lang.why()) }.render())
            div.actions {
                button { (lang.open_drawer()) }
                a.button href="/" { (lang.to_counter()) }
            }
        }
    }
}
