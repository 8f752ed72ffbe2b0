//! What an operator's store says to a nomination: it takes the product, or does not and says why.

use domain::ids::StoreId;
use domain::nomination::{Answer, NominationRefusal};
use uuid::Uuid;

use crate::app::App;
use crate::db::audit::{self, Act};
use crate::db::points::chosen;
use crate::db::users::OperatorScope;
use crate::db::{nominations, products};
use crate::error::{Error, Refusal, Result};

/// The longest reason, in characters.
pub const REASON_MAX: usize = 200;

/// Writes the answer of a store of the operator's, by somebody's login: what it accepts is chosen for its point, what it declines is not
/// unless the department chose it. The same again changes nothing.
///
/// # Errors
/// [`Error::NotFound`] when the store is not asked, or is another operator's. [`Refusal::Nomination`] when the nomination has not passed,
/// the product is not on sale any more or a reason is missing. When the reason is too long.
pub async fn answer(
    app: &App,
    (scope, login): (OperatorScope, &str),
    (nomination_id, store_id): (Uuid, StoreId),
    (next, reason): (Answer, &str),
) -> Result<()> {
    let reason = reason.trim();
    if reason.chars().count() > REASON_MAX || reason.chars().any(char::is_control) {
        return Err(Refusal::Invalid { what: "reason", rule: "at most 200 characters" }.into());
    }
    let mut tx = app.db.begin().await?;
    let nomination =
        nominations::claim(&mut tx, nomination_id).await?.ok_or(Error::NotFound("nomination"))?;
    let said = nominations::find_answer(&mut tx, scope, nomination_id, store_id).await?;
    let said = said.ok_or(Error::NotFound("nomination"))?;
    let before = Answer::from_code(&said.answer)
        .ok_or_else(|| Error::damaged("nomination_answers", nomination_id, "the answer is unknown"))?;
    if before == next && said.reason == reason {
        return Ok(());
    }
    before.becomes(next, nomination.stage()?, reason).map_err(Refusal::Nomination)?;
    let product = products::find_in(&mut tx, nomination.product_id.into()).await?;
    let product = product.filter(|product| product.status == "active");
    let product = product.ok_or(Refusal::Nomination(NominationRefusal::NotOnSale))?;
    let at_ms = app.clock.now_ms();
    nominations::set_answer(&mut tx, (nomination_id, store_id), (next, reason), (login, at_ms)).await?;
    let of_store = (store_id, nomination.product_id.into());
    let is_accepted = next == Answer::Accepted;
    let point = chosen::set_of_store(&mut tx, of_store, is_accepted, (login, at_ms)).await?;
    let (action, sign) = if is_accepted { ("nomination.accept", "+") } else { ("nomination.decline", "−") };
    if let Some(point) = point {
        let (subject, detail) = (point.to_string(), format!("{sign}1: {}", product.sku));
        let act = Act { at_ms, actor: login, action: "point.products", subject: &subject, detail: &detail };
        audit::append(&mut tx, &act).await?;
    }
    let (subject, detail) = (nomination.product_id.to_string(), format!("{}\n{reason}", said.store));
    audit::commit(tx, &Act { at_ms, actor: login, action, subject: &subject, detail: detail.trim() }).await
}
