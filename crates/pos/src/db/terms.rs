//! Consignment terms of the operator.

use domain::Rate;
use domain::consignment::{Basis, Bearer, Terms};
use domain::ids::{ProducerId, SaleId};
use domain::stock::Location;
use protocol::wire::TermsRow;
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use super::{Error, Result, Tx};

#[derive(FromRow)]
struct Row {
    terms_id: Uuid,
    producer_id: Uuid,
    product_id: Option<Uuid>,
    commission_ppm: u32,
    basis: String,
    discount_bearer: String,
    valid_from: Date,
}

/// Returns the terms that can matter for the products of a cart and of its combos: of their producers and of the producers of their lots on
/// the shelf, for them or for all products. Some come more than once.
///
/// # Errors
/// When the database does not answer or a value cannot be read.
pub async fn list_for_cart(tx: &mut Tx, sale_id: SaleId) -> Result<Vec<Terms>> {
    let rows: Vec<Row> = sqlx::query_as(
        "select terms.* from cart_goods
         join products on products.product_id = cart_goods.product_id
         join terms on terms.producer_id = products.producer_id
         where cart_goods.sale_id = $1 and (terms.product_id is null or terms.product_id = cart_goods.product_id)
         union all
         select terms.* from cart_goods
         join products on products.product_id = cart_goods.product_id
         cross join stock on stock.product_id = cart_goods.product_id
         cross join lots on lots.lot_id = stock.lot_id
         cross join terms on terms.producer_id = lots.producer_id
         where cart_goods.sale_id = $1 and stock.location = $2 and stock.quantity_milli > 0
               and lots.producer_id is not products.producer_id
               and (terms.product_id is null or terms.product_id = cart_goods.product_id)",
    )
    .bind(sale_id.uuid())
    .bind(Location::Shelf.code())
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter().map(read).collect()
}

/// Returns all terms of a producer.
///
/// # Errors
/// When the database does not answer or a value cannot be read.
pub async fn list_of_producer(tx: &mut Tx, producer_id: ProducerId) -> Result<Vec<Terms>> {
    let rows: Vec<Row> = sqlx::query_as("select * from terms where producer_id = $1")
        .bind(producer_id.uuid())
        .fetch_all(&mut **tx)
        .await?;
    rows.into_iter().map(read).collect()
}

fn read(row: Row) -> Result<Terms> {
    let corrupt = |column| Error::Corrupt { table: "terms", column };
    Ok(Terms {
        id: row.terms_id.into(),
        producer_id: row.producer_id.into(),
        product_id: row.product_id.map(Into::into),
        commission: Rate::from_ppm(row.commission_ppm).map_err(|_| corrupt("commission_ppm"))?,
        basis: Basis::from_code(&row.basis).ok_or_else(|| corrupt("basis"))?,
        discount_bearer: Bearer::from_code(&row.discount_bearer).ok_or_else(|| corrupt("discount_bearer"))?,
        valid_from: row.valid_from,
    })
}

/// Writes terms, new or changed.
///
/// # Errors
/// When the database does not answer.
pub async fn upsert_terms(tx: &mut Tx, row: &TermsRow) -> Result<()> {
    sqlx::query(
        "insert into terms (terms_id, producer_id, product_id, commission_ppm, basis, discount_bearer, valid_from)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (terms_id) do update set producer_id = excluded.producer_id, product_id = excluded.product_id,
             commission_ppm = excluded.commission_ppm, basis = excluded.basis,
             discount_bearer = excluded.discount_bearer, valid_from = excluded.valid_from",
    )
    .bind(row.id)
    .bind(row.producer)
    .bind(row.product)
    .bind(row.commission_ppm)
    .bind(&row.basis)
    .bind(&row.discount_bearer)
    .bind(row.valid_from)
    .execute(&mut **tx)
    .await?;
    Ok(())
}
