//! The reading keys on the producer's first page: made, changed, taken away. The one for everything is shown once, with the answer to
//! its making; those that stores print come with their slips.

use axum::extract::{Form, State};
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;
use uuid::Uuid;
use web::csrf::CsrfToken;
use web::form::csrf_field;
use web::format::datetime_text;
use web::{Fault, Lang, qr};

use super::reading_texts::ReadingTexts;
use super::{ProducerVisit, Reader};
use crate::app::App;
use crate::error::{Error, Refusal};
use crate::reading::{self, Asked};
use crate::web::shell::Place;
use crate::web::stores::Nothing;

/// What is asked for, as the form posts it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct KeyForm {
    /// Drawn with the form: posting it twice makes keys once.
    id: Uuid,
    /// Anything, for the keys on slips, too.
    slips: String,
}

impl KeyForm {
    /// Reads it. Both forms of a page have one id, and ask for different things.
    pub fn asked(&self) -> Asked {
        let with_slips = !self.slips.is_empty();
        let form_id =
            if with_slips && !self.id.is_nil() { Uuid::new_v5(&self.id, b"slips") } else { self.id };
        Asked { form_id, with_slips }
    }
}

/// Makes the key for everything, or all keys, and shows the one for everything; the one before stops at once.
pub async fn make(
    State(app): State<App>,
    visit: ProducerVisit,
    Form(form): Form<KeyForm>,
) -> Result<Response, Fault> {
    let (login, producer_id) = (&visit.visit.user.login, visit.scope.producer_id());
    let made = visit.visit.ok(reading::make_key_once(&app, login, producer_id, form.asked()).await)?;
    let reader = Reader::from(visit);
    let main = made.map_or_else(|| made_before(reader.lang), |url| once(reader.lang, &url));
    let page = reader.page(Place::Overview, "", main);
    // What opens something is not kept by the browser.
    Ok(([(CACHE_CONTROL, "no-store")], page).into_response())
}

/// Takes the keys away. That they are gone already is as good.
pub async fn end(
    State(app): State<App>,
    visit: ProducerVisit,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Redirect, Fault> {
    let login = &visit.visit.user.login;
    match reading::end_key(&app, login, visit.scope.producer_id()).await {
        Ok(()) | Err(Error::Refused(Refusal::Invalid { .. })) => Ok(Redirect::to("/me#reading")),
        Err(error) => visit.visit.ok(Err(error)),
    }
}

/// The page that shows the key for everything, with its QR, to be printed or photographed.
pub fn once(lang: Lang, url: &str) -> Markup {
    html! {
        section.card.issued role="status" {
            h2 { (lang.reading_shown()) }
            p { (lang.reading_shown_about()) }
            (qr::picture(url, lang.reading_shown()))
            p.link { a href=(url) { (url) } }
            div.actions.off-paper {
                button type="button" data-print { (lang.reading_print()) }
                a.button href="/me#reading" { (lang.reading_back()) }
            }
        }
    }
}

/// The answer to a form that was sent before.
pub fn made_before(lang: Lang) -> Markup {
    html! {
        section.card role="status" {
            p { (lang.reading_made_before()) }
            div.actions.off-paper { a.button href="/me#reading" { (lang.reading_back()) } }
        }
    }
}

/// Since when there are keys, in UTC milliseconds, or the way to some; with an id for its forms.
pub fn card(lang: Lang, csrf: &CsrfToken, (since_ms, form_id): (Option<i64>, Uuid)) -> Markup {
    let fields = html! { (csrf_field(csrf)) input type="hidden" name="id" value=(form_id); };
    html! {
        section #reading.card.off-paper {
            h2 { (lang.reading_title()) }
            @match since_ms {
                None => {
                    p.mute { (lang.reading_none()) }
                    form.actions method="post" action="/me/reading-key" {
                        (fields) button { (lang.reading_make()) }
                    }
                }
                Some(at_ms) => {
                    p.mute { (lang.reading_since(datetime_text(at_ms))) }
                    details.ending {
                        summary { (lang.reading_change()) }
                        p.mute { (lang.reading_renew_about()) }
                        form method="post" action="/me/reading-key" {
                            (fields) button { (lang.reading_renew()) }
                        }
                        p.mute { (lang.reading_renew_all_about()) }
                        form method="post" action="/me/reading-key" {
                            (fields) input type="hidden" name="slips" value="yes"; button.danger { (lang.reading_renew_all()) }
                        }
                        form method="post" action="/me/reading-key/end" {
                            (csrf_field(csrf)) button.danger { (lang.reading_end()) }
                        }
                    }
                }
            }
        }
    }
}

/// What stands where a holder of the key could do something after a login.
pub fn only_to_read(lang: Lang, next: &str) -> Markup {
    html! {
        section.card.off-paper {
            p.mute { (lang.read_only()) }
            p { a href={ "/login?next=" (next) } { (lang.read_only_answer()) } }
        }
    }
}
