//! Areas of a stocktake that were counted on paper: when, and how far the journal was then.

use sqlx::{FromRow, SqliteConnection};
use uuid::Uuid;

use super::{Result, Tx};

/// A sheet that was filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromRow)]
pub struct StocktakePaper {
    /// The journal; 0 where this computer's had not begun.
    pub stream_no: i64,
    /// Its last entry before the first was counted.
    pub first_seq: i64,
    /// Its last entry when the last was counted.
    pub seq: i64,
    /// When counting began, UTC milliseconds.
    pub from_ms: i64,
    /// When it ended.
    pub to_ms: i64,
}

/// Returns when an area was counted on paper; `None` when people count it at the shelf.
///
/// # Errors
/// When the database does not answer.
pub async fn find_paper(
    connection: &mut SqliteConnection,
    stocktake_id: Uuid,
    area: &str,
) -> Result<Option<StocktakePaper>> {
    Ok(sqlx::query_as(
        "select stream_no, first_seq, seq, from_ms, to_ms from stocktake_papers
         where stocktake_id = $1 and area = $2",
    )
    .bind(stocktake_id)
    .bind(area)
    .fetch_optional(connection)
    .await?)
}

/// Writes when an area was counted on paper.
///
/// # Errors
/// When the database does not answer.
pub async fn upsert_paper(tx: &mut Tx, stocktake_id: Uuid, area: &str, paper: StocktakePaper) -> Result<()> {
    sqlx::query(
        "insert into stocktake_papers (stocktake_id, area, stream_no, first_seq, seq, from_ms, to_ms)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (stocktake_id, area) do update set stream_no = excluded.stream_no,
             first_seq = excluded.first_seq, seq = excluded.seq, from_ms = excluded.from_ms, to_ms = excluded.to_ms",
    )
    .bind(stocktake_id)
    .bind(area)
    .bind(paper.stream_no)
    .bind(paper.first_seq)
    .bind(paper.seq)
    .bind(paper.from_ms)
    .bind(paper.to_ms)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Lets an area be counted at the shelf again.
///
/// # Errors
/// When the database does not answer.
pub async fn delete_paper(tx: &mut Tx, stocktake_id: Uuid, area: &str) -> Result<()> {
    sqlx::query("delete from stocktake_papers where stocktake_id = $1 and area = $2")
        .bind(stocktake_id)
        .bind(area)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Returns the last entry of a journal that was written by a moment, UTC milliseconds; `None` when it had not begun. It is looked
/// for from the end, since people ask about today.
///
/// # Errors
/// When the database does not answer.
pub async fn find_last_entry(
    connection: &mut SqliteConnection,
    stream_no: i64,
    at_ms: i64,
) -> Result<Option<i64>> {
    Ok(sqlx::query_scalar(
        "select seq from entries where stream_no = $1 and envelope ->> '$.wall_utc_ms' <= $2
         order by seq desc limit 1",
    )
    .bind(stream_no)
    .bind(at_ms)
    .fetch_optional(connection)
    .await?)
}

/// Says whether another stocktake was closed after an entry: what was counted before it is in the book already.
///
/// # Errors
/// When the database does not answer.
pub async fn is_counted_since(connection: &mut SqliteConnection, stream_no: i64, seq: i64) -> Result<bool> {
    Ok(sqlx::query_scalar(
        "select exists (select 1 from entries where stream_no = $1 and seq > $2 and kind = 'goods_count')",
    )
    .bind(stream_no)
    .bind(seq)
    .fetch_one(connection)
    .await?)
}
