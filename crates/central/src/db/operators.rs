//! Operators: who runs stores and owes the producers.

use domain::ids::OperatorId;
use sqlx::FromRow;

use super::commission_taxes;
use super::engine::{Db, Tx, sql};
use super::entries::DAY_MIN;
use crate::error::{Error, Result};

/// An operator.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Operator {
    /// The operator.
    #[sqlx(try_from = "uuid::Uuid")]
    pub id: OperatorId,
    /// Name as registered.
    pub name: String,
    /// `company`, `cooperative`, `household` or `state_unit`.
    pub legal_status: String,
    /// Tax number; empty when there is none.
    pub tax_number: String,
    /// VAT on commission with which it began, parts per million; what holds since is in [`commission_taxes`].
    pub commission_tax_ppm: i64,
}

/// Adds an operator.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, operator: &Operator) -> Result<()> {
    tx.exec(sql!(
        "insert into operators (id, name, legal_status, tax_number, commission_tax_ppm)
         values ($1, $2, $3, $4, $5)",
        operator.id,
        &operator.name,
        &operator.legal_status,
        &operator.tax_number,
        operator.commission_tax_ppm,
    ))
    .await?;
    commission_taxes::insert_first(tx, operator.id, (DAY_MIN, operator.commission_tax_ppm)).await
}

/// Returns an operator's name.
///
/// # Errors
/// When there is no such operator, or the database fails.
pub async fn find_name(tx: &mut Tx, id: OperatorId) -> Result<String> {
    let found = tx.opt::<(String,)>(sql!("select name from operators where id = $1", id)).await?;
    Ok(found.ok_or(Error::NotFound("operator"))?.0)
}

const LIST: &str =
    "select id, name, legal_status, tax_number, commission_tax_ppm from operators order by name, id";

/// Returns all operators by name.
///
/// # Errors
/// When the database fails.
pub async fn list(db: &Db) -> Result<Vec<Operator>> {
    db.all(sql!(LIST)).await
}

/// Returns all operators by name, inside a transaction.
///
/// # Errors
/// When the database fails.
pub async fn list_in(tx: &mut Tx) -> Result<Vec<Operator>> {
    tx.all(sql!(LIST)).await
}
