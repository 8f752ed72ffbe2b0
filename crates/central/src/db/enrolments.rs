//! One-time codes by which a device joins a store.

use clock::Clock;
use domain::ids::{StoreId, crockford};
use protocol::Hash;
use sqlx::FromRow;
use uuid::Uuid;

use super::engine::{Tx, sql};
use crate::error::{Error, Result};

/// How long a code lives.
pub const CODE_LIFE_MS: i64 = 10 * 60 * 1_000;
/// Wrong tries after which a code is dead.
pub const TRIES_MAX: i64 = 5;
const PREFIX_LENGTH: usize = 4;
const LENGTH: u32 = 16;
/// Used codes are kept this long, so that a device whose answer was lost may ask again.
const KEPT_MS: i64 = 24 * 60 * 60 * 1_000;
const DRAWS_MAX: usize = 8;

/// What became of a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Redeemed {
    /// The code is good, and now used.
    Fresh(StoreId),
    /// The same device asks again.
    Again(StoreId),
    /// Wrong, used by another device, expired or dead.
    Refused,
}

/// Makes a code for a store: sixteen characters in groups of four.
///
/// # Errors
/// When the database fails.
pub async fn issue(tx: &mut Tx, store_id: StoreId, clock: &Clock) -> Result<String> {
    let now_ms = clock.now_ms();
    tx.exec(sql!("delete from enrolment_codes where expires_at_ms < $1", now_ms - KEPT_MS)).await?;
    for _ in 0..DRAWS_MAX {
        let mut random = [0; 16];
        clock.fill(&mut random);
        let code = crockford(u128::from_be_bytes(random), LENGTH);
        let sql = sql!(
            "insert into enrolment_codes (prefix, code_hash, store_id, expires_at_ms, tries_left)
             values ($1, $2, $3, $4, $5) on conflict (prefix) do nothing",
            &code[..PREFIX_LENGTH],
            hash_of(&code),
            store_id,
            now_ms + CODE_LIFE_MS,
            TRIES_MAX
        );
        if tx.exec(sql).await? == 1 {
            return Ok([&code[..4], &code[4..8], &code[8..12], &code[12..]].join("-"));
        }
    }
    Err(Error::Program("no free code was found: try again".to_owned()))
}

#[derive(FromRow)]
struct CodeRow {
    code_hash: Vec<u8>,
    store_id: Uuid,
    expires_at_ms: i64,
    tries_left: i64,
    used_by: Option<Uuid>,
}

/// Tries a code for a device. A wrong try is counted, so the caller commits whatever comes back.
///
/// # Errors
/// When the database fails.
pub async fn redeem(tx: &mut Tx, typed: &str, incarnation: u128, now_ms: i64) -> Result<Redeemed> {
    let code = normal(typed);
    let Some(prefix) = code.get(..PREFIX_LENGTH) else { return Ok(Redeemed::Refused) };
    // Writing first locks the row, so that parallel guesses are counted one after another.
    let sql = sql!(
        "update enrolment_codes set tries_left = tries_left where prefix = $1
         returning code_hash, store_id, expires_at_ms, tries_left, used_by",
        prefix
    );
    let Some(row) = tx.opt::<CodeRow>(sql).await? else { return Ok(Redeemed::Refused) };
    if row.code_hash != hash_of(&code).bytes() || row.tries_left <= 0 {
        tx.exec(sql!("update enrolment_codes set tries_left = tries_left - 1 where prefix = $1", prefix))
            .await?;
        return Ok(Redeemed::Refused);
    }
    let store_id = row.store_id.into();
    match row.used_by {
        Some(by) if by.as_u128() == incarnation => Ok(Redeemed::Again(store_id)),
        None if now_ms <= row.expires_at_ms => {
            let sql = sql!("update enrolment_codes set used_by = $2 where prefix = $1", prefix, incarnation);
            tx.exec(sql).await?;
            Ok(Redeemed::Fresh(store_id))
        }
        _ => Ok(Redeemed::Refused),
    }
}

/// Returns a typed code in its one spelling: capitals, no dashes, letters that are not in the alphabet as the digits
/// that they were meant to be.
fn normal(typed: &str) -> String {
    let letters = typed.chars().filter(|c| !c.is_whitespace() && *c != '-');
    let read = |c: char| match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    letters.take(64).map(read).collect()
}

fn hash_of(code: &str) -> Hash {
    Hash::of(&[b"ocop-enrolment-code\0", code.as_bytes()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_may_be_typed_in_any_way() {
        for typed in ["7Q3F-0123-ABCD-XY10", "7q3fo123abcdxylo", " 7q3f 0i23 abcd xy1o "] {
            assert_eq!(normal(typed), "7Q3F0123ABCDXY10", "{typed}");
        }
        assert_eq!(normal("đ").get(..PREFIX_LENGTH), None);
    }
}
