//! Photographs and scans, whatever they show. They lie in the database, so every backup has them. Whose a file is, the row says that
//! names it: nobody asks for a file here before having found that row.

use domain::paper_file::FileKind;
use protocol::Hash;
use sqlx::FromRow;
use uuid::Uuid;

use super::engine::{Db, Tx, sql};
use crate::error::{Error, Result};

/// The largest file, bytes: a photograph of a telephone, or a paper of some pages.
pub const FILE_BYTES_MAX: usize = 5 << 20;

/// A file without its content.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct PaperFile {
    /// The file.
    pub id: Uuid,
    /// `png`, `jpeg` or `pdf`.
    pub kind: String,
    /// Its size.
    pub byte_count: i64,
    /// SHA-256 of its content.
    pub sha256: Vec<u8>,
    /// Who brought it.
    pub brought_by: String,
    /// When, UTC milliseconds.
    pub brought_at_ms: i64,
}

impl PaperFile {
    /// Describes a content that somebody brings at a moment.
    pub fn of(id: Uuid, (kind, content): (FileKind, &[u8]), brought_by: &str, brought_at_ms: i64) -> Self {
        Self {
            id,
            kind: kind.code().to_owned(),
            byte_count: i64::try_from(content.len()).unwrap_or(i64::MAX),
            sha256: Hash::of(&[content]).bytes().to_vec(),
            brought_by: brought_by.to_owned(),
            brought_at_ms,
        }
    }
}

/// Adds a file.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, file: &PaperFile, content: Vec<u8>) -> Result<()> {
    tx.exec(sql!(
        "insert into paper_files (id, kind, byte_count, sha256, brought_by, brought_at_ms, content)
         values ($1, $2, $3, $4, $5, $6, $7)",
        file.id,
        &file.kind,
        file.byte_count,
        file.sha256.as_slice(),
        &file.brought_by,
        file.brought_at_ms,
        content
    ))
    .await?;
    Ok(())
}

/// Returns the SHA-256 of the content of a file.
///
/// # Errors
/// When the database fails.
pub async fn find_sha256(tx: &mut Tx, id: Uuid) -> Result<Option<Vec<u8>>> {
    let found: Option<(Vec<u8>,)> = tx.opt(sql!("select sha256 from paper_files where id = $1", id)).await?;
    Ok(found.map(|(sha256,)| sha256))
}

/// Returns kind and content of a file.
///
/// # Errors
/// When the database fails, or the kind is none.
pub async fn find_content(db: &Db, id: Uuid) -> Result<Option<(FileKind, Vec<u8>)>> {
    let sql = sql!("select kind, content from paper_files where id = $1", id);
    let Some((kind, content)) = db.opt::<(String, Vec<u8>)>(sql).await? else { return Ok(None) };
    let kind = FileKind::from_code(&kind).ok_or_else(|| Error::damaged("paper_files", id, "its kind"))?;
    Ok(Some((kind, content)))
}

/// Returns the content of a file, of the state that a transaction reads.
///
/// # Errors
/// [`Error::NotFound`] for one that is none; when the database fails.
pub async fn load_content(tx: &mut Tx, id: Uuid) -> Result<Vec<u8>> {
    let found: Option<(Vec<u8>,)> = tx.opt(sql!("select content from paper_files where id = $1", id)).await?;
    found.map(|(content,)| content).ok_or(Error::NotFound("file"))
}
