//! The entries behind a gap, page after page: those of a cash day that no count explains, transfers that no notice confirms, sales whose
//! invoices wait, counts of the shelf that found a difference, sales that no settlement holds.

use domain::fold::{Account, Posting, fold};
use domain::ids::StoreId;
use protocol::payload::Payload;
use protocol::{Hash, Kind, StreamId};
use serde::Deserialize;
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use super::Asked;
use super::bank::push_notices;
use super::invoices::waiting;
use crate::db::engine::{Sql, Tx};
use crate::db::entries::plain;
use crate::db::identity::stream_id;
use crate::error::{Error, Result};

/// Kinds of entries that may move notes of a drawer.
const CASH_KINDS: [&str; 12] = [
    "cash_moved",
    "deposit_returned",
    "deposit_taken",
    "producer_adjusted",
    "producer_paid",
    "refund",
    "sale",
    "settlement",
    "shift_close",
    "shift_open",
    "tender_confirmed",
    "void",
];
/// Longest number of a paper.
const PAPER_MOST: usize = 40;

/// Which line's gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// What drawers should have held, and what was counted.
    Cash,
    /// Transfers that entries tell of, and notices of banks.
    Bank,
    /// Sales that need an invoice, and those that do not wait for one.
    Invoices,
    /// Goods by moves, and by counts of the shelf.
    Stock,
    /// What producers are owed, and what was settled.
    Settlement,
}

/// Where a page begins: behind this entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct After {
    /// The entry's business day.
    pub day: Date,
    /// Its stream.
    pub stream: StreamId,
    /// Its number.
    pub seq: i64,
}

/// An entry behind a gap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GapEntry {
    /// Its stream.
    pub stream: StreamId,
    /// Its number.
    pub seq: i64,
    /// The business day.
    pub day: Date,
    /// What it is.
    pub kind: String,
    /// The number on its paper; empty where it has none.
    pub paper: String,
    /// Its hash.
    pub hash: Hash,
    /// What it says, đồng or thousandths of a unit; of a sale how many of its invoices wait.
    pub told: i64,
    /// What stands against it, where something does.
    pub found: Option<i64>,
    /// How many of the invoices that wait were refused; 0 where the gap is none of invoices.
    pub refused: i64,
}

/// A notice of a bank behind a gap.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct GapNotice {
    /// The provider's own number of it.
    pub notice: String,
    /// When the bank booked it, UTC milliseconds.
    pub booked_at_ms: i64,
    /// How much, đồng.
    pub amount_vnd: i64,
    /// Its words name a sale of the stores; its sum or its day is another one.
    pub is_named: bool,
}

#[derive(FromRow)]
struct GapRow {
    store_id: Uuid,
    incarnation: Uuid,
    seq: i64,
    day: Date,
    kind: String,
    schema: i64,
    hash: Vec<u8>,
    shared: Vec<u8>,
    told: Option<i64>,
    found: Option<i64>,
    /// Of invoices alone.
    #[sqlx(default)]
    refused: i64,
}

/// What an entry says of its paper.
#[derive(Deserialize)]
struct Numbered {
    receipt: Option<String>,
    voucher: Option<String>,
}

/// Returns the entries behind a gap, by day, store and place in the journal, and whether more follow. Entries that turn out to move no
/// cash are left out, so that a page may have fewer than `limit`.
///
/// # Errors
/// When the database fails or an entry is damaged.
pub async fn entries(
    tx: &mut Tx,
    asked: &Asked,
    (gap, after): (Gap, Option<After>),
    limit: usize,
) -> Result<(Vec<GapEntry>, Option<After>)> {
    let sql = match gap {
        Gap::Cash => cash(asked),
        Gap::Bank => bank(asked),
        Gap::Invoices => waiting(asked),
        Gap::Stock => stock(asked),
        Gap::Settlement => settlement(asked),
    };
    let sql = match after {
        Some(After { day, stream, seq }) => sql
            .push(" and (e.business_date, e.store_id, e.incarnation, e.seq) > (")
            .bind(day)
            .push(", ")
            .bind(stream.store_id)
            .push(", ")
            .bind(stream.incarnation)
            .push(", ")
            .bind(seq)
            .push(")"),
        None => sql,
    };
    let one_more = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
    let sql = sql.push(" order by e.business_date, e.store_id, e.incarnation, e.seq limit ").bind(one_more);
    let mut rows: Vec<GapRow> = tx.all(sql).await?;
    let is_more = rows.len() > limit;
    rows.truncate(limit);
    let last = rows.last().filter(|_| is_more).map(GapRow::place);
    let entries = rows.into_iter().map(GapRow::read).collect::<Result<Vec<_>>>()?;
    // A day's sales by card are none of its cash.
    Ok((entries.into_iter().filter(|entry| entry.told != 0 || entry.found.is_some()).collect(), last))
}

/// Days whose book is not what was counted: counts that found another sum than the till said; and where the till's sums do not explain
/// the day, all its cash.
fn cash(asked: &Asked) -> Sql {
    let sql = Sql::new(
        "with sides as (
            select store_id, day, amount_vnd as book, cast(0 as bigint) as expected, cast(0 as bigint) as counted
            from money_daily where account = 'cash' and kind <> 'shift_close' and ",
    );
    let sql = asked.within(sql).push(
        " union all select store_id, day, cast(0 as bigint), expected_vnd, counted_vnd from drawer_counts where ",
    );
    asked
        .within(sql)
        .push(
            "), days as (
            select store_id, day, sum(book) as book, sum(expected) as expected from sides
            group by store_id, day having sum(book) <> sum(counted))
         select e.store_id, e.incarnation, e.seq, e.business_date as day, e.kind, e.schema, e.hash, e.shared,
            counts.expected_vnd as told, counts.counted_vnd as found
         from days join entries e on e.store_id = days.store_id and e.business_date = days.day and e.kind",
        )
        .is_in(CASH_KINDS)
        .push(
            " left join drawer_counts counts
            on counts.store_id = e.store_id and counts.incarnation = e.incarnation and counts.seq = e.seq
         where e.state in ('projected', 'exception')
            and (days.book <> days.expected or counts.counted_vnd <> counts.expected_vnd)",
        )
}

/// Transfers whose sale's sum is not what notices of the period bring.
fn bank(asked: &Asked) -> Sql {
    let sql = push_notices(Sql::new("with "), asked).push(
        ", told as (select reference_hash, sum(amount_vnd) as vnd from bank_tenders where reference_hash is not null and ",
    );
    let sql = asked.within(sql).push(
        " group by reference_hash),
        heard as (select reference_hash, sum(amount_vnd) as vnd from noticed where reference_hash is not null
            group by reference_hash)
        select e.store_id, e.incarnation, e.seq, e.business_date as day, e.kind, e.schema, e.hash, e.shared,
            t.amount_vnd as told, cast(heard.vnd as bigint) as found
        from bank_tenders t
        join entries e on e.store_id = t.store_id and e.incarnation = t.incarnation and e.seq = t.seq
        left join told on told.reference_hash = t.reference_hash
        left join heard on heard.reference_hash = t.reference_hash
        where t.store_id",
    );
    sql.is_in(asked.ids())
        .push(" and t.day >= ")
        .bind(asked.days.from)
        .push(" and t.day <= ")
        .bind(asked.days.to)
        .push(" and e.business_date is not null and (t.reference_hash is null or coalesce(heard.vnd, 0) <> told.vnd)")
}

/// Counts of the shelf, and arrivals, that found a difference.
fn stock(asked: &Asked) -> Sql {
    let sql = Sql::new(
        "select e.store_id, e.incarnation, e.seq, e.business_date as day, e.kind, e.schema, e.hash, e.shared,
            moved.milli as told, cast(null as bigint) as found
         from entries e join (select entries.store_id, entries.incarnation, entries.seq,
                cast(sum(moves.quantity_milli) as bigint) as milli
            from entries join stock_moves moves on moves.store_id = entries.store_id
                and moves.incarnation = entries.incarnation and moves.seq = entries.seq
            where moves.cause = 'counted' and entries.kind in ('goods_count', 'transfer_in') and entries.store_id",
    );
    sql.is_in(asked.ids())
        .push(" and entries.business_date >= ")
        .bind(asked.days.from)
        .push(" and entries.business_date <= ")
        .bind(asked.days.to)
        .push(
            " group by entries.store_id, entries.incarnation, entries.seq) as moved
            on moved.store_id = e.store_id and moved.incarnation = e.incarnation and moved.seq = e.seq
         where moved.milli <> 0",
        )
}

/// What brought producers something up to the last day, and stands in no settlement that was closed up to then.
fn settlement(asked: &Asked) -> Sql {
    let sql = Sql::new(
        "with reach as (
            select settled.store_id, settled.producer_id, settled.until_incarnation, max(settled.until_seq) as until_seq
            from settled join settlements papers on papers.store_id = settled.store_id
                and papers.incarnation = settled.incarnation and papers.seq = settled.seq
            where papers.day <= ",
    );
    let sql = sql.bind(asked.days.to).push(" and settled.store_id").is_in(asked.ids()).push(
        " group by settled.store_id, settled.producer_id, settled.until_incarnation),
        owed as (
            select moves.store_id, moves.incarnation, moves.seq, cast(sum(moves.due_vnd) as bigint) as due
            from balances
            join streams on streams.store_id = balances.store_id
            join stock_moves moves on moves.producer_id = balances.producer_id and moves.store_id = balances.store_id
                and moves.incarnation = streams.incarnation
            left join reach on reach.store_id = moves.store_id and reach.producer_id = moves.producer_id
                and reach.until_incarnation = moves.incarnation
            where balances.account = 'producer_due' and moves.due_vnd <> 0
                and moves.seq > coalesce(reach.until_seq, 0) and balances.store_id",
    );
    sql.is_in(asked.ids())
        .push(
            " group by moves.store_id, moves.incarnation, moves.seq)
        select e.store_id, e.incarnation, e.seq, e.business_date as day, e.kind, e.schema, e.hash, e.shared,
            owed.due as told, cast(null as bigint) as found
        from owed join entries e on e.store_id = owed.store_id and e.incarnation = owed.incarnation and e.seq = owed.seq
        where e.business_date <= ",
        )
        .bind(asked.days.to)
}

/// Returns the notices of the period that no transfer of the period accounts for, by their number, behind one of them.
///
/// # Errors
/// When the database fails.
pub async fn notices(
    tx: &mut Tx,
    asked: &Asked,
    after: Option<&str>,
    limit: usize,
) -> Result<(Vec<GapNotice>, Option<String>)> {
    let sql = push_notices(Sql::new("with "), asked).push(
        ", told as (select reference_hash, sum(amount_vnd) as vnd from bank_tenders where reference_hash is not null and ",
    );
    let one_more = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
    let sql = asked
        .within(sql)
        .push(
            " group by reference_hash),
        heard as (select reference_hash, sum(amount_vnd) as vnd from noticed where reference_hash is not null
            group by reference_hash)
        select noticed.notice, noticed.booked_at_ms, noticed.amount_vnd,
            (noticed.reference_hash is not null) as is_named
        from noticed
        left join told on told.reference_hash = noticed.reference_hash
        left join heard on heard.reference_hash = noticed.reference_hash
        where (noticed.reference_hash is null or coalesce(told.vnd, 0) <> heard.vnd)",
        )
        .when(after, " and noticed.notice > ", "")
        .push(" order by noticed.notice limit ")
        .bind(one_more);
    let mut rows: Vec<GapNotice> = tx.all(sql).await?;
    let is_more = rows.len() > limit;
    rows.truncate(limit);
    let last = rows.last().filter(|_| is_more).map(|row| row.notice.clone());
    Ok((rows, last))
}

impl GapRow {
    fn place(&self) -> After {
        After { day: self.day, stream: stream_id(self.store_id, self.incarnation), seq: self.seq }
    }

    fn read(self) -> Result<GapEntry> {
        let After { day, stream, seq } = self.place();
        let damaged = |why: &str| Error::damaged("entries", format!("{stream} entry {seq}"), why);
        let hash = Hash::from_slice(&self.hash).map_err(|_| damaged("a hash has not 32 bytes"))?;
        let shared = std::str::from_utf8(&self.shared).map_err(|_| damaged("its payload is no text"))?;
        let paper = serde_json::from_str(shared)
            .ok()
            .and_then(|Numbered { receipt, voucher }| receipt.or(voucher))
            .map(|number| plain(&number, PAPER_MOST))
            .unwrap_or_default();
        let told =
            self.told.unwrap_or_else(|| cash_of(&self.kind, self.schema, shared, (day, stream.store_id)));
        let (found, refused) = (self.found, self.refused);
        Ok(GapEntry { stream, seq, day, kind: self.kind, paper, hash, told, found, refused })
    }
}

/// What an entry puts into the drawer; nothing of one that cannot be read.
fn cash_of(kind: &str, schema: i64, shared: &str, (day, store_id): (Date, StoreId)) -> i64 {
    let Ok(schema) = u16::try_from(schema) else { return 0 };
    let read = Payload::read(&Kind::from(kind), schema, shared).ok().and_then(|told| told.fact(day).ok());
    let postings = read.and_then(|fact| fold(&fact, store_id).ok()).unwrap_or_default();
    let cash = postings.iter().filter_map(|posting| match posting {
        Posting::Money(Account::Cash, amount) => Some(amount.vnd()),
        _ => None,
    });
    cash.sum()
}
