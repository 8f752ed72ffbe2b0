//! The page on which products are chosen for a point, and what its file and the way on which it opens say of them.

use domain::catalog::Category;
use maud::{Markup, html};
use web::Lang;
use web::csrf::CsrfToken;
use web::form::{Field, csrf_field, select};
use web::format::count_text;
use web::fragment::{Tone, chip, message, stars};

use super::cards;
use super::chosen::{self, Asked, PointProductsReport, ProductOfPoint};
use super::detail::{ChosenOfPoint, PointReport};
use crate::admin::points::CHOSEN_MAX;
use crate::web::bulk_texts::BulkTexts;
use crate::web::lists::{self, pager};
use crate::web::point_open_texts::PointOpenTexts;
use crate::web::point_texts::PointTexts;
use crate::web::product_texts::ProductTexts;
use crate::web::products::filter::NOTHING;
use crate::web::products::page::held_words;
use crate::web::sales::words::category_words;
use crate::web::sheet_file;
use crate::web::texts::CentralTexts;

/// What can be chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choices {
    /// Groups of products: code and name.
    pub groups: Vec<(String, String)>,
    /// The other points: id and name.
    pub points: Vec<(String, String)>,
}

/// What the page shows.
pub struct View<'a> {
    /// The language.
    pub lang: Lang,
    /// The session's token.
    pub csrf: &'a CsrfToken,
    /// Somebody who keeps points looks.
    pub may_act: bool,
    /// They are on the way on which the point opens.
    pub opens: bool,
    /// What was asked for.
    pub asked: Asked<'a>,
    /// What can be chosen.
    pub choices: &'a Choices,
    /// The products.
    pub report: &'a PointProductsReport,
}

impl View<'_> {
    /// Returns the main part.
    pub fn render(&self) -> Markup {
        let lang = self.lang;
        html! {
            @match self.asked.1.done.as_str() {
                "saved" => (message(Tone::Good, lang.chosen_saved())),
                "taken" => (message(Tone::Good, lang.chosen_taken())),
                _ => {}
            }
            (self.standing())
            (self.filters())
            (self.list())
            @if self.may_act && !self.choices.points.is_empty() { (self.taking()) }
        }
    }

    fn standing(&self) -> Markup {
        let (lang, report) = (self.lang, self.report);
        let point = format!("/points/{}", report.point_id);
        html! {
            section.card {
                div.head {
                    h2 { (lang.chosen_title(&report.name)) }
                    div.actions {
                        @if self.opens { a.button href={ (point) "/open#step-4" } { (lang.point_open_on()) } }
                        a.button href={ (point) "/labels?show=chosen" } { (lang.point_labels()) }
                        a.button href=(point) { (lang.open_back()) }
                    }
                }
                p.mute { (lang.chosen_about()) }
                (told(lang, &report.chosen))
            }
        }
    }

    fn filters(&self) -> Markup {
        let (lang, (filter, only)) = (self.lang, self.asked);
        let path = chosen::path(self.report.point_id);
        let whole = lists::query_text(&filter.pairs());
        let narrow = lists::query_text(&[filter.pairs(), vec![("chosen", "yes")]].concat());
        let groups = self.choices.groups.iter().map(|(code, name)| (code.as_str(), name.as_str()));
        let standings = Category::ALL.map(|each| (each.code(), category_words(lang, Some(each.code()))));
        let standings = standings.into_iter().chain([(NOTHING, lang.category_none())]);
        let here = |is_here: bool| is_here.then_some("true");
        html! {
            form.filters method="get" action=(path) role="search" {
                div {
                    nav.presets aria-label=(lang.chosen_which()) {
                        a href=(lists::href(&path, "", whole, None)) aria-current=[here(!only.is_narrow())] { (lang.chosen_on_sale()) }
                        a href=(lists::href(&path, "", narrow, None)) aria-current=[here(only.is_narrow())] {
                            (lang.chosen_only(count_text(self.report.chosen.chosen_count)))
                        }
                    }
                    div.actions { (sheet_file::links(lang, &path, &chosen::query_text(self.asked))) }
                }
                div {
                    @if only.is_narrow() { input type="hidden" name="chosen" value="yes"; }
                    (Field { value: &filter.q, is_required: false, ..Field::new("q", lang.products_find()) }.render())
                    (select("group", lang.products_group(), &with_any(lang, groups), &filter.group, None))
                    (select("category", lang.products_standing(), &with_any(lang, standings), &filter.category, None))
                    button.primary { (lang.filter_show()) }
                }
            }
        }
    }

    fn list(&self) -> Markup {
        let (lang, report) = (self.lang, self.report);
        html! {
            section.card {
                div.head {
                    h2 { (lang.products_list()) }
                    span.mute { (lang.products_count(count_text(report.product_count))) }
                }
                @if report.products.is_empty() { p { (lang.products_none()) } }
                @else if self.may_act { (self.form()) }
                @else { (self.table()) }
                (pager(lang, lang.products_list(), (report.page_before, report.page_after), |field, id| {
                    lists::href(&chosen::path(report.point_id), "", chosen::query_text(self.asked), Some((field, id)))
                }))
            }
        }
    }

    /// The list with a tick in each row. It names those that are ticked already: only what somebody changes here is written.
    fn form(&self) -> Markup {
        let (lang, report) = (self.lang, self.report);
        let most = i64::try_from(CHOSEN_MAX).unwrap_or(i64::MAX);
        // Among the chosen ones nothing is left to choose.
        let may_all = !self.asked.1.is_narrow() && (1..=most).contains(&report.choosable_count);
        html! {
            form method="post" action=(chosen::address(report.point_id, self.asked)) {
                (csrf_field(self.csrf))
                @for each in report.products.iter().filter(|each| each.is_chosen) {
                    input type="hidden" name="was" value=(each.product.product_id);
                }
                (self.table())
                div.pager {
                    @if may_all {
                        label.tick { input type="checkbox" name="all" value="yes"; " " (lang.chosen_every(count_text(report.choosable_count))) }
                    } @else { span {} }
                    button.primary { (lang.chosen_save()) }
                }
            }
        }
    }

    fn table(&self) -> Markup {
        let lang = self.lang;
        html! {
            div.table.folds { table {
                thead { tr {
                    @if self.may_act { th { span.hidden { (lang.bulk_pick_column()) } } }
                    th { (lang.column_product()) } th { (lang.product_column_code()) }
                    th { (lang.products_group()) } th { (lang.column_producer()) } th { (lang.product_column_held()) }
                } }
                tbody { @for each in &self.report.products { (self.row(each)) } }
            } }
        }
    }

    fn row(&self, each: &ProductOfPoint) -> Markup {
        let (lang, product) = (self.lang, &each.product);
        let group = self.choices.groups.iter().find(|(code, _)| Some(code) == product.group.as_ref());
        html! {
            tr {
                @if self.may_act {
                    td { @if !product.is_combo {
                        input type="checkbox" name="product" value=(product.product_id) checked[each.is_chosen] aria-label=(lang.bulk_pick(&product.name));
                    } }
                }
                td {
                    a href={ "/products/" (product.product_id) } { (product.name) (stars(lang, product.stars)) }
                    small { (product.unit) }
                    @if each.is_chosen && !self.may_act { (chip(Tone::Good, lang.chosen_yes())) }
                    @if product.is_combo { (chip(Tone::Quiet, lang.product_combo())) }
                }
                td { (product.sku) }
                td { (group.map_or("–", |(_, name)| name.as_str())) }
                td { (product.producer.as_deref().unwrap_or("–")) small { (product.commune) } }
                td { @for held in &product.held { div { (held_words(lang, held)) } } }
            }
        }
    }

    fn taking(&self) -> Markup {
        let lang = self.lang;
        let points: Vec<(&str, &str)> =
            self.choices.points.iter().map(|(id, name)| (id.as_str(), name.as_str())).collect();
        html! {
            form.card.form method="post" action={ (chosen::path(self.report.point_id)) "/take" } {
                (csrf_field(self.csrf))
                h2.whole { (lang.chosen_take()) }
                p.mute.whole { (lang.chosen_take_about()) }
                (select("from", lang.chosen_from(), &points, "", None))
                div.actions { button { (lang.chosen_take_now()) } }
            }
        }
    }
}

/// Puts the choice of everything first.
fn with_any<'a>(
    lang: Lang,
    options: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Vec<(&'a str, &'a str)> {
    std::iter::once(("", lang.products_any())).chain(options).collect()
}

/// How much is chosen, against the thresholds.
pub fn told(lang: Lang, chosen: &ChosenOfPoint) -> Markup {
    let (count, on_shelf) = (count_text(chosen.chosen_count), count_text(chosen.on_shelf_count));
    html! {
        @if chosen.chosen_count == 0 { p { (lang.chosen_none()) } } @else {
            p { (lang.chosen_some(count, on_shelf)) }
            (cards::measures(lang, &chosen.measures))
        }
    }
}

/// The card of a point's file.
pub fn card(lang: Lang, report: &PointReport, may_act: bool) -> Markup {
    html! {
        section.card {
            div.head {
                h2 { (lang.chosen_card()) }
                a.button href=(chosen::path(report.point_id)) { (if may_act { lang.chosen_choose() } else { lang.chosen_look() }) }
            }
            (told(lang, &report.chosen))
        }
    }
}
