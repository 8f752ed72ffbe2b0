//! Deliveries of consigned goods, counted and noted.

use domain::fact::{Fact, ReceivedLine};
use domain::ids::{LotId, ProducerId, ProductId};
use domain::removal::RemovedLine;
use protocol::payload::GoodsInMissing;
use time::Date;
use uuid::Uuid;

use super::super::told::Told;
use super::Effects;
use crate::db::entries::Filed;

/// A delivered lot of consigned goods, one that was taken back, or goods that a note names and that did not come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delivery {
    /// The lot; zeros where nothing came.
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

impl Delivery {
    /// Returns the row of goods that did not come; `None` for those that would be the operator's.
    fn missing(day: Date, told: &GoodsInMissing) -> Option<Self> {
        Some(Self {
            lot_id: LotId::from_uuid(Uuid::nil()),
            product_id: told.product.into(),
            producer_id: told.producer?.into(),
            day,
            quantity_milli: 0,
            noted_milli: Some(told.noted),
        })
    }
}

impl Effects {
    pub(super) fn add_deliveries(&mut self, (filed, day): (&Filed, Date), told: &Told) {
        let Told::Moved { fact, noted, missing, takes_back, .. } = told else { return };
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
                let missing = missing.iter().map(|told| Delivery::missing(day, told));
                lines.iter().enumerate().map(row).chain(missing).collect()
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
