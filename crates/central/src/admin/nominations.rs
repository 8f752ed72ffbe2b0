//! Nominations of products for points of sale, as the department moves them. What points answer is in [`crate::nominating`].

use domain::ids::{ProductId, StoreId};
use domain::nomination::{NominationRefusal, Stage, Step};
use domain::section::Section;
use uuid::Uuid;
use web::format::local_date;

use super::Admin;
use super::points::words;
use crate::db::nominations::{self, Nomination};
use crate::db::stores::Store;
use crate::db::{combos, dossiers, products, stores};
use crate::error::{Error, Refusal, Result};

/// A nomination to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewNomination {
    /// Drawn with the form, so that a form sent twice makes one.
    pub id: Uuid,
    /// Whose it is: trade, industry or agriculture.
    pub section: Section,
    /// Why.
    pub reason: String,
    /// For which stores; none for all that there are.
    pub stores: Vec<StoreId>,
}

/// What the department does with a nomination.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NominationStep {
    /// Trade lets it pass.
    Pass,
    /// Trade sends it back.
    Return,
    /// The section proposes it again.
    Again,
    /// The section takes it back; or trade does, after it let it pass.
    Withdraw,
}

impl Admin {
    /// Nominates a product for stores; nominated before under its id, it stays as it is.
    ///
    /// # Errors
    /// When there is no such product on sale, it is a combo, no store is there or one is unknown, the section nominates nothing, the
    /// reason is missing, or another nomination of the product is looked at ([`Refusal::Taken`]).
    pub async fn nominate(&self, product_id: ProductId, new: &NewNomination) -> Result<()> {
        if new.section == Section::Finance {
            return Err(Refusal::Invalid { what: "section", rule: "trade, industry or agriculture" }.into());
        }
        let reason = words("reason", &new.reason)?;
        if reason.is_empty() {
            return Err(Refusal::Invalid { what: "reason", rule: "words are needed" }.into());
        }
        let mut tx = self.db.begin().await?;
        let all = stores::list_in(&mut tx, None).await?;
        let stores = named(&all, &new.stores)?;
        let product = products::claim(&mut tx, product_id).await?.ok_or(Error::NotFound("product"))?;
        if product.status != "active" || !combos::list_parts(&mut tx, product_id).await?.is_empty() {
            return Err(Error::NotFound("product"));
        }
        let before = nominations::list_of_product(&mut tx, product_id).await?;
        if before.iter().any(|each| each.id == new.id) {
            return Ok(());
        }
        for each in &before {
            if each.stage()?.is_open() {
                return Err(Refusal::Taken { what: "nomination", value: product.sku }.into());
            }
        }
        let now_ms = self.clock.now_ms();
        let nomination = Nomination {
            id: new.id,
            product_id: product_id.uuid(),
            section: new.section.code().to_owned(),
            reason: reason.clone(),
            is_for_all: new.stores.is_empty(),
            stage: Stage::Proposed.code().to_owned(),
            gap_count: None,
            words: String::new(),
            nominated_by: self.actor.clone(),
            nominated_at_ms: now_ms,
            changed_by: self.actor.clone(),
            changed_at_ms: now_ms,
        };
        // Another product's nomination has this id.
        if !nominations::insert(&mut tx, &nomination, &stores).await? {
            return Err(Error::NotFound("nomination"));
        }
        self.finish(tx, "nomination.add", &product_id.to_string(), &reason).await
    }

    /// Takes a step of a nomination, with words; trade's look counts the papers that are missing or lapsed at that moment.
    ///
    /// # Errors
    /// [`Refusal::Nomination`] when it does not follow or words are missing, or what is not on sale any more would go on; when there is
    /// no such nomination.
    pub async fn step_nomination(&self, id: Uuid, step: NominationStep, said: &str) -> Result<()> {
        let said = words("words", said)?;
        let mut tx = self.db.begin().await?;
        let mut nomination = nominations::claim(&mut tx, id).await?.ok_or(Error::NotFound("nomination"))?;
        let product_id = nomination.product_id;
        let product =
            products::find_in(&mut tx, product_id.into()).await?.ok_or(Error::NotFound("product"))?;
        let today = local_date(self.clock.now_ms());
        let kinds = dossiers::load(&mut tx, &product, today).await?;
        let gaps = kinds.iter().filter(|kind| kind.is_gap()).count();
        let taken = match step {
            NominationStep::Pass => Step::Pass(gaps, &said),
            NominationStep::Return => Step::Return(&said),
            NominationStep::Again => Step::Again(&said),
            NominationStep::Withdraw => Step::Withdraw(&said),
        };
        let next = nomination.stage()?.after(taken).map_err(Refusal::Nomination)?;
        if matches!(step, NominationStep::Pass | NominationStep::Again) && product.status != "active" {
            return Err(Refusal::Nomination(NominationRefusal::NotOnSale).into());
        }
        if matches!(step, NominationStep::Pass | NominationStep::Return) {
            nomination.gap_count = i64::try_from(gaps).ok();
        }
        next.code().clone_into(&mut nomination.stage);
        nomination.words = said.clone();
        nomination.changed_by = self.actor.clone();
        nomination.changed_at_ms = self.clock.now_ms();
        nominations::update(&mut tx, &nomination).await?;
        let action = match step {
            NominationStep::Pass => "nomination.pass",
            NominationStep::Return => "nomination.return",
            NominationStep::Again => "nomination.again",
            NominationStep::Withdraw => "nomination.withdraw",
        };
        self.finish(tx, action, &product_id.to_string(), &said).await
    }
}

/// The stores that are named, each once, or all.
fn named(all: &[Store], wanted: &[StoreId]) -> Result<Vec<StoreId>> {
    let known: Vec<StoreId> = all.iter().map(|store| store.id).collect();
    if wanted.iter().any(|id| !known.contains(id)) {
        return Err(Error::NotFound("store"));
    }
    let stores: Vec<StoreId> =
        known.into_iter().filter(|id| wanted.is_empty() || wanted.contains(id)).collect();
    if stores.is_empty() {
        return Err(Refusal::Invalid { what: "store", rule: "a store is needed" }.into());
    }
    Ok(stores)
}
