//! Lists of products that come as files: an administrator brings one, says which column says what, looks at what it would do, and
//! applies what is chosen.

pub mod columns;
pub mod list;
pub mod preview;
pub mod report;
pub mod result;
pub mod sheet;
pub mod upload;
pub mod words;

use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::product_list::{Decision, Outcome};
use maud::Markup;
use serde::Deserialize;
use uuid::Uuid;
use web::Fault;
use web::fragment::Tone;

use super::import_texts::ImportTexts;
use super::provisional::form::Choices;
use super::sheet_file::Download;
use super::shell::{self, Frame, Place};
use super::texts::CentralTexts;
use super::visit::{Visit, Wanted};
use super::workbook::rows_asked;
use crate::admin::{Applied, Brought};
use crate::app::App;
use crate::db::imports::{self, Import, Status};
use crate::error::{Error, Refusal};
use columns::Place as TablePlace;
use list::Typed;
use preview::{Shown, View};
use report::{ImportReport, ImportsReport};
use upload::Uploaded;

/// The page of the list.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ImportsQuery {
    /// From 1.
    page: Option<usize>,
}

/// Imports, the latest first: a page, or the same as JSON.
#[utoipa::path(
    get, path = "/imports", tag = "catalogue", params(ImportsQuery),
    responses(
        (status = 200, description = "imports; JSON by `Accept: application/json`", body = ImportsReport),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not for this role"),
    ),
)]
pub async fn get(
    State(app): State<App>,
    visit: Visit,
    Query(query): Query<ImportsQuery>,
) -> Result<Response, Fault> {
    let report = visit.ok(report::load_all(&app.db, query.page.unwrap_or(1)).await)?;
    let sources = visit.ok(imports::list_sources(&app.db, 1).await)?;
    let typed = Typed { source: sources.into_iter().next().unwrap_or_default(), wrong: None };
    Ok(visit.answer(&report, |report| framed(&visit, list::page(visit.lang, &visit.csrf, report, &typed))))
}

/// Every import as a file, the latest first.
pub async fn download(State(app): State<App>, visit: Visit, file: Download) -> Result<Response, Fault> {
    let imports = visit.ok(report::load_every(&app.db, rows_asked()).await)?;
    file.answer(&visit, visit.lang.file_imports(), vec![sheet::sheet(visit.lang, imports)]).await
}

fn framed(visit: &Visit, main: Markup) -> Markup {
    shell::page(visit, &Frame { place: Place::Imports, brand: visit.lang.brand(), query: "" }, main)
}

/// Brings a file. What is wrong with it is said beside the form.
pub async fn bring(
    State(app): State<App>,
    visit: Visit,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Response, Fault> {
    let brought = match upload::read(form).await {
        Uploaded::File(file) => visit.ok(visit.admin().bring_list(file).await)?,
        Uploaded::Wrong { source, wrong } => {
            if visit.wanted == Wanted::Json {
                return Err(Fault::new(
                    StatusCode::UNPROCESSABLE_ENTITY,
                    "bad_file",
                    ImportTexts::file_unknown,
                ));
            }
            let report = visit.ok(report::load_all(&app.db, 1).await)?;
            let page = list::page(
                visit.lang,
                &visit.csrf,
                &report,
                &Typed { source, wrong: Some(wrong.sentence(visit.lang)) },
            );
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, framed(&visit, page)).into_response());
        }
    };
    let (id, told) = match brought {
        Brought::New(id) => (id, "remembered"),
        Brought::Again(id) => (id, "again"),
        Brought::Open(id) => (id, "open"),
    };
    Ok(Redirect::to(&format!("/imports/{id}?told={told}")).into_response())
}

/// What is shown of an import.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ImportQuery {
    /// Rows of an outcome, `vanished`, or `all`.
    show: Option<String>,
    /// From 1.
    page: Option<usize>,
    /// The form that says which column says what.
    columns: Option<u8>,
    /// A sheet, from 0, for that form.
    sheet: Option<u32>,
    /// The first row of the head, from 1, for that form.
    head: Option<u32>,
    /// Rows of the head, for that form.
    rows: Option<u32>,
    /// What just happened.
    told: Option<String>,
    /// How many rows it concerned.
    count: Option<usize>,
    /// Outcomes that were chosen before the rows were judged again, with commas between them.
    chosen: Option<String>,
}

/// An import with its rows and outcomes: a page, or the same as JSON.
#[utoipa::path(
    get, path = "/imports/{import}", tag = "catalogue", params(ImportQuery, ("import" = Uuid, Path, description = "the import")),
    responses(
        (status = 200, description = "the import; JSON by `Accept: application/json`", body = ImportReport),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not for this role"),
        (status = 404, description = "no such import"),
    ),
)]
pub async fn one(
    State(app): State<App>,
    visit: Visit,
    Path(import): Path<String>,
    Query(query): Query<ImportQuery>,
) -> Result<Response, Fault> {
    let import = find(&app, &visit, &import).await?;
    let is_open =
        import.status == Status::Brought || (query.columns.is_some() && import.status == Status::Judged);
    if is_open && visit.wanted == Wanted::Page {
        let place = TablePlace { sheet: query.sheet, head: query.head, rows: query.rows };
        let shown = visit.ok(columns::Shown::load(&app.db, import, place, visit.lang).await)?;
        return Ok(framed(&visit, shown.page(visit.lang, &visit.csrf)).into_response());
    }
    let shown = Shown::of(query.show.as_deref().unwrap_or_default());
    let told = told(&visit, &query, import.status);
    let report = visit.ok(report::load(&app.db, import, shown.outcome(), query.page.unwrap_or(1)).await)?;
    let groups = visit.ok(Choices::load(&app.db, visit.lang).await)?.groups;
    let codes = query.chosen.as_deref().unwrap_or_default().split(',');
    let chosen: Vec<Outcome> = codes.filter_map(Outcome::from_code).collect();
    Ok(visit.answer(&report, |report| {
        let (lang, csrf) = (visit.lang, &visit.csrf);
        let view = View { lang, csrf, report, shown, groups: &groups, chosen: &chosen, told };
        framed(&visit, view.render())
    }))
}

fn told(visit: &Visit, query: &ImportQuery, status: Status) -> Option<(Tone, String)> {
    let lang = visit.lang;
    Some(match (query.told.as_deref()?, status) {
        ("remembered", Status::Judged) => (Tone::Good, lang.told_remembered().to_owned()),
        ("again", _) => (Tone::Warn, lang.told_again().to_owned()),
        ("open", _) => (Tone::Warn, lang.told_open().to_owned()),
        ("stale", _) => (Tone::Warn, lang.told_stale(query.count.unwrap_or_default())),
        ("applied", Status::Applied) => (Tone::Good, lang.told_applied().to_owned()),
        ("decided", _) => (Tone::Good, lang.told_decided().to_owned()),
        ("nothing", _) => (Tone::Bad, lang.told_nothing_chosen().to_owned()),
        _ => return None,
    })
}

async fn find(app: &App, visit: &Visit, import: &str) -> Result<Import, Fault> {
    let id = Uuid::try_parse(import).map_err(|_| Fault::not_found())?;
    let mut tx = visit.ok(app.db.begin_reading().await)?;
    visit.ok(imports::find_in(&mut tx, id).await)?.ok_or_else(Fault::not_found)
}

fn bad_form() -> Fault {
    Fault::for_status(StatusCode::UNPROCESSABLE_ENTITY)
}

/// Says which column says what, and judges every row.
pub async fn choose(
    State(app): State<App>,
    visit: Visit,
    Path(import): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let import = find(&app, &visit, &import).await?;
    let id = import.id;
    let number =
        |name: &str| pairs.iter().find(|(key, _)| key == name).and_then(|(_, value)| value.parse().ok());
    let place = TablePlace { sheet: number("sheet"), head: number("head"), rows: number("rows") };
    let mut shown = visit.ok(columns::Shown::load(&app.db, import, place, visit.lang).await)?;
    shown.take(visit.lang, &pairs).ok_or_else(bad_form)?;
    if shown.wrong.is_some() {
        let page = framed(&visit, shown.page(visit.lang, &visit.csrf));
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    match visit.admin().choose_columns(id, &shown.layout, &shown.defaults).await {
        Err(Error::Refused(_)) => Err(bad_form()),
        outcome => {
            visit.ok(outcome)?;
            Ok(Redirect::to(&format!("/imports/{id}")).into_response())
        }
    }
}

/// Says what rows are.
pub async fn decide(
    visit: Visit,
    Path(import): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    let id = Uuid::try_parse(&import).map_err(|_| Fault::not_found())?;
    let show =
        pairs.iter().find(|(name, _)| name == "show").map_or(Shown::All, |(_, value)| Shown::of(value));
    let said = pairs.iter().filter(|(name, _)| name != "show").map(decision).collect::<Option<Vec<_>>>();
    visit.ok(visit.admin().decide_rows(id, &said.ok_or_else(bad_form)?).await)?;
    Ok(Redirect::to(&format!("/imports/{id}?show={}&told=decided", show.code())))
}

/// Reads `row_12=new`.
fn decision((name, value): &(String, String)) -> Option<(u32, Option<Decision>)> {
    let row = name.strip_prefix("row_")?.parse().ok()?;
    let decision = match value.as_str() {
        "undo" => None,
        "new" => Some(Decision::New),
        "left_out" => Some(Decision::LeaveOut),
        product => Some(Decision::Is(product.parse().ok()?)),
    };
    Some((row, decision))
}

/// Takes the chosen rows into the catalogue; what the catalogue does not take is said.
pub async fn apply(
    State(app): State<App>,
    visit: Visit,
    Path(import): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let id = Uuid::try_parse(&import).map_err(|_| Fault::not_found())?;
    let outcome = |(name, value): &(String, String)| Outcome::from_code(value).filter(|_| name == "outcome");
    let chosen = pairs.iter().map(outcome).collect::<Option<Vec<Outcome>>>().ok_or_else(bad_form)?;
    let applied = visit.admin().apply_import(id, &chosen).await;
    let told = match applied {
        Err(Error::Refused(Refusal::Invalid { what: "outcomes", .. })) => "told=nothing".to_owned(),
        Err(Error::Refused(refusal)) => return refused(&app, &visit, &import, (&refusal, &chosen)).await,
        applied => match visit.ok(applied)? {
            Applied::Now(_) | Applied::Before => "told=applied".to_owned(),
            Applied::Stale(count) => format!("told=stale&count={count}&chosen={}", codes(&chosen)),
        },
    };
    Ok(Redirect::to(&format!("/imports/{id}?{told}")).into_response())
}

fn codes(chosen: &[Outcome]) -> String {
    chosen.iter().map(|outcome| outcome.code()).collect::<Vec<_>>().join(",")
}

/// The import as it stays, with what kept it out of the catalogue, and with what was chosen.
async fn refused(
    app: &App,
    visit: &Visit,
    import: &str,
    (refusal, chosen): (&Refusal, &[Outcome]),
) -> Result<Response, Fault> {
    let import = find(app, visit, import).await?;
    let report = visit.ok(report::load(&app.db, import, None, 1).await)?;
    let groups = visit.ok(Choices::load(&app.db, visit.lang).await)?.groups;
    let (lang, csrf, shown) = (visit.lang, &visit.csrf, Shown::All);
    let told = Some((Tone::Bad, words::refusal(lang, refusal)));
    let view = View { lang, csrf, report: &report, shown, groups: &groups, chosen, told };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, framed(visit, view.render())).into_response())
}

/// What became of each row, as a file: rows, and products that stand in none.
pub async fn download_result(
    State(app): State<App>,
    visit: Visit,
    file: Download,
    Path(import): Path<String>,
) -> Result<Response, Fault> {
    let import = find(&app, &visit, &import).await?;
    let report = visit.ok(report::load_whole(&app.db, import).await)?;
    let groups = visit.ok(Choices::load(&app.db, visit.lang).await)?.groups;
    file.answer_as(&visit, "nhap-danh-sach", result::sheets(visit.lang, &report, &groups)).await
}
