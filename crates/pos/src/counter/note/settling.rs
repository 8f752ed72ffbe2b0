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
    /// A producer is owed more or less beside a settlement.
    ProducerAdjusted {
        voucher: String,
        /// What is owed more, đồng; below zero for less.
        adjusted_vnd: i64,
        /// What is owed now, đồng; below zero when the producer owes.
        left_vnd: i64,
    },
    /// What was paid to a producer came back.
    PaymentTakenBack {
        voucher: String,
        /// What came back, đồng.
        back_vnd: i64,
        /// What is owed now, đồng; below zero when the producer owes.
        left_vnd: i64,
    },
    /// Of that payment something came back before.
    TakenBackBefore,
    /// More than was paid does not come back.
    MoreThanPaid {
        /// What was paid, đồng.
        paid_vnd: i64,
    },
    /// Nothing moved since the last settlement, and nothing is owed.
    NothingToSettle,
    /// Goods were sold, came or went since the figures were shown.
    FiguresChanged,
    /// Somebody recorded a payment to the producer after the page of a transfer was shown.
    PaidMeanwhile,
    /// This form was sent before, and what it asked for was done then.
    RecordedBefore,
    /// This computer took another one's place, and central has not told it since what that one wrote: it may be settled there.
    NotCaughtUp {
        /// How it was to be paid.
        paid_by: PaidBy,
    },
    /// More than is owed is an advance, and is paid as one.
    MoreThanOwed {
        /// What is owed, đồng.
        owed_vnd: i64,
        /// How it was to be paid.
        paid_by: PaidBy,
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
        /// How it was to be paid.
        paid_by: PaidBy,
    },
    /// What became of a contract.
    #[serde(untagged)]
    Contracting(Contracting),
}

/// How a producer was to be paid: what was transferred must not be transferred again, and each page names its own button.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PaidBy {
    /// From the drawer.
    Drawer,
    /// By a transfer that was typed by hand.
    Transfer,
    /// By a transfer with the code on its page.
    Code,
}

impl Settling {
    /// Says whether it was done.
    pub(super) const fn is_done(&self) -> bool {
        match self {
            Self::SettlementClosed { .. }
            | Self::ProducerPaid { .. }
            | Self::ProducerAdjusted { .. }
            | Self::PaymentTakenBack { .. } => true,
            Self::Contracting(contracting) => contracting.is_done(),
            _ => false,
        }
    }
}
