//! Pictures of the shop that customers' screens show in turn while nobody is served.

use domain::picture_file::{PICTURES_MAX, PictureError, PictureFile};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::Result;
use crate::App;
use crate::db::display_pictures::{self, PictureRow};

/// So long each of several is shown, milliseconds.
pub const SHOWN_MS: i64 = 8_000;

/// A picture on a screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ShownPicture {
    /// Which.
    pub picture_id: Uuid,
    /// Until when it is shown, UTC milliseconds; none for the only one.
    pub until_ms: Option<i64>,
}

/// Returns the picture whose turn it is: every screen of the shop shows the same one.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn find_shown(app: &App) -> Result<Option<ShownPicture>> {
    let all = display_pictures::list_pictures(app.db().read()).await?;
    Ok(turn(&all, app.clock().now_ms()))
}

fn turn(all: &[PictureRow], now_ms: i64) -> Option<ShownPicture> {
    let turns = now_ms.div_euclid(SHOWN_MS);
    let place = usize::try_from(turns.rem_euclid(i64::try_from(all.len()).ok()?.max(1))).ok()?;
    let until_ms = (all.len() > 1).then(|| turns.saturating_add(1).saturating_mul(SHOWN_MS));
    all.get(place).map(|row| ShownPicture { picture_id: row.picture_id, until_ms })
}

/// Keeps a picture and shows it from now on. The same one again changes nothing; false when there are [`PICTURES_MAX`].
///
/// # Errors
/// When the database does not keep it; the inner one when the file is no picture that can be shown.
pub async fn add(app: &App, content: &[u8]) -> Result<std::result::Result<bool, PictureError>> {
    let file = match PictureFile::read(content) {
        Ok(file) => file,
        Err(error) => return Ok(Err(error)),
    };
    let most = i64::try_from(PICTURES_MAX).unwrap_or(i64::MAX);
    let (picture_id, now_ms) = (app.clock().new_uuid(), app.clock().now_ms());
    let mut tx = app.db().begin().await?;
    display_pictures::insert_picture(&mut tx, picture_id, (file, content), most, now_ms).await?;
    let is_kept: bool = display_pictures::is_kept(&mut tx, content).await?;
    tx.commit().await?;
    app.tell_changed();
    Ok(Ok(is_kept))
}

/// Takes a picture away; one that is gone already stays gone.
///
/// # Errors
/// When the database does not keep it.
pub async fn remove(app: &App, picture_id: Uuid) -> Result<()> {
    let mut tx = app.db().begin().await?;
    display_pictures::delete_picture(&mut tx, picture_id).await?;
    tx.commit().await?;
    app.tell_changed();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_has_its_turn() {
        let row =
            |number| PictureRow { picture_id: Uuid::from_u128(number), width_px: 1, height_px: 1, bytes: 1 };
        let shown = |count: u128, now_ms| {
            let all: Vec<PictureRow> = (1..=count).map(row).collect();
            turn(&all, now_ms).map(|shown| (shown.picture_id.as_u128(), shown.until_ms))
        };
        assert_eq!(shown(0, 5), None);
        assert_eq!(shown(1, 5), Some((1, None)));
        assert_eq!(shown(3, 0), Some((1, Some(SHOWN_MS))));
        assert_eq!(shown(3, SHOWN_MS - 1), Some((1, Some(SHOWN_MS))));
        assert_eq!(shown(3, SHOWN_MS), Some((2, Some(2 * SHOWN_MS))));
        assert_eq!(shown(3, 3 * SHOWN_MS), Some((1, Some(4 * SHOWN_MS))));
        assert_eq!(shown(3, -1), Some((3, Some(0))), "a clock before 1970");
        assert!(shown(3, i64::MAX).is_some());
    }
}
