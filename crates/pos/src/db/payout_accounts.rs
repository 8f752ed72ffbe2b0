//! Where producers want transfers to go.

use domain::ids::{CashierId, ProducerId};
use domain::payout::PayoutAccount;
use sqlx::{FromRow, SqliteConnection};

use super::{Error, Result, Tx};

#[derive(FromRow)]
struct AccountRow {
    bank_bin: String,
    number: String,
    holder: String,
}

/// Returns where a producer wants transfers to go; `None` while nobody asked.
///
/// # Errors
/// When the database does not answer, or the row is damaged.
pub async fn find_account(
    connection: &mut SqliteConnection,
    producer_id: ProducerId,
) -> Result<Option<PayoutAccount>> {
    let row: Option<AccountRow> =
        sqlx::query_as("select bank_bin, number, holder from payout_accounts where producer_id = $1")
            .bind(producer_id.uuid())
            .fetch_optional(connection)
            .await?;
    let corrupt = |_| Error::Corrupt { table: "payout_accounts", column: "number" };
    row.map(|row| PayoutAccount::read(&row.bank_bin, &row.number, &row.holder).map_err(corrupt)).transpose()
}

/// Who set an account last, and when.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct SetBy {
    /// Name; empty for one who is not known here any more, or was not kept then.
    pub name: String,
    /// UTC milliseconds.
    pub at_ms: i64,
}

/// Returns who set a producer's account; `None` without one.
///
/// # Errors
/// When the database does not answer.
pub async fn find_set_by(
    connection: &mut SqliteConnection,
    producer_id: ProducerId,
) -> Result<Option<SetBy>> {
    Ok(sqlx::query_as(
        "select coalesce(cashiers.name, '') as name, set_at_ms as at_ms
         from payout_accounts left join cashiers on cashiers.cashier_id = payout_accounts.set_by
         where producer_id = $1",
    )
    .bind(producer_id.uuid())
    .fetch_optional(connection)
    .await?)
}

/// Keeps where a producer wants transfers to go, in place of what was kept before; `None` forgets it.
///
/// # Errors
/// When the database does not answer.
pub async fn replace_account(
    tx: &mut Tx,
    producer_id: ProducerId,
    account: Option<&PayoutAccount>,
    (by, now_ms): (CashierId, i64),
) -> Result<()> {
    let Some(account) = account else {
        sqlx::query("delete from payout_accounts where producer_id = $1")
            .bind(producer_id.uuid())
            .execute(&mut **tx)
            .await?;
        return Ok(());
    };
    sqlx::query(
        "insert into payout_accounts (producer_id, bank_bin, number, holder, set_at_ms, set_by)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (producer_id) do update set bank_bin = excluded.bank_bin, number = excluded.number,
             holder = excluded.holder, set_at_ms = excluded.set_at_ms, set_by = excluded.set_by",
    )
    .bind(producer_id.uuid())
    .bind(account.bank_bin.to_string())
    .bind(account.payee.number())
    .bind(&account.holder)
    .bind(now_ms)
    .bind(by.uuid())
    .execute(&mut **tx)
    .await?;
    Ok(())
}
