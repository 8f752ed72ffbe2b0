//! Builders, clocks, databases, faulty networks: everything that tests share.

#[cfg(feature = "browser")]
pub mod browser;
pub mod catalogue;
pub mod clock;
pub mod databases;
pub mod durable;
mod fake_server;
mod guarded;
mod http1;
pub mod invoice_provider;
pub mod large;
pub mod news_gateway;
pub mod postgres;
pub mod printer;
pub mod programs;
pub mod proxy;
mod python;
pub mod store;
pub mod strace;
pub mod world;

pub use python::python;
