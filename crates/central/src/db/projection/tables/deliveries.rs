//! Rows of deliveries.

use super::Rows;
use crate::db::engine::args;
use crate::db::projection::effects::Effects;

pub(super) fn deliveries(effects: &Effects) -> Rows<'_> {
    Box::new(effects.deliveries.iter().map(|((incarnation, seq, number), row)| {
        args![
            effects.store_id,
            *incarnation,
            *seq,
            *number,
            row.lot_id,
            row.product_id,
            row.producer_id,
            row.day,
            row.quantity_milli,
            row.noted_milli,
        ]
    }))
}
