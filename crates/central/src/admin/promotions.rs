//! Promotions: made for some products and days, told to the stores, and ended. None is changed after it was told, so that
//! each sale names what it was given.

use domain::Money;
use domain::ids::{OperatorId, ProductId, PromotionId, StoreId};
use domain::promotion::{Hours, Promotion, PromotionKind};
use protocol::wire::{CatalogueRow, PromotionRow};
use time::Date;

use super::{Admin, needed};
use crate::db::catalogue::{self, Audience, News};
use crate::db::{Tx, products, promotions, stores};
use crate::error::{Error, Refusal, Result};

/// Products of one promotion, at most.
pub(crate) const PRODUCTS_MAX: usize = 2_000;
/// The longest name, in letters: it has to fit on a receipt.
pub(crate) const NAME_MAX: usize = 40;
/// The last minute of a day is before this one.
const DAY_MINUTES: u16 = 24 * 60;

/// A promotion to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPromotion {
    /// Its identity, drawn by who asks, so that asking twice makes one.
    pub id: PromotionId,
    /// Whose stores.
    pub operator_id: OperatorId,
    /// One of them, or all.
    pub store_id: Option<StoreId>,
    /// Name on screen and paper, in a few words.
    pub name: String,
    /// What it does to the price.
    pub kind: PromotionKind,
    /// For which products.
    pub products: Vec<ProductId>,
    /// First business date.
    pub first_day: Date,
    /// Last business date.
    pub last_day: Date,
    /// Only then, every day.
    pub hours: Option<Hours>,
}

impl Admin {
    /// Makes a promotion and tells the stores of it; made before under its id, it stays as it is.
    ///
    /// # Errors
    /// When something about it is missing or wrong, or it is for a product, operator or store that does not exist.
    pub async fn add_promotion(&self, new: &NewPromotion) -> Result<PromotionId> {
        let promotion = check(new)?;
        let mut tx = self.db.begin().await?;
        check_known(&mut tx, new, &promotion.products).await?;
        if !promotions::insert(&mut tx, new.operator_id, new.store_id, &promotion).await? {
            return Ok(promotion.id);
        }
        let audience = new.store_id.map_or(Audience::Operator(new.operator_id), Audience::Store);
        let row = CatalogueRow::Promotion(PromotionRow::from(&promotion));
        catalogue::publish(&mut tx, vec![News::of(&row, audience)?], self.clock.now_ms()).await?;
        self.finish(tx, "promotion.add", &promotion.id.to_string(), &promotion.name).await?;
        Ok(promotion.id)
    }

    /// Ends a promotion: stores forget it at their next contact. One that has ended stays so.
    ///
    /// # Errors
    /// When there is no such promotion.
    pub async fn end_promotion(&self, id: PromotionId) -> Result<()> {
        let mut tx = self.db.begin().await?;
        match promotions::end(&mut tx, id).await? {
            Some(true) => {}
            // Pressed twice.
            Some(false) => return Ok(()),
            None => return Err(Error::NotFound("promotion")),
        }
        catalogue::publish(&mut tx, vec![News::gone("promotion", id.uuid())], self.clock.now_ms()).await?;
        self.finish(tx, "promotion.end", &id.to_string(), "").await
    }
}

/// A promotion names only what there is, and a store of its own operator.
async fn check_known(tx: &mut Tx, new: &NewPromotion, products: &[ProductId]) -> Result<()> {
    if !products::are_known(tx, products).await? {
        return Err(Error::NotFound("product"));
    }
    if let Some(store) = new.store_id {
        let store = stores::find_in(tx, store).await?;
        store.filter(|store| store.operator_id == new.operator_id).ok_or(Error::NotFound("store"))?;
    }
    Ok(())
}

fn check(new: &NewPromotion) -> Result<Promotion> {
    let wrong = |what, rule| Err(Refusal::Invalid { what, rule }.into());
    let name = needed("name", &new.name)?;
    if name.chars().count() > NAME_MAX {
        return wrong("name", "at most 40 letters");
    }
    let is_offer = match new.kind {
        PromotionKind::Percent(rate) => (1..=1_000_000).contains(&rate.ppm()),
        PromotionKind::AmountOff(amount) => amount > Money::ZERO,
        PromotionKind::Bundle { pieces, price } => pieces > 1 && price > Money::ZERO,
        PromotionKind::BuyGet { buy, get } => buy > 0 && get > 0,
    };
    if !is_offer {
        return wrong("offer", "above zero, and at most 100 %");
    }
    if new.last_day < new.first_day {
        return wrong("days", "the last one is before the first one");
    }
    if new.hours.is_some_and(|hours| hours.from_minute >= hours.to_minute || hours.to_minute > DAY_MINUTES) {
        return wrong("hours", "from 00:00 to 24:00, the end after the beginning");
    }
    let mut products = new.products.clone();
    products.sort_unstable();
    products.dedup();
    if products.is_empty() || products.len() > PRODUCTS_MAX {
        return wrong("products", "one to 2.000 of them");
    }
    let NewPromotion { id, kind, first_day, last_day, hours, .. } = *new;
    Ok(Promotion { id, name, kind, products, first_day, last_day, hours })
}
