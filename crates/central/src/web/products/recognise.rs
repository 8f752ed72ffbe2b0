//! Acts on recognitions, each by those whose section keeps its kind: a decision recorded as its paper says, or withdrawn when it was entered by mistake.

use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::section::Section;
use uuid::Uuid;
use web::Fault;
use web::format::local_date;

use super::decision_form::{self, Offered, Typed};
use super::detail::ProductReport;
use super::{editable, find, frame};
use crate::app::App;
use crate::db::standards;
use crate::error::Error;
use crate::web::shell;
use crate::web::stores::Nothing;
use crate::web::visit::Visit;

/// The empty form.
pub async fn form(
    State(app): State<App>,
    visit: Visit,
    Path(product): Path<String>,
) -> Result<Response, Fault> {
    let report = editable(&app, &visit, &product).await?;
    let typed = Typed::new(app.clock.new_uuid(), visit.user.role);
    Ok(show(&app, &visit, &report, &typed).await?.into_response())
}

/// Records a decision; what was typed wrong comes back.
pub async fn record(
    State(app): State<App>,
    visit: Visit,
    Path(product): Path<String>,
    Form(mut typed): Form<Typed>,
) -> Result<Response, Fault> {
    let report = editable(&app, &visit, &product).await?;
    let today = local_date(app.clock.now_ms());
    if let Some(new) = typed.check(visit.lang, today, app.clock.new_uuid()) {
        visit.needs(Section::of_category(new.recognition.category)).await?;
        match visit.admin().add_recognition(report.product_id.into(), &new).await {
            Ok(()) => {
                let at = format!("/products/{}?done=recognised", report.product_id);
                return Ok(Redirect::to(&at).into_response());
            }
            Err(Error::Refused(refusal)) => typed.refuse(visit.lang, &refusal),
            Err(error) => return visit.ok(Err(error)),
        }
    }
    let page = show(&app, &visit, &report, &typed).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// Withdraws a decision that was entered by mistake.
pub async fn withdraw(
    State(app): State<App>,
    visit: Visit,
    Path((product, recognition)): Path<(String, String)>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Redirect, Fault> {
    let recognition = Uuid::try_parse(&recognition).map_err(|_| Fault::not_found())?;
    let report = find(&app, &visit, &product).await?;
    let category = report.category_of(recognition).ok_or_else(Fault::not_found)?;
    visit.needs(Section::of_category(category)).await?;
    let id = report.product_id;
    visit.ok(visit.admin().withdraw_recognition(id.into(), recognition).await)?;
    Ok(Redirect::to(&format!("/products/{id}?done=withdrawn")))
}

async fn show(
    app: &App,
    visit: &Visit,
    report: &ProductReport,
    typed: &Typed,
) -> Result<maud::Markup, Fault> {
    let offered = offered(app, visit).await?;
    let main = decision_form::page(visit.lang, &visit.csrf, report, (typed, visit.user.role, &offered));
    Ok(shell::page(visit, &frame(visit, ""), main))
}

/// What the forms of a decision offer today.
pub(super) async fn offered(app: &App, visit: &Visit) -> Result<Offered, Fault> {
    let mut tx = visit.ok(app.db.begin_reading().await)?;
    let standards = visit.ok(standards::load(&mut tx).await)?;
    Ok(Offered::new(visit.lang, &standards, local_date(app.clock.now_ms())))
}
