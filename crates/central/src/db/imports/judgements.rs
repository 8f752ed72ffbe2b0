//! What each row of a list would do to the catalogue, and after applying what it did.

use std::collections::BTreeMap;

use domain::product_list::Outcome;
use sqlx::FromRow;
use uuid::Uuid;

use crate::db::engine::{Db, Sql, Tx, args, sql};
use crate::error::{Error, Result};

/// A row with what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// Number of the row in its sheet, from 1.
    pub row: u32,
    /// What becomes of it.
    pub outcome: Outcome,
    /// The product that is meant, or that a new row makes.
    pub product_id: Option<Uuid>,
    /// What it says, what is wrong, what differs: JSON.
    pub detail: String,
    /// The catalogue has taken it.
    pub is_applied: bool,
}

/// A product that stood in no row.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Vanished {
    /// The product.
    pub product_id: Uuid,
    /// The shops' own code.
    pub sku: String,
    /// Name.
    pub name: String,
    /// Whose goods; may be empty.
    pub producer: String,
}

#[derive(FromRow)]
struct JudgementRow {
    row_number: i64,
    outcome: String,
    product_id: Option<Uuid>,
    detail: String,
    is_applied: bool,
}

impl JudgementRow {
    fn read(self) -> Result<Judgement> {
        let damaged = || Error::damaged("import_judgements", self.row_number, "the outcome is unknown");
        Ok(Judgement {
            row: u32::try_from(self.row_number).map_err(|_| damaged())?,
            outcome: Outcome::from_code(&self.outcome).ok_or_else(damaged)?,
            product_id: self.product_id,
            detail: self.detail,
            is_applied: self.is_applied,
        })
    }
}

/// Writes what becomes of the rows of an import in place of what was said before.
///
/// # Errors
/// When the database fails.
pub async fn replace(tx: &mut Tx, id: Uuid, rows: &[Judgement], vanished: &[Vanished]) -> Result<()> {
    tx.exec(sql!("delete from import_judgements where import_id = $1", id)).await?;
    tx.exec(sql!("delete from import_vanished where import_id = $1", id)).await?;
    let row = |row: &Judgement| {
        args![id, i64::from(row.row), row.outcome.code(), row.product_id, &row.detail, row.is_applied]
    };
    tx.insert_rows(
        "insert into import_judgements (import_id, row_number, outcome, product_id, detail, is_applied)",
        rows.iter().map(row).collect(),
        "",
    )
    .await?;
    let gone = |row: &Vanished| args![id, row.product_id, &row.sku, &row.name, &row.producer];
    tx.insert_rows(
        "insert into import_vanished (import_id, product_id, sku, name, producer)",
        vanished.iter().map(gone).collect(),
        "",
    )
    .await
}

const SELECT: &str =
    "select row_number, outcome, product_id, detail, is_applied from import_judgements where import_id = ";

/// Returns every row of an import, in the order of the list.
///
/// # Errors
/// When the database fails.
pub async fn list_all(tx: &mut Tx, id: Uuid) -> Result<Vec<Judgement>> {
    let sql = Sql::new(SELECT).bind(id).push(" order by row_number");
    tx.all::<JudgementRow>(sql).await?.into_iter().map(JudgementRow::read).collect()
}

/// Returns some rows of an import in the order of the list: those of an outcome, or all but what stands aside.
///
/// # Errors
/// When the database fails.
pub async fn list(
    db: &Db,
    id: Uuid,
    outcome: Option<Outcome>,
    limit: i64,
    offset: i64,
) -> Result<Vec<Judgement>> {
    let all = if outcome.is_none() { " and outcome <> 'aside'" } else { "" };
    let sql = Sql::new(SELECT)
        .bind(id)
        .when(outcome.map(Outcome::code), " and outcome = ", "")
        .push(all)
        .push(" order by row_number limit ")
        .bind(limit);
    let rows: Vec<JudgementRow> = db.all(sql.push(" offset ").bind(offset)).await?;
    rows.into_iter().map(JudgementRow::read).collect()
}

/// Returns how many rows of each outcome imports have, and how many of them were applied.
///
/// # Errors
/// When the database fails.
pub async fn counts(db: &Db, ids: &[Uuid]) -> Result<BTreeMap<Uuid, BTreeMap<Outcome, (i64, i64)>>> {
    let sql = Sql::new(
        "select import_id, outcome, count(*), count(*) filter (where is_applied) from import_judgements where import_id",
    );
    let sql =
        sql.is_among(ids.iter().copied()).push(" group by import_id, outcome order by import_id, outcome");
    let mut counts: BTreeMap<Uuid, BTreeMap<Outcome, (i64, i64)>> = BTreeMap::new();
    for (id, outcome, all, applied) in db.all::<(Uuid, String, i64, i64)>(sql).await? {
        let outcome = Outcome::from_code(&outcome);
        let outcome =
            outcome.ok_or_else(|| Error::damaged("import_judgements", id, "the outcome is unknown"))?;
        counts.entry(id).or_default().insert(outcome, (all, applied));
    }
    Ok(counts)
}

/// Returns products that stood in no row, by name.
///
/// # Errors
/// When the database fails.
pub async fn list_vanished(db: &Db, id: Uuid, limit: i64) -> Result<Vec<Vanished>> {
    let sql = sql!(
        "select product_id, sku, name, producer from import_vanished where import_id = $1
         order by name, product_id limit $2",
        id,
        limit
    );
    db.all(sql).await
}

/// Returns how many products stood in no row.
///
/// # Errors
/// When the database fails.
pub async fn count_vanished(db: &Db, id: Uuid) -> Result<i64> {
    let (count,) = db.one(sql!("select count(*) from import_vanished where import_id = $1", id)).await?;
    Ok(count)
}

/// Says that the catalogue has taken the rows of these outcomes.
///
/// # Errors
/// When the database fails.
pub async fn set_applied(tx: &mut Tx, id: Uuid, outcomes: &[Outcome]) -> Result<()> {
    let sql = sql!("update import_judgements set is_applied = $1 where import_id = $2 and outcome", true, id);
    tx.exec(sql.is_in(outcomes.iter().map(|outcome| outcome.code()))).await?;
    Ok(())
}
