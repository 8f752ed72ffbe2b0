//! Entries that stand in the journal but not in the books as told, and why.

use std::collections::BTreeMap;

use domain::Money;
use domain::ids::StoreId;
use protocol::StreamId;
use sqlx::FromRow;
use time::{Date, Duration};
use uuid::Uuid;

use super::engine::{Db, Sql, Tx, sql};
use super::exception_answers::Answer;
use super::identity::stream_id;
use crate::error::Result;

/// Kinds of entries that sell or take back.
const SALES: [&str; 3] = ["refund", "sale", "void"];

/// The day from which days are counted.
const EPOCH: Date = time::macros::date!(1970 - 01 - 01);

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
    /// More came back, or was paid for it, than was sold and had not come back yet; or more of a payment than a producer was paid.
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

/// An entry that a person looked into, and that is still not in the books as told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookedInto {
    /// The entry.
    pub exception: Exception,
    /// What the person found.
    pub answer: Answer,
}

/// Sales and goods taken back of a store's business day that no figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SuspendedDay {
    /// The business day; of an entry whose day cannot be, the one on which it came.
    pub day: Date,
    /// How many entries.
    pub entries: i64,
    /// Their money in suspense; below zero where more was paid back. Nobody knows that of an entry which cannot be read.
    pub money: Money,
}

#[derive(FromRow)]
struct SuspendedRow {
    store_id: Uuid,
    day: Option<Date>,
    arrived_no: i64,
    entries: i64,
    vnd: i64,
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

#[derive(FromRow)]
struct LookedIntoRow {
    #[sqlx(flatten)]
    exception: ExceptionRow,
    answered_by: String,
    answered_at_ms: i64,
    words: String,
}

impl From<ExceptionRow> for Exception {
    fn from(row: ExceptionRow) -> Self {
        Self {
            stream: stream_id(row.store_id, row.incarnation),
            seq: row.seq,
            reason: row.reason,
            detail: row.detail,
            suspended: Money::new(row.suspended_vnd),
            raised_at_ms: row.raised_at_ms,
        }
    }
}

impl From<LookedIntoRow> for LookedInto {
    fn from(row: LookedIntoRow) -> Self {
        let exception = Exception::from(row.exception);
        let answer = Answer {
            stream: exception.stream,
            seq: exception.seq,
            answered_by: row.answered_by,
            answered_at_ms: row.answered_at_ms,
            words: row.words,
        };
        Self { exception, answer }
    }
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
    Ok(db.all::<ExceptionRow>(sql).await?.into_iter().map(Exception::from).collect())
}

/// Returns the exceptions that a person looked into, what was answered last first: an answer takes nothing out of suspense.
///
/// # Errors
/// When the database fails.
pub async fn list_looked_into(db: &Db, limit: i64) -> Result<Vec<LookedInto>> {
    let sql = sql!(
        "select e.store_id, e.incarnation, e.seq, e.reason, e.detail, e.suspended_vnd, e.raised_at_ms,
            a.answered_by, a.answered_at_ms, a.words
         from exceptions e
         join exception_answers a
            on a.store_id = e.store_id and a.incarnation = e.incarnation and a.seq = e.seq
         order by a.answered_at_ms desc, e.store_id, e.incarnation, e.seq desc limit $1",
        limit
    );
    Ok(db.all::<LookedIntoRow>(sql).await?.into_iter().map(LookedInto::from).collect())
}

/// Returns what stores sold and took back that is not in the books as told, whether a person looked into it or not: by store and day.
///
/// # Errors
/// When the database fails.
pub async fn list_suspended_sales(tx: &mut Tx, stores: &[StoreId]) -> Result<Vec<(StoreId, SuspendedDay)>> {
    // A day of Vietnam begins seven hours before that of UTC.
    let sql = Sql::new(
        "select x.store_id, e.business_date as day, (x.raised_at_ms + 25200000) / 86400000 as arrived_no,
            cast(count(*) as bigint) as entries, cast(coalesce(sum(x.suspended_vnd), 0) as bigint) as vnd
         from exceptions x
         join entries e on e.store_id = x.store_id and e.incarnation = x.incarnation and e.seq = x.seq
         where e.kind",
    );
    let sql = sql.is_in(SALES).push(" and x.store_id").is_in(stores.iter().copied());
    let sql = sql.push(" group by x.store_id, e.business_date, (x.raised_at_ms + 25200000) / 86400000");
    let mut days: BTreeMap<(StoreId, Date), SuspendedDay> = BTreeMap::new();
    for row in tx.all::<SuspendedRow>(sql).await? {
        let day = row.day.unwrap_or_else(|| EPOCH.saturating_add(Duration::days(row.arrived_no)));
        let nothing = SuspendedDay { day, entries: 0, money: Money::ZERO };
        let sum = days.entry((row.store_id.into(), day)).or_insert(nothing);
        sum.entries += row.entries;
        sum.money = Money::new(sum.money.vnd().saturating_add(row.vnd));
    }
    Ok(days.into_iter().map(|((store, _), day)| (store, day)).collect())
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
