//! News for producers who asked for them: what sold in a week, and goods that are gone. Each is one short message; a carrier hands
//! it on.

mod carrier;
mod making;

use std::time::Duration;

use domain::ids::ProducerId;

use crate::app::App;
use crate::db::audit::{self, Act};
use crate::db::producer_news;
use crate::db::users::ProducerScope;
use crate::error::{Refusal, Result};

pub use making::{WEEKLY_AT_HOUR, make};

/// How often is looked whether there are any.
const EVERY: Duration = Duration::from_secs(60);
/// News handed on at a time.
const BATCH_MAX: i64 = 200;
/// News are kept so long.
const KEPT_MS: i64 = 400 * 24 * 3_600_000;

/// Hands on what waits; returns how many messages. What could not be handed on waits for the next time.
///
/// # Errors
/// When the database or the carrier fails.
pub async fn send(app: &App) -> Result<usize> {
    let Some(folder) = app.config.news.folder() else { return Ok(0) };
    let mut sent = 0;
    for news in producer_news::list_waiting(&app.db, BATCH_MAX).await? {
        // Of several services one has it; another one finds it taken.
        let mut tx = app.db.begin().await?;
        if producer_news::take(&mut tx, news.id, app.clock.now_ms()).await? {
            carrier::hand_on(&folder, &news)?;
            tx.commit().await?;
            sent += 1;
        }
    }
    Ok(sent)
}

/// Makes and hands on news every minute, for as long as the service runs. Nothing to do where no folder is set.
pub async fn run(app: App) {
    if app.config.news.folder().is_none() {
        return;
    }
    let mut interval = tokio::time::interval(EVERY);
    interval.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        interval.tick().await;
        if let Err(error) = once(&app).await {
            tracing::error!(%error, "news for producers could not be made or handed on");
        }
    }
}

async fn once(app: &App) -> Result<()> {
    let made = make(app).await?;
    let sent = send(app).await?;
    if made + sent > 0 {
        tracing::info!(made, sent, "news for producers");
    }
    let mut tx = app.db.begin().await?;
    producer_news::delete_before(&mut tx, app.clock.now_ms() - KEPT_MS).await?;
    tx.commit().await
}

/// Keeps a producer's wish to be told at a number: 8 to 15 digits, with blanks, dots or dashes between and a plus before.
///
/// # Errors
/// When it is no number, or the database fails.
pub async fn ask(app: &App, (scope, login): (ProducerScope, &str), phone: &str) -> Result<()> {
    let phone = read_phone(phone).ok_or(Refusal::Invalid { what: "phone", rule: "8 to 15 digits" })?;
    let now_ms = app.clock.now_ms();
    let mut tx = app.db.begin().await?;
    producer_news::replace_wish(&mut tx, scope, &phone, (login, now_ms)).await?;
    finish(app, tx, (login, "producer.news_on"), scope.producer_id()).await
}

/// Forgets the wish; nothing is sent any more.
///
/// # Errors
/// When the database fails.
pub async fn end(app: &App, (scope, login): (ProducerScope, &str)) -> Result<()> {
    let mut tx = app.db.begin().await?;
    producer_news::delete_wish(&mut tx, scope).await?;
    finish(app, tx, (login, "producer.news_off"), scope.producer_id()).await
}

/// The log says that somebody asked, never for which number.
async fn finish(
    app: &App,
    tx: crate::db::Tx,
    (actor, action): (&str, &str),
    producer_id: ProducerId,
) -> Result<()> {
    let subject = producer_id.to_string();
    let act = Act { at_ms: app.clock.now_ms(), actor, action, subject: &subject, detail: "" };
    audit::commit(tx, &act).await
}

fn read_phone(text: &str) -> Option<String> {
    let text: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-')).collect();
    let digits = text.strip_prefix('+').unwrap_or(&text);
    let is_number = (8..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    is_number.then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_people_write_it() {
        for (typed, read) in [
            ("0905 123 456", Some("0905123456")),
            (" +84.905-123-456 ", Some("+84905123456")),
            ("090512", None),
            ("0905123456 7890123456", None),
            ("zalo", None),
            ("", None),
        ] {
            assert_eq!(read_phone(typed).as_deref(), read, "{typed:?}");
        }
    }
}
