//! Goods that come to the shelf: delivered, from another store, packed anew.

use super::{FoldError, Place, Posting, compensated, move_stock};
use crate::ids::{LotId, StoreId};
use crate::quantity::Quantity;
use crate::repack::Repacked;
use crate::stock::{Location, Lot};
use crate::transfer::ArrivedLine;

/// Moves a lot from somewhere to the shelf, and the part of it that had been sold before to the "unreceived" lot.
pub(super) fn came_in(
    postings: &mut Vec<Posting>,
    from: Location,
    (lot, quantity, covers): (&Lot, Quantity, Quantity),
    store_id: StoreId,
) -> Result<(), FoldError> {
    if quantity <= Quantity::ZERO || covers < Quantity::ZERO || covers > quantity {
        return Err(FoldError::Quantity);
    }
    let product_id = lot.product_id;
    let new = |location| Place { product_id, lot_id: lot.id, location };
    let unreceived =
        |location| Place { product_id, lot_id: LotId::unreceived(store_id, product_id), location };
    move_stock(postings, new(from), new(Location::Shelf), quantity)?;
    move_stock(postings, new(Location::Shelf), new(Location::Repacked), covers)?;
    move_stock(postings, unreceived(Location::Repacked), unreceived(Location::Shelf), covers)
}

/// What came goes from under way to the shelf; what is missing was lost there, what came beyond what was sent had been lost to the
/// sender's book.
pub(super) fn arrived(
    postings: &mut Vec<Posting>,
    line: &ArrivedLine,
    store_id: StoreId,
) -> Result<(), FoldError> {
    let missing = line.missing().filter(|_| line.is_sound()).ok_or(FoldError::Quantity)?;
    compensated(postings, line.lot.owner, line.compensation)?;
    let place = |location| Place { product_id: line.lot.product_id, lot_id: line.lot.id, location };
    move_stock(postings, place(Location::InTransit), place(Location::Waste), missing)?;
    if line.arrived == Quantity::ZERO {
        return Ok(());
    }
    came_in(postings, Location::InTransit, (&line.lot, line.arrived, line.covers_unreceived), store_id)
}

pub(super) fn repacked(
    postings: &mut Vec<Posting>,
    goods: &Repacked,
    store_id: StoreId,
) -> Result<(), FoldError> {
    goods.check()?;
    for line in &goods.used {
        let place = |location| Place { product_id: line.product_id, lot_id: line.lot_id, location };
        move_stock(postings, place(Location::Shelf), place(Location::Repacked), line.quantity)?;
        compensated(postings, line.owner, line.compensation)?;
    }
    for line in &goods.made {
        let made = (&line.lot, line.quantity, line.covers_unreceived);
        came_in(postings, Location::Repacked, made, store_id)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
