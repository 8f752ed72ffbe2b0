//! The reading key on the producer's first page: made, changed, taken away.

use axum::extract::{Form, State};
use axum::response::Redirect;
use maud::{Markup, html};
use web::csrf::CsrfToken;
use web::form::csrf_field;
use web::format::datetime_text;
use web::{Fault, Lang};

use super::ProducerVisit;
use super::reading_texts::ReadingTexts;
use crate::app::App;
use crate::error::{Error, Refusal};
use crate::reading::{self, Reading};
use crate::web::stores::Nothing;

/// Makes a key; the one before stops at once.
pub async fn make(
    State(app): State<App>,
    visit: ProducerVisit,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Redirect, Fault> {
    let login = &visit.visit.user.login;
    visit.visit.ok(reading::make_key(&app, login, visit.scope.producer_id()).await)?;
    Ok(Redirect::to("/me#reading"))
}

/// Takes the key away. That it is gone already is as good.
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

/// The key as it is in use, or the way to one.
pub fn card(lang: Lang, csrf: &CsrfToken, reading: Option<&Reading>) -> Markup {
    html! {
        section #reading.card.off-paper {
            h2 { (lang.reading_title()) }
            @match reading {
                None => {
                    p.mute { (lang.reading_none()) }
                    form.actions method="post" action="/me/reading-key" {
                        (csrf_field(csrf)) button { (lang.reading_make()) }
                    }
                }
                Some(reading) => {
                    p.mute { (lang.reading_since(datetime_text(reading.made_at_ms))) }
                    p { a href=(reading.url) { (lang.reading_link()) } }
                    details.ending {
                        summary { (lang.reading_change()) }
                        p.mute { (lang.reading_renew_about()) }
                        form method="post" action="/me/reading-key" {
                            (csrf_field(csrf)) button { (lang.reading_renew()) }
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
