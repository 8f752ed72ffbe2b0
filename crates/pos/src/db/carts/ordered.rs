//! Carts of goods that were ordered and paid in part. Until they are handed over they are open at no counter, so no key
//! clears one, and they take nobody's place among the tabs.

use domain::ids::SaleId;
use domain::promotion::Promotion;
use protocol::wire::PromotionRow;
use sqlx::SqliteConnection;

use super::stored;
use super::tabs::{Parked, find_free_number};
use crate::db::engine::one_row;
use crate::db::{Result, Tx};

/// The name of no counter.
pub const NO_COUNTER: &str = "";

/// Returns the promotions that an order keeps, as its column holds them.
pub(super) fn read(text: Option<String>) -> Result<Option<Vec<Promotion>>> {
    let rows = stored::read::<Vec<PromotionRow>>(text, "kept")?;
    rows.map(|rows| rows.into_iter().map(|row| stored::promotion(row, "kept")).collect()).transpose()
}

/// Makes an open cart one that was ordered: it keeps these promotions, whatever the catalogue says later.
///
/// # Errors
/// When the database does not answer, or the cart is not open.
pub async fn keep_prices(tx: &mut Tx, sale_id: SaleId, promotions: &[Promotion]) -> Result<()> {
    // The goods are fetched at any hour.
    let row = |promotion: &Promotion| PromotionRow { minutes: None, ..PromotionRow::from(promotion) };
    let kept: Vec<PromotionRow> = promotions.iter().map(row).collect();
    let rows = sqlx::query("update carts set kept = $2 where sale_id = $1 and state = 'open'")
        .bind(sale_id.uuid())
        .bind(stored::text(Some(kept))?)
        .execute(&mut **tx)
        .await?
        .rows_affected();
    one_row("carts", rows)
}

/// Takes the current cart of a counter away from it: it waits among the orders.
///
/// # Errors
/// When the database does not answer, or the cart is not current.
pub async fn put_back(tx: &mut Tx, sale_id: SaleId, parked: Parked<'_>) -> Result<()> {
    let rows = sqlx::query(
        "update carts set counter = $6, is_current = 0, undo = null, name = $2, parked_items = $3, parked_vnd = $4,
             parked_at_ms = $5
         where sale_id = $1 and state = 'open' and is_current = 1",
    )
    .bind(sale_id.uuid())
    .bind(parked.name)
    .bind(parked.items)
    .bind(parked.payable_vnd)
    .bind(parked.at_ms)
    .bind(NO_COUNTER)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    one_row("carts", rows)
}

/// Returns at which counter an ordered cart is open, [`NO_COUNTER`] while it waits; `None` when this computer has no cart of it.
///
/// # Errors
/// When the database does not answer.
pub async fn find_counter(connection: &mut SqliteConnection, sale_id: SaleId) -> Result<Option<String>> {
    Ok(sqlx::query_scalar("select counter from carts where sale_id = $1 and state = 'open'")
        .bind(sale_id.uuid())
        .fetch_optional(connection)
        .await?)
}

/// Makes an empty cart for an order whose goods this computer does not have: the deposit came from another one, and the goods
/// stand on the buyer's paper. A cleared cart of that sale waits again.
///
/// # Errors
/// When the database does not answer, or the order was sold.
pub async fn insert_waiting(tx: &mut Tx, sale_id: SaleId, name: &str, opened_at_ms: i64) -> Result<()> {
    let rows = sqlx::query(
        "insert into carts (sale_id, counter, state, opened_at_ms, is_current, name)
         values ($1, $4, 'open', $2, 0, $3)
         on conflict (sale_id) do update set state = 'open', counter = excluded.counter, is_current = 0
             where state = 'cleared'",
    )
    .bind(sale_id.uuid())
    .bind(opened_at_ms)
    .bind(name)
    .bind(NO_COUNTER)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    one_row("carts", rows)
}

/// Makes a waiting cart the current one of a counter, which must have none, under the lowest number that is free there.
///
/// # Errors
/// When the database does not answer, or no such cart waits.
pub async fn bring(tx: &mut Tx, sale_id: SaleId, counter: &str) -> Result<()> {
    let rows = sqlx::query(
        "update carts set counter = $2, is_current = 1, parked_at_ms = null, number = $3
         where sale_id = $1 and state = 'open' and counter = $4",
    )
    .bind(sale_id.uuid())
    .bind(counter)
    .bind(find_free_number(tx, counter).await?)
    .bind(NO_COUNTER)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    one_row("carts", rows)
}

/// Ends a waiting cart whose deposit went back; none waits when this computer never had it, or while a counter shows it.
///
/// # Errors
/// When the database does not answer.
pub async fn end_waiting(tx: &mut Tx, sale_id: SaleId) -> Result<()> {
    sqlx::query(
        "update carts set state = 'cleared', buyer = null where sale_id = $1 and state = 'open' and counter = $2",
    )
    .bind(sale_id.uuid())
    .bind(NO_COUNTER)
    .execute(&mut **tx)
    .await?;
    Ok(())
}
