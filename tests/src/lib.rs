//! What stories over more than one crate share; each file in the folder above is one story.

pub mod books;
pub mod garlic;
pub mod goods;
pub mod restoring;
pub mod service;
pub mod settling;
pub mod till;
pub mod trade;
