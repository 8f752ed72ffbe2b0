//! Who may sign in at a counter.

use domain::ids::CashierId;
use protocol::wire::CashierRow;
use sqlx::{FromRow, SqlitePool};
use uuid::Uuid;

use super::{Result, Tx, engine::one_row};

/// A person at the counter.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Cashier {
    /// The cashier.
    pub cashier_id: Uuid,
    /// Name on screen and receipt.
    pub name: String,
    /// `cashier` or `manager`.
    pub role: String,
    /// argon2id of the PIN.
    pub pin_hash: String,
    /// Wrong PINs in a row.
    pub failures: i64,
    /// The last of them, UTC milliseconds.
    pub failed_at_ms: i64,
}

impl Cashier {
    /// True for a manager.
    pub fn is_manager(&self) -> bool {
        self.role == "manager"
    }
}

/// Returns everybody who may sign in, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn list_active(pool: &SqlitePool) -> Result<Vec<Cashier>> {
    Ok(sqlx::query_as(
        "select cashier_id, name, role, pin_hash, failures, failed_at_ms from cashiers where active = 1
         order by name, cashier_id",
    )
    .fetch_all(pool)
    .await?)
}

/// Returns a person who may sign in.
///
/// # Errors
/// When the database does not answer.
pub async fn find_active(pool: &SqlitePool, cashier_id: CashierId) -> Result<Option<Cashier>> {
    Ok(sqlx::query_as(
        "select cashier_id, name, role, pin_hash, failures, failed_at_ms from cashiers
         where cashier_id = $1 and active = 1",
    )
    .bind(cashier_id.uuid())
    .fetch_optional(pool)
    .await?)
}

/// Writes a cashier of central's list, new or changed. What was changed here stays: a PIN until central sends another one than
/// before, and a person who was taken off for good.
///
/// # Errors
/// When the database does not answer.
pub async fn upsert_cashier(tx: &mut Tx, row: &CashierRow) -> Result<()> {
    sqlx::query(
        "insert into cashiers (cashier_id, name, role, pin_hash, told_pin_hash, active, local)
         values ($1, $2, $3, $4, $4, $5, 0)
         on conflict (cashier_id) do update set name = excluded.name, role = excluded.role,
             pin_hash = case when cashiers.told_pin_hash is excluded.told_pin_hash then cashiers.pin_hash
                             else excluded.pin_hash end,
             told_pin_hash = excluded.told_pin_hash, active = excluded.active and not cashiers.taken_off",
    )
    .bind(row.id)
    .bind(&row.name)
    .bind(&row.role)
    .bind(&row.pin_hash)
    .bind(row.active)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes a cashier whom a manager added here.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_local(tx: &mut Tx, cashier_id: CashierId, name: &str, pin_hash: &str) -> Result<()> {
    let rows = sqlx::query(
        "insert into cashiers (cashier_id, name, role, pin_hash, active, local) values ($1, $2, 'cashier', $3, 1, 1)",
    )
    .bind(cashier_id.uuid())
    .bind(name)
    .bind(pin_hash)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    one_row("cashiers", rows)
}

/// Returns a person's wrong PINs in a row and when the last one was typed, UTC milliseconds; `None` for nobody.
///
/// # Errors
/// When the database does not answer.
pub async fn find_failures(tx: &mut Tx, cashier_id: CashierId) -> Result<Option<(i64, i64)>> {
    Ok(sqlx::query_as("select failures, failed_at_ms from cashiers where cashier_id = $1 and active = 1")
        .bind(cashier_id.uuid())
        .fetch_optional(&mut **tx)
        .await?)
}

/// Counts a try with a PIN, or forgets the wrong ones after a right one (`failures` 0).
///
/// # Errors
/// When the database does not answer.
pub async fn update_failures(
    tx: &mut Tx,
    cashier_id: CashierId,
    failures: i64,
    failed_at_ms: i64,
) -> Result<()> {
    let rows = sqlx::query("update cashiers set failures = $2, failed_at_ms = $3 where cashier_id = $1")
        .bind(cashier_id.uuid())
        .bind(failures)
        .bind(failed_at_ms)
        .execute(&mut **tx)
        .await?
        .rows_affected();
    one_row("cashiers", rows)
}

/// Lets a person no longer sign in.
///
/// # Errors
/// When the database does not answer.
pub async fn update_inactive(tx: &mut Tx, cashier_id: Uuid) -> Result<()> {
    sqlx::query("update cashiers set active = 0 where cashier_id = $1")
        .bind(cashier_id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Sets a person's PIN and forgets the wrong ones; returns the name, or `None` for nobody on the list.
///
/// # Errors
/// When the database does not answer.
pub async fn update_pin(tx: &mut Tx, cashier_id: CashierId, pin_hash: &str) -> Result<Option<String>> {
    Ok(sqlx::query_scalar(
        "update cashiers set pin_hash = $2, failures = 0 where cashier_id = $1 and active = 1 returning name",
    )
    .bind(cashier_id.uuid())
    .bind(pin_hash)
    .fetch_optional(&mut **tx)
    .await?)
}

/// Takes a person off the list for good; returns the name, or `None` for nobody on it.
///
/// # Errors
/// When the database does not answer.
pub async fn update_taken_off(tx: &mut Tx, cashier_id: CashierId) -> Result<Option<String>> {
    Ok(sqlx::query_scalar(
        "update cashiers set active = 0, taken_off = 1 where cashier_id = $1 and active = 1 returning name",
    )
    .bind(cashier_id.uuid())
    .fetch_optional(&mut **tx)
    .await?)
}

/// Returns the managers on the list.
///
/// # Errors
/// When the database does not answer.
pub async fn list_managers(tx: &mut Tx) -> Result<Vec<Uuid>> {
    Ok(sqlx::query_scalar(
        "select cashier_id from cashiers where active = 1 and role = 'manager' order by cashier_id",
    )
    .fetch_all(&mut **tx)
    .await?)
}
