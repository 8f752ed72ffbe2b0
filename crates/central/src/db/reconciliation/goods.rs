//! All goods on the shelves: what was there, came and went by the moves of the period, and what the ledger says that is left.

use sqlx::FromRow;

use super::Asked;
use crate::db::engine::{Sql, Tx};
use crate::error::Result;

/// The shelves of a period, in thousandths of the units.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Goods {
    /// On the shelves before the first day, by all moves before.
    pub opening_milli: i64,
    /// What moved in the period, by cause.
    pub moved: Vec<CauseSum>,
    /// On the shelves after the last day, by the ledger of lots, less what moved since.
    pub closing_milli: i64,
}

/// What moved for one cause.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct CauseSum {
    /// The cause's code ([`domain::stock_move::MoveCause`]).
    pub cause: String,
    /// To the shelf; negative for away from it.
    pub quantity_milli: i64,
}

/// Returns what moved and what is left.
///
/// # Errors
/// When the database fails.
pub async fn goods(tx: &mut Tx, asked: &Asked) -> Result<Goods> {
    const SUM: &str = "select coalesce(cast(sum(quantity_milli) as bigint), 0) from goods_daily where ";
    let (opening_milli,): (i64,) = tx.one(asked.before(Sql::new(SUM))).await?;
    let sql = Sql::new(
        "select cause, cast(sum(quantity_milli) as bigint) as quantity_milli from goods_daily where ",
    );
    let moved = tx.all(asked.within(sql).push(" group by cause order by cause")).await?;
    let sql = Sql::new(SUM).push("store_id").is_in(asked.ids()).push(" and day > ").bind(asked.days.to);
    let (since,): (i64,) = tx.one(sql).await?;
    let sql = Sql::new(
        "select coalesce(cast(sum(quantity_milli) as bigint), 0) from stock where location = 'shelf' and store_id",
    );
    let (now,): (i64,) = tx.one(sql.is_in(asked.ids())).await?;
    Ok(Goods { opening_milli, moved, closing_milli: now.saturating_sub(since) })
}
