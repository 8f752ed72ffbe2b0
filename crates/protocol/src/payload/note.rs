//! Entries that move neither goods nor money: `genesis`, `reprint`, `clock_changed`, version 1.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::keys::PublicKey;
use crate::stream::{Hash, StreamId};

/// The first entry of a stream.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Genesis {
    /// The key that the incarnation is bound to.
    pub public_key: PublicKey,
    /// `new`, `restored`, `cloned` or `key_lost`.
    pub reason: String,
    /// The stream that this one continues.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub predecessor: Option<Predecessor>,
    /// Version of the program.
    pub software: String,
}

/// The last entry that a store knows of its former stream.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Predecessor {
    /// The former stream.
    pub stream: StreamId,
    /// Its last known entry.
    pub seq: i64,
    /// That entry's hash.
    pub hash: Hash,
}

/// A receipt was printed again; the sale stands in the envelope.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reprint {
    /// The number on the receipt.
    pub receipt: String,
    /// 1 for the first copy.
    pub copy: i64,
    /// Who asked for it.
    pub cashier: Uuid,
}

/// The wall clock did not go on as the monotonic one did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockChanged {
    /// What the clock should have said, UTC milliseconds.
    pub expected_ms: i64,
    /// What it says.
    pub now_ms: i64,
}
