//! A campaign's page: what it is, what it brought, who heard of its goods, what was done to it.

use domain::Money;
use domain::campaign::CampaignState;
use maud::{Markup, html};
use web::Lang;
use web::csrf::CsrfToken;
use web::form::{Field, csrf_field};
use web::format::{count_text, date_text};
use web::fragment::{Tone, message};

use super::effect;
use super::effect_file;
use super::history;
use super::report::{CampaignReport, Introductions, StoreOfCampaign, Twice};
use super::words::{kind_words, state_chip};
use crate::web::campaign_texts::CampaignTexts;
use crate::web::sheet_file;
use crate::web::texts::CentralTexts;

/// Products and stores that are named before the rest is only counted.
const NAMED_MOST: usize = 12;

/// What the page shows.
pub struct View<'a> {
    /// The language.
    pub lang: Lang,
    /// The session's token.
    pub csrf: &'a CsrfToken,
    /// An administrator looks.
    pub may_act: bool,
    /// The campaign.
    pub report: &'a CampaignReport,
    /// What just happened, or what is wrong.
    pub told: Option<(Tone, String)>,
}

impl View<'_> {
    /// Returns the main part.
    pub fn render(&self) -> Markup {
        html! {
            @if let Some((tone, words)) = &self.told { (message(*tone, words)) }
            (self.what())
            (effect::card(self.lang, self.report))
            @if self.report.measured_to.is_some() { (self.sales()) }
            (self.introductions())
            (history::card(self.lang, &self.report.acts))
        }
    }

    fn what(&self) -> Markup {
        let (lang, report) = (self.lang, self.report);
        html! {
            section.card {
                div.head {
                    h2 { (report.name) }
                    div.actions {
                        button type="button" data-print { (lang.filter_print()) }
                        (sheet_file::links_of(lang, &format!("/campaigns/{}/effect", report.campaign_id), "", &effect_file::names(lang)))
                        a.button href=(sales_address(report)) { (lang.campaign_sales()) }
                        @if self.may_act { a.button href={ "/campaigns/" (report.campaign_id) "/edit" } { (lang.campaign_edit()) } }
                    }
                }
                p { (state_chip(lang, report.state())) " " (kind_words(lang, report.kind())) }
                dl.facts {
                    dt { (lang.campaign_column_days()) }
                    dd {
                        strong { (lang.campaign_days(date_text(report.first_day), date_text(report.last_day))) }
                        @if let Some(day) = report.ended_on { " · " (lang.campaign_ended_on(date_text(day))) }
                    }
                    dt { (lang.campaign_column_cost()) } dd { (Money::new(report.cost_vnd)) }
                    dt { (lang.campaign_products()) } dd { (self.products()) }
                    dt { (lang.campaign_column_where()) } dd { (self.stores()) }
                    @if !report.note.is_empty() { dt { (lang.campaign_note()) } dd { (report.note) } }
                    dt { (lang.campaign_recorded()) } dd { (report.recorded_by) }
                }
                @if self.may_act && report.state().is_open() { (self.end()) }
            }
        }
    }

    fn products(&self) -> Markup {
        let products = &self.report.products;
        html! {
            @for (index, product) in products.iter().take(NAMED_MOST).enumerate() {
                @if index > 0 { ", " }
                a href={ "/products/" (product.product_id) } { (product.name) }
            }
            @if products.len() > NAMED_MOST { " " (self.lang.campaign_and_more(products.len() - NAMED_MOST)) }
        }
    }

    fn stores(&self) -> Markup {
        let (lang, report) = (self.lang, self.report);
        let stores = || report.sales.iter().filter(|row| row.store_id.is_some());
        let names: Vec<&str> = stores().map(|row| row.name.as_str()).take(NAMED_MOST).collect();
        html! {
            @if report.is_everywhere { (lang.campaign_everywhere()) } @else {
                (names.join(", "))
                @if stores().count() > NAMED_MOST { " " (lang.campaign_and_more(stores().count() - NAMED_MOST)) }
            }
        }
    }

    /// Two steps: what has ended is not taken up again.
    fn end(&self) -> Markup {
        let (lang, report) = (self.lang, self.report);
        html! {
            details.ending {
                summary { (lang.campaign_end()) }
                form method="post" action={ "/campaigns/" (report.campaign_id) "/end" } {
                    (csrf_field(self.csrf))
                    p.small { (lang.campaign_end_about()) }
                    button.danger { (lang.campaign_end_now()) }
                }
            }
        }
    }

    fn sales(&self) -> Markup {
        let (lang, report) = (self.lang, self.report);
        html! {
            section.card {
                h2 { (lang.campaign_sales_title()) }
                p.mute { (lang.campaign_sales_about()) }
                div.table.folds { table {
                    thead { tr {
                        th { (lang.column_store()) }
                        th.n { (lang.campaign_goods_before()) } th.n { (lang.campaign_goods_during()) }
                        th.n { (lang.campaign_others_before()) } th.n { (lang.campaign_others_during()) }
                    } }
                    tbody { @for row in report.sales.iter().filter(|row| row.store_id.is_some()) { (self.store(row)) } }
                    tfoot { @for row in report.sales.iter().filter(|row| row.store_id.is_none()) { (self.store(row)) } }
                } }
            }
        }
    }

    fn store(&self, row: &StoreOfCampaign) -> Markup {
        let name = if row.store_id.is_some() { row.name.as_str() } else { self.lang.total() };
        html! {
            tr {
                td { (name) }
                td.n { (Money::new(row.promoted_before_vnd)) } td.n { (Money::new(row.promoted_vnd)) }
                td.n { (Money::new(row.others_before_vnd)) } td.n { (Money::new(row.others_vnd)) }
            }
        }
    }

    fn introductions(&self) -> Markup {
        let (lang, report) = (self.lang, self.report);
        html! {
            section.card {
                h2 { (lang.campaign_introductions()) }
                div.brought {
                    @match &report.introductions {
                        Some(told) => (self.counted(told)),
                        None => p { (lang.campaign_not_begun()) },
                    }
                    (self.enquiries())
                }
            }
        }
    }

    fn counted(&self, told: &Introductions) -> Markup {
        let lang = self.lang;
        let row = |words: &str, twice: Twice| {
            html! { tr { td { (words) } td.n { (count_text(twice.before_count)) } td.n { (count_text(twice.during_count)) } } }
        };
        html! {
            p.mute {
                (lang.campaign_introductions_about(count_text(told.days))) " "
                @if told.shift_count > 0 { (lang.campaign_answered(count_text(told.answered_count), count_text(told.shift_count))) }
            }
            div.table { table {
                thead { tr { th { (lang.campaign_column_what()) } th.n { (lang.campaign_before()) } th.n { (lang.campaign_during()) } } }
                tbody {
                    (row(lang.campaign_visitors(), told.visitors))
                    (row(lang.campaign_tastings(), told.tastings))
                    (row(lang.campaign_scans(), told.scans))
                    tr { td { (lang.campaign_enquiries()) } td.n { "–" } td.n { (count_text(told.enquiry_count)) } }
                }
            } }
            @if told.later_enquiry_count > 0 {
                p { (lang.campaign_enquiries_later(count_text(told.later_enquiry_count))) }
            }
        }
    }

    fn enquiries(&self) -> Markup {
        let (lang, report) = (self.lang, self.report);
        html! {
            @if !report.enquiries.is_empty() {
                details {
                    summary { (lang.campaign_enquiries_by_day()) }
                    ul { @for day in &report.enquiries {
                        li { (lang.campaign_enquiries_of(date_text(day.asked_on), count_text(day.enquiry_count))) }
                    } }
                }
            }
            @if self.may_act && !matches!(report.state(), CampaignState::Coming | CampaignState::CalledOff) {
                form.form method="post" action={ "/campaigns/" (report.campaign_id) "/enquiries" } {
                    (csrf_field(self.csrf))
                    (Field { kind: "date", ..Field::new("day", lang.campaign_enquiry_day()) }.render())
                    (Field { inputmode: "numeric", hint: Some(lang.campaign_enquiry_hint()), ..Field::new("count", lang.campaign_enquiry_count()) }.render())
                    div.actions { button { (lang.campaign_enquiry_save()) } }
                }
            }
        }
    }
}

/// Returns the address of what its products sold in its stores on its days.
pub fn sales_address(report: &CampaignReport) -> String {
    let last = report.last_run().max(report.first_day);
    format!("/sales?from={}&to={last}&campaign={}", report.first_day, report.campaign_id)
}
