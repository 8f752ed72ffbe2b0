//! `GET /sync/v1/transfers`: goods on their way between the stores of the asking store's operator.

use axum::Json;
use axum::extract::{Request, State};
use protocol::wire::Transfers;

use super::journals::check_approved;
use super::proof::Reading;
use crate::app::App;
use crate::db::{stores, transfers};
use crate::error::{Error, Result};

/// Returns what is on its way to the asking store, what became of its own transfers, and where it can send goods.
///
/// # Errors
/// When the asking stream is not known or waits for approval.
#[utoipa::path(
    get, path = "/sync/v1/transfers", tag = "sync",
    params(
        ("x-ocop-protocol" = u16, Header, description = "1"),
        ("x-ocop-read" = String, Header, description = "ReadProof as JSON, signed by the stream's key"),
    ),
    responses(
        (status = 200, description = "Transfers, signed by central"),
        (status = 401, description = "unauthorised, or not yet approved"), (status = 403, description = "revoked"),
        (status = 426, description = "protocol"), (status = 429, description = "busy"),
    ),
)]
pub async fn get(
    State(app): State<App>,
    Reading(asking): Reading,
    request: Request,
) -> Result<Json<Transfers>> {
    check_approved(&asking)?;
    let store_id = asking.id.store_id;
    let store = stores::find(&app.db, store_id).await?.ok_or(Error::NotFound("store"))?;
    let answer = Transfers {
        sisters: transfers::sisters(&app.db, store.operator_id, store_id).await?,
        arriving: transfers::arriving(&app.db, store_id).await?,
        taken: transfers::taken(&app.db, store_id).await?,
        central_time: app.clock.now_ms(),
        signature: String::new(),
    };
    let path = request.uri().path_and_query().map_or("", |path| path.as_str());
    Ok(Json(answer.sign(&app.key, path, asking.id)))
}
