//! What the shelf should hold, by the book.

use axum::Json;
use axum::response::{IntoResponse, Response};
use domain::Quantity;
use maud::{Markup, html};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
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
use super::{desk, lots};
use crate::db::stock::{self, ProductStock};

/// Products on the page.
const LISTED_MAX: i64 = 2_000;

/// A product on the shelf.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct StockState {
    /// The product.
    pub product_id: Uuid,
    /// Name.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// Thousandths of the unit; below zero when more was sold than came in.
    pub quantity_milli: i64,
}

impl From<ProductStock> for StockState {
    fn from(ProductStock { product_id, name, unit, quantity_milli }: ProductStock) -> Self {
        Self { product_id, name, unit, quantity_milli }
    }
}

/// The shelf.
pub async fn page(visit: Visit) -> Result<Response, Fault> {
    let rows = visit.ok(stock::list_shelf(visit.app.db().read(), LISTED_MAX).await)?;
    let shelf: Vec<StockState> = rows.into_iter().map(StockState::from).collect();
    match visit.wanted {
        Wanted::Json => Ok(Json(shelf).into_response()),
        Wanted::Markup => {
            let lang = visit.lang;
            desk::page(&visit, "/stock", lang.stock(), table(lang, &shelf)).await
        }
    }
}

/// The shelf as a card.
pub fn table(lang: Lang, shelf: &[StockState]) -> Markup {
    html! {
        p.actions {
            a.button href=(lots::SOON) { (lang.lots_to_sell_soon()) }
            a.button href=(STOCKTAKE) { (lang.stocktake()) }
            a.button href=(TRANSFERS) { (lang.transfers()) }
        }
        section.card {
            @if shelf.is_empty() {
                p.mute { (lang.stock_none()) }
            } @else {
                div.table {
                    table {
                        thead { tr {
                            th { (lang.stock_product()) }
                            th { (lang.stock_unit()) }
                            th.n { (lang.stock_quantity()) }
                            th { (lang.card()) }
                            td {}
                        } }
                        tbody {
                            @for product in shelf {
                                tr {
                                    td { a href={ (lots::SOON) "?product_id=" (product.product_id) } { (product.name) } }
                                    td { (product.unit) }
                                    td.n { (Quantity::from_milli(product.quantity_milli)) }
                                    td { a href={ (CARD) "?product_id=" (product.product_id) } { (lang.card()) } }
                                    td { @if product.quantity_milli < 0 { (chip(Tone::Warn, lang.stock_below())) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
