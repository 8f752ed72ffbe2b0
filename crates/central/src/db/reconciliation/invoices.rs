//! Sales that need an e-invoice, and what tills say of those that wait. The invoices themselves stay with the operator and its
//! provider: central is told how many are not issued yet, and by which till.

use domain::invoice::duty::{Duty, LegalStatus};
use sqlx::FromRow;

use super::Asked;
use crate::db::engine::{Sql, Tx, sql};
use crate::error::Result;

/// The two sides, as numbers of sales.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Invoices {
    /// The operator's sales need invoices.
    pub is_due: bool,
    /// Sales of the period, without those that were voided.
    pub sale_count: i64,
    /// Refunds of the period, each of which needs an invoice that replaces or adjusts the one before.
    pub refund_count: i64,
    /// Invoices that tills have not issued yet, of whatever day, as each told last: those of computers that are in use, as on the board.
    pub waiting_count: i64,
    /// Since when the oldest of them waits, UTC milliseconds.
    pub waiting_since_ms: Option<i64>,
}

#[derive(FromRow)]
struct Waiting {
    waiting_count: i64,
    waiting_since_ms: Option<i64>,
}

/// Returns both sides.
///
/// # Errors
/// When the database fails.
pub async fn invoices(tx: &mut Tx, asked: &Asked) -> Result<Invoices> {
    let sql = sql!(
        "select operators.legal_status, operator_invoices.duty from operators
         left join operator_invoices on operator_invoices.operator_id = operators.id where operators.id = $1",
        asked.operator_id
    );
    let (status, duty): (String, Option<String>) = tx.one(sql).await?;
    let is_due = duty
        .and_then(|code| Duty::from_code(&code).zip(LegalStatus::from_code(&status)))
        .is_some_and(|(duty, status)| duty.is_due(status));
    let sql = Sql::new("select coalesce(cast(sum(receipt_count) as bigint), 0) from receipts_daily where ");
    // A void took its sale from the receipts of its day.
    let (sale_count,): (i64,) = tx.one(asked.within(sql)).await?;
    let sql = Sql::new(
        "select coalesce(cast(sum(case when is_void then 0 else 1 end) as bigint), 0) from refunds where ",
    );
    let (refund_count,): (i64,) = tx.one(asked.within(sql)).await?;
    let sql = Sql::new(
        "select coalesce(cast(sum(conditions.invoices_pending) as bigint), 0) as waiting_count,
            min(conditions.invoices_oldest_ms) as waiting_since_ms from conditions
         join streams on streams.store_id = conditions.store_id and streams.incarnation = conditions.incarnation
         where streams.status in ('approved', 'held') and conditions.store_id",
    );
    let Waiting { waiting_count, waiting_since_ms } = tx.one(sql.is_in(asked.ids())).await?;
    Ok(Invoices { is_due, sale_count, refund_count, waiting_count, waiting_since_ms })
}
