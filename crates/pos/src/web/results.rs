//! What the one box finds while a cashier types.

use axum::Json;
use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use domain::{Money, Quantity};
use maud::{Markup, html};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use web::{Fault, Lang};

use super::texts::CounterTexts;
use super::visit::{Visit, Wanted};
use crate::counter::scan;
use crate::db::products::Found;

/// What is searched for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Search {
    /// Words, without regard to marks and case.
    q: String,
}

impl Search {
    /// Returns the words.
    pub fn words(&self) -> &str {
        &self.q
    }
}

/// A product that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FoundState {
    /// The product.
    pub product_id: Uuid,
    /// The shop's own code.
    pub sku: String,
    /// Name.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// Price of a unit, đồng.
    pub price_vnd: i64,
    /// What the shelf should hold, thousandths of the unit.
    pub on_hand_milli: i64,
}

impl From<Found> for FoundState {
    fn from(found: Found) -> Self {
        let Found { product_id, sku, name, unit, price_vnd, on_hand_milli } = found;
        Self { product_id, sku, name, unit, price_vnd, on_hand_milli }
    }
}

/// Searches products by words.
pub async fn search(visit: Visit, Query(search): Query<Search>) -> Result<Response, Fault> {
    let found = find(&visit, &search.q).await?;
    Ok(match visit.wanted {
        Wanted::Json => Json(found).into_response(),
        Wanted::Markup => fragment(visit.lang, &found, "/counter/choose").into_response(),
    })
}

/// Returns what fits the words.
pub async fn find(visit: &Visit, words: &str) -> Result<Vec<FoundState>, Fault> {
    let found = visit.ok(scan::search(&visit.app, words).await)?;
    Ok(found.into_iter().map(FoundState::from).collect())
}

/// `#results`: products to choose from; each posts itself to `path`.
pub fn fragment(lang: Lang, found: &[FoundState], path: &str) -> Markup {
    list(lang, found, path, true)
}

/// As [`fragment`], without what the shelf should have of them: for people who count it.
pub fn blind(lang: Lang, found: &[FoundState], path: &str) -> Markup {
    list(lang, found, path, false)
}

fn list(lang: Lang, found: &[FoundState], path: &str, shows_shelf: bool) -> Markup {
    html! {
        div #results.results role="listbox" aria-label=(lang.results_label()) {
            @for (index, product) in found.iter().enumerate() {
                button #{ "result-" (index) } type="button" role="option" aria-selected="false" tabindex="-1" data-post=(path)
                    name="product_id" value=(product.product_id) {
                    span { (product.name) small.small { (product.unit) } }
                    span.n.mute.small { @if shows_shelf { (lang.on_shelf(Quantity::from_milli(product.on_hand_milli))) } }
                    span.n { (Money::new(product.price_vnd)) }
                }
            }
            @if found.is_empty() { p { (lang.nothing_found()) } }
        }
    }
}

/// An empty list, for pages on which nothing was searched yet.
pub fn none(lang: Lang) -> Markup {
    html! { div #results.results role="listbox" aria-label=(lang.results_label()) {} }
}
