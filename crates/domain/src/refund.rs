//! Goods that come back: the same line in reverse, with the amounts that were frozen when it was sold. Parts of a line are
//! cumulative, so that everything taken back together is exactly what was sold, to the đồng.

pub mod remaining;

use rust_decimal::Decimal;

use crate::ids::{LotId, ProductFactsId, ProductId};
use crate::money::{Money, MoneyError, round_vnd};
use crate::quantity::Quantity;
use crate::removal;
use crate::sale::SaleLine;
use crate::stock::{Location, Owner};
use crate::tax::TaxClass;
use crate::{Rate, consignment::FrozenTerms, consignment::Split};

/// A line of a sale, or a part of it, that came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundLine {
    /// Which line of the sale: its place among the lines of the programme, or among those outside it; from 0.
    pub line_no: usize,
    /// The product.
    pub product_id: ProductId,
    /// What it counted as when it was sold.
    pub facts_id: Option<ProductFactsId>,
    /// The lot that it was sold from, and goes back to.
    pub lot_id: LotId,
    /// That lot is the product's "unreceived" one.
    pub unreceived: bool,
    /// How much came back.
    pub quantity: Quantity,
    /// Of the price before discounts.
    pub gross: Money,
    /// Of the discounts.
    pub discount: Money,
    /// VAT class.
    pub tax_class: TaxClass,
    /// The rate of the sale, whatever it is now.
    pub tax_rate: Rate,
    /// Of the VAT.
    pub tax: Money,
    /// Shared with the department, as its sale was.
    pub in_programme: bool,
    /// The consignment terms of the sale.
    pub terms: Option<FrozenTerms>,
    /// What the parties give back, for consigned goods.
    pub split: Option<Split>,
    /// [`Location::Shelf`], or [`Location::Waste`] when it cannot be sold again.
    pub back_to: Location,
    /// Of consigned goods that cannot be sold again: how much of it the producer bears where the operator pays for the rest. Zero
    /// where one of them bears all.
    pub by_producer: Quantity,
    /// What the operator owes the producer for those; zero when the producer bears them, as in all entries from before.
    pub compensation: Money,
}

impl RefundLine {
    /// Returns what the buyer gets for it.
    ///
    /// # Errors
    /// When the amount does not fit in 64 bits.
    pub fn total(&self) -> Result<Money, MoneyError> {
        self.gross.minus(self.discount)
    }

    /// Says whether somebody can bear it so: what goes back to the shelf, and the operator's own, is nobody's loss.
    pub fn is_borne(&self) -> bool {
        let lost = if self.back_to == Location::Waste { self.quantity } else { Quantity::ZERO };
        removal::is_borne(self.owner(), lost, self.by_producer, self.compensation)
    }

    /// Returns whose goods they are.
    pub fn owner(&self) -> Owner {
        Owner::from(self.terms.map(|terms| terms.producer_id))
    }
}

/// Goods that cannot be taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RefundError {
    /// Nothing, or less.
    #[error("choose at least one piece")]
    Nothing,
    /// More than was sold and has not come back yet.
    #[error("of this line only {left} can still come back")]
    TooMuch {
        /// What can still come back.
        left: Quantity,
    },
    /// A part of a piece.
    #[error("this product is sold by the piece: type a whole number")]
    NotWhole,
    /// An amount beyond 64 bits.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// Takes back `back` of a sold line, of which `before` came back earlier.
///
/// # Errors
/// When it is nothing, or more than is left.
pub fn take_back(
    line_no: usize,
    line: &SaleLine,
    before: Quantity,
    back: Quantity,
    back_to: Location,
) -> Result<RefundLine, RefundError> {
    if back <= Quantity::ZERO || before < Quantity::ZERO {
        return Err(RefundError::Nothing);
    }
    let left = line.quantity.minus(before).ok_or(MoneyError)?;
    if back > left {
        return Err(RefundError::TooMuch { left: left.max(Quantity::ZERO) });
    }
    let after = before.plus(back).ok_or(MoneyError)?;
    let part = |amount: Money| -> Result<Money, MoneyError> {
        share(amount, after, line.quantity)?.minus(share(amount, before, line.quantity)?)
    };
    // The net amount leads and the gross follows, so that a part is never worth less than nothing.
    let total = part(line.total()?)?;
    let discount = part(line.discount)?;
    let split = line.split()?.map(|split| -> Result<Split, MoneyError> {
        let (producer_due, commission_tax) = (part(split.producer_due)?, part(split.commission_tax)?);
        let commission = total.minus(producer_due)?.minus(commission_tax)?;
        Ok(Split { producer_due, commission, commission_tax })
    });
    Ok(RefundLine {
        line_no,
        product_id: line.product_id,
        facts_id: line.facts_id,
        lot_id: line.lot_id,
        unreceived: line.unreceived,
        quantity: back,
        gross: total.plus(discount)?,
        discount,
        tax_class: line.tax_class,
        tax_rate: line.tax_rate,
        tax: part(line.tax)?,
        in_programme: line.in_programme,
        terms: line.terms,
        split: split.transpose()?,
        back_to,
        by_producer: Quantity::ZERO,
        compensation: Money::ZERO,
    })
}

/// Returns what a part of a quantity is worth when all of it is worth `amount`.
fn share(amount: Money, part: Quantity, whole: Quantity) -> Result<Money, MoneyError> {
    let exact = Decimal::from(amount.vnd()).checked_mul(Decimal::from(part.milli()));
    let exact = exact.and_then(|exact| exact.checked_div(Decimal::from(whole.milli())));
    round_vnd(exact.ok_or(MoneyError)?)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::consignment::{Basis, Bearer};
    use crate::ids::ProducerId;

    fn line(gross: i64, discount: i64, pieces: i64, consigned: bool) -> SaleLine {
        let tax_rate = Rate::percent(8);
        let paid = Money::new(gross - discount);
        SaleLine {
            product_id: ProductId::from_uuid(Uuid::from_u128(1)),
            facts_id: None,
            sku: "SP001".to_owned(),
            name: "Tỏi đen Lý Sơn".to_owned(),
            unit: "Hộp 250g".to_owned(),
            price: Money::new(gross / pieces),
            price_version: 1,
            quantity: Quantity::pieces(pieces),
            gross: Money::new(gross),
            discount: Money::new(discount),
            promotion: None,
            list_price: None,
            combo: None,
            tax_class: TaxClass::Standard,
            tax_rate,
            tax: tax_rate.inside(paid).unwrap(),
            lot_id: LotId::from_uuid(Uuid::from_u128(2)),
            unreceived: false,
            in_programme: true,
            terms: consigned.then(|| FrozenTerms {
                producer_id: ProducerId::from_uuid(Uuid::from_u128(3)),
                terms_id: None,
                commission: Rate::percent(12),
                basis: Basis::Gross,
                discount_bearer: Bearer::Store,
                commission_tax: Rate::percent(8),
            }),
        }
    }

    #[test]
    fn never_more_than_was_sold() {
        let line = line(300_000, 0, 3, false);
        let back = |before, pieces| {
            take_back(0, &line, Quantity::pieces(before), Quantity::pieces(pieces), Location::Shelf)
                .map(|line| line.total().unwrap().vnd())
        };
        assert_eq!(back(0, 3), Ok(300_000));
        assert_eq!(back(2, 1), Ok(100_000));
        assert_eq!(back(2, 2), Err(RefundError::TooMuch { left: Quantity::pieces(1) }));
        assert_eq!(back(3, 1), Err(RefundError::TooMuch { left: Quantity::ZERO }));
        assert_eq!(back(0, 0), Err(RefundError::Nothing));
        assert_eq!(back(0, -1), Err(RefundError::Nothing));
    }

    proptest! {
        #[test]
        fn parts_add_up_to_the_whole(
            gross in 0i64..5_000_000, off in 0i64..=100, pieces in 1i64..30, consigned in any::<bool>(),
            cuts in prop::collection::vec(1i64..10, 1..30),
        ) {
            let line = line(gross, gross * off / 100, pieces, consigned);
            let mut before = Quantity::ZERO;
            let mut sums = [Money::ZERO; 6];
            let mut cuts = cuts.into_iter();
            while before < line.quantity {
                let left = line.quantity.minus(before).unwrap();
                let back = cuts.next().map_or(left, |pieces| Quantity::pieces(pieces).min(left));
                let part = take_back(0, &line, before, back, Location::Shelf).unwrap();
                prop_assert!(part.total().unwrap() >= Money::ZERO && part.discount >= Money::ZERO);
                let split = part.split.unwrap_or(Split { producer_due: Money::ZERO, commission: Money::ZERO, commission_tax: Money::ZERO });
                let amounts = [part.gross, part.discount, part.tax, split.producer_due, split.commission, split.commission_tax];
                for (sum, amount) in sums.iter_mut().zip(amounts) {
                    *sum = sum.plus(amount).unwrap();
                }
                before = before.plus(back).unwrap();
            }
            let split = line.split().unwrap().unwrap_or(Split { producer_due: Money::ZERO, commission: Money::ZERO, commission_tax: Money::ZERO });
            prop_assert_eq!(sums, [line.gross, line.discount, line.tax, split.producer_due, split.commission, split.commission_tax]);
        }
    }
}
