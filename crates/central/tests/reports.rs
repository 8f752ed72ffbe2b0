//! What the department, operators and producers are told.

mod campaigns;
mod consigned;
mod consigned_moves;
mod department;
mod outcome;
mod sales;
mod suspense;

pub(crate) use sales::scope;
