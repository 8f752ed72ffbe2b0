//! A producer's first page: what is owed, what sold today and this month, what runs out, which recognitions lapse.

use axum::extract::State;
use axum::response::Response;
use domain::Money;
use domain::catalog::month_of;
use domain::cover::{Cover, PACE_DAYS};
use maud::{Markup, html};
use serde::Serialize;
use time::{Date, Duration};
use utoipa::ToSchema;
use uuid::Uuid;
use web::format::{datetime_text, local_date};
use web::fragment::{Tone, message};
use web::{Fault, Lang};

use super::announced_texts::AnnouncedTexts;
use super::consigned::{self, Consigned, GoodsInStore};
use super::grid_texts::GridTexts;
use super::lapsing::{self, LapsingOfProducer, lapsing};
use super::month::Month;
use super::news;
use super::overview_texts::OverviewTexts;
use super::reading_key::card;
use super::settlement_texts::SettlementTexts;
use super::settlements::{self, PaperOfReport};
use super::sold::{LATELY_DAYS, Sale, lately};
use super::{OWN_ROOT, Reader};
use crate::app::App;
use crate::db::consigned::{Only, Owed, SoldProduct, owed, sold, sold_by_day, stock_by_store};
use crate::db::{reading_keys, recognitions};
use crate::web::shell::Place;
use crate::web::texts::CentralTexts;

/// Goods that are shown as running out.
const LOW_MOST: usize = 5;
/// The last sales that are shown.
const SALES_MOST: i64 = 5;

/// Decisions about a producer's products that are looked at.
const DECISIONS_MOST: i64 = 2_000;
/// The last settlements and payments that are shown.
const PAPERS_MOST: i64 = 3;

/// What a producer wants to know first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Overview {
    /// The producer's name.
    pub name: String,
    /// Owed for goods sold, less commission, tax and what was paid; below zero when that was more. Đồng.
    pub owed_vnd: i64,
    /// The same by operator: each pays for its own stores.
    pub owed_by: Vec<OwedBy>,
    /// The oldest moment up to which one of these stores has told, UTC milliseconds.
    pub as_of_ms: Option<i64>,
    /// The last settlements and payments, the latest first.
    pub papers: Vec<PaperOfReport>,
    /// Today.
    pub sold_today: SoldSum,
    /// This month up to today.
    pub sold_month: SoldSum,
    /// That month, `11/2026`.
    pub month_words: String,
    /// What buyers paid in the last 30 days, đồng.
    pub revenue_vnd: i64,
    /// Recognitions of the producer's products that lapse within 90 days, the earliest first.
    pub lapsing_own: Vec<LapsingOfProducer>,
    /// Goods that run out, or have.
    pub low: Vec<GoodsInStore>,
    /// All goods in stores.
    pub goods_count: usize,
    /// The last sales, the latest day first.
    pub lately: Vec<Sale>,
}

/// What was sold in some days.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct SoldSum {
    /// What buyers paid, đồng.
    pub revenue_vnd: i64,
    /// What the producer is owed of it, đồng.
    pub due_vnd: i64,
}

impl SoldSum {
    fn of(found: &[SoldProduct]) -> Self {
        found.iter().fold(Self::default(), |sum, row| Self {
            revenue_vnd: sum.revenue_vnd.saturating_add(row.revenue.vnd()),
            due_vnd: sum.due_vnd.saturating_add(row.due.vnd()),
        })
    }
}

/// What an operator owes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct OwedBy {
    /// Who owes.
    pub operator_id: Uuid,
    /// Its name.
    pub operator: String,
    /// How much, đồng.
    pub owed_vnd: i64,
    /// For sales in these stores.
    pub stores: Vec<OwedInStore>,
}

/// What is owed for the sales of a store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct OwedInStore {
    /// The store.
    pub store_id: Uuid,
    /// Its name.
    pub store: String,
    /// How much, đồng.
    pub owed_vnd: i64,
}

impl OwedBy {
    /// Adds up what was found; it comes by operator.
    fn list(found: Vec<Owed>) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for row in found {
            let (id, owed_vnd) = (row.operator_id.uuid(), row.due.vnd());
            if all.last().is_none_or(|last| last.operator_id != id) {
                all.push(Self { operator_id: id, operator: row.operator, owed_vnd: 0, stores: Vec::new() });
            }
            if let Some(last) = all.last_mut() {
                last.owed_vnd = last.owed_vnd.saturating_add(owed_vnd);
                last.stores.push(OwedInStore { store_id: row.store_id.uuid(), store: row.store, owed_vnd });
            }
        }
        all
    }
}

/// What a producer wants to know first: a page, or the same as JSON.
#[utoipa::path(
    get, path = "/me", tag = "producer",
    responses(
        (status = 200, description = "the overview; JSON by `Accept: application/json`", body = Overview),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not a producer"),
    ),
)]
pub async fn get(State(app): State<App>, reader: Reader) -> Result<Response, Fault> {
    let figures = reader.ok(load(&app, &reader).await)?;
    let since_ms = reader.ok(reading_keys::find_made_at(&app.db, reader.scope.producer_id()).await)?;
    let told = reader.ok(news::load(&app, reader.scope).await)?;
    Ok(reader.answer(Place::Overview, "", &figures, |figures| {
        html! {
            (main(reader.lang, &reader.root, figures))
            @if let Some(csrf) = reader.csrf() {
                @if let Some(told) = &told { (news::card(reader.lang, csrf, told)) }
                (card(reader.lang, csrf, (since_ms, app.clock.new_uuid())))
            }
            (reader.at_its_end())
        }
    }))
}

async fn load(app: &App, reader: &Reader) -> crate::Result<Overview> {
    let (db, scope, today) = (&app.db, reader.scope, local_date(app.clock.now_ms()));
    let since = |days: i64| today.saturating_sub(Duration::days(days));
    let owed = owed(db, scope).await?;
    let as_of_ms = owed.iter().filter_map(|row| row.heard_at_ms).min();
    let owed_by = OwedBy::list(owed);
    let mut low = Consigned::of(stock_by_store(db, scope, today, Only::default()).await?).goods;
    let goods_count = low.len();
    low.retain(|goods| goods.cover() < Cover::Enough);
    low.truncate(LOW_MOST);
    let lately_sold = sold(db, scope, (since(PACE_DAYS - 1), today), Only::default()).await?;
    let sold_today = SoldSum::of(&sold(db, scope, (today, today), Only::default()).await?);
    let sold_month = SoldSum::of(&sold(db, scope, (month_of(today), today), Only::default()).await?);
    let decided = recognitions::list_of_producer(db, scope, DECISIONS_MOST).await?;
    let papers = settlements::load(app, reader, PAPERS_MOST).await?;
    let lately = sold_by_day(db, scope, (since(LATELY_DAYS), Date::MAX), Only::default(), SALES_MOST).await?;
    Ok(Overview {
        name: reader.name.clone(),
        owed_vnd: owed_by.iter().fold(0, |sum, row| sum.saturating_add(row.owed_vnd)),
        owed_by,
        as_of_ms,
        papers,
        sold_today,
        sold_month,
        month_words: Month::of(today).words(),
        lapsing_own: lapsing(&decided, today),
        revenue_vnd: SoldSum::of(&lately_sold).revenue_vnd,
        low,
        goods_count,
        lately: lately.into_iter().map(Sale::from).collect(),
    })
}

/// The main part.
pub fn main(lang: Lang, root: &str, overview: &Overview) -> Markup {
    html! {
        (owed_card(lang, root, overview))
        @if !overview.papers.is_empty() {
            h2 { (Place::Settlements.words(lang)) }
            (settlements::papers(lang, &overview.papers))
            p { a href=(Place::Settlements.below(root)) { (lang.all_papers()) } }
        }
        p { a href=(Place::Terms.below(root)) { (lang.see_terms()) } }
        (lapsing::card(lang, &overview.lapsing_own))
        h2 { (lang.needs_goods()) }
        @if overview.goods_count == 0 {
            section.card { p { (lang.nothing_consigned()) } p.mute { (lang.nothing_consigned_hint()) } }
        } @else if overview.low.is_empty() {
            (message(Tone::Good, lang.needs_nothing()))
        } @else {
            (consigned::list(lang, &overview.low))
        }
        @if root == OWN_ROOT { p { a href=(Place::Announced.href()) { (lang.page_announced()) } } }
        @if overview.goods_count > 0 {
            p { a href=(Place::Consigned.below(root)) { (lang.all_goods(overview.goods_count)) } }
            p { a href=(Place::Grid.below(root)) { (lang.grid_link()) } }
        }
        h2 { (lang.sold_lately()) }
        @if overview.lately.is_empty() {
            section.card { p { (lang.nothing_sold_lately()) } }
        } @else {
            (lately(&overview.lately))
            p { a href=(Place::Sold.below(root)) { (lang.all_sold()) } }
        }
    }
}

fn owed_card(lang: Lang, root: &str, overview: &Overview) -> Markup {
    let month = format!("{}?period=month", Place::Sold.below(root));
    html! {
        section.card.owed {
            span.mute { (lang.owed()) @if let Some(at_ms) = overview.as_of_ms { " · " (lang.owed_until(datetime_text(at_ms))) } }
            strong { (Money::new(overview.owed_vnd)) }
            p.mute { @if overview.owed_by.is_empty() { (lang.owed_none()) } @else { (lang.owed_about()) } }
            @if overview.owed_vnd < 0 { p.mute { (lang.owed_ahead()) } }
            @match overview.owed_by.as_slice() {
                [] => {}
                [only] => p { (only.operator) },
                several => ul.list { @for owed in several { (operator_row(owed)) } },
            }
            @if overview.owed_by.iter().any(|owed| !owed.stores.is_empty()) { (by_store(lang, root, overview)) }
        }
        section.card {
            ul.list {
                (sold_row(lang, html! { (lang.sold_of_today()) }, overview.sold_today))
                (sold_row(lang, html! { a href=(month) { (lang.sold_of_month(&overview.month_words)) } }, overview.sold_month))
                li { (lang.sold_last_days(PACE_DAYS)) b.n.money { (Money::new(overview.revenue_vnd)) } }
            }
        }
    }
}

/// What each store owes; it opens down to what moved there since the last settlement.
fn by_store(lang: Lang, root: &str, overview: &Overview) -> Markup {
    html! {
        details {
            summary { (lang.owed_each_store()) }
            ul.list { @for store in overview.owed_by.iter().flat_map(|owed| &owed.stores) {
                li {
                    a href={ (root) "/moves?store=" (store.store_id) } { (store.store) }
                    b.n.money { (Money::new(store.owed_vnd)) }
                }
            } }
        }
    }
}

fn sold_row(lang: Lang, words: Markup, sold: SoldSum) -> Markup {
    html! {
        li {
            span { (words) @if sold.due_vnd != 0 { small.small { (lang.due_of_sales(Money::new(sold.due_vnd))) } } }
            b.n.money { (Money::new(sold.revenue_vnd)) }
        }
    }
}

fn operator_row(owed: &OwedBy) -> Markup {
    let stores: Vec<&str> = owed.stores.iter().map(|row| row.store.as_str()).collect();
    html! {
        li {
            span { (owed.operator) small.small { (stores.join(" · ")) } }
            b.n.money { (Money::new(owed.owed_vnd)) }
        }
    }
}
