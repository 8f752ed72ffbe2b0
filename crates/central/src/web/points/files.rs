//! Photographs and scans of a point: taken by what their content is, and given only to those who may read the file.

use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::paper_file::FileKind;
use uuid::Uuid;
use web::Fault;
use web::fragment::Tone;

use super::typed::Typed;
use super::{find, id_of, parsed, show};
use crate::admin::NewPointFile;
use crate::app::App;
use crate::db::points::files;
use crate::error::{Error, Refusal};
use crate::web::point_file_texts::PointFileTexts;
use crate::web::visit::Visit;

/// The largest file, bytes: a photograph of a telephone, or a paper of some pages.
pub const FILE_BYTES_MAX: usize = 5 << 20;
/// The largest form with a file in it, bytes.
pub const FORM_BYTES_MAX: usize = FILE_BYTES_MAX + (16 << 10);
/// The form as it came.
#[derive(Default)]
struct Parts {
    equipment: String,
    title: String,
    content: Vec<u8>,
}

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
    let page = show(&visit, &report, &step, Some((Tone::Bad, wrong)));
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// Reads a form; the words say what is wrong.
async fn taken(visit: &Visit, form: Result<Multipart, MultipartRejection>) -> Result<NewPointFile, String> {
    let lang = visit.lang;
    let too_large = || lang.file_too_large(FILE_BYTES_MAX >> 20);
    let mut form = form.map_err(|_| lang.file_missing().to_owned())?;
    let mut parts = Parts::default();
    while let Some(field) = form.next_field().await.map_err(|_| too_large())? {
        match field.name() {
            Some("equipment") => parts.equipment = field.text().await.map_err(|_| too_large())?,
            Some("title") => parts.title = field.text().await.map_err(|_| too_large())?,
            Some("file") => parts.content = field.bytes().await.map_err(|_| too_large())?.to_vec(),
            _ => {}
        }
    }
    if parts.content.is_empty() {
        return Err(lang.file_missing().to_owned());
    }
    if parts.content.len() > FILE_BYTES_MAX {
        return Err(too_large());
    }
    let kind = FileKind::of(&parts.content).ok_or_else(|| lang.file_not_taken().to_owned())?;
    let equipment_id = Uuid::try_parse(&parts.equipment).ok();
    Ok(NewPointFile { equipment_id, title: parts.title, kind, content: parts.content })
}

/// Gives a file to who may read the point's. Its name is made of its id: what people typed stands in no header.
pub async fn give(
    State(app): State<App>,
    visit: Visit,
    Path((point, file)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let id: Uuid = parsed(&file)?;
    let found = visit.ok(files::find_content(&app.db, id_of(&point)?, id).await)?;
    let (kind, content) = found.ok_or_else(Fault::not_found)?;
    let kind =
        visit.ok(FileKind::from_code(&kind).ok_or_else(|| Error::damaged("point_files", id, "its kind")))?;
    // A page of ours never holds a paper's viewer, so a paper is kept as a file.
    let way = if kind == FileKind::Pdf { "attachment" } else { "inline" };
    let name = HeaderValue::try_from(format!("{way}; filename=\"{id}.{}\"", kind.code()));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind.media_type())),
        (header::CONTENT_DISPOSITION, name.unwrap_or(HeaderValue::from_static("attachment"))),
    ];
    Ok((headers, content).into_response())
}
