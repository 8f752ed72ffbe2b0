//! A list as a file: one sheet as a workbook, or as text with commas between; named for the day on which it is taken.

use axum::response::Response;
use web::Fault;
use web::format::local_date;

use super::visit::Visit;
use super::workbook::{self, Sheet};
use crate::app::App;

/// Answers with a sheet as a workbook.
///
/// # Errors
/// When the workbook cannot be written.
pub async fn xlsx(app: &App, visit: &Visit, name: &str, sheet: Sheet) -> Result<Response, Fault> {
    let bytes = visit.ok(workbook::write(vec![sheet], app.clock.now_ms()).await)?;
    Ok(workbook::answer(&dated(app, name), bytes))
}

/// Answers with a sheet as text with commas between.
pub fn csv(app: &App, name: &str, sheet: &Sheet) -> Response {
    super::csv::answer(&dated(app, name), super::csv::write(sheet))
}

/// Returns the name of a file of today, without its ending.
pub fn dated(app: &App, name: &str) -> String {
    format!("{name}-{}", local_date(app.clock.now_ms()))
}
