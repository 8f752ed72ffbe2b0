//! The reference that a buyer's transfer carries, found again in whatever a bank makes of it: with words before and
//! after, in small letters, cut by blanks and hyphens.

use std::collections::BTreeSet;
use std::fmt;

use crate::ids::SaleId;

/// The reference of one sale: ten characters of Crockford's base32, as [`SaleId::payment_reference`] makes it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PaymentReference(String);

impl PaymentReference {
    /// Characters of a reference.
    pub const LENGTH: usize = 10;

    /// Returns the reference of a sale.
    pub fn of(sale_id: SaleId) -> Self {
        Self(sale_id.payment_reference())
    }

    /// Returns the reference that a text is, to the letter; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let is_one = text.len() == Self::LENGTH && text.bytes().all(is_letter_of_reference);
        is_one.then(|| Self(text.to_owned()))
    }

    /// Returns whatever may be a reference in the words of a transfer. Most of it is none: who knows the references looks
    /// for them here. Ten digits in a row are left out: they are account and telephone numbers, and of 100.000 references
    /// one has no letter; a person then looks at the bank.
    pub fn all_in(words: &str) -> BTreeSet<Self> {
        let plain: Vec<u8> = words
            .bytes()
            .filter(u8::is_ascii_alphanumeric)
            .map(|letter| letter.to_ascii_uppercase())
            .collect();
        plain
            .windows(Self::LENGTH)
            .filter(|window| {
                window.iter().copied().all(is_letter_of_reference) && !window.iter().all(u8::is_ascii_digit)
            })
            .map(|window| Self(window.iter().copied().map(char::from).collect()))
            .collect()
    }

    /// Returns the ten characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PaymentReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Crockford's base32 has no I, L, O and U.
const fn is_letter_of_reference(letter: u8) -> bool {
    matches!(letter, b'0'..=b'9' | b'A'..=b'Z') && !matches!(letter, b'I' | b'L' | b'O' | b'U')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_reference_is_found_in_what_banks_make_of_it() {
        for words in [
            "T5CY4TQKFF",
            "t5cy4tqkff",
            "MBVCB.4820193.T5CY4TQKFF.CT tu 0123456789 NGUYEN VAN A toi 1023456789",
            "NGUYEN THI B chuyen tien T5CY4 TQKFF",
            "CT DEN:612345678901 T5CY-4TQK-FF GD 081122",
            "IBFTT5CY4TQKFFND",
            "Thanh toán T5CY4TQKFF, cảm ơn",
        ] {
            let found = PaymentReference::all_in(words);
            assert!(found.contains(&PaymentReference("T5CY4TQKFF".to_owned())), "{words}: {found:?}");
        }
    }

    #[test]
    fn what_cannot_be_one_is_not_offered() {
        for words in
            ["", "T5CY4TQKF", "0123456789", "84905123456 1023456789", "T5CY4OQKFF", "nguyễn thị bưởi", "💸"]
        {
            assert_eq!(PaymentReference::all_in(words), BTreeSet::new(), "{words}");
        }
    }

    #[test]
    fn only_the_exact_spelling_is_parsed() {
        assert_eq!(PaymentReference::parse("T5CY4TQKFF").unwrap().to_string(), "T5CY4TQKFF");
        for wrong in ["", "t5cy4tqkff", "T5CY4TQKF", "T5CY4TQKFFF", "T5CY4TQKFO", "T5CY4 QKFF", "Đ5CY4TQKF"]
        {
            assert_eq!(PaymentReference::parse(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn the_reference_of_any_sale_is_found(bits: u128, before in "[ -~]{0,20}", after in "[ -~]{0,20}") {
            let reference = PaymentReference::of(SaleId::from_uuid(Uuid::from_u128(bits)));
            prop_assert_eq!(PaymentReference::parse(reference.as_str()), Some(reference.clone()));
            let words = format!("{before}{reference}{after}");
            let has_letter = reference.as_str().bytes().any(|letter| letter.is_ascii_alphabetic());
            prop_assert_eq!(PaymentReference::all_in(&words).contains(&reference), has_letter);
        }

        #[test]
        fn any_words_can_be_looked_through(words: String) {
            prop_assert!(PaymentReference::all_in(&words).len() <= words.len());
        }
    }
}
