//! The people of this shop: a new PIN by a manager or by whom it is of, a person taken off the list. Each works without a
//! network, asks for the PIN of whoever does it at that moment, and is kept with who did it.

use domain::ids::CashierId;
use web::password::{self, Pin};

use super::sign_in::{self, Refused};
use super::{Result, Seat};
use crate::App;
use crate::db::cashier_changes::{Change, insert_change};
use crate::db::{Tx, cashiers, login_sessions};

/// Why nothing was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unchanged {
    /// The PIN of whoever asks is not right, or comes too early.
    Refused(Refused),
    /// Nobody of that id is on the list.
    Nobody,
    /// Without them the shop would have no manager.
    LastManager,
}

/// What such an act answers: the person's name, or why not.
pub type Outcome = std::result::Result<String, Unchanged>;

/// Adds a cashier of this store. Only managers may; the caller has checked that.
///
/// # Errors
/// When the database does not keep it.
pub async fn add(app: &App, seat: &Seat, name: &str, pin: &Pin) -> Result<CashierId> {
    let cashier_id = CashierId::from_uuid(app.clock().new_uuid());
    let hash = password::hash(pin.as_str(), app.clock()).await;
    let mut tx = app.db().begin().await?;
    cashiers::insert_local(&mut tx, cashier_id, name.trim(), &hash).await?;
    keep(app, tx, (cashier_id, seat.cashier_id), Change::Added).await?;
    Ok(cashier_id)
}

/// Sets another person's PIN, for who forgot it or let somebody see it: their logins end. Only managers may; the caller has
/// checked that. `own` is the manager's.
///
/// # Errors
/// When the database does not keep it.
pub async fn set_pin(
    app: &App,
    seat: &Seat,
    cashier_id: CashierId,
    pin: &Pin,
    own: Option<&Pin>,
) -> Result<Outcome> {
    if let Err(refused) = check_own(app, seat, own).await? {
        return Ok(Err(Unchanged::Refused(refused)));
    }
    let hash = password::hash(pin.as_str(), app.clock()).await;
    let mut tx = app.db().begin().await?;
    let Some(name) = cashiers::update_pin(&mut tx, cashier_id, &hash).await? else {
        return Ok(Err(Unchanged::Nobody));
    };
    login_sessions::delete_of(&mut tx, cashier_id).await?;
    keep(app, tx, (cashier_id, seat.cashier_id), Change::Pin).await?;
    Ok(Ok(name))
}

/// Sets the PIN of whoever sits at the counter; `own` is the one until now.
///
/// # Errors
/// When the database does not keep it.
pub async fn set_own_pin(app: &App, seat: &Seat, pin: &Pin, own: Option<&Pin>) -> Result<Outcome> {
    if let Err(refused) = check_own(app, seat, own).await? {
        return Ok(Err(Unchanged::Refused(refused)));
    }
    let hash = password::hash(pin.as_str(), app.clock()).await;
    let mut tx = app.db().begin().await?;
    let Some(name) = cashiers::update_pin(&mut tx, seat.cashier_id, &hash).await? else {
        return Ok(Err(Unchanged::Nobody));
    };
    keep(app, tx, (seat.cashier_id, seat.cashier_id), Change::OwnPin).await?;
    Ok(Ok(name))
}

/// Takes a person off the list: they are out with the next request, and what they did keeps their name. A manager may take
/// themselves off while there is another one.
///
/// # Errors
/// When the database does not keep it.
pub async fn take_off(app: &App, seat: &Seat, cashier_id: CashierId, own: Option<&Pin>) -> Result<Outcome> {
    if let Err(refused) = check_own(app, seat, own).await? {
        return Ok(Err(Unchanged::Refused(refused)));
    }
    let mut tx = app.db().begin().await?;
    let managers = cashiers::list_managers(&mut tx).await?;
    if managers.as_slice() == [cashier_id.uuid()] {
        return Ok(Err(Unchanged::LastManager));
    }
    let Some(name) = cashiers::update_taken_off(&mut tx, cashier_id).await? else {
        return Ok(Err(Unchanged::Nobody));
    };
    login_sessions::delete_of(&mut tx, cashier_id).await?;
    keep(app, tx, (cashier_id, seat.cashier_id), Change::TakenOff).await?;
    Ok(Ok(name))
}

/// Whoever found a counter unlocked does not know the PIN. What has another shape is a wrong one.
async fn check_own(app: &App, seat: &Seat, own: Option<&Pin>) -> Result<std::result::Result<(), Refused>> {
    let Some(own) = own else { return Ok(Err(Refused::WrongPin)) };
    Ok(sign_in::check_pin(app, seat.cashier_id, own).await?.map(|_| ()))
}

async fn keep(app: &App, mut tx: Tx, (whom, by): (CashierId, CashierId), what: Change) -> Result<()> {
    insert_change(&mut tx, whom, by, what, app.clock().now_ms()).await?;
    tx.commit().await?;
    tracing::info!(cashier_id = %whom, %by, what = what.code(), "a person was changed");
    Ok(())
}
