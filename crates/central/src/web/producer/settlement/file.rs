//! A settlement as a file: the figures of its page, and nothing else.

use domain::Rate;
use web::Lang;
use web::format::date_text;

use super::report::{RowOfReport, SettlementReport};
use crate::web::producer::correction_texts::CorrectionTexts;
use crate::web::producer::grid_texts::GridTexts;
use crate::web::producer::settlement_texts::SettlementTexts;
use crate::web::producer::settlements::standing_words;
use crate::web::texts::CentralTexts;
use crate::web::workbook::{Cell, ROWS_MOST, Sheet};

/// Returns the sheets: the settlement's sums, and its products.
pub fn sheets(lang: Lang, report: &SettlementReport) -> Vec<Sheet> {
    let cut = lang.rows_cut(ROWS_MOST);
    vec![sums(lang, report, &cut), product_rows(lang, &report.rows, &cut)]
}

fn sums(lang: Lang, report: &SettlementReport, cut: &str) -> Sheet {
    let paper = &report.paper;
    let standing = paper.standing.map_or("", |standing| standing_words(lang, standing));
    let told = [
        (lang.column_number(), Cell::text(&paper.number)),
        (lang.column_day(), Cell::Day(paper.day)),
        (lang.column_store(), Cell::text(&paper.store)),
        (lang.column_operator(), Cell::text(&paper.operator)),
        (lang.column_standing(), Cell::text(standing)),
        (lang.column_carried(), Cell::Vnd(paper.carried_vnd)),
        (lang.column_closed_due(), Cell::Vnd(paper.due_vnd)),
        (lang.column_paid_out(), Cell::Vnd(paper.paid_vnd)),
        (lang.column_left_owed(), Cell::Vnd(paper.left_vnd())),
        (lang.column_words(), report.dispute.as_ref().map_or(Cell::Empty, Cell::text)),
    ];
    let told = told.map(|(words, cell)| vec![Cell::text(words), cell]).into_iter();
    // Among what is owed from before.
    let adjusted = report.adjusted.iter().map(|row| {
        let words = format!("{}: {} · {}", lang.of_it_adjusted(), row.words(lang), row.correction_reason);
        vec![Cell::Text(words), Cell::Vnd(row.adjusted_vnd)]
    });
    let advances = report.advances.iter().map(|row| {
        let words = lang.of_it_paid(date_text(row.day), &row.number);
        vec![Cell::Text(words), Cell::Vnd(row.paid_vnd.saturating_neg())]
    });
    Sheet {
        name: lang.sheet_settlement().to_owned(),
        head: vec![lang.column_field().to_owned(), lang.column_value().to_owned()],
        rows: told.chain(adjusted).chain(advances).collect(),
        cut: cut.to_owned(),
    }
}

/// Returns the sheet of products.
pub fn product_rows(lang: Lang, rows: &[RowOfReport], cut: &str) -> Sheet {
    let head = [
        lang.column_product(),
        lang.column_unit(),
        lang.row_opening(),
        lang.row_received(),
        lang.row_sold(),
        lang.row_refunded(),
        lang.row_returned(),
        lang.row_lost_by_producer(),
        lang.row_lost_by_operator(),
        lang.row_counted(),
        lang.row_transferred(),
        lang.row_repacked(),
        lang.row_closing(),
        lang.row_gross(),
        lang.row_discount(),
        lang.column_rates(),
        lang.column_commission(),
        lang.row_commission_tax(),
        lang.row_compensation(),
        lang.row_due(),
        lang.column_words(),
    ];
    Sheet {
        name: lang.sheet_rows().to_owned(),
        head: head.map(str::to_owned).to_vec(),
        rows: rows.iter().map(row).collect(),
        cut: cut.to_owned(),
    }
}

/// What is taken off stands below zero, as on the page.
fn row(row: &RowOfReport) -> Vec<Cell> {
    let rates: Vec<String> =
        row.commission_ppm.iter().filter_map(|ppm| Some(Rate::from_ppm(*ppm).ok()?.to_string())).collect();
    let quantities = [
        row.opening_milli,
        row.received_milli,
        row.sold_milli,
        row.refunded_milli,
        row.returned_milli,
        row.lost_by_producer_milli,
        row.lost_by_operator_milli,
        row.counted_milli,
        row.transferred_milli,
        row.repacked_milli,
        row.closing_milli,
    ];
    let mut cells = vec![Cell::text(&row.name), Cell::text(&row.unit)];
    cells.extend(quantities.map(Cell::Quantity));
    cells.extend([
        Cell::Vnd(row.gross_vnd),
        Cell::Vnd(row.discount_vnd.saturating_neg()),
        Cell::Text(rates.join(" · ")),
        Cell::Vnd(row.commission_vnd.saturating_neg()),
        Cell::Vnd(row.commission_tax_vnd.saturating_neg()),
        Cell::Vnd(row.compensation_vnd),
        Cell::Vnd(row.due_vnd),
        row.dispute.as_ref().map_or(Cell::Empty, Cell::text),
    ]);
    cells
}
