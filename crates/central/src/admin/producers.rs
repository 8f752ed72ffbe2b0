//! Producers: added and written anew. Each act also tells the stores.

use std::collections::BTreeSet;

use domain::ids::ProducerId;
use domain::place::Gazetteer;
use protocol::wire::{CatalogueRow, ProducerRow};

use super::{Admin, needed, optional};
use crate::db::catalogue::{self, Audience, News};
use crate::db::producers::{self, Producer};
use crate::db::{Tx, producer_list, same_producers};
use crate::error::{Error, Refusal, Result};

/// The most signs of a telephone number.
const PHONE_MAX: usize = 40;

/// A producer to add, or as it is to be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewProducer {
    /// Name.
    pub name: String,
    /// Commune, ward or special zone.
    pub commune: String,
    /// Telephone.
    pub phone: String,
}

impl Admin {
    /// Adds a producer.
    ///
    /// # Errors
    /// When the name is missing.
    pub async fn add_producer(&self, new: &NewProducer) -> Result<ProducerId> {
        let id = self.clock.new_uuid().into();
        self.add_producer_as(id, new).await?;
        Ok(id)
    }

    /// Adds a producer under an identity that who asks has drawn; added before under it, it stays as it is, so that asking twice
    /// makes one.
    ///
    /// # Errors
    /// When the name is missing.
    pub async fn add_producer_as(&self, id: ProducerId, new: &NewProducer) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let producer = producer_of(id, new, &self.communes(&mut tx).await?)?;
        if !producers::insert(&mut tx, &producer).await? {
            return Ok(());
        }
        tell(&mut tx, &producer, self.clock.now_ms()).await?;
        self.finish(tx, "producer.add", &id.to_string(), &producer.name).await
    }

    /// Writes a producer anew. One that a store had added is the catalogue's from then on, and all stores are told of it.
    ///
    /// # Errors
    /// When there is no such producer, or the name is missing.
    pub async fn update_producer(&self, id: ProducerId, new: &NewProducer) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let producer = producer_of(id, new, &self.communes(&mut tx).await?)?;
        let old = producer_list::claim(&mut tx, id).await?.ok_or(Error::NotFound("producer"))?;
        producer_list::update(&mut tx, &producer).await?;
        tell(&mut tx, &producer, self.clock.now_ms()).await?;
        self.finish(tx, "producer.update", &id.to_string(), &changes(&old, &producer)).await
    }
}

impl Admin {
    /// Says that a producer is the same as another one, which the department's figures then count it as; said before, it stays so.
    /// Contracts, what is owed, settlements and logins stay each one's own.
    ///
    /// # Errors
    /// When there is no such producer, it is itself, the other one is counted as a third, or others are counted as it.
    pub async fn unite_producers(&self, id: ProducerId, other: ProducerId) -> Result<()> {
        let mut tx = self.db.begin().await?;
        // In the order of ids, so that two of these do not wait for each other.
        for each in BTreeSet::from([id, other]) {
            producer_list::claim(&mut tx, each).await?.ok_or(Error::NotFound("producer"))?;
        }
        let (own, of_other) =
            (same_producers::load(&mut tx, id).await?, same_producers::load(&mut tx, other).await?);
        let wrong = |rule| Err(Refusal::Invalid { what: "producer", rule }.into());
        if id == other {
            return wrong("another one");
        }
        if of_other.same_as.is_some() {
            return wrong("one that is not counted as a third");
        }
        if !own.counted_as_it.is_empty() {
            return wrong("one that nobody else is counted as");
        }
        if !same_producers::set(&mut tx, id, Some(other)).await? {
            return Ok(());
        }
        let name =
            producers::find_in(&mut tx, other).await?.map(|producer| producer.name).unwrap_or_default();
        self.finish(tx, "producer.same", &id.to_string(), &format!("{other} {name}")).await
    }

    /// Says that a producer is one of its own again; said before, it stays so.
    ///
    /// # Errors
    /// When there is no such producer.
    pub async fn part_producers(&self, id: ProducerId) -> Result<()> {
        let mut tx = self.db.begin().await?;
        producer_list::claim(&mut tx, id).await?.ok_or(Error::NotFound("producer"))?;
        let was = same_producers::load(&mut tx, id).await?.same_as;
        if !same_producers::set(&mut tx, id, None).await? {
            return Ok(());
        }
        let detail = was.map(|other| format!("{} {}", other.id, other.name)).unwrap_or_default();
        self.finish(tx, "producer.same_end", &id.to_string(), &detail).await
    }
}

fn producer_of(id: ProducerId, new: &NewProducer, communes: &Gazetteer) -> Result<Producer> {
    let phone = optional("phone", &new.phone)?;
    if phone.chars().count() > PHONE_MAX
        || !phone.chars().all(|sign| sign.is_ascii_digit() || " +-.()/".contains(sign))
    {
        return Err(Refusal::Invalid { what: "phone", rule: "digits, at most 40" }.into());
    }
    let commune = communes.written(&optional("commune", &new.commune)?);
    Ok(Producer { id, name: needed("name", &new.name)?, commune, phone })
}

async fn tell(tx: &mut Tx, producer: &Producer, now_ms: i64) -> Result<()> {
    catalogue::publish(tx, vec![producer_news(producer)?], now_ms).await
}

/// Returns a producer as stores learn of it; the address that a store's papers carry is added when its till asks.
pub(super) fn producer_news(producer: &Producer) -> Result<News> {
    let row = ProducerRow { id: producer.id.uuid(), name: producer.name.clone(), reading_url: None };
    News::of(&CatalogueRow::Producer(row), Audience::All)
}

/// The log is read by people of the department, who see the telephone on the page: here it is enough that it changed.
fn changes(old: &Producer, new: &Producer) -> String {
    let mut lines = Vec::new();
    for (field, old, new) in [("name", &old.name, &new.name), ("commune", &old.commune, &new.commune)] {
        if old != new {
            lines.push(format!("{field}: {old} → {new}"));
        }
    }
    if old.phone != new.phone {
        lines.push("phone".to_owned());
    }
    lines.join("\n")
}
