//! How loud each note is.

use super::{Holding, Note, Settling};

/// How loud a note is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// All is well.
    Good,
    /// Goes on, but look.
    Warning,
    /// Nothing happened; do something.
    Bad,
}

impl Note {
    /// Returns how loud it is.
    pub const fn level(&self) -> Level {
        match self {
            Self::Ready
            | Self::Added { .. }
            | Self::Removed { .. }
            | Self::Packed { .. }
            | Self::Unpacked { .. }
            | Self::Cleared
            | Self::TakenBack { .. }
            | Self::Restored
            | Self::Discounted
            | Self::PastDateAllowed { .. }
            | Self::DiscountGone
            | Self::PadBegun { .. }
            | Self::PadSame { .. }
            | Self::PadKept { .. }
            | Self::PadMade { .. }
            | Self::PriceChanged { .. }
            | Self::PriceRestored { .. }
            | Self::Remarked
            | Self::BuyerKept
            | Self::BuyerGone
            | Self::RemarkGone
            | Self::Parked { .. }
            | Self::Resumed { .. }
            | Self::VietQrShown { .. }
            | Self::Sold { .. }
            | Self::MoneyCame { .. }
            | Self::BankTold { .. }
            | Self::BankFileTaken { .. }
            | Self::Reprinted { .. }
            | Self::ProductAdded { .. }
            | Self::GoodsRemoved { .. }
            | Self::ReceiptFound { .. }
            | Self::Refunded { .. }
            | Self::Voided { .. }
            | Self::ExchangeStarted { .. }
            | Self::ExchangeGivenUp
            | Self::Exchanged { .. }
            | Self::DepositTaken { .. }
            | Self::DepositWaits { .. }
            | Self::DepositBrought { .. }
            | Self::DepositFound { .. }
            | Self::DepositReturned { .. }
            | Self::DepositKept { .. }
            | Self::ShiftOpened
            | Self::ShiftClosed { over_vnd: 0 }
            | Self::CashMoved { .. }
            | Self::DrawerOpened
            | Self::PrinterSaved { .. }
            | Self::ScannerSaved { .. }
            | Self::TestPageQueued { .. }
            | Self::LabelsQueued { .. } => Level::Good,
            Self::Delivering(delivering) if delivering.is_done() => Level::Good,
            Self::Counting(counting) if counting.is_done() => Level::Good,
            Self::Settling(settling) if settling.is_done() => Level::Good,
            Self::AddedBeyondStock { .. }
            | Self::AddedLapsed { .. }
            | Self::AddedPastDate { .. }
            | Self::BeyondLeave
            | Self::Holding(Holding::PriceAbove { .. } | Holding::PriceMoved { .. })
            | Self::HandedOverPastDate { .. }
            | Self::Settling(Settling::RecordedBefore)
            | Self::PadTwins { .. }
            | Self::SeveralFound { .. }
            | Self::NeedsWeight { .. }
            | Self::ShiftClosed { .. }
            | Self::NothingToTakeBack
            | Self::NoCart
            | Self::SoldOpen { .. }
            | Self::NothingOpen
            | Self::NothingToTransfer
            | Self::NoDeposit
            | Self::Stale => Level::Warning,
            _ => Level::Bad,
        }
    }
}
