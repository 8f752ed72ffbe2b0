//! What sells most in this store, from its own journal; read when somebody asks for it, never while selling.

use sqlx::{FromRow, SqlitePool};
use time::Date;
use uuid::Uuid;

use super::Result;

/// So many of the newest sales tell what sells: a month of a busy store, read in a moment.
const SALES_READ_MAX: i64 = 3_000;
/// The most products that are told.
pub const TOLD_MAX: i64 = 120;

/// A product, as its tile shows it.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct BestSeller {
    /// The product.
    pub product_id: Uuid,
    /// Name.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// Price of a unit, đồng.
    pub price_vnd: i64,
    /// OCOP stars of the recognition in force.
    pub stars: Option<u8>,
    /// Its group; empty for a product of a counter's own.
    pub product_group: String,
}

/// Returns the products that stood in the most sales since a moment, UTC milliseconds; a combo counts as one product. Stars
/// are those of a business date.
///
/// # Errors
/// When the database does not answer.
pub async fn list_most_sold(pool: &SqlitePool, since_ms: i64, date: Date) -> Result<Vec<BestSeller>> {
    Ok(sqlx::query_as(
        "with lately as (
             select newest.sale_id, entries.shared, entries.private
             from (select sale_id, stream_no, seq, sold_at_ms from sales order by stream_no desc, seq desc limit $3) newest
             join entries on entries.stream_no = newest.stream_no and entries.seq = newest.seq
             where newest.sold_at_ms >= $1),
         rows_sold as (
             select sale_id, value from lately, json_each(lately.shared, '$.lines')
             union all
             select sale_id, value from lately, json_each(lately.private, '$.lines')),
         sold as (
             select product, count(distinct sale_id) as sales
             from (select sale_id, coalesce(value ->> '$.combo.product', value ->> '$.product') as product from rows_sold)
             group by product)
         select p.product_id, p.name, p.unit, p.price_vnd, f.stars, p.product_group
         from sold cross join products p on p.product_id = unhex(sold.product, '-')
         left join product_facts f on f.product_facts_id = (
             select product_facts_id from product_facts
             where product_id = p.product_id and valid_from <= $2
             order by valid_from desc, product_facts_id desc limit 1)
         where p.active = 1
         order by sold.sales desc, p.name_fold, p.product_id limit $4",
    )
    .bind(since_ms)
    .bind(date)
    .bind(SALES_READ_MAX)
    .bind(TOLD_MAX)
    .fetch_all(pool)
    .await?)
}

/// Returns the first products of the catalogue by name, for a store that has sold nothing yet.
///
/// # Errors
/// When the database does not answer.
pub async fn list_by_name(pool: &SqlitePool, date: Date) -> Result<Vec<BestSeller>> {
    Ok(sqlx::query_as(
        "select p.product_id, p.name, p.unit, p.price_vnd, f.stars, p.product_group
         from (select product_id from products where active = 1 order by name_fold, sku, product_id limit $2) first
         cross join products p on p.product_id = first.product_id
         left join product_facts f on f.product_facts_id = (
             select product_facts_id from product_facts
             where product_id = p.product_id and valid_from <= $1
             order by valid_from desc, product_facts_id desc limit 1)
         order by p.name_fold, p.sku, p.product_id",
    )
    .bind(date)
    .bind(TOLD_MAX)
    .fetch_all(pool)
    .await?)
}
