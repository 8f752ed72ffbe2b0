//! The rows of the open cart: another quantity, one more or less, a row less, everything gone.

use axum::extract::Form;
use axum::response::Response;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use web::Fault;

use super::side::Side;
use super::visit::Visit;
use crate::counter::Note;
use crate::counter::edit::{self, Row};

/// Another quantity for a row.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetQuantity {
    sale_id: Uuid,
    row: usize,
    product_id: Uuid,
    /// As typed: `3`, `1,25`.
    quantity: String,
}

/// Sets the quantity of a row.
pub async fn quantity(visit: Visit, Form(form): Form<SetQuantity>) -> Result<Response, Fault> {
    let request = visit.request(form.sale_id)?;
    let row = Row { index: form.row, product_id: form.product_id.into() };
    let state = visit.ok(edit::set_quantity(&visit.app, &visit.seat, &request, row, &form.quantity).await)?;
    let is_wrong = matches!(state.note, Note::BadQuantity { .. } | Note::BadWeight);
    let side = if is_wrong { Side::Quantity } else { Side::Keys };
    Ok(visit.answer_state(state, &side, None))
}

/// A row with one more or less.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Step {
    sale_id: Uuid,
    row: usize,
    product_id: Uuid,
    /// 1 or -1.
    pieces: i8,
}

/// Adds pieces to a row, or takes some off; the weight of a weighed row is asked for.
pub async fn step(visit: Visit, Form(form): Form<Step>) -> Result<Response, Fault> {
    let request = visit.request(form.sale_id)?;
    let row = Row { index: form.row, product_id: form.product_id.into() };
    let done = edit::step_quantity(&visit.app, &visit.seat, &request, row, form.pieces).await;
    let state = visit.ok(done)?;
    let side = if matches!(state.note, Note::NeedsWeight { .. }) { Side::Quantity } else { Side::Keys };
    Ok(visit.answer_state(state, &side, None))
}

/// A row that goes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Remove {
    sale_id: Uuid,
    row: usize,
    product_id: Uuid,
}

/// Takes a row out.
pub async fn remove(visit: Visit, Form(form): Form<Remove>) -> Result<Response, Fault> {
    let request = visit.request(form.sale_id)?;
    let row = Row { index: form.row, product_id: form.product_id.into() };
    visit.answer(edit::remove(&visit.app, &visit.seat, &request, row).await, &Side::Keys)
}

/// The cart that goes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Clear {
    sale_id: Uuid,
}

/// Clears the cart.
pub async fn clear(visit: Visit, Form(form): Form<Clear>) -> Result<Response, Fault> {
    let request = visit.request(form.sale_id)?;
    visit.answer(edit::clear(&visit.app, &visit.seat, &request).await, &Side::Keys)
}
