//! What central counts of this store and this computer lacks: sales after the copy that was restored, those of a computer
//! that broke, of a branch that was adopted. Central is the backup of everything but private payloads. With it, goods
//! and money are here what they are at central.

use protocol::wire::{Ack, ReadProof};
use protocol::{Entry, Position, SecretKey, StreamId};

use super::client::{Client, ClientError};
use super::session::SyncError;
use crate::App;
use crate::db::store::Store;
use crate::db::streams::{self, is_own};
use crate::db::{self, Tx, carts, entries};
use crate::maintenance::rebuild::replay;

/// Entries that are kept in memory at most; the books are folded anew once for so many.
const KEPT_AT_ONCE: usize = 20_000;

/// Who asks, and whom.
pub(super) struct Recovery<'a> {
    pub(super) app: &'a App,
    pub(super) client: &'a Client,
    pub(super) store: &'a Store,
    pub(super) key: &'a SecretKey,
    /// The stream that asks: approved, and not itself asked for.
    pub(super) stream: StreamId,
}

impl Recovery<'_> {
    /// Compares this computer's journals with those that central counts, and fetches what is missing. Returns where
    /// central says that they stand.
    ///
    /// # Errors
    /// When central does not answer or has not approved this computer, or the database does not keep what came. What
    /// was kept stays; the next time goes on from there.
    pub(super) async fn run(&self) -> Result<Vec<Ack>, SyncError> {
        let path = "/sync/v1/streams";
        let mut listed = self.client.journals(path, &self.proof(path)).await?.acks;
        // Nothing but central's word is taken into the journal, and nothing of another store.
        listed.retain(|ack| self.is_central(ack, ack.stream) && ack.stream.store_id == self.store.store_id);
        for ack in &listed {
            self.compare(ack).await?;
        }
        Ok(listed)
    }

    async fn compare(&self, head: &Ack) -> Result<(), SyncError> {
        let pool = self.app.db().read();
        if let Some(stream_no) = entries::find_stream_no(pool, head.position()).await? {
            let all = streams::list_streams(pool).await?;
            let is_news = |known: &streams::Stream| {
                known.stream_no == stream_no && (known.acked.seq < head.acked_seq || known.held)
            };
            if all.iter().any(is_news) {
                let mut tx = self.app.db().begin().await?;
                streams::update_counted(&mut tx, stream_no, head.position(), head.central_time).await?;
                tx.commit().await.map_err(db::Error::from)?;
                self.app.tell_changed();
            }
            return Ok(());
        }
        self.fetch(head).await
    }

    /// Fetches what stands after the last entry that both are known to have.
    async fn fetch(&self, head: &Ack) -> Result<(), SyncError> {
        let mut after = self.common(head).await?;
        let mut lacking = Vec::new();
        while after < head.acked_seq {
            let (ack, page) = match self.page(head.stream, after).await {
                Ok(page) => page,
                Err(error) => {
                    self.keep(head.stream, &mut lacking, head.central_time).await?;
                    return Err(error.into());
                }
            };
            after = ack.acked_seq;
            for entry in page {
                if entries::find_stream_no(self.app.db().read(), entry.position()).await?.is_none() {
                    lacking.push(entry);
                }
            }
            if lacking.len() >= KEPT_AT_ONCE {
                self.keep(head.stream, &mut lacking, head.central_time).await?;
            }
        }
        self.keep(head.stream, &mut lacking, head.central_time).await
    }

    /// Returns an entry up to which both have the same journal. What was acknowledged is not always one: this computer's
    /// own branch may have been adopted under another name. Then everything is compared.
    async fn common(&self, head: &Ack) -> Result<i64, SyncError> {
        let pool = self.app.db().read();
        let known = streams::list_streams(pool).await?.into_iter().find(|known| known.stream == head.stream);
        let after = known.map_or(0, |known| known.acked.seq);
        if after == 0 || after >= head.acked_seq {
            return Ok(0);
        }
        let (_, page) = self.page(head.stream, after).await?;
        let Some(first) = page.first() else { return Ok(0) };
        let before = Position { seq: first.envelope.seq - 1, hash: first.envelope.prev_hash };
        Ok(if entries::find_stream_no(pool, before).await?.is_some() { after } else { 0 })
    }

    async fn page(&self, stream: StreamId, after: i64) -> Result<(Ack, Vec<Entry>), ClientError> {
        let path = format!("/sync/v1/streams/{stream}/entries?after={after}");
        let page = self.client.entries(&path, &self.proof(&path)).await?;
        let ack = page.ack.clone();
        let entries = page.read().filter(|_| self.is_central(&ack, stream) && ack.acked_seq > after);
        let entries =
            entries.ok_or_else(|| ClientError::NoAnswer("a page that is not central's".to_owned()))?;
        Ok((ack, entries))
    }

    /// Files entries and folds the books anew, in one transaction; leaves none of them.
    async fn keep(
        &self,
        stream: StreamId,
        lacking: &mut Vec<Entry>,
        central_time_ms: i64,
    ) -> Result<(), SyncError> {
        let entries = std::mem::take(lacking);
        let (Some(first), Some(last)) = (entries.first(), entries.last()) else { return Ok(()) };
        let mut tx = self.app.db().begin().await?;
        let stream_no = self.place(&mut tx, stream, first).await?;
        for entry in &entries {
            entries::insert_entry(&mut tx, stream_no, entry, None).await?;
        }
        streams::update_counted(&mut tx, stream_no, last.position(), central_time_ms).await?;
        streams::update_grand_total(&mut tx, stream_no, last.envelope.grand_total_after).await?;
        replay(&mut tx).await?;
        carts::end_sold(&mut tx).await?;
        tx.commit().await.map_err(db::Error::from)?;
        tracing::info!(%stream, entries = entries.len(), "what this computer lacked came from central");
        self.app.tell_changed();
        Ok(())
    }

    /// Returns the number of the stream that entries go on with; begins one when there is none.
    async fn place(&self, tx: &mut Tx, stream: StreamId, first: &Entry) -> Result<i64, db::Error> {
        let all = streams::list_streams(&mut **tx).await?;
        let namesake = all.iter().find(|known| known.stream == stream);
        let fetched = all.iter().filter(|known| !is_own(known.stream_no));
        for known in namesake.into_iter().chain(fetched) {
            if first.follows(entries::load_head(tx, known.stream_no).await?) {
                return Ok(known.stream_no);
            }
        }
        // This computer wrote something else under the name: the other branch is named by its content, as at central.
        let mut name = [0; 16];
        name.copy_from_slice(&first.hash.bytes()[..16]);
        let branch = StreamId { incarnation: u128::from_be_bytes(name), ..stream };
        let name = if namesake.is_none() { stream } else { branch };
        streams::insert_fetched(tx, name, self.app.clock().now_ms()).await
    }

    fn is_central(&self, ack: &Ack, stream: StreamId) -> bool {
        ack.verify(&self.store.central_key, stream).is_ok()
    }

    fn proof(&self, path: &str) -> ReadProof {
        ReadProof::sign(self.key, path, self.stream, self.app.clock().now_ms())
    }
}
