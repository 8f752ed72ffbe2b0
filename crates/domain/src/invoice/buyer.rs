//! Who an invoice is made out to. Nothing of it leaves the shop but with the invoice itself.

use super::tax_number::{TaxNumber, is_personal_number};
use crate::money::Money;

/// What an invoice prints for a buyer who is not named.
pub const ANONYMOUS: &str = "Bán cho người tiêu dùng";
/// The longest name, address or country, in characters.
const TEXT_MOST: usize = 200;
/// The longest number of a passport.
const PASSPORT_MOST: usize = 20;

/// From this amount on, VAT included, a business deducts the VAT of a purchase only with proof that it was not paid in cash
/// (VAT law 48/2024/QH15, from 1/7/2025).
pub const NON_CASH_FROM: Money = Money::new(5_000_000);

/// A buyer. It has no `Display`: names belong into no log.
#[derive(Clone, PartialEq, Eq)]
pub enum Buyer {
    /// Nobody asked for a name.
    Anonymous,
    /// A person with a personal number (CCCD).
    Person {
        /// Name.
        name: String,
        /// Twelve digits.
        personal_number: String,
        /// Address; may be empty.
        address: String,
    },
    /// A company, co-operative, household or office with a tax number (MST).
    Organisation {
        /// Name as registered.
        name: String,
        /// Tax number.
        tax_number: TaxNumber,
        /// Address as registered.
        address: String,
    },
    /// A person with a passport.
    Foreigner {
        /// Name.
        name: String,
        /// Number of the passport.
        passport: String,
        /// Country.
        country: String,
    },
}

/// The field of a buyer that cannot stand on an invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BuyerError {
    /// The kind is unknown.
    #[error("choose what the buyer is")]
    Kind,
    /// No name, or one beyond 200 characters.
    #[error("type the buyer's name")]
    Name,
    /// No tax number.
    #[error("the tax number is wrong: compare its digits")]
    TaxNumber,
    /// No personal number.
    #[error("the personal number has twelve digits")]
    PersonalNumber,
    /// No passport number.
    #[error("type the number of the passport")]
    Passport,
    /// No address, or one beyond 200 characters.
    #[error("type the address")]
    Address,
    /// No country, or one beyond 200 characters.
    #[error("type the country")]
    Country,
}

/// What was typed about a buyer.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct TypedBuyer {
    /// `none`, `person`, `organisation` or `foreigner`.
    pub kind: String,
    /// Name.
    pub name: String,
    /// Tax number, personal number or number of the passport.
    pub number: String,
    /// Address; the country of a foreigner.
    pub address: String,
}

impl TypedBuyer {
    /// Returns the buyer.
    ///
    /// # Errors
    /// With the field that is missing or wrong.
    pub fn read(&self) -> Result<Buyer, BuyerError> {
        let name = || text(&self.name).filter(|name| !name.is_empty()).ok_or(BuyerError::Name);
        Ok(match self.kind.as_str() {
            "none" => Buyer::Anonymous,
            "person" => Buyer::Person {
                name: name()?,
                personal_number: Some(self.number.replace(' ', ""))
                    .filter(|number| is_personal_number(number))
                    .ok_or(BuyerError::PersonalNumber)?,
                address: text(&self.address).ok_or(BuyerError::Address)?,
            },
            "organisation" => Buyer::Organisation {
                name: name()?,
                tax_number: TaxNumber::parse(&self.number).map_err(|_| BuyerError::TaxNumber)?,
                address: text(&self.address)
                    .filter(|address| !address.is_empty())
                    .ok_or(BuyerError::Address)?,
            },
            "foreigner" => Buyer::Foreigner {
                name: name()?,
                passport: passport(&self.number).ok_or(BuyerError::Passport)?,
                country: text(&self.address)
                    .filter(|country| !country.is_empty())
                    .ok_or(BuyerError::Country)?,
            },
            _ => return Err(BuyerError::Kind),
        })
    }
}

impl Buyer {
    /// Returns what was typed, as it reads again.
    pub fn typed(&self) -> TypedBuyer {
        let typed = |kind: &str, name: &str, number: &str, address: &str| TypedBuyer {
            kind: kind.to_owned(),
            name: name.to_owned(),
            number: number.to_owned(),
            address: address.to_owned(),
        };
        match self {
            Self::Anonymous => typed("none", "", "", ""),
            Self::Person { name, personal_number, address } => {
                typed("person", name, personal_number, address)
            }
            Self::Organisation { name, tax_number, address } => {
                typed("organisation", name, tax_number.as_str(), address)
            }
            Self::Foreigner { name, passport, country } => typed("foreigner", name, passport, country),
        }
    }
}

/// Returns a text without blanks around it, or `None` when no invoice holds it.
fn text(text: &str) -> Option<String> {
    let text = text.trim();
    (text.chars().count() <= TEXT_MOST && !text.chars().any(char::is_control)).then(|| text.to_owned())
}

fn passport(text: &str) -> Option<String> {
    let number: String = text.chars().filter(|char| !char.is_whitespace()).collect();
    let fits = (1..=PASSPORT_MOST).contains(&number.len())
        && number.bytes().all(|byte| byte.is_ascii_alphanumeric());
    fits.then(|| number.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(kind: &str, name: &str, number: &str, address: &str) -> TypedBuyer {
        let own = str::to_owned;
        TypedBuyer { kind: own(kind), name: own(name), number: own(number), address: own(address) }
    }

    #[test]
    fn each_kind_needs_what_an_invoice_prints() {
        for (given, expected) in [
            (typed("none", "", "", ""), None),
            (typed("person", "Lê Văn An", "051090001234", ""), None),
            (typed("person", "", "051090001234", ""), Some(BuyerError::Name)),
            (typed("person", "Lê Văn An", "05109000123", ""), Some(BuyerError::PersonalNumber)),
            (typed("organisation", "Công ty An", "0100109106", "Quảng Ngãi"), None),
            (typed("organisation", "Công ty An", "0100109107", "Quảng Ngãi"), Some(BuyerError::TaxNumber)),
            (typed("organisation", "Công ty An", "0100109106", " "), Some(BuyerError::Address)),
            (typed("organisation", &"x".repeat(201), "0100109106", "y"), Some(BuyerError::Name)),
            (typed("foreigner", "Jane Doe", "ab 123456", "France"), None),
            (typed("foreigner", "Jane Doe", "", "France"), Some(BuyerError::Passport)),
            (typed("foreigner", "Jane Doe", "AB123456", ""), Some(BuyerError::Country)),
            (typed("foreigner", "Jane\nDoe", "AB123456", "France"), Some(BuyerError::Name)),
            (typed("x", "", "", ""), Some(BuyerError::Kind)),
        ] {
            assert_eq!(given.read().err(), expected, "{} {}", given.kind, given.number);
        }
    }

    #[test]
    fn what_was_read_reads_again() {
        for given in [
            typed("none", "", "", ""),
            typed("person", " Lê Văn An ", "0510 9000 1234", "Lý Sơn"),
            typed("organisation", "Công ty An", "0100109106001", "Quảng Ngãi"),
            typed("foreigner", "Jane Doe", "ab 123456", "France"),
        ] {
            let buyer = given.read().ok().unwrap();
            assert!(buyer.typed().read().ok() == Some(buyer));
        }
    }
}
