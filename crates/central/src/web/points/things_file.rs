//! Signs, equipment and costs of all points as files.

use axum::extract::State;
use axum::response::Response;
use web::{Fault, Lang};

use super::words::{cost_words, equipment_words, state_words};
use crate::app::App;
use crate::db::points::{costs, equipment};
use crate::web::point_file_texts::PointFileTexts;
use crate::web::point_texts::PointTexts;
use crate::web::sheet_file::{self, dated};
use crate::web::visit::Visit;
use crate::web::workbook::{self, Cell, ROWS_MOST, Sheet};

/// What all points have and what they cost, as a workbook of two sheets.
#[utoipa::path(
    get, path = "/points/things.xlsx", tag = "stores",
    responses(
        (status = 200, description = "a workbook", content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not for this role"),
    ),
)]
pub async fn xlsx(State(app): State<App>, visit: Visit) -> Result<Response, Fault> {
    let sheets = vec![equipment_sheet(&app, &visit).await?, costs_sheet(&app, &visit).await?];
    let bytes = visit.ok(workbook::write(sheets, app.clock.now_ms()).await)?;
    Ok(workbook::answer(&dated(&app, visit.lang.file_things()), bytes))
}

/// What all points have, as text with commas between.
#[utoipa::path(
    get, path = "/points/equipment.csv", tag = "stores",
    responses(
        (status = 200, description = "text with commas between", content_type = "text/csv"),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not for this role"),
    ),
)]
pub async fn equipment_csv(State(app): State<App>, visit: Visit) -> Result<Response, Fault> {
    let sheet = equipment_sheet(&app, &visit).await?;
    Ok(sheet_file::csv(&app, visit.lang.file_equipment(), &sheet))
}

/// What was spent on all points, as text with commas between.
#[utoipa::path(
    get, path = "/points/costs.csv", tag = "stores",
    responses(
        (status = 200, description = "text with commas between", content_type = "text/csv"),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not for this role"),
    ),
)]
pub async fn costs_csv(State(app): State<App>, visit: Visit) -> Result<Response, Fault> {
    let sheet = costs_sheet(&app, &visit).await?;
    Ok(sheet_file::csv(&app, visit.lang.file_costs(), &sheet))
}

async fn equipment_sheet(app: &App, visit: &Visit) -> Result<Sheet, Fault> {
    let lang = visit.lang;
    let rows = visit.ok(equipment::list_all(&app.db, workbook::rows_asked()).await)?;
    let head = [
        lang.point_name(),
        lang.points_commune(),
        lang.points_state(),
        lang.equipment_kind(),
        lang.equipment_name(),
        lang.equipment_count(),
        lang.equipment_value(),
        lang.equipment_funding(),
        lang.equipment_paper(),
        lang.equipment_handed(),
        lang.equipment_gone_on(),
        lang.cost_withdrawn(),
        lang.equipment_gone_why(),
    ];
    let rows = rows.into_iter().map(|row| piece(lang, row)).collect();
    Ok(Sheet::new(lang.sheet_equipment(), &head, rows, lang.points_cut(ROWS_MOST)))
}

fn piece(lang: Lang, row: equipment::OfPoint) -> Vec<Cell> {
    let piece = row.piece;
    // What was entered by mistake has no value, so that a column adds up to what points have and had.
    let value = piece.value_vnd.filter(|_| !piece.is_withdrawn);
    vec![
        Cell::Text(row.point),
        Cell::Text(row.commune),
        Cell::text(state_words(lang, &row.state)),
        Cell::text(equipment_words(lang, &piece.kind)),
        Cell::Text(piece.name),
        Cell::Count(piece.item_count),
        value.map_or(Cell::Empty, Cell::Vnd),
        Cell::Text(piece.funding),
        Cell::Text(piece.paper_number),
        piece.handed_on.map_or(Cell::Empty, Cell::Day),
        piece.gone_on.map_or(Cell::Empty, Cell::Day),
        Cell::text(if piece.is_withdrawn { lang.cost_withdrawn() } else { "" }),
        Cell::Text(if piece.is_withdrawn { piece.withdrawn_note } else { piece.gone_note }),
    ]
}

async fn costs_sheet(app: &App, visit: &Visit) -> Result<Sheet, Fault> {
    let lang = visit.lang;
    let rows = visit.ok(costs::list_all(&app.db, workbook::rows_asked()).await)?;
    let head = [
        lang.point_name(),
        lang.points_commune(),
        lang.points_state(),
        lang.cost_kind(),
        lang.cost_amount(),
        lang.cost_on(),
        lang.equipment_funding(),
        lang.cost_paper(),
        lang.cost_note(),
        lang.cost_withdrawn(),
    ];
    let rows = rows.into_iter().map(|row| cost(lang, row)).collect();
    Ok(Sheet::new(lang.costs_title(), &head, rows, lang.points_cut(ROWS_MOST)))
}

fn cost(lang: Lang, row: costs::OfPoint) -> Vec<Cell> {
    let cost = row.cost;
    vec![
        Cell::Text(row.point),
        Cell::Text(row.commune),
        Cell::text(state_words(lang, &row.state)),
        Cell::text(cost_words(lang, &cost.kind)),
        if cost.is_withdrawn { Cell::Empty } else { Cell::Vnd(cost.amount_vnd) },
        Cell::Day(cost.spent_on),
        Cell::Text(cost.funding),
        Cell::Text(cost.paper),
        Cell::Text(cost.note),
        Cell::text(if cost.is_withdrawn { lang.cost_withdrawn() } else { "" }),
    ]
}
