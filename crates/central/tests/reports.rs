//! What the department, operators and producers are told.

mod campaigns;
mod consigned;
mod department;
mod outcome;
mod sales;

pub(crate) use sales::scope;
