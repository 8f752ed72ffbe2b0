//! Numbers as they stand on paper, by the Display of the domain's types.

/// Returns an amount, for example "1.234.567 ₫".
pub(crate) fn vnd(amount_vnd: i64) -> String {
    domain::Money::new(amount_vnd).to_string()
}

/// Returns a quantity, for example "2" or "1,25".
pub(crate) fn quantity(milli: i64) -> String {
    domain::Quantity::from_milli(milli).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_and_quantities_read_the_vietnamese_way() {
        for (amount_vnd, expected) in [
            (0, "0 ₫"),
            (999, "999 ₫"),
            (1_234_567, "1.234.567 ₫"),
            (-20_000, "-20.000 ₫"),
            (i64::MAX, "9.223.372.036.854.775.807 ₫"),
        ] {
            assert_eq!(vnd(amount_vnd), expected);
        }
        for (milli, expected) in [(2_000, "2"), (1_250, "1,25"), (250, "0,25"), (12_345, "12,345")] {
            assert_eq!(quantity(milli), expected);
        }
    }
}
