//! Promotions: what was, is and will be given. Administrators make and end them here; the department reads all of them, an
//! operator its own.

pub mod form;
pub mod page;
pub mod report;
pub mod sheet;

use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::PromotionId;
use serde::Deserialize;
use uuid::Uuid;
use web::Fault;
use web::format::local_date;

use super::promotion_texts::PromotionTexts;
use super::sheet_file::Download;
use super::shell::{self, Frame, Place};
use super::stores::Nothing;
use super::texts::CentralTexts;
use super::visit::{Visit, Who};
use super::workbook::rows_asked;
use crate::app::App;
use crate::db::promotions::LISTED_MAX;
use crate::error::Error;
use form::{Choices, Typed, Wanted};
use page::{Told, View};
use report::PromotionsReport;

/// What just happened.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PromotionsQuery {
    /// A promotion that was made just now.
    added: Option<Uuid>,
    /// One that was ended just now.
    ended: Option<Uuid>,
}

/// Promotions with their state: a page, or the same as JSON.
#[utoipa::path(
    get, path = "/promotions", tag = "promotions", params(PromotionsQuery),
    responses(
        (status = 200, description = "promotions; JSON by `Accept: application/json`", body = PromotionsReport),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not for this role"),
    ),
)]
pub async fn get(
    State(app): State<App>,
    visit: Visit,
    Query(query): Query<PromotionsQuery>,
) -> Result<Response, Fault> {
    let today = local_date(app.clock.now_ms());
    let report = visit.ok(report::load(&app.db, visit.user.scope(), today, LISTED_MAX).await)?;
    let told = match (query.added, query.ended) {
        (Some(id), _) => report.name_of(id).map_or(Told::Nothing, Told::Added),
        (_, Some(id)) => report.name_of(id).map_or(Told::Nothing, Told::Ended),
        _ => Told::Nothing,
    };
    Ok(visit.answer(&report, |report| {
        let may_act = Who::TRADE.admits(visit.user.role);
        let has_campaigns = Who::Stores.admits(visit.user.role);
        let view = View { lang: visit.lang, csrf: &visit.csrf, may_act, has_campaigns, report, told: &told };
        shell::page(&visit, &frame(&visit), view.render())
    }))
}

/// The same promotions, all of them, as a file.
pub async fn download(State(app): State<App>, visit: Visit, file: Download) -> Result<Response, Fault> {
    let today = local_date(app.clock.now_ms());
    let report = visit.ok(report::load(&app.db, visit.user.scope(), today, rows_asked()).await)?;
    file.answer(&visit, visit.lang.file_promotions(), vec![sheet::sheet(visit.lang, &report)]).await
}

fn frame(visit: &Visit) -> Frame<'static> {
    Frame { place: Place::Promotions, brand: visit.lang.brand(), query: "" }
}

/// The empty form for a new promotion.
pub async fn form(State(app): State<App>, visit: Visit) -> Result<Response, Fault> {
    let choices = visit.ok(Choices::load(&app.db).await)?;
    let typed = Typed::new(app.clock.new_uuid().into(), local_date(app.clock.now_ms()), &choices);
    Ok(show(&visit, &typed, &choices).into_response())
}

fn show(visit: &Visit, typed: &Typed, choices: &Choices) -> maud::Markup {
    shell::page(visit, &frame(visit), form::page(visit.lang, &visit.csrf, typed, choices))
}

/// Makes a promotion, or looks for products to put into the form.
pub async fn add(
    State(app): State<App>,
    visit: Visit,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let choices = visit.ok(Choices::load(&app.db).await)?;
    let id = app.clock.new_uuid().into();
    let mut typed =
        Typed::read(id, pairs).ok_or_else(|| Fault::for_status(StatusCode::UNPROCESSABLE_ENTITY))?;
    if typed.wanted() == Wanted::Products {
        visit.ok(typed.find(&app.db).await)?;
        return Ok(show(&visit, &typed, &choices).into_response());
    }
    let today = local_date(app.clock.now_ms());
    let made = match visit.ok(typed.check(&app.db, visit.lang, today, &choices).await)? {
        Some(new) => visit.admin().add_promotion(&new).await,
        None => Err(Error::NotFound("promotion")),
    };
    match made {
        Ok(id) => Ok(Redirect::to(&format!("/promotions?added={id}")).into_response()),
        Err(Error::Refused(_) | Error::NotFound(_)) => {
            Ok((StatusCode::UNPROCESSABLE_ENTITY, show(&visit, &typed, &choices)).into_response())
        }
        Err(error) => visit.ok(Err(error)),
    }
}

/// Ends a promotion before its last day.
pub async fn end(
    visit: Visit,
    Path(promotion): Path<String>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Redirect, Fault> {
    let id = promotion.parse::<PromotionId>().map_err(|_| Fault::not_found())?;
    visit.ok(visit.admin().end_promotion(id).await)?;
    Ok(Redirect::to(&format!("/promotions?ended={id}")))
}
