//! What is told of goods that come in, go to another store, or are packed anew.

use serde::Serialize;
use utoipa::ToSchema;

/// What such an act tells.
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
    /// The last day of sale on the pack is over on the business date.
    DeliveredPastDate {
        name: String,
        /// As it is to be read.
        last_day: String,
    },
    /// Goods are bought outright, and nobody typed what they cost.
    CostMissing { name: String },
    /// Goods come in as somebody else's than their producer's; that has to be said by name.
    WhoseGoods {
        name: String,
        /// Who makes them.
        producer: String,
    },
    /// The goods of one delivery are of several producers.
    SeveralProducers,
    /// Some of a delivery was sold, moved or counted already, so that it cannot be taken back.
    DeliveryTouched { name: String },
    /// Some of a delivery was counted in the stocktake that goes on, so that it cannot be taken back yet.
    DeliveryBeingCounted { name: String },
    /// Goods were sent to another store.
    Sent {
        /// The number on their paper.
        voucher: String,
        /// The name of the store.
        store: String,
    },
    /// Goods that came from another store, or came back, were taken in.
    TakenIn {
        /// The number on the paper of that.
        voucher: String,
        lots: usize,
    },
    /// Goods were packed anew.
    Repacked {
        /// The number on the paper.
        voucher: String,
    },
    /// Goods became another product's.
    Merged {
        /// The name of that product.
        name: String,
    },
    /// A producer was added.
    ProducerAdded { name: String },
    /// Somebody of this name is known.
    ProducerKnown { name: String },
    /// The store is none of this operator's, as far as central told.
    NoSuchStore,
    /// No such transfer waits for this store, or somebody took it in.
    NoSuchTransfer,
    /// The goods of a transfer are not in the catalogue here yet.
    UnknownGoods,
    /// The other store would never hear of such goods.
    OutsideProgramme { name: String },
    /// Goods past their date are not packed anew.
    RepackExpired { name: String },
    /// A pack that another producer's goods go into.
    PackOfAnother { name: String },
    /// Goods of the programme would become others, or the other way round.
    ProgrammeMixed { name: String },
    /// The weight that went in is not what comes out and is lost, kilograms.
    WeightsDiffer { used: String, made: String },
}

impl Delivering {
    /// Says whether it was done.
    pub(super) const fn is_done(&self) -> bool {
        matches!(
            self,
            Self::Received { .. }
                | Self::Sent { .. }
                | Self::TakenIn { .. }
                | Self::Repacked { .. }
                | Self::Merged { .. }
                | Self::ProducerAdded { .. }
        )
    }
}
