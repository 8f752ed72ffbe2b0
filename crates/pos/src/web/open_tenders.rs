//! The page of money that is waited for, and the button that says it came.

use axum::Json;
use axum::extract::Form;
use axum::response::{IntoResponse, Response};
use domain::Money;
use domain::tender::{Tender, TenderKind};
use maud::{Markup, html};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use web::csrf::CsrfToken;
use web::form::csrf_field;
use web::{Fault, Lang};

use super::bank_texts::BankTexts;
use super::open_tender_texts::OpenTenderTexts;
use super::page_texts::PageTexts;
use super::texts::CounterTexts;
use super::visit::{Visit, Wanted, check_op_id};
use super::{bank_file, desk, shift};
use crate::counter::Note;
use crate::counter::bank_notice::{self, OddTransfer};
use crate::counter::open_tender::{self, Came};
use crate::db::open_tenders::{OpenTender, list_open};
use web::amount;

/// So many are listed.
const LIST_MAX: i64 = 200;

/// Money that is waited for.
#[derive(Debug, Serialize, ToSchema)]
pub struct OpenTenderRow {
    sale_id: Uuid,
    /// The number on the receipt.
    receipt: String,
    /// `claimed` or `credit`.
    from: String,
    /// What has not come yet, đồng.
    left_vnd: i64,
    /// Who owes it; empty for a transfer.
    person: String,
    /// What the bank told of the sale's transfers, đồng.
    told_vnd: i64,
}

/// Money that came.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MoneyCame {
    /// Names this form; posting it twice takes the money once.
    op_id: String,
    sale_id: Uuid,
    /// What it was until now: `claimed` or `credit`.
    from: String,
    /// How it came: `cash`, `vietqr`, `card`.
    kind: String,
    /// As typed: `200.000`.
    amount: String,
}

impl MoneyCame {
    fn came(&self) -> Result<Came, Note> {
        let bad = |field: &str| Note::BadField { field: field.to_owned() };
        let kind = TenderKind::from_code(&self.kind).ok_or_else(|| bad("kind"))?;
        let from = TenderKind::from_code(&self.from).ok_or_else(|| bad("from"))?;
        let amount = amount::parse(&self.amount).ok_or(Note::BadAmount)?;
        Ok(Came { sale_id: self.sale_id.into(), from, tender: Tender { kind, amount }, source: None })
    }
}

/// The page.
pub async fn page(visit: Visit) -> Result<Response, Fault> {
    let open = visit.ok(list_open(visit.app.db().read(), LIST_MAX).await)?;
    if visit.wanted == Wanted::Json {
        return Ok(Json(open.into_iter().map(OpenTenderRow::from).collect::<Vec<_>>()).into_response());
    }
    let op_ids: Vec<String> = open.iter().map(|_| visit.new_op_id()).collect();
    let odd = visit.ok(bank_notice::list_odd(&visit.app).await)?;
    let main = html! {
        (table(visit.lang, &visit.csrf, &open, &op_ids))
        (odd_transfers(visit.lang, &odd, &open))
        @if visit.seat.manager { (bank_file::form(visit.lang, &visit.csrf)) }
    };
    desk::page(&visit, "/open-tenders", visit.lang.open_tenders(), main).await
}

/// Takes money that came.
pub async fn submit(visit: Visit, Form(form): Form<MoneyCame>) -> Result<Response, Fault> {
    let op_id = check_op_id(&form.op_id)?;
    let state = match form.came() {
        Ok(came) => visit.ok(open_tender::confirm(&visit.app, &visit.seat, &op_id, &came).await)?,
        Err(note) => visit.state(note).await?,
    };
    shift::done(&visit, state, "/open-tenders")
}

/// The amounts, each with the form that says it came.
pub fn table(lang: Lang, csrf: &CsrfToken, open: &[OpenTender], op_ids: &[String]) -> Markup {
    html! {
        p.hint { (lang.open_tenders_about()) }
        @if open.is_empty() { p.mute { (lang.no_open_tenders()) } } @else {
            div.table { table {
                thead { tr {
                    th { (lang.receipt_number()) } th { (lang.who_owes()) }
                    th.n { (lang.open_amount()) } th { (lang.amount_came()) } th { (lang.way_came()) } td {}
                } }
                tbody { @for (row, op_id) in open.iter().zip(op_ids) { (line(lang, csrf, row, op_id)) } }
            } }
        }
    }
}

fn line(lang: Lang, csrf: &CsrfToken, row: &OpenTender, op_id: &str) -> Markup {
    let is_claimed = row.kind == TenderKind::Claimed.code();
    let who = if is_claimed { lang.claimed_transfer() } else { row.person.as_str() };
    let form = format!("came-{op_id}");
    let ways = [("vietqr", lang.by_transfer()), ("cash", lang.cash()), ("card", lang.card())];
    let likely = if is_claimed { "vietqr" } else { "cash" };
    html! {
        tr {
            td { a href={ "/receipts/" (row.sale_id) } { (row.receipt_number) } }
            td {
                (who) small { (web::format::datetime_text(row.sold_at_ms)) }
                @if row.told_vnd != 0 { small { (lang.row_bank_told(Money::new(row.told_vnd))) } }
            }
            td.n { (Money::new(row.left_vnd)) }
            td { input form=(form) name="amount" inputmode="numeric" autocomplete="off" maxlength="20" data-vnd required
                value=(web::format::count_text(row.left_vnd)) aria-label=(lang.amount_came_of(&row.receipt_number)); }
            td { select form=(form) name="kind" aria-label=(lang.way_came_of(&row.receipt_number)) {
                @for (code, words) in ways { option value=(code) selected[code == likely] { (words) } }
            } }
            td { form id=(form) method="post" action="/open-tenders" {
                (csrf_field(csrf))
                input type="hidden" name="op_id" value=(op_id);
                input type="hidden" name="sale_id" value=(row.sale_id);
                input type="hidden" name="from" value=(row.kind);
                button { (lang.money_is_here()) }
            } }
        }
    }
}

/// What the bank told of that fits no sale; what is waited for is told in its own row.
pub fn odd_transfers(lang: Lang, odd: &[OddTransfer], open: &[OpenTender]) -> Markup {
    let is_open = |sale_id| open.iter().any(|row| row.sale_id == sale_id && row.told_vnd != 0);
    let odd: Vec<&OddTransfer> = odd.iter().filter(|odd| !is_open(odd.told.sale_id)).collect();
    if odd.is_empty() {
        return html! {};
    }
    html! {
        section.card {
            h2 { (lang.odd_transfers()) }
            p.hint { (lang.odd_transfers_about()) }
            div.table { table {
                thead { tr {
                    th { (lang.receipt_number()) } th { (lang.booked_at()) }
                    th.n { (lang.bank_has()) } th.n { (lang.books_have()) }
                } }
                tbody { @for odd in odd { tr {
                    td { @match &odd.told.receipt_number {
                        Some(receipt) => a href={ "/receipts/" (odd.told.sale_id) } { (receipt) },
                        None => (lang.no_sale()),
                    } }
                    td { (web::format::datetime_text(odd.told.booked_at_ms)) }
                    td.n { (Money::new(odd.told.came_vnd)) }
                    td.n { (Money::new(odd.due_vnd)) }
                } } }
            } }
        }
    }
}

impl From<OpenTender> for OpenTenderRow {
    fn from(open: OpenTender) -> Self {
        let OpenTender { sale_id, receipt_number: receipt, kind: from, left_vnd, person, told_vnd, .. } =
            open;
        Self { sale_id, receipt, from, left_vnd, person, told_vnd }
    }
}
