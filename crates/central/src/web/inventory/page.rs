//! The page "inventory".

use domain::Quantity;
use domain::cover::{Cover, PACE_DAYS};
use maud::{Markup, html};
use web::Lang;
use web::format::datetime_text;
use web::fragment::{Tone, chip};

use super::report::{InventoryReport, ProductOfInventory, StoreOfInventory};
use super::{InventoryQuery, Show};
use crate::web::inventory_texts::InventoryTexts;
use crate::web::shell::pager;
use crate::web::texts::CentralTexts;

/// What the page shows.
pub struct View<'a> {
    /// The language.
    pub lang: Lang,
    /// What was asked for.
    pub query: &'a InventoryQuery,
    /// What was found.
    pub report: &'a InventoryReport,
}

impl View<'_> {
    /// Returns the main part.
    pub fn render(&self) -> Markup {
        let lang = self.lang;
        html! {
            nav.presets aria-label=(lang.show_label()) {
                @for show in Show::ALL {
                    a href=(self.query.showing(show)) aria-current=[(show == self.query.show).then_some("true")] {
                        (self.words(show))
                    }
                }
            }
            p.mute { (lang.inventory_about(PACE_DAYS)) }
            (self.open_transfers())
            section.card {
                @if self.report.products.is_empty() { p.mute { (lang.inventory_none()) } } @else { (self.table())
                    (pager(lang, lang.page_inventory(), (self.report.page, self.report.pages), |page| self.query.on_page(page)))
                }
            }
        }
    }

    /// Goods between stores; without any, nothing.
    fn open_transfers(&self) -> Markup {
        let lang = self.lang;
        html! {
            @if !self.report.open_transfers.is_empty() {
                section.card {
                    h2 { (lang.open_transfers()) }
                    div.table { table {
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
            Show::Slow => lang.show_slow(counts.slow),
        }
    }

    fn table(&self) -> Markup {
        let lang = self.lang;
        html! {
            div.table { table {
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
                    small { (product.unit) @if let Some(producer) = &product.producer { " · " (producer) } }
                }
                td.n {
                    (Quantity::from_milli(product.left_milli))
                    @if product.under_way_milli > 0 { small { (lang.column_under_way(Quantity::from_milli(product.under_way_milli))) } }
                    @if product.own_milli > 0 && product.own_milli < product.left_milli {
                        small { (lang.column_of_own(Quantity::from_milli(product.own_milli))) }
                    }
                }
                td.n { (Quantity::from_milli(product.sold_lately_milli)) }
                td.n { @match product.days { Some(days) => (lang.days_left(days)), None => "–" } }
                td { @for store in &product.stores { (place(lang, store)) " " } }
                td {
                    @for moved in &product.transfers {
                        div { (lang.transfer(Quantity::from_milli(moved.quantity_milli), &moved.from, &moved.to)) }
                    }
                    @if product.to_bring_milli > 0 {
                        div { (lang.bring(Quantity::from_milli(product.to_bring_milli))) }
                    }
                }
            }
        }
    }
}

/// What became of a transfer; loud where somebody has to ask.
fn became(lang: Lang, state: &str) -> Markup {
    match state {
        "unknown" => chip(Tone::Warn, lang.open_unknown()),
        "twice" => chip(Tone::Bad, lang.open_twice()),
        _ => chip(Tone::Quiet, lang.open_under_way()),
    }
}

/// What a store has; loud where it runs out. Stores that neither have it nor sell it are left out.
fn place(lang: Lang, store: &StoreOfInventory) -> Markup {
    let (code, left) = (&store.code, Quantity::from_milli(store.left_milli.saturating_abs()));
    html! {
        @match store.cover() {
            Cover::Short => (chip(Tone::Bad, &lang.place_short(code, left))),
            Cover::Gone => (chip(Tone::Bad, &lang.place_gone(code))),
            Cover::Low(_) => (chip(Tone::Warn, &lang.place_low(code, left))),
            Cover::Enough if store.left_milli != 0 => (chip(Tone::Quiet, &lang.place_has(code, left))),
            Cover::Enough => {},
        }
    }
}
