//! Combos as the catalogue tells them: a kind of their own, so that a program that knows none skips them instead of selling
//! one as a product without parts.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::ProductRow;

/// Goods that are sold together under one code and price.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComboRow {
    /// Its code, name, unit and price. What a product is beside that (class, group, producer) its parts are by themselves.
    #[serde(flatten)]
    pub product: ProductRow,
    /// What one of it holds, in order: 1 to 20 products, none of them a combo, each once.
    pub parts: Vec<ComboPartRow>,
}

/// A part of a combo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComboPartRow {
    /// The product.
    pub product: Uuid,
    /// Thousandths of its unit.
    pub quantity: i64,
}
