//! Rows for the comparison of a period.

use super::Rows;
use crate::db::engine::args;
use crate::db::projection::effects::Effects;

pub(super) fn money_daily(effects: &Effects) -> Rows<'_> {
    // A cell that entries came to and left again has no row, or the order in which streams came would show.
    let cells = effects.money_daily.iter().filter(|(_, row)| (row.amount_vnd, row.entry_count) != (0, 0));
    Box::new(cells.map(|((day, account, kind), row)| {
        args![effects.store_id, *day, *account, kind, row.amount_vnd, row.entry_count]
    }))
}

pub(super) fn goods_daily(effects: &Effects) -> Rows<'_> {
    let row =
        |((day, cause), milli): (&(_, &'static str), &i64)| args![effects.store_id, *day, *cause, *milli];
    Box::new(effects.goods_daily.iter().map(row))
}

pub(super) fn drawer_counts(effects: &Effects) -> Rows<'_> {
    Box::new(effects.drawer_counts.iter().map(|((incarnation, seq), row)| {
        args![effects.store_id, *incarnation, *seq, row.day, row.expected_vnd, row.counted_vnd, row.float_vnd]
    }))
}

pub(super) fn bank_tenders(effects: &Effects) -> Rows<'_> {
    Box::new(effects.bank_tenders.iter().map(|((incarnation, seq), row)| {
        args![effects.store_id, *incarnation, *seq, row.day, row.reference_hash, row.amount_vnd]
    }))
}
