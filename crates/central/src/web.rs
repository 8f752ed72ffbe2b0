//! Central's pages: the department's and operators' reports, the producers' pages, stores and devices.
//!
//! A handler reads who asks ([`visit`]), asks the database for figures, and answers with a page or with the same figures
//! as JSON. Every URL with those who may use it stands in [`crate::router`].

pub mod account;
pub mod account_texts;
pub mod audit;
pub mod audit_texts;
pub mod board_texts;
pub mod bulk_texts;
pub mod campaign_form_texts;
pub mod campaign_texts;
pub mod campaigns;
pub mod credentials;
pub mod csv;
pub mod dossiers;
pub mod error;
pub mod import_texts;
pub mod imports;
pub mod inventory;
pub mod inventory_texts;
pub mod joint;
pub mod joint_texts;
pub mod lists;
pub mod login;
pub mod login_code;
pub mod login_form;
pub mod login_session;
pub mod nomination_texts;
pub mod nominations;
pub mod outcome_texts;
pub mod owed;
pub mod pack;
pub mod pack_texts;
pub mod paper_files;
pub mod paper_texts;
pub mod people;
pub mod people_texts;
pub mod point_file_texts;
pub mod point_open_texts;
pub mod point_texts;
pub mod points;
pub mod producer;
pub mod producer_list_texts;
pub mod producers;
pub mod product_form_texts;
pub mod product_texts;
pub mod products;
pub mod promotion_texts;
pub mod promotions;
pub mod provisional;
pub mod provisional_texts;
pub mod report_texts;
pub mod reports;
pub mod sales;
pub mod sales_texts;
#[cfg(test)]
mod samples;
pub mod scans;
pub mod shell;
pub mod shop_nominations;
pub mod shop_texts;
pub mod shops;
pub mod stores;
pub mod texts;
pub mod visit;
pub mod welcome;
pub mod workbook;
