//! A producer's goods in each store: what is left, what sold lately, what to send.

use axum::extract::{Query, State};
use axum::response::Response;
use domain::Quantity;
use domain::cover::{Cover, PACE_DAYS, good, to_send};
use maud::{Markup, html};
use serde::{Deserialize, Serialize};
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;
use web::format::{date_text, local_date};
use web::fragment::{Tone, message};
use web::{Fault, Lang};

use super::announced_texts::AnnouncedTexts;
use super::delivery_texts::DeliveryTexts;
use super::grid_texts::GridTexts;
use super::picked::{Picked, query_of};
use super::{OWN_ROOT, Reader};
use crate::app::App;
use crate::db::consigned::{LotLeft, OnShelf, UnderWay, lots_left, stock_by_store, under_way};
use crate::web::sales::report::{iso, iso_maybe};
use crate::web::shell::Place;
use crate::web::texts::CentralTexts;

/// Lots that are shown.
const LOTS_MOST: i64 = 200;

/// A producer's goods in the stores.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Consigned {
    /// What it is narrowed to.
    pub picked: Picked,
    /// A product in a store; those that need something first.
    pub goods: Vec<GoodsInStore>,
    /// When it is narrowed: the lots that make up what is left.
    pub lots: Vec<LotInStore>,
    /// When it is not: goods that were sent from store to store and are not there yet.
    pub under_way: Vec<GoodsUnderWay>,
}

/// Goods between two stores of an operator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct GoodsUnderWay {
    /// The operator's name.
    pub operator: String,
    /// The product's name.
    pub name: String,
    /// Its unit or pack.
    pub unit: String,
    /// How much, thousandths of the unit.
    pub quantity_milli: i64,
}

impl From<UnderWay> for GoodsUnderWay {
    fn from(found: UnderWay) -> Self {
        let UnderWay { operator, name, unit, quantity } = found;
        Self { operator, name, unit, quantity_milli: quantity.milli() }
    }
}

/// What is left of a lot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct LotInStore {
    /// The store's name.
    pub store: String,
    /// The product's name.
    pub name: String,
    /// When it came.
    #[serde(serialize_with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub received_on: Date,
    /// Its last good day.
    #[serde(serialize_with = "iso_maybe")]
    #[schema(value_type = Option<String>, format = Date)]
    pub expires_on: Option<Date>,
    /// What the producer calls it.
    pub code: Option<String>,
    /// Thousandths of the unit; below zero when more was sold than received.
    pub left_milli: i64,
}

impl From<LotLeft> for LotInStore {
    fn from(found: LotLeft) -> Self {
        let LotLeft { store, name, received_on, expires_on, code, left } = found;
        Self { store, name, received_on, expires_on, code, left_milli: left.milli() }
    }
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
    /// Of it in lots whose last day is over: they cover nothing.
    pub ended_milli: i64,
    /// Sold in the last 30 days, thousandths of the unit.
    pub sold_lately_milli: i64,
}

impl GoodsInStore {
    fn left(&self) -> Quantity {
        Quantity::from_milli(self.left_milli)
    }

    fn ended(&self) -> Quantity {
        Quantity::from_milli(self.ended_milli)
    }

    fn good(&self) -> Quantity {
        good(self.left(), self.ended())
    }

    fn sold_lately(&self) -> Quantity {
        Quantity::from_milli(self.sold_lately_milli)
    }

    /// Returns how long it lasts.
    pub fn cover(&self) -> Cover {
        Cover::of(self.good(), self.sold_lately())
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
            ended_milli: found.ended.milli(),
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
        Self { goods, ..Self::default() }
    }
}

/// What is picked, as it is written.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ConsignedQuery {
    /// One product's id.
    product: Option<String>,
    /// One store's id.
    store: Option<String>,
}

/// A producer's goods in the stores: a page, or the same as JSON.
#[utoipa::path(
    get, path = "/me/consigned", tag = "producer", params(ConsignedQuery),
    responses(
        (status = 200, description = "goods by store; JSON by `Accept: application/json`", body = Consigned),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not a producer"),
    ),
)]
pub async fn get(
    State(app): State<App>,
    reader: Reader,
    Query(query): Query<ConsignedQuery>,
) -> Result<Response, Fault> {
    let picked = Picked::read(&reader, query.product.as_deref(), query.store.as_deref()).await?;
    let consigned = reader.ok(load(&app, &reader, picked).await)?;
    let query = query_of(consigned.picked.only);
    Ok(reader.answer(Place::Consigned, query.trim_start_matches('&'), &consigned, |consigned| {
        main(reader.lang, &reader.root, consigned)
    }))
}

async fn load(app: &App, reader: &Reader, picked: Picked) -> crate::Result<Consigned> {
    let today = local_date(app.clock.now_ms());
    let found = stock_by_store(&app.db, reader.scope, today, picked.only).await?;
    let lots = match picked.is_narrow() {
        true => lots_left(&app.db, reader.scope, picked.only, LOTS_MOST).await?,
        false => Vec::new(),
    };
    let sent = match picked.is_narrow() {
        true => Vec::new(),
        false => under_way(&app.db, reader.scope).await?,
    };
    let (lots, under_way) = (
        lots.into_iter().map(LotInStore::from).collect(),
        sent.into_iter().map(GoodsUnderWay::from).collect(),
    );
    Ok(Consigned { lots, under_way, picked, ..Consigned::of(found) })
}

/// The main part.
pub fn main(lang: Lang, root: &str, consigned: &Consigned) -> Markup {
    html! {
        (consigned.picked.line(lang, &Place::Consigned.below(root)))
        h2 { (lang.consigned_goods()) }
        @if consigned.goods.is_empty() {
            section.card { p { (lang.nothing_consigned()) } p.mute { (lang.nothing_consigned_hint()) } }
        } @else {
            (list(lang, &consigned.goods))
            p.mute.small { (lang.consigned_about(PACE_DAYS)) }
        }
        @if !consigned.under_way.is_empty() { (on_the_way(lang, &consigned.under_way)) }
        @if !consigned.lots.is_empty() { (lots(lang, &consigned.lots)) }
        p { a href=(Place::Grid.below(root)) { (lang.grid_link()) } }
        p { a href=(Place::Deliveries.below(root)) { (lang.deliveries_link()) } }
        // Who may only read announces nothing.
        @if root == OWN_ROOT { p { a.button href=(Place::Announced.href()) { (lang.page_announced()) } } }
    }
}

fn on_the_way(lang: Lang, goods: &[GoodsUnderWay]) -> Markup {
    html! {
        h2 { (lang.under_way_goods()) }
        section.card { ul.list { @for goods in goods {
            li {
                span { (goods.name) small.small { (goods.unit) " · " (goods.operator) } }
                strong.n { (Quantity::from_milli(goods.quantity_milli)) }
            }
        } } }
    }
}

fn lots(lang: Lang, lots: &[LotInStore]) -> Markup {
    html! {
        h2 { (lang.lots_left()) }
        section.card { ul.list { @for lot in lots { (lot_row(lang, lot)) } } }
        @if lots.iter().any(|lot| lot.left_milli < 0) { p.mute.small { (lang.lots_about()) } }
    }
}

fn lot_row(lang: Lang, lot: &LotInStore) -> Markup {
    let code = lot.code.as_deref().filter(|code| !code.is_empty()).map(|code| lang.lot_code(code));
    let expires = lot.expires_on.map(|day| lang.lot_expires(date_text(day)));
    let about: Vec<String> =
        [lang.lot_received(date_text(lot.received_on))].into_iter().chain(expires).chain(code).collect();
    html! {
        li {
            span { (lot.name) small.small { (lot.store) } small.small { (about.join(" · ")) } }
            strong.n { (Quantity::from_milli(lot.left_milli)) }
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
                @if goods.ended_milli > 0 { small.small { (lang.left_ended(goods.ended())) } }
                small.small { (lang.sold_in_days(goods.sold_lately(), PACE_DAYS)) }
            }
            @if let Some((tone, words)) = warning(lang, goods) { (message(tone, &words)) }
        }
    }
}

fn warning(lang: Lang, goods: &GoodsInStore) -> Option<(Tone, String)> {
    let send = to_send(goods.good(), goods.sold_lately());
    match goods.cover() {
        Cover::Short => Some((Tone::Warn, lang.cover_short().to_owned())),
        Cover::Gone if send > Quantity::ZERO => Some((Tone::Bad, lang.cover_gone(send))),
        Cover::Gone => Some((Tone::Bad, lang.cover_gone_unsold().to_owned())),
        Cover::Low(0) => Some((Tone::Warn, lang.cover_low_today(send))),
        Cover::Low(days) => Some((Tone::Warn, lang.cover_low(days, send))),
        Cover::Enough => None,
    }
}
