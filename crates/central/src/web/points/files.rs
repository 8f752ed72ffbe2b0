//! Photographs and scans of a point: taken by what their content is, and given only to those who may read the file.

use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use uuid::Uuid;
use web::Fault;
use web::fragment::Tone;

use super::typed::Typed;
use super::{find, id_of, parsed, show};
use crate::admin::NewPointFile;
use crate::app::App;
use crate::db::points::files;
use crate::error::{Error, Refusal};
use crate::web::paper_files;
use crate::web::point_file_texts::PointFileTexts;
use crate::web::visit::Visit;

/// Keeps a file. What is wrong with it is said on the page.
pub async fn bring(
    State(app): State<App>,
    visit: Visit,
    Path(point): Path<String>,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Response, Fault> {
    let report = find(&app, &visit, &point).await?;
    let wrong = match taken(&visit, form).await {
        Ok(new) => match visit.admin().add_point_file(report.point_id.into(), new).await {
            Ok(()) => {
                return Ok(Redirect::to(&format!("/points/{}?done=thing", report.point_id)).into_response());
            }
            Err(Error::Refused(Refusal::PointFile)) => visit.lang.file_again().to_owned(),
            Err(Error::Refused(Refusal::Invalid { .. })) => visit.lang.files_what_hint().to_owned(),
            Err(error) => return visit.ok(Err(error)),
        },
        Err(wrong) => wrong,
    };
    let step = Typed::with(visit.lang, []);
    let page = show(&visit, &report, &step, Some((Tone::Bad, wrong)), None);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// Reads a form; the words say what is wrong.
async fn taken(visit: &Visit, form: Result<Multipart, MultipartRejection>) -> Result<NewPointFile, String> {
    let sent = paper_files::read(visit.lang, form).await;
    let (kind, content) = sent.scan?.ok_or_else(|| visit.lang.file_missing().to_owned())?;
    let typed = |name: &str| sent.pairs.iter().find(|(field, _)| field == name).map_or("", |(_, text)| text);
    let equipment_id = Uuid::try_parse(typed("equipment")).ok();
    Ok(NewPointFile { equipment_id, title: typed("title").to_owned(), kind, content })
}

/// Gives a file to who may read the point's.
pub async fn give(
    State(app): State<App>,
    visit: Visit,
    Path((point, file)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let id: Uuid = parsed(&file)?;
    let found = visit.ok(files::find_content(&app.db, id_of(&point)?, id).await)?;
    Ok(paper_files::given(id, found.ok_or_else(Fault::not_found)?))
}
