//! Terms between the operator and producers: those that central told of, and those that were agreed here.

use domain::Rate;
use domain::consignment::{Basis, Bearer, Terms};
use domain::contract::{Clauses, Mode};
use domain::ids::{ProducerId, ProductId, SaleId, TermsId};
use domain::stock::Location;
use sqlx::{FromRow, SqliteConnection};
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
    mode: String,
    return_days: Option<u16>,
    shrinkage_ppm: u32,
    loss_bearer: Option<String>,
    expiry_bearer: Option<String>,
    agreed_after_days: Option<u16>,
    ends: bool,
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
    rows.iter().map(Row::read).collect()
}

/// Returns all terms of a producer, the latest first.
///
/// # Errors
/// When the database does not answer or a value cannot be read.
pub async fn list_of_producer(
    connection: &mut SqliteConnection,
    producer_id: ProducerId,
) -> Result<Vec<Terms>> {
    let rows: Vec<Row> =
        sqlx::query_as("select * from terms where producer_id = $1 order by valid_from desc, terms_id desc")
            .bind(producer_id.uuid())
            .fetch_all(connection)
            .await?;
    rows.iter().map(Row::read).collect()
}

/// Returns the terms of every producer that begin on a day or before it; at most `most`.
///
/// # Errors
/// When the database does not answer or a value cannot be read.
pub async fn list_begun(connection: &mut SqliteConnection, day: Date, most: i64) -> Result<Vec<Terms>> {
    let rows: Vec<Row> =
        sqlx::query_as("select * from terms where valid_from <= $1 order by terms_id desc limit $2")
            .bind(day)
            .bind(most)
            .fetch_all(connection)
            .await?;
    rows.iter().map(Row::read).collect()
}

/// Returns a version, or `None`.
///
/// # Errors
/// When the database does not answer or a value cannot be read.
pub async fn find_terms(connection: &mut SqliteConnection, terms_id: TermsId) -> Result<Option<Terms>> {
    let row: Option<Row> = sqlx::query_as("select * from terms where terms_id = $1")
        .bind(terms_id.uuid())
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(Row::read).transpose()
}

impl Row {
    fn read(&self) -> Result<Terms> {
        let corrupt = |column| Error::Corrupt { table: "terms", column };
        let rate = |ppm, column| Rate::from_ppm(ppm).map_err(|_| corrupt(column));
        let bearer = |code: &Option<String>, column| match code {
            Some(code) => Bearer::from_code(code).map(Some).ok_or_else(|| corrupt(column)),
            None => Ok(None),
        };
        Ok(Terms {
            id: self.terms_id.into(),
            producer_id: self.producer_id.into(),
            product_id: self.product_id.map(Into::into),
            commission: rate(self.commission_ppm, "commission_ppm")?,
            basis: Basis::from_code(&self.basis).ok_or_else(|| corrupt("basis"))?,
            discount_bearer: Bearer::from_code(&self.discount_bearer)
                .ok_or_else(|| corrupt("discount_bearer"))?,
            valid_from: self.valid_from,
            clauses: Clauses {
                mode: Mode::from_code(&self.mode).ok_or_else(|| corrupt("mode"))?,
                return_days: self.return_days,
                shrinkage: rate(self.shrinkage_ppm, "shrinkage_ppm")?,
                loss_bearer: bearer(&self.loss_bearer, "loss_bearer")?,
                expiry_bearer: bearer(&self.expiry_bearer, "expiry_bearer")?,
                agreed_after_days: self.agreed_after_days,
                ends: self.ends,
            },
        })
    }
}

/// Writes terms that central told of, new or changed.
///
/// # Errors
/// When the database does not answer.
pub async fn upsert_terms(tx: &mut Tx, terms: &Terms) -> Result<()> {
    write(tx, terms, false).await
}

/// Writes terms from the entry that tells that they were agreed here.
///
/// # Errors
/// When the database does not answer.
pub async fn upsert_agreed(tx: &mut Tx, terms: &Terms) -> Result<()> {
    write(tx, terms, true).await
}

/// What was agreed here stays so when central tells it back; an end stays one, too, when a central that knows no ends does.
async fn write(tx: &mut Tx, terms: &Terms, is_agreed_here: bool) -> Result<()> {
    let Clauses { mode, return_days, shrinkage, loss_bearer, expiry_bearer, agreed_after_days, ends } =
        terms.clauses;
    sqlx::query(
        "insert into terms (terms_id, producer_id, product_id, commission_ppm, basis, discount_bearer, valid_from,
             mode, return_days, shrinkage_ppm, loss_bearer, expiry_bearer, agreed_after_days, is_agreed_here, ends)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
         on conflict (terms_id) do update set producer_id = excluded.producer_id, product_id = excluded.product_id,
             commission_ppm = excluded.commission_ppm, basis = excluded.basis,
             discount_bearer = excluded.discount_bearer, valid_from = excluded.valid_from, mode = excluded.mode,
             return_days = excluded.return_days, shrinkage_ppm = excluded.shrinkage_ppm,
             loss_bearer = excluded.loss_bearer, expiry_bearer = excluded.expiry_bearer,
             agreed_after_days = excluded.agreed_after_days, ends = max(terms.ends, excluded.ends),
             is_agreed_here = max(terms.is_agreed_here, excluded.is_agreed_here)",
    )
    .bind(terms.id.uuid())
    .bind(terms.producer_id.uuid())
    .bind(terms.product_id.map(ProductId::uuid))
    .bind(terms.commission.ppm())
    .bind(terms.basis.code())
    .bind(terms.discount_bearer.code())
    .bind(terms.valid_from)
    .bind(mode.code())
    .bind(return_days)
    .bind(shrinkage.ppm())
    .bind(loss_bearer.map(Bearer::code))
    .bind(expiry_bearer.map(Bearer::code))
    .bind(agreed_after_days)
    .bind(is_agreed_here)
    .bind(ends)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Takes back what central told, before all of it is told anew. What was agreed here stays: central may not know it yet.
///
/// # Errors
/// When the database does not answer.
pub async fn delete_told(tx: &mut Tx) -> Result<()> {
    sqlx::query("delete from terms where is_agreed_here = 0").execute(&mut **tx).await?;
    Ok(())
}
