//! Tests of central: every story runs on SQLite and on PostgreSQL, and ends with central's own verification.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod approval;
mod books;
mod catalogue;
mod command;
mod engine;
mod enrolment;
mod pages;
mod push;
mod reports;
mod support;
mod verify;
