//! Everything about one product: what it is, what it cost, what it was recognised as, and who changed it.

use domain::Money;
use domain::catalog::{Category, Stars};
use domain::ids::ProductId;
use domain::recognition::{Level, Points, held};
use serde::Serialize;
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;

use super::report::HeldOfProduct;
use crate::db::audit::{self, AuditRow};
use crate::db::engine::Db;
use crate::db::prices::{self, Price};
use crate::db::products::{self, Product};
use crate::db::recognitions::{self, Decision};
use crate::db::{combos, dossiers, producers};
use crate::error::Result;
use crate::web::dossiers::report::KindOfDossier;
use crate::web::nominations::report::{self as nominations, NominationOfProduct};
use crate::web::sales::report::{iso, iso_maybe};

/// The most acts that are shown.
pub const ACTS_MAX: i64 = 100;

/// A product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProductReport {
    /// The product.
    pub product_id: Uuid,
    /// The shops' own code.
    pub sku: String,
    /// All barcodes.
    pub barcodes: Vec<String>,
    /// Name.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// `piece` or `weight`.
    pub sold_by: String,
    /// Price of a unit, VAT included, đồng; none while it has none.
    pub price_vnd: Option<i64>,
    /// Code of the VAT class.
    pub tax_class: String,
    /// Code of the group.
    pub group: Option<String>,
    /// Whose goods.
    pub producer_id: Option<Uuid>,
    /// Their name.
    pub producer: Option<String>,
    /// Commune that it comes from.
    pub commune: String,
    /// `active`, `unpriced`, `retired` or `provisional`.
    pub status: String,
    /// Several products under one code.
    pub is_combo: bool,
    /// OCOP stars held today.
    pub stars: Option<u8>,
    /// What it holds today, the leading category first.
    pub held: Vec<HeldOfProduct>,
    /// Prices, the latest first.
    pub prices: Vec<PriceOfProduct>,
    /// Decisions, the latest first.
    pub recognitions: Vec<RecognitionOfProduct>,
    /// Kinds of papers that are asked of it or that it has, with the papers; none of a combo or one that waits.
    pub dossier: Vec<KindOfDossier>,
    /// Nominations for points, the latest first.
    pub nominations: Vec<NominationOfProduct>,
    /// What was done to it, the latest first; at most 100 acts.
    pub acts: Vec<ActOnProduct>,
}

/// A version of the price.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PriceOfProduct {
    /// 1, 2, 3 …
    pub version: i64,
    /// Price of a unit, VAT included, đồng.
    pub price_vnd: i64,
    /// When it was set, UTC milliseconds; none before prices were kept.
    pub set_at_ms: Option<i64>,
    /// Whose login set it.
    pub set_by: String,
}

/// How a decision stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RecognitionState {
    /// It counts.
    InForce,
    /// Its last day is over.
    Lapsed,
    /// Its first day is to come.
    ToCome,
    /// It was entered by mistake.
    Withdrawn,
}

/// A decision about the product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RecognitionOfProduct {
    /// Its identity.
    pub recognition_id: Uuid,
    /// Code of the category.
    pub category: String,
    /// The rank, for OCOP.
    pub stars: Option<u8>,
    /// Number of the decision.
    pub number: String,
    /// Its day.
    #[serde(serialize_with = "iso_maybe")]
    #[schema(value_type = Option<String>, format = Date)]
    pub decided_on: Option<Date>,
    /// Who decided.
    pub issuer: String,
    /// `district`, `province`, `region` or `nation`.
    pub level: Option<String>,
    /// Points, in hundredths.
    pub points_hundredths: Option<i64>,
    /// The set of criteria.
    pub criteria: String,
    /// The group as it is printed.
    pub group_printed: String,
    /// First day.
    #[serde(serialize_with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub from: Date,
    /// Last day; none when nothing ends it.
    #[serde(serialize_with = "iso_maybe")]
    #[schema(value_type = Option<String>, format = Date)]
    pub until: Option<Date>,
    /// The scan of its paper is kept.
    pub has_scan: bool,
    /// How it stands today.
    pub state: RecognitionState,
    /// Days left of one in force, 0 on the last one.
    pub days_left: Option<i64>,
}

/// An act, from the audit log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ActOnProduct {
    /// When, UTC milliseconds.
    pub at_ms: i64,
    /// Whose login.
    pub actor: String,
    /// What, such as `product.update`.
    pub action: String,
    /// In which words: a line for each field that changed.
    pub detail: String,
}

/// Reads a product; `None` when there is none.
///
/// # Errors
/// When the database fails.
pub async fn load(db: &Db, id: ProductId, today: Date) -> Result<Option<ProductReport>> {
    let mut tx = db.begin_reading().await?;
    let Some(product) = products::find_in(&mut tx, id).await? else { return Ok(None) };
    let producer = match product.producer_id {
        Some(producer) => producers::find_in(&mut tx, producer).await?.map(|producer| producer.name),
        None => None,
    };
    let is_combo = !combos::list_parts(&mut tx, id).await?.is_empty();
    let decisions = recognitions::list(&mut tx, id).await?;
    let prices = prices::list(&mut tx, id).await?;
    let acts = audit::list_of(&mut tx, &id.to_string(), ACTS_MAX).await?;
    let counting: Vec<_> =
        decisions.iter().filter(|each| !each.is_withdrawn).map(|each| each.recognition).collect();
    let held = held(&counting, today);
    let has_papers = !is_combo && product.status != "provisional";
    let dossier = if has_papers { dossiers::load(&mut tx, &product, today).await? } else { Vec::new() };
    let dossier = dossier.into_iter().map(|held| KindOfDossier::of(held, today)).collect();
    Ok(Some(ProductReport {
        stars: held.iter().find_map(|each| each.stars).map(Stars::count),
        held: held.iter().map(|each| HeldOfProduct::of(each, today)).collect(),
        prices: prices.into_iter().map(Into::into).collect(),
        recognitions: decisions.into_iter().map(|each| RecognitionOfProduct::of(each, today)).collect(),
        acts: acts.into_iter().map(Into::into).collect(),
        producer,
        is_combo,
        dossier,
        nominations: nominations::of_product(&mut tx, id).await?,
        ..ProductReport::from(product)
    }))
}

impl From<Product> for ProductReport {
    fn from(product: Product) -> Self {
        let price_vnd = Some(product.price.vnd()).filter(|_| !product.lacks_price());
        Self {
            product_id: product.id.uuid(),
            sku: product.sku,
            barcodes: product.barcodes,
            name: product.name,
            unit: product.unit,
            sold_by: product.sold_by.code().to_owned(),
            price_vnd,
            tax_class: product.tax_class.code().to_owned(),
            group: product.group_code,
            producer_id: product.producer_id.map(Into::into),
            producer: None,
            commune: product.commune,
            status: product.status,
            is_combo: false,
            stars: None,
            held: Vec::new(),
            prices: Vec::new(),
            recognitions: Vec::new(),
            dossier: Vec::new(),
            nominations: Vec::new(),
            acts: Vec::new(),
        }
    }
}

impl ProductReport {
    /// Returns the price, if it has one.
    pub fn price(&self) -> Option<Money> {
        self.price_vnd.map(Money::new)
    }

    /// Returns the category of one of its recognitions.
    pub fn category_of(&self, recognition: Uuid) -> Option<Category> {
        let found = self.recognitions.iter().find(|each| each.recognition_id == recognition);
        found.and_then(|each| Category::from_code(&each.category))
    }
}

impl From<Price> for PriceOfProduct {
    fn from(price: Price) -> Self {
        Self {
            version: price.version,
            price_vnd: price.price_vnd.vnd(),
            set_at_ms: price.set_at_ms,
            set_by: price.set_by,
        }
    }
}

impl From<AuditRow> for ActOnProduct {
    fn from(row: AuditRow) -> Self {
        Self { at_ms: row.at_ms, actor: row.actor, action: row.action, detail: row.detail }
    }
}

impl RecognitionOfProduct {
    fn of(decision: Decision, today: Date) -> Self {
        let recognition = decision.recognition;
        let state = match decision.is_withdrawn {
            true => RecognitionState::Withdrawn,
            false if recognition.counts_on(today) => RecognitionState::InForce,
            false if recognition.valid_from > today => RecognitionState::ToCome,
            false => RecognitionState::Lapsed,
        };
        let days = recognition.valid_to.map(|last| (last - today).whole_days());
        Self {
            recognition_id: decision.id,
            category: recognition.category.code().to_owned(),
            stars: recognition.stars.map(Stars::count),
            number: decision.paper.number,
            decided_on: decision.paper.decided_on,
            issuer: decision.paper.issuer,
            level: decision.paper.level.map(|level: Level| level.code().to_owned()),
            points_hundredths: decision.paper.points.map(Points::hundredths),
            criteria: decision.paper.criteria,
            group_printed: decision.paper.group_printed,
            from: recognition.valid_from,
            until: recognition.valid_to,
            has_scan: decision.file_id.is_some(),
            state,
            days_left: days.filter(|_| state == RecognitionState::InForce),
        }
    }
}
