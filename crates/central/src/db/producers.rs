//! Producers: the households, co-operatives and companies whose goods are sold.

use domain::ids::ProducerId;
use domain::name_fold::name_fold;
use sqlx::FromRow;

use super::engine::{Db, Sql, Tx, args, sql};
use crate::error::Result;

/// A producer.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Producer {
    /// The producer.
    #[sqlx(try_from = "uuid::Uuid")]
    pub id: ProducerId,
    /// Name.
    pub name: String,
    /// Commune, ward or special zone.
    pub commune: String,
    /// Telephone.
    pub phone: String,
}

/// Adds a producer. Returns false, and changes nothing, when there is one with its id.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, producer: &Producer) -> Result<bool> {
    let sql = sql!(
        "insert into producers (id, name, name_fold, commune, phone) values ($1, $2, $3, $4, $5)
         on conflict (id) do nothing",
        producer.id,
        &producer.name,
        name_fold(&producer.name),
        &producer.commune,
        &producer.phone
    );
    Ok(tx.exec(sql).await? == 1)
}

/// Adds producers.
///
/// # Errors
/// When the database fails.
pub async fn insert_all(tx: &mut Tx, producers: &[Producer]) -> Result<()> {
    let row = |producer: &Producer| {
        let fold = name_fold(&producer.name);
        args![producer.id, &producer.name, fold, &producer.commune, &producer.phone]
    };
    tx.insert_rows(
        "insert into producers (id, name, name_fold, commune, phone)",
        producers.iter().map(row).collect(),
        "",
    )
    .await
}

/// Returns every producer.
///
/// # Errors
/// When the database fails.
pub async fn list(tx: &mut Tx) -> Result<Vec<Producer>> {
    tx.all(sql!("select id, name, commune, phone from producers order by name_fold, id")).await
}

/// Returns a producer.
///
/// # Errors
/// When the database fails.
pub async fn find(db: &Db, id: ProducerId) -> Result<Option<Producer>> {
    db.opt(sql!("select id, name, commune, phone from producers where id = $1", id)).await
}

/// Returns a producer inside a transaction.
///
/// # Errors
/// When the database fails.
pub async fn find_in(tx: &mut Tx, id: ProducerId) -> Result<Option<Producer>> {
    tx.opt(sql!("select id, name, commune, phone from producers where id = $1", id)).await
}

/// Returns the producers whose name holds the words, without regard to case and marks, by name.
///
/// # Errors
/// When the database fails.
pub async fn search(db: &Db, words: &str, limit: i64) -> Result<Vec<Producer>> {
    let sql = Sql::new("select id, name, commune, phone from producers where name_fold like ")
        .bind(domain::name_fold::like_pattern(words))
        .push(" escape '!' order by name_fold, id limit ")
        .bind(limit);
    db.all(sql).await
}
