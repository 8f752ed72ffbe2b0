//! A delivery that was entered by mistake, 100 for 10 or for another producer, is taken back whole while nothing of it was
//! touched. Its goods leave as they came, by an entry that names it: what a producer is told of both cancels out. Not while a
//! stocktake that goes on has counted some: it would find the mistake once more, in the book of when they were counted.

use domain::Quantity;
use domain::ids::{LotId, ProductId};
use domain::removal::Cause;

use super::act::Act;
use super::approval::{Word, approve};
use super::goods::Language;
use super::note::Delivering;
use super::removal::{Leave, LossBearer, Removal, take_off};
use super::{CounterState, Note, Result, Seat, state};
use crate::App;
use crate::db::{announced, deliveries, products, slips, stocktakes};

/// What is to be taken back.
#[derive(Clone, PartialEq, Eq)]
pub struct TakingBack {
    /// The number on the delivery's paper.
    pub voucher: String,
    /// Language of the new paper.
    pub language: Language,
    /// A manager's word.
    pub word: Word,
}

/// Takes a delivery back: an entry and a paper. All of it, or nothing.
///
/// # Errors
/// When the store is not enrolled or the database does not keep it.
pub async fn take_back(app: &App, seat: &Seat, op_id: &str, taking: &TakingBack) -> Result<CounterState> {
    let approved = match approve(app, seat, &taking.word).await? {
        Ok(approved) => approved,
        Err(refused) => return state::load(app, seat, refused, None).await,
    };
    let mut act = match Act::begin(app, seat, op_id).await? {
        Ok(act) => act,
        Err(note) => return state::load(app, seat, note, None).await,
    };
    let lots = match lots(&mut act, &taking.voucher).await? {
        Ok(lots) => lots,
        Err(refused) => return state::load(app, seat, refused, None).await,
    };
    let voucher = &taking.voucher;
    announced::update_expected_again(&mut act.tx, voucher).await?;
    let removal = Removal {
        cause: Cause::Returned,
        bearer: LossBearer::Contract,
        lots,
        reason: match taking.language {
            Language::Vi => format!("Rút phiếu {voucher} nhập nhầm"),
            Language::En => format!("Takes back {voucher}, entered by mistake"),
        },
        language: taking.language,
        word: taking.word.clone(),
    };
    take_off(app, seat, act, &removal, Leave { approved: Some(&approved), takes_back: Some(voucher) }).await
}

/// Returns all lots of a delivery with how much came; or tells which of them was touched meanwhile.
async fn lots(act: &mut Act, voucher: &str) -> Result<std::result::Result<Vec<(LotId, Quantity)>, Note>> {
    let none = || Note::BadField { field: "voucher".to_owned() };
    // Goods that were merged with another product came without a paper.
    let has_paper = slips::find_by_number(&mut act.tx, voucher).await?.is_some();
    let lines = deliveries::find_lines(&mut act.tx, voucher).await?.filter(|_| has_paper);
    let Some(lines) = lines else { return Ok(Err(none())) };
    let mut lots = Vec::new();
    for line in lines {
        let product_id = ProductId::from_uuid(line.product);
        let lot = (LotId::from_uuid(line.lot), Quantity::from_milli(line.quantity));
        if !deliveries::is_untouched(&mut act.tx, product_id, lot).await? {
            let (name, _) = products::find_name(&mut act.tx, product_id).await?.unwrap_or_default();
            return Ok(Err(Note::Delivering(Delivering::DeliveryTouched { name })));
        }
        if stocktakes::is_being_counted(&mut act.tx, product_id).await? {
            let (name, _) = products::find_name(&mut act.tx, product_id).await?.unwrap_or_default();
            return Ok(Err(Note::Delivering(Delivering::DeliveryBeingCounted { name })));
        }
        lots.push(lot);
    }
    // Nothing came with it that could leave.
    Ok(if lots.is_empty() { Err(none()) } else { Ok(lots) })
}
