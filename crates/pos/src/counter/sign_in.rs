//! Signing in by PIN. Wrong ones cost time, never the day: the pause doubles, and nobody is locked out.

use domain::ids::CashierId;
use web::password::{self, Pin};
use web::throttle;

use super::{Result, Seat};
use crate::App;
use crate::db::cashiers::{self, Cashier};

/// Why nobody was signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// Not this person's PIN, or no such person.
    WrongPin,
    /// Too many wrong ones; the next try counts after this many seconds.
    Wait(i64),
}

/// Checks a PIN and returns who sits at the counter.
///
/// # Errors
/// When the database does not answer.
pub async fn sign_in(
    app: &App,
    cashier_id: CashierId,
    pin: &Pin,
    counter: &str,
) -> Result<std::result::Result<Seat, Refused>> {
    let checked = check_pin(app, cashier_id, pin).await?;
    Ok(checked.map(|cashier| {
        let manager = cashier.is_manager();
        Seat { counter: counter.to_owned(), cashier_id, cashier: cashier.name, manager }
    }))
}

/// Checks a person's PIN; wrong ones are counted, wherever they were typed. Each try is counted before its PIN is looked
/// at, so that many at the same moment are no more than many one after the other; a right one is forgotten again.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn check_pin(
    app: &App,
    cashier_id: CashierId,
    pin: &Pin,
) -> Result<std::result::Result<Cashier, Refused>> {
    let Some(cashier) = cashiers::find_active(app.db().read(), cashier_id).await? else {
        password::verify_nobody(pin.as_str()).await;
        return Ok(Err(Refused::WrongPin));
    };
    if let Err(refused) = count_try(app, cashier_id).await? {
        return Ok(Err(refused));
    }
    if !password::verify(pin.as_str(), &cashier.pin_hash).await {
        return Ok(Err(Refused::WrongPin));
    }
    let mut tx = app.db().begin().await?;
    cashiers::update_failures(&mut tx, cashier_id, 0, app.clock().now_ms()).await?;
    tx.commit().await?;
    Ok(Ok(cashier))
}

/// Counts a try, unless it comes too early.
async fn count_try(app: &App, cashier_id: CashierId) -> Result<std::result::Result<(), Refused>> {
    let mut tx = app.db().begin().await?;
    let Some((failures, failed_at_ms)) = cashiers::find_failures(&mut tx, cashier_id).await? else {
        return Ok(Err(Refused::WrongPin));
    };
    let now_ms = app.clock().now_ms();
    let wait_ms = throttle::wait_ms(u32::try_from(failures).unwrap_or(u32::MAX), failed_at_ms, now_ms);
    if wait_ms > 0 {
        if failed_at_ms > now_ms {
            // The clock was set back since: the wait begins now, once.
            cashiers::update_failures(&mut tx, cashier_id, failures, now_ms).await?;
            tx.commit().await?;
        }
        return Ok(Err(Refused::Wait(wait_ms / 1_000 + 1)));
    }
    cashiers::update_failures(&mut tx, cashier_id, failures.saturating_add(1), now_ms).await?;
    tx.commit().await?;
    Ok(Ok(()))
}
