//! Producers, as far as the counter needs them: their names.

use protocol::wire::ProducerRow;
use sqlx::{FromRow, SqlitePool};
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

/// Writes a producer, new or changed.
///
/// # Errors
/// When the database does not answer.
pub async fn upsert_producer(tx: &mut Tx, row: &ProducerRow) -> Result<()> {
    sqlx::query(
        "insert into producers (producer_id, name, name_fold) values ($1, $2, $3)
         on conflict (producer_id) do update set name = excluded.name, name_fold = excluded.name_fold",
    )
    .bind(row.id)
    .bind(&row.name)
    .bind(domain::name_fold::name_fold(&row.name))
    .execute(&mut **tx)
    .await?;
    Ok(())
}
