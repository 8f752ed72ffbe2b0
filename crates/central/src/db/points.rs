//! Points of sale, each with its file: the facts here, what belongs to a file in the modules below.

pub mod ages;
pub mod chosen;
pub mod costs;
pub mod criteria;
pub mod equipment;
pub mod files;
pub mod list;
pub mod locations;
pub mod shelf;
pub mod steps;
pub mod thresholds;

use domain::ids::{OperatorId, PointId, StoreId};
use domain::name_fold::name_fold;
use domain::point::{PointStanding, PointState};
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use super::engine::{Db, Sql, Tx, sql};
use super::stores::{self, Store};
use crate::error::{Error, Result};
use steps::Step;

/// Writes the columns `opened_on` and `closed_on` of a row of `points`: the day of its first step to open, and
/// of its last one to closed while it is closed.
macro_rules! opened_and_closed {
    () => {
        "(select min(steps.on_day) from point_steps steps where steps.point_id = points.id
            and steps.state = 'open') as opened_on,
        case when points.state = 'closed' then (select max(steps.on_day) from point_steps steps
            where steps.point_id = points.id and steps.state = 'closed') end as closed_on"
    };
}
pub(super) use opened_and_closed;

/// A point of sale.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Point {
    /// The point.
    #[sqlx(try_from = "Uuid")]
    pub id: PointId,
    /// Its name.
    pub name: String,
    /// Street or place.
    pub address: String,
    /// The unit of today.
    pub commune: String,
    /// The district as papers from before 7/2025 name it.
    pub former_district: String,
    /// Who runs it; nobody before it is contracted.
    pub operator_id: Option<Uuid>,
    /// `company`, `cooperative`, `household`, `state_unit`, or empty while unknown.
    pub legal_status: String,
    /// Tax number; empty when there is none.
    pub tax_number: String,
    /// Number of the decision that names it.
    pub decision_number: String,
    /// Its day.
    pub decided_on: Option<Date>,
    /// Whose money sets it up.
    pub funding: String,
    /// Code of the kind of place; empty while unknown.
    pub location_type: String,
    /// Code of where it stands.
    pub state: String,
    /// The till's side, once it is there.
    pub store_id: Option<Uuid>,
    /// When its file began, UTC milliseconds.
    pub created_at_ms: i64,
}

const SELECT: &str =
    "select id, name, address, commune, former_district, operator_id, legal_status, tax_number,
    decision_number, decided_on, funding, location_type, state, store_id, created_at_ms from points";

impl Point {
    /// Returns where it stands.
    ///
    /// # Errors
    /// When the state is none.
    pub fn state(&self) -> Result<PointState> {
        PointState::from_code(&self.state)
            .ok_or_else(|| Error::damaged("points", self.id, "the state is unknown"))
    }

    /// Returns what its next step asks for; `steps` are those that it has taken, and its latest check that counts was on `checked_on`.
    ///
    /// # Errors
    /// As [`Point::state`].
    pub fn standing(&self, steps: &[Step], checked_on: Option<Date>) -> Result<PointStanding> {
        Ok(PointStanding {
            state: self.state()?,
            has_operator: self.operator_id.is_some(),
            has_store: self.store_id.is_some(),
            since: steps.last().map(|step| step.on_day),
            checked_on,
        })
    }
}

/// Adds a point; false when it is there already.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, point: &Point) -> Result<bool> {
    let sql = sql!(
        "insert into points (id, name, name_fold, address, commune, former_district, operator_id, legal_status,
            tax_number, decision_number, decided_on, funding, location_type, state, store_id, created_at_ms)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
         on conflict (id) do nothing",
        point.id,
        &point.name,
        name_fold(&point.name),
        &point.address,
        &point.commune,
        &point.former_district,
        point.operator_id,
        &point.legal_status,
        &point.tax_number,
        &point.decision_number,
        point.decided_on,
        &point.funding,
        &point.location_type,
        &point.state,
        point.store_id,
        point.created_at_ms
    );
    Ok(tx.exec(sql).await? == 1)
}

/// Writes the facts of a point anew, its operator and store with them; its state only by a step.
///
/// # Errors
/// When the database fails.
pub async fn update(tx: &mut Tx, point: &Point) -> Result<()> {
    tx.exec(sql!(
        "update points set name = $2, name_fold = $3, address = $4, commune = $5, former_district = $6,
            operator_id = $7, legal_status = $8, tax_number = $9, decision_number = $10, decided_on = $11,
            funding = $12, location_type = $13, store_id = $14 where id = $1",
        point.id,
        &point.name,
        name_fold(&point.name),
        &point.address,
        &point.commune,
        &point.former_district,
        point.operator_id,
        &point.legal_status,
        &point.tax_number,
        &point.decision_number,
        point.decided_on,
        &point.funding,
        &point.location_type,
        point.store_id
    ))
    .await?;
    Ok(())
}

/// Returns a point inside a transaction.
///
/// # Errors
/// When the database fails.
pub async fn find_in(tx: &mut Tx, id: PointId) -> Result<Option<Point>> {
    tx.opt(Sql::new(SELECT).push(" where id = ").bind(id)).await
}

/// Returns the point of a store.
///
/// # Errors
/// When the database fails.
pub async fn find_of_store(db: &Db, id: StoreId) -> Result<Option<Point>> {
    db.opt(Sql::new(SELECT).push(" where store_id = ").bind(id)).await
}

/// Returns a point, which nobody else changes before the transaction ends.
///
/// # Errors
/// When the database fails.
pub async fn claim(tx: &mut Tx, id: PointId) -> Result<Option<Point>> {
    tx.exec(sql!("update points set state = state where id = $1", id)).await?;
    find_in(tx, id).await
}

/// Gives each store that has none its point, as one that sells since the store was made: for stores from before there were points.
///
/// # Errors
/// When the database fails.
pub async fn adopt_stores(db: &Db, day_of: impl Fn(i64) -> Date, now_ms: i64) -> Result<()> {
    let alone = "select stores.id, stores.created_at_ms from stores
        where not exists (select 1 from points where points.store_id = stores.id) order by stores.id";
    let missing: Vec<(Uuid, i64)> = db.all(Sql::new(alone)).await?;
    if missing.is_empty() {
        return Ok(());
    }
    let mut tx = db.begin().await?;
    for (id, created_at_ms) in missing {
        let store = stores::find_in(&mut tx, id.into()).await?.ok_or(Error::NotFound("store"))?;
        let step = Step {
            step_no: 1,
            state: PointState::Open.code().to_owned(),
            on_day: day_of(created_at_ms),
            note: String::new(),
            taken_by: "central".to_owned(),
            taken_at_ms: now_ms,
        };
        insert_of_store(&mut tx, &store, created_at_ms, &step).await?;
    }
    tx.commit().await
}

/// Adds the point of a store that is there, with its step; nothing when it has one.
///
/// # Errors
/// When the database fails.
pub async fn insert_of_store(tx: &mut Tx, store: &Store, created_at_ms: i64, step: &Step) -> Result<()> {
    let of_operator: Option<(String, String)> = tx
        .opt(sql!("select legal_status, tax_number from operators where id = $1", store.operator_id))
        .await?;
    let (legal_status, tax_number) = of_operator.unwrap_or_default();
    let operator: OperatorId = store.operator_id;
    let point = Point {
        id: store.id.uuid().into(),
        name: store.name.clone(),
        address: store.address.clone(),
        commune: store.commune.clone(),
        former_district: String::new(),
        operator_id: Some(operator.uuid()),
        legal_status,
        tax_number,
        decision_number: String::new(),
        decided_on: None,
        funding: String::new(),
        location_type: String::new(),
        state: step.state.clone(),
        store_id: Some(store.id.uuid()),
        created_at_ms,
    };
    if insert(tx, &point).await? {
        steps::insert(tx, point.id, step).await?;
    }
    Ok(())
}
