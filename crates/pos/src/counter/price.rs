//! What the open cart costs at this moment.

use domain::cart::Cart;
use domain::pricing::{self, Pricing};
use domain::promotion::{Moment, Promotion};
use time::Date;

use super::Result;
use crate::App;

/// Returns the moment of a business date: its minute is the wall clock's, in Vietnam's time.
pub(super) fn moment(app: &App, business_date: Date) -> Moment {
    Moment { business_date, minute: web::format::local_minute(app.clock().now_ms()) }
}

/// Returns the promotions of the catalogue.
pub(super) const fn promotions() -> &'static [Promotion] {
    &[]
}

/// Prices a cart.
///
/// # Errors
/// When an amount does not fit in 64 bits.
pub(super) fn price(app: &App, cart: &Cart, business_date: Date) -> Result<Pricing> {
    Ok(pricing::price(cart, promotions(), moment(app, business_date))?)
}
