//! Who sells at a store's till.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A cashier of the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CashierRow {
    /// The cashier.
    pub id: Uuid,
    /// Name on screen and receipt.
    pub name: String,
    /// `cashier` or `manager`.
    pub role: String,
    /// argon2id of the PIN, as a PHC string.
    pub pin_hash: String,
    /// May sign in.
    pub active: bool,
}
