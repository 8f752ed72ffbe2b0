//! The form that ends a contract with a producer, below the one that makes it, and what it does.

use axum::extract::Form;
use axum::response::Response;
use domain::consignment::Terms;
use domain::contract::end_of;
use domain::ids::TermsId;
use maud::{Markup, html};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use web::form::Field;
use web::{Fault, Lang};

use super::approval::{self, Asks};
use super::contract_texts::TillContractTexts;
use super::day;
use super::refund::{Opening, done};
use super::terms::{begun, keep, leads, refuse};
use super::terms_form::{goods_select, read_goods};
use super::visit::{Visit, check_op_id};
use crate::counter::note::{Contracting, Settling};
use crate::counter::{CounterState, Note};

/// The address that it posts to.
pub const END: &str = "/producers/terms/end";

/// The end of a contract as it is typed; the names differ from those of the form above it.
#[derive(Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EndTerms {
    /// Names this form; posting it twice ends once.
    pub(super) op_id: String,
    pub(super) producer_id: Uuid,
    /// The single product whose own version ends; empty for the version for all of them.
    pub(super) end_product_id: String,
    /// The first day without it: `25/11/2026`, `25/11/26`.
    pub(super) end_from: String,
    pub(super) manager_id: Option<Uuid>,
    #[serde(default)]
    pub(super) pin: String,
}

impl EndTerms {
    /// Returns the form as it begins.
    pub(super) fn of(producer_id: Uuid) -> Self {
        Self { producer_id, ..Self::default() }
    }

    /// Returns the end under a drawn id.
    ///
    /// # Errors
    /// The field that cannot be used.
    pub(super) fn read(&self, id: TermsId) -> Result<Terms, &'static str> {
        let product_id = read_goods(&self.end_product_id, "end_product_id")?;
        let from = day::parse(&self.end_from).ok_or("end_from")?;
        Ok(end_of(id, (self.producer_id.into(), product_id), from))
    }
}

/// Ends a contract, and leads to its paper. What is wrong comes back as it was typed, but for the PIN.
pub async fn submit(visit: Visit, Form(form): Form<EndTerms>) -> Result<Response, Fault> {
    let op_id = check_op_id(&form.op_id)?;
    let read = form.read(visit.app.clock().new_uuid().into());
    let wrong = read.err();
    let word = approval::word(form.manager_id, form.pin.clone());
    let state = keep(&visit, &op_id, (read, word)).await?;
    if let Some(to) = leads(&visit, &state, form.producer_id) {
        return done(&visit, state, &to);
    }
    let wrong = wrong.or_else(|| wrong_field(&state));
    let forms = (&begun(&visit, form.producer_id), &form);
    refuse(&visit, form.producer_id, forms, (&state.note, wrong)).await
}

fn wrong_field(state: &CounterState) -> Option<&'static str> {
    match &state.note {
        Note::Settling(Settling::Contracting(Contracting::TermsTooEarly { .. })) => Some("end_from"),
        Note::BadField { field } if field == "product_id" => Some("end_product_id"),
        _ => None,
    }
}

/// The form, open once something was typed; `wrong` names the field that cannot be used. `products` are the producer's, by name.
pub fn form(
    lang: Lang,
    typed: &EndTerms,
    products: &[(Uuid, String)],
    (opening, wrong): (&Opening, Option<&str>),
) -> Markup {
    let error = |field: &str, words: &'static str| (wrong == Some(field)).then_some(words);
    let goods_error = error("end_product_id", lang.bad_goods());
    html! {
        section.card {
            details.ending open[!typed.op_id.is_empty()] {
                summary { (lang.end_contract()) }
                p.hint { (lang.end_about()) }
                form.form method="post" action=(END) {
                    (opening.csrf)
                    input type="hidden" name="op_id" value=(opening.op_id);
                    input type="hidden" name="producer_id" value=(typed.producer_id);
                    (goods_select(lang, ("end_product_id", lang.end_goods()), products, (typed.end_product_id.as_str(), goods_error)))
                    (Field {
                        value: &typed.end_from, hint: Some(lang.end_from_hint()),
                        error: error("end_from", lang.bad_first_day()), ..Field::new("end_from", lang.end_from())
                    }.render())
                    (approval::fields(lang, &opening.managers, "end", Asks::Always { has_focus: false }))
                    div.actions { button { (lang.end_now()) } }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn an_end_is_read_as_it_is_typed() {
        let id = TermsId::from_uuid(Uuid::from_u128(1));
        let product = Uuid::from_u128(7);
        let typed = |goods: &str, from: &str| EndTerms {
            end_product_id: goods.to_owned(),
            end_from: from.to_owned(),
            ..EndTerms::of(Uuid::from_u128(2))
        };
        for (goods, expected) in [(String::new(), None), (product.to_string(), Some(product.into()))] {
            let end = typed(&goods, "25/11/2026").read(id).unwrap();
            assert_eq!((end.id, end.product_id, end.valid_from), (id, expected, date!(2026 - 11 - 25)));
            assert!(end.clauses.ends);
            assert_eq!(end.producer_id.uuid(), Uuid::from_u128(2));
        }
        assert_eq!(typed("toi", "25/11/2026").read(id).unwrap_err(), "end_product_id");
        assert_eq!(typed("", "hôm nay").read(id).unwrap_err(), "end_from");
    }
}
