//! What people write into a report: difficulties, proposals, number, signer, recipients.

use sqlx::FromRow;
use time::Date;

use crate::db::engine::{Tx, sql};
use crate::error::Result;

/// The words of a report.
#[derive(Debug, Clone, Default, PartialEq, Eq, FromRow)]
pub struct Words {
    /// Difficulties.
    pub difficulties: String,
    /// Proposals.
    pub proposals: String,
    /// Number and sign; empty until the paper has one.
    pub number: String,
    /// The date of the paper; none until it has one.
    pub signed_on: Option<Date>,
    /// What the signer is.
    pub signer_title: String,
    /// Who signs.
    pub signer_name: String,
    /// Who gets it, one a line.
    pub recipients: String,
    /// When they were saved, UTC milliseconds.
    pub saved_at_ms: i64,
    /// By whom: a login.
    pub saved_by: String,
}

/// Returns the words of a period, or `None`.
///
/// # Errors
/// When the database fails.
pub async fn find_words(tx: &mut Tx, period: &str) -> Result<Option<Words>> {
    let sql = sql!(
        "select difficulties, proposals, number, signed_on, signer_title, signer_name, recipients, saved_at_ms,
            saved_by from report_words where period = $1",
        period
    );
    tx.opt(sql).await
}

/// Returns the words that were saved last for any period, or `None`.
///
/// # Errors
/// When the database fails.
pub async fn latest_words(tx: &mut Tx) -> Result<Option<Words>> {
    let sql = sql!(
        "select difficulties, proposals, number, signed_on, signer_title, signer_name, recipients, saved_at_ms,
            saved_by from report_words order by saved_at_ms desc, period desc limit 1"
    );
    tx.opt(sql).await
}

/// Keeps the words of a period in place of those before.
///
/// # Errors
/// When the database fails.
pub async fn save_words(tx: &mut Tx, period: &str, words: &Words) -> Result<()> {
    let sql = sql!(
        "insert into report_words (period, difficulties, proposals, number, signed_on, signer_title, signer_name,
            recipients, saved_at_ms, saved_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         on conflict (period) do update set difficulties = excluded.difficulties, proposals = excluded.proposals,
            number = excluded.number, signed_on = excluded.signed_on, signer_title = excluded.signer_title,
            signer_name = excluded.signer_name, recipients = excluded.recipients,
            saved_at_ms = excluded.saved_at_ms, saved_by = excluded.saved_by",
        period,
        &words.difficulties,
        &words.proposals,
        &words.number,
        words.signed_on,
        &words.signer_title,
        &words.signer_name,
        &words.recipients,
        words.saved_at_ms,
        &words.saved_by
    );
    tx.exec(sql).await?;
    Ok(())
}
