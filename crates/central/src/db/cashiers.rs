//! Cashiers: who signs in at the counters of a store.

use domain::ids::{CashierId, StoreId};
use sqlx::FromRow;

use super::engine::{Tx, sql};
use crate::error::Result;

/// A cashier.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Cashier {
    /// The cashier.
    #[sqlx(try_from = "uuid::Uuid")]
    pub id: CashierId,
    /// At which store.
    #[sqlx(try_from = "uuid::Uuid")]
    pub store_id: StoreId,
    /// Name on screen and receipt.
    pub name: String,
    /// `cashier` or `manager`.
    pub role: String,
    /// argon2id of the PIN, as a PHC string.
    pub pin_hash: String,
    /// May sign in.
    pub is_active: bool,
}

/// Adds a cashier.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, cashier: &Cashier) -> Result<()> {
    let sql = sql!(
        "insert into cashiers (id, store_id, name, role, pin_hash, is_active) values ($1, $2, $3, $4, $5, $6)",
        cashier.id,
        cashier.store_id,
        &cashier.name,
        &cashier.role,
        &cashier.pin_hash,
        cashier.is_active
    );
    tx.exec(sql).await?;
    Ok(())
}

/// Returns the cashiers of a store that central knows of, by name; those that a manager added at the till are known there alone.
///
/// # Errors
/// When the database fails.
pub async fn list(tx: &mut Tx, store_id: StoreId) -> Result<Vec<Cashier>> {
    tx.all(sql!(
        "select id, store_id, name, role, pin_hash, is_active from cashiers where store_id = $1 order by name, id",
        store_id
    ))
    .await
}
