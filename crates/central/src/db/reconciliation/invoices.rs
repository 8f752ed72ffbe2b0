//! Sales that need an e-invoice, and what tills say of those that wait. The invoices themselves stay with the operator and its
//! provider: central is told how many are not issued yet, by which till, and of which sales.

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

/// The entries to which the gap opens, behind what is asked of them.
const OPENED: &str = " from waiting join entries e
        on e.store_id = waiting.store_id and e.incarnation = waiting.incarnation and e.seq = waiting.seq
    where e.business_date is not null";

/// Begins a statement with `told`, the sales whose invoices wait by the tills that are counted above, and `waiting`, the entry of each.
fn push_waiting(asked: &Asked) -> Sql {
    let sql = Sql::new(
        "with told as (
            select sales.store_id, sales.sale_id, sum(sales.waiting_count) as waiting, sum(sales.refused_count) as refused
            from waiting_invoices sales
            join streams on streams.store_id = sales.store_id and streams.incarnation = sales.incarnation
            where streams.status in ('approved', 'held') and sales.store_id",
    );
    // Of two entries that tell one sale the books have taken up one.
    sql.is_in(asked.ids()).push(
        " group by sales.store_id, sales.sale_id),
        waiting as (
            select receipts.store_id, receipts.incarnation, receipts.seq, told.waiting, told.refused
            from told join receipts on receipts.store_id = told.store_id and receipts.sale_id = told.sale_id)",
    )
}

/// The sales whose invoices wait, of whatever day: those that [`Invoices::waiting_count`] counts.
pub(super) fn waiting(asked: &Asked) -> Sql {
    let sql = push_waiting(asked).push(
        " select e.store_id, e.incarnation, e.seq, e.business_date as day, e.kind, e.schema, e.hash, e.shared,
            cast(waiting.waiting as bigint) as told, cast(null as bigint) as found,
            cast(waiting.refused as bigint) as refused",
    );
    sql.push(OPENED)
}

/// Returns how many of the invoices that wait belong to no entry of the gap: the till did not say whose they are, or central does not
/// have the sale yet.
///
/// # Errors
/// When the database fails.
pub async fn unopened(tx: &mut Tx, asked: &Asked) -> Result<i64> {
    let sql = push_waiting(asked).push(" select coalesce(cast(sum(waiting.waiting) as bigint), 0)");
    let (opened,): (i64,) = tx.one(sql.push(OPENED)).await?;
    Ok(invoices(tx, asked).await?.waiting_count - opened)
}
