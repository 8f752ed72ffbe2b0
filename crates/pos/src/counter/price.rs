//! What the open cart costs at this moment.

use domain::cart::Cart;
use domain::pricing::{self, Pricing};
use domain::promotion::Moment;
use sqlx::SqliteConnection;
use time::Date;

use super::Result;
use crate::App;
use crate::db::promotions;

/// Returns the moment of a business date: its minute is the wall clock's, in Vietnam's time.
pub(super) fn moment(app: &App, business_date: Date) -> Moment {
    Moment { business_date, minute: web::format::local_minute(app.clock().now_ms()) }
}

/// Prices a cart as it stands in the database, with the promotions that hold now.
///
/// # Errors
/// When the database does not answer, or an amount does not fit in 64 bits.
pub(super) async fn price(
    app: &App,
    connection: &mut SqliteConnection,
    cart: &Cart,
    business_date: Date,
) -> Result<Pricing> {
    let promotions = promotions::list_for_cart(connection, cart.sale_id, business_date).await?;
    Ok(pricing::price(cart, &promotions, moment(app, business_date))?)
}
