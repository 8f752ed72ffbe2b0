//! A producer's reading key: made, found, taken away. Whoever has it sees the producer's pages and can do nothing there.
//!
//! The key itself stands in the catalogue's feed, since tills print it on slips, and as a digest where it is looked for. A
//! digest alone would be of no use for printing, and who can read the feed's table can read the producer's figures anyway.

use domain::ids::ProducerId;
use protocol::wire::{CatalogueRow, ProducerRow};

use crate::app::App;
use crate::db::audit::{self, Act};
use crate::db::catalogue::{self, Audience, News};
use crate::db::secret::Secret;
use crate::db::users::ProducerScope;
use crate::db::{Tx, producers, reading_keys};
use crate::error::{Error, Refusal, Result};

/// A key that is in use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The address of the producer's pages.
    pub url: String,
    /// When it was made, UTC milliseconds.
    pub made_at_ms: i64,
}

/// Makes a producer's reading key in somebody's name, and tells the tills; the one before stops at once. Returns the address
/// of the pages that it opens.
///
/// # Errors
/// When there is no such producer, or the database fails.
pub async fn make_key(app: &App, actor: &str, producer_id: ProducerId) -> Result<String> {
    let (key, now_ms) = (Secret::draw(&app.clock), app.clock.now_ms());
    let url = format!("{}/p/{}", app.config.public_url.trim_end_matches('/'), key.text());
    let mut tx = app.db.begin().await?;
    reading_keys::replace(&mut tx, producer_id, &key, now_ms).await?;
    publish(&mut tx, producer_id, Some(url.clone()), now_ms).await?;
    finish(app, tx, (actor, "producer.reading_key"), producer_id).await?;
    Ok(url)
}

/// Takes a producer's reading key away; tills print none any more.
///
/// # Errors
/// When the producer has none, or the database fails.
pub async fn end_key(app: &App, actor: &str, producer_id: ProducerId) -> Result<()> {
    let mut tx = app.db.begin().await?;
    if !reading_keys::delete(&mut tx, producer_id).await? {
        return Err(Refusal::Invalid { what: "key", rule: "this producer has none" }.into());
    }
    publish(&mut tx, producer_id, None, app.clock.now_ms()).await?;
    finish(app, tx, (actor, "producer.reading_key_end"), producer_id).await
}

/// Returns a producer's key as it is in use.
///
/// # Errors
/// When the database fails.
pub async fn find(app: &App, scope: ProducerScope) -> Result<Option<Reading>> {
    let Some(made_at_ms) = reading_keys::find_made_at(&app.db, scope).await? else { return Ok(None) };
    let id = scope.producer_id().uuid();
    let Some(body) = catalogue::find_body(&app.db, "producer", id).await? else { return Ok(None) };
    let damaged = |_| Error::damaged("catalogue_changes", id, "the producer cannot be read");
    let row: ProducerRow = serde_json::from_str(&body).map_err(damaged)?;
    Ok(row.reading_url.map(|url| Reading { url, made_at_ms }))
}

async fn publish(
    tx: &mut Tx,
    producer_id: ProducerId,
    reading_url: Option<String>,
    now_ms: i64,
) -> Result<()> {
    let producer = producers::find_in(tx, producer_id).await?.ok_or(Error::NotFound("producer"))?;
    let row = ProducerRow { id: producer_id.uuid(), name: producer.name, reading_url };
    let news = News::of(&CatalogueRow::Producer(row), Audience::All)?;
    catalogue::publish(tx, vec![news], now_ms).await
}

/// The log says that there is a key, never which.
async fn finish(app: &App, tx: Tx, (actor, action): (&str, &str), producer_id: ProducerId) -> Result<()> {
    let subject = producer_id.to_string();
    let act = Act { at_ms: app.clock.now_ms(), actor, action, subject: &subject, detail: "" };
    audit::commit(tx, &act).await
}
