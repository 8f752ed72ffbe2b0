//! Who bears goods that are lost, damaged or past their date: whom the contract of each producer names, unless a manager says
//! otherwise and why.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use domain::cart::Offer;
use domain::catalog::SoldBy;
use domain::consignment::{Bearer, FrozenTerms, Terms, terms_on};
use domain::contract::{Clauses, is_shrinkage};
use domain::ids::{ProducerId, ProductId};
use domain::money::MoneyError;
use domain::removal::{Cause, compensation};
use domain::settlement::MoveSum;
use domain::{Money, Quantity, Rate};
use sqlx::SqliteConnection;
use time::Date;

use super::note::Contracting;
use super::{Note, Result};
use crate::db::{producers, settlements, terms};

/// Who bears a loss of consigned goods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LossBearer {
    /// Whom each producer's contract names; one that names nobody leaves it to the manager.
    Contract,
    /// The operator: the producer is owed as if the goods had been sold.
    Store,
    /// The producer.
    Producer,
}

/// Says whether the contract of each producer names who bears losses of these goods and who bears them past their date, so
/// that nobody has to choose.
///
/// # Errors
/// When the database does not answer.
pub async fn are_named(
    connection: &mut SqliteConnection,
    goods: &BTreeSet<(ProducerId, ProductId)>,
    day: Date,
) -> Result<bool> {
    let mut known: Vec<Terms> = Vec::new();
    let mut read = None;
    for (producer_id, product_id) in goods {
        if read != Some(*producer_id) {
            known = terms::list_of_producer(connection, *producer_id).await?;
            read = Some(*producer_id);
        }
        let clauses = terms_on(&known, *producer_id, *product_id, day).map(|terms| terms.clauses);
        if !clauses.is_some_and(|clauses| clauses.loss_bearer.is_some() && clauses.expiry_bearer.is_some()) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// How a loss is borne.
pub(super) struct Borne {
    /// At the producer's cost.
    pub(super) by_producer: Quantity,
    /// At the operator's cost.
    pub(super) by_store: Quantity,
    /// What the producer is owed by.
    pub(super) terms: FrozenTerms,
}

impl Borne {
    /// Returns what the operator owes the producer for its part, at the price of a unit.
    pub(super) fn owed(&self, price: Money) -> Result<Money> {
        Ok(compensation(price, self.by_store, &self.terms)?)
    }

    /// Returns what each side bears, with what the operator owes for it, for entries whose lines are each borne by
    /// one of them. Who bears nothing is left out.
    pub(super) fn parts(&self, price: Money) -> Result<Vec<(Quantity, Money)>> {
        let mut parts = vec![(self.by_producer, Money::ZERO), (self.by_store, self.owed(price)?)];
        parts.retain(|(quantity, _)| *quantity > Quantity::ZERO);
        Ok(parts)
    }

    /// Returns the producer's part, and what the operator owes for the rest. Where nothing is owed the producer bears
    /// all of it, and nothing has to say so: zero beside zero.
    pub(super) fn told(&self, price: Money) -> Result<(Quantity, Money)> {
        let owed = self.owed(price)?;
        Ok(if owed > Money::ZERO { (self.by_producer, owed) } else { (Quantity::ZERO, Money::ZERO) })
    }
}

/// The losses of one act. What a contract still allows is used up by one lot after the other; contracts and moves of a producer are
/// read once, whatever number of their products a stocktake finds missing.
pub(super) struct Losses<'a> {
    bearer: LossBearer,
    reason: &'a str,
    day: Date,
    commission_tax: Rate,
    contracts: BTreeMap<ProducerId, Vec<Terms>>,
    open: BTreeMap<ProducerId, Vec<MoveSum>>,
    allowed: BTreeMap<(ProducerId, ProductId), Quantity>,
}

impl<'a> Losses<'a> {
    /// Begins with what the manager says: who bears them, and in which words.
    pub(super) const fn new(bearer: LossBearer, reason: &'a str, day: Date, commission_tax: Rate) -> Self {
        Self {
            bearer,
            reason,
            day,
            commission_tax,
            contracts: BTreeMap::new(),
            open: BTreeMap::new(),
            allowed: BTreeMap::new(),
        }
    }

    /// Begins where nobody is asked: whom the contract names bears them.
    pub(super) const fn unasked(day: Date, commission_tax: Rate) -> Self {
        Self::new(LossBearer::Contract, "", day, commission_tax)
    }

    /// Returns what was ever agreed with a producer.
    pub(super) async fn contracts(
        &mut self,
        connection: &mut SqliteConnection,
        producer_id: ProducerId,
    ) -> Result<&[Terms]> {
        let known = match self.contracts.entry(producer_id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(terms::list_of_producer(connection, producer_id).await?),
        };
        Ok(known.as_slice())
    }

    /// Divides a loss that nobody is asked about: whom the contract names bears it. `None` where it says nothing of it.
    pub(super) async fn by_contract(
        &mut self,
        connection: &mut SqliteConnection,
        of: (ProducerId, &Offer),
        quantity: Quantity,
    ) -> Result<Option<Borne>> {
        Ok(self.divide(connection, of, (Cause::Damaged, quantity)).await?.ok())
    }

    /// Divides a loss of a producer's product between producer and operator; or tells what the manager has to say first. What
    /// is missing when the shelf is counted is [`Cause::Lost`].
    pub(super) async fn divide(
        &mut self,
        connection: &mut SqliteConnection,
        (producer_id, offer): (ProducerId, &Offer),
        (cause, quantity): (Cause, Quantity),
    ) -> Result<std::result::Result<Borne, Note>> {
        let day = self.day;
        let known = self.contracts(connection, producer_id).await?;
        let contract = terms_on(known, producer_id, offer.product_id, day);
        let clauses = contract.map(|terms| terms.clauses).unwrap_or_default();
        let terms = FrozenTerms::of(producer_id, contract, self.commission_tax);
        let all_by = |bearer| match bearer {
            Bearer::Producer => Borne { by_producer: quantity, by_store: Quantity::ZERO, terms },
            Bearer::Store => Borne { by_producer: Quantity::ZERO, by_store: quantity, terms },
        };
        let named = clauses.bearer_of(cause);
        let said = match self.bearer {
            LossBearer::Contract => None,
            LossBearer::Store => Some(Bearer::Store),
            LossBearer::Producer => Some(Bearer::Producer),
        };
        Ok(match (said, named) {
            (Some(said), Some(named)) if said != named && self.reason.trim().is_empty() => {
                let producer = producers::find_name(connection, producer_id).await?.unwrap_or_default();
                Err(Contracting::WhyNotContract { producer }.into())
            }
            (Some(said), _) => Ok(all_by(said)),
            (None, None) => {
                let producer = producers::find_name(connection, producer_id).await?.unwrap_or_default();
                Err(Contracting::NoBearer { producer }.into())
            }
            (None, Some(Bearer::Store)) if clauses.shrinkage.ppm() > 0 && is_shrinkage(cause) => {
                let allowed = self.allowed(connection, (producer_id, offer), clauses).await?;
                let by_producer = allowed.min(quantity);
                let left = allowed.minus(by_producer).ok_or(MoneyError)?;
                self.allowed.insert((producer_id, offer.product_id), left);
                let by_store = quantity.minus(by_producer).ok_or(MoneyError)?;
                Ok(Borne { by_producer, by_store, terms })
            }
            (None, Some(named)) => Ok(all_by(named)),
        })
    }

    /// Returns how much more of a product its producer bears although the store bears losses.
    async fn allowed(
        &mut self,
        connection: &mut SqliteConnection,
        (producer_id, offer): (ProducerId, &Offer),
        clauses: Clauses,
    ) -> Result<Quantity> {
        if let Some(left) = self.allowed.get(&(producer_id, offer.product_id)) {
            return Ok(*left);
        }
        let open = match self.open.entry(producer_id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(settlements::list_open(connection, producer_id).await?),
        };
        let of_product = |sum: &&MoveSum| sum.product_id == offer.product_id;
        let sums: Vec<MoveSum> = open.iter().filter(of_product).copied().collect();
        Ok(clauses.allowance(&sums, offer.sold_by == SoldBy::Weight)?)
    }
}
