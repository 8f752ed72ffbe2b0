//! The baskets of a cart as its table holds them: JSON, since nothing is ever looked up by them.

use domain::basket::Basket;
use serde::{Deserialize, Serialize};

use super::stored;
use crate::db::Result;

#[derive(Serialize, Deserialize)]
struct StoredBasket {
    number: u8,
    name: String,
    to: String,
    from: String,
    message: String,
    wants_slip: bool,
}

/// Writes the column; null without baskets.
pub(super) fn text(baskets: &[Basket]) -> Result<Option<String>> {
    let row = |basket: &Basket| {
        let Basket { number, name, to, from, message, wants_slip } = basket.clone();
        StoredBasket { number, name, to, from, message, wants_slip }
    };
    let rows: Vec<StoredBasket> = baskets.iter().map(row).collect();
    stored::text((!rows.is_empty()).then_some(rows))
}

/// Reads the column.
pub(super) fn read(text: Option<String>) -> Result<Vec<Basket>> {
    let rows: Option<Vec<StoredBasket>> = stored::read(text, "baskets")?;
    let basket = |row| {
        let StoredBasket { number, name, to, from, message, wants_slip } = row;
        Basket { number, name, to, from, message, wants_slip }
    };
    Ok(rows.into_iter().flatten().map(basket).collect())
}
