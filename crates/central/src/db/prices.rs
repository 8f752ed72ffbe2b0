//! Every price that a product had, by its version.

use domain::Money;
use domain::ids::ProductId;
use sqlx::FromRow;

use super::engine::{Tx, args, sql};
use super::products::Product;
use crate::error::Result;

/// The most versions that a product's page shows.
const LISTED_MAX: i64 = 200;

/// A price.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Price {
    /// 1, 2, 3 …
    pub version: i64,
    /// Price of a unit, VAT included.
    #[sqlx(try_from = "i64")]
    pub price_vnd: Money,
    /// When it was set, UTC milliseconds; `None` for the price that held when prices began to be kept.
    pub set_at_ms: Option<i64>,
    /// Who set it.
    pub set_by: String,
}

/// Keeps the price that each product has now, if it has one; a version that is kept already stays as it is.
///
/// # Errors
/// When the database fails.
pub async fn record(tx: &mut Tx, products: &[Product], now_ms: i64, actor: &str) -> Result<()> {
    let row = |product: &Product| args![product.id, product.price_version, product.price, now_ms, actor];
    tx.insert_rows(
        "insert into product_prices (product_id, version, price_vnd, set_at_ms, set_by)",
        products.iter().filter(|product| !product.lacks_price()).map(row).collect(),
        "on conflict (product_id, version) do nothing",
    )
    .await
}

/// Returns a product's prices, the latest first; at most 200.
///
/// # Errors
/// When the database fails.
pub async fn list(tx: &mut Tx, product_id: ProductId) -> Result<Vec<Price>> {
    let sql = sql!(
        "select version, price_vnd, set_at_ms, set_by from product_prices where product_id = $1
         order by version desc limit $2",
        product_id,
        LISTED_MAX
    );
    tx.all(sql).await
}
