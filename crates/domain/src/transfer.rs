//! Goods that go from one store of an operator to another. They leave one shelf, are under way, and come to the other shelf, where
//! they are counted: what is missing then is lost, and somebody bears it.

use crate::money::Money;
use crate::quantity::Quantity;
use crate::removal::is_borne;
use crate::stock::Lot;

/// A quantity of a lot that was sent to another store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentLine {
    /// The lot, as the other store will book it.
    pub lot: Lot,
    /// How much, above zero.
    pub quantity: Quantity,
}

/// A quantity of a lot that came from another store, or came back from the way there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArrivedLine {
    /// The lot; it keeps its identity.
    pub lot: Lot,
    /// How much was sent, above zero.
    pub sent: Quantity,
    /// How much was there when it was counted; more than was sent when the sender counted wrong.
    pub arrived: Quantity,
    /// How much of it had been sold here before it came.
    pub covers_unreceived: Quantity,
    /// How much of what is missing the producer bears where the operator pays for the rest of it: what the contract allows. Zero where
    /// one of them bears all, and in entries from before it was told apart.
    pub by_producer: Quantity,
    /// What the operator owes the producer for what is missing, đồng; zero when the producer bears it, or owns nothing of it.
    pub compensation: Money,
}

impl ArrivedLine {
    /// Returns how much got lost on the way; below zero when more came than was sent. `None` beyond 64 bits.
    pub fn missing(&self) -> Option<Quantity> {
        self.sent.minus(self.arrived)
    }

    /// Says whether it can have happened.
    pub fn is_sound(&self) -> bool {
        let Some(missing) = self.missing() else { return false };
        self.sent > Quantity::ZERO
            && self.arrived >= Quantity::ZERO
            && (Quantity::ZERO..=self.arrived).contains(&self.covers_unreceived)
            && is_borne(self.lot.owner, missing, self.by_producer, self.compensation)
    }
}
