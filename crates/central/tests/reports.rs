//! What the department, operators and producers are told.

mod consigned;
mod department;
mod sales;

pub(crate) use sales::scope;
