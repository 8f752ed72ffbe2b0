//! Products that a counter added and that central counts under another one from then on: they are no longer sold, and what the
//! shelf has of them waits to become the other one.

use domain::ids::ProductId;
use sqlx::{FromRow, SqliteConnection, SqlitePool};
use uuid::Uuid;

use super::{Result, Tx};

/// Goods that wait.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Merged {
    /// The product that a counter added.
    pub product_id: Uuid,
    /// Its name.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// What the shelf has, thousandths of the unit; below zero when more was sold than came in.
    pub quantity_milli: i64,
    /// The name of the product that it is.
    pub into_name: String,
}

/// Returns products with goods on the shelf that wait, by name; at most `most`.
///
/// # Errors
/// When the database does not answer.
pub async fn list_waiting(pool: &SqlitePool, most: i64) -> Result<Vec<Merged>> {
    Ok(sqlx::query_as(
        "select products.product_id, products.name, products.unit, sum(stock.quantity_milli) as quantity_milli,
             others.name as into_name
         from merged_products
         join products on products.product_id = merged_products.product_id
         join products others on others.product_id = merged_products.into_id
         join stock on stock.product_id = products.product_id and stock.location = 'shelf'
             and stock.quantity_milli <> 0
         group by products.product_id, products.name, products.unit, others.name
         order by products.name_fold, products.product_id limit $1",
    )
    .bind(most)
    .fetch_all(pool)
    .await?)
}

/// Returns which product another one is, with its name; `None` for one that is itself.
///
/// # Errors
/// When the database does not answer.
pub async fn find_other(
    connection: &mut SqliteConnection,
    product_id: ProductId,
) -> Result<Option<(ProductId, String)>> {
    let found: Option<(Uuid, String)> = sqlx::query_as(
        "select others.product_id, others.name from merged_products
         join products others on others.product_id = merged_products.into_id
         where merged_products.product_id = $1",
    )
    .bind(product_id.uuid())
    .fetch_optional(connection)
    .await?;
    Ok(found.map(|(id, name)| (id.into(), name)))
}

/// Says whether central counts a product under another one.
///
/// # Errors
/// When the database does not answer.
pub async fn is_merged(connection: &mut SqliteConnection, product_id: Uuid) -> Result<bool> {
    Ok(sqlx::query_scalar("select exists (select 1 from merged_products where product_id = $1)")
        .bind(product_id)
        .fetch_one(connection)
        .await?)
}

/// Keeps which products are another one of the catalogue, and takes them off sale.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn insert_merged(tx: &mut Tx, ids: &[Uuid], into: Uuid) -> Result<()> {
    for id in ids {
        sqlx::query("insert or replace into merged_products (product_id, into_id) values ($1, $2)")
            .bind(id)
            .bind(into)
            .execute(&mut **tx)
            .await?;
        sqlx::query("update products set active = 0 where product_id = $1")
            .bind(id)
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}
