//! What is owed to producers as sheets, with the settlements for all stores.

use web::Lang;

use super::OwedList;
use crate::web::joint_texts::JointTexts;
use crate::web::product_texts::ProductTexts;
use crate::web::texts::CentralTexts;
use crate::web::workbook::{Cell, ROWS_MOST, Sheet};

/// Returns the names of the sheets, in their order.
pub fn names(lang: Lang) -> [&'static str; 2] {
    [lang.page_owed(), lang.sheet_joint()]
}

/// Returns the sheets, in the order of the page.
pub fn sheets(lang: Lang, list: &OwedList) -> Vec<Sheet> {
    vec![producers(lang, list), joints(lang, list)]
}

fn producers(lang: Lang, list: &OwedList) -> Sheet {
    let head = [lang.column_producer(), lang.owed_now(), lang.owed_on_its_way()];
    let rows = list.producers.iter().map(|producer| {
        vec![Cell::text(&producer.name), Cell::Vnd(producer.owed_vnd), Cell::Vnd(producer.on_its_way_vnd)]
    });
    Sheet::new(lang.page_owed(), &head, rows.collect(), lang.products_cut(ROWS_MOST))
}

fn joints(lang: Lang, list: &OwedList) -> Sheet {
    let head = [
        lang.owed_joint_number(),
        lang.column_producer(),
        lang.joint_day(),
        lang.joint_amount(),
        lang.owed_joint_waiting(),
    ];
    let rows = list.joints.iter().map(|joint| {
        vec![
            Cell::text(&joint.number),
            Cell::text(&joint.producer),
            Cell::Day(joint.paid_on),
            Cell::Vnd(joint.paid_vnd),
            Cell::Count(joint.waiting),
        ]
    });
    Sheet::new(lang.sheet_joint(), &head, rows.collect(), lang.products_cut(ROWS_MOST))
}
