//! The per-store client: one local service with its own SQLite file. It sells without a network and brings its journal to
//! central when there is one. `counter` holds what people do at the counter, `db` the statements, `web` the pages,
//! `sync` and `printing` the workers, which start from rows.

pub mod app;
pub mod bank_file;
pub mod bank_watch;
pub mod clock_watch;
pub mod command;
pub mod config;
pub mod counter;
pub mod db;
pub mod disk_watch;
pub mod invoicing;
pub mod journal;
pub mod maintenance;
pub mod marker;
pub mod printing;
pub mod router;
pub mod scanner;
pub mod serve;
pub mod sync;
pub mod training;
pub mod web;

pub use app::App;
pub use config::Config;
