//! The form of a product: as typed, checked field by field, and shown again with what is wrong. The producer is named as people
//! name it; of several with one name the form asks which.

use std::collections::BTreeMap;

use domain::Money;
use domain::catalog::SoldBy;
use domain::ids::{ProducerId, ProductId};
use domain::name_fold::name_fold;
use domain::tax::TaxClass;
use maud::{Markup, html};
use serde::Deserialize;
use web::Lang;
use web::amount;
use web::csrf::CsrfToken;
use web::form::{Field, csrf_field, datalist, select};

use super::detail::ProductReport;
use super::page::Choices;
use super::words::sold_by_words;
use crate::admin::NewProduct;
use crate::db::engine::Db;
use crate::db::producers::Producer;
use crate::db::{producer_list, producers};
use crate::error::{Refusal, Result};
use crate::web::product_form_texts::ProductFormTexts;
use crate::web::product_texts::ProductTexts;
use crate::web::provisional::form::tax_words;
use crate::web::provisional_texts::ProvisionalTexts;

/// The longest text, in characters.
const TEXT_MAX: usize = 200;
/// The most barcodes of one product.
const BARCODES_MAX: usize = 20;
/// The most producers with a similar name that are told.
const NEAR_MAX: i64 = 5;

/// The form as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Typed {
    /// The product that it makes, drawn with the form, so that a form sent twice makes one.
    pub id: String,
    sku: String,
    name: String,
    unit: String,
    sold_by: String,
    price: String,
    barcodes: String,
    tax_class: String,
    group: String,
    producer: String,
    producer_id: String,
    commune: String,
    #[serde(skip)]
    wrong: BTreeMap<&'static str, String>,
    /// Producers of the typed name, when there are several.
    #[serde(skip)]
    namesakes: Vec<Producer>,
}

impl Typed {
    /// Returns the empty form for a new product.
    pub fn new(id: ProductId) -> Self {
        Self {
            id: id.to_string(),
            sold_by: SoldBy::Piece.code().to_owned(),
            tax_class: TaxClass::Standard.code().to_owned(),
            ..Self::default()
        }
    }

    /// Returns the form for a product as it is.
    pub fn of(report: &ProductReport) -> Self {
        Self {
            id: report.product_id.to_string(),
            sku: report.sku.clone(),
            name: report.name.clone(),
            unit: report.unit.clone(),
            sold_by: report.sold_by.clone(),
            price: report.price().map(|price| price.to_string()).unwrap_or_default(),
            barcodes: report.barcodes.join(", "),
            tax_class: report.tax_class.clone(),
            group: report.group.clone().unwrap_or_default(),
            producer: report.producer.clone().unwrap_or_default(),
            producer_id: report.producer_id.map(|id| id.to_string()).unwrap_or_default(),
            commune: report.commune.clone(),
            ..Self::default()
        }
    }

    /// Returns the product, or `None`: then each wrong field says what is wrong with it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn check(&mut self, db: &Db, lang: Lang, choices: &Choices) -> Result<Option<NewProduct>> {
        for (field, text, least) in [
            ("sku", &self.sku, 1),
            ("name", &self.name, 1),
            ("unit", &self.unit, 1),
            ("commune", &self.commune, 0),
        ] {
            let length = text.trim().chars().count();
            if length < least || length > TEXT_MAX || text.chars().any(char::is_control) {
                let words = if least == 0 { lang.wrong_long_text() } else { lang.wrong_text() };
                self.wrong.insert(field, words.to_owned());
            }
        }
        let price = amount::parse(&self.price).filter(|price| *price > Money::ZERO);
        if price.is_none() {
            self.refuse_field("price", lang.wrong_price());
        }
        if !choices.groups.iter().any(|(code, _)| *code == self.group) {
            self.refuse_field("group", lang.wrong_group());
        }
        let (sold_by, tax_class) = (SoldBy::from_code(&self.sold_by), TaxClass::from_code(&self.tax_class));
        for (field, is_known) in [("sold_by", sold_by.is_some()), ("tax_class", tax_class.is_some())] {
            if !is_known {
                self.refuse_field(field, lang.wrong_choice());
            }
        }
        let barcodes = self.barcodes();
        if barcodes.len() > BARCODES_MAX {
            self.refuse_field("barcodes", lang.wrong_barcodes());
        }
        let producer_id = self.producer(db, lang).await?;
        let all = (price, sold_by, tax_class, self.wrong.is_empty());
        let (Some(price), Some(sold_by), Some(tax_class), true) = all else { return Ok(None) };
        Ok(Some(NewProduct {
            sku: self.sku.clone(),
            barcodes,
            name: self.name.clone(),
            unit: self.unit.clone(),
            sold_by,
            price,
            tax_class,
            group_code: self.group.clone(),
            producer_id,
            commune: self.commune.clone(),
        }))
    }

    fn refuse_field(&mut self, field: &'static str, words: &str) {
        self.wrong.insert(field, words.to_owned());
    }

    /// Each once, in their order, as a product keeps them.
    fn barcodes(&self) -> Vec<String> {
        let codes = self.barcodes.split(|sign: char| sign.is_whitespace() || sign == ',' || sign == ';');
        let mut barcodes: Vec<String> = codes.filter(|code| !code.is_empty()).map(str::to_owned).collect();
        barcodes.sort();
        barcodes.dedup();
        barcodes
    }

    /// Nothing typed is nobody's goods. The one that was chosen before stays while its name does.
    async fn producer(&mut self, db: &Db, lang: Lang) -> Result<Option<ProducerId>> {
        let name = self.producer.trim().to_owned();
        if name.is_empty() {
            return Ok(None);
        }
        if let Ok(id) = self.producer_id.parse::<ProducerId>()
            && let Some(chosen) = producers::find(db, id).await?
            && name_fold(&chosen.name) == name_fold(&name)
        {
            return Ok(Some(id));
        }
        let mut named = producer_list::list_named(db, &name).await?;
        match named.as_slice() {
            [only] => return Ok(Some(only.id)),
            [] => {
                let near = producers::search(db, &name, NEAR_MAX).await?;
                let near: Vec<String> = near.into_iter().map(|producer| producer.name).collect();
                let words = if near.is_empty() {
                    lang.unknown_producer(&name)
                } else {
                    lang.near_producers(&name, near.join("; "))
                };
                self.wrong.insert("producer", words);
            }
            _ => {
                self.namesakes.append(&mut named);
                self.refuse_field("producer", lang.several_producers());
            }
        }
        Ok(None)
    }

    /// Says at the field what was refused.
    pub fn refuse(&mut self, lang: Lang, refusal: &Refusal) {
        let (field, words) = match refusal {
            Refusal::Taken { what: "barcode", value } => ("barcodes", lang.taken_barcode(value)),
            Refusal::Invalid { what: "barcode", .. } => ("barcodes", lang.wrong_barcodes().to_owned()),
            Refusal::Invalid { what: "price", .. } => ("price", lang.wrong_price().to_owned()),
            Refusal::Taken { .. } => ("sku", lang.wrong_sku().to_owned()),
            _ => ("name", lang.wrong_text().to_owned()),
        };
        self.wrong.insert(field, words);
    }
}

/// What the form is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A new product.
    Add,
    /// A product that is on sale.
    Edit,
    /// A product that was retired and comes back.
    Restore,
}

/// The form, which posts to `action` and leads back to `back`.
pub fn page(
    lang: Lang,
    csrf: &CsrfToken,
    (typed, choices, purpose): (&Typed, &Choices, Purpose),
    (action, back): (&str, &str),
) -> Markup {
    let (title, save) = match purpose {
        Purpose::Add => (lang.product_new(), lang.save_new_product()),
        Purpose::Edit => (lang.product_edit(), lang.save_product()),
        Purpose::Restore => (lang.product_restore(), lang.save_restored_product()),
    };
    html! {
        form.card.form method="post" action=(action) {
            (csrf_field(csrf))
            h2.whole { (title) }
            p.mute.whole { (lang.product_form_about()) }
            input type="hidden" name="id" value=(typed.id);
            (fields(lang, typed, choices))
            div.actions { button.primary { (save) } a.button href=(back) { (lang.back_without_saving()) } }
        }
    }
}

fn fields(lang: Lang, typed: &Typed, choices: &Choices) -> Markup {
    let wrong = |name: &str| typed.wrong.get(name).map(String::as_str);
    let text = |name, label, value| Field { value, error: wrong(name), ..Field::new(name, label) };
    let groups: Vec<(&str, &str)> = std::iter::once(("", "—"))
        .chain(choices.groups.iter().map(|(code, name)| (code.as_str(), name.as_str())))
        .collect();
    let taxes = TaxClass::ALL.map(|class| (class.code(), tax_words(lang, class)));
    let ways = [SoldBy::Piece, SoldBy::Weight].map(|way| (way.code(), sold_by_words(lang, way.code())));
    html! {
        (Field { has_focus: true, ..text("name", lang.name_of(), &typed.name) }.render())
        (text("sku", lang.sku_of(), &typed.sku).render())
        (Field { hint: Some(lang.unit_hint()), ..text("unit", lang.unit_of(), &typed.unit) }.render())
        (select("sold_by", lang.product_sold_by(), &ways, &typed.sold_by, wrong("sold_by")))
        (Field { inputmode: "numeric", hint: Some(lang.price_hint()), ..text("price", lang.price_of(), &typed.price) }.render())
        (select("tax_class", lang.tax_of(), &taxes, &typed.tax_class, wrong("tax_class")))
        (select("group", lang.group_of(), &groups, &typed.group, wrong("group")))
        (Field { is_required: false, hint: Some(lang.barcodes_hint()), ..text("barcodes", lang.product_barcodes(), &typed.barcodes) }.render())
        (producer(lang, typed))
        (datalist("producers", &choices.producers))
        (Field { is_required: false, list: Some("communes"), ..text("commune", lang.commune_of(), &typed.commune) }.render())
        (datalist("communes", &choices.units))
    }
}

fn producer(lang: Lang, typed: &Typed) -> Markup {
    let error = typed.wrong.get("producer").map(String::as_str);
    html! {
        (Field {
            value: &typed.producer, error, is_required: false, list: Some("producers"),
            hint: Some(lang.producer_hint()), ..Field::new("producer", lang.products_producer())
        }.render())
        @if typed.namesakes.is_empty() {
            input type="hidden" name="producer_id" value=(typed.producer_id);
        } @else {
            fieldset.people.whole {
                legend { (lang.which_producer()) }
                @for each in &typed.namesakes {
                    label {
                        input type="radio" name="producer_id" value=(each.id);
                        span { (each.name) " · " (if each.commune.is_empty() { lang.nobody() } else { &each.commune }) }
                    }
                }
            }
        }
    }
}
