//! `/api/v1`: what pages show, for programs. Behind it stand the same addresses with the same rights, always answered as
//! JSON, files as files. A program shows its person's key as `Authorization: Bearer KEY`; a browser's login does as well.

use std::net::IpAddr;

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use web::Fault;
use web::format::local_date;

use crate::app::App;
use crate::db::api_keys;
use crate::db::secret::Secret;
use crate::db::users::{self, User};
use crate::error::Result;

/// What stands before an address for programs. A later version will stand beside it, and this one stay.
pub const ROOT: &str = "/api/v1";

/// True for an address for programs.
pub fn is_below(path: &str) -> bool {
    path.strip_prefix(ROOT).is_some_and(|rest| rest.starts_with('/'))
}

/// Middleware: whatever a program says that it accepts, it gets JSON, of errors too.
pub async fn as_json(mut request: Request, next: Next) -> Response {
    if is_below(request.uri().path()) {
        request.headers_mut().insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    }
    next.run(request).await
}

/// Returns the key that a request shows; `None` where it shows none.
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    value.strip_prefix("Bearer ").map(str::trim)
}

/// What a key opens.
pub enum Opened {
    /// This person's figures.
    For(Box<User>),
    /// Nothing: nobody has such a key, or may not sign in any more.
    Nothing,
    /// Too many wrong keys came from there.
    TooSoon,
}

/// Looks for whose key this is. Of each network only so many wrong ones are looked for.
///
/// # Errors
/// When the database does not answer.
pub async fn open(app: &App, key: &str, address: IpAddr) -> Result<Opened> {
    let now_ms = app.clock.now_ms();
    if !app.gate.guess(address, now_ms) {
        return Ok(Opened::TooSoon);
    }
    let Some(secret) = Secret::parse(key) else { return Ok(Opened::Nothing) };
    let Some(user_id) = api_keys::find_user(&app.db, &secret).await? else { return Ok(Opened::Nothing) };
    app.gate.guessed_right(address);
    let Some(user) = users::find_active(&app.db, user_id, now_ms).await? else { return Ok(Opened::Nothing) };
    api_keys::note_use(&app.db, &secret, local_date(now_ms)).await?;
    Ok(Opened::For(Box::new(user)))
}

/// What is said to a network that guesses.
pub fn too_soon() -> Fault {
    Fault::for_status(StatusCode::TOO_MANY_REQUESTS)
}
