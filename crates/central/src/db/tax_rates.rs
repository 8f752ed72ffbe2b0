//! Dated VAT rates.

use domain::tax::DatedRate;
use uuid::Uuid;

use super::engine::{Tx, sql};
use crate::error::Result;

/// Adds a rate.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, id: Uuid, rate: &DatedRate) -> Result<()> {
    let sql = sql!(
        "insert into tax_rates (id, class, valid_from, valid_to, ppm) values ($1, $2, $3, $4, $5)",
        id,
        rate.class.code(),
        rate.valid_from,
        rate.valid_to,
        rate.rate.ppm()
    );
    tx.exec(sql).await?;
    Ok(())
}
