//! A note beside the database of how far it had come. A database that is older than its note was copied back: its
//! stream is finished, and a new one begins.

use std::path::PathBuf;

use protocol::Position;
use serde::{Deserialize, Serialize};

use crate::App;
use crate::db::{self, entries, streams};

const FILE: &str = "marker.json";

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Marker {
    stream: String,
    seq: i64,
    hash: String,
}

/// Notes how far the journal has come. A note that cannot be written is no reason to stop: it is logged, and the
/// head that central tells finds the same.
pub async fn write(app: &App, stream_no: i64) {
    if let Err(error) = try_write(app, stream_no).await {
        tracing::warn!(%error, "the marker beside the database cannot be written");
    }
}

async fn try_write(app: &App, stream_no: i64) -> anyhow::Result<()> {
    let mut reader = app.db().read().acquire().await?;
    let Position { seq, hash } = entries::load_head(&mut reader, stream_no).await?;
    let Some(stream) = streams::find_current(&mut reader).await? else { return Ok(()) };
    let marker = Marker { stream: stream.stream.to_string(), seq, hash: hash.to_string() };
    let (file, temporary) = (path(app), path(app).with_extension("new"));
    std::fs::write(&temporary, serde_json::to_string(&marker)?)?;
    std::fs::File::open(&temporary)?.sync_all()?;
    Ok(std::fs::rename(&temporary, &file)?)
}

/// Says whether the database lacks what the marker says it had: it was rolled back to a copy.
///
/// # Errors
/// When the database does not answer.
pub async fn is_rolled_back(app: &App) -> db::Result<bool> {
    let Ok(text) = std::fs::read_to_string(path(app)) else { return Ok(false) };
    let Ok(marker) = serde_json::from_str::<Marker>(&text) else { return Ok(false) };
    let all = streams::list_streams(app.db().read()).await?;
    let Some(stream) = all.iter().find(|stream| stream.stream.to_string() == marker.stream) else {
        return Ok(!all.is_empty());
    };
    let hash = entries::find_hash(app.db().read(), stream.stream_no, marker.seq).await?;
    Ok(marker.seq > 0 && hash.map(|hash| hash.to_string()) != Some(marker.hash))
}

fn path(app: &App) -> PathBuf {
    app.config().data_dir.join(FILE)
}
