//! The groups as a sheet: as they are called, and were.

use web::Lang;

use super::{GroupsReport, VersionOfGroup};
use crate::web::product_group_texts::ProductGroupTexts;
use crate::web::product_texts::ProductTexts;
use crate::web::workbook::{Cell, ROWS_MOST, Sheet};

/// Returns the sheet.
pub fn sheet(lang: Lang, report: GroupsReport) -> Sheet {
    let head = [
        lang.groups_code(),
        lang.groups_name_vi(),
        lang.groups_name_en(),
        lang.groups_from(),
        lang.groups_refuses(),
        lang.groups_decision(),
        lang.groups_recorded_by(),
        lang.groups_last_day(),
    ];
    let rows = report.group_versions.into_iter().map(row).collect();
    Sheet::new(lang.page_groups(), &head, rows, lang.products_cut(ROWS_MOST))
}

fn row(version: VersionOfGroup) -> Vec<Cell> {
    vec![
        Cell::Text(version.code),
        Cell::Text(version.name_vi),
        Cell::Text(version.name_en),
        Cell::Day(version.from),
        Cell::text(if version.refuses_expired { "✓" } else { "" }),
        Cell::Text(version.decision),
        Cell::Text(version.recorded_by),
        version.ended_on.map_or(Cell::Empty, Cell::Day),
    ]
}
