//! What producers are owed for what was sold, what of it was settled with them, and what was paid.

use sqlx::FromRow;

use super::{Asked, PAYING_KINDS};
use crate::db::engine::{Sql, Tx};
use crate::error::Result;

/// Settlements around and in a period, đồng.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Settled {
    /// Owed for what was sold before the period, by the books.
    pub arisen_before_vnd: i64,
    /// Settled before the period.
    pub settled_before_vnd: i64,
    /// Settlements that were closed in the period.
    pub settlement_count: i64,
    /// What they settled.
    pub settled_vnd: i64,
    /// Paid in the period, with settlements and without, less what came back.
    pub paid_vnd: i64,
    /// What was owed more in the period, to put settlements right.
    pub adjusted_vnd: i64,
}

#[derive(FromRow)]
struct Within {
    settlement_count: i64,
    settled_vnd: i64,
    paid_vnd: i64,
    adjusted_vnd: i64,
}

/// Returns what was settled and paid, and how it stood before. Only what is in the books: a settlement in suspense is an exception.
///
/// # Errors
/// When the database fails.
pub async fn settled(tx: &mut Tx, asked: &Asked) -> Result<Settled> {
    let sql = Sql::new(
        "select coalesce(cast(sum(-amount_vnd) as bigint), 0) from money_daily
         where account = 'producer_due' and kind not",
    );
    let sql = sql.is_in(PAYING_KINDS).push(" and ");
    let (arisen_before_vnd,): (i64,) = tx.one(asked.before(sql)).await?;
    let sql = Sql::new(
        "select coalesce(cast(sum(due_vnd) as bigint), 0) from settlements where is_settlement and ",
    );
    let (settled_before_vnd,): (i64,) = tx.one(asked.before(sql)).await?;
    let sql = Sql::new(
        "select coalesce(cast(sum(case when is_settlement then 1 else 0 end) as bigint), 0) as settlement_count,
            coalesce(cast(sum(due_vnd) as bigint), 0) as settled_vnd,
            coalesce(cast(sum(paid_vnd) as bigint), 0) as paid_vnd,
            coalesce(cast(sum(adjusted_vnd) as bigint), 0) as adjusted_vnd
         from settlements where ",
    );
    let Within { settlement_count, settled_vnd, paid_vnd, adjusted_vnd } = tx.one(asked.within(sql)).await?;
    Ok(Settled {
        arisen_before_vnd,
        settled_before_vnd,
        settlement_count,
        settled_vnd,
        paid_vnd,
        adjusted_vnd,
    })
}
