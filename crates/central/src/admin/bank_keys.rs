//! Keys for the provider of bank notices.

use domain::ids::OperatorId;

use super::Admin;
use crate::db::bank_keys::{self, BankKey};
use crate::db::operators;
use crate::error::{Refusal, Result};

impl Admin {
    /// Makes an operator's key for its provider of bank notices; the one before stops at once. It is shown this once.
    ///
    /// # Errors
    /// When there is no such operator.
    pub async fn make_bank_key(&self, operator_id: OperatorId) -> Result<BankKey> {
        let mut tx = self.db.begin().await?;
        let name = operators::find_name(&mut tx, operator_id).await?;
        let key = BankKey::draw(&self.clock);
        bank_keys::replace(&mut tx, operator_id, &key, self.clock.now_ms()).await?;
        let detail = format!("{name} {}", key.name());
        self.finish(tx, "operator.bank_key", &operator_id.to_string(), &detail).await?;
        Ok(key)
    }

    /// Takes an operator's key away: no notice comes in any more.
    ///
    /// # Errors
    /// When there is no such operator, or it has no key.
    pub async fn end_bank_key(&self, operator_id: OperatorId) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let name = operators::find_name(&mut tx, operator_id).await?;
        if !bank_keys::delete(&mut tx, operator_id).await? {
            return Err(Refusal::Invalid { what: "key", rule: "this operator has none" }.into());
        }
        self.finish(tx, "operator.bank_key_end", &operator_id.to_string(), &name).await
    }
}
