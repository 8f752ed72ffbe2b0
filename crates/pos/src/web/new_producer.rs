//! A producer whom nobody knew: a name, and the goods can be received.

use axum::extract::Form;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;
use utoipa::ToSchema;
use web::form::{Field, csrf_field};
use web::{Fault, Lang};

use super::desk;
use super::goods_texts::GoodsTexts;
use super::producers::PRODUCERS;
use super::visit::{Visit, Wanted, check_op_id};
use crate::counter::Note;
use crate::counter::new_producer::{self, NewProducer};
use crate::counter::note::Delivering;

/// The address of the form.
pub const NEW_PRODUCER: &str = "/producers/new";

/// What the form posts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddProducer {
    op_id: String,
    name: String,
    #[serde(default)]
    phone: String,
    #[serde(default)]
    address: String,
    #[serde(default)]
    id_number: String,
    /// `yes`: somebody else of this name.
    #[serde(default)]
    another: String,
}

/// The form.
pub async fn page(visit: Visit) -> Result<Response, Fault> {
    show(&visit, &AddProducer::default(), None).await
}

async fn show(visit: &Visit, typed: &AddProducer, told: Option<&Note>) -> Result<Response, Fault> {
    let typed = AddProducer { op_id: visit.new_op_id(), ..typed.clone() };
    let main = html! { (form(visit.lang, &typed, told, csrf_field(&visit.csrf))) };
    desk::page_with(visit, PRODUCERS, visit.lang.new_producer(), told, main).await
}

/// Adds the producer, and leads to the delivery.
pub async fn submit(visit: Visit, Form(typed): Form<AddProducer>) -> Result<Response, Fault> {
    let op_id = check_op_id(&typed.op_id)?;
    let new = NewProducer {
        name: typed.name.clone(),
        phone: typed.phone.clone(),
        address: typed.address.clone(),
        id_number: typed.id_number.clone(),
        is_another: typed.another == "yes",
    };
    let added = new_producer::add(&visit.app, &visit.seat, &op_id, &new).await;
    let (state, producer_id) = visit.ok(added)?;
    if visit.wanted == Wanted::Json {
        let status = if producer_id.is_some() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        return Ok((status, axum::Json(state)).into_response());
    }
    let Some(producer_id) = producer_id else {
        let page = show(&visit, &typed, Some(&state.note)).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    visit.site.leave_note(&visit.seat.counter, state.note);
    Ok(Redirect::to(&format!("/goods?producer_id={producer_id}")).into_response())
}

/// The fields; one of the same name asks whether it is somebody else.
pub fn form(lang: Lang, typed: &AddProducer, told: Option<&Note>, csrf: Markup) -> Markup {
    let is_known = matches!(told, Some(Note::Delivering(Delivering::ProducerKnown { .. })));
    let optional = |name: &'static str, label, value, hint| Field {
        value,
        hint,
        is_required: false,
        ..Field::new(name, label)
    };
    html! {
        form.card.form method="post" action=(NEW_PRODUCER) {
            (csrf)
            input type="hidden" name="op_id" value=(typed.op_id);
            (Field { value: &typed.name, has_focus: true, ..Field::new("name", lang.producer_name()) }.render())
            (Field { inputmode: "tel", ..optional("phone", lang.producer_phone(), &typed.phone, None) }.render())
            (optional("address", lang.producer_address(), &typed.address, None).render())
            (optional("id_number", lang.producer_id_number(), &typed.id_number, Some(lang.producer_id_number_hint())).render())
            @if is_known {
                label.whole { input type="checkbox" name="another" value="yes"; " " (lang.somebody_else()) }
            }
            p.hint.whole { (lang.new_producer_about()) }
            div.actions { button.primary { (lang.add_producer()) } a.button href="/goods" { (lang.back_to_delivery()) } }
        }
    }
}
