//! Where operators send what they owe producers. Each operator keeps what a producer told it: no other operator and nobody of the
//! department is told; the producer reads what is kept. Every question takes the scope of whoever asks.

use domain::ids::{OperatorId, ProducerId};
use domain::payout::PayoutAccount;
use sqlx::FromRow;

use super::engine::{Db, Sql, Tx, sql};
use super::users::{OperatorScope, ProducerScope};
use crate::error::{Error, Result};

/// An account as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The name of the operator that pays to it.
    pub operator: String,
    /// The account.
    pub account: PayoutAccount,
    /// Whose login set it.
    pub set_by: String,
    /// When, UTC milliseconds.
    pub set_at_ms: i64,
}

#[derive(FromRow)]
struct AccountRow {
    operator: String,
    bank_bin: String,
    number: String,
    holder: String,
    set_by: String,
    set_at_ms: i64,
}

impl AccountRow {
    fn read(self) -> Result<Kept> {
        // The number is not named: what is damaged is logged.
        let damaged = |field| Error::damaged("payout_accounts", &self.operator, field);
        let account = PayoutAccount::read(&self.bank_bin, &self.number, &self.holder).map_err(damaged)?;
        Ok(Kept { operator: self.operator, account, set_by: self.set_by, set_at_ms: self.set_at_ms })
    }
}

fn select_accounts() -> Sql {
    Sql::new(
        "select operators.name as operator, accounts.bank_bin, accounts.number, accounts.holder, accounts.set_by,
            accounts.set_at_ms
         from payout_accounts as accounts
         join operators on operators.id = accounts.operator_id
         where",
    )
}

/// Returns where an operator sends what it owes a producer; `None` while nobody asked the producer.
///
/// # Errors
/// When the database fails, or the row is damaged.
pub async fn find_in(tx: &mut Tx, scope: OperatorScope, producer_id: ProducerId) -> Result<Option<Kept>> {
    let sql = select_accounts().push(" accounts.operator_id = ").bind(scope.operator_id());
    let sql = sql.push(" and accounts.producer_id = ").bind(producer_id);
    tx.opt::<AccountRow>(sql).await?.map(AccountRow::read).transpose()
}

/// Returns the same, and lets nobody else change it until the commit: what the log says of the change is then what happened.
///
/// # Errors
/// When the database fails, or the row is damaged.
pub async fn lock_in(tx: &mut Tx, scope: OperatorScope, producer_id: ProducerId) -> Result<Option<Kept>> {
    // Writing first locks the row.
    let sql = sql!(
        "update payout_accounts set holder = holder where operator_id = $1 and producer_id = $2",
        scope.operator_id(),
        producer_id
    );
    tx.exec(sql).await?;
    find_in(tx, scope, producer_id).await
}

/// Returns the accounts that operators keep of a producer, by the operators' names; at most `limit`. Whoever may see one operator's
/// alone is told of that one's.
///
/// # Errors
/// When the database fails, or a row is damaged.
pub async fn list_of_producer(db: &Db, scope: ProducerScope, limit: i64) -> Result<Vec<Kept>> {
    let sql = select_accounts().push(" accounts.producer_id = ").bind(scope.producer_id());
    let sql = sql.when(scope.operator_id(), " and accounts.operator_id = ", "");
    let sql = sql.push(" order by operators.name, operators.id limit ").bind(limit);
    db.all::<AccountRow>(sql).await?.into_iter().map(AccountRow::read).collect()
}

/// Keeps an account in the place of the one before, in the name of a login.
///
/// # Errors
/// When the database fails.
pub async fn replace(
    tx: &mut Tx,
    operator_id: OperatorId,
    producer_id: ProducerId,
    account: &PayoutAccount,
    (login, now_ms): (&str, i64),
) -> Result<()> {
    let sql = sql!(
        "insert into payout_accounts (operator_id, producer_id, bank_bin, number, holder, set_at_ms, set_by)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (operator_id, producer_id) do update set bank_bin = excluded.bank_bin,
            number = excluded.number, holder = excluded.holder, set_at_ms = excluded.set_at_ms,
            set_by = excluded.set_by",
        operator_id,
        producer_id,
        account.bank_bin.to_string(),
        account.payee.number(),
        &account.holder,
        now_ms,
        login
    );
    tx.exec(sql).await?;
    Ok(())
}

/// Forgets an account.
///
/// # Errors
/// When the database fails.
pub async fn delete(tx: &mut Tx, operator_id: OperatorId, producer_id: ProducerId) -> Result<()> {
    let sql = sql!(
        "delete from payout_accounts where operator_id = $1 and producer_id = $2",
        operator_id,
        producer_id
    );
    tx.exec(sql).await?;
    Ok(())
}
