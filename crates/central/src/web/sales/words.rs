//! How periods, categories, stars and money are written in reports.

use domain::catalog::Category;
use web::Lang;
use web::format::{compact_vnd, date_text, datetime_text, local_date, local_time_text};

use super::period::{Against, Period, Preset};
use crate::db::products::Group;
use crate::db::sales::Dimension;
use crate::web::sales_texts::SalesTexts;
use crate::web::texts::CentralTexts;

/// Writes a preset.
pub fn preset_words(lang: Lang, preset: Preset) -> &'static str {
    match preset {
        Preset::Today => lang.preset_today(),
        Preset::Week => lang.preset_week(),
        Preset::Month => lang.preset_month(),
        Preset::Quarter => lang.preset_quarter(),
        Preset::Year => lang.preset_year(),
    }
}

/// Writes what a period is compared with.
pub fn against_words(lang: Lang, against: Against) -> &'static str {
    match against {
        Against::Before => lang.against_period(),
        Against::Year => lang.against_year(),
        Against::Tet => lang.against_tet(),
    }
}

/// Writes by what sales are added up.
pub fn dimension_words(lang: Lang, dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Producer => lang.by_producer(),
        Dimension::Commune => lang.by_commune(),
        Dimension::Group => lang.by_group(),
        Dimension::Stars => lang.by_stars(),
    }
}

/// Writes a producer, commune, group or number of stars; a group that is no row any more stands for itself.
pub fn group_words(lang: Lang, dimension: Dimension, name: Option<&str>, groups: &[Group]) -> String {
    match (dimension, name) {
        (Dimension::Stars, Some(stars)) => format!("{stars} ★"),
        (Dimension::Stars, None) => lang.no_stars().to_owned(),
        (Dimension::Group, Some(code)) => {
            let group = groups.iter().find(|group| group.code == code);
            group
                .map_or(code, |group| if lang == Lang::Vi { &group.name_vi } else { &group.name_en })
                .to_owned()
        }
        (_, Some(name)) => name.to_owned(),
        (_, None) => lang.not_known().to_owned(),
    }
}

/// Writes a fewest number of stars.
pub fn stars_words(lang: Lang, stars: u8) -> String {
    if stars == 5 { lang.five_stars().to_owned() } else { lang.stars_at_least(stars) }
}

/// Writes a category.
pub fn category_words(lang: Lang, code: Option<&str>) -> &'static str {
    match code.and_then(Category::from_code) {
        Some(Category::Ocop) => lang.category_ocop(),
        Some(Category::RuralIndustrial) => lang.category_rural_industrial(),
        Some(Category::Key) => lang.category_key(),
        Some(Category::Planned) => lang.category_planned(),
        Some(Category::Specialty) => lang.category_specialty(),
        None => lang.category_none(),
    }
}

/// Writes a moment: the hour alone when it is today's.
pub fn moment(at_ms: i64, now_ms: i64) -> String {
    if local_date(at_ms) == local_date(now_ms) { local_time_text(at_ms) } else { datetime_text(at_ms) }
}

/// Writes days as people here do, since the fields above show them as the browser does: `01/10/2026–14/10/2026`.
pub fn range(lang: Lang, period: Period) -> String {
    if period.from == period.to {
        date_text(period.from)
    } else {
        lang.range(date_text(period.from), date_text(period.to))
    }
}

/// Writes đồng in short form, with the sign.
pub fn money_text(lang: Lang, vnd: i64) -> String {
    let text = compact_vnd(vnd, lang);
    if text.ends_with('₫') { text } else { format!("{text} ₫") }
}
