//! The paper of a delivery: what came, whose it is, and the terms on which whoever delivered it leaves it here.

use ::receipts::slip::delivery::{DeliveryLine, DeliverySlip};
use domain::{Money, Quantity, Rate};

use super::Result;
use super::goods::{Owned, lot_code};
use crate::db::{Tx, producers};

/// Returns the paper of a delivery: what came, then what its note names and did not come.
pub(super) async fn paper(tx: &mut Tx, (goods, missing): (&[Owned], &[Owned])) -> Result<DeliverySlip> {
    let mut lines = Vec::new();
    for goods in goods.iter().chain(missing) {
        lines.push(line(tx, goods).await?);
    }
    let first = goods.iter().chain(missing).next();
    let (producer, reading_url) = match first.and_then(|first| first.new.producer_id) {
        Some(id) => (
            producers::find_name(tx, id).await?.unwrap_or_default(),
            producers::find_reading_url(tx, id).await?,
        ),
        None => (String::new(), String::new()),
    };
    let amounts = lines.iter().filter_map(|line| line.cost_vnd).map(|(_, amount)| Money::new(amount));
    let bought_vnd = Money::sum(amounts)?.vnd();
    Ok(DeliverySlip { producer, lines, bought_vnd, reading_url })
}

async fn line(tx: &mut Tx, goods: &Owned) -> Result<DeliveryLine> {
    let (new, offer) = (&goods.new, &goods.offer);
    let cost_vnd = match goods.purchase().filter(|_| !new.is_missing()) {
        Some((_, cost)) => Some((cost.vnd(), cost.for_quantity(new.quantity)?.vnd())),
        None => None,
    };
    let not_of = match goods.not_of() {
        Some(id) => producers::find_name(tx, id).await?.unwrap_or_default(),
        None => String::new(),
    };
    let is_to_sell = goods.owner.producer_id().is_some() && !goods.is_sold && !new.is_missing();
    Ok(DeliveryLine {
        name: offer.name.clone(),
        unit: offer.unit.clone(),
        quantity_milli: new.quantity.milli(),
        noted_milli: new.noted.map(Quantity::milli),
        lot: lot_code(new).unwrap_or_default(),
        expires: new.expires_on.map(web::format::date_text).unwrap_or_default(),
        is_bought: goods.is_bought() && !new.is_missing(),
        cost_vnd,
        price_vnd: if is_to_sell { offer.price.vnd() } else { 0 },
        commission_ppm: goods.commission.map(Rate::ppm),
        not_of,
    })
}
