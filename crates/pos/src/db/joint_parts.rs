//! The store's parts of settlements that the operator made with producers over several stores.

use domain::Money;
use domain::ids::ProducerId;
use protocol::wire::JointPartRow;
use sqlx::{FromRow, SqliteConnection, SqlitePool};
use time::Date;
use uuid::Uuid;

use super::{Result, Tx};

/// A part that this store has not recorded yet.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct JointPart {
    /// The part.
    pub part_id: Uuid,
    /// The number of the whole.
    pub number: String,
    /// With whom.
    #[sqlx(try_from = "Uuid")]
    pub producer_id: ProducerId,
    /// What the operator sent for this store.
    #[sqlx(try_from = "i64")]
    pub paid: Money,
    /// When.
    pub paid_on: Date,
}

/// Returns the parts that no entry records, of producers who are known here, the oldest first; at most `most`.
///
/// # Errors
/// When the database does not answer.
pub async fn list_waiting(pool: &SqlitePool, most: i64) -> Result<Vec<JointPart>> {
    Ok(sqlx::query_as(
        "select joint_parts.part_id, joint_parts.number, joint_parts.producer_id, joint_parts.paid_vnd as paid,
             joint_parts.paid_on
         from joint_parts join producers on producers.producer_id = joint_parts.producer_id
         where not exists (select 1 from producer_payments where joint_part = joint_parts.part_id)
         order by joint_parts.paid_on, joint_parts.part_id limit $1",
    )
    .bind(most)
    .fetch_all(pool)
    .await?)
}

/// Says whether an entry of any of the store's journals records a part.
///
/// # Errors
/// When the database does not answer.
pub async fn is_recorded(connection: &mut SqliteConnection, part_id: Uuid) -> Result<bool> {
    Ok(sqlx::query_scalar("select exists (select 1 from producer_payments where joint_part = $1)")
        .bind(part_id)
        .fetch_one(connection)
        .await?)
}

/// Writes what central tells.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn upsert_part(tx: &mut Tx, row: &JointPartRow) -> Result<()> {
    sqlx::query(
        "insert into joint_parts (part_id, number, producer_id, paid_vnd, paid_on) values ($1, $2, $3, $4, $5)
         on conflict (part_id) do nothing",
    )
    .bind(row.id)
    .bind(&row.number)
    .bind(row.producer)
    .bind(row.paid)
    .bind(row.paid_on)
    .execute(&mut **tx)
    .await?;
    Ok(())
}
