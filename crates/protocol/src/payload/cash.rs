//! `cash_moved`, version 1: money put into a drawer or taken out of it, other than by selling (phiếu thu, phiếu chi); and
//! `drawer`, version 1: a drawer was opened by hand, without a sale.

use domain::Money;
use domain::fact::Fact;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Salt;

/// The shared part: the operator's money moved, and by whose hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CashMoved {
    /// The number on its slip.
    pub voucher: String,
    /// The shift whose drawer it was.
    pub shift: Uuid,
    /// Who; shown to the operator only.
    pub cashier: Uuid,
    /// The manager whose PIN was typed for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_by: Option<Uuid>,
    /// At which counter.
    pub counter: String,
    /// Into the drawer; negative for out of it. Đồng.
    pub amount: i64,
}

/// The private part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CashMovedPrivate {
    /// Makes the digest unguessable.
    pub salt: Salt,
    /// Why, as typed.
    pub reason: String,
}

/// A drawer was opened by hand. Why is private, as typed: [`DrawerOpenedPrivate`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawerOpened {
    /// The shift whose drawer it was; none before the first count of a day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shift: Option<Uuid>,
    /// Who; shown to the operator only.
    pub cashier: Uuid,
    /// At which counter.
    pub counter: String,
}

/// The private part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawerOpenedPrivate {
    /// Makes the digest unguessable.
    pub salt: Salt,
    /// Why, as typed.
    pub reason: String,
}

impl CashMoved {
    pub(super) const fn fact(&self) -> Fact {
        Fact::CashMoved { amount: Money::new(self.amount) }
    }
}
