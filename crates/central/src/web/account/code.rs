//! One's own second factor: offered, confirmed by a first code, turned off by another one.

use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use tower_sessions::Session;
use web::Fault;

use super::{ADDRESS, Address, Wrong, show};
use crate::app::App;
use crate::error::Error;
use crate::second_factor;
use crate::web::account_texts::AccountTexts;
use crate::web::credentials::{TriedCode, try_code};
use crate::web::login::wait_text;
use crate::web::stores::Nothing;
use crate::web::texts::CentralTexts;
use crate::web::visit::Visit;

/// The form of a code.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Typed {
    code: String,
}

/// Offers a secret; where there is one already, the page says so.
pub async fn offer(visit: Visit, Form(Nothing {}): Form<Nothing>) -> Result<Redirect, Fault> {
    match second_factor::offer(&visit.app, &visit.user).await {
        Ok(_) | Err(Error::NotFound(_)) => Ok(Redirect::to(ADDRESS)),
        Err(error) => visit.ok(Err(error)),
    }
}

/// Turns it on.
pub async fn confirm(
    State(app): State<App>,
    visit: Visit,
    session: Session,
    Address(address): Address,
    Form(typed): Form<Typed>,
) -> Result<Response, Fault> {
    match visit.ok(try_code(&app, &visit.user, &typed.code, address).await)? {
        TriedCode::Right => Ok(Redirect::to("/account?done=code").into_response()),
        other => again(&visit, &session, other).await,
    }
}

/// Turns it off.
pub async fn end(
    State(app): State<App>,
    visit: Visit,
    session: Session,
    Address(address): Address,
    Form(typed): Form<Typed>,
) -> Result<Response, Fault> {
    match visit.ok(try_code(&app, &visit.user, &typed.code, address).await)? {
        TriedCode::Right => {
            visit.ok(second_factor::end(&app, &visit.user).await)?;
            Ok(Redirect::to("/account?done=code_off").into_response())
        }
        other => again(&visit, &session, other).await,
    }
}

async fn again(visit: &Visit, session: &Session, tried: TriedCode) -> Result<Response, Fault> {
    let lang = visit.lang;
    let words = match tried {
        TriedCode::TooSoon { wait_s } => lang.login_wait(wait_text(lang, wait_s)),
        TriedCode::Right | TriedCode::Wrong => lang.code_wrong().to_owned(),
    };
    let page = show(visit, session, Wrong { code: Some(words), ..Wrong::default() }, None).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}
