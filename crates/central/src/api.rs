//! What stores and machines ask for: the sync protocol, health, and its description.

pub mod bank_notices;
mod buckets;
pub mod catalogue;
pub mod condition;
pub mod enrol;
pub mod head;
pub mod health;
pub mod journals;
pub mod limits;
pub mod openapi;
mod packed;
mod proof;
pub mod push;
pub mod transfers;
pub mod v1;
