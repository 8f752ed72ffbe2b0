//! The counter's pages. A fragment is a function of a view struct, so that page, answer and stream say the same; a
//! handler reads its form, calls `counter` and answers. All addresses stand in `router`.
//!
//! `visit` is who asks, `state` is what an action answers; `tabs`, `pad`, `cart`, `note`, `missed`, `chips`, `paper` and `side` are
//! the parts of the counter's page; `receipts`, `shift`, `goods`, `products`, `stock` and `cashiers` are the pages beside it.

pub mod approval;
pub mod bank_file;
pub mod bank_texts;
pub mod basket;
pub mod buyer;
pub mod cart;
pub mod cart_texts;
pub mod cashiers;
pub mod chips;
pub mod counter;
pub mod day;
pub mod delivery;
pub mod deposit;
pub mod deposit_texts;
pub mod deposits;
pub mod desk;
pub mod discount;
pub mod display;
pub mod display_texts;
pub mod drawer;
pub mod drawer_count;
pub mod drawer_report;
pub mod drawer_texts;
pub mod error;
pub mod exchange;
mod find;
pub mod gift_texts;
pub mod goods;
pub mod health;
pub mod invoice_form;
pub mod invoice_texts;
pub mod invoices;
pub mod keys;
pub mod label_texts;
pub mod labels;
pub mod live;
pub mod login;
pub mod menu;
pub mod note;
pub mod open_tender_texts;
pub mod open_tenders;
pub mod openapi;
pub mod pad;
pub mod pad_page;
pub mod pad_texts;
pub mod page_texts;
pub mod paper;
pub mod pay;
mod printer_form;
pub mod printer_texts;
pub mod printers;
pub mod products;
pub mod receipts;
pub mod refund;
pub mod refund_texts;
pub mod results;
pub mod rows;
#[cfg(test)]
mod samples;
pub mod scanner_form;
pub mod shift;
pub mod side;
pub mod sign_in;
pub mod state;
pub mod stock;
pub mod switch;
pub mod tabs;
pub mod tender;
pub mod texts;
pub mod training;
pub mod visit;
pub mod weigh;
