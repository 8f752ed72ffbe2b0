//! An administrator's acts on devices and on entries that are not in the figures.

use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::StoreId;
use protocol::StreamId;
use serde::Deserialize;
use web::Fault;

use super::Nothing;
use crate::app::App;
use crate::db::{Db, forks, streams};
use crate::error::{Error, Refusal};
use crate::web::visit::Visit;

/// Counts what stands beside the journal of a forked device.
pub async fn adopt(
    State(app): State<App>,
    visit: Visit,
    Path((store_id, fingerprint)): Path<(String, String)>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Redirect, Fault> {
    let store_id = store_id.parse::<StoreId>().map_err(|_| Fault::not_found())?;
    let stream = visit.ok(find_forked(&app.db, store_id, &fingerprint).await)?;
    visit.ok(visit.admin().adopt(stream).await)?;
    Ok(Redirect::to("/stores?done=adopted"))
}

/// Revokes a device.
pub async fn revoke(
    visit: Visit,
    Path((store_id, fingerprint)): Path<(String, String)>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Redirect, Fault> {
    let store_id = store_id.parse::<StoreId>().map_err(|_| Fault::not_found())?;
    visit.ok(visit.admin().revoke_key(store_id, &fingerprint).await)?;
    Ok(Redirect::to("/stores?done=revoked"))
}

/// Of the journals with a key, the one beside which entries wait: after an adoption others have the key too.
async fn find_forked(db: &Db, store_id: StoreId, fingerprint: &str) -> Result<StreamId, Error> {
    let mut own = streams::list(db, Some(store_id)).await?;
    own.retain(|device| device.fingerprint == fingerprint);
    let first = own.first().ok_or(Error::NotFound("device"))?;
    let refusal = Refusal::StreamStatus { status: first.status.code().to_owned(), act: "adopted" };
    let waiting = forks::counts(db).await?;
    let found = own.iter().find(|device| waiting.iter().any(|(stream, _)| *stream == device.id));
    Ok(found.ok_or(Error::Refused(refusal))?.id)
}

/// What came of an entry.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    words: String,
}

/// Notes what came of an entry.
pub async fn answer(
    visit: Visit,
    Path((stream, seq)): Path<(String, i64)>,
    Form(outcome): Form<Outcome>,
) -> Result<Response, Fault> {
    let stream = stream.parse::<StreamId>().map_err(|_| Fault::not_found())?;
    match visit.admin().answer_exception(stream, seq, &outcome.words).await {
        Ok(()) => Ok(Redirect::to("/stores?done=answered").into_response()),
        // The field asks for words itself.
        Err(Error::Refused(_)) => Err(Fault::for_status(StatusCode::UNPROCESSABLE_ENTITY)),
        Err(error) => visit.ok(Err(error)),
    }
}
