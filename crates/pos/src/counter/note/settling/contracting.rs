//! What is told of contracts with producers.

use serde::Serialize;
use utoipa::ToSchema;

use super::Settling;
use crate::counter::Note;

/// What an act tells that makes a contract, or that one stands behind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "says", rename_all = "snake_case")]
pub enum Contracting {
    /// New terms were agreed.
    TermsAgreed {
        voucher: String,
        /// They hold instead of others that begin on the same day.
        replaces: bool,
    },
    /// A contract was ended.
    TermsEnded { voucher: String },
    /// Nothing is in force on that day that could end.
    NothingToEnd,
    /// Terms begin on the business date or later: what was sold stays as it was sold.
    TermsTooEarly {
        /// The business date, as printed.
        day: String,
    },
    /// A contract does not say who bears a loss, and the manager did not either.
    NoBearer { producer: String },
    /// The manager lets somebody else bear a loss than the contract does, and did not say why.
    WhyNotContract { producer: String },
    /// Goods come back after the last day on which they may.
    ReturnOver {
        name: String,
        /// That day, as printed.
        last_day: String,
    },
    /// A manager lets goods come back late, and did not say why.
    WhyLate,
}

impl Contracting {
    /// Says whether it was done.
    pub(in crate::counter::note) const fn is_done(&self) -> bool {
        matches!(self, Self::TermsAgreed { .. } | Self::TermsEnded { .. })
    }
}

impl From<Contracting> for Note {
    fn from(contracting: Contracting) -> Self {
        Self::Settling(Settling::Contracting(contracting))
    }
}
