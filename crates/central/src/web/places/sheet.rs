//! The list as a sheet.

use web::Lang;

use super::PlaceOfList;
use super::former::{FormerOfList, FormerReport};
use super::page::kind_words;
use crate::web::place_texts::PlaceTexts;
use crate::web::workbook::{Cell, ROWS_MOST, Sheet};

/// Returns the names of the sheets, in their order.
pub fn names(lang: Lang) -> [&'static str; 2] {
    [lang.page_places(), lang.places_former_sheet()]
}

/// Returns the sheet.
pub fn sheet(lang: Lang, places: Vec<PlaceOfList>) -> Sheet {
    // As a list is pasted, so that it can be brought again; what only people read stands behind.
    let head = [
        lang.places_code(),
        lang.places_name(),
        lang.places_from(),
        lang.places_district(),
        lang.places_source(),
        lang.places_kind(),
        lang.places_was(),
        lang.places_until(),
    ];
    let row = |place: PlaceOfList| {
        vec![
            Cell::Text(place.code),
            Cell::Text(place.name),
            Cell::Day(place.from),
            Cell::Text(place.former_district),
            Cell::Text(place.source),
            Cell::text(kind_words(lang, &place.kind)),
            Cell::Text(place.was.join("; ")),
            place.until.map_or(Cell::Empty, Cell::Day),
        ]
    };
    Sheet {
        name: lang.page_places().to_owned(),
        head: head.map(str::to_owned).to_vec(),
        rows: places.into_iter().map(row).collect(),
        cut: lang.places_cut(ROWS_MOST),
    }
}

/// Returns what units from before became, likewise.
pub fn former(lang: Lang, report: &FormerReport) -> Sheet {
    let head = [
        lang.places_former_name(),
        lang.places_district(),
        lang.places_former_code(),
        lang.places_source(),
        lang.places_former_became(),
    ];
    let row = |row: &FormerOfList| {
        [&row.name, &row.former_district, &row.code, &row.source, &row.became].map(Cell::text).to_vec()
    };
    Sheet {
        name: lang.places_former_sheet().to_owned(),
        head: head.map(str::to_owned).to_vec(),
        rows: report.former_places.iter().map(row).collect(),
        cut: lang.places_cut(ROWS_MOST),
    }
}
