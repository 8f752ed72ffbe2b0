//! A producer's reading keys: made, found, taken away. Whoever has one sees the producer's pages and can do nothing there.
//!
//! One key opens everything; it is shown once to whoever made it, and kept as a digest. Beside it each operator has one of its own, which
//! its tills print on slips: it opens what that operator's stores sold, owe and settled. Otherwise one operator could read on a slip what
//! another one sells. Those stand in clear in `operator_reading_keys`, and there alone; tills are told of them in the catalogue's feed.

use clock::Clock;
use domain::ids::{OperatorId, ProducerId};
use protocol::wire::{CatalogueRow, ProducerRow};
use uuid::Uuid;

use crate::app::App;
use crate::db::audit::{self, Act};
use crate::db::catalogue::{self, Audience, News};
use crate::db::reading_keys::OfOperator;
use crate::db::secret::Secret;
use crate::db::{Db, Tx, operators, producers, reading_keys};
use crate::error::{Error, Refusal, Result};

/// What the log calls the making of keys.
const MADE: &str = "producer.reading_key";
/// What it calls the making of all of them anew.
const ALL_MADE: &str = "producer.reading_key_all";

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// Drawn with the form: sent twice, it makes keys once. Nil for none.
    pub form_id: Uuid,
    /// Keys that operators print are made anew, too: slips that people have open nothing any more.
    pub with_slips: bool,
}

/// Makes the key for everything in somebody's name; the one before stops at once. Operators without a key get theirs, and their tills are
/// told; those that print one go on with it. Returns the address of the pages with everything, which no till is told.
///
/// # Errors
/// When there is no such producer, or the database fails.
pub async fn make_key(app: &App, actor: &str, producer_id: ProducerId) -> Result<String> {
    let asked = Asked { form_id: app.clock.new_uuid(), with_slips: false };
    let mut tx = app.db.begin().await?;
    catalogue::lock(&mut tx).await?;
    make(app, tx, actor, (producer_id, asked)).await
}

/// Makes the key for everything as [`make_key`] does, or all keys; nothing where the form was sent before, whose key is not shown again.
///
/// # Errors
/// As [`make_key`].
pub async fn make_key_once(
    app: &App,
    actor: &str,
    producer_id: ProducerId,
    asked: Asked,
) -> Result<Option<String>> {
    let form_id = if asked.form_id.is_nil() { app.clock.new_uuid() } else { asked.form_id };
    let mut tx = app.db.begin().await?;
    // So that two of one form, sent at the same moment, come one after the other.
    catalogue::lock(&mut tx).await?;
    if reading_keys::is_made_with(&mut tx, producer_id, form_id).await? {
        return Ok(None);
    }
    make(app, tx, actor, (producer_id, Asked { form_id, ..asked })).await.map(Some)
}

async fn make(
    app: &App,
    mut tx: Tx,
    actor: &str,
    (producer_id, asked): (ProducerId, Asked),
) -> Result<String> {
    let (key, now_ms) = (Secret::draw(&app.clock), app.clock.now_ms());
    reading_keys::replace(&mut tx, (producer_id, asked.form_id), &key, now_ms).await?;
    let action = if asked.with_slips {
        give_all(&mut tx, &app.clock, &[producer_id]).await?;
        ALL_MADE
    } else {
        give_missing(&mut tx, &app.clock, producer_id).await?;
        MADE
    };
    finish(app, tx, (actor, action), producer_id).await?;
    Ok(address(app, key.text()))
}

/// Takes a producer's reading keys away; tills print none any more.
///
/// # Errors
/// When the producer has none, or the database fails.
pub async fn end_key(app: &App, actor: &str, producer_id: ProducerId) -> Result<()> {
    let mut tx = app.db.begin().await?;
    catalogue::lock(&mut tx).await?;
    if !reading_keys::delete(&mut tx, producer_id).await? {
        return Err(Refusal::Invalid { what: "key", rule: "this producer has none" }.into());
    }
    publish(&mut tx, &[producer_id], app.clock.now_ms()).await?;
    finish(app, tx, (actor, "producer.reading_key_end"), producer_id).await
}

/// Draws what takes the place of keys that were told to the tills of every operator (migration 0094), and tells each its own.
///
/// # Errors
/// When the database fails.
pub async fn replace_ended(db: &Db, clock: &Clock) -> Result<()> {
    if !reading_keys::has_ended(db).await? {
        return Ok(());
    }
    let mut tx = db.begin().await?;
    catalogue::lock(&mut tx).await?;
    let at_ms = clock.now_ms();
    let ended = reading_keys::claim_ended(&mut tx, at_ms).await?;
    give_all(&mut tx, clock, &ended).await?;
    let subjects: Vec<String> = ended.iter().map(ToString::to_string).collect();
    let acts: Vec<Act<'_>> = subjects
        .iter()
        .map(|subject| Act { at_ms, actor: "central", action: MADE, subject: subject.as_str(), detail: "" })
        .collect();
    audit::append_all(&mut tx, &acts).await?;
    tx.commit().await
}

/// Draws the keys that a new operator's tills will print, of every producer who has some.
///
/// # Errors
/// When the database fails.
pub async fn give_operator(tx: &mut Tx, clock: &Clock, operator_id: OperatorId) -> Result<()> {
    let producers = reading_keys::list_producers(tx).await?;
    let keys = producers.into_iter().map(|producer_id| drawn(clock, producer_id, operator_id)).collect();
    reading_keys::replace_of_operators(tx, keys, clock.now_ms()).await
}

/// Writes into the producers' rows of a page for an operator's till where the papers that it prints lead.
///
/// # Errors
/// When the database fails.
pub async fn lead(app: &App, operator_id: OperatorId, page: &mut catalogue::Page) -> Result<()> {
    let producers = page.producers();
    if producers.is_empty() {
        return Ok(());
    }
    let keys = reading_keys::list_of_operator(&app.db, operator_id, producers).await?;
    page.lead(&keys.into_iter().map(|(producer, key)| (producer, address(app, &key))).collect())
}

/// Gives producers a key for the stores of each operator, and has all tills hear of the producers anew.
async fn give_all(tx: &mut Tx, clock: &Clock, producers: &[ProducerId]) -> Result<()> {
    let (operators, now_ms) = (operators::list_in(tx).await?, clock.now_ms());
    let mut keys = Vec::with_capacity(producers.len() * operators.len());
    for producer_id in producers {
        keys.extend(operators.iter().map(|operator| drawn(clock, *producer_id, operator.id)));
    }
    reading_keys::replace_of_operators(tx, keys, now_ms).await?;
    publish(tx, producers, now_ms).await
}

/// Gives a producer keys for the stores of operators that have none for it, and has all tills hear of the producer anew if there are any.
async fn give_missing(tx: &mut Tx, clock: &Clock, producer_id: ProducerId) -> Result<()> {
    let (given, now_ms) = (reading_keys::list_operators(tx, producer_id).await?, clock.now_ms());
    let operators = operators::list_in(tx).await?;
    let missing = operators.iter().filter(|operator| !given.contains(&operator.id));
    let keys: Vec<OfOperator> = missing.map(|operator| drawn(clock, producer_id, operator.id)).collect();
    if keys.is_empty() {
        return Ok(());
    }
    reading_keys::replace_of_operators(tx, keys, now_ms).await?;
    publish(tx, &[producer_id], now_ms).await
}

fn drawn(clock: &Clock, producer_id: ProducerId, operator_id: OperatorId) -> OfOperator {
    OfOperator { producer_id, operator_id, key: Secret::draw(clock) }
}

/// Returns the address that a key stands in.
fn address(app: &App, key: &str) -> String {
    format!("{}/p/{key}", app.config.public_url.trim_end_matches('/'))
}

/// Tells all tills of producers; [`lead`] adds to what each is told.
async fn publish(tx: &mut Tx, producers: &[ProducerId], now_ms: i64) -> Result<()> {
    let mut news = Vec::with_capacity(producers.len());
    for producer_id in producers {
        let producer = producers::find_in(tx, *producer_id).await?.ok_or(Error::NotFound("producer"))?;
        let row = ProducerRow { id: producer_id.uuid(), name: producer.name, reading_url: None };
        news.push(News::of(&CatalogueRow::Producer(row), Audience::All)?);
    }
    catalogue::publish(tx, news, now_ms).await
}

/// The log says that there is a key, never which.
async fn finish(app: &App, tx: Tx, (actor, action): (&str, &str), producer_id: ProducerId) -> Result<()> {
    let subject = producer_id.to_string();
    let act = Act { at_ms: app.clock.now_ms(), actor, action, subject: &subject, detail: "" };
    audit::commit(tx, &act).await
}
