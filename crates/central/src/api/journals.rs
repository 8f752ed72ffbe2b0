//! `GET /sync/v1/streams` and `GET /sync/v1/streams/{stream}/entries`: the journals of a store, for a computer of that
//! store which lacks them: it was restored from a copy, or took the place of a broken one.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use protocol::wire::{
    Ack, EntriesPage, Journals, PAGE_ENTRIES_BYTES, PAGE_ENTRIES_MAX, Problem, SharedEntry,
};
use protocol::{Position, StreamId};
use serde::Deserialize;

use super::packed;
use super::proof::Reading;
use crate::app::App;
use crate::db::entries::{self, Filed};
use crate::db::streams::{self, Status, Stream};
use crate::error::{Error, Result};

/// Entries that are read at once: each may have a quarter of a megabyte.
const STEP: i64 = 50;

/// Returns the last entry of each other counted journal of the store that asks.
///
/// # Errors
/// When the asking stream is not known, or waits for approval.
#[utoipa::path(
    get, path = "/sync/v1/streams", tag = "sync",
    params(
        ("x-ocop-protocol" = u16, Header, description = "1"),
        ("x-ocop-read" = String, Header, description = "ReadProof as JSON, signed by the stream's key"),
    ),
    responses(
        (status = 200, description = "Journals: a signed Ack of the last entry of each"),
        (status = 401, description = "unauthorised, or not yet approved"),
        (status = 403, description = "revoked"),
        (status = 426, description = "protocol"), (status = 429, description = "busy"),
    ),
)]
pub async fn list(State(app): State<App>, Reading(asking): Reading) -> Result<Json<Journals>> {
    check_approved(&asking)?;
    let all = streams::list(&app.db, Some(asking.id.store_id)).await?;
    let others = all.iter().filter(|stream| stream.id != asking.id && is_counted(stream));
    Ok(Json(Journals { acks: others.map(|stream| ack(&app, stream.id, stream.head, Vec::new())).collect() }))
}

/// Where to go on.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// The number of the last entry that need not be sent.
    after: i64,
}

/// Returns entries of a journal of the store that asks, compressed with zstd for whoever accepts it.
///
/// # Errors
/// When the asking stream is not known or waits for approval, the journal is none of its store's, or has nothing after
/// that number.
#[utoipa::path(
    get, path = "/sync/v1/streams/{stream}/entries", tag = "sync",
    params(
        ("stream" = String, Path, description = "store uuid . incarnation in hex"),
        ("after" = i64, Query, description = "the last entry that need not be sent"),
        ("x-ocop-protocol" = u16, Header, description = "1"),
        ("x-ocop-read" = String, Header, description = "ReadProof as JSON, signed by the asking stream's key"),
    ),
    responses(
        (status = 200, description = "EntriesPage: entries, and a signed Ack of the last one of them"),
        (status = 401, description = "unauthorised, or not yet approved"),
        (status = 403, description = "revoked"), (status = 409, description = "gap: nothing stands after that number"),
        (status = 426, description = "protocol"), (status = 429, description = "busy"),
    ),
)]
pub async fn entries(
    State(app): State<App>,
    Path(wanted): Path<String>,
    Reading(asking): Reading,
    Query(Wanted { after }): Query<Wanted>,
    headers: HeaderMap,
) -> Result<Response> {
    check_approved(&asking)?;
    let wanted: StreamId = wanted.parse().map_err(|_| Problem::Unauthorised)?;
    let known = streams::find(&app.db, wanted).await?.filter(is_counted);
    let stream = known.filter(|stream| stream.id.store_id == asking.id.store_id);
    let stream = stream.ok_or(Problem::Unauthorised)?;
    let filed = load(&app, stream.id, after).await?;
    let last = filed.last().ok_or(Problem::Gap { expected: stream.head.seq + 1 })?.entry.position();
    let exceptions = filed.iter().filter(|filed| !filed.state.is_interpreted()).map(Filed::seq).collect();
    let shared =
        |filed: Filed| SharedEntry { envelope: filed.entry.envelope_bytes, shared: filed.entry.shared };
    let page = EntriesPage {
        ack: ack(&app, stream.id, last, exceptions),
        entries: filed.into_iter().map(shared).collect(),
    };
    packed::answer(&headers, &page)
}

/// Loads one page, as far as its bytes go.
async fn load(app: &App, stream: StreamId, mut after: i64) -> Result<Vec<Filed>> {
    let most = usize::try_from(PAGE_ENTRIES_MAX).map_err(|error| Error::Program(error.to_string()))?;
    let mut tx = app.db.begin_reading().await?;
    let (mut page, mut bytes) = (Vec::new(), 0);
    while page.len() < most && bytes < PAGE_ENTRIES_BYTES {
        let step = entries::list_after(&mut tx, stream, after, STEP).await?;
        let Some(last) = step.last() else { break };
        after = last.seq();
        bytes += step.iter().map(|f| f.entry.envelope_bytes.len() + f.entry.shared.len()).sum::<usize>();
        page.extend(step);
    }
    Ok(page)
}

/// What a store sold is nobody's business until a person has compared the fingerprint of the computer that asks.
pub(super) fn check_approved(asking: &Stream) -> Result<()> {
    if asking.status == Status::Approved { Ok(()) } else { Err(Problem::Unauthorised.into()) }
}

/// What was approved once is in the books; a journal that waits, or was revoked before, is not.
const fn is_counted(stream: &Stream) -> bool {
    stream.epoch_no.is_some()
}

fn ack(app: &App, stream: StreamId, at: Position, exceptions: Vec<i64>) -> Ack {
    let ack = Ack {
        stream,
        acked_seq: at.seq,
        acked_hash: at.hash,
        held: false,
        central_epoch: app.epoch,
        central_time: app.clock.now_ms(),
        exceptions,
        signature: String::new(),
    };
    ack.sign(&app.key)
}
