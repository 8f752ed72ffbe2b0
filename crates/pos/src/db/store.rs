//! Who this store is, and how receipts and payments show it.

use domain::ids::StoreId;
use protocol::PublicKey;
use protocol::wire::StoreRow;
use sqlx::SqlitePool;
use uuid::Uuid;

use super::{Error, Result, Tx};

/// The store's identity, written once by enrolment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Store {
    /// The store.
    pub store_id: StoreId,
    /// Code with which receipt numbers begin.
    pub code: String,
    /// Name at the time of enrolment.
    pub name: String,
    /// Central's key, pinned.
    pub central_key: PublicKey,
    /// Where central is reached.
    pub central_url: String,
}

/// Returns the identity, or `None` before enrolment.
///
/// # Errors
/// When the database does not answer or the row cannot be read.
pub async fn find_store(pool: &SqlitePool) -> Result<Option<Store>> {
    let row: Option<(Uuid, String, String, String, String)> =
        sqlx::query_as("select store_id, code, name, central_key, central_url from store where id = 1")
            .fetch_optional(pool)
            .await?;
    row.map(|(store_id, code, name, key, central_url)| {
        let central_key =
            key.parse().map_err(|_| Error::Corrupt { table: "store", column: "central_key" })?;
        Ok(Store { store_id: store_id.into(), code, name, central_key, central_url })
    })
    .transpose()
}

/// Writes the identity. A store that already has one keeps its id: another store's would mix two books.
///
/// # Errors
/// When the database does not answer, or another store lives here.
pub async fn insert_store(tx: &mut Tx, store: &Store) -> Result<()> {
    let rows = sqlx::query(
        "insert into store (id, store_id, code, name, central_key, central_url) values (1, $1, $2, $3, $4, $5)
         on conflict (id) do update set code = excluded.code, name = excluded.name,
             central_key = excluded.central_key, central_url = excluded.central_url
         where store.store_id = excluded.store_id",
    )
    .bind(store.store_id.uuid())
    .bind(&store.code)
    .bind(&store.name)
    .bind(store.central_key.to_string())
    .bind(&store.central_url)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    super::engine::one_row("store", rows)
}

/// Returns how receipts and payments show the store, or `None` before the first catalogue.
///
/// # Errors
/// When the database does not answer or the row cannot be read.
pub async fn find_settings(pool: &SqlitePool) -> Result<Option<StoreRow>> {
    let body: Option<String> =
        sqlx::query_scalar("select body from store_settings where id = 1").fetch_optional(pool).await?;
    body.map(|body| {
        serde_json::from_str(&body).map_err(|_| Error::Corrupt { table: "store_settings", column: "body" })
    })
    .transpose()
}

/// Replaces how receipts and payments show the store.
///
/// # Errors
/// When the database does not answer.
pub async fn replace_settings(tx: &mut Tx, body: &str) -> Result<()> {
    sqlx::query(
        "insert into store_settings (id, body) values (1, $1) on conflict (id) do update set body = excluded.body",
    )
    .bind(body)
    .execute(&mut **tx)
    .await?;
    Ok(())
}
