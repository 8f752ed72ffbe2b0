//! The form of a contract, as typed: read whole, or not at all.

use domain::Rate;
use domain::consignment::{Basis, Bearer, Terms};
use domain::contract::{
    AGREED_DAYS_MOST, Clauses, EXPIRY_BEARER_USUAL, LOSS_BEARER_USUAL, Mode, RETURN_DAYS_MOST,
};
use domain::ids::{ProducerId, ProductId};
use maud::{Markup, html};
use serde::Deserialize;
use time::Date;
use time::macros::format_description;
use uuid::Uuid;
use web::Lang;
use web::csrf::CsrfToken;
use web::form::{Field, csrf_field, datalist, select};

use super::ADDRESS;
use crate::web::shop_term_texts::ShopTermTexts;

/// The field that cannot be used.
pub type Wrong = &'static str;

/// A version of the terms as its form posts it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Typed {
    /// Drawn with the form: posting it twice agrees once.
    id: Uuid,
    producer: String,
    product: String,
    valid_from: String,
    mode: String,
    commission: String,
    basis: String,
    discount_bearer: String,
    loss_bearer: String,
    shrinkage: String,
    expiry_bearer: String,
    return_days: String,
    agreed_after_days: String,
}

impl Typed {
    /// Returns the form as it begins.
    pub fn new(id: Uuid, today: Date) -> Self {
        Self {
            id,
            valid_from: today.to_string(),
            loss_bearer: LOSS_BEARER_USUAL.code().to_owned(),
            expiry_bearer: EXPIRY_BEARER_USUAL.code().to_owned(),
            ..Self::default()
        }
    }

    /// Returns the producer's name.
    pub fn producer(&self) -> &str {
        self.producer.trim()
    }

    /// Returns the single product's code; none for all of them.
    pub fn product(&self) -> Option<&str> {
        Some(self.product.trim()).filter(|sku| !sku.is_empty())
    }

    /// Reads it for the producer and the product that it names.
    ///
    /// # Errors
    /// The field that cannot be used.
    pub fn read(&self, producer_id: ProducerId, product_id: Option<ProductId>) -> Result<Terms, Wrong> {
        let mode = Mode::from_code(&self.mode).ok_or("mode")?;
        let percent = |text: &str| match text.trim() {
            "" => Some(Rate::ZERO),
            text => Rate::parse_percent(text),
        };
        let bearer = |text: &str| match text {
            "" => Some(None),
            code => Bearer::from_code(code).map(Some),
        };
        let days = |text: &str, least: u16, most: u16| match text.trim() {
            "" => Some(None),
            text => text.parse::<u16>().ok().filter(|days| (least..=most).contains(days)).map(Some),
        };
        let commission = percent(&self.commission).ok_or("commission")?;
        // Forgotten, it would be no commission at all: whoever wants that types 0.
        if mode == Mode::Consigned && self.commission.trim().is_empty() {
            return Err("commission");
        }
        let day = Date::parse(self.valid_from.trim(), format_description!("[year]-[month]-[day]"));
        Ok(Terms {
            id: self.id.into(),
            producer_id,
            product_id,
            commission: if mode == Mode::Bought { Rate::ZERO } else { commission },
            basis: Basis::from_code(&self.basis).ok_or("basis")?,
            discount_bearer: Bearer::from_code(&self.discount_bearer).ok_or("discount_bearer")?,
            valid_from: day.map_err(|_| "valid_from")?,
            clauses: Clauses {
                mode,
                return_days: days(&self.return_days, 0, RETURN_DAYS_MOST).ok_or("return_days")?,
                shrinkage: percent(&self.shrinkage).ok_or("shrinkage")?,
                loss_bearer: bearer(&self.loss_bearer).ok_or("loss_bearer")?,
                expiry_bearer: bearer(&self.expiry_bearer).ok_or("expiry_bearer")?,
                agreed_after_days: days(&self.agreed_after_days, 1, AGREED_DAYS_MOST)
                    .ok_or("agreed_after_days")?,
                ends: false,
            },
        })
    }
}

/// The form; `names` are producers to offer.
pub fn render(
    lang: Lang,
    csrf: &CsrfToken,
    typed: &Typed,
    (names, wrong): (&[String], Option<Wrong>),
) -> Markup {
    let error = |field: &str, words: &'static str| (wrong == Some(field)).then_some(words);
    let modes = [("consigned", lang.terms_mode_consigned()), ("bought", lang.terms_mode_bought())];
    let bases = [("gross", lang.terms_basis_gross()), ("net", lang.terms_basis_net())];
    let sides = [("store", lang.terms_by_store()), ("producer", lang.terms_by_producer())];
    let or_manager = [sides[0], sides[1], ("", lang.terms_by_manager())];
    let number = |name: &'static str, label, value, hint, error| Field {
        value,
        hint,
        error,
        is_required: false,
        inputmode: "decimal",
        ..Field::new(name, label)
    };
    html! {
        details.card.off-paper open[wrong.is_some()] {
            summary { (lang.terms_new()) }
            form.form method="post" action=(ADDRESS) {
                (csrf_field(csrf))
                input type="hidden" name="id" value=(typed.id);
                (Field {
                    value: &typed.producer, list: Some("producers"), hint: Some(lang.terms_who_hint()),
                    error: error("producer", lang.terms_who_wrong()), ..Field::new("producer", lang.terms_who())
                }.render())
                (datalist("producers", names))
                (Field {
                    value: &typed.product, is_required: false, hint: Some(lang.terms_goods_hint()),
                    error: error("product", lang.terms_goods_wrong()), ..Field::new("product", lang.terms_goods())
                }.render())
                (Field {
                    kind: "date", value: &typed.valid_from,
                    error: error("valid_from", lang.terms_first_day_wrong()), ..Field::new("valid_from", lang.terms_first_day())
                }.render())
                (select("mode", lang.terms_mode(), &modes, &typed.mode, None))
                (number("commission", lang.terms_rate(), &typed.commission, Some(lang.terms_rate_hint()), error("commission", lang.terms_rate_wrong())).render())
                (select("basis", lang.terms_basis(), &bases, &typed.basis, None))
                (select("discount_bearer", lang.terms_discounts(), &sides, &typed.discount_bearer, None))
                (select("loss_bearer", lang.terms_losses(), &or_manager, &typed.loss_bearer, None))
                (number("shrinkage", lang.terms_shrinkage(), &typed.shrinkage, Some(lang.terms_shrinkage_hint()), error("shrinkage", lang.terms_rate_wrong())).render())
                (select("expiry_bearer", lang.terms_expiry(), &or_manager, &typed.expiry_bearer, None))
                (number("return_days", lang.terms_return_days(), &typed.return_days, Some(lang.terms_return_days_hint()), error("return_days", lang.terms_days_wrong())).render())
                (number("agreed_after_days", lang.terms_silence_days(), &typed.agreed_after_days, Some(lang.terms_silence_hint()), error("agreed_after_days", lang.terms_days_wrong())).render())
                div.actions { button.primary { (lang.terms_agree()) } }
            }
        }
    }
}
