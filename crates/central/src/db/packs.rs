//! What anybody may know who holds a pack: the product, its lot, where it is sold. And how often that was looked at.

use domain::Quantity;
use domain::ids::ProductId;
use domain::page_scan::{SCANS_EACH, SCANS_LEAST};
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use super::engine::{Db, sql};
use crate::error::Result;

/// A product, as its pack's page shows it.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct PackProduct {
    /// The product.
    #[sqlx(try_from = "Uuid")]
    pub id: ProductId,
    /// Its name.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// `active`, `retired`, or `provisional`.
    pub status: String,
    /// The group's name in Vietnamese and English; none for one that nobody has sorted in.
    pub group_vi: Option<String>,
    /// In English.
    pub group_en: Option<String>,
    /// Who makes it, where that is known.
    pub producer: Option<String>,
    /// The commune that it comes from; empty where that is unknown.
    pub commune: String,
}

/// Returns the product with a code: one of its barcodes, or the shops' own. A product that a store added and that was merged is the
/// one that it was merged into.
///
/// # Errors
/// When the database fails.
pub async fn find_product(db: &Db, code: &str) -> Result<Option<PackProduct>> {
    let sql = sql!(
        "select shown.id, shown.name, shown.unit, shown.status, product_groups.name_vi as group_vi,
            product_groups.name_en as group_en, producers.name as producer, shown.commune
         from products as found
         join products as shown on shown.id = coalesce(found.merged_into, found.id)
         left join product_groups on product_groups.code = shown.group_code
         left join producers on producers.id = shown.producer_id
         where found.id = coalesce(
            (select product_id from barcodes where code = $1),
            (select id from products where sku = $1 and status <> 'provisional'),
            (select id from products where status = 'provisional' and (told_barcode = $1 or sku = $1)
                order by id limit 1))",
        code
    );
    db.opt(sql).await
}

/// A lot in a store.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct PackLot {
    /// Its code as the store wrote it.
    pub code: String,
    /// The store's name.
    pub store: String,
    /// When it came in.
    pub received_on: Date,
    /// Its last day, where it has one.
    pub expires_on: Option<Date>,
}

/// Returns the lots of a product with a code, whatever the case of its letters, the first received first; at most `limit`. What was
/// received as a product that was merged into this one counts.
///
/// # Errors
/// When the database fails.
pub async fn list_lots(db: &Db, product_id: ProductId, code: &str, limit: i64) -> Result<Vec<PackLot>> {
    let sql = sql!(
        "select lots.code, stores.name as store, min(lots.received_on) as received_on,
            min(lots.expires_on) as expires_on
         from lots join stores on stores.id = lots.store_id
         where lots.product_id in (select id from products where id = $1 or merged_into = $1)
            and upper(lots.code) = upper($2)
         group by lots.code, stores.name, stores.id
         order by 3, stores.name, stores.id limit $3",
        product_id,
        code,
        limit
    );
    db.all(sql).await
}

/// A store that sells a product.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Selling {
    /// Its name.
    pub store: String,
    /// Street and number.
    pub address: String,
    /// Commune, ward or special zone.
    pub commune: String,
    /// Telephone; empty where none is known.
    pub phone: String,
}

/// Returns the stores that have a product on the shelf by the book, by name; at most `limit`. One whose point has closed is none, nor is
/// one that has not opened, unless it sells all the same.
///
/// # Errors
/// When the database fails.
pub async fn list_selling(db: &Db, product_id: ProductId, limit: i64) -> Result<Vec<Selling>> {
    let sql = sql!(
        "select stores.name as store, stores.address, stores.commune, stores.phone
         from (select store_id from stock
                where product_id in (select id from products where id = $1 or merged_into = $1)
                    and location = 'shelf'
                group by store_id having sum(quantity_milli) > 0) as has
         join stores on stores.id = has.store_id
         left join points on points.store_id = stores.id
         where points.state is null or points.state in ('open', 'checked') or (points.state <> 'closed'
            and exists (select 1 from receipts_daily where receipts_daily.store_id = stores.id))
         order by stores.name, stores.id limit $2",
        product_id,
        limit
    );
    db.all(sql).await
}

/// Counts a look at the page of a product, or of one of its lots; an empty code is the product's page.
///
/// # Errors
/// When the database fails.
pub async fn count_scan(db: &Db, product_id: ProductId, lot_code: &str, day: Date) -> Result<()> {
    let sql = sql!(
        "insert into page_scans (day, product_id, lot_code, scans) values ($1, $2, $3, 1)
         on conflict (day, product_id, lot_code) do update set scans = page_scans.scans + 1",
        day,
        product_id,
        lot_code
    );
    db.exec(sql).await?;
    Ok(())
}

/// How often the label of a lot, or of a product without a lot, was scanned.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Scanned {
    /// The product.
    #[sqlx(try_from = "Uuid")]
    pub product_id: ProductId,
    /// Its name.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// Who makes it.
    pub producer: Option<String>,
    /// The lot; empty for labels without one.
    pub lot_code: String,
    /// How often.
    pub scans: i64,
    /// What was sold of the lot, or of the product, at any time.
    #[sqlx(try_from = "i64")]
    pub sold: Quantity,
    /// What lies on shelves of it by the book.
    #[sqlx(try_from = "i64")]
    pub on_shelf: Quantity,
}

/// Returns what was scanned since a day: lots that were scanned far more often than their packs explain
/// ([`domain::page_scan::is_suspicious`]) first, then the most often scanned; at most `limit`. A lot is the same whatever the case of its
/// letters, as in [`list_lots`].
///
/// # Errors
/// When the database fails.
pub async fn list_scanned(db: &Db, since: Date, limit: i64) -> Result<Vec<Scanned>> {
    let sql = sql!(
        "with scanned as (
            select product_id, upper(lot_code) as lot_key, min(lot_code) as lot_code, cast(sum(scans) as bigint) as scans
            from page_scans where day >= $1 group by product_id, upper(lot_code)),
        packs as (
            select scanned.product_id, scanned.lot_key, lots.store_id, lots.lot_id, lots.product_id as lot_product_id
            from scanned
            join products as same on same.id = scanned.product_id or same.merged_into = scanned.product_id
            join lots on lots.product_id = same.id and (scanned.lot_key = '' or upper(lots.code) = scanned.lot_key)),
        counted as (
            select packs.product_id, packs.lot_key,
                cast(sum(case when stock.location = 'customer' then stock.quantity_milli else 0 end) as bigint) as sold,
                cast(sum(case when stock.location = 'shelf' then stock.quantity_milli else 0 end) as bigint) as on_shelf
            from packs join stock on stock.store_id = packs.store_id and stock.product_id = packs.lot_product_id
                and stock.lot_id = packs.lot_id
            group by packs.product_id, packs.lot_key),
        labels as (
            select scanned.product_id, scanned.lot_key, scanned.lot_code, scanned.scans,
                coalesce(counted.sold, 0) as sold, coalesce(counted.on_shelf, 0) as on_shelf
            from scanned left join counted on counted.product_id = scanned.product_id and counted.lot_key = scanned.lot_key)
        select labels.product_id, products.name, products.unit, producers.name as producer, labels.lot_code,
            labels.scans, labels.sold, labels.on_shelf
        from labels
        join products on products.id = labels.product_id
        left join producers on producers.id = products.producer_id
        order by
            case when labels.lot_key <> '' and labels.scans >= $2 and labels.scans > $3 *
                (case when labels.sold > 0 then labels.sold / 1000 else 0 end
                    + case when labels.on_shelf > 0 then labels.on_shelf / 1000 else 0 end)
                then 0 else 1 end,
            labels.scans desc, products.name_fold, labels.product_id, labels.lot_key
        limit $4",
        since,
        SCANS_LEAST,
        SCANS_EACH,
        limit
    );
    db.all(sql).await
}

/// Returns how often labels were scanned since a day, all of them together.
///
/// # Errors
/// When the database fails.
pub async fn count_scanned(db: &Db, since: Date) -> Result<i64> {
    let sql = sql!("select coalesce(cast(sum(scans) as bigint), 0) from page_scans where day >= $1", since);
    let (scans,) = db.one(sql).await?;
    Ok(scans)
}
