//! Somebody else's HTTP server in a test: a state, and an answer to each request.
#![expect(clippy::expect_used, reason = "a test without its server has failed")]

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::http1;

/// How a server answers a message; `None` when the answer is lost.
type Answer<S> = fn(&mut S, &[u8]) -> Option<String>;

/// A server; it stops when dropped.
pub(crate) struct FakeServer<S> {
    url: String,
    state: Arc<Mutex<S>>,
    listening: JoinHandle<()>,
}

impl<S: Default + Send + 'static> FakeServer<S> {
    /// Starts one on a port of its own.
    pub(crate) async fn start(answer: Answer<S>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let state = Arc::<Mutex<S>>::default();
        let shared = Arc::clone(&state);
        let listening = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&shared), answer));
            }
        });
        Self { url, state, listening }
    }
}

impl<S> FakeServer<S> {
    /// Where it listens.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// What it knows.
    pub(crate) fn state(&self) -> MutexGuard<'_, S> {
        lock(&self.state)
    }
}

impl<S> Drop for FakeServer<S> {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

fn lock<S>(state: &Mutex<S>) -> MutexGuard<'_, S> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn serve<S>(mut stream: TcpStream, state: Arc<Mutex<S>>, answer: Answer<S>) {
    let Ok(Some(message)) = http1::read_message(&mut stream).await else { return };
    let Some(answer) = answer(&mut lock(&state), &message) else { return };
    // A client that went away wants no answer.
    let _ = stream.write_all(answer.as_bytes()).await;
    let _ = stream.shutdown().await;
}

/// Returns an answer; `headers` are whole lines.
pub(crate) fn reply(status: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n{body}")
}
