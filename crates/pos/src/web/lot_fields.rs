//! The fields of forms that ask for a quantity of each of many lots: pairs of `lot` and `quantity`.

use domain::ids::LotId;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// Lots, and what was typed for each.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, ToSchema)]
pub(super) struct LotFields {
    /// Lots.
    lot: Vec<Uuid>,
    /// How much of each, as typed; empty for none.
    quantity: Vec<String>,
}

impl LotFields {
    /// Takes a field of the form; `None` for one that is neither, or not readable.
    pub(super) fn take(&mut self, name: &str, value: String) -> Option<()> {
        match name {
            "lot" => self.lot.push(value.parse().ok()?),
            "quantity" => self.quantity.push(value),
            _ => return None,
        }
        Some(())
    }

    /// Says whether there is one quantity for each lot, and no more lots than a form of that many has.
    pub(super) const fn are_paired(&self, most: usize) -> bool {
        self.lot.len() == self.quantity.len() && self.lot.len() <= most
    }

    /// Returns each lot with what was typed for it, without spaces around.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (LotId, &str)> {
        self.lot.iter().zip(&self.quantity).map(|(lot, text)| (LotId::from_uuid(*lot), text.trim()))
    }

    /// Returns what was typed for a lot; `None` when the form had it not.
    pub(super) fn typed_of(&self, lot_id: Uuid) -> Option<&str> {
        self.pairs().find(|(lot, _)| lot.uuid() == lot_id).map(|(_, text)| text)
    }
}
