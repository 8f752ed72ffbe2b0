//! The second step of signing in: the code of somebody whose password was right.

use axum::extract::{Form, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;
use tower_sessions::Session;
use web::csrf::CsrfToken;
use web::form::{Field, csrf_field};
use web::fragment::{Tone, message};
use web::layout::{Page, Shape};
use web::words::WebTexts;
use web::{Fault, Lang};

use super::account_texts::AccountTexts;
use super::credentials::{TriedCode, try_code};
use super::error::fault;
use super::login::{Stranger, Wish, let_in, wait_text};
use super::login_form::{encoded, local};
use super::login_session;
use super::texts::CentralTexts;
use crate::app::App;
use crate::config::Config;

/// The page that asks for the code; who has typed no password, or too long ago, begins anew.
///
/// # Errors
/// When the database does not answer.
pub async fn get(
    State(app): State<App>,
    session: Session,
    Query(wish): Query<Wish>,
    lang: Lang,
    Stranger { token, .. }: Stranger,
) -> Result<Response, Fault> {
    let next = local(wish.next.as_deref());
    let waiting = login_session::waiting(&app, &session).await.map_err(|error| fault(&app, error))?;
    if waiting.is_none() {
        return Ok(Redirect::to("/login").into_response());
    }
    Ok(page(&app.config, lang, &token, &View { next, error: None }).into_response())
}

/// What the form of the code holds.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TypedCode {
    code: String,
    next: Option<String>,
}

/// Signs in whose password was right and whose code is.
///
/// # Errors
/// When the database does not answer.
pub async fn post(
    State(app): State<App>,
    session: Session,
    lang: Lang,
    Stranger { token, address, whereabouts }: Stranger,
    Form(form): Form<TypedCode>,
) -> Result<Response, Fault> {
    let next = local(form.next.as_deref());
    let waiting = login_session::waiting(&app, &session).await.map_err(|error| fault(&app, error))?;
    let Some(user) = waiting else { return Ok(Redirect::to("/login").into_response()) };
    let refuse = |status, error: &str| {
        let view = View { next, error: Some(error) };
        (status, page(&app.config, lang, &token, &view)).into_response()
    };
    match try_code(&app, &user, &form.code, address).await.map_err(|error| fault(&app, error))? {
        TriedCode::Right => Ok(let_in(&app, &session, &user, (&whereabouts, next)).await?.into_response()),
        TriedCode::Wrong => Ok(refuse(StatusCode::UNAUTHORIZED, lang.code_wrong())),
        TriedCode::TooSoon { wait_s } => {
            Ok(refuse(StatusCode::TOO_MANY_REQUESTS, &lang.login_wait(wait_text(lang, wait_s))))
        }
    }
}

/// Returns the address of the page that asks for the code and leads on from there.
pub(super) fn address(next: Option<&str>) -> String {
    next.map_or_else(|| "/login/code".to_owned(), |next| format!("/login/code?next={}", encoded(next)))
}

/// What the page of the code shows.
pub(super) struct View<'a> {
    pub(super) next: Option<&'a str>,
    pub(super) error: Option<&'a str>,
}

/// The page that asks for the code.
pub(super) fn page(config: &Config, lang: Lang, token: &CsrfToken, view: &View<'_>) -> Markup {
    let (brand, title) = (lang.brand(), lang.log_in());
    let page = Page { is_demo: config.is_demo(), ..Page::new(lang, Shape::Door, brand, title) };
    let code = Field {
        autocomplete: "one-time-code",
        inputmode: "numeric",
        has_focus: true,
        ..Field::new("code", lang.code_field())
    };
    page.with(html! {
        section.door {
            h2 { (lang.code_title()) }
            p.mute { (lang.code_asked()) }
            @if let Some(error) = view.error { (message(Tone::Bad, error)) }
            form method="post" action="/login/code" {
                (csrf_field(token))
                @if let Some(next) = view.next { input type="hidden" name="next" value=(next); }
                (code.render())
                button.primary { (lang.log_in()) }
            }
            p { a href="/login" { (lang.code_begin_anew()) } }
        }
    })
}
