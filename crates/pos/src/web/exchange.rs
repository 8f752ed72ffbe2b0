//! Exchange: from a receipt to the counter, where what comes back counts in the open cart, and giving it up there.

use axum::extract::Form;
use axum::response::Response;
use domain::Money;
use maud::{Markup, html};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use web::{Fault, Lang};

use super::deposit_texts::DepositTexts;
use super::refund::{RefundForm, done};
use super::refund_texts::RefundTexts;
use super::side::Side;
use super::visit::Visit;
use crate::counter::{CounterState, Note, exchange};

/// Leads to the counter with what is to come back.
pub async fn start(visit: Visit, Form(pairs): Form<Vec<(String, String)>>) -> Result<Response, Fault> {
    let form = RefundForm::read(pairs).ok_or_else(Fault::not_found)?;
    let request = form.request()?;
    let state = match form.asked() {
        Ok(asked) => visit.ok(exchange::start(&visit.app, &visit.seat, &request, &asked).await)?,
        Err(note) => visit.state(note).await?,
    };
    let is_here =
        matches!(state.note, Note::ExchangeStarted { .. } | Note::ExchangeOpen { .. } | Note::Ready);
    let to = if is_here { "/".to_owned() } else { format!("/receipts/{}", request.sale_id) };
    done(&visit, state, &to)
}

/// An exchange that is not wanted.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GiveUp {
    sale_id: Uuid,
}

/// Forgets what was to come back; the cart stays.
pub async fn give_up(visit: Visit, Form(form): Form<GiveUp>) -> Result<Response, Fault> {
    let request = visit.request(form.sale_id)?;
    visit.answer(exchange::give_up(&visit.app, &visit.seat, &request).await, &Side::Keys)
}

/// The rows of the total that say what covers a part of it.
pub fn covered(lang: Lang, state: &CounterState) -> Markup {
    html! {
        @if let Some(deposit) = &state.deposit {
            dt { (lang.deposit_paid()) } dd { (Money::new(-deposit.left_vnd)) }
        }
        @if let Some(exchange) = &state.exchange {
            dt { (lang.goods_back()) } dd { (Money::new(-exchange.worth_vnd)) }
        }
        @if state.due_vnd < 0 { dt { strong { (lang.to_pay_back()) } } dd {} }
    }
}

/// The button beside the total that gives an exchange up.
pub fn give_up_button(lang: Lang, state: &CounterState) -> Markup {
    html! {
        @if let Some(exchange) = &state.exchange {
            button.plain type="button" data-post="/counter/give-up-exchange"
                title=(lang.give_up_exchange_of(&exchange.receipt)) { (lang.give_up_exchange()) }
        }
    }
}
