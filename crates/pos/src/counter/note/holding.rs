//! What is told when a counter is held to something: to what it showed for payment, to the day of its shift.

use serde::Serialize;
use utoipa::ToSchema;

/// What such a refusal tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "says", rename_all = "snake_case")]
pub enum Holding {
    /// Not what the cashier saw and asked for is to be paid now: nothing was sold.
    PayableChanged {
        /// What was on the screen, đồng.
        shown_vnd: i64,
        /// What is to be paid now, đồng.
        payable_vnd: i64,
        /// The cart has changed; else what its goods cost.
        cart: bool,
    },
    /// A product was added whose price has changed since the one before it was scanned: that one keeps the price of its scan.
    PriceMoved {
        name: String,
        /// Then, đồng.
        was_vnd: i64,
        /// Now, đồng.
        price_vnd: i64,
    },
    /// A row has a price above the posted one, at which goods have to be sold.
    PriceAbove {
        name: String,
        /// The posted one, đồng.
        posted_vnd: i64,
    },
    /// To whoever practises: the counter's shift is open, so what its serial scanner read is in the real cart.
    ScannedForReal,
    /// The business date of the shift is over: it is to be closed, and another one opened.
    DayOver {
        /// The date, as printed.
        day: String,
        /// What the clock says, as printed.
        now: String,
    },
}
