//! Signing in and out.
//!
//! An unknown account is answered with the same words, status and time as a wrong password. A try is counted before its
//! password is hashed, so guessing costs at most as many hashes as `web::throttle` allows, however many come at once.

use std::net::IpAddr;

use axum::extract::{Form, FromRequestParts, Query, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::UserId;
use maud::{Markup, html};
use serde::Deserialize;
use tower_sessions::Session;
use web::csrf::CsrfToken;
use web::form::{Field, csrf_field};
use web::fragment::{Tone, message};
use web::layout::{Page, Shape};
use web::password;
use web::throttle::key;
use web::words::WebTexts;
use web::{Fault, Lang};

use super::error::{Trouble, fault, record};
use super::login_session;
use super::texts::CentralTexts;
use super::visit::{SignedIn, Visit};
use crate::api::limits::client_address;
use crate::app::App;
use crate::config::Config;
use crate::db::users::{self, Role, User};
use crate::db::{entries, throttles};
use crate::error::Result as CentralResult;

/// How many more failures a whole network may make than one account in it.
const NETWORK_ALLOWANCE: u32 = 20;
/// Longest account that is looked at.
const ACCOUNT_MOST: usize = 100;
/// Longest address to come back to.
const NEXT_MOST: usize = 500;

/// Where somebody wanted to go.
#[derive(Debug, Deserialize)]
pub struct Wish {
    next: Option<String>,
}

/// The sign-in page; whoever is signed in already goes on.
pub async fn get(
    State(app): State<App>,
    Query(wish): Query<Wish>,
    lang: Lang,
    request: Request,
) -> Response {
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
    Stranger { token, address }: Stranger,
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
            let begun = login_session::begin(&app, &session, user.id).await;
            begun.map_err(|error| fault(&app, error))?;
            Ok(Redirect::to(next.unwrap_or(home(user.role))).into_response())
        }
        Ok(Tried::Wrong) => Ok(refuse(StatusCode::UNAUTHORIZED, lang.login_wrong())),
        Ok(Tried::TooSoon { wait_s }) => {
            let mut response = refuse(StatusCode::TOO_MANY_REQUESTS, &lang.login_wait(wait_text(lang, wait_s)));
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait_s));
            Ok(response)
        }
        Err(error) => Err(fault(&app, error)),
    }
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
        Role::Department | Role::Operator(_) => "/sales",
        Role::Producer(_) => "/me",
    }
}

/// What became of a try.
enum Tried {
    Welcome(Box<User>),
    Wrong,
    TooSoon { wait_s: i64 },
}

async fn try_password(app: &App, account: &str, password: &str, address: IpAddr) -> Result<Tried, Trouble> {
    let subjects = [(key(account, address), 0), (key("", address), NETWORK_ALLOWANCE)];
    if let Some(wait_s) = take_tries(app, &subjects).await? {
        return Ok(Tried::TooSoon { wait_s });
    }
    let user = users::find_by_login(&app.db, account).await?;
    let is_right = match &user {
        Some(user) => password::verify(password, &user.password_hash).await,
        None => {
            password::verify_nobody(password).await;
            false
        }
    };
    let [(of_account, _), (of_network, _)] = &subjects;
    match user.filter(|_| is_right) {
        Some(user) => {
            welcome(app, &user, password, of_account, of_network).await?;
            Ok(Tried::Welcome(Box::new(user)))
        }
        None => {
            record(app, &entries::plain(account, ACCOUNT_MOST), "login.wrong", of_network, "").await?;
            Ok(Tried::Wrong)
        }
    }
}

/// Takes a try of each subject; returns the longest wait in seconds, if one is due. None is then taken.
async fn take_tries(app: &App, subjects: &[(String, u32)]) -> CentralResult<Option<i64>> {
    let now_ms = app.clock.now_ms();
    let mut tx = app.db.begin().await?;
    let mut next_ms = None;
    for (subject, allowance) in subjects {
        next_ms = next_ms.max(throttles::take_try(&mut tx, subject, *allowance, now_ms).await?);
    }
    match next_ms {
        // Dropping the transaction takes back the tries that were free.
        Some(next_ms) => Ok(Some((next_ms - now_ms + 999) / 1_000)),
        None => {
            throttles::delete_old(&mut tx, now_ms).await?;
            tx.commit().await?;
            Ok(None)
        }
    }
}

async fn welcome(
    app: &App,
    user: &User,
    password: &str,
    of_account: &str,
    of_network: &str,
) -> CentralResult<()> {
    let outdated = password::is_outdated(&user.password_hash);
    let hash = if outdated { Some(password::hash(password, &app.clock).await) } else { None };
    let mut tx = app.db.begin().await?;
    throttles::clear(&mut tx, of_account).await?;
    throttles::give_back(&mut tx, of_network).await?;
    if let Some(hash) = hash {
        users::set_password(&mut tx, user.id, &hash).await?;
    }
    tx.commit().await?;
    record(app, &user.login, "login.begin", of_network, "").await
}

/// Somebody who is not signed in yet.
pub struct Stranger {
    token: CsrfToken,
    address: IpAddr,
}

impl FromRequestParts<App> for Stranger {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fault> {
        let token = parts.extensions.get::<CsrfToken>().cloned().ok_or_else(Fault::login_needed)?;
        Ok(Self { token, address: client_address(parts, &app.config.trusted_proxies) })
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

fn wait_text(lang: Lang, wait_s: i64) -> String {
    if wait_s < 60 { lang.seconds(wait_s) } else { lang.minutes((wait_s + 59) / 60) }
}

/// Returns the address of the sign-in page that leads back to `wanted`.
pub fn address(wanted: &Uri) -> String {
    let path = wanted.path_and_query().map_or("/", |path| path.as_str());
    match local(Some(path)) {
        Some(path) if path != "/" => format!("/login?next={}", encoded(path)),
        _ => "/login".to_owned(),
    }
}

/// Returns an address inside this service; anything that a browser could take for another one is refused.
fn local(next: Option<&str>) -> Option<&str> {
    next.filter(|next| {
        let begins_here = next.starts_with('/') && !next.starts_with("//");
        begins_here && next.len() <= NEXT_MOST && next.bytes().all(|b| b.is_ascii_graphic() && b != b'\\')
    })
}

/// Writes a value for a query.
fn encoded(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte);
    let mut written = String::with_capacity(text.len());
    for byte in text.bytes() {
        if is_plain(byte) { written.push(char::from(byte)) } else { written.push_str(&format!("%{byte:02X}")) }
    }
    written
}

/// The sign-in form has a token before there is a session: it stands in the form and in a cookie that no other page can
/// read or set, so that nothing has to be stored for strangers.
fn form_cookie_name(config: &Config) -> &'static str {
    if config.is_https() { "__Host-form" } else { "form" }
}

fn form_cookie(config: &Config, token: &CsrfToken) -> String {
    let secure = if config.is_https() { "; Secure" } else { "" };
    format!("{}={}; Path=/; HttpOnly; SameSite=Strict{secure}", form_cookie_name(config), token.as_str())
}

/// Returns the token of the sign-in form.
pub fn form_token(config: &Config, headers: &HeaderMap) -> Option<CsrfToken> {
    let name = form_cookie_name(config);
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let (_, token) = pairs.find(|(found, _)| *found == name)?;
    let is_token = token.len() == 64 && token.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_token.then(|| CsrfToken::from_text(token.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_leads_back_to_a_page_of_ours_only() {
        for (next, expected) in [
            ("/sales?period=week&stars=4", true),
            ("/", true),
            ("//evil.example", false),
            ("/\\evil.example", false),
            ("https://evil.example", false),
            ("evil", false),
            ("", false),
            ("/sales\r\nset-cookie: a=b", false),
            ("/tỏi", false),
        ] {
            assert_eq!(local(Some(next)).is_some(), expected, "{next:?}");
        }
        let wanted = "/sales?period=week&stars=4".parse().unwrap();
        assert_eq!(address(&wanted), "/login?next=/sales%3Fperiod%3Dweek%26stars%3D4");
        assert_eq!(address(&"/".parse().unwrap()), "/login");
        assert_eq!(address(&"//evil.example/".parse().unwrap()), "/login");
    }

    #[test]
    fn the_forms_token_comes_from_its_own_cookie() {
        let token = "0123456789abcdef".repeat(4);
        let config = Config::default();
        let https = Config { public_url: "https://ocop.example".to_owned(), ..Config::default() };
        let found = |config: &Config, cookie: String| {
            let mut headers = HeaderMap::new();
            headers.insert(header::COOKIE, cookie.parse().unwrap());
            form_token(config, &headers).is_some()
        };
        assert!(found(&config, format!("session=1; form={token}")));
        assert!(!found(&https, format!("form={token}")));
        assert!(found(&https, format!("__Host-form={token}")));
        assert!(!found(&config, "form=short".to_owned()));
        assert!(!found(&config, format!("form={}", "z".repeat(64))));
        let cookie = form_cookie(&https, &CsrfToken::from_text(token.clone()));
        assert_eq!(cookie, format!("__Host-form={token}; Path=/; HttpOnly; SameSite=Strict; Secure"));
    }

    #[test]
    fn waits_are_told_in_words() {
        assert_eq!(wait_text(Lang::Vi, 2), "2 giây");
        assert_eq!(wait_text(Lang::Vi, 61), "2 phút");
        assert_eq!(wait_text(Lang::En, 900), "minutes: 15");
    }
}
