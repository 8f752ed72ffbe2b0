//! Products that stores added at the counter, until somebody confirms each as a product of the catalogue, or merges it into one.

use domain::catalog::SoldBy;
use domain::ids::{ProducerId, ProductId};
use domain::name_fold::{like_pattern, name_fold};
use domain::{Money, Quantity};
use sqlx::FromRow;
use uuid::Uuid;

use super::engine::{Db, Sql, Tx, sql};
use super::keyset::{self, From, Page};
use super::products::Product;
use crate::error::{Error, Result};

/// The most products of the catalogue that one is compared with.
const LIKELY_MAX: i64 = 12;

/// A product that waits.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Waiting {
    /// The product.
    #[sqlx(try_from = "Uuid")]
    pub id: ProductId,
    /// What is on the pack, as the till told it.
    pub barcode: Option<String>,
    /// Name.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// `piece` or `weight`.
    pub sold_by: String,
    /// Price of a unit, VAT included.
    #[sqlx(try_from = "i64")]
    pub price: Money,
    /// Code of the VAT class.
    pub tax_class: String,
    /// Whose consigned goods.
    pub producer_id: Option<Uuid>,
    /// Their name.
    pub producer: Option<String>,
    /// The store that told of it; none for one that came before stores were noted.
    pub store: Option<String>,
    /// How much was sold of it.
    #[sqlx(try_from = "i64")]
    pub quantity: Quantity,
    /// What buyers paid for it.
    #[sqlx(try_from = "i64")]
    pub revenue: Money,
}

impl Waiting {
    /// Returns how it is sold.
    ///
    /// # Errors
    /// For a code that nobody knows.
    pub fn sold_by(&self) -> Result<SoldBy> {
        SoldBy::from_code(&self.sold_by)
            .ok_or_else(|| Error::damaged("products", self.id.uuid(), "it is sold by nothing known"))
    }
}

/// A product of the catalogue that it may be.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Likely {
    /// The product.
    #[sqlx(try_from = "Uuid")]
    pub id: ProductId,
    /// Its code.
    pub sku: String,
    /// Name.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// Price of a unit.
    #[sqlx(try_from = "i64")]
    pub price: Money,
    /// Whose goods.
    pub producer: Option<String>,
    /// It carries the same barcode.
    pub has_barcode: bool,
    /// Its name and unit are the same, without regard to case and marks.
    pub has_name: bool,
}

const SELECT: &str = "with sold as (
        select product_id, sum(quantity_milli) as quantity, sum(revenue_vnd) as revenue from sales_monthly
        where product_id in (select id from products where status = 'provisional' and merged_into is null)
        group by product_id)
    select products.id, products.told_barcode as barcode, products.name, products.unit,
        products.sold_by, products.price_vnd as price, products.tax_class, products.producer_id,
        producers.name as producer, stores.name as store,
        cast(coalesce(sold.quantity, 0) as bigint) as quantity,
        cast(coalesce(sold.revenue, 0) as bigint) as revenue
    from products
    left join producers on producers.id = products.producer_id
    left join stores on stores.id = products.told_by
    left join sold on sold.product_id = products.id
    where products.status = 'provisional' and products.merged_into is null";

/// Returns a page of the products that wait, by name.
///
/// # Errors
/// When the database fails.
pub async fn page(db: &Db, from: &From, limit: usize) -> Result<Page<Waiting>> {
    keyset::page(db, Sql::new(SELECT), keyset::by_name!("products"), from, limit).await
}

/// Counts the products that wait.
///
/// # Errors
/// When the database fails.
pub async fn count(db: &Db) -> Result<i64> {
    let sql = sql!(
        "select cast(count(*) as bigint) from products where status = 'provisional' and merged_into is null"
    );
    let (count,) = db.one::<(i64,)>(sql).await?;
    Ok(count)
}

/// Returns a product that waits; `None` for any other.
///
/// # Errors
/// When the database fails.
pub async fn find_waiting(db: &Db, id: ProductId) -> Result<Option<Waiting>> {
    db.opt(Sql::new(SELECT).push(" and products.id = ").bind(id)).await
}

/// Returns products of the catalogue that a waiting one may be: first those with its barcode, then those with its name, then those
/// whose names hold the words.
///
/// # Errors
/// When the database fails.
pub async fn list_likely(db: &Db, waiting: &Waiting, words: &str) -> Result<Vec<Likely>> {
    let words = if words.trim().is_empty() { &waiting.name } else { words };
    let sql = sql!(
        "select products.id, products.sku, products.name, products.unit, products.price_vnd as price,
            producers.name as producer, barcodes.code is not null as has_barcode,
            products.name_fold = $2 and products.unit = $3 as has_name
         from products
         left join producers on producers.id = products.producer_id
         left join barcodes on barcodes.product_id = products.id and barcodes.code = $1
         where products.status = 'active' and products.sold_by = $5
             and not exists (select 1 from combo_parts where combo_parts.combo_id = products.id)
             and (barcodes.code is not null or products.name_fold like $4 escape '!')
         order by barcodes.code is null, products.name_fold <> $2, products.name_fold, products.id limit $6",
        waiting.barcode.as_deref().unwrap_or_default(),
        name_fold(&waiting.name),
        &waiting.unit,
        like_pattern(words),
        &waiting.sold_by,
        LIKELY_MAX
    );
    db.all(sql).await
}

/// Counts a product that waits under another one from now on. Returns false when it does not wait.
///
/// # Errors
/// When the database fails.
pub async fn merge(tx: &mut Tx, id: ProductId, into: &Product) -> Result<bool> {
    let sql = sql!(
        "update products set merged_into = $2 where id = $1 and status = 'provisional' and merged_into is null
         returning id",
        id,
        into.id
    );
    Ok(tx.opt::<(Uuid,)>(sql).await?.is_some())
}

/// Holds a product that waits until the transaction ends, so that nobody else takes it meanwhile, and returns what the store told
/// of it; `None` for a product that does not wait.
///
/// # Errors
/// When the database fails.
pub async fn claim(tx: &mut Tx, id: ProductId) -> Result<Option<Told>> {
    let sql = sql!(
        "update products set status = status where id = $1 and status = 'provisional' and merged_into is null
         returning sold_by, told_barcode as barcode, producer_id, price_vnd as price",
        id
    );
    tx.opt(sql).await
}

/// What a store told of a product and no merging may change.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Told {
    /// `piece` or `weight`.
    pub sold_by: String,
    /// What is on the pack.
    pub barcode: Option<String>,
    /// Price of a unit.
    #[sqlx(try_from = "i64")]
    pub price: Money,
    producer_id: Option<Uuid>,
}

impl Told {
    /// Returns whose consigned goods it is.
    pub fn producer_id(&self) -> Option<ProducerId> {
        self.producer_id.map(Into::into)
    }
}
