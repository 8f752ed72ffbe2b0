//! The list as a sheet: the same settlements as on the page, all of them.

use web::Lang;

use super::ShopSettlement;
use crate::web::producer::settlement_texts::SettlementTexts;
use crate::web::producer::settlements::standing_words;
use crate::web::producer::talk_texts::TalkTexts;
use crate::web::product_texts::ProductTexts;
use crate::web::texts::CentralTexts;
use crate::web::workbook::{Cell, ROWS_MOST, Sheet};

/// Returns the sheet.
pub fn sheet(lang: Lang, settlements: &[ShopSettlement]) -> Sheet {
    let head = [
        lang.column_paper(),
        lang.settled_on(),
        lang.column_store(),
        lang.column_producer(),
        lang.column_status(),
        lang.column_unanswered(),
        lang.due_of_settlement(),
        lang.owed_before(),
        lang.paid_now(),
        lang.left_owed(),
    ];
    let rows = settlements.iter().map(|each| row(lang, each)).collect();
    Sheet::new(lang.page_settlements(), &head, rows, lang.products_cut(ROWS_MOST))
}

fn row(lang: Lang, each: &ShopSettlement) -> Vec<Cell> {
    let paper = &each.paper;
    vec![
        Cell::text(&paper.number),
        Cell::Day(paper.day),
        Cell::text(&paper.store),
        Cell::text(&paper.producer),
        paper.standing.map_or(Cell::Empty, |standing| Cell::text(standing_words(lang, standing))),
        each.disputed_days.map_or(Cell::Empty, Cell::Count),
        Cell::Vnd(paper.due_vnd),
        Cell::Vnd(paper.carried_vnd),
        Cell::Vnd(paper.paid_vnd),
        Cell::Vnd(paper.left_vnd()),
    ]
}
