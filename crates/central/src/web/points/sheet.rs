//! The list as a sheet: the same points as on the page, all of them.

use web::Lang;

use super::detail::LocationOfPoint;
use super::report::PointOfList;
use super::words::state_words;
use crate::web::point_texts::PointTexts;
use crate::web::workbook::{Cell, ROWS_MOST, Sheet};

/// Returns the sheet.
pub fn sheet(lang: Lang, points: Vec<PointOfList>, locations: &[LocationOfPoint]) -> Sheet {
    let head = [
        lang.point_name(),
        lang.point_store(),
        lang.points_state(),
        lang.column_since_day(),
        lang.point_address(),
        lang.points_commune(),
        lang.point_district(),
        lang.points_location(),
        lang.point_operator(),
        lang.point_decision(),
        lang.point_decided_on(),
        lang.point_funding(),
    ];
    let rows = points.into_iter().map(|point| row(lang, point, locations)).collect();
    Sheet::new(lang.sheet_points(), &head, rows, lang.points_cut(ROWS_MOST))
}

fn row(lang: Lang, point: PointOfList, locations: &[LocationOfPoint]) -> Vec<Cell> {
    let place = locations.iter().find(|each| each.code == point.location_type);
    vec![
        Cell::Text(point.name),
        point.store.map_or(Cell::Empty, Cell::Text),
        Cell::text(state_words(lang, &point.state)),
        point.since.map_or(Cell::Empty, Cell::Day),
        Cell::Text(point.address),
        Cell::Text(point.commune),
        Cell::Text(point.former_district),
        place.map_or(Cell::Empty, |place| Cell::text(place.name(lang))),
        point.operator.map_or(Cell::Empty, Cell::Text),
        Cell::Text(point.decision_number),
        point.decided_on.map_or(Cell::Empty, Cell::Day),
        Cell::Text(point.funding),
    ]
}
