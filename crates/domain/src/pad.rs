//! Sales written by hand on a pad while the till could not sell, and entered afterwards.
//!
//! What was handed over is a fact, so nothing here refuses the goods: price, tax rate, terms and promotions are those of
//! the claimed moment, and what looks like a sale that the till has already is asked about, never dropped.

use std::collections::BTreeMap;
use std::fmt;

use time::Date;

use crate::ids::ProductId;
use crate::money::Money;
use crate::quantity::Quantity;

/// How many days back a sale may be claimed: a shop enters its pad within days, and VAT is declared by the month.
pub const DAYS_BACK_MOST: i64 = 14;
/// The most lines of a pad that one sale takes: a page has no more.
pub const LINES_MOST: u16 = 120;
/// How far the claimed time may be from a sale of the same goods that is asked about: people write a time from memory.
pub const ALIKE_WITHIN_MS: i64 = 3 * 3_600_000;

const DAY_MS: i64 = 86_400_000;

/// The numbers of the lines that one sale takes on the pad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PadLines {
    first: u16,
    last: u16,
}

/// A claim that is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PadError {
    /// The time is still to come.
    #[error("a sale from the pad lies in the past: type when the goods were handed over")]
    Future,
    /// The time lies too far back.
    #[error("a sale from the pad is at most {DAYS_BACK_MOST} days old")]
    TooOld,
    /// No number of a line, or more lines than a page has.
    #[error("type the number of the line on the pad: 12, or 12-14 for several")]
    Lines,
}

impl PadLines {
    /// Returns the lines from one number to another.
    ///
    /// # Errors
    /// [`PadError::Lines`] for number 0, a last one before the first, or more than [`LINES_MOST`].
    pub const fn new(first: u16, last: u16) -> Result<Self, PadError> {
        if first == 0 || last < first || last - first >= LINES_MOST {
            return Err(PadError::Lines);
        }
        Ok(Self { first, last })
    }

    /// Reads what a person types: `12`, or `12-14` for lines joined by a bracket.
    ///
    /// # Errors
    /// As [`Self::new`], and for anything but digits.
    pub fn parse(text: &str) -> Result<Self, PadError> {
        let number = |text: &str| {
            let digits = text.trim();
            let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
            if is_number { digits.parse().map_err(|_| PadError::Lines) } else { Err(PadError::Lines) }
        };
        match text.split_once(['-', '–']) {
            Some((first, last)) => Self::new(number(first)?, number(last)?),
            None => number(text).and_then(|only| Self::new(only, only)),
        }
    }

    /// Returns the first number.
    pub const fn first(self) -> u16 {
        self.first
    }

    /// Returns the last number; the first one again for a single line.
    pub const fn last(self) -> u16 {
        self.last
    }

    /// Returns the line after them; `None` at the end of all numbers.
    pub fn next(self) -> Option<Self> {
        let next = self.last.checked_add(1)?;
        Self::new(next, next).ok()
    }

    /// Says whether a line stands in both.
    pub const fn overlap(self, other: Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }
}

impl fmt::Display for PadLines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last {
            write!(f, "{}", self.first)
        } else {
            write!(f, "{}–{}", self.first, self.last)
        }
    }
}

/// What the pad says of a sale beside its goods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PadSale {
    /// When the goods were handed over, as written down; UTC milliseconds.
    pub claimed_at_ms: i64,
    /// The day that it counts on: it picks tax rate, terms, recognition and promotions.
    pub day: Date,
    /// Its lines on the pad.
    pub lines: PadLines,
}

impl PadSale {
    /// Returns a claim. `calendar_day` is that of the claimed moment; a sale after midnight still counts on the day of
    /// the shift that is open, since no sale counts on a day that has not begun for the shop.
    ///
    /// # Errors
    /// [`PadError::Future`] and [`PadError::TooOld`], as they say.
    pub fn claim(
        claimed_at_ms: i64,
        calendar_day: Date,
        lines: PadLines,
        (now_ms, business_date): (i64, Date),
    ) -> Result<Self, PadError> {
        if claimed_at_ms > now_ms {
            return Err(PadError::Future);
        }
        let day = calendar_day.min(business_date);
        if !is_believed(day, business_date) {
            return Err(PadError::TooOld);
        }
        Ok(Self { claimed_at_ms, day, lines })
    }
}

/// Says whether a sale that was entered in a shift of a business date can have been made on a day: not after it, and not
/// more than [`DAYS_BACK_MOST`] before. The till asks before it writes, central when it reads.
pub fn is_believed(day: Date, business_date: Date) -> bool {
    (0..=DAYS_BACK_MOST).contains(&(business_date - day).whole_days())
}

/// How much of each product a sale has.
pub type Goods = BTreeMap<ProductId, Quantity>;

/// Adds up goods, line by line.
pub fn goods(lines: impl IntoIterator<Item = (ProductId, Quantity)>) -> Goods {
    let mut goods = Goods::new();
    for (product, quantity) in lines {
        let sum = goods.entry(product).or_insert(Quantity::ZERO);
        *sum = Quantity::from_milli(sum.milli().saturating_add(quantity.milli()));
    }
    goods
}

/// A sale as two of them are compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// When it was made: as claimed, where it came from the pad. UTC milliseconds.
    pub at_ms: i64,
    /// What the buyer paid.
    pub payable: Money,
    /// What the buyer got.
    pub goods: Goods,
    /// Its lines on the pad, where it came from there.
    pub lines: Option<PadLines>,
}

/// Why two sales may be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alike {
    /// A line of the pad stands in both.
    Lines,
    /// The same goods for the same money at about the same time.
    Goods,
}

impl Seen {
    /// Returns why another sale may be this one; `None` when nothing says so. Numbers of lines come again with another
    /// pad, so they count for as long as a sale may be claimed.
    pub fn alike(&self, other: &Self) -> Option<Alike> {
        let apart_ms = self.at_ms.abs_diff(other.at_ms);
        let within = |most_ms: i64| apart_ms <= most_ms.unsigned_abs();
        let lines = self.lines.zip(other.lines).is_some_and(|(ours, theirs)| ours.overlap(theirs));
        if lines && within(DAYS_BACK_MOST * DAY_MS) {
            return Some(Alike::Lines);
        }
        let goods = self.payable == other.payable && self.goods == other.goods;
        (goods && within(ALIKE_WITHIN_MS)).then_some(Alike::Goods)
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;
    use uuid::Uuid;

    use super::*;

    /// 28/11/2026 16:40 in Vietnam.
    const CLAIMED_MS: i64 = 1_795_858_800_000;
    const DAY: Date = date!(2026 - 11 - 28);

    #[test]
    fn numbers_of_lines_as_people_type_them() {
        for (text, expected) in [
            ("12", Some("12")),
            (" 12 ", Some("12")),
            ("12-14", Some("12–14")),
            ("12 – 14", Some("12–14")),
            ("1-120", Some("1–120")),
            ("1-121", None),
            ("14-12", None),
            ("0", None),
            ("0-3", None),
            ("65535", Some("65535")),
            ("65536", None),
            ("-12", None),
            ("12-", None),
            ("+12", None),
            ("1-2-3", None),
            ("twelve", None),
            ("8938500000010", None),
            ("", None),
        ] {
            assert_eq!(
                PadLines::parse(text).ok().map(|lines| lines.to_string()).as_deref(),
                expected,
                "{text:?}"
            );
        }
        let last = PadLines::parse("12-14").unwrap();
        assert_eq!(last.next().map(|lines| lines.to_string()).as_deref(), Some("15"));
        assert_eq!(PadLines::parse("65535").unwrap().next(), None);
    }

    #[test]
    fn a_claim_lies_in_the_past_and_not_far_back() {
        let lines = PadLines::parse("1").unwrap();
        let now_ms = CLAIMED_MS + 1;
        for (what, at_ms, calendar_day, business_date, expected) in [
            ("the minute before", CLAIMED_MS, DAY, DAY, Ok(DAY)),
            ("this very moment", now_ms, DAY, DAY, Ok(DAY)),
            ("a moment to come", now_ms + 1, DAY, DAY, Err(PadError::Future)),
            ("yesterday", CLAIMED_MS, DAY, date!(2026 - 11 - 29), Ok(DAY)),
            (
                "after midnight in a shift of the day before",
                CLAIMED_MS,
                DAY,
                date!(2026 - 11 - 27),
                Ok(date!(2026 - 11 - 27)),
            ),
            ("the oldest day", CLAIMED_MS, DAY, date!(2026 - 12 - 12), Ok(DAY)),
            ("a day older", CLAIMED_MS, DAY, date!(2026 - 12 - 13), Err(PadError::TooOld)),
            ("another year", CLAIMED_MS, DAY, date!(2027 - 11 - 28), Err(PadError::TooOld)),
        ] {
            let claimed = PadSale::claim(at_ms, calendar_day, lines, (now_ms, business_date));
            assert_eq!(claimed.map(|pad| pad.day), expected, "{what}");
        }
        assert!(!is_believed(date!(2026 - 11 - 29), DAY), "no sale of a later day");
    }

    #[test]
    fn sales_that_may_be_one() {
        let goods_of = |rows: &[(u128, i64)]| {
            goods(rows.iter().map(|&(id, pieces)| (Uuid::from_u128(id).into(), Quantity::pieces(pieces))))
        };
        let seen = |at_ms, vnd, rows: &[(u128, i64)], lines: Option<&str>| Seen {
            at_ms: CLAIMED_MS + at_ms,
            payable: Money::new(vnd),
            goods: goods_of(rows),
            lines: lines.map(|text| PadLines::parse(text).unwrap()),
        };
        let entered = seen(0, 655_000, &[(1, 2), (2, 1)], Some("12-14"));
        let (hour, day) = (3_600_000, DAY_MS);
        for (what, other, expected) in [
            ("the same at the till", seen(2 * 60_000, 655_000, &[(2, 1), (1, 2)], None), Some(Alike::Goods)),
            ("in two rows", seen(0, 655_000, &[(1, 1), (2, 1), (1, 1)], None), Some(Alike::Goods)),
            ("three hours before", seen(-3 * hour, 655_000, &[(1, 2), (2, 1)], None), Some(Alike::Goods)),
            ("three hours and a bit after", seen(3 * hour + 1, 655_000, &[(1, 2), (2, 1)], None), None),
            ("another amount", seen(0, 654_000, &[(1, 2), (2, 1)], None), None),
            ("other goods", seen(0, 655_000, &[(1, 1), (2, 2)], None), None),
            (
                "another line of the pad, same goods",
                seen(0, 655_000, &[(1, 2), (2, 1)], Some("15")),
                Some(Alike::Goods),
            ),
            ("a line of it", seen(5 * day, 1_000, &[(3, 1)], Some("14-20")), Some(Alike::Lines)),
            (
                "the oldest that may share a number",
                seen(-14 * day, 1_000, &[(3, 1)], Some("1-12")),
                Some(Alike::Lines),
            ),
            ("a number of another pad", seen(-14 * day - 1, 1_000, &[(3, 1)], Some("12")), None),
            ("the line before", seen(0, 1_000, &[(3, 1)], Some("11")), None),
            ("nothing alike", seen(i64::MAX - CLAIMED_MS, 1_000, &[(3, 1)], None), None),
        ] {
            assert_eq!(entered.alike(&other), expected, "{what}");
            assert_eq!(other.alike(&entered), expected, "{what}, the other way round");
        }
    }
}
