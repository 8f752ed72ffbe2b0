//! Rows of goods that moved and of settlements with producers.

use domain::Rate;
use domain::ids::ProducerId;

use super::Rows;
use crate::db::engine::args;
use crate::db::projection::effects::Effects;

pub(super) fn stock_moves(effects: &Effects) -> Rows<'_> {
    Box::new(effects.stock_moves.iter().map(|((incarnation, seq, number), row)| {
        let worth = row.worth;
        args![
            effects.store_id,
            *incarnation,
            *seq,
            *number,
            row.product_id,
            row.lot_id,
            row.owner.producer_id().map(ProducerId::uuid),
            row.cause.code(),
            row.quantity,
            worth.gross,
            worth.discount,
            worth.commission_rate.map(Rate::ppm),
            worth.commission,
            worth.commission_tax,
            worth.due,
        ]
    }))
}

pub(super) fn settlements(effects: &Effects) -> Rows<'_> {
    Box::new(effects.settlements.iter().map(|((incarnation, seq), row)| {
        args![
            effects.store_id,
            *incarnation,
            *seq,
            row.producer_id,
            &row.number,
            row.is_settlement,
            row.day,
            row.due_vnd,
            row.carried_vnd,
            row.paid_vnd,
            row.closed_at_ms,
            row.joint_part,
            row.adjusted_vnd,
            row.corrects.map(|(incarnation, _)| incarnation),
            row.corrects.map(|(_, seq)| seq),
            &row.reason,
        ]
    }))
}

pub(super) fn settled(effects: &Effects) -> Rows<'_> {
    Box::new(effects.settled.iter().map(|((producer, incarnation, seq, until), until_seq)| {
        args![effects.store_id, *producer, *incarnation, *seq, *until, *until_seq]
    }))
}
