//! What a producer delivered: day, store, lot, what was counted, and what the note said where it differs.

use axum::extract::{Query, State};
use axum::response::Response;
use domain::Quantity;
use maud::{Markup, html};
use serde::{Deserialize, Serialize};
use time::Date;
use utoipa::ToSchema;
use web::format::{date_text, local_date};
use web::fragment::{Tone, chip};
use web::{Fault, Lang};

use super::Reader;
use super::delivery_texts::DeliveryTexts;
use super::grid::page::months;
use super::month::Month;
use super::picked::{Picked, query_of};
use crate::app::App;
use crate::db::deliveries::{self, Delivery};
use crate::web::sales::report::{iso, iso_maybe};
use crate::web::shell::Place;

/// Deliveries of a month that are shown.
const DELIVERIES_MOST: usize = 400;

/// Deliveries of a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DeliveriesReport {
    /// What it is narrowed to.
    pub picked: Picked,
    /// `2026-11`.
    pub month: String,
    /// The latest first.
    pub delivered: Vec<DeliveredLot>,
    /// There are more than are told.
    pub is_cut: bool,
}

/// A delivered lot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DeliveredLot {
    /// The business day.
    #[serde(serialize_with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub day: Date,
    /// The store's name.
    pub store: String,
    /// The product's name.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// What the pack says.
    pub lot_code: Option<String>,
    /// Its last good day.
    #[serde(serialize_with = "iso_maybe")]
    #[schema(value_type = Option<String>, format = Date)]
    pub expires_on: Option<Date>,
    /// Counted, thousandths of the unit.
    pub taken_in_milli: i64,
    /// By the note; none when nobody typed it.
    pub noted_milli: Option<i64>,
}

impl From<Delivery> for DeliveredLot {
    fn from(row: Delivery) -> Self {
        Self {
            day: row.day,
            store: row.store,
            name: row.name,
            unit: row.unit,
            lot_code: row.lot_code,
            expires_on: row.expires_on,
            taken_in_milli: row.counted.milli(),
            noted_milli: row.noted_milli,
        }
    }
}

/// The month as it is written, and what it is narrowed to.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DeliveriesQuery {
    /// A month, `2026-11`; without one this month.
    month: Option<String>,
    /// One product's id.
    product: Option<String>,
    /// One store's id.
    store: Option<String>,
}

/// What was delivered in a month: a page, or the same as JSON.
#[utoipa::path(
    get, path = "/me/deliveries", tag = "producer", params(DeliveriesQuery),
    responses(
        (status = 200, description = "the deliveries; JSON by `Accept: application/json`", body = DeliveriesReport),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not a producer"),
        (status = 404, description = "no such month, product or store of this producer"),
    ),
)]
pub async fn get(
    State(app): State<App>,
    reader: Reader,
    Query(query): Query<DeliveriesQuery>,
) -> Result<Response, Fault> {
    let today = local_date(app.clock.now_ms());
    let month = match query.month.as_deref().filter(|month| !month.is_empty()) {
        Some(text) => Month::read(text, today).ok_or_else(Fault::not_found)?,
        None => Month::of(today),
    };
    let picked = Picked::read(&reader, query.product.as_deref(), query.store.as_deref()).await?;
    let report = reader.ok(load(&app, &reader, month, picked).await)?;
    let text = format!("month={}{}", month.text(), query_of(report.picked.only));
    Ok(reader.answer(Place::Deliveries, &text, &report, |report| {
        main(reader.lang, &reader.root, report, (month, today))
    }))
}

async fn load(app: &App, reader: &Reader, month: Month, picked: Picked) -> crate::Result<DeliveriesReport> {
    let (period, limit) = (month.period(), i64::try_from(DELIVERIES_MOST).unwrap_or(i64::MAX - 1) + 1);
    let found = deliveries::list(&app.db, reader.scope, (period.from, period.to), picked.only, limit).await?;
    let is_cut = found.len() > DELIVERIES_MOST;
    let delivered = found.into_iter().take(DELIVERIES_MOST).map(Into::into).collect();
    Ok(DeliveriesReport { picked, month: month.text(), delivered, is_cut })
}

/// The main part.
pub fn main(lang: Lang, root: &str, report: &DeliveriesReport, (month, today): (Month, Date)) -> Markup {
    let address = Place::Deliveries.below(root);
    let narrow = query_of(report.picked.only);
    html! {
        (months(lang, month, today, |month| format!("{address}?month={}{narrow}", month.text())))
        (report.picked.line(lang, &format!("{address}?month={}", month.text())))
        p.mute { (lang.deliveries_about()) }
        section.card {
            @if report.delivered.is_empty() { p { (lang.deliveries_none()) } } @else {
                ul.list { @for lot in &report.delivered { (line(lang, lot)) } }
            }
        }
        @if report.is_cut { p.mute.small { (lang.deliveries_cut(DELIVERIES_MOST)) } }
    }
}

fn line(lang: Lang, lot: &DeliveredLot) -> Markup {
    let counted = Quantity::from_milli(lot.taken_in_milli);
    let code = lot.lot_code.as_deref().filter(|code| !code.is_empty()).map(|code| lang.delivery_lot(code));
    let expires = lot.expires_on.map(|day| lang.delivery_expires(date_text(day)));
    let about: Vec<String> =
        [date_text(lot.day), lot.store.clone()].into_iter().chain(code).chain(expires).collect();
    html! {
        li {
            span {
                (lot.name)
                small.small { (about.join(" · ")) }
                @if let Some(noted) = lot.noted_milli.filter(|noted| *noted != lot.taken_in_milli) {
                    (chip(Tone::Warn, &lang.delivery_differs(Quantity::from_milli(noted), counted)))
                }
            }
            b.n { (counted) " × " (lot.unit) }
        }
    }
}
