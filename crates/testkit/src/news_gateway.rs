//! A gateway for short messages under the contract of central's news: it keeps one message for an id, however often it comes, and
//! answers as it is told.
#![expect(clippy::expect_used, reason = "a test without its gateway has failed")]

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::http1;

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
pub struct NewsGateway {
    url: String,
    state: Arc<Mutex<State>>,
    listening: JoinHandle<()>,
}

impl NewsGateway {
    /// Starts one that takes everything.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let state = Arc::<Mutex<State>>::default();
        let shared = Arc::clone(&state);
        let listening = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&shared)));
            }
        });
        Self { url, state, listening }
    }

    /// Where it listens.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Treats the next requests so, one each, before it takes again.
    pub fn script(&self, manners: impl IntoIterator<Item = Manner>) {
        lock(&self.state).next.extend(manners);
    }

    /// Returns the messages that it holds.
    pub fn taken(&self) -> Vec<Value> {
        lock(&self.state).taken.values().cloned().collect()
    }

    /// Returns how many requests reached it.
    pub fn requests(&self) -> usize {
        lock(&self.state).requests
    }

    /// Returns what stood for a token in the last one.
    pub fn token(&self) -> String {
        lock(&self.state).token.clone()
    }
}

impl Drop for NewsGateway {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn serve(mut stream: TcpStream, state: Arc<Mutex<State>>) {
    let Ok(Some(message)) = http1::read_message(&mut stream).await else { return };
    let Some(status) = answer(&mut lock(&state), &message) else { return };
    let answer =
        format!("HTTP/1.1 {status}\r\nlocation: /\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    // A client that went away wants no answer.
    let _ = stream.write_all(answer.as_bytes()).await;
    let _ = stream.shutdown().await;
}

/// Returns the answer's status; `None` when it is lost.
fn answer(state: &mut State, message: &[u8]) -> Option<&'static str> {
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
