//! Identities. Each is a UUIDv7 of its own type, so that a store is never taken for a product.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

/// A text that is no id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not an id: copy it whole")]
pub struct IdError;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl $name {
            /// Takes the id's 128 bits.
            pub const fn from_uuid(id: Uuid) -> Self {
                Self(id)
            }

            /// Returns the id's 128 bits.
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                Uuid::try_parse(text).map(Self).map_err(|_| IdError)
            }
        }
    )*};
}

ids! {
    /// The company, co-operative, household or state unit that runs stores and owes the producers.
    OperatorId;
    /// A sales point with its stock, whatever computer runs it.
    StoreId;
    /// A point of sale with its file, from the first survey on; its store comes later.
    PointId;
    /// A person who signs in at a counter.
    CashierId;
    /// A person who signs in at central.
    UserId;
    /// The household, co-operative or company that makes products (OCOP "chủ thể").
    ProducerId;
    /// A product of the catalogue, or one added at a counter.
    ProductId;
    /// A dated row of what a product was: categories, stars, group, producer, commune.
    ProductFactsId;
    /// A version of consignment terms.
    TermsId;
    /// A dated promotion of the catalogue.
    PromotionId;
    /// A campaign that makes goods known.
    CampaignId;
    /// One delivery of a product, with owner and dates.
    LotId;
    /// A sale; given at the first scan, so that the open cart already has it.
    SaleId;
    /// One cashier's turn at a drawer.
    ShiftId;
}

impl LotId {
    /// Returns the id of the lot that goods are sold from when the book has none: the same for a store and a
    /// product everywhere, so that no look-up is needed.
    pub fn unreceived(store: StoreId, product: ProductId) -> Self {
        Self(Uuid::new_v5(&store.0, product.0.as_bytes()))
    }
}

impl ProductId {
    /// Returns the id of a product that nobody knew and that is typed in with a delivery: the same for the same words in the same
    /// delivery of a store, so that a request that is sent once more, or a key that is pressed twice, adds one product.
    pub fn of_delivery(store: StoreId, delivery: &str, words: &[&str]) -> Self {
        // No word has a line break in it, so other words never make the same name.
        let name = format!("product\n{delivery}\n{}", words.join("\n"));
        Self(Uuid::new_v5(&store.0, name.as_bytes()))
    }
}

impl SaleId {
    /// Returns the ten letters and digits that a buyer writes into a bank transfer: the last 50 bits of the id
    /// in Crockford's base32, which has no I, L, O and U to misread.
    pub fn payment_reference(self) -> String {
        crockford(self.0.as_u128(), 10)
    }
}

/// Returns the lowest `5 × length` bits in Crockford's base32.
pub fn crockford(bits: u128, length: u32) -> String {
    const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    (0..length)
        .rev()
        .map(|place| {
            let five = (bits >> (5 * place)) & 31;
            char::from(LETTERS[usize::try_from(five).unwrap_or(0)])
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_payment_reference_is_ten_plain_characters() {
        let sale: SaleId = "019a2b3c-4d5e-7f60-8123-456789abcdef".parse().unwrap();
        assert_eq!(sale.payment_reference(), "T5CY4TQKFF");
        assert_eq!(sale.payment_reference().len(), 10);
        assert!(sale.payment_reference().chars().all(|c| c.is_ascii_alphanumeric()));
    }

    #[test]
    fn crockford_counts_in_base_32() {
        assert_eq!(crockford(0, 4), "0000");
        assert_eq!(crockford(31, 4), "000Z");
        assert_eq!(crockford(32, 4), "0010");
        assert_eq!(crockford(u128::MAX, 3), "ZZZ");
    }

    #[test]
    fn a_product_of_a_delivery_is_the_same_for_the_same_words() {
        let (store, other) = (StoreId::from_uuid(Uuid::from_u128(1)), StoreId::from_uuid(Uuid::from_u128(2)));
        let id = |store, delivery: &str, words: &[&str]| ProductId::of_delivery(store, delivery, words);
        let told = id(store, "a1", &["Bánh nổ", "gói"]);
        assert_eq!(told, id(store, "a1", &["Bánh nổ", "gói"]));
        for another in [
            id(other, "a1", &["Bánh nổ", "gói"]),
            id(store, "a2", &["Bánh nổ", "gói"]),
            id(store, "a1", &["Bánh nổ", "hộp"]),
            id(store, "a1", &["Bánh", "nổ gói"]),
        ] {
            assert_ne!(told, another);
        }
    }

    #[test]
    fn half_an_id_is_refused() {
        assert_eq!("019a2b3c".parse::<StoreId>(), Err(IdError));
    }
}
