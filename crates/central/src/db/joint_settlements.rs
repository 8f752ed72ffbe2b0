//! Settlements of an operator with a producer over several stores. Each store records its part in its own journal; until it has,
//! what was sent for it is on its way and not in the books. Every statement here takes the scope of whoever asks.

use domain::Money;
use domain::ids::{OperatorId, ProducerId, StoreId};
use protocol::StreamId;
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use super::engine::{Db, Sql, Tx, sql};
use super::identity::stream_id;
use super::reconciliation::Asked;
use super::settlements::PaperId;
use super::users::{OperatorScope, ProducerScope};
use crate::error::Result;

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asker {
    /// Whoever settles.
    Operator(OperatorScope),
    /// With whom.
    Producer(ProducerScope),
}

impl Asker {
    /// Returns the condition that a statement about `joint_settlements` ends with.
    fn condition(self, sql: Sql) -> Sql {
        match self {
            Self::Operator(scope) => sql.push(" joints.operator_id = ").bind(scope.operator_id()),
            Self::Producer(scope) => sql.push(" joints.producer_id = ").bind(scope.producer_id()).when(
                scope.operator_id(),
                " and joints.operator_id = ",
                "",
            ),
        }
    }
}

/// What a store owes a producer.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct StoreOwes {
    /// The store.
    #[sqlx(try_from = "Uuid")]
    pub store_id: StoreId,
    /// Its name.
    pub store: String,
    /// What is owed by the books; below zero after an advance.
    #[sqlx(try_from = "i64")]
    pub owed: Money,
    /// What was sent for it and it has not recorded yet.
    #[sqlx(try_from = "i64")]
    pub on_its_way: Money,
    /// When central last heard of its trade, UTC milliseconds.
    pub heard_at_ms: Option<i64>,
}

impl StoreOwes {
    /// Returns what is left to pay when what is on its way has come; an amount beyond 64 bits is the largest.
    pub fn left(&self) -> Money {
        Money::new(self.owed.vnd().saturating_sub(self.on_its_way.vnd()))
    }
}

/// Returns the operator's stores that had goods of a producer or have an account with them, by code.
///
/// # Errors
/// When the database fails.
pub async fn list_owing_in(
    tx: &mut Tx,
    scope: OperatorScope,
    producer_id: ProducerId,
) -> Result<Vec<StoreOwes>> {
    let sql = sql!(
        "select stores.id as store_id, stores.name as store,
            cast(coalesce((select sum(-amount_vnd) from balances where balances.store_id = stores.id
                and balances.account = 'producer_due' and balances.producer_id = $2), 0) as bigint) as owed,
            cast(coalesce((select sum(joint_parts.paid_vnd) from joint_parts
                join joint_settlements on joint_settlements.id = joint_parts.joint_id
                where joint_parts.store_id = stores.id and joint_settlements.producer_id = $2
                    and not exists (select 1 from settlements where settlements.joint_part = joint_parts.id
                        and settlements.store_id = stores.id)), 0) as bigint) as on_its_way,
            (select max(heard_at_ms) from streams where streams.store_id = stores.id) as heard_at_ms
         from stores
         where stores.operator_id = $1
            and (exists (select 1 from balances where balances.store_id = stores.id
                    and balances.account = 'producer_due' and balances.producer_id = $2)
                or exists (select 1 from lots where lots.store_id = stores.id and lots.producer_id = $2))
         order by stores.code, stores.id",
        scope.operator_id(),
        producer_id
    );
    tx.all(sql).await
}

/// A producer with whom an operator settles.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Owed {
    /// The producer.
    #[sqlx(try_from = "Uuid")]
    pub producer_id: ProducerId,
    /// Its name.
    pub name: String,
    /// What all stores together owe by the books; below zero after an advance.
    #[sqlx(try_from = "i64")]
    pub owed: Money,
    /// What was sent and no store has recorded yet.
    #[sqlx(try_from = "i64")]
    pub on_its_way: Money,
}

/// Returns the producers with whom the operator's stores have an account, by name; at most `limit`.
///
/// # Errors
/// When the database fails.
pub async fn list_owed(db: &Db, scope: OperatorScope, limit: i64) -> Result<Vec<Owed>> {
    let sql = sql!(
        "with owed as (
            select balances.producer_id, sum(-balances.amount_vnd) as vnd from balances
            join stores on stores.id = balances.store_id
            where stores.operator_id = $1 and balances.account = 'producer_due' group by balances.producer_id),
        sent as (
            select joints.producer_id, sum(joint_parts.paid_vnd) as vnd from joint_settlements as joints
            join joint_parts on joint_parts.joint_id = joints.id
            where joints.operator_id = $1
                and not exists (select 1 from settlements where settlements.joint_part = joint_parts.id
                    and settlements.store_id = joint_parts.store_id)
            group by joints.producer_id)
        select owed.producer_id, coalesce(producers.name, '?') as name, cast(owed.vnd as bigint) as owed,
            cast(coalesce(sent.vnd, 0) as bigint) as on_its_way
        from owed left join producers on producers.id = owed.producer_id
        left join sent on sent.producer_id = owed.producer_id
        order by producers.name_fold, owed.producer_id limit $2",
        scope.operator_id(),
        limit
    );
    db.all(sql).await
}

/// A settlement over several stores.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Joint {
    /// It.
    pub id: Uuid,
    /// With whom.
    #[sqlx(try_from = "Uuid")]
    pub producer_id: ProducerId,
    /// Their name.
    pub producer: String,
    /// Who settles.
    pub operator: String,
    /// Its number, of the operator.
    pub number: String,
    /// When the money was sent.
    pub paid_on: Date,
    /// UTC milliseconds.
    pub made_at_ms: i64,
    /// Whose login made it.
    pub made_by: String,
    /// What was sent for all stores.
    #[sqlx(try_from = "i64")]
    pub paid: Money,
    /// Stores that have not recorded their part yet.
    pub waiting: i64,
}

const SELECT: &str =
    "select joints.id, joints.producer_id, coalesce(producers.name, '?') as producer, operators.name as operator,
            joints.number, joints.paid_on, joints.made_at_ms, joints.made_by,
            (select cast(coalesce(sum(paid_vnd), 0) as bigint) from joint_parts where joint_id = joints.id) as paid,
            (select count(*) from joint_parts where joint_id = joints.id
                and not exists (select 1 from settlements where settlements.joint_part = joint_parts.id
                    and settlements.store_id = joint_parts.store_id)) as waiting
         from joint_settlements as joints
         join operators on operators.id = joints.operator_id
         left join producers on producers.id = joints.producer_id
         where";

fn select_joints(asker: Asker) -> Sql {
    asker.condition(Sql::new(SELECT))
}

/// Returns settlements over several stores, the latest first; those with one producer, or all; at most `limit`.
///
/// # Errors
/// When the database fails.
pub async fn list(db: &Db, asker: Asker, with: Option<ProducerId>, limit: i64) -> Result<Vec<Joint>> {
    let mut sql = select_joints(asker);
    if let Some(producer_id) = with {
        sql = sql.push(" and joints.producer_id = ").bind(producer_id);
    }
    db.all(sql.push(" order by joints.made_at_ms desc, joints.id limit ").bind(limit)).await
}

/// Returns the settlements of the operator that is asked about for which money was sent in the period, by day; at most `limit`.
///
/// # Errors
/// When the database fails.
pub async fn list_of_period(tx: &mut Tx, asked: &Asked, limit: i64) -> Result<Vec<Joint>> {
    let sql = Sql::new(SELECT)
        .push(" joints.operator_id = ")
        .bind(asked.operator_id)
        .push(" and joints.paid_on >= ")
        .bind(asked.days.from)
        .push(" and joints.paid_on <= ")
        .bind(asked.days.to);
    tx.all(sql.push(" order by joints.paid_on, joints.made_at_ms, joints.id limit ").bind(limit)).await
}

/// Returns one; another operator's or producer's is none at all.
///
/// # Errors
/// When the database fails.
pub async fn find_in(tx: &mut Tx, asker: Asker, id: Uuid) -> Result<Option<Joint>> {
    tx.opt(select_joints(asker).push(" and joints.id = ").bind(id)).await
}

/// Returns how many an operator made with a producer.
///
/// # Errors
/// When the database fails.
pub async fn count_in(tx: &mut Tx, scope: OperatorScope, producer_id: ProducerId) -> Result<i64> {
    let sql = sql!(
        "select cast(count(*) as bigint) from joint_settlements where operator_id = $1 and producer_id = $2",
        scope.operator_id(),
        producer_id
    );
    let (count,) = tx.one::<(i64,)>(sql).await?;
    Ok(count)
}

/// A store's part, and what records it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The store's name.
    pub store: String,
    /// What the books said was owed when it was made.
    pub owed: Money,
    /// What was sent for it.
    pub paid: Money,
    /// The store's own paper; none while it is waited for.
    pub recorded: Option<Recorded>,
}

/// The store's paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// Its entry.
    pub id: PaperId,
    /// The entry's hash.
    pub hash: Vec<u8>,
    /// The number on it.
    pub number: String,
    /// A settlement; else there was nothing to settle.
    pub is_settlement: bool,
    /// The business day.
    pub day: Date,
    /// Owed for its rows.
    pub due: Money,
    /// Owed from before.
    pub carried: Money,
    /// Paid.
    pub paid: Money,
}

#[derive(FromRow)]
struct PartRow {
    store: String,
    owed_vnd: i64,
    paid_vnd: i64,
    store_id: Uuid,
    incarnation: Option<Uuid>,
    seq: Option<i64>,
    hash: Option<Vec<u8>>,
    number: Option<String>,
    is_settlement: Option<bool>,
    day: Option<Date>,
    due_vnd: Option<i64>,
    carried_vnd: Option<i64>,
    recorded_vnd: Option<i64>,
}

/// Returns the parts of a settlement that the asker was found to see, by the store's code. Of two entries that record one part
/// the first counts.
///
/// # Errors
/// When the database fails.
pub async fn list_parts_in(tx: &mut Tx, id: Uuid) -> Result<Vec<Part>> {
    let sql = sql!(
        "select stores.name as store, joint_parts.owed_vnd, joint_parts.paid_vnd, joint_parts.store_id,
            papers.incarnation, papers.seq, entries.hash, papers.number, papers.is_settlement, papers.day,
            papers.due_vnd, papers.carried_vnd, papers.paid_vnd as recorded_vnd
         from joint_parts
         join stores on stores.id = joint_parts.store_id
         left join settlements as papers on papers.joint_part = joint_parts.id
            and papers.store_id = joint_parts.store_id
         left join entries on entries.store_id = papers.store_id and entries.incarnation = papers.incarnation
            and entries.seq = papers.seq
         where joint_parts.joint_id = $1
         order by stores.code, stores.id, papers.closed_at_ms, papers.incarnation, papers.seq",
        id
    );
    let rows: Vec<PartRow> = tx.all(sql).await?;
    let mut rows: Vec<(Uuid, Part)> = rows.into_iter().map(|row| (row.store_id, row.read())).collect();
    rows.dedup_by_key(|(store_id, _)| *store_id);
    Ok(rows.into_iter().map(|(_, part)| part).collect())
}

impl PartRow {
    fn read(self) -> Part {
        let recorded = match (self.incarnation, self.seq, self.number, self.day) {
            (Some(incarnation), Some(seq), Some(number), Some(day)) => {
                let stream: StreamId = stream_id(self.store_id, incarnation);
                Some(Recorded {
                    id: PaperId { stream, seq },
                    hash: self.hash.unwrap_or_default(),
                    number,
                    is_settlement: self.is_settlement.unwrap_or(false),
                    day,
                    due: Money::new(self.due_vnd.unwrap_or(0)),
                    carried: Money::new(self.carried_vnd.unwrap_or(0)),
                    paid: Money::new(self.recorded_vnd.unwrap_or(0)),
                })
            }
            _ => None,
        };
        let (owed, paid) = (Money::new(self.owed_vnd), Money::new(self.paid_vnd));
        Part { store: self.store, owed, paid, recorded }
    }
}

/// A settlement to keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewJoint<'a> {
    /// As the form names it, derived from how many were made before it.
    pub id: Uuid,
    /// With whom.
    pub producer_id: ProducerId,
    /// Its number.
    pub number: &'a str,
    /// When the money was sent.
    pub paid_on: Date,
    /// UTC milliseconds.
    pub made_at_ms: i64,
    /// Whose login makes it.
    pub made_by: &'a str,
}

/// A store's part to keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewPart {
    /// Drawn.
    pub id: Uuid,
    /// The store.
    pub store_id: StoreId,
    /// What it owes now.
    pub owed: Money,
    /// What is sent for it.
    pub paid: Money,
}

/// Keeps a settlement with its parts. The stores are locked by the caller.
///
/// # Errors
/// When the database fails.
pub async fn insert(
    tx: &mut Tx,
    operator_id: OperatorId,
    new: NewJoint<'_>,
    parts: &[NewPart],
) -> Result<()> {
    let sql = sql!(
        "insert into joint_settlements (id, operator_id, producer_id, number, paid_on, made_at_ms, made_by)
         values ($1, $2, $3, $4, $5, $6, $7)",
        new.id,
        operator_id,
        new.producer_id,
        new.number,
        new.paid_on,
        new.made_at_ms,
        new.made_by
    );
    tx.exec(sql).await?;
    for part in parts {
        let sql = sql!(
            "insert into joint_parts (id, joint_id, store_id, owed_vnd, paid_vnd) values ($1, $2, $3, $4, $5)",
            part.id,
            new.id,
            part.store_id,
            part.owed,
            part.paid
        );
        tx.exec(sql).await?;
    }
    Ok(())
}
