//! Sales that were written by hand while a till could not sell, and entered afterwards.

use domain::Money;
use domain::ids::StoreId;
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use super::Db;
use super::engine::Sql;
use crate::error::Result;

/// A sale from the pad.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PadSale {
    /// Where.
    pub store_id: StoreId,
    /// The number on its receipt.
    pub receipt: String,
    /// When the goods were handed over, as written down; UTC milliseconds.
    pub claimed_at_ms: i64,
    /// The day that it counts on.
    pub day: Date,
    /// Its first line on the pad.
    pub first_line: i64,
    /// Its last line.
    pub last_line: i64,
    /// What the buyer paid.
    pub payable: Money,
    /// Goods were handed over that may not be sold any more.
    pub past_date: bool,
    /// Sales that looked like it, and of which the cashier said that they are others.
    pub told_apart: i64,
}

#[derive(FromRow)]
struct Row {
    store_id: Uuid,
    receipt: String,
    claimed_at_ms: i64,
    day: Date,
    first_line: i64,
    last_line: i64,
    payable_vnd: i64,
    past_date: bool,
    told_apart: i64,
}

/// Returns the sales from the pad of a store, or of all, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn list(db: &Db, store_id: Option<StoreId>, limit: i64) -> Result<Vec<PadSale>> {
    let sql = Sql::new(
        "select p.store_id, r.receipt, p.claimed_at_ms, r.day, p.first_line, p.last_line, r.payable_vnd, p.past_date,
                p.told_apart
         from pad_sales p join receipts r on r.store_id = p.store_id and r.sale_id = p.sale_id",
    )
    .when(store_id, " where p.store_id = ", "")
    .push(" order by p.claimed_at_ms desc, p.store_id, p.sale_id limit ")
    .bind(limit);
    let read = |row: Row| PadSale {
        store_id: row.store_id.into(),
        receipt: row.receipt,
        claimed_at_ms: row.claimed_at_ms,
        day: row.day,
        first_line: row.first_line,
        last_line: row.last_line,
        payable: Money::new(row.payable_vnd),
        past_date: row.past_date,
        told_apart: row.told_apart,
    };
    Ok(db.all(sql).await?.into_iter().map(read).collect())
}
