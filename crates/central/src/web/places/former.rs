//! What units from before 1/7/2025 became: looked up, entered by a paper, and corrected where a pair was wrong.

use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::Fault;
use web::form::{Field, csrf_field};
use web::format::count_text;
use web::fragment::{Tone, message};

use super::sheet;
use crate::admin::NewFormerPlace;
use crate::app::App;
use crate::db::places::{self, FormerPlace, Picked};
use crate::error::{Error, Result as Found};
use crate::web::place_texts::PlaceTexts;
use crate::web::points::edit::Pairs;
use crate::web::points::typed::Typed;
use crate::web::product_texts::ProductTexts;
use crate::web::sheet_file::{self, Download};
use crate::web::shell::{self, Frame, Place as Tab};
use crate::web::texts::CentralTexts;
use crate::web::visit::{Visit, Wanted, Who};

const ADDRESS: &str = "/places/former";

/// Units from before, by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FormerReport {
    /// Each with the unit that it is part of; one that was parted several times.
    pub former_places: Vec<FormerOfList>,
}

/// A unit from before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FormerOfList {
    /// With its kind, as papers from before write it.
    pub name: String,
    /// Its district.
    pub former_district: String,
    /// Code of the unit that it is part of.
    pub code: String,
    /// That unit's name.
    pub became: String,
    /// The paper that says so.
    pub source: String,
    /// Whose login wrote it; empty for what came with the program.
    pub recorded_by: String,
}

/// What just happened.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct FormerQuery {
    done: String,
}

/// What units from before became: a page, or the same as JSON.
#[utoipa::path(
    get, path = "/places/former", tag = "catalogue",
    responses(
        (status = 200, description = "units from before 1/7/2025 by name; JSON by `Accept: application/json`", body = FormerReport),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not for this role"),
    ),
)]
pub async fn get(
    State(app): State<App>,
    visit: Visit,
    axum::extract::Query(query): axum::extract::Query<FormerQuery>,
) -> Result<Response, Fault> {
    let report = visit.ok(load(&app).await)?;
    if visit.wanted == Wanted::Json {
        return Ok(axum::Json(&report).into_response());
    }
    let is_done = !query.done.is_empty();
    Ok(page(&visit, &report, &Typed::with(visit.lang, []), is_done).into_response())
}

/// The same as a file, as the list takes it back.
pub async fn download(State(app): State<App>, visit: Visit, file: Download) -> Result<Response, Fault> {
    let report = visit.ok(load(&app).await)?;
    file.answer(&visit, visit.lang.places_former_file(), vec![sheet::former(visit.lang, &report)]).await
}

/// Reads all of them.
///
/// # Errors
/// When the database fails.
pub async fn load(app: &App) -> Found<FormerReport> {
    let mut tx = app.db.begin_reading().await?;
    let units = places::list(&mut tx, &Picked::default()).await?;
    let became = |row: &FormerPlace| {
        let latest = units.iter().rev().find(|unit| unit.code == row.place_code);
        latest.map(|unit| unit.name.clone()).unwrap_or_default()
    };
    let row = |row: FormerPlace| FormerOfList {
        became: became(&row),
        name: row.name,
        former_district: row.former_district,
        code: row.place_code,
        source: row.source,
        recorded_by: row.set_by,
    };
    Ok(FormerReport { former_places: places::list_former(&mut tx).await?.into_iter().map(row).collect() })
}

/// Enters what a unit from before became; what was typed wrong comes back.
pub async fn add(State(app): State<App>, visit: Visit, Form(pairs): Pairs) -> Result<Response, Fault> {
    let mut typed = Typed::read(visit.lang, pairs)?;
    let new = NewFormerPlace {
        name: typed.needed("name"),
        former_district: typed.optional("former_district"),
        became: typed.needed("became"),
        source: typed.needed("source"),
    };
    if typed.is_right() {
        match visit.admin().bring_places(&[], &[new]).await {
            Ok(()) => return Ok(Redirect::to("/places/former?done=yes").into_response()),
            Err(Error::Refused(_)) => typed.refuse("became", visit.lang.places_former_refused()),
            Err(error) => return visit.ok(Err(error)),
        }
    }
    let report = visit.ok(load(&app).await)?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&visit, &report, &typed, false)).into_response())
}

/// A pair that was wrong.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wrong {
    name: String,
    former_district: String,
    code: String,
}

/// Takes a wrong pair away; the log keeps it.
pub async fn end(visit: Visit, Form(wrong): Form<Wrong>) -> Result<Response, Fault> {
    let Wrong { name, former_district, code } = wrong;
    visit.ok(visit.admin().end_former_place(&name, &former_district, &code).await)?;
    Ok(Redirect::to("/places/former?done=yes").into_response())
}

fn page(visit: &Visit, report: &FormerReport, typed: &Typed, is_done: bool) -> Markup {
    let view = View {
        lang: visit.lang,
        csrf: &visit.csrf,
        may_act: Who::TRADE.admits(visit.user.role),
        report,
        typed,
        is_done,
    };
    let frame = Frame { place: Tab::FormerPlaces, brand: visit.lang.brand(), query: "" };
    shell::page(visit, &frame, view.render())
}

/// What the page shows.
pub struct View<'a> {
    /// The language.
    pub lang: web::Lang,
    /// The session's token.
    pub csrf: &'a web::csrf::CsrfToken,
    /// Somebody who keeps the catalogue looks.
    pub may_act: bool,
    /// The pairs.
    pub report: &'a FormerReport,
    /// What was typed into the form.
    pub typed: &'a Typed,
    /// Something was saved.
    pub is_done: bool,
}

impl View<'_> {
    /// Returns the main part.
    pub fn render(&self) -> Markup {
        let (lang, rows) = (self.lang, &self.report.former_places);
        let count = count_text(i64::try_from(rows.len()).unwrap_or(i64::MAX));
        html! {
            @if self.is_done { (message(Tone::Good, lang.places_saved())) }
            nav.presets aria-label=(lang.products_beside()) { a href=(Tab::Places.href()) { (Tab::Places.words(lang)) } }
            p.mute { (lang.places_former_about()) }
            @if self.may_act { (self.form()) }
            section.card {
                div.head {
                    h2 { (lang.page_former_places()) }
                    div.actions { span.mute { (lang.places_count(count)) } (sheet_file::links(lang, ADDRESS, "")) }
                }
                @if rows.is_empty() { p { (lang.places_none()) } } @else {
                    div.table.folds { table {
                        thead { tr {
                            th scope="col" { (lang.places_former_name()) } th scope="col" { (lang.places_former_became()) }
                            th scope="col" { (lang.places_source()) }
                        } }
                        tbody { @for row in rows { (self.row(row)) } }
                    } }
                }
            }
        }
    }

    fn row(&self, row: &FormerOfList) -> Markup {
        let lang = self.lang;
        html! {
            tr {
                td.wordy { (row.name) @if !row.former_district.is_empty() { small { (row.former_district) } } }
                td.wordy { (row.became) small { (row.code) } }
                td.wordy {
                    (row.source) @if !row.recorded_by.is_empty() { small { (row.recorded_by) } }
                    @if self.may_act {
                        details.ending {
                            summary aria-label=(lang.places_former_end_of(&row.name, &row.became)) { (lang.places_former_end()) }
                            form method="post" action={ (ADDRESS) "/end" } {
                                (csrf_field(self.csrf))
                                input type="hidden" name="name" value=(row.name);
                                input type="hidden" name="former_district" value=(row.former_district);
                                input type="hidden" name="code" value=(row.code);
                                p.small { (lang.places_former_end_about()) }
                                button.danger { (lang.places_former_end()) }
                            }
                        }
                    }
                }
            }
        }
    }

    fn form(&self) -> Markup {
        let (lang, typed) = (self.lang, self.typed);
        html! {
            form.card.form method="post" action=(ADDRESS) {
                (csrf_field(self.csrf))
                h2.whole { (lang.places_former_add()) }
                (Field { is_required: true, hint: Some(lang.places_former_name_hint()), ..typed.field("name", lang.places_former_name()) }.render())
                (typed.field("former_district", lang.places_district()).render())
                (Field { is_required: true, hint: Some(lang.places_former_became_hint()), ..typed.field("became", lang.places_former_became()) }.render())
                (Field { is_required: true, ..typed.field("source", lang.places_source()) }.render())
                div.actions { button.primary { (lang.places_save()) } }
            }
        }
    }
}
