//! What the bank shows of a transfer, compared with what the store waits for or took. Only the exact amount counts by
//! itself; anything else is for a person.

use crate::Money;

/// How much came of what was due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrival {
    /// Nothing yet.
    Nothing,
    /// Exactly what was due.
    Exact,
    /// Less.
    Part,
    /// More, or money that nobody waits for.
    TooMuch,
}

impl Arrival {
    /// Compares what the bank shows with what is due by transfer. Of a finished sale all its transfers are due, also those
    /// that came long ago: the bank shows them, too.
    pub fn of(due: Money, came: Money) -> Self {
        match came.cmp(&due) {
            _ if came <= Money::ZERO => Self::Nothing,
            std::cmp::Ordering::Less => Self::Part,
            std::cmp::Ordering::Equal => Self::Exact,
            std::cmp::Ordering::Greater => Self::TooMuch,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_exact_amount_is_exact() {
        for (due, came, expected) in [
            (655_000, 0, Arrival::Nothing),
            (655_000, -655_000, Arrival::Nothing),
            (655_000, 654_999, Arrival::Part),
            (655_000, 655_000, Arrival::Exact),
            (655_000, 655_001, Arrival::TooMuch),
            (0, 1, Arrival::TooMuch),
            (0, 0, Arrival::Nothing),
        ] {
            assert_eq!(Arrival::of(Money::new(due), Money::new(came)), expected, "{due} {came}");
        }
    }
}
