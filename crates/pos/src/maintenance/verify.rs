//! An independent look at a store's data: every entry, the chain, the running total, Σ accounts, and whether the books
//! are what the journal says.

use domain::Money;
use protocol::{Kind, Payload, Position};

use super::digest::digest;
use super::rebuild::{RebuildError, replay};
use crate::App;
use crate::db::streams::Stream;
use crate::db::{self, balances, entries, streams};

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
    let mut report = Report::default();
    integrity(app, &mut report).await?;
    for stream in streams::list_streams(app.db().read()).await? {
        chain(app, &stream, &mut report).await?;
    }
    let sum = balances::load_sum(app.db().read()).await?;
    if sum != Money::ZERO {
        report.faults.push(format!("table balances: the accounts add up to {sum} instead of 0 ₫"));
    }
    if report.faults.is_empty() {
        books(app, &mut report).await?;
    }
    Ok(report)
}

async fn integrity(app: &App, report: &mut Report) -> db::Result<()> {
    let lines: Vec<String> =
        sqlx::query_scalar("pragma integrity_check(20)").fetch_all(app.db().read()).await?;
    report
        .faults
        .extend(lines.into_iter().filter(|line| line != "ok").map(|line| format!("database file: {line}")));
    Ok(())
}

/// Walks a stream from its first entry; after a damaged one nothing can be said of the rest of it.
async fn chain(app: &App, stream: &Stream, report: &mut Report) -> db::Result<()> {
    let mut before = Position::START;
    let mut grand_total = 0_i64;
    loop {
        let rows = entries::list_after(app.db().read(), stream.stream_no, before.seq, ROWS).await?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            let seq = row.seq;
            let Some((entry, _)) = row.read().filter(|(entry, _)| entry.follows(before)) else {
                report
                    .faults
                    .push(format!("stream {}: entry {seq} is damaged or does not follow", stream.stream));
                return Ok(());
            };
            if entry.envelope.kind() == Kind::Sale
                && let Ok(Payload::Sale(sale)) =
                    Payload::read(&Kind::Sale, entry.envelope.schema, &entry.shared)
            {
                grand_total += sale.payable;
            }
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
    let acked = entries::find_hash(app.db().read(), stream.stream_no, stream.acked.seq).await?;
    if stream.acked.seq > 0 && acked != Some(stream.acked.hash) {
        let seq = stream.acked.seq;
        report.faults.push(format!("stream {}: central acknowledged another entry {seq}", stream.stream));
    }
    Ok(())
}

/// Folds the journal anew beside the books, compares, and leaves everything as it was.
async fn books(app: &App, report: &mut Report) -> db::Result<()> {
    let mut tx = app.db().begin().await?;
    let stored = digest(&mut tx).await?;
    match replay(app, &mut tx).await {
        Ok(_) if digest(&mut tx).await? == stored => {}
        Ok(_) => report.faults.push("the books differ from the journal: run `ocop-pos rebuild`".to_owned()),
        Err(RebuildError::Database(error)) => return Err(error),
        Err(error) => report.faults.push(error.to_string()),
    }
    Ok(tx.rollback().await?)
}
