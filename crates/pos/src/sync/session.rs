//! One stream on its way to central: carries out the commands of `protocol::plan`.

use clock::Clock;
use protocol::batch::{self, Address, BatchHeader};
use protocol::plan::{CHECK_EVERY_MS, Command, Event, Plan, Reason, Trouble};
use protocol::wire::{Ack, Problem, ReadProof};
use protocol::{Entry, Position, SecretKey};

use super::SyncStatus;
use super::client::{Client, ClientError};
use super::comparison::{COMPARE_EVERY_MS, compare};
use super::condition::{self, TELL_EVERY_MS};
use super::pull::{PULL_EVERY_MS, pull};
use super::recover::Recovery;
use super::transfers;
use crate::App;
use crate::app::StartError;
use crate::counter::{CounterError, joint_settlement};
use crate::db::store::Store;
use crate::db::streams::{self, Stream};
use crate::db::{self, entries, store};
use crate::maintenance::rebuild::RebuildError;

/// What the worker does after a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Go on at once.
    Again,
    /// Nothing for so long, unless an entry is written.
    WaitMs(i64),
    /// A new stream has taken this one's place.
    OtherStream,
}

/// Why a step failed on this side.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    /// The database.
    #[error(transparent)]
    Database(#[from] db::Error),
    /// The key file.
    #[error(transparent)]
    Start(#[from] StartError),
    /// The new stream.
    #[error(transparent)]
    Enrol(#[from] super::enrol::EnrolError),
    /// The client.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// A settlement that the operator made.
    #[error(transparent)]
    Counter(#[from] CounterError),
    /// Fetched entries that this program cannot fold.
    #[error(transparent)]
    Rebuild(#[from] RebuildError),
}

/// The sync of a stream: the current one, or beside it a former one.
pub struct Session {
    pub(super) stream: Stream,
    store: Store,
    key: SecretKey,
    client: Client,
    pub(super) plan: Plan,
    offline_since_ms: Option<i64>,
    next_pull_ms: i64,
    next_recovery_ms: i64,
    next_comparison_ms: i64,
    next_condition_ms: i64,
}

impl Session {
    /// Begins with the current stream, or returns `None` while there is none that central knows.
    ///
    /// # Errors
    /// When the database does not answer or the key cannot be read.
    pub async fn begin(app: &App) -> Result<Option<Self>, SyncError> {
        let mut reader = app.db().read().acquire().await.map_err(db::Error::from)?;
        let Some(stream) = streams::find_current(&mut reader).await? else { return Ok(None) };
        let (Some(store), Some(key)) = (store::find_store(app.db().read()).await?, app.signing_key()?) else {
            return Ok(None);
        };
        if !stream.registered {
            return Ok(None);
        }
        let local = entries::load_head(&mut reader, stream.stream_no).await?;
        let client = Client::new(&store.central_url)?;
        Ok(Some(Self::of(stream, store, key, client, local)))
    }

    /// Returns the sync of a former stream of this computer, over the same connection.
    pub(super) async fn beside(&self, app: &App, stream: Stream, key: SecretKey) -> Result<Self, SyncError> {
        let mut reader = app.db().read().acquire().await.map_err(db::Error::from)?;
        let local = entries::load_head(&mut reader, stream.stream_no).await?;
        Ok(Self::of(stream, self.store.clone(), key, self.client.clone(), local))
    }

    fn of(stream: Stream, store: Store, key: SecretKey, client: Client, local: Position) -> Self {
        let plan = Plan::new(local, stream.acked);
        Self {
            stream,
            store,
            key,
            client,
            plan,
            offline_since_ms: None,
            next_pull_ms: 0,
            next_recovery_ms: 0,
            next_comparison_ms: 0,
            next_condition_ms: 0,
        }
    }

    /// Carries out one command; with none, pulls the catalogue or fetches what this computer lacks when it is time.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn step(&mut self, app: &App) -> Result<Next, SyncError> {
        self.look_for_new_entries(app).await?;
        let now_ms = app.clock().monotonic_ms();
        let next = match self.plan.next(now_ms) {
            Command::AskHead => self.ask_head(app).await?,
            Command::Push { after } => self.push(app, after).await?,
            Command::WaitUntil(moment_ms) => Next::WaitMs(moment_ms - now_ms),
            Command::NewIncarnation(reason) => return self.replace(app, reason).await,
            // A till that sells all day is told where central stands by its acknowledgements alone.
            Command::Idle if now_ms >= self.next_comparison_ms => self.ask_head(app).await?,
            Command::Idle if now_ms >= self.next_condition_ms => self.tell_condition(app).await?,
            Command::Idle if now_ms >= self.next_pull_ms => self.pull(app).await?,
            // Before a person approved this computer, central does not tell it what others sold.
            Command::Idle if now_ms >= self.next_recovery_ms && !self.plan.held() => {
                self.recover(app).await?
            }
            Command::Idle => Next::WaitMs(self.next_pull_ms.min(self.next_condition_ms) - now_ms),
        };
        self.tell_status(app);
        Ok(next)
    }

    async fn look_for_new_entries(&mut self, app: &App) -> Result<(), SyncError> {
        let mut reader = app.db().read().acquire().await.map_err(db::Error::from)?;
        let head = entries::load_head(&mut reader, self.stream.stream_no).await?;
        self.plan.handle(Event::Appended(head), app.clock().monotonic_ms(), 0);
        Ok(())
    }

    pub(super) async fn ask_head(&mut self, app: &App) -> Result<Next, SyncError> {
        let path = format!("/sync/v1/streams/{}/head", self.stream.stream);
        let proof = ReadProof::sign(&self.key, &path, self.stream.stream, app.clock().now_ms());
        match self.client.head(&path, &proof).await {
            Ok(head) if self.is_central(&head.ack) => {
                let central = head.ack.position();
                let local = entries::find_hash(app.db().read(), self.stream.stream_no, central.seq).await?;
                if local == Some(central.hash) {
                    self.store_ack(app, &head.ack).await?;
                }
                compare(app, &self.stream, central).await?;
                self.next_comparison_ms = app.clock().monotonic_ms() + COMPARE_EVERY_MS;
                self.handle(app, Event::Head { central, local });
            }
            Ok(_) => self.handle(app, Event::Failed),
            Err(ClientError::Refused(problem)) => self.handle(app, Event::Refused { problem, sent_to: 0 }),
            Err(ClientError::NoAnswer(why)) => self.no_answer(app, &why),
        }
        Ok(Next::Again)
    }

    fn no_answer(&mut self, app: &App, why: &str) {
        tracing::info!(why, "central does not answer");
        self.handle(app, Event::Failed);
    }

    pub(super) async fn push(&mut self, app: &App, after: i64) -> Result<Next, SyncError> {
        let entries = match self.load_batch(app, after).await? {
            Ok(entries) => entries,
            Err(at) => {
                // Nothing damaged is sent: central would only refuse it.
                self.handle(app, Event::Refused { problem: Problem::CorruptBatch { at }, sent_to: after });
                return Ok(Next::Again);
            }
        };
        let entries = &entries[..batch::fitting(&entries).min(entries.len())];
        let sent_to = entries.last().map_or(after, |entry| entry.envelope.seq);
        let path = format!("/sync/v1/streams/{}/entries", self.stream.stream);
        let address =
            Address { path: &path, central_key: &self.store.central_key, stream: self.stream.stream };
        let packed = batch::pack(entries).and_then(|body| {
            BatchHeader::sign(&self.key, address, entries, &body, app.clock().now_ms())
                .map(|header| (header, body))
        });
        let Ok((header, body)) = packed else {
            self.handle(app, Event::Failed);
            return Ok(Next::Again);
        };
        let header = serde_json::to_string(&header).unwrap_or_default();
        match self.client.push(&path, &header, body).await {
            Ok(ack) if self.is_central(&ack) => self.acked(app, &ack, sent_to).await?,
            Ok(_) => self.handle(app, Event::Failed),
            Err(ClientError::Refused(problem)) => {
                if let Problem::Fork { at_seq, central_hash } = problem {
                    compare(app, &self.stream, Position { seq: at_seq, hash: central_hash }).await?;
                }
                self.handle(app, Event::Refused { problem, sent_to });
            }
            Err(ClientError::NoAnswer(why)) => self.no_answer(app, &why),
        }
        Ok(Next::Again)
    }

    /// Returns the next entries, or the number of the first damaged one when none before it is whole.
    async fn load_batch(&self, app: &App, after: i64) -> Result<Result<Vec<Entry>, i64>, SyncError> {
        let most = i64::try_from(batch::BATCH_ENTRIES_MAX).unwrap_or(i64::MAX);
        let rows = entries::list_after(app.db().read(), self.stream.stream_no, after, most).await?;
        let mut whole = Vec::with_capacity(rows.len());
        for row in rows {
            match row.read() {
                Some((entry, _)) => whole.push(entry),
                None => break,
            }
        }
        Ok(if whole.is_empty() { Err(after + 1) } else { Ok(whole) })
    }

    async fn acked(&mut self, app: &App, ack: &Ack, sent_to: i64) -> Result<(), SyncError> {
        let local = entries::find_hash(app.db().read(), self.stream.stream_no, ack.acked_seq).await?;
        if local == Some(ack.acked_hash) {
            self.store_ack(app, ack).await?;
        } else {
            compare(app, &self.stream, ack.position()).await?;
        }
        self.handle(app, Event::Acked { position: ack.position(), local, held: ack.held, sent_to });
        app.tell_changed();
        Ok(())
    }

    async fn store_ack(&self, app: &App, ack: &Ack) -> Result<(), SyncError> {
        let mut tx = app.db().begin().await?;
        streams::update_acked(&mut tx, ack).await?;
        tx.commit().await.map_err(db::Error::from)?;
        app.clock_watch().compare(app.clock(), ack.central_time);
        crate::marker::write(app, self.stream.stream_no).await;
        Ok(())
    }

    async fn tell_condition(&mut self, app: &App) -> Result<Next, SyncError> {
        self.next_condition_ms = app.clock().monotonic_ms() + TELL_EVERY_MS;
        condition::tell(app, &self.client, &self.key, &self.stream).await?;
        Ok(Next::Again)
    }

    async fn pull(&mut self, app: &App) -> Result<Next, SyncError> {
        let now_ms = app.clock().monotonic_ms();
        match pull(app, &self.client, &self.key, self.stream.stream).await {
            Ok(true) => return Ok(Next::Again),
            Ok(false) => {
                self.next_pull_ms = now_ms + PULL_EVERY_MS;
                self.pull_transfers(app).await?;
                joint_settlement::record_all(app).await?;
            }
            Err(SyncError::Client(_)) => self.next_pull_ms = now_ms + PULL_EVERY_MS,
            Err(error) => return Err(error),
        }
        Ok(Next::Again)
    }

    /// Asks for goods on their way. Before a person approved this computer, central does not tell.
    async fn pull_transfers(&self, app: &App) -> Result<(), SyncError> {
        if self.plan.held() {
            return Ok(());
        }
        let keys = (&self.key, &self.store.central_key);
        match transfers::pull(app, &self.client, keys, self.stream.stream).await {
            Err(SyncError::Client(error)) => tracing::info!(%error, "goods on their way were not told"),
            other => other?,
        }
        Ok(())
    }

    async fn recover(&mut self, app: &App) -> Result<Next, SyncError> {
        let now_ms = app.clock().monotonic_ms();
        let (client, store, key) = (&self.client, &self.store, &self.key);
        let recovery = Recovery { app, client, store, key, stream: self.stream.stream };
        self.next_recovery_ms = now_ms + CHECK_EVERY_MS;
        match recovery.run().await {
            Ok(listed) => {
                self.push_former(app, &listed).await?;
                self.catch_up(app).await?;
            }
            // Not approved yet, perhaps: soon again.
            Err(SyncError::Client(error)) => {
                tracing::info!(%error, "what this computer may lack was not told");
                self.next_recovery_ms = now_ms + PULL_EVERY_MS;
            }
            Err(error) => return Err(error),
        }
        Ok(Next::Again)
    }

    /// Goes on with what had to wait until this computer has what others of the store wrote.
    async fn catch_up(&self, app: &App) -> Result<(), SyncError> {
        let mut tx = app.db().begin().await?;
        streams::update_caught_up(&mut tx, self.stream.stream_no).await?;
        tx.commit().await.map_err(db::Error::from)?;
        Ok(joint_settlement::record_all(app).await?)
    }

    async fn replace(&self, app: &App, reason: Reason) -> Result<Next, SyncError> {
        let reason = match reason {
            Reason::Restored => "restored",
            Reason::Cloned => "cloned",
        };
        super::enrol::begin_stream(app, self.stream.stream.store_id, reason).await?;
        Ok(Next::OtherStream)
    }

    fn is_central(&self, ack: &Ack) -> bool {
        ack.verify(&self.store.central_key, self.stream.stream).is_ok()
    }

    fn handle(&mut self, app: &App, event: Event) {
        self.plan.handle(event, app.clock().monotonic_ms(), jitter(app.clock()));
    }

    fn tell_status(&mut self, app: &App) {
        let status = match self.plan.trouble() {
            None => SyncStatus::Good { held: self.plan.held() },
            Some(Trouble::Unreachable | Trouble::Busy) => SyncStatus::Offline {
                since_ms: *self.offline_since_ms.get_or_insert_with(|| app.clock().now_ms()),
            },
            Some(Trouble::Refused) => SyncStatus::Refused,
            Some(Trouble::Protocol) => SyncStatus::TooOld,
            Some(Trouble::Damaged { at }) => SyncStatus::Damaged { at },
        };
        if self.plan.trouble().is_none() {
            self.offline_since_ms = None;
        }
        app.set_sync_status(status);
    }
}

fn jitter(clock: &Clock) -> u32 {
    let mut random = [0; 4];
    clock.fill(&mut random);
    u32::from_be_bytes(random)
}
