//! The file: the grid with a column for each figure of each store, the month's sales by day, and the settlements.

use super::report::{GridReport, ProductOfGrid};
use crate::app::App;
use crate::db::consigned::{Only, SoldOnDay, sold_by_day};
use crate::web::producer::Reader;
use crate::web::producer::correction_texts::CorrectionTexts;
use crate::web::producer::grid_texts::GridTexts;
use crate::web::producer::month::Month;
use crate::web::producer::reading_texts::ReadingTexts;
use crate::web::producer::settlements::{self, PaperOfReport, standing_words};
use crate::web::texts::CentralTexts;
use crate::web::workbook::{Cell, ROWS_MOST, Sheet, rows_asked};

/// Returns the sheets.
///
/// # Errors
/// When the database fails.
pub async fn sheets(
    app: &App,
    reader: &Reader,
    month: Month,
    report: &GridReport,
) -> crate::Result<Vec<Sheet>> {
    let (lang, period) = (reader.lang, month.period());
    let most = rows_asked();
    let days = sold_by_day(&app.db, reader.scope, (period.from, period.to), Only::default(), most).await?;
    let papers = settlements::load(app, reader, most).await?;
    let cut = lang.rows_cut(ROWS_MOST);
    let mut of_month = grid(lang, report, &cut);
    if reader.is_of_one_operator() {
        of_month.rows.push(vec![Cell::text(lang.paper_one_operator())]);
    }
    Ok(vec![
        of_month,
        Sheet {
            name: lang.sheet_days().to_owned(),
            head: [
                lang.column_day(),
                lang.column_store(),
                lang.column_product(),
                lang.column_unit(),
                lang.column_sold(),
                lang.column_revenue(),
                lang.column_due(),
            ]
            .map(str::to_owned)
            .to_vec(),
            rows: days.into_iter().map(day).collect(),
            cut: cut.clone(),
        },
        Sheet {
            name: lang.sheet_papers().to_owned(),
            head: [
                lang.column_day(),
                lang.column_number(),
                lang.column_store(),
                lang.column_operator(),
                lang.column_standing(),
                lang.column_carried(),
                lang.column_closed_due(),
                lang.column_paid_out(),
                lang.column_left_owed(),
                lang.column_adjusted(),
            ]
            .map(str::to_owned)
            .to_vec(),
            rows: papers.into_iter().map(|each| paper(lang, each)).collect(),
            cut,
        },
    ])
}

fn grid(lang: web::Lang, report: &GridReport, cut: &str) -> Sheet {
    let mut head = vec![lang.column_product().to_owned(), lang.column_unit().to_owned()];
    let all = [lang.column_left(), lang.column_sold(), lang.column_due()];
    for store in report.stores.iter().map(|store| store.store.as_str()).chain([lang.sum_of_all()]) {
        head.extend(all.map(|words| format!("{store} · {words}")));
    }
    let mut rows: Vec<Vec<Cell>> = report.products.iter().map(|each| product(report, each)).collect();
    // Quantities of different units are no sum.
    let mut sums = vec![Cell::text(lang.sum_of_all()), Cell::Empty];
    for due_vnd in report.stores.iter().map(|store| store.sums.due_vnd).chain([report.sums.due_vnd]) {
        sums.extend([Cell::Empty, Cell::Empty, Cell::Vnd(due_vnd)]);
    }
    rows.push(sums);
    Sheet { name: lang.sheet_grid().to_owned(), head, rows, cut: cut.to_owned() }
}

fn product(report: &GridReport, product: &ProductOfGrid) -> Vec<Cell> {
    let mut row = vec![Cell::text(&product.name), Cell::text(&product.unit)];
    for store in &report.stores {
        match product.cells.iter().find(|cell| cell.store_id == store.store_id) {
            Some(cell) => row.extend([
                Cell::Quantity(cell.left_milli),
                Cell::Quantity(cell.sold_milli),
                Cell::Vnd(cell.sums.due_vnd),
            ]),
            None => row.extend([Cell::Empty, Cell::Empty, Cell::Empty]),
        }
    }
    row.extend([
        Cell::Quantity(product.left_milli),
        Cell::Quantity(product.sold_milli),
        Cell::Vnd(product.sums.due_vnd),
    ]);
    row
}

fn day(row: SoldOnDay) -> Vec<Cell> {
    vec![
        Cell::Day(row.day),
        Cell::Text(row.store),
        Cell::Text(row.name),
        Cell::Text(row.unit),
        Cell::Quantity(row.quantity.milli()),
        Cell::Vnd(row.revenue.vnd()),
        Cell::Vnd(row.due.vnd()),
    ]
}

fn paper(lang: web::Lang, paper: PaperOfReport) -> Vec<Cell> {
    let (standing, left_vnd) = (paper.standing, paper.left_vnd());
    let without = match paper.corrected_number {
        Some(_) if paper.paid_vnd < 0 => lang.standing_taken_back(),
        Some(_) => lang.standing_adjusted(),
        None => lang.standing_payment(),
    };
    let of_settlement = |vnd| if standing.is_some() { Cell::Vnd(vnd) } else { Cell::Empty };
    vec![
        Cell::Day(paper.day),
        Cell::Text(paper.number),
        Cell::Text(paper.store),
        Cell::Text(paper.operator),
        Cell::text(standing.map_or(without, |standing| standing_words(lang, standing))),
        of_settlement(paper.carried_vnd),
        of_settlement(paper.due_vnd),
        Cell::Vnd(paper.paid_vnd),
        of_settlement(left_vnd),
        if paper.adjusted_vnd == 0 { Cell::Empty } else { Cell::Vnd(paper.adjusted_vnd) },
    ]
}
