//! The people on the list: a manager adds one, with or without a network, and sees what was changed about whom.

use axum::Json;
use axum::extract::Form;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::name_fold::name_fold;
use maud::{Markup, html};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use web::form::{Field, csrf_field};
use web::format::datetime_text;
use web::fragment::{Tone, message};
use web::password::Pin;
use web::{Fault, Lang};

use super::desk;
use super::page_texts::PageTexts;
use super::people_texts::PeopleTexts;
use super::pin_fields::{Wrong, chosen, pin_field};
use super::visit::{Visit, Wanted};
use crate::counter::people;
use crate::db::cashier_changes::{self, CashierChange, Change};
use crate::db::cashiers::{self, Cashier};

/// The page's address.
pub const PEOPLE: &str = "/cashiers/new";
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
    /// Who.
    pub cashier_id: Uuid,
    /// Name on screen and receipt.
    pub name: String,
}

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
    let cashier_id = visit.ok(people::add(&visit.app, &visit.seat, &form.name, &pin).await)?;
    let name = form.name.trim().to_owned();
    if visit.wanted == Wanted::Json {
        return Ok(Json(CashierState { cashier_id: cashier_id.uuid(), name }).into_response());
    }
    show(&visit, "", None, Some(&visit.lang.cashier_added(&name))).await
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
    chosen(lang, &form.pin, &form.pin_again)
}

/// Shows the list and the form; `told` is what was done just now.
///
/// # Errors
/// With what the person is told when the database does not answer.
pub async fn show(
    visit: &Visit,
    name: &str,
    wrong: Option<Wrong>,
    told: Option<&str>,
) -> Result<Response, Fault> {
    let people = visit.ok(cashiers::list_active(visit.app.db().read()).await)?;
    let changes = visit.ok(cashier_changes::list_changes(visit.app.db().read()).await)?;
    let lang = visit.lang;
    let main = html! {
        @if let Some(told) = told { (message(Tone::Good, told)) }
        div.columns {
            section.card {
                h2 { (lang.cashiers()) }
                ul.list {
                    @for person in &people {
                        li {
                            a href={ "/cashiers/" (person.cashier_id) } { (person.name) }
                            span.mute { (if person.is_manager() { lang.role_manager() } else { lang.role_cashier() }) }
                        }
                    }
                }
            }
            (fields(visit, name, wrong.as_ref()))
        }
        @if !changes.is_empty() {
            section.card {
                h2 { (lang.people_changes()) }
                ul.list { @for change in &changes {
                    li { span { (sentence(lang, change)) } span.mute { (datetime_text(change.at_ms)) } }
                } }
            }
        }
    };
    desk::page(visit, PEOPLE, lang.cashiers(), main).await
}

fn sentence(lang: Lang, change: &CashierChange) -> String {
    let CashierChange { name, by, what, .. } = change;
    match Change::from_code(what) {
        Some(Change::Added) => lang.change_added(by, name),
        Some(Change::Pin) => lang.change_pin(by, name),
        Some(Change::OwnPin) => lang.change_own_pin(name),
        Some(Change::TakenOff) => lang.change_taken_off(by, name),
        None => name.clone(),
    }
}

fn fields(visit: &Visit, name: &str, wrong: Option<&Wrong>) -> Markup {
    let lang = visit.lang;
    let error = wrong.filter(|wrong| wrong.0 == "name").map(|wrong| wrong.1.as_str());
    html! {
        form.card.form method="post" action=(PEOPLE) {
            (csrf_field(&visit.csrf))
            h2.whole { (lang.new_cashier()) }
            (Field { value: name, error, ..Field::new("name", lang.cashier_name()) }.render())
            (pin_field("pin", lang.new_pin(), Some(lang.pin_shape_hint()), wrong))
            (pin_field("pin_again", lang.pin_again(), None, wrong))
            div.actions { button.primary { (lang.save_cashier()) } }
        }
    }
}
