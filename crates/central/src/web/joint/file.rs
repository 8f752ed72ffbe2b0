//! A settlement over several stores as a file: the figures of its page, and nothing else.

use web::Lang;

use super::report::{JointReport, StoreOfJoint};
use crate::web::joint_texts::JointTexts;
use crate::web::producer::correction_texts::CorrectionTexts;
use crate::web::producer::grid_texts::GridTexts;
use crate::web::producer::settlement::file::product_rows;
use crate::web::texts::CentralTexts;
use crate::web::workbook::{Cell, ROWS_MOST, Sheet};

/// Returns the sheets: the sums, the stores, and the products.
pub fn sheets(lang: Lang, report: &JointReport) -> Vec<Sheet> {
    let cut = lang.rows_cut(ROWS_MOST);
    let products = product_rows(lang, &report.rows, &cut);
    vec![sums(lang, report, &cut), stores(lang, report, &cut), products]
}

fn sums(lang: Lang, report: &JointReport, cut: &str) -> Sheet {
    let joint = &report.joint;
    let rows = [
        (lang.column_number(), Cell::text(&joint.number)),
        (lang.column_producer(), Cell::text(&joint.producer)),
        (lang.column_operator(), Cell::text(&joint.operator)),
        (lang.joint_day(), Cell::Day(joint.paid_on)),
        (lang.column_sent(), Cell::Vnd(joint.paid_vnd)),
        (lang.column_closed_due(), Cell::Vnd(report.due_vnd)),
        (lang.column_carried(), Cell::Vnd(report.carried_vnd)),
        (lang.of_it_adjusted(), Cell::Vnd(report.adjusted_vnd)),
        (lang.column_paid_out(), Cell::Vnd(report.recorded_vnd)),
        (lang.column_left_owed(), Cell::Vnd(report.left_vnd())),
        (lang.column_hash(), report.hash.as_ref().map_or(Cell::Empty, Cell::text)),
    ];
    Sheet {
        name: lang.sheet_joint().to_owned(),
        head: vec![lang.column_field().to_owned(), lang.column_value().to_owned()],
        rows: rows.map(|(words, cell)| vec![Cell::text(words), cell]).to_vec(),
        cut: cut.to_owned(),
    }
}

fn stores(lang: Lang, report: &JointReport, cut: &str) -> Sheet {
    let head = [
        lang.column_store(),
        lang.column_sent(),
        lang.column_number(),
        lang.column_day(),
        lang.column_closed_due(),
        lang.column_carried(),
        lang.column_paid_out(),
        lang.column_hash(),
        lang.of_it_adjusted(),
    ];
    Sheet {
        name: lang.sheet_joint_stores().to_owned(),
        head: head.map(str::to_owned).to_vec(),
        rows: report.stores.iter().map(store).collect(),
        cut: cut.to_owned(),
    }
}

fn store(store: &StoreOfJoint) -> Vec<Cell> {
    let mut cells = vec![Cell::text(&store.store), Cell::Vnd(store.paid_vnd)];
    match &store.paper {
        Some(paper) => cells.extend([
            Cell::text(&paper.number),
            Cell::Day(paper.day),
            Cell::Vnd(paper.due_vnd),
            Cell::Vnd(paper.carried_vnd),
            Cell::Vnd(paper.paid_vnd),
            Cell::text(&paper.hash),
            Cell::Vnd(paper.adjusted_vnd),
        ]),
        None => cells.extend(std::iter::repeat_n(Cell::Empty, 7)),
    }
    cells
}
