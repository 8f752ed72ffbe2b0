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

/// A figure of a row that a producer can hold to be another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figure {
    /// What was delivered.
    Received,
    /// What was sold.
    Sold,
    /// What went back to the producer.
    Returned,
    /// What is left.
    Closing,
    /// What is owed, đồng; the only one that all of a settlement has.
    Due,
}

impl Figure {
    /// Every figure, in the order of a settlement's columns.
    pub const ALL: [Self; 5] = [Self::Received, Self::Sold, Self::Returned, Self::Closing, Self::Due];

    /// Returns the name that the table uses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Sold => "sold",
            Self::Returned => "returned",
            Self::Closing => "closing",
            Self::Due => "due",
        }
    }

    /// Returns the figure of a code, or `None`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|figure| figure.code() == code)
    }
}

/// What a figure should be, as the producer says: thousandths of the unit, or đồng.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// Which one.
    pub figure: Figure,
    /// How much.
    pub claimed: i64,
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
    /// Which figure of the row is wrong, if the producer said so.
    pub claim: Option<Claim>,
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
    figure: Option<String>,
    claimed: Option<i64>,
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
    /// The operator has answered it, and the producer has not said more.
    pub is_replied: bool,
}

/// Returns what was answered to a settlement, the earliest first.
///
/// # Errors
/// When the database fails.
pub async fn list_in(tx: &mut Tx, id: PaperId) -> Result<Vec<Answered>> {
    let sql = sql!(
        "select product_id, answer, words, figure, claimed, op_id, answered_by, answered_at_ms from settlement_answers
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
            answered_by, answered_at_ms, figure, claimed)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        id.stream.store_id,
        id.stream.incarnation,
        id.seq,
        answered.product_id.map_or(Uuid::nil(), ProductId::uuid),
        producer_id,
        answered.answer.code(),
        &answered.words,
        answered.op_id,
        &answered.answered_by,
        answered.answered_at_ms,
        answered.claim.map(|claim| claim.figure.code()),
        answered.claim.map(|claim| claim.claimed)
    );
    tx.exec(sql).await?;
    Ok(())
}

/// Returns the disputes of all producers that are open, those without a reply first, then the latest; at most `limit`. One
/// that was replied to before `since_ms` is left out: then the producer's silence is consent, or soon will be.
///
/// # Errors
/// When the database fails.
pub async fn list_disputes(db: &Db, since_ms: i64, limit: i64) -> Result<Vec<Dispute>> {
    let sql = sql!(
        "select stores.name as store, producers.name as producer, coalesce(papers.number, '?') as number,
            coalesce(products.name, '') as product, answers.words, answers.answered_at_ms,
            coalesce(said.replies > said.insisted, $2) as is_replied
         from settlement_answers as answers
         left join (select store_id, incarnation, seq, product_id,
                sum(case when kind = 'replied' then 1 else 0 end) as replies,
                sum(case when kind = 'insisted' then 1 else 0 end) as insisted,
                max(said_at_ms) as last_ms
            from settlement_words where kind in ('replied', 'insisted')
            group by store_id, incarnation, seq, product_id) as said
            on said.store_id = answers.store_id and said.incarnation = answers.incarnation
                and said.seq = answers.seq and said.product_id = answers.product_id
         left join (select distinct store_id, incarnation, seq from settlement_words where kind = 'accepted') as closed
            on closed.store_id = answers.store_id and closed.incarnation = answers.incarnation
                and closed.seq = answers.seq
         join stores on stores.id = answers.store_id
         join producers on producers.id = answers.producer_id
         left join settlements as papers on papers.store_id = answers.store_id
            and papers.incarnation = answers.incarnation and papers.seq = answers.seq
         left join products on products.id = answers.product_id
         where answers.answer = 'disputed' and closed.seq is null
            and not coalesce(said.replies > said.insisted and said.last_ms < $3, $2)
         order by is_replied, answers.answered_at_ms desc, answers.store_id, answers.incarnation, answers.seq, answers.product_id
         limit $1",
        limit,
        false,
        since_ms
    );
    db.all(sql).await
}

impl AnsweredRow {
    fn read(self) -> Result<Answered> {
        let damaged = || Error::damaged("settlement_answers", self.op_id, "the answer is unknown");
        Ok(Answered {
            product_id: (!self.product_id.is_nil()).then(|| self.product_id.into()),
            answer: Answer::from_code(&self.answer).ok_or_else(damaged)?,
            claim: match (&self.figure, self.claimed) {
                (Some(code), Some(claimed)) => {
                    Some(Claim { figure: Figure::from_code(code).ok_or_else(damaged)?, claimed })
                }
                _ => None,
            },
            words: self.words,
            op_id: self.op_id,
            answered_by: self.answered_by,
            answered_at_ms: self.answered_at_ms,
        })
    }
}
