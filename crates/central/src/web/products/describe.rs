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
use super::recognise::offered;
use super::{find, frame};
use crate::app::App;
use crate::error::Error;
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
    let page = show(&app, &visit, &report, (&typed, decision.recognition_id)).await?;
    Ok(page.into_response())
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
    if let Some(new) = typed.check(visit.lang, today) {
        let product = report.product_id;
        match visit.admin().describe_recognition(product.into(), id, &new).await {
            Ok(()) => return Ok(Redirect::to(&format!("/products/{product}?done=described")).into_response()),
            Err(Error::Refused(refusal)) => typed.refuse(visit.lang, &refusal),
            Err(error) => return visit.ok(Err(error)),
        }
    }
    let page = show(&app, &visit, &report, (&typed, id)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
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

async fn show(
    app: &App,
    visit: &Visit,
    report: &ProductReport,
    (typed, id): (&Described, Uuid),
) -> Result<maud::Markup, Fault> {
    let offered = offered(app, visit).await?;
    let main = describe_form::page(visit.lang, &visit.csrf, report, (typed, id, &offered));
    Ok(shell::page(visit, &frame(visit, ""), main))
}
