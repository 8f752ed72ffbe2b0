//! A provider of e-invoices under the contract of the store's client, which accepts, refuses, answers late or not at all,
//! and keeps one invoice however often it is asked.

use std::collections::{BTreeMap, VecDeque};

use crate::fake_server::{FakeServer, reply};
use crate::http1;
use serde_json::{Value, json};

/// How the provider treats a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// Takes the invoice and says so.
    Accept,
    /// Takes the request twice, as a network that repeats it does, and answers the second.
    AcceptTwice,
    /// Takes the invoice, and the answer is lost.
    LoseAnswer,
    /// Says "later"; the same request is answered when it comes again.
    Later,
    /// Refuses the invoice with this reason.
    Reject(&'static str),
    /// Takes nothing and asks for seven seconds.
    Busy,
    /// Knows no such token.
    Unauthorised,
    /// Somebody in between answers with a page.
    Page,
}

/// An invoice as the provider holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// What was sent.
    pub body: Value,
    /// `accepted`, `pending` or `rejected`.
    pub status: &'static str,
    reason: String,
}

#[derive(Default)]
struct State {
    next: VecDeque<Manner>,
    taken: BTreeMap<String, Taken>,
    requests: Vec<Value>,
    tokens: Vec<String>,
}

/// The provider; it stops when dropped.
pub struct InvoiceProvider(FakeServer<State>);

impl InvoiceProvider {
    /// Starts one that accepts everything.
    pub async fn start() -> Self {
        Self(FakeServer::start(answer).await)
    }

    /// Where it listens.
    pub fn url(&self) -> &str {
        self.0.url()
    }

    /// Treats the next requests so, one each, before it accepts again.
    pub fn script(&self, manners: impl IntoIterator<Item = Manner>) {
        self.0.state().next.extend(manners);
    }

    /// Returns the invoices that it holds.
    pub fn taken(&self) -> Vec<Taken> {
        self.0.state().taken.values().cloned().collect()
    }

    /// Returns every request that reached it.
    pub fn requests(&self) -> Vec<Value> {
        self.0.state().requests.clone()
    }

    /// Returns the tokens that came with them.
    pub fn tokens(&self) -> Vec<String> {
        self.0.state().tokens.clone()
    }
}

/// Returns the whole answer; `None` when it is lost.
fn answer(state: &mut State, message: &[u8]) -> Option<String> {
    let start = http1::body_start(message).unwrap_or(message.len());
    let body: Value = serde_json::from_slice(&message[start..]).unwrap_or_default();
    let (id, revision) =
        (body["id"].as_str().unwrap_or_default().to_owned(), body["revision"].as_i64().unwrap_or(0));
    let is_put = message.starts_with(format!("PUT /invoices/{id} ").as_bytes());
    let key = http1::header(message, "idempotency-key").unwrap_or_default();
    if !is_put || key != format!("{id}-{revision}") {
        return Some(reply("400 Bad Request", "", "{}"));
    }
    state.requests.push(body.clone());
    state.tokens.push(http1::header(message, "authorization").unwrap_or_default().to_owned());
    let manner = state.next.pop_front().unwrap_or(Manner::Accept);
    let rounds = match manner {
        Manner::Busy => return Some(reply("503 Service Unavailable", "retry-after: 7\r\n", "{}")),
        Manner::Unauthorised => return Some(reply("401 Unauthorized", "", "{}")),
        Manner::Page => return Some(reply("200 OK", "", "<html>Sign in to the network</html>")),
        Manner::AcceptTwice => 2,
        _ => 1,
    };
    let mut taken = take(state, &id, &body, manner);
    if rounds == 2 {
        taken = take(state, &id, &body, manner);
    }
    if manner == Manner::LoseAnswer {
        return None;
    }
    let status = match taken.status {
        "pending" => "202 Accepted",
        "rejected" => "422 Unprocessable Content",
        _ => "200 OK",
    };
    let word = json!({ "id": id, "revision": revision, "status": taken.status, "reason": taken.reason, "reference": format!("HD-{}", &id[..8]) });
    Some(reply(status, "", &word.to_string()))
}

/// Keeps one invoice for an id. The same request is answered alike for ever; a higher revision takes the place of a refused
/// one; anything else under a known id is refused.
fn take(state: &mut State, id: &str, body: &Value, manner: Manner) -> Taken {
    let refused = |reason: &str| Taken { body: body.clone(), status: "rejected", reason: reason.to_owned() };
    if let Some(known) = state.taken.get(id) {
        if known.body == *body && known.status != "pending" {
            return known.clone();
        }
        let is_correction =
            known.status == "rejected" && known.body["revision"].as_i64() < body["revision"].as_i64();
        if known.body != *body && !is_correction {
            return refused("another invoice has this id");
        }
    }
    let is_used = |(other, taken): (&String, &Taken)| other != id && taken.body["code"] == body["code"];
    if state.taken.iter().any(is_used) {
        return refused("another invoice has this code");
    }
    let (status, reason) = match manner {
        Manner::Later => ("pending", ""),
        Manner::Reject(reason) => ("rejected", reason),
        _ => ("accepted", ""),
    };
    let taken = Taken { body: body.clone(), status, reason: reason.to_owned() };
    state.taken.insert(id.to_owned(), taken.clone());
    taken
}
