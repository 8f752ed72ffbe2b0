//! Goods that a producer will bring, as a store learns of them.

use serde::{Deserialize, Serialize};
use time::Date;
use uuid::Uuid;

use crate::stream::iso_date;

/// Goods that a producer says will come to the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnnouncedRow {
    /// The announcement.
    pub id: Uuid,
    /// Who brings them.
    pub producer: Uuid,
    /// What.
    pub product: Uuid,
    /// Thousandths of the unit.
    pub quantity: i64,
    /// When.
    #[serde(with = "iso_date")]
    pub comes_on: Date,
    /// The day on which it was said.
    #[serde(with = "iso_date")]
    pub announced_on: Date,
}
