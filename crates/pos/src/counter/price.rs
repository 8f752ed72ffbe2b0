//! What the open cart costs at this moment.

use domain::cart::Cart;
use domain::fixed_price::FixedPrice;
use domain::pricing::{self, Pricing};
use domain::promotion::{Moment, Promotion};
use sqlx::SqliteConnection;
use time::Date;

use super::Result;
use crate::App;
use crate::db::{Tx, carts, promotions};

/// Returns the moment that a cart is priced at: the business date, and the minute of the wall clock in Vietnam's time, since
/// people read promotions' hours from it; of a cart from the pad the claimed day and minute.
fn moment(app: &App, cart: &Cart, business_date: Date) -> Moment {
    let (business_date, at_ms) = match &cart.pad {
        Some(pad) => (pad.day, pad.claimed_at_ms),
        None => (business_date, app.clock().now_ms()),
    };
    Moment { business_date, minute: web::format::local_minute(at_ms) }
}

/// Returns what a cart is priced by: the moment and its promotions, as they were fixed when its payable was shown.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn in_force(
    app: &App,
    connection: &mut SqliteConnection,
    cart: &Cart,
    business_date: Date,
) -> Result<(Moment, Vec<Promotion>)> {
    let now_ms = app.clock().now_ms();
    if let Some(fixed) = cart.fixed.as_ref().filter(|fixed| fixed.holds(now_ms)) {
        let moment = Moment { business_date, minute: web::format::local_minute(fixed.at_ms) };
        return Ok((moment, fixed.promotions.clone()));
    }
    let moment = moment(app, cart, business_date);
    let promotions = match &cart.kept {
        // Goods that were ordered keep the promotions of their day.
        Some(kept) => kept.clone(),
        None => promotions::list_for_cart(connection, cart.sale_id, moment.business_date).await?,
    };
    Ok((moment, promotions))
}

/// Prices a cart as it stands in the database, with the promotions that hold now, or held then.
///
/// # Errors
/// When the database does not answer, or an amount does not fit in 64 bits.
pub(super) async fn price(
    app: &App,
    connection: &mut SqliteConnection,
    cart: &Cart,
    business_date: Date,
) -> Result<Pricing> {
    let (moment, promotions) = in_force(app, connection, cart, business_date).await?;
    Ok(pricing::price(cart, &promotions, moment)?)
}

/// Fixes what the payable of a cart is made of, unless it is fixed already: it is about to be shown for payment. A sale from
/// the pad has its own moment.
///
/// # Errors
/// When the database does not keep it.
pub(super) async fn fix(app: &App, tx: &mut Tx, cart: &mut Cart, business_date: Date) -> Result<()> {
    let now_ms = app.clock().now_ms();
    if cart.pad.is_some() || cart.fixed.as_ref().is_some_and(|fixed| fixed.holds(now_ms)) {
        return Ok(());
    }
    let (_, promotions) = in_force(app, tx, cart, business_date).await?;
    keep(tx, cart, FixedPrice::new(now_ms, promotions)).await
}

/// As [`fix`], for an amount that leaves the counter: what is fixed already holds as long again.
///
/// # Errors
/// As [`fix`].
pub(super) async fn fix_anew(app: &App, tx: &mut Tx, cart: &mut Cart, business_date: Date) -> Result<()> {
    fix(app, tx, cart, business_date).await?;
    match cart.fixed.take() {
        Some(fixed) => keep(tx, cart, fixed.renewed(app.clock().now_ms())).await,
        None => Ok(()),
    }
}

async fn keep(tx: &mut Tx, cart: &mut Cart, fixed: FixedPrice) -> Result<()> {
    carts::update_fixed(tx, cart.sale_id, &fixed).await?;
    cart.fixed = Some(fixed);
    Ok(())
}
