//! What entries add to the department's report: visitors, consigned goods by cause, sales under promotions, first days.

use std::collections::BTreeSet;

use domain::ids::ProductId;
use domain::sale::SaleLine;
use domain::stock_move::{MoveCause, StockMove};
use time::Date;

use super::{Effects, Line};

/// More visitors or tastings of a shift are no answer; tills take no more either.
const VISITORS_MAX: i64 = 100_000;

/// What the shifts of a day counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Visitors {
    /// Shifts that were closed.
    pub shift_count: i64,
    /// Shifts whose cashier said how many came.
    pub answered_count: i64,
    /// Visitors, about.
    pub visitor_count: i64,
    /// Tastings given.
    pub tasting_count: i64,
}

/// How producers' goods moved on a day for one cause.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Consigned {
    /// Thousandths of whatever units, to the shelf; negative for away from it.
    pub quantity_milli: i64,
    /// Lots, each once for an entry; less than nothing for deliveries that were taken back.
    pub move_count: i64,
    /// What buyers paid, đồng; negative for what came back, nothing for what was not sold.
    pub revenue_vnd: i64,
}

/// What was sold under a promotion on a day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Promoted {
    /// Thousandths of the unit.
    pub quantity_milli: i64,
    /// What buyers paid, đồng.
    pub revenue_vnd: i64,
    /// What the promotion took off, đồng.
    pub off_vnd: i64,
    /// Lines.
    pub line_count: i64,
}

impl Effects {
    pub(super) fn add_shift(&mut self, day: Date, visitors: Option<i64>, tastings: Option<i64>) {
        let counted = |answer: Option<i64>| answer.filter(|count| (0..=VISITORS_MAX).contains(count));
        let of_day = self.visitors_daily.entry(day).or_default();
        of_day.shift_count += 1;
        of_day.answered_count += i64::from(counted(visitors).is_some());
        of_day.visitor_count += counted(visitors).unwrap_or(0);
        of_day.tasting_count += counted(tastings).unwrap_or(0);
    }

    /// Counts what came to the shelf and left it, by cause: all goods on the day of their drawer, as money is, and producers' goods by
    /// themselves on the day on which they were sold.
    ///
    /// Of consigned goods a lot counts once for each cause of an entry, in however many parts it moved. What only stands for goods that were
    /// sold before they came changed nothing and is no move. A delivery that is taken back is one less that came, on the day on which that
    /// is said, and none that was given back.
    pub(super) fn count_moves(
        &mut self,
        (drawer_day, day): (Date, Date),
        (moves, takes_back): (&[StockMove], bool),
    ) {
        let mut counted = BTreeSet::new();
        for moved in moves {
            self.count_first_day(moved.product_id, day);
            let cause = moved.cause.code();
            *self.goods_daily.entry((drawer_day, cause)).or_default() += moved.quantity.milli();
            if moved.owner.producer_id().is_some() {
                let cause = if takes_back { MoveCause::Received.code() } else { cause };
                let of_day = self.consigned_daily.entry((day, cause)).or_default();
                of_day.quantity_milli += moved.quantity.milli();
                if moved.cause != MoveCause::Covered && counted.insert((moved.lot_id, cause)) {
                    of_day.move_count += if takes_back { -1 } else { 1 };
                }
                of_day.revenue_vnd += moved.worth.gross.vnd() - moved.worth.discount.vnd();
            }
        }
    }

    fn count_first_day(&mut self, product: ProductId, day: Date) {
        let first = self.first_days.entry(product).or_insert(day);
        *first = day.min(*first);
    }

    pub(super) fn count_promotion(&mut self, line: &SaleLine, row: Line) {
        let Some(promotion) = line.promotion else { return };
        let of_day = self.promoted_daily.entry((row.day, promotion.id)).or_default();
        of_day.quantity_milli += row.quantity_milli;
        of_day.revenue_vnd += row.gross_vnd - row.discount_vnd;
        // A promotion never takes off more than the line had.
        of_day.off_vnd += promotion.off.vnd().clamp(0, row.gross_vnd.max(0));
        of_day.line_count += 1;
    }
}

#[cfg(test)]
mod tests {
    use domain::Quantity;
    use domain::ids::{LotId, ProducerId, StoreId};
    use domain::removal::Cause;
    use domain::stock::Owner;
    use domain::stock_move::Worth;
    use time::macros::date;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_lot_counts_once_for_an_entry_and_cause() {
        let moved = |lot: u128, cause, milli| StockMove {
            product_id: ProductId::from_uuid(Uuid::from_u128(1)),
            lot_id: LotId::from_uuid(Uuid::from_u128(lot)),
            owner: Owner::from(Some(ProducerId::from_uuid(Uuid::from_u128(2)))),
            cause,
            quantity: Quantity::from_milli(milli),
            worth: Worth::default(),
        };
        let lost = MoveCause::Removed(Cause::Lost);
        let moves = [
            moved(3, MoveCause::Arrived, 9_000),
            moved(3, MoveCause::Covered, -2_000),
            moved(4, MoveCause::Covered, 2_000),
            // What was lost on the way is shared: two parts of one loss.
            moved(3, lost, -1_000),
            moved(3, lost, -500),
            moved(5, lost, -250),
        ];
        let day = date!(2026 - 11 - 23);
        let mut effects = Effects::new(StoreId::from_uuid(Uuid::from_u128(6)));
        effects.count_moves((day, day), (&moves, false));
        let of = |cause: MoveCause| {
            let row = effects.consigned_daily[&(day, cause.code())];
            (row.move_count, row.quantity_milli)
        };
        assert_eq!([MoveCause::Arrived, MoveCause::Covered, lost].map(of), [(1, 9_000), (0, 0), (2, -1_750)]);
    }
}
