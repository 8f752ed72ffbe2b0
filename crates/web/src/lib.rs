//! What both web applications share: layout, texts, csrf, headers, charts, assets.
//!
//! Nothing here knows a database, the counter or the department: this crate gives words, markup and guards, and the
//! applications say what is on a page. `README.md` beside it lists the classes that `app.css` knows; what `app.js` needs is
//! in [`assets`].

pub mod address;
pub mod amount;
pub mod assets;
pub mod chart;
pub mod contract;
pub use clock;
pub mod csrf;
pub mod error;
pub mod folding;
pub mod form;
pub mod format;
pub mod fragment;
pub mod interval;
pub mod lang;
pub mod layout;
pub mod news;
pub mod password;
pub mod qr;
pub mod security;
pub mod texts;
pub mod throttle;
pub mod words;

pub use error::Fault;
pub use lang::Lang;
