//! Photographs and scans on their way in and out, whatever they show: taken by what their content is, and given only by handlers that
//! have found the row which names them.

use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use domain::paper_file::FileKind;
use maud::{Markup, html};
use uuid::Uuid;
use web::Lang;

use super::point_file_texts::PointFileTexts;
use crate::admin::Scan;
use crate::db::paper_files::FILE_BYTES_MAX;

/// The largest form with a file in it, bytes.
pub const FORM_BYTES_MAX: usize = FILE_BYTES_MAX + (16 << 10);
/// The most parts of a form.
const PARTS_MAX: usize = 50;

/// A form as it came: its fields, and the file or what is wrong with it. Fields behind a wrong file are lost, so a form puts it last.
pub struct Sent {
    /// Names and values.
    pub pairs: Vec<(String, String)>,
    /// The file; `None` when none was chosen.
    pub scan: Result<Option<Scan>, String>,
}

/// Reads a form with a file in its field `file`.
pub async fn read(lang: Lang, form: Result<Multipart, MultipartRejection>) -> Sent {
    let mut pairs = Vec::new();
    let scan = match form {
        Ok(form) => read_parts(lang, form, &mut pairs).await,
        Err(_) => Err(lang.file_missing().to_owned()),
    };
    Sent { pairs, scan }
}

async fn read_parts(
    lang: Lang,
    mut form: Multipart,
    pairs: &mut Vec<(String, String)>,
) -> Result<Option<Scan>, String> {
    let too_large = || lang.file_too_large(FILE_BYTES_MAX >> 20);
    let mut content = Vec::new();
    for _ in 0..PARTS_MAX {
        let Some(field) = form.next_field().await.map_err(|_| too_large())? else { break };
        let name = field.name().unwrap_or_default().to_owned();
        if name == "file" {
            content = field.bytes().await.map_err(|_| too_large())?.to_vec();
        } else {
            pairs.push((name, field.text().await.map_err(|_| too_large())?));
        }
    }
    if content.is_empty() {
        return Ok(None);
    }
    if content.len() > FILE_BYTES_MAX {
        return Err(too_large());
    }
    let kind = FileKind::of(&content).ok_or_else(|| lang.file_not_taken().to_owned())?;
    Ok(Some((kind, content)))
}

/// Gives a file. Its name is made of an id: what people typed stands in no header.
pub fn given(id: Uuid, (kind, content): Scan) -> Response {
    // A page of ours never holds a paper's viewer, so a paper is kept as a file.
    let way = if kind == FileKind::Pdf { "attachment" } else { "inline" };
    let name = HeaderValue::try_from(format!("{way}; filename=\"{id}.{}\"", kind.code()));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind.media_type())),
        (header::CONTENT_DISPOSITION, name.unwrap_or(HeaderValue::from_static("attachment"))),
    ];
    (headers, content).into_response()
}

/// The field for a file, with an id of its own; `error` is what was wrong with the one before.
pub fn field(lang: Lang, id: &str, is_required: bool, error: Option<&str>) -> Markup {
    let about = format!("{id}-about");
    html! {
        div.field.wrong[error.is_some()] {
            label for=(id) { (lang.files_file()) }
            input id=(id) name="file" type="file" accept="image/png,image/jpeg,application/pdf" required[is_required]
                aria-describedby=(about) aria-invalid=[error.map(|_| "true")];
            @match error {
                Some(words) => p.error id=(about) { span aria-hidden="true" { "✕ " } (words) },
                None => p.hint id=(about) { (lang.files_file_hint(FILE_BYTES_MAX >> 20)) },
            }
        }
    }
}
