//! Deliveries of consigned goods, counted and noted.

use domain::fact::Fact;
use domain::ids::{LotId, ProducerId, ProductId};
use time::Date;

use super::super::told::Told;
use super::Effects;
use crate::db::entries::Filed;

/// A delivered lot of consigned goods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delivery {
    /// The lot.
    pub lot_id: LotId,
    /// What it holds.
    pub product_id: ProductId,
    /// Whose goods.
    pub producer_id: ProducerId,
    /// The business day.
    pub day: Date,
    /// Counted, thousandths of the unit.
    pub quantity_milli: i64,
    /// By the note; none when nobody typed it.
    pub noted_milli: Option<i64>,
}

impl Effects {
    pub(super) fn add_deliveries(&mut self, (filed, day): (&Filed, Date), told: &Told) {
        let Told::Moved { fact: Fact::Received { lines }, noted, .. } = told else { return };
        let (incarnation, seq) = (filed.stream.incarnation, filed.seq());
        for (number, (index, line)) in (1..).zip(lines.iter().enumerate()) {
            let Some(producer_id) = line.lot.owner.producer_id() else { continue };
            let row = Delivery {
                lot_id: line.lot.id,
                product_id: line.lot.product_id,
                producer_id,
                day,
                quantity_milli: line.quantity.milli(),
                noted_milli: noted.get(index).copied().flatten(),
            };
            self.deliveries.insert((incarnation, seq, number), row);
        }
    }
}
