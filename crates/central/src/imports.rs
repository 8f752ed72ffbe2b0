//! Lists of products that come as files: what is in a file, kept as rows, judged against the catalogue, and applied to it.
//!
//! A file is the largest door for hostile bytes here, so each reader counts what it takes and stops at a named limit; formulas,
//! entities and references to other files do nothing.

pub mod judgement;
pub mod judging;
pub mod sheets;
