//! Photographs and scans of a point: what they show. The files themselves lie with all others.

use domain::ids::PointId;
use domain::paper_file::FileKind;
use protocol::Hash;
use sqlx::FromRow;
use uuid::Uuid;

use crate::db::engine::{Db, Tx, sql};
use crate::db::paper_files::{self, PaperFile};
use crate::error::Result;

/// A file without its content.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct PointFile {
    /// The file.
    pub id: Uuid,
    /// What it shows; `None` for the point itself.
    pub equipment_id: Option<Uuid>,
    /// What it is, in words.
    pub title: String,
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

/// Returns the files of a point, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn list(tx: &mut Tx, point_id: PointId) -> Result<Vec<PointFile>> {
    tx.all(sql!(
        "select files.id, shown.equipment_id, shown.title, files.kind, files.byte_count, files.sha256, files.brought_by,
            files.brought_at_ms from point_files shown join paper_files files on files.id = shown.id
         where shown.point_id = $1 order by files.brought_at_ms desc, files.id",
        point_id
    ))
    .await
}

/// Adds a file.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, point_id: PointId, file: &PointFile, content: Vec<u8>) -> Result<()> {
    let kept = PaperFile {
        id: file.id,
        kind: file.kind.clone(),
        byte_count: file.byte_count,
        sha256: file.sha256.clone(),
        brought_by: file.brought_by.clone(),
        brought_at_ms: file.brought_at_ms,
    };
    paper_files::insert(tx, &kept, content).await?;
    tx.exec(sql!(
        "insert into point_files (id, point_id, equipment_id, title) values ($1, $2, $3, $4)",
        file.id,
        point_id,
        file.equipment_id,
        &file.title
    ))
    .await?;
    Ok(())
}

/// Returns how many files a point has, and whether one of them has this content.
///
/// # Errors
/// When the database fails.
pub async fn count(tx: &mut Tx, point_id: PointId, sha256: Hash) -> Result<(i64, bool)> {
    let sql = sql!(
        "select cast(count(*) as bigint),
            cast(coalesce(sum(case when files.sha256 = $2 then 1 else 0 end), 0) as bigint)
         from point_files shown join paper_files files on files.id = shown.id where shown.point_id = $1",
        point_id,
        sha256
    );
    let (count, same): (i64, i64) = tx.one(sql).await?;
    Ok((count, same > 0))
}

/// Returns kind and content of a file of a point.
///
/// # Errors
/// When the database fails.
pub async fn find_content(db: &Db, point_id: PointId, id: Uuid) -> Result<Option<(FileKind, Vec<u8>)>> {
    let sql = sql!("select id from point_files where point_id = $1 and id = $2", point_id, id);
    match db.opt::<(Uuid,)>(sql).await? {
        Some(_) => paper_files::find_content(db, id).await,
        None => Ok(None),
    }
}
