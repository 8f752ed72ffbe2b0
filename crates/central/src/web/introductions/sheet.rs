//! The list as a sheet.

use web::Lang;
use web::format::datetime_text;

use super::page::kind_words;
use super::{IntroductionOfList, IntroductionsReport};
use crate::web::introduction_texts::IntroductionTexts;
use crate::web::product_texts::ProductTexts;
use crate::web::workbook::{Cell, ROWS_MOST, Sheet};

/// Returns the sheet.
pub fn sheet(lang: Lang, report: &IntroductionsReport) -> Sheet {
    let head = [
        lang.introduction_day(),
        lang.introduction_kind(),
        lang.introduction_people(),
        lang.introduction_store(),
        lang.introduction_who(),
        lang.introduction_note(),
        lang.introduction_by(),
        lang.column_since(),
        lang.introduction_is_withdrawn(),
    ];
    let row = |row: &IntroductionOfList| {
        vec![
            Cell::Day(row.on),
            Cell::text(kind_words(lang, &row.kind)),
            Cell::Count(row.people_count),
            Cell::text(row.store.as_deref().unwrap_or(lang.introduction_elsewhere())),
            Cell::text(&row.who),
            Cell::text(&row.note),
            Cell::text(&row.recorded_by),
            Cell::text(datetime_text(row.recorded_at_ms)),
            Cell::text(if row.is_withdrawn { "x" } else { "" }),
        ]
    };
    Sheet {
        name: lang.page_introductions().to_owned(),
        head: head.map(str::to_owned).to_vec(),
        rows: report.recorded.iter().map(row).collect(),
        cut: lang.products_cut(ROWS_MOST),
    }
}
