//! Deliveries of consigned goods, counted and noted.

use domain::fact::{Fact, ReceivedLine};
use domain::ids::{LotId, ProducerId, ProductId};
use domain::removal::RemovedLine;
use time::Date;

use super::super::told::Told;
use super::Effects;
use crate::db::entries::Filed;

/// A delivered lot of consigned goods, or one that was taken back.
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
    /// Counted, thousandths of the unit; less than nothing where a delivery that was entered by mistake is taken back.
    pub quantity_milli: i64,
    /// By the note; none when nobody typed it.
    pub noted_milli: Option<i64>,
}

impl Effects {
    pub(super) fn add_deliveries(&mut self, (filed, day): (&Filed, Date), told: &Told) {
        let Told::Moved { fact, noted, takes_back, .. } = told else { return };
        let rows: Vec<Option<Delivery>> = match fact {
            Fact::Received { lines } => {
                let row = |(index, line): (usize, &ReceivedLine)| {
                    Some(Delivery {
                        lot_id: line.lot.id,
                        product_id: line.lot.product_id,
                        producer_id: line.lot.owner.producer_id()?,
                        day,
                        quantity_milli: line.quantity.milli(),
                        noted_milli: noted.get(index).copied().flatten(),
                    })
                };
                lines.iter().enumerate().map(row).collect()
            }
            // The row stays as it was told; this one takes it off the list, in whichever run of entries it comes.
            Fact::Removed { lines, .. } if *takes_back => {
                let row = |line: &RemovedLine| {
                    Some(Delivery {
                        lot_id: line.lot_id,
                        product_id: line.product_id,
                        producer_id: line.owner.producer_id()?,
                        day,
                        quantity_milli: line.quantity.milli().saturating_neg(),
                        noted_milli: None,
                    })
                };
                lines.iter().map(row).collect()
            }
            _ => return,
        };
        let (incarnation, seq) = (filed.stream.incarnation, filed.seq());
        for (number, row) in (1..).zip(rows) {
            if let Some(row) = row {
                self.deliveries.insert((incarnation, seq, number), row);
            }
        }
    }
}
