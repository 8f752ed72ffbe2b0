//! A batch comes in: the answer table of the protocol, in one transaction that begins with the store's lock.

use domain::ids::StoreId;
use protocol::verdict::{Verdict, judge};
use protocol::wire::Problem;
use protocol::{Entry, Hash, Kind, Position, PublicKey, StreamId};

use crate::db::audit::{self, Act};
use crate::db::entries::{self, Filed, State};
use crate::db::streams::{self, Status, Stream};
use crate::db::{Db, Tx, forks, projection};
use crate::error::Result;

/// What central did with a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taken {
    /// All of it is durable.
    Acknowledged {
        /// The last entry that central holds.
        head: Position,
        /// The stream waits for approval.
        held: bool,
        /// Entries of this batch that are not in the books as told.
        exceptions: Vec<i64>,
    },
    /// It was not appended; a fork is kept beside the mainline.
    Refused(Problem),
}

/// Takes a batch that was unpacked, and verified with `key`. Durable when it returns.
///
/// # Errors
/// When the database fails; nothing is then stored.
pub async fn take(
    db: &Db,
    stream_id: StreamId,
    key: &PublicKey,
    batch: Vec<Entry>,
    now_ms: i64,
) -> Result<Taken> {
    let mut tx = db.begin().await?;
    let counted_no = streams::lock_store(&mut tx, stream_id.store_id).await?;
    // Read again under the lock: the key may have been revoked since the signature was checked.
    let stream = match streams::find_in(&mut tx, stream_id).await? {
        Some(stream) if stream.public_key == *key => stream,
        _ => return Ok(Taken::Refused(Problem::Unauthorised)),
    };
    let has_sale = batch.iter().any(|entry| entry.envelope.kind() == Kind::Sale);
    let taken = match stream.status {
        Status::Revoked => return Ok(Taken::Refused(Problem::Revoked)),
        Status::Forked => keep_beside(&mut tx, &stream, &batch, now_ms).await?,
        Status::Held | Status::Approved => take_open(&mut tx, &stream, batch, counted_no, now_ms).await?,
    };
    if !matches!(taken, Taken::Refused(Problem::Gap { .. })) {
        streams::set_heard(&mut tx, stream_id, now_ms, has_sale).await?;
        tx.commit().await?;
    }
    Ok(taken)
}

async fn take_open(
    tx: &mut Tx,
    stream: &Stream,
    mut batch: Vec<Entry>,
    counted_no: i64,
    now_ms: i64,
) -> Result<Taken> {
    match judge(stream.head, &stored(tx, stream, &batch).await?, &batch) {
        Verdict::Append { known } => {
            let fresh = batch.split_off(known.min(batch.len()));
            let mut exceptions = match (batch.first(), batch.last()) {
                (Some(first), Some(last)) => {
                    entries::not_interpreted(tx, stream.id, first.envelope.seq, last.envelope.seq).await?
                }
                _ => Vec::new(),
            };
            let head = fresh.last().map_or(stream.head, Entry::position);
            exceptions.extend(append(tx, stream, fresh, counted_no, now_ms).await?);
            Ok(Taken::Acknowledged { head, held: stream.status == Status::Held, exceptions })
        }
        Verdict::Gap { expected } => Ok(Taken::Refused(Problem::Gap { expected })),
        Verdict::Fork { at_seq, central_hash } => {
            let fork = Position { seq: at_seq, hash: central_hash };
            streams::set_forked(tx, stream.id, fork).await?;
            tracing::error!(stream = %stream.id, at_seq, "two journals with one key");
            let forked = Stream { fork: Some(fork), ..stream.clone() };
            let taken = keep_beside(tx, &forked, &batch, now_ms).await?;
            let (subject, detail) = (stream.id.to_string(), format!("another branch from entry {at_seq} on"));
            let act = Act {
                at_ms: now_ms,
                actor: "central",
                action: "stream.fork",
                subject: &subject,
                detail: &detail,
            };
            audit::append(tx, &act).await?;
            Ok(taken)
        }
    }
}

/// Returns central's hashes from the entry before the batch to its end, as far as central has them.
async fn stored(tx: &mut Tx, stream: &Stream, batch: &[Entry]) -> Result<Vec<Hash>> {
    let (Some(first), Some(last)) = (batch.first(), batch.last()) else { return Ok(Vec::new()) };
    let before = first.envelope.seq - 1;
    let mut hashes = Vec::new();
    if before == stream.after.seq {
        hashes.push(stream.after.hash);
    }
    // Nearly every batch continues the head, which is at hand.
    if before == stream.head.seq && before > stream.after.seq {
        hashes.push(stream.head.hash);
    } else {
        hashes.extend(entries::hashes(tx, stream.id, before, last.envelope.seq).await?);
    }
    Ok(hashes)
}

/// Files entries behind the head, and counts them unless they are held. Returns those that are not in the books as told.
async fn append(
    tx: &mut Tx,
    stream: &Stream,
    fresh: Vec<Entry>,
    counted_no: i64,
    now_ms: i64,
) -> Result<Vec<i64>> {
    let Some(last) = fresh.last() else { return Ok(Vec::new()) };
    let (head, grand_total_vnd) = (last.position(), last.envelope.grand_total_after);
    let file = |entry: Entry| Filed {
        stream: stream.id,
        entry,
        received_at_ms: now_ms,
        state: State::Held,
        counted_no: None,
    };
    let mut filed: Vec<Filed> = fresh.into_iter().map(file).collect();
    if stream.status == Status::Approved {
        count(tx, stream.id.store_id, &mut filed, stream.grand_total_vnd, counted_no).await?;
    }
    let exceptions = filed.iter().filter(|filed| !filed.state.is_interpreted()).map(Filed::seq).collect();
    entries::insert(tx, filed).await?;
    streams::set_head(tx, stream.id, head, grand_total_vnd).await?;
    Ok(exceptions)
}

/// Takes entries up into the store's books.
pub(crate) async fn count(
    tx: &mut Tx,
    store_id: StoreId,
    filed: &mut [Filed],
    grand_total_vnd: i64,
    counted_no: i64,
) -> Result<i64> {
    let counted_no = projection::take_up(tx, store_id, filed, grand_total_vnd, counted_no).await?;
    streams::set_counted(tx, store_id, counted_no).await?;
    Ok(counted_no)
}

/// Keeps what neither the mainline nor an adopted branch has, and gives the answer that the first such batch got.
async fn keep_beside(tx: &mut Tx, stream: &Stream, batch: &[Entry], now_ms: i64) -> Result<Taken> {
    let (Some(first), Some(last)) = (batch.first(), batch.last()) else {
        return Ok(Taken::Refused(Problem::CorruptBatch { at: 0 }));
    };
    let (first, last) = (first.envelope.seq, last.envelope.seq);
    let mut known = entries::hashes(tx, stream.id, first, last).await?;
    known.extend(entries::adopted_hashes(tx, stream.id, first, last).await?);
    let beside: Vec<&Entry> = batch.iter().filter(|entry| !known.contains(&entry.hash)).collect();
    forks::insert(tx, stream.id, &beside, now_ms).await?;
    let fork = stream.fork.unwrap_or(stream.head);
    Ok(Taken::Refused(Problem::Fork { at_seq: fork.seq, central_hash: fork.hash }))
}
