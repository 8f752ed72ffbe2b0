//! Is it alive, and how much is there: for machines that watch.

use std::fmt::Write as _;

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;

use crate::app::App;
use crate::db::{entries, streams};
use crate::error::Result;

/// Answers `ok` when the database answers.
///
/// # Errors
/// When it does not.
pub async fn healthz(State(app): State<App>) -> Result<&'static str> {
    app.db.ping().await?;
    Ok("ok\n")
}

/// Returns counts in the text form that Prometheus reads.
///
/// # Errors
/// When the database does not answer.
pub async fn metrics(State(app): State<App>) -> Result<impl IntoResponse> {
    let mut text = String::from("# TYPE ocop_streams gauge\n");
    for (status, count) in streams::count_by_status(&app.db).await? {
        let _infallible = writeln!(text, "ocop_streams{{status=\"{status}\"}} {count}");
    }
    text.push_str("# TYPE ocop_entries gauge\n");
    for (state, count) in entries::count_by_state(&app.db).await? {
        let _infallible = writeln!(text, "ocop_entries{{state=\"{state}\"}} {count}");
    }
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text))
}
