//! Goods that a producer still owns: the terms of selling them, and what a sold line owes to whom.

use time::Date;

use crate::contract::{Clauses, Mode};
use crate::ids::{ProducerId, ProductId, TermsId};
use crate::money::{Money, MoneyError};
use crate::rate::Rate;

/// What the commission is a part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Basis {
    /// The price before any discount.
    Gross,
    /// What the buyer pays for the line.
    Net,
}

/// Who bears a discount given at the counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bearer {
    /// The store: the producer is owed as if there had been no discount.
    Store,
    /// The producer: the store's commission alone follows the basis.
    Producer,
}

macro_rules! codes {
    ($type:ident, $($variant:ident $code:literal),+) => {
        impl $type {
            /// Returns the name that files, tables and the wire use; it never changes.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// Returns the value of a code, or `None`.
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}
codes!(Basis, Gross "gross", Net "net");
codes!(Bearer, Store "store", Producer "producer");

/// A version of the terms between an operator and a producer, for all products or for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// Names this version; a change of contract is a new one.
    pub id: TermsId,
    /// Whose goods.
    pub producer_id: ProducerId,
    /// The single product, or `None` for all.
    pub product_id: Option<ProductId>,
    /// The store's part.
    pub commission: Rate,
    /// What the commission is a part of.
    pub basis: Basis,
    /// Who bears discounts.
    pub discount_bearer: Bearer,
    /// First business date.
    pub valid_from: Date,
    /// What else was agreed.
    pub clauses: Clauses,
}

/// Returns the version in force for a producer's product on a business date: the one of the product, or else the one for all
/// products ([`held_on`]). So no two versions hold at once.
pub fn contract_on(terms: &[Terms], producer: ProducerId, product: ProductId, date: Date) -> Option<Terms> {
    let held = |of| held_on(terms, (producer, of), date);
    held(Some(product)).or_else(|| held(None))
}

/// Returns the version in force on a business date among those of a single product, or among those for all: the one with the latest
/// beginning, then the latest id. None where that one ends the contract.
pub fn held_on(terms: &[Terms], of: (ProducerId, Option<ProductId>), date: Date) -> Option<Terms> {
    let begun = terms.iter().filter(|t| t.is_of(of, date));
    begun.max_by_key(|t| t.rank()).filter(|t| !t.clauses.ends).copied()
}

/// As [`contract_on`], among versions of consignment alone: goods that came in as consigned are sold on those terms, also
/// after the operator has begun to buy outright. An end ends all versions before it, of whichever mode.
pub fn terms_on(terms: &[Terms], producer: ProducerId, product: ProductId, date: Date) -> Option<Terms> {
    let consigned = |of| consigned_on(terms, (producer, of), date);
    consigned(Some(product)).or_else(|| consigned(None))
}

/// As [`held_on`], among versions of consignment alone.
fn consigned_on(terms: &[Terms], of: (ProducerId, Option<ProductId>), date: Date) -> Option<Terms> {
    let begun = || terms.iter().filter(|t| t.is_of(of, date));
    let ended = begun().filter(|t| t.clauses.ends).map(Terms::rank).max();
    let held = begun().filter(|t| t.clauses.mode == Mode::Consigned && Some(t.rank()) > ended);
    held.max_by_key(|t| t.rank()).copied()
}

impl Terms {
    fn is_of(&self, (producer, product): (ProducerId, Option<ProductId>), date: Date) -> bool {
        self.producer_id == producer && self.product_id == product && self.valid_from <= date
    }

    const fn rank(&self) -> (Date, TermsId) {
        (self.valid_from, self.id)
    }
}

/// The terms as frozen on a sale line: a later contract never changes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FrozenTerms {
    /// To whom the goods belong.
    pub producer_id: ProducerId,
    /// The version; `None` when the store had no terms, and nothing is kept from the producer.
    pub terms_id: Option<TermsId>,
    /// The store's part.
    pub commission: Rate,
    /// What it is a part of.
    pub basis: Basis,
    /// Who bears discounts.
    pub discount_bearer: Bearer,
    /// VAT on the commission, which is withheld with it; a setting of the operator.
    pub commission_tax: Rate,
}

/// What a sold consigned line is worth to whom. The three add up to what the buyer paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Split {
    /// Owed to the producer.
    pub producer_due: Money,
    /// The store's income; less than the rate says where the store bears a discount.
    pub commission: Money,
    /// VAT on the full commission.
    pub commission_tax: Money,
}

impl FrozenTerms {
    /// Returns a version of the terms as it is frozen; without any, nothing is kept from the producer.
    pub fn of(producer_id: ProducerId, terms: Option<Terms>, commission_tax: Rate) -> Self {
        Self {
            producer_id,
            terms_id: terms.map(|terms| terms.id),
            commission: terms.map_or(Rate::ZERO, |terms| terms.commission),
            basis: terms.map_or(Basis::Gross, |terms| terms.basis),
            discount_bearer: terms.map_or(Bearer::Store, |terms| terms.discount_bearer),
            commission_tax,
        }
    }

    /// Divides a line: `gross` before and `discount` off the price, both in đồng. With a discount that the store
    /// bears, the producer is owed on the gross and the discount comes out of the commission (which may turn
    /// negative: the store then pays in).
    ///
    /// # Errors
    /// When an amount does not fit in 64 bits.
    pub fn split(&self, gross: Money, discount: Money) -> Result<Split, MoneyError> {
        let paid = gross.minus(discount)?;
        let basis = match self.basis {
            Basis::Gross => gross,
            Basis::Net => paid,
        };
        let commission = self.commission.of(basis)?;
        let commission_tax = self.commission_tax.of(commission)?;
        let owed_on = match self.discount_bearer {
            Bearer::Store => gross,
            Bearer::Producer => paid,
        };
        let producer_due = owed_on.minus(commission)?.minus(commission_tax)?;
        let commission = paid.minus(producer_due)?.minus(commission_tax)?;
        Ok(Split { producer_due, commission, commission_tax })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::macros::date;
    use uuid::Uuid;

    use super::*;

    fn frozen(percent: u8, basis: Basis, discount_bearer: Bearer, tax_percent: u8) -> FrozenTerms {
        FrozenTerms {
            producer_id: ProducerId::from_uuid(Uuid::nil()),
            terms_id: None,
            commission: Rate::percent(percent),
            basis,
            discount_bearer,
            commission_tax: Rate::percent(tax_percent),
        }
    }

    #[test]
    fn what_each_is_owed() {
        use {Basis::*, Bearer::*};
        // (commission %, basis, bearer, tax on commission %, gross, discount) → (due, commission, tax)
        for (terms, gross, discount, expected) in [
            (frozen(12, Gross, Producer, 0), 100_000, 0, (88_000, 12_000, 0)),
            (frozen(12, Gross, Producer, 8), 100_000, 0, (87_040, 12_000, 960)),
            (frozen(12, Net, Producer, 0), 100_000, 10_000, (79_200, 10_800, 0)),
            (frozen(12, Gross, Producer, 0), 100_000, 10_000, (78_000, 12_000, 0)),
            (frozen(12, Gross, Store, 0), 100_000, 10_000, (88_000, 2_000, 0)),
            (frozen(12, Gross, Store, 8), 100_000, 20_000, (87_040, -8_000, 960)),
            (frozen(12, Net, Store, 0), 100_000, 10_000, (89_200, 800, 0)),
        ] {
            let split = terms.split(Money::new(gross), Money::new(discount)).unwrap();
            let seen = (split.producer_due.vnd(), split.commission.vnd(), split.commission_tax.vnd());
            assert_eq!(seen, expected, "{terms:?} {gross} − {discount}");
        }
    }

    #[test]
    fn the_most_special_and_latest_terms_hold() {
        let id = |n: u128| Uuid::from_u128(n);
        let terms = |n, product: Option<u128>, valid_from| Terms {
            id: TermsId::from_uuid(id(n)),
            producer_id: ProducerId::from_uuid(id(100)),
            product_id: product.map(|p| ProductId::from_uuid(id(p))),
            commission: Rate::percent(10),
            basis: Basis::Gross,
            discount_bearer: Bearer::Store,
            valid_from,
            clauses: Clauses::default(),
        };
        let all = [
            terms(1, None, date!(2026 - 01 - 01)),
            terms(2, None, date!(2026 - 06 - 01)),
            terms(3, Some(7), date!(2026 - 03 - 01)),
        ];
        for (product, day, expected) in [
            (8, date!(2025 - 12 - 31), None),
            (8, date!(2026 - 05 - 31), Some(1)),
            (8, date!(2026 - 06 - 01), Some(2)),
            (7, date!(2026 - 02 - 01), Some(1)),
            (7, date!(2026 - 07 - 01), Some(3)),
        ] {
            let found =
                terms_on(&all, ProducerId::from_uuid(id(100)), ProductId::from_uuid(id(product)), day);
            assert_eq!(found.map(|t| t.id.uuid()), expected.map(id));
            assert_eq!(
                terms_on(&all, ProducerId::from_uuid(id(101)), ProductId::from_uuid(id(product)), day),
                None
            );
        }
    }

    proptest! {
        #[test]
        fn the_parts_add_up_to_what_was_paid(
            gross in 0i64..1_000_000_000, off in 0i64..1_000_000_000,
            commission in 0u32..=1_000_000, tax in 0u32..=1_000_000, net: bool, store: bool,
        ) {
            let discount = off.min(gross);
            let terms = FrozenTerms {
                commission: Rate::from_ppm(commission).unwrap(),
                commission_tax: Rate::from_ppm(tax).unwrap(),
                ..frozen(0, if net { Basis::Net } else { Basis::Gross }, if store { Bearer::Store } else { Bearer::Producer }, 0)
            };
            let split = terms.split(Money::new(gross), Money::new(discount)).unwrap();
            let sum = Money::sum([split.producer_due, split.commission, split.commission_tax]).unwrap();
            prop_assert_eq!(sum.vnd(), gross - discount);
        }
    }
}
