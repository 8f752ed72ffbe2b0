//! Consignment terms: append-only versions between an operator and a producer, made here or agreed at a store.

use domain::Rate;
use domain::consignment::{Basis, Bearer, Terms};
use domain::contract::{Clauses, Mode};
use domain::ids::{OperatorId, ProducerId, TermsId};
use protocol::StreamId;
use protocol::wire::CatalogueRow;
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use super::catalogue::{Audience, News};
use super::engine::{Db, Sql, Tx, sql};
use super::users::{OperatorScope, ProducerScope};
use crate::error::{Error, Result};

/// How central came to know a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// When, UTC milliseconds.
    pub at_ms: i64,
    /// By which entry, where a store told it; none for a version that was made here.
    pub told_by: Option<(StreamId, i64)>,
}

/// Adds a version.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, operator_id: OperatorId, known: Known, terms: &Terms) -> Result<()> {
    let Clauses { mode, return_days, shrinkage, loss_bearer, expiry_bearer, agreed_after_days, ends } =
        terms.clauses;
    let sql = sql!(
        "insert into terms (id, operator_id, producer_id, product_id, commission_ppm, basis, discount_bearer,
            valid_from, mode, return_days, shrinkage_ppm, loss_bearer, expiry_bearer, agreed_after_days, store_id,
            known_at_ms, told_incarnation, told_seq, ends)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)",
        terms.id,
        operator_id,
        terms.producer_id,
        terms.product_id,
        terms.commission.ppm(),
        terms.basis.code(),
        terms.discount_bearer.code(),
        terms.valid_from,
        mode.code(),
        return_days.map(i64::from),
        shrinkage.ppm(),
        loss_bearer.map(Bearer::code),
        expiry_bearer.map(Bearer::code),
        agreed_after_days.map(i64::from),
        known.told_by.map(|(stream, _)| stream.store_id),
        known.at_ms,
        known.told_by.map(|(stream, _)| stream.incarnation),
        known.told_by.map(|(_, seq)| seq),
        ends
    );
    tx.exec(sql).await?;
    Ok(())
}

/// Returns what the operator's stores are told of a version.
///
/// # Errors
/// When the row does not become JSON, which is a bug.
pub fn told(operator_id: OperatorId, terms: &Terms) -> Result<News> {
    News::of(&CatalogueRow::Terms(terms.into()), Audience::Operator(operator_id))
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
    mode: String,
    return_days: Option<i64>,
    shrinkage_ppm: i64,
    loss_bearer: Option<String>,
    expiry_bearer: Option<String>,
    agreed_after_days: Option<i64>,
    ends: bool,
}

/// Returns those of the versions that exist, with the operators whose they are.
///
/// # Errors
/// When the database fails.
pub async fn list_by_id(tx: &mut Tx, ids: &[TermsId]) -> Result<Vec<(OperatorId, Terms)>> {
    let mut found = Vec::new();
    for chunk in ids.chunks(512) {
        let sql = Sql::new(
            "select id, operator_id, producer_id, product_id, commission_ppm, basis, discount_bearer, valid_from,
                mode, return_days, shrinkage_ppm, loss_bearer, expiry_bearer, agreed_after_days, ends
             from terms where id",
        )
        .is_in(chunk.iter().copied());
        for row in tx.all::<TermsRow>(sql).await? {
            found.push(row.read()?);
        }
    }
    Ok(found)
}

/// Returns all versions between an operator and a producer, inside a transaction.
///
/// # Errors
/// When the database fails.
pub async fn list_between(
    tx: &mut Tx,
    operator_id: OperatorId,
    producer_id: ProducerId,
) -> Result<Vec<Terms>> {
    let sql = sql!(
        "select id, operator_id, producer_id, product_id, commission_ppm, basis, discount_bearer, valid_from,
            mode, return_days, shrinkage_ppm, loss_bearer, expiry_bearer, agreed_after_days, ends
         from terms where operator_id = $1 and producer_id = $2 order by valid_from, id",
        operator_id,
        producer_id
    );
    let rows: Vec<TermsRow> = tx.all(sql).await?;
    rows.iter().map(|row| Ok(row.read()?.1)).collect()
}

/// A version with the names that a producer knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreed {
    /// With whom.
    pub operator_id: OperatorId,
    /// Its name.
    pub operator: String,
    /// The producer's name.
    pub producer: String,
    /// The single product's name; none for all of them.
    pub product: Option<String>,
    /// The name of the store where it was agreed; none for one that was made at central.
    pub store: Option<String>,
    /// The version.
    pub terms: Terms,
}

#[derive(FromRow)]
struct AgreedRow {
    #[sqlx(flatten)]
    terms: TermsRow,
    operator: String,
    producer: String,
    product: Option<String>,
    store: Option<String>,
}

/// What the lists of versions begin with.
const AGREED: &str =
    "select terms.id, terms.operator_id, terms.producer_id, terms.product_id, terms.commission_ppm, terms.basis,
        terms.discount_bearer, terms.valid_from, terms.mode, terms.return_days, terms.shrinkage_ppm,
        terms.loss_bearer, terms.expiry_bearer, terms.agreed_after_days, terms.ends,
        operators.name as operator, producers.name as producer, products.name as product, stores.name as store
     from terms
     join operators on operators.id = terms.operator_id
     join producers on producers.id = terms.producer_id
     left join products on products.id = terms.product_id
     left join stores on stores.id = terms.store_id";

/// Returns all versions of a producer's terms, by operator, the latest first; at most `limit`.
///
/// # Errors
/// When the database fails.
pub async fn list_of_producer(db: &Db, scope: ProducerScope, limit: i64) -> Result<Vec<Agreed>> {
    let sql = Sql::new(AGREED)
        .push(" where terms.producer_id = ")
        .bind(scope.producer_id())
        .when(scope.operator_id(), " and terms.operator_id = ", "")
        .push(" order by operators.name, terms.operator_id, terms.valid_from desc, terms.id desc limit ")
        .bind(limit);
    db.all::<AgreedRow>(sql).await?.into_iter().map(AgreedRow::read).collect()
}

/// Returns all versions of an operator's terms, by producer, the latest first; at most `limit`.
///
/// # Errors
/// When the database fails.
pub async fn list_of_operator(db: &Db, scope: OperatorScope, limit: i64) -> Result<Vec<Agreed>> {
    let sql = Sql::new(AGREED)
        .push(" where terms.operator_id = ")
        .bind(scope.operator_id())
        .push(" order by producers.name_fold, terms.producer_id, terms.valid_from desc, terms.id desc limit ")
        .bind(limit);
    db.all::<AgreedRow>(sql).await?.into_iter().map(AgreedRow::read).collect()
}

impl AgreedRow {
    fn read(self) -> Result<Agreed> {
        let (operator_id, terms) = self.terms.read()?;
        let Self { operator, producer, product, store, .. } = self;
        Ok(Agreed { operator_id, operator, producer, product, store, terms })
    }
}

impl TermsRow {
    fn read(&self) -> Result<(OperatorId, Terms)> {
        let damaged = || Error::damaged("terms", self.id, "a code, a rate or a number of days is unknown");
        let rate = |ppm: i64| u32::try_from(ppm).ok().and_then(|ppm| Rate::from_ppm(ppm).ok());
        let bearer = |code: &Option<String>| match code {
            Some(code) => Bearer::from_code(code).map(Some).ok_or_else(damaged),
            None => Ok(None),
        };
        let days = |days: Option<i64>| days.map(u16::try_from).transpose().map_err(|_| damaged());
        let clauses = Clauses {
            mode: Mode::from_code(&self.mode).ok_or_else(damaged)?,
            return_days: days(self.return_days)?,
            shrinkage: rate(self.shrinkage_ppm).ok_or_else(damaged)?,
            loss_bearer: bearer(&self.loss_bearer)?,
            expiry_bearer: bearer(&self.expiry_bearer)?,
            agreed_after_days: days(self.agreed_after_days)?,
            ends: self.ends,
        };
        let terms = Terms {
            id: self.id.into(),
            producer_id: self.producer_id.into(),
            product_id: self.product_id.map(Into::into),
            commission: rate(self.commission_ppm).ok_or_else(damaged)?,
            basis: Basis::from_code(&self.basis).ok_or_else(damaged)?,
            discount_bearer: Bearer::from_code(&self.discount_bearer).ok_or_else(damaged)?,
            valid_from: self.valid_from,
            clauses,
        };
        Ok((self.operator_id.into(), terms))
    }
}
