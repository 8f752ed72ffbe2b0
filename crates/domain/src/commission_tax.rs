//! VAT on an operator's commission. The law changes it from a day on: with 2026 the cut to 8 % ends.

use std::collections::BTreeMap;

use time::Date;

use crate::Rate;

/// A rate from a business date on, until the next one begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CommissionTax {
    /// First business date.
    pub valid_from: Date,
    /// What is withheld of the commission.
    pub rate: Rate,
}

/// Every rate of an operator. None is ever taken away: what was sold by it stays as it was sold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CommissionTaxes(Vec<CommissionTax>);

impl CommissionTaxes {
    /// Takes the rates in the order in which they were set.
    pub const fn new(set: Vec<CommissionTax>) -> Self {
        Self(set)
    }

    /// Returns the rate of a business date: the one that began last, and of one day the one that was set last. `None`
    /// before the first.
    pub fn rate_on(&self, date: Date) -> Option<Rate> {
        self.in_force().into_iter().rev().find(|row| row.valid_from <= date).map(|row| row.rate)
    }

    /// True when a line of a business date may have frozen this rate: it holds, or held before, as for a store that was
    /// offline and had not heard of the newer one. What begins later, or was never set, no store can know.
    pub fn admits(&self, rate: Rate, date: Date) -> bool {
        self.0.iter().any(|row| row.valid_from <= date && row.rate == rate)
    }

    /// Returns what holds from which day on, the earliest first; each day once.
    pub fn in_force(&self) -> Vec<CommissionTax> {
        // Of one day the later row takes the place of the earlier one.
        let days: BTreeMap<Date, Rate> = self.0.iter().map(|row| (row.valid_from, row.rate)).collect();
        days.into_iter().map(|(valid_from, rate)| CommissionTax { valid_from, rate }).collect()
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    const EVE: Date = date!(2026 - 12 - 31);
    const NEW_YEAR: Date = date!(2027 - 01 - 01);

    fn taxes(set: &[(Date, u8)]) -> CommissionTaxes {
        let row = |(valid_from, percent)| CommissionTax { valid_from, rate: Rate::percent(percent) };
        CommissionTaxes::new(set.iter().copied().map(row).collect())
    }

    #[test]
    fn the_cut_ends_with_2026() {
        // Set in whatever order; the 9 % was mistyped.
        let taxes = taxes(&[(NEW_YEAR, 9), (date!(2020 - 01 - 01), 8), (NEW_YEAR, 10)]);
        for (day, percent) in [
            (date!(2019 - 12 - 31), None),
            (date!(2020 - 01 - 01), Some(8)),
            (EVE, Some(8)),
            (NEW_YEAR, Some(10)),
            (date!(2030 - 06 - 01), Some(10)),
        ] {
            assert_eq!(taxes.rate_on(day), percent.map(Rate::percent), "{day}");
        }
        assert_eq!(taxes.in_force().len(), 2, "a day has one rate");
    }

    #[test]
    fn a_store_may_not_have_heard_of_a_rate_but_knows_none_before_its_day() {
        let taxes = taxes(&[(date!(2020 - 01 - 01), 8), (NEW_YEAR, 10)]);
        for (percent, day, expected) in [
            (8, EVE, true),
            (10, EVE, false),
            (10, NEW_YEAR, true),
            (8, NEW_YEAR, true),
            (9, NEW_YEAR, false),
            (8, date!(2019 - 12 - 31), false),
        ] {
            assert_eq!(taxes.admits(Rate::percent(percent), day), expected, "{percent} % on {day}");
        }
        assert!(!CommissionTaxes::default().admits(Rate::ZERO, EVE));
    }
}
