//! The promotions that a person may see, with what has become of each.

use domain::promotion::PromotionKind;
use protocol::wire::PromotionOffer;
use serde::Serialize;
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::db::engine::Db;
use crate::db::promotions::{self, Shown};
use crate::db::users::Scope;
use crate::error::Result;
use crate::web::sales::report::iso;

/// Promotions: those that run, those that come, those that are over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PromotionsReport {
    /// At most 200; a file has all of them.
    pub promotions: Vec<PromotionOfReport>,
}

/// A promotion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PromotionOfReport {
    /// Its identity.
    pub promotion_id: Uuid,
    /// Name on screen and paper.
    pub name: String,
    /// `percent`, `amount_off`, `bundle` or `buy_get` with its numbers, as stores are told.
    #[schema(value_type = Object)]
    pub offer: Option<PromotionOffer>,
    /// First business date.
    #[schema(value_type = String)]
    #[serde(serialize_with = "iso")]
    pub first_day: Date,
    /// Last business date.
    #[schema(value_type = String)]
    #[serde(serialize_with = "iso")]
    pub last_day: Date,
    /// Minutes of the day, the first included, the last not; none for the whole day.
    pub minutes: Option<[i64; 2]>,
    /// Whose stores give it.
    pub operator: String,
    /// The one store that gives it; none for all of the operator's.
    pub store: Option<String>,
    /// For how many products.
    pub product_count: i64,
    /// One of them.
    pub product: String,
    /// What has become of it.
    pub state: State,
}

/// What has become of a promotion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It holds today.
    Running,
    /// Its first day is to come.
    Coming,
    /// Its last day is over.
    Over,
    /// Somebody ended it.
    Ended,
}

impl State {
    const fn is_open(self) -> bool {
        matches!(self, Self::Running | Self::Coming)
    }

    fn of(row: &Shown, today: Date) -> Self {
        match (row.is_ended, row.first_day > today, row.last_day < today) {
            (true, ..) => Self::Ended,
            (_, true, _) => Self::Coming,
            (.., true) => Self::Over,
            _ => Self::Running,
        }
    }
}

impl PromotionOfReport {
    fn new(row: Shown, today: Date) -> Self {
        Self {
            state: State::of(&row, today),
            promotion_id: row.id,
            name: row.name,
            offer: serde_json::from_str(&row.offer).ok(),
            first_day: row.first_day,
            last_day: row.last_day,
            minutes: row.from_minute.zip(row.to_minute).map(|(from, to)| [from, to]),
            operator: row.operator,
            store: row.store,
            product_count: row.product_count,
            product: row.product,
        }
    }

    /// Returns what it does to the price; `None` when that cannot be read.
    pub fn kind(&self) -> Option<PromotionKind> {
        self.offer.and_then(PromotionOffer::kind)
    }

    /// True while it can be ended.
    pub const fn is_open(&self) -> bool {
        self.state.is_open()
    }
}

impl PromotionsReport {
    /// Returns the name of a promotion among them.
    pub fn name_of(&self, id: Uuid) -> Option<String> {
        self.promotions.iter().find(|row| row.promotion_id == id).map(|row| row.name.clone())
    }
}

/// Reads the promotions of a scope, at most so many: those that run first, then those that come, the next one first.
///
/// # Errors
/// When the database fails.
pub async fn load(db: &Db, scope: Scope, today: Date, most: i64) -> Result<PromotionsReport> {
    let rows = promotions::list_in_scope(db, scope, today, most).await?;
    let mut promotions: Vec<_> = rows.into_iter().map(|row| PromotionOfReport::new(row, today)).collect();
    // Stable: what is over stays with the newest first.
    promotions.sort_by_key(|row| (row.state, row.is_open().then_some(row.first_day)));
    Ok(PromotionsReport { promotions })
}
