//! Sales that were made: the newest ones with how far they have come, and each one's paper.

use axum::Json;
use axum::extract::{Path, Query};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use domain::Money;
use domain::ids::SaleId;
use domain::pad::PadLines;
use domain::refund::remaining::Row;
use maud::{Markup, html};
use receipts::slip::{Slip, SlipBody};
use serde::{Deserialize, Serialize};
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;
use web::form::{Field, csrf_field};
use web::format::{count_text, date_text, datetime_text, local_date};
use web::fragment::{Tone, chip};
use web::{Fault, Lang};

use super::approval::Managers;
use super::gift_texts::GiftTexts;
use super::pad_texts::PadTexts;
use super::page_texts::PageTexts;
use super::refund::{self, Opening};
use super::refund_texts::RefundTexts;
use super::visit::{Visit, Wanted};
use super::{day, desk, keys, note};
use crate::counter::pad::PadState;
use crate::counter::refund::Sold;
use crate::counter::{Note, receipt, receipt_check};
use crate::db::refunds::{self, RefundRow};
use crate::db::sales::{self, SaleRow};
use crate::db::slips::{self, SlipRow};
use crate::db::{self, prints, shifts};
use web::amount;

/// Sales on the list.
const LISTED_MAX: i64 = 50;
/// How far from a typed time a sale is still listed: a quarter of an hour.
const AROUND_MS: i64 = 15 * 60_000;

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
    /// Where it was written by hand before it was entered; none for a sale made at the till.
    pub pad: Option<PadState>,
}

impl From<SaleRow> for SaleState {
    fn from(row: SaleRow) -> Self {
        let reached = match (row.at_central, row.held) {
            (false, _) => Reached::OnlyHere,
            (true, true) => Reached::HeldAtCentral,
            (true, false) => Reached::Recorded,
        };
        let lines = row.first_line.zip(row.last_line);
        let lines = lines.and_then(|(first, last)| PadLines::new(first, last).ok());
        let pad = row.claimed_at_ms.zip(lines);
        Self {
            pad: pad.map(|(claimed_at_ms, lines)| PadState { claimed_at_ms, lines: lines.to_string() }),
            sale_id: row.sale_id,
            receipt: row.receipt_number,
            sold_at_ms: row.sold_at_ms,
            payable_vnd: row.payable_vnd,
            reached,
        }
    }
}

/// A sale, and what came back of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReceiptState {
    /// The sale.
    #[serde(flatten)]
    pub sale: SaleState,
    /// Its rows, as a refund counts them: one for each lot.
    pub rows: Vec<RowState>,
    /// What came back, the first refund first.
    pub refunds: Vec<BackState>,
    /// `cash`, `vietqr` or `card`, when it was paid in one way.
    pub paid_by: Option<String>,
    /// The whole sale can still be reversed, in the shift that is open at this counter.
    pub is_voidable: bool,
}

/// A row of a sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RowState {
    /// Name as sold.
    pub name: String,
    /// The combo that it was sold in; empty for a product by itself.
    pub combo: String,
    /// Unit or pack.
    pub unit: String,
    /// Thousandths of the unit that were sold.
    pub sold_milli: i64,
    /// Thousandths that can still come back.
    pub left_milli: i64,
    /// The last day on which they may, `2026-11-23`; none for whenever.
    pub return_until: Option<String>,
    /// That day has passed: a manager has to let them.
    pub is_late: bool,
    #[serde(skip)]
    pub(super) return_until_text: Option<String>,
}

/// A refund or void.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct BackState {
    /// The number on its slip.
    pub receipt: String,
    /// The whole sale was reversed before its shift closed.
    pub is_void: bool,
    /// UTC milliseconds.
    pub refunded_at_ms: i64,
    /// What the buyer got, đồng.
    pub paid_vnd: i64,
}

impl ReceiptState {
    fn new(
        sale: SaleState,
        (sold, is_voidable): (Option<Sold>, bool),
        refunds: Vec<RefundRow>,
        today: Date,
    ) -> Self {
        let row = |(row, last): (&Row, &Option<Date>)| RowState {
            return_until: last.map(|day| day.to_string()),
            is_late: last.is_some_and(|day| day < today),
            return_until_text: last.map(date_text),
            name: row.line.name.clone(),
            combo: row.line.combo.as_ref().map(|combo| combo.name.clone()).unwrap_or_default(),
            unit: row.line.unit.clone(),
            sold_milli: row.line.quantity.milli(),
            left_milli: row.left().milli(),
        };
        let back = |row: RefundRow| BackState {
            receipt: row.receipt_number,
            is_void: row.is_void,
            refunded_at_ms: row.refunded_at_ms,
            paid_vnd: row.paid_vnd,
        };
        Self {
            sale,
            rows: sold
                .iter()
                .flat_map(|sold| sold.remaining.rows.iter().zip(&sold.last_days))
                .map(row)
                .collect(),
            refunds: refunds.into_iter().map(back).collect(),
            paid_by: sold
                .and_then(|sold| sold.paid_by())
                .filter(|kind| kind.is_money())
                .map(|kind| kind.code().to_owned()),
            is_voidable,
        }
    }
}

/// What is looked for; a language may stand beside it.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct FindReceipt {
    /// A number, its end, an amount, a time or a day; empty for the newest.
    #[serde(default)]
    find: String,
}

/// The newest sales, or those that fit what is looked for. What names one receipt leads to it.
pub async fn list(visit: Visit, Query(form): Query<FindReceipt>) -> Result<Response, Fault> {
    let checked = visit.ok(receipt_check::check(&visit.app, &form.find).await)?;
    if let Some(Note::ReceiptFound { sale_id, .. }) = &checked
        && visit.wanted == Wanted::Markup
    {
        return Ok(Redirect::to(&format!("/receipts/{sale_id}")).into_response());
    }
    if let Some(Note::DepositFound { sale_id, .. }) = &checked
        && visit.wanted == Wanted::Markup
    {
        return Ok(Redirect::to(&format!("/deposits/{sale_id}")).into_response());
    }
    let rows = visit.ok(find_rows(&visit, &form.find).await)?;
    let sales: Vec<SaleState> = rows.into_iter().map(SaleState::from).collect();
    match visit.wanted {
        Wanted::Json => Ok(Json(sales).into_response()),
        Wanted::Markup => {
            let lang = visit.lang;
            let main = html! { (search(lang, &form.find)) (table(lang, &sales)) };
            desk::page_with(&visit, "/receipts", lang.receipts(), checked.as_ref(), main).await
        }
    }
}

async fn find_rows(visit: &Visit, text: &str) -> db::Result<Vec<SaleRow>> {
    let pool = visit.app.db().read();
    let text = text.trim();
    let now_ms = visit.app.clock().now_ms();
    if text.is_empty() {
        return sales::list_newest(pool, LISTED_MAX).await;
    }
    if let Some(date) = day::parse(text) {
        return sales::list_of_day(pool, date, LISTED_MAX).await;
    }
    if let Some(from_ms) = time_of_day(text, now_ms) {
        return sales::list_between(pool, from_ms - AROUND_MS, from_ms + AROUND_MS, LISTED_MAX).await;
    }
    let amount = amount::parse(text).map(Money::vnd);
    sales::list_like(pool, &text.to_uppercase(), amount, LISTED_MAX).await
}

/// Returns today's moment of a text such as `14:05`.
fn time_of_day(text: &str, now_ms: i64) -> Option<i64> {
    let (hours, minutes) = text.split_once(':')?;
    let (hours, minutes): (i64, i64) = (hours.parse().ok()?, minutes.parse().ok()?);
    let is_time = (0..24).contains(&hours) && (0..60).contains(&minutes);
    let midnight_ms = now_ms - i64::from(web::format::local_minute(now_ms)) * 60_000 - now_ms % 60_000;
    is_time.then(|| midnight_ms + (hours * 60 + minutes) * 60_000)
}

/// The field that looks for a receipt; a scanner may fill it.
pub fn search(lang: Lang, find: &str) -> Markup {
    html! {
        form.card.form method="get" {
            (Field { value: find, hint: Some(lang.find_receipt_hint()), is_required: false,
                has_focus: true, ..Field::new("find", lang.find_receipt()) }.render())
            div.actions {
                button.primary { (lang.find_receipt()) }
                a.button href="/refunds/new" { (lang.without_receipt()) }
            }
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
                                    td {
                                        time { (datetime_text(sale.sold_at_ms)) }
                                        @if let Some(pad) = &sale.pad { small { "✎ " (lang.sale_from_pad(datetime_text(pad.claimed_at_ms))) } }
                                    }
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
    let receipt = visit.ok(load(&visit, sale).await)?;
    if visit.wanted == Wanted::Json {
        return Ok(Json(receipt).into_response());
    }
    let print = visit.ok(find_print(&visit, sale_id).await)?;
    let slips = visit.ok(find_slips(&visit, sale_id).await)?;
    let managers = visit.ok(Managers::of(&visit).await)?;
    let opening =
        || Opening { csrf: csrf_field(&visit.csrf), op_id: visit.new_op_id(), managers: managers.clone() };
    let lang = visit.lang;
    let title = lang.receipt_title(&receipt.sale.receipt);
    let main = html! {
        (card(lang, &receipt.sale, print))
        (gift_slips(lang, &slips))
        (refund::section(lang, &receipt, &opening(), &opening()))
        (keys::RECEIPT_HELP.folded(lang))
    };
    desk::page(&visit, "/receipts", &title, main).await
}

async fn load(visit: &Visit, sale: SaleState) -> crate::counter::Result<ReceiptState> {
    let mut reader = visit.app.db().read().acquire().await?;
    let sale_id = SaleId::from_uuid(sale.sale_id);
    let sold = Sold::find(&mut reader, sale_id).await?;
    let refunds = refunds::list_of_sale(&mut reader, sale_id).await?;
    let shift = shifts::find_open(&mut reader, &visit.seat.counter).await?;
    let is_voidable = match (&sold, shift) {
        (Some(sold), Some(shift)) => sold.is_voidable(&mut reader, shift.shift_id.uuid()).await?,
        _ => false,
    };
    let today = local_date(visit.app.clock().now_ms());
    Ok(ReceiptState::new(sale, (sold, is_voidable), refunds, today))
}

async fn find(visit: &Visit, sale_id: Uuid) -> Result<SaleState, Fault> {
    let row = visit.ok(sales::find_sale(visit.app.db().read(), SaleId::from_uuid(sale_id)).await)?;
    row.map(SaleState::from).ok_or_else(Fault::not_found)
}

/// Returns the slips of presents that belong to a sale: each with its title.
async fn find_slips(visit: &Visit, sale_id: Uuid) -> crate::counter::Result<Vec<(Uuid, String)>> {
    let mut reader = visit.app.db().read().acquire().await?;
    let rows = slips::list_of_sale(&mut reader, SaleId::from_uuid(sale_id)).await?;
    let title = |row: SlipRow| -> crate::counter::Result<Option<(Uuid, String)>> {
        Ok(match Slip::from_json(&row.snapshot)?.body {
            SlipBody::Gift(gift) => Some((row.slip_id, gift.title)),
            _ => None,
        })
    };
    rows.into_iter().filter_map(|row| title(row).transpose()).collect()
}

/// The slips of presents, to look at and to print again; nothing without any.
pub fn gift_slips(lang: Lang, slips: &[(Uuid, String)]) -> Markup {
    html! {
        @if !slips.is_empty() {
            section.card {
                h2 { (lang.gift_slips()) }
                ul.list {
                    @for (slip_id, title) in slips {
                        li {
                            span { (title) }
                            span.actions {
                                a.button href={ "/slips/" (slip_id) "/picture.png" } { (lang.show_slip()) }
                                button type="button" data-post="/counter/reprint" name="printed_sale_id" value=(slip_id) {
                                    (lang.print_slip())
                                }
                            }
                        }
                    }
                }
            }
        }
    }
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
                    @if let Some(pad) = &sale.pad {
                        dt { "✎ " (lang.sale_from_pad_line()) }
                        dd { (lang.sale_from_pad_about(datetime_text(pad.claimed_at_ms), &pad.lines)) }
                    }
                    dt { (lang.amount()) } dd { (Money::new(sale.payable_vnd)) }
                    dt { (lang.sale_state()) } dd { (reached(lang, sale.reached)) }
                    dt { (lang.paper_state()) } dd { (paper(lang, print)) }
                    dt { (lang.compared()) } dd { (chip(Tone::Good, lang.genuine())) }
                }
                p.actions {
                    a.button href="/" { (lang.to_counter()) }
                    @if print.is_some() {
                        button type="button" data-post="/counter/reprint" name="printed_sale_id" value=(sale.sale_id) {
                            (lang.print_receipt())
                        }
                        button type="button" data-post="/counter/reprint-in-english" name="printed_sale_id" value=(sale.sale_id) {
                            (lang.print_in_english())
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
