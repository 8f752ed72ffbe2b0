//! News for producers who asked for them: what sold in a week, and goods that are gone. Each is one short message; a carrier hands
//! it on.

mod carrier;
mod making;

use std::time::Duration;

use domain::ids::ProducerId;

use crate::app::App;
use crate::db::audit::{self, Act};
use crate::db::producer_news::{self, GivenUp, Waiting};
use crate::db::users::ProducerScope;
use crate::error::{Refusal, Result};

use carrier::{Carrier, Handed};
pub use making::{WEEKLY_AT_HOUR, make};

/// How often is looked whether there are any.
const EVERY: Duration = Duration::from_secs(60);
/// News handed on at a time.
const BATCH_MAX: i64 = 200;
/// So often in a row nobody answers, or nobody is ready, and the others wait for the next time.
const FAILURES_MOST: usize = 3;
/// What waited so long is no news any more.
const LATE_MS: i64 = 3 * 24 * 3_600_000;
/// News are kept so long.
const KEPT_MS: i64 = 400 * 24 * 3_600_000;

/// Hands on what waits; returns how many messages. What could not be handed on waits for the next time, up to three days.
///
/// # Errors
/// When the database or a file fails.
pub async fn send(app: &App) -> Result<usize> {
    let Some(gateway) = app.config.news.gateway() else { return Ok(0) };
    let carrier = Carrier::open(&gateway)?;
    let (mut sent, mut failures) = (0, 0);
    for id in producer_news::list_waiting(&app.db, BATCH_MAX).await? {
        // Read now: the producer may have ended it, or given another number, while others were sent.
        let Some(news) = producer_news::find_waiting(&app.db, id).await? else { continue };
        match hand_on(app, &carrier, &news).await? {
            Handed::Taken => {
                sent += 1;
                failures = 0;
            }
            // It is this message alone that is not taken: those behind it must not wait for it.
            Handed::Refused | Handed::Later => failures = 0,
            Handed::NotReady => failures += 1,
        }
        if failures == FAILURES_MOST {
            break;
        }
    }
    Ok(sent)
}

async fn hand_on(app: &App, carrier: &Carrier, news: &Waiting) -> Result<Handed> {
    let now_ms = app.clock.now_ms();
    let is_late = now_ms - news.made_at_ms > LATE_MS;
    // Outside of any transaction: a gateway may take its time, and knows what it has.
    let handed = if is_late { Handed::Refused } else { carrier.hand_on(news).await? };
    let why = if is_late { GivenUp::Late } else { GivenUp::Refused };
    let mut tx = app.db.begin().await?;
    match handed {
        Handed::Taken => producer_news::mark_sent(&mut tx, news.id, now_ms).await?,
        Handed::Refused => producer_news::give_up(&mut tx, news.id, (why, now_ms)).await?,
        Handed::Later | Handed::NotReady => return Ok(handed),
    }
    tx.commit().await?;
    Ok(handed)
}

/// Makes and hands on news every minute, for as long as the service runs. Nothing to do where no gateway is set.
pub async fn run(app: App) {
    if app.config.news.gateway().is_none() {
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
