//! A producer's ways in, as administrators hand them out: the reading key with its QR, and the link to choose a password. What opens
//! them is shown once, with the answer to the act.

use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::ProducerId;
use maud::{Markup, html};
use serde::Deserialize;
use uuid::Uuid;
use web::csrf::CsrfToken;
use web::form::{Field, csrf_field};
use web::format::datetime_text;
use web::{Fault, Lang, qr};

use super::key_texts::KeyTexts;
use super::{frame, parsed};
use crate::app::App;
use crate::db::producers::{self, Producer};
use crate::db::reading_keys;
use crate::error::{Error, Refusal};
use crate::web::producer::reading_key::KeyForm;
use crate::web::shell;
use crate::web::stores::Nothing;
use crate::web::visit::Visit;
use crate::{reading, welcome};

/// Makes the reading key for everything, or all keys, and shows the one for everything; the one before stops at once.
pub async fn make(
    State(app): State<App>,
    visit: Visit,
    Path(producer): Path<String>,
    Form(form): Form<KeyForm>,
) -> Result<Response, Fault> {
    let producer = find(&app, &visit, &producer).await?;
    let login = &visit.user.login;
    let Some(url) = visit.ok(reading::make_key_once(&app, login, producer.id, form.asked()).await)? else {
        let main = made_before(visit.lang, &address(producer.id));
        return Ok(shell::page(&visit, &frame(&visit, ""), main).into_response());
    };
    let shown = Shown { address: &url, about: visit.lang.keys_shown_reading().to_owned() };
    Ok(show(&visit, &producer, &shown))
}

/// Takes the reading keys away. That they are gone already is as good.
pub async fn end(
    State(app): State<App>,
    visit: Visit,
    Path(producer): Path<String>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Redirect, Fault> {
    let producer = find(&app, &visit, &producer).await?;
    match reading::end_key(&app, &visit.user.login, producer.id).await {
        Ok(()) | Err(Error::Refused(Refusal::Invalid { .. })) => Ok(Redirect::to(&address(producer.id))),
        Err(error) => visit.ok(Err(error)),
    }
}

/// Whose link it is.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkForm {
    login: String,
}

/// Makes a link by which the producer chooses a password, and shows it; a login that is not there is made.
pub async fn link(
    State(app): State<App>,
    visit: Visit,
    Path(producer): Path<String>,
    Form(form): Form<LinkForm>,
) -> Result<Response, Fault> {
    let producer = find(&app, &visit, &producer).await?;
    match welcome::make_link_of_producer(&app, &visit.user.login, &producer, &form.login).await {
        Ok(link) => {
            let about = visit.lang.keys_shown_link(welcome::DAYS);
            Ok(show(&visit, &producer, &Shown { address: &link, about }))
        }
        Err(Error::Refused(Refusal::Invalid { .. } | Refusal::Taken { .. })) => {
            let wrong = Some((form.login.as_str(), visit.lang.keys_login_wrong()));
            let page = super::show_with(&app, &visit, &producer, wrong).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(error) => visit.ok(Err(error)),
    }
}

async fn find(app: &App, visit: &Visit, producer: &str) -> Result<Producer, Fault> {
    let id = parsed(producer)?;
    visit.ok(producers::find(&app.db, id).await)?.ok_or_else(Fault::not_found)
}

fn address(id: ProducerId) -> String {
    format!("/producers/{id}/edit#keys")
}

/// What opens a producer's pages.
pub struct Shown<'a> {
    /// Its address.
    pub address: &'a str,
    /// What it is good for.
    pub about: String,
}

fn show(visit: &Visit, producer: &Producer, shown: &Shown<'_>) -> Response {
    let main = once(visit.lang, (&producer.name, &address(producer.id)), shown);
    // What opens something is not kept by the browser.
    let kept = [(axum::http::header::CACHE_CONTROL, "no-store")];
    (kept, shell::page(visit, &frame(visit, ""), main)).into_response()
}

/// The page that shows it once, with its QR, to be printed or photographed.
pub fn once(lang: Lang, (name, back): (&str, &str), shown: &Shown<'_>) -> Markup {
    html! {
        section.card.issued role="status" {
            h2 { (lang.keys_shown(name)) }
            p { (shown.about) }
            (qr::picture(shown.address, lang.keys_qr()))
            p.link { (shown.address) }
            div.actions.off-paper {
                button type="button" data-print { (lang.keys_print()) }
                a.button href=(back) { (lang.keys_back()) }
            }
        }
    }
}

/// The answer to a form that was sent before.
pub fn made_before(lang: Lang, back: &str) -> Markup {
    html! {
        section.card role="status" {
            p { (lang.keys_made_before()) }
            div.actions.off-paper { a.button href=(back) { (lang.keys_back()) } }
        }
    }
}

/// What the card says.
pub struct Keys<'a> {
    /// The producer.
    pub producer_id: ProducerId,
    /// Since when reading keys are in use, UTC milliseconds.
    pub made_at_ms: Option<i64>,
    /// Drawn for the forms that make keys.
    pub form_id: Uuid,
    /// The login that was typed, and what is wrong with it.
    pub wrong: Option<(&'a str, &'a str)>,
}

/// Returns since when a producer has reading keys, UTC milliseconds.
///
/// # Errors
/// When the database fails.
pub async fn made_at_ms(app: &App, producer_id: ProducerId) -> crate::Result<Option<i64>> {
    reading_keys::find_made_at(&app.db, producer_id).await
}

/// The card on a producer's page.
pub fn card(lang: Lang, csrf: &CsrfToken, keys: &Keys<'_>) -> Markup {
    let at = format!("/producers/{}", keys.producer_id);
    let (login, wrong) = keys.wrong.unzip();
    let make = |words: &str, with_slips: bool| {
        html! {
            form method="post" action={ (at) "/key" } {
                (csrf_field(csrf)) input type="hidden" name="id" value=(keys.form_id);
                @if with_slips { input type="hidden" name="slips" value="yes"; }
                button { (words) }
            }
        }
    };
    html! {
        section #keys.card {
            h2 { (lang.keys_title()) }
            p.mute { (lang.keys_about()) }
            @match keys.made_at_ms {
                None => { p { (lang.keys_none()) } (make(lang.keys_make(), false)) }
                Some(at_ms) => {
                    p { (lang.keys_since(datetime_text(at_ms))) }
                    details.ending {
                        summary { (lang.keys_change()) }
                        p.mute { (lang.keys_renew_about()) }
                        (make(lang.keys_renew(), false))
                        p.mute { (lang.keys_end_about()) }
                        div.actions {
                            (make(lang.keys_renew_all(), true))
                            form method="post" action={ (at) "/key/end" } {
                                (csrf_field(csrf)) button { (lang.keys_end()) }
                            }
                        }
                    }
                }
            }
            form.form method="post" action={ (at) "/link" } {
                (csrf_field(csrf))
                (Field {
                    value: login.unwrap_or_default(), error: wrong, hint: Some(lang.keys_login_hint()),
                    ..Field::new("login", lang.keys_login())
                }.render())
                div.actions { button { (lang.keys_link()) } }
            }
        }
    }
}
