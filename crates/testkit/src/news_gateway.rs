//! A gateway for short messages under the contract of central's news: it keeps one message for an id, however often it comes, and
//! answers as it is told.

use std::collections::{BTreeMap, VecDeque};

use crate::fake_server::{FakeServer, reply};
use crate::http1;
use serde_json::Value;

/// How the gateway treats a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// Takes the message and says so.
    Take,
    /// Takes the message, and the answer is lost.
    LoseAnswer,
    /// Will never send it.
    Refuse,
    /// Is not ready.
    Busy,
    /// Fails at this message.
    Broken,
    /// Knows no such token.
    Unauthorised,
    /// Leads somewhere else, as a hotel's network does.
    Redirect,
}

#[derive(Default)]
struct State {
    next: VecDeque<Manner>,
    taken: BTreeMap<String, Value>,
    requests: usize,
    token: String,
}

/// The gateway; it stops when dropped.
pub struct NewsGateway(FakeServer<State>);

impl NewsGateway {
    /// Starts one that takes everything.
    pub async fn start() -> Self {
        Self(FakeServer::start(answer).await)
    }

    /// Where it listens.
    pub fn url(&self) -> &str {
        self.0.url()
    }

    /// Treats the next requests so, one each, before it takes again.
    pub fn script(&self, manners: impl IntoIterator<Item = Manner>) {
        self.0.state().next.extend(manners);
    }

    /// Returns the messages that it holds.
    pub fn taken(&self) -> Vec<Value> {
        self.0.state().taken.values().cloned().collect()
    }

    /// Returns how many requests reached it.
    pub fn requests(&self) -> usize {
        self.0.state().requests
    }

    /// Returns what stood for a token in the last one.
    pub fn token(&self) -> String {
        self.0.state().token.clone()
    }
}

/// Returns the whole answer; `None` when it is lost.
fn answer(state: &mut State, message: &[u8]) -> Option<String> {
    status(state, message).map(|status| reply(status, "location: /\r\n", ""))
}

fn status(state: &mut State, message: &[u8]) -> Option<&'static str> {
    let start = http1::body_start(message).unwrap_or(message.len());
    let body: Value = serde_json::from_slice(&message[start..]).unwrap_or_default();
    let id = body["id"].as_str().unwrap_or_default().to_owned();
    state.requests += 1;
    if id.is_empty() || !message.starts_with(format!("PUT /messages/{id} ").as_bytes()) {
        return Some("404 Not Found");
    }
    state.token = http1::header(message, "authorization").unwrap_or_default().to_owned();
    let manner = state.next.pop_front().unwrap_or(Manner::Take);
    match manner {
        Manner::Refuse => return Some("422 Unprocessable Content"),
        Manner::Busy => return Some("503 Service Unavailable"),
        Manner::Broken => return Some("500 Internal Server Error"),
        Manner::Unauthorised => return Some("401 Unauthorized"),
        Manner::Redirect => return Some("302 Found"),
        Manner::Take | Manner::LoseAnswer => {}
    }
    match state.taken.get(&id) {
        Some(known) if *known != body => return Some("409 Conflict"),
        Some(_) => {}
        None => drop(state.taken.insert(id, body)),
    }
    (manner == Manner::Take).then_some("200 OK")
}
