//! The form that makes a contract with a producer: read whole, or not at all.

use domain::Rate;
use domain::consignment::{Basis, Bearer, Terms};
use domain::contract::{AGREED_DAYS_MOST, Clauses, Mode, RETURN_DAYS_MOST};
use domain::ids::{ProductId, TermsId};
use maud::{Markup, html};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use web::Lang;
use web::form::{Field, select};

use super::approval::{self, Asks};
use super::contract_texts::TillContractTexts;
use super::day;
use super::refund::Opening;

/// The address that it posts to.
pub const AGREE: &str = "/producers/terms";

/// A version of the terms as it is typed.
#[derive(Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AgreeTerms {
    /// Names this form; posting it twice agrees once.
    pub(super) op_id: String,
    pub(super) producer_id: Uuid,
    /// The single product; empty for all of them.
    pub(super) product_id: String,
    /// First day: `25/11/2026`, `25/11/26`.
    pub(super) valid_from: String,
    /// `consigned` or `bought`.
    pub(super) mode: String,
    /// Percent: `12`, `12,5`; empty for none.
    pub(super) commission: String,
    /// `gross` or `net`.
    pub(super) basis: String,
    /// `store` or `producer`.
    pub(super) discount_bearer: String,
    /// `store`, `producer`, or empty.
    pub(super) loss_bearer: String,
    /// Percent; empty for none.
    pub(super) shrinkage: String,
    /// `store`, `producer`, or empty.
    pub(super) expiry_bearer: String,
    /// Empty for as the goods are.
    pub(super) return_days: String,
    /// Empty for as is usual at central.
    pub(super) agreed_after_days: String,
    pub(super) manager_id: Option<Uuid>,
    #[serde(default)]
    pub(super) pin: String,
}

impl AgreeTerms {
    /// Returns the terms under a drawn id.
    ///
    /// # Errors
    /// The field that cannot be used.
    pub(super) fn read(&self, id: TermsId) -> Result<Terms, &'static str> {
        let product_id = read_goods(&self.product_id, "product_id")?;
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
        Ok(Terms {
            id,
            producer_id: self.producer_id.into(),
            product_id,
            commission: if mode == Mode::Bought { Rate::ZERO } else { commission },
            basis: Basis::from_code(&self.basis).ok_or("basis")?,
            discount_bearer: Bearer::from_code(&self.discount_bearer).ok_or("discount_bearer")?,
            valid_from: day::parse(&self.valid_from).ok_or("valid_from")?,
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

/// Reads whose version it is: a single product's, or, where none is chosen, the one for all of them.
///
/// # Errors
/// The field, when it cannot be used.
pub(super) fn read_goods(typed: &str, field: &'static str) -> Result<Option<ProductId>, &'static str> {
    if typed.is_empty() {
        return Ok(None);
    }
    typed.parse::<ProductId>().map(Some).map_err(|_| field)
}

/// The choice of a producer's products: all of them first, then each by name.
pub(super) fn goods_select(
    lang: Lang,
    (name, label): (&str, &str),
    products: &[(Uuid, String)],
    (chosen, error): (&str, Option<&str>),
) -> Markup {
    let ids: Vec<String> = products.iter().map(|(id, _)| id.to_string()).collect();
    let mut goods = vec![("", lang.all_goods())];
    goods.extend(ids.iter().zip(products).map(|(id, (_, words))| (id.as_str(), words.as_str())));
    select(name, label, &goods, chosen, error)
}

/// The form, as typed; `wrong` names the field that cannot be used. `products` are the producer's, by name.
pub fn form(
    lang: Lang,
    typed: &AgreeTerms,
    products: &[(Uuid, String)],
    (opening, wrong): (&Opening, Option<&str>),
) -> Markup {
    let error = |field: &str, words: &'static str| (wrong == Some(field)).then_some(words);
    let goods_error = error("product_id", lang.bad_goods());
    let modes = [("consigned", lang.mode_consigned()), ("bought", lang.mode_bought())];
    let bases = [("gross", lang.of_gross()), ("net", lang.of_net())];
    let sides = [("store", lang.by_store()), ("producer", lang.by_producer())];
    let or_manager = [sides[0], sides[1], ("", lang.by_manager())];
    let text = |name: &'static str, label, value, hint, error| Field {
        value,
        hint: Some(hint),
        error,
        is_required: false,
        inputmode: "decimal",
        ..Field::new(name, label)
    };
    html! {
        form.card.form method="post" action=(AGREE) {
            (opening.csrf)
            input type="hidden" name="op_id" value=(opening.op_id);
            input type="hidden" name="producer_id" value=(typed.producer_id);
            h2.whole { (lang.new_version()) }
            (goods_select(lang, ("product_id", lang.for_goods()), products, (typed.product_id.as_str(), goods_error)))
            (Field { is_required: true, inputmode: "text", ..text("valid_from", lang.first_day(), &typed.valid_from,
                lang.first_day_hint(), error("valid_from", lang.bad_first_day())) }.render())
            (select("mode", lang.goods_mode(), &modes, &typed.mode, None))
            (Field { has_focus: true, ..text("commission", lang.commission_rate(), &typed.commission,
                lang.commission_hint(), error("commission", lang.bad_percent())) }.render())
            (select("basis", lang.commission_of(), &bases, &typed.basis, None))
            (select("discount_bearer", lang.discounts_by(), &sides, &typed.discount_bearer, None))
            (select("loss_bearer", lang.losses_by(), &or_manager, &typed.loss_bearer, None))
            (text("shrinkage", lang.shrinkage(), &typed.shrinkage, lang.shrinkage_hint(),
                error("shrinkage", lang.bad_percent())).render())
            (select("expiry_bearer", lang.expiry_by(), &or_manager, &typed.expiry_bearer, None))
            (text("return_days", lang.return_days(), &typed.return_days, lang.return_days_hint(),
                error("return_days", lang.bad_days())).render())
            (text("agreed_after_days", lang.silence_days(), &typed.agreed_after_days, lang.silence_hint(),
                error("agreed_after_days", lang.bad_silence())).render())
            (approval::fields(lang, &opening.managers, "terms", Asks::Always { has_focus: false }))
            div.actions {
                button.primary { (lang.agree()) }
                a.button href={ "/producers/" (typed.producer_id) } { (lang.to_producer()) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    fn typed() -> AgreeTerms {
        AgreeTerms {
            valid_from: "25/11/2026".to_owned(),
            mode: "consigned".to_owned(),
            commission: "12,5".to_owned(),
            basis: "net".to_owned(),
            discount_bearer: "producer".to_owned(),
            loss_bearer: "store".to_owned(),
            shrinkage: " 2 ".to_owned(),
            return_days: "3".to_owned(),
            agreed_after_days: "7".to_owned(),
            ..AgreeTerms::default()
        }
    }

    #[test]
    fn a_form_is_read_as_it_is_typed() {
        let id = TermsId::from_uuid(Uuid::from_u128(1));
        let terms = typed().read(id).unwrap();
        assert_eq!((terms.id, terms.product_id, terms.valid_from), (id, None, date!(2026 - 11 - 25)));
        assert_eq!((terms.commission.ppm(), terms.basis), (125_000, Basis::Net));
        assert_eq!(
            terms.clauses,
            Clauses {
                mode: Mode::Consigned,
                return_days: Some(3),
                shrinkage: Rate::percent(2),
                loss_bearer: Some(Bearer::Store),
                expiry_bearer: None,
                agreed_after_days: Some(7),
                ends: false,
            }
        );
        let bought = AgreeTerms { mode: "bought".to_owned(), ..typed() };
        assert_eq!(bought.read(id).unwrap().commission, Rate::ZERO);
        let bought = AgreeTerms { commission: String::new(), ..bought };
        assert_eq!(bought.read(id).unwrap().clauses.mode, Mode::Bought);
    }

    #[test]
    fn the_first_wrong_field_is_named() {
        let id = TermsId::from_uuid(Uuid::from_u128(1));
        type Change = fn(&mut AgreeTerms);
        let cases: [(&str, Change); 13] = [
            ("commission", |form| form.commission = "101".to_owned()),
            ("commission", |form| form.commission = String::new()),
            ("commission", |form| form.commission = "-1".to_owned()),
            ("product_id", |form| form.product_id = "toi".to_owned()),
            ("valid_from", |form| form.valid_from = "hôm nay".to_owned()),
            ("mode", |form| form.mode = "lent".to_owned()),
            ("basis", |form| form.basis = String::new()),
            ("discount_bearer", |form| form.discount_bearer = String::new()),
            ("loss_bearer", |form| form.loss_bearer = "nobody".to_owned()),
            ("shrinkage", |form| form.shrinkage = "100,1".to_owned()),
            ("return_days", |form| form.return_days = "366".to_owned()),
            ("agreed_after_days", |form| form.agreed_after_days = "0".to_owned()),
            ("agreed_after_days", |form| form.agreed_after_days = "một tuần".to_owned()),
        ];
        for (field, change) in cases {
            let mut form = typed();
            change(&mut form);
            assert_eq!(form.read(id).unwrap_err(), field);
        }
    }
}
