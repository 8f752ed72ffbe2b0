//! The page of stores and devices.

use domain::Money;
use domain::ids::StoreId;
use maud::{Markup, html};
use web::Lang;
use web::csrf::CsrfToken;
use web::form::csrf_field;
use web::format::{count_text, datetime_text};
use web::fragment::{Tone, chip, message};

use super::report::{DeviceOfReport, ExceptionOfReport, PadSaleOfReport, StoreOfReport, StoresReport};
use crate::db::enrolments::CODE_LIFE_MS;
use crate::web::producer::settlement_texts::SettlementTexts;
use crate::web::product_texts::ProductTexts;
use crate::web::sales::words::moment;
use crate::web::shell::Place;
use crate::web::texts::CentralTexts;

/// What just happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// Nothing.
    Nothing,
    /// A device was approved.
    Approved(String),
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
            @if let Told::Approved(device) = self.told { (message(Tone::Good, &lang.approved(device))) }
            nav.presets aria-label=(lang.products_beside()) {
                a href=(Place::Points.href()) { (Place::Points.words(lang)) }
            }
            p.mute { (lang.stores_about()) }
            @if self.report.stores.is_empty() { section.card { p { (lang.no_stores()) } } }
            @for store in &self.report.stores { (self.store(store)) }
            @if !self.report.disputes.is_empty() { (self.disputes()) }
            @if !self.report.exceptions.is_empty() { (self.exceptions()) }
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
                @else { (self.devices(store)) }
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

    fn devices(&self, store: &StoreOfReport) -> Markup {
        let lang = self.lang;
        html! {
            div.table {
                table {
                    thead { tr {
                        th { (lang.column_device()) } th { (lang.column_fingerprint()) } th { (lang.column_status()) }
                        th.n { (lang.column_entries()) } th.n { (lang.column_held()) } th.n { (lang.column_heard()) }
                    } }
                    tbody { @for device in &store.devices { (self.device(store, device)) } }
                }
            }
        }
    }

    fn device(&self, store: &StoreOfReport, device: &DeviceOfReport) -> Markup {
        let lang = self.lang;
        let heard = device
            .heard_at_ms
            .map_or_else(|| lang.never_heard().to_owned(), |at_ms| moment(at_ms, self.now_ms));
        let waits = device.status == "held";
        html! {
            tr {
                td {
                    (device.device)
                    small {
                        @if let Some(number) = device.number { (lang.device_no(number)) " · " }
                        (lang.enrolled_at(datetime_text(device.enrolled_at_ms)))
                    }
                }
                td { code { (device.fingerprint) } }
                td { (status(lang, &device.status)) }
                td.n { (count_text(device.entry_count)) @if let Some(words) = self.same(device) { small { (words) } } }
                td.n { @if device.held_vnd > 0 { (Money::new(device.held_vnd)) } @else { "–" } }
                td.n { (heard) }
            }
            @if waits && self.may_act {
                tr { td colspan="6" {
                    (self.act(
                        &format!("/stores/{}/devices/{}/approve", store.store_id, device.fingerprint),
                        lang.approve(),
                        lang.approve_about(),
                    ))
                } }
            }
        }
    }

    /// Says since when the journal here is the device's own: what came last was signed by it and follows what was here, hash by
    /// hash, so both had as many entries with the same content. A forked journal is told by its status.
    fn same(&self, device: &DeviceOfReport) -> Option<String> {
        let is_one_journal = ["approved", "held"].contains(&device.status.as_str());
        let at_ms = device.heard_at_ms.filter(|_| is_one_journal && device.entry_count > 0)?;
        Some(self.lang.same_as_till(moment(at_ms, self.now_ms)))
    }

    fn act(&self, action: &str, words: &str, about: &str) -> Markup {
        html! {
            form.act method="post" action=(action) {
                (csrf_field(self.csrf))
                @if !about.is_empty() { span.mute { (about) } }
                button.primary[!about.is_empty()] { (words) }
            }
        }
    }

    fn exceptions(&self) -> Markup {
        let lang = self.lang;
        html! {
            section.card {
                h2 { (lang.exceptions()) }
                p.mute { (lang.exceptions_about()) }
                div.table { table {
                    thead { tr {
                        th { (lang.column_store()) } th { (lang.column_reason()) }
                        th.n { (lang.column_suspended()) } th.n { (lang.column_arrived()) }
                    } }
                    tbody { @for row in &self.report.exceptions { (self.exception(row)) } }
                } }
            }
        }
    }

    fn exception(&self, row: &ExceptionOfReport) -> Markup {
        html! {
            tr {
                td { (row.store) small { (self.lang.entry_no(count_text(row.seq))) } }
                td { (reason(self.lang, &row.reason)) small { (row.detail) } }
                td.n { (Money::new(row.suspended_vnd)) }
                td.n { (moment(row.raised_at_ms, self.now_ms)) }
            }
        }
    }

    fn disputes(&self) -> Markup {
        let lang = self.lang;
        html! {
            section.card {
                h2 { (lang.disputes()) }
                p.mute { (lang.disputes_about()) }
                div.table { table {
                    thead { tr {
                        th { (lang.column_store()) } th { (lang.column_producer()) } th { (lang.column_paper()) }
                        th { (lang.column_words()) } th.n { (lang.column_arrived()) }
                    } }
                    tbody { @for row in &self.report.disputes { tr {
                        td { (row.store) }
                        td { (row.producer) }
                        td { (row.number) @if !row.product.is_empty() { small { (row.product) } } }
                        td { (row.words) }
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
                div.table { table {
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

fn status(lang: Lang, code: &str) -> Markup {
    match code {
        "approved" => chip(Tone::Good, lang.status_approved()),
        "held" => chip(Tone::Warn, lang.status_held()),
        "forked" => chip(Tone::Bad, lang.status_forked()),
        _ => chip(Tone::Quiet, lang.status_revoked()),
    }
}

fn reason(lang: Lang, code: &str) -> String {
    let words = match code {
        "malformed" => lang.reason_malformed(),
        "later" => lang.reason_later(),
        "business_date" => lang.reason_business_date(),
        "value" => lang.reason_value(),
        "contradiction" => lang.reason_contradiction(),
        "grand_total" => lang.reason_grand_total(),
        "terms" => lang.reason_terms(),
        "lot" => lang.reason_lot(),
        "facts" => lang.reason_facts(),
        "implausible" => lang.reason_implausible(),
        "twin" => lang.reason_twin(),
        "settlement" => lang.reason_settlement(),
        other => return lang.reason_other(other),
    };
    words.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Only where one journal came may the page say that both have the same.
    #[test]
    fn what_agrees_is_said_of_one_journal_alone() {
        let device = |status: &str, entry_count, heard_at_ms| DeviceOfReport {
            device: "Máy quầy 1".to_owned(),
            fingerprint: "3f9a-01bc-77de-5a11".to_owned(),
            status: status.to_owned(),
            number: None,
            entry_count,
            held_vnd: 0,
            enrolled_at_ms: 0,
            heard_at_ms,
        };
        let report = StoresReport {
            stores: Vec::new(),
            exceptions: Vec::new(),
            disputes: Vec::new(),
            pad_sales: Vec::new(),
        };
        let csrf = CsrfToken::from_text(String::new());
        let view = View {
            lang: Lang::Vi,
            now_ms: 0,
            csrf: &csrf,
            may_act: false,
            report: &report,
            told: &Told::Nothing,
        };
        for (status, entry_count, heard_at_ms, expected) in [
            ("approved", 7, Some(0), true),
            ("held", 7, Some(0), true),
            ("forked", 7, Some(0), false),
            ("revoked", 7, Some(0), false),
            ("approved", 0, Some(0), false),
            ("approved", 7, None, false),
        ] {
            let said = view.same(&device(status, entry_count, heard_at_ms));
            assert_eq!(said.is_some(), expected, "{status} {entry_count} {heard_at_ms:?}");
        }
    }
}
