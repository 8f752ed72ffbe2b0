//! Carries one request and its reply under a fault.

use std::io::Result;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use bytes::Bytes;
use tokio::io::{AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::fault::{Fault, Plan};
use super::{Exchange, body};
use crate::http1;

#[derive(Debug)]
pub(super) struct State {
    inner: Mutex<Inner>,
    /// How many times replies were released.
    releases: watch::Sender<u64>,
    /// How many replies are held.
    held: watch::Sender<usize>,
}

#[derive(Debug)]
pub(super) struct Inner {
    pub(super) upstream: SocketAddr,
    pub(super) plan: Plan,
    pub(super) exchanges: Vec<Exchange>,
    /// Where the next cut of a reply is drawn from.
    last_reply_length: usize,
}

pub(super) async fn listen(listener: TcpListener, state: Arc<State>) {
    // Aborting this task drops the set, and with it every exchange.
    let mut running = JoinSet::new();
    while let Ok((client, _)) = listener.accept().await {
        let state = Arc::clone(&state);
        // A broken connection is what the proxy is for; the client's side of the test sees it.
        running.spawn(async move { state.exchange(client).await.ok() });
    }
}

impl State {
    pub(super) fn new(upstream: SocketAddr, plan: Plan) -> Self {
        let inner = Inner { upstream, plan, exchanges: Vec::new(), last_reply_length: 512 };
        Self { inner: Mutex::new(inner), releases: watch::channel(0).0, held: watch::channel(0).0 }
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().expect("no exchange panicked")
    }

    pub(super) async fn held(&self, count: usize) {
        self.held.subscribe().wait_for(|held| *held >= count).await.expect("the sender is in self");
    }

    pub(super) fn release(&self) {
        self.releases.send_modify(|releases| *releases += 1);
    }

    /// Sends a request from the proxy itself, and records it.
    pub(super) async fn repeat(&self, request: &Bytes, fault: Fault) -> Result<Bytes> {
        let mut server = self.connect().await?;
        server.write_all(&http1::closing(request)).await?;
        let mut reply = Vec::new();
        server.read_to_end(&mut reply).await?;
        let reply = Bytes::from(reply);
        self.lock().exchanges.push(Exchange {
            request: request.clone(),
            reply: reply.clone(),
            fault,
            is_repeat: true,
        });
        Ok(reply)
    }

    async fn connect(&self) -> Result<TcpStream> {
        let upstream = self.lock().upstream;
        TcpStream::connect(upstream).await
    }

    async fn exchange(&self, mut client: TcpStream) -> Result<()> {
        let Some(request) = http1::read_message(&mut client).await?.map(Bytes::from) else { return Ok(()) };
        // Subscribed before the record, so that whoever saw the request recorded can release it.
        let releases = self.releases.subscribe();
        let (number, fault) = self.record(&request);
        let mut reply = Vec::new();
        let result = self.carry(&mut client, &request, &fault, releases, &mut reply).await;
        self.lock().exchanges[number].reply = reply.into();
        // Closed after the record, so that whoever saw the end of a reply finds it recorded.
        if !matches!(fault, Fault::ResetReplyAt(_)) {
            client.shutdown().await.ok();
        }
        result
    }

    /// Decides about a request and writes it down; returns its number and its fault.
    fn record(&self, request: &Bytes) -> (usize, Fault) {
        let mut inner = self.lock();
        let reply_length = inner.last_reply_length;
        let fault = if inner.plan.spares(request) {
            Fault::Forward
        } else {
            inner.plan.choose(request.len(), reply_length)
        };
        let (request, reply) = (request.clone(), Bytes::new());
        inner.exchanges.push(Exchange { request, reply, fault: fault.clone(), is_repeat: false });
        (inner.exchanges.len() - 1, fault)
    }

    async fn carry(
        &self,
        client: &mut TcpStream,
        request: &Bytes,
        fault: &Fault,
        releases: watch::Receiver<u64>,
        reply: &mut Vec<u8>,
    ) -> Result<()> {
        match fault {
            Fault::DropRequest => return Ok(()),
            Fault::BlackHole => return ended(client).await,
            Fault::Answer(answer) => return client.write_all(answer).await,
            Fault::Twice => drop(self.repeat(request, fault.clone()).await?),
            Fault::ReplayFirst(number) => {
                let earlier = self.recorded_request(*number);
                self.repeat(&earlier, fault.clone()).await?;
            }
            _ => {}
        }
        let mut server = self.connect().await?;
        send(&mut server, request, fault).await?;
        let mut whole = async |reply: &mut Vec<u8>| -> Result<()> {
            server.read_to_end(reply).await?;
            self.lock().last_reply_length = reply.len();
            Ok(())
        };
        match *fault {
            Fault::CutRequestAt(_) => whole(reply).await,
            Fault::DamageReplyAt(place) => {
                whole(reply).await?;
                client.write_all(&damaged(reply, place)).await
            }
            Fault::Trickle { bytes, pause } => {
                whole(reply).await?;
                trickle(client, reply, bytes, pause).await
            }
            Fault::Hold => {
                whole(reply).await?;
                self.hold(releases).await;
                client.write_all(reply).await
            }
            Fault::DropReply | Fault::CutReplyAt(_) | Fault::ResetReplyAt(_) => {
                let place = if let Fault::CutReplyAt(place) | Fault::ResetReplyAt(place) = *fault {
                    place
                } else {
                    0
                };
                whole(reply).await?;
                client.write_all(&reply[..place.min(reply.len())]).await?;
                if matches!(fault, Fault::ResetReplyAt(_)) { client.set_zero_linger() } else { Ok(()) }
            }
            _ => {
                relay(&mut server, client, reply).await?;
                self.lock().last_reply_length = reply.len();
                Ok(())
            }
        }
    }

    async fn hold(&self, mut releases: watch::Receiver<u64>) {
        self.held.send_modify(|held| *held += 1);
        releases.changed().await.ok();
        self.held.send_modify(|held| *held -= 1);
    }

    /// Returns a client's request by its number, counted around. The one at work is recorded, so there is one.
    fn recorded_request(&self, number: usize) -> Bytes {
        let inner = self.lock();
        let requests: Vec<_> = inner.exchanges.iter().filter(|exchange| !exchange.is_repeat).collect();
        requests[number % requests.len()].request.clone()
    }
}

async fn send(server: &mut TcpStream, request: &Bytes, fault: &Fault) -> Result<()> {
    match *fault {
        Fault::CutRequestAt(place) => {
            server.write_all(&request[..place.min(request.len())]).await?;
            server.shutdown().await
        }
        Fault::DamageRequestAt(place) => server.write_all(&http1::closing(&damaged(request, place))).await,
        Fault::Trickle { bytes, pause } => trickle(server, &http1::closing(request), bytes, pause).await,
        _ => server.write_all(&http1::closing(request)).await,
    }
}

/// Passes a reply on as it comes, which may be for as long as the page is open, until either side ends.
async fn relay(server: &mut TcpStream, client: &mut TcpStream, reply: &mut Vec<u8>) -> Result<()> {
    let (mut from_client, mut to_client) = client.split();
    let mut ignored = [0; 1];
    loop {
        let passed = reply.len();
        tokio::select! {
            read = server.read_buf(reply) => if read? == 0 { return Ok(()) },
            _ = from_client.read(&mut ignored) => return Ok(()),
        }
        to_client.write_all(&reply[passed..]).await?;
    }
}

/// Waits until the client gives up.
async fn ended(client: &mut TcpStream) -> Result<()> {
    let mut ignored = [0; 64];
    while client.read(&mut ignored).await? > 0 {}
    Ok(())
}

async fn trickle(
    to: &mut (impl AsyncWrite + Unpin),
    message: &[u8],
    bytes: usize,
    pause: Duration,
) -> Result<()> {
    let mut pace = (!pause.is_zero()).then(|| tokio::time::interval(pause));
    for piece in message.chunks(bytes.max(1)) {
        match &mut pace {
            Some(pace) => drop(pace.tick().await),
            None => tokio::task::yield_now().await,
        }
        to.write_all(piece).await?;
        to.flush().await?;
    }
    Ok(())
}

/// Flips the lowest bit of a byte of the body, or of the first line where there is no body: a head without its end would
/// only make the server wait.
fn damaged(message: &[u8], place: usize) -> Vec<u8> {
    let mut damaged = message.to_vec();
    let body_length = body(&Bytes::copy_from_slice(message)).len();
    let (start, length) = if body_length > 0 {
        (message.len() - body_length, body_length)
    } else {
        (0, message.iter().position(|&byte| byte == b'\r').unwrap_or(message.len()))
    };
    if let Some(byte) = damaged.get_mut(start + place % length.max(1)) {
        *byte ^= 1;
    }
    damaged
}
