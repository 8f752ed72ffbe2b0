//! The page on which the department changes the fixed words of its report.

use axum::extract::{Form, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::Markup;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::Fault;
use web::format::local_date;

use super::form::clean;
use super::list::Periods;
use super::shown::Shown;
use super::template::{NAMES, Template, Wrong};
use super::template_form::TemplateView;
use super::{department, frame, read_period};
use crate::app::App;
use crate::db::reports::{SavedTemplate, list_templates};
use crate::reporting;
use crate::web::report_texts::ReportTexts;
use crate::web::shell;
use crate::web::stores::Nothing;
use crate::web::visit::{Visit, Wanted, Who};

/// Versions that are listed.
const VERSIONS: i64 = 20;

/// What just happened.
#[derive(Debug, Default, Deserialize)]
pub struct TemplateQuery {
    kept: Option<String>,
}

/// The fixed words, and how they came to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TemplateReport {
    /// The words that hold.
    pub template: Template,
    /// What may stand in braces in them.
    pub names: Vec<&'static str>,
    /// Versions that were saved, the last one first; at most twenty.
    pub template_versions: Vec<VersionOfTemplate>,
}

/// A version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct VersionOfTemplate {
    /// Since when it holds, UTC milliseconds.
    pub saved_at_ms: i64,
    /// By whom: a login.
    pub saved_by: String,
    /// It is the words that come with the program.
    pub is_original: bool,
}

impl From<SavedTemplate> for VersionOfTemplate {
    fn from(row: SavedTemplate) -> Self {
        Self { saved_at_ms: row.saved_at_ms, saved_by: row.saved_by, is_original: row.body.is_empty() }
    }
}

/// The fixed words, and the paper of the latest period with them; or the words alone as JSON.
#[utoipa::path(
    get, path = "/reports/template", tag = "reports",
    responses(
        (status = 200, description = "the words; JSON by `Accept: application/json`", body = TemplateReport),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not for this role"),
    ),
)]
pub async fn get(
    State(app): State<App>,
    visit: Visit,
    Query(query): Query<TemplateQuery>,
) -> Result<Response, Fault> {
    let template = visit.ok(reporting::template(&app).await)?;
    if visit.wanted == Wanted::Json {
        let versions = visit.ok(list_templates(&app.db, VERSIONS).await)?;
        let template_versions = versions.into_iter().map(VersionOfTemplate::from).collect();
        let report = TemplateReport { template, names: NAMES.to_vec(), template_versions };
        return Ok(axum::Json(report).into_response());
    }
    let told = query.kept.map(|_| visit.lang.template_kept());
    Ok(show(&visit, &template, &[], told).await?.into_response())
}

/// Keeps the words, or shows the paper with them.
pub async fn keep(
    State(app): State<App>,
    visit: Visit,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let who = department(&visit)?;
    let (template, is_preview) = read(&fields);
    let faults = template.faults();
    if !faults.is_empty() || is_preview {
        let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        return Ok((status, show(&visit, &template, &faults, None).await?).into_response());
    }
    visit.ok(reporting::keep_template(&app, (who, &visit.user.login), Some(&template)).await)?;
    Ok(Redirect::to("/reports/template?kept=1").into_response())
}

/// Goes back to the words that come with the program.
pub async fn reset(
    State(app): State<App>,
    visit: Visit,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Redirect, Fault> {
    let who = department(&visit)?;
    visit.ok(reporting::keep_template(&app, (who, &visit.user.login), None).await)?;
    Ok(Redirect::to("/reports/template?kept=1"))
}

/// Reads the fields; a field that was not sent is empty. True for a look at the paper alone.
fn read(fields: &[(String, String)]) -> (Template, bool) {
    let mut template = Template::default();
    for (name, text) in fields {
        if let Some(field) = template.field_mut(name) {
            *field = clean(text);
        }
    }
    (template, fields.iter().any(|(name, value)| name == "act" && value == "preview"))
}

async fn show(
    visit: &Visit,
    template: &Template,
    faults: &[(String, Wrong)],
    told: Option<&str>,
) -> Result<Markup, Fault> {
    let (app, lang) = (&visit.app, visit.lang);
    let today = local_date(app.clock.now_ms());
    let periods = Periods::of(today.year(), app.config.reports.cutoff, today, &[]);
    let latest = periods.periods.first().ok_or_else(Fault::not_found)?;
    let cutoff = app.config.reports.cutoff;
    let shown = Shown::open(app, visit.user.scope(), read_period(&latest.period)?, cutoff).await;
    let shown = visit.ok(shown)?;
    let paper = Shown { template: template.clone(), ..shown }.paper(&app.config.reports);
    let versions = visit.ok(list_templates(&app.db, VERSIONS).await)?;
    let paper = faults.is_empty().then_some(&paper);
    let may_write = Who::TRADE.admits(visit.user.role);
    let view = TemplateView {
        may_write,
        lang,
        csrf: &visit.csrf,
        template,
        faults,
        paper,
        versions: &versions,
        told,
    };
    Ok(shell::page(visit, &frame(visit, ""), view.render()))
}
