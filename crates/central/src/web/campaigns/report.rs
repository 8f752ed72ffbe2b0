//! A campaign with what it brought, as the page shows it and programs read it.

use domain::campaign::{CampaignKind, CampaignState};
use domain::uplift::{Basis, Between, Detectable, Measured, TooLittle, Uplift};
use serde::Serialize;
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::web::products::detail::ActOnProduct;
use crate::web::sales::freshness::Freshness;
use crate::web::sales::report::{iso, iso_maybe};

/// A campaign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CampaignReport {
    /// The campaign.
    pub campaign_id: Uuid,
    /// Its name.
    pub name: String,
    /// `price`, `fair`, `tasting`, `media`, `post` or `banner`.
    pub kind: String,
    /// `coming`, `running`, `over`, `ended` or `called_off`.
    pub state: String,
    /// The first day.
    #[serde(serialize_with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub first_day: Date,
    /// The last day as planned.
    #[serde(serialize_with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub last_day: Date,
    /// The day on which it was ended.
    #[serde(serialize_with = "iso_maybe")]
    #[schema(value_type = Option<String>, format = Date)]
    pub ended_on: Option<Date>,
    /// What it costs, đồng.
    pub cost_vnd: i64,
    /// Whatever else is to be known.
    pub note: String,
    /// Whose login recorded it.
    pub recorded_by: String,
    /// When, UTC milliseconds.
    pub recorded_at_ms: i64,
    /// For which products.
    pub products: Vec<ProductOfCampaign>,
    /// It is for all stores.
    pub is_everywhere: bool,
    /// The last of its days that is over; none before the first one is.
    #[serde(serialize_with = "iso_maybe")]
    #[schema(value_type = Option<String>, format = Date)]
    pub measured_to: Option<Date>,
    /// How complete the figures of its stores are.
    pub freshness: Freshness,
    /// The smallest effect that would be seen, from what was sold before it.
    pub smallest: Smallest,
    /// What it brought so far; none before a day of it is over.
    pub effect: Option<Effect>,
    /// Other campaigns for some of its goods on its days: what is measured is what all of them brought.
    pub overlapping: Vec<OtherCampaign>,
    /// Weeks before it that are not looked at, since other campaigns for its goods ran in them.
    pub left_out_weeks: usize,
    /// What its stores sold, and all of them together.
    pub sales: Vec<StoreOfCampaign>,
    /// Who came, tasted, scanned, asked; none before a day of it is over.
    pub introductions: Option<Introductions>,
    /// Enquiries as they were counted, the latest day first.
    pub enquiries: Vec<EnquiriesOfDay>,
    /// What was done to it, the latest first.
    pub acts: Vec<ActOnProduct>,
}

impl CampaignReport {
    /// Returns what is done.
    pub fn kind(&self) -> CampaignKind {
        CampaignKind::from_code(&self.kind).unwrap_or(CampaignKind::Price)
    }

    /// Returns what has become of it.
    pub fn state(&self) -> CampaignState {
        CampaignState::from_code(&self.state).unwrap_or(CampaignState::Over)
    }

    /// Returns the last day on which it was, or is to be, there.
    pub fn last_run(&self) -> Date {
        self.ended_on.map_or(self.last_day, |day| day.min(self.last_day))
    }

    /// True when all of its days are over and measured: only then its whole cost stands against all that it brought.
    pub fn is_whole(&self) -> bool {
        self.measured_to == Some(self.last_run())
    }
}

/// Another campaign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct OtherCampaign {
    /// The campaign.
    pub campaign_id: Uuid,
    /// Its name.
    pub name: String,
}

/// A product of a campaign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProductOfCampaign {
    /// The product.
    pub product_id: Uuid,
    /// The shops' own code.
    pub sku: String,
    /// Its name.
    pub name: String,
}

/// Why nothing can be said about an effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case", tag = "because", content = "found")]
#[schema(as = CampaignMissing)]
pub enum Missing {
    /// Its goods did not sell before in its stores.
    NothingBefore,
    /// So many weeks before it have sales.
    Weeks(i64),
    /// So many lines of its goods sold before it.
    Lines(i64),
    /// So many lines were to be expected in its days.
    Days(i64),
    /// Nothing of its goods sold since its first day.
    NothingDuring,
}

impl From<TooLittle> for Missing {
    fn from(why: TooLittle) -> Self {
        match why {
            TooLittle::NothingBefore => Self::NothingBefore,
            TooLittle::Weeks(count) => Self::Weeks(i64::try_from(count).unwrap_or(i64::MAX)),
            TooLittle::Lines(count) => Self::Lines(count),
            TooLittle::Days(count) => Self::Days(count),
            TooLittle::NothingDuring => Self::NothingDuring,
        }
    }
}

/// The smallest effect that would be seen in four of five cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Smallest {
    /// So much more or more.
    Change {
        /// Against what would have been sold, per mille.
        change_per_mille: i64,
        /// What that is over all its days, đồng.
        extra_vnd: i64,
    },
    /// It cannot be said.
    TooLittle(Missing),
}

impl From<Result<Detectable, TooLittle>> for Smallest {
    fn from(found: Result<Detectable, TooLittle>) -> Self {
        match found {
            Ok(found) => {
                Self::Change { change_per_mille: found.change_per_mille, extra_vnd: found.extra_vnd }
            }
            Err(why) => Self::TooLittle(why.into()),
        }
    }
}

/// A figure with the ends of its interval of 95 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Interval {
    /// The best guess.
    pub estimate: i64,
    /// The lower end.
    pub low: i64,
    /// The upper end.
    pub high: i64,
}

impl From<Between> for Interval {
    fn from(between: Between) -> Self {
        Self { estimate: between.estimate, low: between.low, high: between.high }
    }
}

/// What a campaign brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Against what would have been sold without it.
    Uplift {
        /// The change, per mille.
        change_per_mille: Interval,
        /// The same in đồng.
        extra_vnd: Interval,
        /// The interval comes from how stores differ; else from how weeks before it differ.
        is_by_stores: bool,
        /// Stores with it.
        stores_with: usize,
        /// Stores without it that it was held against; 0 when there are not enough.
        stores_without: usize,
        /// Weeks before it.
        weeks: usize,
    },
    /// A plain comparison, which claims no cause.
    BeforeAfter {
        /// What was sold in as many days before, đồng.
        before_vnd: i64,
        /// What was sold since, đồng.
        during_vnd: i64,
        /// Weeks before it.
        weeks: usize,
    },
    /// Nothing can be said.
    TooLittle(Missing),
}

impl From<Measured> for Effect {
    fn from(measured: Measured) -> Self {
        match measured {
            Measured::Uplift(Uplift { change_per_mille, extra_vnd, basis, stores, elsewhere, weeks }) => {
                Self::Uplift {
                    change_per_mille: change_per_mille.into(),
                    extra_vnd: extra_vnd.into(),
                    is_by_stores: basis == Basis::Stores,
                    stores_with: stores,
                    stores_without: elsewhere,
                    weeks,
                }
            }
            Measured::BeforeAfter(found) => Self::BeforeAfter {
                before_vnd: found.before_vnd,
                during_vnd: found.during_vnd,
                weeks: found.weeks,
            },
            Measured::TooLittle(why) => Self::TooLittle(why.into()),
        }
    }
}

/// What a store of a campaign sold on average on a day, đồng.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct StoreOfCampaign {
    /// The store; none for all of the campaign's together.
    pub store_id: Option<Uuid>,
    /// Its name.
    pub name: String,
    /// Of the campaign's products on the days before that it is held against.
    pub promoted_before_vnd: i64,
    /// Since its first day.
    pub promoted_vnd: i64,
    /// Of other products before.
    pub others_before_vnd: i64,
    /// Since its first day.
    pub others_vnd: i64,
}

/// Who heard of a campaign's goods, beside as many days just before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Introductions {
    /// Its days that are over.
    pub days: i64,
    /// People who came to its stores.
    pub visitors: Twice,
    /// Who tasted there.
    pub tastings: Twice,
    /// How often pages of its products were opened, from packs anywhere.
    pub scans: Twice,
    /// Who asked on its days, today too while it runs; none were counted before it.
    pub enquiry_count: i64,
    /// Who asked after its last day.
    pub later_enquiry_count: i64,
    /// Shifts that ended in its stores since its first day.
    pub shift_count: i64,
    /// Of which the cashier said how many came.
    pub answered_count: i64,
}

/// A count before and since.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Twice {
    /// In as many days just before.
    pub before_count: i64,
    /// Since its first day.
    pub during_count: i64,
}

/// Enquiries of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct EnquiriesOfDay {
    /// The day.
    #[serde(serialize_with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub asked_on: Date,
    /// How many asked.
    pub enquiry_count: i64,
}
