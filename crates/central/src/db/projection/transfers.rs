//! Whether goods can have gone to another store, come from one, or been packed anew, as told. Only what this store's own books
//! and the catalogue know is looked at: the other half of a transfer comes in its own time.

use domain::fact::Fact;
use domain::ids::{LotId, ProductId};
use domain::repack::Repacked;
use domain::stock::{Lot, Owner};

use super::knowledge::Knowledge;
use super::told::TransferTold;
use crate::db::exceptions::{Finding, Reason};

/// Judges a half of a transfer.
pub(super) fn judge(told: &TransferTold, knowledge: &Knowledge) -> Result<(), Finding> {
    let is_back = !told.is_out && told.other_store_id == knowledge.store_id;
    if !is_back
        && (told.other_store_id == knowledge.store_id || !knowledge.sisters.contains(&told.other_store_id))
    {
        return Err(Finding::new(Reason::Value, "the other store is none of this operator's"));
    }
    let lots: Vec<&Lot> = match &told.fact {
        Fact::Sent { lines } => lines.iter().map(|line| &line.lot).collect(),
        Fact::Arrived { lines } => lines.iter().map(|line| &line.lot).collect(),
        _ => Vec::new(),
    };
    if lots.is_empty() {
        return Err(Finding::new(Reason::Value, "a transfer of nothing"));
    }
    lots.into_iter().try_for_each(|lot| judge_lot((lot.id, lot.product_id, lot.owner), knowledge))
}

/// Judges goods that were packed anew.
pub(super) fn judge_repacked(goods: &Repacked, knowledge: &Knowledge) -> Result<(), Finding> {
    let used = goods.used.iter().map(|line| (line.lot_id, line.product_id, line.owner));
    let made = goods.made.iter().map(|line| (line.lot.id, line.lot.product_id, line.lot.owner));
    used.chain(made).try_for_each(|lot| judge_lot(lot, knowledge))
}

/// A lot that is not known yet comes with another stream.
fn judge_lot(
    (lot_id, product_id, owner): (LotId, ProductId, Owner),
    knowledge: &Knowledge,
) -> Result<(), Finding> {
    let known = knowledge.lots.get(&lot_id);
    if known.is_some_and(|known| *known != (product_id, owner.producer_id())) {
        return Err(Finding::new(Reason::Lot, format!("lot {lot_id} is of other goods")));
    }
    if owner.producer_id().is_some_and(|id| !knowledge.producers.contains(&id)) {
        return Err(Finding::new(Reason::Value, "central knows no such producer"));
    }
    Ok(())
}
