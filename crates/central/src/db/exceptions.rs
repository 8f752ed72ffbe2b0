//! Entries that stand in the journal but not in the books as told, and why.

use domain::Money;
use domain::ids::StoreId;
use protocol::StreamId;
use sqlx::FromRow;
use uuid::Uuid;

use super::engine::{Db, sql};
use super::identity::stream_id;
use crate::error::Result;

/// Why an entry is not in the books as told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Its payload is not of its kind.
    Malformed,
    /// A kind or version of a later program.
    Later,
    /// A business day that cannot be.
    BusinessDate,
    /// A value outside its type, or a name that is missing.
    Value,
    /// Its numbers contradict each other.
    Contradiction,
    /// The running total of the stream does not follow.
    GrandTotal,
    /// Consignment terms that central never gave.
    Terms,
    /// A lot that is another producer's or product's.
    Lot,
    /// Counted as another product.
    Facts,
    /// An amount or quantity that no store sells.
    Implausible,
    /// Another sale has its identity.
    Twin,
    /// Goods came back of a sale that central does not count.
    NoSale,
    /// More came back, or was paid for it, than was sold and had not come back yet.
    TooMuchBack,
    /// A settlement that is not what the books hold up to where it reaches.
    Settlement,
}

impl Reason {
    /// Every reason.
    pub const ALL: [Self; 14] = [
        Self::Malformed,
        Self::Later,
        Self::BusinessDate,
        Self::Value,
        Self::Contradiction,
        Self::GrandTotal,
        Self::Terms,
        Self::Lot,
        Self::Facts,
        Self::Implausible,
        Self::Twin,
        Self::NoSale,
        Self::TooMuchBack,
        Self::Settlement,
    ];

    /// Returns the reason of a code, or `None`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }

    /// Returns the name that the table uses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::Later => "later",
            Self::BusinessDate => "business_date",
            Self::Value => "value",
            Self::Contradiction => "contradiction",
            Self::GrandTotal => "grand_total",
            Self::Terms => "terms",
            Self::Lot => "lot",
            Self::Facts => "facts",
            Self::Implausible => "implausible",
            Self::Twin => "twin",
            Self::NoSale => "no_sale",
            Self::TooMuchBack => "too_much_back",
            Self::Settlement => "settlement",
        }
    }
}

/// What is wrong with an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Why, for programs.
    pub reason: Reason,
    /// Why, for people.
    pub detail: String,
}

impl Finding {
    /// Describes what is wrong; the sentence is cut to what a column takes.
    pub fn new(reason: Reason, detail: impl ToString) -> Self {
        Self { reason, detail: super::entries::plain(&detail.to_string(), 300) }
    }
}

/// An entry that waits for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exception {
    /// Its stream.
    pub stream: StreamId,
    /// Its number.
    pub seq: i64,
    /// Why, for programs.
    pub reason: String,
    /// Why, for people.
    pub detail: String,
    /// Its money in suspense.
    pub suspended: Money,
    /// When the entry arrived, UTC milliseconds.
    pub raised_at_ms: i64,
}

#[derive(FromRow)]
struct ExceptionRow {
    store_id: Uuid,
    incarnation: Uuid,
    seq: i64,
    reason: String,
    detail: String,
    suspended_vnd: i64,
    raised_at_ms: i64,
}

/// Returns the exceptions that nobody has answered yet, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn list_open(db: &Db, limit: i64) -> Result<Vec<Exception>> {
    let sql = sql!(
        "select e.store_id, e.incarnation, e.seq, e.reason, e.detail, e.suspended_vnd, e.raised_at_ms
         from exceptions e
         left join exception_answers a
            on a.store_id = e.store_id and a.incarnation = e.incarnation and a.seq = e.seq
         where a.seq is null
         order by e.raised_at_ms desc, e.store_id, e.incarnation, e.seq desc limit $1",
        limit
    );
    let read = |row: ExceptionRow| Exception {
        stream: stream_id(row.store_id, row.incarnation),
        seq: row.seq,
        reason: row.reason,
        detail: row.detail,
        suspended: Money::new(row.suspended_vnd),
        raised_at_ms: row.raised_at_ms,
    };
    Ok(db.all(sql).await?.into_iter().map(read).collect())
}

/// Returns how many exceptions of each store nobody has answered yet.
///
/// # Errors
/// When the database fails.
pub async fn count_open(db: &Db) -> Result<Vec<(StoreId, i64)>> {
    let sql = sql!(
        "select e.store_id, cast(count(*) as bigint) from exceptions e
         left join exception_answers a
            on a.store_id = e.store_id and a.incarnation = e.incarnation and a.seq = e.seq
         where a.seq is null group by e.store_id order by e.store_id"
    );
    let rows: Vec<(Uuid, i64)> = db.all(sql).await?;
    Ok(rows.into_iter().map(|(id, count)| (id.into(), count)).collect())
}
