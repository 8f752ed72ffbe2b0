//! A digest of the projections: two databases with the same one hold the same books, byte for byte.

use futures_util::TryStreamExt;
use protocol::Hash;
use sqlx::SqliteConnection;

use crate::db::Result;

/// Returns the digest of goods, money, sales and shifts, each in the order of its key.
///
/// # Errors
/// When the database does not answer.
pub async fn digest(connection: &mut SqliteConnection) -> Result<Hash> {
    let mut hash = Hash::ZERO;
    for rows in [
        "select quote(lot_id) || quote(product_id) || quote(producer_id) || quote(received_on) || quote(expires_on)
                || quote(code) from lots order by lot_id",
        "select quote(product_id) || quote(lot_id) || quote(location) || quote(quantity_milli) from stock
         order by product_id, lot_id, location",
        "select quote(account) || quote(producer_id) || quote(amount_vnd) from balances order by account, producer_id",
        "select quote(sale_id) || quote(stream_no) || quote(seq) || quote(receipt_number) || quote(shift_id)
                || quote(cashier_id) || quote(business_date) || quote(sold_at_ms) || quote(payable_vnd)
                || quote(cash_vnd) from sales order by sale_id",
        "select quote(shift_id) || quote(counter) || quote(cashier_id) || quote(business_date) || quote(opened_at_ms)
                || quote(float_vnd) || quote(closed_at_ms) || quote(expected_vnd) || quote(counted_vnd)
         from shifts order by shift_id",
    ] {
        let mut rows = sqlx::query_scalar::<_, String>(rows).fetch(&mut *connection);
        while let Some(row) = rows.try_next().await? {
            hash = Hash::of(&[hash.bytes(), row.as_bytes()]);
        }
        hash = Hash::of(&[hash.bytes(), b"\0"]);
    }
    Ok(hash)
}
