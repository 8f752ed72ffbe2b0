//! The comparison as a file: the lines, their parts, and the entries behind each gap.

use web::Lang;
use web::format::{count_text, datetime_text};

use super::gap::{FILE_ROWS_MOST, GapReport, NoticeOfGap};
use super::report::{Line, Measure, ReconciliationReport, Side};
use super::words::{kind_words, line_words, measure_of, part_words};
use crate::web::producer::grid_texts::GridTexts;
use crate::web::reconciliation_texts::ReconciliationTexts;
use crate::web::texts::CentralTexts;
use crate::web::workbook::{Cell, ROWS_MOST, Sheet};

/// The first sheet with entries behind a gap, from 1; before it stand the lines and their parts.
pub const FIRST_GAP: usize = 3;

/// Returns the names of the sheets before it.
pub fn names(lang: Lang) -> [&'static str; FIRST_GAP - 1] {
    [lang.reconciliation_lines(), lang.reconciliation_parts()]
}

/// Returns the sheets: lines, parts, and those of the gaps.
pub fn sheets(lang: Lang, report: &ReconciliationReport, gaps: &[GapReport]) -> Vec<Sheet> {
    let mut sheets = vec![lines(lang, report), parts(lang, report)];
    for gap in gaps {
        sheets.push(entries(lang, gap));
        if !gap.bank_notices.is_empty() {
            sheets.push(notices(lang, &gap.bank_notices));
        }
    }
    sheets
}

fn cell(measure: Measure, amount: i64) -> Cell {
    match measure {
        Measure::Vnd => Cell::Vnd(amount),
        Measure::Milli => Cell::Quantity(amount),
        Measure::Count => Cell::Count(amount),
    }
}

fn words_of(lang: Lang, line: &str) -> String {
    Line::from_code(line).map_or(line, |line| line_words(lang, line)).to_owned()
}

/// Cuts the rows of a gap off, and says so in the row after the last one.
fn cut(lang: Lang, rows: impl Iterator<Item = Vec<Cell>>) -> Vec<Vec<Cell>> {
    let mut rows: Vec<Vec<Cell>> = rows.take(FILE_ROWS_MOST + 1).collect();
    if rows.len() > FILE_ROWS_MOST {
        rows.truncate(FILE_ROWS_MOST);
        rows.push(vec![Cell::text(lang.rows_cut(FILE_ROWS_MOST))]);
    }
    rows
}

fn lines(lang: Lang, report: &ReconciliationReport) -> Sheet {
    let mut head =
        vec![lang.column_line(), lang.column_book(), lang.column_found(), lang.column_difference()];
    head.extend([lang.reconciliation_operator(), lang.filter_from(), lang.filter_to()]);
    let rows = report.lines.iter().map(|row| {
        vec![
            Cell::text(words_of(lang, row.line)),
            cell(row.measure, row.book),
            cell(row.measure, row.found),
            cell(row.measure, row.difference),
            Cell::text(report.store.as_ref().unwrap_or(&report.operator)),
            Cell::Day(report.days_of.from),
            Cell::Day(report.days_of.to),
        ]
    });
    Sheet::new(lang.reconciliation_lines(), &head, rows.collect(), lang.rows_cut(ROWS_MOST))
}

fn parts(lang: Lang, report: &ReconciliationReport) -> Sheet {
    let head = [
        lang.column_line(),
        lang.column_standing_side(),
        lang.reconciliation_part(),
        lang.reconciliation_amount(),
    ];
    let side = |side| match side {
        Side::Book => lang.column_book(),
        Side::Found => lang.column_found(),
        Side::Beside => lang.reconciliation_beside(),
    };
    let rows = report.lines.iter().flat_map(|row| {
        row.parts.iter().map(move |part| {
            vec![
                Cell::text(words_of(lang, row.line)),
                Cell::text(side(part.side)),
                Cell::text(part_words(lang, part.part)),
                cell(measure_of(row.measure, part), part.amount),
            ]
        })
    });
    Sheet::new(lang.reconciliation_parts(), &head, rows.collect(), lang.rows_cut(ROWS_MOST))
}

fn entries(lang: Lang, gap: &GapReport) -> Sheet {
    let [told, against] = gap.heads(lang);
    let head = [
        lang.column_gap_day(),
        lang.column_store(),
        lang.column_kind(),
        lang.column_paper(),
        told,
        against,
        lang.column_journal(),
        lang.column_entry(),
        "SHA-256",
    ];
    let rows = gap.entries.iter().map(|entry| {
        vec![
            Cell::Day(entry.business_date),
            Cell::text(&entry.store),
            Cell::text(kind_words(lang, &entry.kind)),
            Cell::text(&entry.voucher),
            cell(gap.measure, entry.told),
            gap.against(entry).map_or(Cell::Empty, |found| cell(gap.measure, found)),
            Cell::text(&entry.stream),
            Cell::Count(entry.entry_number),
            Cell::text(&entry.sha256),
        ]
    });
    let mut rows = cut(lang, rows);
    if gap.invoices_unopened > 0 {
        rows.push(vec![Cell::text(lang.gap_unopened(count_text(gap.invoices_unopened)))]);
    }
    Sheet::new(&words_of(lang, gap.line), &head, rows, lang.rows_cut(ROWS_MOST))
}

fn notices(lang: Lang, notices: &[NoticeOfGap]) -> Sheet {
    let head = [lang.gap_notice(), lang.gap_booked(), lang.reconciliation_amount(), lang.column_difference()];
    let rows = notices.iter().map(|row| {
        let about = if row.is_named { lang.gap_named() } else { lang.gap_unnamed() };
        vec![
            Cell::text(&row.notice),
            Cell::text(datetime_text(row.booked_at_ms)),
            Cell::Vnd(row.amount),
            Cell::text(about),
        ]
    });
    Sheet::new(lang.gap_notices(), &head, cut(lang, rows), lang.rows_cut(ROWS_MOST))
}
