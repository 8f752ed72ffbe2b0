//! What a row of a list says and would do, as it is kept and told: values as text, reasons as words that pages put into sentences.

use domain::Money;
use domain::catalog::Stars;
use domain::ids::ProductId;
use domain::product_list::row::Decided;
use domain::product_list::{Change, Judged, KnownProduct, ListRow, Problem, Why};
use domain::recognition::Points;
use serde::{Deserialize, Serialize};
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;

/// A row.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RowDetail {
    /// Name.
    pub name: String,
    /// Unit or pack.
    pub unit: Option<String>,
    /// Price of a unit, đồng.
    pub price_vnd: Option<i64>,
    /// Code of the group.
    pub group: Option<String>,
    /// Who makes it.
    pub producer: Option<String>,
    /// Where it comes from.
    pub commune: Option<String>,
    /// What is on the pack.
    pub barcode: Option<String>,
    /// The shops' own code.
    pub sku: Option<String>,
    /// Why it may stand on the shelf.
    pub category: Option<String>,
    /// OCOP stars.
    pub stars: Option<u8>,
    /// Number of the decision.
    pub decision_number: Option<String>,
    /// Day of the decision, `2023-09-23`.
    pub decided_on: Option<String>,
    /// Last day on which it counts.
    pub last_day: Option<String>,
    /// Who decided.
    pub issuer: Option<String>,
    /// At which level: `district`, `province`, `region` or `nation`.
    pub level: Option<String>,
    /// Points of the result, in hundredths.
    pub points_hundredths: Option<i64>,
    /// The set of criteria that it was scored under.
    pub criteria: Option<String>,
    /// The group as it is printed.
    pub group_printed: Option<String>,
    /// The decision is one that the catalogue lacked.
    pub is_decided_anew: bool,
    /// What is wrong.
    pub problems: Vec<ProblemDetail>,
    /// What differs from the catalogue.
    pub changes: Vec<ChangeDetail>,
    /// Products that it may be.
    pub likely: Vec<LikelyDetail>,
}

/// What is wrong with a cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ProblemDetail {
    /// Which field.
    pub field: String,
    /// Why, such as `no_day`.
    pub why: String,
    /// What the reason names: a code, a row, a product.
    pub about: Option<String>,
}

/// A value that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ChangeDetail {
    /// Which field.
    pub field: String,
    /// In the catalogue.
    pub before: String,
    /// In the list.
    pub after: String,
}

/// A product that a row may be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LikelyDetail {
    /// The product.
    pub product_id: Uuid,
    /// The shops' own code.
    pub sku: String,
    /// Name.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// Price of a unit, đồng; none while it has none.
    pub price_vnd: Option<i64>,
    /// Whose goods.
    pub producer: Option<String>,
}

impl RowDetail {
    /// Takes what was judged; `known` finds products of the catalogue.
    pub fn new<'a>(judged: &Judged, known: impl Fn(ProductId) -> Option<&'a KnownProduct>) -> Self {
        let ListRow { name, unit, price, group, producer, commune, barcode, sku, decided } = &judged.row;
        let recognition = decided.as_ref().map(|decided| decided.recognition);
        let said = |of: fn(&Decided) -> String| decided.as_ref().map(of).filter(|text| !text.is_empty());
        let likely = judged.likely.iter().filter_map(|id| known(*id)).map(LikelyDetail::from).collect();
        Self {
            name: name.clone(),
            unit: unit.clone(),
            price_vnd: price.map(|price| price.vnd()),
            group: group.clone(),
            producer: producer.clone(),
            commune: commune.clone(),
            barcode: barcode.as_ref().map(|code| code.as_str().to_owned()),
            sku: sku.clone(),
            category: recognition.map(|recognition| recognition.category.code().to_owned()),
            stars: recognition.and_then(|recognition| recognition.stars).map(Stars::count),
            decision_number: decided.as_ref().map(|decided| decided.paper.number.clone()),
            decided_on: recognition.map(|recognition| recognition.valid_from.to_string()),
            last_day: recognition.and_then(|recognition| recognition.valid_to).as_ref().map(Date::to_string),
            issuer: said(|decided| decided.paper.issuer.clone()),
            level: decided
                .as_ref()
                .and_then(|decided| decided.paper.level)
                .map(|level| level.code().to_owned()),
            points_hundredths: decided
                .as_ref()
                .and_then(|decided| decided.paper.points)
                .map(Points::hundredths),
            criteria: said(|decided| decided.paper.criteria.clone()),
            group_printed: said(|decided| decided.paper.group_printed.clone()),
            is_decided_anew: judged.is_decided_anew,
            problems: judged.problems.iter().map(ProblemDetail::from).collect(),
            changes: judged.changes.iter().map(ChangeDetail::from).collect(),
            likely,
        }
    }
}

impl From<&KnownProduct> for LikelyDetail {
    fn from(product: &KnownProduct) -> Self {
        Self {
            product_id: product.id.uuid(),
            sku: product.sku.clone(),
            name: product.name.clone(),
            unit: product.unit.clone(),
            price_vnd: product.price.map(Money::vnd),
            producer: product.producer.clone(),
        }
    }
}

impl From<&Change> for ChangeDetail {
    fn from(change: &Change) -> Self {
        Self {
            field: change.field.code().to_owned(),
            before: change.before.clone(),
            after: change.after.clone(),
        }
    }
}

impl From<&Problem> for ProblemDetail {
    fn from(problem: &Problem) -> Self {
        let (why, about) = match &problem.why {
            Why::Missing => ("missing", None),
            Why::TooLong => ("too_long", None),
            Why::NoDay => ("no_day", None),
            Why::DaysTurned => ("days_turned", None),
            Why::NoStars => ("no_stars", None),
            Why::StarsElsewhere => ("stars_elsewhere", None),
            Why::NoPrice => ("no_price", None),
            Why::NoLevel => ("no_level", None),
            Why::NoPoints => ("no_points", None),
            Why::NoGroup => ("no_group", None),
            Why::GroupEnded(name) => ("group_ended", Some(name.clone())),
            Why::LevelEnded => ("level_ended", None),
            Why::CriteriaLater => ("criteria_later", None),
            Why::NoCategory => ("no_category", None),
            Why::NoBarcode => ("no_barcode", None),
            Why::Rounded => ("rounded", None),
            Why::LostZeros(code) => ("lost_zeros", Some(code.clone())),
            Why::WrongCheckDigit => ("wrong_check_digit", None),
            Why::Twice(row) => ("twice", Some(row.to_string())),
            Why::OtherProducer(name) => ("other_producer", Some(name.clone())),
            Why::TwoProducts(name) => ("two_products", Some(name.clone())),
            Why::Retired(name) => ("retired", Some(name.clone())),
            Why::OtherStars(stars) => ("other_stars", Some(stars.to_string())),
            Why::SeveralProducers => ("several_producers", None),
        };
        Self { field: problem.field.code().to_owned(), why: why.to_owned(), about }
    }
}
