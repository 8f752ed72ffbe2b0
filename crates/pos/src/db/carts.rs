//! Open carts: durable at every scan, with their sale's id from the first one on.

use domain::cart::{Cart, CartLine};
use domain::ids::{ProductId, SaleId};
use domain::{Money, Quantity};
use sqlx::{FromRow, SqliteConnection};
use time::Date;
use uuid::Uuid;

use super::{Result, Tx, engine::one_row, products};

/// Returns the sale id of a counter's open cart.
///
/// # Errors
/// When the database does not answer.
pub async fn find_open(connection: &mut SqliteConnection, counter: &str) -> Result<Option<SaleId>> {
    let id: Option<Uuid> =
        sqlx::query_scalar("select sale_id from carts where counter = $1 and state = 'open'")
            .bind(counter)
            .fetch_optional(connection)
            .await?;
    Ok(id.map(SaleId::from_uuid))
}

/// Opens a cart.
///
/// # Errors
/// When the database does not answer, or the counter has an open one.
pub async fn insert_cart(tx: &mut Tx, sale_id: SaleId, counter: &str, opened_at_ms: i64) -> Result<()> {
    let rows =
        sqlx::query("insert into carts (sale_id, counter, state, opened_at_ms) values ($1, $2, 'open', $3)")
            .bind(sale_id.uuid())
            .bind(counter)
            .bind(opened_at_ms)
            .execute(&mut **tx)
            .await?
            .rows_affected();
    one_row("carts", rows)
}

#[derive(FromRow)]
struct LineRow {
    product_id: Uuid,
    price_vnd: i64,
    price_version: i64,
    quantity_milli: i64,
}

/// Returns a cart with its products as they are on a business date, at the prices of their scans.
///
/// # Errors
/// When the database does not answer or a value cannot be read.
pub async fn load_cart(connection: &mut SqliteConnection, sale_id: SaleId, date: Date) -> Result<Cart> {
    let discount: Option<i64> = sqlx::query_scalar("select discount_vnd from carts where sale_id = $1")
        .bind(sale_id.uuid())
        .fetch_optional(&mut *connection)
        .await?;
    let rows: Vec<LineRow> = sqlx::query_as(
        "select product_id, price_vnd, price_version, quantity_milli from cart_lines where sale_id = $1
         order by line_no",
    )
    .bind(sale_id.uuid())
    .fetch_all(&mut *connection)
    .await?;
    let mut cart = Cart::new(sale_id);
    cart.discount = Money::new(discount.unwrap_or(0));
    for row in rows {
        let product_id = ProductId::from_uuid(row.product_id);
        let mut offer = products::load_offer(&mut *connection, product_id, date).await?;
        offer.price = Money::new(row.price_vnd);
        offer.price_version = row.price_version;
        cart.lines.push(CartLine { offer, quantity: Quantity::from_milli(row.quantity_milli) });
    }
    Ok(cart)
}

/// Writes one row of a cart, new or changed.
///
/// # Errors
/// When the database does not answer.
pub async fn upsert_line(tx: &mut Tx, sale_id: SaleId, row: usize, line: &CartLine) -> Result<()> {
    sqlx::query(
        "insert into cart_lines (sale_id, line_no, product_id, price_vnd, price_version, quantity_milli)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (sale_id, line_no) do update set quantity_milli = excluded.quantity_milli",
    )
    .bind(sale_id.uuid())
    .bind(i64::try_from(row).unwrap_or(i64::MAX))
    .bind(line.offer.product_id.uuid())
    .bind(line.offer.price.vnd())
    .bind(line.offer.price_version)
    .bind(line.quantity.milli())
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Takes one row out and moves the later ones up.
///
/// # Errors
/// When the database does not answer, or there is no such row.
pub async fn delete_line(tx: &mut Tx, sale_id: SaleId, row: usize) -> Result<()> {
    let row = i64::try_from(row).unwrap_or(i64::MAX);
    let rows = sqlx::query("delete from cart_lines where sale_id = $1 and line_no = $2")
        .bind(sale_id.uuid())
        .bind(row)
        .execute(&mut **tx)
        .await?
        .rows_affected();
    one_row("cart_lines", rows)?;
    // Up by way of negative numbers: a unique key is checked row by row.
    for statement in [
        sqlx::query("update cart_lines set line_no = -line_no where sale_id = $1 and line_no > $2"),
        sqlx::query(
            "update cart_lines set line_no = -line_no - 1 where sale_id = $1 and line_no < 0 and $2 = $2",
        ),
    ] {
        statement.bind(sale_id.uuid()).bind(row).execute(&mut **tx).await?;
    }
    Ok(())
}

/// Ends an open cart: `sold` or `cleared`. Its rows stay, so that a cleared one can be looked at.
///
/// # Errors
/// When the database does not answer, or the cart is not open.
pub async fn update_state(tx: &mut Tx, sale_id: SaleId, state: &'static str) -> Result<()> {
    let rows = sqlx::query("update carts set state = $2 where sale_id = $1 and state = 'open'")
        .bind(sale_id.uuid())
        .bind(state)
        .execute(&mut **tx)
        .await?
        .rows_affected();
    one_row("carts", rows)
}
