//! Scans of papers and of decisions: brought by those who keep them, given to those who may read the product.

use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::section::Section;
use uuid::Uuid;
use web::Fault;
use web::fragment::Tone;

use crate::app::App;
use crate::db::dossiers::papers;
use crate::db::{paper_files as kept, products, recognitions};
use crate::error::Result as Found;
use crate::web::paper_files;
use crate::web::point_file_texts::PointFileTexts;
use crate::web::products::{find, show};
use crate::web::visit::Visit;

/// Gives the scan of a paper that counts, or once did, for a product.
pub async fn of_paper(
    State(app): State<App>,
    visit: Visit,
    Path((product, paper)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let file = visit.ok(file_of_paper(&app, parsed(&product)?, parsed(&paper)?).await)?;
    give(&app, &visit, file).await
}

async fn file_of_paper(app: &App, product_id: Uuid, paper_id: Uuid) -> Found<Option<Uuid>> {
    let mut tx = app.db.begin_reading().await?;
    let Some(product) = products::find_in(&mut tx, product_id.into()).await? else { return Ok(None) };
    let of_it = papers::list(&mut tx, product.id, product.producer_id).await?;
    Ok(of_it.into_iter().find(|paper| paper.id == paper_id).and_then(|paper| paper.file_id))
}

/// Gives the scan of a decision about a product.
pub async fn of_decision(
    State(app): State<App>,
    visit: Visit,
    Path((product, recognition)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let product_id = parsed(&product)?;
    let file = recognitions::find_file(&app.db, product_id.into(), parsed(&recognition)?).await;
    give(&app, &visit, visit.ok(file)?).await
}

async fn give(app: &App, visit: &Visit, file: Option<Uuid>) -> Result<Response, Fault> {
    let id = file.ok_or_else(Fault::not_found)?;
    let found = visit.ok(kept::find_content(&app.db, id).await)?.ok_or_else(Fault::not_found)?;
    Ok(paper_files::given(id, found))
}

/// Keeps the scan of a decision; what is wrong with the file is said on the product's page.
pub async fn bring(
    State(app): State<App>,
    visit: Visit,
    Path((product, recognition)): Path<(String, String)>,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Response, Fault> {
    let id = parsed(&recognition)?;
    let report = find(&app, &visit, &product).await?;
    let category = report.category_of(id).ok_or_else(Fault::not_found)?;
    visit.needs(Section::of_category(category)).await?;
    let sent = paper_files::read(visit.lang, form).await;
    let scan = sent.scan.and_then(|scan| scan.ok_or_else(|| visit.lang.file_missing().to_owned()));
    match scan {
        Ok(scan) => {
            visit.ok(visit.admin().scan_recognition(report.product_id.into(), id, scan).await)?;
            Ok(Redirect::to(&format!("/products/{}?done=scan", report.product_id)).into_response())
        }
        Err(words) => {
            let page = show(&app, &visit, &report, Some((Tone::Bad, words))).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

fn parsed(id: &str) -> Result<Uuid, Fault> {
    Uuid::try_parse(id).map_err(|_| Fault::not_found())
}
