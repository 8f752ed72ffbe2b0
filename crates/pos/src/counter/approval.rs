//! A manager's word at the moment of an act: refunds, voids, and whatever else a cashier may not do alone. It holds for that
//! act and no other; the entry of the act names who gave it.

use domain::ids::CashierId;
use web::password::{self, Pin};

use super::sign_in::{self, Refused};
use super::{Note, Result, Seat};
use crate::App;
use crate::db::cashiers;

/// What a form says of the manager: nothing when a manager sits at the counter.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Word {
    /// Who; `None` when nobody was chosen.
    pub manager_id: Option<CashierId>,
    /// The PIN, as typed. It is never logged: this type has no `Debug`.
    pub pin: String,
}

/// Who allowed an act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approved {
    /// The manager.
    pub manager_id: CashierId,
    /// Name on paper.
    pub name: String,
}

/// Returns who allows an act: whoever sits at the counter, if that is a manager; otherwise the manager whose PIN was typed,
/// checked and slowed down as at the sign-in. Call it before the act's transaction begins: a PIN takes time to check.
///
/// # Errors
/// When the database does not answer. Why nobody allowed it is a [`Note`].
pub async fn approve(app: &App, seat: &Seat, word: &Word) -> Result<std::result::Result<Approved, Note>> {
    if seat.manager {
        return Ok(Ok(Approved { manager_id: seat.cashier_id, name: seat.cashier.clone() }));
    }
    let Some(manager_id) = word.manager_id.filter(|_| !word.pin.is_empty()) else {
        return Ok(Err(Note::ManagerNeeded));
    };
    let Ok(pin) = Pin::parse(&word.pin) else { return Ok(Err(Note::WrongPin)) };
    let found = cashiers::find_active(app.db().read(), manager_id).await?;
    if !found.is_some_and(|found| found.is_manager()) {
        // As slow as a wrong PIN, so that nobody learns by the clock who is a manager.
        password::verify_nobody(pin.as_str()).await;
        return Ok(Err(Note::WrongPin));
    }
    let checked = sign_in::check_pin(app, manager_id, &pin).await?;
    tracing::info!(%manager_id, cashier_id = %seat.cashier_id, allowed = checked.is_ok(), "a manager was asked");
    Ok(match checked {
        Ok(manager) => Ok(Approved { manager_id, name: manager.name }),
        Err(Refused::WrongPin) => Err(Note::WrongPin),
        Err(Refused::Wait(seconds)) => Err(Note::WaitPin { seconds }),
    })
}
