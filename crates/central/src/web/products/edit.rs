//! An administrator's acts on a product: added, written anew, retired.

use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::ProductId;
use web::Fault;
use web::fragment::Tone;

use super::detail::ProductReport;
use super::form::{self, Purpose, Typed};
use super::page::Choices;
use super::{editable, find, form_choices, frame, show};
use crate::app::App;
use crate::error::{Error, Refusal};
use crate::web::product_texts::ProductTexts;
use crate::web::shell;
use crate::web::stores::Nothing;
use crate::web::visit::Visit;

/// The empty form for a new product.
pub async fn new(State(app): State<App>, visit: Visit) -> Result<Response, Fault> {
    let choices = visit.ok(form_choices(&app, &visit).await)?;
    let typed = Typed::new(app.clock.new_uuid().into());
    Ok(form_page(&visit, (&typed, &choices, Purpose::Add)).into_response())
}

/// Adds a product; what was typed wrong comes back.
pub async fn add(
    State(app): State<App>,
    visit: Visit,
    Form(mut typed): Form<Typed>,
) -> Result<Response, Fault> {
    let choices = visit.ok(form_choices(&app, &visit).await)?;
    // Who posts no id makes a product of its own.
    let id = if typed.id.is_empty() { app.clock.new_uuid().into() } else { parsed(&typed.id)? };
    let added = match visit.ok(typed.check(&app.db, visit.lang, &choices).await)? {
        Some(new) => Some(visit.admin().add_product_as(id, &new).await),
        None => None,
    };
    answer(&visit, added, id, (typed, &choices, Purpose::Add))
}

/// The form for a product as it is.
pub async fn edit(
    State(app): State<App>,
    visit: Visit,
    Path(product): Path<String>,
) -> Result<Response, Fault> {
    let report = editable(&app, &visit, &product).await?;
    let choices = visit.ok(form_choices(&app, &visit).await)?;
    Ok(form_page(&visit, (&Typed::of(&report), &choices, purpose(&report))).into_response())
}

/// Writes a product anew; what was typed wrong comes back.
pub async fn update(
    State(app): State<App>,
    visit: Visit,
    Path(product): Path<String>,
    Form(mut typed): Form<Typed>,
) -> Result<Response, Fault> {
    let report = editable(&app, &visit, &product).await?;
    let (id, choices) = (report.product_id.into(), visit.ok(form_choices(&app, &visit).await)?);
    typed.id = report.product_id.to_string();
    let updated = match visit.ok(typed.check(&app.db, visit.lang, &choices).await)? {
        Some(new) => Some(visit.admin().update_product(id, &new).await),
        None => None,
    };
    answer(&visit, updated, id, (typed, &choices, purpose(&report)))
}

/// Takes a product out of the catalogue.
pub async fn retire(
    State(app): State<App>,
    visit: Visit,
    Path(product): Path<String>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, Fault> {
    let id: ProductId = parsed(&product)?;
    match visit.admin().retire_product(id).await {
        Ok(()) => Ok(Redirect::to(&format!("/products/{id}?done=retired")).into_response()),
        Err(Error::Refused(Refusal::Held { value })) => {
            let report = find(&app, &visit, &product).await?;
            let told = Some((Tone::Bad, visit.lang.product_held_by(value)));
            let page = show(&app, &visit, &report, told).await?;
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Err(error) => visit.ok(Err(error)),
    }
}

fn parsed<T: std::str::FromStr>(id: &str) -> Result<T, Fault> {
    id.parse().map_err(|_| Fault::not_found())
}

fn purpose(report: &ProductReport) -> Purpose {
    if report.status == "retired" { Purpose::Restore } else { Purpose::Edit }
}

fn answer(
    visit: &Visit,
    done: Option<crate::Result<()>>,
    id: ProductId,
    (mut typed, choices, purpose): (Typed, &Choices, Purpose),
) -> Result<Response, Fault> {
    match done {
        Some(Ok(())) => return Ok(Redirect::to(&format!("/products/{id}?done=saved")).into_response()),
        Some(Err(Error::Refused(refusal))) => typed.refuse(visit.lang, &refusal),
        Some(Err(error)) => return visit.ok(Err(error)),
        None => {}
    }
    let page = form_page(visit, (&typed, choices, purpose));
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

fn form_page(visit: &Visit, (typed, choices, purpose): (&Typed, &Choices, Purpose)) -> maud::Markup {
    let product = format!("/products/{}", typed.id);
    let (action, back) = match purpose {
        Purpose::Add => ("/products/new".to_owned(), "/products".to_owned()),
        Purpose::Edit | Purpose::Restore => (format!("{product}/edit"), product),
    };
    let main = form::page(visit.lang, &visit.csrf, (typed, choices, purpose), (&action, &back));
    shell::page(visit, &frame(visit, ""), main)
}
