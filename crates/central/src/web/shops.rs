//! An operator's first page, made for a phone: today's sales of each of its stores, cash, what buyers and producers owe and are
//! owed, what runs out, what is wrong.

use std::collections::BTreeSet;

use axum::extract::State;
use axum::response::Response;
use domain::Money;
use maud::{Markup, html};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use web::format::{change_per_mille, count_text, datetime_text, local_date};
use web::fragment::{Tone, change, chip, message};
use web::{Fault, Lang};

use super::inventory::filter::Show;
use super::inventory::listing;
use super::inventory::report::InventoryCounts;
use super::joint_texts::JointTexts;
use super::nomination_texts::NominationTexts;
use super::producer::talk_texts::TalkTexts;
use super::shell::{self, Frame, Place};
use super::shop_settlements;
use super::shop_term_texts::ShopTermTexts;
use super::shop_texts::ShopTexts;
use super::texts::CentralTexts;
use super::visit::Visit;
use crate::app::App;
use crate::db::inventory::held;
use crate::db::nominations;
use crate::db::sales::completeness;
use crate::db::shop_money::{self, OwedProducer, StoreMoney};
use crate::db::transfers::{OpenTransfer, list_open};
use crate::db::users::{OperatorScope, Scope};

/// Producers that are listed with what they are owed.
const OWED_MOST: i64 = 10;
/// Goods that are under way for longer are late: a delivery from the island takes some days.
const LATE_DAYS: i64 = 3;
const LATE_MS: i64 = LATE_DAYS * 24 * 60 * 60 * 1_000;
/// A store that has told nothing for so long is silent: a day, and the night before it opens.
const SILENT_MS: i64 = 36 * 60 * 60 * 1_000;

/// What an operator wants to know first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ShopsReport {
    /// What today's receipts came to, đồng.
    pub today_vnd: i64,
    /// What yesterday's came to.
    pub before_vnd: i64,
    /// Receipts of today.
    pub receipts: i64,
    /// In the drawers of open shifts by the books, đồng.
    pub cash_vnd: i64,
    /// Transfers that are only claimed, and what buyers owe.
    pub waiting_vnd: i64,
    /// What producers are owed.
    pub owed_vnd: i64,
    /// Each store.
    pub stores: Vec<ShopOfReport>,
    /// Producers with the largest sums.
    pub producers: Vec<OwedOfReport>,
    /// Settlements that a producer disputes and nobody has answered.
    pub disputed_count: usize,
    /// For how many days the oldest of them has waited.
    pub disputed_days: i64,
    /// Transfers between its stores that nobody has taken in for days.
    pub late_transfer_count: usize,
    /// Transfers that two stores took in: one of them has not got the goods.
    pub twice_transfer_count: usize,
    /// Transfers that were taken in days ago, and of which the sender has not told.
    pub unknown_transfer_count: usize,
    /// Products that run out, or lie still.
    pub goods: InventoryCounts,
    /// Nominated products that wait for an answer.
    pub nominated_count: usize,
}

/// A store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ShopOfReport {
    /// The store.
    pub store_id: Uuid,
    /// Its name.
    pub store: String,
    /// Receipts of today.
    pub receipts: i64,
    /// What they came to, đồng.
    pub today_vnd: i64,
    /// In the drawers of its open shifts by the book.
    pub cash_vnd: i64,
    /// When it last told anything, UTC milliseconds.
    pub heard_at_ms: Option<i64>,
    /// It has told nothing for a day and a half.
    pub is_silent: bool,
    /// Sales of devices that wait for the department's approval, đồng.
    pub held_vnd: i64,
    /// Entries that are not in the books as told, and that nobody has looked into.
    pub exceptions: i64,
    /// Two devices wrote one journal.
    pub is_forked: bool,
}

/// What a producer is owed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct OwedOfReport {
    /// The producer's name.
    pub name: String,
    /// How much, đồng; below zero after an advance.
    pub owed_vnd: i64,
}

/// The page, or the same as JSON.
#[utoipa::path(
    get, path = "/shops", tag = "reports",
    responses(
        (status = 200, description = "the report; JSON by `Accept: application/json`", body = ShopsReport),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not an operator"),
    ),
)]
pub async fn get(State(app): State<App>, visit: Visit) -> Result<Response, Fault> {
    let Scope::Operator(scope) = visit.user.scope() else { return Err(Fault::forbidden()) };
    let report = visit.ok(load(&app, scope).await)?;
    let frame = Frame { place: Place::Shops, brand: visit.lang.brand(), query: "" };
    Ok(visit.answer(&report, |report| {
        let main = html! { (main(visit.lang, report)) (shell::leave(&visit)) };
        shell::page(&visit, &frame, main)
    }))
}

async fn load(app: &App, scope: OperatorScope) -> crate::Result<ShopsReport> {
    let (db, now_ms) = (&app.db, app.clock.now_ms());
    let today = local_date(now_ms);
    let money = shop_money::by_store(db, scope, today).await?;
    let told = completeness(db, Scope::Operator(scope)).await?;
    let held = held(db, Scope::Operator(scope), None, today).await?;
    let producers = shop_money::owed_producers(db, scope, OWED_MOST).await?;
    let asked = nominations::list_asked(db, scope).await?;
    let open = list_open(db, Scope::Operator(scope), None).await?;
    let disputed = shop_settlements::list_disputed_days(app, scope).await?;
    let sum = |of: fn(&StoreMoney) -> Money| {
        money.iter().map(|store| of(store).vnd()).fold(0i64, i64::saturating_add)
    };
    Ok(ShopsReport {
        today_vnd: sum(|store| store.today),
        before_vnd: sum(|store| store.before),
        receipts: money.iter().map(|store| store.receipts).sum(),
        cash_vnd: sum(|store| store.cash),
        waiting_vnd: sum(|store| store.waiting),
        owed_vnd: sum(|store| store.owed),
        late_transfer_count: count(&open, "under_way", LATE_MS, now_ms),
        twice_transfer_count: count(&open, "twice", i64::MIN, now_ms),
        unknown_transfer_count: count(&open, "unknown", LATE_MS, now_ms),
        disputed_count: disputed.len(),
        disputed_days: disputed.iter().copied().max().unwrap_or_default(),
        nominated_count: asked.iter().filter(|asked| asked.answer == "waiting").count(),
        goods: listing::counts(&held),
        producers: producers.into_iter().map(OwedOfReport::from).collect(),
        stores: money
            .into_iter()
            .map(|money| {
                let told = told.iter().find(|told| told.store_id == money.store_id);
                let heard_at_ms = told.and_then(|told| told.heard_at_ms);
                ShopOfReport {
                    store_id: money.store_id.uuid(),
                    store: money.store,
                    receipts: money.receipts,
                    today_vnd: money.today.vnd(),
                    cash_vnd: money.cash.vnd(),
                    heard_at_ms,
                    is_silent: told.is_none_or(|told| told.running.meets((today, today)))
                        && heard_at_ms.is_none_or(|at_ms| now_ms.saturating_sub(at_ms) > SILENT_MS),
                    held_vnd: told.map_or(0, |told| told.held.vnd()),
                    exceptions: told.map_or(0, |told| told.exceptions),
                    is_forked: told.is_some_and(|told| told.is_forked),
                }
            })
            .collect(),
    })
}

/// Returns how many transfers have stood so for longer than some time, in milliseconds: somebody should ask where the goods are. One that
/// two stores told of is one.
fn count(open: &[OpenTransfer], state: &str, longer_than_ms: i64, now_ms: i64) -> usize {
    let is_it =
        |open: &&OpenTransfer| open.state == state && now_ms.saturating_sub(open.at_ms) > longer_than_ms;
    open.iter().filter(is_it).map(|open| open.number.as_str()).collect::<BTreeSet<_>>().len()
}

impl From<OwedProducer> for OwedOfReport {
    fn from(row: OwedProducer) -> Self {
        Self { name: row.name, owed_vnd: row.owed.vnd() }
    }
}

/// The main part.
pub fn main(lang: Lang, report: &ShopsReport) -> Markup {
    html! {
        section.card.owed {
            span.mute { (lang.sales_today()) }
            strong { (Money::new(report.today_vnd)) }
            p.mute {
                (lang.receipts_today(count_text(report.receipts)))
                @if report.before_vnd > 0 {
                    " · " (change(lang, change_per_mille(report.today_vnd, report.before_vnd))) " " (lang.against_yesterday())
                }
            }
        }
        @for store in &report.stores { (alarms(lang, store)) }
        @if report.late_transfer_count > 0 {
            (message(Tone::Warn, &lang.transfers_are_late(report.late_transfer_count, LATE_DAYS)))
        }
        @if report.twice_transfer_count > 0 {
            (message(Tone::Bad, &lang.transfers_are_twice(report.twice_transfer_count)))
        }
        @if report.unknown_transfer_count > 0 {
            (message(Tone::Warn, &lang.transfers_are_unknown(report.unknown_transfer_count, LATE_DAYS)))
        }
        @if report.disputed_count > 0 {
            (message(Tone::Bad, &lang.disputes_wait(report.disputed_count, report.disputed_days)))
        }
        p { a href=(Place::ShopSettlements.href()) { (lang.see_shop_settlements()) } }
        p { a href=(Place::ShopTerms.href()) { (lang.page_shop_terms()) } }
        (nominated(lang, report.nominated_count))
        section.card {
            ul.list {
                li { (lang.cash_in_drawers()) b.n.money { (Money::new(report.cash_vnd)) } }
                li { (lang.money_waited_for()) b.n.money { (Money::new(report.waiting_vnd)) } }
                li { a href=(Place::Owed.href()) { (lang.owed_to_producers()) } b.n.money { (Money::new(report.owed_vnd)) } }
            }
        }
        h2 { (lang.each_store()) }
        section.card {
            @if report.stores.is_empty() { p.mute { (lang.no_store_of_yours()) } }
            ul.list { @for store in &report.stores { (shop(lang, store)) } }
        }
        h2 { (lang.goods_of_yours()) }
        section.card {
            ul.list {
                (goods(Show::Out, lang.goods_out(), report.goods.out))
                (goods(Show::Low, lang.goods_low(), report.goods.low))
                (goods(Show::Slow, lang.goods_slow(), report.goods.slow))
            }
        }
        @if !report.producers.is_empty() {
            h2 { (lang.owed_to_producers()) }
            section.card {
                ul.list { @for owed in &report.producers { li { (owed.name) b.n.money { (Money::new(owed.owed_vnd)) } } } }
                p { a href=(Place::Owed.href()) { (lang.see_all_owed()) } }
            }
        }
    }
}

/// The way to what the department nominates.
fn nominated(lang: Lang, waiting: usize) -> Markup {
    html! {
        p {
            a href=(Place::ShopNominations.href()) {
                @if waiting > 0 { (lang.asked_link(waiting)) } @else { (lang.asked_link_none()) }
            }
        }
    }
}

fn shop(lang: Lang, store: &ShopOfReport) -> Markup {
    html! {
        li {
            span {
                (store.store)
                small.small {
                    (lang.receipts_today(count_text(store.receipts))) " · " (lang.cash_in(Money::new(store.cash_vnd)))
                    @if let Some(at_ms) = store.heard_at_ms { " · " (lang.told_until(datetime_text(at_ms))) }
                }
            }
            b.n.money { (Money::new(store.today_vnd)) }
        }
    }
}

/// What is wrong with a store, each with what to do.
fn alarms(lang: Lang, store: &ShopOfReport) -> Markup {
    html! {
        @if store.is_silent { (message(Tone::Warn, &lang.store_is_silent(&store.store))) }
        @if store.held_vnd != 0 { (message(Tone::Warn, &lang.store_waits(&store.store, Money::new(store.held_vnd)))) }
        @if store.is_forked { (message(Tone::Bad, &lang.store_is_forked(&store.store))) }
        @if store.exceptions > 0 { (message(Tone::Warn, &lang.store_has_exceptions(&store.store, store.exceptions))) }
    }
}

fn goods(show: Show, words: &str, count: usize) -> Markup {
    let (count, is_some) = (count.to_string(), count > 0);
    html! {
        li {
            a href={ (Place::Inventory.href()) "?show=" (show.code()) } { (words) }
            @if is_some { (chip(Tone::Warn, &count)) } @else { (chip(Tone::Quiet, &count)) }
        }
    }
}
