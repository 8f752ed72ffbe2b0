//! The cart that was written last, as it stands in the database: the next scan into a long one does not read it again.
//!
//! One connection writes everything, and SQLite counts the rows that it changes. While that number stands still, so does
//! everything that a cart is read from.

use std::sync::{Arc, Mutex, PoisonError};

use domain::cart::Cart;
use domain::ids::SaleId;
use time::Date;

use super::{Result, Tx};

/// Room for one cart; cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct KeptCart(Arc<Mutex<Option<Kept>>>);

#[derive(Debug)]
struct Kept {
    changes: i64,
    date: Date,
    cart: Cart,
}

impl KeptCart {
    /// Keeps a cart with its products as they are on a date, as a committed transaction wrote it; `changes` is what
    /// [`count_changes`] told at the transaction's end.
    pub fn keep(&self, changes: i64, date: Date, cart: Cart) {
        self.replace(Some(Kept { changes, date, cart }));
    }

    /// Returns the cart of a sale on a date, if nothing was written since; `changes` is the number of now. It is not kept
    /// any longer.
    pub fn take(&self, changes: i64, sale_id: SaleId, date: Date) -> Option<Cart> {
        let is_same = |kept: &Kept| (kept.changes, kept.cart.sale_id, kept.date) == (changes, sale_id, date);
        self.replace(None).filter(is_same).map(|kept| kept.cart)
    }

    /// Forgets it: another connection counts from nothing.
    pub fn forget(&self) {
        self.replace(None);
    }

    fn replace(&self, kept: Option<Kept>) -> Option<Kept> {
        std::mem::replace(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner), kept)
    }
}

/// Returns how many rows the writing connection has changed since it was opened.
///
/// # Errors
/// When the database does not answer.
pub async fn count_changes(tx: &mut Tx) -> Result<i64> {
    Ok(sqlx::query_scalar("select total_changes()").fetch_one(&mut **tx).await?)
}
