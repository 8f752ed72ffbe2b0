//! Rows of goods on their way between stores, and of goods that were packed anew.

use super::Rows;
use crate::db::engine::args;
use crate::db::projection::effects::Effects;

pub(super) fn transfers(effects: &Effects) -> Rows<'_> {
    Box::new(effects.transfers.iter().map(|((incarnation, seq), row)| {
        args![
            effects.store_id,
            *incarnation,
            *seq,
            &row.number,
            row.is_out,
            row.other_store_id,
            row.lot_count,
            row.is_whole,
            row.day,
            row.at_ms,
        ]
    }))
}

pub(super) fn lot_ancestors(effects: &Effects) -> Rows<'_> {
    let row = |(lot_id, ancestor_id): &(_, _)| args![effects.store_id, *lot_id, *ancestor_id];
    Box::new(effects.lot_ancestors.iter().map(row))
}
