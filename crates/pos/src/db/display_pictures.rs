//! Pictures for the customers' screens.

use domain::picture_file::PictureFile;
use sqlx::{FromRow, SqlitePool};
use uuid::Uuid;

use super::{Result, Tx};

/// A picture without its content.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct PictureRow {
    /// Which.
    pub picture_id: Uuid,
    /// Dots across.
    pub width_px: u32,
    /// Dots down.
    pub height_px: u32,
    /// Size of the file, bytes.
    pub bytes: i64,
}

/// Keeps a picture, unless the same one or `most` are kept already.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_picture(
    tx: &mut Tx,
    picture_id: Uuid,
    (file, content): (PictureFile, &[u8]),
    most: i64,
    now_ms: i64,
) -> Result<()> {
    sqlx::query(
        "insert into display_pictures (picture_id, kind, width_px, height_px, content, added_at_ms)
         select $1, $2, $3, $4, $5, $6 where (select count(*) from display_pictures) < $7
             and not exists (select 1 from display_pictures where content = $5)",
    )
    .bind(picture_id)
    .bind(file.kind.code())
    .bind(file.width_px)
    .bind(file.height_px)
    .bind(content)
    .bind(now_ms)
    .bind(most)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Says whether a picture is kept.
///
/// # Errors
/// When the database does not answer.
pub async fn is_kept(tx: &mut Tx, content: &[u8]) -> Result<bool> {
    Ok(sqlx::query_scalar("select exists (select 1 from display_pictures where content = $1)")
        .bind(content)
        .fetch_one(&mut **tx)
        .await?)
}

/// Takes a picture away, if it is there.
///
/// # Errors
/// When the database does not answer.
pub async fn delete_picture(tx: &mut Tx, picture_id: Uuid) -> Result<()> {
    sqlx::query("delete from display_pictures where picture_id = $1")
        .bind(picture_id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Returns the pictures in the order in which they are shown.
///
/// # Errors
/// When the database does not answer.
pub async fn list_pictures(pool: &SqlitePool) -> Result<Vec<PictureRow>> {
    Ok(sqlx::query_as(
        "select picture_id, width_px, height_px, length(content) as bytes from display_pictures
         order by added_at_ms, picture_id",
    )
    .fetch_all(pool)
    .await?)
}

/// Returns the content of a picture and the code of its kind.
///
/// # Errors
/// When the database does not answer.
pub async fn find_content(pool: &SqlitePool, picture_id: Uuid) -> Result<Option<(String, Vec<u8>)>> {
    Ok(sqlx::query_as("select kind, content from display_pictures where picture_id = $1")
        .bind(picture_id)
        .fetch_optional(pool)
        .await?)
}
