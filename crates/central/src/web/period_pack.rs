//! The pack of a period: an operator's entries as they were received, its settlements, the papers of both, the reconciliation, and the
//! program that checks all of them without ours, as one zip that is written while it is sent.

pub mod joints;
pub mod made;
pub mod making;
pub mod page;
pub mod papers;
pub mod statement;
pub mod writing;

use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use web::Fault;

use super::period_pack_texts::PeriodPackTexts;
use super::reconciliation::load::ask;
use super::reconciliation::{ReconciliationQuery, Wanted};
use super::reconciliation_texts::ReconciliationTexts;
use super::visit::Visit;
use crate::app::App;
use crate::db::Tx;
use crate::db::reconciliation::journals::Journal;
use crate::db::reconciliation::papers::PeriodPaper;
use crate::db::reconciliation::{self, Asked};
use making::Pack;
use tokio::sync::OwnedSemaphorePermit;
use tokio::sync::mpsc::Receiver;
use writing::Piece;

/// Entries of a pack, at most: some ten years of a busy store.
pub const ENTRIES_MOST: i64 = 1_000_000;
/// The text of its entries, at most: a file of a zip without its large form holds four times as much.
pub const TEXT_MOST: i64 = 1 << 30;
/// Settlements of a pack, at most.
pub const SETTLEMENTS_MOST: i64 = 5_000;
/// Papers that a pack lists, at most.
pub const PAPERS_MOST: i64 = 20_000;
/// Bytes of papers in a pack, at most; the list names those beyond. With its entries a zip stays as small as old programs read.
pub const PAPER_BYTES_MOST: i64 = 1 << 30;

/// The pack as a zip.
#[utoipa::path(
    get, path = "/audit/period.zip", tag = "audit", params(ReconciliationQuery),
    responses(
        (status = 200, description = "a zip", content_type = "application/zip"),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not for this role"),
        (status = 404, description = "no such operator or store"),
        (status = 422, description = "no such period, or too many entries or papers"),
        (status = 503, description = "another pack is being made: try again"),
    ),
)]
pub async fn zip(
    State(app): State<App>,
    visit: Visit,
    Query(query): Query<ReconciliationQuery>,
) -> Result<Response, Fault> {
    let wanted = query.read(&app)?;
    let (asked, choices) = visit.ok(ask(&app, visit.user.scope(), wanted).await)?;
    let wanted = Wanted { operator: Some(choices.operator), ..wanted };
    // Before anything is measured: that alone reads a row of each entry.
    let permit = permit(&app)?;
    let mut tx = visit.ok(app.db.begin_reading().await)?;
    let journals = journals_of(&visit, &mut tx, &asked).await?;
    let papers = papers_of(&visit, &mut tx, (&asked, wanted.store.is_none())).await?;
    let pack = Pack { app, scope: visit.user.scope(), lang: visit.lang, wanted, asked, journals, papers };
    let name = format!("{}-{}", visit.lang.file_pack(), wanted.period.code());
    Ok(answer(&name, making::begin(pack, tx, permit)))
}

/// Returns the journals of a pack, if it can hold them.
async fn journals_of(visit: &Visit, tx: &mut Tx, asked: &Asked) -> Result<Vec<Journal>, Fault> {
    let journals = visit.ok(reconciliation::journals::journals(tx, asked).await)?;
    let (mut entries, mut text) = (0, 0);
    for journal in &journals {
        let size = visit.ok(reconciliation::journals::size(tx, journal).await)?;
        entries += size.entry_count;
        text += size.text_length;
    }
    if entries > ENTRIES_MOST || text > TEXT_MOST {
        let say = |lang: web::Lang| lang.pack_too_large(web::format::count_text(ENTRIES_MOST));
        return Err(Fault::new(StatusCode::UNPROCESSABLE_ENTITY, "too_large", say));
    }
    Ok(journals)
}

/// Returns the papers of a pack, if it can list them.
async fn papers_of(
    visit: &Visit,
    tx: &mut Tx,
    (asked, is_whole): (&Asked, bool),
) -> Result<Vec<PeriodPaper>, Fault> {
    let papers = visit.ok(reconciliation::papers::list(tx, asked, (is_whole, PAPERS_MOST + 1)).await)?;
    if i64::try_from(papers.len()).unwrap_or(i64::MAX) > PAPERS_MOST {
        let say = |lang: web::Lang| lang.pack_too_many_papers(web::format::count_text(PAPERS_MOST));
        return Err(Fault::new(StatusCode::UNPROCESSABLE_ENTITY, "too_large", say));
    }
    Ok(papers)
}

/// Lets a pack, or a workbook that reads as much, be made.
pub(super) fn permit(app: &App) -> Result<OwnedSemaphorePermit, Fault> {
    let busy = || Fault::new(StatusCode::SERVICE_UNAVAILABLE, "busy", ReconciliationTexts::pack_busy);
    app.gate.pack().ok_or_else(busy)
}

fn answer(name: &str, pieces: Receiver<Piece>) -> Response {
    let body = stream::unfold(pieces, |mut pieces| async { Some((pieces.recv().await?, pieces)) });
    let attachment = HeaderValue::try_from(format!("attachment; filename=\"{name}.zip\""));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/zip")),
        (header::CONTENT_DISPOSITION, attachment.unwrap_or(HeaderValue::from_static("attachment"))),
    ];
    (headers, Body::from_stream(body)).into_response()
}
