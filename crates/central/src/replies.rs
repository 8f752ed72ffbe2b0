//! An operator answers what producers dispute, records that one signed a settlement on paper, and either side brings photographs or
//! scans. Like the producers' own answers all of it is kept for good, and stands in the audit log.

use domain::ids::ProductId;
use time::Date;
use uuid::Uuid;
use web::format::local_date;

use crate::admin::Scan;
use crate::answers::{Standing, needed_words, open, said_again};
use crate::app::App;
use crate::db::joint_settlements::Asker;
use crate::db::paper_files::{self, PaperFile};
use crate::db::settlement_words::{Kind, Word};
use crate::db::settlements::PaperId;
use crate::db::users::OperatorScope;
use crate::error::{Refusal, Result};

/// Letters of the name of whoever signed, at most.
pub const SIGNER_MAX: usize = 100;
/// Photographs and scans of a settlement, at most.
pub const PAPERS_MAX: usize = 12;

/// What is common to all that is said: by whom, when, under which number of its form.
struct Saying<'a> {
    login: &'a str,
    now_ms: i64,
    op_id: Uuid,
    is_operators: bool,
}

impl Saying<'_> {
    fn word(&self, kind: Kind, words: String) -> Word {
        Word {
            product_id: None,
            kind,
            words,
            signed_on: None,
            file_id: None,
            op_id: self.op_id,
            is_operators: self.is_operators,
            said_by: self.login.to_owned(),
            said_at_ms: self.now_ms,
        }
    }
}

/// Answers a disputed row, or the dispute of all of a settlement (`None`): it is right ([`Kind::AsTold`]), or the next settlement puts
/// it right ([`Kind::NextOne`]). The figures of this one stay as they are.
///
/// # Errors
/// When there is no such settlement of this operator, no such dispute that waits for an answer, or no words.
pub async fn reply(
    app: &App,
    (scope, login): (OperatorScope, &str),
    id: PaperId,
    (product_id, kind, words): (Option<ProductId>, Kind, &str),
    op_id: Uuid,
) -> Result<()> {
    let saying = Saying { login, now_ms: app.clock.now_ms(), op_id, is_operators: true };
    let opened = open(app, Asker::Operator(scope), id).await?;
    let is_again = opened.words.iter().any(|kept| kept.op_id == op_id);
    let waits = opened.standing == Standing::Disputed && opened.is_replied(product_id) == Some(false);
    let may_reply = waits && kind.is_reply();
    if !is_again && !may_reply {
        return Err(Refusal::Answered.into());
    }
    let word = Word { product_id, ..saying.word(kind, needed_words(words)?) };
    opened.say(id, &word, "settlement.reply").await
}

/// Records that the producer signed a settlement on paper. They see it, and may object for as many days as they may be silent.
///
/// # Errors
/// [`Refusal::Invalid`] names the field: `signer`, or `day`. [`Refusal::Answered`] for one that was confirmed or signed already, or of
/// which a dispute waits for an answer. When there is no such settlement of this operator.
pub async fn sign(
    app: &App,
    (scope, login): (OperatorScope, &str),
    id: PaperId,
    (signer, signed_on): (&str, Date),
    op_id: Uuid,
) -> Result<()> {
    let saying = Saying { login, now_ms: app.clock.now_ms(), op_id, is_operators: true };
    let opened = open(app, Asker::Operator(scope), id).await?;
    let signer = signer.split_whitespace().collect::<Vec<_>>().join(" ");
    let word = Word { signed_on: Some(signed_on), ..saying.word(Kind::Signed, signer.clone()) };
    if let Some(kept) = opened.words.iter().find(|kept| kept.op_id == op_id) {
        return said_again(kept, &word);
    }
    if !matches!(opened.standing, Standing::Sent | Standing::Answered | Standing::Agreed) {
        return Err(Refusal::Answered.into());
    }
    if !(1..=SIGNER_MAX).contains(&signer.chars().count()) || signer.chars().any(char::is_control) {
        return Err(Refusal::Invalid { what: "signer", rule: "the name of whoever signed" }.into());
    }
    if !(opened.paper.day..=local_date(saying.now_ms)).contains(&signed_on) {
        return Err(Refusal::Invalid { what: "day", rule: "from the settlement's day to today" }.into());
    }
    opened.say(id, &word, "settlement.sign").await
}

/// Keeps a photograph or a scan with a settlement. The same file sent again with its form is kept once.
///
/// # Errors
/// When there is no such settlement of the asker, or it has as many as it may.
pub async fn bring(
    app: &App,
    (asker, login): (Asker, &str),
    id: PaperId,
    (kind, content): Scan,
    op_id: Uuid,
) -> Result<()> {
    let is_operators = matches!(asker, Asker::Operator(_));
    // Another file, chosen after a step back, comes with the same form and is no repetition.
    let op_id = Uuid::new_v5(&op_id, &content);
    let saying = Saying { login, now_ms: app.clock.now_ms(), op_id, is_operators };
    let mut opened = open(app, asker, id).await?;
    if opened.words.iter().any(|kept| kept.op_id == op_id) {
        return Ok(());
    }
    if opened.words.iter().filter(|kept| kept.kind == Kind::Paper).count() >= PAPERS_MAX {
        return Err(Refusal::PointFile.into());
    }
    let file = PaperFile::of(app.clock.new_uuid(), (kind, &content), login, saying.now_ms);
    paper_files::insert(&mut opened.tx, &file, content).await?;
    let word = Word { file_id: Some(file.id), ..saying.word(Kind::Paper, String::new()) };
    opened.say(id, &word, "settlement.paper").await
}
