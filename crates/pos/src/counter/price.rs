//! What the open cart costs at this moment.

use domain::cart::Cart;
use domain::pricing::{self, Pricing};
use domain::promotion::Moment;
use sqlx::SqliteConnection;
use time::Date;

use super::Result;
use crate::App;
use crate::db::promotions;

/// Returns the moment that a cart is priced at: the business date, and the minute of the wall clock in Vietnam's time, since
/// people read promotions' hours from it; of a cart from the pad the claimed day and minute.
pub(super) fn moment(app: &App, cart: &Cart, business_date: Date) -> Moment {
    let (business_date, at_ms) = match &cart.pad {
        Some(pad) => (pad.day, pad.claimed_at_ms),
        None => (business_date, app.clock().now_ms()),
    };
    Moment { business_date, minute: web::format::local_minute(at_ms) }
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
    let moment = moment(app, cart, business_date);
    let promotions = promotions::list_for_cart(connection, cart.sale_id, moment.business_date).await?;
    Ok(pricing::price(cart, &promotions, moment)?)
}
