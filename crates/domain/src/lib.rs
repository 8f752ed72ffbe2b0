//! Rules of the trade: pure functions and types, no I/O, no async, no clock, no randomness.
#![warn(missing_docs)]

pub mod arrival;
pub mod bank;
pub mod barcode;
pub mod basket;
pub mod cart;
pub mod cash_step;
pub mod catalog;
pub mod combo;
pub mod consignment;
pub mod count;
pub mod cover;
pub mod discount;
pub mod fact;
pub mod fixed_price;
pub mod fold;
pub mod ids;
pub mod invoice;
pub mod mask;
pub mod money;
pub mod name_fold;
pub mod pack_link;
pub mod pad;
pub mod past_date;
pub mod payment_reference;
pub mod pricing;
pub mod promotion;
pub mod quantity;
pub mod rate;
pub mod refund;
pub mod removal;
pub mod repack;
pub mod sale;
pub mod scan;
pub mod settlement;
pub mod share;
pub mod stock;
pub mod stock_move;
pub mod tax;
pub mod tender;
pub mod transfer;
pub mod vietqr;
pub mod words;

pub use money::{Money, MoneyError};
pub use quantity::Quantity;
pub use rate::Rate;
