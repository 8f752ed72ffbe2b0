//! A producer confirms a settlement or disputes it, and says whether what the operator answers is enough. Each answer is kept for
//! good, and stands in the audit log with its words. A settlement's figures never change: what was wrong is put right in the next
//! one.

use domain::ids::ProductId;
use uuid::Uuid;

use crate::app::App;
use crate::config::Settlements;
use crate::db::audit::{self, Act};
use crate::db::joint_settlements::Asker;
use crate::db::settlement_answers::{self, Answer, Answered, Claim, Figure};
use crate::db::settlement_words::{self, Kind, Word as Kept};
use crate::db::settlements::{self, Paper, PaperId, Said};
use crate::db::users::ProducerScope;
use crate::db::{Tx, streams};
use crate::error::{Error, Refusal, Result};

/// Letters of a dispute and of an answer to it, at most.
pub const WORDS_MAX: usize = 300;
const DAY_MS: i64 = 86_400_000;

/// How a settlement stands between operator and producer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It waits for the producer's word.
    Sent,
    /// The producer confirmed it, at once or after what was disputed was answered.
    Confirmed,
    /// The producer disputed it, or a row of it, and the operator has not answered.
    Disputed,
    /// The operator answered all that was disputed; it waits for the producer's word.
    Answered,
    /// The operator recorded that the producer signed it on paper.
    Signed,
    /// The producer said nothing in time.
    Agreed,
}

impl Standing {
    /// Returns how a settlement stands now, of which silence is consent from `silent_until_ms` on ([`silent_until_ms`]).
    pub const fn of(said: &Said, silent_until_ms: i64, now_ms: i64) -> Self {
        let is_silent = now_ms >= silent_until_ms;
        if said.is_accepted || matches!(said.answer, Some(Answer::Confirmed)) {
            return Self::Confirmed;
        }
        let is_disputed = matches!(said.answer, Some(Answer::Disputed));
        if is_disputed && said.open_count > 0 {
            return Self::Disputed;
        }
        match (said.signed_at_ms, is_disputed) {
            (Some(_), _) => Self::Signed,
            (None, _) if is_silent => Self::Agreed,
            (None, true) => Self::Answered,
            (None, false) => Self::Sent,
        }
    }

    /// Says whether the producer may still say something: to a signature on paper only until `silent_until_ms`.
    pub const fn is_open(self, silent_until_ms: i64, now_ms: i64) -> bool {
        match self {
            Self::Sent | Self::Disputed | Self::Answered => true,
            Self::Signed => now_ms < silent_until_ms,
            Self::Confirmed | Self::Agreed => false,
        }
    }
}

/// Returns when silence about a settlement becomes consent, UTC milliseconds: so many days after central counted it as the
/// contract says, or the setting where that says nothing. What the operator says of it later, an answer or a signature on paper,
/// begins the days anew.
pub fn silent_until_ms(paper: &Paper, settings: &Settlements) -> i64 {
    let days = paper.agreed_after_days.unwrap_or_else(|| i64::from(settings.agreed_after_days));
    let heard_ms = [paper.said.replied_at_ms, paper.said.signed_at_ms].into_iter().flatten();
    let heard_ms = heard_ms.fold(paper.received_at_ms, i64::max);
    heard_ms.saturating_add(days.saturating_mul(DAY_MS))
}

/// Returns how a settlement stands.
pub fn standing(paper: &Paper, settings: &Settlements, now_ms: i64) -> Standing {
    Standing::of(&paper.said, silent_until_ms(paper, settings), now_ms)
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
        /// Which figure of it, and what it should be.
        claim: Option<Claim>,
        /// What is wrong with it.
        words: String,
    },
    /// What the operator answered is not enough.
    Insist {
        /// The row that was disputed; none for all of the settlement.
        product_id: Option<ProductId>,
        /// Why not.
        words: String,
    },
}

/// Returns the words of a dispute without blanks around them and in one line; `None` when there are none, or too many.
pub fn checked_words(typed: &str) -> Option<String> {
    let words: Vec<&str> = typed.split(|c: char| c.is_whitespace() || c.is_control()).collect();
    let words = words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    (1..=WORDS_MAX).contains(&words.chars().count()).then_some(words)
}

/// The same, or what the rule is.
pub(crate) fn needed_words(typed: &str) -> Result<String> {
    let rule = "1 to 300 letters that say what is wrong";
    Ok(checked_words(typed).ok_or(Refusal::Invalid { what: "words", rule })?)
}

/// A settlement about which something is to be said: nobody else says anything until the commit.
pub(crate) struct Opened {
    pub(crate) tx: Tx,
    pub(crate) paper: Paper,
    pub(crate) answers: Vec<Answered>,
    pub(crate) words: Vec<Kept>,
    pub(crate) standing: Standing,
    pub(crate) is_open: bool,
}

/// Opens the asker's settlement.
pub(crate) async fn open(app: &App, asker: Asker, id: PaperId) -> Result<Opened> {
    let missing = || Error::NotFound("settlement");
    let mut tx = app.db.begin().await?;
    settlements::find_in(&mut tx, asker, id).await?.ok_or_else(missing)?;
    // One at a time: of two at once the second sees the first.
    streams::lock_store(&mut tx, id.stream.store_id).await?;
    let paper = settlements::find_in(&mut tx, asker, id).await?.ok_or_else(missing)?;
    let answers = settlement_answers::list_in(&mut tx, id).await?;
    let words = settlement_words::list_in(&mut tx, id).await?;
    let (until_ms, now_ms) = (silent_until_ms(&paper, &app.config.settlements), app.clock.now_ms());
    let standing = Standing::of(&paper.said, until_ms, now_ms);
    Ok(Opened { tx, paper, answers, words, standing, is_open: standing.is_open(until_ms, now_ms) })
}

impl Opened {
    /// Says whether the operator's word about a disputed row is the last one; `None` for a row that was not disputed.
    pub(crate) fn is_replied(&self, product_id: Option<ProductId>) -> Option<bool> {
        is_replied(&self.answers, &self.words, product_id)
    }

    /// Appends a word and its act, unless the same was said already under its `op_id`; something else is refused.
    pub(crate) async fn say(mut self, id: PaperId, word: &Kept, action: &str) -> Result<()> {
        if let Some(kept) = self.words.iter().find(|kept| kept.op_id == word.op_id) {
            return said_again(kept, word);
        }
        let key = (id, self.paper.producer_id);
        settlement_words::insert(&mut self.tx, key, self.words.len(), word).await?;
        // A photograph or scan has no words: the audit log names the file.
        let detail = word.file_id.map_or_else(|| word.words.clone(), |file_id| file_id.to_string());
        commit(self.tx, id, (&word.said_by, word.said_at_ms), (action, word.product_id, &detail)).await
    }
}

/// A form that comes a second time says nothing new; with something else in it, after a step back, it is not taken.
pub(crate) fn said_again(kept: &Kept, word: &Kept) -> Result<()> {
    let is_same =
        Kept { said_at_ms: word.said_at_ms, said_by: word.said_by.clone(), ..kept.clone() } == *word;
    if is_same { Ok(()) } else { Err(Refusal::SaidOtherwise.into()) }
}

/// Says whether the operator's word about a disputed row is the last one; `None` for a row that was not disputed.
pub fn is_replied(answers: &[Answered], words: &[Kept], product_id: Option<ProductId>) -> Option<bool> {
    let is_disputed =
        |answered: &Answered| answered.answer == Answer::Disputed && answered.product_id == product_id;
    answers.iter().any(is_disputed).then(|| {
        let mut of_row = words.iter().rev().filter(|kept| kept.product_id == product_id);
        of_row
            .find(|kept| kept.kind.is_reply() || kept.kind == Kind::Insisted)
            .is_some_and(|kept| kept.kind.is_reply())
    })
}

/// Keeps what a producer says of a settlement, in the name of a login. The same said again under its `op_id` is kept once.
///
/// # Errors
/// When there is no such settlement or row of this producer, the words are too long, or it was answered already: a
/// confirmation is the last word, a row is disputed once and then insisted on after each answer, and after the days of silence
/// nothing more is said.
pub async fn answer(
    app: &App,
    (scope, login): (ProducerScope, &str),
    id: PaperId,
    word: &Word,
    op_id: Uuid,
) -> Result<()> {
    let now_ms = app.clock.now_ms();
    let opened = open(app, Asker::Producer(scope), id).await?;
    let said = |kind, product_id, words: &str| Kept {
        product_id,
        kind,
        words: words.to_owned(),
        signed_on: None,
        file_id: None,
        op_id,
        is_operators: false,
        said_by: login.to_owned(),
        said_at_ms: now_ms,
    };
    let refused = || Err(Refusal::Answered.into());
    match word {
        Word::Confirm if opened.standing == Standing::Confirmed => Ok(()),
        Word::Confirm if !opened.is_open || opened.standing == Standing::Disputed => refused(),
        Word::Confirm if opened.paper.said.answer.is_some() => {
            opened.say(id, &said(Kind::Accepted, None, ""), "settlement.accept").await
        }
        Word::Confirm => {
            let answered = read(Answer::Confirmed, (None, None), String::new(), (op_id, login, now_ms));
            first(opened, id, answered).await
        }
        Word::Dispute { product_id, claim, words } => {
            let words = needed_words(words)?;
            let answered = read(Answer::Disputed, (*product_id, *claim), words, (op_id, login, now_ms));
            first(opened, id, answered).await
        }
        Word::Insist { product_id, words } => {
            let words = needed_words(words)?;
            let is_again = opened.words.iter().any(|kept| kept.op_id == op_id);
            let may_insist = opened.is_open && opened.is_replied(*product_id) == Some(true);
            if !is_again && !may_insist {
                return refused();
            }
            opened.say(id, &said(Kind::Insisted, *product_id, &words), "settlement.insist").await
        }
    }
}

/// Keeps the first answer to a settlement, or to a row of it.
async fn first(mut opened: Opened, id: PaperId, answered: Answered) -> Result<()> {
    let is_again =
        |kept: &Answered| Answered { answered_at_ms: answered.answered_at_ms, ..kept.clone() } == answered;
    if opened.answers.iter().any(is_again) {
        return Ok(());
    }
    let has_answer = |kept: &Answered| kept.product_id == answered.product_id;
    let is_whole = answered.product_id.is_none();
    if !opened.is_open || opened.answers.iter().any(has_answer) {
        return Err(Refusal::Answered.into());
    }
    if answered.claim.is_some_and(|claim| is_whole && claim.figure != Figure::Due) {
        return Err(
            Refusal::Invalid { what: "figure", rule: "of all of a settlement only what is owed" }.into()
        );
    }
    if let Some(product_id) = answered.product_id {
        let told = settlements::find_told_in(&mut opened.tx, id).await?;
        let has_row = told.is_some_and(|told| told.rows.iter().any(|row| row.product == product_id.uuid()));
        if !has_row {
            return Err(Error::NotFound("row"));
        }
    }
    settlement_answers::insert(&mut opened.tx, id, opened.paper.producer_id, &answered).await?;
    let action = match answered.answer {
        Answer::Confirmed => "settlement.confirm",
        Answer::Disputed => "settlement.dispute",
    };
    let who = (answered.answered_by.as_str(), answered.answered_at_ms);
    commit(opened.tx, id, who, (action, answered.product_id, &answered.words)).await
}

fn read(
    answer: Answer,
    (product_id, claim): (Option<ProductId>, Option<Claim>),
    words: String,
    (op_id, login, now_ms): (Uuid, &str, i64),
) -> Answered {
    Answered {
        product_id,
        answer,
        words,
        claim,
        op_id,
        answered_by: login.to_owned(),
        answered_at_ms: now_ms,
    }
}

/// Commits with the act: which row, and in which words.
async fn commit(
    tx: Tx,
    id: PaperId,
    (login, at_ms): (&str, i64),
    (action, product_id, words): (&str, Option<ProductId>, &str),
) -> Result<()> {
    let subject = format!("{} entry {}", id.stream, id.seq);
    let about = product_id.map_or(String::new(), |product_id| format!("{product_id}: "));
    let detail = format!("{about}{words}");
    let act = Act { at_ms, actor: login, action, subject: &subject, detail: &detail };
    audit::commit(tx, &act).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_is_consent_after_some_days() {
        let of = |said: Said, days| Standing::of(&said, 15 * DAY_MS, days * DAY_MS);
        let none = Said::default();
        assert_eq!(
            (of(none, 0), of(none, 14), of(none, 15)),
            (Standing::Sent, Standing::Sent, Standing::Agreed)
        );
        let disputed = |open_count| Said { answer: Some(Answer::Disputed), open_count, ..none };
        assert_eq!(of(disputed(1), 99), Standing::Disputed, "an operator's silence is none");
        assert_eq!((of(disputed(0), 14), of(disputed(0), 15)), (Standing::Answered, Standing::Agreed));
        let accepted = Said { is_accepted: true, ..disputed(0) };
        assert_eq!(of(accepted, 99), Standing::Confirmed);
        let confirmed = Said { answer: Some(Answer::Confirmed), signed_at_ms: Some(1), ..none };
        assert_eq!(of(confirmed, 0), Standing::Confirmed);
    }

    #[test]
    fn a_signature_on_paper_can_be_objected_to_for_some_days() {
        let signed = Said { signed_at_ms: Some(0), ..Said::default() };
        let of = |said: &Said, days: i64| {
            let standing = Standing::of(said, 15 * DAY_MS, days * DAY_MS);
            (standing, standing.is_open(15 * DAY_MS, days * DAY_MS))
        };
        assert_eq!(of(&signed, 14), (Standing::Signed, true));
        assert_eq!(of(&signed, 15), (Standing::Signed, false));
        let objected = Said { answer: Some(Answer::Disputed), open_count: 1, ..signed };
        assert_eq!(of(&objected, 15), (Standing::Disputed, true));
    }

    #[test]
    fn words_are_one_line_and_not_too_many() {
        assert_eq!(checked_words(" Thiếu\r\n 2 hộp\u{0} ").as_deref(), Some("Thiếu 2 hộp"));
        assert_eq!(checked_words(" \r\n"), None);
        assert_eq!(checked_words(&"ố".repeat(300)).map(|words| words.chars().count()), Some(300));
        assert_eq!(checked_words(&"ố".repeat(301)), None);
    }
}
