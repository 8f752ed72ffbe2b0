//! `sale`, version 1.

use domain::consignment::{Basis, Bearer, FrozenTerms};
use domain::fact::{Fact, Other, Sold};
use domain::ids::{LotId, ProducerId, ProductFactsId, ProductId, PromotionId, TermsId};
use domain::pad::{PadError, PadLines, PadSale};
use domain::tax::TaxClass;
use domain::tender::{Tender, TenderKind};
use domain::{Money, Quantity, Rate, sale};
use serde::{Deserialize, Serialize};
use time::Date;
use uuid::Uuid;

use super::{FactError, Salt};
use crate::stream::iso_date;

/// The shared part of a sale. Amounts are whole đồng, quantities thousandths of the unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sale {
    /// The number on the receipt.
    pub receipt: String,
    /// The shift.
    pub shift: Uuid,
    /// Who sold; shown to the operator only.
    pub cashier: Uuid,
    /// At which counter.
    pub counter: String,
    /// What the buyer had to pay.
    pub payable: i64,
    /// Lines of the programme.
    pub lines: Vec<SaleLine>,
    /// What stayed in the store, per kind.
    pub tenders: Vec<SaleTender>,
    /// What was handed over, all kinds together.
    pub tendered: i64,
    /// What went back in cash.
    pub change: i64,
    /// Cash rounding: payable − Σ lines.
    pub rounding: i64,
    /// The lines outside the programme, as one amount.
    pub other: SaleOther,
    /// Where it was written by hand before it was entered; none for a sale made at the till.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pad: Option<SalePad>,
}

/// A sale on the pad. The cashier of the sale is who typed it in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SalePad {
    /// When the goods were handed over, as written down; UTC milliseconds.
    pub claimed_at: i64,
    /// The day that the sale counts on; its price, tax, terms and promotions are of that day.
    #[serde(with = "iso_date")]
    pub day: Date,
    /// Its first line on the pad, from 1.
    pub first_line: u16,
    /// Its last line; the first one again for a single line.
    pub last_line: u16,
    /// All that there was of some goods had been past its date, and they may not be sold then.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub past_date: bool,
    /// Sales that looked like this one, and of which the cashier said that they are others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub told_apart: Vec<Uuid>,
}

/// The private part of a sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SalePrivate {
    /// Makes the digest unguessable.
    pub salt: Salt,
    /// Lines outside the programme.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<SaleLine>,
    /// What a person took off by hand: why, and by whose leave.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reductions: Vec<SaleReduction>,
    /// What was noted down.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<SaleRemark>,
    /// Who owes what is on credit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owed: Option<Owed>,
}

/// Something that a person allowed: taken off by hand, or sold past its date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaleReduction {
    /// Row of the receipt, from 0; none for the whole sale.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<i64>,
    /// `price` for a price set by hand, `discount` for something taken off, `past_date` for goods sold past their date.
    pub kind: String,
    /// Đồng that the buyer paid less by it; negative where a price went up.
    pub off: i64,
    /// Of `past_date`: how much of the row's product was allowed, in thousandths.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<i64>,
    /// As typed; may be empty within a cashier's own limit.
    pub reason: String,
    /// The manager who allowed it; none within a cashier's own limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_by: Option<Uuid>,
}

/// Something noted down by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaleRemark {
    /// Row of the receipt, from 0; none for the whole sale.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<i64>,
    /// As typed.
    pub text: String,
}

/// One line, with everything frozen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaleLine {
    /// The product.
    pub product: Uuid,
    /// What it counted as.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facts: Option<Uuid>,
    /// The shop's own code.
    pub sku: String,
    /// Name as printed.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// Price of a unit, VAT included.
    pub price: i64,
    /// Version of the price.
    pub price_version: i64,
    /// Thousandths of the unit.
    pub quantity: i64,
    /// Before discounts.
    pub gross: i64,
    /// Discounts, all together.
    pub discount: i64,
    /// The promotion among them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promotion: Option<SalePromotion>,
    /// The price of the catalogue, where another was set by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list_price: Option<i64>,
    /// Code of the VAT class.
    pub tax_class: String,
    /// Its rate in parts per million.
    pub tax_ppm: u32,
    /// VAT inside gross − discount.
    pub tax: i64,
    /// The lot.
    pub lot: Uuid,
    /// The book had none.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unreceived: bool,
    /// Consignment terms; none for own goods.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<SaleTerms>,
    /// The combo that it was sold in; none for a product by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub combo: Option<SaleCombo>,
}

/// Of which combo a line is a part. It is told for people: nothing is computed from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaleCombo {
    /// The combo, as a product.
    pub product: Uuid,
    /// Its name as printed.
    pub name: String,
    /// Row of the receipt, from 0.
    pub row: u32,
    /// Which part of it, from 0; lots of one part share it.
    pub part: u32,
}

/// What a promotion took off a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SalePromotion {
    /// Which.
    pub promotion: Uuid,
    /// Đồng, among the line's discount.
    pub off: i64,
}

/// Frozen consignment terms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaleTerms {
    /// Whose goods.
    pub producer: Uuid,
    /// Version of the terms; none when the store had none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<Uuid>,
    /// Commission in parts per million.
    pub commission_ppm: u32,
    /// `gross` or `net`.
    pub basis: String,
    /// `store` or `producer`.
    pub discount_bearer: String,
    /// VAT on the commission in parts per million.
    pub commission_tax_ppm: u32,
}

/// Who owes what a sale left on credit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owed {
    /// Name, as typed.
    pub by: String,
    /// The manager who allowed it, where one was needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_by: Option<Uuid>,
}

/// An amount that stayed in the store, or that it waits for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaleTender {
    /// `cash`, `vietqr`, `card`, `claimed`, `credit`.
    pub kind: String,
    /// Đồng.
    pub amount: i64,
}

/// Lines outside the programme, summed up.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaleOther {
    /// What the buyer paid for them.
    pub gross: i64,
    /// VAT inside, per class and rate.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub taxes: Vec<SaleTax>,
}

/// VAT of a class at a rate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaleTax {
    /// Code of the class.
    pub class: String,
    /// Parts per million.
    pub ppm: u32,
    /// Đồng.
    pub tax: i64,
}

impl Sale {
    /// Returns the fact that it tells.
    ///
    /// # Errors
    /// When a value lies outside its type.
    pub fn fact(&self) -> Result<Fact, FactError> {
        let lines = self.lines.iter().map(|line| line.read(true)).collect::<Result<_, _>>()?;
        let kept = self.tenders.iter().map(SaleTender::read).collect::<Result<_, _>>()?;
        let taxes = self.other.taxes.iter().map(SaleTax::read).collect::<Result<_, _>>()?;
        let other = Other { gross: Money::new(self.other.gross), taxes };
        Ok(Fact::Sold(Sold { lines, kept, rounding: Money::new(self.rounding), other }))
    }

    /// Fills in what a [`Sold`] tells; the caller completes the rest.
    pub fn set_sold(&mut self, sold: &Sold) {
        self.lines = sold.lines.iter().map(SaleLine::from).collect();
        self.tenders = sold.kept.iter().map(SaleTender::from).collect();
        self.rounding = sold.rounding.vnd();
        self.other = SaleOther::from(&sold.other);
    }
}

impl SalePad {
    /// Returns what the pad says of a sale, with goods past their date or not.
    pub const fn new(pad: &PadSale, past_date: bool, told_apart: Vec<Uuid>) -> Self {
        let PadSale { claimed_at_ms, day, lines } = *pad;
        let (first_line, last_line) = (lines.first(), lines.last());
        Self { claimed_at: claimed_at_ms, day, first_line, last_line, past_date, told_apart }
    }

    /// Returns the same as a value of the trade.
    ///
    /// # Errors
    /// When its numbers are none of a pad.
    pub fn read(&self) -> Result<PadSale, PadError> {
        let lines = PadLines::new(self.first_line, self.last_line)?;
        Ok(PadSale { claimed_at_ms: self.claimed_at, day: self.day, lines })
    }
}

impl From<&Other> for SaleOther {
    fn from(other: &Other) -> Self {
        let tax = |(class, rate, tax): &(TaxClass, Rate, Money)| SaleTax {
            class: class.code().to_owned(),
            ppm: rate.ppm(),
            tax: tax.vnd(),
        };
        Self { gross: other.gross.vnd(), taxes: other.taxes.iter().map(tax).collect() }
    }
}

impl SalePrivate {
    /// Returns the fact that it tells: the lines that the department never sees.
    ///
    /// # Errors
    /// When a value lies outside its type.
    pub fn fact(&self) -> Result<Fact, FactError> {
        let lines = self.lines.iter().map(|line| line.read(false)).collect::<Result<_, _>>()?;
        Ok(Fact::SoldOutside { lines })
    }
}

impl SaleTender {
    pub(super) fn read(&self) -> Result<Tender, FactError> {
        let kind = TenderKind::from_code(&self.kind).ok_or(FactError::Code { what: "kind of tender" })?;
        Ok(Tender { kind, amount: Money::new(self.amount) })
    }
}

impl From<&Tender> for SaleTender {
    fn from(tender: &Tender) -> Self {
        Self { kind: tender.kind.code().to_owned(), amount: tender.amount.vnd() }
    }
}

impl SaleTax {
    pub(super) fn read(&self) -> Result<(TaxClass, Rate, Money), FactError> {
        Ok((tax_class(&self.class)?, rate(self.ppm)?, Money::new(self.tax)))
    }
}

impl SaleLine {
    fn read(&self, in_programme: bool) -> Result<sale::SaleLine, FactError> {
        Ok(sale::SaleLine {
            product_id: ProductId::from_uuid(self.product),
            facts_id: self.facts.map(ProductFactsId::from_uuid),
            sku: self.sku.clone(),
            name: self.name.clone(),
            unit: self.unit.clone(),
            price: Money::new(self.price),
            price_version: self.price_version,
            quantity: Quantity::from_milli(self.quantity),
            gross: Money::new(self.gross),
            discount: Money::new(self.discount),
            promotion: self.promotion.map(|told| sale::PromotionOff {
                id: PromotionId::from_uuid(told.promotion),
                off: Money::new(told.off),
            }),
            list_price: self.list_price.map(Money::new),
            tax_class: tax_class(&self.tax_class)?,
            tax_rate: rate(self.tax_ppm)?,
            tax: Money::new(self.tax),
            lot_id: LotId::from_uuid(self.lot),
            unreceived: self.unreceived,
            in_programme,
            terms: self.terms.as_ref().map(SaleTerms::read).transpose()?,
            combo: self.combo.as_ref().map(SaleCombo::read),
        })
    }
}

impl SaleCombo {
    fn read(&self) -> sale::PartOf {
        let number = |number| usize::try_from(number).unwrap_or(usize::MAX);
        sale::PartOf {
            combo_id: ProductId::from_uuid(self.product),
            name: self.name.clone(),
            row: number(self.row),
            part: number(self.part),
        }
    }
}

impl From<&sale::PartOf> for SaleCombo {
    fn from(of: &sale::PartOf) -> Self {
        let number = |number| u32::try_from(number).unwrap_or(u32::MAX);
        Self {
            product: of.combo_id.uuid(),
            name: of.name.clone(),
            row: number(of.row),
            part: number(of.part),
        }
    }
}

impl From<&sale::SaleLine> for SaleLine {
    fn from(line: &sale::SaleLine) -> Self {
        Self {
            product: line.product_id.uuid(),
            facts: line.facts_id.map(ProductFactsId::uuid),
            sku: line.sku.clone(),
            name: line.name.clone(),
            unit: line.unit.clone(),
            price: line.price.vnd(),
            price_version: line.price_version,
            quantity: line.quantity.milli(),
            gross: line.gross.vnd(),
            discount: line.discount.vnd(),
            promotion: line
                .promotion
                .map(|off| SalePromotion { promotion: off.id.uuid(), off: off.off.vnd() }),
            list_price: line.list_price.map(Money::vnd),
            tax_class: line.tax_class.code().to_owned(),
            tax_ppm: line.tax_rate.ppm(),
            tax: line.tax.vnd(),
            lot: line.lot_id.uuid(),
            unreceived: line.unreceived,
            terms: line.terms.as_ref().map(SaleTerms::from),
            combo: line.combo.as_ref().map(SaleCombo::from),
        }
    }
}

impl SaleTerms {
    pub(super) fn read(&self) -> Result<FrozenTerms, FactError> {
        Ok(FrozenTerms {
            producer_id: ProducerId::from_uuid(self.producer),
            terms_id: self.terms.map(TermsId::from_uuid),
            commission: rate(self.commission_ppm)?,
            basis: Basis::from_code(&self.basis).ok_or(FactError::Code { what: "commission basis" })?,
            discount_bearer: Bearer::from_code(&self.discount_bearer)
                .ok_or(FactError::Code { what: "bearer of discounts" })?,
            commission_tax: rate(self.commission_tax_ppm)?,
        })
    }
}

impl From<&FrozenTerms> for SaleTerms {
    fn from(terms: &FrozenTerms) -> Self {
        Self {
            producer: terms.producer_id.uuid(),
            terms: terms.terms_id.map(TermsId::uuid),
            commission_ppm: terms.commission.ppm(),
            basis: terms.basis.code().to_owned(),
            discount_bearer: terms.discount_bearer.code().to_owned(),
            commission_tax_ppm: terms.commission_tax.ppm(),
        }
    }
}

pub(super) fn tax_class(code: &str) -> Result<TaxClass, FactError> {
    TaxClass::from_code(code).ok_or(FactError::Code { what: "tax class" })
}

pub(super) fn rate(ppm: u32) -> Result<Rate, FactError> {
    Rate::from_ppm(ppm).map_err(|_| FactError::Rate)
}
