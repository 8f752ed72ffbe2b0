//! What is told of goods that come in.

use serde::Serialize;
use utoipa::ToSchema;

/// What an act about a delivery tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "says", rename_all = "snake_case")]
pub enum Delivering {
    /// A delivery was received.
    Received {
        lines: usize,
        /// The number on its paper.
        voucher: String,
    },
    /// The code on the pack is that of another producer's lot of the same product.
    LotOfAnother {
        code: String,
        /// Whose lot it is; empty for the operator's own.
        producer: String,
    },
}

impl Delivering {
    /// Says whether it was done.
    pub(super) const fn is_done(&self) -> bool {
        matches!(self, Self::Received { .. })
    }
}
