//! What people found about entries that are not in the figures as told. The entries stay as they are.

use protocol::StreamId;

use super::engine::{Tx, sql};
use crate::error::Result;

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The entry's stream.
    pub stream: StreamId,
    /// Its number.
    pub seq: i64,
    /// Who answered.
    pub answered_by: String,
    /// When, UTC milliseconds.
    pub answered_at_ms: i64,
    /// What came of it.
    pub words: String,
}

/// Keeps an answer to an entry that is among the exceptions; false when it is none, or was answered before.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, answer: &Answer) -> Result<bool> {
    let sql = sql!(
        "insert into exception_answers (store_id, incarnation, seq, answered_by, answered_at_ms, words)
         select store_id, incarnation, seq, $4, $5, $6 from exceptions
         where store_id = $1 and incarnation = $2 and seq = $3
         on conflict (store_id, incarnation, seq) do nothing",
        answer.stream.store_id,
        answer.stream.incarnation,
        answer.seq,
        &answer.answered_by,
        answer.answered_at_ms,
        &answer.words
    );
    Ok(tx.exec(sql).await? > 0)
}
