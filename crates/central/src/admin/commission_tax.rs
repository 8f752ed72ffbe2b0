//! VAT on an operator's commission.

use domain::commission_tax::CommissionTax;
use domain::ids::OperatorId;
use web::format::local_date;

use super::Admin;
use crate::commission_tax::tell;
use crate::db::{catalogue, commission_taxes, operators};
use crate::error::{Refusal, Result};

impl Admin {
    /// Sets VAT on an operator's commission from a business date on, and tells its tills. What was sold keeps its rate; sent twice, it
    /// is set once.
    ///
    /// # Errors
    /// When there is no such operator, or the day is not one to come.
    pub async fn set_commission_tax(&self, operator_id: OperatorId, new: CommissionTax) -> Result<()> {
        let now_ms = self.clock.now_ms();
        let mut tx = self.db.begin().await?;
        catalogue::lock(&mut tx).await?;
        let name = operators::find_name(&mut tx, operator_id).await?;
        if commission_taxes::list(&mut tx, operator_id).await?.in_force().contains(&new) {
            return Ok(());
        }
        if new.valid_from <= local_date(now_ms) {
            let rule = "tomorrow or later: what is sold today keeps its rate";
            return Err(Refusal::Invalid { what: "first day", rule }.into());
        }
        commission_taxes::insert(&mut tx, operator_id, new).await?;
        tell(&mut tx, operator_id, now_ms).await?;
        let detail = format!("{name}: {} from {}", new.rate, new.valid_from);
        self.finish(tx, "operator.commission_tax", &operator_id.to_string(), &detail).await
    }
}
