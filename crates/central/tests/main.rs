//! Tests of central: every story runs on SQLite and on PostgreSQL, and ends with central's own verification.

mod approval;
mod catalogue;
mod enrolment;
mod push;
mod support;
