//! Groups of products by decree: the department reads them, administrators write them from a day on.

pub mod page;
pub mod sheet;

use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::Markup;
use serde::{Deserialize, Serialize};
use time::Date;
use utoipa::ToSchema;
use web::Fault;
use web::format::local_date;

use super::points::edit::Pairs;
use super::points::typed::Typed;
use super::product_group_texts::ProductGroupTexts;
use super::sales::report::{iso, iso_maybe};
use super::sheet_file::Download;
use super::shell::{self, Frame, Place};
use super::stores::Nothing;
use super::texts::CentralTexts;
use super::visit::{Visit, Wanted, Who};
use crate::admin::NewGroup;
use crate::app::App;
use crate::db::product_groups::{self, GroupVersion};
use crate::error::{Error, Refusal};

/// What just happened, and which group the form is to begin with.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct GroupsQuery {
    change: String,
    done: String,
}

/// Groups as they are called, and were.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct GroupsReport {
    /// In their order, the latest version of each first.
    pub group_versions: Vec<VersionOfGroup>,
}

/// A group as it is called from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct VersionOfGroup {
    /// Its code, which never changes.
    pub code: String,
    /// The first day.
    #[serde(serialize_with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub from: Date,
    /// Its name in Vietnamese.
    pub name_vi: String,
    /// Its name in English.
    pub name_en: String,
    /// Goods past their date are refused at the counter.
    pub refuses_expired: bool,
    /// The paper that says so.
    pub decision: String,
    /// Whose login recorded it; empty for what came with the program.
    pub recorded_by: String,
    /// The last day of the whole group; none while it is in use.
    #[serde(serialize_with = "iso_maybe")]
    #[schema(value_type = Option<String>, format = Date)]
    pub ended_on: Option<Date>,
}

impl From<GroupVersion> for VersionOfGroup {
    fn from(row: GroupVersion) -> Self {
        Self {
            code: row.code,
            from: row.valid_from,
            name_vi: row.name_vi,
            name_en: row.name_en,
            refuses_expired: row.refuse_expired,
            decision: row.decision,
            recorded_by: row.recorded_by,
            ended_on: row.ended_on,
        }
    }
}

/// Groups of products: a page, or the same as JSON.
#[utoipa::path(
    get, path = "/products/groups", tag = "catalogue",
    responses(
        (status = 200, description = "groups with what they were called before; JSON by `Accept: application/json`", body = GroupsReport),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not for this role"),
    ),
)]
pub async fn get(
    State(app): State<App>,
    visit: Visit,
    Query(query): Query<GroupsQuery>,
) -> Result<Response, Fault> {
    let report = load(&visit).await?;
    if visit.wanted == Wanted::Json {
        return Ok(axum::Json(&report).into_response());
    }
    let today = local_date(app.clock.now_ms()).to_string();
    let typed = match report.group_versions.iter().find(|version| version.code == query.change) {
        Some(version) => Typed::with(
            visit.lang,
            [
                ("code", version.code.clone()),
                ("name_vi", version.name_vi.clone()),
                ("name_en", version.name_en.clone()),
                ("refuse_expired", if version.refuses_expired { "yes" } else { "" }.to_owned()),
                ("from", today),
            ],
        ),
        None => Typed::with(visit.lang, [("from", today)]),
    };
    Ok(page(&visit, &report, &typed, &query.done).into_response())
}

/// The same groups as a file.
pub async fn download(visit: Visit, file: Download) -> Result<Response, Fault> {
    let report = load(&visit).await?;
    file.answer(&visit, visit.lang.file_groups(), vec![sheet::sheet(visit.lang, report)]).await
}

/// Writes a group from a day on, or adds one; what was typed wrong comes back.
pub async fn set(State(app): State<App>, visit: Visit, Form(pairs): Pairs) -> Result<Response, Fault> {
    let mut typed = Typed::read(visit.lang, pairs)?;
    if let Some(new) = read(&mut typed, local_date(app.clock.now_ms())) {
        match visit.admin().set_group(&new).await {
            Ok(()) => return Ok(Redirect::to("/products/groups?done=saved").into_response()),
            Err(Error::Refused(_)) => typed.refuse("name_vi", visit.lang.groups_refused()),
            Err(Error::NotFound(_)) => return Err(Fault::not_found()),
            Err(error) => return visit.ok(Err(error)),
        }
    }
    let report = load(&visit).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&visit, &report, &typed, "")).into_response())
}

fn read(typed: &mut Typed, today: Date) -> Option<NewGroup> {
    let code = Some(typed.get("code").to_owned()).filter(|code| !code.is_empty());
    let (name_vi, name_en) = (typed.needed("name_vi"), typed.optional("name_en"));
    let (valid_from, decision) = (typed.day_until("from", today), typed.needed("decision"));
    let refuse_expired = typed.get("refuse_expired") == "yes";
    typed.is_right().then_some(())?;
    Some(NewGroup { code, name_vi, name_en, refuse_expired, valid_from: valid_from?, decision })
}

/// Ends a group with today; not while products on sale are in it.
pub async fn end(
    visit: Visit,
    Path(group): Path<String>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, Fault> {
    let done = match visit.admin().end_group(&group).await {
        Err(Error::Refused(Refusal::GroupInUse)) => "in-use",
        other => visit.ok(other).map(|()| "ended")?,
    };
    Ok(Redirect::to(&format!("/products/groups?done={done}")).into_response())
}

async fn load(visit: &Visit) -> Result<GroupsReport, Fault> {
    let mut tx = visit.ok(visit.app.db.begin_reading().await)?;
    let versions = visit.ok(product_groups::list_versions(&mut tx).await)?;
    Ok(GroupsReport { group_versions: versions.into_iter().map(Into::into).collect() })
}

fn page(visit: &Visit, report: &GroupsReport, typed: &Typed, done: &str) -> Markup {
    let may_act = Who::Admin.admits(visit.user.role);
    let view = page::View { lang: visit.lang, csrf: &visit.csrf, may_act, report, typed, done };
    let frame = Frame { place: Place::ProductGroups, brand: visit.lang.brand(), query: "" };
    shell::page(visit, &frame, view.render())
}
