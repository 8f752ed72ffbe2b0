//! Whoever sits at the counter changes their own PIN.

use axum::Json;
use axum::extract::Form;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::html;
use serde::Deserialize;
use utoipa::ToSchema;
use web::Fault;
use web::form::csrf_field;
use web::fragment::{Tone, message};
use web::password::Pin;

use super::cashiers::CashierState;
use super::desk;
use super::page_texts::PageTexts;
use super::people_texts::PeopleTexts;
use super::pin_fields::{Wrong, chosen, pin_field, told};
use super::printers::refuse_training;
use super::visit::{Visit, Wanted};
use crate::counter::people;

/// The page's address.
pub const OWN_PIN: &str = "/pin";

/// A new PIN of one's own.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetOwnPin {
    /// The one until now.
    own_pin: String,
    /// Six digits that are not easily guessed.
    pin: String,
    /// The same once more.
    pin_again: String,
}

/// The form.
pub async fn page(visit: Visit) -> Result<Response, Fault> {
    show(&visit, None, false).await
}

/// Changes it.
pub async fn save(visit: Visit, Form(form): Form<SetOwnPin>) -> Result<Response, Fault> {
    refuse_training(&visit)?;
    let pin = match chosen(visit.lang, &form.pin, &form.pin_again) {
        Ok(pin) => pin,
        Err(wrong) => return again(&visit, (StatusCode::UNPROCESSABLE_ENTITY, wrong)).await,
    };
    let own = Pin::parse(&form.own_pin).ok();
    match visit.ok(people::set_own_pin(&visit.app, &visit.seat, &pin, own.as_ref()).await)? {
        Ok(name) if visit.wanted == Wanted::Json => {
            Ok(Json(CashierState { cashier_id: visit.seat.cashier_id.uuid(), name }).into_response())
        }
        Ok(_) => show(&visit, None, true).await,
        Err(unchanged) => again(&visit, told(visit.lang, "own_pin", unchanged)).await,
    }
}

async fn again(visit: &Visit, (status, wrong): (StatusCode, Wrong)) -> Result<Response, Fault> {
    if visit.wanted == Wanted::Json {
        return Err(Fault::new(status, wrong.0, |_| wrong.1.clone()));
    }
    let mut response = show(visit, Some(wrong), false).await?;
    *response.status_mut() = status;
    Ok(response)
}

async fn show(visit: &Visit, wrong: Option<Wrong>, is_done: bool) -> Result<Response, Fault> {
    let (lang, wrong) = (visit.lang, wrong.as_ref());
    let main = html! {
        @if is_done { (message(Tone::Good, lang.own_pin_was_set())) }
        form.card.form method="post" action=(OWN_PIN) {
            (csrf_field(&visit.csrf))
            h2.whole { (lang.to_own_pin()) }
            p.hint.whole { (lang.own_pin_about()) }
            (pin_field("own_pin", lang.old_pin(), None, wrong))
            (pin_field("pin", lang.fresh_pin(), Some(lang.pin_shape_hint()), wrong))
            (pin_field("pin_again", lang.fresh_pin_again(), None, wrong))
            div.actions { button.primary { (lang.save_pin()) } a.button href="/" { (lang.to_counter()) } }
        }
    };
    desk::page(visit, OWN_PIN, lang.to_own_pin(), main).await
}
