//! The page of one product.

use domain::Money;
use domain::catalog::Category;
use domain::recognition::Points;
use domain::section::Section;
use maud::{Markup, html};
use web::Lang;
use web::csrf::CsrfToken;
use web::form::csrf_field;
use web::format::{date_text, datetime_text};
use web::fragment::{Tone, chip, message, stars};

use super::detail::{ACTS_MAX, ProductReport, RecognitionOfProduct, RecognitionState};
use super::history;
use super::page::{days_words, held_words, status_words};
use super::words::{level_words, sold_by_words, tax_words};
use crate::db::products::UNPRICED;
use crate::db::users::Role;
use crate::web::dossiers::card::{Dossier, decision_scan};
use crate::web::nominations::card as nominations;
use crate::web::product_texts::ProductTexts;
use crate::web::sales::words::category_words;
use crate::web::visit::Who;

/// What the page shows.
pub struct View<'a> {
    /// The language.
    pub lang: Lang,
    /// The session's token.
    pub csrf: &'a CsrfToken,
    /// What the person who looks is, and so may change.
    pub role: Role,
    /// Groups: code and name.
    pub groups: &'a [(String, String)],
    /// The product.
    pub report: &'a ProductReport,
    /// What just happened, with how good that is.
    pub told: Option<(Tone, String)>,
}

impl View<'_> {
    /// Returns the main part.
    pub fn render(&self) -> Markup {
        let (lang, report) = (self.lang, self.report);
        html! {
            @if let Some((tone, words)) = &self.told { (message(*tone, words)) }
            (self.details())
            @if !report.is_combo { (self.recognitions()) }
            @if self.is_editable() { (self.dossier()) (self.nominations()) }
            div.columns { (self.prices()) (history::card(lang, &report.acts, ACTS_MAX, self.groups)) }
        }
    }

    fn keeps_trade(&self) -> bool {
        self.role.keeps(Section::Trade)
    }

    /// Combos have their own page, and what a store added waits first.
    fn is_editable(&self) -> bool {
        !self.report.is_combo && self.report.status != "provisional"
    }

    fn keeps(&self, each: &RecognitionOfProduct) -> bool {
        Category::from_code(&each.category)
            .is_some_and(|category| self.role.keeps(Section::of_category(category)))
    }

    fn details(&self) -> Markup {
        let (lang, report) = (self.lang, self.report);
        let group = self.groups.iter().find(|(code, _)| Some(code) == report.group.as_ref());
        let row = |label: &str, words: &str| {
            html! {
                dt { (label) } dd { (if words.is_empty() { lang.nothing_given() } else { words }) }
            }
        };
        html! {
            section.card {
                div.head {
                    h2 { (report.name) (stars(lang, report.stars)) " " span.mute { (report.sku) } }
                    div.actions {
                        a.button href={ "/sales?period=year&product=" (report.product_id) } { (lang.product_sales()) }
                        @if self.keeps_trade() && self.is_editable() {
                            a.button href={ "/products/" (report.product_id) "/edit" } {
                                (match report.status.as_str() {
                                    "retired" => lang.product_restore(),
                                    UNPRICED => lang.price_enter(),
                                    _ => lang.product_edit(),
                                })
                            }
                        }
                    }
                }
                (self.state())
                dl.facts {
                    dt { (lang.product_column_price()) } dd {
                        @match report.price() {
                            Some(price) => strong { (price) },
                            None => (lang.price_none()),
                        }
                    }
                    (row(lang.product_unit(), &report.unit))
                    (row(lang.product_sold_by(), sold_by_words(lang, &report.sold_by)))
                    (row(lang.product_barcodes(), &report.barcodes.join(", ")))
                    @if !report.is_combo {
                        (row(lang.product_tax(), tax_words(lang, &report.tax_class)))
                        (row(lang.products_group(), group.map_or("", |(_, name)| name.as_str())))
                    }
                    dt { (lang.products_producer()) }
                    dd {
                        @match (&report.producer, report.producer_id) {
                            (Some(name), Some(id)) => { a href={ "/products?producer=" (id) } { (name) } }
                            _ => (lang.nothing_given()),
                        }
                    }
                    (row(lang.products_commune(), &report.commune))
                }
                @if self.keeps_trade() && ["active", UNPRICED].contains(&report.status.as_str()) { (self.retire()) }
            }
        }
    }

    fn state(&self) -> Markup {
        let (lang, report) = (self.lang, self.report);
        html! {
            p {
                @match report.status.as_str() {
                    "active" => (chip(Tone::Good, lang.status_active())),
                    code => (chip(Tone::Quiet, status_words(lang, code))),
                }
                @if report.is_combo { " " (chip(Tone::Quiet, lang.product_combo())) }
                @for held in &report.held { " · " (held_words(lang, held)) }
            }
            @match report.status.as_str() {
                "retired" => p.mute { (lang.product_is_retired()) },
                UNPRICED => p.mute { (lang.price_waits()) },
                "provisional" => p.mute { (lang.product_waits()) " " @if self.keeps_trade() {
                    a href={ "/provisional/" (report.product_id) } { (lang.status_provisional()) }
                } },
                _ => {},
            }
        }
    }

    /// Two steps: stores drop it at once.
    fn retire(&self) -> Markup {
        let (lang, report) = (self.lang, self.report);
        html! {
            details.ending {
                summary { (lang.product_retire()) }
                form method="post" action={ "/products/" (report.product_id) "/retire" } {
                    (csrf_field(self.csrf))
                    p.small { (lang.product_retire_about()) }
                    button.danger { (lang.product_retire_now(&report.name)) }
                }
            }
        }
    }

    fn recognitions(&self) -> Markup {
        let (lang, report) = (self.lang, self.report);
        html! {
            section.card {
                div.head {
                    h2 { (lang.recognitions_title()) }
                    @if Who::RECOGNITIONS.admits(self.role) && self.is_editable() {
                        a.button.primary href={ "/products/" (report.product_id) "/recognise" } { (lang.recognition_add()) }
                    }
                }
                @if report.recognitions.is_empty() { p { (lang.recognitions_none()) } } @else {
                    div.table.folds { table {
                        thead { tr {
                            th { (lang.column_kind()) } th { (lang.column_decision()) }
                            th { (lang.column_valid()) } th { (lang.products_status()) }
                        } }
                        tbody { @for each in &report.recognitions { (self.recognition(each)) } }
                    } }
                }
            }
        }
    }

    fn recognition(&self, each: &RecognitionOfProduct) -> Markup {
        let lang = self.lang;
        let number = if each.number.is_empty() { lang.no_number() } else { &each.number };
        html! {
            tr {
                td { (category_words(lang, Some(&each.category))) (stars(lang, each.stars)) small { (remarks(lang, each)) } }
                td {
                    (number) small { (paper(lang, each)) }
                    (decision_scan(
                        (lang, self.csrf, self.keeps(each) && each.state != RecognitionState::Withdrawn),
                        (self.report.product_id, each.recognition_id), (number, each.has_scan),
                    ))
                }
                td {
                    @match each.until {
                        Some(until) => (lang.valid_between(date_text(each.from), date_text(until))),
                        None => (lang.valid_open(date_text(each.from))),
                    }
                }
                td {
                    (state_chip(lang, each))
                    @if self.keeps(each) && each.state != RecognitionState::Withdrawn {
                        div {
                            a href=(format!("/products/{}/recognitions/{}/edit", self.report.product_id, each.recognition_id))
                                aria-label=(lang.describe_now(number)) { (lang.describe()) }
                        }
                        (self.withdraw(each, number))
                    }
                }
            }
        }
    }

    /// Two steps: what is withdrawn cannot be taken up again.
    fn withdraw(&self, each: &RecognitionOfProduct, number: &str) -> Markup {
        let lang = self.lang;
        let at =
            format!("/products/{}/recognitions/{}/withdraw", self.report.product_id, each.recognition_id);
        html! {
            details.ending {
                summary aria-label=(lang.withdraw_now(number)) { (lang.withdraw()) }
                form method="post" action=(at) {
                    (csrf_field(self.csrf))
                    p.small { (lang.withdraw_about()) }
                    button.danger { (lang.withdraw_now(number)) }
                }
            }
        }
    }

    fn dossier(&self) -> Markup {
        let (lang, csrf, may_act) = (self.lang, self.csrf, Who::DOSSIERS.admits(self.role));
        let (product_id, kinds) = (self.report.product_id, self.report.dossier.as_slice());
        let has_producer = self.report.producer.is_some();
        Dossier { lang, csrf, may_act, product_id, has_producer, kinds }.render()
    }

    fn nominations(&self) -> Markup {
        let may_act = Who::DOSSIERS.admits(self.role) && self.report.status == "active";
        nominations::of_product(self.lang, (self.report.product_id, may_act), &self.report.nominations)
    }

    fn prices(&self) -> Markup {
        let lang = self.lang;
        html! {
            section.card {
                h2 { (lang.product_prices()) }
                div.actions {
                    @let at = format!("/products/{}", self.report.product_id);
                    a.button href={ (at) "/history.xlsx" } { (lang.prices_xlsx()) }
                    a.button href={ (at) "/prices.csv" } { (lang.prices_csv()) }
                    a.button href={ (at) "/decisions.csv" } { (lang.decisions_csv()) }
                }
                div.table { table {
                    thead { tr {
                        th.n { (lang.product_column_price()) } th { (lang.column_since()) } th { (lang.column_who()) }
                    } }
                    tbody { @for (place, price) in self.report.prices.iter().enumerate() {
                        tr {
                            td.n { (Money::new(price.price_vnd)) small { (lang.price_version(price.version)) } }
                            td {
                                @match price.set_at_ms {
                                    Some(at_ms) => (datetime_text(at_ms)),
                                    None => (lang.price_before_kept()),
                                }
                                @if place == 0 { small { (lang.price_now()) } }
                            }
                            td { (price.set_by) }
                        }
                    } }
                } }
            }
        }
    }
}

fn state_chip(lang: Lang, each: &RecognitionOfProduct) -> Markup {
    match (each.state, each.days_left) {
        (RecognitionState::InForce, Some(days)) => {
            let tone = if days <= super::page::MARKED_DAYS { Tone::Warn } else { Tone::Good };
            html! { (chip(tone, lang.standing_in_force())) small { (days_words(lang, days)) } }
        }
        (RecognitionState::InForce, None) => chip(Tone::Good, lang.standing_in_force()),
        (RecognitionState::Lapsed, _) => chip(Tone::Quiet, lang.standing_lapsed()),
        (RecognitionState::ToCome, _) => chip(Tone::Quiet, lang.standing_to_come()),
        (RecognitionState::Withdrawn, _) => chip(Tone::Quiet, lang.standing_withdrawn()),
    }
}

/// What the paper says of the decision: its day, who decided, at which level.
fn paper(lang: Lang, each: &RecognitionOfProduct) -> String {
    let parts = [
        each.decided_on.map(|day| lang.decided_on_day(date_text(day))),
        Some(each.issuer.clone()),
        each.level.as_deref().map(|code| level_words(lang, code).to_owned()),
    ];
    joined(parts)
}

/// What it says of the result: points, criteria, group.
fn remarks(lang: Lang, each: &RecognitionOfProduct) -> String {
    let points = each.points_hundredths.and_then(Points::from_hundredths);
    let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    joined([
        points.map(|points| lang.points_of(points)),
        given(&each.criteria).map(|words| lang.criteria_of(words)),
        given(&each.group_printed).map(|words| lang.group_printed_of(words)),
    ])
}

fn joined(parts: [Option<String>; 3]) -> String {
    let given: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    given.join(" · ")
}
