//! The list as a sheet: every import, with how many of its rows came to what.

use domain::product_list::Outcome;
use web::Lang;
use web::format::datetime_text;

use super::list::status_words;
use super::report::ImportOfReport;
use super::words;
use crate::web::import_texts::ImportTexts;
use crate::web::workbook::{Cell, Sheet};

/// Returns the sheet.
pub fn sheet(lang: Lang, imports: Vec<ImportOfReport>) -> Sheet {
    let mut head = vec![lang.column_file(), lang.field_source(), lang.column_status()];
    head.extend(outcomes().map(|outcome| words::outcome(lang, outcome)));
    head.extend([
        lang.applied_rows(),
        lang.brought_who(),
        lang.brought_when(),
        lang.applied_who(),
        lang.applied_when(),
        "SHA-256",
    ]);
    let rows = imports.into_iter().map(|import| row(lang, import)).collect();
    Sheet::new(lang.history_title(), &head, rows, lang.cut_rows().to_owned())
}

/// What stands aside is no product, and no row of the list.
fn outcomes() -> impl Iterator<Item = Outcome> {
    Outcome::ALL.into_iter().filter(|outcome| *outcome != Outcome::Aside)
}

fn row(lang: Lang, import: ImportOfReport) -> Vec<Cell> {
    let counts: Vec<Cell> = outcomes().map(|outcome| Cell::Count(import.count(outcome))).collect();
    let status = Cell::text(status_words(lang, &import));
    let moment = |at_ms: i64| Cell::Text(datetime_text(at_ms));
    let mut cells = vec![Cell::Text(import.file_name), Cell::Text(import.source), status];
    cells.extend(counts);
    cells.extend([
        Cell::Count(import.applied_count),
        Cell::Text(import.brought_by),
        moment(import.brought_at_ms),
        import.applied_by.map_or(Cell::Empty, Cell::Text),
        import.applied_at_ms.map_or(Cell::Empty, moment),
        Cell::Text(import.file_sha256),
    ]);
    cells
}
