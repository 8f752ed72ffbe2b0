//! What a product sold at each point of sale in a period: a paper for the product's OCOP dossier, to be signed there.

pub mod page;
pub mod report;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::ids::ProductId;
use serde::Deserialize;
use web::Fault;
use web::format::local_date;

use super::Reader;
use super::picked::Picked;
use crate::app::App;
use crate::db::consigned::{Only, heard, sold_by_store, stock_by_store};
use crate::web::sales::filter::{Wrong, read_days};
use crate::web::sales::period::{Period, Preset};
use crate::web::shell::Place;
use crate::web::visit::Wanted;
use page::{Typed, View};
use report::{Dossier, DossierPaper, ProductChoice};

/// The product and the period as they are written.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DossierQuery {
    /// The product's id; without it the only one, if there is one alone.
    product: Option<String>,
    /// First day, `2026-01-01`; without days, from the first of January.
    from: Option<String>,
    /// Last day, included.
    to: Option<String>,
}

/// What a product sold by point of sale: a page to print, or the same as JSON.
#[utoipa::path(
    get, path = "/me/dossier", tag = "producer", params(DossierQuery),
    responses(
        (status = 200, description = "sales of a product by store; JSON by `Accept: application/json`", body = Dossier),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not a producer"),
        (status = 404, description = "no such product of this producer"),
        (status = 422, description = "no such period"),
    ),
)]
pub async fn get(
    State(app): State<App>,
    reader: Reader,
    Query(query): Query<DossierQuery>,
) -> Result<Response, Fault> {
    let today = local_date(app.clock.now_ms());
    let period = read_period(&query, today);
    let asked = period.as_ref().copied().unwrap_or_else(|_| Preset::Year.period(today));
    let picked = Picked::read(&reader, query.product.as_deref(), None).await?;
    let dossier = reader.ok(load(&app, &reader, picked, asked).await)?;
    let typed = Typed::of(&dossier, &query, asked);
    let wrong = period.err();
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    if wrong.is_some() && reader.wanted == Wanted::Json {
        return Err(Fault::for_status(status));
    }
    let answer = reader.answer(Place::Dossier, &typed.query(), &dossier, |dossier| {
        View {
            lang: reader.lang,
            root: &reader.root,
            today,
            dossier,
            typed: &typed,
            wrong,
            is_of_one_operator: reader.is_of_one_operator(),
        }
        .render()
    });
    Ok((status, answer).into_response())
}

fn read_period(query: &DossierQuery, today: time::Date) -> Result<Period, Wrong> {
    let given = |text: &Option<String>| text.as_deref().unwrap_or_default().trim().to_owned();
    match (given(&query.from), given(&query.to)) {
        (from, to) if from.is_empty() && to.is_empty() => Ok(Preset::Year.period(today)),
        (from, to) => read_days(&from, &to),
    }
}

async fn load(app: &App, reader: &Reader, picked: Picked, period: Period) -> crate::Result<Dossier> {
    let (db, scope, now_ms) = (&app.db, reader.scope, app.clock.now_ms());
    let held = stock_by_store(db, scope, local_date(now_ms), Only::default()).await?;
    let products = ProductChoice::list(&held);
    let alone = if let [only] = products.as_slice() { Some(only.product_id) } else { None };
    let chosen = picked.only.product.map(ProductId::uuid).or(alone);
    let Some(product_id) = chosen else { return Ok(Dossier { products, paper: None }) };
    let only = Only { product: Some(product_id.into()), store: None };
    let sold = sold_by_store(db, scope, (period.from, period.to), only).await?;
    let name = picked.product.unwrap_or_default();
    let paper = DossierPaper::of(&reader.name, (product_id, name), period, (&held, sold))
        .told_until(&heard(db, scope).await?, now_ms);
    Ok(Dossier { products, paper: Some(paper) })
}
