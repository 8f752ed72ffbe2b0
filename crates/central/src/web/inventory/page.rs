//! The page "inventory".

use domain::Quantity;
use domain::cover::{Cover, FAST_A_WEEK, FAST_DAYS, NEAR_EXPIRY_DAYS, PACE_DAYS, SLOW_DAYS};
use maud::{Markup, html};
use web::Lang;
use web::form::{Field, select};
use web::format::{date_text, datetime_text};
use web::fragment::{Tone, chip};

use super::filter::{CONSIGNED, InventoryQuery, OWN, Picked, Show};
use super::report::{InventoryReport, ProductOfInventory, StoreOfInventory};
use crate::web::inventory_texts::InventoryTexts;
use crate::web::lists::pager;
use crate::web::product_texts::ProductTexts;
use crate::web::sales_texts::SalesTexts;
use crate::web::texts::CentralTexts;

/// What the page shows.
pub struct View<'a> {
    /// The language.
    pub lang: Lang,
    /// What was asked for, as it was written.
    pub query: &'a InventoryQuery,
    /// The same as it was read.
    pub picked: &'a Picked,
    /// Ids and names of stores that can be chosen.
    pub stores: &'a [(String, String)],
    /// What was found.
    pub report: &'a InventoryReport,
}

impl View<'_> {
    /// Returns the main part.
    pub fn render(&self) -> Markup {
        let lang = self.lang;
        html! {
            p.mute { (lang.inventory_about(date_text(self.report.since), date_text(self.report.until))) }
            (self.filters())
            @if matches!(self.picked.show, Show::All | Show::UnderWay) { (self.open_transfers()) }
            section.card {
                @if let Some(words) = self.about() { p.mute { (words) } }
                @if self.report.products.is_empty() { p.mute { (lang.inventory_none()) } } @else {
                    (self.table())
                    (pager(lang, lang.page_inventory(), (self.report.page_before, self.report.page_after), |field, id| {
                        self.query.href("", Some((field, id)))
                    }))
                }
            }
        }
    }

    fn filters(&self) -> Markup {
        let (lang, query) = (self.lang, self.query);
        let any = ("", lang.products_any());
        let stores: Vec<(&str, &str)> = std::iter::once(any)
            .chain(self.stores.iter().map(|(id, name)| (id.as_str(), name.as_str())))
            .collect();
        let owners = [any, (CONSIGNED, lang.owner_consigned()), (OWN, lang.owner_own())];
        // A producer's goods are reached by a link from a row; the form keeps them.
        let one = [any, (query.owner.as_str(), lang.owner_one())];
        let owners = if owners.iter().any(|(code, _)| *code == query.owner) { &owners[..] } else { &one[..] };
        html! {
            form.filters method="get" action="/inventory" role="search" {
                div {
                    nav.presets aria-label=(lang.show_label()) {
                        @for show in Show::ALL {
                            a href=(query.showing(show)) aria-current=[(show == self.picked.show).then_some("true")] {
                                (self.words(show))
                            }
                        }
                    }
                    div.actions {
                        a.button href=(query.href(".xlsx", None)) { (lang.filter_xlsx()) }
                        a.button href=(query.href(".csv", None)) { (lang.filter_csv()) }
                    }
                }
                div {
                    @if !query.show.is_empty() { input type="hidden" name="show" value=(query.show); }
                    (Field { value: &query.q, is_required: false, ..Field::new("q", lang.inventory_find()) }.render())
                    (select("store", lang.inventory_store(), &stores, &query.store, None))
                    (select("owner", lang.inventory_owner(), owners, &query.owner, None))
                    button.primary { (lang.filter_show()) }
                }
            }
        }
    }

    /// What makes a product one of the choice; nothing where its name says it.
    fn about(&self) -> Option<String> {
        let lang = self.lang;
        match self.picked.show {
            Show::Fast => Some(lang.about_fast(FAST_A_WEEK, FAST_DAYS)),
            Show::Slow => Some(lang.about_slow(SLOW_DAYS, PACE_DAYS)),
            Show::Expiring => Some(lang.about_expiring(NEAR_EXPIRY_DAYS)),
            Show::All | Show::Out | Show::Low | Show::UnderWay => None,
        }
    }

    /// Goods between stores; without any, nothing.
    fn open_transfers(&self) -> Markup {
        let lang = self.lang;
        html! {
            @if !self.report.open_transfers.is_empty() {
                section.card {
                    h2 { (lang.open_transfers()) }
                    div.table.folds { table {
                        thead { tr {
                            th { (lang.open_paper()) } th { (lang.open_from()) } th { (lang.open_to()) } th { (lang.open_since()) }
                            th.n { (lang.open_lots()) } th {}
                        } }
                        tbody { @for row in &self.report.open_transfers {
                            tr {
                                td { (row.number) } td { (row.from) } td { (row.to) } td { (datetime_text(row.at_ms)) } td.n { (row.lots) }
                                td { (became(lang, &row.state)) }
                            }
                        } }
                    } }
                }
            }
        }
    }

    fn words(&self, show: Show) -> String {
        let (lang, counts) = (self.lang, self.report.counts);
        match show {
            Show::All => lang.show_all(counts.all),
            Show::Out => lang.show_out(counts.out),
            Show::Low => lang.show_low(counts.low),
            Show::Fast => lang.show_fast(counts.fast),
            Show::Slow => lang.show_slow(counts.slow),
            Show::Expiring => lang.show_expiring(counts.expiring),
            Show::UnderWay => lang.show_under_way(counts.under_way),
        }
    }

    fn table(&self) -> Markup {
        let lang = self.lang;
        html! {
            div.table.folds { table {
                thead { tr {
                    th { (lang.column_product()) } th.n { (lang.column_left()) } th.n { (lang.column_pace()) }
                    th.n { (lang.column_days()) } th { (lang.column_where()) } th { (lang.column_suggestion()) }
                } }
                tbody { @for product in &self.report.products { (self.row(product)) } }
            } }
        }
    }

    fn row(&self, product: &ProductOfInventory) -> Markup {
        let lang = self.lang;
        html! {
            tr {
                td {
                    (product.name)
                    small { (product.unit) @if let Some(producer) = &product.producer { " · " (self.made_by(product, producer)) } }
                }
                td.n {
                    (Quantity::from_milli(product.left_milli))
                    @if product.under_way_milli > 0 { small { (lang.column_under_way(Quantity::from_milli(product.under_way_milli))) } }
                    @if product.own_milli > 0 && product.own_milli < product.left_milli {
                        small { (lang.column_of_own(Quantity::from_milli(product.own_milli))) }
                    }
                    @if product.good_milli < product.left_milli {
                        small { (lang.column_of_ended(Quantity::from_milli(product.left_milli.saturating_sub(product.good_milli)))) }
                    }
                    @if product.expiring_milli > 0 { small { (lang.column_of_expiring(Quantity::from_milli(product.expiring_milli))) } }
                }
                td.n {
                    (Quantity::from_milli(product.weekly_milli))
                    small { (lang.sold_in(PACE_DAYS, Quantity::from_milli(product.sold_lately_milli))) }
                }
                td.n { @match product.days { Some(days) => (InventoryTexts::days_left(lang, days)), None => "–" } }
                td { @for store in &product.stores { (place(lang, store)) " " } }
                td { @for words in suggestions(lang, product) { div { (words) } } }
            }
        }
    }

    /// The producer's name, which leads to all of their goods.
    fn made_by(&self, product: &ProductOfInventory, producer: &str) -> Markup {
        let owner = product.producer_id.map(|id| id.to_string()).unwrap_or_default();
        let theirs = InventoryQuery { owner, ..self.query.clone() };
        html! { a href=(theirs.href("", None)) { (producer) } }
    }
}

/// What to do about a product, a sentence each.
pub fn suggestions(lang: Lang, product: &ProductOfInventory) -> Vec<String> {
    let moved = product
        .transfers
        .iter()
        .map(|moved| lang.transfer(Quantity::from_milli(moved.quantity_milli), &moved.from, &moved.to));
    let brought = Some(product.to_bring_milli).filter(|milli| *milli > 0);
    moved.chain(brought.map(|milli| lang.bring(Quantity::from_milli(milli)))).collect()
}

/// What each store has; those that neither have it nor sell it are left out.
pub fn whereabouts(lang: Lang, product: &ProductOfInventory) -> Vec<String> {
    let of = |store: &StoreOfInventory| place_words(lang, store).map(|(_, words)| words);
    product.stores.iter().filter_map(of).collect()
}

/// What became of a transfer; loud where somebody has to ask.
fn became(lang: Lang, state: &str) -> Markup {
    match state {
        "unknown" => chip(Tone::Warn, lang.open_unknown()),
        "twice" => chip(Tone::Bad, lang.open_twice()),
        _ => chip(Tone::Quiet, lang.open_under_way()),
    }
}

/// What a store has; loud where it runs out.
fn place(lang: Lang, store: &StoreOfInventory) -> Markup {
    html! { @if let Some((tone, words)) = place_words(lang, store) { (chip(tone, &words)) } }
}

fn place_words(lang: Lang, store: &StoreOfInventory) -> Option<(Tone, String)> {
    let (code, left) = (&store.code, Quantity::from_milli(store.left_milli.saturating_abs()));
    let good = Quantity::from_milli(store.good_milli.saturating_abs());
    match store.cover() {
        Cover::Short => Some((Tone::Bad, lang.place_short(code, good))),
        Cover::Gone => Some((Tone::Bad, lang.place_gone(code))),
        Cover::Low(_) => Some((Tone::Warn, lang.place_low(code, good))),
        Cover::Enough if store.left_milli != 0 => Some((Tone::Quiet, lang.place_has(code, left))),
        Cover::Enough => None,
    }
}
