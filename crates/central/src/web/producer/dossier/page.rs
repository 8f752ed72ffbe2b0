//! The form, and the paper below it: Vietnamese with English beside it, whatever the language of the page.

use domain::{Money, Quantity};
use maud::{Markup, html};
use time::Date;
use web::Lang;
use web::form::{Field, select};
use web::format::{date_text, datetime_text};

use super::DossierQuery;
use super::report::{Dossier, DossierPaper, StoreOfDossier};
use crate::web::producer::dossier_texts::DossierTexts;
use crate::web::producer::reading_texts::ReadingTexts;
use crate::web::producer::settlement_texts::SettlementTexts;
use crate::web::sales::filter::{Wrong, YEARS_MOST};
use crate::web::sales::period::Period;
use crate::web::shell::Place;
use crate::web::texts::CentralTexts;

/// What stands in the fields of the form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    product: String,
    from: String,
    to: String,
}

impl Typed {
    /// Takes what was typed; what was not is as the paper has it.
    pub fn of(dossier: &Dossier, query: &DossierQuery, period: Period) -> Self {
        let typed = |text: &Option<String>, otherwise: String| {
            text.clone().filter(|text| !text.is_empty()).unwrap_or(otherwise)
        };
        let chosen = dossier.paper.as_ref().map(|paper| paper.product_id.to_string()).unwrap_or_default();
        Self {
            product: chosen,
            from: typed(&query.from, period.from.to_string()),
            to: typed(&query.to, period.to.to_string()),
        }
    }

    /// Returns what stands behind the question mark of a sound address.
    pub fn query(&self) -> String {
        let is_day = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        let days = if is_day(&self.from) && is_day(&self.to) {
            format!("&from={}&to={}", self.from, self.to)
        } else {
            String::new()
        };
        format!("product={}{days}", self.product)
    }
}

/// What the page shows.
pub struct View<'a> {
    /// The language.
    pub lang: Lang,
    /// Where addresses begin.
    pub root: &'a str,
    /// Today.
    pub today: Date,
    /// The paper.
    pub dossier: &'a Dossier,
    /// What was typed.
    pub typed: &'a Typed,
    /// What is wrong with the days.
    pub wrong: Option<Wrong>,
    /// It is of the stores of one operator alone.
    pub is_of_one_operator: bool,
}

impl View<'_> {
    /// Returns the main part.
    pub fn render(&self) -> Markup {
        let lang = self.lang;
        html! {
            @if self.dossier.products.is_empty() {
                section.card.off-paper { p { (lang.dossier_nothing()) } }
            } @else {
                p.mute.off-paper { (lang.dossier_about()) }
                (self.form())
            }
            @if let Some(paper) = self.dossier.paper.as_ref().filter(|_| self.wrong.is_none()) {
                (self.paper(paper))
                div.actions { button type="button" data-print { (lang.print_paper()) } }
            }
        }
    }

    fn form(&self) -> Markup {
        let (lang, typed) = (self.lang, self.typed);
        let ids: Vec<(String, &str)> = self
            .dossier
            .products
            .iter()
            .map(|product| (product.product_id.to_string(), product.name.as_str()))
            .collect();
        let options: Vec<(&str, &str)> = ids.iter().map(|(id, name)| (id.as_str(), *name)).collect();
        let (from_error, to_error) = match self.wrong {
            Some(Wrong::From | Wrong::Unknown) => (Some(lang.wrong_date().to_owned()), None),
            Some(Wrong::To) => (None, Some(lang.wrong_date().to_owned())),
            Some(Wrong::Order) => (None, Some(lang.wrong_order().to_owned())),
            Some(Wrong::TooLong) => (None, Some(lang.too_long(YEARS_MOST))),
            None => (None, None),
        };
        let date =
            |name, label, value, error| Field { kind: "date", value, error, ..Field::new(name, label) };
        html! {
            form.filters method="get" action=(Place::Dossier.below(self.root)) {
                div { (select("product", lang.dossier_product(), &options, &typed.product, None)) }
                div {
                    (date("from", lang.filter_from(), typed.from.as_str(), from_error.as_deref()).render())
                    (date("to", lang.filter_to(), typed.to.as_str(), to_error.as_deref()).render())
                    button.primary { (lang.filter_show()) }
                }
            }
        }
    }

    fn paper(&self, paper: &DossierPaper) -> Markup {
        let days = if paper.from == paper.to {
            date_text(paper.from)
        } else {
            format!("{} – {}", date_text(paper.from), date_text(paper.to))
        };
        html! {
            section.card {
                h2 { (Lang::Vi.dossier_title()) }
                (english(Lang::En.dossier_title()))
                dl.sums {
                    dt { (Lang::Vi.dossier_producer()) (english(Lang::En.dossier_producer())) } dd { strong { (paper.producer) } }
                    dt { (Lang::Vi.dossier_product()) (english(Lang::En.dossier_product())) } dd { strong { (paper.product) } " · " (paper.unit) }
                    dt { (Lang::Vi.dossier_period()) (english(Lang::En.dossier_period())) } dd { (days) }
                }
                @if self.is_of_one_operator {
                    p { (Lang::Vi.paper_one_operator()) (english(Lang::En.paper_one_operator())) }
                }
                div.table {
                    table.to-fill {
                        thead { tr {
                            th scope="col" { (Lang::Vi.dossier_store()) (english(Lang::En.dossier_store())) }
                            th.n scope="col" { (Lang::Vi.dossier_quantity()) (english(Lang::En.dossier_quantity())) }
                            th.n scope="col" { (Lang::Vi.dossier_revenue()) (english(Lang::En.dossier_revenue())) }
                            th.roomy scope="col" { (Lang::Vi.dossier_signature()) (english(Lang::En.dossier_signature())) }
                        } }
                        tbody { @for store in &paper.stores { (row(store)) } }
                        tfoot { tr {
                            td { (Lang::Vi.dossier_sum()) (english(Lang::En.dossier_sum())) }
                            td.n { (Quantity::from_milli(paper.quantity_milli)) }
                            td.n { (Money::new(paper.revenue_vnd)) }
                        } }
                    }
                }
            }
            section.card {
                p.mute.small { (Lang::Vi.dossier_source()) }
                (english(Lang::En.dossier_source()))
                p { (Lang::Vi.dossier_made(date_text(self.today))) }
                (english(&Lang::En.dossier_made(date_text(self.today))))
                div.columns.signed {
                    (signature(Lang::Vi.dossier_by_producer(), Lang::En.dossier_by_producer()))
                    (signature(Lang::Vi.dossier_by_point(), Lang::En.dossier_by_point()))
                }
            }
        }
    }
}

fn row(store: &StoreOfDossier) -> Markup {
    let told = |lang: Lang| {
        let until = store.heard_at_ms.map(|at_ms| lang.dossier_until(datetime_text(at_ms)));
        let until = until.unwrap_or_else(|| lang.dossier_never().to_owned());
        if store.is_behind && store.heard_at_ms.is_some() {
            format!("{until}, {}", lang.dossier_behind())
        } else {
            until
        }
    };
    html! {
        tr {
            td {
                (store.store)
                small { @if store.is_behind { span aria-hidden="true" { "⚠ " } } (told(Lang::Vi)) }
                (english(&told(Lang::En)))
            }
            td.n { (Quantity::from_milli(store.quantity_milli)) }
            td.n { (Money::new(store.revenue_vnd)) }
            td.roomy {}
        }
    }
}

fn english(words: &str) -> Markup {
    html! { small.small lang="en" { (words) } }
}

fn signature(vi: &str, en: &str) -> Markup {
    html! {
        p { (vi) (english(en)) small.small { (Lang::Vi.dossier_how_signed()) } (english(Lang::En.dossier_how_signed())) }
    }
}
