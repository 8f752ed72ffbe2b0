//! Goods that are packed anew: a sack, a tin or a drum becomes packs. The weight that goes in comes out or is lost; the packs are
//! whose the goods were, keep their day, and remember the lot that they come from.

use ::receipts::language::Language;
use ::receipts::slip::SlipBody;
use ::receipts::slip::repack::{RepackLine, RepackSlip};
use domain::catalog::SoldBy;
use domain::ids::{LotId, ProductId};
use domain::repack::{MadeLine, RepackError, Repacked, UsedLine, good_until};
use domain::stock::{Lot, Owner};
use domain::{Money, Quantity, name_fold};
use protocol::Kind;
use protocol::payload::{Repack, RepackGoods, RepackPrivate};

use super::act::Act;
use super::approval::{Approved, Word, approve};
use super::chosen::{Chosen, Covers, choose};
use super::losses::Losses;
use super::note::Delivering;
use super::slip::{Issue, issue, number};
use super::{CounterState, Note, Result, Seat, commission_tax, state, words};
use crate::App;
use crate::db::{combos, producers, products, streams};
use crate::journal::{Draft, JournalError};

/// The most kinds of packs that one lot becomes at once.
pub const MADE_MAX: usize = 3;
/// The longest reason, in characters.
const REASON_MOST: usize = 120;
/// The longest lot code, in characters.
const CODE_MOST: usize = 40;

/// What is to be packed anew.
#[derive(Clone, PartialEq, Eq)]
pub struct Repacking {
    /// What is opened.
    pub lot_id: LotId,
    /// How much of it.
    pub quantity: Quantity,
    /// What that weighs, kilograms; none for goods that are sold by weight.
    pub weight: Option<Quantity>,
    /// What is made of it.
    pub made: Vec<NewPacks>,
    /// What is lost, kilograms.
    pub loss: Quantity,
    /// As typed; may be empty.
    pub reason: String,
    /// Language of the paper.
    pub language: Language,
    /// A manager's word, when something is lost.
    pub word: Word,
}

/// Packs of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPacks {
    /// The product.
    pub product_id: ProductId,
    /// How many; kilograms of a product that is sold by weight.
    pub quantity: Quantity,
    /// What one weighs, kilograms; none for a product that is sold by weight.
    pub each: Option<Quantity>,
    /// What the packs say; empty for what the opened goods say.
    pub code: String,
}

/// Packs goods anew: an entry and a paper. All of it, or nothing.
///
/// # Errors
/// When the store is not enrolled or the database does not keep it.
pub async fn repack(app: &App, seat: &Seat, op_id: &str, repacking: &Repacking) -> Result<CounterState> {
    if repacking.made.is_empty() || repacking.made.len() > MADE_MAX {
        return state::load(app, seat, Note::NothingChosen, None).await;
    }
    let approved = match repacking.loss > Quantity::ZERO {
        false => None,
        true => match approve(app, seat, &repacking.word).await? {
            Ok(approved) => Some(approved),
            Err(refused) => return state::load(app, seat, refused, None).await,
        },
    };
    let mut act = match Act::begin(app, seat, op_id).await? {
        Ok(act) => act,
        Err(note) => return state::load(app, seat, note, None).await,
    };
    let used = match choose(&mut act, &[(repacking.lot_id, repacking.quantity)]).await? {
        Ok(used) => used,
        Err(refused) => return state::load(app, seat, refused, None).await,
    };
    let goods = match goods(app, &mut act, repacking, &used).await? {
        Ok(goods) => goods,
        Err(refused) => return state::load(app, seat, refused, None).await,
    };
    let why = Why { reason: &repacking.reason, approved: approved.as_ref() };
    let is_shared = used.iter().all(|used| used.in_programme);
    let voucher = append(app, &mut act, seat, (&goods, is_shared), why).await?;
    let paper = paper(&mut act, repacking, (&used, &goods, approved.as_ref())).await?;
    let (tx, place) = act.parts();
    let slip = place.slip(app, seat, (voucher.clone(), repacking.language), SlipBody::Repack(paper));
    issue(app, tx, &slip, Issue::default()).await?;
    act.commit(app, seat, Note::Delivering(Delivering::Repacked { voucher })).await
}

/// Works out what is done; or tells why it cannot be.
async fn goods(
    app: &App,
    act: &mut Act,
    repacking: &Repacking,
    used: &[Chosen],
) -> Result<std::result::Result<Repacked, Note>> {
    let refused = |note| Ok(Err(Note::Delivering(note)));
    let Some(opened) = used.first() else { return Ok(Err(Note::NothingChosen)) };
    if opened.offer.refuse_expired && opened.lot.is_past(act.shift.business_date) {
        return refused(Delivering::RepackExpired { name: opened.offer.name.clone() });
    }
    let weighs =
        if opened.offer.sold_by == SoldBy::Weight { Some(opened.quantity) } else { repacking.weight };
    let Some(weight) = weighs.filter(|weight| *weight > Quantity::ZERO) else {
        return Ok(Err(Note::BadWeight));
    };
    let (product_id, lot_id, owner) = (opened.lot.product_id, opened.lot.id, opened.lot.owner);
    let from = UsedLine::new((product_id, lot_id, owner), opened.quantity, weight);
    let from = bear(act, repacking, (opened, from)).await?;
    let (mut made, mut covers) = (Vec::new(), Covers::default());
    for packs in &repacking.made {
        match made_line(app, act, opened, packs, &mut covers).await? {
            Ok(line) => made.push(line),
            Err(note) => return Ok(Err(note)),
        }
    }
    let goods = Repacked { used: vec![from], made, loss: repacking.loss };
    let sum = goods.made.iter().try_fold(goods.loss, |sum, line| sum.plus(line.weight));
    match goods.check() {
        Ok(()) => Ok(Ok(goods)),
        Err(RepackError::Weight) => refused(Delivering::WeightsDiffer {
            used: weight.to_string(),
            made: sum.unwrap_or(Quantity::MOST).to_string(),
        }),
        Err(RepackError::Quantity | RepackError::Lot | RepackError::Owner) => {
            Ok(Err(Note::BadQuantity { whole: false }))
        }
    }
}

/// Says who bears the weight that is lost of consigned goods: whom the contract names, as for goods that are damaged on the shelf, and
/// with what it allows used up alike.
/// Nobody is asked: without a word in it the producer bears it, and all of it where the store's part is worth nothing.
async fn bear(act: &mut Act, repacking: &Repacking, (opened, from): (&Chosen, UsedLine)) -> Result<UsedLine> {
    let lost = from.part_of(repacking.loss);
    let Some(producer_id) = from.owner.producer_id().filter(|_| lost > Quantity::ZERO) else {
        return Ok(from);
    };
    let date = act.shift.business_date;
    let commission_tax = commission_tax(act.settings.as_ref(), date);
    let mut losses = Losses::unasked(date, commission_tax);
    let borne = losses.by_contract(&mut act.tx, (producer_id, &opened.offer), lost).await?;
    let Some(borne) = borne else { return Ok(from) };
    let owed = borne.owed(opened.offer.price)?;
    if owed <= Money::ZERO {
        return Ok(UsedLine { lost_by_producer: lost, ..from });
    }
    let (lost_by_producer, lost_by_operator) = (borne.by_producer, borne.by_store);
    Ok(UsedLine { lost_by_producer, lost_by_operator, compensation: owed, ..from })
}

/// Works out packs of one kind; or tells why they cannot be made of these goods.
async fn made_line(
    app: &App,
    act: &mut Act,
    opened: &Chosen,
    packs: &NewPacks,
    covers: &mut Covers,
) -> Result<std::result::Result<MadeLine, Note>> {
    if products::find_name(&mut act.tx, packs.product_id).await?.is_none() {
        return Ok(Err(Note::BadField { field: "product".to_owned() }));
    }
    if combos::is_combo(&mut act.tx, packs.product_id).await? {
        return Ok(Err(Note::ComboNotStocked));
    }
    let offer = products::load_offer(&mut act.tx, packs.product_id, act.shift.business_date).await?;
    let owner = opened.lot.owner;
    if owner.producer_id().is_some() && offer.producer_id != owner.producer_id() {
        return Ok(Err(Note::Delivering(Delivering::PackOfAnother { name: offer.name })));
    }
    // One half of a weight tells nothing: goods are packed within the programme, or outside of it.
    if opened.in_programme != (offer.in_catalogue || owner.producer_id().is_some()) {
        return Ok(Err(Note::Delivering(Delivering::ProgrammeMixed { name: offer.name })));
    }
    let is_weighed = offer.sold_by == SoldBy::Weight;
    if packs.quantity.sellable().is_err() || (!is_weighed && !packs.quantity.is_whole()) {
        return Ok(Err(Note::BadQuantity { whole: !is_weighed }));
    }
    let each = if is_weighed { Some(Quantity::pieces(1)) } else { packs.each };
    let weight = each.filter(|each| *each > Quantity::ZERO).and_then(|each| each.times(packs.quantity));
    let Some(weight) = weight else { return Ok(Err(Note::BadWeight)) };
    let store_id = act.store.store_id;
    let covers_unreceived =
        covers.of(&mut act.tx, (store_id, packs.product_id), (owner, packs.quantity)).await?;
    let code: String = packs.code.trim().chars().take(CODE_MOST).collect();
    let is_said = !name_fold::name_fold(&code).is_empty();
    let lot = Lot {
        id: LotId::from_uuid(app.clock().new_uuid()),
        product_id: packs.product_id,
        owner,
        received_on: act.shift.business_date,
        expires_on: good_until([&opened.lot]),
        code: if is_said { Some(code) } else { opened.lot.code.clone() },
    };
    Ok(Ok(MadeLine { lot, quantity: packs.quantity, weight, covers_unreceived }))
}

/// Why goods are packed anew.
#[derive(Clone, Copy)]
pub(super) struct Why<'a> {
    /// As typed; may be empty.
    pub(super) reason: &'a str,
    /// Who allowed it, where something is lost.
    pub(super) approved: Option<&'a Approved>,
}

/// Appends the entry; returns the number of its paper. Goods outside the programme stay in its private part.
pub(super) async fn append(
    app: &App,
    act: &mut Act,
    seat: &Seat,
    (goods, is_shared): (&Repacked, bool),
    why: Why<'_>,
) -> Result<String> {
    let head = streams::find_head(&mut act.tx).await?.ok_or(JournalError::NotEnrolled)?;
    let voucher = number(&act.store, &head.stream, format_args!("DG{}", head.at.seq + 1));
    let told = RepackGoods::from(goods);
    let (told, kept) = if is_shared { (Some(told), None) } else { (None, Some(told)) };
    let shared = Repack {
        voucher: voucher.clone(),
        cashier: seat.cashier_id.uuid(),
        approved_by: why.approved.map(|approved| approved.manager_id.uuid()),
        goods: told,
    };
    let writer = app.writer_of(act.store.store_id);
    let private = RepackPrivate { salt: writer.salt(), reason: words(why.reason, REASON_MOST), goods: kept };
    let draft = Draft::both(Kind::Repack, act.shift.business_date, (&shared, &private))?;
    writer.append_at(&mut act.tx, head, draft).await?;
    Ok(voucher)
}

async fn paper(
    act: &mut Act,
    repacking: &Repacking,
    (used, goods, approved): (&[Chosen], &Repacked, Option<&Approved>),
) -> Result<RepackSlip> {
    let line = |(name, unit): (String, String), lot: &Lot, quantity: Quantity, weight: Quantity| RepackLine {
        name,
        unit,
        quantity_milli: quantity.milli(),
        grams: weight.milli(),
        lot: lot.code.clone().unwrap_or_default(),
        expires: lot.expires_on.map(web::format::date_text).unwrap_or_default(),
    };
    let from = used.iter().zip(&goods.used).map(|(chosen, used)| {
        line((chosen.offer.name.clone(), chosen.offer.unit.clone()), &chosen.lot, used.quantity, used.weight)
    });
    let used_lines: Vec<RepackLine> = from.collect();
    let mut made = Vec::new();
    for packs in &goods.made {
        let named = products::find_name(&mut act.tx, packs.lot.product_id).await?.unwrap_or_default();
        made.push(line(named, &packs.lot, packs.quantity, packs.weight));
    }
    let owner = used.first().map_or(Owner::Operator, |used| used.lot.owner);
    let producer = producers::name_of_owner(&mut act.tx, owner).await?;
    Ok(RepackSlip {
        producer,
        reason: words(&repacking.reason, REASON_MOST),
        used: used_lines,
        made,
        loss_grams: goods.loss.milli(),
        compensation_vnd: Money::sum(goods.used.iter().map(|used| used.compensation))?.vnd(),
        approved_by: approved.map(|approved| approved.name.clone()).unwrap_or_default(),
    })
}
