//! Open carts: durable at every scan, with their sale's id from the first one on.

mod baskets;
pub mod exchange;
pub mod kept;
pub mod ordered;
mod stored;
pub mod tabs;
pub mod undo;

use std::collections::BTreeMap;

use domain::cart::{Cart, CartLine, Offer, Remark};
use domain::combo::Combo;
use domain::discount::Discount;
use domain::fixed_price::FixedPrice;
use domain::ids::SaleId;
use domain::pad::PadSale;
use domain::{Money, Quantity};
use serde::Deserialize;
use sqlx::{FromRow, SqliteConnection};
use time::Date;
use uuid::Uuid;

use super::combos::{self, parts_json, parts_tables};
use super::products::{OfferRow, offer_json};
use super::{Error, Result, Tx, engine::one_row};
use stored::{StoredDiscount, StoredFixed, StoredLine, StoredPad, StoredPastDate, StoredPrice, StoredRemark};
use undo::Undo;

#[derive(FromRow)]
struct CartRow {
    discount: Option<String>,
    remark: Option<String>,
    pad: Option<String>,
    fixed: Option<String>,
    baskets: Option<String>,
    kept: Option<String>,
    lines: String,
    parts: String,
}

#[derive(Deserialize)]
struct LineRow {
    offer: OfferRow,
    quantity_milli: i64,
    changed_price: Option<String>,
    discount: Option<String>,
    remark: Option<String>,
    past_date: Option<String>,
    basket: Option<u8>,
    label_vnd: Option<i64>,
}

impl LineRow {
    fn read(self, combos: &BTreeMap<Uuid, Combo>) -> Result<CartLine> {
        let offer: Offer = self.offer.try_into()?;
        let changed_price: Option<StoredPrice> = stored::read(self.changed_price, "changed_price")?;
        let quantity = Quantity::from_milli(self.quantity_milli);
        Ok(CartLine {
            offer: Offer { combo: combos.get(&offer.product_id.uuid()).cloned(), ..offer },
            quantity,
            changed_price: changed_price.map(|price| price.of(quantity)),
            discount: read_discount(self.discount)?,
            remark: read_remark(self.remark)?,
            past_date: stored::read::<StoredPastDate>(self.past_date, "past_date")?.map(Into::into),
            basket: self.basket,
            label: self.label_vnd.map(Money::new),
        })
    }
}

fn read_discount(text: Option<String>) -> Result<Option<Discount>> {
    stored::read::<StoredDiscount>(text, "discount")?.map(Discount::try_from).transpose()
}

fn read_remark(text: Option<String>) -> Result<Option<Remark>> {
    Ok(stored::read::<StoredRemark>(text, "remark")?.map(Into::into))
}

/// Returns a cart with its products as they are on a business date, or were on the day of a sale from the pad, at the prices
/// of their scans. Its rows come as one
/// value: handing rows over one by one costs more than finding them.
///
/// # Errors
/// When the database does not answer or a value cannot be read.
pub async fn load_cart(connection: &mut SqliteConnection, sale_id: SaleId, date: Date) -> Result<Cart> {
    let row: Option<CartRow> = sqlx::query_as(concat!(
        "select carts.discount, carts.remark, carts.pad, carts.fixed, carts.baskets, carts.kept, (
             select json_group_array(json_object(
                 'quantity_milli', l.quantity_milli, 'changed_price', l.changed_price,
                 'discount', l.discount, 'remark', l.remark, 'past_date', l.past_date, 'basket', l.basket,
                 'label_vnd', l.label_vnd,
                 'offer', ",
        offer_json!("p", "l", "f"),
        ") order by l.line_no)
             from cart_lines l
             left join products p on p.product_id = l.product_id
             left join product_facts f on f.product_facts_id = (
                 select product_facts_id from product_facts
                 where product_id = l.product_id and valid_from <= coalesce(carts.pad ->> '$.day', $2)
                 order by valid_from desc, product_facts_id desc limit 1)
             where l.sale_id = carts.sale_id) as lines, (
             select ",
        parts_json!(),
        " from cart_lines l cross join combo_parts c on c.combo_id = l.product_id ",
        parts_tables!(),
        " where l.sale_id = carts.sale_id) as parts
         from carts where sale_id = $1"
    ))
    .bind(sale_id.uuid())
    .bind(date)
    .fetch_optional(connection)
    .await?;
    let mut cart = Cart::new(sale_id);
    if let Some(row) = row {
        cart.discount = read_discount(row.discount)?;
        cart.remark = read_remark(row.remark)?;
        cart.pad = stored::read::<StoredPad>(row.pad, "pad")?.map(PadSale::try_from).transpose()?;
        cart.fixed =
            stored::read::<StoredFixed>(row.fixed, "fixed")?.map(FixedPrice::try_from).transpose()?;
        cart.baskets = baskets::read(row.baskets)?;
        let combos = combos::read(&row.parts)?;
        cart.kept = ordered::read(row.kept)?;
        let lines: Vec<LineRow> = serde_json::from_str(&row.lines)
            .map_err(|_| Error::Corrupt { table: "cart_lines", column: "product_id" })?;
        cart.lines = lines.into_iter().map(|line| line.read(&combos)).collect::<Result<_>>()?;
    }
    Ok(cart)
}

/// Writes one row of a cart, new or changed, and how to take that back.
///
/// # Errors
/// When the database does not answer.
pub async fn upsert_line(
    tx: &mut Tx,
    sale_id: SaleId,
    row: usize,
    line: &CartLine,
    undo: Option<&Undo>,
) -> Result<()> {
    write_line(tx, sale_id, row, &line.into(), undo).await
}

/// Two statements in one walk to the database's thread: each scan takes it.
async fn write_line(
    tx: &mut Tx,
    sale_id: SaleId,
    row: usize,
    line: &StoredLine,
    undo: Option<&Undo>,
) -> Result<()> {
    sqlx::query(
        "insert into cart_lines (sale_id, line_no, product_id, price_vnd, price_version, quantity_milli, changed_price,
                                 discount, remark, past_date, basket, label_vnd)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $11, $12, $13)
         on conflict (sale_id, line_no) do update set quantity_milli = excluded.quantity_milli,
             changed_price = excluded.changed_price, discount = excluded.discount, remark = excluded.remark,
             past_date = excluded.past_date, basket = excluded.basket, label_vnd = excluded.label_vnd;
         update carts set undo = $10, fixed = null where sale_id = $1",
    )
    .bind(sale_id.uuid())
    .bind(i64::try_from(row).unwrap_or(i64::MAX))
    .bind(line.product_id)
    .bind(line.price_vnd)
    .bind(line.price_version)
    .bind(line.quantity_milli)
    .bind(stored::text(line.changed_price.as_ref())?)
    .bind(stored::text(line.discount.as_ref())?)
    .bind(stored::text(line.remark.as_ref())?)
    .bind(stored::text(undo)?)
    .bind(stored::text(line.past_date.as_ref())?)
    .bind(line.basket)
    .bind(line.label_vnd)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Puts a row back where it was; the later ones move down.
async fn insert_line(tx: &mut Tx, sale_id: SaleId, row: usize, line: &StoredLine) -> Result<()> {
    let place = i64::try_from(row).unwrap_or(i64::MAX);
    // Down by way of negative numbers: a unique key is checked row by row.
    for statement in [
        sqlx::query("update cart_lines set line_no = -line_no - 1 where sale_id = $1 and line_no >= $2"),
        sqlx::query(
            "update cart_lines set line_no = -line_no where sale_id = $1 and line_no < 0 and $2 = $2",
        ),
    ] {
        statement.bind(sale_id.uuid()).bind(place).execute(&mut **tx).await?;
    }
    write_line(tx, sale_id, row, line, None).await
}

/// Keeps what is said of a whole cart: its discount, its remark, its baskets.
///
/// # Errors
/// When the database does not answer, or there is no such cart.
pub async fn update_cart(tx: &mut Tx, cart: &Cart) -> Result<()> {
    let rows = sqlx::query(
        "update carts set discount = $2, remark = $3, baskets = $4, undo = null, fixed = null where sale_id = $1",
    )
    .bind(cart.sale_id.uuid())
    .bind(stored::text(cart.discount.as_ref().map(StoredDiscount::from))?)
    .bind(stored::text(cart.remark.as_ref().map(StoredRemark::from))?)
    .bind(baskets::text(&cart.baskets)?)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    one_row("carts", rows)
}

/// Keeps what the payable of an open cart is made of while it is paid; one that was sold meanwhile stays as it is. Every other
/// function that changes a cart lifts it.
///
/// # Errors
/// When the database does not answer.
pub async fn update_fixed(tx: &mut Tx, sale_id: SaleId, fixed: &FixedPrice) -> Result<()> {
    sqlx::query("update carts set fixed = $2 where sale_id = $1 and state = 'open'")
        .bind(sale_id.uuid())
        .bind(stored::text(Some(StoredFixed::from(fixed)))?)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Keeps what the pad says of a cart; `name` is what its tab is called while it is parked.
///
/// # Errors
/// When the database does not answer, or there is no such cart.
pub async fn update_pad(tx: &mut Tx, sale_id: SaleId, pad: &PadSale, name: &str) -> Result<()> {
    let rows =
        sqlx::query("update carts set pad = $2, name = $3, undo = null, fixed = null where sale_id = $1")
            .bind(sale_id.uuid())
            .bind(stored::text(Some(StoredPad::from(pad)))?)
            .bind(name)
            .execute(&mut **tx)
            .await?
            .rows_affected();
    one_row("carts", rows)
}

/// Gives a row the price of another moment; one that was set by hand stays beside it.
///
/// # Errors
/// When the database does not answer, or there is no such row.
pub async fn update_price(tx: &mut Tx, sale_id: SaleId, row: usize, offer: &Offer) -> Result<()> {
    let rows = sqlx::query(
        "update cart_lines set price_vnd = $3, price_version = $4 where sale_id = $1 and line_no = $2",
    )
    .bind(sale_id.uuid())
    .bind(i64::try_from(row).unwrap_or(i64::MAX))
    .bind(offer.price.vnd())
    .bind(offer.price_version)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    one_row("cart_lines", rows)
}

/// Keeps to whom the invoice of a cart is to be made out, as JSON; `None` for nobody in particular.
///
/// # Errors
/// When the database does not answer, or there is no such cart.
pub async fn update_buyer(tx: &mut Tx, sale_id: SaleId, buyer: Option<&str>) -> Result<()> {
    let rows = sqlx::query("update carts set buyer = $2 where sale_id = $1")
        .bind(sale_id.uuid())
        .bind(buyer)
        .execute(&mut **tx)
        .await?
        .rows_affected();
    one_row("carts", rows)
}

/// Keeps the baskets of a cart, and which rows lie in them.
///
/// # Errors
/// As [`update_cart`].
pub async fn update_baskets(tx: &mut Tx, cart: &Cart) -> Result<()> {
    for (row, line) in (0i64..).zip(&cart.lines) {
        sqlx::query(
            "update cart_lines set basket = $3 where sale_id = $1 and line_no = $2 and basket is not $3",
        )
        .bind(cart.sale_id.uuid())
        .bind(row)
        .bind(line.basket)
        .execute(&mut **tx)
        .await?;
    }
    update_cart(tx, cart).await
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

/// Returns when a counter's cart was sold, UTC milliseconds; `None` for any other cart.
///
/// # Errors
/// When the database does not answer.
pub async fn find_sold_at(tx: &mut Tx, counter: &str, sale_id: SaleId) -> Result<Option<i64>> {
    Ok(sqlx::query_scalar(
        "select sales.sold_at_ms from carts join sales on sales.sale_id = carts.sale_id
         where carts.sale_id = $1 and carts.counter = $2 and carts.state = 'sold'",
    )
    .bind(sale_id.uuid())
    .bind(counter)
    .fetch_optional(&mut **tx)
    .await?)
}

/// Clears all open carts: those of a copy may have been sold since it was made. Goods that were ordered stay, for their
/// deposit is owed; what central has of them ends the others ([`end_sold`]).
///
/// # Errors
/// When the database does not answer.
pub async fn clear_open(tx: &mut Tx) -> Result<()> {
    sqlx::query(
        "update carts set counter = '', is_current = 0 where state = 'open'
             and sale_id in (select sale_id from deposits where left_vnd > 0);
         update carts set state = 'cleared' where state = 'open' and counter <> '';
         update carts set buyer = null where state = 'cleared'",
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Ends open carts whose sale has come back from central: another computer sold it.
///
/// # Errors
/// When the database does not answer.
pub async fn end_sold(tx: &mut Tx) -> Result<()> {
    sqlx::query(
        "update carts set state = 'sold', buyer = null
         where state = 'open' and sale_id in (select sale_id from sales)",
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Gives open carts without rows, but for ordered ones, another sale's id: a clone of this disk has the old one too, and would sell under it.
/// For the same reason such a cart no longer leads back to the one that was cleared before it, whose buyer is forgotten.
///
/// # Errors
/// When the database does not answer.
pub async fn renew_empty(tx: &mut Tx, mut new_id: impl FnMut() -> SaleId) -> Result<()> {
    let empty: Vec<Uuid> = sqlx::query_scalar(
        "select sale_id from carts where state = 'open' and sale_id not in (select sale_id from deposits)
         and not exists (select 1 from cart_lines where cart_lines.sale_id = carts.sale_id)",
    )
    .fetch_all(&mut **tx)
    .await?;
    for sale_id in empty {
        forget_cleared(tx, sale_id).await?;
        sqlx::query("update carts set sale_id = $2, undo = null, cleared_sale_id = null where sale_id = $1")
            .bind(sale_id)
            .bind(new_id().uuid())
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

/// Forgets the buyers of the carts that were cleared before this one: nothing brings them back any more.
async fn forget_cleared(tx: &mut Tx, sale_id: Uuid) -> Result<()> {
    sqlx::query(
        "with recursive earlier (sale_id) as (
             select cleared_sale_id from carts where sale_id = $1
             union select carts.cleared_sale_id from carts join earlier on earlier.sale_id = carts.sale_id)
         update carts set buyer = null
         where buyer is not null and state = 'cleared' and sale_id in (select sale_id from earlier)",
    )
    .bind(sale_id)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Ends the current cart, `sold` or `cleared`, and opens the counter's next one under its number. The rows stay, so that a
/// cleared cart can be looked at, and taken back; so does to whom its invoice is made out, until the next cart is sold or left.
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
    if state == "sold" {
        forget_cleared(tx, ended.uuid()).await?;
    }
    let rows = sqlx::query(
        "update carts set state = $2, buyer = iif($2 = 'cleared', buyer, null)
         where sale_id = $1 and state = 'open' and is_current = 1;
         insert into carts (sale_id, counter, state, opened_at_ms, number, cleared_sale_id)
         select $3, counter, 'open', $4, number, iif($2 = 'cleared', $1, null) from carts where sale_id = $1",
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
