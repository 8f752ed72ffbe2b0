//! Open carts: durable at every scan, with their sale's id from the first one on.

use domain::cart::{Cart, CartLine};
use domain::discount::{Discount, Off};
use domain::ids::SaleId;
use domain::{Money, Quantity};
use sqlx::{FromRow, SqliteConnection};
use time::Date;
use uuid::Uuid;

use super::products::OfferRow;
use super::{Error, Result, Tx, engine::one_row};

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
    #[sqlx(flatten)]
    offer: OfferRow,
    quantity_milli: i64,
    discount_vnd: i64,
}

/// Returns a cart with its products as they are on a business date, at the prices of their scans.
///
/// # Errors
/// When the database does not answer or a value cannot be read.
pub async fn load_cart(connection: &mut SqliteConnection, sale_id: SaleId, date: Date) -> Result<Cart> {
    let rows: Vec<LineRow> = sqlx::query_as(
        "select l.quantity_milli, l.price_vnd, l.price_version, carts.discount_vnd,
                p.product_id, p.sku, p.name, p.unit, p.sold_by, p.tax_class, p.refuse_expired, p.producer_id,
                p.in_catalogue, f.product_facts_id, f.stars
         from cart_lines l
         join carts on carts.sale_id = l.sale_id
         left join products p on p.product_id = l.product_id
         left join product_facts f on f.product_facts_id = (
             select product_facts_id from product_facts
             where product_id = l.product_id and valid_from <= $2
             order by valid_from desc, product_facts_id desc limit 1)
         where l.sale_id = $1 order by l.line_no",
    )
    .bind(sale_id.uuid())
    .bind(date)
    .fetch_all(connection)
    .await?;
    let mut cart = Cart::new(sale_id);
    for row in rows {
        cart.discount = Some(row.discount_vnd).filter(|vnd| *vnd > 0).map(|vnd| Discount {
            off: Off::Amount(Money::new(vnd)),
            reason: String::new(),
            approved_by: None,
        });
        cart.lines.push(CartLine::new(row.offer.try_into()?, Quantity::from_milli(row.quantity_milli)));
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

/// Returns how many carts of a counter wait with goods in them.
///
/// # Errors
/// When the database does not answer.
pub async fn count_filled(connection: &mut SqliteConnection, counter: &str) -> Result<i64> {
    Ok(sqlx::query_scalar(
        "select count(*) from carts where counter = $1 and state not in ('sold', 'cleared')
         and exists (select 1 from cart_lines where cart_lines.sale_id = carts.sale_id)",
    )
    .bind(counter)
    .fetch_one(connection)
    .await?)
}

/// Clears all open carts: those of a copy may have been sold since it was made.
///
/// # Errors
/// When the database does not answer.
pub async fn clear_open(tx: &mut Tx) -> Result<()> {
    sqlx::query("update carts set state = 'cleared' where state = 'open'").execute(&mut **tx).await?;
    Ok(())
}

/// Ends open carts whose sale has come back from central: another computer sold it.
///
/// # Errors
/// When the database does not answer.
pub async fn end_sold(tx: &mut Tx) -> Result<()> {
    sqlx::query(
        "update carts set state = 'sold' where state = 'open' and sale_id in (select sale_id from sales)",
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Gives open carts without rows another sale's id: a clone of this disk has the old one too, and would sell under it.
///
/// # Errors
/// When the database does not answer.
pub async fn renew_empty(tx: &mut Tx, mut new_id: impl FnMut() -> SaleId) -> Result<()> {
    let empty: Vec<Uuid> = sqlx::query_scalar(
        "select sale_id from carts where state = 'open'
         and not exists (select 1 from cart_lines where cart_lines.sale_id = carts.sale_id)",
    )
    .fetch_all(&mut **tx)
    .await?;
    for sale_id in empty {
        sqlx::query("update carts set sale_id = $2 where sale_id = $1")
            .bind(sale_id)
            .bind(new_id().uuid())
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

/// Ends an open cart, `sold` or `cleared`, and opens the counter's next one. The rows stay, so that a cleared cart can be
/// looked at.
///
/// # Errors
/// When the database does not answer, or the cart is not open.
pub async fn replace_open(
    tx: &mut Tx,
    ended: SaleId,
    state: &'static str,
    next: SaleId,
    opened_at_ms: i64,
) -> Result<()> {
    let rows = sqlx::query(
        "update carts set state = $2 where sale_id = $1 and state = 'open';
         insert into carts (sale_id, counter, state, opened_at_ms)
         select $3, counter, 'open', $4 from carts where sale_id = $1",
    )
    .bind(ended.uuid())
    .bind(state)
    .bind(next.uuid())
    .bind(opened_at_ms)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    // One is ended, one opened.
    if rows == 2 { Ok(()) } else { Err(Error::Rows { table: "carts", rows }) }
}
