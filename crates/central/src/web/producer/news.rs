//! News on the producer's first page: asked for, changed, ended, and what was told lately.

use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;
use web::csrf::CsrfToken;
use web::form::{Field, csrf_field};
use web::format::datetime_text;
use web::{Fault, Lang};

use super::ProducerVisit;
use super::news_texts::PhoneNewsTexts;
use crate::app::App;
use crate::db::producer_news::{self, Made, Wish};
use crate::db::users::ProducerScope;
use crate::error::{Error, Refusal};
use crate::news;
use crate::web::stores::Nothing;

/// Messages on the page.
const LATEST_MOST: i64 = 3;

/// What the card shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewsView {
    /// The wish; none while nobody asked.
    pub wish: Option<(String, i64)>,
    /// The latest messages.
    pub latest: Vec<Made>,
}

/// Where the number is typed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ask {
    phone: String,
}

/// Keeps the number.
pub async fn ask(
    State(app): State<App>,
    visit: ProducerVisit,
    Form(form): Form<Ask>,
) -> Result<Response, Fault> {
    if app.config.news.gateway().is_none() {
        return Err(Fault::not_found());
    }
    let login = &visit.visit.user.login;
    match news::ask(&app, (visit.scope, login), &form.phone).await {
        Ok(()) => Ok(Redirect::to("/me#news").into_response()),
        Err(Error::Refused(Refusal::Invalid { .. })) => {
            Err(Fault::new(StatusCode::UNPROCESSABLE_ENTITY, "phone", PhoneNewsTexts::news_wrong_phone))
        }
        Err(error) => visit.visit.ok(Err(error)),
    }
}

/// Forgets it. That nobody asked is as good.
pub async fn end(
    State(app): State<App>,
    visit: ProducerVisit,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Redirect, Fault> {
    let login = &visit.visit.user.login;
    visit.visit.ok(news::end(&app, (visit.scope, login)).await)?;
    Ok(Redirect::to("/me#news"))
}

/// Reads what the card shows; `None` where no news are made.
///
/// # Errors
/// When the database fails.
pub(super) async fn load(app: &App, scope: ProducerScope) -> crate::Result<Option<NewsView>> {
    if app.config.news.gateway().is_none() {
        return Ok(None);
    }
    let wish = producer_news::find_wish(&app.db, scope).await?;
    let wish = wish.map(|Wish { phone, asked_at_ms, .. }| (phone, asked_at_ms));
    let latest = producer_news::list_latest(&app.db, scope, LATEST_MOST).await?;
    Ok(Some(NewsView { wish, latest }))
}

/// The card.
pub fn card(lang: Lang, csrf: &CsrfToken, news: &NewsView) -> Markup {
    html! {
        section #news.card.off-paper {
            h2 { (lang.news_title()) }
            p.mute { (lang.news_about()) }
            @match &news.wish {
                None => (number(lang, csrf, "", lang.news_ask())),
                Some((phone, asked_at_ms)) => {
                    p { (lang.news_since(phone, datetime_text(*asked_at_ms))) }
                    details.ending {
                        summary { (lang.news_change_or_end()) }
                        (number(lang, csrf, phone, lang.news_change()))
                        p.mute { (lang.news_end_about()) }
                        form method="post" action="/me/news/end" {
                            (csrf_field(csrf)) button.danger { (lang.news_end()) }
                        }
                    }
                }
            }
            @if !news.latest.is_empty() {
                h3 { (lang.news_latest()) }
                ul.list { @for made in &news.latest { (message(lang, made)) } }
            }
        }
    }
}

fn number(lang: Lang, csrf: &CsrfToken, phone: &str, act: &str) -> Markup {
    html! {
        form.form method="post" action="/me/news" {
            (csrf_field(csrf))
            (Field { value: phone, inputmode: "tel", autocomplete: "tel", ..Field::new("phone", lang.news_phone()) }.render())
            div.actions { button { (act) } }
        }
    }
}

fn message(lang: Lang, made: &Made) -> Markup {
    html! {
        li {
            span {
                @for line in made.words.lines() { (line) br; }
                small.small {
                    (datetime_text(made.made_at_ms))
                    @match (made.given_up.as_str(), made.sent_at_ms) {
                        ("refused", _) => { " · " (lang.news_refused()) }
                        ("late", _) => { " · " (lang.news_late()) }
                        (_, None) => { " · " (lang.news_waiting()) }
                        _ => {}
                    }
                }
            }
        }
    }
}
