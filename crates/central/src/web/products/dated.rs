//! Prices and decisions of one product as files.

use axum::extract::{Path, State};
use axum::response::Response;
use web::format::datetime_text;
use web::{Fault, Lang};

use super::detail::{ProductReport, RecognitionState};
use super::find;
use crate::app::App;
use crate::web::product_form_texts::ProductFormTexts;
use crate::web::product_texts::ProductTexts;
use crate::web::sales::words::category_words;
use crate::web::sales_texts::SalesTexts;
use crate::web::sheet_file::{self, dated};
use crate::web::texts::CentralTexts;
use crate::web::visit::Visit;
use crate::web::workbook::{self, Cell, ROWS_MOST, Sheet};

/// Prices and decisions as a workbook.
#[utoipa::path(
    get, path = "/products/{product}/history.xlsx", tag = "catalogue", params(("product" = Uuid, Path)),
    responses(
        (status = 200, description = "a workbook", content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not for this role"),
        (status = 404, description = "no such product"),
    ),
)]
pub async fn xlsx(
    State(app): State<App>,
    visit: Visit,
    Path(product): Path<String>,
) -> Result<Response, Fault> {
    let report = find(&app, &visit, &product).await?;
    let sheets = vec![prices(visit.lang, &report), decisions(visit.lang, &report)];
    let bytes = visit.ok(workbook::write(sheets, app.clock.now_ms()).await)?;
    Ok(workbook::answer(&dated(&app, visit.lang.file_product_history()), bytes))
}

/// Prices as text with commas between.
#[utoipa::path(
    get, path = "/products/{product}/prices.csv", tag = "catalogue", params(("product" = Uuid, Path)),
    responses(
        (status = 200, description = "text with commas between", content_type = "text/csv"),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not for this role"),
        (status = 404, description = "no such product"),
    ),
)]
pub async fn prices_csv(
    State(app): State<App>,
    visit: Visit,
    Path(product): Path<String>,
) -> Result<Response, Fault> {
    let report = find(&app, &visit, &product).await?;
    Ok(sheet_file::csv(&app, visit.lang.file_prices(), &prices(visit.lang, &report)))
}

/// Decisions as text with commas between.
#[utoipa::path(
    get, path = "/products/{product}/decisions.csv", tag = "catalogue", params(("product" = Uuid, Path)),
    responses(
        (status = 200, description = "text with commas between", content_type = "text/csv"),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not for this role"),
        (status = 404, description = "no such product"),
    ),
)]
pub async fn decisions_csv(
    State(app): State<App>,
    visit: Visit,
    Path(product): Path<String>,
) -> Result<Response, Fault> {
    let report = find(&app, &visit, &product).await?;
    Ok(sheet_file::csv(&app, visit.lang.file_decisions(), &decisions(visit.lang, &report)))
}

/// Returns the prices, the latest first.
pub fn prices(lang: Lang, report: &ProductReport) -> Sheet {
    let rows = report.prices.iter().map(|price| {
        vec![
            Cell::text(&report.sku),
            Cell::text(&report.name),
            Cell::Count(price.version),
            Cell::Vnd(price.price_vnd),
            price.set_at_ms.map_or(Cell::Empty, |at_ms| Cell::Text(datetime_text(at_ms))),
            Cell::text(&price.set_by),
        ]
    });
    let head = [
        lang.product_column_code(),
        lang.column_product(),
        lang.column_version(),
        lang.product_column_price(),
        lang.column_since(),
        lang.column_who(),
    ];
    Sheet::new(lang.product_prices(), &head, rows.collect(), lang.products_cut(ROWS_MOST))
}

/// Returns the decisions, the latest first.
pub fn decisions(lang: Lang, report: &ProductReport) -> Sheet {
    let rows = report.recognitions.iter().map(|each| {
        vec![
            Cell::text(&report.sku),
            Cell::text(&report.name),
            Cell::text(category_words(lang, Some(&each.category))),
            each.stars.map_or(Cell::Empty, |stars| Cell::Count(i64::from(stars))),
            Cell::text(&each.number),
            each.decided_on.map_or(Cell::Empty, Cell::Day),
            Cell::text(&each.issuer),
            Cell::Day(each.from),
            each.until.map_or_else(|| Cell::text(lang.unlimited()), Cell::Day),
            Cell::text(if each.state == RecognitionState::Withdrawn {
                lang.decision_withdrawn()
            } else {
                ""
            }),
        ]
    });
    let head = [
        lang.product_column_code(),
        lang.column_product(),
        lang.column_kind(),
        lang.products_stars(),
        lang.column_decision(),
        lang.recognise_decided_on(),
        lang.recognise_issuer(),
        lang.column_from(),
        lang.recognise_until(),
        lang.products_status(),
    ];
    Sheet::new(lang.sheet_decisions(), &head, rows.collect(), lang.products_cut(ROWS_MOST))
}
