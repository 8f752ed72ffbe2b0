//! Reconciliation: for a period and an operator, cash, bank, invoices, stock and settlements on one page, each gap down to its entries.

pub mod file;
pub mod gap;
pub mod load;
pub mod page;
pub mod report;
pub mod words;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::report_period::ReportPeriod;
use protocol::StreamId;
use serde::Deserialize;
use time::Date;
use web::Fault;
use web::address::encoded_value;
use web::format::local_date;

use super::period_pack;
use super::reconciliation_texts::ReconciliationTexts;
use super::sheet_file::Download;
use super::shell::{self, Frame, Place};
use super::texts::CentralTexts;
use super::visit::Visit;
use crate::app::App;
use crate::db::reconciliation::gaps::After;
use crate::db::users::Role;
use gap::GapReport;
pub use load::Wanted;
use load::{load, quarter_of};
use page::View;
use report::{Line, ReconciliationReport};

/// Entries on a page.
const ROWS: usize = 50;

/// What is asked for. Unknown names are left alone.
#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct ReconciliationQuery {
    /// `2026-m03`, `2026-q4`, `2026-6m`, `2026-9m`, `2026-y`; without it this quarter.
    pub period: String,
    /// The operator's id; without it the first one by name.
    pub operator: String,
    /// One of its stores alone.
    pub store: String,
}

/// Where a page of entries begins.
#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct GapQuery {
    /// Behind which entry: its day, stream and number.
    pub after: String,
    /// Behind which notice of a bank.
    pub after_notice: String,
}

impl ReconciliationQuery {
    /// Reads it.
    ///
    /// # Errors
    /// For a period, operator or store that cannot be.
    pub fn read(&self, app: &App) -> Result<Wanted, Fault> {
        let unknown = || Fault::for_status(StatusCode::UNPROCESSABLE_ENTITY);
        let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let today = local_date(app.clock.now_ms());
        let period = match given(&self.period) {
            Some(code) => ReportPeriod::from_code(&code),
            None => quarter_of(app.config.reports.cutoff, today),
        };
        let operator =
            given(&self.operator).map(|id| id.parse().map_err(|_| Fault::not_found())).transpose()?;
        let store = given(&self.store).map(|id| id.parse().map_err(|_| Fault::not_found())).transpose()?;
        Ok(Wanted { period: period.ok_or_else(unknown)?, operator, store })
    }
}

impl GapQuery {
    fn read(&self) -> Result<Option<After>, Fault> {
        let after = self.after.trim();
        if after.is_empty() {
            return Ok(None);
        }
        read_after(after).map(Some).ok_or_else(|| Fault::for_status(StatusCode::UNPROCESSABLE_ENTITY))
    }
}

/// Reads a place as [`after_text`] writes it.
fn read_after(text: &str) -> Option<After> {
    let mut pieces = text.splitn(3, '~');
    let format = time::macros::format_description!("[year]-[month]-[day]");
    let day = Date::parse(pieces.next()?, format).ok()?;
    let stream: StreamId = pieces.next()?.parse().ok()?;
    Some(After { day, stream, seq: pieces.next()?.parse().ok()? })
}

fn after_text(after: &After) -> String {
    format!("{}~{}~{}", after.day, after.stream, after.seq)
}

/// Returns what stands behind the question mark for the same question.
fn query_of(wanted: Wanted) -> String {
    let mut query = format!("period={}", wanted.period.code());
    for (name, id) in [
        ("operator", wanted.operator.map(|id| id.to_string())),
        ("store", wanted.store.map(|id| id.to_string())),
    ] {
        if let Some(id) = id {
            query.push_str(&format!("&{name}={id}"));
        }
    }
    query
}

/// Returns the address of a line's entries, behind a place.
fn gap_href(wanted: Wanted, line: Line, more: Option<(&str, &str)>) -> String {
    let more = more.map(|(name, value)| format!("&{name}={}", encoded_value(value))).unwrap_or_default();
    format!("{}/{}?{}{more}", Place::Reconciliation.href(), line.code(), query_of(wanted))
}

/// The comparison: a page, or the same as JSON.
#[utoipa::path(
    get, path = "/audit/period", tag = "audit", params(ReconciliationQuery),
    responses(
        (status = 200, description = "the five lines; JSON by `Accept: application/json`", body = ReconciliationReport),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not for this role"),
        (status = 404, description = "no such operator or store"), (status = 422, description = "no such period"),
        (status = 503, description = "of its files: a pack, or another such file, is being made: try again"),
    ),
)]
pub async fn get(
    State(app): State<App>,
    visit: Visit,
    Query(query): Query<ReconciliationQuery>,
) -> Result<Response, Fault> {
    let wanted = query.read(&app)?;
    let (report, choices) = visit.ok(load(&app, visit.user.scope(), wanted).await)?;
    let wanted = Wanted { operator: Some(choices.operator), ..wanted };
    let address = query_of(wanted);
    let frame = Frame { place: Place::Reconciliation, brand: visit.lang.brand(), query: &address };
    let has_pack = matches!(visit.user.role, Role::Admin | Role::Auditor);
    Ok(visit.answer(&report, |report| {
        let today = local_date(app.clock.now_ms());
        let view = View { lang: visit.lang, today, wanted, choices: &choices, report, has_pack };
        shell::page(&visit, &frame, view.render())
    }))
}

/// The same as a file: the lines, their parts, and the first entries behind each gap.
pub async fn download(
    State(app): State<App>,
    visit: Visit,
    file: Download,
    Query(query): Query<ReconciliationQuery>,
) -> Result<Response, Fault> {
    let wanted = query.read(&app)?;
    let (_permit, gaps) = if file.holds(file::FIRST_GAP) {
        (Some(period_pack::permit(&app)?), visit.ok(gap::all(&app, visit.user.scope(), wanted).await)?)
    } else {
        (None, Vec::new())
    };
    let (report, _) = visit.ok(load(&app, visit.user.scope(), wanted).await)?;
    let name = format!("{}-{}", visit.lang.file_reconciliation(), report.period);
    file.answer_as(&visit, &name, file::sheets(visit.lang, &report, &gaps)).await
}

/// The entries behind the gap of a line: a page, or the same as JSON.
#[utoipa::path(
    get, path = "/audit/period/{line}", tag = "audit",
    params(("line" = String, Path, description = "`cash`, `bank`, `invoices`, `stock` or `settlement`"), ReconciliationQuery, GapQuery),
    responses(
        (status = 200, description = "entries; JSON by `Accept: application/json`", body = GapReport),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not for this role"),
        (status = 404, description = "no such operator, store or line"), (status = 422, description = "no such period"),
    ),
)]
pub async fn gap(
    State(app): State<App>,
    visit: Visit,
    Path(line): Path<String>,
    (Query(query), Query(page)): (Query<ReconciliationQuery>, Query<GapQuery>),
) -> Result<Response, Fault> {
    let line = Line::from_code(&line).ok_or_else(Fault::not_found)?;
    let (wanted, after) = (query.read(&app)?, page.read()?);
    let from = gap::From { after, after_notice: Some(page.after_notice).filter(|text| !text.is_empty()) };
    let (report, choices) =
        visit.ok(gap::load(&app, visit.user.scope(), (wanted, line), &from, ROWS).await)?;
    let wanted = Wanted { operator: Some(choices.operator), ..wanted };
    let address = query_of(wanted);
    let frame = Frame { place: Place::Reconciliation, brand: visit.lang.brand(), query: &address };
    Ok(visit
        .answer(&report, |report| shell::page(&visit, &frame, gap::main(visit.lang, wanted, line, report))))
}

#[cfg(test)]
mod tests {
    use domain::ids::StoreId;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_place_in_a_list_is_read_as_it_is_written() {
        let store_id = StoreId::from_uuid(Uuid::from_u128(7));
        let after = After {
            day: time::macros::date!(2026 - 11 - 23),
            stream: StreamId { store_id, incarnation: 9 },
            seq: 12,
        };
        assert_eq!(read_after(&after_text(&after)), Some(after));
        for wrong in ["", "2026-11-23", "2026-11-23~x~1", "~~", "2026-13-01~a~1"] {
            assert_eq!(read_after(wrong), None, "{wrong}");
        }
    }
}
