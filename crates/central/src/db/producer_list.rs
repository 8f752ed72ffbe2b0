//! The list of producers with what the catalogue holds of theirs.

use domain::ids::ProducerId;
use domain::name_fold::{like_pattern, name_fold};
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use super::engine::{Db, Sql, Tx, sql};
use super::keyset::{self, From, Page};
use super::producers::Producer;
use crate::error::Result;

/// The most names that are offered while somebody types.
const NAMES_MAX: i64 = 1_000;
/// The most producers of one name.
const SAME_NAME_MAX: i64 = 12;

/// Which producers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Picked {
    /// Words of the name.
    pub words: Option<String>,
    /// Where they are.
    pub commune: Option<String>,
    /// Which of these.
    pub which: Which,
}

/// Which producers are meant beside words and a place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Which {
    /// All but those that are counted as another one.
    #[default]
    All,
    /// Of these the ones that a store added and nobody has looked at.
    Provisional,
    /// Those that are counted as another one.
    Same,
}

impl Which {
    /// Returns the one of a code, as an address has it; empty for all.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "" => Some(Self::All),
            "provisional" => Some(Self::Provisional),
            "same" => Some(Self::Same),
            _ => None,
        }
    }
}

/// A producer of the list.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Listed {
    /// The producer.
    #[sqlx(try_from = "Uuid")]
    pub id: ProducerId,
    /// Name.
    pub name: String,
    /// Commune, ward or special zone.
    pub commune: String,
    /// Telephone.
    pub phone: String,
    /// A store added it, and nobody has looked at it since.
    pub is_provisional: bool,
    /// The store that added it.
    pub store: Option<String>,
    /// The one that it is counted as.
    pub same_as: Option<String>,
    /// Products on sale, with those of producers that are counted as it.
    pub product_count: i64,
    /// Products on sale of which a recognition ends within the days that were asked for.
    pub lapsing_count: i64,
}

/// Returns a page of the producers that are picked, by name, with how many recognitions end between two days.
///
/// # Errors
/// When the database fails.
pub async fn page(
    db: &Db,
    picked: &Picked,
    (today, until): (Date, Date),
    from: &From,
    limit: usize,
) -> Result<Page<Listed>> {
    let sql = sql!(
        "select producers.id, producers.name, producers.commune, producers.phone, producers.is_provisional,
            stores.name as store, shown.name as same_as,
            (select cast(count(*) as bigint) from products
             where products.producer_id in (select each.id from producers each
                where each.id = producers.id or each.same_as = producers.id)
                and products.status = 'active') as product_count,
            (select cast(count(distinct products.id) as bigint) from products
             join recognitions ends on ends.product_id = products.id
             where products.producer_id in (select each.id from producers each
                where each.id = producers.id or each.same_as = producers.id)
                and products.status = 'active' and not ends.is_withdrawn
                and ends.valid_to >= $1 and ends.valid_to <= $2 and ends.valid_from <= $1
                and not exists (select 1 from recognitions longer where longer.product_id = ends.product_id
                    and longer.category = ends.category and not longer.is_withdrawn
                    and longer.valid_from <= ends.valid_to
                    and (longer.valid_to is null or longer.valid_to > ends.valid_to))) as lapsing_count
         from producers left join stores on stores.id = producers.told_by
         left join producers shown on shown.id = producers.same_as where 1 = 1",
        today,
        until
    );
    keyset::page(db, conditions(sql, picked), keyset::by_name!("producers"), from, limit).await
}

/// Counts the producers that are picked.
///
/// # Errors
/// When the database fails.
pub async fn count(db: &Db, picked: &Picked) -> Result<i64> {
    let sql = Sql::new("select cast(count(*) as bigint) from producers where 1 = 1");
    let (count,) = db.one::<(i64,)>(conditions(sql, picked)).await?;
    Ok(count)
}

fn conditions(sql: Sql, picked: &Picked) -> Sql {
    let sql = match &picked.words {
        Some(words) => {
            sql.push(" and producers.name_fold like ").bind(like_pattern(words)).push(" escape '!'")
        }
        None => sql,
    };
    let sql = sql.when(picked.commune.as_deref(), " and producers.commune = ", "");
    sql.push(match picked.which {
        Which::All => " and producers.same_as is null",
        Which::Provisional => " and producers.same_as is null and producers.is_provisional",
        Which::Same => " and producers.same_as is not null",
    })
}

/// Returns where a producer stands in the order of names; `None` when there is none.
///
/// # Errors
/// When the database fails.
pub async fn find_place(db: &Db, id: Uuid) -> Result<Option<(String, Uuid)>> {
    let found: Option<(String,)> = db.opt(sql!("select name_fold from producers where id = $1", id)).await?;
    Ok(found.map(|(name,)| (name, id)))
}

/// Returns names to offer while somebody types: at most a thousand, by name.
///
/// # Errors
/// When the database fails.
pub async fn list_names(db: &Db) -> Result<Vec<String>> {
    let sql = sql!("select name from producers order by name_fold, id limit $1", NAMES_MAX);
    Ok(db.all::<(String,)>(sql).await?.into_iter().map(|(name,)| name).collect())
}

/// Returns the producers of a name, without regard to case and marks; at most twelve.
///
/// # Errors
/// When the database fails.
pub async fn list_named(db: &Db, name: &str) -> Result<Vec<Producer>> {
    let sql = sql!(
        "select id, name, commune, phone from producers where name_fold = $1 order by id limit $2",
        name_fold(name),
        SAME_NAME_MAX
    );
    db.all(sql).await
}

/// Holds a producer until the transaction ends, so that two acts on it follow one another, and returns it.
///
/// # Errors
/// When the database fails.
pub async fn claim(tx: &mut Tx, id: ProducerId) -> Result<Option<Producer>> {
    let sql = sql!("update producers set phone = phone where id = $1 returning id, name, commune, phone", id);
    tx.opt(sql).await
}

/// Writes a producer anew; from now on somebody has looked at it.
///
/// # Errors
/// When the database fails.
pub async fn update(tx: &mut Tx, producer: &Producer) -> Result<()> {
    let sql = sql!(
        "update producers set name = $2, name_fold = $3, commune = $4, phone = $5, is_provisional = $6 where id = $1",
        producer.id,
        &producer.name,
        name_fold(&producer.name),
        &producer.commune,
        &producer.phone,
        false
    );
    tx.exec(sql).await?;
    Ok(())
}

/// Says whether a store added the producer and nobody has looked at it since.
///
/// # Errors
/// When the database fails.
pub async fn is_provisional(db: &Db, id: ProducerId) -> Result<bool> {
    let found: Option<(bool,)> =
        db.opt(sql!("select is_provisional from producers where id = $1", id)).await?;
    Ok(found.is_some_and(|(is_provisional,)| is_provisional))
}
