//! E-invoices, for the manager: which are issued, which wait and why, and sending one again at once.

use axum::Json;
use axum::extract::Form;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::Money;
use domain::invoice::state::State;
use maud::{Markup, html};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use web::csrf::CsrfToken;
use web::form::csrf_field;
use web::format::{count_text, datetime_text};
use web::fragment::{Tone, chip, message};
use web::{Fault, Lang};

use super::desk;
use super::invoice_texts::InvoiceTexts;
use super::visit::{Visit, Wanted, check_op_id};
use crate::db::invoices::{self, Invoice};
use crate::db::store;
use crate::invoicing::act::{self, Acted};
use crate::invoicing::status::{self, InvoicesState};
use crate::invoicing::{self, Problem};

/// Invoices of each kind on the page.
const LISTED_MAX: i64 = 200;

/// All that the page shows.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct InvoicesPage {
    /// How they stand together.
    pub state: InvoicesState,
    /// False while this computer has nowhere to send them.
    pub has_taker: bool,
    /// Those that are not issued first.
    pub invoices: Vec<InvoiceState>,
}

/// An invoice on the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct InvoiceState {
    /// The invoice.
    pub invoice_id: Uuid,
    /// `intent`, `waiting`, `sent`, `accepted`, `rejected`.
    pub state: String,
    /// The tax authority's code.
    pub code: Option<String>,
    /// The receipt.
    pub receipt: String,
    /// UTC milliseconds.
    pub sold_at_ms: i64,
    /// Đồng.
    pub total_vnd: i64,
    /// The buyer's name; none for nobody in particular.
    pub buyer: Option<String>,
    /// Who named the buyer after the sale; none when nobody did.
    pub named_by: Option<String>,
    /// When, UTC milliseconds.
    pub named_at_ms: Option<i64>,
    /// Why it is not issued; a code, or the taker's own words.
    pub problem: String,
    /// It takes the place of another one.
    pub replaces: bool,
    /// Another one takes its place.
    pub replaced: bool,
    /// It leaves once the one that it replaces is issued.
    pub follows: bool,
}

/// Which invoice to send again.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Resend {
    /// Names this form; posting it twice does it once.
    op_id: String,
    invoice_id: Uuid,
}

/// What became of a form.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct Told {
    /// `done`, `replaced`, `unknown`, `on_its_way`, `was_replaced`, `no_settings`.
    pub says: &'static str,
}

/// The list.
pub async fn page(visit: Visit) -> Result<Response, Fault> {
    show(&visit, None).await
}

/// Sends one again at once.
pub async fn resend(visit: Visit, Form(form): Form<Resend>) -> Result<Response, Fault> {
    let op_id = check_op_id(&form.op_id)?;
    let acted = visit.ok(act::send_again(&visit.app, &op_id, form.invoice_id).await)?;
    tracing::info!(invoice_id = %form.invoice_id, by = %visit.seat.cashier_id, ?acted, "an invoice was asked for");
    told(&visit, acted).await
}

/// Answers what became of a form: back to the list, which a refusal explains.
pub(super) async fn told(visit: &Visit, acted: Acted) -> Result<Response, Fault> {
    let (says, status) = match acted {
        Acted::Done => ("done", StatusCode::OK),
        Acted::Replaced => ("replaced", StatusCode::OK),
        Acted::Unknown => ("unknown", StatusCode::NOT_FOUND),
        Acted::OnItsWay => ("on_its_way", StatusCode::CONFLICT),
        Acted::WasReplaced => ("was_replaced", StatusCode::CONFLICT),
        Acted::NoSettings => ("no_settings", StatusCode::CONFLICT),
    };
    if visit.wanted == Wanted::Json {
        return Ok((status, Json(Told { says })).into_response());
    }
    if status == StatusCode::OK {
        return Ok(Redirect::to("/invoices").into_response());
    }
    let mut response = show(visit, Some(acted)).await?;
    *response.status_mut() = status;
    Ok(response)
}

async fn show(visit: &Visit, acted: Option<Acted>) -> Result<Response, Fault> {
    let read = visit.app.db().read();
    let rows = visit.ok(invoices::list_invoices(read, LISTED_MAX).await)?;
    let settings = visit.ok(store::find_settings(read).await)?;
    let shown = InvoicesPage {
        state: visit.ok(status::load(&visit.app, settings.as_ref()).await)?,
        has_taker: visit.app.config().invoice_taker().is_ok_and(|taker| taker.is_some()),
        invoices: rows.iter().map(|row| state(row, &rows)).collect(),
    };
    if visit.wanted == Wanted::Json {
        return Ok(Json(shown).into_response());
    }
    let (lang, ops) = (visit.lang, || visit.new_op_id());
    let main = html! {
        @if let Some(acted) = acted { (message(Tone::Bad, sentence(lang, acted))) }
        (summary(lang, &shown))
        (table(lang, &visit.csrf, &shown.invoices, ops))
    };
    desk::page(visit, "/invoices", lang.invoices(), main).await
}

fn state(row: &Invoice, all: &[Invoice]) -> InvoiceState {
    let former = all.iter().find(|former| row.replaces == Some(former.invoice_id));
    InvoiceState {
        invoice_id: row.invoice_id,
        state: row.state.code().to_owned(),
        code: row.code.clone(),
        receipt: row.receipt_number.clone(),
        sold_at_ms: row.sold_at_ms,
        total_vnd: row.total_vnd,
        buyer: invoicing::buyer_of(row).map(|buyer| buyer.name),
        named_by: row.named.as_ref().map(|named| named.name.clone()),
        named_at_ms: row.named.as_ref().map(|named| named.at_ms),
        problem: row.problem.clone(),
        replaces: row.replaces.is_some(),
        replaced: all.iter().any(|later| later.replaces == Some(row.invoice_id)),
        follows: row.state.is_pending() && former.is_some_and(|former| former.state.is_pending()),
    }
}

/// How the invoices stand together, in a sentence or two.
pub fn summary(lang: Lang, shown: &InvoicesPage) -> Markup {
    let InvoicesState { waiting, oldest_ms, alarm, step, numbers_left } = &shown.state;
    html! {
        @if *waiting == 0 && !shown.invoices.is_empty() { (message(Tone::Good, lang.invoices_all_issued())) }
        @if let (1.., Some(oldest_ms)) = (*waiting, oldest_ms) {
            @let told = lang.invoices_pending(count_text(*waiting), datetime_text(*oldest_ms));
            (message(if alarm == "quiet" || alarm == "few" { Tone::Warn } else { Tone::Bad }, &told))
            @if alarm == "missed" { (message(Tone::Bad, lang.invoices_missed_about())) }
            @if alarm == "urgent" { (message(Tone::Bad, lang.invoices_urgent())) }
            @if alarm != "quiet" && *step >= 2 { (message(Tone::Bad, &lang.invoices_step(step))) }
            @if !shown.has_taker { (message(Tone::Warn, lang.invoices_no_adapter())) }
        }
        @if let Some(left) = numbers_left { (message(Tone::Warn, &lang.invoices_numbers_about(count_text(*left)))) }
    }
}

/// The list as a card.
pub fn table(lang: Lang, csrf: &CsrfToken, list: &[InvoiceState], new_op: impl Fn() -> String) -> Markup {
    html! {
        section.card {
            @if list.is_empty() { p.mute { (lang.invoices_none()) } } @else {
                div.table { table {
                    thead { tr {
                        th { (lang.invoice_code()) } th { (lang.invoice_receipt()) } th { (lang.invoice_sold_at()) }
                        th.n { (lang.invoice_total()) } th { (lang.invoice_buyer()) } th { (lang.invoice_state()) } td {}
                    } }
                    tbody { @for row in list { (line(lang, csrf, row, &new_op())) } }
                } }
            }
        }
    }
}

fn line(lang: Lang, csrf: &CsrfToken, row: &InvoiceState, op_id: &str) -> Markup {
    let is_issued = row.state == State::Accepted.code();
    html! {
        tr {
            td {
                (row.code.as_deref().unwrap_or(lang.invoice_no_code()))
                @if row.replaces { small { (lang.invoice_replacing()) } }
            }
            td { (row.receipt) }
            td { (datetime_text(row.sold_at_ms)) }
            td.n { (Money::new(row.total_vnd)) }
            td {
                (row.buyer.as_deref().unwrap_or(lang.invoice_anonymous()))
                @if let (Some(by), Some(at_ms)) = (&row.named_by, row.named_at_ms) {
                    small { (lang.invoice_named_by(by, datetime_text(at_ms))) }
                }
            }
            td {
                (state_chip(lang, row))
                @if row.follows { small { (lang.invoice_follows()) } }
                @if !row.problem.is_empty() { small { (problem(lang, &row.problem)) } }
            }
            td { div.act {
                @if !is_issued {
                    form method="post" action="/invoices/resend" {
                        (csrf_field(csrf))
                        input type="hidden" name="op_id" value=(op_id);
                        input type="hidden" name="invoice_id" value=(row.invoice_id);
                        button aria-label={ (lang.send_again()) " " (row.receipt) } { (lang.send_again()) }
                    }
                }
                @if row.state != State::Sent.code() && !(is_issued && row.replaced) {
                    @let words = if is_issued { lang.replace_buyer() } else { lang.edit_buyer() };
                    a.button href={ "/invoices/" (row.invoice_id) } aria-label={ (words) " " (row.receipt) } { (words) }
                }
            } }
        }
    }
}

fn state_chip(lang: Lang, row: &InvoiceState) -> Markup {
    match State::from_code(&row.state) {
        Some(State::Accepted) if row.replaced => chip(Tone::Quiet, lang.state_replaced()),
        Some(State::Accepted) => chip(Tone::Good, lang.state_accepted()),
        Some(State::Rejected) => chip(Tone::Bad, lang.state_rejected()),
        Some(State::Sent) => chip(Tone::Warn, lang.state_sent()),
        Some(State::Intent) => chip(Tone::Bad, lang.state_intent()),
        Some(State::Waiting) | None => chip(Tone::Warn, lang.state_waiting()),
    }
}

/// Returns a sentence for a problem of ours, or the taker's own words.
fn problem(lang: Lang, problem: &str) -> String {
    let Some(ours) = Problem::from_code(problem) else { return problem.to_owned() };
    let words = match ours {
        Problem::Unreachable => lang.problem_unreachable(),
        Problem::NoAnswer => lang.problem_no_answer(),
        Problem::NotReady => lang.problem_not_ready(),
        Problem::Token => lang.problem_token(),
        Problem::NotUnderstood => lang.problem_not_understood(),
        Problem::Folder => lang.problem_folder(),
        Problem::Conflict => lang.problem_conflict(),
        Problem::Damaged => lang.problem_damaged(),
    };
    words.to_owned()
}

fn sentence(lang: Lang, acted: Acted) -> &'static str {
    match acted {
        Acted::Done => lang.acted_done(),
        Acted::Replaced => lang.acted_replaced(),
        Acted::Unknown => lang.acted_unknown(),
        Acted::OnItsWay => lang.acted_on_its_way(),
        Acted::WasReplaced => lang.acted_was_replaced(),
        Acted::NoSettings => lang.acted_no_settings(),
    }
}
