//! Quantities of lots that somebody chose to take off the shelf, looked up and checked.

use std::collections::BTreeMap;

use domain::Quantity;
use domain::cart::Offer;
use domain::catalog::SoldBy;
use domain::ids::{LotId, ProducerId, ProductId, StoreId};
use domain::stock::{Location, Lot, Owner};

use super::act::Act;
use super::{Note, Result};
use crate::db::{Tx, lots, products, stock, stock_moves};

/// A quantity of a lot that the shelf has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chosen {
    pub(super) lot: Lot,
    pub(super) quantity: Quantity,
    /// How the product is sold today.
    pub(super) offer: Offer,
    /// The department counts its sales.
    pub(super) in_programme: bool,
}

/// Looks each lot up; or tells what is wrong with the first that cannot leave the shelf so. A lot that is asked for twice leaves
/// once, with both quantities.
pub(super) async fn choose(
    act: &mut Act,
    asked: &[(LotId, Quantity)],
) -> Result<std::result::Result<Vec<Chosen>, Note>> {
    let date = act.shift.business_date;
    let Some(asked) = by_lot(asked) else { return Ok(Err(Note::BadQuantity { whole: false })) };
    let mut all = Vec::new();
    for (lot_id, quantity) in asked {
        let Some(found) = lots::find_lot(&mut act.tx, lot_id).await? else {
            return Ok(Err(Note::BadField { field: "lot".to_owned() }));
        };
        let offer = products::load_offer(&mut act.tx, found.lot.product_id, date).await?;
        let is_weighed = offer.sold_by == SoldBy::Weight;
        if quantity.sellable().is_err() || (!is_weighed && !quantity.is_whole()) {
            return Ok(Err(Note::BadQuantity { whole: !is_weighed }));
        }
        if quantity > found.on_hand {
            return Ok(Err(Note::MoreThanOnShelf { name: offer.name, left: found.on_hand.to_string() }));
        }
        all.push(Chosen {
            in_programme: offer.in_catalogue || found.lot.owner.producer_id().is_some(),
            lot: found.lot,
            quantity,
            offer,
        });
    }
    Ok(Ok(all))
}

/// Returns how much leaves of each lot; `None` for more than there can be.
fn by_lot(lots: &[(LotId, Quantity)]) -> Option<BTreeMap<LotId, Quantity>> {
    let mut asked: BTreeMap<LotId, Quantity> = BTreeMap::new();
    for (lot_id, quantity) in lots {
        let sum = asked.entry(*lot_id).or_default();
        *sum = sum.plus(*quantity)?;
    }
    Some(asked)
}

/// How much of what comes in had been sold before it came, product by product and owner by owner within one act.
#[derive(Debug, Default)]
pub(super) struct Covers(BTreeMap<ProductId, BTreeMap<Option<ProducerId>, i64>>);

impl Covers {
    /// Returns how much of a quantity of a product that comes in had been sold already, and takes note of it. Only what was sold
    /// as goods of the same owner is covered: pieces that a producer is owed for are nobody else's, and wait for that producer's
    /// delivery, or else they would be owed to the one and bought from the other.
    pub(super) async fn of(
        &mut self,
        tx: &mut Tx,
        (store_id, product_id): (StoreId, ProductId),
        (owner, quantity): (Owner, Quantity),
    ) -> Result<Quantity> {
        let unreceived = LotId::unreceived(store_id, product_id);
        let on_shelf = stock::load_quantity(tx, product_id, unreceived, Location::Shelf).await?.milli();
        if on_shelf >= 0 {
            return Ok(Quantity::ZERO);
        }
        let owners = stock_moves::list_of_owners(tx, product_id, unreceived).await?;
        let theirs = owners.iter().find(|(of, _)| *of == owner).map_or(0, |(_, milli)| milli.milli());
        let already = self.0.entry(product_id).or_default();
        let by_all = already.values().sum::<i64>();
        let by_them = already.entry(owner.producer_id()).or_default();
        // Journals of before may have covered one owner's pieces with another's: never more than the lot itself lacks.
        let covers = (-on_shelf - by_all).min(-theirs - *by_them).clamp(0, quantity.milli());
        *by_them += covers;
        Ok(Quantity::from_milli(covers))
    }
}
