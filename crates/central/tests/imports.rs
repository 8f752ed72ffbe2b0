//! Lists of products that come as files: what is read of a file, and what becomes of its rows.

mod applying;
mod dated;
mod files;
pub(crate) mod lists;
mod many;
mod old_workbooks;
mod spreadsheets;
mod without_prices;
