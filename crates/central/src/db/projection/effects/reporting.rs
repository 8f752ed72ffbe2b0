//! What entries add to the department's report: visitors, consigned goods by cause, sales under promotions, first days.

use domain::ids::ProductId;
use domain::sale::SaleLine;
use domain::stock_move::StockMove;
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
    pub(super) fn count_moves(&mut self, (drawer_day, day): (Date, Date), moves: &[StockMove]) {
        for moved in moves {
            self.count_first_day(moved.product_id, day);
            let cause = moved.cause.code();
            *self.goods_daily.entry((drawer_day, cause)).or_default() += moved.quantity.milli();
            if moved.owner.producer_id().is_some() {
                *self.consigned_daily.entry((day, cause)).or_default() += moved.quantity.milli();
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
