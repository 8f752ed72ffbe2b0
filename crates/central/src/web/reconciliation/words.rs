//! Lines, parts and kinds of entries in words.

use domain::{Money, Quantity};
use web::Lang;
use web::format::count_text;

use super::report::{Line, Measure, PartOfLine};
use crate::web::reconciliation_texts::ReconciliationTexts;

/// Returns a line's name.
pub fn line_words(lang: Lang, line: Line) -> &'static str {
    match line {
        Line::Cash => lang.line_cash(),
        Line::Bank => lang.line_bank(),
        Line::Invoices => lang.line_invoices(),
        Line::Stock => lang.line_stock(),
        Line::Settlement => lang.line_settlement(),
    }
}

/// Returns what a line compares.
pub fn line_about(lang: Lang, line: Line) -> &'static str {
    match line {
        Line::Cash => lang.about_cash(),
        Line::Bank => lang.about_bank(),
        Line::Invoices => lang.about_invoices(),
        Line::Stock => lang.about_stock(),
        Line::Settlement => lang.about_settlement(),
    }
}

/// Returns a part's name.
pub fn part_words(lang: Lang, part: &str) -> &'static str {
    match part {
        "float" => lang.part_float(),
        "sale" => lang.part_sale(),
        "refund" => lang.part_refund(),
        "cash_moved" => lang.part_cash_moved(),
        "confirmed" => lang.part_confirmed(),
        "deposit" => lang.part_deposit(),
        "producer" => lang.part_producer(),
        "counted" => lang.part_counted(),
        "expected" => lang.part_expected(),
        "shifts" => lang.part_shifts(),
        "notices" => lang.part_notices(),
        "unnamed" => lang.part_unnamed(),
        "paid_out" => lang.part_paid_out(),
        "claimed" => lang.part_claimed(),
        "sales_due" => lang.part_sales_due(),
        "sales_all" => lang.part_sales_all(),
        "not_waiting" => lang.part_not_waiting(),
        "waiting" => lang.part_waiting(),
        "replaced" => lang.part_replaced(),
        "opening" => lang.part_opening(),
        "received" => lang.part_received(),
        "sold" => lang.part_sold(),
        "refunded" => lang.part_refunded(),
        "returned" => lang.part_returned(),
        "removed" => lang.part_removed(),
        "between" => lang.part_between(),
        "closing" => lang.part_closing(),
        "count_difference" => lang.part_count_difference(),
        "unsettled_before" => lang.part_unsettled_before(),
        "compensation" => lang.part_compensation(),
        "settled" => lang.part_settled(),
        "paid" => lang.part_paid(),
        "adjusted" => lang.part_adjusted(),
        "settlements" => lang.part_settlements(),
        _ => lang.part_other(),
    }
}

/// Returns what an entry is; its own name when nobody has worded it.
pub fn kind_words(lang: Lang, kind: &str) -> &str {
    match kind {
        "sale" => lang.kind_sale(),
        "refund" => lang.kind_refund(),
        "void" => lang.kind_void(),
        "shift_open" => lang.kind_shift_open(),
        "shift_close" => lang.kind_shift_close(),
        "cash_moved" => lang.kind_cash_moved(),
        "tender_confirmed" => lang.kind_tender_confirmed(),
        "deposit_taken" => lang.kind_deposit_taken(),
        "deposit_returned" => lang.kind_deposit_returned(),
        "settlement" => lang.kind_settlement(),
        "producer_paid" => lang.kind_producer_paid(),
        "producer_adjusted" => lang.kind_producer_adjusted(),
        "goods_count" => lang.kind_goods_count(),
        "goods_out" => lang.kind_goods_out(),
        "transfer_in" => lang.kind_transfer_in(),
        other => other,
    }
}

/// Writes a figure of a line.
pub fn amount_text(measure: Measure, amount: i64) -> String {
    match measure {
        Measure::Vnd => Money::new(amount).to_string(),
        Measure::Milli => Quantity::from_milli(amount).to_string(),
        Measure::Count => count_text(amount),
    }
}

/// Returns in what a part is: some beside the sides are numbers of papers.
pub fn measure_of(line: Measure, part: &PartOfLine) -> Measure {
    if matches!(part.part, "shifts" | "settlements") { Measure::Count } else { line }
}
