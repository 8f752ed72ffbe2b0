//! What is said of a settlement after its producer's first answer: appended, never changed.

use domain::ids::{ProducerId, ProductId};
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use super::engine::{Tx, sql};
use super::settlements::PaperId;
use crate::error::{Error, Result};

/// What was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The operator answers a dispute: the settlement is right.
    AsTold,
    /// The operator answers a dispute: the next settlement will put it right.
    NextOne,
    /// The producer is not satisfied by that.
    Insisted,
    /// The producer agrees with all of the settlement after what was answered.
    Accepted,
    /// The operator has the producer's signature on paper.
    Signed,
    /// Either side brought a photograph or a scan.
    Paper,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 6] =
        [Self::AsTold, Self::NextOne, Self::Insisted, Self::Accepted, Self::Signed, Self::Paper];

    /// Returns kind and outcome as the table names them.
    const fn codes(self) -> (&'static str, &'static str) {
        match self {
            Self::AsTold => ("replied", "as_told"),
            Self::NextOne => ("replied", "next_one"),
            Self::Insisted => ("insisted", ""),
            Self::Accepted => ("accepted", ""),
            Self::Signed => ("signed", ""),
            Self::Paper => ("paper", ""),
        }
    }

    /// Returns the one word that names it elsewhere.
    pub const fn code(self) -> &'static str {
        let (kind, outcome) = self.codes();
        if self.is_reply() { outcome } else { kind }
    }

    /// Says whether it answers a dispute.
    pub const fn is_reply(self) -> bool {
        matches!(self, Self::AsTold | Self::NextOne)
    }
}

/// A word as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The disputed row that it is about; none for all of the settlement.
    pub product_id: Option<ProductId>,
    /// What was said.
    pub kind: Kind,
    /// In which words; of a signature whose it is.
    pub words: String,
    /// When the paper was signed.
    pub signed_on: Option<Date>,
    /// The photograph or scan.
    pub file_id: Option<Uuid>,
    /// Drawn with the form.
    pub op_id: Uuid,
    /// The operator said it; else the producer.
    pub is_operators: bool,
    /// The login of who said it.
    pub said_by: String,
    /// When, UTC milliseconds.
    pub said_at_ms: i64,
}

#[derive(FromRow)]
struct WordRow {
    product_id: Uuid,
    kind: String,
    outcome: String,
    words: String,
    signed_on: Option<Date>,
    file_id: Option<Uuid>,
    op_id: Uuid,
    is_operators: bool,
    said_by: String,
    said_at_ms: i64,
}

/// Returns what was said of a settlement, the earliest first.
///
/// # Errors
/// When the database fails.
pub async fn list_in(tx: &mut Tx, id: PaperId) -> Result<Vec<Word>> {
    let sql = sql!(
        "select product_id, kind, outcome, words, signed_on, file_id, op_id, is_operators, said_by, said_at_ms
         from settlement_words where store_id = $1 and incarnation = $2 and seq = $3 order by word_no",
        id.stream.store_id,
        id.stream.incarnation,
        id.seq
    );
    tx.all::<WordRow>(sql).await?.into_iter().map(WordRow::read).collect()
}

/// Appends a word behind the `before` ones that are there; whoever asks has locked the settlement's store.
///
/// # Errors
/// When the database fails.
pub async fn insert(
    tx: &mut Tx,
    (id, producer_id): (PaperId, ProducerId),
    before: usize,
    word: &Word,
) -> Result<()> {
    let (kind, outcome) = word.kind.codes();
    let sql = sql!(
        "insert into settlement_words (store_id, incarnation, seq, word_no, product_id, producer_id, kind, outcome, words,
            signed_on, file_id, op_id, is_operators, said_by, said_at_ms)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        id.stream.store_id,
        id.stream.incarnation,
        id.seq,
        i64::try_from(before).unwrap_or(i64::MAX - 1) + 1,
        word.product_id.map_or(Uuid::nil(), ProductId::uuid),
        producer_id,
        kind,
        outcome,
        &word.words,
        word.signed_on,
        word.file_id,
        word.op_id,
        word.is_operators,
        &word.said_by,
        word.said_at_ms
    );
    tx.exec(sql).await?;
    Ok(())
}

impl WordRow {
    fn read(self) -> Result<Word> {
        let damaged = || Error::damaged("settlement_words", self.op_id, "what was said is unknown");
        let codes = (self.kind.as_str(), self.outcome.as_str());
        Ok(Word {
            product_id: (!self.product_id.is_nil()).then(|| self.product_id.into()),
            kind: Kind::ALL.into_iter().find(|kind| kind.codes() == codes).ok_or_else(damaged)?,
            words: self.words,
            signed_on: self.signed_on,
            file_id: self.file_id,
            op_id: self.op_id,
            is_operators: self.is_operators,
            said_by: self.said_by,
            said_at_ms: self.said_at_ms,
        })
    }
}
