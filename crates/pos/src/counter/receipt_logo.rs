//! The shop's logo above its receipts.

use ::receipts::logo::{Logo, LogoError};
use ::receipts::profile::Paper;
use ::receipts::{png, samples};

use super::Result;
use crate::App;
use crate::db::{self, receipt_logo};

/// Returns the logo; none where nobody brought any.
///
/// # Errors
/// When the database does not answer.
pub async fn find(app: &App) -> db::Result<Option<Logo>> {
    let content = receipt_logo::find_logo(app.db().read()).await?;
    Ok(content.and_then(|content| Logo::read(&content).ok()))
}

/// Prints a logo above every receipt from now on, in place of the one before.
///
/// # Errors
/// When the database does not keep it; the inner one when the file is no logo.
pub async fn save(app: &App, content: &[u8]) -> Result<std::result::Result<(), LogoError>> {
    if let Err(error) = Logo::read(content) {
        return Ok(Err(error));
    }
    let mut tx = app.db().begin().await?;
    receipt_logo::upsert_logo(&mut tx, content, app.clock().now_ms()).await?;
    tx.commit().await?;
    Ok(Ok(()))
}

/// Prints no logo any more.
///
/// # Errors
/// When the database does not keep it.
pub async fn remove(app: &App) -> Result<()> {
    let mut tx = app.db().begin().await?;
    receipt_logo::delete_logo(&mut tx).await?;
    Ok(tx.commit().await?)
}

/// Returns a sample receipt under the logo as a PNG picture, dot for dot; none without a logo.
///
/// # Errors
/// When the database does not answer.
pub async fn preview(app: &App, paper: Paper) -> Result<Option<Vec<u8>>> {
    let Some(logo) = find(app).await? else { return Ok(None) };
    let dots = ::receipts::receipt_picture(&samples::usual(), paper, None, Some(&logo));
    Ok(png::encode(&dots).ok())
}
