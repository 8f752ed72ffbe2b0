//! Settlements with producers and payments to them that can be put right, and what puts them right: rows of their own among those.

use domain::Money;
use domain::correction::Corrected;
use domain::ids::ProducerId;
use protocol::payload::EntryPlace;
use sqlx::{FromRow, SqliteConnection};
use uuid::Uuid;

use super::Result;

/// A settlement or a payment, found by the number on its paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where its entry stands.
    pub place: EntryPlace,
    /// What can be put right.
    pub paper: Corrected,
}

#[derive(FromRow)]
struct FoundRow {
    stream: String,
    seq: i64,
    producer_id: Uuid,
    is_settlement: bool,
    paid_vnd: i64,
    is_taken_back: bool,
}

/// Returns the settlement or payment whose paper has this number, or `None`.
///
/// # Errors
/// When the database does not answer.
pub async fn find_by_number(connection: &mut SqliteConnection, number: &str) -> Result<Option<Found>> {
    let row: Option<FoundRow> = sqlx::query_as(
        "select streams.stream, paid.seq, paid.producer_id, paid.is_settlement, paid.paid_vnd,
            exists (select 1 from producer_payments as back where back.producer_id = paid.producer_id
                and back.corrects_stream = streams.stream and back.corrects_seq = paid.seq and back.paid_vnd < 0)
                as is_taken_back
         from producer_payments as paid
         join streams on streams.stream_no = paid.stream_no
         where paid.number = $1 and paid.corrects_seq is null
         order by paid.stream_no, paid.seq limit 1",
    )
    .bind(number)
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| Found {
        place: EntryPlace { stream: row.stream, seq: row.seq },
        paper: Corrected {
            producer_id: row.producer_id.into(),
            is_settlement: row.is_settlement,
            paid: Money::new(row.paid_vnd),
            is_taken_back: row.is_taken_back,
        },
    }))
}

/// What put a settlement or a payment right.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Adjusted {
    /// The number on its paper.
    pub number: String,
    /// The number of what it puts right; empty where that is not known here.
    pub corrected_number: String,
    /// What the producer is owed more by it, đồng; below zero for less.
    pub adjusted_vnd: i64,
    /// Money of a payment came back; else the store bears it.
    pub is_back: bool,
    /// Why.
    pub reason: String,
}

/// Returns what was put right with a producer since the last settlement, the earliest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list_open(connection: &mut SqliteConnection, producer_id: ProducerId) -> Result<Vec<Adjusted>> {
    Ok(sqlx::query_as(
        "select adjusted.number, coalesce(corrected.number, '') as corrected_number,
            adjusted.adjusted_vnd - adjusted.paid_vnd as adjusted_vnd, adjusted.paid_vnd < 0 as is_back, adjusted.reason
         from producer_payments as adjusted
         join streams on streams.stream_no = adjusted.stream_no
         left join settled on settled.producer_id = adjusted.producer_id and settled.stream = streams.stream
         left join streams as named on named.stream = adjusted.corrects_stream
         left join producer_payments as corrected on corrected.stream_no = named.stream_no
            and corrected.seq = adjusted.corrects_seq
         where adjusted.producer_id = $1 and adjusted.corrects_seq is not null
            and adjusted.seq > coalesce(settled.seq, 0)
         order by adjusted.paid_at_ms, adjusted.stream_no, adjusted.seq",
    )
    .bind(producer_id.uuid())
    .fetch_all(connection)
    .await?)
}

/// Returns what put a settlement or a payment right, the earliest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list_of(
    connection: &mut SqliteConnection,
    number: &str,
    found: &Found,
) -> Result<Vec<Adjusted>> {
    Ok(sqlx::query_as(
        "select number, $1 as corrected_number, adjusted_vnd - paid_vnd as adjusted_vnd, paid_vnd < 0 as is_back, reason
         from producer_payments
         where producer_id = $2 and corrects_stream = $3 and corrects_seq = $4
         order by paid_at_ms, stream_no, seq",
    )
    .bind(number)
    .bind(found.paper.producer_id.uuid())
    .bind(&found.place.stream)
    .bind(found.place.seq)
    .fetch_all(connection)
    .await?)
}
