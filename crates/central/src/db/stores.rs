//! Stores: the points of sale.

use domain::commission_tax::CommissionTaxes;
use domain::ids::{OperatorId, StoreId};
use protocol::wire::{CommissionTaxRow, StoreRow};
use sqlx::FromRow;
use time::Date;

use super::commission_taxes;
use super::engine::{Db, Sql, Tx, sql};
use crate::error::Result;

/// A store.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Store {
    /// The store.
    #[sqlx(try_from = "uuid::Uuid")]
    pub id: StoreId,
    /// Who runs it.
    #[sqlx(try_from = "uuid::Uuid")]
    pub operator_id: OperatorId,
    /// Receipt numbers begin with it.
    pub code: String,
    /// Name on screen.
    pub name: String,
    /// First line of the receipt.
    pub receipt_title: String,
    /// Last line of the receipt.
    pub receipt_footer: String,
    /// Address.
    pub address: String,
    /// Commune, ward or special zone.
    pub commune: String,
    /// Telephone.
    pub phone: String,
    /// Bank identification number for VietQR; empty when there is no account.
    pub bank_bin: String,
    /// Account for VietQR.
    pub bank_account: String,
}

const SELECT: &str =
    "select id, operator_id, code, name, receipt_title, receipt_footer, address, commune, phone,
    bank_bin, bank_account from stores";

/// Adds a store.
///
/// # Errors
/// When the database fails; also when the code is taken.
pub async fn insert(tx: &mut Tx, store: &Store, now_ms: i64) -> Result<()> {
    let sql = sql!(
        "insert into stores (id, operator_id, code, name, receipt_title, receipt_footer, address, commune, phone,
            bank_bin, bank_account, created_at_ms)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        store.id,
        store.operator_id,
        &store.code,
        &store.name,
        &store.receipt_title,
        &store.receipt_footer,
        &store.address,
        &store.commune,
        &store.phone,
        &store.bank_bin,
        &store.bank_account,
        now_ms
    );
    tx.exec(sql).await?;
    Ok(())
}

/// Returns a store.
///
/// # Errors
/// When the database fails.
pub async fn find(db: &Db, id: StoreId) -> Result<Option<Store>> {
    db.opt(Sql::new(SELECT).push(" where id = ").bind(id)).await
}

/// Returns a store inside a transaction.
///
/// # Errors
/// When the database fails.
pub async fn find_in(tx: &mut Tx, id: StoreId) -> Result<Option<Store>> {
    tx.opt(Sql::new(SELECT).push(" where id = ").bind(id)).await
}

/// Returns all stores by code, or those of one operator.
///
/// # Errors
/// When the database fails.
pub async fn list(db: &Db, operator_id: Option<OperatorId>) -> Result<Vec<Store>> {
    db.all(Sql::new(SELECT).when(operator_id, " where operator_id = ", "").push(" order by code")).await
}

/// Returns the stores of an operator, or all of them, by code, inside a transaction.
///
/// # Errors
/// When the database fails.
pub async fn list_in(tx: &mut Tx, operator_id: Option<OperatorId>) -> Result<Vec<Store>> {
    tx.all(Sql::new(SELECT).when(operator_id, " where operator_id = ", "").push(" order by code")).await
}

/// Returns the store as its device learns of it on a business date.
///
/// # Errors
/// When the database fails.
pub async fn wire_row(tx: &mut Tx, store: &Store, today: Date) -> Result<StoreRow> {
    let sql = sql!("select tax_number from operators where id = $1", store.operator_id);
    let (tax_number,): (String,) = tx.one(sql).await?;
    let taxes = commission_taxes::list(tx, store.operator_id).await?;
    Ok(StoreRow {
        id: store.id.uuid(),
        code: store.code.clone(),
        name: store.name.clone(),
        receipt_title: store.receipt_title.clone(),
        address: store.address.clone(),
        phone: store.phone.clone(),
        tax_number,
        bank_bin: store.bank_bin.clone(),
        bank_account: store.bank_account.clone(),
        commission_tax_ppm: taxes.rate_on(today).unwrap_or_default().ppm(),
        receipt_footer: store.receipt_footer.clone(),
        invoice: super::invoices::wire_row(tx, store).await?.map(Box::new),
        commission_taxes: dated(&taxes),
    })
}

/// A rate that never changed is told by the field that every till knows.
fn dated(taxes: &CommissionTaxes) -> Vec<CommissionTaxRow> {
    let all = taxes.in_force();
    if all.len() < 2 { Vec::new() } else { all.into_iter().map(Into::into).collect() }
}
