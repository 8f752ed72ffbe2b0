//! Goods on their way between the stores of an operator. Each store tells its half; here they are brought together.

use domain::ids::{OperatorId, StoreId};
use protocol::wire::{ARRIVING_MAX, SISTERS_MAX, SharedEntry, SisterStore, TAKEN_MAX, TakenTransfer};
use sqlx::FromRow;
use uuid::Uuid;

use super::engine::{Db, Sql, sql};
use super::entries::read_entry;
use super::sales::stores_in;
use super::users::Scope;
use crate::error::{Error, Result};

/// The most transfers that a page lists.
const LISTED_MAX: i64 = 100;

/// Returns the other stores of an operator, by code.
///
/// # Errors
/// When the database fails.
pub async fn sisters(db: &Db, operator_id: OperatorId, store_id: StoreId) -> Result<Vec<SisterStore>> {
    let sql = sql!(
        "select id, code, name from stores where operator_id = $1 and id <> $2 order by code limit $3",
        operator_id,
        store_id,
        SISTERS_MAX
    );
    let rows: Vec<(Uuid, String, String)> = db.all(sql).await?;
    Ok(rows.into_iter().map(|(id, code, name)| SisterStore { id, code, name }).collect())
}

/// Returns the entries that sent goods to a store and that none has taken in, the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn arriving(db: &Db, store_id: StoreId) -> Result<Vec<SharedEntry>> {
    let sql = sql!(
        "select entries.envelope, entries.shared
         from transfers as sent
         join entries on entries.store_id = sent.store_id and entries.incarnation = sent.incarnation
             and entries.seq = sent.seq
         where sent.other_store_id = $1 and sent.is_out
             and not exists (select 1 from transfers as taken where taken.number = sent.number and not taken.is_out
                 and taken.other_store_id = sent.store_id)
         order by sent.at_ms, sent.number limit $2",
        store_id,
        ARRIVING_MAX
    );
    let rows: Vec<(String, Vec<u8>)> = db.all(sql).await?;
    let read = |(envelope, shared)| {
        let entry = read_entry(envelope, shared).map_err(|why| Error::damaged("entries", store_id, &why))?;
        Ok(SharedEntry { envelope: entry.envelope_bytes, shared: entry.shared })
    };
    rows.into_iter().map(read).collect()
}

/// Returns which of a store's own transfers were taken in, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn taken(db: &Db, store_id: StoreId) -> Result<Vec<TakenTransfer>> {
    let sql = sql!(
        "select number, store_id, is_whole from transfers where other_store_id = $1 and not is_out
         order by at_ms desc, number limit $2",
        store_id,
        TAKEN_MAX
    );
    let rows: Vec<(String, Uuid, bool)> = db.all(sql).await?;
    Ok(rows.into_iter().map(|(number, by, complete)| TakenTransfer { number, by, complete }).collect())
}

/// A transfer that is not finished, or that cannot be right.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct OpenTransfer {
    /// The number on its paper.
    pub number: String,
    /// Code of the store that sent it.
    pub from_code: String,
    /// Code of the store that it goes to, or that took it in.
    pub to_code: String,
    /// When it was sent, or taken in, by that store's clock, UTC milliseconds.
    pub at_ms: i64,
    /// How many lots it has.
    pub lot_count: i64,
    /// `under_way`; `unknown`: taken in, and the sender has not told of it; `twice`: two stores took it in.
    pub state: String,
}

/// Returns transfers of the stores that a person may see, or of the one that is asked about, which are under way or cannot be right;
/// the oldest first.
///
/// # Errors
/// [`crate::error::Error::NotFound`] for a foreign store; when the database fails.
pub async fn list_open(db: &Db, scope: Scope, one: Option<StoreId>) -> Result<Vec<OpenTransfer>> {
    let stores = stores_in(&mut db.begin_reading().await?, scope, one).await?;
    let sql = Sql::new(
        "with open as (
            select half.number, half.store_id as from_id, half.other_store_id as to_id, half.at_ms, half.lot_count,
                'under_way' as state
            from transfers as half
            where half.is_out and not exists (select 1 from transfers as taken
                where taken.number = half.number and not taken.is_out and taken.other_store_id = half.store_id)
            union all
            select half.number, half.other_store_id, half.store_id, half.at_ms, half.lot_count,
                case when exists (select 1 from transfers as sent where sent.number = half.number and sent.is_out
                    and sent.store_id = half.other_store_id) then 'twice' else 'unknown' end
            from transfers as half
            where not half.is_out and (
                not exists (select 1 from transfers as sent where sent.number = half.number and sent.is_out
                    and sent.store_id = half.other_store_id)
                or (select count(*) from transfers as taken where taken.number = half.number and not taken.is_out
                    and taken.other_store_id = half.other_store_id) > 1))
         select open.number, sender.code as from_code, receiver.code as to_code, open.at_ms, open.lot_count, open.state
         from open
         join stores as sender on sender.id = open.from_id
         join stores as receiver on receiver.id = open.to_id
         where (open.from_id",
    )
    .is_in(stores.iter().copied())
    .push(" or open.to_id")
    .is_in(stores.iter().copied())
    .push(") order by open.at_ms, open.number limit ")
    .bind(LISTED_MAX);
    db.all(sql).await
}
