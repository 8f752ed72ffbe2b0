//! What goes into a period's pack besides its figures: which journals up to which entry, which entries are in suspense, and which
//! settlements were closed.

use domain::ids::ProducerId;
use protocol::{Hash, Position, StreamId};
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use super::Asked;
use crate::db::engine::{Sql, Tx, sql};
use crate::db::identity::stream_id;
use crate::db::settlements::PaperId;
use crate::error::{Error, Result};

/// A journal with its last entry of the period or before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Journal {
    /// The stream.
    pub stream: StreamId,
    /// The code of its store.
    pub store_code: String,
    /// The stream that its entries name: another one for a branch that was adopted, which goes on from there.
    pub named: StreamId,
    /// The entries that it goes on from, from the first one on; none for a journal that begins by itself.
    pub before: Vec<Stretch>,
    /// The last entry of those; 0 for a journal that begins by itself.
    pub after_seq: i64,
    /// Its last entry that is not after the period.
    pub last: Position,
}

/// Entries of a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// The stream under which they are filed.
    pub stream: StreamId,
    /// They begin behind this one.
    pub after_seq: i64,
    /// The last one.
    pub until_seq: i64,
}

impl Journal {
    /// Returns all that its file holds, in order.
    pub fn stretches(&self) -> Vec<Stretch> {
        let own = Stretch { stream: self.stream, after_seq: self.after_seq, until_seq: self.last.seq };
        self.before.iter().copied().chain([own]).collect()
    }
}

#[derive(FromRow)]
struct JournalRow {
    store_id: Uuid,
    incarnation: Uuid,
    code: String,
    predecessor: Option<Uuid>,
    after_seq: i64,
    after_hash: Vec<u8>,
    seq: i64,
    hash: Vec<u8>,
}

/// A stream that holds an entry, and what that stream goes on from.
#[derive(FromRow)]
struct HolderRow {
    incarnation: Uuid,
    after_seq: i64,
    after_hash: Vec<u8>,
}

/// How much the entries of the journals are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, FromRow)]
pub struct Size {
    /// Entries.
    pub entry_count: i64,
    /// Their text, letters; a letter of Vietnamese may be three bytes.
    pub text_length: i64,
}

/// A settlement that was closed in the period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    /// Its entry.
    pub id: PaperId,
    /// The store's name.
    pub store: String,
    /// With whom.
    pub producer_id: ProducerId,
    /// The producer's name.
    pub producer: String,
    /// The number on its paper.
    pub number: String,
    /// The business day.
    pub day: Date,
    /// Owed for what it settles, đồng.
    pub due_vnd: i64,
    /// Owed from before.
    pub carried_vnd: i64,
    /// Paid with it.
    pub paid_vnd: i64,
}

#[derive(FromRow)]
struct ClosedRow {
    store_id: Uuid,
    incarnation: Uuid,
    seq: i64,
    store: String,
    producer_id: Uuid,
    producer: String,
    number: String,
    day: Date,
    due_vnd: i64,
    carried_vnd: i64,
    paid_vnd: i64,
}

/// Returns the journals that have an entry up to the last day, in the order of stores. Those that nobody has approved are in no book.
///
/// # Errors
/// When the database fails or an entry is damaged.
pub async fn journals(tx: &mut Tx, asked: &Asked) -> Result<Vec<Journal>> {
    let sql = Sql::new(
        "with lasts as (select store_id, incarnation, max(seq) as seq from entries
            where state <> 'held' and business_date <= ",
    );
    let sql = sql
        .bind(asked.days.to)
        .push(" and store_id")
        .is_in(asked.ids())
        .push(
            " group by store_id, incarnation)
         select e.store_id, e.incarnation, stores.code, streams.predecessor, streams.after_seq,
            streams.after_hash, e.seq, e.hash from lasts
         join entries e on e.store_id = lasts.store_id and e.incarnation = lasts.incarnation and e.seq = lasts.seq
         join streams on streams.store_id = e.store_id and streams.incarnation = e.incarnation
         join stores on stores.id = e.store_id order by stores.code, e.store_id, e.incarnation",
        );
    let rows: Vec<JournalRow> = tx.all(sql).await?;
    let mut journals = Vec::new();
    for row in rows {
        let stream = stream_id(row.store_id, row.incarnation);
        let damaged = |_| Error::damaged("entries", stream, "a hash has not 32 bytes");
        let hash = Hash::from_slice(&row.hash).map_err(damaged)?;
        let branch_of = row.predecessor.filter(|_| row.after_seq > 0);
        journals.push(Journal {
            stream,
            store_code: row.code,
            named: branch_of.map_or(stream, |predecessor| stream_id(row.store_id, predecessor)),
            before: before(tx, stream, (row.after_seq, row.after_hash)).await?,
            after_seq: row.after_seq,
            last: Position { seq: row.seq, hash },
        });
    }
    Ok(journals)
}

/// Returns what a stream goes on from. A branch names the stream that forked, and may leave another branch of it: the entry that it
/// follows tells which one, and so on to the first entry.
async fn before(tx: &mut Tx, stream: StreamId, (mut seq, mut hash): (i64, Vec<u8>)) -> Result<Vec<Stretch>> {
    let mut stretches = Vec::new();
    while seq > 0 {
        let sql = sql!(
            "select streams.incarnation, streams.after_seq, streams.after_hash from streams
             join entries on entries.store_id = streams.store_id and entries.incarnation = streams.incarnation
                and entries.seq = $2 and entries.hash = $3
             where streams.store_id = $1",
            stream.store_id,
            seq,
            hash,
        );
        let holder: Option<HolderRow> = tx.opt(sql).await?;
        let missing = || Error::damaged("streams", stream, "no journal holds the entry that it goes on from");
        let holder = holder.ok_or_else(missing)?;
        let from = stream_id(stream.store_id.uuid(), holder.incarnation);
        stretches.push(Stretch { stream: from, after_seq: holder.after_seq, until_seq: seq });
        (seq, hash) = (holder.after_seq, holder.after_hash);
    }
    stretches.reverse();
    Ok(stretches)
}

/// Returns how much the file of a journal holds: with a branch, what it goes on from too.
///
/// # Errors
/// When the database fails.
pub async fn size(tx: &mut Tx, journal: &Journal) -> Result<Size> {
    let mut all = Size::default();
    for stretch in journal.stretches() {
        let size = size_of(tx, stretch).await?;
        all.entry_count += size.entry_count;
        all.text_length += size.text_length;
    }
    Ok(all)
}

async fn size_of(tx: &mut Tx, stretch: Stretch) -> Result<Size> {
    let sql = Sql::new(
        "select cast(count(*) as bigint) as entry_count,
            coalesce(cast(sum(length(envelope) + length(shared)) as bigint), 0) as text_length
         from entries where store_id = ",
    );
    let sql = sql.bind(stretch.stream.store_id).push(" and incarnation = ").bind(stretch.stream.incarnation);
    let sql = sql.push(" and seq > ").bind(stretch.after_seq);
    tx.one(sql.push(" and seq <= ").bind(stretch.until_seq)).await
}

/// Returns the entries of a journal that are not in the books as told.
///
/// # Errors
/// When the database fails.
pub async fn exceptions(tx: &mut Tx, journal: &Journal) -> Result<Vec<(i64, String)>> {
    let sql = Sql::new("select seq, reason from exceptions where store_id = ");
    let sql = sql.bind(journal.stream.store_id).push(" and incarnation = ").bind(journal.stream.incarnation);
    tx.all(sql.push(" and seq <= ").bind(journal.last.seq).push(" order by seq")).await
}

/// Returns the settlements that were closed in the period, by day, up to `most`.
///
/// # Errors
/// When the database fails.
pub async fn closed(tx: &mut Tx, asked: &Asked, most: i64) -> Result<Vec<Closed>> {
    let sql = Sql::new(
        "select papers.store_id, papers.incarnation, papers.seq, stores.name as store, papers.producer_id,
            coalesce(producers.name, '?') as producer, papers.number, papers.day, papers.due_vnd, papers.carried_vnd,
            papers.paid_vnd
         from settlements papers join stores on stores.id = papers.store_id
         left join producers on producers.id = papers.producer_id
         where papers.is_settlement and papers.store_id",
    );
    let sql = sql
        .is_in(asked.ids())
        .push(" and papers.day >= ")
        .bind(asked.days.from)
        .push(" and papers.day <= ")
        .bind(asked.days.to)
        .push(" order by papers.day, papers.store_id, papers.incarnation, papers.seq limit ")
        .bind(most);
    let rows: Vec<ClosedRow> = tx.all(sql).await?;
    Ok(rows.into_iter().map(ClosedRow::read).collect())
}

impl ClosedRow {
    fn read(self) -> Closed {
        Closed {
            id: PaperId { stream: stream_id(self.store_id, self.incarnation), seq: self.seq },
            store: self.store,
            producer_id: self.producer_id.into(),
            producer: self.producer,
            number: self.number,
            day: self.day,
            due_vnd: self.due_vnd,
            carried_vnd: self.carried_vnd,
            paid_vnd: self.paid_vnd,
        }
    }
}
