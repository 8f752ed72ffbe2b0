//! The list as a sheet.

use web::Lang;

use super::PlaceOfList;
use super::page::kind_words;
use crate::web::place_texts::PlaceTexts;
use crate::web::workbook::{Cell, ROWS_MOST, Sheet};

/// Returns the sheet.
pub fn sheet(lang: Lang, places: Vec<PlaceOfList>) -> Sheet {
    let head = [
        lang.places_code(),
        lang.places_name(),
        lang.places_kind(),
        lang.places_district(),
        lang.places_was(),
        lang.places_from(),
        lang.places_until(),
        lang.places_source(),
    ];
    let row = |place: PlaceOfList| {
        vec![
            Cell::Text(place.code),
            Cell::Text(place.name),
            Cell::text(kind_words(lang, &place.kind)),
            Cell::Text(place.former_district),
            Cell::Text(place.was.join("; ")),
            Cell::Day(place.from),
            place.until.map_or(Cell::Empty, Cell::Day),
            Cell::Text(place.source),
        ]
    };
    Sheet {
        name: lang.page_places().to_owned(),
        head: head.map(str::to_owned).to_vec(),
        rows: places.into_iter().map(row).collect(),
        cut: lang.places_cut(ROWS_MOST),
    }
}
