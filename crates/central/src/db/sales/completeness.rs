//! How much of the truth a figure holds: which stores were heard of, and up to when.

use domain::Money;
use domain::ids::StoreId;
use domain::point::{PointState, Running};
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use super::stores_in;
use crate::db::engine::{Db, Sql, Tx};
use crate::db::exceptions::{self, SuspendedDay};
use crate::db::points;
use crate::db::users::Scope;
use crate::error::{Error, Result};

/// Up to when a store has told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreFreshness {
    /// The store.
    pub store_id: StoreId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The days of which it owes its sales, as its point's file says.
    pub running: Running,
    /// The last business day with a counted sale.
    pub last_sale_day: Option<Date>,
    /// When the last sale came, UTC milliseconds of central's clock.
    pub sale_at_ms: Option<i64>,
    /// When anything came, likewise. Long ago: the store is silent.
    pub heard_at_ms: Option<i64>,
    /// Sales of devices that wait for approval: in no other figure yet.
    pub held: Money,
    /// Entries that are not in the books as told, and that nobody has looked into.
    pub exceptions: i64,
    /// Sales that are in no figure, whether somebody looked into them or not, by business day.
    pub suspended: Vec<SuspendedDay>,
    /// Two devices wrote one journal, and a branch waits for a person.
    pub is_forked: bool,
}

#[derive(FromRow)]
struct StoreRow {
    id: Uuid,
    code: String,
    name: String,
    state: Option<String>,
    opened_on: Option<Date>,
    closed_on: Option<Date>,
}

impl StoreRow {
    fn running(&self, sold: (Option<Date>, Option<Date>)) -> Result<Running> {
        let Some(code) = &self.state else { return Ok(Running::Always) };
        let state = PointState::from_code(code)
            .ok_or_else(|| Error::damaged("points", self.id, "the state is unknown"))?;
        Ok(Running::of(state, self.opened_on, sold, self.closed_on))
    }
}

#[derive(FromRow)]
struct DaysOfStore {
    store_id: Uuid,
    first_day: Date,
    last_day: Date,
}

#[derive(FromRow)]
struct StreamSums {
    store_id: Uuid,
    heard_at_ms: Option<i64>,
    sale_at_ms: Option<i64>,
    held_vnd: i64,
}

/// Returns up to when each store has told, by code: "from n of m shops, up to …".
///
/// # Errors
/// When the database fails.
pub async fn completeness(db: &Db, scope: Scope) -> Result<Vec<StoreFreshness>> {
    completeness_in(&mut db.begin_reading().await?, scope).await
}

/// Returns the same as of the moment of a transaction.
///
/// # Errors
/// When the database fails.
pub async fn completeness_in(tx: &mut Tx, scope: Scope) -> Result<Vec<StoreFreshness>> {
    let stores = stores_in(tx, scope, None).await?;
    let sql = Sql::new(
        "select store_id, max(heard_at_ms) as heard_at_ms, max(sale_at_ms) as sale_at_ms,
            cast(coalesce(sum(grand_total_vnd) filter (where status = 'held'), 0) as bigint) as held_vnd
         from streams where store_id",
    )
    .is_in(stores.iter().copied())
    .push(" group by store_id");
    let streams: Vec<StreamSums> = tx.all(sql).await?;
    let sql = Sql::new("select store_id, first_day, last_day from store_days where store_id")
        .is_in(stores.iter().copied());
    let days: Vec<DaysOfStore> = tx.all(sql).await?;
    let sql = Sql::new(
        "select e.store_id, cast(count(*) as bigint) from exceptions e
         left join exception_answers a
            on a.store_id = e.store_id and a.incarnation = e.incarnation and a.seq = e.seq
         where a.seq is null and e.store_id",
    )
    .is_in(stores.iter().copied())
    .push(" group by e.store_id");
    let exceptions: Vec<(Uuid, i64)> = tx.all(sql).await?;
    let suspended = exceptions::list_suspended_sales(tx, &stores).await?;
    let sql =
        Sql::new("select distinct store_id from fork_entries where store_id").is_in(stores.iter().copied());
    let forked: Vec<(Uuid,)> = tx.all(sql).await?;
    let sql = Sql::new(concat!(
        "select stores.id, stores.code, stores.name, points.state, ",
        points::opened_and_closed!(),
        " from stores left join points on points.store_id = stores.id where stores.id",
    ))
    .is_in(stores)
    .push(" order by stores.code");
    let stores: Vec<StoreRow> = tx.all(sql).await?;
    let read = |store: StoreRow| -> Result<StoreFreshness> {
        let id = store.id;
        let stream = streams.iter().find(|stream| stream.store_id == id);
        let sold = days.iter().find(|days| days.store_id == id);
        Ok(StoreFreshness {
            running: store.running((sold.map(|sold| sold.first_day), sold.map(|sold| sold.last_day)))?,
            store_id: id.into(),
            code: store.code,
            name: store.name,
            last_sale_day: sold.map(|sold| sold.last_day),
            sale_at_ms: stream.and_then(|stream| stream.sale_at_ms),
            heard_at_ms: stream.and_then(|stream| stream.heard_at_ms),
            held: Money::new(stream.map_or(0, |stream| stream.held_vnd)),
            exceptions: exceptions.iter().find(|(of, _)| *of == id).map_or(0, |(_, count)| *count),
            suspended: suspended.iter().filter(|(of, _)| of.uuid() == id).map(|(_, day)| *day).collect(),
            is_forked: forked.contains(&(id,)),
        })
    };
    stores.into_iter().map(read).collect()
}
