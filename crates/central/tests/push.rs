//! The answer table of the protocol, over real signed batches.

mod corrupt;
mod fork;
mod guard;
mod journals;
mod table;
