//! What stands on a store's shelf by its book, to be measured and to be labelled.

use domain::ids::{PointId, StoreId};
use domain::point::Assortment;
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use crate::db::engine::{Db, Tx, sql};
use crate::error::Result;

/// Writes the products on a store's shelf; or what stands before the store, and behind it, where the store is bound between them. What a
/// store sold as a product of its own is the one that it was merged into.
macro_rules! on_shelf {
    (before) => {
        "select coalesce(told.merged_into, stock.product_id) as product_id
         from stock left join products told on told.id = stock.product_id
         where stock.location = 'shelf' and stock.store_id = "
    };
    (behind) => {
        " group by coalesce(told.merged_into, stock.product_id) having sum(stock.quantity_milli) > 0"
    };
    ($store:literal) => {
        concat!(on_shelf!(before), $store, on_shelf!(behind))
    };
}
pub(super) use on_shelf;

/// Writes what counts the products of `goods`, those with stars, and their producers; `$2` is false, `$3` the day.
macro_rules! counted {
    () => {
        " select cast(count(*) as bigint), cast(count(facts.stars) as bigint),
            cast(count(distinct coalesce(producers.same_as, products.producer_id)) as bigint)
        from goods left join products on products.id = goods.product_id
        left join producers on producers.id = products.producer_id
        left join product_facts facts on facts.id = (
            select dated.id from product_facts dated where dated.product_id = goods.product_id
                and dated.is_retired = $2 and dated.valid_from <= $3
            order by dated.valid_from desc, dated.id desc limit 1)"
    };
}
pub(super) use counted;

/// Counts the products on a store's shelf, those with stars on a day, and their producers.
///
/// # Errors
/// When the database fails.
pub async fn assortment(tx: &mut Tx, store_id: StoreId, day: Date) -> Result<Assortment> {
    let sql = sql!(concat!("with goods as (", on_shelf!("$1"), ")", counted!()), store_id, false, day);
    let (product_count, ocop_count, producer_count) = tx.one(sql).await?;
    Ok(Assortment { product_count, ocop_count, producer_count })
}

/// A product as its shelf label says it.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Labelled {
    /// The product.
    pub id: Uuid,
    /// The shops' own code.
    pub sku: String,
    /// Name.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// Price of a unit, VAT included, đồng.
    pub price_vnd: i64,
    /// Who makes it.
    pub producer: Option<String>,
    /// Stars on the day.
    pub stars: Option<i64>,
    /// One of its barcodes.
    pub barcode: Option<String>,
}

/// Which products are labelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goods {
    /// The whole catalogue.
    All,
    /// What stands on a store's shelf.
    OnShelf(StoreId),
    /// What is chosen for a point.
    ChosenFor(PointId),
}

/// Returns up to `limit` of some products that are on sale by name, as a day's labels say them; behind the product `after`, or from the
/// first one.
///
/// # Errors
/// When the database fails.
pub async fn labelled(
    db: &Db,
    goods: Goods,
    day: Date,
    (after, limit): (Option<Uuid>, i64),
) -> Result<Vec<Labelled>> {
    let sql = sql!(
        "select products.id, products.sku, products.name, products.unit, products.price_vnd,
            producers.name as producer, facts.stars,
            (select min(barcodes.code) from barcodes where barcodes.product_id = products.id) as barcode
         from products left join producers on producers.id = products.producer_id
         left join product_facts facts on facts.id = (
            select dated.id from product_facts dated where dated.product_id = products.id
                and dated.is_retired = $1 and dated.valid_from <= $2
            order by dated.valid_from desc, dated.id desc limit 1)
         where products.status = 'active'",
        false,
        day
    );
    let sql = match goods {
        Goods::All => sql,
        Goods::OnShelf(store_id) => sql
            .push(concat!(" and products.id in (", on_shelf!(before)))
            .bind(store_id)
            .push(concat!(on_shelf!(behind), ")")),
        Goods::ChosenFor(point_id) => sql
            .push(
                " and products.id in (select chosen.product_id from point_products chosen where chosen.point_id = ",
            )
            .bind(point_id)
            .push(")"),
    };
    let sql = sql.when(
        after,
        " and (products.name_fold, products.id) > (select last_one.name_fold, last_one.id from products last_one where last_one.id = ",
        ")",
    );
    db.all(sql.push(" order by products.name_fold, products.id limit ").bind(limit)).await
}
