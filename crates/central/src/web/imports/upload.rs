//! A file as a form carries it.

use axum::extract::multipart::{Multipart, MultipartError, MultipartRejection};
use protocol::Hash;
use web::Lang;

use super::words;
use crate::admin::ListFile;
use crate::imports::sheets::{self, FILE_BYTES_MAX, FileError};
use crate::web::import_texts::ImportTexts;

/// The largest form with a file in it, bytes.
pub const FORM_BYTES_MAX: usize = FILE_BYTES_MAX + (16 << 10);
/// The longest name of a source, in characters.
const SOURCE_MAX: usize = 200;

/// What came.
pub enum Uploaded {
    /// A file that was read.
    File(ListFile),
    /// Something is wrong with it.
    Wrong {
        /// Who keeps the list, as it was typed.
        source: String,
        /// What is wrong.
        wrong: Wrong,
    },
}

/// What is wrong with a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// Nobody is said to keep the list, or in too many words.
    Source,
    /// There is no file.
    Missing,
    /// The file is not taken.
    File(FileError),
}

impl Wrong {
    /// Returns what is wrong, and what to do.
    pub fn sentence(self, lang: Lang) -> String {
        match self {
            Self::Source => lang.wrong_source().to_owned(),
            Self::Missing => lang.file_missing().to_owned(),
            Self::File(error) => words::file_error(lang, error),
        }
    }
}

/// The form as it came.
#[derive(Default)]
struct Parts {
    source: String,
    name: String,
    bytes: Vec<u8>,
}

/// Reads a form.
pub async fn read(form: Result<Multipart, MultipartRejection>) -> Uploaded {
    let wrong = |source: &str, wrong: Wrong| Uploaded::Wrong { source: source.to_owned(), wrong };
    let parts = match form {
        Ok(form) => read_parts(form).await,
        Err(_) => Ok(Parts::default()),
    };
    let Ok(Parts { source, name, bytes }) = parts else {
        return wrong("", Wrong::File(FileError::TooLarge));
    };
    let source = source.trim().to_owned();
    if source.is_empty() || source.chars().count() > SOURCE_MAX || source.chars().any(char::is_control) {
        return wrong(&source, Wrong::Source);
    }
    if name.is_empty() && bytes.is_empty() {
        return wrong(&source, Wrong::Missing);
    }
    let (hash, count) = (Hash::of(&[&bytes]), bytes.len());
    // Reading is work for a while, and others want to be answered meanwhile.
    let sheets = tokio::task::spawn_blocking(move || sheets::read(&bytes)).await;
    match sheets.unwrap_or(Err(FileError::Damaged)) {
        Ok(sheets) => Uploaded::File(ListFile { source, name, hash, bytes: count, sheets }),
        Err(error) => wrong(&source, Wrong::File(error)),
    }
}

async fn read_parts(mut form: Multipart) -> Result<Parts, MultipartError> {
    let mut parts = Parts::default();
    while let Some(field) = form.next_field().await? {
        match field.name() {
            Some("source") => parts.source = field.text().await?,
            Some("file") => {
                parts.name = field.file_name().unwrap_or_default().to_owned();
                parts.bytes = field.bytes().await?.to_vec();
            }
            _ => {}
        }
    }
    Ok(parts)
}
