//! Products that stores added at the counter: the department sees which wait, an administrator takes each into the catalogue or
//! merges it with one that is there.

pub mod form;
pub mod page;
pub mod sheet;

use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::ProductId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use web::Fault;
use web::format::local_date;
use web::fragment::Tone;

use super::lists::{self, Cursor};
use super::places::saved_in;
use super::provisional_texts::ProvisionalTexts;
use super::sheet_file::Download;
use super::shell::{self, Frame, Place};
use super::texts::CentralTexts;
use super::visit::{Visit, Who};
use super::workbook;
use crate::app::App;
use crate::db::provisional::{self, Likely, Waiting};
use crate::db::{keyset, places, product_list, products};
use crate::error::{Error, Result};
use form::{Choices, Typed};

/// What just happened.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ProvisionalQuery {
    /// A product that was taken into the catalogue just now.
    confirmed: Option<Uuid>,
    /// One that another was merged into just now.
    merged: Option<Uuid>,
    /// The page begins behind the product with this id.
    after: Option<String>,
    /// The page ends before the product with this id.
    before: Option<String>,
}

/// Products that wait.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProvisionalReport {
    /// A page of them, by name.
    pub products: Vec<ProvisionalProduct>,
    /// How many wait.
    pub product_count: i64,
    /// For the page before: the field `before` of its address.
    pub page_before: Option<Uuid>,
    /// For the page behind: the field `after` of its address.
    pub page_after: Option<Uuid>,
}

/// A product that waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProvisionalProduct {
    /// The product.
    pub product_id: Uuid,
    /// Name, as the counter typed it.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// What is on the pack.
    pub barcode: Option<String>,
    /// Price of a unit, đồng.
    pub price_vnd: i64,
    /// Whose consigned goods.
    pub producer: Option<String>,
    /// The store that added it.
    pub store: Option<String>,
    /// How much was sold, thousandths of the unit.
    pub quantity_milli: i64,
    /// What buyers paid, đồng.
    pub revenue_vnd: i64,
}

impl From<&Waiting> for ProvisionalProduct {
    fn from(row: &Waiting) -> Self {
        Self {
            product_id: row.id.uuid(),
            name: row.name.clone(),
            unit: row.unit.clone(),
            barcode: row.barcode.clone(),
            price_vnd: row.price.vnd(),
            producer: row.producer.clone(),
            store: row.store.clone(),
            quantity_milli: row.quantity.milli(),
            revenue_vnd: row.revenue.vnd(),
        }
    }
}

/// Products that wait: a page, or the same as JSON.
#[utoipa::path(
    get, path = "/provisional", tag = "catalogue", params(ProvisionalQuery),
    responses(
        (status = 200, description = "the products; JSON by `Accept: application/json`", body = ProvisionalReport),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not for this role"),
    ),
)]
pub async fn get(
    State(app): State<App>,
    visit: Visit,
    Query(query): Query<ProvisionalQuery>,
) -> Result<Response, Fault> {
    let cursor = Cursor::read(query.after.as_deref(), query.before.as_deref())?;
    let place = match cursor.id() {
        Some(id) => visit.ok(product_list::find_place(&app.db, id).await)?,
        None => None,
    };
    let page = visit.ok(provisional::page(&app.db, &cursor.at(place)?, lists::ROWS).await)?;
    let product_count = visit.ok(provisional::count(&app.db).await)?;
    let id = |row: Option<&Waiting>| row.map(|row| row.id.uuid());
    let report = ProvisionalReport {
        page_before: id(page.rows.first()).filter(|_| page.has_before),
        page_after: id(page.rows.last()).filter(|_| page.has_after),
        products: page.rows.iter().map(Into::into).collect(),
        product_count,
    };
    let told = told(&app, &visit, &query).await?;
    let told = told.as_ref().map(|(tone, words)| (*tone, words.as_str()));
    Ok(visit.answer(&report, |report| {
        let may_act = Who::TRADE.admits(visit.user.role);
        shell::page(&visit, &frame(&visit), page::list(visit.lang, report, told, may_act))
    }))
}

/// The same products, all of them, as a file.
pub async fn download(State(app): State<App>, visit: Visit, file: Download) -> Result<Response, Fault> {
    // One more than the sheet takes, so that it can say that some are missing.
    let page = visit.ok(provisional::page(&app.db, &keyset::From::Start, workbook::ROWS_MOST + 1).await)?;
    let products = page.rows.iter().map(Into::into).collect();
    file.answer(&visit, visit.lang.file_provisional(), vec![sheet::sheet(visit.lang, products)]).await
}

async fn told(app: &App, visit: &Visit, query: &ProvisionalQuery) -> Result<Option<(Tone, String)>, Fault> {
    let Some(id) = query.confirmed.or(query.merged) else { return Ok(None) };
    let Some(product) = visit.ok(products::find(&app.db, id.into()).await)? else { return Ok(None) };
    if query.confirmed.is_none() {
        return Ok(Some((Tone::Good, visit.lang.merged_now(&product.name))));
    }
    let saved = visit.lang.confirmed_now(&product.name);
    saved_in(app, visit, &product.commune, saved).await.map(Some)
}

fn frame(visit: &Visit) -> Frame<'static> {
    Frame { place: Place::Provisional, brand: visit.lang.brand(), query: "" }
}

/// What is looked for in the catalogue.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Looked {
    /// Words of a name.
    #[serde(default)]
    find: String,
}

/// The product, with what it may be and the form to take it in.
pub async fn one(
    State(app): State<App>,
    visit: Visit,
    Path(product): Path<String>,
    Query(looked): Query<Looked>,
) -> Result<Response, Fault> {
    let found = find(&app, &visit, &product, &looked.find).await?;
    let typed = Typed::of(&found.waiting);
    Ok(show(&visit, &found, &typed, None).into_response())
}

/// A product that waits, with what a person chooses from.
pub struct Found {
    /// The product.
    pub waiting: Waiting,
    /// What it may be.
    pub likely: Vec<Likely>,
    /// The words that were looked for.
    pub words: String,
    /// What the form offers.
    pub choices: Choices,
    /// Communes of today, which the form offers.
    pub units: Vec<String>,
}

async fn find(app: &App, visit: &Visit, product: &str, words: &str) -> Result<Found, Fault> {
    let id = product.parse::<ProductId>().map_err(|_| Fault::not_found())?;
    let waiting = visit.ok(provisional::find_waiting(&app.db, id).await)?.ok_or_else(Fault::not_found)?;
    let likely = visit.ok(provisional::list_likely(&app.db, &waiting, words).await)?;
    let choices = visit.ok(Choices::load(&app.db, visit.lang).await)?;
    let units = visit.ok(places::list_names(&app.db, local_date(app.clock.now_ms())).await)?;
    Ok(Found { waiting, likely, words: words.to_owned(), choices, units })
}

fn show(visit: &Visit, found: &Found, typed: &Typed, wrong: Option<&str>) -> maud::Markup {
    shell::page(visit, &frame(visit), page::one(visit.lang, &visit.csrf, (found, typed), wrong))
}

/// Takes the product into the catalogue; what was typed wrong comes back.
pub async fn confirm(
    State(app): State<App>,
    visit: Visit,
    Path(product): Path<String>,
    Form(mut typed): Form<Typed>,
) -> Result<Response, Fault> {
    let found = find(&app, &visit, &product, "").await?;
    let made = match visit.ok(typed.check(visit.lang, &found))? {
        Some(new) => visit.admin().confirm_product(found.waiting.id, &new).await,
        None => Err(Error::NotFound("product")),
    };
    match made {
        Ok(()) => Ok(Redirect::to(&format!("/provisional?confirmed={}", found.waiting.id)).into_response()),
        Err(Error::Refused(refusal)) => {
            typed.refuse(visit.lang, &refusal);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, show(&visit, &found, &typed, None)).into_response())
        }
        Err(Error::NotFound(_)) => {
            Ok((StatusCode::UNPROCESSABLE_ENTITY, show(&visit, &found, &typed, None)).into_response())
        }
        Err(error) => visit.ok(Err(error)),
    }
}

/// Which product it is.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MergeInto {
    into: Uuid,
}

/// Merges the product with one of the catalogue.
pub async fn merge(
    State(app): State<App>,
    visit: Visit,
    Path(product): Path<String>,
    Form(MergeInto { into }): Form<MergeInto>,
) -> Result<Response, Fault> {
    let found = find(&app, &visit, &product, "").await?;
    match visit.admin().merge_product(found.waiting.id, into.into()).await {
        Ok(()) => Ok(Redirect::to(&format!("/provisional?merged={into}")).into_response()),
        Err(Error::Refused(_)) => {
            let typed = Typed::of(&found.waiting);
            let page = show(&visit, &found, &typed, Some(visit.lang.wrong_target()));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(error) => visit.ok(Err(error)),
    }
}
