//! Amounts as people type them: `700000`, `700.000`, `700k`.

use domain::Money;

/// Longest text that is read as an amount.
const TEXT_MOST: usize = 24;

/// Returns the amount of whole đồng that a text says, or `None` when it says none. Dots, commas or blanks may stand
/// between thousands, and `k` (`nghìn`) stands for three zeros.
pub fn parse(text: &str) -> Option<Money> {
    let text = text.trim().trim_end_matches(['₫', 'đ']).trim_end();
    if text.len() > TEXT_MOST {
        return None;
    }
    let (text, factor) = match text.strip_suffix(['k', 'K']) {
        Some(text) => (text, 1_000),
        None => (text, 1),
    };
    let mut groups = text.split(['.', ',', ' ']);
    let first = groups.next()?;
    if first.is_empty() {
        return None;
    }
    let mut digits = first.to_owned();
    for group in groups {
        // 1.50 is no amount: a group has three digits, and the first at most three.
        if group.len() != 3 || first.len() > 3 {
            return None;
        }
        digits.push_str(group);
    }
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    digits.parse::<i64>().ok()?.checked_mul(factor).map(Money::new)
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn amounts_as_people_type_them() {
        for (text, expected) in [
            ("700000", Some(700_000)),
            ("700.000", Some(700_000)),
            ("1.250.000 ₫", Some(1_250_000)),
            ("1,250,000đ", Some(1_250_000)),
            ("1 250 000", Some(1_250_000)),
            ("700k", Some(700_000)),
            ("1.250K", Some(1_250_000)),
            (" 0 ", Some(0)),
            ("", None),
            ("k", None),
            ("1.50", None),
            ("1,5", None),
            ("7000.000", None),
            (".500", None),
            ("-5000", None),
            ("+5000", None),
            ("5e3", None),
            ("７００", None),
            ("99999999999999999999", None),
            ("9223372036854775807k", None),
            ("1000000000000000000000000000", None),
        ] {
            assert_eq!(parse(text).map(|amount| amount.vnd()), expected, "{text:?}");
        }
    }
}
