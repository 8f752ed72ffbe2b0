//! Keys by which a provider of bank notices speaks for an operator.

use clock::Clock;
use domain::ids::{OperatorId, crockford};
use protocol::Hash;
use sqlx::FromRow;

use super::engine::{Db, Tx, sql};
use crate::error::Result;

const NAME_LENGTH: u32 = 8;
/// 128 bits.
const SECRET_LENGTH: u32 = 26;

/// A key as it is shown: `NAME.SECRET`. Never stored, never printed but once.
#[derive(Clone, PartialEq, Eq)]
pub struct BankKey(String);

impl BankKey {
    /// Returns a new one.
    pub fn draw(clock: &Clock) -> Self {
        let draw = |length| {
            let mut random = [0; 16];
            clock.fill(&mut random);
            crockford(u128::from_be_bytes(random), length)
        };
        Self(format!("{}.{}", draw(NAME_LENGTH), draw(SECRET_LENGTH)))
    }

    /// Takes what was sent, when it can be a key at all.
    pub fn parse(text: &str) -> Option<Self> {
        let (name, secret) = text.split_once('.')?;
        let fits = |part: &str, length: u32| {
            u32::try_from(part.len()) == Ok(length) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        };
        (fits(name, NAME_LENGTH) && fits(secret, SECRET_LENGTH)).then(|| Self(text.to_owned()))
    }

    /// The part that names its row.
    pub fn name(&self) -> &str {
        self.0.split('.').next().unwrap_or_default()
    }

    /// The whole of it, to be shown once.
    pub fn text(&self) -> &str {
        &self.0
    }

    fn hash(&self) -> Hash {
        Hash::of(&[b"ocop-bank-key\0", self.0.as_bytes()])
    }
}

impl std::fmt::Debug for BankKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "BankKey({})", self.name())
    }
}

/// Gives an operator a key; the one before stops at once.
///
/// # Errors
/// When the database fails.
pub async fn replace(tx: &mut Tx, operator_id: OperatorId, key: &BankKey, now_ms: i64) -> Result<()> {
    tx.exec(sql!(
        "insert into bank_keys (operator_id, name, key_hash, made_at_ms) values ($1, $2, $3, $4)
         on conflict (operator_id) do update set name = excluded.name, key_hash = excluded.key_hash,
            made_at_ms = excluded.made_at_ms",
        operator_id,
        key.name(),
        key.hash(),
        now_ms
    ))
    .await?;
    Ok(())
}

/// Takes an operator's key away; false when it had none.
///
/// # Errors
/// When the database fails.
pub async fn delete(tx: &mut Tx, operator_id: OperatorId) -> Result<bool> {
    Ok(tx.exec(sql!("delete from bank_keys where operator_id = $1", operator_id)).await? == 1)
}

#[derive(FromRow)]
struct KeyRow {
    #[sqlx(try_from = "uuid::Uuid")]
    operator_id: OperatorId,
    key_hash: Vec<u8>,
}

/// Returns the operator that a key speaks for. The row is found by the key's name and the rest compared by digests, so the
/// time that it takes tells nothing of the secret.
///
/// # Errors
/// When the database fails.
pub async fn find_operator(db: &Db, key: &BankKey) -> Result<Option<OperatorId>> {
    let sql = sql!("select operator_id, key_hash from bank_keys where name = $1", key.name());
    let row: Option<KeyRow> = db.opt(sql).await?;
    Ok(row.filter(|row| row.key_hash == key.hash().bytes()).map(|row| row.operator_id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_has_its_form_and_hides_its_secret() {
        let key = BankKey::draw(&Clock::system());
        assert_eq!(BankKey::parse(key.text()), Some(key.clone()));
        assert_eq!(format!("{key:?}"), format!("BankKey({})", key.name()));
        assert_ne!(key, BankKey::draw(&Clock::system()));
        let long = format!("{}A", key.text());
        for wrong in
            ["", ".", "7Q3F9K2M", "7Q3F9K2M.", &long, &key.text()[1..], &key.text().replace('.', "-")]
        {
            assert_eq!(BankKey::parse(wrong), None, "{wrong}");
        }
    }
}
