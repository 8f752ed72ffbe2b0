//! Names of journals and hashes of their entries.

use std::fmt;
use std::str::FromStr;

use domain::ids::{StoreId, crockford};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use sha2::{Digest, Sha256};

/// A journal: a store and one incarnation of its journal, which is bound to one signing key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StreamId {
    /// The logical store, whatever computer runs it.
    pub store_id: StoreId,
    /// 128 random bits, made by the device when it enrols.
    pub incarnation: u128,
}

impl StreamId {
    /// Returns the four characters of the incarnation that receipt numbers carry.
    pub fn short_code(&self) -> String {
        crockford(self.incarnation, 4)
    }
}

impl fmt::Display for StreamId {
    /// Writes `store uuid.incarnation in hex`, as it stands in envelopes and addresses.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:032x}", self.store_id, self.incarnation)
    }
}

/// A text that names no stream, or is no hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is neither a stream nor a hash: copy it whole")]
pub struct NameError;

impl FromStr for StreamId {
    type Err = NameError;
    fn from_str(text: &str) -> Result<Self, NameError> {
        let (store, incarnation) = text.split_once('.').ok_or(NameError)?;
        let stream = Self {
            store_id: store.parse().map_err(|_| NameError)?,
            incarnation: u128::from_str_radix(incarnation, 16).map_err(|_| NameError)?,
        };
        if stream.to_string() == text { Ok(stream) } else { Err(NameError) }
    }
}

/// A SHA-256 digest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash([u8; 32]);

impl Hash {
    /// What stands before the first entry of a stream.
    pub const ZERO: Self = Self([0; 32]);

    /// Hashes the parts one after another.
    pub fn of(parts: &[&[u8]]) -> Self {
        let mut hasher = Sha256::new();
        for part in parts {
            hasher.update(part);
        }
        Self(hasher.finalize().into())
    }

    /// Returns the 32 bytes.
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Takes 32 bytes.
    ///
    /// # Errors
    /// For any other length.
    pub fn from_slice(bytes: &[u8]) -> Result<Self, NameError> {
        bytes.try_into().map(Self).map_err(|_| NameError)
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = [0; 64];
        hex::encode_to_slice(self.0, &mut text).map_err(|_| fmt::Error)?;
        f.write_str(std::str::from_utf8(&text).map_err(|_| fmt::Error)?)
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hash({})", &self.to_string()[..16])
    }
}

impl FromStr for Hash {
    type Err = NameError;
    fn from_str(text: &str) -> Result<Self, NameError> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes).map_err(|_| NameError)?;
        if text.bytes().any(|byte| byte.is_ascii_uppercase()) { Err(NameError) } else { Ok(Self(bytes)) }
    }
}

macro_rules! serde_as_text {
    ($($type:ty),+) => {$(
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                std::borrow::Cow::<'de, str>::deserialize(deserializer)?.parse().map_err(de::Error::custom)
            }
        }
    )+};
}
pub(crate) use serde_as_text;
serde_as_text!(StreamId, Hash);

/// Business dates on the wire: `2026-11-23`.
pub mod iso_date {
    use serde::{Deserialize, Deserializer, Serializer, de};
    use time::Date;
    use time::format_description::well_known::Iso8601;

    /// Writes a date.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn serialize<S: Serializer>(date: &Date, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(date)
    }

    /// Reads a date.
    ///
    /// # Errors
    /// When the text is none.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Date::parse(&text, &Iso8601::DATE).map_err(de::Error::custom)
    }

    /// The same for a date that may be missing.
    pub(crate) mod option {
        use super::*;

        #[expect(clippy::ref_option, reason = "serde hands over a reference to the field")]
        pub(crate) fn serialize<S: Serializer>(
            date: &Option<Date>,
            serializer: S,
        ) -> Result<S::Ok, S::Error> {
            match date {
                Some(date) => serializer.serialize_some(&date.to_string()),
                None => serializer.serialize_none(),
            }
        }

        pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
            deserializer: D,
        ) -> Result<Option<Date>, D::Error> {
            let text = Option::<String>::deserialize(deserializer)?;
            text.map(|text| Date::parse(&text, &Iso8601::DATE).map_err(de::Error::custom)).transpose()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back_and_only_in_one_spelling() {
        let text = "019a2b3c-4d5e-7f60-8123-456789abcdef.000102030405060708090a0b0c0d0e0f";
        let stream: StreamId = text.parse().unwrap();
        assert_eq!(stream.to_string(), text);
        assert_eq!(stream.short_code(), "T3GF");
        for wrong in ["", ".", "019a2b3c", &text.to_uppercase(), &text[..60], &format!("{text}0")] {
            assert_eq!(wrong.parse::<StreamId>(), Err(NameError), "{wrong}");
        }
    }

    #[test]
    fn a_hash_is_64_lower_case_digits() {
        let hash = Hash::of(&[b"a", b"bc"]);
        assert_eq!(hash.to_string(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(hash.to_string().parse(), Ok(hash));
        assert_eq!(hash.to_string().to_uppercase().parse::<Hash>(), Err(NameError));
        assert!(Hash::from_slice(&[0; 31]).is_err());
    }
}
