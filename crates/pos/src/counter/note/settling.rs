//! What is told of settlements with producers, of what they are paid, and of contracts with them.

mod contracting;

pub use contracting::Contracting;
use serde::Serialize;
use utoipa::ToSchema;

/// What an act about a producer tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "says", rename_all = "snake_case")]
pub enum Settling {
    /// A settlement is closed.
    SettlementClosed {
        voucher: String,
        /// What was paid with it, đồng.
        paid_vnd: i64,
        /// What is still owed, đồng; below zero when the producer owes.
        left_vnd: i64,
    },
    /// A producer was paid without a settlement.
    ProducerPaid {
        voucher: String,
        /// What was paid, đồng.
        paid_vnd: i64,
        /// What is still owed, đồng; below zero after an advance.
        left_vnd: i64,
    },
    /// Nothing moved since the last settlement, and nothing is owed.
    NothingToSettle,
    /// Goods were sold, came or went since the figures were shown.
    FiguresChanged,
    /// Somebody recorded a payment to the producer after the code of a transfer was shown.
    PaidMeanwhile,
    /// More than is owed is an advance, and is paid as one.
    MoreThanOwed {
        /// What is owed, đồng.
        owed_vnd: i64,
    },
    /// The drawer has less than is to be paid out of it.
    DrawerTooLow {
        /// What it has, đồng.
        has_vnd: i64,
    },
    /// More products than the entry of a settlement holds.
    TooManyProducts {
        /// How many it has.
        products: usize,
    },
    /// What became of a contract.
    #[serde(untagged)]
    Contracting(Contracting),
}

impl Settling {
    /// Says whether it was done.
    pub(super) const fn is_done(&self) -> bool {
        match self {
            Self::SettlementClosed { .. } | Self::ProducerPaid { .. } => true,
            Self::Contracting(contracting) => contracting.is_done(),
            _ => false,
        }
    }
}
