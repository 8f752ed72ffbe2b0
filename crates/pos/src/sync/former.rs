//! This computer's former journals. A new one begins when a copy is brought back, and what the former one held for central
//! is then still on its way; or central itself was restored from a copy and forgot some of it. Their keys are kept beside
//! the current one, so they are told again until central has all of them. Nothing is ever appended to them.

use protocol::payload::Payload;
use protocol::plan::Command;
use protocol::wire::Ack;
use protocol::{Position, SecretKey};

use super::session::{Session, SyncError};
use crate::App;
use crate::db::streams::{self, Stream, is_own};
use crate::db::{self, entries};

/// Requests for one former journal at a time; the next check goes on from there.
const REQUESTS_MAX: usize = 1_000;

impl Session {
    /// Pushes what central lacks of each former journal whose key is here. `listed` is where central says that it stands.
    ///
    /// # Errors
    /// When the database or a key file cannot be read.
    pub(super) async fn push_former(&self, app: &App, listed: &[Ack]) -> Result<(), SyncError> {
        for stream in streams::list_streams(app.db().read()).await? {
            let is_former = is_own(stream.stream_no) && stream.stream_no != self.stream.stream_no;
            if !is_former || !stream.registered || !lacks(app, &stream, listed).await? {
                continue;
            }
            if let Some(key) = key_of(app, stream.stream_no).await? {
                self.beside(app, stream, key).await?.push_all(app).await?;
            }
        }
        Ok(())
    }

    /// Carries out the plan of a former journal as far as it asks for nothing but requests: what it would do next is the
    /// current journal's concern.
    async fn push_all(&mut self, app: &App) -> Result<(), SyncError> {
        for _ in 0..REQUESTS_MAX {
            match self.plan.next(app.clock().monotonic_ms()) {
                Command::AskHead => self.ask_head(app).await?,
                Command::Push { after } => self.push(app, after).await?,
                Command::NewIncarnation(_) | Command::WaitUntil(_) | Command::Idle => break,
            };
        }
        Ok(())
    }
}

/// Says whether central lacks entries of a journal. What it counts and this computer does not have is fetched instead.
async fn lacks(app: &App, stream: &Stream, listed: &[Ack]) -> Result<bool, SyncError> {
    let pool = app.db().read();
    let mut reader = pool.acquire().await.map_err(db::Error::from)?;
    let head = entries::load_head(&mut reader, stream.stream_no).await?;
    let Some(Position { seq, hash }) =
        listed.iter().find(|ack| ack.stream == stream.stream).map(Ack::position)
    else {
        return Ok(stream.acked.seq < head.seq);
    };
    Ok(seq < head.seq && entries::find_hash(pool, stream.stream_no, seq).await? == Some(hash))
}

/// Returns the kept key of a journal: the one that its first entry names.
async fn key_of(app: &App, stream_no: i64) -> Result<Option<SecretKey>, SyncError> {
    let first = entries::list_after(app.db().read(), stream_no, 0, 1).await?.pop();
    let Some((entry, _)) = first.and_then(entries::Stored::read) else { return Ok(None) };
    match Payload::read(&entry.envelope.kind(), entry.envelope.schema, &entry.shared) {
        Ok(Payload::Genesis(genesis)) => Ok(app.former_key(&genesis.public_key)?),
        _ => Ok(None),
    }
}
