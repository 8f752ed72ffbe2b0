//! Whose the goods of a delivery are: the catalogue knows who makes them, a person may choose somebody else, and is asked about
//! that by name; and what the contracts say of it.

use std::collections::BTreeSet;

use domain::Quantity;
use domain::consignment::{Terms, contract_on, held_on};
use domain::contract::{Mode, owner_on};
use domain::ids::{LotId, ProducerId, ProductId};
use domain::stock::Owner;
use maud::{Markup, html};
use time::Date;
use uuid::Uuid;
use web::form::select;
use web::format::local_date;
use web::fragment::{Tone, message};
use web::{Fault, Lang};

use super::contract_texts::TillContractTexts;
use super::delivery::{Delivery, DeliveryLine};
use super::goods_texts::GoodsTexts;
use super::page_texts::PageTexts;
use super::products::PRODUCERS_MAX;
use super::visit::Visit;
use crate::counter::Note;
use crate::counter::note::Delivering;
use crate::db::producers::{self, Producer};
use crate::db::{shifts, stock_moves, store, terms};

/// Versions of contracts that are looked through.
const TERMS_MAX: i64 = 5_000;
/// How the form names goods that are nobody's but the store's.
pub(super) const OWN: &str = "store";

/// Whose the goods of a delivery are, as its form says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// Nobody said: whoever makes them.
    Unsaid,
    /// The store bought them from somebody who is no producer here.
    Store,
    /// A producer brings them.
    Producer(ProducerId),
}

impl Whose {
    /// Reads the form's field; `None` for what is none of its choices.
    pub(super) fn read(text: &str) -> Option<Self> {
        match text {
            "" => Some(Self::Unsaid),
            OWN => Some(Self::Store),
            id => id.parse().ok().map(Self::Producer),
        }
    }

    /// Returns who brings the goods; none for the store's own.
    pub(super) fn producer_id(self) -> Option<ProducerId> {
        if let Self::Producer(id) = self { Some(id) } else { None }
    }
}

/// Returns the business date of the counter's shift; today without one.
pub(super) async fn business_date(visit: &Visit) -> Result<Date, Fault> {
    let mut reader = visit.ok(visit.app.db().read().acquire().await.map_err(crate::db::Error::from))?;
    let shift = visit.ok(shifts::find_open(&mut reader, &visit.seat.counter).await)?;
    Ok(shift.map_or_else(|| local_date(visit.app.clock().now_ms()), |shift| shift.business_date))
}

/// Returns what is agreed with producers, as far as it has begun.
async fn contracts(visit: &Visit, date: Date) -> Result<Vec<Terms>, Fault> {
    let mut reader = visit.ok(visit.app.db().read().acquire().await.map_err(crate::db::Error::from))?;
    visit.ok(terms::list_begun(&mut reader, date, TERMS_MAX).await)
}

/// Where nobody said whose the goods are, takes whoever makes them; refuses goods of several.
pub(super) async fn settle(visit: &Visit, delivery: &mut Delivery) -> Result<Result<(), Note>, Fault> {
    if !delivery.producer_id.is_empty() {
        return Ok(Ok(()));
    }
    let mut reader = visit.ok(visit.app.db().read().acquire().await.map_err(crate::db::Error::from))?;
    let mut makers = BTreeSet::new();
    for product_id in delivery.line.iter().map(|line| line.product_id).chain(delivery.product_id) {
        let maker = visit.ok(producers::find_maker(&mut reader, product_id.into()).await)?;
        makers.insert(maker.map_or_else(|| OWN.to_owned(), |(id, _)| id.to_string()));
    }
    if makers.len() > 1 {
        return Ok(Err(Note::Delivering(Delivering::SeveralProducers)));
    }
    delivery.producer_id = makers.pop_first().unwrap_or_default();
    Ok(Ok(()))
}

/// Goods that come in as somebody else's than those who make them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strange {
    /// The product.
    pub product_id: Uuid,
    /// Its name.
    pub name: String,
    /// Who makes it.
    pub maker: String,
    /// Whose it comes in as; empty for the store's own.
    pub owner: String,
    /// Somebody confirmed it.
    pub is_sure: bool,
}

/// What had been sold before it came as goods of somebody else than they come in as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SoldBefore {
    /// The product's name.
    pub name: String,
    /// How much.
    pub quantity: Quantity,
    /// As whose; empty for the store's own.
    pub owner: String,
}

/// What contracts and catalogue say of a delivery.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Agreed {
    /// Products that are bought outright from whoever brings them.
    pub bought: BTreeSet<Uuid>,
    /// Nothing is in force for some of the goods.
    pub is_missing: bool,
    /// Goods that somebody else makes.
    pub strange: Vec<Strange>,
    /// Goods that were sold before they came as somebody else's.
    pub sold_before: Vec<SoldBefore>,
}

/// Returns what contracts and catalogue say of a delivery as it is typed.
pub(super) async fn agreed(visit: &Visit, delivery: &Delivery) -> Result<Agreed, Fault> {
    let whose = Whose::read(&delivery.producer_id).filter(|whose| *whose != Whose::Unsaid);
    let Some(whose) = whose else { return Ok(Agreed::default()) };
    let date = business_date(visit).await?;
    let contracts = contracts(visit, date).await?;
    let mut agreed = Agreed::default();
    for line in &delivery.line {
        let (producer, product) = (whose.producer_id(), ProductId::from_uuid(line.product_id));
        let owner = owner_on(&contracts, producer, product, date);
        if let Some(producer) = producer {
            agreed.is_missing |= contract_on(&contracts, producer, product, date).is_none();
            if owner == Owner::Operator {
                agreed.bought.insert(line.product_id);
            }
        }
        agreed.look_at(visit, delivery, (line, producer, owner)).await?;
    }
    Ok(agreed)
}

impl Agreed {
    /// Adds what is strange about a line; a product is told of once.
    async fn look_at(
        &mut self,
        visit: &Visit,
        delivery: &Delivery,
        (line, producer, owner): (&DeliveryLine, Option<ProducerId>, Owner),
    ) -> Result<(), Fault> {
        let mut reader = visit.ok(visit.app.db().read().acquire().await.map_err(crate::db::Error::from))?;
        let maker = visit.ok(producers::find_maker(&mut reader, line.product_id.into()).await)?;
        let is_told = self.strange.iter().any(|strange| strange.product_id == line.product_id);
        if let Some((_, maker)) = maker.filter(|(id, _)| producer != Some(*id) && !is_told) {
            let brought_by = Owner::from(producer);
            self.strange.push(Strange {
                product_id: line.product_id,
                name: line.name.clone(),
                maker,
                owner: visit.ok(producers::name_of_owner(&mut reader, brought_by).await)?,
                is_sure: delivery.not_theirs.contains(&line.product_id),
            });
        }
        let store = visit.ok(store::find_store(visit.app.db().read()).await)?;
        let Some(store) = store.filter(|_| !self.sold_before.iter().any(|sold| sold.name == line.name))
        else {
            return Ok(());
        };
        let unreceived = LotId::unreceived(store.store_id, line.product_id.into());
        let owners =
            visit.ok(stock_moves::list_of_owners(&mut reader, line.product_id.into(), unreceived).await)?;
        // What whoever brings them had sold here as consigned is taken apart at the act.
        let theirs = [owner, Owner::from(producer)];
        for (of, milli) in
            owners.into_iter().filter(|(of, milli)| *milli < Quantity::ZERO && !theirs.contains(of))
        {
            self.sold_before.push(SoldBefore {
                name: line.name.clone(),
                quantity: Quantity::ZERO.minus(milli).unwrap_or_default(),
                owner: visit.ok(producers::name_of_owner(&mut reader, of).await)?,
            });
        }
        Ok(())
    }

    /// Returns the first of what nobody has confirmed, as a note.
    pub(super) fn asks(&self) -> Option<Note> {
        let strange = self.strange.iter().find(|strange| !strange.is_sure)?;
        let (name, producer) = (strange.name.clone(), strange.maker.clone());
        Some(Note::Delivering(Delivering::WhoseGoods { name, producer }))
    }
}

/// Says whether a row's goods would be bought outright.
pub(super) async fn is_bought(visit: &Visit, delivery: &Delivery, product_id: Uuid) -> Result<bool, Fault> {
    let producer = Whose::read(&delivery.producer_id).and_then(Whose::producer_id);
    let Some(producer) = producer else { return Ok(false) };
    let date = business_date(visit).await?;
    let contracts = contracts(visit, date).await?;
    Ok(owner_on(&contracts, Some(producer), product_id.into(), date) == Owner::Operator)
}

/// Returns producers whose names say that their goods are bought outright, or that there is no contract with them any more or yet.
fn marked(lang: Lang, mut producers: Vec<Producer>, contracts: &[Terms], date: Date) -> Vec<Producer> {
    for producer in &mut producers {
        let id = ProducerId::from_uuid(producer.producer_id);
        let theirs: Vec<Terms> = contracts.iter().filter(|terms| terms.producer_id == id).copied().collect();
        let held = |product| held_on(&theirs, (id, product), date);
        let mark = match held(None) {
            Some(terms) if terms.clauses.mode == Mode::Bought => Some(lang.bought_here()),
            None if !theirs.iter().any(|terms| held(terms.product_id).is_some()) => {
                Some(lang.without_contract())
            }
            _ => None,
        };
        producer.name.extend(mark.into_iter().flat_map(|mark| [" · ", mark]));
    }
    producers
}

/// `#whose`: who brings the goods.
pub(super) async fn whose_goods(visit: &Visit, chosen: &str) -> Result<Markup, Fault> {
    let producers = visit.ok(producers::list_producers(visit.app.db().read(), PRODUCERS_MAX).await)?;
    let date = business_date(visit).await?;
    let contracts = contracts(visit, date).await?;
    Ok(choice(visit.lang, &marked(visit.lang, producers, &contracts, date), chosen))
}

/// `#whose`: whoever makes the goods, the store, or one of the producers.
pub fn choice(lang: Lang, producers: &[Producer], chosen: &str) -> Markup {
    let ids: Vec<String> = producers.iter().map(|producer| producer.producer_id.to_string()).collect();
    let mut options = vec![("", lang.whose_by_goods()), (OWN, lang.own_goods())];
    options.extend(ids.iter().zip(producers).map(|(id, producer)| (id.as_str(), producer.name.as_str())));
    html! { div #whose { (select("producer_id", lang.producer(), &options, chosen, None)) } }
}

/// What has to be looked at before a delivery is received: no contract, goods of others, pieces that were sold before.
pub fn warnings(lang: Lang, agreed: &Agreed) -> Markup {
    let owned = |owner: &str| match owner {
        "" => lang.goods_of_store().to_owned(),
        owner => lang.goods_of(owner),
    };
    html! {
        @if agreed.is_missing { (message(Tone::Bad, lang.delivered_without_contract())) }
        @for strange in &agreed.strange {
            (message(Tone::Warn, &lang.not_theirs(&strange.name, &strange.maker, owned(&strange.owner))))
            p {
                label {
                    input type="checkbox" name="not_theirs" value=(strange.product_id) checked[strange.is_sure];
                    " " (lang.not_theirs_sure(&strange.maker))
                }
            }
        }
        @for sold in &agreed.sold_before {
            (message(Tone::Warn, &lang.sold_before(&sold.name, sold.quantity, owned(&sold.owner))))
        }
    }
}
