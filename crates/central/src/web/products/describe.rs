//! What the paper of a decision says beside its kind, stars and days, completed afterwards: lists that other offices send lack some of it.

use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::section::Section;
use uuid::Uuid;
use web::Fault;
use web::format::local_date;

use super::describe_form::{self, Described};
use super::detail::{ProductReport, RecognitionOfProduct, RecognitionState};
use super::{find, frame};
use crate::app::App;
use crate::web::shell;
use crate::web::visit::Visit;

/// The form, as the decision is.
pub async fn form(
    State(app): State<App>,
    visit: Visit,
    Path((product, recognition)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let report = find(&app, &visit, &product).await?;
    let decision = kept(&visit, &report, &recognition).await?;
    let typed = Described::of(decision);
    Ok(show(&visit, &report, (&typed, decision.recognition_id)).into_response())
}

/// Keeps what the paper says; what was typed wrong comes back.
pub async fn keep(
    State(app): State<App>,
    visit: Visit,
    Path((product, recognition)): Path<(String, String)>,
    Form(mut typed): Form<Described>,
) -> Result<Response, Fault> {
    let report = find(&app, &visit, &product).await?;
    let id = kept(&visit, &report, &recognition).await?.recognition_id;
    let today = local_date(app.clock.now_ms());
    let Some(new) = typed.check(visit.lang, today) else {
        let page = show(&visit, &report, (&typed, id));
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let product = report.product_id;
    visit.ok(visit.admin().describe_recognition(product.into(), id, &new).await)?;
    Ok(Redirect::to(&format!("/products/{product}?done=described")).into_response())
}

/// A decision of the product that counts, for whoever keeps its kind.
async fn kept<'a>(
    visit: &Visit,
    report: &'a ProductReport,
    recognition: &str,
) -> Result<&'a RecognitionOfProduct, Fault> {
    let id = Uuid::try_parse(recognition).map_err(|_| Fault::not_found())?;
    let category = report.category_of(id).ok_or_else(Fault::not_found)?;
    visit.needs(Section::of_category(category)).await?;
    let mut all = report.recognitions.iter();
    all.find(|each| each.recognition_id == id && each.state != RecognitionState::Withdrawn)
        .ok_or_else(Fault::not_found)
}

fn show(visit: &Visit, report: &ProductReport, typed: (&Described, Uuid)) -> maud::Markup {
    let main = describe_form::page(visit.lang, &visit.csrf, report, typed);
    shell::page(visit, &frame(visit, ""), main)
}
