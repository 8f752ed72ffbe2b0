//! An independent look at a store's data: every entry, the chain, the running total, Σ accounts, and whether each row of
//! the books is what the journal says.

use domain::Money;
use protocol::{Entry, Envelope, Payload, Position};

use super::digest::{differences, keep};
use super::rebuild::{RebuildError, replay};
use crate::App;
use crate::db::streams::{Stream, is_own};
use crate::db::{self, Db, balances, entries, stock_moves, streams};

const ROWS: i64 = 1_000;

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Entries looked at.
    pub entries: i64,
    /// What is wrong, a sentence each; each names its row. Empty when all is well.
    pub faults: Vec<String>,
}

/// Checks everything; changes nothing.
///
/// # Errors
/// When the database does not answer at all.
pub async fn verify(app: &App) -> db::Result<Report> {
    verify_data(app.db()).await
}

/// Checks an open database, such as that of a copy.
pub(super) async fn verify_data(db: &Db) -> db::Result<Report> {
    let mut report = verify_journal(db).await?;
    let is_whole = report.faults.is_empty();
    let sum = balances::load_sum(db.read()).await?;
    if sum != Money::ZERO {
        report.faults.push(format!("table balances: the accounts add up to {sum} instead of 0 ₫"));
    }
    // Of a damaged journal nothing follows.
    if is_whole {
        let mut connection = db.read().acquire().await?;
        report.faults.extend(stock_moves::list_faults(&mut connection).await?);
        drop(connection);
        books(db, &mut report).await?;
    }
    Ok(report)
}

/// Checks what needs no writing: the pages of the file, and every journal.
pub(super) async fn verify_journal(db: &Db) -> db::Result<Report> {
    let mut report = Report::default();
    integrity(db, &mut report).await?;
    let all = streams::list_streams(db.read()).await?;
    for stream in &all {
        chain(db, stream, &mut report).await?;
    }
    if let Some(current) = all.last() {
        let sales = entries::count_sales(db.read(), current.stream_no).await?;
        if current.receipts != sales {
            let (stream, receipts) = (current.stream, current.receipts);
            report
                .faults
                .push(format!("table streams: {stream} numbered {receipts} receipts of {sales} sales"));
        }
    }
    Ok(report)
}

async fn integrity(db: &Db, report: &mut Report) -> db::Result<()> {
    let lines: Vec<String> = sqlx::query_scalar("pragma integrity_check(20)").fetch_all(db.read()).await?;
    // A row may hold several lines, headed by one that only says that they follow.
    let said =
        lines.iter().flat_map(|row| row.lines()).filter(|line| *line != "ok" && !line.starts_with("***"));
    report.faults.extend(said.map(|line| format!("database file: {line}")));
    Ok(())
}

/// Walks a stream from its first entry; after a damaged one nothing can be said of the rest of it.
async fn chain(db: &Db, stream: &Stream, report: &mut Report) -> db::Result<()> {
    let (mut before, mut grand_total) = start(db, stream).await?;
    loop {
        let rows = entries::list_after(db.read(), stream.stream_no, before.seq, ROWS).await?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            let seq = row.seq;
            let Some((entry, _)) = row.read().filter(|(entry, _)| is_next(entry, stream, before)) else {
                report
                    .faults
                    .push(format!("stream {}: entry {seq} is damaged or does not follow", stream.stream));
                return Ok(());
            };
            grand_total += payable_vnd(&entry);
            if entry.envelope.grand_total_after != grand_total {
                report
                    .faults
                    .push(format!("stream {}: entry {seq} has a wrong running total", stream.stream));
                return Ok(());
            }
            before = entry.position();
            report.entries += 1;
        }
    }
    if stream.grand_total_vnd != grand_total {
        report.faults.push(format!("table streams: {} has a wrong running total", stream.stream));
    }
    let acked = entries::find_hash(db.read(), stream.stream_no, stream.acked.seq).await?;
    if stream.acked.seq > 0 && acked != Some(stream.acked.hash) {
        let seq = stream.acked.seq;
        report.faults.push(format!("stream {}: central acknowledged another entry {seq}", stream.stream));
    }
    Ok(())
}

/// Returns the position before a stream's first entry, and the running total there: a fetched branch begins where it left
/// another journal.
async fn start(db: &Db, stream: &Stream) -> db::Result<(Position, i64)> {
    let first = entries::list_after(db.read(), stream.stream_no, 0, 1).await?.pop();
    let Some((entry, _)) = first.filter(|_| !is_own(stream.stream_no)).and_then(entries::Stored::read) else {
        return Ok((Position::START, 0));
    };
    let Envelope { seq, prev_hash, grand_total_after, .. } = entry.envelope;
    Ok((Position { seq: seq - 1, hash: prev_hash }, grand_total_after - payable_vnd(&entry)))
}

/// A fetched branch keeps its bytes, which name the journal that it left.
fn is_next(entry: &Entry, stream: &Stream, before: Position) -> bool {
    entry.follows(before) && (entry.envelope.stream == stream.stream || !is_own(stream.stream_no))
}

fn payable_vnd(entry: &Entry) -> i64 {
    match Payload::read(&entry.envelope.kind(), entry.envelope.schema, &entry.shared) {
        Ok(Payload::Sale(sale)) => sale.payable,
        _ => 0,
    }
}

/// Folds the journal anew beside the books, compares, and leaves everything as it was.
async fn books(db: &Db, report: &mut Report) -> db::Result<()> {
    let mut tx = db.begin().await?;
    keep(&mut tx).await?;
    match replay(&mut tx).await {
        Ok(_) => report.faults.extend(differences(&mut tx).await?),
        Err(RebuildError::Database(error)) => return Err(error),
        Err(error) => report.faults.push(error.to_string()),
    }
    Ok(tx.rollback().await?)
}
