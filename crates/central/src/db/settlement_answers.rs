//! What producers answer to settlements: appended, never changed.

use domain::ids::{ProducerId, ProductId};
use sqlx::FromRow;
use uuid::Uuid;

use super::engine::{Db, Tx, sql};
use super::settlements::PaperId;
use crate::error::{Error, Result};

/// What a producer says of a settlement, or of a row of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It is right.
    Confirmed,
    /// It is not.
    Disputed,
}

impl Answer {
    /// Returns the name that the table uses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Disputed => "disputed",
        }
    }

    /// Returns the answer of a code, or `None`.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Confirmed, Self::Disputed].into_iter().find(|answer| answer.code() == code)
    }
}

/// An answer as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The row that it is about; none for all of the settlement.
    pub product_id: Option<ProductId>,
    /// What was said.
    pub answer: Answer,
    /// In which words; empty for a confirmation.
    pub words: String,
    /// Drawn with the form.
    pub op_id: Uuid,
    /// The login of who answered.
    pub answered_by: String,
    /// When, UTC milliseconds.
    pub answered_at_ms: i64,
}

#[derive(FromRow)]
struct AnsweredRow {
    product_id: Uuid,
    answer: String,
    words: String,
    op_id: Uuid,
    answered_by: String,
    answered_at_ms: i64,
}

/// A dispute with what names it for the department.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Dispute {
    /// The store's name.
    pub store: String,
    /// The producer's name.
    pub producer: String,
    /// The number on the settlement's paper.
    pub number: String,
    /// The product whose row it is about; empty for all of the settlement.
    pub product: String,
    /// What is wrong, in the producer's words.
    pub words: String,
    /// When, UTC milliseconds.
    pub answered_at_ms: i64,
}

/// Returns what was answered to a settlement, the earliest first.
///
/// # Errors
/// When the database fails.
pub async fn list_in(tx: &mut Tx, id: PaperId) -> Result<Vec<Answered>> {
    let sql = sql!(
        "select product_id, answer, words, op_id, answered_by, answered_at_ms from settlement_answers
         where store_id = $1 and incarnation = $2 and seq = $3 order by answered_at_ms, product_id",
        id.stream.store_id,
        id.stream.incarnation,
        id.seq
    );
    tx.all::<AnsweredRow>(sql).await?.into_iter().map(AnsweredRow::read).collect()
}

/// Appends an answer.
///
/// # Errors
/// When the database fails; also when the settlement, or this row of it, has one.
pub async fn insert(tx: &mut Tx, id: PaperId, producer_id: ProducerId, answered: &Answered) -> Result<()> {
    let sql = sql!(
        "insert into settlement_answers (store_id, incarnation, seq, product_id, producer_id, answer, words, op_id,
            answered_by, answered_at_ms)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        id.stream.store_id,
        id.stream.incarnation,
        id.seq,
        answered.product_id.map_or(Uuid::nil(), ProductId::uuid),
        producer_id,
        answered.answer.code(),
        &answered.words,
        answered.op_id,
        &answered.answered_by,
        answered.answered_at_ms
    );
    tx.exec(sql).await?;
    Ok(())
}

/// Returns the latest disputes of all producers, at most `limit`.
///
/// # Errors
/// When the database fails.
pub async fn list_disputes(db: &Db, limit: i64) -> Result<Vec<Dispute>> {
    let sql = sql!(
        "select stores.name as store, producers.name as producer, coalesce(papers.number, '?') as number,
            coalesce(products.name, '') as product, answers.words, answers.answered_at_ms
         from settlement_answers as answers
         join stores on stores.id = answers.store_id
         join producers on producers.id = answers.producer_id
         left join settlements as papers on papers.store_id = answers.store_id
            and papers.incarnation = answers.incarnation and papers.seq = answers.seq
         left join products on products.id = answers.product_id
         where answers.answer = 'disputed'
         order by answers.answered_at_ms desc, answers.store_id, answers.incarnation, answers.seq, answers.product_id
         limit $1",
        limit
    );
    db.all(sql).await
}

impl AnsweredRow {
    fn read(self) -> Result<Answered> {
        let damaged = || Error::damaged("settlement_answers", self.op_id, "the answer is unknown");
        Ok(Answered {
            product_id: (!self.product_id.is_nil()).then(|| self.product_id.into()),
            answer: Answer::from_code(&self.answer).ok_or_else(damaged)?,
            words: self.words,
            op_id: self.op_id,
            answered_by: self.answered_by,
            answered_at_ms: self.answered_at_ms,
        })
    }
}
