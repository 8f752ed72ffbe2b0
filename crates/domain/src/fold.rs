//! The fold: a fact becomes postings of goods and money that sum to zero. Store and central apply the same ones,
//! each with its own SQL, so their books can be compared figure by figure.

use crate::fact::{Fact, Other, ReceivedLine, Sold};
use crate::ids::{LotId, ProducerId, ProductId, StoreId};
use crate::money::{Money, MoneyError};
use crate::quantity::Quantity;
use crate::sale::SaleLine;
use crate::stock::Location;
use crate::tender::TenderKind;

/// Where money stands. Debits are positive, credits negative; all accounts together are always zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Account {
    /// Notes in the drawer.
    Cash,
    /// Transfers received.
    Bank,
    /// Card payments received.
    Card,
    /// Money put into drawers to give change from.
    Float,
    /// Differences found by counting.
    CashOverShort,
    /// Cash rounding.
    Rounding,
    /// Owed to a producer.
    ProducerDue(ProducerId),
    /// The operator's commission.
    Commission,
    /// The operator's own goods, without VAT.
    Sales,
    /// VAT on own goods and on commission.
    Tax,
    /// Lines outside the programme, as the department sees them.
    Other,
    /// Money of entries that could not be interpreted.
    Suspense,
}

impl Account {
    /// Returns the name that tables use; the producer of [`Account::ProducerDue`] stands beside it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Cash => "cash",
            Self::Bank => "bank",
            Self::Card => "card",
            Self::Float => "float",
            Self::CashOverShort => "cash_over_short",
            Self::Rounding => "rounding",
            Self::ProducerDue(_) => "producer_due",
            Self::Commission => "commission",
            Self::Sales => "sales",
            Self::Tax => "tax",
            Self::Other => "other",
            Self::Suspense => "suspense",
        }
    }

    /// Returns the producer of [`Account::ProducerDue`].
    pub const fn producer_id(self) -> Option<ProducerId> {
        match self {
            Self::ProducerDue(id) => Some(id),
            _ => None,
        }
    }
}

impl From<TenderKind> for Account {
    fn from(kind: TenderKind) -> Self {
        match kind {
            TenderKind::Cash => Self::Cash,
            TenderKind::VietQr => Self::Bank,
            TenderKind::Card => Self::Card,
        }
    }
}

/// One leg of what a fact does to the books.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Posting {
    /// Money on an account; debit positive.
    Money(Account, Money),
    /// A quantity of a lot at a location; what arrives is positive.
    Stock(Place, Quantity),
}

/// A lot of a product at a location.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The product.
    pub product_id: ProductId,
    /// Its lot.
    pub lot_id: LotId,
    /// Where.
    pub location: Location,
}

/// A fact that cannot have happened as told. Central keeps its entry all the same, and its money in suspense.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FoldError {
    /// A quantity of nothing, or less.
    #[error("a line has no positive quantity")]
    Quantity,
    /// Negative amounts, or a discount above the price.
    #[error("a line has a negative amount")]
    Amount,
    /// VAT that does not follow from total and rate.
    #[error("a line's VAT does not follow from its total and rate")]
    Tax,
    /// Tenders and lines differ.
    #[error("the money handed over is not the sum of the lines")]
    Unbalanced,
    /// An amount beyond 64 bits.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// Returns the postings of a fact.
///
/// # Errors
/// When its numbers contradict each other.
pub fn fold(fact: &Fact, store_id: StoreId) -> Result<Vec<Posting>, FoldError> {
    let mut postings = Vec::new();
    match fact {
        Fact::ShiftOpened { float } => move_money(&mut postings, Account::Float, Account::Cash, *float)?,
        Fact::ShiftClosed { float, expected, counted } => {
            let over = counted.minus(*expected)?;
            move_money(&mut postings, Account::CashOverShort, Account::Cash, over)?;
            move_money(&mut postings, Account::Cash, Account::Float, *float)?;
        }
        Fact::Sold(sale) => sold(&mut postings, sale)?,
        Fact::SoldOutside { lines } => {
            let mut gross = Money::ZERO;
            for line in lines {
                gross = gross.plus(sold_line(&mut postings, line)?)?;
            }
            postings.push(Posting::Money(Account::Other, gross));
        }
        Fact::Received { lines } => {
            for line in lines {
                received(&mut postings, line, store_id)?;
            }
        }
        Fact::Noted => {}
    }
    postings.retain(|posting| *posting != zero_of(posting));
    balanced(&postings)?;
    Ok(postings)
}

/// Returns the postings of a sale that [`fold`] refuses: its money goes to suspense, no goods move.
///
/// # Errors
/// When its tenders alone do not fit in 64 bits.
pub fn suspend(fact: &Fact) -> Result<Vec<Posting>, FoldError> {
    let Fact::Sold(sale) = fact else { return Ok(Vec::new()) };
    let mut postings = Vec::new();
    for tender in &sale.kept {
        move_money(&mut postings, Account::Suspense, tender.kind.into(), tender.amount)?;
    }
    Ok(postings)
}

fn sold(postings: &mut Vec<Posting>, sale: &Sold) -> Result<(), FoldError> {
    for tender in &sale.kept {
        if tender.amount <= Money::ZERO {
            return Err(FoldError::Amount);
        }
        postings.push(Posting::Money(tender.kind.into(), tender.amount));
    }
    for line in &sale.lines {
        sold_line(postings, line)?;
    }
    let Other { gross, taxes } = &sale.other;
    if gross.is_negative() || taxes.iter().any(|(_, _, tax)| tax.is_negative()) {
        return Err(FoldError::Amount);
    }
    postings.push(Posting::Money(Account::Other, gross.negated()?));
    postings.push(Posting::Money(Account::Rounding, sale.rounding.negated()?));
    Ok(())
}

/// Posts a line's credits and its goods; returns what the buyer paid for it.
fn sold_line(postings: &mut Vec<Posting>, line: &SaleLine) -> Result<Money, FoldError> {
    let total = line.total()?;
    if line.quantity <= Quantity::ZERO {
        return Err(FoldError::Quantity);
    }
    if line.gross.is_negative() || line.discount.is_negative() || total.is_negative() {
        return Err(FoldError::Amount);
    }
    if line.tax != line.tax_rate.inside(total)? {
        return Err(FoldError::Tax);
    }
    let mut credit = |account, amount: Money| -> Result<(), FoldError> {
        postings.push(Posting::Money(account, amount.negated()?));
        Ok(())
    };
    match (line.terms, line.split()?) {
        (Some(terms), Some(split)) => {
            credit(Account::ProducerDue(terms.producer_id), split.producer_due)?;
            credit(Account::Commission, split.commission)?;
            credit(Account::Tax, split.commission_tax)?;
        }
        _ => {
            credit(Account::Sales, total.minus(line.tax)?)?;
            credit(Account::Tax, line.tax)?;
        }
    }
    let place = |location| Place { product_id: line.product_id, lot_id: line.lot_id, location };
    move_stock(postings, place(Location::Shelf), place(Location::Customer), line.quantity)?;
    Ok(total)
}

fn received(postings: &mut Vec<Posting>, line: &ReceivedLine, store_id: StoreId) -> Result<(), FoldError> {
    let covers = line.covers_unreceived;
    if line.quantity <= Quantity::ZERO || covers < Quantity::ZERO || covers > line.quantity {
        return Err(FoldError::Quantity);
    }
    let product_id = line.lot.product_id;
    let new = |location| Place { product_id, lot_id: line.lot.id, location };
    let unreceived = |location| Place { product_id, lot_id: line.unreceived_lot(store_id), location };
    move_stock(postings, new(Location::Producer), new(Location::Shelf), line.quantity)?;
    move_stock(postings, new(Location::Shelf), new(Location::Repacked), covers)?;
    move_stock(postings, unreceived(Location::Repacked), unreceived(Location::Shelf), covers)
}

fn move_money(
    postings: &mut Vec<Posting>,
    from: Account,
    to: Account,
    amount: Money,
) -> Result<(), FoldError> {
    postings.push(Posting::Money(from, amount.negated()?));
    postings.push(Posting::Money(to, amount));
    Ok(())
}

fn move_stock(
    postings: &mut Vec<Posting>,
    from: Place,
    to: Place,
    quantity: Quantity,
) -> Result<(), FoldError> {
    let out = Quantity::ZERO.minus(quantity).ok_or(FoldError::Quantity)?;
    postings.push(Posting::Stock(from, out));
    postings.push(Posting::Stock(to, quantity));
    Ok(())
}

const fn zero_of(posting: &Posting) -> Posting {
    match posting {
        Posting::Money(account, _) => Posting::Money(*account, Money::ZERO),
        Posting::Stock(place, _) => Posting::Stock(*place, Quantity::ZERO),
    }
}

/// Goods balance by construction (each move has two legs); money is checked.
fn balanced(postings: &[Posting]) -> Result<(), FoldError> {
    let money = postings.iter().filter_map(|posting| match posting {
        Posting::Money(_, amount) => Some(*amount),
        Posting::Stock(..) => None,
    });
    if Money::sum(money)? == Money::ZERO { Ok(()) } else { Err(FoldError::Unbalanced) }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;
    use time::macros::date;
    use uuid::Uuid;

    use super::*;
    use crate::Rate;
    use crate::consignment::{Basis, Bearer, FrozenTerms};
    use crate::fact;
    use crate::stock::{Lot, Owner};
    use crate::tax::TaxClass;
    use crate::tender::Tender;

    fn store() -> StoreId {
        StoreId::from_uuid(Uuid::from_u128(1))
    }

    fn producer() -> ProducerId {
        ProducerId::from_uuid(Uuid::from_u128(5))
    }

    fn line(gross: i64, discount: i64, consigned: bool) -> SaleLine {
        let product_id = ProductId::from_uuid(Uuid::from_u128(2));
        let tax_rate = Rate::percent(8);
        SaleLine {
            product_id,
            facts_id: None,
            sku: "TOI-01".to_owned(),
            name: "Tỏi đen".to_owned(),
            unit: "Hộp".to_owned(),
            price: Money::new(gross),
            price_version: 1,
            quantity: Quantity::pieces(1),
            gross: Money::new(gross),
            discount: Money::new(discount),
            tax_class: TaxClass::Standard,
            tax_rate,
            tax: tax_rate.inside(Money::new(gross - discount)).unwrap(),
            lot_id: LotId::from_uuid(Uuid::from_u128(3)),
            unreceived: false,
            in_programme: true,
            terms: consigned.then(|| FrozenTerms {
                producer_id: producer(),
                terms_id: None,
                commission: Rate::percent(12),
                basis: Basis::Gross,
                discount_bearer: Bearer::Store,
                commission_tax: Rate::percent(8),
            }),
        }
    }

    fn cash(vnd: i64) -> Vec<Tender> {
        vec![Tender { kind: TenderKind::Cash, amount: Money::new(vnd) }]
    }

    fn money(postings: &[Posting]) -> BTreeMap<Account, i64> {
        let mut sums = BTreeMap::new();
        for posting in postings {
            if let Posting::Money(account, amount) = posting {
                *sums.entry(*account).or_default() += amount.vnd();
            }
        }
        sums
    }

    #[test]
    fn a_mixed_sale_reaches_its_accounts() {
        let outside = SaleLine { in_programme: false, ..line(10_800, 0, false) };
        let lines = vec![line(100_000, 10_000, true), line(108_000, 0, false), outside];
        let (sold, outside) = fact::sold(lines, cash(208_800), Money::ZERO).unwrap();
        let shared = fold(&Fact::Sold(sold), store()).unwrap();
        assert_eq!(
            money(&shared),
            BTreeMap::from([
                (Account::Cash, 208_800),
                (Account::ProducerDue(producer()), -87_040),
                (Account::Commission, -2_000),
                (Account::Tax, -960 - 8_000),
                (Account::Sales, -100_000),
                (Account::Other, -10_800),
            ])
        );
        let private = fold(&Fact::SoldOutside { lines: outside }, store()).unwrap();
        let expected = [(Account::Other, 10_800), (Account::Sales, -10_000), (Account::Tax, -800)];
        assert_eq!(money(&private), BTreeMap::from(expected));
    }

    #[test]
    fn a_shift_leaves_its_takings_and_its_difference() {
        let vnd = Money::new;
        let mut sums = money(&fold(&Fact::ShiftOpened { float: vnd(500_000) }, store()).unwrap());
        let close = Fact::ShiftClosed { float: vnd(500_000), expected: vnd(700_000), counted: vnd(690_000) };
        for (account, amount) in money(&fold(&close, store()).unwrap()) {
            *sums.entry(account).or_default() += amount;
        }
        let expected = [(Account::Cash, -10_000), (Account::Float, 0), (Account::CashOverShort, 10_000)];
        assert_eq!(sums, BTreeMap::from(expected));
    }

    #[test]
    fn a_delivery_covers_what_was_sold_before_it_came() {
        let lot = Lot {
            id: LotId::from_uuid(Uuid::from_u128(8)),
            product_id: ProductId::from_uuid(Uuid::from_u128(2)),
            owner: Owner::Producer(producer()),
            received_on: date!(2026 - 11 - 23),
            expires_on: None,
            code: None,
        };
        let received = |quantity, covers| Fact::Received {
            lines: vec![ReceivedLine {
                lot: lot.clone(),
                quantity: Quantity::pieces(quantity),
                covers_unreceived: Quantity::pieces(covers),
            }],
        };
        let postings = fold(&received(10, 3), store()).unwrap();
        let on_shelf = |id: LotId| -> i64 {
            postings
                .iter()
                .filter_map(|posting| match posting {
                    Posting::Stock(place, q) if place.lot_id == id && place.location == Location::Shelf => {
                        Some(q.milli())
                    }
                    _ => None,
                })
                .sum()
        };
        assert_eq!((on_shelf(lot.id), on_shelf(LotId::unreceived(store(), lot.product_id))), (7_000, 3_000));
        for (quantity, covers) in [(0, 0), (-1, 0), (2, 3), (2, -1)] {
            assert_eq!(fold(&received(quantity, covers), store()), Err(FoldError::Quantity));
        }
    }

    #[test]
    fn a_hostile_sale_is_refused_and_suspended() {
        let sale = |line: SaleLine, kept: i64| {
            Fact::Sold(Sold {
                lines: vec![line],
                kept: cash(kept),
                rounding: Money::ZERO,
                other: Other::default(),
            })
        };
        let good = line(100_000, 0, true);
        for (fact, expected) in [
            (sale(SaleLine { quantity: Quantity::ZERO, ..good.clone() }, 100_000), FoldError::Quantity),
            (sale(SaleLine { discount: Money::new(-1), ..good.clone() }, 100_001), FoldError::Amount),
            (sale(SaleLine { discount: Money::new(100_001), ..good.clone() }, 100_000), FoldError::Amount),
            (sale(SaleLine { tax: Money::ZERO, ..good.clone() }, 100_000), FoldError::Tax),
            (sale(SaleLine { gross: Money::new(i64::MIN), ..good.clone() }, 100_000), FoldError::Amount),
            (sale(good.clone(), 99_999), FoldError::Unbalanced),
            (sale(good, -100_000), FoldError::Amount),
        ] {
            assert_eq!(fold(&fact, store()), Err(expected));
            let suspended = money(&suspend(&fact).unwrap());
            assert_eq!(suspended.values().sum::<i64>(), 0);
            assert!(suspended.contains_key(&Account::Suspense));
        }
    }

    proptest! {
        #[test]
        fn every_fold_sums_to_zero(
            rows in prop::collection::vec((1i64..5_000_000, 0i64..5_000_000, any::<bool>(), any::<bool>()), 1..10),
            rounding in 0i64..500,
        ) {
            let lines: Vec<_> = rows
                .iter()
                .map(|(gross, off, consigned, outside)| SaleLine {
                    in_programme: *consigned || !outside,
                    ..line(*gross, (*off).min(*gross), *consigned)
                })
                .collect();
            let payable = lines.iter().map(|l| l.total().unwrap().vnd()).sum::<i64>() + rounding + 1;
            let rounding = rounding + 1;
            let (sold, outside) = fact::sold(lines, cash(payable), Money::new(rounding)).unwrap();
            for fact in [Fact::Sold(sold), Fact::SoldOutside { lines: outside }] {
                let postings = fold(&fact, store()).unwrap();
                prop_assert_eq!(money(&postings).values().sum::<i64>(), 0);
                let goods: i64 = postings.iter().filter_map(|p| match p {
                    Posting::Stock(_, quantity) => Some(quantity.milli()),
                    Posting::Money(..) => None,
                }).sum();
                prop_assert_eq!(goods, 0);
            }
        }
    }
}
