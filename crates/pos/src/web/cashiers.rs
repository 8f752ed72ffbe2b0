//! A manager adds a cashier, with or without a network.

use axum::Json;
use axum::extract::Form;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::name_fold::name_fold;
use maud::{Markup, html};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use web::Fault;
use web::form::{Field, csrf_field};
use web::fragment::{Tone, message};
use web::password::Pin;

use super::desk;
use super::page_texts::PageTexts;
use super::visit::{Visit, Wanted};
use crate::counter::sign_in;
use crate::db::cashiers::{self, Cashier};

/// The longest name of a person, in characters.
const NAME_MOST: usize = 60;

/// A new cashier.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddCashier {
    name: String,
    /// Six digits that are not easily guessed.
    pin: String,
    /// The same once more.
    pin_again: String,
}

/// A cashier who was added.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CashierState {
    cashier_id: Uuid,
    name: String,
}

/// What is wrong with a form: a field and a sentence.
type Wrong = (&'static str, String);

/// The form, and everybody who may sign in.
pub async fn page(visit: Visit) -> Result<Response, Fault> {
    show(&visit, "", None, None).await
}

/// Adds a cashier.
pub async fn add(visit: Visit, Form(form): Form<AddCashier>) -> Result<Response, Fault> {
    let people = visit.ok(cashiers::list_active(visit.app.db().read()).await)?;
    let pin = match check(&visit, &form, &people) {
        Ok(pin) => pin,
        Err((field, words)) if visit.wanted == Wanted::Json => {
            tracing::info!(field, "a new cashier was refused");
            return Err(Fault::new(StatusCode::UNPROCESSABLE_ENTITY, field, |_| words.clone()));
        }
        Err(wrong) => {
            let mut response = show(&visit, &form.name, Some(wrong), None).await?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            return Ok(response);
        }
    };
    let cashier_id = visit.ok(sign_in::add_cashier(&visit.app, &form.name, &pin).await)?;
    tracing::info!(%cashier_id, by = %visit.seat.cashier_id, "a cashier was added");
    let name = form.name.trim().to_owned();
    if visit.wanted == Wanted::Json {
        return Ok(Json(CashierState { cashier_id: cashier_id.uuid(), name }).into_response());
    }
    show(&visit, "", None, Some(&name)).await
}

/// Names are what people choose by when they sign in, so no two are alike; a form that was posted twice stops here, too.
fn check(visit: &Visit, form: &AddCashier, people: &[Cashier]) -> Result<Pin, Wrong> {
    let lang = visit.lang;
    let name = form.name.trim();
    if name_fold(name).is_empty() || name.chars().count() > NAME_MOST {
        return Err(("name", lang.bad_cashier_name().to_owned()));
    }
    if people.iter().any(|person| person.name.to_lowercase() == name.to_lowercase()) {
        return Err(("name", lang.cashier_known().to_owned()));
    }
    let pin = Pin::choose(&form.pin).map_err(|unfit| ("pin", unfit.sentence(lang)))?;
    if form.pin.trim() != form.pin_again.trim() {
        return Err(("pin_again", lang.pin_differs().to_owned()));
    }
    Ok(pin)
}

async fn show(
    visit: &Visit,
    name: &str,
    wrong: Option<Wrong>,
    added: Option<&str>,
) -> Result<Response, Fault> {
    let people = visit.ok(cashiers::list_active(visit.app.db().read()).await)?;
    let lang = visit.lang;
    let main = html! {
        @if let Some(name) = added { (message(Tone::Good, &lang.cashier_added(name))) }
        (fields(visit, name, wrong.as_ref()))
        section.card {
            h2 { (lang.cashiers()) }
            ul.list {
                @for person in &people {
                    li { span { (person.name) } span.mute { (if person.is_manager() { lang.role_manager() } else { lang.role_cashier() }) } }
                }
            }
        }
    };
    desk::page(visit, "/cashiers/new", lang.new_cashier(), main).await
}

fn fields(visit: &Visit, name: &str, wrong: Option<&Wrong>) -> Markup {
    let lang = visit.lang;
    let error = |field: &str| wrong.filter(|wrong| wrong.0 == field).map(|wrong| wrong.1.as_str());
    let pin = |name, label| {
        let field = Field {
            kind: "password",
            inputmode: "numeric",
            autocomplete: "new-password",
            ..Field::new(name, label)
        };
        Field { error: error(name), ..field }
    };
    html! {
        form.card.form method="post" action="/cashiers/new" {
            (csrf_field(&visit.csrf))
            (Field { value: name, error: error("name"), ..Field::new("name", lang.cashier_name()) }.render())
            (Field { hint: Some(lang.pin_shape_hint()), ..pin("pin", lang.new_pin()) }.render())
            (pin("pin_again", lang.pin_again()).render())
            div.actions { button.primary { (lang.save_cashier()) } }
        }
    }
}
