//! Stories in a real browser: the main job, what the ES module owes the counter, VietQR, and how the pages look.
#![expect(clippy::expect_used, clippy::panic, reason = "a story that cannot go on has failed")]

mod acts;
mod auditing;
mod axe;
mod bank_notices;
mod best_sellers;
mod board;
mod campaigns;
mod carts;
mod catalogue;
mod contracts;
mod day;
mod department;
mod deposits;
mod display;
mod disputes;
mod dossiers;
mod drawer;
mod english;
mod exchanges;
mod gifts;
mod goods;
mod imports;
mod invoices;
mod joint_settlements;
mod looking;
mod lots;
mod main_job;
mod new_farmer;
mod new_goods;
mod open_tenders;
mod packs;
mod pad;
mod past_date;
mod people;
mod pictures;
mod points;
mod printers;
mod producer_pages;
mod producers;
mod promotions;
mod queue;
mod reach;
mod reports;
mod sales;
mod scanner;
mod shop;
mod signing_in;
mod stocktake;
mod till_people;
mod touch;
mod training;
mod transfers;
mod unknown_code;
mod vietqr;
mod windows;

use tokio::sync::RwLock;

/// Stories read it; the one that measures time writes, and so has the machine to itself.
static QUIET: RwLock<()> = RwLock::const_new(());
