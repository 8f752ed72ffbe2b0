//! A till that takes goods back.

use domain::ids::SaleId;
use domain::refund::{RefundLine, take_back};
use domain::sale::SaleLine;
use domain::stock::Location;
use domain::tender::{Tender, TenderKind};
use domain::{Money, Quantity, fact};
use protocol::Entry;
use protocol::payload::{self, Refund};
use uuid::Uuid;

use super::Till;

/// Returns pieces of a line that come back to the shelf after others did.
pub(crate) fn back(line_no: usize, line: &SaleLine, before: i64, pieces: i64) -> RefundLine {
    take_back(line_no, line, Quantity::pieces(before), Quantity::pieces(pieces), Location::Shelf).unwrap()
}

impl Till {
    /// Sells lines for cash and returns the sale.
    pub(crate) fn sell_lines(&mut self, lines: &[SaleLine]) -> SaleId {
        let id = SaleId::from_uuid(Uuid::new_v5(&Uuid::nil(), self.head.hash.bytes()));
        let sale = self.sale_of(lines.to_vec());
        self.write_sale(id, &sale);
        id
    }

    /// Returns a refund of lines in cash.
    pub(crate) fn refund_of(&self, lines: Vec<RefundLine>) -> Refund {
        let paid = Money::sum(lines.iter().map(|line| line.total().unwrap())).unwrap();
        let tenders = vec![Tender { kind: TenderKind::Cash, amount: paid }];
        let (refunded, _) = fact::refunded(lines, tenders, Money::ZERO).unwrap();
        let mut refund = Refund {
            receipt: format!("LS-{}-TH{:04}", self.stream.short_code(), self.head.seq),
            sale_receipt: "LS-0000-000001".to_owned(),
            shift: Uuid::from_u128(6),
            cashier: Uuid::from_u128(8),
            approved_by: Some(Uuid::from_u128(9)),
            counter: "1".to_owned(),
            paid: paid.vnd(),
            lines: Vec::new(),
            tenders: Vec::new(),
            rounding: 0,
            other: payload::sale::SaleOther::default(),
        };
        refund.set_refunded(&refunded);
        refund
    }

    /// Writes a `refund` or `void` of a sale.
    pub(crate) fn write_refund(&mut self, kind: &str, sale_id: Option<SaleId>, refund: &Refund) -> Entry {
        self.write(kind, sale_id.map(SaleId::uuid), &payload::write(refund).unwrap())
    }

    /// Takes lines of a sale back.
    pub(crate) fn take_back(&mut self, sale_id: SaleId, lines: Vec<RefundLine>) -> Entry {
        let refund = self.refund_of(lines);
        self.write_refund("refund", Some(sale_id), &refund)
    }
}
