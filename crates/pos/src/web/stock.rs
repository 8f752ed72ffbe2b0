//! What the shelf should hold, by the book: how long it lasts, and what to have brought.

use axum::Json;
use axum::extract::{Form, Query};
use axum::response::{IntoResponse, Redirect, Response};
use domain::Quantity;
use domain::cover::{Cover, PACE_DAYS, days, good, to_bring};
use maud::{Markup, html};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use web::format::local_date;
use web::fragment::{Tone, chip};
use web::{Fault, Lang};

use super::page_texts::PageTexts;
use super::stock_card::CARD;
use super::stock_texts::StockTexts;
use super::stocktake::STOCKTAKE;
use super::stocktake_texts::StocktakeTexts;
use super::transfer_texts::TransferTexts;
use super::transfers::TRANSFERS;
use super::visit::{Visit, Wanted};
use super::{desk, lots, merging};
use crate::counter::Note;
use crate::db::stock::{self, ProductStock};

/// The page's address.
pub const STOCK: &str = "/stock";
/// Products on the page.
const LISTED_MAX: i64 = 2_000;
const DAY_MS: i64 = 86_400_000;

/// Which products.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WhichStock {
    /// Only what runs out, or is below its minimum.
    #[serde(default)]
    short: bool,
}

/// A product on the shelf.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct StockState {
    /// The product.
    pub product_id: Uuid,
    /// Name.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// Who makes it, where that is known.
    pub producer: Option<String>,
    /// Thousandths of the unit; below zero when more was sold than came in.
    pub quantity_milli: i64,
    /// Of it in lots whose last day is over: they cover nothing.
    pub ended_milli: i64,
    /// Sold in the last thirty days, less what buyers brought back.
    pub sold_lately_milli: i64,
    /// What the shelf should have at least; zero for nothing wished.
    pub minimum_milli: i64,
    /// Days that it lasts at this pace; none where nobody buys it.
    pub days: Option<i64>,
    /// What to have brought, in whole units.
    pub to_bring_milli: i64,
}

impl From<ProductStock> for StockState {
    fn from(row: ProductStock) -> Self {
        let ProductStock {
            product_id,
            name,
            unit,
            producer,
            quantity_milli,
            ended_milli,
            sold_milli,
            minimum_milli,
            ..
        } = row;
        let [left, ended, sold, minimum] =
            [quantity_milli, ended_milli, sold_milli, minimum_milli].map(Quantity::from_milli);
        let good = good(left, ended);
        let days = days(good.max(Quantity::ZERO), sold);
        let to_bring_milli = to_bring(good, sold, minimum).milli();
        let sold_lately_milli = sold_milli;
        Self {
            product_id,
            name,
            unit,
            producer,
            quantity_milli,
            ended_milli,
            sold_lately_milli,
            minimum_milli,
            days,
            to_bring_milli,
        }
    }
}

impl StockState {
    /// Says whether somebody should bring some: it runs out and is bought, or is below its minimum.
    fn is_short(&self) -> bool {
        let [left, ended, sold] =
            [self.quantity_milli, self.ended_milli, self.sold_lately_milli].map(Quantity::from_milli);
        let good = good(left, ended);
        let runs_out = self.sold_lately_milli > 0 && Cover::of(good, sold) != Cover::Enough;
        runs_out || good.milli() < self.minimum_milli
    }
}

/// The shelf.
pub async fn page(visit: Visit, Query(which): Query<WhichStock>) -> Result<Response, Fault> {
    let now_ms = visit.app.clock().now_ms();
    let when = (now_ms - PACE_DAYS * DAY_MS, local_date(now_ms));
    let rows = visit.ok(stock::list_shelf(visit.app.db().read(), when, LISTED_MAX).await)?;
    let shelf: Vec<StockState> = rows.into_iter().map(StockState::from).collect();
    match visit.wanted {
        Wanted::Json => Ok(Json(shelf).into_response()),
        Wanted::Markup => {
            let lang = visit.lang;
            let waiting = visit.ok(merging::waiting(&visit).await)?;
            let main = html! { (waiting) (table(lang, &shelf, &which)) };
            desk::page(&visit, STOCK, lang.stock(), main).await
        }
    }
}

/// The shelf as a card.
pub fn table(lang: Lang, shelf: &[StockState], which: &WhichStock) -> Markup {
    let short = shelf.iter().filter(|product| product.is_short()).count();
    let shown = shelf.iter().filter(|product| !which.short || product.is_short());
    let current = |short: bool| (which.short == short).then_some("true");
    html! {
        p.actions {
            a.button href=(lots::SOON) { (lang.lots_to_sell_soon()) }
            a.button href=(STOCKTAKE) { (lang.stocktake()) }
            a.button href=(TRANSFERS) { (lang.transfers()) }
        }
        nav.presets aria-label=(lang.stock_which()) {
            a href=(STOCK) aria-current=[current(false)] { (lang.stock_all(shelf.len())) }
            a href={ (STOCK) "?short=true" } aria-current=[current(true)] { (lang.stock_short(short)) }
        }
        section.card {
            @if shelf.is_empty() { p.mute { (lang.stock_none()) } } @else {
                div.table { table {
                    thead { tr {
                        th { (lang.stock_product()) } th.n { (lang.stock_quantity()) } th.n { (lang.stock_pace()) }
                        th.n { (lang.stock_days()) } th.n { (lang.stock_minimum()) } th.n { (lang.stock_to_bring()) } th { (lang.card()) }
                    } }
                    tbody { @for product in shown { (row(lang, product)) } }
                } }
            }
        }
    }
}

fn row(lang: Lang, product: &StockState) -> Markup {
    let quantity = |milli: i64| html! { @if milli != 0 { (Quantity::from_milli(milli)) } };
    html! {
        tr {
            td {
                div { a href={ (lots::SOON) "?product_id=" (product.product_id) } { (product.name) } }
                small { (product.unit) @if let Some(producer) = &product.producer { " · " (producer) } }
            }
            td.n {
                (Quantity::from_milli(product.quantity_milli))
                @if product.ended_milli > 0 { small { (lang.stock_ended(Quantity::from_milli(product.ended_milli))) } }
                @if product.quantity_milli < 0 { " " (chip(Tone::Warn, lang.stock_below())) }
            }
            td.n { (quantity(product.sold_lately_milli)) }
            td.n { @match product.days {
                Some(days) if product.is_short() => (chip(Tone::Warn, &lang.lasts_days(days))),
                Some(days) => (lang.lasts_days(days)),
                None => {},
            } }
            td.n { (quantity(product.minimum_milli)) }
            td.n { @if product.is_short() { strong { (quantity(product.to_bring_milli)) } } @else { (quantity(product.to_bring_milli)) } }
            td { a href={ (CARD) "?product_id=" (product.product_id) } { (lang.card()) } }
        }
    }
}

/// What a manager wishes of a product.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetMinimum {
    product_id: Uuid,
    /// As typed; empty or 0 for nothing.
    minimum: String,
}

/// Keeps the wish, and leads back to the product's card. It moves no goods, so that doing it twice does it once.
pub async fn set_minimum(visit: Visit, Form(form): Form<SetMinimum>) -> Result<Response, Fault> {
    let minimum = match form.minimum.trim() {
        "" | "0" => Some(Quantity::ZERO),
        text => Quantity::parse(text).ok(),
    };
    let note = match minimum {
        Some(minimum) => {
            let mut tx = visit.ok(visit.app.db().begin().await)?;
            visit.ok(stock::set_minimum(&mut tx, form.product_id.into(), minimum).await)?;
            visit.ok(tx.commit().await.map_err(crate::db::Error::from))?;
            Note::Ready
        }
        None => Note::BadQuantity { whole: false },
    };
    let is_bad = note != Note::Ready;
    visit.site.leave_note(&visit.seat.counter, note);
    if visit.wanted == Wanted::Json && is_bad {
        return Err(Fault::for_status(axum::http::StatusCode::UNPROCESSABLE_ENTITY));
    }
    Ok(Redirect::to(&format!("{CARD}?product_id={}", form.product_id)).into_response())
}
