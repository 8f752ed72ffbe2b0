//! A producer's goods in each store: what is left, what sold lately, what to send.

use axum::extract::State;
use axum::response::Response;
use domain::Quantity;
use domain::cover::{Cover, PACE_DAYS, to_send};
use maud::{Markup, html};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use web::format::local_date;
use web::fragment::{Tone, message};
use web::{Fault, Lang};

use super::ProducerVisit;
use crate::app::App;
use crate::db::consigned::{OnShelf, stock_by_store};
use crate::web::shell::Place;
use crate::web::texts::CentralTexts;

/// A producer's goods in the stores.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Consigned {
    /// A product in a store; those that need something first.
    pub goods: Vec<GoodsInStore>,
}

/// A product in a store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct GoodsInStore {
    /// The store.
    pub store_id: Uuid,
    /// Its name.
    pub store: String,
    /// The product.
    pub product_id: Uuid,
    /// Its name.
    pub name: String,
    /// Its unit or pack.
    pub unit: String,
    /// What is left by the book, thousandths of the unit; below zero when more was sold than received.
    pub left_milli: i64,
    /// Sold in the last 30 days, thousandths of the unit.
    pub sold_lately_milli: i64,
}

impl GoodsInStore {
    fn left(&self) -> Quantity {
        Quantity::from_milli(self.left_milli)
    }

    fn sold_lately(&self) -> Quantity {
        Quantity::from_milli(self.sold_lately_milli)
    }

    /// Returns how long it lasts.
    pub fn cover(&self) -> Cover {
        Cover::of(self.left(), self.sold_lately())
    }
}

impl From<OnShelf> for GoodsInStore {
    fn from(found: OnShelf) -> Self {
        Self {
            store_id: found.store_id.uuid(),
            store: found.store,
            product_id: found.product_id.uuid(),
            name: found.name,
            unit: found.unit,
            left_milli: found.left.milli(),
            sold_lately_milli: found.sold_lately.milli(),
        }
    }
}

impl Consigned {
    /// Arranges what was found; what is neither left nor sold any more is history.
    pub fn of(found: Vec<OnShelf>) -> Self {
        let mut goods: Vec<GoodsInStore> = found.into_iter().map(GoodsInStore::from).collect();
        goods.retain(|goods| goods.left_milli != 0 || goods.sold_lately_milli != 0);
        goods.sort_by(|a, b| (a.cover(), &a.name, &a.store).cmp(&(b.cover(), &b.name, &b.store)));
        Self { goods }
    }
}

/// A producer's goods in the stores: a page, or the same as JSON.
#[utoipa::path(
    get, path = "/me/consigned", tag = "producer",
    responses(
        (status = 200, description = "goods by store; JSON by `Accept: application/json`", body = Consigned),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not a producer"),
    ),
)]
pub async fn get(State(app): State<App>, visit: ProducerVisit) -> Result<Response, Fault> {
    let today = local_date(app.clock.now_ms());
    let found = visit.visit.ok(stock_by_store(&app.db, visit.scope, today).await)?;
    let lang = visit.visit.lang;
    Ok(visit.answer(Place::Consigned, "", &Consigned::of(found), |consigned| main(lang, consigned)))
}

/// The main part.
pub fn main(lang: Lang, consigned: &Consigned) -> Markup {
    html! {
        h2 { (lang.consigned_goods()) }
        @if consigned.goods.is_empty() {
            section.card { p { (lang.nothing_consigned()) } p.mute { (lang.nothing_consigned_hint()) } }
        } @else {
            (list(lang, &consigned.goods))
            p.mute.small { (lang.consigned_about(PACE_DAYS)) }
        }
    }
}

/// The goods, a card each.
pub fn list(lang: Lang, goods: &[GoodsInStore]) -> Markup {
    html! { div.goods { @for goods in goods { (card(lang, goods)) } } }
}

fn card(lang: Lang, goods: &GoodsInStore) -> Markup {
    html! {
        section.card {
            div { strong { (goods.name) } small.small { (goods.store) " · " (goods.unit) } }
            div.n {
                strong { (lang.left(goods.left())) }
                small.small { (lang.sold_in_days(goods.sold_lately(), PACE_DAYS)) }
            }
            @if let Some((tone, words)) = warning(lang, goods) { (message(tone, &words)) }
        }
    }
}

fn warning(lang: Lang, goods: &GoodsInStore) -> Option<(Tone, String)> {
    let send = to_send(goods.left(), goods.sold_lately());
    match goods.cover() {
        Cover::Short => Some((Tone::Warn, lang.cover_short().to_owned())),
        Cover::Gone if send > Quantity::ZERO => Some((Tone::Bad, lang.cover_gone(send))),
        Cover::Gone => Some((Tone::Bad, lang.cover_gone_unsold().to_owned())),
        Cover::Low(0) => Some((Tone::Warn, lang.cover_low_today(send))),
        Cover::Low(days) => Some((Tone::Warn, lang.cover_low(days, send))),
        Cover::Enough => None,
    }
}
