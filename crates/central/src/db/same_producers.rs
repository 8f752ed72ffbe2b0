//! Producers that were added twice and are one: sales, products, dossiers, campaigns and the official report
//! count each as the other one. The inventory, nominations and scans do not follow, and nothing here touches
//! what is owed, contracts, settlements or logins, which stay each producer's own.

use domain::ids::ProducerId;
use domain::name_fold::like_pattern;
use sqlx::FromRow;
use uuid::Uuid;

use super::engine::{Db, Sql, Tx, sql};
use super::product_list::Whose;
use crate::error::Result;

/// Writes the join of the producer that a column names, or of the one that it is counted as, as `producers`.
macro_rules! join_counted {
    ($column:literal) => {
        concat!(
            " left join producers told_maker on told_maker.id = ",
            $column,
            " left join producers on producers.id = coalesce(told_maker.same_as, told_maker.id)"
        )
    };
}
pub(super) use join_counted;

/// How a producer stands to others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sameness {
    /// The one that it is counted as.
    pub same_as: Option<Named>,
    /// Those that are counted as it, by name.
    pub counted_as_it: Vec<Named>,
}

/// A producer with what tells it from others of its name.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Named {
    /// The producer.
    #[sqlx(try_from = "Uuid")]
    pub id: ProducerId,
    /// Its name.
    pub name: String,
    /// Commune, ward or special zone.
    pub commune: String,
    /// Products of the catalogue.
    pub product_count: i64,
}

const SELECT: &str = "select producers.id, producers.name, producers.commune,
    (select cast(count(*) as bigint) from products where products.producer_id = producers.id
        and products.merged_into is null) as product_count
    from producers where ";

/// Appends that the column before is one of the producers that are picked, or one that is counted as it, or that it is counted as.
pub(super) fn push(sql: Sql, whose: &Whose) -> Sql {
    match whose {
        Whose::Of(id) => sql
            .push(
                " in (select each.id from producers picked join producers each
                    on coalesce(each.same_as, each.id) = coalesce(picked.same_as, picked.id) where picked.id = ",
            )
            .bind(*id)
            .push(")"),
        Whose::Named(words) => sql
            .push(
                " in (select each.id from producers each where coalesce(each.same_as, each.id) in
                    (select coalesce(named.same_as, named.id) from producers named where named.name_fold like ",
            )
            .bind(like_pattern(words))
            .push(" escape '!'))"),
    }
}

/// Says that a producer is another one, or none any more. Returns false when that was said already.
///
/// # Errors
/// When the database fails.
pub async fn set(tx: &mut Tx, id: ProducerId, other: Option<ProducerId>) -> Result<bool> {
    let sql =
        sql!("update producers set same_as = $2 where id = $1 and same_as is distinct from $2", id, other);
    Ok(tx.exec(sql).await? == 1)
}

/// Returns how a producer stands to others.
///
/// # Errors
/// When the database fails.
pub async fn load(tx: &mut Tx, id: ProducerId) -> Result<Sameness> {
    let sql =
        Sql::new(SELECT).push("producers.id = (select same_as from producers where id = ").bind(id).push(")");
    let same_as = tx.opt(sql).await?;
    let sql = Sql::new(SELECT).push("producers.same_as = ").bind(id);
    let counted_as_it = tx.all(sql.push(" order by producers.name_fold, producers.id")).await?;
    Ok(Sameness { same_as, counted_as_it })
}

/// Returns producers whose name holds the words and that a producer may be counted as, by name; at most `limit`.
///
/// # Errors
/// When the database fails.
pub async fn list_likely(db: &Db, id: ProducerId, words: &str, limit: i64) -> Result<Vec<Named>> {
    let sql = Sql::new(SELECT)
        .push("producers.same_as is null and producers.id <> ")
        .bind(id)
        .push(" and producers.name_fold like ")
        .bind(like_pattern(words))
        .push(" escape '!' order by producers.name_fold, producers.id limit ")
        .bind(limit);
    db.all(sql).await
}

/// Returns which producers are counted as which.
///
/// # Errors
/// When the database fails.
pub async fn list(tx: &mut Tx) -> Result<Vec<(Uuid, Uuid)>> {
    tx.all(sql!("select id, same_as from producers where same_as is not null order by id")).await
}
