//! Dated VAT on operators' commission: rates are added, and none is ever changed.

use domain::Rate;
use domain::commission_tax::{CommissionTax, CommissionTaxes};
use domain::ids::OperatorId;
use time::Date;
use uuid::Uuid;

use super::engine::{Tx, sql};
use crate::error::{Error, Result};

/// Adds the rate with which an operator begins; it holds from a day on that lies before all of its sales.
///
/// # Errors
/// When the database fails; also when the operator has one.
pub async fn insert_first(tx: &mut Tx, operator_id: OperatorId, (from, ppm): (Date, i64)) -> Result<()> {
    let sql = sql!(
        "insert into commission_taxes (operator_id, set_no, valid_from, ppm, is_begun) values ($1, 1, $2, $3, $4)",
        operator_id,
        from,
        ppm,
        true
    );
    tx.exec(sql).await?;
    Ok(())
}

/// Adds a rate that begins on a day to come. Nobody else may add one of the operator until the commit.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, operator_id: OperatorId, tax: CommissionTax) -> Result<()> {
    let (last,): (i64,) = tx
        .one(sql!(
            "select cast(coalesce(max(set_no), 0) as bigint) from commission_taxes where operator_id = $1",
            operator_id
        ))
        .await?;
    let sql = sql!(
        "insert into commission_taxes (operator_id, set_no, valid_from, ppm, is_begun) values ($1, $2, $3, $4, $5)",
        operator_id,
        last + 1,
        tax.valid_from,
        tax.rate.ppm(),
        false
    );
    tx.exec(sql).await?;
    Ok(())
}

/// Returns every rate of an operator.
///
/// # Errors
/// When the database fails or a value is no rate.
pub async fn list(tx: &mut Tx, operator_id: OperatorId) -> Result<CommissionTaxes> {
    let sql = sql!(
        "select valid_from, ppm from commission_taxes where operator_id = $1 order by set_no",
        operator_id
    );
    let rows: Vec<(Date, i64)> = tx.all(sql).await?;
    let read = |(valid_from, ppm): (Date, i64)| -> Result<CommissionTax> {
        let rate = u32::try_from(ppm).ok().and_then(|ppm| Rate::from_ppm(ppm).ok());
        let rate = rate.ok_or_else(|| Error::damaged("commission_taxes", operator_id, "ppm is no rate"))?;
        Ok(CommissionTax { valid_from, rate })
    };
    rows.into_iter().map(read).collect::<Result<_>>().map(CommissionTaxes::new)
}

/// Returns the operators of which a rate begins by a day without its tills having been told so.
///
/// # Errors
/// When the database fails.
pub async fn list_beginning(tx: &mut Tx, day: Date) -> Result<Vec<OperatorId>> {
    let sql = sql!(
        "select distinct operator_id from commission_taxes where not is_begun and valid_from <= $1
         order by operator_id",
        day
    );
    let rows: Vec<(Uuid,)> = tx.all(sql).await?;
    Ok(rows.into_iter().map(|(id,)| id.into()).collect())
}

/// Notes that the tills were told of what begins by a day.
///
/// # Errors
/// When the database fails.
pub async fn mark_begun(tx: &mut Tx, day: Date) -> Result<()> {
    tx.exec(sql!(
        "update commission_taxes set is_begun = $2 where not is_begun and valid_from <= $1",
        day,
        true
    ))
    .await?;
    Ok(())
}
