//! The page of stores and devices.

use domain::Money;
use domain::ids::StoreId;
use maud::{Markup, html};
use web::Lang;
use web::csrf::CsrfToken;
use web::form::csrf_field;
use web::format::{count_text, datetime_text};
use web::fragment::{Tone, chip, message};

use super::report::{PadSaleOfReport, StoreOfReport, StoresReport};
use super::{board, devices, exceptions, sheet};
use crate::db::enrolments::CODE_LIFE_MS;
use crate::web::producer::settlement_texts::SettlementTexts;
use crate::web::producer::talk_texts::TalkTexts;
use crate::web::sales::words::moment;
use crate::web::sheet_file;
use crate::web::shell::Place;
use crate::web::texts::CentralTexts;

/// What just happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// Nothing.
    Nothing,
    /// A device was approved.
    Approved(String),
    /// Something else was done, in these words.
    Done(&'static str),
    /// A code was issued; it is shown once.
    Code {
        /// For this store.
        store_id: StoreId,
        /// The code.
        code: String,
    },
}

/// What the page shows.
pub struct View<'a> {
    /// The language.
    pub lang: Lang,
    /// The moment of the page, UTC milliseconds.
    pub now_ms: i64,
    /// The session's token.
    pub csrf: &'a CsrfToken,
    /// An administrator looks.
    pub may_act: bool,
    /// The stores.
    pub report: &'a StoresReport,
    /// What just happened.
    pub told: &'a Told,
}

impl View<'_> {
    /// Returns the main part.
    pub fn render(&self) -> Markup {
        let lang = self.lang;
        html! {
            @match self.told {
                Told::Approved(device) => (message(Tone::Good, &lang.approved(device))),
                Told::Done(words) => (message(Tone::Good, words)),
                Told::Nothing | Told::Code { .. } => {},
            }
            nav.presets aria-label=(lang.stores_beside()) {
                a href=(Place::Points.href()) { (Place::Points.words(lang)) }
                @if self.may_act { a href=(Place::People.href()) { (Place::People.words(lang)) } }
            }
            (board::card(lang, self.report, self.now_ms))
            p.mute { (lang.stores_about()) }
            div.actions { (sheet_file::links_of(lang, Place::Stores.href(), "", &sheet::names(lang))) }
            @if self.report.stores.is_empty() { section.card { p { (lang.no_stores()) } } }
            @for store in &self.report.stores { (self.store(store)) }
            @if !self.report.disputes.is_empty() { (self.disputes()) }
            (exceptions::card(self))
            (exceptions::looked_into(self))
            @if !self.report.pad_sales.is_empty() { (self.pad_sales()) }
        }
    }

    fn store(&self, store: &StoreOfReport) -> Markup {
        let lang = self.lang;
        html! {
            section.card.store {
                div.head {
                    div {
                        h2 { (store.name) " " span.mute { (store.code) } }
                        p.mute { (store.commune) " · " (lang.operator_of(&store.operator)) " · " (self.last_sale(store)) }
                    }
                    div.actions {
                        @if store.exception_count > 0 {
                            (chip(Tone::Warn, &lang.exception_count(count_text(store.exception_count))))
                        }
                        @if self.may_act { (self.act(&format!("/stores/{}/code", store.store_id), lang.issue_code(), "")) }
                    }
                }
                (self.code(store))
                @if store.devices.is_empty() { p { (lang.no_device()) } p.mute { (lang.no_device_hint()) } }
                @else { (devices::table(self, store)) }
            }
        }
    }

    fn last_sale(&self, store: &StoreOfReport) -> String {
        match store.sale_at_ms {
            Some(at_ms) => self.lang.last_sale_at(moment(at_ms, self.now_ms)),
            None => self.lang.no_sale_yet().to_owned(),
        }
    }

    fn code(&self, store: &StoreOfReport) -> Markup {
        let Told::Code { store_id, code } = self.told else { return html! {} };
        if store_id.uuid() != store.store_id {
            return html! {};
        }
        html! {
            div.issued role="status" {
                span { (self.lang.code_for(&store.name)) }
                strong { (code) }
                p { (self.lang.code_about(CODE_LIFE_MS / 60_000)) }
            }
        }
    }

    pub(super) fn act(&self, action: &str, words: &str, about: &str) -> Markup {
        html! {
            form.act method="post" action=(action) {
                (csrf_field(self.csrf))
                @if !about.is_empty() { span.mute { (about) } }
                button.primary[!about.is_empty()] { (words) }
            }
        }
    }

    fn disputes(&self) -> Markup {
        let lang = self.lang;
        html! {
            section.card {
                h2 { (lang.disputes()) }
                p.mute { (lang.disputes_about()) }
                div.table.folds { table {
                    thead { tr {
                        th { (lang.column_store()) } th { (lang.column_producer()) } th { (lang.column_paper()) }
                        th { (lang.column_words()) } th.n { (lang.column_arrived()) }
                    } }
                    tbody { @for row in &self.report.disputes { tr {
                        td { (row.store) }
                        td { (row.producer) }
                        td { (row.number) @if !row.product.is_empty() { small { (row.product) } } }
                        td {
                            (row.words) " "
                            @if row.is_replied { (chip(Tone::Quiet, lang.waits_for_producer())) }
                            @else { (chip(Tone::Warn, lang.waits_for_operator())) }
                        }
                        td.n { (moment(row.disputed_at_ms, self.now_ms)) }
                    } } }
                } }
            }
        }
    }

    fn pad_sales(&self) -> Markup {
        let lang = self.lang;
        html! {
            section.card {
                h2 { (lang.pad_sales()) }
                p.mute { (lang.pad_sales_about()) }
                div.table.folds { table {
                    thead { tr {
                        th { (lang.column_store()) } th { (lang.column_receipt()) }
                        th { (lang.column_claimed()) } th.n { (lang.column_paid()) } th { (lang.column_remarks()) }
                    } }
                    tbody { @for sale in &self.report.pad_sales { (self.pad_sale(sale)) } }
                } }
            }
        }
    }

    fn pad_sale(&self, sale: &PadSaleOfReport) -> Markup {
        let lang = self.lang;
        let lines = match (sale.first_line, sale.last_line) {
            (first, last) if first == last => count_text(first),
            (first, last) => format!("{}–{}", count_text(first), count_text(last)),
        };
        html! {
            tr {
                td { (sale.store) }
                td { (sale.receipt) small { (lang.pad_lines(lines)) } }
                td { time { (datetime_text(sale.claimed_at_ms)) } }
                td.n { (Money::new(sale.payable_vnd)) }
                td {
                    @if sale.past_date { (chip(Tone::Bad, lang.pad_past_date())) " " }
                    @if sale.told_apart > 0 { (chip(Tone::Warn, &lang.pad_told_apart(count_text(sale.told_apart)))) }
                }
            }
        }
    }
}
