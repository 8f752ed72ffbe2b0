//! A producer's goods by product and store: what is left now, what a month sold, and what it brought.

pub mod file;
pub mod page;
pub mod report;

use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;
use web::Fault;
use web::format::local_date;

use super::Reader;
use super::grid_texts::GridTexts;
use super::month::Month;
use crate::app::App;
use crate::db::consigned::{Only, owed, sold_by_store, stock_by_store};
use crate::web::shell::Place;
use crate::web::workbook;
use page::View;
use report::GridReport;

/// The month as it is written.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct GridQuery {
    /// `2026-11`; without it the month of today.
    month: Option<String>,
}

impl GridQuery {
    fn read(&self, app: &App) -> Result<Month, Fault> {
        let today = local_date(app.clock.now_ms());
        match self.month.as_deref() {
            None | Some("") => Ok(Month::of(today)),
            Some(text) => Month::read(text, today).ok_or_else(Fault::not_found),
        }
    }
}

/// A producer's goods by product and store: a page, or the same as JSON.
#[utoipa::path(
    get, path = "/me/grid", tag = "producer", params(GridQuery),
    responses(
        (status = 200, description = "goods by product and store; JSON by `Accept: application/json`", body = GridReport),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not a producer"),
        (status = 404, description = "no such month"),
    ),
)]
pub async fn get(
    State(app): State<App>,
    reader: Reader,
    Query(query): Query<GridQuery>,
) -> Result<Response, Fault> {
    let month = query.read(&app)?;
    let report = reader.ok(load(&app, &reader, month).await)?;
    let today = local_date(app.clock.now_ms());
    let address = format!("month={}", month.text());
    Ok(reader.answer(Place::Grid, &address, &report, |report| {
        View { lang: reader.lang, root: &reader.root, month, today, report }.render()
    }))
}

/// The same, the month's sales by day and the settlements as a file for a spreadsheet.
#[utoipa::path(
    get, path = "/me/grid.xlsx", tag = "producer", params(GridQuery),
    responses(
        (status = 200, description = "a workbook", content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not a producer"),
        (status = 404, description = "no such month"),
    ),
)]
pub async fn xlsx(
    State(app): State<App>,
    reader: Reader,
    Query(query): Query<GridQuery>,
) -> Result<Response, Fault> {
    let month = query.read(&app)?;
    let report = reader.ok(load(&app, &reader, month).await)?;
    let sheets = reader.ok(file::sheets(&app, &reader, month, &report).await)?;
    let bytes = reader.ok(workbook::write(sheets, app.clock.now_ms()).await)?;
    Ok(workbook::answer(&format!("{}-{}", reader.lang.file_grid(), month.text()), bytes))
}

async fn load(app: &App, reader: &Reader, month: Month) -> crate::Result<GridReport> {
    let (db, scope, period) = (&app.db, reader.scope, month.period());
    let left = stock_by_store(db, scope, local_date(app.clock.now_ms()), Only::default()).await?;
    let sold = sold_by_store(db, scope, (period.from, period.to), Only::default()).await?;
    Ok(GridReport::of(month, left, sold, owed(db, scope).await?))
}
