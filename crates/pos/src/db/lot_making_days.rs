//! The days on which lots were made, for the labels of their packs.

use std::collections::BTreeMap;

use domain::ids::{LotId, ProductId};
use sqlx::SqliteConnection;
use time::Date;
use uuid::Uuid;

use super::{Result, Tx, engine::one_row};

/// Returns the days of a product's lots, of those where one is known.
///
/// # Errors
/// When the database does not answer.
pub async fn list_days(
    connection: &mut SqliteConnection,
    product_id: ProductId,
) -> Result<BTreeMap<LotId, Date>> {
    let rows: Vec<(Uuid, Date)> = sqlx::query_as(
        "select made.lot_id, made.made_on from lot_making_days made join lots on lots.lot_id = made.lot_id
         where lots.product_id = $1",
    )
    .bind(product_id.uuid())
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|(lot_id, made_on)| (LotId::from_uuid(lot_id), made_on)).collect())
}

/// Writes the day of a lot; none takes it away.
///
/// # Errors
/// When the database does not answer.
pub async fn write_day(tx: &mut Tx, lot_id: LotId, made_on: Option<Date>, now_ms: i64) -> Result<()> {
    let Some(made_on) = made_on else {
        sqlx::query("delete from lot_making_days where lot_id = $1")
            .bind(lot_id.uuid())
            .execute(&mut **tx)
            .await?;
        return Ok(());
    };
    let rows = sqlx::query(
        "insert into lot_making_days (lot_id, made_on, changed_at_ms) values ($1, $2, $3)
         on conflict (lot_id) do update set made_on = excluded.made_on, changed_at_ms = excluded.changed_at_ms",
    )
    .bind(lot_id.uuid())
    .bind(made_on)
    .bind(now_ms)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    one_row("lot_making_days", rows)
}
