//! What a page hears without asking: the whole state whenever something changed, the current one first.

use std::convert::Infallible;

use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use maud::html;
use tokio::sync::broadcast::error::RecvError;
use tower_sessions::{Session, SessionStore};
use web::Fault;

use super::side::{self, Side};
use super::state::{beside, whole};
use super::visit::Visit;
use super::{note, weigh};
use crate::counter::Note;
use crate::db::cashiers;
use crate::db::login_sessions::LoginSessions;

/// The stream's address.
pub const EVENTS: &str = "/counter/events";

/// Returns the counter's state.
pub async fn state(visit: Visit) -> Result<Response, Fault> {
    let state = visit.state(Note::Ready).await?;
    Ok(visit.answer_state(state, &Side::Keys, None))
}

/// Streams the counter's state. It ends with the login session, and with the program.
pub async fn events(visit: Visit, session: Session) -> Response {
    let changes = visit.app.changes();
    let events =
        stream::unfold((visit, session, changes, None), async |(visit, session, mut changes, told)| {
            if told.is_some() {
                tokio::select! {
                    change = changes.recv() => if matches!(change, Err(RecvError::Closed)) { return None },
                    () = visit.app.ending() => return None,
                }
            }
            // One state stands for all changes before it.
            while changes.try_recv().is_ok() {}
            let (event, told) = event(&visit, &session, told).await?;
            Some((Ok::<_, Infallible>(event), (visit, session, changes, Some(told))))
        });
    Sse::new(events).keep_alive(KeepAlive::default()).into_response()
}

/// Returns the state as an event, or `None` when the session is over, the person was taken off the list, or the database
/// does not answer: the page then connects again, and is told why. What a serial scanner did is told with it, once to each
/// page: no window asked for it. `told` counts the codes that the page knows of; none before its first event.
async fn event(visit: &Visit, session: &Session, told: Option<u64>) -> Option<(Event, u64)> {
    let sessions = LoginSessions::new(visit.app.db().clone());
    sessions.load(&session.id()?).await.ok()??;
    cashiers::find_active(visit.app.db().read(), visit.seat.cashier_id).await.ok()??;
    let scanned = visit.app.scanners().last_scanned(&visit.seat.counter);
    let number = scanned.as_ref().map_or(0, |scanned| scanned.number);
    let news = scanned.filter(|scanned| told.is_some_and(|told| told < scanned.number));
    if let Some(scanned) = &news {
        visit.site.choose(&visit.seat.counter, scanned.chosen);
    }
    let state = visit.state(Note::Ready).await.ok()?;
    let markup = html! {
        (whole(visit.lang, &state))
        (beside(visit.lang, &state))
        @if let Some(scanned) = news {
            (note::fragment(visit.lang, &scanned.note))
            @if matches!(scanned.note, Note::NeedsWeight { .. }) {
                (side::fragment(visit.lang, &state, &weigh::asked(&scanned.note)))
            }
        }
    };
    // A stream of events knows no carriage return.
    let data = markup.into_string().replace('\r', " ");
    Some((Event::default().id(state.number.to_string()).data(data), number))
}
