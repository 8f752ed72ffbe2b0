//! Ed25519 keys and what they sign. Each message begins with its purpose and has length-prefixed fields, so that a
//! signature for one purpose never passes for another.

use std::fmt;
use std::str::FromStr;

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::stream::{Hash, NameError, serde_as_text};

/// A key that signs. Never printed, never in a backup.
#[derive(Clone)]
pub struct SecretKey(SigningKey);

/// The key that checks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

/// A signature that was not made by this key for this message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the signature does not fit")]
pub struct BadSignature;

/// What a signature is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A batch of entries, by the store.
    Batch,
    /// An acknowledgement, by central.
    Ack,
    /// An enrolment, by the device that proves its key.
    Enrol,
    /// A request that reads (head, catalogue), by the store.
    Read,
    /// What central heard from banks, by central.
    Notices,
    /// What is on its way between stores, by central.
    Transfers,
    /// The manifest of a period's pack, by central.
    Pack,
}

impl Purpose {
    const fn domain(self) -> &'static [u8] {
        match self {
            Self::Batch => b"consign-batch-v1\0",
            Self::Ack => b"consign-ack-v1\0",
            Self::Enrol => b"consign-enrol-v1\0",
            Self::Read => b"consign-read-v1\0",
            Self::Notices => b"consign-notices-v1\0",
            Self::Transfers => b"consign-transfers-v1\0",
            Self::Pack => b"consign-pack-v1\0",
        }
    }
}

impl SecretKey {
    /// Takes 32 random bytes.
    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(bytes))
    }

    /// Returns the 32 bytes, for the key file alone.
    pub fn to_bytes(&self) -> [u8; 32] {
        self.0.to_bytes()
    }

    /// Returns the key that checks.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    /// Signs fields for a purpose; returns 128 hex digits.
    pub fn sign(&self, purpose: Purpose, fields: &[&[u8]]) -> String {
        hex::encode(self.0.sign(&message(purpose, fields)).to_bytes())
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKey(…)")
    }
}

impl PublicKey {
    /// Returns the 32 bytes.
    pub fn to_bytes(&self) -> [u8; 32] {
        self.0.to_bytes()
    }

    /// Returns sixteen hex digits in groups of four, for people to compare: `3f9a-01bc-77de-5a10`.
    pub fn fingerprint(&self) -> String {
        let digest = Hash::of(&[self.0.as_bytes()]).to_string();
        [&digest[0..4], &digest[4..8], &digest[8..12], &digest[12..16]].join("-")
    }

    /// Checks a signature.
    ///
    /// # Errors
    /// When it was not made by this key for these fields and purpose.
    pub fn verify(&self, purpose: Purpose, fields: &[&[u8]], signature: &str) -> Result<(), BadSignature> {
        let mut bytes = [0; 64];
        hex::decode_to_slice(signature, &mut bytes).map_err(|_| BadSignature)?;
        let signature = Signature::from_bytes(&bytes);
        self.0.verify_strict(&message(purpose, fields), &signature).map_err(|_| BadSignature)
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0.as_bytes()))
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({})", self.fingerprint())
    }
}

impl FromStr for PublicKey {
    type Err = NameError;
    fn from_str(text: &str) -> Result<Self, NameError> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes).map_err(|_| NameError)?;
        VerifyingKey::from_bytes(&bytes).map(Self).map_err(|_| NameError)
    }
}
serde_as_text!(PublicKey);

fn message(purpose: Purpose, fields: &[&[u8]]) -> Vec<u8> {
    let mut bytes = purpose.domain().to_vec();
    for field in fields {
        // No field comes near 4 GiB: bodies are signed by their digest.
        let length = u32::try_from(field.len()).unwrap_or(u32::MAX);
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(field);
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_fits_one_key_one_purpose_and_one_message() {
        let key = SecretKey::from_bytes(&[7; 32]);
        let signature = key.sign(Purpose::Batch, &[b"ab", b"c"]);
        let public = key.public();
        assert_eq!(public.verify(Purpose::Batch, &[b"ab", b"c"], &signature), Ok(()));
        assert_eq!(public.verify(Purpose::Batch, &[b"a", b"bc"], &signature), Err(BadSignature));
        assert_eq!(public.verify(Purpose::Ack, &[b"ab", b"c"], &signature), Err(BadSignature));
        assert_eq!(public.verify(Purpose::Batch, &[b"ab", b"c"], "00"), Err(BadSignature));
        let other = SecretKey::from_bytes(&[8; 32]).public();
        assert_eq!(other.verify(Purpose::Batch, &[b"ab", b"c"], &signature), Err(BadSignature));
    }

    #[test]
    fn keys_are_read_back_and_secrets_are_not_printed() {
        let key = SecretKey::from_bytes(&[7; 32]);
        assert_eq!(key.public().to_string().parse(), Ok(key.public()));
        assert_eq!(format!("{key:?}"), "SecretKey(…)");
        assert_eq!(key.public().fingerprint().len(), 19);
        assert!("zz".parse::<PublicKey>().is_err());
    }
}
