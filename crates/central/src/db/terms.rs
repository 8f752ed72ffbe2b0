//! Consignment terms: append-only versions between an operator and a producer.

use domain::Rate;
use domain::consignment::{Basis, Bearer, Terms};
use domain::ids::{OperatorId, TermsId};
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use super::engine::{Sql, Tx, sql};
use crate::error::{Error, Result};

/// Adds a version.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, operator_id: OperatorId, terms: &Terms) -> Result<()> {
    let sql = sql!(
        "insert into terms (id, operator_id, producer_id, product_id, commission_ppm, basis, discount_bearer,
            valid_from)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        terms.id,
        operator_id,
        terms.producer_id,
        terms.product_id,
        terms.commission.ppm(),
        terms.basis.code(),
        terms.discount_bearer.code(),
        terms.valid_from
    );
    tx.exec(sql).await?;
    Ok(())
}

#[derive(FromRow)]
struct TermsRow {
    id: Uuid,
    operator_id: Uuid,
    producer_id: Uuid,
    product_id: Option<Uuid>,
    commission_ppm: i64,
    basis: String,
    discount_bearer: String,
    valid_from: Date,
}

/// Returns those of the versions that exist, with the operators whose they are.
///
/// # Errors
/// When the database fails.
pub async fn list_by_id(tx: &mut Tx, ids: &[TermsId]) -> Result<Vec<(OperatorId, Terms)>> {
    let mut found = Vec::new();
    for chunk in ids.chunks(512) {
        let sql = Sql::new(
            "select id, operator_id, producer_id, product_id, commission_ppm, basis, discount_bearer, valid_from
             from terms where id",
        )
        .is_in(chunk.iter().copied());
        for row in tx.all::<TermsRow>(sql).await? {
            found.push(row.read()?);
        }
    }
    Ok(found)
}

impl TermsRow {
    fn read(self) -> Result<(OperatorId, Terms)> {
        let damaged = || Error::damaged("terms", self.id, "a code or rate is unknown");
        let commission = u32::try_from(self.commission_ppm).ok().and_then(|ppm| Rate::from_ppm(ppm).ok());
        let terms = Terms {
            id: self.id.into(),
            producer_id: self.producer_id.into(),
            product_id: self.product_id.map(Into::into),
            commission: commission.ok_or_else(damaged)?,
            basis: Basis::from_code(&self.basis).ok_or_else(damaged)?,
            discount_bearer: Bearer::from_code(&self.discount_bearer).ok_or_else(damaged)?,
            valid_from: self.valid_from,
        };
        Ok((self.operator_id.into(), terms))
    }
}
