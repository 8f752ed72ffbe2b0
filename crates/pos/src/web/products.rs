//! A product that nobody knew, added in seconds.

use axum::extract::{Form, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::Money;
use domain::catalog::SoldBy;
use domain::ids::ProducerId;
use maud::{Markup, html};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use web::form::{Field, csrf_field, select};
use web::{Fault, Lang};

use super::desk;
use super::page_texts::PageTexts;
use super::visit::{Visit, Wanted, check_op_id};
use crate::counter::provisional::{self, NewProduct};
use crate::counter::{Note, Request};
use crate::db::producers::{self, Producer};
use web::amount;

/// Producers in the list to choose from.
pub const PRODUCERS_MAX: i64 = 2_000;
/// What a box that is ticked says.
pub(super) const YES: &str = "yes";

/// What the cashier tells of it.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddProduct {
    /// Names this form; posting it twice adds one product.
    op_id: String,
    /// The open cart's sale.
    sale_id: Uuid,
    /// What is on the pack; may be empty.
    barcode: String,
    name: String,
    unit: String,
    /// `piece` or `weight`.
    sold_by: String,
    /// As typed: `95.000`.
    price: String,
    /// Whose consigned goods; empty for the store's own.
    producer_id: String,
    /// `yes` for food, drink and medicine, which are not sold past their date.
    #[serde(default)]
    is_food: String,
}

/// The code that was missed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Missed {
    #[serde(default)]
    code: String,
}

/// The form, with the missed code in it.
pub async fn page(visit: Visit, Query(missed): Query<Missed>) -> Result<Response, Fault> {
    let state = visit.state(Note::Ready).await?;
    let form = AddProduct {
        op_id: visit.new_op_id(),
        sale_id: state.sale_id,
        barcode: missed.code.chars().take(64).collect(),
        sold_by: SoldBy::Piece.code().to_owned(),
        is_food: YES.to_owned(),
        ..AddProduct::default()
    };
    show(&visit, &form, None).await
}

async fn show(visit: &Visit, form: &AddProduct, wrong: Option<&str>) -> Result<Response, Fault> {
    let producers = visit.ok(producers::list_producers(visit.app.db().read(), PRODUCERS_MAX).await)?;
    let lang = visit.lang;
    let main = html! { (fields(visit, form, &producers, wrong)) };
    desk::page(visit, "/products/new", lang.new_product(), main).await
}

/// Adds the product, and one of it to the cart.
pub async fn add(visit: Visit, Form(form): Form<AddProduct>) -> Result<Response, Fault> {
    let request = Request { op_id: check_op_id(&form.op_id)?, sale_id: form.sale_id.into() };
    let new = NewProduct {
        barcode: Some(form.barcode.clone()),
        name: form.name.clone(),
        unit: form.unit.clone(),
        // What cannot be read is refused as a price of nothing.
        price: amount::parse(&form.price).unwrap_or(Money::ZERO),
        sold_by: SoldBy::from_code(&form.sold_by).unwrap_or(SoldBy::Piece),
        producer_id: form.producer_id.parse::<ProducerId>().ok(),
        refuse_expired: form.is_food == YES,
    };
    let state = visit.ok(provisional::add(&visit.app, &visit.seat, &request, new).await)?;
    visit.site.choose(&visit.seat.counter, state.chosen);
    let wrong = match &state.note {
        Note::BadField { field } => Some(field.clone()),
        _ => None,
    };
    if visit.wanted == Wanted::Json {
        let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        return Ok((status, axum::Json(state)).into_response());
    }
    if let Some(wrong) = wrong {
        // The refused form was a request of its own: the corrected one needs another name.
        let form = AddProduct { op_id: visit.new_op_id(), ..form };
        let mut response = show(&visit, &form, Some(&wrong)).await?;
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(response);
    }
    visit.site.leave_note(&visit.seat.counter, state.note);
    Ok(Redirect::to("/").into_response())
}

fn fields(visit: &Visit, form: &AddProduct, producers: &[Producer], wrong: Option<&str>) -> Markup {
    let lang = visit.lang;
    let error = |field: &str, words: &'static str| (wrong == Some(field)).then_some(words);
    html! {
        form.card.form method="post" action="/products/new" {
            (csrf_field(&visit.csrf))
            input type="hidden" name="op_id" value=(form.op_id);
            input type="hidden" name="sale_id" value=(form.sale_id);
            (Field { value: &form.name, error: error("name", lang.bad_name()), has_focus: true, ..Field::new("name", lang.name()) }.render())
            (Field { value: &form.unit, error: error("unit", lang.bad_unit()), hint: Some(lang.unit_hint()),
                ..Field::new("unit", lang.unit()) }.render())
            (Field { value: &form.price, error: error("price", lang.bad_price()), hint: Some(lang.price_hint()),
                inputmode: "numeric", is_amount: true, ..Field::new("price", lang.price()) }.render())
            (select("sold_by", lang.sold_by(), &[("piece", lang.by_piece()), ("weight", lang.by_weight())], &form.sold_by, None))
            (producer_select(lang, producers, &form.producer_id))
            (Field { value: &form.barcode, error: error("barcode", lang.bad_barcode()), hint: Some(lang.barcode_hint()),
                is_required: false, ..Field::new("barcode", lang.barcode()) }.render())
            (food_tick(lang, "is_food", form.is_food == YES))
            p.hint.whole { (lang.new_product_about()) }
            div.actions {
                button.primary { (lang.add_product()) }
                a.button href="/" { (lang.to_counter()) }
            }
        }
    }
}

/// Whether a new product is one that is not sold past its date.
pub(super) fn food_tick(lang: Lang, name: &str, is_food: bool) -> Markup {
    html! {
        label.tick.whole {
            input type="checkbox" name=(name) value=(YES) checked[is_food];
            span { (lang.is_food()) }
        }
    }
}

/// A choice among all producers, and none.
pub fn producer_select(lang: Lang, producers: &[Producer], chosen: &str) -> Markup {
    let ids: Vec<String> = producers.iter().map(|producer| producer.producer_id.to_string()).collect();
    let mut options = vec![("", lang.own_goods())];
    options.extend(ids.iter().zip(producers).map(|(id, producer)| (id.as_str(), producer.name.as_str())));
    select("producer_id", lang.producer(), &options, chosen, None)
}
