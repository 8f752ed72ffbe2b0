//! `refund` and `void`, version 1: goods that came back, and a sale that was reversed as a whole before its shift closed.
//! Both name the sale in the envelope (a refund without a receipt names none) and carry every number, so that no reader needs the sale to post them.

use domain::consignment::Split;
use domain::fact::{Fact, Other, Refunded};
use domain::ids::{LotId, ProductFactsId, ProductId};
use domain::stock::Location;
use domain::{Money, Quantity, refund};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::goods::is_zero;
use super::sale::{SaleOther, SaleTax, SaleTender, SaleTerms, rate, tax_class};
use super::{FactError, Salt};

/// The shared part of a refund. Amounts are whole đồng, quantities thousandths of the unit; all are positive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refund {
    /// The number on the refund's own slip.
    pub receipt: String,
    /// The number on the sale's receipt; empty for a refund without one.
    pub sale_receipt: String,
    /// The shift.
    pub shift: Uuid,
    /// Who took the goods back; shown to the operator only.
    pub cashier: Uuid,
    /// The manager whose PIN was typed for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_by: Option<Uuid>,
    /// At which counter.
    pub counter: String,
    /// What the buyer got.
    pub paid: i64,
    /// Lines of the programme.
    pub lines: Vec<RefundLine>,
    /// What went out, per kind.
    pub tenders: Vec<SaleTender>,
    /// The sale's cash rounding, given back with its last pieces: all refunds together pay what was paid.
    pub rounding: i64,
    /// The lines outside the programme, as one amount.
    pub other: SaleOther,
}

/// The private part of a refund.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundPrivate {
    /// Makes the digest unguessable.
    pub salt: Salt,
    /// Why, as typed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Lines outside the programme.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<RefundLine>,
}

/// One line that came back, in whole or in part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundLine {
    /// Its place in the list of the sale's payload that it stood in, from 0.
    pub line_no: u32,
    /// The product.
    pub product: Uuid,
    /// What it counted as when it was sold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facts: Option<Uuid>,
    /// The lot that it goes back to.
    pub lot: Uuid,
    /// It is the product's unreceived one.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unreceived: bool,
    /// Thousandths of the unit.
    pub quantity: i64,
    /// Of the price before discounts.
    pub gross: i64,
    /// Of the discounts.
    pub discount: i64,
    /// Code of the VAT class.
    pub tax_class: String,
    /// Its rate at the sale in parts per million.
    pub tax_ppm: u32,
    /// Of the VAT.
    pub tax: i64,
    /// Consignment terms of the sale; none for own goods.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<SaleTerms>,
    /// What the parties give back; with `terms` only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub split: Option<RefundSplit>,
    /// `shelf`, or `waste` when it cannot be sold again.
    pub back_to: String,
    /// How much of what cannot be sold again the producer bears beside what the operator pays for.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub by_producer: i64,
    /// What the operator owes the producer for the rest, đồng.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub compensation: i64,
}

/// What the parties give back of a consigned line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundSplit {
    /// No longer owed to the producer.
    pub producer_due: i64,
    /// Of the operator's commission.
    pub commission: i64,
    /// Of the VAT on it.
    pub commission_tax: i64,
}

impl Refund {
    /// Returns the fact that it tells.
    ///
    /// # Errors
    /// When a value lies outside its type.
    pub fn fact(&self) -> Result<Fact, FactError> {
        let lines = self.lines.iter().map(|line| line.read(true)).collect::<Result<_, _>>()?;
        let paid = self.tenders.iter().map(SaleTender::read).collect::<Result<_, _>>()?;
        let taxes = self.other.taxes.iter().map(SaleTax::read).collect::<Result<_, _>>()?;
        let other = Other { gross: Money::new(self.other.gross), taxes };
        Ok(Fact::Refunded(Refunded { lines, paid, rounding: Money::new(self.rounding), other }))
    }

    /// Fills in what a [`Refunded`] tells; the caller completes the rest.
    pub fn set_refunded(&mut self, refunded: &Refunded) {
        self.lines = refunded.lines.iter().map(RefundLine::from).collect();
        self.tenders = refunded.paid.iter().map(SaleTender::from).collect();
        self.rounding = refunded.rounding.vnd();
        self.other = SaleOther::from(&refunded.other);
    }
}

impl RefundPrivate {
    /// Returns the fact that it tells: the lines that the department never sees.
    ///
    /// # Errors
    /// When a value lies outside its type.
    pub fn fact(&self) -> Result<Fact, FactError> {
        let lines = self.lines.iter().map(|line| line.read(false)).collect::<Result<_, _>>()?;
        Ok(Fact::RefundedOutside { lines })
    }
}

impl RefundLine {
    fn read(&self, in_programme: bool) -> Result<refund::RefundLine, FactError> {
        let back_to = match self.back_to.as_str() {
            "shelf" => Location::Shelf,
            "waste" => Location::Waste,
            _ => return Err(FactError::Code { what: "place that goods came back to" }),
        };
        Ok(refund::RefundLine {
            line_no: usize::try_from(self.line_no).unwrap_or(usize::MAX),
            product_id: ProductId::from_uuid(self.product),
            facts_id: self.facts.map(ProductFactsId::from_uuid),
            lot_id: LotId::from_uuid(self.lot),
            unreceived: self.unreceived,
            quantity: Quantity::from_milli(self.quantity),
            gross: Money::new(self.gross),
            discount: Money::new(self.discount),
            tax_class: tax_class(&self.tax_class)?,
            tax_rate: rate(self.tax_ppm)?,
            tax: Money::new(self.tax),
            in_programme,
            terms: self.terms.as_ref().map(SaleTerms::read).transpose()?,
            split: self.split.map(|split| Split {
                producer_due: Money::new(split.producer_due),
                commission: Money::new(split.commission),
                commission_tax: Money::new(split.commission_tax),
            }),
            back_to,
            by_producer: Quantity::from_milli(self.by_producer),
            compensation: Money::new(self.compensation),
        })
    }
}

impl From<&refund::RefundLine> for RefundLine {
    fn from(line: &refund::RefundLine) -> Self {
        Self {
            line_no: u32::try_from(line.line_no).unwrap_or(u32::MAX),
            product: line.product_id.uuid(),
            facts: line.facts_id.map(ProductFactsId::uuid),
            lot: line.lot_id.uuid(),
            unreceived: line.unreceived,
            quantity: line.quantity.milli(),
            gross: line.gross.vnd(),
            discount: line.discount.vnd(),
            tax_class: line.tax_class.code().to_owned(),
            tax_ppm: line.tax_rate.ppm(),
            tax: line.tax.vnd(),
            terms: line.terms.as_ref().map(SaleTerms::from),
            split: line.split.map(|split| RefundSplit {
                producer_due: split.producer_due.vnd(),
                commission: split.commission.vnd(),
                commission_tax: split.commission_tax.vnd(),
            }),
            back_to: line.back_to.code().to_owned(),
            by_producer: line.by_producer.milli(),
            compensation: line.compensation.vnd(),
        }
    }
}
