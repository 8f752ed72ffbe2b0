//! Products that a section of the department nominates for points of sale, and what the points say.

pub mod list;

use domain::ids::{ProductId, StoreId};
use domain::nomination::{Answer, Stage};
use domain::section::Section;
use sqlx::FromRow;
use uuid::Uuid;

use super::engine::{Db, Sql, Tx, args, sql};
use super::users::OperatorScope;
use crate::error::{Error, Result};

/// The most answers that an operator's page shows.
const ANSWERS_MAX: i64 = 500;

/// A nomination.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Nomination {
    /// The nomination.
    pub id: Uuid,
    /// Of which product.
    pub product_id: Uuid,
    /// `trade`, `industry` or `agriculture`.
    pub section: String,
    /// Why.
    pub reason: String,
    /// Meant for every point: those that had a store then, and each that is opened later.
    pub is_for_all: bool,
    /// `proposed`, `returned`, `passed` or `withdrawn`.
    pub stage: String,
    /// Papers that were missing or lapsed when trade last looked.
    pub gap_count: Option<i64>,
    /// What was said with the last step.
    pub words: String,
    /// Whose login nominated it.
    pub nominated_by: String,
    /// When, UTC milliseconds.
    pub nominated_at_ms: i64,
    /// Who took the last step.
    pub changed_by: String,
    /// When, UTC milliseconds.
    pub changed_at_ms: i64,
}

impl Nomination {
    /// Returns where it stands.
    ///
    /// # Errors
    /// When the code is none.
    pub fn stage(&self) -> Result<Stage> {
        Stage::from_code(&self.stage)
            .ok_or_else(|| Error::damaged("nominations", self.id, "the stage is unknown"))
    }

    /// Returns whose it is.
    ///
    /// # Errors
    /// When the code is none.
    pub fn section(&self) -> Result<Section> {
        Section::from_code(&self.section)
            .ok_or_else(|| Error::damaged("nominations", self.id, "the section is unknown"))
    }
}

const SELECT: &str = "select id, product_id, section, reason, is_for_all, stage, gap_count, words, nominated_by, nominated_at_ms,
    changed_by, changed_at_ms from nominations";

/// Adds a nomination that waits for an answer of each of some stores; false when it is there already. The product is claimed by the
/// caller.
///
/// # Errors
/// When the database fails; also when another nomination of the product is looked at.
pub async fn insert(tx: &mut Tx, new: &Nomination, stores: &[StoreId]) -> Result<bool> {
    let sql = sql!(
        "insert into nominations (id, product_id, section, reason, is_for_all, stage, gap_count, words, nominated_by, nominated_at_ms,
            changed_by, changed_at_ms)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict (id) do nothing",
        new.id,
        new.product_id,
        &new.section,
        &new.reason,
        new.is_for_all,
        &new.stage,
        new.gap_count,
        &new.words,
        &new.nominated_by,
        new.nominated_at_ms,
        &new.changed_by,
        new.changed_at_ms
    );
    if tx.exec(sql).await? == 0 {
        return Ok(false);
    }
    let row = |store: &StoreId| args![*store, new.id, Answer::Waiting.code(), "", "", None::<i64>];
    let head = "insert into nomination_answers (store_id, nomination_id, answer, reason, answered_by, answered_at_ms)";
    tx.insert_rows(head, stores.iter().map(row).collect(), "").await?;
    Ok(true)
}

/// Asks a store that was just opened what all points are asked: of each product on sale its latest nomination for all of them that
/// passed, and those after it that may still pass.
///
/// # Errors
/// When the database fails.
pub async fn ask_new_store(tx: &mut Tx, store_id: StoreId) -> Result<()> {
    tx.exec(sql!(
        "insert into nomination_answers (store_id, nomination_id, answer, reason, answered_by, answered_at_ms)
         select stores.id, nominations.id, 'waiting', '', '', cast(null as bigint)
         from stores join nominations on nominations.is_for_all = $2 and nominations.stage <> 'withdrawn'
         join products on products.id = nominations.product_id and products.status = 'active'
         where stores.id = $1 and not exists (select 1 from nominations newer
                where newer.product_id = nominations.product_id and newer.is_for_all = $2 and newer.stage = 'passed'
                    and newer.id > nominations.id)
         on conflict (store_id, nomination_id) do nothing",
        store_id,
        true
    ))
    .await?;
    Ok(())
}

/// Holds a nomination until the transaction ends, so that two steps follow one another, and returns it.
///
/// # Errors
/// When the database fails.
pub async fn claim(tx: &mut Tx, id: Uuid) -> Result<Option<Nomination>> {
    tx.exec(sql!("update nominations set stage = stage where id = $1", id)).await?;
    find_in(tx, id).await
}

/// Returns a nomination inside a transaction.
///
/// # Errors
/// When the database fails.
pub async fn find_in(tx: &mut Tx, id: Uuid) -> Result<Option<Nomination>> {
    tx.opt(Sql::new(SELECT).push(" where id = ").bind(id)).await
}

/// Writes the last step of a nomination.
///
/// # Errors
/// When the database fails.
pub async fn update(tx: &mut Tx, nomination: &Nomination) -> Result<()> {
    let sql = sql!(
        "update nominations set stage = $2, gap_count = $3, words = $4, changed_by = $5, changed_at_ms = $6 where id = $1",
        nomination.id,
        &nomination.stage,
        nomination.gap_count,
        &nomination.words,
        &nomination.changed_by,
        nomination.changed_at_ms
    );
    tx.exec(sql).await?;
    Ok(())
}

/// Returns the nominations of a product, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn list_of_product(tx: &mut Tx, product_id: ProductId) -> Result<Vec<Nomination>> {
    tx.all(Sql::new(SELECT).push(" where product_id = ").bind(product_id).push(" order by id desc")).await
}

/// What a store says to a nomination.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct StoreAnswer {
    /// To which nomination.
    pub nomination_id: Uuid,
    /// The store.
    pub store_id: Uuid,
    /// Its name.
    pub store: String,
    /// Whose file it has.
    pub point_id: Option<Uuid>,
    /// `waiting`, `accepted` or `declined`.
    pub answer: String,
    /// Why.
    pub reason: String,
    /// Whose login answered.
    pub answered_by: String,
    /// When, UTC milliseconds.
    pub answered_at_ms: Option<i64>,
}

const ANSWERS: &str =
    "select answers.nomination_id, answers.store_id, stores.name as store, points.id as point_id,
    answers.answer, answers.reason, answers.answered_by, answers.answered_at_ms
    from nomination_answers answers join stores on stores.id = answers.store_id
    left join points on points.store_id = stores.id";

/// Returns what stores say to some nominations, by store.
///
/// # Errors
/// When the database fails.
pub async fn list_answers(tx: &mut Tx, nominations: &[Uuid]) -> Result<Vec<StoreAnswer>> {
    let sql = Sql::new(ANSWERS).push(" where answers.nomination_id").is_among(nominations.iter().copied());
    tx.all(sql.push(" order by stores.code, answers.nomination_id")).await
}

/// Returns what a store of an operator says to a nomination; `None` when it is not asked, or the store is another operator's.
///
/// # Errors
/// When the database fails.
pub async fn find_answer(
    tx: &mut Tx,
    scope: OperatorScope,
    nomination_id: Uuid,
    store_id: StoreId,
) -> Result<Option<StoreAnswer>> {
    let sql = Sql::new(ANSWERS)
        .push(" where answers.nomination_id = ")
        .bind(nomination_id)
        .push(" and answers.store_id = ")
        .bind(store_id)
        .push(" and stores.operator_id = ")
        .bind(scope.operator_id());
    tx.opt(sql).await
}

/// Writes what a store says, by somebody at a moment.
///
/// # Errors
/// When the database fails.
pub async fn set_answer(
    tx: &mut Tx,
    (nomination_id, store_id): (Uuid, StoreId),
    (answer, reason): (Answer, &str),
    (who, at_ms): (&str, i64),
) -> Result<()> {
    let sql = sql!(
        "update nomination_answers set answer = $3, reason = $4, answered_by = $5, answered_at_ms = $6
         where store_id = $2 and nomination_id = $1",
        nomination_id,
        store_id,
        answer.code(),
        reason,
        who,
        at_ms
    );
    tx.exec(sql).await?;
    Ok(())
}

/// A product that the department asks an operator's store to take.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Asked {
    /// The nomination.
    pub nomination_id: Uuid,
    /// The product.
    pub product_id: Uuid,
    /// The shops' own code.
    pub sku: String,
    /// Name.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// Whose goods.
    pub producer: Option<String>,
    /// Why it is nominated.
    pub why: String,
    /// Who lets it pass: what trade said.
    pub words: String,
    /// The store.
    pub store_id: Uuid,
    /// Its name.
    pub store: String,
    /// `waiting`, `accepted` or `declined`.
    pub answer: String,
    /// Why.
    pub reason: String,
    /// When, UTC milliseconds.
    pub answered_at_ms: Option<i64>,
}

/// Returns what an operator's stores are asked to take of what is on sale, and what they said: those that wait first, then the latest;
/// at most 500.
///
/// # Errors
/// When the database fails.
pub async fn list_asked(db: &Db, scope: OperatorScope) -> Result<Vec<Asked>> {
    db.all(sql!(
        "select nominations.id as nomination_id, products.id as product_id, products.sku, products.name, products.unit,
            producers.name as producer, nominations.reason as why, nominations.words, stores.id as store_id,
            stores.name as store, answers.answer, answers.reason, answers.answered_at_ms
         from stores join nomination_answers answers on answers.store_id = stores.id
         join nominations on nominations.id = answers.nomination_id
         join products on products.id = nominations.product_id
         left join producers on producers.id = products.producer_id
         where stores.operator_id = $1 and nominations.stage = 'passed' and products.status = 'active'
         order by case when answers.answer = 'waiting' then 0 else 1 end, nominations.id desc, stores.code limit $2",
        scope.operator_id(),
        ANSWERS_MAX
    ))
    .await
}

/// A product that a store has accepted.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Accepted {
    /// The nomination.
    pub nomination_id: Uuid,
    /// The product.
    pub product_id: Uuid,
    /// The shops' own code.
    pub sku: String,
    /// Name.
    pub name: String,
    /// When, UTC milliseconds.
    pub answered_at_ms: Option<i64>,
    /// Some of it stands on the shelf by the store's book, be it as a product of the store's own that was merged into it.
    pub is_on_shelf: bool,
    /// Where the nomination stands: `passed`, or `withdrawn` since.
    pub stage: String,
}

/// Returns what a store has accepted, by name: of several nominations of one product the latest answer counts.
///
/// # Errors
/// When the database fails.
pub async fn list_accepted(tx: &mut Tx, store_id: StoreId) -> Result<Vec<Accepted>> {
    tx.all(sql!(
        "select nominations.id as nomination_id, products.id as product_id, products.sku, products.name, answers.answered_at_ms,
            nominations.stage, exists (select 1 from stock where stock.store_id = $1 and stock.product_id in (select same.id from products as same
                    where same.id = products.id or same.merged_into = products.id)
                and stock.location = 'shelf' and stock.quantity_milli > 0) as is_on_shelf
         from nomination_answers answers join nominations on nominations.id = answers.nomination_id
         join products on products.id = nominations.product_id
         where answers.store_id = $1 and answers.answer = 'accepted' and products.status = 'active'
            and not exists (select 1 from nomination_answers later
                join nominations newer on newer.id = later.nomination_id
                where later.store_id = $1 and newer.product_id = products.id and later.answer <> 'waiting'
                and (later.answered_at_ms > answers.answered_at_ms
                    or (later.answered_at_ms = answers.answered_at_ms and later.nomination_id > answers.nomination_id)))
         order by products.name_fold, products.id limit $2",
        store_id,
        ANSWERS_MAX
    ))
    .await
}
