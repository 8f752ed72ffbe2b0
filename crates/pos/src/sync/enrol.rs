//! Becoming a store: a one-time code makes this computer a stream of central's. A restored or cloned computer begins a
//! new stream by itself, sells in it at once, and is made known to central with a new code later.

use domain::ids::StoreId;
use protocol::payload::{Genesis, Predecessor};
use protocol::wire::Enrol;
use protocol::{Kind, SecretKey, StreamId};

use super::client::{Client, ClientError};
use crate::App;
use crate::app::StartError;
use crate::db::store::Store;
use crate::db::streams::{self, Stream};
use crate::db::{self, carts, entries, store};
use crate::journal::{Draft, JournalError, Writer};

/// Why this computer is not a store.
#[derive(Debug, thiserror::Error)]
pub enum EnrolError {
    /// Central, or the way to it.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// The key file.
    #[error(transparent)]
    Start(#[from] StartError),
    /// The database.
    #[error(transparent)]
    Database(#[from] db::Error),
    /// The first entry.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// Nothing to do.
    #[error("this computer is enrolled already: it belongs to store {0}")]
    Already(String),
    /// The code is of another store than the data.
    #[error("the code is for another store: ask for a code of store {0}")]
    OtherStore(String),
}

/// Asks central to take this computer, with a one-time code; returns the fingerprint that an admin compares before
/// approving it.
///
/// # Errors
/// When the code is wrong, used or expired, central does not answer, or this computer is a store already.
pub async fn enrol(app: &App, code: &str, device: &str) -> Result<String, EnrolError> {
    let known = store::find_store(app.db().read()).await?;
    let all = streams::list_streams(app.db().read()).await?;
    if let (Some(store), Some(current)) = (&known, all.last())
        && current.registered
    {
        return Err(EnrolError::Already(store.name.clone()));
    }
    let unregistered = all.last().filter(|stream| !stream.registered);
    let (key, incarnation) = match (unregistered, app.signing_key()?) {
        (Some(stream), Some(key)) => (key, stream.stream.incarnation),
        _ => fresh(app),
    };
    let former = if unregistered.is_some() { all.iter().rev().nth(1) } else { all.last() };
    let url = &app.config().central_url;
    let request = Enrol {
        code: code.trim().to_uppercase().replace([' ', '-'], ""),
        incarnation: format!("{incarnation:032x}"),
        public_key: key.public(),
        device: device.to_owned(),
        predecessor: former.map(|stream| stream.stream),
        signature: String::new(),
    };
    let enrolled = Client::new(url)?.enrol(&request.sign(&key)).await?;
    if let Some(store) = known.filter(|store| store.store_id != enrolled.stream.store_id) {
        return Err(EnrolError::OtherStore(store.name));
    }
    if unregistered.is_none() {
        app.store_signing_key(&key)?;
    }
    let mut tx = app.db().begin().await?;
    let row = Store {
        store_id: enrolled.stream.store_id,
        code: enrolled.store_code,
        name: enrolled.store_name,
        central_key: enrolled.central_key,
        central_url: url.clone(),
    };
    store::insert_store(&mut tx, &row).await?;
    if unregistered.is_none() {
        streams::insert_stream(&mut tx, enrolled.stream, "new", app.clock().now_ms()).await?;
        genesis(app, &mut tx, &key, row.store_id, "new", all.last()).await?;
    }
    streams::update_registered(&mut tx, enrolled.stream).await?;
    tx.commit().await.map_err(db::Error::from)?;
    app.tell_appended();
    Ok(key.public().fingerprint())
}

/// Begins a new stream of a store that central will hear of later: selling goes on in it at once. A copy's open carts end:
/// they may have been sold since it was made, and no sale's id may stand for two.
///
/// # Errors
/// When the key or the database cannot be written.
pub async fn begin_stream(app: &App, store_id: StoreId, reason: &str) -> Result<StreamId, EnrolError> {
    let former = streams::list_streams(app.db().read()).await?.pop();
    let (key, incarnation) = fresh(app);
    app.store_signing_key(&key)?;
    let stream = StreamId { store_id, incarnation };
    let mut tx = app.db().begin().await?;
    let stream_no = streams::insert_stream(&mut tx, stream, reason, app.clock().now_ms()).await?;
    genesis(app, &mut tx, &key, store_id, reason, former.as_ref()).await?;
    if reason == "restored" {
        carts::clear_open(&mut tx).await?;
    }
    tx.commit().await.map_err(db::Error::from)?;
    // The note beside the database still tells of the former stream; by it the next start would begin yet another one.
    crate::marker::write(app, stream_no).await;
    app.tell_changed();
    Ok(stream)
}

fn fresh(app: &App) -> (SecretKey, u128) {
    let (mut secret, mut incarnation) = ([0; 32], [0; 16]);
    app.clock().fill(&mut secret);
    app.clock().fill(&mut incarnation);
    (SecretKey::from_bytes(&secret), u128::from_be_bytes(incarnation))
}

async fn genesis(
    app: &App,
    tx: &mut db::Tx,
    key: &SecretKey,
    store_id: StoreId,
    reason: &str,
    former: Option<&Stream>,
) -> Result<(), EnrolError> {
    let predecessor = match former {
        Some(former) => {
            let head = entries::load_head(tx, former.stream_no).await?;
            Some(Predecessor { stream: former.stream, seq: head.seq, hash: head.hash })
        }
        None => None,
    };
    let genesis = Genesis {
        public_key: key.public(),
        reason: reason.to_owned(),
        predecessor,
        software: env!("CARGO_PKG_VERSION").to_owned(),
    };
    let writer = Writer { store_id, boot_id: app.boot_id(), clock: app.clock().clone() };
    let date = web::format::local_date(app.clock().now_ms());
    writer.append(tx, Draft::new(Kind::Genesis, date, &genesis, writer.salt())?).await?;
    Ok(())
}
