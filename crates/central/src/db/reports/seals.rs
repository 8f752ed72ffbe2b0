//! Reports that were sealed: never changed, and checked by their hash whenever they are read.

use protocol::Hash;
use sqlx::FromRow;

use crate::db::engine::{Db, Tx, sql};
use crate::error::{Error, Result};

/// A sealed report.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Seal {
    /// The period.
    pub period: String,
    /// The report as JSON.
    pub body: String,
    /// SHA-256 of the body.
    pub sha256: Vec<u8>,
    /// When, UTC milliseconds.
    pub sealed_at_ms: i64,
    /// By whom: a login.
    pub sealed_by: String,
}

/// Returns the seal of a period, or `None`.
///
/// # Errors
/// [`Error::Damaged`] when the body is not what was sealed; when the database fails.
pub async fn find_seal(tx: &mut Tx, period: &str) -> Result<Option<Seal>> {
    let sql = sql!(
        "select period, body, sha256, sealed_at_ms, sealed_by from sealed_reports where period = $1",
        period
    );
    let seal: Option<Seal> = tx.opt(sql).await?;
    match seal {
        Some(seal) if Hash::of(&[seal.body.as_bytes()]).bytes().as_slice() != seal.sha256 => {
            Err(Error::damaged("sealed_reports", seal.period, "it was changed after it was sealed"))
        }
        seal => Ok(seal),
    }
}

/// Seals a report; false when the period has a seal, which stays.
///
/// # Errors
/// When the database fails.
pub async fn insert_seal(tx: &mut Tx, seal: &Seal) -> Result<bool> {
    let sql = sql!(
        "insert into sealed_reports (period, body, sha256, sealed_at_ms, sealed_by) values ($1, $2, $3, $4, $5)
         on conflict (period) do nothing",
        &seal.period,
        &seal.body,
        seal.sha256.clone(),
        seal.sealed_at_ms,
        &seal.sealed_by
    );
    Ok(tx.exec(sql).await? == 1)
}

/// Returns the periods that are sealed.
///
/// # Errors
/// When the database fails.
pub async fn list_seals(db: &Db) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = db.all(sql!("select period from sealed_reports order by period")).await?;
    Ok(rows.into_iter().map(|(period,)| period).collect())
}
