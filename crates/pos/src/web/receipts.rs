//! Sales that were made: the newest ones with how far they have come, and each one's paper.

use axum::Json;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use domain::Money;
use domain::ids::SaleId;
use maud::{Markup, html};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use web::format::{count_text, datetime_text};
use web::fragment::{Tone, chip};
use web::{Fault, Lang};

use super::page_texts::PageTexts;
use super::visit::{Visit, Wanted};
use super::{desk, note};
use crate::counter::receipt;
use crate::db::sales::{self, SaleRow};
use crate::db::{self, prints};

/// Sales on the list.
const LISTED_MAX: i64 = 50;

/// How far a sale has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reached {
    /// Nobody else has it.
    OnlyHere,
    /// Central has it, but counts it only after a person approves this computer.
    HeldAtCentral,
    /// Central counts it.
    Recorded,
}

/// A sale on the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SaleState {
    /// The sale.
    pub sale_id: Uuid,
    /// The number on its receipt.
    pub receipt: String,
    /// UTC milliseconds.
    pub sold_at_ms: i64,
    /// What was paid, đồng.
    pub payable_vnd: i64,
    /// How far it has come.
    pub reached: Reached,
}

impl From<SaleRow> for SaleState {
    fn from(row: SaleRow) -> Self {
        let reached = match (row.at_central, row.held) {
            (false, _) => Reached::OnlyHere,
            (true, true) => Reached::HeldAtCentral,
            (true, false) => Reached::Recorded,
        };
        Self {
            sale_id: row.sale_id,
            receipt: row.receipt_number,
            sold_at_ms: row.sold_at_ms,
            payable_vnd: row.payable_vnd,
            reached,
        }
    }
}

/// The newest sales.
pub async fn list(visit: Visit) -> Result<Response, Fault> {
    let rows = visit.ok(sales::list_newest(visit.app.db().read(), LISTED_MAX).await)?;
    let sales: Vec<SaleState> = rows.into_iter().map(SaleState::from).collect();
    match visit.wanted {
        Wanted::Json => Ok(Json(sales).into_response()),
        Wanted::Markup => {
            let lang = visit.lang;
            desk::page(&visit, "/receipts", lang.receipts(), table(lang, &sales)).await
        }
    }
}

/// The list as a card.
pub fn table(lang: Lang, sales: &[SaleState]) -> Markup {
    html! {
        section.card {
            @if sales.is_empty() {
                p.mute { (lang.no_sales()) }
            } @else {
                h2 { (lang.newest_sales(count_text(i64::try_from(sales.len()).unwrap_or(LISTED_MAX)))) }
                div.table {
                    table {
                        thead { tr {
                            th { (lang.receipt_number()) }
                            th { (lang.sold_at()) }
                            th.n { (lang.amount()) }
                            th { (lang.sale_state()) }
                        } }
                        tbody {
                            @for sale in sales {
                                tr {
                                    td { a href={ "/receipts/" (sale.sale_id) } { (sale.receipt) } }
                                    td { time { (datetime_text(sale.sold_at_ms)) } }
                                    td.n { (Money::new(sale.payable_vnd)) }
                                    td { (reached(lang, sale.reached)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn reached(lang: Lang, reached: Reached) -> Markup {
    match reached {
        Reached::OnlyHere => chip(Tone::Warn, lang.only_here()),
        Reached::HeldAtCentral => chip(Tone::Warn, lang.held_at_central()),
        Reached::Recorded => chip(Tone::Good, lang.recorded()),
    }
}

/// One sale and the picture of its paper.
pub async fn page(visit: Visit, Path(sale_id): Path<Uuid>) -> Result<Response, Fault> {
    let sale = find(&visit, sale_id).await?;
    if visit.wanted == Wanted::Json {
        return Ok(Json(sale).into_response());
    }
    let print = visit.ok(find_print(&visit, sale_id).await)?;
    let lang = visit.lang;
    let title = lang.receipt_title(&sale.receipt);
    desk::page(&visit, "/receipts", &title, card(lang, &sale, print)).await
}

async fn find(visit: &Visit, sale_id: Uuid) -> Result<SaleState, Fault> {
    let row = visit.ok(sales::find_sale(visit.app.db().read(), SaleId::from_uuid(sale_id)).await)?;
    row.map(SaleState::from).ok_or_else(Fault::not_found)
}

async fn find_print(visit: &Visit, sale_id: Uuid) -> db::Result<Option<&'static str>> {
    let mut reader = visit.app.db().read().acquire().await.map_err(db::Error::from)?;
    let print = prints::find_print(&mut reader, SaleId::from_uuid(sale_id)).await?;
    Ok(print.map(|print| print.print.state.code()))
}

/// The sale as a card; `print` is where its paper stands, if there is a printer.
pub fn card(lang: Lang, sale: &SaleState, print: Option<&str>) -> Markup {
    html! {
        (note::none())
        div.columns {
            section.card.entry {
                h2 { (lang.receipt_title(&sale.receipt)) }
                dl.sums {
                    dt { (lang.sold_at()) } dd { (datetime_text(sale.sold_at_ms)) }
                    dt { (lang.amount()) } dd { (Money::new(sale.payable_vnd)) }
                    dt { (lang.sale_state()) } dd { (reached(lang, sale.reached)) }
                    dt { (lang.paper_state()) } dd { (paper(lang, print)) }
                }
                p.actions {
                    a.button href="/" { (lang.to_counter()) }
                    @if print.is_some() {
                        button type="button" data-post="/counter/reprint" name="printed_sale_id" value=(sale.sale_id) {
                            (lang.print_receipt())
                        }
                    }
                }
            }
            section.card {
                img src={ "/receipts/" (sale.sale_id) "/picture.png" } alt=(lang.receipt_picture(&sale.receipt));
            }
        }
    }
}

fn paper(lang: Lang, print: Option<&str>) -> Markup {
    match print {
        None => chip(Tone::Quiet, lang.paper_none()),
        Some("queued") => chip(Tone::Quiet, lang.paper_queued()),
        Some("sending") => chip(Tone::Quiet, lang.paper_sending()),
        Some("printed") => chip(Tone::Good, lang.paper_printed()),
        Some("failed") => chip(Tone::Bad, lang.paper_failed()),
        Some("unknown") => chip(Tone::Warn, lang.paper_unknown()),
        Some(_) => chip(Tone::Quiet, lang.paper_skipped()),
    }
}

/// The paper as a picture, drawn from what was stored with the sale.
pub async fn picture(visit: Visit, Path(sale_id): Path<Uuid>) -> Result<Response, Fault> {
    let png = visit.ok(receipt::picture(&visit.app, SaleId::from_uuid(sale_id)).await)?;
    let png = png.ok_or_else(Fault::not_found)?;
    Ok(([(header::CONTENT_TYPE, "image/png")], png).into_response())
}
