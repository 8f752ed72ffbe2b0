//! After the sale: the forms on a receipt's page that take goods back or void the sale, and the page for goods without one.

use axum::Json;
use axum::extract::Form;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::Quantity;
use domain::ids::SaleId;
use domain::refund::remaining::Ask;
use domain::stock::Location;
use domain::tender::TenderKind;
use maud::{Markup, html};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use web::form::csrf_field;
use web::fragment::{Tone, chip};
use web::{Fault, Lang};

use super::approval::{self, Asks, Managers};
use super::desk;
use super::gift_texts::GiftTexts;
use super::keys;
use super::receipts::{ReceiptState, RowState};
use super::refund_texts::RefundTexts;
use super::texts::CounterTexts;
use super::visit::{Visit, Wanted, check_op_id};
use crate::counter::refund::{self, Asked};
use crate::counter::{CounterState, Note, Request};

/// Rows of a refund: as many as a cart takes, from several lots each.
const ROWS_MAX: usize = 500;

/// What comes back, as the form posts it. Without `whole` each row of the sale has its `quantity`, in their order.
#[derive(Clone, Default, ToSchema)]
pub struct RefundForm {
    /// Names this form; posting it twice takes back once.
    op_id: String,
    /// The sale; for goods without a receipt the open cart's.
    sale_id: Uuid,
    /// How much of each row, as typed; empty for nothing of it.
    quantity: Vec<String>,
    /// `1` for everything that is left, whatever stands in the rows.
    whole: String,
    /// `shelf` or `waste`.
    back_to: String,
    /// Why.
    reason: String,
    /// `cash`, `vietqr`, `card`: how the money goes back.
    kind: String,
    /// `yes` lets goods come back after their last day.
    late: String,
    /// Who allows it; not needed when a manager sits at the counter.
    manager_id: Option<Uuid>,
    /// The manager's PIN.
    pin: String,
}

impl RefundForm {
    pub(super) fn read(pairs: Vec<(String, String)>) -> Option<Self> {
        let mut form = Self::default();
        for (name, value) in pairs {
            match name.as_str() {
                "op_id" => form.op_id = value,
                "sale_id" => form.sale_id = Uuid::try_parse(&value).ok()?,
                "quantity" => form.quantity.push(value),
                "whole" => form.whole = value,
                "back_to" => form.back_to = value,
                "reason" => form.reason = value,
                "kind" => form.kind = value,
                "late" => form.late = value,
                "manager_id" => form.manager_id = Some(Uuid::try_parse(&value).ok()?),
                "pin" => form.pin = value,
                _ => return None,
            }
        }
        (form.quantity.len() <= ROWS_MAX).then_some(form)
    }

    pub(super) fn request(&self) -> Result<Request, Fault> {
        Ok(Request { op_id: check_op_id(&self.op_id)?, sale_id: SaleId::from_uuid(self.sale_id) })
    }

    /// Returns what is asked for, or what is wrong with it.
    pub(super) fn asked(&self) -> Result<Asked, Note> {
        let back_to = match self.back_to.as_str() {
            "shelf" => Location::Shelf,
            "waste" => Location::Waste,
            _ => return Err(Note::BadField { field: "back_to".to_owned() }),
        };
        let kind = TenderKind::from_code(&self.kind).filter(|kind| kind.is_money());
        let kind = kind.ok_or(Note::BadField { field: "kind".to_owned() })?;
        let mut rows = Vec::new();
        if self.whole.is_empty() {
            for (row, text) in self.quantity.iter().enumerate().filter(|(_, text)| !text.trim().is_empty()) {
                let quantity = Quantity::parse(text).map_err(|_| Note::BadQuantity { whole: false })?;
                rows.push(Ask { row, quantity, back_to });
            }
            if rows.is_empty() {
                return Err(Note::NothingChosen);
            }
        }
        let word = approval::word(self.manager_id, self.pin.clone());
        let (reason, is_late_allowed) = (self.reason.clone(), self.late == "yes");
        Ok(Asked { rows, back_to, reason, kind, is_late_allowed, word })
    }
}

/// Takes goods of a sale back.
pub async fn submit(visit: Visit, Form(pairs): Form<Vec<(String, String)>>) -> Result<Response, Fault> {
    let form = RefundForm::read(pairs).ok_or_else(Fault::not_found)?;
    let request = form.request()?;
    let state = match form.asked() {
        Ok(asked) => visit.ok(refund::refund(&visit.app, &visit.seat, &request, &asked).await)?,
        Err(note) => visit.state(note).await?,
    };
    done(&visit, state, &format!("/receipts/{}", form.sale_id))
}

/// A sale that is to be voided.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VoidForm {
    /// Names this form; posting it twice voids once.
    op_id: String,
    sale_id: Uuid,
    /// Why.
    #[serde(default)]
    reason: String,
    /// Who allows it; not needed when a manager sits at the counter.
    manager_id: Option<Uuid>,
    /// The manager's PIN.
    #[serde(default)]
    pin: String,
}

/// Voids a sale.
pub async fn void(visit: Visit, Form(form): Form<VoidForm>) -> Result<Response, Fault> {
    let request = Request { op_id: check_op_id(&form.op_id)?, sale_id: form.sale_id.into() };
    let word = approval::word(form.manager_id, form.pin);
    let state = visit.ok(refund::void(&visit.app, &visit.seat, &request, &form.reason, &word).await)?;
    done(&visit, state, &format!("/receipts/{}", form.sale_id))
}

/// Takes the goods in the open cart back without a receipt.
pub async fn submit_without(
    visit: Visit,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let form = RefundForm::read(pairs).ok_or_else(Fault::not_found)?;
    let request = form.request()?;
    let whole = RefundForm { whole: "1".to_owned(), ..form };
    let state = match whole.asked() {
        Ok(asked) => visit.ok(refund::without_receipt(&visit.app, &visit.seat, &request, &asked).await)?,
        Err(note) => visit.state(note).await?,
    };
    done(&visit, state, "/refunds/new")
}

/// The page for goods without a receipt: what the open cart holds, and the form.
pub async fn page_without(visit: Visit) -> Result<Response, Fault> {
    let state = visit.state(Note::Ready).await?;
    let managers = visit.ok(Managers::of(&visit).await)?;
    let lang = visit.lang;
    let main =
        without(lang, &state, &Opening { csrf: csrf_field(&visit.csrf), op_id: visit.new_op_id(), managers });
    desk::page(&visit, "/receipts", lang.without_receipt(), main).await
}

/// Leads back to the page, which tells what was done; a program is told at once, with 422 for what was refused.
pub(super) fn done(visit: &Visit, state: CounterState, to: &str) -> Result<Response, Fault> {
    if visit.wanted == Wanted::Json {
        let refused = state.note.level() == crate::counter::note::Level::Bad;
        let status = if refused { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        return Ok((status, Json(state)).into_response());
    }
    visit.site.leave_note(&visit.seat.counter, state.note);
    Ok(Redirect::to(to).into_response())
}

/// What each of these forms begins with.
pub struct Opening {
    /// The session's token, as a field.
    pub csrf: Markup,
    /// A fresh name of the request.
    pub op_id: String,
    /// Who may allow it.
    pub managers: Managers,
}

/// What came back of a sale, and the forms for more.
pub fn section(lang: Lang, receipt: &ReceiptState, refund: &Opening, void: &Opening) -> Markup {
    let is_left = receipt.rows.iter().any(|row| row.left_milli > 0);
    html! {
        section.card {
            h2 { (lang.came_back()) }
            @if receipt.refunds.is_empty() { p.mute { (lang.nothing_back()) } }
            ul.list { @for back in &receipt.refunds {
                li {
                    span { (back.receipt) @if back.is_void { " · " (lang.void_slip()) } " · " time { (web::format::datetime_text(back.refunded_at_ms)) } }
                    span.money { (domain::Money::new(back.paid_vnd)) }
                }
            } }
            @if !is_left { p { (lang.all_came_back()) } }
        }
        @if is_left { (refund_form(lang, receipt, refund)) }
        @if receipt.is_voidable { (void_form(lang, receipt.sale.sale_id, void)) }
    }
}

fn refund_form(lang: Lang, receipt: &ReceiptState, form: &Opening) -> Markup {
    html! {
        form.card.form method="post" action="/receipts/refund" {
            (form.csrf)
            input type="hidden" name="op_id" value=(form.op_id);
            input type="hidden" name="sale_id" value=(receipt.sale.sale_id);
            h2.whole { (lang.take_back()) }
            div.table.whole { table {
                thead { tr {
                    th { (lang.column_product()) }
                    th.n { (lang.sold_quantity()) }
                    th.n { (lang.left_quantity()) }
                    th.n { (lang.back_quantity()) }
                } }
                tbody { @for (index, row) in receipt.rows.iter().enumerate() { (quantity(lang, index, row)) } }
            } }
            (choices(lang, receipt.paid_by.as_deref().unwrap_or("cash"), "refund"))
            @if receipt.rows.iter().any(|row| row.is_late && row.left_milli > 0) { (late(lang)) }
            (approval::fields(lang, &form.managers, "refund", Asks::Always { has_focus: true }))
            div.actions {
                button.primary { (lang.take_back_chosen()) }
                button name="whole" value="1" aria-keyshortcuts=(keys::ALL_BACK.shortcut) {
                    (lang.take_back_all()) " " kbd aria-hidden="true" { (keys::ALL_BACK.cap) }
                }
                button formaction="/receipts/exchange" aria-keyshortcuts=(keys::EXCHANGE.shortcut) {
                    (lang.exchange()) " " kbd aria-hidden="true" { (keys::EXCHANGE.cap) }
                }
                a.button href="/" { (lang.counter_page()) }
            }
        }
    }
}

/// The manager's word that goods come back after their last day.
fn late(lang: Lang) -> Markup {
    html! {
        fieldset.people.whole {
            legend.hidden { (lang.return_is_over()) }
            label {
                input type="checkbox" name="late" value="yes";
                span { (lang.takes_late()) small.small { (lang.takes_late_hint()) } }
            }
        }
    }
}

fn quantity(lang: Lang, index: usize, row: &RowState) -> Markup {
    html! {
        tr {
            td { (row.name) small { (row.unit) @if !row.combo.is_empty() { " · " (lang.in_combo(&row.combo)) } } }
            td.n { (Quantity::from_milli(row.sold_milli)) }
            td.n {
                (Quantity::from_milli(row.left_milli))
                @if let Some(day) = &row.return_until_text {
                    small { @if row.is_late { (chip(Tone::Warn, &lang.return_was_until(day))) } @else { (lang.return_until(day)) } }
                }
            }
            td.n {
                input id={ "quantity-" (index) } name="quantity" inputmode="decimal" autocomplete="off" maxlength="12"
                    aria-label=(lang.back_quantity_of(&row.name)) readonly[row.left_milli == 0];
            }
        }
    }
}

/// Why, where the goods go, how the money goes back.
fn choices(lang: Lang, paid_by: &str, form: &str) -> Markup {
    let places = [("shelf", lang.to_shelf()), ("waste", lang.to_waste())];
    html! {
        (reason(lang, form))
        (select((&format!("{form}-back_to"), "back_to"), lang.back_to(), &places, "shelf"))
        (select((&format!("{form}-kind"), "kind"), lang.paid_in(), &ways(lang), paid_by))
    }
}

/// How money goes back, as a field of a panel.
pub(super) fn paid_in(lang: Lang, chosen: &str, name: &str) -> Markup {
    select((name, name), lang.paid_in(), &ways(lang), chosen)
}

fn ways(lang: Lang) -> [(&'static str, &'static str); 3] {
    [("cash", lang.cash()), ("vietqr", lang.transfer()), ("card", lang.card())]
}

fn select((id, name): (&str, &str), label: &str, options: &[(&str, &str)], chosen: &str) -> Markup {
    html! {
        div.field {
            label for=(id) { (label) }
            select id=(id) name=(name) {
                @for (value, words) in options { option value=(value) selected[*value == chosen] { (words) } }
            }
        }
    }
}

/// Chosen or typed.
fn reason(lang: Lang, form: &str) -> Markup {
    html! {
        div.field {
            label for={ (form) "-reason" } { (lang.reason()) }
            input id={ (form) "-reason" } name="reason" list={ (form) "-reasons" } maxlength="120" autocomplete="off"
                value=(lang.reason_changed_mind());
            datalist id={ (form) "-reasons" } {
                @for reason in [lang.reason_changed_mind(), lang.reason_faulty(), lang.reason_wrong()] {
                    option value=(reason) {}
                }
            }
        }
    }
}

fn void_form(lang: Lang, sale_id: Uuid, form: &Opening) -> Markup {
    html! {
        form.card.form method="post" action="/receipts/void" {
            (form.csrf)
            input type="hidden" name="op_id" value=(form.op_id);
            input type="hidden" name="sale_id" value=(sale_id);
            h2.whole { (lang.void_sale()) }
            p.hint.whole { (lang.void_about()) }
            (reason(lang, "void"))
            (approval::fields(lang, &form.managers, "void", Asks::Always { has_focus: false }))
            div.actions { button.danger { (lang.void_sale()) } }
        }
    }
}

/// The form for goods without a receipt.
pub fn without(lang: Lang, state: &CounterState, form: &Opening) -> Markup {
    html! {
        form.card.form method="post" action="/refunds/new" {
            (form.csrf)
            input type="hidden" name="op_id" value=(form.op_id);
            input type="hidden" name="sale_id" value=(state.sale_id);
            h2.whole { (lang.without_receipt()) }
            p.hint.whole { (lang.without_receipt_about()) }
            @if state.lines.is_empty() {
                p.whole { (lang.note_empty_cart()) }
                div.actions { a.button.primary href="/" { (lang.counter_page()) } }
            } @else {
                ul.list.whole { @for line in &state.lines {
                    li { span { (line.name) } span { (line.quantity_text()) } span.money { (domain::Money::new(line.amount_vnd)) } }
                } }
                p.whole { strong { (lang.to_pay_back()) " " (domain::Money::new(state.payable_vnd)) } }
                (choices(lang, "cash", "without"))
                (approval::fields(lang, &form.managers, "without", Asks::Always { has_focus: true }))
                div.actions { button.primary { (lang.take_back()) } a.button href="/" { (lang.counter_page()) } }
            }
        }
    }
}
