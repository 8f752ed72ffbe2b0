//! Papers of dossiers: of a product, or of a producer and so of all its products. None is deleted.

use domain::dossier::Holding;
use domain::ids::{ProducerId, ProductId};
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use crate::db::engine::{Db, Sql, Tx, sql};
use crate::error::Result;

/// A paper.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Paper {
    /// The paper.
    pub id: Uuid,
    /// Code of its kind.
    pub kind_code: String,
    /// Whose it is, when it is a product's.
    pub product_id: Option<Uuid>,
    /// Whose it is, when it is a producer's.
    pub producer_id: Option<Uuid>,
    /// Its number.
    pub number: String,
    /// Who wrote it.
    pub issuer: String,
    /// Its day.
    pub issued_on: Option<Date>,
    /// Its last day; `None` when nothing ends it.
    pub expires_on: Option<Date>,
    /// Words about it.
    pub note: String,
    /// Its scan.
    pub file_id: Option<Uuid>,
    /// Who entered it.
    pub added_by: String,
    /// When, UTC milliseconds.
    pub added_at_ms: i64,
    /// Neither replaced nor withdrawn.
    pub is_current: bool,
    /// The newer one that took its place.
    pub replaced_by: Option<Uuid>,
    /// Why it was withdrawn; empty otherwise.
    pub withdrawn_why: String,
    /// Who replaced or withdrew it.
    pub ended_by: String,
    /// When, UTC milliseconds.
    pub ended_at_ms: Option<i64>,
}

const SELECT: &str = "select id, kind_code, product_id, producer_id, number, issuer, issued_on, expires_on, note, file_id, added_by,
    added_at_ms, is_current, replaced_by, withdrawn_why, ended_by, ended_at_ms from dossier_papers";

/// Returns the papers that count for a product, its own and those of its producer, and those that once did: current ones first, then
/// the latest.
///
/// # Errors
/// When the database fails.
pub async fn list(tx: &mut Tx, product_id: ProductId, producer_id: Option<ProducerId>) -> Result<Vec<Paper>> {
    let sql = Sql::new(SELECT)
        .push(" where product_id = ")
        .bind(product_id)
        .when(producer_id, " or producer_id = ", "")
        .push(" order by is_current desc, added_at_ms desc, id");
    tx.all(sql).await
}

/// Adds a paper; false when it is there already.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, paper: &Paper) -> Result<bool> {
    let sql = sql!(
        "insert into dossier_papers (id, kind_code, product_id, producer_id, number, issuer, issued_on, expires_on, note, file_id,
            added_by, added_at_ms, is_current, replaced_by, withdrawn_why, ended_by, ended_at_ms)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) on conflict (id) do nothing",
        paper.id,
        &paper.kind_code,
        paper.product_id,
        paper.producer_id,
        &paper.number,
        &paper.issuer,
        paper.issued_on,
        paper.expires_on,
        &paper.note,
        paper.file_id,
        &paper.added_by,
        paper.added_at_ms,
        paper.is_current,
        paper.replaced_by,
        &paper.withdrawn_why,
        &paper.ended_by,
        paper.ended_at_ms
    );
    Ok(tx.exec(sql).await? == 1)
}

/// How a paper ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End<'a> {
    /// A newer one takes its place.
    Replaced(Uuid),
    /// It is withdrawn, for this reason.
    Withdrawn(&'a str),
}

/// Ends a paper by somebody at a moment; false when it had ended already.
///
/// # Errors
/// When the database fails.
pub async fn end(tx: &mut Tx, id: Uuid, how: End<'_>, (who, at_ms): (&str, i64)) -> Result<bool> {
    let (replaced_by, why) = match how {
        End::Replaced(by) => (Some(by), ""),
        End::Withdrawn(why) => (None, why),
    };
    let sql = sql!(
        "update dossier_papers set is_current = $2, replaced_by = $3, withdrawn_why = $4, ended_by = $5, ended_at_ms = $6
         where id = $1 and is_current",
        id,
        false,
        replaced_by,
        why,
        who,
        at_ms
    );
    Ok(tx.exec(sql).await? == 1)
}

/// Returns for each of many products the kinds and days of the papers that count for it.
///
/// # Errors
/// When the database fails.
pub async fn list_holdings(db: &Db, products: &[ProductId]) -> Result<Vec<(ProductId, String, Holding)>> {
    let ids = || products.iter().map(|id| id.uuid());
    let sql = Sql::new(
        "select product_id, kind_code, expires_on from dossier_papers where is_current and product_id",
    )
    .is_among(ids())
    .push(
        " union all select products.id, papers.kind_code, papers.expires_on from products
          join dossier_papers papers on papers.producer_id = products.producer_id
          where papers.is_current and products.id",
    )
    .is_among(ids());
    let rows: Vec<(Uuid, String, Option<Date>)> = db.all(sql).await?;
    let read = |(id, kind, expires_on): (Uuid, String, Option<Date>)| {
        (ProductId::from(id), kind, Holding { begins_on: None, expires_on })
    };
    Ok(rows.into_iter().map(read).collect())
}
