//! Tiles of what sells most, in place of the keys: for fingers. They stay beside one cart after the other until they are
//! closed, so what is shown is kept with the counter's window.

use std::sync::Arc;

use axum::extract::Form;
use axum::response::Response;
use domain::Money;
use domain::ids::ProductId;
use maud::{Markup, html};
use web::format::local_date;
use web::fragment::stars;
use web::{Fault, Lang};

use super::best_seller_texts::BestSellerTexts;
use super::counter::Choose;
use super::side::Side;
use super::visit::Visit;
use super::weigh;
use crate::counter::scan;
use crate::db::best_sellers::{BestSeller, list_by_name, list_most_sold};
use crate::db::shifts;

/// Sales of so many days tell what sells.
const DAYS: i64 = 30;
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
/// Tiles of a group: a column of the counter holds as many, or nearly.
const TILES_MAX: usize = 12;
/// A page that hears of a change reads prices anew after so long.
const KEPT_MS: i64 = 60_000;

/// What the panel shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BestSellers {
    /// Best first.
    pub products: Vec<BestSeller>,
    /// The group on show; none for all.
    pub group: Option<String>,
    /// Nothing was sold lately: they are the catalogue's, by name.
    pub are_by_name: bool,
    /// When they were read, UTC milliseconds.
    pub read_at_ms: i64,
}

impl BestSellers {
    /// Reads them, and keeps them for the counter's window. A group that has none gives way to all.
    ///
    /// # Errors
    /// With what the person is told.
    pub async fn open(visit: &Visit, group: Option<String>) -> Result<Arc<Self>, Fault> {
        let opened = visit.ok(Self::read(visit, group).await)?;
        Ok(visit.site.show_best_sellers(&visit.seat.counter, opened))
    }

    /// Reads prices anew where a counter has them open and they are old; called beside selling, not within it.
    pub async fn renew(visit: &Visit) {
        let Some(shown) = visit.site.best_sellers(&visit.seat.counter) else { return };
        let age_ms = visit.app.clock().now_ms() - shown.read_at_ms;
        if !(0..KEPT_MS).contains(&age_ms)
            && let Ok(fresh) = Self::read(visit, shown.group.clone()).await
            && visit.site.best_sellers(&visit.seat.counter).is_some()
        {
            visit.site.show_best_sellers(&visit.seat.counter, fresh);
        }
    }

    async fn read(visit: &Visit, group: Option<String>) -> crate::db::Result<Self> {
        let pool = visit.app.db().read();
        let now_ms = visit.app.clock().now_ms();
        let shift = shifts::find_open(&mut *pool.acquire().await?, &visit.seat.counter).await?;
        let date = shift.map_or_else(|| local_date(now_ms), |shift| shift.business_date);
        let sold = list_most_sold(pool, now_ms - DAYS * DAY_MS, date).await?;
        let are_by_name = sold.is_empty();
        let products = if are_by_name { list_by_name(pool, date).await? } else { sold };
        let group = group.filter(|group| products.iter().any(|product| product.product_group == *group));
        Ok(Self { products, group, are_by_name, read_at_ms: now_ms })
    }

    /// The groups, that of the best seller first; products without one are the last.
    fn groups(&self) -> Vec<&str> {
        let mut groups: Vec<&str> = Vec::new();
        for product in &self.products {
            if !groups.contains(&product.product_group.as_str()) {
                groups.push(&product.product_group);
            }
        }
        groups.sort_by_key(|group| group.is_empty());
        groups
    }

    fn tiles(&self) -> impl Iterator<Item = &BestSeller> {
        let is_shown =
            |product: &&BestSeller| self.group.as_ref().is_none_or(|group| product.product_group == *group);
        self.products.iter().filter(is_shown).take(TILES_MAX)
    }
}

/// Adds the product of a tile, as a scan of it does. The tiles stay as they are: the next finger is on its way to them.
pub async fn add(visit: Visit, Form(form): Form<Choose>) -> Result<Response, Fault> {
    let request = visit.request(form.sale_id)?;
    let product_id = ProductId::from_uuid(form.product_id);
    let state = visit.ok(scan::choose(&visit.app, &visit.seat, &request, product_id).await)?;
    let side = match weigh::asked(&state.note) {
        Side::Keys => Side::AsItIs,
        asked => asked,
    };
    Ok(visit.answer_state(state, &side, None))
}

/// The groups and the tiles; `is_new` where somebody has just asked for them.
pub fn panel(lang: Lang, shown: &BestSellers, is_new: bool) -> Markup {
    html! {
        (groups(lang, shown))
        section.tiles aria-label=(lang.best_sellers()) {
            @if shown.products.is_empty() { p.mute { (lang.sells_nothing()) } }
            @else if shown.are_by_name { p.mute { (lang.sold_nothing()) } }
            @else { p.hidden { (lang.sold_lately(DAYS)) } }
            @for (index, product) in shown.tiles().enumerate() { (tile(lang, product, is_new && index == 0)) }
        }
    }
}

fn groups(lang: Lang, shown: &BestSellers) -> Markup {
    let groups = shown.groups();
    let button = |group: Option<&str>, words: &str| {
        html! {
            button name=[group.map(|_| "group")] value=[group] aria-pressed=(shown.group.as_deref() == group) { (words) }
        }
    };
    html! {
        @if groups.len() > 1 {
            form data-post="/counter/show" {
                input type="hidden" name="show" value="best_sellers";
                div.groups role="group" aria-label=(lang.groups_label()) {
                    (button(None, lang.all_groups()))
                    @for group in groups { (button(Some(group), if group.is_empty() { lang.no_group() } else { group })) }
                }
            }
        }
    }
}

fn tile(lang: Lang, product: &BestSeller, has_focus: bool) -> Markup {
    html! {
        button type="button" data-post="/counter/tile" name="product_id" value=(product.product_id) autofocus[has_focus] {
            span.name { (product.name) }
            span.price {
                span.small { (product.unit) (stars(lang, product.stars)) }
                span.money { (Money::new(product.price_vnd)) }
            }
        }
    }
}
