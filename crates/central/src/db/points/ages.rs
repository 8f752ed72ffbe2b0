//! When points opened and what they sold day by day since, to compare new points with old ones at equal age.

use domain::ids::PointId;
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use crate::db::engine::{Db, sql};
use crate::db::points;
use crate::error::Result;

/// A point that has a store and has opened.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Opened {
    /// The point.
    #[sqlx(try_from = "Uuid")]
    pub id: PointId,
    /// Its name.
    pub name: String,
    /// Its store.
    pub store_id: Uuid,
    /// Code of where it stands.
    pub state: String,
    /// The day of its step.
    pub opened_on: Option<Date>,
    /// The day of its first sale that came.
    pub first_sale: Option<Date>,
    /// The day on which it closed, if it did and has not opened since.
    pub closed_on: Option<Date>,
}

/// Returns the points that have a store and opened or sold, by name.
///
/// # Errors
/// When the database fails.
pub async fn opened(db: &Db) -> Result<Vec<Opened>> {
    db.all(sql!(concat!(
        "select points.id, points.name, points.store_id, points.state, ",
        points::opened_and_closed!(),
        ", (select min(receipts_daily.day) from receipts_daily
                where receipts_daily.store_id = points.store_id) as first_sale
         from points where points.store_id is not null
            and (points.state in ('open', 'checked', 'closed')
                or exists (select 1 from receipts_daily where receipts_daily.store_id = points.store_id))
         order by points.name_fold, points.id"
    )))
    .await
}

/// What a store sold on a day.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct DayOfStore {
    /// The store.
    pub store_id: Uuid,
    /// The day.
    pub day: Date,
    /// What buyers paid, đồng.
    pub revenue_vnd: i64,
}

/// Returns what each store sold day by day, a row each: goods of the programme, as in every report.
///
/// # Errors
/// When the database fails.
pub async fn days(db: &Db) -> Result<Vec<DayOfStore>> {
    db.all(sql!(
        "select store_id, day, programme_vnd as revenue_vnd from receipts_daily order by store_id, day"
    ))
    .await
}
