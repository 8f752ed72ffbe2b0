//! Lots: what was delivered, whose it is, until when it may be sold.

use std::collections::{BTreeMap, BTreeSet};

use domain::Quantity;
use domain::ids::{LotId, ProducerId, ProductId, SaleId};
use domain::name_fold::like_pattern;
use domain::repack::Repacked;
use domain::stock::{Location, Lot, LotOnShelf, Owner};
use sqlx::{FromRow, SqliteConnection, SqlitePool};
use time::Date;
use uuid::Uuid;

use super::{Result, Tx};

#[derive(FromRow)]
struct LotOnShelfRow {
    lot_id: Uuid,
    product_id: Uuid,
    producer_id: Option<Uuid>,
    received_on: Date,
    expires_on: Option<Date>,
    code: Option<String>,
    quantity_milli: i64,
}

impl From<LotOnShelfRow> for LotOnShelf {
    fn from(row: LotOnShelfRow) -> Self {
        Self {
            lot: Lot {
                id: LotId::from_uuid(row.lot_id),
                product_id: ProductId::from_uuid(row.product_id),
                owner: Owner::from(row.producer_id.map(Into::into)),
                received_on: row.received_on,
                expires_on: row.expires_on,
                code: row.code,
            },
            on_hand: Quantity::from_milli(row.quantity_milli),
        }
    }
}

/// What the shelf has of some products: which, and the place.
macro_rules! on_shelf {
    ($which:literal) => {
        concat!(
            "select lots.lot_id, lots.product_id, lots.producer_id, lots.received_on, lots.expires_on, lots.code,
                    stock.quantity_milli
             from stock join lots on lots.lot_id = stock.lot_id
             where stock.product_id ",
            $which,
            " and stock.location = $2 and stock.quantity_milli > 0"
        )
    };
}

/// Returns the lots of a product that the shelf has some of.
///
/// # Errors
/// When the database does not answer.
pub async fn list_on_shelf(
    connection: &mut SqliteConnection,
    product_id: ProductId,
) -> Result<Vec<LotOnShelf>> {
    let rows: Vec<LotOnShelfRow> = sqlx::query_as(on_shelf!("= $1"))
        .bind(product_id.uuid())
        .bind(Location::Shelf.code())
        .fetch_all(connection)
        .await?;
    Ok(rows.into_iter().map(LotOnShelf::from).collect())
}

/// Returns the lots that the shelf has of the parts of a combo.
///
/// # Errors
/// When the database does not answer.
pub async fn list_of_combo(
    connection: &mut SqliteConnection,
    combo_id: ProductId,
) -> Result<Vec<LotOnShelf>> {
    let rows: Vec<LotOnShelfRow> =
        sqlx::query_as(on_shelf!("in (select product_id from combo_parts where combo_id = $1)"))
            .bind(combo_id.uuid())
            .bind(Location::Shelf.code())
            .fetch_all(connection)
            .await?;
    Ok(rows.into_iter().map(LotOnShelf::from).collect())
}

/// Returns the lots that the shelf has of the products in a cart and in its combos.
///
/// # Errors
/// When the database does not answer.
pub async fn list_for_cart(tx: &mut Tx, sale_id: SaleId) -> Result<BTreeMap<ProductId, Vec<LotOnShelf>>> {
    let rows: Vec<LotOnShelfRow> =
        sqlx::query_as(on_shelf!("in (select product_id from cart_goods where sale_id = $1)"))
            .bind(sale_id.uuid())
            .bind(Location::Shelf.code())
            .fetch_all(&mut **tx)
            .await?;
    let mut shelf: BTreeMap<ProductId, Vec<LotOnShelf>> = BTreeMap::new();
    for lot in rows.into_iter().map(LotOnShelf::from) {
        shelf.entry(lot.lot.product_id).or_default().push(lot);
    }
    Ok(shelf)
}

/// Returns a lot with what the shelf has of it, which may be nothing.
///
/// # Errors
/// When the database does not answer.
pub async fn find_lot(tx: &mut Tx, lot_id: LotId) -> Result<Option<LotOnShelf>> {
    let row: Option<LotOnShelfRow> = sqlx::query_as(
        "select lots.lot_id, lots.product_id, lots.producer_id, lots.received_on, lots.expires_on, lots.code,
                coalesce(stock.quantity_milli, 0) as quantity_milli
         from lots left join stock on stock.product_id = lots.product_id and stock.lot_id = lots.lot_id
             and stock.location = $2
         where lots.lot_id = $1",
    )
    .bind(lot_id.uuid())
    .bind(Location::Shelf.code())
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(LotOnShelf::from))
}

/// Returns all lots that a product ever had, with what the shelf has of them: also nothing, or less.
///
/// # Errors
/// When the database does not answer.
pub async fn list_all(tx: &mut Tx, product_id: ProductId) -> Result<Vec<LotOnShelf>> {
    let rows: Vec<LotOnShelfRow> = sqlx::query_as(
        "select lots.lot_id, lots.product_id, lots.producer_id, lots.received_on, lots.expires_on, lots.code,
                coalesce(stock.quantity_milli, 0) as quantity_milli
         from lots left join stock on stock.product_id = lots.product_id and stock.lot_id = lots.lot_id
             and stock.location = $2
         where lots.product_id = $1",
    )
    .bind(product_id.uuid())
    .bind(Location::Shelf.code())
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(LotOnShelf::from).collect())
}

/// Which lots are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listed {
    /// Of a product.
    Product(ProductId),
    /// Of a producer.
    Producer(ProducerId),
    /// Those whose last day of sale is this one, or before it.
    Until(Date),
}

/// A lot in the store, as pages list it.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct LotRow {
    /// The lot.
    pub lot_id: Uuid,
    /// The product.
    pub product_id: Uuid,
    /// Its name.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// Whose consigned goods; none for the operator's own.
    pub producer_id: Option<Uuid>,
    /// Their name.
    pub producer: Option<String>,
    /// When it came; for goods that were sold before they came, when that was first.
    pub received_on: Date,
    /// Last day of sale.
    pub expires_on: Option<Date>,
    /// What the pack says.
    pub code: Option<String>,
    /// Thousandths of the unit; below zero for goods that were sold before they came.
    pub quantity_milli: i64,
}

/// Lots at a place as [`LotRow`]s: which, and in which order.
macro_rules! in_store {
    ($which:literal, $order:literal) => {
        concat!(
            "select lots.lot_id, lots.product_id, products.name, products.unit, lots.producer_id,
                    producers.name as producer,
                    lots.received_on, lots.expires_on, lots.code, stock.quantity_milli
             from stock
             join lots on lots.lot_id = stock.lot_id
             join products on products.product_id = stock.product_id
             left join producers on producers.producer_id = lots.producer_id
             where stock.location = $1 and ",
            $which,
            " ",
            $order
        )
    };
}

/// Returns lots that the shelf has some of, of a product alone and whose names hold these words, by name, what has to be sold first
/// in front; at most `most`.
///
/// # Errors
/// When the database does not answer.
pub async fn list_found(
    pool: &SqlitePool,
    product_id: Option<ProductId>,
    words: &str,
    most: usize,
) -> Result<Vec<LotRow>> {
    Ok(sqlx::query_as(in_store!(
        "stock.quantity_milli > 0
             and ($2 is null or stock.product_id = $2) and products.name_fold like $3 escape '!'",
        "order by products.name_fold, lots.product_id, lots.expires_on is null, lots.expires_on, lots.received_on,
             lots.lot_id
         limit $4"
    ))
    .bind(Location::Shelf.code())
    .bind(product_id.map(ProductId::uuid))
    .bind(like_pattern(words))
    .bind(i64::try_from(most).unwrap_or(i64::MAX))
    .fetch_all(pool)
    .await?)
}

/// Returns these lots, those that the shelf has some of, in the order in which they are named. A form has at most some hundreds of them.
///
/// # Errors
/// When the database does not answer.
pub async fn list_these(pool: &SqlitePool, lots: &[LotId]) -> Result<Vec<LotRow>> {
    let mut rows = Vec::new();
    for lot_id in lots {
        let row: Option<LotRow> =
            sqlx::query_as(in_store!("stock.quantity_milli > 0 and stock.lot_id = $2", "limit 1"))
                .bind(Location::Shelf.code())
                .bind(lot_id.uuid())
                .fetch_optional(pool)
                .await?;
        rows.extend(row);
    }
    Ok(rows)
}

/// Returns lots that are in the store, what has to be sold first, first; at most `most`.
///
/// # Errors
/// When the database does not answer.
pub async fn list_lots(pool: &SqlitePool, listed: Listed, most: usize) -> Result<Vec<LotRow>> {
    let (mut product, mut producer, mut until) = (None, None, None);
    match listed {
        Listed::Product(id) => product = Some(id.uuid()),
        Listed::Producer(id) => producer = Some(id.uuid()),
        Listed::Until(day) => until = Some(day),
    }
    Ok(sqlx::query_as(in_store!(
        "stock.quantity_milli <> 0
             and ($2 is null or stock.product_id = $2) and ($3 is null or lots.producer_id = $3)
             and ($4 is null or (lots.expires_on <= $4 and stock.quantity_milli > 0))",
        "order by lots.expires_on is null, lots.expires_on, products.name_fold, lots.received_on, lots.lot_id
         limit $5"
    ))
    .bind(Location::Shelf.code())
    .bind(product)
    .bind(producer)
    .bind(until)
    .bind(i64::try_from(most).unwrap_or(i64::MAX))
    .fetch_all(pool)
    .await?)
}

/// Returns whose consigned goods the shelf has, with their products.
///
/// # Errors
/// When the database does not answer.
pub async fn list_consigned(connection: &mut SqliteConnection) -> Result<BTreeSet<(ProducerId, ProductId)>> {
    let rows: Vec<(Uuid, Uuid)> = sqlx::query_as(
        "select distinct lots.producer_id, lots.product_id from stock join lots on lots.lot_id = stock.lot_id
         where stock.location = $1 and stock.quantity_milli > 0 and lots.producer_id is not null",
    )
    .bind(Location::Shelf.code())
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|(producer, product)| (producer.into(), product.into())).collect())
}

/// Returns whose a lot of a product is that has this code, where it is somebody else's than `owner`; `None` when there is none.
///
/// # Errors
/// When the database does not answer.
pub async fn find_other_owner(
    tx: &mut Tx,
    product_id: ProductId,
    code: &str,
    owner: Option<ProducerId>,
) -> Result<Option<Owner>> {
    let other: Option<Option<Uuid>> = sqlx::query_scalar(
        "select producer_id from lots where product_id = $1 and code = $2 and producer_id is not $3 limit 1",
    )
    .bind(product_id.uuid())
    .bind(code)
    .bind(owner.map(ProducerId::uuid))
    .fetch_optional(&mut **tx)
    .await?;
    Ok(other.map(|producer| Owner::from(producer.map(ProducerId::from_uuid))))
}

/// Writes a lot; an "unreceived" one may already be there.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_lot(tx: &mut Tx, lot: &Lot) -> Result<()> {
    sqlx::query(
        "insert into lots (lot_id, product_id, producer_id, received_on, expires_on, code)
         values ($1, $2, $3, $4, $5, $6) on conflict (lot_id) do nothing",
    )
    .bind(lot.id.uuid())
    .bind(lot.product_id.uuid())
    .bind(lot.owner.producer_id().map(ProducerId::uuid))
    .bind(lot.received_on)
    .bind(lot.expires_on)
    .bind(&lot.code)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Returns the lots that a lot was packed out of, as their packs say; a lot without a code is told by the day on which it came.
///
/// # Errors
/// When the database does not answer.
pub async fn list_ancestors(
    connection: &mut SqliteConnection,
    product_id: ProductId,
) -> Result<Vec<AncestorRow>> {
    Ok(sqlx::query_as(
        "select lot_ancestors.lot_id, products.name, lots.code, lots.received_on
         from lots as made
         join lot_ancestors on lot_ancestors.lot_id = made.lot_id
         join lots on lots.lot_id = lot_ancestors.ancestor_id
         join products on products.product_id = lots.product_id
         where made.product_id = $1",
    )
    .bind(product_id.uuid())
    .fetch_all(connection)
    .await?)
}

/// A lot that another one was packed out of.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct AncestorRow {
    /// The lot that was made.
    pub lot_id: Uuid,
    /// The product of the opened one.
    pub name: String,
    /// What the opened packs say.
    pub code: Option<String>,
    /// When the opened lot came.
    pub received_on: Date,
}

/// Writes which lots goods were packed out of.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_ancestors(tx: &mut Tx, goods: &Repacked) -> Result<()> {
    for made in &goods.made {
        for used in &goods.used {
            sqlx::query(
                "insert into lot_ancestors (lot_id, ancestor_id) values ($1, $2) on conflict do nothing",
            )
            .bind(made.lot.id.uuid())
            .bind(used.lot_id.uuid())
            .execute(&mut **tx)
            .await?;
        }
    }
    Ok(())
}
