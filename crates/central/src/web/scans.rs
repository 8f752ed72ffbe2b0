//! How often the labels of packs were scanned, and which lots far more often than their packs explain.

use axum::extract::State;
use axum::response::Response;
use domain::Quantity;
use domain::page_scan::is_suspicious;
use maud::{Markup, html};
use serde::Serialize;
use time::Duration;
use utoipa::ToSchema;
use uuid::Uuid;
use web::format::{count_text, local_date};
use web::fragment::{Tone, chip};
use web::{Fault, Lang};

use super::pack_texts::PackTexts;
use super::product_texts::ProductTexts;
use super::sales_texts::SalesTexts;
use super::sheet_file::Download;
use super::shell::{self, Frame, Place};
use super::texts::CentralTexts;
use super::visit::Visit;
use super::workbook::{Cell, ROWS_MOST, Sheet, rows_asked};
use crate::app::App;
use crate::db::packs::{self, Scanned};

/// Days that are counted, today included.
const DAYS: i64 = 30;
/// Labels on the page.
const LISTED_MOST: i64 = 200;

/// What was scanned in the last 30 days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ScansReport {
    /// All of it together, with labels that are not listed.
    pub scans: i64,
    /// Suspicious labels first, then the most often scanned; at most 200.
    pub labels: Vec<ScannedLabel>,
}

/// The label of a lot, or of a product without a lot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ScannedLabel {
    /// The product.
    pub product_id: Uuid,
    /// Its name.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// Who makes it.
    pub producer: Option<String>,
    /// The lot; empty for labels without one.
    pub lot: String,
    /// How often it was scanned.
    pub scans: i64,
    /// What was sold of it at any time, thousandths of the unit.
    pub sold_milli: i64,
    /// What lies on shelves.
    pub on_shelf_milli: i64,
    /// Far more scans than packs: the label may be on others.
    pub is_suspicious: bool,
}

impl From<Scanned> for ScannedLabel {
    fn from(row: Scanned) -> Self {
        // A product without lots on its labels is scanned wherever it stands.
        let is_suspicious = !row.lot_code.is_empty() && is_suspicious(row.scans, row.sold, row.on_shelf);
        Self {
            product_id: row.product_id.uuid(),
            name: row.name,
            unit: row.unit,
            producer: row.producer,
            lot: row.lot_code,
            scans: row.scans,
            sold_milli: row.sold.milli(),
            on_shelf_milli: row.on_shelf.milli(),
            is_suspicious,
        }
    }
}

/// What was scanned: a page, or the same as JSON.
#[utoipa::path(
    get, path = "/scans", tag = "reports",
    responses(
        (status = 200, description = "the report; JSON by `Accept: application/json`", body = ScansReport),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not for this role"),
    ),
)]
pub async fn get(State(app): State<App>, visit: Visit) -> Result<Response, Fault> {
    let report = load(&app, &visit, LISTED_MOST).await?;
    let frame = Frame { place: Place::Scans, brand: visit.lang.brand(), query: "" };
    Ok(visit.answer(&report, |report| shell::page(&visit, &frame, main(visit.lang, report))))
}

/// The same labels, all of them, as a file.
pub async fn download(State(app): State<App>, visit: Visit, file: Download) -> Result<Response, Fault> {
    let sheet = whole(&app, &visit).await?;
    file.answer(&visit, visit.lang.file_scans(), vec![sheet]).await
}

async fn whole(app: &App, visit: &Visit) -> Result<Sheet, Fault> {
    let report = load(app, visit, rows_asked()).await?;
    Ok(sheet(visit.lang, report.labels))
}

async fn load(app: &App, visit: &Visit, most: i64) -> Result<ScansReport, Fault> {
    let since = local_date(app.clock.now_ms()) - Duration::days(DAYS - 1);
    let rows = visit.ok(packs::list_scanned(&app.db, since, most).await)?;
    let scans = visit.ok(packs::count_scanned(&app.db, since).await)?;
    Ok(ScansReport { scans, labels: rows.into_iter().map(ScannedLabel::from).collect() })
}

/// Returns the labels as a sheet.
pub fn sheet(lang: Lang, labels: Vec<ScannedLabel>) -> Sheet {
    let head = [
        lang.column_product(),
        lang.product_unit(),
        lang.column_producer(),
        lang.column_lot(),
        lang.column_scans(),
        lang.column_lot_sold(),
        lang.column_on_shelf(),
        lang.column_scans_odd(),
    ];
    let row = |label: ScannedLabel| {
        let odd = if label.is_suspicious { lang.scans_suspicious() } else { "" };
        vec![
            Cell::Text(label.name),
            Cell::Text(label.unit),
            label.producer.map_or(Cell::Empty, Cell::Text),
            Cell::Text(label.lot),
            Cell::Count(label.scans),
            Cell::Quantity(label.sold_milli),
            Cell::Quantity(label.on_shelf_milli),
            Cell::text(odd),
        ]
    };
    Sheet {
        name: lang.page_scans().to_owned(),
        head: head.map(str::to_owned).to_vec(),
        rows: labels.into_iter().map(row).collect(),
        cut: lang.products_cut(ROWS_MOST),
    }
}

/// The main part.
pub fn main(lang: Lang, report: &ScansReport) -> Markup {
    html! {
        p.mute { (lang.scans_about()) }
        section.card {
            @if report.labels.is_empty() { p { (lang.scans_none()) } } @else {
                div.head {
                    strong { (lang.scans_all(count_text(report.scans))) }
                    div.actions {
                        a.button href="/scans.xlsx" { (lang.filter_xlsx()) }
                        a.button href="/scans.csv" { (lang.filter_csv()) }
                    }
                }
                div.table.folds { table {
                    thead { tr {
                        th scope="col" { (lang.column_product()) }
                        th scope="col" { (lang.column_producer()) }
                        th scope="col" { (lang.column_lot()) }
                        th.n scope="col" { (lang.column_scans()) }
                        th.n scope="col" { (lang.column_lot_sold()) }
                        th.n scope="col" { (lang.column_on_shelf()) }
                    } }
                    tbody { @for label in &report.labels { (row(lang, label)) } }
                } }
            }
        }
    }
}

fn row(lang: Lang, label: &ScannedLabel) -> Markup {
    html! {
        tr {
            td { (label.name) small.small { (label.unit) } }
            td { (label.producer.as_deref().unwrap_or_default()) }
            td {
                @if label.lot.is_empty() { span.mute { (lang.scans_without_lot()) } } @else { (label.lot) }
                @if label.is_suspicious { " " (chip(Tone::Bad, lang.scans_suspicious())) }
            }
            td.n { (count_text(label.scans)) }
            td.n { (Quantity::from_milli(label.sold_milli)) }
            td.n { (Quantity::from_milli(label.on_shelf_milli)) }
        }
    }
}
