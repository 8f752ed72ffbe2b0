//! Promotions as the catalogue tells them.

use domain::promotion::{Hours, Promotion, PromotionKind};
use domain::{Money, Rate};
use serde::{Deserialize, Serialize};
use time::Date;
use uuid::Uuid;

use crate::stream::iso_date;

/// A dated promotion for some products. The best single one holds for a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromotionRow {
    /// The promotion.
    pub id: Uuid,
    /// Name on screen and paper.
    pub name: String,
    /// What it does to the price.
    pub offer: PromotionOffer,
    /// For which products.
    pub products: Vec<Uuid>,
    /// First business date.
    #[serde(with = "iso_date")]
    pub first_day: Date,
    /// Last business date.
    #[serde(with = "iso_date")]
    pub last_day: Date,
    /// Minutes of the day, the first included, the last not; none for the whole day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<[u16; 2]>,
}

/// What a promotion does to the price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PromotionOffer {
    /// A part off, parts per million.
    Percent(u32),
    /// Đồng off each unit.
    AmountOff(i64),
    /// So many pieces together for so many đồng.
    Bundle(i64, i64),
    /// Pay for so many pieces, get so many more.
    BuyGet(i64, i64),
}

impl From<&Promotion> for PromotionRow {
    fn from(promotion: &Promotion) -> Self {
        Self {
            id: promotion.id.uuid(),
            name: promotion.name.clone(),
            offer: promotion.kind.into(),
            products: promotion.products.iter().map(|product| product.uuid()).collect(),
            first_day: promotion.first_day,
            last_day: promotion.last_day,
            minutes: promotion.hours.map(|hours| [hours.from_minute, hours.to_minute]),
        }
    }
}

impl PromotionRow {
    /// Returns the promotion; `None` for a rate beyond the whole.
    pub fn promotion(self) -> Option<Promotion> {
        Some(Promotion {
            id: self.id.into(),
            name: self.name,
            kind: self.offer.kind()?,
            products: self.products.into_iter().map(Into::into).collect(),
            first_day: self.first_day,
            last_day: self.last_day,
            hours: self.minutes.map(|[from_minute, to_minute]| Hours { from_minute, to_minute }),
        })
    }
}

impl From<PromotionKind> for PromotionOffer {
    fn from(kind: PromotionKind) -> Self {
        match kind {
            PromotionKind::Percent(rate) => Self::Percent(rate.ppm()),
            PromotionKind::AmountOff(amount) => Self::AmountOff(amount.vnd()),
            PromotionKind::Bundle { pieces, price } => Self::Bundle(pieces, price.vnd()),
            PromotionKind::BuyGet { buy, get } => Self::BuyGet(buy, get),
        }
    }
}

impl PromotionOffer {
    /// Returns the rule; `None` for a rate beyond the whole.
    pub fn kind(self) -> Option<PromotionKind> {
        Some(match self {
            Self::Percent(ppm) => PromotionKind::Percent(Rate::from_ppm(ppm).ok()?),
            Self::AmountOff(vnd) => PromotionKind::AmountOff(Money::new(vnd)),
            Self::Bundle(pieces, vnd) => PromotionKind::Bundle { pieces, price: Money::new(vnd) },
            Self::BuyGet(buy, get) => PromotionKind::BuyGet { buy, get },
        })
    }
}
