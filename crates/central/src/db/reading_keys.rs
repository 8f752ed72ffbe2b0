//! Keys with which a producer's pages are read without a password: one for everything, which whoever made it was shown once, and one for
//! the stores of each operator, which its tills print.

use std::collections::{BTreeMap, BTreeSet};

use domain::ids::{OperatorId, ProducerId};
use uuid::Uuid;

use super::engine::{Db, Sql, Tx, args, sql};
use super::secret::Secret;
use super::users::ProducerScope;
use crate::error::Result;

const OPENS: &str = "ocop-reading-key";
const OPENS_OF_OPERATOR: &str = "ocop-operator-reading-key";

/// What a key is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opens {
    /// A producer's pages.
    Pages(ProducerScope),
    /// Nothing any more: it was told to the tills of every operator, see migration 0094.
    Nothing,
}

/// The key that an operator's tills print on a producer's papers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfOperator {
    /// Whose pages.
    pub producer_id: ProducerId,
    /// In whose stores.
    pub operator_id: OperatorId,
    /// The key.
    pub key: Secret,
}

/// Gives a producer a key for everything, asked for with a form; the one before stops at once.
///
/// # Errors
/// When the database fails.
pub async fn replace(
    tx: &mut Tx,
    (producer_id, form_id): (ProducerId, Uuid),
    key: &Secret,
    now_ms: i64,
) -> Result<()> {
    tx.exec(sql!(
        "insert into reading_keys (producer_id, key_hash, made_at_ms, form_id) values ($1, $2, $3, $4)
         on conflict (producer_id) do update set key_hash = excluded.key_hash, made_at_ms = excluded.made_at_ms,
            form_id = excluded.form_id",
        producer_id,
        key.hash(OPENS),
        now_ms,
        form_id
    ))
    .await?;
    Ok(())
}

/// Says whether a producer's key for everything was made with a form.
///
/// # Errors
/// When the database fails.
pub async fn is_made_with(tx: &mut Tx, producer_id: ProducerId, form_id: Uuid) -> Result<bool> {
    let sql = sql!(
        "select cast(count(*) as bigint) from reading_keys where producer_id = $1 and form_id = $2",
        producer_id,
        form_id
    );
    Ok(tx.one::<(i64,)>(sql).await?.0 > 0)
}

/// Returns the operators whose tills print a key on a producer's papers.
///
/// # Errors
/// When the database fails.
pub async fn list_operators(tx: &mut Tx, producer_id: ProducerId) -> Result<BTreeSet<OperatorId>> {
    let sql = sql!(
        "select operator_id from operator_reading_keys where producer_id = $1 order by operator_id",
        producer_id
    );
    Ok(tx.all::<(Uuid,)>(sql).await?.into_iter().map(|(id,)| id.into()).collect())
}

/// Gives producers keys for operators' stores, each pair once; the ones before stop at once.
///
/// # Errors
/// When the database fails.
pub async fn replace_of_operators(tx: &mut Tx, mut keys: Vec<OfOperator>, now_ms: i64) -> Result<()> {
    // In the order of the table, so that two of these do not wait for each other.
    keys.sort_by_key(|of| (of.producer_id, of.operator_id));
    let row = |of: OfOperator| {
        args![of.producer_id, of.operator_id, of.key.text(), of.key.hash(OPENS_OF_OPERATOR), now_ms]
    };
    tx.insert_rows(
        "insert into operator_reading_keys (producer_id, operator_id, key_text, key_hash, made_at_ms)",
        keys.into_iter().map(row).collect(),
        "on conflict (producer_id, operator_id) do update set key_text = excluded.key_text,
            key_hash = excluded.key_hash, made_at_ms = excluded.made_at_ms",
    )
    .await
}

/// Takes all of a producer's keys away; false when there was none.
///
/// # Errors
/// When the database fails.
pub async fn delete(tx: &mut Tx, producer_id: ProducerId) -> Result<bool> {
    let whole = tx.exec(sql!("delete from reading_keys where producer_id = $1", producer_id)).await?;
    let of_operators =
        tx.exec(sql!("delete from operator_reading_keys where producer_id = $1", producer_id)).await?;
    Ok(whole + of_operators > 0)
}

/// Returns what a key is good for. It is looked for by its digest, so the time that it takes tells nothing of the key.
///
/// # Errors
/// When the database fails.
pub async fn find(db: &Db, key: &Secret) -> Result<Option<Opens>> {
    let of_everything = sql!("select producer_id from reading_keys where key_hash = $1", key.hash(OPENS));
    if let Some((id,)) = db.opt::<(Uuid,)>(of_everything).await? {
        return Ok(Some(Opens::Pages(ProducerScope::of_reading_key(id.into()))));
    }
    let of_operator = sql!(
        "select producer_id, operator_id from operator_reading_keys where key_hash = $1",
        key.hash(OPENS_OF_OPERATOR)
    );
    if let Some((id, operator_id)) = db.opt::<(Uuid, Uuid)>(of_operator).await? {
        return Ok(Some(Opens::Pages(ProducerScope::of_operators_key(id.into(), operator_id.into()))));
    }
    let former = sql!("select producer_id from former_reading_keys where key_hash = $1", key.hash(OPENS));
    Ok(db.opt::<(Uuid,)>(former).await?.map(|_| Opens::Nothing))
}

/// Returns since when a producer has keys, UTC milliseconds; `None` without any.
///
/// # Errors
/// When the database fails.
pub async fn find_made_at(db: &Db, producer_id: ProducerId) -> Result<Option<i64>> {
    let sql = sql!(
        "select min(made_at_ms) as made_at_ms from (
            select made_at_ms from reading_keys where producer_id = $1
            union all select made_at_ms from operator_reading_keys where producer_id = $1) as made",
        producer_id
    );
    let (at_ms,): (Option<i64>,) = db.one(sql).await?;
    Ok(at_ms)
}

/// Returns the keys that an operator's tills print on the papers of producers.
///
/// # Errors
/// When the database fails.
pub async fn list_of_operator(
    db: &Db,
    operator_id: OperatorId,
    producers: Vec<Uuid>,
) -> Result<BTreeMap<Uuid, String>> {
    let sql = Sql::new("select producer_id, key_text from operator_reading_keys where operator_id = ")
        .bind(operator_id)
        .push(" and producer_id")
        .is_among(producers);
    Ok(db.all::<(Uuid, String)>(sql).await?.into_iter().collect())
}

/// Returns the producers that have keys.
///
/// # Errors
/// When the database fails.
pub async fn list_producers(tx: &mut Tx) -> Result<Vec<ProducerId>> {
    let sql = sql!(
        "select producer_id from reading_keys union select producer_id from operator_reading_keys
         order by producer_id"
    );
    Ok(tx.all::<(Uuid,)>(sql).await?.into_iter().map(|(id,)| id.into()).collect())
}

/// Says whether keys were taken out of use and nothing has taken their place.
///
/// # Errors
/// When the database fails.
pub async fn has_ended(db: &Db) -> Result<bool> {
    let sql = sql!("select cast(count(*) as bigint) from former_reading_keys where replaced_at_ms is null");
    let (count,): (i64,) = db.one(sql).await?;
    Ok(count > 0)
}

/// Returns the producers whose keys were taken out of use and have no successor, and says that they have one now.
///
/// # Errors
/// When the database fails.
pub async fn claim_ended(tx: &mut Tx, now_ms: i64) -> Result<Vec<ProducerId>> {
    let sql = sql!(
        "update former_reading_keys set replaced_at_ms = $1 where replaced_at_ms is null returning producer_id",
        now_ms
    );
    let mut ended: Vec<ProducerId> =
        tx.all::<(Uuid,)>(sql).await?.into_iter().map(|(id,)| id.into()).collect();
    ended.sort_unstable();
    Ok(ended)
}
