//! Who may come in now: a few batches at a time, and so many requests a store. Checked before a body is read.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::ConnectInfo;
use axum::http::request::Parts;
use domain::ids::StoreId;
use protocol::StreamId;
use protocol::wire::{PROTOCOL, PROTOCOL_HEADER, PROTOCOL_MIN, Problem};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use web::throttle;

use super::buckets::Buckets;
use crate::config::Limits;
use crate::error::{Error, Result};

/// Secrets that a network may guess at once, and in a minute. A person mistypes one; a phone company's customers share one
/// address.
const GUESSES: i64 = 30;
/// Looks at the page of one pack that count, of a network and in a minute: who reloads looks once.
const LOOKS: i64 = 1;
/// Batches of one stream at work: its next one, and one whose connection the store has given up. More would let a
/// slow sender keep everybody out.
const STREAM_PUSHES_MAX: u32 = 2;
/// Packs of a period that are made at once: each reads a store's whole journal.
const PACKS_MAX: usize = 2;
/// What a busy central asks for.
const BUSY_RETRY_S: u32 = 2;

/// Counts who came in.
#[derive(Debug)]
pub struct Gate {
    pushes: Arc<Semaphore>,
    at_work: Arc<Mutex<HashMap<StreamId, u32>>>,
    stores: Buckets<(StoreId, IpAddr)>,
    guesses: Buckets<String>,
    looks: Buckets<String>,
    packs: Arc<Semaphore>,
}

impl Gate {
    /// Begins with everything free.
    pub fn new(limits: &Limits) -> Self {
        Self {
            pushes: Arc::new(Semaphore::new(limits.pushes_at_once)),
            at_work: Arc::default(),
            stores: Buckets::new(i64::from(limits.store_requests_per_minute), i64::from(limits.store_burst)),
            guesses: Buckets::new(GUESSES, GUESSES),
            looks: Buckets::new(LOOKS, LOOKS),
            packs: Arc::new(Semaphore::new(PACKS_MAX)),
        }
    }

    /// Lets a pack of a period be made, until the permit is dropped; none while enough are.
    pub fn pack(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.packs).try_acquire_owned().ok()
    }

    /// Lets a batch of a known stream in, until the permit is dropped.
    ///
    /// # Errors
    /// [`Error::Overloaded`] when too many are at work.
    pub fn push(&self, stream: StreamId) -> Result<PushPermit> {
        let busy = || Error::Overloaded { retry_after_s: BUSY_RETRY_S };
        let all = Arc::clone(&self.pushes).try_acquire_owned().map_err(|_| busy())?;
        let mut at_work = self.at_work.lock().unwrap_or_else(PoisonError::into_inner);
        let count = at_work.entry(stream).or_default();
        if *count >= STREAM_PUSHES_MAX {
            return Err(busy());
        }
        *count += 1;
        Ok(PushPermit { _all: all, at_work: Arc::clone(&self.at_work), stream })
    }

    /// Takes one request from a store's bucket. The address is part of its name, so that a stranger who floods in a
    /// store's name does not keep the store itself out.
    ///
    /// # Errors
    /// [`Problem::Busy`] when the bucket is empty.
    pub fn request(&self, store_id: StoreId, from: IpAddr, now_ms: i64) -> Result<()> {
        self.stores.take((store_id, from), now_ms).map_err(|wait_ms| {
            let retry_after_s = u32::try_from(wait_ms / 1_000 + 1).unwrap_or(u32::MAX);
            Problem::Busy { retry_after_s }.into()
        })
    }

    /// Takes a guess at a secret from a network's bucket, before anything is looked for; false when it is empty.
    pub fn guess(&self, from: IpAddr, now_ms: i64) -> bool {
        self.guesses.take(throttle::key("", from), now_ms).is_ok()
    }

    /// Says whether a look at the page of a pack counts. Nothing of who looks is kept but in memory, for a minute.
    pub fn look(&self, pack: &str, from: IpAddr, now_ms: i64) -> bool {
        self.looks.take(throttle::key(pack, from), now_ms).is_ok()
    }

    /// Gives a guess back that was right.
    pub fn guessed_right(&self, from: IpAddr) {
        self.guesses.give_back(&throttle::key("", from));
    }
}

/// Leave to work on a batch.
#[derive(Debug)]
pub struct PushPermit {
    _all: OwnedSemaphorePermit,
    at_work: Arc<Mutex<HashMap<StreamId, u32>>>,
    stream: StreamId,
}

impl Drop for PushPermit {
    fn drop(&mut self) {
        let mut at_work = self.at_work.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = at_work.get_mut(&self.stream) {
            *count -= 1;
            if *count == 0 {
                at_work.remove(&self.stream);
            }
        }
    }
}

/// Checks the protocol that a store speaks.
///
/// # Errors
/// [`Problem::Protocol`] when it is missing, too old or too new.
pub(super) fn check_protocol(parts: &Parts) -> Result<()> {
    let spoken = parts.headers.get(PROTOCOL_HEADER).and_then(|value| value.to_str().ok()?.parse().ok());
    let is_known = spoken.is_some_and(|spoken: u16| (PROTOCOL_MIN..=PROTOCOL).contains(&spoken));
    if is_known { Ok(()) } else { Err(Problem::Protocol { min: PROTOCOL_MIN, max: PROTOCOL }.into()) }
}

/// Returns from where a request comes. Believes `X-Forwarded-For` from a trusted proxy alone.
pub fn client_address(parts: &Parts, trusted_proxies: &[IpAddr]) -> IpAddr {
    let peer = parts.extensions.get::<ConnectInfo<std::net::SocketAddr>>();
    let peer = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |ConnectInfo(address)| address.ip());
    if !trusted_proxies.contains(&peer) {
        return peer;
    }
    let forwarded = parts.headers.get("x-forwarded-for").and_then(|value| value.to_str().ok());
    // The last address is the one that our proxy saw; those before it are whatever the client wrote.
    forwarded.and_then(|list| list.rsplit(',').next()?.trim().parse().ok()).unwrap_or(peer)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

    fn gate() -> Gate {
        Gate::new(&Limits { pushes_at_once: 2, store_requests_per_minute: 60, store_burst: 3, request_s: 1 })
    }

    #[test]
    fn a_store_has_a_burst_and_then_one_request_a_second() {
        let (gate, store) = (gate(), StoreId::from_uuid(Uuid::from_u128(1)));
        let other = StoreId::from_uuid(Uuid::from_u128(2));
        let asked: Vec<bool> = [0, 0, 0, 0, 500, 1_000, 1_000, 60_000, 60_000, 60_000, 60_000]
            .into_iter()
            .map(|now_ms| gate.request(store, HERE, now_ms).is_ok())
            .collect();
        assert_eq!(asked, [true, true, true, false, false, true, false, true, true, true, false]);
        assert!(gate.request(other, HERE, 0).is_ok());
        assert!(gate.request(store, IpAddr::V4(Ipv4Addr::BROADCAST), 60_000).is_ok());
    }

    #[test]
    fn the_wait_is_told() {
        let (gate, store) = (gate(), StoreId::from_uuid(Uuid::from_u128(1)));
        for _ in 0..3 {
            gate.request(store, HERE, 0).unwrap();
        }
        let error = gate.request(store, HERE, 0).unwrap_err();
        assert!(matches!(error, Error::Problem(Problem::Busy { retry_after_s: 2 })), "{error:?}");
    }

    #[test]
    fn a_network_may_guess_so_often_and_a_right_one_costs_nothing() {
        let (gate, elsewhere) = (gate(), IpAddr::from([10, 0, 0, 1]));
        for _ in 0..100 {
            assert!(gate.guess(HERE, 0));
            gate.guessed_right(HERE);
        }
        let guesses = (0..40).filter(|_| gate.guess(HERE, 0)).count();
        assert_eq!(guesses, 30);
        assert!(gate.guess(elsewhere, 0) && !gate.guess(HERE, 1_000) && gate.guess(HERE, 2_000));
    }

    #[test]
    fn batches_at_work_are_few() {
        let gate = Gate::new(&Limits { pushes_at_once: 3, ..Limits::default() });
        let stream = |incarnation| StreamId { store_id: StoreId::from_uuid(Uuid::nil()), incarnation };
        let overloaded = |stream| matches!(gate.push(stream), Err(Error::Overloaded { .. }));
        let slow = (gate.push(stream(1)).unwrap(), gate.push(stream(1)).unwrap());
        assert!(overloaded(stream(1)), "one stream keeps a place free for others");
        let other = gate.push(stream(2)).unwrap();
        assert!(overloaded(stream(3)), "all are at work");
        drop(slow.0);
        assert!(!overloaded(stream(3)));
        assert!(!overloaded(stream(1)));
        drop((slow.1, other));
        assert!(gate.at_work.lock().unwrap().is_empty(), "nothing is remembered");
    }

    #[test]
    fn only_a_trusted_proxy_is_believed() {
        let (proxy, client, liar) = ([10, 0, 0, 1], [10, 9, 9, 9], [1, 2, 3, 4]);
        let header = format!("{}, {}", IpAddr::from(liar), IpAddr::from(client));
        let seen = |peer: [u8; 4], header: &str| {
            let mut request = axum::http::Request::new(());
            request.extensions_mut().insert(ConnectInfo(std::net::SocketAddr::from((peer, 1))));
            request.headers_mut().insert("x-forwarded-for", header.parse().unwrap());
            client_address(&request.into_parts().0, &[proxy.into()])
        };
        assert_eq!(seen(proxy, &header), IpAddr::from(client));
        assert_eq!(seen(client, &header), IpAddr::from(client));
        assert_eq!(seen(proxy, "nonsense"), IpAddr::from(proxy));
    }
}
