//! The journal and its way to central: entries, hashes, signatures, wire types and the sync plan, without I/O.
//!
//! Everything here may be read by programs that we never see (verifiers, older and newer versions), so the types
//! of [`entry`], [`payload`] and [`wire`] stand apart from `domain` and never change; they only gain versions.
//! `README.md` beside this crate is the specification.
#![warn(missing_docs)]

pub mod batch;
pub mod entry;
pub mod keys;
pub mod payload;
pub mod plan;
pub mod stream;
pub mod verdict;
pub mod wire;

pub use entry::{Entry, Envelope, Kind, Position};
pub use keys::{PublicKey, SecretKey};
pub use payload::Payload;
pub use stream::{Hash, StreamId};
