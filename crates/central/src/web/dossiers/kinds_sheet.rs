//! The kinds of papers as a sheet: every row that there ever was.

use web::Lang;

use super::kinds_page::{Kinds, asked_words, held_by_words};
use crate::db::dossiers::kinds::PaperKind;
use crate::web::paper_texts::PaperTexts;
use crate::web::workbook::{Cell, ROWS_MOST, Sheet};

/// Returns the sheet.
pub fn sheet(lang: Lang, kinds: &Kinds) -> Sheet {
    let head = [
        lang.kinds_code(),
        lang.kinds_name(),
        lang.kinds_name_en(),
        lang.kinds_held_by(),
        lang.kinds_asked_of(),
        lang.kinds_from(),
        lang.kinds_until(),
        lang.kinds_source(),
        lang.kinds_set_by(),
    ];
    let rows = kinds.all.iter().map(|kind| row(lang, kinds, kind)).collect();
    Sheet::new(lang.dossiers_kinds(), &head, rows, lang.dossiers_cut(ROWS_MOST))
}

fn row(lang: Lang, kinds: &Kinds, kind: &PaperKind) -> Vec<Cell> {
    vec![
        Cell::text(&kind.code),
        Cell::text(&kind.name_vi),
        Cell::text(&kind.name_en),
        Cell::text(held_by_words(lang, &kind.held_by)),
        Cell::Text(asked_words(lang, kinds, kind)),
        Cell::Day(kind.valid_from),
        kind.valid_to.map_or(Cell::Empty, Cell::Day),
        Cell::text(&kind.source),
        Cell::text(&kind.set_by),
    ]
}
