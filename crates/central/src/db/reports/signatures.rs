//! Number, date and signer of reports that were sealed without them: added once, beside what was sealed.

use sqlx::FromRow;
use time::Date;

use crate::db::engine::{Tx, sql};
use crate::error::Result;

/// What was added to a sealed report.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Signature {
    /// Number, with or without its sign.
    pub number: String,
    /// The date of the paper.
    pub signed_on: Date,
    /// What the signer is; may be empty.
    pub signer_title: String,
    /// Who signs.
    pub signer_name: String,
    /// When it was added, UTC milliseconds.
    pub recorded_at_ms: i64,
    /// By whom: a login.
    pub recorded_by: String,
}

impl Signature {
    /// True when both say the same, whoever added them.
    pub fn is_as(&self, other: &Self) -> bool {
        (&self.number, self.signed_on, &self.signer_title, &self.signer_name)
            == (&other.number, other.signed_on, &other.signer_title, &other.signer_name)
    }
}

/// Returns what was added to the report of a period, or `None`.
///
/// # Errors
/// When the database fails.
pub async fn find_signature(tx: &mut Tx, period: &str) -> Result<Option<Signature>> {
    let sql = sql!(
        "select number, signed_on, signer_title, signer_name, recorded_at_ms, recorded_by
         from report_signatures where period = $1",
        period
    );
    tx.opt(sql).await
}

/// Adds it to a sealed report; false when the report has it already, which stays.
///
/// # Errors
/// When the database fails, or the report is not sealed.
pub async fn insert_signature(tx: &mut Tx, period: &str, signature: &Signature) -> Result<bool> {
    let sql = sql!(
        "insert into report_signatures (period, number, signed_on, signer_title, signer_name, recorded_at_ms, recorded_by)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict (period) do nothing",
        period,
        &signature.number,
        signature.signed_on,
        &signature.signer_title,
        &signature.signer_name,
        signature.recorded_at_ms,
        &signature.recorded_by
    );
    Ok(tx.exec(sql).await? == 1)
}
