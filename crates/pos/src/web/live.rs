//! What a page hears without asking: the whole state whenever something changed, the current one first.

use std::convert::Infallible;

use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{self, Stream};
use maud::html;
use tokio::sync::broadcast::error::RecvError;
use tower_sessions::{Session, SessionStore};
use web::Fault;

use super::side::Side;
use super::state::{Extra, beside, whole};
use super::visit::Visit;
use crate::counter::Note;
use crate::db::login_sessions::{CASHIER, LoginSessions};

/// Returns the counter's state.
pub async fn state(visit: Visit) -> Result<Response, Fault> {
    let state = visit.state(Note::Ready).await?;
    Ok(visit.answer_with(state, &Side::Keys, Extra::default()))
}

/// Streams the counter's state. It ends with the login session.
pub async fn events(visit: Visit, session: Session) -> Result<Response, Fault> {
    let changes = visit.app.changes();
    let mut seen = false;
    let events = stream::unfold((visit, session, changes), move |(visit, session, mut changes)| {
        let first = !std::mem::replace(&mut seen, true);
        async move {
            if !first && matches!(changes.recv().await, Err(RecvError::Closed)) {
                return None;
            }
            // One state stands for all changes before it.
            while changes.try_recv().is_ok() {}
            let event = event(&visit, &session).await?;
            Some((event, (visit, session, changes)))
        }
    });
    Ok(sse(events).into_response())
}

fn sse<S: Stream<Item = Result<Event, Infallible>>>(events: S) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    Sse::new(events).keep_alive(KeepAlive::default())
}

/// Returns the state as an event, or `None` when the session is over or the database does not answer: the page then
/// connects again, and is told why.
async fn event(visit: &Visit, session: &Session) -> Option<Result<Event, Infallible>> {
    let sessions = LoginSessions::new(visit.app.db().clone());
    let record = sessions.load(&session.id()?).await.ok()??;
    if !record.data.contains_key(CASHIER) {
        return None;
    }
    let state = visit.state(Note::Ready).await.ok()?;
    let markup = html! { (whole(visit.lang, &state)) (beside(visit.lang, &state)) };
    // A stream of events knows no carriage return.
    let data = markup.into_string().replace('\r', " ");
    Some(Ok(Event::default().id(state.number.to_string()).data(data)))
}
