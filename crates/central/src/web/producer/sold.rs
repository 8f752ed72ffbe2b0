//! What a producer sold: by product in a period, and the last days.

use axum::extract::{Query, State};
use axum::response::Response;
use domain::{Money, Quantity};
use maud::{Markup, html};
use serde::{Deserialize, Serialize};
use time::{Date, Duration};
use utoipa::ToSchema;
use uuid::Uuid;
use web::format::{date_text, local_date};
use web::{Fault, Lang};

use super::ProducerVisit;
use crate::app::App;
use crate::db::consigned::{SoldOnDay, SoldProduct, sold, sold_lately};
use crate::web::sales::period::{Period, Preset};
use crate::web::sales::report::iso;
use crate::web::sales::words::{preset_words, range};
use crate::web::shell::Place;
use crate::web::texts::CentralTexts;

/// The last sales are looked for in so many days.
pub const LATELY_DAYS: i64 = 60;
/// Rows of the last sales.
const LATELY_MOST: i64 = 20;

/// What was sold in a period, and lately.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Sold {
    /// First day.
    #[serde(serialize_with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub from: Date,
    /// Last day, included.
    #[serde(serialize_with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub to: Date,
    /// Products, the largest revenue first.
    pub products: Vec<ProductSold>,
    /// What buyers paid in all, đồng.
    pub revenue_vnd: i64,
    /// What the producer is owed of it, đồng.
    pub due_vnd: i64,
    /// The last sales in any period, the latest day first.
    pub lately: Vec<Sale>,
}

/// What was sold of a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProductSold {
    /// The product.
    pub product_id: Uuid,
    /// Its name.
    pub name: String,
    /// Its unit or pack.
    pub unit: String,
    /// Thousandths of the unit.
    pub quantity_milli: i64,
    /// What buyers paid, đồng.
    pub revenue_vnd: i64,
    /// What the producer is owed of it, đồng.
    pub due_vnd: i64,
}

/// What a store sold of a product on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Sale {
    /// The business day.
    #[serde(serialize_with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub day: Date,
    /// The store's name.
    pub store: String,
    /// The product's name.
    pub name: String,
    /// Its unit or pack.
    pub unit: String,
    /// Thousandths of the unit.
    pub quantity_milli: i64,
    /// What buyers paid, đồng.
    pub revenue_vnd: i64,
    /// What the producer is owed of it, đồng.
    pub due_vnd: i64,
}

impl From<SoldProduct> for ProductSold {
    fn from(found: SoldProduct) -> Self {
        Self {
            product_id: found.product_id.uuid(),
            name: found.name,
            unit: found.unit,
            quantity_milli: found.quantity.milli(),
            revenue_vnd: found.revenue.vnd(),
            due_vnd: found.due.vnd(),
        }
    }
}

impl From<SoldOnDay> for Sale {
    fn from(found: SoldOnDay) -> Self {
        Self {
            day: found.day,
            store: found.store,
            name: found.name,
            unit: found.unit,
            quantity_milli: found.quantity.milli(),
            revenue_vnd: found.revenue.vnd(),
            due_vnd: found.due.vnd(),
        }
    }
}

impl Sold {
    /// Arranges what was found.
    pub fn of(period: Period, products: Vec<SoldProduct>, lately: Vec<SoldOnDay>) -> Self {
        let products: Vec<ProductSold> = products.into_iter().map(ProductSold::from).collect();
        let sum = |vnd: fn(&ProductSold) -> i64| products.iter().map(vnd).fold(0, i64::saturating_add);
        let (revenue_vnd, due_vnd) = (sum(|product| product.revenue_vnd), sum(|product| product.due_vnd));
        let lately = lately.into_iter().map(Sale::from).collect();
        Self { from: period.from, to: period.to, products, revenue_vnd, due_vnd, lately }
    }
}

/// The period as it is written.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SoldQuery {
    /// `week`, `month` (without one), `quarter` or `year`, up to today.
    period: Option<String>,
}

/// What the producer sold in a period, and lately: a page, or the same as JSON.
#[utoipa::path(
    get, path = "/me/sold", tag = "producer", params(SoldQuery),
    responses(
        (status = 200, description = "sales by product and day; JSON by `Accept: application/json`", body = Sold),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not a producer"),
        (status = 404, description = "no such period"),
    ),
)]
pub async fn get(
    State(app): State<App>,
    visit: ProducerVisit,
    Query(query): Query<SoldQuery>,
) -> Result<Response, Fault> {
    let today = local_date(app.clock.now_ms());
    let code = query.period.as_deref().unwrap_or(Preset::Month.code());
    let preset = Preset::from_code(code).ok_or_else(Fault::not_found)?;
    let period = preset.period(today);
    let since = today.saturating_sub(Duration::days(LATELY_DAYS));
    let products = visit.visit.ok(sold(&app.db, visit.scope, period.from, period.to).await)?;
    let lately = visit.visit.ok(sold_lately(&app.db, visit.scope, since, LATELY_MOST).await)?;
    let (lang, address) = (visit.visit.lang, href(preset));
    let figures = Sold::of(period, products, lately);
    let query = address.split_once('?').map_or("", |(_, query)| query);
    Ok(visit.answer(Place::Sold, query, &figures, |figures| main(lang, preset, figures)))
}

fn href(preset: Preset) -> String {
    format!("/me/sold?period={}", preset.code())
}

/// The main part.
pub fn main(lang: Lang, chosen: Preset, sold: &Sold) -> Markup {
    html! {
        nav.presets aria-label=(lang.presets_label()) {
            @for preset in [Preset::Week, Preset::Month, Preset::Quarter, Preset::Year] {
                a href=(href(preset)) aria-current=[(preset == chosen).then_some("true")] { (preset_words(lang, preset)) }
            }
        }
        section.card.owed {
            span.mute { (lang.sold_revenue()) " · " (range(lang, Period { from: sold.from, to: sold.to })) }
            strong { (Money::new(sold.revenue_vnd)) }
            p.mute { (lang.due_of_it(Money::new(sold.due_vnd))) }
        }
        @if sold.products.is_empty() {
            section.card { p { (lang.nothing_sold()) } p.mute { (lang.nothing_sold_by_producer_hint()) } }
        } @else {
            h2 { (lang.by_product()) }
            section.card { ul.list { @for product in &sold.products { (product_row(lang, product)) } } }
        }
        @if !sold.lately.is_empty() {
            h2 { (lang.sold_lately()) }
            (lately(&sold.lately))
        }
    }
}

fn product_row(lang: Lang, product: &ProductSold) -> Markup {
    let quantity = Quantity::from_milli(product.quantity_milli);
    html! {
        li {
            span { (product.name) small.small { (quantity) " × " (product.unit) } }
            span.n { strong.money { (Money::new(product.revenue_vnd)) } small.small { (lang.due_short(Money::new(product.due_vnd))) } }
        }
    }
}

/// Sales by day.
pub fn lately(sales: &[Sale]) -> Markup {
    html! {
        section.card {
            ul.list {
                @for sale in sales {
                    li {
                        span { (sale.name) small.small { (date_text(sale.day)) " · " (sale.store) } }
                        span.n {
                            strong.money { (Money::new(sale.revenue_vnd)) }
                            small.small { (Quantity::from_milli(sale.quantity_milli)) " × " (sale.unit) }
                        }
                    }
                }
            }
        }
    }
}
