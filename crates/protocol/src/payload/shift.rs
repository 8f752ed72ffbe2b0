//! `shift_open` and `shift_close`, version 1.

use domain::Money;
use domain::fact::Fact;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A cashier's turn begins. The business date stands in the envelope.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShiftOpen {
    /// The shift.
    pub shift: Uuid,
    /// Whose; shown to the operator only.
    pub cashier: Uuid,
    /// At which counter.
    pub counter: String,
    /// Money in the drawer, đồng.
    pub float: i64,
}

/// A cashier's turn ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShiftClose {
    /// The shift.
    pub shift: Uuid,
    /// Who counted.
    pub cashier: Uuid,
    /// Money that it began with.
    pub float: i64,
    /// What the book said.
    pub expected: i64,
    /// What was counted.
    pub counted: i64,
    /// Sales of the shift.
    pub sales: i64,
    /// Their payables together.
    pub sales_total: i64,
    /// About how many visitors came; none when nobody answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visitors: Option<i64>,
    /// Tastings given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tastings: Option<i64>,
}

impl ShiftOpen {
    pub(super) const fn fact(&self) -> Fact {
        Fact::ShiftOpened { float: Money::new(self.float) }
    }
}

impl ShiftClose {
    pub(super) const fn fact(&self) -> Fact {
        Fact::ShiftClosed {
            float: Money::new(self.float),
            expected: Money::new(self.expected),
            counted: Money::new(self.counted),
        }
    }
}
