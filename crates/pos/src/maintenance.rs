//! Looking after a store's data: checking it, folding it anew, copying it, bringing a copy back.

pub mod backup;
pub mod digest;
pub mod export;
pub mod rebuild;
pub mod restore;
pub mod verify;
