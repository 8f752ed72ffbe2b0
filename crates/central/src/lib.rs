//! The central inventory service: SQLite by default, PostgreSQL in production.
//!
//! Start reading at [`router`]: every URL. A batch goes `api::push` → [`ingest`] → `db::projection`; what an
//! administrator does is in [`admin`].
#![warn(missing_docs)]

pub mod account_keeping;
pub mod adding_up;
pub mod admin;
pub mod agreeing;
pub mod announcing;
pub mod answers;
pub mod api;
pub mod app;
pub mod backup;
pub mod bank_notices;
pub mod command;
pub mod commission_tax;
pub mod config;
pub mod db;
pub mod enrolment;
pub mod error;
pub mod imports;
pub mod ingest;
pub mod joint_settling;
pub mod news;
pub mod nominating;
pub mod reading;
pub mod rebuild;
pub mod replies;
pub mod reporting;
pub mod router;
pub mod second_factor;
pub mod verify;
pub mod web;
pub mod welcome;

pub use app::App;
pub use error::{Error, Result};
