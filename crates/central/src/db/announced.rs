//! Goods that producers say they will bring to a store.

use domain::Quantity;
use domain::announced::{Heard, is_of};
use domain::ids::{ProducerId, ProductId, StoreId};
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use super::engine::{Db, Tx, sql};
use super::users::ProducerScope;
use crate::error::Result;

/// Goods to bring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewDelivery {
    /// Its identity.
    pub id: Uuid,
    /// Where to.
    pub store_id: StoreId,
    /// What.
    pub product_id: ProductId,
    /// How much.
    pub quantity: Quantity,
    /// When.
    pub comes_on: Date,
    /// Today.
    pub announced_on: Date,
}

/// Goods that were announced.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Announced {
    /// Its identity.
    pub id: Uuid,
    /// The store's name.
    pub store: String,
    /// The product's name.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// How much.
    #[sqlx(try_from = "i64")]
    pub quantity: Quantity,
    /// When.
    pub comes_on: Date,
    /// The day on which it was said.
    pub announced_on: Date,
    /// Taken back.
    pub is_ended: bool,
    store_id: Uuid,
    product_id: Uuid,
    announced_at_ms: i64,
}

/// Consigned goods that a store took in.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Delivered {
    store_id: Uuid,
    product_id: Uuid,
    day: Date,
    received_at_ms: i64,
    #[sqlx(try_from = "i64")]
    quantity: Quantity,
}

impl Announced {
    /// Returns how much of it came.
    pub fn arrived(&self, delivered: &[Delivered]) -> Quantity {
        let announced = Heard { day: self.announced_on, at_ms: self.announced_at_ms };
        let is_it = |row: &&Delivered| {
            let taken_in = Heard { day: row.day, at_ms: row.received_at_ms };
            let is_same = row.store_id == self.store_id && row.product_id == self.product_id;
            is_same && is_of(announced, self.comes_on, taken_in)
        };
        let rows = delivered.iter().filter(is_it);
        rows.fold(Quantity::ZERO, |sum, row| sum.plus(row.quantity).unwrap_or(Quantity::MOST))
    }
}

/// A store or a product to choose.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Choice {
    /// Its id.
    pub id: Uuid,
    /// Its name; of a product with its unit.
    pub name: String,
}

/// Adds an announcement.
///
/// # Errors
/// When the database fails.
pub async fn insert(
    tx: &mut Tx,
    scope: ProducerScope,
    new: &NewDelivery,
    (login, now_ms): (&str, i64),
) -> Result<()> {
    let sql = sql!(
        "insert into announced_deliveries (id, producer_id, store_id, product_id, quantity_milli, comes_on,
            announced_on, announced_at_ms, announced_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        new.id,
        scope.producer_id(),
        new.store_id,
        new.product_id,
        new.quantity.milli(),
        new.comes_on,
        new.announced_on,
        now_ms,
        login
    );
    tx.exec(sql).await?;
    Ok(())
}

/// An announcement as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Kept {
    /// Whose.
    #[sqlx(try_from = "Uuid")]
    pub producer_id: ProducerId,
    /// Where to.
    #[sqlx(try_from = "Uuid")]
    pub store_id: StoreId,
    /// What.
    #[sqlx(try_from = "Uuid")]
    pub product_id: ProductId,
    /// How much.
    #[sqlx(try_from = "i64")]
    pub quantity: Quantity,
    /// When.
    pub comes_on: Date,
    /// Taken back.
    pub is_ended: bool,
}

/// Returns the announcement of an id, whose ever it is.
///
/// # Errors
/// When the database fails.
pub async fn find_in(tx: &mut Tx, id: Uuid) -> Result<Option<Kept>> {
    let sql = sql!(
        "select producer_id, store_id, product_id, quantity_milli as quantity, comes_on,
            (ended_at_ms is not null) as is_ended
         from announced_deliveries where id = $1",
        id
    );
    tx.opt(sql).await
}

/// Takes an announcement of the producer's back. Returns false for one that is not there, or was taken back before.
///
/// # Errors
/// When the database fails.
pub async fn update_ended(tx: &mut Tx, scope: ProducerScope, id: Uuid, now_ms: i64) -> Result<bool> {
    let sql = sql!(
        "update announced_deliveries set ended_at_ms = $3
         where id = $1 and producer_id = $2 and ended_at_ms is null",
        id,
        scope.producer_id(),
        now_ms
    );
    Ok(tx.exec(sql).await? == 1)
}

/// Returns a producer's announcements of goods that come on a day or later, the latest first; at most `limit`.
///
/// # Errors
/// When the database fails.
pub async fn list(db: &Db, scope: ProducerScope, since: Date, limit: i64) -> Result<Vec<Announced>> {
    let sql = sql!(
        "select announced_deliveries.id, announced_deliveries.store_id, announced_deliveries.product_id,
            stores.name as store, products.name, products.unit,
            announced_deliveries.quantity_milli as quantity, announced_deliveries.comes_on,
            announced_deliveries.announced_on, announced_deliveries.announced_at_ms,
            announced_deliveries.ended_at_ms is not null as is_ended
         from announced_deliveries
         join stores on stores.id = announced_deliveries.store_id
         join products on products.id = announced_deliveries.product_id
         where announced_deliveries.producer_id = $1 and announced_deliveries.comes_on >= $2
         order by announced_deliveries.announced_at_ms desc, announced_deliveries.id desc limit $3",
        scope.producer_id(),
        since,
        limit
    );
    db.all(sql).await
}

/// Returns what was delivered of a producer's consigned goods on a business day or later. A delivery that was entered by mistake and
/// taken back did not come.
///
/// # Errors
/// When the database fails.
pub async fn list_delivered(db: &Db, scope: ProducerScope, since: Date) -> Result<Vec<Delivered>> {
    let sql = sql!(
        "select came.store_id, came.product_id, came.day, entries.received_at_ms,
            cast(sum(came.quantity_milli) as bigint) as quantity
         from deliveries as came
         join entries on entries.store_id = came.store_id
            and entries.incarnation = came.incarnation and entries.seq = came.seq
         left join (select distinct store_id, lot_id from deliveries
            where producer_id = $1 and day >= $2 and quantity_milli < 0) as back
            on back.store_id = came.store_id and back.lot_id = came.lot_id
         where came.producer_id = $1 and came.day >= $2 and came.quantity_milli > 0 and back.lot_id is null
         group by came.store_id, came.product_id, came.day, entries.received_at_ms
         order by came.store_id, came.product_id, came.day, entries.received_at_ms",
        scope.producer_id(),
        since
    );
    db.all(sql).await
}

/// Returns how many announcements of goods that come on a day or later are open.
///
/// # Errors
/// When the database fails.
pub async fn count_open(tx: &mut Tx, scope: ProducerScope, since: Date) -> Result<i64> {
    let sql = sql!(
        "select count(*) from announced_deliveries
         where producer_id = $1 and comes_on >= $2 and ended_at_ms is null",
        scope.producer_id(),
        since
    );
    Ok(tx.one::<(i64,)>(sql).await?.0)
}

/// Returns the stores that the producer can bring goods to: those of operators with terms for them, and those that had some.
///
/// # Errors
/// When the database fails.
pub async fn list_stores(db: &Db, scope: ProducerScope) -> Result<Vec<Choice>> {
    let sql = sql!(
        "select id, name from stores
         where operator_id in (select operator_id from terms where producer_id = $1)
            or id in (select store_id from lots where producer_id = $1)
         order by code, id",
        scope.producer_id()
    );
    db.all(sql).await
}

/// Returns the producer's products that are on sale.
///
/// # Errors
/// When the database fails.
pub async fn list_products(db: &Db, scope: ProducerScope) -> Result<Vec<Choice>> {
    let sql = sql!(
        "select id, name || ' (' || unit || ')' as name from products
         where producer_id = $1 and status = 'active' order by name_fold, id",
        scope.producer_id()
    );
    db.all(sql).await
}
