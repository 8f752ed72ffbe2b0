//! VAT classes and their dated rates (domain: prices include VAT; rates are data with a first and a last day).

use time::Date;

use crate::Rate;

/// How the accountant classes a product. The three that pay nothing differ on paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TaxClass {
    /// Not subject to VAT (không chịu thuế, `KCT`).
    Exempt,
    /// Neither declared nor paid (không kê khai, không nộp thuế, `KKKNT`).
    Undeclared,
    /// Subject to VAT at 0 %.
    Zero,
    /// Unprocessed farm goods retailed by a company or co-operative: 5 %.
    Reduced,
    /// The ordinary rate, which a resolution may cut for a time.
    Standard,
    /// The ordinary rate that no cut applies to: goods under special consumption tax, such as spirits.
    StandardUncut,
}

impl TaxClass {
    /// Every class.
    pub const ALL: [Self; 6] =
        [Self::Exempt, Self::Undeclared, Self::Zero, Self::Reduced, Self::Standard, Self::StandardUncut];

    /// Returns the name that files, tables and the wire use; it never changes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Exempt => "exempt",
            Self::Undeclared => "undeclared",
            Self::Zero => "zero",
            Self::Reduced => "reduced",
            Self::Standard => "standard",
            Self::StandardUncut => "standard_uncut",
        }
    }

    /// Returns the class of a code, or `None`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.code() == code)
    }

    /// Returns what a receipt or invoice prints for the class at a rate: `KCT`, `KKKNT` or the percentage.
    pub fn label(self, rate: Rate) -> String {
        match self {
            Self::Exempt => "KCT".to_owned(),
            Self::Undeclared => "KKKNT".to_owned(),
            _ => rate.to_string(),
        }
    }
}

/// A rate of a class between two days, both included; no last day means until a new row says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DatedRate {
    /// The class that it belongs to.
    pub class: TaxClass,
    /// First business date.
    pub valid_from: Date,
    /// Last business date.
    pub valid_to: Option<Date>,
    /// What prices of that time contain.
    pub rate: Rate,
}

/// All dated rates that a till knows, so that it switches over New Year without a network.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TaxTable(Vec<DatedRate>);

/// No rate is known for a class on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no VAT rate is known for class {} on {date}: ask the department to complete the table", class.code())]
pub struct NoRate {
    /// The class asked for.
    pub class: TaxClass,
    /// The day asked for.
    pub date: Date,
}

impl TaxTable {
    /// Takes the rows in any order.
    pub const fn new(rows: Vec<DatedRate>) -> Self {
        Self(rows)
    }

    /// Returns the rate in force on a business date: of several, the one that began last.
    ///
    /// # Errors
    /// When no row covers the day.
    pub fn rate_on(&self, class: TaxClass, date: Date) -> Result<Rate, NoRate> {
        self.0
            .iter()
            .filter(|row| row.class == class && row.valid_from <= date)
            .filter(|row| row.valid_to.is_none_or(|last| date <= last))
            .max_by_key(|row| row.valid_from)
            .map(|row| row.rate)
            .ok_or(NoRate { class, date })
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    fn table() -> TaxTable {
        let row = |class, valid_from, valid_to, percent| DatedRate {
            class,
            valid_from,
            valid_to,
            rate: Rate::percent(percent),
        };
        TaxTable::new(vec![
            row(TaxClass::Standard, date!(2009 - 01 - 01), None, 10),
            row(TaxClass::Standard, date!(2025 - 07 - 01), Some(date!(2026 - 12 - 31)), 8),
            row(TaxClass::StandardUncut, date!(2009 - 01 - 01), None, 10),
        ])
    }

    #[test]
    fn the_cut_ends_with_2026() {
        for (class, day, percent) in [
            (TaxClass::Standard, date!(2026 - 12 - 31), 8),
            (TaxClass::Standard, date!(2027 - 01 - 01), 10),
            (TaxClass::Standard, date!(2025 - 06 - 30), 10),
            (TaxClass::StandardUncut, date!(2026 - 12 - 31), 10),
        ] {
            assert_eq!(table().rate_on(class, day), Ok(Rate::percent(percent)), "{class:?} {day}");
        }
    }

    #[test]
    fn a_missing_rate_is_named() {
        let error = table().rate_on(TaxClass::Reduced, date!(2026 - 01 - 01)).unwrap_err();
        assert!(error.to_string().contains("reduced on 2026-01-01"), "{error}");
    }

    #[test]
    fn codes_and_labels() {
        for class in TaxClass::ALL {
            assert_eq!(TaxClass::from_code(class.code()), Some(class));
        }
        assert_eq!(TaxClass::from_code("ten"), None);
        assert_eq!(TaxClass::Exempt.label(Rate::ZERO), "KCT");
        assert_eq!(TaxClass::Zero.label(Rate::ZERO), "0 %");
    }
}
