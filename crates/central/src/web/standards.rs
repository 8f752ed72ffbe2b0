//! What recognitions are decided by: the department reads levels and sets of criteria with their days, administrators write them.

pub mod page;
pub mod sheet;

use axum::extract::{Form, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::recognition::Level;
use maud::Markup;
use serde::{Deserialize, Serialize};
use time::Date;
use utoipa::ToSchema;
use web::Fault;
use web::format::local_date;

use super::points::edit::Pairs;
use super::points::typed::Typed;
use super::sales::report::{iso, iso_maybe};
use super::sheet_file::Download;
use super::shell::{self, Frame, Place};
use super::standard_texts::StandardTexts;
use super::texts::CentralTexts;
use super::visit::{Visit, Wanted, Who};
use crate::admin::{NewCriteria, NewLevel};
use crate::app::App;
use crate::db::standards::{self, CriteriaRow, LevelRow};
use crate::error::{Error, Refusal};

/// Where a form that was kept leads.
const SAVED: &str = "/products/standards?done=yes";

/// What just happened.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct StandardsQuery {
    done: Option<String>,
}

/// Levels and sets of criteria, each with its days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct StandardsReport {
    /// What is said of levels, from the lowest up, the latest of each first.
    pub levels: Vec<LevelOfStandards>,
    /// Sets of criteria, the latest first.
    pub criteria_sets: Vec<CriteriaOfStandards>,
}

/// What is said of a level from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct LevelOfStandards {
    /// `district`, `province`, `region` or `nation`.
    pub level: String,
    /// The first day.
    #[serde(serialize_with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub from: Date,
    /// It decides from then on, or no more.
    pub decides: bool,
    /// The paper that says so.
    pub decision: String,
    /// Whose login recorded it; empty for what came with the program.
    pub recorded_by: String,
}

/// A set of criteria.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CriteriaOfStandards {
    /// Number of the decision.
    pub criteria: String,
    /// The first day.
    #[serde(serialize_with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub from: Date,
    /// The last day, where one is known.
    #[serde(serialize_with = "iso_maybe")]
    #[schema(value_type = Option<String>, format = Date)]
    pub until: Option<Date>,
    /// Whose login recorded it; empty for what came with the program.
    pub recorded_by: String,
}

impl From<LevelRow> for LevelOfStandards {
    fn from(row: LevelRow) -> Self {
        let LevelRow { code, valid_from, decides, paper, recorded_by, .. } = row;
        Self { level: code, from: valid_from, decides, decision: paper, recorded_by }
    }
}

impl From<CriteriaRow> for CriteriaOfStandards {
    fn from(row: CriteriaRow) -> Self {
        let CriteriaRow { name, valid_from, valid_to, recorded_by, .. } = row;
        Self { criteria: name, from: valid_from, until: valid_to, recorded_by }
    }
}

/// Levels and sets of criteria of recognitions: a page, or the same as JSON.
#[utoipa::path(
    get, path = "/products/standards", tag = "catalogue",
    responses(
        (status = 200, description = "levels and sets of criteria with their days; JSON by `Accept: application/json`", body = StandardsReport),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not for this role"),
    ),
)]
pub async fn get(
    State(app): State<App>,
    visit: Visit,
    Query(query): Query<StandardsQuery>,
) -> Result<Response, Fault> {
    let report = load(&visit).await?;
    if visit.wanted == Wanted::Json {
        return Ok(axum::Json(&report).into_response());
    }
    let today = local_date(app.clock.now_ms()).to_string();
    let typed = Typed::with(visit.lang, [("from", today.clone()), ("first", today)]);
    Ok(page(&app, &visit, (&report, &typed), query.done.is_some()).into_response())
}

/// The same as a file: levels, and sets of criteria.
pub async fn download(visit: Visit, file: Download) -> Result<Response, Fault> {
    let report = load(&visit).await?;
    file.answer(&visit, visit.lang.file_standards(), sheet::sheets(visit.lang, report)).await
}

/// Writes that a level decides from a day on, or no more; what was typed wrong comes back.
pub async fn set_level(State(app): State<App>, visit: Visit, Form(pairs): Pairs) -> Result<Response, Fault> {
    let mut typed = Typed::read(visit.lang, pairs)?;
    if let Some(new) = read_level(&mut typed) {
        match visit.admin().set_recognition_level(&new).await {
            Ok(()) => return Ok(Redirect::to(SAVED).into_response()),
            Err(Error::Refused(Refusal::Invalid { what: "paper", .. })) => {
                typed.refuse("paper", visit.lang.standards_paper_wrong());
            }
            Err(error) => return visit.ok(Err(error)),
        }
    }
    wrong(&app, &visit, &typed).await
}

fn read_level(typed: &mut Typed) -> Option<NewLevel> {
    let level = typed.choice("level", Level::from_code);
    let decides = typed.choice("decides", |code| match code {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    });
    let (from, paper) = (typed.day("from"), typed.needed("paper"));
    typed.is_right().then_some(())?;
    Some(NewLevel { level: level?, from: from?, decides: decides?, paper })
}

/// Writes a set of criteria with its days; what was typed wrong comes back.
pub async fn set_criteria(
    State(app): State<App>,
    visit: Visit,
    Form(pairs): Pairs,
) -> Result<Response, Fault> {
    let mut typed = Typed::read(visit.lang, pairs)?;
    if let Some(new) = read_criteria(&mut typed) {
        match visit.admin().set_recognition_criteria(&new).await {
            Ok(()) => return Ok(Redirect::to(SAVED).into_response()),
            Err(Error::Refused(Refusal::Invalid { what: "last day", .. })) => {
                typed.refuse("last", visit.lang.standards_days_turned());
            }
            Err(Error::Refused(Refusal::Invalid { what: "name", .. })) => {
                typed.refuse("name", visit.lang.standards_name_wrong());
            }
            Err(error) => return visit.ok(Err(error)),
        }
    }
    wrong(&app, &visit, &typed).await
}

fn read_criteria(typed: &mut Typed) -> Option<NewCriteria> {
    let (name, from) = (typed.needed("name"), typed.day("first"));
    let until = typed.optional_day("last");
    typed.is_right().then_some(())?;
    Some(NewCriteria { name, from: from?, until })
}

async fn wrong(app: &App, visit: &Visit, typed: &Typed) -> Result<Response, Fault> {
    let report = load(visit).await?;
    let page = page(app, visit, (&report, typed), false);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

async fn load(visit: &Visit) -> Result<StandardsReport, Fault> {
    let mut tx = visit.ok(visit.app.db.begin_reading().await)?;
    let levels = visit.ok(standards::list_levels(&mut tx).await)?;
    let sets = visit.ok(standards::list_criteria(&mut tx).await)?;
    let mut levels: Vec<LevelOfStandards> = levels.into_iter().map(Into::into).collect();
    levels.sort_by_key(|row| Level::ALL.iter().position(|level| level.code() == row.level));
    Ok(StandardsReport { levels, criteria_sets: sets.into_iter().map(Into::into).collect() })
}

fn page(app: &App, visit: &Visit, (report, typed): (&StandardsReport, &Typed), is_saved: bool) -> Markup {
    let may_act = Who::Admin.admits(visit.user.role);
    let today = local_date(app.clock.now_ms());
    let view = page::View { lang: visit.lang, csrf: &visit.csrf, may_act, today, report, typed, is_saved };
    let frame = Frame { place: Place::Standards, brand: visit.lang.brand(), query: "" };
    shell::page(visit, &frame, view.render())
}
