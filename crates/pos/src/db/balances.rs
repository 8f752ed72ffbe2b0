//! Money by account. All rows together are zero.

use std::collections::BTreeMap;

use domain::Money;
use domain::fold::Account;
use sqlx::{QueryBuilder, SqlitePool};
use uuid::Uuid;

use super::{Result, Tx};

/// Adds to accounts, in one statement; debit positive.
///
/// # Errors
/// When the database does not answer.
pub async fn add_balances(tx: &mut Tx, amounts: &BTreeMap<Account, Money>) -> Result<()> {
    if amounts.is_empty() {
        return Ok(());
    }
    let mut query = QueryBuilder::new("insert into balances (account, producer_id, amount_vnd) ");
    query.push_values(amounts, |mut row, (account, amount)| {
        row.push_bind(account.code())
            .push_bind(account.producer_id().map_or(Uuid::nil(), domain::ids::ProducerId::uuid))
            .push_bind(amount.vnd());
    });
    query.push(
        " on conflict (account, producer_id) do update set amount_vnd = balances.amount_vnd + excluded.amount_vnd",
    );
    query.build().execute(&mut **tx).await?;
    Ok(())
}

/// Returns Σ of all accounts; anything but zero is a bug.
///
/// # Errors
/// When the database does not answer.
pub async fn load_sum(pool: &SqlitePool) -> Result<Money> {
    let sum: i64 =
        sqlx::query_scalar("select coalesce(sum(amount_vnd), 0) from balances").fetch_one(pool).await?;
    Ok(Money::new(sum))
}

/// Returns all accounts with their producers, in key order.
///
/// # Errors
/// When the database does not answer.
pub async fn list_balances(pool: &SqlitePool) -> Result<Vec<(String, Uuid, i64)>> {
    Ok(sqlx::query_as("select account, producer_id, amount_vnd from balances order by account, producer_id")
        .fetch_all(pool)
        .await?)
}
