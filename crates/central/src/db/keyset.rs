//! Long lists in the order of names, page after page by where the one before ended: the last page costs as much as the first.

use uuid::Uuid;

use super::engine::{Db, Row, Sql};
use crate::error::Result;

/// Where a page begins.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum From {
    /// With the first row.
    #[default]
    Start,
    /// Behind the row with this folded name and id.
    After(String, Uuid),
    /// So that it ends before that row.
    Before(String, Uuid),
}

/// The order of a list, as literals: a pair of columns of which the second is unique, and both directions.
#[derive(Debug, Clone, Copy)]
pub(super) struct Order {
    pub(super) pair: &'static str,
    pub(super) up: &'static str,
    pub(super) down: &'static str,
}

/// Writes the literals of an [`Order`] for a table with `name_fold` and `id`.
macro_rules! by_name {
    ($table:literal) => {
        crate::db::keyset::Order {
            pair: concat!(" and (", $table, ".name_fold, ", $table, ".id) "),
            up: concat!(" order by ", $table, ".name_fold, ", $table, ".id limit "),
            down: concat!(" order by ", $table, ".name_fold desc, ", $table, ".id desc limit "),
        }
    };
}
pub(super) use by_name;

/// A page of rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// In the order of the list.
    pub rows: Vec<T>,
    /// There are rows before these.
    pub has_before: bool,
    /// There are rows behind these.
    pub has_after: bool,
}

/// Returns a page of at most `limit` rows of a statement that ends in its conditions.
///
/// # Errors
/// When the database fails.
pub(super) async fn page<T: Row>(
    db: &Db,
    sql: Sql,
    order: Order,
    from: &From,
    limit: usize,
) -> Result<Page<T>> {
    let bounded = |sql: Sql, sign, name: &str, id: Uuid| {
        sql.push(order.pair).push(sign).bind(name).push(", ").bind(id).push(")")
    };
    let sql = match from {
        From::Start => sql.push(order.up),
        From::After(name, id) => bounded(sql, "> (", name, *id).push(order.up),
        From::Before(name, id) => bounded(sql, "< (", name, *id).push(order.down),
    };
    let one_more = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
    let mut rows: Vec<T> = db.all(sql.bind(one_more)).await?;
    let is_more = rows.len() > limit;
    rows.truncate(limit);
    let (has_before, has_after) = match from {
        From::Start => (false, is_more),
        From::After(..) => (true, is_more),
        From::Before(..) => (is_more, true),
    };
    if matches!(from, From::Before(..)) {
        rows.reverse();
    }
    Ok(Page { rows, has_before, has_after })
}
