//! Tests of central: every story runs on SQLite and on PostgreSQL, and ends with central's own verification.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod approval;
mod bad_input;
mod bank_notices;
mod books;
mod campaigns;
mod catalogue;
mod changed_byte;
mod combos;
mod command;
mod engine;
mod enrolment;
mod imports;
mod invoices;
mod pages;
mod promotions;
mod push;
mod reports;
mod support;
mod verify;
