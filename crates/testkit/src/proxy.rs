//! A network between a store and central that fails on command, or by a seed.
//!
//! The proxy listens on a port of its own at 127.0.0.1 and carries one request on a connection, then closes it:
//! so each exchange meets exactly one [`Fault`]. Requests are recorded, and can be sent again. Nothing waits for
//! a clock but [`Fault::Trickle`] with a pause. A test that panics prints what the proxy did, with its seed.
#![expect(clippy::expect_used, reason = "a test without its network has failed")]

mod exchange;
mod fault;

use std::net::SocketAddr;
use std::sync::Arc;

use bytes::Bytes;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::http1;
use exchange::State;
pub use fault::Fault;
use fault::Plan;

/// What one request met.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// The request as the client sent it: head and body.
    pub request: Bytes,
    /// What the server answered, as far as the proxy read it; empty while nothing came.
    pub reply: Bytes,
    /// What the proxy did to it.
    pub fault: Fault,
    /// Sent by the proxy itself: the second of [`Fault::Twice`], or a replay.
    pub is_repeat: bool,
}

/// A proxy in front of one server; it stops when dropped.
#[derive(Debug)]
pub struct Proxy {
    address: SocketAddr,
    state: Arc<State>,
    listening: JoinHandle<()>,
}

impl Proxy {
    /// Starts a proxy that forwards everything to `upstream`.
    pub async fn start(upstream: SocketAddr) -> Self {
        Self::with_plan(upstream, Plan::always(Fault::Forward)).await
    }

    /// Starts a proxy that lets half of the exchanges pass and draws faults for the others from `seed`.
    pub async fn seeded(upstream: SocketAddr, seed: u64) -> Self {
        Self::with_plan(upstream, Plan::seeded(seed)).await
    }

    async fn with_plan(upstream: SocketAddr, plan: Plan) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("its address");
        let state = Arc::new(State::new(upstream, plan));
        let listening = tokio::spawn(exchange::listen(listener, Arc::clone(&state)));
        Self { address, state, listening }
    }

    /// Returns where clients connect.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns where clients connect, as `http://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Does this to every exchange from now on; ends a seeded plan and a script.
    pub fn set(&self, fault: Fault) {
        self.state.lock().plan = Plan::always(fault);
    }

    /// Does this from now on to requests that begin so, such as `POST /scan`; all others pass.
    pub fn set_for(&self, beginning: &str, fault: Fault) {
        self.state.lock().plan = Plan::always(fault).only(beginning);
    }

    /// Draws the faults of the exchanges from now on from `seed`.
    pub fn seed(&self, seed: u64) {
        self.state.lock().plan = Plan::seeded(seed);
    }

    /// Does these to the next exchanges, one each, before what was set.
    pub fn script(&self, faults: impl IntoIterator<Item = Fault>) {
        self.state.lock().plan.script(faults);
    }

    /// Sends what comes from now on to another address: the server was started anew.
    pub fn set_upstream(&self, upstream: SocketAddr) {
        self.state.lock().upstream = upstream;
    }

    /// Waits until [`Fault::Hold`] keeps this many replies.
    pub async fn held(&self, count: usize) {
        self.state.held(count).await;
    }

    /// Lets pass the replies to all requests that have arrived under [`Fault::Hold`].
    pub fn release(&self) {
        self.state.release();
    }

    /// Returns the bodies of the clients' requests, in the order in which they arrived.
    pub fn recorded(&self) -> Vec<Bytes> {
        let sent_by_clients = self.exchanges().into_iter().filter(|exchange| !exchange.is_repeat);
        sent_by_clients.map(|exchange| body(&exchange.request)).collect()
    }

    /// Returns what each request met, in the order in which they arrived.
    pub fn exchanges(&self) -> Vec<Exchange> {
        self.state.lock().exchanges.clone()
    }

    /// Sends a whole recorded request to the server once more and returns its reply.
    pub async fn replay(&self, request: &Bytes) -> std::io::Result<Bytes> {
        self.state.repeat(request, Fault::Forward).await
    }

    /// Returns the seed if there is one, and a line per exchange.
    pub fn log(&self) -> String {
        let inner = self.state.lock();
        let mut log = inner
            .plan
            .seed()
            .map_or("proxy without a seed\n".into(), |seed| format!("proxy with seed {seed}\n"));
        for (number, exchange) in inner.exchanges.iter().enumerate() {
            let (sent, answered) = (exchange.request.len(), exchange.reply.len());
            let repeat = if exchange.is_repeat { ", repeated by the proxy" } else { "" };
            log += &format!("{number}: {:?}: {sent} bytes, answer {answered}{repeat}\n", exchange.fault);
        }
        log
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.listening.abort();
        if std::thread::panicking() {
            #[expect(
                clippy::print_stderr,
                reason = "shown with the failing test, so that its seed can be run again"
            )]
            {
                eprintln!("{}", self.log());
            }
        }
    }
}

/// Returns the body of a recorded request or reply.
pub fn body(message: &Bytes) -> Bytes {
    message.slice(http1::body_start(message).unwrap_or(message.len())..)
}

#[cfg(test)]
mod tests;
