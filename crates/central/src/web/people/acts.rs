//! One person, and what an administrator does to the account.

use axum::extract::{Form, Path};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::UserId;
use web::Fault;

use super::form::{self, Typed};
use super::page::{Person, person};
use super::{frame, parsed};
use crate::db::{audit, people, users};
use crate::error::Result as CentralResult;
use crate::web::shell;
use crate::web::stores::Nothing;
use crate::web::visit::Visit;
use crate::welcome;

/// Acts on a person that are shown.
const ACTS_MAX: i64 = 20;

/// Makes a link for a new password, and shows it once.
pub async fn link(
    visit: Visit,
    Path(user): Path<String>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, Fault> {
    show_link(&visit, parsed(&user)?).await
}

/// Locks a person out.
pub async fn disable(
    visit: Visit,
    Path(user): Path<String>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Redirect, Fault> {
    let id = parsed(&user)?;
    done(&visit, id, visit.admin().disable_user(id).await)
}

/// Lets a person in again.
pub async fn enable(
    visit: Visit,
    Path(user): Path<String>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Redirect, Fault> {
    let id = parsed(&user)?;
    done(&visit, id, visit.admin().enable_user(id).await)
}

/// Ends all logins of a person.
pub async fn end_sessions(
    visit: Visit,
    Path(user): Path<String>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Redirect, Fault> {
    let id = parsed(&user)?;
    done(&visit, id, visit.admin().end_logins(id).await)
}

/// Takes a person's second factor away.
pub async fn end_code(
    visit: Visit,
    Path(user): Path<String>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Redirect, Fault> {
    let id = parsed(&user)?;
    done(&visit, id, visit.admin().end_code(id).await)
}

fn done(visit: &Visit, id: UserId, outcome: CentralResult<()>) -> Result<Redirect, Fault> {
    visit.ok(outcome)?;
    Ok(Redirect::to(&format!("/people/{id}")))
}

/// Shows a person with a new link.
pub(super) async fn show_link(visit: &Visit, id: UserId) -> Result<Response, Fault> {
    let link = visit.ok(welcome::make_link(&visit.app, &visit.user.login, id).await)?;
    show(visit, id, Some(link), None).await
}

/// Shows a person; with what was typed wrong, if it was.
pub(super) async fn show(
    visit: &Visit,
    id: UserId,
    link: Option<String>,
    typed: Option<Typed>,
) -> Result<Response, Fault> {
    let (app, now_ms) = (&visit.app, visit.app.clock.now_ms());
    let listed = visit.ok(people::find(&app.db, id, now_ms).await)?.ok_or_else(Fault::not_found)?;
    let mut tx = visit.ok(app.db.begin().await)?;
    let user = visit.ok(users::find_in(&mut tx, id).await)?.ok_or_else(Fault::not_found)?;
    let acts = visit.ok(audit::list_of(&mut tx, &id.to_string(), ACTS_MAX).await)?;
    drop(tx);
    let names = visit.ok(form::names(&app.db).await)?;
    let status = if typed.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let typed = typed.unwrap_or_else(|| Typed::of(&user, listed.whose.as_deref()));
    let shown = Person {
        lang: visit.lang,
        now_ms,
        csrf: &visit.csrf,
        person: &listed.into(),
        typed: &typed,
        names: &names,
        link: link.as_deref(),
        acts: &acts,
    };
    Ok((status, shell::page(visit, &frame(visit), person(&shown))).into_response())
}
