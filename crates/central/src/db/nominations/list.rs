//! The list of nominations: picked, by the names of their products, page after page by where the one before ended.

use domain::name_fold::like_pattern;
use domain::nomination::{Answer, Stage};
use domain::section::Section;
use sqlx::FromRow;
use uuid::Uuid;

use crate::db::engine::{Db, Sql, sql};
use crate::db::keyset::{self, From, Order, Page};
use crate::error::Result;

/// Which nominations.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Picked {
    /// Words of the product's name, or its code.
    pub words: Option<String>,
    /// Where they stand.
    pub stage: Option<Stage>,
    /// Whose they are.
    pub section: Option<Section>,
    /// Some store says this.
    pub answer: Option<Answer>,
}

/// A nomination of the list.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Listed {
    /// The nomination.
    pub id: Uuid,
    /// The product.
    pub product_id: Uuid,
    /// The shops' own code.
    pub sku: String,
    /// Its name.
    pub name: String,
    /// Whose goods.
    pub producer: Option<String>,
    /// `trade`, `industry` or `agriculture`.
    pub section: String,
    /// `proposed`, `returned`, `passed` or `withdrawn`.
    pub stage: String,
    /// What was said with the last step.
    pub words: String,
    /// When it was nominated, UTC milliseconds.
    pub nominated_at_ms: i64,
    /// Stores that have not answered.
    pub waiting_count: i64,
    /// Stores that take it.
    pub accepted_count: i64,
    /// Stores that do not.
    pub declined_count: i64,
}

const SELECT: &str =
    "select nominations.id, nominations.product_id, products.sku, products.name, producers.name as producer,
    nominations.section, nominations.stage, nominations.words, nominations.nominated_at_ms,
    coalesce(said.waiting_count, 0) as waiting_count, coalesce(said.accepted_count, 0) as accepted_count,
    coalesce(said.declined_count, 0) as declined_count
    from nominations join products on products.id = nominations.product_id
    left join producers on producers.id = products.producer_id
    left join (select nomination_id,
            cast(count(case when answer = 'waiting' then 1 end) as bigint) as waiting_count,
            cast(count(case when answer = 'accepted' then 1 end) as bigint) as accepted_count,
            cast(count(case when answer = 'declined' then 1 end) as bigint) as declined_count
        from nomination_answers group by nomination_id) said on said.nomination_id = nominations.id
    where 1 = 1";
const COUNT: &str =
    "select cast(count(*) as bigint) from nominations join products on products.id = nominations.product_id
    where 1 = 1";
const BY_NAME: Order = Order {
    pair: " and (products.name_fold, nominations.id) ",
    up: " order by products.name_fold, nominations.id limit ",
    down: " order by products.name_fold desc, nominations.id desc limit ",
};

/// Returns a page of the nominations that are picked, by the names of their products.
///
/// # Errors
/// When the database fails.
pub async fn page(db: &Db, picked: &Picked, from: &From, limit: usize) -> Result<Page<Listed>> {
    keyset::page(db, conditions(Sql::new(SELECT), picked), BY_NAME, from, limit).await
}

/// Counts the nominations that are picked.
///
/// # Errors
/// When the database fails.
pub async fn count(db: &Db, picked: &Picked) -> Result<i64> {
    let (count,) = db.one::<(i64,)>(conditions(Sql::new(COUNT), picked)).await?;
    Ok(count)
}

/// Returns where a nomination stands in the order of names; `None` when there is none.
///
/// # Errors
/// When the database fails.
pub async fn find_place(db: &Db, id: Uuid) -> Result<Option<(String, Uuid)>> {
    let found: Option<(String,)> = db
        .opt(sql!(
            "select products.name_fold from nominations join products on products.id = nominations.product_id
             where nominations.id = $1",
            id
        ))
        .await?;
    Ok(found.map(|(name,)| (name, id)))
}

fn conditions(sql: Sql, picked: &Picked) -> Sql {
    let sql = sql
        .when(picked.stage.map(Stage::code), " and nominations.stage = ", "")
        .when(picked.section.map(Section::code), " and nominations.section = ", "")
        .when(
            picked.answer.map(Answer::code),
            " and nominations.stage = 'passed' and exists (select 1 from nomination_answers answers
                where answers.nomination_id = nominations.id and answers.answer = ",
            ")",
        );
    let Some(words) = &picked.words else { return sql };
    sql.push(" and (products.name_fold like ")
        .bind(like_pattern(words))
        .push(" escape '!' or products.sku = ")
        .bind(words.trim())
        .push(")")
}
