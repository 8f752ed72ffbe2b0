//! The open carts of a counter: one is current, the others are parked and stand in tabs.

use domain::ids::SaleId;
use sqlx::{FromRow, SqliteConnection};
use uuid::Uuid;

use super::forget_cleared;
use crate::db::engine::one_row;
use crate::db::{Error, Result, Tx};

/// The most open carts of a counter.
pub const CARTS_MAX: usize = 20;

/// An open cart of a counter.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Tab {
    /// Its number at the counter, from 1.
    pub number: i64,
    /// The sale that it will be.
    pub sale_id: Uuid,
    /// Whose it is; empty for none.
    pub name: String,
    /// When it was parked; none for the current one.
    pub parked_at_ms: Option<i64>,
    /// Pieces in it when it was parked.
    pub items: i64,
    /// What it cost then, đồng.
    pub payable_vnd: i64,
}

/// Returns the open carts of a counter, by number.
///
/// # Errors
/// When the database does not answer.
pub async fn list_tabs(connection: &mut SqliteConnection, counter: &str) -> Result<Vec<Tab>> {
    Ok(sqlx::query_as(
        "select number, sale_id, name, parked_at_ms, parked_items as items, parked_vnd as payable_vnd
         from carts where counter = $1 and state = 'open' order by number",
    )
    .bind(counter)
    .fetch_all(connection)
    .await?)
}

/// Reads the same from a JSON array of arrays, as one statement of several parts tells it.
pub(crate) fn read(text: &str) -> Result<Vec<Tab>> {
    type Row = (i64, Uuid, String, Option<i64>, i64, i64);
    let mut rows: Vec<Row> =
        serde_json::from_str(text).map_err(|_| Error::Corrupt { table: "carts", column: "name" })?;
    rows.sort_unstable();
    let tab = |(number, sale_id, name, parked_at_ms, items, payable_vnd)| Tab {
        number,
        sale_id,
        name,
        parked_at_ms,
        items,
        payable_vnd,
    };
    Ok(rows.into_iter().map(tab).collect())
}

/// What a cart's tab says while it is parked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parked<'a> {
    /// Whose it is; empty for none.
    pub name: &'a str,
    /// Pieces in it.
    pub items: i64,
    /// What it costs, đồng.
    pub payable_vnd: i64,
    /// When.
    pub at_ms: i64,
}

/// Parks the current cart.
///
/// # Errors
/// When the database does not answer, or the cart is not current.
pub async fn park(tx: &mut Tx, sale_id: SaleId, parked: Parked<'_>) -> Result<()> {
    let rows = sqlx::query(
        "update carts set is_current = 0, name = $2, parked_items = $3, parked_vnd = $4, parked_at_ms = $5
         where sale_id = $1 and state = 'open' and is_current = 1",
    )
    .bind(sale_id.uuid())
    .bind(parked.name)
    .bind(parked.items)
    .bind(parked.payable_vnd)
    .bind(parked.at_ms)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    one_row("carts", rows)
}

/// Returns the lowest number that no open cart of a counter has.
pub(super) async fn find_free_number(tx: &mut Tx, counter: &str) -> Result<i64> {
    Ok(sqlx::query_scalar(
        "select min(free)
         from (select 1 as free union select number + 1 from carts where counter = $1 and state = 'open')
         where free not in (select number from carts where counter = $1 and state = 'open')",
    )
    .bind(counter)
    .fetch_one(&mut **tx)
    .await?)
}

/// Opens the next cart of a counter as the current one, with the lowest number that no open cart has.
///
/// # Errors
/// When the database does not answer, or the counter has a current one.
pub async fn insert_next(tx: &mut Tx, sale_id: SaleId, counter: &str, opened_at_ms: i64) -> Result<()> {
    let rows = sqlx::query(
        "insert into carts (sale_id, counter, state, opened_at_ms, number) values ($1, $2, 'open', $3, $4)",
    )
    .bind(sale_id.uuid())
    .bind(counter)
    .bind(opened_at_ms)
    .bind(find_free_number(tx, counter).await?)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    one_row("carts", rows)
}

/// Forgets an open cart without rows, which nobody parks, and with it the buyers of those that were cleared before it.
///
/// # Errors
/// As [`delete_empty`].
pub async fn leave_empty(tx: &mut Tx, sale_id: SaleId) -> Result<()> {
    forget_cleared(tx, sale_id.uuid()).await?;
    delete_empty(tx, sale_id).await
}

/// Forgets an open cart without rows; the one that was cleared before it takes its place.
///
/// # Errors
/// When the database does not answer, or the cart has rows.
pub async fn delete_empty(tx: &mut Tx, sale_id: SaleId) -> Result<()> {
    let rows = sqlx::query(
        "delete from carts where sale_id = $1 and state = 'open'
         and not exists (select 1 from cart_lines where cart_lines.sale_id = carts.sale_id)",
    )
    .bind(sale_id.uuid())
    .execute(&mut **tx)
    .await?
    .rows_affected();
    one_row("carts", rows)
}

/// Makes a parked cart the current one; the counter must have none.
///
/// # Errors
/// When the database does not answer, or there is no such cart.
pub async fn resume(tx: &mut Tx, sale_id: SaleId) -> Result<()> {
    let rows = sqlx::query(
        "update carts set is_current = 1, parked_at_ms = null
         where sale_id = $1 and state = 'open' and is_current = 0",
    )
    .bind(sale_id.uuid())
    .execute(&mut **tx)
    .await?
    .rows_affected();
    one_row("carts", rows)
}

/// Opens a cleared cart again as the current one; the counter must have none.
///
/// # Errors
/// When the database does not answer, or the cart was not cleared.
pub async fn reopen(tx: &mut Tx, sale_id: SaleId) -> Result<()> {
    let rows = sqlx::query(
        "update carts set state = 'open', is_current = 1, undo = null where sale_id = $1 and state = 'cleared'",
    )
    .bind(sale_id.uuid())
    .execute(&mut **tx)
    .await?
    .rows_affected();
    one_row("carts", rows)
}
