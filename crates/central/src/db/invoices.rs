//! E-invoices: what an operator's accountant decided, and which numbers are which store's.

use domain::ids::{OperatorId, StoreId};
use protocol::wire::InvoiceRow;
use sqlx::FromRow;

use super::engine::{Tx, sql};
use super::stores::Store;
use crate::error::Result;

/// How an operator makes e-invoices.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct OperatorInvoices {
    /// Whose.
    #[sqlx(try_from = "uuid::Uuid")]
    pub operator_id: OperatorId,
    /// `by_legal_form`, `always` or `never`.
    pub duty: String,
    /// Form digit and symbol.
    pub symbol: String,
    /// What the tax authority gave.
    pub authority_chars: String,
    /// Version of the data form.
    pub form_version: String,
    /// Minute of the local day at which the day's data must be out.
    pub cutoff_min: i64,
    /// Name of the provider; may be empty.
    pub provider: String,
    /// Its tax number; may be empty.
    pub provider_tax_number: String,
    /// Where buyers look an invoice up; may be empty.
    pub lookup_url: String,
}

/// Numbers of one store, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromRow)]
pub struct Range {
    /// Whose.
    #[sqlx(try_from = "uuid::Uuid")]
    pub store_id: StoreId,
    /// The first.
    pub number_first: i64,
    /// The last.
    pub number_last: i64,
}

/// Writes an operator's settings, new or changed. Until the commit no range of the operator can be given.
///
/// # Errors
/// When the database fails.
pub async fn upsert(tx: &mut Tx, row: &OperatorInvoices) -> Result<()> {
    tx.exec(sql!(
        "insert into operator_invoices (operator_id, duty, symbol, authority_chars, form_version, cutoff_min,
            provider, provider_tax_number, lookup_url)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (operator_id) do update set duty = excluded.duty, symbol = excluded.symbol,
            authority_chars = excluded.authority_chars, form_version = excluded.form_version,
            cutoff_min = excluded.cutoff_min, provider = excluded.provider,
            provider_tax_number = excluded.provider_tax_number, lookup_url = excluded.lookup_url",
        row.operator_id,
        &row.duty,
        &row.symbol,
        &row.authority_chars,
        &row.form_version,
        row.cutoff_min,
        &row.provider,
        &row.provider_tax_number,
        &row.lookup_url,
    ))
    .await?;
    Ok(())
}

/// Returns an operator's settings.
///
/// # Errors
/// When the database fails.
pub async fn find(tx: &mut Tx, operator_id: OperatorId) -> Result<Option<OperatorInvoices>> {
    tx.opt(sql!(
        "select operator_id, duty, symbol, authority_chars, form_version, cutoff_min, provider, provider_tax_number,
            lookup_url
         from operator_invoices where operator_id = $1",
        operator_id
    ))
    .await
}

/// Lets nobody else give ranges of an operator until the commit; false when it has no settings yet.
///
/// # Errors
/// When the database fails.
pub async fn lock(tx: &mut Tx, operator_id: OperatorId) -> Result<bool> {
    let sql = sql!("update operator_invoices set duty = duty where operator_id = $1", operator_id);
    Ok(tx.exec(sql).await? == 1)
}

/// Returns every range that an operator's stores were ever given, by their first numbers.
///
/// # Errors
/// When the database fails.
pub async fn list_ranges(tx: &mut Tx, operator_id: OperatorId) -> Result<Vec<Range>> {
    tx.all(sql!(
        "select store_id, number_first, number_last from invoice_ranges where operator_id = $1 order by number_first",
        operator_id
    ))
    .await
}

/// Returns the range that a store uses: the one given last.
///
/// # Errors
/// When the database fails.
pub async fn find_range(tx: &mut Tx, store_id: StoreId) -> Result<Option<Range>> {
    tx.opt(sql!(
        "select store_id, number_first, number_last from invoice_ranges where store_id = $1
         order by given_at_ms desc, number_first desc limit 1",
        store_id
    ))
    .await
}

/// Gives a store a range, or moves the end of the one that begins with the same number.
///
/// # Errors
/// When the database fails.
pub async fn upsert_range(tx: &mut Tx, operator_id: OperatorId, range: Range, now_ms: i64) -> Result<()> {
    tx.exec(sql!(
        "insert into invoice_ranges (operator_id, number_first, number_last, store_id, given_at_ms)
         values ($1, $2, $3, $4, $5)
         on conflict (operator_id, number_first) do update set number_last = excluded.number_last",
        operator_id,
        range.number_first,
        range.number_last,
        range.store_id,
        now_ms
    ))
    .await?;
    Ok(())
}

/// Returns how a store makes e-invoices, as its till learns of it; none before both settings and numbers are there.
///
/// # Errors
/// When the database fails.
pub async fn wire_row(tx: &mut Tx, store: &Store) -> Result<Option<InvoiceRow>> {
    let Some(row) = find(tx, store.operator_id).await? else { return Ok(None) };
    let Some(range) = find_range(tx, store.id).await? else { return Ok(None) };
    let sql = sql!("select name, legal_status from operators where id = $1", store.operator_id);
    let (seller, legal_status): (String, String) = tx.one(sql).await?;
    Ok(Some(InvoiceRow {
        legal_status,
        duty: row.duty,
        seller,
        symbol: row.symbol,
        authority_chars: row.authority_chars,
        number_first: range.number_first,
        number_last: range.number_last,
        form_version: row.form_version,
        cutoff_min: row.cutoff_min,
        provider: row.provider,
        provider_tax_number: row.provider_tax_number,
        lookup_url: row.lookup_url,
    }))
}
