//! What a page hears without asking: the whole state whenever something changed, the current one first.

use std::convert::Infallible;
use std::time::Duration;

use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use maud::{Markup, html};
use tokio::sync::broadcast::error::RecvError;
use tower_sessions::{Session, SessionStore};
use web::Fault;

use super::best_sellers::BestSellers;
use super::side::{self, Side};
use super::state::{beside, whole};
use super::tender;
use super::visit::Visit;
use super::{note, weigh};
use crate::counter::{Note, payment};
use crate::db::cashiers;
use crate::db::login_sessions::LoginSessions;
use crate::scanner::OpenPage;

/// The stream's address.
pub const EVENTS: &str = "/counter/events";

/// How long streams wait after a change. Whoever caused it gets the state as its answer, and drops the event that tells the
/// same: so the answer goes first, and has the processor and the database for itself.
pub const ANSWER_FIRST: Duration = Duration::from_millis(25);

/// Returns the counter's state.
pub async fn state(visit: Visit) -> Result<Response, Fault> {
    let state = visit.state(Note::Ready).await?;
    Ok(visit.answer_state(state, &Side::Keys, None))
}

/// Streams the counter's state. It ends with the login session, and with the program.
pub async fn events(visit: Visit, session: Session) -> Response {
    let changes = visit.app.changes();
    let page = OpenPage::open(&visit.app, &visit.seat.counter);
    let events = stream::unfold(
        (visit, session, changes, None, page),
        async |(visit, session, mut changes, told, page)| {
            if told.is_some() {
                tokio::select! {
                    change = changes.recv() => if matches!(change, Err(RecvError::Closed)) { return None },
                    () = visit.app.ending() => return None,
                }
                tokio::time::sleep(ANSWER_FIRST).await;
            }
            // One state stands for all changes before it.
            while changes.try_recv().is_ok() {}
            let (event, told) = event(&visit, &session, told).await?;
            Some((Ok::<_, Infallible>(event), (visit, session, changes, Some(told), page)))
        },
    );
    Sse::new(events).keep_alive(KeepAlive::default()).into_response()
}

/// What a page knows already of what happened without a window's doing: how many codes of a serial scanner, how many
/// transfers that the bank told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Heard {
    scanned: u64,
    arrived: u64,
}

/// Returns the state as an event, or `None` when the session is over, the person was taken off the list, or the database
/// does not answer: the page then connects again, and is told why. What a serial scanner did, and what came at the bank, is
/// told with it, once to each page: no window asked for it. `told` is what the page knows of; none before its first event.
async fn event(visit: &Visit, session: &Session, told: Option<Heard>) -> Option<(Event, Heard)> {
    let sessions = LoginSessions::new(visit.app.db().clone());
    sessions.load(&session.id()?).await.ok()??;
    cashiers::find_active(visit.app.db().read(), visit.seat.cashier_id).await.ok()??;
    let counter = &visit.seat.counter;
    let scanned = visit.app.scanners().last_scanned(counter);
    let arrived = visit.app.bank_watch().last_arrived(counter);
    let mut heard = Heard {
        scanned: scanned.as_ref().map_or(0, |scanned| scanned.number),
        arrived: arrived.as_ref().map_or(0, |arrived| arrived.number),
    };
    let scanned = scanned.filter(|scanned| told.is_some_and(|told| told.scanned < scanned.number));
    let arrived = arrived.filter(|arrived| told.is_some_and(|told| told.arrived < arrived.number));
    if let (Some(_), Some(_), Some(told)) = (&scanned, &arrived, told) {
        // There is one line for news: the bank's comes with the next event.
        heard.arrived = told.arrived;
    }
    if let Some(scanned) = &scanned {
        visit.site.choose(counter, scanned.chosen);
    }
    let news = scanned.map(|scanned| scanned.note).or(arrived.map(|arrived| arrived.note));
    let state = visit.state(Note::Ready).await.ok()?;
    BestSellers::renew(visit).await;
    let markup = html! {
        (whole(visit.lang, &state))
        (beside(visit.lang, &state))
        (bank(visit).await?)
        @if let Some(news) = news {
            (note::fragment(visit.lang, &news))
            @if matches!(news, Note::NeedsWeight { .. }) {
                (side::fragment(visit.lang, &state, &weigh::asked(&news)))
            }
        }
    };
    // A stream of events knows no carriage return.
    let data = markup.into_string().replace('\r', " ");
    Some((Event::default().id(state.number.to_string()).data(data), heard))
}

/// What the bank told of the VietQR that this counter shows; nothing while it shows none, or the bank told nothing.
async fn bank(visit: &Visit) -> Option<Markup> {
    let Some(shown) = visit.app.bank_watch().shown(&visit.seat.counter) else {
        return Some(html! {});
    };
    let shown = payment::load_shown(&visit.app, shown.code.sale_id, shown.code.amount).await.ok()?;
    let shown = shown.filter(|shown| shown.came_vnd != 0);
    Some(shown.map(|shown| tender::bank(visit.lang, &shown)).unwrap_or_default())
}
