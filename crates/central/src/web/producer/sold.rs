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

use super::Reader;
use super::dossier_texts::DossierTexts;
use super::grid::page::months;
use super::grid_texts::GridTexts;
use super::month::Month;
use super::picked::{Picked, query_of};
use crate::app::App;
use crate::db::consigned::{Only, SoldOnDay, SoldProduct, sold, sold_by_day};
use crate::web::sales::period::{Period, Preset};
use crate::web::sales::report::iso;
use crate::web::sales::words::{preset_words, range};
use crate::web::shell::Place;
use crate::web::texts::CentralTexts;

/// The last sales are looked for in so many days.
pub const LATELY_DAYS: i64 = 60;
/// Rows of the last sales.
const LATELY_MOST: usize = 20;
/// Rows of a period's sales by day.
const DAYS_MOST: usize = 400;

/// What was sold in a period, and lately.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Sold {
    /// What it is narrowed to.
    pub picked: Picked,
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
    /// The last sales in any period, the latest day first; of a month, or of what is picked, all its days instead.
    pub lately: Vec<Sale>,
    /// Whether there are more of these days than are told.
    pub is_cut: bool,
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
    /// Arranges what was found; `most` days are told.
    pub fn of(
        picked: Picked,
        period: Period,
        products: Vec<SoldProduct>,
        mut days: Vec<SoldOnDay>,
        most: usize,
    ) -> Self {
        let products: Vec<ProductSold> = products.into_iter().map(ProductSold::from).collect();
        let sum = |vnd: fn(&ProductSold) -> i64| products.iter().map(vnd).fold(0, i64::saturating_add);
        let (revenue_vnd, due_vnd) = (sum(|product| product.revenue_vnd), sum(|product| product.due_vnd));
        let is_cut = days.len() > most;
        days.truncate(most);
        let lately = days.into_iter().map(Sale::from).collect();
        Self { picked, from: period.from, to: period.to, products, revenue_vnd, due_vnd, lately, is_cut }
    }
}

/// The period as it is written, and what it is narrowed to.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SoldQuery {
    /// `week`, `month` (without one), `quarter` or `year`, up to today.
    period: Option<String>,
    /// A whole month instead: `2026-11`.
    month: Option<String>,
    /// One product's id.
    product: Option<String>,
    /// One store's id.
    store: Option<String>,
}

/// The period that was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chosen {
    /// Up to today.
    Preset(Preset),
    /// A whole month.
    Month(Month),
}

impl Chosen {
    fn read(query: &SoldQuery, today: Date) -> Option<Self> {
        match query.month.as_deref().filter(|month| !month.is_empty()) {
            Some(month) => Month::read(month, today).map(Self::Month),
            None => {
                let code = query.period.as_deref().unwrap_or(Preset::Month.code());
                Preset::from_code(code).map(Self::Preset)
            }
        }
    }

    fn period(self, today: Date) -> Period {
        match self {
            Self::Preset(preset) => preset.period(today),
            Self::Month(month) => month.period(),
        }
    }

    /// Returns what stands behind the question mark.
    fn query(self, only: Only) -> String {
        let period = match self {
            Self::Preset(preset) => format!("period={}", preset.code()),
            Self::Month(month) => format!("month={}", month.text()),
        };
        period + query_of(only).as_str()
    }
}

/// What the producer sold in a period, and lately: a page, or the same as JSON.
#[utoipa::path(
    get, path = "/me/sold", tag = "producer", params(SoldQuery),
    responses(
        (status = 200, description = "sales by product and day; JSON by `Accept: application/json`", body = Sold),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not a producer"),
        (status = 404, description = "no such period, product or store of this producer"),
    ),
)]
pub async fn get(
    State(app): State<App>,
    reader: Reader,
    Query(query): Query<SoldQuery>,
) -> Result<Response, Fault> {
    let today = local_date(app.clock.now_ms());
    let chosen = Chosen::read(&query, today).ok_or_else(Fault::not_found)?;
    let picked = Picked::read(&reader, query.product.as_deref(), query.store.as_deref()).await?;
    let figures = reader.ok(load(&app, &reader, chosen, picked).await)?;
    let query = chosen.query(figures.picked.only);
    Ok(reader.answer(Place::Sold, &query, &figures, |sold| {
        View { lang: reader.lang, root: &reader.root, today, chosen, sold }.render()
    }))
}

async fn load(app: &App, reader: &Reader, chosen: Chosen, picked: Picked) -> crate::Result<Sold> {
    let (db, scope, today) = (&app.db, reader.scope, local_date(app.clock.now_ms()));
    let period = chosen.period(today);
    let products = sold(db, scope, (period.from, period.to), picked.only).await?;
    let (days, most) = match chosen {
        Chosen::Preset(_) if !picked.is_narrow() => {
            ((today.saturating_sub(Duration::days(LATELY_DAYS)), Date::MAX), LATELY_MOST)
        }
        _ => ((period.from, period.to), DAYS_MOST),
    };
    let limit = i64::try_from(most).unwrap_or(i64::MAX).saturating_add(1);
    let found = sold_by_day(db, scope, days, picked.only, limit).await?;
    Ok(Sold::of(picked, period, products, found, most))
}

/// What the page shows.
pub struct View<'a> {
    /// The language.
    pub lang: Lang,
    /// Where addresses begin.
    pub root: &'a str,
    /// Today.
    pub today: Date,
    /// The period that was chosen.
    pub chosen: Chosen,
    /// The figures.
    pub sold: &'a Sold,
}

impl View<'_> {
    /// Returns the main part.
    pub fn render(&self) -> Markup {
        let (lang, sold) = (self.lang, self.sold);
        html! {
            @match self.chosen {
                Chosen::Preset(chosen) => (self.presets(chosen)),
                Chosen::Month(month) => (months(lang, month, self.today, |month| self.href(Chosen::Month(month)))),
            }
            (sold.picked.line(lang, &format!("{}?{}", Place::Sold.below(self.root), self.chosen.query(Only::default()))))
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
                h2 { @if self.is_day_by_day() { (lang.day_by_day()) } @else { (lang.sold_lately()) } }
                (lately(&sold.lately))
                @if sold.is_cut && self.is_day_by_day() { p.mute.small { (lang.days_cut(DAYS_MOST)) } }
            }
            p { a href=(Place::Grid.below(self.root)) { (lang.grid_link()) } }
            p { a href=(Place::Dossier.below(self.root)) { (lang.dossier_link()) } }
        }
    }

    fn presets(&self, chosen: Preset) -> Markup {
        html! {
            nav.presets aria-label=(self.lang.presets_label()) {
                @for preset in [Preset::Week, Preset::Month, Preset::Quarter, Preset::Year] {
                    a href=(self.href(Chosen::Preset(preset))) aria-current=[(preset == chosen).then_some("true")] {
                        (preset_words(self.lang, preset))
                    }
                }
            }
        }
    }

    fn href(&self, chosen: Chosen) -> String {
        format!("{}?{}", Place::Sold.below(self.root), chosen.query(self.sold.picked.only))
    }

    fn is_day_by_day(&self) -> bool {
        matches!(self.chosen, Chosen::Month(_)) || self.sold.picked.is_narrow()
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
