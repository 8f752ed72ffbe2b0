//! The page of a person on the list: a manager sets a new PIN, or takes the person off.

use axum::Json;
use axum::extract::{Form, Path};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::ids::CashierId;
use maud::{Markup, html};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use web::Fault;
use web::form::csrf_field;
use web::password::Pin;

use super::cashiers::{self, CashierState, PEOPLE};
use super::page_texts::PageTexts;
use super::people_texts::PeopleTexts;
use super::pin_fields::{Wrong, chosen, pin_field, told};
use super::printers::refuse_training;
use super::visit::{Visit, Wanted};
use super::{desk, own_pin};
use crate::counter::people::{self, Outcome, Unchanged};
use crate::db::cashiers::{Cashier, find_active};

/// A new PIN for another person.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetPin {
    cashier_id: Uuid,
    /// Six digits that are not easily guessed.
    pin: String,
    /// The same once more.
    pin_again: String,
    /// The manager's own.
    own_pin: String,
}

/// Who leaves.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TakeOff {
    cashier_id: Uuid,
    /// The manager's own PIN; under a name of its own, since the other form of the page has one, too.
    off_pin: String,
}

/// Which of the two forms came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Which {
    Pin,
    Off,
}

impl Which {
    /// The field of the manager's own PIN.
    const fn field(self) -> &'static str {
        match self {
            Self::Pin => "own_pin",
            Self::Off => "off_pin",
        }
    }
}

/// The page.
pub async fn page(visit: Visit, Path(cashier_id): Path<Uuid>) -> Result<Response, Fault> {
    show(&visit, cashier_id, None).await
}

/// Sets another person's PIN.
pub async fn set_pin(visit: Visit, Form(form): Form<SetPin>) -> Result<Response, Fault> {
    refuse_training(&visit)?;
    let id = form.cashier_id;
    let pin = match chosen(visit.lang, &form.pin, &form.pin_again) {
        Ok(pin) => pin,
        Err(wrong) => return again(&visit, id, Which::Pin, (StatusCode::UNPROCESSABLE_ENTITY, wrong)).await,
    };
    let own = Pin::parse(&form.own_pin).ok();
    let set = people::set_pin(&visit.app, &visit.seat, CashierId::from_uuid(id), &pin, own.as_ref());
    let outcome = visit.ok(set.await)?;
    answer(&visit, id, Which::Pin, outcome).await
}

/// Takes a person off the list.
pub async fn take_off(visit: Visit, Form(form): Form<TakeOff>) -> Result<Response, Fault> {
    refuse_training(&visit)?;
    let id = form.cashier_id;
    let own = Pin::parse(&form.off_pin).ok();
    let off = people::take_off(&visit.app, &visit.seat, CashierId::from_uuid(id), own.as_ref());
    let outcome = visit.ok(off.await)?;
    answer(&visit, id, Which::Off, outcome).await
}

async fn answer(visit: &Visit, cashier_id: Uuid, which: Which, outcome: Outcome) -> Result<Response, Fault> {
    let name = match outcome {
        Ok(name) => name,
        Err(Unchanged::Nobody) => return Err(Fault::not_found()),
        Err(unchanged) => {
            return again(visit, cashier_id, which, told(visit.lang, which.field(), unchanged)).await;
        }
    };
    if visit.wanted == Wanted::Json {
        return Ok(Json(CashierState { cashier_id, name }).into_response());
    }
    let words = match which {
        Which::Pin => visit.lang.pin_was_set(&name),
        Which::Off => visit.lang.was_taken_off(&name),
    };
    cashiers::show(visit, "", None, Some(&words)).await
}

/// Shows the form again that something is wrong in.
async fn again(
    visit: &Visit,
    cashier_id: Uuid,
    which: Which,
    (status, wrong): (StatusCode, Wrong),
) -> Result<Response, Fault> {
    if visit.wanted == Wanted::Json {
        return Err(Fault::new(status, wrong.0, |_| wrong.1.clone()));
    }
    let mut response = show(visit, cashier_id, Some((which, wrong))).await?;
    *response.status_mut() = status;
    Ok(response)
}

async fn show(visit: &Visit, cashier_id: Uuid, wrong: Option<(Which, Wrong)>) -> Result<Response, Fault> {
    let found = visit.ok(find_active(visit.app.db().read(), CashierId::from_uuid(cashier_id)).await)?;
    let person = found.ok_or_else(Fault::not_found)?;
    let of = |which| wrong.as_ref().filter(|wrong| wrong.0 == which).map(|wrong| &wrong.1);
    let is_self = cashier_id == visit.seat.cashier_id.uuid();
    let main = html! {
        div.columns {
            @if is_self { (own(visit)) } @else { (pin_form(visit, &person, of(Which::Pin))) }
            (off_form(visit, &person, of(Which::Off)))
        }
        p.actions { a.button href=(PEOPLE) { (visit.lang.to_people()) } }
    };
    desk::page(visit, PEOPLE, &person.name, main).await
}

/// Nobody's own PIN is set without the one until now.
fn own(visit: &Visit) -> Markup {
    html! {
        section.card {
            p { (visit.lang.person_is_you()) }
            p.actions { a.button href=(own_pin::OWN_PIN) { (visit.lang.to_own_pin()) } }
        }
    }
}

fn pin_form(visit: &Visit, person: &Cashier, wrong: Option<&Wrong>) -> Markup {
    let lang = visit.lang;
    html! {
        form.card.form method="post" action="/cashiers/pin" {
            (csrf_field(&visit.csrf))
            input type="hidden" name="cashier_id" value=(person.cashier_id);
            h2.whole { (lang.person_pin(&person.name)) }
            p.hint.whole { (lang.person_pin_about()) }
            (pin_field("pin", lang.fresh_pin(), Some(lang.pin_shape_hint()), wrong))
            (pin_field("pin_again", lang.fresh_pin_again(), None, wrong))
            (pin_field("own_pin", lang.your_pin(), Some(lang.your_pin_hint()), wrong))
            div.actions { button.primary { (lang.save_pin()) } }
        }
    }
}

fn off_form(visit: &Visit, person: &Cashier, wrong: Option<&Wrong>) -> Markup {
    let lang = visit.lang;
    html! {
        form.card.form method="post" action="/cashiers/off" {
            (csrf_field(&visit.csrf))
            input type="hidden" name="cashier_id" value=(person.cashier_id);
            h2.whole { (lang.person_off_of(&person.name)) }
            p.hint.whole { (lang.person_off_about()) }
            (pin_field("off_pin", lang.your_pin(), Some(lang.your_pin_hint()), wrong))
            div.actions { button { (lang.person_off()) } }
        }
    }
}
