//! Asking central for goods on their way between the stores of the operator.

use protocol::payload::TransferOut;
use protocol::wire::{ReadProof, SharedEntry, Transfers};
use protocol::{Entry, Kind, PublicKey, SecretKey, StreamId};
use uuid::Uuid;

use super::client::{Client, ClientError};
use super::session::SyncError;
use crate::App;
use crate::db;
use crate::db::transfers::{self, Arriving, Told};

/// Where central is asked.
const PATH: &str = "/sync/v1/transfers";

/// Asks once, and keeps what was told. Only what central signed for this very question counts.
///
/// # Errors
/// When central does not answer or the database does not keep it.
pub async fn pull(
    app: &App,
    client: &Client,
    (key, central_key): (&SecretKey, &PublicKey),
    stream: StreamId,
) -> Result<(), SyncError> {
    let proof = ReadProof::sign(key, PATH, stream, app.clock().now_ms());
    let answer = client.transfers(PATH, &proof).await?;
    if answer.verify(central_key, PATH, stream).is_err() {
        return Err(ClientError::NoAnswer("the answer is not signed by central".to_owned()).into());
    }
    let told = read(answer, stream.store_id.uuid());
    let mut tx = app.db().begin().await?;
    let is_new = transfers::replace_told(&mut tx, &told).await?;
    tx.commit().await.map_err(db::Error::from)?;
    if is_new {
        app.tell_changed();
    }
    Ok(())
}

/// Reads what is on its way here; what a later version sent is left out until this one is upgraded.
fn read(answer: Transfers, own: Uuid) -> Told {
    let arriving = answer.arriving.into_iter().filter_map(|shared| arriving(shared, own));
    Told { sisters: answer.sisters, arriving: arriving.collect(), taken: answer.taken }
}

fn arriving(SharedEntry { envelope, shared }: SharedEntry, own: Uuid) -> Option<Arriving> {
    let entry = Entry::read(envelope, shared).ok()?;
    let is_known =
        entry.envelope.kind() == Kind::TransferOut && entry.envelope.schema == protocol::payload::SCHEMA;
    let sent: TransferOut = serde_json::from_str(&entry.shared).ok().filter(|_| is_known)?;
    (sent.to == own).then(|| Arriving {
        from: entry.envelope.stream.store_id.uuid(),
        sent_at_ms: entry.envelope.wall_utc_ms,
        sent,
    })
}
