//! The list of points for the page, the files and programs.

use serde::Serialize;
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::web::sales::report::iso_maybe;

use crate::db::Db;
use crate::db::keyset::From;
use crate::db::points::list::{self, Listed, Picked};
use crate::error::Result;

/// Points by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PointsReport {
    /// One page of them.
    pub points: Vec<PointOfList>,
    /// All that are picked.
    pub point_count: i64,
    /// The id before which the page before ends.
    pub page_before: Option<Uuid>,
    /// The id behind which the next page begins.
    pub page_after: Option<Uuid>,
}

/// A point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PointOfList {
    /// The point.
    pub point_id: Uuid,
    /// Its name.
    pub name: String,
    /// Street or place.
    pub address: String,
    /// The unit of today.
    pub commune: String,
    /// The district as it was.
    pub former_district: String,
    /// Who runs it.
    pub operator: Option<String>,
    /// Number of the decision that names it.
    pub decision_number: String,
    /// Its day.
    #[serde(serialize_with = "iso_maybe")]
    #[schema(value_type = Option<String>, format = Date)]
    pub decided_on: Option<Date>,
    /// Whose money sets it up.
    pub funding: String,
    /// Code of the kind of place.
    pub location_type: String,
    /// Where it stands.
    pub state: String,
    /// Since which day.
    #[serde(serialize_with = "iso_maybe")]
    #[schema(value_type = Option<String>, format = Date)]
    pub since: Option<Date>,
    /// Code of its store.
    pub store: Option<String>,
}

/// Returns a page of the points that are picked.
///
/// # Errors
/// When the database fails.
pub async fn load(db: &Db, picked: &Picked, from: &From, limit: usize) -> Result<PointsReport> {
    let page = list::page(db, picked, from, limit).await?;
    let (first, last) =
        (page.rows.first().map(|row| row.id.uuid()), page.rows.last().map(|row| row.id.uuid()));
    Ok(PointsReport {
        point_count: list::count(db, picked).await?,
        page_before: first.filter(|_| page.has_before),
        page_after: last.filter(|_| page.has_after),
        points: page.rows.into_iter().map(Into::into).collect(),
    })
}

impl std::convert::From<Listed> for PointOfList {
    fn from(row: Listed) -> Self {
        Self {
            point_id: row.id.uuid(),
            name: row.name,
            address: row.address,
            commune: row.commune,
            former_district: row.former_district,
            operator: row.operator,
            decision_number: row.decision_number,
            decided_on: row.decided_on,
            funding: row.funding,
            location_type: row.location_type,
            state: row.state,
            since: row.since,
            store: row.store,
        }
    }
}
