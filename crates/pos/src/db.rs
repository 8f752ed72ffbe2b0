//! The store's database: one SQLite file, one writer, a few readers. One file per noun; each function is one statement
//! or one small step of a transaction that its caller began.

pub mod balances;
pub mod bank_notices;
pub mod best_sellers;
pub mod carts;
pub mod cash_moves;
pub mod cashiers;
pub mod catalogue;
pub mod combos;
pub mod comparisons;
pub mod counters;
pub mod deposits;
pub mod engine;
pub mod entries;
pub mod invoices;
pub mod label_printer;
pub mod login_sessions;
pub mod lots;
pub mod missed_codes;
pub mod open_tenders;
pub mod operations;
pub mod pad_sales;
pub mod payment_attempts;
pub mod printers;
pub mod prints;
pub mod producers;
pub mod products;
pub mod projection;
pub mod promotions;
pub mod receipts;
pub mod refunds;
pub mod sales;
pub mod scanners;
pub mod settlements;
pub mod shifts;
pub mod slips;
pub mod stock;
pub mod stock_moves;
pub mod stocktakes;
pub mod store;
pub mod streams;
pub mod tax_rates;
pub mod terms;
pub mod training;
pub mod transfers;

pub use engine::{Db, Error, Result, Tx};
