//! The department's official report: the figures of a period, the words that people wrote into it, and reports that were sealed.
//!
//! Figures come from totals by day and month, never from single lines, so that a year of fifty stores is a few sums. What a producer is
//! owed or was paid is no part of them: that is between the producer and the operator.

mod goods;
mod sales;
mod seals;
mod signatures;
mod templates;
mod words;

pub use goods::{FirstDay, GoodsOnSale, Lapsing, first_days, goods_on_sale, groups, lapsing, points};
pub use goods::{Group, Point};
pub use sales::{Consigned, DaySold, Promoted, Sold, StoreSold, StoreVisitors};
pub use sales::{consigned, promoted, sold, sold_by_day, sold_by_store, visitors};
pub use seals::{Seal, find_seal, insert_seal, list_seals};
pub use signatures::{Signature, find_signature, insert_signature};
pub use templates::{SavedTemplate, insert_template, latest_template, list_templates};
pub use words::{Words, find_words, latest_words, save_words};
