//! People who may sign in: administrators look through them, let others in, and take rights away.

pub mod acts;
pub mod form;
pub mod page;
pub mod sheet;
pub mod words;

use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::UserId;
use maud::{Markup, html};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use web::Fault;
use web::format::local_date;

use super::lists::{self, Cursor};
use super::login_form::encoded;
use super::people_texts::PeopleTexts;
use super::sheet_file::Download;
use super::shell::{self, Frame, Place};
use super::texts::CentralTexts;
use super::visit::Visit;
use super::workbook;
use crate::app::App;
use crate::db::people::{self, Listed, Picked};
use crate::db::{keyset, users};
use crate::error::Error;
use form::Typed;

/// What is asked for. Unknown names are left alone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct PeopleQuery {
    /// Letters of the login.
    pub q: String,
    /// The code of a role.
    pub role: String,
    /// The id of the row behind which the page begins.
    pub after: String,
    /// The id of the row before which the page ends.
    pub before: String,
}

impl PeopleQuery {
    fn read(&self) -> Result<Picked, Fault> {
        let is_role = self.role.is_empty() || words::ROLES.contains(&self.role.as_str());
        if !is_role || self.q.chars().count() > lists::WORDS_MAX {
            return Err(Fault::for_status(StatusCode::UNPROCESSABLE_ENTITY));
        }
        let given = |text: &str| Some(text.trim().to_lowercase()).filter(|text| !text.is_empty());
        Ok(Picked { login: given(&self.q), role: given(&self.role) })
    }

    /// Returns the address of the same as a file with this ending.
    fn href_with(&self, ending: &str) -> String {
        lists::href("/people", ending, lists::query_text(&[("q", &self.q), ("role", &self.role)]), None)
    }

    fn href(&self, field: &str, id: Uuid) -> String {
        let pairs = [("q", self.q.as_str()), ("role", self.role.as_str()), (field, &id.to_string())]
            .map(|(name, value)| format!("{name}={}", encoded(value)));
        format!("/people?{}", pairs.join("&"))
    }
}

/// People by login.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PeopleReport {
    /// A page of those that are picked.
    pub people: Vec<PersonOfList>,
    /// For the page before: the field `before` of its address.
    pub page_before: Option<Uuid>,
    /// For the page behind: the field `after` of its address.
    pub page_after: Option<Uuid>,
}

/// A person of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PersonOfList {
    /// The person.
    pub user_id: Uuid,
    /// What is typed to sign in.
    pub login: String,
    /// Name on screen.
    pub name: String,
    /// admin, editor, department, auditor, operator or producer.
    pub role: String,
    /// Codes of the sections of an editor, with blanks between them.
    pub sections: String,
    /// The operator or producer whose data the person sees.
    pub whose: Option<String>,
    /// May sign in.
    pub is_active: bool,
    /// From then on no more, UTC milliseconds.
    pub access_ends_ms: Option<i64>,
    /// Is asked for a code at login.
    pub has_code: bool,
    /// Logins that are open.
    pub session_count: i64,
}

impl From<Listed> for PersonOfList {
    fn from(row: Listed) -> Self {
        Self {
            user_id: row.id.uuid(),
            login: row.login,
            name: row.name,
            role: row.role,
            sections: row.sections,
            whose: row.whose,
            is_active: row.is_active,
            access_ends_ms: row.access_ends_ms,
            has_code: row.has_code,
            session_count: row.session_count,
        }
    }
}

/// People: a page, or the same as JSON.
#[utoipa::path(
    get, path = "/people", tag = "people", params(PeopleQuery),
    responses(
        (status = 200, description = "people by login; JSON by `Accept: application/json`", body = PeopleReport),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not for this role"),
        (status = 404, description = "a page that begins at nobody"),
        (status = 422, description = "a code in the query is unknown"),
    ),
)]
pub async fn get(
    State(app): State<App>,
    visit: Visit,
    Query(query): Query<PeopleQuery>,
) -> Result<Response, Fault> {
    let picked = query.read()?;
    let cursor = Cursor::read(Some(&query.after), Some(&query.before))?;
    let place = match cursor.id() {
        Some(id) => visit.ok(people::find_place(&app.db, id).await)?,
        None => None,
    };
    let now_ms = app.clock.now_ms();
    let from = cursor.at(place)?;
    let page = visit.ok(people::page(&app.db, &picked, now_ms, &from, lists::ROWS).await)?;
    let (first, last) =
        (page.rows.first().map(|row| row.id.uuid()), page.rows.last().map(|row| row.id.uuid()));
    let report = PeopleReport {
        page_before: first.filter(|_| page.has_before),
        page_after: last.filter(|_| page.has_after),
        people: page.rows.into_iter().map(Into::into).collect(),
    };
    Ok(visit.answer(&report, |report| {
        let view = page::View { lang: visit.lang, now_ms, query: &query, report };
        shell::page(&visit, &frame(&visit), view.render())
    }))
}

/// The same people, all of them, as a file.
pub async fn download(
    State(app): State<App>,
    visit: Visit,
    file: Download,
    Query(query): Query<PeopleQuery>,
) -> Result<Response, Fault> {
    let sheet = whole(&app, &visit, &query).await?;
    file.answer(&visit, visit.lang.file_people(), vec![sheet]).await
}

async fn whole(app: &App, visit: &Visit, query: &PeopleQuery) -> Result<workbook::Sheet, Fault> {
    let picked = query.read()?;
    // One more than the sheet takes, so that it can say that some are missing.
    let most = workbook::ROWS_MOST + 1;
    let page =
        visit.ok(people::page(&app.db, &picked, app.clock.now_ms(), &keyset::From::Start, most).await)?;
    Ok(sheet::sheet(visit.lang, page.rows.into_iter().map(Into::into).collect()))
}

/// The empty form.
pub async fn form(State(app): State<App>, visit: Visit) -> Result<Response, Fault> {
    Ok(show_form(&visit, &Typed::new(app.clock.new_uuid())).await?.into_response())
}

/// Lets somebody in: the answer holds the link by which a password is chosen.
pub async fn add(
    State(app): State<App>,
    visit: Visit,
    Form(mut typed): Form<Typed>,
) -> Result<Response, Fault> {
    if typed.id.is_empty() {
        typed.id = app.clock.new_uuid().to_string();
    }
    let id: UserId = typed.id.parse().map_err(|_| Fault::not_found())?;
    let today = local_date(app.clock.now_ms());
    let Some(new) = visit.ok(typed.check(&app.db, visit.lang, (today, None)).await)? else {
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, show_form(&visit, &typed).await?).into_response());
    };
    match visit.admin().invite_user(id, &new).await {
        Ok(()) => acts::show_link(&visit, id).await,
        Err(Error::Refused(refusal)) => {
            typed.refuse(visit.lang, &refusal);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, show_form(&visit, &typed).await?).into_response())
        }
        Err(error) => visit.ok(Err(error)),
    }
}

/// One person: rights, logins, what was done.
pub async fn one(visit: Visit, Path(user): Path<String>) -> Result<Response, Fault> {
    acts::show(&visit, parsed(&user)?, None, None).await
}

/// Writes a person's rights anew; what was typed wrong comes back.
pub async fn update(
    State(app): State<App>,
    visit: Visit,
    Path(user): Path<String>,
    Form(mut typed): Form<Typed>,
) -> Result<Response, Fault> {
    let id = parsed(&user)?;
    let mut tx = visit.ok(app.db.begin().await)?;
    let user = visit.ok(users::find_in(&mut tx, id).await)?.ok_or_else(Fault::not_found)?;
    drop(tx);
    let listed = visit.ok(people::find(&app.db, id, app.clock.now_ms()).await)?;
    let before = (user.role, listed.and_then(|listed| listed.whose).unwrap_or_default());
    typed.id = id.to_string();
    let today = local_date(app.clock.now_ms());
    let updated = match visit.ok(typed.check(&app.db, visit.lang, (today, Some(&before))).await)? {
        Some(new) => visit.admin().update_user(id, &new).await,
        None => return acts::show(&visit, id, None, Some(typed)).await,
    };
    match updated {
        Ok(()) => Ok(Redirect::to(&format!("/people/{id}")).into_response()),
        Err(Error::Refused(refusal)) => {
            typed.refuse(visit.lang, &refusal);
            acts::show(&visit, id, None, Some(typed)).await
        }
        Err(error) => visit.ok(Err(error)),
    }
}

async fn show_form(visit: &Visit, typed: &Typed) -> Result<Markup, Fault> {
    let names = visit.ok(form::names(&visit.app.db).await)?;
    let main = html! { (form::page(visit.lang, &visit.csrf, typed, ("/people/new", &names, true))) };
    Ok(shell::page(visit, &frame(visit), main))
}

fn parsed(id: &str) -> Result<UserId, Fault> {
    id.parse().map_err(|_| Fault::not_found())
}

fn frame(visit: &Visit) -> Frame<'static> {
    Frame { place: Place::People, brand: visit.lang.brand(), query: "" }
}
