//! A store's part of a settlement over several stores, as the store learns of it.

use serde::{Deserialize, Serialize};
use time::Date;
use uuid::Uuid;

use crate::stream::iso_date;

/// What a store is to settle with a producer, because the operator settled with them for all its stores.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JointPartRow {
    /// The part: each store has one of its own.
    pub id: Uuid,
    /// The number of the whole.
    pub number: String,
    /// With whom.
    pub producer: Uuid,
    /// What the operator sent for this store, đồng; zero when nothing.
    pub paid: i64,
    /// When.
    #[serde(with = "iso_date")]
    pub paid_on: Date,
}
