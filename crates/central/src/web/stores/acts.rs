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
use crate::db::streams::{self, Status, Stream};
use crate::error::{Error, Refusal};
use crate::web::visit::Visit;

/// Adopts the branches of a forked device.
pub async fn adopt(
    State(app): State<App>,
    visit: Visit,
    Path((store_id, fingerprint)): Path<(String, String)>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Redirect, Fault> {
    let stream = find(&app, &visit, (&store_id, &fingerprint), Status::Forked).await?;
    visit.ok(visit.admin().adopt(stream.id).await)?;
    Ok(Redirect::to("/stores?done=adopted"))
}

/// Revokes a device.
pub async fn revoke(
    State(app): State<App>,
    visit: Visit,
    Path((store_id, fingerprint)): Path<(String, String)>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Redirect, Fault> {
    let stream = find(&app, &visit, (&store_id, &fingerprint), Status::Approved).await?;
    visit.ok(visit.admin().revoke(stream.id).await)?;
    Ok(Redirect::to("/stores?done=revoked"))
}

/// Of the devices with a key, the one in the state that an act is for.
async fn find(
    app: &App,
    visit: &Visit,
    (store_id, fingerprint): (&str, &str),
    status: Status,
) -> Result<Stream, Fault> {
    let store_id = store_id.parse::<StoreId>().map_err(|_| Fault::not_found())?;
    let devices = visit.ok(streams::list(&app.db, Some(store_id)).await)?;
    let mut own = devices.into_iter().filter(|device| device.fingerprint == fingerprint).peekable();
    let first = own.peek().map(|device| device.status.code().to_owned()).ok_or_else(Fault::not_found)?;
    let refusal = Refusal::StreamStatus { status: first, act: "changed so" };
    visit.ok(own.find(|device| device.status == status).ok_or(Error::Refused(refusal)))
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
