//! A producer confirms a settlement or disputes it. Each answer is kept for good, and stands in the audit log with its words.

use domain::ids::ProductId;
use uuid::Uuid;

use crate::app::App;
use crate::config::Settlements;
use crate::db::audit::{self, Act};
use crate::db::settlement_answers::{self, Answer, Answered};
use crate::db::settlements::{self, Paper, PaperId};
use crate::db::streams;
use crate::db::users::ProducerScope;
use crate::error::{Error, Refusal, Result};

/// Letters of a dispute, at most.
pub const WORDS_MAX: usize = 300;
const DAY_MS: i64 = 86_400_000;

/// How a settlement stands between operator and producer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It waits for the producer's word.
    Sent,
    /// The producer confirmed it.
    Confirmed,
    /// The producer disputed it, or a row of it.
    Disputed,
    /// The producer said nothing in time.
    Agreed,
}

impl Standing {
    /// Returns how a settlement stands now, of which silence is consent from `silent_until_ms` on ([`silent_until_ms`]).
    pub fn of(answer: Option<Answer>, silent_until_ms: i64, now_ms: i64) -> Self {
        match answer {
            Some(Answer::Confirmed) => Self::Confirmed,
            Some(Answer::Disputed) => Self::Disputed,
            None if now_ms < silent_until_ms => Self::Sent,
            None => Self::Agreed,
        }
    }
}

/// Returns when silence about a settlement becomes consent, UTC milliseconds: so many days after it came to central as the
/// contract says, or the setting where that says nothing.
pub fn silent_until_ms(paper: &Paper, settings: &Settlements) -> i64 {
    let days = paper.agreed_after_days.unwrap_or_else(|| i64::from(settings.agreed_after_days));
    paper.received_at_ms.saturating_add(days.saturating_mul(DAY_MS))
}

/// What a producer says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word {
    /// It is right.
    Confirm,
    /// It is not.
    Dispute {
        /// The row that is wrong; none for all of the settlement.
        product_id: Option<ProductId>,
        /// What is wrong with it.
        words: String,
    },
}

/// Returns the words of a dispute without blanks around them and in one line; `None` when there are none, or too many.
pub fn checked_words(typed: &str) -> Option<String> {
    let words: Vec<&str> = typed.split(|c: char| c.is_whitespace() || c.is_control()).collect();
    let words = words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    (1..=WORDS_MAX).contains(&words.chars().count()).then_some(words)
}

/// Keeps what a producer says of a settlement, in the name of a login. The same said again under its `op_id` is kept once.
///
/// # Errors
/// When there is no such settlement or row of this producer, the words are too long, or it was answered already: a
/// confirmation is the last word, a row is disputed once, and after the days of silence nothing more is said.
pub async fn answer(
    app: &App,
    (scope, login): (ProducerScope, &str),
    id: PaperId,
    word: &Word,
    op_id: Uuid,
) -> Result<()> {
    let now_ms = app.clock.now_ms();
    let mut tx = app.db.begin().await?;
    let paper = settlements::find_in(&mut tx, scope, id).await?.ok_or(Error::NotFound("settlement"))?;
    // One answer at a time: of two at once the second sees the first.
    streams::lock_store(&mut tx, id.stream.store_id).await?;
    let before = settlement_answers::list_in(&mut tx, id).await?;
    let answered = read(word, op_id, login, now_ms)?;
    let is_again = |kept: &Answered| Answered { answered_at_ms: now_ms, ..kept.clone() } == answered;
    if before.iter().any(is_again) || is_confirmed_again(&before, word) {
        return Ok(());
    }
    let worst = before.iter().map(|kept| kept.answer).max_by_key(|answer| answer.code());
    let silent_until_ms = silent_until_ms(&paper, &app.config.settlements);
    let is_open = match Standing::of(worst, silent_until_ms, now_ms) {
        Standing::Sent => true,
        Standing::Disputed => {
            matches!(word, Word::Dispute { product_id, .. } if before.iter().all(|kept| kept.product_id != *product_id))
        }
        Standing::Confirmed | Standing::Agreed => false,
    };
    if !is_open {
        return Err(Refusal::Answered.into());
    }
    if let Some(product_id) = answered.product_id {
        let told = settlements::find_told_in(&mut tx, id).await?;
        let has_row = told.is_some_and(|told| told.rows.iter().any(|row| row.product == product_id.uuid()));
        if !has_row {
            return Err(Error::NotFound("row"));
        }
    }
    settlement_answers::insert(&mut tx, id, scope.producer_id(), &answered).await?;
    let subject = format!("{} entry {}", id.stream, id.seq);
    let about = answered.product_id.map_or(String::new(), |product_id| format!("{product_id}: "));
    let action = match answered.answer {
        Answer::Confirmed => "settlement.confirm",
        Answer::Disputed => "settlement.dispute",
    };
    let detail = format!("{about}{}", answered.words);
    let act = Act { at_ms: now_ms, actor: login, action, subject: &subject, detail: &detail };
    audit::commit(tx, &act).await
}

fn is_confirmed_again(before: &[Answered], word: &Word) -> bool {
    *word == Word::Confirm && before.iter().any(|kept| kept.answer == Answer::Confirmed)
}

fn read(word: &Word, op_id: Uuid, login: &str, now_ms: i64) -> Result<Answered> {
    let (answer, product_id, words) = match word {
        Word::Confirm => (Answer::Confirmed, None, String::new()),
        Word::Dispute { product_id, words } => {
            let rule = "1 to 300 letters that say what is wrong";
            let words = checked_words(words).ok_or(Refusal::Invalid { what: "words", rule })?;
            (Answer::Disputed, *product_id, words)
        }
    };
    Ok(Answered { product_id, answer, words, op_id, answered_by: login.to_owned(), answered_at_ms: now_ms })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_is_consent_after_some_days() {
        let of = |answer, days| Standing::of(answer, 15 * DAY_MS, days * DAY_MS);
        assert_eq!(
            (of(None, 0), of(None, 14), of(None, 15)),
            (Standing::Sent, Standing::Sent, Standing::Agreed)
        );
        assert_eq!(of(Some(Answer::Disputed), 15), Standing::Disputed);
        assert_eq!(of(Some(Answer::Confirmed), 0), Standing::Confirmed);
    }

    #[test]
    fn words_are_one_line_and_not_too_many() {
        assert_eq!(checked_words(" Thiếu\r\n 2 hộp\u{0} ").as_deref(), Some("Thiếu 2 hộp"));
        assert_eq!(checked_words(" \r\n"), None);
        assert_eq!(checked_words(&"ố".repeat(300)).map(|words| words.chars().count()), Some(300));
        assert_eq!(checked_words(&"ố".repeat(301)), None);
    }
}
