//! What became of each row, as a workbook.

use domain::recognition::Points;
use web::Lang;

use super::preview::{is_unpriced, turned};
use super::report::{ImportReport, RowOfReport};
use super::words;
use crate::web::import_texts::ImportTexts;
use crate::web::products::words::level_words;
use crate::web::workbook::{Cell, Sheet};

/// Returns the sheets: rows, and what stood in none of them.
pub fn sheets(lang: Lang, report: &ImportReport, groups: &[(String, String)]) -> Vec<Sheet> {
    let text = str::to_owned;
    let head = [
        lang.column_row(),
        lang.column_outcome(),
        lang.was_applied(),
        lang.f_sku(),
        lang.f_name(),
        lang.f_unit(),
        lang.f_price(),
        lang.f_producer(),
        lang.f_commune(),
        lang.f_barcode(),
        lang.f_stars(),
        lang.f_decision_number(),
        lang.f_decision_day(),
        lang.f_last_day(),
        lang.f_issuer(),
        lang.f_level(),
        lang.f_points(),
        lang.f_criteria(),
        lang.f_group_printed(),
        lang.o_changed(),
        lang.o_wrong(),
    ];
    let rows = Sheet {
        name: text(lang.column_row()),
        head: head.map(text).to_vec(),
        rows: report.rows.iter().map(|one| row(lang, one, groups)).collect(),
        cut: text(lang.cut_rows()),
    };
    let gone =
        report.vanished.iter().map(|one| [&one.sku, &one.name, &one.producer].map(Cell::text).to_vec());
    let vanished = Sheet {
        name: text(lang.o_vanished()),
        head: [lang.f_sku(), lang.f_name(), lang.f_producer()].map(text).to_vec(),
        rows: gone.collect(),
        cut: text(lang.cut_rows()),
    };
    vec![rows, vanished]
}

fn row(lang: Lang, row: &RowOfReport, groups: &[(String, String)]) -> Vec<Cell> {
    let detail = &row.detail;
    let text = |value: &Option<String>| value.as_ref().map_or(Cell::Empty, Cell::text);
    let day = |value: &Option<String>| value.as_ref().map_or(Cell::Empty, |day| Cell::text(turned(day)));
    let no_price = is_unpriced(row).then(|| lang.no_price_yet().to_owned());
    let level = detail.level.as_deref().map_or("", |code| level_words(lang, code));
    let points = detail.points_hundredths.and_then(Points::from_hundredths);
    let changes: Vec<String> = no_price
        .into_iter()
        .chain(detail.changes.iter().map(|change| words::change(lang, groups, change)))
        .collect();
    let problems: Vec<String> = detail.problems.iter().map(|problem| words::problem(lang, problem)).collect();
    vec![
        Cell::Quantity(i64::from(row.row).saturating_mul(1_000)),
        Cell::text(words::outcome(lang, row.outcome())),
        Cell::text(if row.is_applied { "✓" } else { "" }),
        text(&detail.sku),
        Cell::text(&detail.name),
        text(&detail.unit),
        detail.price_vnd.map_or(Cell::Empty, Cell::Vnd),
        text(&detail.producer),
        text(&detail.commune),
        text(&detail.barcode),
        detail.stars.map_or(Cell::Empty, |stars| Cell::Quantity(i64::from(stars) * 1_000)),
        text(&detail.decision_number),
        day(&detail.decided_on),
        day(&detail.last_day),
        text(&detail.issuer),
        Cell::text(level),
        points.map_or(Cell::Empty, |points| Cell::Quantity(points.hundredths() * 10)),
        text(&detail.criteria),
        text(&detail.group_printed),
        Cell::text(changes.join("; ")),
        Cell::text(problems.join("; ")),
    ]
}
