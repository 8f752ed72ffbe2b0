//! Producers, as far as the counter needs them: their names, and where they read about their goods.

use std::collections::BTreeMap;

use domain::ids::{ProducerId, ProductId, SaleId};
use domain::stock::Owner;
use protocol::payload::{ProvisionalProducer, ProvisionalProducerPrivate};
use protocol::wire::ProducerRow;
use sqlx::{FromRow, SqliteConnection, SqlitePool};
use uuid::Uuid;

use super::{Result, Tx};

/// A producer in a list.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Producer {
    /// The producer.
    pub producer_id: Uuid,
    /// Name.
    pub name: String,
}

/// Returns all producers by name, at most `most`.
///
/// # Errors
/// When the database does not answer.
pub async fn list_producers(pool: &SqlitePool, most: i64) -> Result<Vec<Producer>> {
    Ok(sqlx::query_as("select producer_id, name from producers order by name_fold, producer_id limit $1")
        .bind(most)
        .fetch_all(pool)
        .await?)
}

/// Returns a producer's name.
///
/// # Errors
/// When the database does not answer.
pub async fn find_name(connection: &mut SqliteConnection, producer_id: ProducerId) -> Result<Option<String>> {
    Ok(sqlx::query_scalar("select name from producers where producer_id = $1")
        .bind(producer_id.uuid())
        .fetch_optional(connection)
        .await?)
}

/// Returns the name of the producer who owns goods; empty for the operator's own.
///
/// # Errors
/// When the database does not answer.
pub async fn name_of_owner(connection: &mut SqliteConnection, owner: Owner) -> Result<String> {
    match owner.producer_id() {
        Some(id) => Ok(find_name(connection, id).await?.unwrap_or_default()),
        None => Ok(String::new()),
    }
}

/// Returns who makes a product, as the catalogue or whoever added it says, with their name; `None` where nobody said.
///
/// # Errors
/// When the database does not answer.
pub async fn find_maker(
    connection: &mut SqliteConnection,
    product_id: ProductId,
) -> Result<Option<(ProducerId, String)>> {
    let found: Option<(Uuid, String)> = sqlx::query_as(
        "select producers.producer_id, producers.name from products
         join producers on producers.producer_id = products.producer_id
         where products.product_id = $1",
    )
    .bind(product_id.uuid())
    .fetch_optional(connection)
    .await?;
    Ok(found.map(|(id, name)| (id.into(), name)))
}

/// Returns the products of a producer that are on sale, by name; at most `most`.
///
/// # Errors
/// When the database does not answer.
pub async fn list_products(
    connection: &mut SqliteConnection,
    producer_id: ProducerId,
    most: i64,
) -> Result<Vec<(Uuid, String)>> {
    Ok(sqlx::query_as(
        "select product_id, name from products where producer_id = $1 and active = 1
         order by name_fold, product_id limit $2",
    )
    .bind(producer_id.uuid())
    .bind(most)
    .fetch_all(connection)
    .await?)
}

/// Returns where a producer reads about goods and money; empty when there is no such address.
///
/// # Errors
/// When the database does not answer.
pub async fn find_reading_url(connection: &mut SqliteConnection, producer_id: ProducerId) -> Result<String> {
    let found: Option<Option<String>> =
        sqlx::query_scalar("select reading_url from producers where producer_id = $1")
            .bind(producer_id.uuid())
            .fetch_optional(connection)
            .await?;
    Ok(found.flatten().unwrap_or_default())
}

/// Returns who makes the products of a cart and the parts of its combos, where that is known.
///
/// # Errors
/// When the database does not answer.
pub async fn list_for_cart(tx: &mut Tx, sale_id: SaleId) -> Result<BTreeMap<ProductId, String>> {
    let rows: Vec<(Uuid, String)> = sqlx::query_as(
        "select distinct products.product_id, producers.name
         from cart_goods
         join products on products.product_id = cart_goods.product_id
         join producers on producers.producer_id = products.producer_id
         where cart_goods.sale_id = $1",
    )
    .bind(sale_id.uuid())
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|(product_id, name)| (product_id.into(), name)).collect())
}

/// Says whether somebody of this folded name is known.
///
/// # Errors
/// When the database does not answer.
pub async fn is_known(connection: &mut SqliteConnection, name_fold: &str) -> Result<bool> {
    Ok(sqlx::query_scalar("select exists (select 1 from producers where name_fold = $1)")
        .bind(name_fold)
        .fetch_one(connection)
        .await?)
}

/// Writes a producer who was added at the counter; the catalogue's row, if there is one, stays. Without its private part the entry
/// tells nothing else.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_provisional(
    tx: &mut Tx,
    told: &ProvisionalProducer,
    private: Option<&ProvisionalProducerPrivate>,
) -> Result<()> {
    sqlx::query(
        "insert into producers (producer_id, name, name_fold) values ($1, $2, $3)
         on conflict (producer_id) do nothing",
    )
    .bind(told.producer)
    .bind(&told.name)
    .bind(domain::name_fold::name_fold(&told.name))
    .execute(&mut **tx)
    .await?;
    let Some(private) = private else { return Ok(()) };
    sqlx::query(
        "insert into producer_details (producer_id, phone, address, id_number) values ($1, $2, $3, $4)
         on conflict (producer_id) do nothing",
    )
    .bind(told.producer)
    .bind(&private.phone)
    .bind(&private.address)
    .bind(&private.id_number)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Longest address that is printed: a QR of more is too fine for a slip.
const ADDRESS_MOST: usize = 200;

/// Says whether a text is an address of a page, as papers carry it.
fn is_address(text: &str) -> bool {
    let begins = text.starts_with("https://") || text.starts_with("http://");
    begins && text.len() <= ADDRESS_MOST && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// Writes a producer, new or changed. What is no address to print is left out.
///
/// # Errors
/// When the database does not answer.
pub async fn upsert_producer(tx: &mut Tx, row: &ProducerRow) -> Result<()> {
    sqlx::query(
        "insert into producers (producer_id, name, name_fold, reading_url) values ($1, $2, $3, $4)
         on conflict (producer_id) do update set name = excluded.name, name_fold = excluded.name_fold,
            reading_url = excluded.reading_url",
    )
    .bind(row.id)
    .bind(&row.name)
    .bind(domain::name_fold::name_fold(&row.name))
    .bind(row.reading_url.as_deref().filter(|url| is_address(url)))
    .execute(&mut **tx)
    .await?;
    Ok(())
}
