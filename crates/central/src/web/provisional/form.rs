//! The form that takes a product into the catalogue: as typed, checked field by field, and shown again with what is wrong.

use std::collections::BTreeMap;

use domain::Money;
use domain::tax::TaxClass;
use maud::{Markup, html};
use serde::Deserialize;
use web::Lang;
use web::amount;
use web::csrf::CsrfToken;
use web::form::{Field, csrf_field, datalist, select};

use super::Found;
use crate::admin::NewProduct;
use crate::db::engine::Db;
use crate::db::products;
use crate::db::provisional::Waiting;
use crate::error::{Refusal, Result};
use crate::web::provisional_texts::ProvisionalTexts;

/// The longest text, in characters.
const TEXT_MAX: usize = 200;

/// What can be chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choices {
    /// Groups: code and name.
    pub groups: Vec<(String, String)>,
}

impl Choices {
    /// Reads them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn load(db: &Db, lang: Lang) -> Result<Self> {
        let groups = products::list_groups(&mut db.begin_reading().await?).await?;
        let name = |group: products::Group| {
            let name = if lang == Lang::Vi { group.name_vi } else { group.name_en };
            (group.code, name)
        };
        Ok(Self { groups: groups.into_iter().map(name).collect() })
    }
}

/// The form as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Typed {
    sku: String,
    name: String,
    unit: String,
    price: String,
    barcode: String,
    group: String,
    tax_class: String,
    commune: String,
    #[serde(skip)]
    wrong: BTreeMap<&'static str, &'static str>,
}

impl Typed {
    /// Returns the form as it begins: as the store told it. The code is for a person to give.
    pub fn of(waiting: &Waiting) -> Self {
        Self {
            name: waiting.name.clone(),
            unit: waiting.unit.clone(),
            price: waiting.price.to_string(),
            barcode: waiting.barcode.clone().unwrap_or_default(),
            tax_class: waiting.tax_class.clone(),
            ..Self::default()
        }
    }

    /// Returns the product, or `None`: then each wrong field says what is wrong with it.
    ///
    /// # Errors
    /// For a stored product that is sold by nothing known.
    pub fn check(&mut self, lang: Lang, found: &Found) -> Result<Option<NewProduct>> {
        for (field, text) in [("sku", &self.sku), ("name", &self.name), ("unit", &self.unit)] {
            let length = text.trim().chars().count();
            if length == 0 || length > TEXT_MAX || text.chars().any(char::is_control) {
                self.wrong.insert(field, lang.wrong_text());
            }
        }
        let price = amount::parse(&self.price).filter(|price| *price > Money::ZERO);
        if price.is_none() {
            self.wrong.insert("price", lang.wrong_price());
        }
        if !found.choices.groups.iter().any(|(code, _)| *code == self.group) {
            self.wrong.insert("group", lang.wrong_group());
        }
        let barcode = self.barcode.trim();
        let (Some(price), true) = (price, self.wrong.is_empty()) else { return Ok(None) };
        Ok(Some(NewProduct {
            sku: self.sku.trim().to_owned(),
            barcodes: if barcode.is_empty() { Vec::new() } else { vec![barcode.to_owned()] },
            name: self.name.clone(),
            unit: self.unit.clone(),
            sold_by: found.waiting.sold_by()?,
            price,
            tax_class: TaxClass::from_code(&self.tax_class).unwrap_or(TaxClass::Standard),
            group_code: self.group.clone(),
            producer_id: found.waiting.producer_id.map(Into::into),
            commune: self.commune.clone(),
        }))
    }

    /// Says at the field what was refused.
    pub fn refuse(&mut self, lang: Lang, refusal: &Refusal) {
        let (field, words) = match refusal {
            Refusal::Taken { what: "barcode", .. } | Refusal::Invalid { what: "barcode", .. } => {
                ("barcode", lang.wrong_barcode())
            }
            Refusal::Invalid { what: "price", .. } => ("price", lang.wrong_price()),
            Refusal::Invalid { what: "commune", .. } => ("commune", lang.wrong_text()),
            Refusal::Taken { .. } => ("sku", lang.wrong_sku()),
            _ => ("name", lang.wrong_text()),
        };
        self.wrong.insert(field, words);
    }
}

/// The form.
pub fn form(lang: Lang, csrf: &CsrfToken, found: &Found, typed: &Typed) -> Markup {
    let groups: Vec<(&str, &str)> = std::iter::once(("", "—"))
        .chain(found.choices.groups.iter().map(|(code, name)| (code.as_str(), name.as_str())))
        .collect();
    let taxes = TaxClass::ALL.map(|class| (class.code(), tax_words(lang, class)));
    let wrong = |field: &str| typed.wrong.get(field).copied();
    let text = |name, label, value| {
        Field { value, error: wrong(name), autocomplete: "off", ..Field::new(name, label) }.render()
    };
    html! {
        form.card.form method="post" action={ "/provisional/" (found.waiting.id) "/confirm" } {
            h2.whole { (lang.confirm_title()) }
            p.mute.whole { (lang.confirm_about()) }
            (csrf_field(csrf))
            (text("sku", lang.sku_of(), &typed.sku))
            (text("name", lang.name_of(), &typed.name))
            (text("unit", lang.unit_of(), &typed.unit))
            (Field {
                value: &typed.price, error: wrong("price"), inputmode: "numeric", autocomplete: "off",
                ..Field::new("price", lang.price_of())
            }.render())
            (Field {
                value: &typed.barcode, error: wrong("barcode"), is_required: false, autocomplete: "off",
                ..Field::new("barcode", lang.barcode_field())
            }.render())
            (select("group", lang.group_of(), &groups, &typed.group, wrong("group")))
            (select("tax_class", lang.tax_of(), &taxes, &typed.tax_class, None))
            (Field {
                value: &typed.commune, error: wrong("commune"), is_required: false, list: Some("communes"),
                autocomplete: "off", ..Field::new("commune", lang.commune_of())
            }.render())
            (datalist("communes", &found.units))
            div.actions { button.primary { (lang.confirm_now()) } }
        }
    }
}

/// Returns what a VAT class is called.
pub fn tax_words(lang: Lang, class: TaxClass) -> &'static str {
    match class {
        TaxClass::Exempt => lang.tax_exempt(),
        TaxClass::Undeclared => lang.tax_undeclared(),
        TaxClass::Zero => lang.tax_zero(),
        TaxClass::Reduced => lang.tax_reduced(),
        TaxClass::Standard => lang.tax_standard(),
        TaxClass::StandardUncut => lang.tax_standard_uncut(),
    }
}
