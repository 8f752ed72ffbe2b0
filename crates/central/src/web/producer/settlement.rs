//! A settlement as its producer reads it, and what the producer answers.

pub mod file;
pub mod page;
pub mod papers;
pub mod report;
pub mod talk;

use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::Quantity;
use domain::ids::ProductId;
use serde::Deserialize;
use uuid::Uuid;
use web::{Fault, amount};

use super::grid_texts::GridTexts;
use super::{ProducerVisit, Reader};
use crate::answers::{Word, answer, checked_words};
use crate::app::App;
use crate::db::settlement_answers::{Claim, Figure};
use crate::db::settlements::PaperId;
use crate::error::{Error, Refusal};
use crate::web::shell::Place;
use crate::web::shop_settlements::NOT_TAKEN;
use crate::web::stores::Nothing;
use crate::web::workbook;
use page::{Told, Typed, View};
use report::SettlementReport;

/// How the address of a settlement's file ends.
const FILE_END: &str = ".xlsx";

/// What just happened.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SettlementQuery {
    /// `confirmed` or `disputed`, just now.
    said: Option<String>,
}

/// A dispute as it is typed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DisputeForm {
    /// Drawn with the form.
    id: Uuid,
    /// The product whose row is wrong; empty for all of the settlement.
    product: String,
    /// The figure that is wrong; empty for none.
    #[serde(default)]
    figure: String,
    /// What it should be.
    #[serde(default)]
    claimed: String,
    /// What is wrong.
    words: String,
}

impl DisputeForm {
    /// Reads it; or names the field that is wrong.
    fn read(&self) -> Result<(Option<Claim>, String), &'static str> {
        let words = checked_words(&self.words).ok_or("words")?;
        let figure = Figure::from_code(&self.figure);
        let claim = match (figure, self.figure.is_empty() && self.claimed.trim().is_empty()) {
            (None, true) => None,
            (Some(figure), false) if figure == Figure::Due => {
                let vnd = amount::parse(&self.claimed).ok_or("figure")?.vnd();
                Some(Claim { figure, claimed: vnd })
            }
            // Only money of all of the settlement.
            (Some(figure), false) if !self.product.is_empty() => {
                // Nothing was sold, or nothing came back: that is what is found wrong most.
                let quantity = Quantity::parse_count(&self.claimed).map_err(|_| "figure")?;
                Some(Claim { figure, claimed: quantity.milli() })
            }
            _ => return Err("figure"),
        };
        Ok((claim, words))
    }
}

/// That an answer is not enough, as it is typed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InsistForm {
    /// Drawn with the form.
    id: Uuid,
    /// The product whose row it is about; empty for all of the settlement.
    product: String,
    /// Why not.
    words: String,
}

/// The address of a settlement.
#[derive(Debug, Deserialize)]
pub struct Address {
    pub(crate) stream: String,
    pub(crate) seq: String,
}

impl Address {
    /// Returns it as it stands in addresses.
    pub(crate) fn text(&self) -> String {
        format!("{}/{}", self.stream, self.seq)
    }
}

/// A settlement with all its rows: a page, or the same as JSON; with `.xlsx` at its end as a file for a spreadsheet.
#[utoipa::path(
    get, path = "/me/settlements/{stream}/{seq}", tag = "producer",
    params(
        ("stream" = String, Path, description = "the journal"),
        ("seq" = String, Path, description = "its entry; `122.xlsx` for a file"),
        SettlementQuery,
    ),
    responses(
        (status = 200, description = "the settlement; JSON by `Accept: application/json`", body = SettlementReport),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not a producer"),
        (status = 404, description = "no such settlement of this producer"),
    ),
)]
pub async fn get(
    State(app): State<App>,
    reader: Reader,
    Path(address): Path<Address>,
    Query(query): Query<SettlementQuery>,
) -> Result<Response, Fault> {
    // A route cannot say how its last piece ends.
    if let Some(seq) = address.seq.strip_suffix(FILE_END) {
        let address = Address { seq: seq.to_owned(), stream: address.stream.clone() };
        return file(&app, &reader, &address).await;
    }
    let report = load(&app, &reader, &address).await?;
    let told = query.said.as_deref().map_or(Told::Nothing, Told::from_code);
    let typed = Typed::new(app.clock.new_uuid());
    Ok(reader.answer(Place::Settlements, "", &report, |report| view(&reader, report, &typed, told).render()))
}

fn view<'a>(reader: &'a Reader, report: &'a SettlementReport, typed: &'a Typed, told: Told) -> View<'a> {
    View { lang: reader.lang, csrf: reader.csrf(), report, typed, told, wrong_file: None }
}

async fn file(app: &App, reader: &Reader, address: &Address) -> Result<Response, Fault> {
    let report = load(app, reader, address).await?;
    let bytes = reader.ok(workbook::write(file::sheets(reader.lang, &report), app.clock.now_ms()).await)?;
    Ok(workbook::answer(&format!("{}-{}", reader.lang.file_settlement(), report.paper.number), bytes))
}

/// What is no address of a settlement is none of this producer's.
pub(crate) fn read(Address { stream, seq }: &Address) -> Result<PaperId, Fault> {
    let stream = stream.parse().map_err(|_| Fault::not_found())?;
    let seq = seq.parse().map_err(|_| Fault::not_found())?;
    Ok(PaperId { stream, seq })
}

async fn load(app: &App, reader: &Reader, address: &Address) -> Result<SettlementReport, Fault> {
    reader.ok(report::load(app, reader, read(address)?).await)
}

fn leads_to(address: &Address, said: &str) -> Redirect {
    Redirect::to(&format!("/me/settlements/{}?said={said}", address.text()))
}

/// Keeps that the producer agrees.
pub async fn confirm(
    State(app): State<App>,
    visit: ProducerVisit,
    Path(address): Path<Address>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Redirect, Fault> {
    let who = (visit.scope, visit.visit.user.login.as_str());
    let said = answer(&app, who, read(&address)?, &Word::Confirm, app.clock.new_uuid()).await;
    visit.visit.ok(said)?;
    Ok(leads_to(&address, "confirmed"))
}

/// Keeps what the producer finds wrong; without words, with too many, or with half a figure, the form comes back filled in.
pub async fn dispute(
    State(app): State<App>,
    visit: ProducerVisit,
    Path(address): Path<Address>,
    Form(form): Form<DisputeForm>,
) -> Result<Response, Fault> {
    let (claim, words) = match form.read() {
        Ok(read) => read,
        Err(field) => {
            let reader = Reader::from(visit);
            let report = load(&app, &reader, &address).await?;
            let DisputeForm { id, product, figure, claimed, words } = form;
            let typed = Typed { id, product, words, figure, claimed, wrong: Some(field) };
            let main = view(&reader, &report, &typed, Told::Nothing).render();
            let page = reader.page(Place::Settlements, "", main);
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let who = (visit.scope, visit.visit.user.login.as_str());
    let word = Word::Dispute { product_id: row_of(&form.product)?, claim, words };
    visit.visit.ok(answer(&app, who, read(&address)?, &word, form.id).await)?;
    Ok(leads_to(&address, "disputed").into_response())
}

/// Returns the row that a form is about; none for all of the settlement.
///
/// # Errors
/// What is no id is no row.
pub(crate) fn row_of(product: &str) -> Result<Option<ProductId>, Fault> {
    let parsed = |text: &str| text.parse::<ProductId>().map_err(|_| Fault::not_found());
    Some(product).filter(|text| !text.is_empty()).map(parsed).transpose()
}

/// Keeps that the operator's answer is not enough. The browser asks for the words; without them nothing is kept.
pub async fn insist(
    State(app): State<App>,
    visit: ProducerVisit,
    Path(address): Path<Address>,
    Form(form): Form<InsistForm>,
) -> Result<Redirect, Fault> {
    let who = (visit.scope, visit.visit.user.login.as_str());
    let word = Word::Insist { product_id: row_of(&form.product)?, words: form.words };
    match answer(&app, who, read(&address)?, &word, form.id).await {
        Err(Error::Refused(Refusal::SaidOtherwise)) => Ok(leads_to(&address, NOT_TAKEN)),
        said => visit.visit.ok(said).map(|()| leads_to(&address, "disputed")),
    }
}
