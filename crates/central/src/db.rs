//! What central stores, a file a noun. No function here knows of HTTP or pages.

pub mod audit;
pub mod bank_keys;
pub mod bank_notices;
pub mod cashiers;
pub mod catalogue;
pub mod combos;
pub mod consigned;
pub mod engine;
pub mod enrolments;
pub mod entries;
pub mod exceptions;
pub mod forks;
pub mod identity;
pub mod inventory;
pub mod invoices;
pub mod login_sessions;
pub mod operators;
pub mod pad_sales;
pub mod producers;
pub mod product_facts;
pub mod products;
pub mod projection;
pub mod promotions;
pub mod sales;
pub mod settlement_answers;
pub mod settlements;
pub mod shop_money;
pub mod stock_moves;
pub mod stores;
pub mod streams;
pub mod tax_rates;
pub mod terms;
pub mod throttles;
pub mod transfers;
pub mod users;

pub use engine::{Db, Tx};
