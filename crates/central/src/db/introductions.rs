//! Introductions outside campaigns: who came, tasted, scanned or asked, as the department recorded it.

use domain::ids::StoreId;
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use super::engine::{Tx, sql};
use crate::error::Result;

/// An introduction to record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Introduction {
    /// Its identity.
    pub id: Uuid,
    /// At which point; none for elsewhere.
    pub store_id: Option<StoreId>,
    /// When.
    pub day: Date,
    /// Code of the kind.
    pub kind: &'static str,
    /// How many people.
    pub people_count: i64,
    /// Which group, buyer or office.
    pub who: String,
    /// Whatever else is to be known.
    pub note: String,
    /// When it was recorded, UTC milliseconds.
    pub recorded_at_ms: i64,
    /// Whose login recorded it.
    pub recorded_by: String,
}

/// A recorded one, as it is read.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Recorded {
    /// Its identity.
    pub id: Uuid,
    /// The point's name; none for elsewhere.
    pub store: Option<String>,
    /// When.
    pub day: Date,
    /// Code of the kind.
    pub kind: String,
    /// How many people.
    pub people_count: i64,
    /// Which group, buyer or office.
    pub who: String,
    /// Whatever else is to be known.
    pub note: String,
    /// When it was recorded, UTC milliseconds.
    pub recorded_at_ms: i64,
    /// Whose login recorded it.
    pub recorded_by: String,
    /// It was entered by mistake, and counts no more.
    pub is_withdrawn: bool,
}

/// Records one; false, and nothing changed, when there is one with its id.
///
/// # Errors
/// When the database fails; also when the store does not exist.
pub async fn insert(tx: &mut Tx, new: &Introduction) -> Result<bool> {
    let sql = sql!(
        "insert into introductions (id, store_id, day, kind, people_count, who, note, recorded_at_ms, recorded_by,
            is_withdrawn)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (id) do nothing",
        new.id,
        new.store_id,
        new.day,
        new.kind,
        new.people_count,
        &new.who,
        &new.note,
        new.recorded_at_ms,
        &new.recorded_by,
        false
    );
    Ok(tx.exec(sql).await? == 1)
}

/// Says whether one stands under this id that tells the same.
///
/// # Errors
/// When the database fails.
pub async fn find_like(tx: &mut Tx, new: &Introduction) -> Result<bool> {
    let found: Option<(Option<Uuid>, Date, String, i64, String, String)> = tx
        .opt(sql!(
            "select store_id, day, kind, people_count, who, note from introductions where id = $1",
            new.id
        ))
        .await?;
    let store = new.store_id.map(StoreId::uuid);
    let told = (store, new.day, new.kind.to_owned(), new.people_count, new.who.clone(), new.note.clone());
    Ok(found == Some(told))
}

/// Says that one was entered by mistake; false when that was said already, or there is none.
///
/// # Errors
/// When the database fails.
pub async fn withdraw(tx: &mut Tx, id: Uuid) -> Result<bool> {
    let sql = sql!(
        "update introductions set is_withdrawn = $2 where id = $1 and is_withdrawn = $3",
        id,
        true,
        false
    );
    Ok(tx.exec(sql).await? == 1)
}

/// Returns one.
///
/// # Errors
/// When the database fails.
pub async fn find(tx: &mut Tx, id: Uuid) -> Result<Option<Recorded>> {
    tx.opt(sql!(
        "select introductions.id, stores.name as store, introductions.day, introductions.kind,
            introductions.people_count, introductions.who, introductions.note, introductions.recorded_at_ms,
            introductions.recorded_by, introductions.is_withdrawn
         from introductions left join stores on stores.id = introductions.store_id
         where introductions.id = $1",
        id
    ))
    .await
}

/// Returns those from the first to the last day, the latest first; at most `limit`. Withdrawn ones are among them.
///
/// # Errors
/// When the database fails.
pub async fn list(tx: &mut Tx, (from, to): (Date, Date), limit: i64) -> Result<Vec<Recorded>> {
    tx.all(sql!(
        "select introductions.id, stores.name as store, introductions.day, introductions.kind,
            introductions.people_count, introductions.who, introductions.note, introductions.recorded_at_ms,
            introductions.recorded_by, introductions.is_withdrawn
         from introductions left join stores on stores.id = introductions.store_id
         where introductions.day >= $1 and introductions.day <= $2
         order by introductions.day desc, introductions.id desc limit $3",
        from,
        to,
        limit
    ))
    .await
}

/// How many people were recorded of each kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, FromRow)]
pub struct Sums {
    /// Who came.
    pub visitors: i64,
    /// Who tasted.
    pub tastings: i64,
    /// Who scanned.
    pub scans: i64,
    /// Who asked.
    pub enquiries: i64,
}

/// Counts the people of those from the first to the last day that were not withdrawn.
///
/// # Errors
/// When the database fails.
pub async fn sums(tx: &mut Tx, (from, to): (Date, Date)) -> Result<Sums> {
    tx.one(sql!(
        "select cast(coalesce(sum(case when kind = 'visitors' then people_count else 0 end), 0) as bigint) as visitors,
            cast(coalesce(sum(case when kind = 'tastings' then people_count else 0 end), 0) as bigint) as tastings,
            cast(coalesce(sum(case when kind = 'scans' then people_count else 0 end), 0) as bigint) as scans,
            cast(coalesce(sum(case when kind = 'enquiries' then people_count else 0 end), 0) as bigint) as enquiries
         from introductions where day >= $1 and day <= $2 and is_withdrawn = $3",
        from,
        to,
        false
    ))
    .await
}
