//! A bank's notice comes in: who speaks, what is told, what becomes of it. A till that waits for the money asks for it
//! (`GET /sync/v1/bank-notices`); nothing here touches the books.

pub mod sepay;

use domain::ids::OperatorId;

use crate::db::audit::{self, Act};
use crate::db::bank_notices::{self, BankNotice};
use crate::db::{Db, Tx, stores};
use crate::error::{Error, Refusal, Result};

/// Keeps a notice in an operator's name; when this returns, it is durable. The same notice told again changes nothing.
///
/// # Errors
/// When the account is of none of the operator's stores, or another notice stands under the same number: that one stays
/// as it is, and the audit log says so.
pub async fn take(db: &Db, operator_id: OperatorId, notice: &BankNotice, now_ms: i64) -> Result<()> {
    let mut tx = db.begin().await?;
    let accounts = stores::list_in(&mut tx, Some(operator_id)).await?;
    if !accounts.iter().any(|store| plain_account(&store.bank_account) == notice.account) {
        let rule = "it is of none of this operator's stores: compare it with `bank_account` of the store";
        return Err(Refusal::Invalid { what: "account", rule }.into());
    }
    if bank_notices::insert(&mut tx, operator_id, notice, now_ms).await?
        || bank_notices::is_same(&mut tx, operator_id, notice).await?
    {
        return tx.commit().await;
    }
    note_other(tx, operator_id, notice, now_ms).await?;
    Err(Error::OtherNotice)
}

/// Somebody who has the key told two things under one number: a person should know.
async fn note_other(tx: Tx, operator_id: OperatorId, notice: &BankNotice, now_ms: i64) -> Result<()> {
    let (subject, detail) = (operator_id.to_string(), format!("{} {}", notice.notice, notice.amount.vnd()));
    let act = Act {
        at_ms: now_ms,
        actor: "bank notice",
        action: "bank_notice.differs",
        subject: &subject,
        detail: &detail,
    };
    audit::commit(tx, &act).await
}

/// Returns an account without what people write between its digits.
pub fn plain_account(account: &str) -> String {
    account.chars().filter(char::is_ascii_alphanumeric).collect()
}
