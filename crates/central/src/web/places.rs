//! Places: the department looks them up, and those who keep the catalogue write them, each with its days.

pub mod file;
pub mod former;
pub mod page;
pub mod pasted;
pub mod sheet;

use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::place::PlaceKind;
use maud::Markup;
use serde::{Deserialize, Serialize};
use time::Date;
use utoipa::ToSchema;
use web::Fault;
use web::format::local_date;
use web::fragment::Tone;

use super::lists::{self, WORDS_MAX};
use super::place_texts::PlaceTexts;
use super::points::edit::Pairs;
use super::points::typed::Typed;
use super::sales::report::{iso, iso_maybe};
use super::sheet_file::Download;
use super::shell::{self, Frame, Place as Tab};
use super::stores::Nothing;
use super::texts::CentralTexts;
use super::visit::{Visit, Wanted, Who};
use crate::admin::NewPlace;
use crate::app::App;
use crate::db::places::{self, FormerPlace, Picked, Place};
use crate::error::{Error, Result as Found};

/// Pasted lines, in characters.
const PASTED_MAX: usize = 40_000;

/// The query as it is written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct PlacesQuery {
    /// Words of the name or of a former one, or a code.
    pub q: String,
    /// `commune`, `ward` or `special_zone`.
    pub kind: String,
    /// The former district, as it is written.
    pub district: String,
    /// The code of a unit whose row the form is to begin with.
    #[param(ignore)]
    pub change: String,
    /// Something was saved.
    #[param(ignore)]
    pub done: String,
}

impl PlacesQuery {
    fn read(&self) -> Result<Picked, Fault> {
        let words = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let is_known = self.kind.is_empty() || PlaceKind::from_code(&self.kind).is_some();
        if !is_known || [&self.q, &self.district].iter().any(|text| text.chars().count() > WORDS_MAX) {
            return Err(Fault::for_status(StatusCode::UNPROCESSABLE_ENTITY));
        }
        Ok(Picked { words: words(&self.q), kind: words(&self.kind), former_district: words(&self.district) })
    }

    /// Returns the address of the same list with another ending, `.xlsx`.
    pub fn href(&self, ending: &str) -> String {
        lists::href(
            "/places",
            ending,
            lists::query_text(&[("q", &self.q), ("kind", &self.kind), ("district", &self.district)]),
            None,
        )
    }
}

/// Units by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PlacesReport {
    /// Those that are picked; of one code the latest last.
    pub places: Vec<PlaceOfList>,
}

/// A unit as it is from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PlaceOfList {
    /// Its code.
    pub code: String,
    /// With its kind.
    pub name: String,
    /// `commune`, `ward` or `special_zone`.
    pub kind: String,
    /// The district that it belonged to until 30/6/2025.
    pub former_district: String,
    /// Units from before that became part of it.
    pub was: Vec<String>,
    /// The first day.
    #[serde(serialize_with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub from: Date,
    /// The last day; none while nothing has followed.
    #[serde(serialize_with = "iso_maybe")]
    #[schema(value_type = Option<String>, format = Date)]
    pub until: Option<Date>,
    /// The paper that says so.
    pub source: String,
}

impl PlaceOfList {
    fn of(place: Place, former: &[FormerPlace]) -> Self {
        let was = former.iter().filter(|row| row.place_code == place.code).map(|row| row.name.clone());
        Self {
            was: was.collect(),
            code: place.code,
            name: place.name,
            kind: place.kind,
            former_district: place.former_district,
            from: place.valid_from,
            until: place.valid_to,
            source: place.source,
        }
    }
}

/// Units: a page, or the same as JSON.
#[utoipa::path(
    get, path = "/places", tag = "catalogue", params(PlacesQuery),
    responses(
        (status = 200, description = "units by name; JSON by `Accept: application/json`", body = PlacesReport),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not for this role"),
        (status = 422, description = "a code in the query is unknown"),
    ),
)]
pub async fn get(
    State(app): State<App>,
    visit: Visit,
    Query(query): Query<PlacesQuery>,
) -> Result<Response, Fault> {
    let report = visit.ok(load(&app, &query.read()?).await)?;
    if visit.wanted == Wanted::Json {
        return Ok(axum::Json(&report).into_response());
    }
    let typed = first(&app, &visit, &report, &query);
    Ok(page(&app, &visit, (&query, &report), &typed).await?.into_response())
}

async fn load(app: &App, picked: &Picked) -> Found<PlacesReport> {
    let mut tx = app.db.begin_reading().await?;
    let former = places::list_former(&mut tx).await?;
    let rows = places::list(&mut tx, picked).await?;
    Ok(PlacesReport { places: rows.into_iter().map(|place| PlaceOfList::of(place, &former)).collect() })
}

/// The empty form, or that of a unit as it is.
fn first(app: &App, visit: &Visit, report: &PlacesReport, query: &PlacesQuery) -> Typed {
    let today = local_date(app.clock.now_ms()).to_string();
    let of_it = |place: &&PlaceOfList| !query.change.is_empty() && place.code == query.change;
    match report.places.iter().filter(of_it).max_by_key(|place| place.from) {
        Some(place) => Typed::with(
            visit.lang,
            [
                ("from", today),
                ("code", place.code.clone()),
                ("name", place.name.clone()),
                ("former_district", place.former_district.clone()),
                ("source", place.source.clone()),
            ],
        ),
        None => Typed::with(visit.lang, [("from", today)]),
    }
}

/// Writes a unit from a day on; what was typed wrong comes back.
pub async fn set(State(app): State<App>, visit: Visit, Form(pairs): Pairs) -> Result<Response, Fault> {
    let mut typed = Typed::read(visit.lang, pairs)?;
    let (code, name) = (typed.needed("code"), typed.needed("name"));
    let (former_district, source, from) =
        (typed.optional("former_district"), typed.optional("source"), typed.day("from"));
    if let (Some(valid_from), true) = (from, typed.is_right()) {
        let new = NewPlace { code, name, valid_from, former_district, source };
        match visit.admin().set_place(&new).await {
            Ok(()) => return Ok(Redirect::to("/places?done=yes").into_response()),
            Err(Error::Refused(_)) => typed.refuse("name", visit.lang.places_refused()),
            Err(error) => return visit.ok(Err(error)),
        }
    }
    wrong(&app, &visit, &typed).await
}

/// Brings pasted lines, all or none; what is wrong comes back.
pub async fn bring(State(app): State<App>, visit: Visit, Form(pairs): Pairs) -> Result<Response, Fault> {
    let mut typed = Typed::read(visit.lang, pairs)?;
    // A paste from a spreadsheet has tabs in it, which no other field takes.
    let text = typed.get("lines").replace("\r\n", "\n");
    if text.chars().count() > PASTED_MAX {
        typed.refuse("lines", visit.lang.places_bring_refused());
    }
    if typed.is_right() {
        match pasted::read(&text) {
            Ok((new, former)) => match visit.admin().bring_places(&new, &former).await {
                Ok(()) => return Ok(Redirect::to("/places?done=yes").into_response()),
                Err(Error::Refused(_)) => typed.refuse("lines", visit.lang.places_bring_refused()),
                Err(error) => return visit.ok(Err(error)),
            },
            Err(line) => typed.refuse("lines", visit.lang.places_bring_wrong(line)),
        }
    }
    wrong(&app, &visit, &typed).await
}

/// Ends a unit with today.
pub async fn end(
    State(app): State<App>,
    visit: Visit,
    Path(place): Path<String>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, Fault> {
    visit.ok(visit.admin().end_place(&place, local_date(app.clock.now_ms())).await)?;
    Ok(Redirect::to("/places?done=yes").into_response())
}

/// Returns the page with what was typed wrong.
async fn wrong(app: &App, visit: &Visit, typed: &Typed) -> Result<Response, Fault> {
    let report = visit.ok(load(app, &Picked::default()).await)?;
    let page = page(app, visit, (&PlacesQuery::default(), &report), typed).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

async fn page(
    app: &App,
    visit: &Visit,
    (query, report): (&PlacesQuery, &PlacesReport),
    typed: &Typed,
) -> Result<Markup, Fault> {
    let mut tx = visit.ok(app.db.begin_reading().await)?;
    let districts = visit.ok(places::list_districts(&mut tx).await)?;
    let may_act = Who::TRADE.admits(visit.user.role);
    let (lang, csrf, today) = (visit.lang, &visit.csrf, local_date(app.clock.now_ms()));
    let view = page::View { lang, csrf, may_act, today, query, districts: &districts, report, typed };
    let frame = Frame { place: Tab::Places, brand: lang.brand(), query: "" };
    Ok(shell::page(visit, &frame, view.render()))
}

/// The same units as a file; behind them what units from before became.
pub async fn download(
    State(app): State<App>,
    visit: Visit,
    file: Download,
    Query(query): Query<PlacesQuery>,
) -> Result<Response, Fault> {
    let report = visit.ok(load(&app, &query.read()?).await)?;
    let former = visit.ok(former::load(&app).await)?;
    let sheets = vec![sheet::sheet(visit.lang, report.places), sheet::former(visit.lang, &former)];
    file.answer_as(&visit, visit.lang.places_file(), sheets).await
}

/// Says that something was saved, and where its commune is written like none of the units of today, that too.
pub(super) async fn saved_in(
    app: &App,
    visit: &Visit,
    commune: &str,
    saved: String,
) -> Result<(Tone, String), Fault> {
    let mut tx = visit.ok(app.db.begin_reading().await)?;
    let today = local_date(app.clock.now_ms());
    if commune.is_empty() || visit.ok(places::is_unit(&mut tx, commune, today).await)? {
        return Ok((Tone::Good, saved));
    }
    Ok((Tone::Warn, format!("{saved} {}", visit.lang.commune_unknown(commune))))
}
