//! Signing in and out.

use std::net::IpAddr;

use axum::extract::{Form, FromRequestParts, Query, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
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

use super::credentials::{ACCOUNT_MOST, Tried, try_password};
use super::error::{Trouble, fault, record};
use super::login_form::{form_cookie, form_token, local};
use super::texts::CentralTexts;
use super::visit::{SignedIn, Visit};
use super::{login_code, login_session};
use crate::api::limits::client_address;
use crate::app::App;
use crate::config::Config;
use crate::db::login_sessions::Whereabouts;
use crate::db::users::{Role, User};
use crate::second_factor;

/// Where somebody wanted to go.
#[derive(Debug, Deserialize)]
pub struct Wish {
    pub(super) next: Option<String>,
}

/// The sign-in page; whoever is signed in already goes on.
pub async fn get(State(app): State<App>, Query(wish): Query<Wish>, lang: Lang, request: Request) -> Response {
    let next = local(wish.next.as_deref());
    if let Some(signed_in) = request.extensions().get::<SignedIn>() {
        return Redirect::to(next.unwrap_or(home(signed_in.user.role))).into_response();
    }
    let known = form_token(&app.config, request.headers());
    let token = known.unwrap_or_else(|| CsrfToken::new(&app.clock));
    let cookie = form_cookie(&app.config, &token);
    let form = View { account: "", next, error: None };
    ([(header::SET_COOKIE, cookie)], page(&app.config, lang, &token, &form)).into_response()
}

/// What the sign-in form holds.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    account: String,
    password: String,
    next: Option<String>,
}

/// Signs in.
///
/// # Errors
/// When the database does not answer.
pub async fn post(
    State(app): State<App>,
    session: Session,
    lang: Lang,
    Stranger { token, address, whereabouts }: Stranger,
    Form(form): Form<SignIn>,
) -> Result<Response, Fault> {
    let account: String = form.account.trim().chars().take(ACCOUNT_MOST).collect();
    let next = local(form.next.as_deref());
    let refuse = |status, error: &str| {
        let view = View { account: &account, next, error: Some(error) };
        (status, page(&app.config, lang, &token, &view)).into_response()
    };
    match try_password(&app, &account, &form.password, address).await {
        Ok(Tried::Welcome(user)) => {
            Ok(enter(&app, &session, &user, (&whereabouts, next)).await?.into_response())
        }
        Ok(Tried::Wrong) => Ok(refuse(StatusCode::UNAUTHORIZED, lang.login_wrong())),
        Ok(Tried::TooSoon { wait_s }) => {
            let mut response =
                refuse(StatusCode::TOO_MANY_REQUESTS, &lang.login_wait(wait_text(lang, wait_s)));
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait_s));
            Ok(response)
        }
        Err(error) => Err(fault(&app, error)),
    }
}

/// Lets somebody in whose password was right; who has a second factor is asked for a code first.
///
/// # Errors
/// When the database does not answer.
pub async fn enter(
    app: &App,
    session: &Session,
    user: &User,
    (whereabouts, next): (&Whereabouts, Option<&str>),
) -> Result<Redirect, Fault> {
    let failed = |error: Trouble| fault(app, error);
    if second_factor::is_asked(app, user.id).await.map_err(|error| fault(app, error))? {
        login_session::wait_for_code(app, session, user.id).await.map_err(failed)?;
        return Ok(Redirect::to(&login_code::address(next)));
    }
    let_in(app, session, user, (whereabouts, next)).await
}

/// Begins the session of somebody who has shown everything that is asked for.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn let_in(
    app: &App,
    session: &Session,
    user: &User,
    (whereabouts, next): (&Whereabouts, Option<&str>),
) -> Result<Redirect, Fault> {
    login_session::begin(app, session, user.id, whereabouts).await.map_err(|error| fault(app, error))?;
    let recorded = record(app, &user.login, "login.begin", &whereabouts.network, "").await;
    recorded.map_err(|error| fault(app, error))?;
    Ok(Redirect::to(next.unwrap_or(home(user.role))))
}

/// Signs out.
///
/// # Errors
/// When the database does not answer.
pub async fn logout(visit: Visit, session: Session) -> Result<Redirect, Fault> {
    visit.ok(login_session::end(&session).await)?;
    visit.ok(record(&visit.app, &visit.user.login, "login.end", "", "").await)?;
    Ok(Redirect::to("/login"))
}

/// The first page: where somebody's work begins.
pub async fn first(visit: Visit) -> Redirect {
    Redirect::to(home(visit.user.role))
}

/// Returns where somebody's work begins.
pub const fn home(role: Role) -> &'static str {
    match role {
        Role::Admin => "/stores",
        Role::Editor(_) | Role::Department => "/sales",
        Role::Auditor => "/audit",
        Role::Operator(_) => "/shops",
        Role::Producer(_) => "/me",
    }
}

/// Somebody who is not signed in yet.
pub struct Stranger {
    pub(super) token: CsrfToken,
    pub(super) address: IpAddr,
    pub(super) whereabouts: Whereabouts,
}

impl FromRequestParts<App> for Stranger {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fault> {
        let token = parts.extensions.get::<CsrfToken>().cloned().ok_or_else(Fault::login_needed)?;
        let address = client_address(parts, &app.config.trusted_proxies);
        Ok(Self { token, address, whereabouts: login_session::whereabouts(parts, app) })
    }
}

/// What the sign-in page shows.
pub(super) struct View<'a> {
    pub(super) account: &'a str,
    pub(super) next: Option<&'a str>,
    pub(super) error: Option<&'a str>,
}

/// The sign-in page.
pub(super) fn page(config: &Config, lang: Lang, token: &CsrfToken, view: &View<'_>) -> Markup {
    let (brand, title) = (lang.brand(), lang.log_in());
    let page = Page { is_demo: config.is_demo(), ..Page::new(lang, Shape::Door, brand, title) };
    let account =
        Field { value: view.account, autocomplete: "username", ..Field::new("account", lang.account()) };
    let password = Field {
        kind: "password",
        autocomplete: "current-password",
        ..Field::new("password", lang.password())
    };
    page.with(html! {
        section.door {
            h2 { (lang.log_in()) }
            p.mute { (lang.login_about()) }
            @if let Some(error) = view.error { (message(Tone::Bad, error)) }
            form method="post" action="/login" {
                (csrf_field(token))
                @if let Some(next) = view.next { input type="hidden" name="next" value=(next); }
                (account.render())
                (password.render())
                button.primary { (lang.log_in()) }
            }
        }
    })
}

/// Returns a time to wait in words.
pub(in crate::web) fn wait_text(lang: Lang, wait_s: i64) -> String {
    if wait_s < 60 { lang.seconds(wait_s) } else { lang.minutes((wait_s + 59) / 60) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_are_told_in_words() {
        assert_eq!(wait_text(Lang::Vi, 2), "2 giây");
        assert_eq!(wait_text(Lang::Vi, 61), "2 phút");
        assert_eq!(wait_text(Lang::En, 900), "minutes: 15");
    }
}
