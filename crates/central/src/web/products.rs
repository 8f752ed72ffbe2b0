//! The catalogue's products: the department reads all of it, administrators keep it.

pub mod bulk;
pub mod bulk_page;
pub mod dated;
pub mod decision_form;
pub mod describe;
pub mod describe_form;
pub mod detail;
pub mod detail_page;
pub mod edit;
pub mod file;
pub mod filter;
pub mod form;
pub mod history;
pub mod page;
pub mod recognise;
pub mod report;
pub mod words;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::ids::ProductId;
use serde::Deserialize;
use web::Fault;
use web::format::local_date;
use web::fragment::Tone;

use super::paper_texts::PaperTexts;
use super::places::saved_in;
use super::product_texts::ProductTexts;
use super::provisional::form::Choices as Groups;
use super::sheet_file::Download;
use super::shell::{self, Frame, Place};
use super::texts::CentralTexts;
use super::visit::{Visit, Wanted, Who};
use super::{lists, workbook};
use crate::app::App;
use crate::db::keyset::From;
use crate::db::product_list::{self, Picked};
use crate::db::{places, producer_list, producers};
use crate::error::Result as Found;
use detail::ProductReport;
use filter::ProductsQuery;
use page::Choices;
use report::ProductsReport;

/// Products of the catalogue: a page, or the same as JSON.
#[utoipa::path(
    get, path = "/products", tag = "catalogue", params(ProductsQuery),
    responses(
        (status = 200, description = "products by name; JSON by `Accept: application/json`", body = ProductsReport),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not for this role"),
        (status = 404, description = "a page that begins at no product"),
        (status = 422, description = "a code in the query is unknown"),
    ),
)]
pub async fn get(
    State(app): State<App>,
    visit: Visit,
    Query(query): Query<ProductsQuery>,
) -> Result<Response, Fault> {
    let today = local_date(app.clock.now_ms());
    let picked = match query.read(today) {
        Ok(picked) => with_barcode(&app, &visit, picked).await?,
        Err(_) if visit.wanted == Wanted::Json => return Err(Fault::unprocessable()),
        Err(_) => {
            let page = list(&app, &visit, &query, None).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let cursor = query.cursor()?;
    let place = match cursor.id() {
        Some(id) => visit.ok(product_list::find_place(&app.db, id).await)?,
        None => None,
    };
    let from = cursor.at(place)?;
    let report = visit.ok(report::load(&app.db, &picked, today, &from, lists::ROWS).await)?;
    match visit.wanted {
        Wanted::Json => Ok(axum::Json(&report).into_response()),
        Wanted::Page => Ok(list(&app, &visit, &query, Some(&report)).await?.into_response()),
    }
}

/// What was scanned into the field for words is a barcode and nothing else.
pub(super) async fn with_barcode(app: &App, visit: &Visit, picked: Picked) -> Result<Picked, Fault> {
    let Some(words) = &picked.words else { return Ok(picked) };
    let barcode_of = visit.ok(product_list::find_by_barcode(&app.db, words).await)?;
    Ok(Picked { barcode_of, ..picked })
}

async fn list(
    app: &App,
    visit: &Visit,
    query: &ProductsQuery,
    report: Option<&ProductsReport>,
) -> Result<maud::Markup, Fault> {
    let mut choices = visit.ok(choices(app, visit).await)?;
    if let Ok(id) = query.producer.trim().parse() {
        choices.picked_producer = visit.ok(producers::find(&app.db, id).await)?.map(|producer| producer.name);
    }
    let may_act = Who::TRADE.admits(visit.user.role);
    let may_import = Who::LISTS.admits(visit.user.role);
    let view = page::View { lang: visit.lang, may_act, may_import, query, choices: &choices, report };
    let address = query.text();
    Ok(shell::page(visit, &frame(visit, &address), view.render()))
}

async fn choices(app: &App, visit: &Visit) -> Found<Choices> {
    Ok(Choices {
        groups: Groups::load(&app.db, visit.lang).await?.groups,
        communes: product_list::list_communes(&app.db).await?,
        producers: producer_list::list_names(&app.db).await?,
        picked_producer: None,
        units: Vec::new(),
    })
}

/// The same, with the communes of today, which forms offer.
async fn form_choices(app: &App, visit: &Visit) -> Found<Choices> {
    let units = places::list_names(&app.db, local_date(app.clock.now_ms())).await?;
    Ok(Choices { units, ..choices(app, visit).await? })
}

pub(super) fn frame<'a>(visit: &Visit, query: &'a str) -> Frame<'a> {
    Frame { place: Place::Products, brand: visit.lang.brand(), query }
}

/// The same products, all of them, as a file.
pub async fn download(
    State(app): State<App>,
    visit: Visit,
    file: Download,
    Query(query): Query<ProductsQuery>,
) -> Result<Response, Fault> {
    let sheet = sheet(&app, &visit, &query).await?;
    file.answer(&visit, visit.lang.file_products(), vec![sheet]).await
}

async fn sheet(app: &App, visit: &Visit, query: &ProductsQuery) -> Result<workbook::Sheet, Fault> {
    let today = local_date(app.clock.now_ms());
    let picked = query.read(today).map_err(|_| Fault::unprocessable())?;
    let picked = with_barcode(app, visit, picked).await?;
    // One more than the sheet takes, so that it can say that some are missing.
    let most = workbook::ROWS_MOST + 1;
    let page = visit.ok(product_list::page(&app.db, &picked, today, &From::Start, most).await)?;
    let rows = visit.ok(report::rows(&app.db, page.rows, today).await)?;
    let groups = visit.ok(Groups::load(&app.db, visit.lang).await)?.groups;
    Ok(file::sheet(visit.lang, rows, &groups))
}

/// What just happened to the product.
#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ProductQuery {
    /// `saved`, `retired`, `recognised`, `described`, `withdrawn`, `paper`, `paper_withdrawn` or `scan`.
    pub done: Option<String>,
}

/// One product: a page, or the same as JSON.
#[utoipa::path(
    get, path = "/products/{product}", tag = "catalogue",
    params(("product" = String, Path, description = "the product"), ProductQuery),
    responses(
        (status = 200, description = "the product; JSON by `Accept: application/json`", body = ProductReport),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not for this role"),
        (status = 404, description = "no such product"),
    ),
)]
pub async fn one(
    State(app): State<App>,
    visit: Visit,
    Path(product): Path<String>,
    Query(query): Query<ProductQuery>,
) -> Result<Response, Fault> {
    let report = find(&app, &visit, &product).await?;
    let told = match told(visit.lang, &query, &report.name) {
        Some((_, saved)) if query.done.as_deref() == Some("saved") => {
            Some(saved_in(&app, &visit, &report.commune, saved).await?)
        }
        told => told,
    };
    show(&app, &visit, &report, told).await
}

pub(super) async fn find(app: &App, visit: &Visit, product: &str) -> Result<ProductReport, Fault> {
    let id = product.parse::<ProductId>().map_err(|_| Fault::not_found())?;
    let today = local_date(app.clock.now_ms());
    visit.ok(detail::load(&app.db, id, today).await)?.ok_or_else(Fault::not_found)
}

/// The same for a product that can be edited, recognised and have papers: parts of a combo can, the combo cannot, and what a store added
/// is taken in first.
pub(super) async fn editable(app: &App, visit: &Visit, product: &str) -> Result<ProductReport, Fault> {
    let report = find(app, visit, product).await?;
    if report.is_combo || report.status == "provisional" { Err(Fault::not_found()) } else { Ok(report) }
}

pub(super) async fn show(
    app: &App,
    visit: &Visit,
    report: &ProductReport,
    told: Option<(Tone, String)>,
) -> Result<Response, Fault> {
    let groups = visit.ok(Groups::load(&app.db, visit.lang).await)?.groups;
    Ok(visit.answer(report, |report| {
        let (lang, csrf, role) = (visit.lang, &visit.csrf, visit.user.role);
        let view = detail_page::View { lang, csrf, role, groups: &groups, report, told };
        shell::page(visit, &frame(visit, ""), view.render())
    }))
}

fn told(lang: web::Lang, query: &ProductQuery, name: &str) -> Option<(Tone, String)> {
    let words = match query.done.as_deref()? {
        "saved" => lang.product_saved(name),
        "retired" => lang.product_retired_now(name),
        "recognised" => lang.recognition_saved().to_owned(),
        "described" => lang.recognition_described().to_owned(),
        "withdrawn" => lang.recognition_withdrawn_now().to_owned(),
        "paper" => lang.paper_saved().to_owned(),
        "paper_withdrawn" => lang.paper_withdrawn_now().to_owned(),
        "scan" => lang.scan_saved().to_owned(),
        _ => return None,
    };
    Some((Tone::Good, words))
}
