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
    /// The business date of the shift is over: it is to be closed, and another one opened.
    DayOver {
        /// The date, as printed.
        day: String,
        /// What the clock says, as printed.
        now: String,
    },
}
