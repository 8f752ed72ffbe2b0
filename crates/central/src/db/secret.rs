//! Secrets that stand in an address: 128 random bits, kept as a digest.

use clock::Clock;
use domain::ids::crockford;
use protocol::Hash;

/// 128 bits.
const LENGTH: u32 = 26;

/// A secret as an address carries it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Returns a new one.
    pub fn draw(clock: &Clock) -> Self {
        let mut random = [0; 16];
        clock.fill(&mut random);
        Self(crockford(u128::from_be_bytes(random), LENGTH))
    }

    /// Takes what stands in an address, when it can be a secret at all.
    pub fn parse(text: &str) -> Option<Self> {
        let fits =
            u32::try_from(text.len()) == Ok(LENGTH) && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        fits.then(|| Self(text.to_ascii_uppercase()))
    }

    /// The whole of it.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// Returns its digest; another one for each thing that secrets open.
    pub(super) fn hash(&self, opens: &str) -> Hash {
        Hash::of(&[opens.as_bytes(), b"\0", self.0.as_bytes()])
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_has_its_form_and_hides_itself() {
        let secret = Secret::draw(&Clock::system());
        assert_eq!(Secret::parse(secret.text()), Some(secret.clone()));
        assert_eq!(Secret::parse(&secret.text().to_lowercase()), Some(secret.clone()), "typed by hand");
        assert_eq!(format!("{secret:?}"), "Secret(…)");
        assert_ne!(secret, Secret::draw(&Clock::system()));
        assert_ne!(secret.hash("a"), secret.hash("b"));
        let long = format!("{}A", secret.text());
        for wrong in ["", "7Q3F", &long, &secret.text()[1..], &"ố".repeat(13), &"-".repeat(26)] {
            assert_eq!(Secret::parse(wrong), None, "{wrong}");
        }
    }
}
