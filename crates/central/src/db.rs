//! What central stores, a file a noun. No function here knows of HTTP or pages.

pub mod audit;
pub mod catalogue;
pub mod engine;
pub mod enrolments;
pub mod entries;
pub mod exceptions;
pub mod forks;
pub mod identity;
pub mod operators;
pub mod projection;
pub mod stores;
pub mod streams;
pub mod terms;

pub use engine::{Db, Tx};
