//! The figures of the department's report: one set for the page, the document, the workbook and programs, and what a seal keeps.

use serde::{Deserialize, Serialize};
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;

use super::iso;
use crate::web::sales::freshness::Freshness;

/// What the department reports on a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Report {
    /// The period, as in its address: `2026-q4`.
    pub period: String,
    /// Its days.
    pub days_of: Span,
    /// As many months just before.
    pub previous: Span,
    /// The same days of the year before.
    pub last_year: Span,
    /// When the figures were added up, UTC milliseconds.
    pub made_at_ms: i64,
    /// From how many stores they are.
    pub freshness: Freshness,
    /// Up to when each store has told.
    pub reach: Vec<Reach>,
    /// The points of sale.
    pub points: Vec<PointOfReport>,
    /// What is on sale.
    pub on_sale: OnSale,
    /// What was sold.
    pub sold: SalesOfReport,
    /// Who came.
    pub traffic: Vec<Traffic>,
    /// Promotions.
    pub promoted: Vec<PromotedOfReport>,
    /// Consigned goods, by operator. What is still owed for them is not told here.
    pub consigned: Vec<ConsignedOfReport>,
    /// Campaigns with a day in the period; none in a report that was sealed before they were told.
    #[serde(default)]
    pub campaigns: Vec<CampaignOfReport>,
    /// What stores paid to producers; none in a report that was sealed before it was told.
    #[serde(default)]
    pub producers_paid: Option<PaidOfReport>,
}

/// A campaign with a day in the period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CampaignOfReport {
    /// Its name.
    pub name: String,
    /// `price`, `fair`, `tasting`, `media`, `post` or `banner`.
    pub kind: String,
    /// The first day.
    #[serde(with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub first_day: Date,
    /// The last day, or the one on which it was ended.
    #[serde(with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub last_day: Date,
    /// What it costs, đồng.
    pub cost_vnd: i64,
    /// True when its cost is the period's: it began in it, and was not called off.
    #[serde(default)]
    pub is_of_period: bool,
    /// What it brought from its first day on, as its own page says, in a few words of Vietnamese.
    pub result: String,
}

/// What stores paid to producers in the period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PaidOfReport {
    /// By settlements and in advance, đồng.
    pub producers_paid_vnd: i64,
    /// To how many producers.
    pub producers_paid_count: i64,
}

/// A range of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Span {
    /// The first day.
    #[serde(with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub from: Date,
    /// The last day.
    #[serde(with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub to: Date,
    /// False where the stores' figures begin later: then there is nothing to compare with.
    pub is_known: bool,
}

/// Up to when a store has told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Reach {
    /// Its name.
    pub store: String,
    /// UTC milliseconds; none when it never told anything.
    pub heard_at_ms: Option<i64>,
    /// It has told all days of the period that are over.
    pub is_complete: bool,
    /// Sales of the period that it told of and that are not in the books as told, whether somebody looked into them or not.
    #[serde(default)]
    pub suspended_count: i64,
    /// Their money in suspense, đồng.
    #[serde(default)]
    pub suspended_vnd: i64,
}

/// A point of sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PointOfReport {
    /// Its name.
    pub store: String,
    /// Where it is.
    pub address: String,
    /// The unit of today.
    pub commune: String,
    /// Who runs it.
    pub operator: String,
    /// Number of the decision that names it; empty where its file does not say, or the report is from before there were files.
    #[serde(default)]
    pub decision_number: String,
    /// Its day.
    #[serde(default, with = "iso::maybe")]
    #[schema(value_type = Option<String>, format = Date)]
    pub decided_on: Option<Date>,
    /// Whose money set it up.
    #[serde(default)]
    pub funding: String,
    /// The day on which it closed.
    #[serde(default, with = "iso::maybe")]
    #[schema(value_type = Option<String>, format = Date)]
    pub closed_on: Option<Date>,
}

/// What is on sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OnSale {
    /// The day on which stars and recognitions are looked at.
    #[serde(with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub on: Date,
    /// Products.
    pub product_count: i64,
    /// Their producers.
    pub producer_count: i64,
    /// By category, group, stars and commune, the most first.
    pub kinds: Vec<KindOnSale>,
    /// On a shelf for the first time in the period.
    pub fresh: Vec<FreshProduct>,
    /// Sold in the period before, not in this one.
    pub stopped: Vec<Stopped>,
    /// Recognitions that end within 90 days.
    pub lapsing: Vec<LapsingOfReport>,
}

/// Products that count alike.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct KindOnSale {
    /// Code of the leading category.
    pub category: Option<String>,
    /// Name of the group.
    pub group: Option<String>,
    /// Stars.
    pub stars: Option<i64>,
    /// Where they come from; empty where nobody said.
    pub commune: String,
    /// How many.
    pub product_count: i64,
}

/// A product that is new.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FreshProduct {
    /// Its name.
    pub name: String,
    /// Who makes it.
    pub producer: Option<String>,
    /// Its first day.
    #[serde(with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub since: Date,
}

/// A product that nobody bought any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Stopped {
    /// Its name.
    pub name: String,
    /// Who makes it.
    pub producer: Option<String>,
    /// What it brought in the period before, đồng.
    pub previous_vnd: i64,
}

/// A recognition that ends soon.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LapsingOfReport {
    /// The product.
    pub name: String,
    /// Who makes it.
    pub producer: Option<String>,
    /// Code of the category.
    pub category: Option<String>,
    /// Stars.
    pub stars: Option<i64>,
    /// The decision.
    pub decision: String,
    /// The last day on which it counts.
    #[serde(with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub lapses_on: Date,
    /// 30, 60 or 90: within so many days.
    pub within_days: i64,
}

/// What was sold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SalesOfReport {
    /// Everything.
    pub total: SoldOfReport,
    /// What led as OCOP when it was sold.
    pub ocop: SoldOfReport,
    /// By product, the largest revenue first; the others likewise.
    pub by_product: Vec<SoldOfReport>,
    /// By producer.
    pub by_producer: Vec<SoldOfReport>,
    /// By leading category, each đồng once.
    pub by_category: Vec<SoldOfReport>,
    /// By group.
    pub by_group: Vec<SoldOfReport>,
    /// By stars.
    pub by_stars: Vec<SoldOfReport>,
    /// By commune.
    pub by_commune: Vec<SoldOfReport>,
    /// By store.
    pub by_store: Vec<SoldOfReport>,
    /// By days, weeks or months of the period; empty in a report that was sealed before there were any.
    #[serde(default)]
    pub over_time: Vec<PieceOfReport>,
}

/// Sales of a piece of the period, and of the same piece of the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PieceOfReport {
    /// Its first day.
    #[serde(with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub from: Date,
    /// Its last day.
    #[serde(with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub to: Date,
    /// What buyers paid, đồng.
    pub revenue_vnd: i64,
    /// In the period before.
    pub previous_vnd: i64,
    /// In the same days of the year before.
    pub last_year_vnd: i64,
}

/// Sales of something in three periods.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SoldOfReport {
    /// An id or code; empty for what has none.
    pub key: String,
    /// Its name; empty for what has none.
    pub name: String,
    /// Unit or pack of a product.
    pub unit: Option<String>,
    /// Thousandths of the unit of a product; of more than one, thousandths of whatever units, which no paper tells.
    pub quantity_milli: i64,
    /// How many products were sold, more of each than came back; of a store nobody asks. None in a report that was sealed before they
    /// were counted.
    #[serde(default)]
    pub product_count: Option<i64>,
    /// Receipts of a store, and of all of them.
    #[serde(default)]
    pub receipt_count: Option<i64>,
    /// What buyers paid, đồng.
    pub revenue_vnd: i64,
    /// In the period before.
    pub previous_vnd: i64,
    /// In the same days of the year before.
    pub last_year_vnd: i64,
}

/// Who came to a store.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Traffic {
    /// The store.
    #[schema(value_type = Uuid)]
    pub store_id: Uuid,
    /// Its name.
    pub store: String,
    /// Shifts that were closed.
    pub shift_count: i64,
    /// Shifts whose cashier said how many came.
    pub answered_count: i64,
    /// Visitors, about.
    pub visitor_count: i64,
    /// Tastings.
    pub tasting_count: i64,
    /// Receipts.
    pub receipt_count: i64,
    /// What buyers paid, đồng.
    pub revenue_vnd: i64,
}

impl Traffic {
    /// True when anything was sold, or anybody counted.
    pub const fn is_anything(&self) -> bool {
        self.receipt_count != 0 || self.revenue_vnd != 0 || self.shift_count != 0
    }

    /// Returns revenue by receipt, đồng, rounded half up; `None` without receipts.
    pub fn basket_vnd(&self) -> Option<i64> {
        let count = Some(self.receipt_count).filter(|count| *count > 0)?;
        Some((self.revenue_vnd + count / 2).div_euclid(count))
    }
}

/// A promotion with what was sold under it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PromotedOfReport {
    /// Its name.
    pub name: String,
    /// Whose stores.
    pub operator: String,
    /// The one store, if it is for one.
    pub store: Option<String>,
    /// First day.
    #[serde(with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub first_day: Date,
    /// Last day, as it was planned.
    #[serde(with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub last_day: Date,
    /// Thousandths of whatever units.
    pub quantity_milli: i64,
    /// How often goods were sold under it; none in a report that was sealed before that was counted.
    #[serde(default)]
    pub line_count: Option<i64>,
    /// What buyers paid, đồng.
    pub revenue_vnd: i64,
    /// What it took off, đồng.
    pub off_vnd: i64,
}

/// How producers' goods moved at an operator's stores; quantities are thousandths of whatever units, none below zero but
/// `adjusted_milli`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ConsignedOfReport {
    /// The operator.
    pub operator: String,
    /// Delivered by producers.
    pub delivered_milli: i64,
    /// Sold, less what buyers brought back.
    pub net_sold_milli: i64,
    /// Given back to producers.
    pub given_back_milli: i64,
    /// Damaged, expired, lost or tasted.
    pub wasted_milli: i64,
    /// Counts, goods between stores, and packing anew.
    pub adjusted_milli: i64,
    /// The same in what may be added up; none in a report that was sealed before it was counted.
    #[serde(default)]
    pub by_move: Option<MovesOfReport>,
}

/// How producers' goods moved, without adding kilograms to boxes. A move is one of a lot of one product.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MovesOfReport {
    /// Lots that producers delivered, less those that were entered by mistake and taken back.
    pub delivered_count: i64,
    /// What buyers paid for consigned goods, less what they got back, đồng.
    pub consigned_vnd: i64,
    /// How often goods were given back to producers.
    pub given_back_count: i64,
    /// How often goods were damaged, expired, lost or tasted.
    pub wasted_count: i64,
    /// How often counts, goods between stores, and packing anew changed what is there.
    pub adjusted_count: i64,
}
