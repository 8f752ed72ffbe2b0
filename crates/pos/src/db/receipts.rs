//! Receipts: what a buyer's paper says, stored with the sale.

use domain::ids::SaleId;
use sqlx::SqliteConnection;

use super::{Result, Tx, engine::one_row};

/// Stores a receipt's snapshot.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_receipt(tx: &mut Tx, sale_id: SaleId, snapshot: &str) -> Result<()> {
    let rows = sqlx::query("insert into receipts (sale_id, snapshot) values ($1, $2)")
        .bind(sale_id.uuid())
        .bind(snapshot)
        .execute(&mut **tx)
        .await?
        .rows_affected();
    one_row("receipts", rows)
}

/// Returns a receipt's snapshot.
///
/// # Errors
/// When the database does not answer.
pub async fn find_snapshot(connection: &mut SqliteConnection, sale_id: SaleId) -> Result<Option<String>> {
    Ok(sqlx::query_scalar("select snapshot from receipts where sale_id = $1")
        .bind(sale_id.uuid())
        .fetch_optional(connection)
        .await?)
}
