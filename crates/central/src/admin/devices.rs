//! Devices: codes to enrol with, approval, revocation, and the branches of a fork.

use std::collections::BTreeMap;

use domain::ids::StoreId;
use protocol::{Hash, Position, StreamId};

use super::{Admin, needed};
use crate::db::audit::{self, Act};
use crate::db::entries::{self, Filed, State};
use crate::db::exception_answers::{self, Answer};
use crate::db::forks::Branch;
use crate::db::streams::{self, Status, Stream};
use crate::db::{Tx, enrolments, forks, stores};
use crate::error::{Error, Refusal, Result};
use crate::ingest;

/// Entries counted at once when a stream is approved.
const STEP: i64 = 500;

impl Admin {
    /// Makes a one-time code for a device of a store; it lives ten minutes.
    ///
    /// # Errors
    /// When there is no such store.
    pub async fn issue_code(&self, store_id: StoreId) -> Result<String> {
        let mut tx = self.db.begin().await?;
        let store = stores::find_in(&mut tx, store_id).await?.ok_or(Error::NotFound("store"))?;
        let code = enrolments::issue(&mut tx, store_id, &self.clock).await?;
        // Not the code itself: who reads the log must not be able to enrol.
        self.finish(tx, "store.code", &store_id.to_string(), &store.code).await?;
        Ok(code)
    }

    /// Approves the device with a fingerprint: its entries so far are counted in their order, later ones as they come.
    ///
    /// # Errors
    /// When no device with it waits, or several do.
    pub async fn approve(&self, fingerprint: &str) -> Result<StreamId> {
        let mut tx = self.db.begin().await?;
        let fingerprint = fingerprint.trim().to_lowercase();
        let all = streams::list_by_fingerprint(&mut tx, &fingerprint).await?;
        let held: Vec<&Stream> = all.iter().filter(|stream| stream.status == Status::Held).collect();
        let [stream] = held.as_slice() else {
            return Err(Refusal::Fingerprint { fingerprint, found: held.len() }.into());
        };
        let id = stream.id;
        let counted_no = streams::lock_store(&mut tx, id.store_id).await?;
        // Read again under the lock: a batch may have come in between.
        let stream = streams::find_in(&mut tx, id).await?.ok_or(Error::NotFound("device"))?;
        if stream.status != Status::Held {
            let status = stream.status.code().to_owned();
            return Err(Refusal::StreamStatus { status, act: "approved" }.into());
        }
        let epoch_no = streams::next_epoch_no(&mut tx, id.store_id).await?;
        streams::set_approved(&mut tx, id, epoch_no, self.clock.now_ms()).await?;
        count_held(&mut tx, &stream, counted_no).await?;
        self.finish(tx, "stream.approve", &id.to_string(), &format!("{fingerprint} {}", stream.device))
            .await?;
        Ok(id)
    }

    /// Revokes a device: from now on nothing that its key signs is taken. What it told stays counted.
    ///
    /// # Errors
    /// When there is no such device, or it is revoked already.
    pub async fn revoke(&self, id: StreamId) -> Result<()> {
        let mut tx = self.db.begin().await?;
        streams::lock_store(&mut tx, id.store_id).await?;
        let stream = streams::find_in(&mut tx, id).await?.ok_or(Error::NotFound("device"))?;
        if stream.status == Status::Revoked {
            let status = stream.status.code().to_owned();
            return Err(Refusal::StreamStatus { status, act: "revoked again" }.into());
        }
        streams::set_status(&mut tx, id, Status::Revoked).await?;
        self.finish(tx, "stream.revoke", &id.to_string(), &stream.fingerprint).await
    }

    /// Revokes the key with a fingerprint in a store: every journal that it signs, forked or adopted ones too. One that only waits for
    /// approval is left alone.
    ///
    /// # Errors
    /// When no journal of it is there, or all are revoked or waiting.
    pub async fn revoke_key(&self, store_id: StoreId, fingerprint: &str) -> Result<()> {
        let mut tx = self.db.begin().await?;
        streams::lock_store(&mut tx, store_id).await?;
        let mut own = streams::list_in(&mut tx, store_id).await?;
        own.retain(|stream| stream.fingerprint == fingerprint);
        let first = own.first().ok_or(Error::NotFound("device"))?.status.code().to_owned();
        own.retain(|stream| matches!(stream.status, Status::Approved | Status::Forked));
        if own.is_empty() {
            return Err(Refusal::StreamStatus { status: first, act: "revoked" }.into());
        }
        for stream in &own {
            streams::set_status(&mut tx, stream.id, Status::Revoked).await?;
        }
        for stream in &own {
            let subject = stream.id.to_string();
            let (at_ms, action, detail) = (self.clock.now_ms(), "stream.revoke", stream.fingerprint.as_str());
            let act = Act { at_ms, actor: &self.actor, action, subject: &subject, detail };
            audit::append(&mut tx, &act).await?;
        }
        tx.commit().await
    }

    /// Adopts every branch beside the mainline of a forked stream: each becomes a stream of its own from the common
    /// point on and is counted; sales that are counted already become duplicates. The forked stream itself stays
    /// closed, since both of its devices have gone on in new ones. Returns the new streams.
    ///
    /// # Errors
    /// When there is no such stream, or no branch.
    pub async fn adopt(&self, id: StreamId) -> Result<Vec<StreamId>> {
        let mut tx = self.db.begin().await?;
        let mut counted_no = streams::lock_store(&mut tx, id.store_id).await?;
        let origin = streams::find_in(&mut tx, id).await?.ok_or(Error::NotFound("device"))?;
        let branches = branches(forks::list(&mut tx, id).await?);
        let mut adopted = Vec::new();
        for branch in branches {
            let stream = self.branch_stream(&mut tx, &origin, &branch).await?;
            streams::insert(&mut tx, &stream).await?;
            let mut filed: Vec<Filed> = branch.iter().map(|entry| entry.filed(stream.id)).collect();
            let before_vnd = stream.after_grand_total_vnd;
            counted_no = ingest::count(&mut tx, id.store_id, &mut filed, before_vnd, counted_no).await?;
            entries::insert(&mut tx, filed).await?;
            for entry in &branch {
                forks::delete(&mut tx, id, entry.entry.envelope.seq, entry.entry.hash).await?;
            }
            adopted.push(stream.id);
        }
        if adopted.is_empty() {
            return Err(Refusal::NoBranch.into());
        }
        self.finish(tx, "stream.adopt", &id.to_string(), &format!("{} branches", adopted.len())).await?;
        Ok(adopted)
    }

    /// Notes what came of an entry that is not in the figures as told; asking twice notes it once.
    ///
    /// # Errors
    /// When the words are missing, or no such entry waits.
    pub async fn answer_exception(&self, stream: StreamId, seq: i64, words: &str) -> Result<()> {
        let words = needed("words", words)?;
        let answered_at_ms = self.clock.now_ms();
        let answer = Answer { stream, seq, answered_by: self.actor.clone(), answered_at_ms, words };
        let mut tx = self.db.begin().await?;
        if !exception_answers::insert(&mut tx, &answer).await? {
            return Err(Error::NotFound("entry that waits"));
        }
        self.finish(tx, "exception.answer", &format!("{stream}/{seq}"), &answer.words).await
    }

    async fn branch_stream(&self, tx: &mut Tx, origin: &Stream, branch: &[Branch]) -> Result<Stream> {
        let (Some(first), Some(last)) = (branch.first(), branch.last()) else {
            return Err(Refusal::NoBranch.into());
        };
        let first = &first.entry;
        let after = Position { seq: first.envelope.seq - 1, hash: first.envelope.prev_hash };
        let mut name = [0; 16];
        name.copy_from_slice(&first.hash.bytes()[..16]);
        Ok(Stream {
            // Named by its content, so that adopting it on a restored central gives the same stream.
            id: StreamId { store_id: origin.id.store_id, incarnation: u128::from_be_bytes(name) },
            status: Status::Forked,
            epoch_no: Some(streams::next_epoch_no(tx, origin.id.store_id).await?),
            predecessor: Some(origin.id.incarnation),
            after,
            after_grand_total_vnd: grand_total_at(tx, origin, after).await?,
            head: last.entry.position(),
            grand_total_vnd: last.entry.envelope.grand_total_after,
            fork: None,
            enrolled_at_ms: self.clock.now_ms(),
            heard_at_ms: Some(last.received_at_ms),
            ..origin.clone()
        })
    }
}

impl Branch {
    fn filed(&self, stream: StreamId) -> Filed {
        let (entry, received_at_ms) = (self.entry.clone(), self.received_at_ms);
        Filed { stream, entry, received_at_ms, state: State::Held, counted_no: None }
    }
}

/// Counts all entries of a stream that was held.
async fn count_held(tx: &mut Tx, stream: &Stream, mut counted_no: i64) -> Result<()> {
    let (mut after, mut grand_total_vnd) = (stream.after.seq, stream.after_grand_total_vnd);
    loop {
        let mut filed = entries::list_after(tx, stream.id, after, STEP).await?;
        let Some(last) = filed.last() else { return Ok(()) };
        let (next, next_vnd) = (last.entry.envelope.seq, last.entry.envelope.grand_total_after);
        counted_no = ingest::count(tx, stream.id.store_id, &mut filed, grand_total_vnd, counted_no).await?;
        entries::set_counted(tx, &filed).await?;
        (after, grand_total_vnd) = (next, next_vnd);
    }
}

/// Returns the running total at the entry where a branch leaves the mainline.
async fn grand_total_at(tx: &mut Tx, origin: &Stream, at: Position) -> Result<i64> {
    if at.seq == origin.after.seq {
        return Ok(origin.after_grand_total_vnd);
    }
    let found = entries::list_after(tx, origin.id, at.seq - 1, 1).await?;
    let same = found.first().filter(|filed| filed.entry.hash == at.hash);
    // A branch that leaves another branch begins where that one stands; its first entry then tells the total.
    Ok(same.map_or(0, |filed| filed.entry.envelope.grand_total_after))
}

/// Divides the entries beside a mainline into chains: an entry goes on the chain whose last one it follows.
fn branches(beside: Vec<Branch>) -> Vec<Vec<Branch>> {
    let mut chains: Vec<Vec<Branch>> = Vec::new();
    let mut ends: BTreeMap<(i64, Hash), usize> = BTreeMap::new();
    for entry in beside {
        let position = entry.entry.position();
        let before = (position.seq - 1, entry.entry.envelope.prev_hash);
        let chain = ends.remove(&before).unwrap_or_else(|| {
            chains.push(Vec::new());
            chains.len() - 1
        });
        ends.insert((position.seq, position.hash), chain);
        chains[chain].push(entry);
    }
    chains
}
