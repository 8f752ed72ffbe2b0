//! The counter's pages, asked in process as a browser asks them.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod access;
mod bad_input;
mod bank;
mod beside;
mod best_sellers;
mod business_day;
mod computer;
mod delivery_draft;
mod display;
mod drawer;
mod forms;
mod help;
mod invoices;
mod labels;
mod live;
mod new_goods;
mod ordering;
mod packs;
mod pad;
mod paying;
mod payouts;
mod people;
mod printers;
mod producers;
mod reducing;
mod refunds;
mod scanner;
mod selling;
mod sending;
mod signing_in;
mod stock;
mod stocktake;
mod training;
mod visitor;
