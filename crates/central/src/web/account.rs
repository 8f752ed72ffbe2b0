//! Somebody's own account: where one is logged in, the password, the second factor.

pub mod agent;
pub mod code;
pub mod keys;
pub mod page;

use std::net::IpAddr;

use axum::extract::{Form, FromRequestParts, Path, Query, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use protocol::Hash;
use serde::Deserialize;
use tower_sessions::Session;
use web::Fault;
use web::fragment::Tone;
use web::password::{self, check_password};

use super::account_texts::AccountTexts;
use super::credentials::{Tried, try_password};
use super::login::wait_text;
use super::login_session;
use super::shell::{self, Frame, Place};
use super::stores::Nothing;
use super::texts::CentralTexts;
use super::visit::Visit;
use crate::api::limits::client_address;
use crate::app::App;
use crate::db::api_keys;
use crate::db::audit::{self, Act};
use crate::db::login_sessions;
use crate::db::users::{self, Role};
use crate::second_factor;
use page::{CodeState, View};

/// Its address.
pub const ADDRESS: &str = "/account";

/// What just happened.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct AccountQuery {
    done: String,
}

/// The page.
pub async fn get(
    visit: Visit,
    session: Session,
    Query(query): Query<AccountQuery>,
) -> Result<Response, Fault> {
    let words = match query.done.as_str() {
        "session" => Some(visit.lang.session_ended()),
        "password" => Some(visit.lang.password_changed()),
        "code" => Some(visit.lang.code_confirmed()),
        "key_end" => Some(visit.lang.key_ended()),
        "code_off" => Some(visit.lang.code_ended()),
        _ => None,
    };
    let told = words.map(|words| (Tone::Good, words.to_owned()));
    Ok(show(&visit, &session, Wrong::default(), told).await?.into_response())
}

/// What is wrong with a form of the page, field by field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wrong {
    /// With the password now.
    pub old: Option<String>,
    /// With the new one.
    pub new: Option<String>,
    /// With the code.
    pub code: Option<String>,
    /// With the name of a key.
    pub key: Option<String>,
}

async fn show(
    visit: &Visit,
    session: &Session,
    wrong: Wrong,
    told: Option<(Tone, String)>,
) -> Result<maud::Markup, Fault> {
    let (app, user) = (&visit.app, &visit.user);
    let sessions = visit.ok(login_sessions::list_of_user(&app.db, user.id, app.clock.now_ms()).await)?;
    let keys = visit.ok(api_keys::list(&app.db, user.id).await)?;
    let code = if visit.ok(second_factor::is_asked(app, user.id).await)? {
        CodeState::On
    } else {
        visit.ok(second_factor::find_offered(app, user).await)?.map_or(CodeState::Off, CodeState::Offered)
    };
    let view = View {
        lang: visit.lang,
        csrf: &visit.csrf,
        user,
        is_code_needed: app.config.logins.admins_need_code,
        here: login_session::name(session),
        sessions: &sessions,
        keys: &keys,
        code: &code,
        wrong: &wrong,
        told,
    };
    let frame = Frame { place: Place::Account, brand: visit.lang.brand(), query: "" };
    let is_phone = matches!(user.role, Role::Operator(_) | Role::Producer(_));
    let main = maud::html! { (view.render()) @if is_phone { (shell::leave(visit)) } };
    Ok(shell::page(visit, &frame, main))
}

/// Ends one of one's own logins.
pub async fn end_session(
    visit: Visit,
    Path(name): Path<String>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Redirect, Fault> {
    let name = name.parse::<Hash>().map_err(|_| Fault::not_found())?;
    let mut tx = visit.ok(visit.app.db.begin().await)?;
    if !visit.ok(login_sessions::delete_one(&mut tx, visit.user.id, name).await)? {
        return Err(Fault::not_found());
    }
    visit.ok(finish(&visit, tx, "login.end_elsewhere").await)?;
    Ok(Redirect::to("/account?done=session"))
}

/// The form of the password.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Passwords {
    old: String,
    new: String,
}

/// From where somebody asks.
pub struct Address(IpAddr);

impl FromRequestParts<App> for Address {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fault> {
        Ok(Self(client_address(parts, &app.config.trusted_proxies)))
    }
}

/// Changes the password; guessing the one before costs what it costs at login.
pub async fn password(
    State(app): State<App>,
    visit: Visit,
    session: Session,
    Address(address): Address,
    Form(typed): Form<Passwords>,
) -> Result<Response, Fault> {
    let (lang, user) = (visit.lang, &visit.user);
    let old = match visit.ok(try_password(&app, &user.login, &typed.old, address).await)? {
        Tried::Welcome(_) => None,
        Tried::Wrong => Some(lang.password_old_wrong().to_owned()),
        Tried::TooSoon { wait_s } => Some(lang.login_wait(wait_text(lang, wait_s))),
    };
    let new = check_password(&typed.new, &[&user.login, &user.name]).err();
    let wrong = Wrong { old, new: new.map(|unfit| unfit.sentence(lang)), code: None, key: None };
    if wrong != Wrong::default() {
        let page = show(&visit, &session, wrong, None).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let hash = password::hash(&typed.new, &app.clock).await;
    let mut tx = visit.ok(app.db.begin().await)?;
    visit.ok(users::set_password(&mut tx, user.id, &hash).await)?;
    let here = login_session::name(&session).unwrap_or(Hash::ZERO);
    visit.ok(login_sessions::delete_others(&mut tx, user.id, here).await)?;
    visit.ok(api_keys::delete_of_user(&mut tx, user.id).await)?;
    visit.ok(finish(&visit, tx, "user.password").await)?;
    Ok(Redirect::to("/account?done=password").into_response())
}

async fn finish(visit: &Visit, tx: crate::db::Tx, action: &str) -> crate::Result<()> {
    let (at_ms, subject) = (visit.app.clock.now_ms(), visit.user.id.to_string());
    audit::commit(tx, &Act { at_ms, actor: &visit.user.login, action, subject: &subject, detail: "" }).await
}
