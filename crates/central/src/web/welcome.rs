//! The page of a link by which somebody chooses a password.

use std::net::IpAddr;

use axum::extract::{Form, FromRequestParts, Path, State};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::Deserialize;
use tower_sessions::Session;
use web::csrf::CsrfToken;
use web::form::{Field, csrf_field};
use web::fragment::{Tone, message};
use web::layout::{Page, Shape};
use web::password::check_password;
use web::words::WebTexts;
use web::{Fault, Lang};

use super::error::fault;
use super::login::enter;
use super::login_form::form_cookie;
use super::login_session;
use super::producer::reading_texts::ReadingTexts;
use super::texts::CentralTexts;
use crate::api::limits::client_address;
use crate::app::App;
use crate::db::login_sessions::Whereabouts;
use crate::db::secret::Secret;
use crate::db::users::User;
use crate::error::Error;
use crate::welcome::{self, Standing};

/// Somebody who opens a link.
pub struct Newcomer {
    lang: Lang,
    address: IpAddr,
    whereabouts: Whereabouts,
    /// Of the login, or of the sign-in form; none at the first visit.
    token: Option<CsrfToken>,
}

impl FromRequestParts<App> for Newcomer {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fault> {
        let address = client_address(parts, &app.config.trusted_proxies);
        let (token, whereabouts) =
            (parts.extensions.get::<CsrfToken>().cloned(), login_session::whereabouts(parts, app));
        Ok(Self { lang: Lang::of(parts), address, whereabouts, token })
    }
}

/// The chosen password.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    password: String,
}

/// The form; or why there is none any more.
///
/// # Errors
/// For a link that never was; when the database does not answer.
pub async fn get(
    State(app): State<App>,
    newcomer: Newcomer,
    Path(token): Path<String>,
) -> Result<Response, Fault> {
    let (_, user) = match find(&app, &newcomer, &token).await? {
        Found::Open(secret, user) => (secret, user),
        Found::Closed(answer) => return Ok(answer),
    };
    let csrf = newcomer.token.clone().unwrap_or_else(|| CsrfToken::new(&app.clock));
    let page = form(&app, newcomer.lang, (&csrf, &token), &user, None);
    // Somebody's session has its own token, in no cookie that scripts of others could set.
    let cookie = newcomer.token.is_none().then(|| [(header::SET_COOKIE, form_cookie(&app.config, &csrf))]);
    Ok((cookie, page).into_response())
}

/// Keeps the password and signs the person in, who may be asked for a code first; one that is not fit comes back with what is wrong.
///
/// # Errors
/// For a link that never was; when the database does not answer.
pub async fn post(
    State(app): State<App>,
    session: Session,
    newcomer: Newcomer,
    Path(token): Path<String>,
    Form(choice): Form<Choice>,
) -> Result<Response, Fault> {
    let lang = newcomer.lang;
    let (secret, user) = match find(&app, &newcomer, &token).await? {
        Found::Open(secret, user) => (secret, user),
        Found::Closed(answer) => return Ok(answer),
    };
    if let Err(unfit) = check_password(&choice.password, &[&user.login, &user.name]) {
        let csrf = newcomer.token.clone().ok_or_else(Fault::login_needed)?;
        let page = form(&app, lang, (&csrf, &token), &user, Some(&unfit.sentence(lang)));
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    match welcome::choose(&app, &secret, &user, &choice.password).await {
        Ok(()) => {}
        // Somebody was faster.
        Err(Error::NotFound(_)) => return Ok(closed(&app, lang, lang.welcome_used())),
        Err(error) => return Err(fault(&app, error)),
    }
    Ok(enter(&app, &session, &user, (&newcomer.whereabouts, None)).await?.into_response())
}

/// What a link leads to.
enum Found {
    Open(Secret, Box<User>),
    Closed(Response),
}

/// Of each network only so many wrong links are looked for.
async fn find(app: &App, newcomer: &Newcomer, token: &str) -> Result<Found, Fault> {
    if !app.gate.guess(newcomer.address, app.clock.now_ms()) {
        return Err(Fault::for_status(StatusCode::TOO_MANY_REQUESTS));
    }
    let secret = Secret::parse(token).ok_or_else(Fault::not_found)?;
    let found = welcome::find(app, &secret).await.map_err(|error| fault(app, error))?;
    let standing = found.ok_or_else(Fault::not_found)?;
    app.gate.guessed_right(newcomer.address);
    let lang = newcomer.lang;
    Ok(match standing {
        Standing::Open(user) => Found::Open(secret, user),
        Standing::Used => Found::Closed(closed(app, lang, lang.welcome_used())),
        Standing::Over => Found::Closed(closed(app, lang, lang.welcome_over())),
    })
}

fn closed(app: &App, lang: Lang, words: &str) -> Response {
    let page =
        door(app, lang, html! { (message(Tone::Warn, words)) p { a href="/login" { (lang.log_in()) } } });
    (StatusCode::GONE, page).into_response()
}

fn form(
    app: &App,
    lang: Lang,
    (csrf, token): (&CsrfToken, &str),
    user: &User,
    error: Option<&str>,
) -> Markup {
    let password = Field {
        kind: "password",
        autocomplete: "new-password",
        hint: Some(lang.welcome_hint()),
        error,
        has_focus: true,
        ..Field::new("password", lang.welcome_password())
    };
    door(
        app,
        lang,
        html! {
            p.mute { (lang.welcome_about(&user.name)) }
            form method="post" action={ "/welcome/" (token) } {
                (csrf_field(csrf))
                // For the browser's list of passwords.
                div.field {
                    label for="account" { (lang.welcome_account()) }
                    input #account type="text" value=(user.login) autocomplete="username" readonly;
                }
                (password.render())
                button.primary { (lang.welcome_choose()) }
            }
        },
    )
}

fn door(app: &App, lang: Lang, inner: Markup) -> Markup {
    let title = lang.welcome_title();
    let page = Page { is_demo: app.config.is_demo(), ..Page::new(lang, Shape::Door, lang.brand(), title) };
    page.with(html! { section.door { h2 { (title) } (inner) } })
}
