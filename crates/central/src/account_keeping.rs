//! An operator keeps the account to which it sends what it owes a producer. A wrong one sends money to somebody else, so each
//! change stands in the audit log with whoever made it; there accounts are told by their ends alone.

use domain::ids::ProducerId;
use domain::payout::PayoutAccount;

use crate::app::App;
use crate::db::audit::{self, Act};
use crate::db::users::OperatorScope;
use crate::db::{joint_settlements, payout_accounts, producers};
use crate::error::{Error, Result};

/// Keeps an account in the place of the one before, or forgets it. What is kept already changes nothing, so a form that is sent
/// twice is one act.
///
/// # Errors
/// [`Error::NotFound`] for a producer whose goods none of the operator's stores had. When the database fails.
pub async fn keep(
    app: &App,
    (scope, login): (OperatorScope, &str),
    producer_id: ProducerId,
    account: Option<&PayoutAccount>,
) -> Result<()> {
    let (now_ms, operator_id) = (app.clock.now_ms(), scope.operator_id());
    let mut tx = app.db.begin().await?;
    let producer = producers::find_in(&mut tx, producer_id).await?;
    let stores = joint_settlements::list_owing_in(&mut tx, scope, producer_id).await?;
    let producer = producer.filter(|_| !stores.is_empty()).ok_or(Error::NotFound("producer"))?;
    let before = payout_accounts::lock_in(&mut tx, scope, producer_id).await?.map(|kept| kept.account);
    if before.as_ref() == account {
        return Ok(());
    }
    let action = match account {
        Some(account) => {
            let by = (login, now_ms);
            payout_accounts::replace(&mut tx, operator_id, producer_id, account, by).await?;
            "operator.payout_account"
        }
        None => {
            payout_accounts::delete(&mut tx, operator_id, producer_id).await?;
            "operator.payout_account_end"
        }
    };
    // Of the operator: what is written of a producer stands on a page of the department, which is not told of accounts.
    let subject = operator_id.to_string();
    let detail = format!("{}: {} → {}", producer.name, masked(before.as_ref()), masked(account));
    audit::commit(tx, &Act { at_ms: now_ms, actor: login, action, subject: &subject, detail: &detail }).await
}

fn masked(account: Option<&PayoutAccount>) -> String {
    account.map_or_else(|| "—".to_owned(), PayoutAccount::masked)
}
