//! Papers of products: what is missing, has lapsed or soon will, over all products; and the dossier on each product's page.

pub mod acts;
pub mod card;
pub mod filter;
pub mod kinds;
pub mod kinds_page;
pub mod kinds_sheet;
pub mod page;
pub mod paper_form;
pub mod report;
pub mod scans;
pub mod sheet;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::Markup;
use web::Fault;
use web::format::local_date;

use super::paper_texts::PaperTexts;
use super::provisional::form::Choices as Groups;
use super::sheet_file::Download;
use super::shell::{self, Frame, Place};
use super::texts::CentralTexts;
use super::visit::{Visit, Wanted, Who};
use super::{lists, workbook};
use crate::app::App;
use crate::db::dossiers::{kinds as paper_kinds, list as dossier_list};
use crate::db::keyset::From;
use crate::db::{producer_list, product_list};
use crate::error::Result as Found;
use filter::DossiersQuery;
use page::Choices;
use report::DossiersReport;

/// Products whose papers are missing, have lapsed or soon will: a page, or the same as JSON.
#[utoipa::path(
    get, path = "/dossiers", tag = "catalogue", params(DossiersQuery),
    responses(
        (status = 200, description = "products by name; JSON by `Accept: application/json`", body = DossiersReport),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not for this role"),
        (status = 404, description = "a page that begins at no product"),
        (status = 422, description = "a code in the query is unknown"),
    ),
)]
pub async fn get(
    State(app): State<App>,
    visit: Visit,
    Query(query): Query<DossiersQuery>,
) -> Result<Response, Fault> {
    let picked = match query.read() {
        Ok(picked) => picked,
        Err(_) if visit.wanted == Wanted::Json => return Err(Fault::unprocessable()),
        Err(_) => {
            let page = list(&app, &visit, &query, None).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let cursor = query.cursor()?;
    let place = match cursor.id() {
        Some(id) => visit.ok(product_list::find_place(&app.db, id).await)?,
        None => None,
    };
    let today = local_date(app.clock.now_ms());
    let report = report::load(&app.db, &picked, today, &cursor.at(place)?, lists::ROWS).await;
    let report = visit.ok(report)?;
    match visit.wanted {
        Wanted::Json => Ok(axum::Json(&report).into_response()),
        Wanted::Page => Ok(list(&app, &visit, &query, Some(&report)).await?.into_response()),
    }
}

async fn list(
    app: &App,
    visit: &Visit,
    query: &DossiersQuery,
    report: Option<&DossiersReport>,
) -> Result<Markup, Fault> {
    let choices = visit.ok(choices(app, visit).await)?;
    let view = page::View { lang: visit.lang, query, choices: &choices, report };
    Ok(shell::page(visit, &frame(visit, &query.text()), view.render()))
}

async fn choices(app: &App, visit: &Visit) -> Found<Choices> {
    let today = local_date(app.clock.now_ms());
    let kinds = paper_kinds::list_on(&mut app.db.begin_reading().await?, today).await?;
    let named = |kind: paper_kinds::PaperKind| match visit.lang {
        web::Lang::Vi => (kind.code, kind.name_vi),
        web::Lang::En => (kind.code, kind.name_en),
    };
    Ok(Choices {
        groups: Groups::load(&app.db, visit.lang).await?.groups,
        kinds: kinds.into_iter().map(named).collect(),
        producers: producer_list::list_names(&app.db).await?,
    })
}

fn frame<'a>(visit: &Visit, query: &'a str) -> Frame<'a> {
    Frame { place: Place::Dossiers, brand: visit.lang.brand(), query }
}

fn may_act(visit: &Visit) -> bool {
    Who::TRADE.admits(visit.user.role)
}

/// The same products, all of them, as a file.
pub async fn download(
    State(app): State<App>,
    visit: Visit,
    file: Download,
    Query(query): Query<DossiersQuery>,
) -> Result<Response, Fault> {
    let sheet = whole(&app, &visit, &query).await?;
    file.answer(&visit, visit.lang.dossiers_file(), vec![sheet]).await
}

async fn whole(app: &App, visit: &Visit, query: &DossiersQuery) -> Result<workbook::Sheet, Fault> {
    let picked = query.read().map_err(|_| Fault::unprocessable())?;
    let today = local_date(app.clock.now_ms());
    // One more than the sheet takes, so that it can say that some are missing.
    let most = workbook::ROWS_MOST + 1;
    let page = visit.ok(dossier_list::page(&app.db, &picked, today, &From::Start, most).await)?;
    let rows = visit.ok(report::rows(&app.db, page.rows, &picked, today).await)?;
    let groups = visit.ok(Groups::load(&app.db, visit.lang).await)?.groups;
    Ok(sheet::sheet(visit.lang, rows, &groups))
}
