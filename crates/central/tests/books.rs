//! What entries do to the books, and what happens to entries that cannot be right.

mod commission_tax;
mod corrections;
mod deposits;
mod goods_count;
pub(crate) mod goods_out;
mod hostile;
mod order;
mod pad;
mod producers;
mod refunds;
mod settlements;
pub(crate) mod terms;
pub(crate) mod transfers;
mod upgrade;
mod usual;
