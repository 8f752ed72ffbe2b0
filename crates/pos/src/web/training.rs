//! The way between the real till and the one for practising: the same computer, another port.

use axum::http::HeaderMap;
use axum::http::header::HOST;
use axum::response::{IntoResponse, Redirect, Response};
use web::Fault;

use super::visit::Visit;

/// Sends the browser to the other till, or back to the counter where there is none.
pub async fn page(visit: Visit, headers: HeaderMap) -> Result<Response, Fault> {
    let config = visit.app.config();
    let Some(other) = config.training_of.or(config.training_listen) else {
        return Ok(Redirect::to("/").into_response());
    };
    // The name was checked before: only one under which this computer is known comes so far.
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let host = host.rsplit_once(':').map_or(host, |(name, _)| name);
    Ok(Redirect::to(&format!("http://{host}:{}/", other.port())).into_response())
}
