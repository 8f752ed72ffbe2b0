//! The pages of a change of many products: what to change, and what becomes of each.

use domain::tax::TaxClass;
use maud::{Markup, html};
use uuid::Uuid;
use web::Lang;
use web::csrf::CsrfToken;
use web::form::{Field, csrf_field, datalist, select};
use web::fragment::{Tone, message};

use super::page::{Choices, status_words};
use super::words::tax_words;
use crate::admin::bulk::Unfit;
use crate::db::products::Product;
use crate::web::bulk_texts::BulkTexts;
use crate::web::points::typed::Typed;
use crate::web::product_texts::ProductTexts;
use crate::web::texts::CentralTexts;

/// What can be changed, each with the field that holds its new value.
pub const FIELDS: [(&str, &str); 5] = [
    ("group", "to_group"),
    ("tax", "to_tax"),
    ("producer", "to_producer"),
    ("commune", "to_commune"),
    ("status", "to_status"),
];

/// What the first page shows.
pub struct Start<'a> {
    /// The language.
    pub lang: Lang,
    /// How many products are chosen.
    pub count: usize,
    /// Which, as names and values.
    pub hidden: &'a [(&'a str, String)],
    /// What can be chosen.
    pub choices: &'a Choices,
    /// The form as it was typed.
    pub typed: &'a Typed,
}

/// What becomes of each product.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Preview {
    /// What is changed.
    pub field: String,
    /// Its new value, as the form sends it.
    pub to: String,
    /// The products that change.
    pub rows: Vec<Row>,
    /// What to look at again before it is written.
    pub warning: Option<String>,
    /// Those that stay as they are: code, name, why.
    pub left_out: Vec<(String, String, Unfit)>,
}

/// A product that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The product.
    pub product_id: Uuid,
    /// All that can be edited of it, as a mark.
    pub mark: String,
    /// The shops' own code.
    pub sku: String,
    /// Name.
    pub name: String,
    /// The value now.
    pub old: String,
    /// The value then.
    pub new: String,
}

fn field_words(lang: Lang, field: &str) -> &'static str {
    match field {
        "group" => lang.bulk_group(),
        "tax" => lang.bulk_tax(),
        "producer" => lang.bulk_producer(),
        "commune" => lang.bulk_commune(),
        _ => lang.bulk_status(),
    }
}

/// Writes the value of a field of a product; its producer's name and the groups are given.
pub fn value_words(
    lang: Lang,
    field: &str,
    product: &Product,
    (producer, groups): (Option<String>, &[(String, String)]),
) -> String {
    let group = groups.iter().find(|(code, _)| Some(code) == product.group_code.as_ref());
    let words = match field {
        "group" => group.map(|(_, name)| name.clone()).unwrap_or_default(),
        "tax" => tax_words(lang, product.tax_class.code()).to_owned(),
        "producer" => producer.unwrap_or_default(),
        "commune" => product.commune.clone(),
        _ => status_words(lang, &product.status).to_owned(),
    };
    if words.is_empty() { lang.nothing_given().to_owned() } else { words }
}

/// What to change of the chosen products.
pub fn start(page: &Start<'_>) -> Markup {
    let (lang, typed, choices) = (page.lang, page.typed, page.choices);
    let fields = FIELDS.map(|(code, _)| (code, field_words(lang, code)));
    let groups: Vec<(&str, &str)> =
        choices.groups.iter().map(|(code, name)| (code.as_str(), name.as_str())).collect();
    let taxes = TaxClass::ALL.map(|class| (class.code(), tax_words(lang, class.code())));
    let states = ["active", "retired"].map(|code| (code, status_words(lang, code)));
    let choice = |name: &'static str, options: &[(&str, &str)]| {
        let label = FIELDS.into_iter().find(|(_, field)| *field == name).map_or("", |(code, _)| code);
        select(name, field_words(lang, label), options, typed.get(name), typed.error(name))
    };
    html! {
        form.card.form method="get" action="/products/bulk" {
            h2.whole { (lang.bulk_title(page.count)) }
            p.mute.whole { (lang.bulk_about()) }
            @for (name, value) in page.hidden { input type="hidden" name=(name) value=(value); }
            (select("field", lang.bulk_field(), &fields, typed.get("field"), typed.error("field")))
            h3.whole { (lang.bulk_to()) }
            p.hint.whole { (lang.bulk_to_hint()) }
            (choice("to_group", &groups))
            (choice("to_tax", &taxes))
            (choice("to_status", &states))
            (Field { list: Some("producers"), hint: Some(lang.bulk_producer_hint()), ..typed.field("to_producer", lang.bulk_producer()) }.render())
            (datalist("producers", &choices.producers))
            (Field { list: Some("communes"), ..typed.field("to_commune", lang.bulk_commune()) }.render())
            (datalist("communes", &choices.units))
            div.actions { button.primary { (lang.bulk_look()) } a.button href="/products" { (lang.bulk_back()) } }
        }
    }
}

/// What becomes of each product; with what was wrong.
pub fn preview(lang: Lang, csrf: &CsrfToken, preview: &Preview, wrong: Option<&str>) -> Markup {
    html! {
        @if let Some(words) = wrong { (message(Tone::Bad, words)) }
        @if let Some(words) = &preview.warning { (message(Tone::Warn, words)) }
        section.card {
            h2 { (lang.bulk_preview(preview.rows.len())) ": " (field_words(lang, &preview.field)) }
            @if preview.rows.is_empty() { p { (lang.bulk_nothing()) } } @else {
                p.mute { (lang.bulk_preview_about()) }
                div.table { table {
                    thead { tr { th { (lang.column_product()) } th { (lang.bulk_old()) } th { (lang.bulk_new()) } } }
                    tbody { @for row in &preview.rows {
                        tr {
                            td { a href={ "/products/" (row.product_id) } { (row.name) } small { (row.sku) } }
                            td { (row.old) }
                            td { strong { (row.new) } }
                        }
                    } }
                } }
                form method="post" action="/products/bulk" {
                    (csrf_field(csrf))
                    input type="hidden" name="field" value=(preview.field);
                    input type="hidden" name="to" value=(preview.to);
                    @for row in &preview.rows { input type="hidden" name="row" value={ (row.product_id) "." (row.mark) }; }
                    div.pager { div.actions {
                        button.primary { (lang.bulk_apply(preview.rows.len())) }
                        a.button href="/products" { (lang.bulk_back()) }
                    } }
                }
            }
        }
        @if !preview.left_out.is_empty() {
            section.card {
                h2 { (lang.bulk_left_out()) }
                ul.list { @for (sku, name, why) in &preview.left_out {
                    li { span { (name) small { (sku) } } span.mute { (unfit_words(lang, *why)) } }
                } }
            }
        }
    }
}

fn unfit_words(lang: Lang, why: Unfit) -> &'static str {
    match why {
        Unfit::Combo => lang.bulk_is_combo(),
        Unfit::Waits => lang.bulk_waits(),
        Unfit::Same => lang.bulk_same(),
        Unfit::Held => lang.bulk_held(),
        Unfit::Ended => lang.bulk_group_ended(),
        Unfit::NoPrice => lang.bulk_no_price(),
    }
}

/// What was done, or why nothing can be.
pub fn told(lang: Lang, tone: Tone, words: &str) -> Markup {
    html! {
        (message(tone, words))
        p { a.button href="/products" { (lang.page_products()) } }
    }
}
