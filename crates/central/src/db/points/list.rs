//! The list of points: picked, in the order of their names, page after page by where the one before ended.

use domain::ids::PointId;
use domain::name_fold::like_pattern;
use domain::point::PointState;
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use crate::db::engine::{Db, Sql, sql};
use crate::db::keyset::{self, From, Page};
use crate::error::Result;

/// The most communes that are offered.
const COMMUNES_MAX: i64 = 500;

/// Which points.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Picked {
    /// Words of the name, or a store's code.
    pub words: Option<String>,
    /// Where they stand.
    pub state: Option<PointState>,
    /// Code of the kind of place.
    pub location_type: Option<String>,
    /// The unit of today.
    pub commune: Option<String>,
}

/// A point of the list.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Listed {
    /// The point.
    #[sqlx(try_from = "Uuid")]
    pub id: PointId,
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
    /// Number of the decision.
    pub decision_number: String,
    /// Its day.
    pub decided_on: Option<Date>,
    /// Whose money.
    pub funding: String,
    /// Code of the kind of place.
    pub location_type: String,
    /// Code of where it stands.
    pub state: String,
    /// Since which day.
    pub since: Option<Date>,
    /// Code of its store.
    pub store: Option<String>,
}

const SELECT: &str = "select points.id, points.name, points.address, points.commune, points.former_district,
    operators.name as operator, points.decision_number, points.decided_on, points.funding, points.location_type,
    points.state, last.on_day as since, stores.code as store
    from points left join operators on operators.id = points.operator_id
    left join stores on stores.id = points.store_id
    left join point_steps last on last.point_id = points.id and last.step_no =
        (select max(steps.step_no) from point_steps steps where steps.point_id = points.id)
    where 1 = 1";

/// Returns a page of the points that are picked, by name.
///
/// # Errors
/// When the database fails.
pub async fn page(db: &Db, picked: &Picked, from: &From, limit: usize) -> Result<Page<Listed>> {
    keyset::page(db, conditions(Sql::new(SELECT), picked), keyset::by_name!("points"), from, limit).await
}

/// Counts the points that are picked.
///
/// # Errors
/// When the database fails.
pub async fn count(db: &Db, picked: &Picked) -> Result<i64> {
    let sql = Sql::new(
        "select cast(count(*) as bigint) from points left join stores on stores.id = points.store_id where 1 = 1",
    );
    let (count,) = db.one::<(i64,)>(conditions(sql, picked)).await?;
    Ok(count)
}

/// Returns where a point stands in the order of names; `None` when there is none.
///
/// # Errors
/// When the database fails.
pub async fn find_place(db: &Db, id: Uuid) -> Result<Option<(String, Uuid)>> {
    let found: Option<(String,)> = db.opt(sql!("select name_fold from points where id = $1", id)).await?;
    Ok(found.map(|(name,)| (name, id)))
}

/// Returns the communes that points, products and producers name, in the order of their letters.
///
/// # Errors
/// When the database fails.
pub async fn list_communes(db: &Db) -> Result<Vec<String>> {
    let sql = sql!(
        "select commune from points where commune <> '' union select commune from products where commune <> ''
         union select commune from producers where commune <> '' order by commune limit $1",
        COMMUNES_MAX
    );
    Ok(db.all::<(String,)>(sql).await?.into_iter().map(|(commune,)| commune).collect())
}

fn conditions(sql: Sql, picked: &Picked) -> Sql {
    let sql = sql
        .when(picked.state.map(PointState::code), " and points.state = ", "")
        .when(picked.location_type.as_deref(), " and points.location_type = ", "")
        .when(picked.commune.as_deref(), " and points.commune = ", "");
    let Some(words) = &picked.words else { return sql };
    sql.push(" and (points.name_fold like ")
        .bind(like_pattern(words))
        .push(" escape '!' or stores.code = ")
        .bind(words.to_uppercase())
        .push(")")
}
