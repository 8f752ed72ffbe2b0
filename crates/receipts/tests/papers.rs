//! Slips and labels: their layouts against the files in `tests/expected`, their stored forms, and their bytes. After a
//! wanted change: `UPDATE_EXPECTED=1 cargo test -p receipts --test papers`, and look at the pictures of the examples.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a helper that fails should fail its test")]

mod golden;
#[path = "papers/labels.rs"]
mod labels;
#[path = "papers/slips.rs"]
mod slips;
