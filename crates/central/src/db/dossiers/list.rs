//! The products whose papers are missing, have lapsed or soon will, in the order of their names, page after page.

use domain::ids::ProductId;
use domain::name_fold::like_pattern;
use sqlx::FromRow;
use time::{Date, Duration};
use uuid::Uuid;

use crate::db::engine::{Db, Sql};
use crate::db::keyset::{self, From, Page};
use crate::db::product_list::Whose;
use crate::db::same_producers;
use crate::error::Result;

/// How a paper stands that is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum State {
    /// Missing or lapsed.
    #[default]
    Gap,
    /// There is none.
    Missing,
    /// The last one is over.
    Lapsed,
    /// It holds, and ends within so many days.
    Lapsing(i64),
    /// However it stands.
    Any,
}

/// Which products.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Picked {
    /// Words of the name, or a code.
    pub words: Option<String>,
    /// Code of a group.
    pub group_code: Option<String>,
    /// Whose goods.
    pub producer: Option<Whose>,
    /// Code of a kind of paper; any without one.
    pub kind_code: Option<String>,
    /// How it stands.
    pub state: State,
}

/// A product of the list.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Listed {
    /// The product.
    #[sqlx(try_from = "Uuid")]
    pub id: ProductId,
    /// The shops' own code.
    pub sku: String,
    /// Name.
    pub name: String,
    /// Code of the group.
    pub group_code: Option<String>,
    /// Whose goods.
    pub producer: Option<String>,
}

const SELECT: &str = concat!(
    "select products.id, products.sku, products.name, products.group_code, producers.name as producer
    from products",
    same_producers::join_counted!("products.producer_id"),
    " where "
);
const COUNT: &str = "select cast(count(*) as bigint) from products where ";
/// What is sold and has papers of its own: the parts of a combo have them, not the combo.
const ON_SALE: &str = "products.status = 'active'
    and not exists (select 1 from combo_parts where combo_parts.combo_id = products.id)";

/// Returns a page of the products that are picked, by name.
///
/// # Errors
/// When the database fails.
pub async fn page(db: &Db, picked: &Picked, today: Date, from: &From, limit: usize) -> Result<Page<Listed>> {
    let sql = conditions(Sql::new(SELECT), picked, today);
    keyset::page(db, sql, keyset::by_name!("products"), from, limit).await
}

/// Counts the products that are picked.
///
/// # Errors
/// When the database fails.
pub async fn count(db: &Db, picked: &Picked, today: Date) -> Result<i64> {
    let (count,) = db.one::<(i64,)>(conditions(Sql::new(COUNT), picked, today)).await?;
    Ok(count)
}

fn conditions(sql: Sql, picked: &Picked, today: Date) -> Sql {
    let mut sql = sql.push(ON_SALE).when(picked.group_code.as_deref(), " and products.group_code = ", "");
    if let Some(words) = &picked.words {
        sql = sql
            .push(" and (products.name_fold like ")
            .bind(like_pattern(words))
            .push(" escape '!' or products.sku = ")
            .bind(words.trim())
            .push(")");
    }
    sql = match &picked.producer {
        Some(whose) => same_producers::push(sql.push(" and products.producer_id"), whose),
        None => sql,
    };
    sql = sql
        .push(" and exists (select 1 from paper_kinds kinds where kinds.valid_from <= ")
        .bind(today)
        .push(" and (kinds.valid_to is null or kinds.valid_to >= ")
        .bind(today)
        .push(") and ' ' || kinds.asked_of || ' ' like '% ' || products.group_code || ' %'")
        .when(picked.kind_code.as_deref(), " and kinds.code = ", "");
    standing(sql, picked.state, today).push(")")
}

fn standing(sql: Sql, state: State, today: Date) -> Sql {
    match state {
        State::Any => sql,
        State::Gap => held(sql.push(" and not "), today, Some(today)),
        State::Missing => held(sql.push(" and not "), today, None),
        State::Lapsed => held(held(sql.push(" and "), today, None).push(" and not "), today, Some(today)),
        State::Lapsing(days) => {
            let later = today.saturating_add(Duration::days(days + 1));
            held(held(sql.push(" and "), today, Some(today)).push(" and not "), today, Some(later))
        }
    }
}

/// There is a paper of the kind that holds to a day or beyond, or on any day at all.
fn held(sql: Sql, today: Date, until: Option<Date>) -> Sql {
    sql.push(
        "(exists (select 1 from dossier_papers papers where papers.is_current and papers.kind_code = kinds.code
            and (papers.product_id = products.id or papers.producer_id = products.producer_id)",
    )
    .when(until, " and (papers.expires_on is null or papers.expires_on >= ", ")")
    .push(
        ") or (kinds.held_by = 'recognition' and exists (select 1 from recognitions decided
            where decided.product_id = products.id and not decided.is_withdrawn and decided.valid_from <= ",
    )
    .bind(today)
    .when(until, " and (decided.valid_to is null or decided.valid_to >= ", ")")
    .push(")))")
}
