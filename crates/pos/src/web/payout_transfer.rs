//! Paying a producer by the operator's bank: the code for its app, and the form that records what was transferred.

use axum::extract::{Path, Query};
use axum::response::Response;
use domain::Money;
use domain::ids::ProducerId;
use domain::payout::PayoutAccount;
use maud::{Markup, html};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use web::form::{Field, csrf_field};
use web::format::{count_text, local_date};
use web::fragment::{Tone, message};
use web::{Fault, Lang, amount, qr};

use super::approval::{self, Asks, Managers};
use super::desk;
use super::payout_texts::PayoutTexts;
use super::producer_texts::ProducerTexts;
use super::producers::PRODUCERS;
use super::refund::Opening;
use super::texts::CounterTexts;
use super::visit::Visit;
use crate::counter::payout_code::PayoutCode;
use crate::counter::settlement::Open;
use crate::db::{payout_accounts, producers, settlements, store, streams};

/// How much.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HowMuch {
    /// As typed; all that is owed without it.
    #[serde(default)]
    amount: String,
}

/// What the page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransferView {
    /// The producer.
    pub producer_id: Uuid,
    /// Name.
    pub name: String,
    /// Owed to them, đồng.
    pub owed: Money,
    /// What is to be transferred; none for nothing that a bank transfers.
    pub amount: Option<Money>,
    /// Where to.
    pub account: Option<PayoutAccount>,
    /// The code, when there are both.
    pub code: Option<PayoutCode>,
    /// When they were paid last, UTC milliseconds; 0 for never.
    pub last_paid_ms: i64,
    /// A manager looks.
    pub is_manager: bool,
    /// This computer lacks what the one before it wrote: nothing can be settled, and what is owed may be paid.
    pub is_behind: bool,
}

/// The page.
pub async fn page(
    visit: Visit,
    Path(producer_id): Path<Uuid>,
    Query(how_much): Query<HowMuch>,
) -> Result<Response, Fault> {
    let view = visit.ok(load(&visit, producer_id.into(), &how_much).await)?.ok_or_else(Fault::not_found)?;
    let managers = visit.ok(Managers::of(&visit).await)?;
    let opening = Opening { csrf: csrf_field(&visit.csrf), op_id: visit.new_op_id(), managers };
    let title = visit.lang.payout_title(&view.name);
    desk::page(&visit, PRODUCERS, &title, main(visit.lang, &view, &opening)).await
}

async fn load(
    visit: &Visit,
    producer_id: ProducerId,
    how_much: &HowMuch,
) -> crate::counter::Result<Option<TransferView>> {
    let mut reader = visit.app.db().read().acquire().await.map_err(crate::db::Error::from)?;
    let Some(name) = producers::find_name(&mut reader, producer_id).await? else { return Ok(None) };
    // Before the debt: a payment that comes between makes this page old, never its figures too high.
    let last_paid_ms = settlements::find_last_paid(&mut reader, producer_id).await?;
    let is_behind = streams::lacks_former(&mut reader).await?;
    let owed = Open::load(&mut reader, producer_id).await?.account.balance()?;
    let account = payout_accounts::find_account(&mut reader, producer_id).await?;
    drop(reader);
    let typed = how_much.amount.trim();
    let amount = if typed.is_empty() { Some(owed).filter(|_| !is_behind) } else { amount::parse(typed) };
    let amount = amount.filter(|amount| *amount > Money::ZERO);
    let code = store::find_store(visit.app.db().read()).await?.map(|store| store.code).unwrap_or_default();
    let today = local_date(visit.app.clock().now_ms());
    let code = account
        .as_ref()
        .zip(amount)
        .and_then(|(account, amount)| PayoutCode::of(account, amount, (&code, today)).ok());
    let (producer_id, is_manager) = (producer_id.uuid(), visit.seat.manager);
    Ok(Some(TransferView {
        producer_id,
        name,
        owed,
        amount,
        account,
        code,
        last_paid_ms,
        is_manager,
        is_behind,
    }))
}

/// The main part.
pub fn main(lang: Lang, view: &TransferView, opening: &Opening) -> Markup {
    let at = format!("{PRODUCERS}/{}", view.producer_id);
    html! {
        @if view.is_behind { (message(Tone::Warn, lang.not_caught_up())) }
        @match &view.account {
            Some(account) => {
                div.columns {
                    (code(lang, view, account, &at))
                    div.columns {
                        @if let (Some(amount), Some(_)) = (view.amount, &view.code) {
                            (record(lang, view, (amount, account), opening))
                        }
                        (how_much(lang, view, &at))
                    }
                }
            }
            None => (without_account(lang, view, &at)),
        }
    }
}

fn without_account(lang: Lang, view: &TransferView, at: &str) -> Markup {
    html! {
        section.card {
            h2 { (view.name) }
            p { (lang.account_none()) }
            @if view.is_manager {
                p.actions { a.button.primary href={ (at) "/account" } { (lang.account()) } }
            } @else { p { (lang.account_ask_manager()) } }
        }
    }
}

fn code(lang: Lang, view: &TransferView, account: &PayoutAccount, at: &str) -> Markup {
    html! {
        section.card {
            h2 { (view.name) }
            @if let (Some(amount), Some(code)) = (view.amount, &view.code) {
                p.hint { (lang.payout_about()) }
                dl.sums {
                    dt { (lang.transfer_amount()) } dd { strong { (amount) } }
                    dt { (lang.transfer_account()) } dd { (account.text()) }
                    dt { (lang.transfer_reference()) } dd { (code.purpose) }
                    dt { (lang.owed_in_all()) } dd { (view.owed) }
                }
                (qr::picture(&code.payload, &lang.vietqr_picture(amount)))
            } @else if view.owed > Money::ZERO { p { (lang.payout_wrong_amount()) } } @else { p { (lang.payout_no_amount()) } }
            @if view.is_manager { p.actions { a.button href={ (at) "/account" } { (lang.account_edit()) } } }
        }
    }
}

fn how_much(lang: Lang, view: &TransferView, at: &str) -> Markup {
    let typed = view.amount.map(|amount| count_text(amount.vnd())).unwrap_or_default();
    html! {
        form.card.form method="get" action={ (at) "/transfer" } {
            (Field { value: &typed, inputmode: "numeric", is_amount: true, ..Field::new("amount", lang.payout_amount()) }.render())
            div.actions { button { (lang.payout_show()) } a.button href=(at) { (lang.pay_producer()) } }
        }
    }
}

fn record(
    lang: Lang,
    view: &TransferView,
    (amount, account): (Money, &PayoutAccount),
    opening: &Opening,
) -> Markup {
    html! {
        form.card.form method="post" action={ (PRODUCERS) "/pay" } {
            (opening.csrf)
            input type="hidden" name="op_id" value=(opening.op_id);
            input type="hidden" name="producer_id" value=(view.producer_id);
            input type="hidden" name="shown_vnd" value=(view.owed.vnd());
            input type="hidden" name="way" value="transfer";
            input type="hidden" name="amount" value=(amount.vnd());
            input type="hidden" name="bank" value=(account.bank_bin);
            input type="hidden" name="number" value=(account.payee.number());
            input type="hidden" name="holder" value=(account.holder);
            input type="hidden" name="last_paid_ms" value=(view.last_paid_ms);
            h2.whole { (lang.payout_record()) }
            (approval::fields(lang, &opening.managers, "payout", Asks::Always { has_focus: true }))
            div.actions {
                @if !view.is_behind { button.primary name="act" value="settle" { (lang.payout_settle()) } }
                button.primary[view.is_behind] name="act" value="advance" { (lang.payout_advance()) }
            }
        }
    }
}
