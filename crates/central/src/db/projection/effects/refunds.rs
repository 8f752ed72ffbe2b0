//! What a refund does to the totals: negative amounts on the business day of the refund, so that what sold and what a
//! producer is owed come out net.

use domain::ids::SaleId;
use domain::refund::RefundLine;
use time::Date;

use super::super::refunds::facts_of;
use super::super::told::RefundTold;
use super::{Effects, Line};
use crate::db::entries::{Filed, plain};

/// A refund, or a sale that was voided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refund {
    /// The sale; none without a receipt.
    pub sale_id: Option<SaleId>,
    /// The number of its slip.
    pub receipt: String,
    /// The business day.
    pub day: Date,
    /// What the buyer got, đồng.
    pub paid_vnd: i64,
    /// The whole sale was reversed before its shift closed.
    pub is_void: bool,
}

impl Effects {
    /// A refund leaves its sale a receipt of its day; a voided sale never was one.
    pub(super) fn add_refund(&mut self, (filed, day): (&Filed, Date), told: &RefundTold) {
        let Some(refunded) = told.refunded() else { return };
        let at = (filed.stream.incarnation, filed.entry.envelope.seq);
        let row = Refund {
            sale_id: told.sale_id,
            receipt: plain(&told.receipt, 40),
            day,
            paid_vnd: told.paid_vnd,
            is_void: told.is_void,
        };
        self.refunds.insert(at, row);
        let of_day = self.receipts_daily.entry(day).or_default();
        of_day.payable_vnd -= told.paid_vnd;
        if told.is_void {
            of_day.receipt_count -= 1;
            self.count_products(day, refunded.lines.iter().map(|line| line.product_id), -1);
        }
        for (line, number) in refunded.lines.iter().zip(1..) {
            self.add_refund_line(line, (told, day), (at.0, at.1, number));
        }
    }

    fn add_refund_line(&mut self, line: &RefundLine, (told, day): (&RefundTold, Date), at: (u128, i64, i64)) {
        let row = Line {
            product_id: line.product_id,
            product_facts_id: facts_of(line),
            producer_id: line.owner().producer_id(),
            lot_id: line.lot_id,
            day,
            quantity_milli: -line.quantity.milli(),
            gross_vnd: -line.gross.vnd(),
            discount_vnd: -line.discount.vnd(),
            tax_vnd: -line.tax.vnd(),
            producer_due_vnd: line.split.map_or(0, |split| -split.producer_due.vnd()),
            commission_vnd: line.split.map_or(0, |split| -split.commission.vnd()),
            commission_tax_vnd: line.split.map_or(0, |split| -split.commission_tax.vnd()),
        };
        self.count_line(at, row, if told.is_void { -1 } else { 0 });
        if let Some(sale_id) = told.sale_id {
            let line_no = i64::try_from(line.line_no).unwrap_or(i64::MAX);
            *self.refunded_lines.entry((sale_id, line_no)).or_default() += line.quantity.milli();
        }
    }
}
