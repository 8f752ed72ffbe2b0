//! Central's pages: the department's and operators' reports, the producers' pages, stores and devices.
//!
//! A handler reads who asks ([`visit`]), asks the database for figures, and answers with a page or with the same figures
//! as JSON. Every URL with those who may use it stands in [`crate::router`].

pub mod credentials;
pub mod error;
pub mod inventory;
pub mod inventory_texts;
pub mod joint;
pub mod joint_texts;
pub mod login;
pub mod login_form;
pub mod login_session;
pub mod owed;
pub mod producer;
pub mod promotion_texts;
pub mod promotions;
pub mod provisional;
pub mod provisional_texts;
pub mod report_texts;
pub mod reports;
pub mod sales;
#[cfg(test)]
mod samples;
pub mod shell;
pub mod shop_texts;
pub mod shops;
pub mod stores;
pub mod texts;
pub mod visit;
pub mod welcome;
pub mod workbook;
