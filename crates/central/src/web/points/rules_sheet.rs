//! What all points are measured by as sheets: thresholds, criteria, kinds of places.

use domain::point::Measure;
use web::Lang;

use super::detail::LocationOfPoint;
use super::rules_page::Rules;
use super::words::measure_words;
use crate::db::points::thresholds::Threshold;
use crate::web::point_file_texts::PointFileTexts;
use crate::web::point_texts::PointTexts;
use crate::web::workbook::{Cell, ROWS_MOST, Sheet};

/// Returns the names of the sheets, in their order.
pub fn names(lang: Lang) -> [&'static str; 3] {
    [lang.rules_thresholds(), lang.rules_sets(), lang.rules_locations()]
}

/// Returns the sheets, in the order of the page.
pub fn sheets(lang: Lang, rules: &Rules) -> Vec<Sheet> {
    vec![thresholds(lang, rules), criteria(lang, rules), places(lang, rules)]
}

fn thresholds(lang: Lang, rules: &Rules) -> Sheet {
    let head = [
        lang.rules_measure(),
        lang.rules_from(),
        lang.rules_least(),
        lang.rules_paper(),
        lang.rules_recorded_by(),
    ];
    let rows = rules.thresholds.iter().filter_map(|row| threshold(lang, row)).collect();
    Sheet::new(lang.rules_thresholds(), &head, rows, lang.points_cut(ROWS_MOST))
}

fn threshold(lang: Lang, row: &Threshold) -> Option<Vec<Cell>> {
    let measure = Measure::from_code(&row.measure)?;
    let least = match (row.at_least, measure) {
        (None, _) => Cell::text(lang.rules_ended()),
        (Some(share), Measure::OcopShare) => Cell::Share(share),
        (Some(count), _) => Cell::Count(count),
    };
    Some(vec![
        Cell::text(measure_words(lang, measure)),
        Cell::Day(row.valid_from),
        least,
        Cell::text(&row.paper),
        Cell::text(&row.set_by),
    ])
}

fn criteria(lang: Lang, rules: &Rules) -> Sheet {
    let head = [
        lang.rules_decision(),
        lang.rules_from(),
        lang.rules_meant_until(),
        lang.rules_number(),
        lang.rules_part(),
        lang.rules_criterion(),
        lang.rules_recorded_by(),
    ];
    let rows = rules.sets.iter().flat_map(|(set, criteria)| {
        criteria.iter().map(move |each| {
            let (part, text) = match lang {
                Lang::Vi => (&each.block_vi, &each.text_vi),
                Lang::En => (&each.block_en, &each.text_en),
            };
            vec![
                Cell::text(&set.decision),
                Cell::Day(set.valid_from),
                set.meant_until.map_or(Cell::Empty, Cell::Day),
                Cell::Count(each.criterion_no),
                Cell::text(part),
                Cell::text(text),
                Cell::text(&set.added_by),
            ]
        })
    });
    Sheet::new(lang.rules_sets(), &head, rows.collect(), lang.points_cut(ROWS_MOST))
}

fn places(lang: Lang, rules: &Rules) -> Sheet {
    let head = [lang.rules_place(), lang.rules_decision(), lang.rules_from(), lang.rules_place_until()];
    let rows = rules.locations.iter().map(|place| {
        vec![
            Cell::text(LocationOfPoint::from(place.clone()).name(lang)),
            Cell::text(&place.decision),
            Cell::Day(place.valid_from),
            place.valid_to.map_or(Cell::Empty, Cell::Day),
        ]
    });
    Sheet::new(lang.rules_locations(), &head, rows.collect(), lang.points_cut(ROWS_MOST))
}
