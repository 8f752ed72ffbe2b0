//! Parts of combos.

use domain::Quantity;
use domain::ids::ProductId;
use protocol::wire::{ComboPartRow, ComboRow, ProductRow};
use sqlx::FromRow;
use uuid::Uuid;

use super::engine::{Db, Tx, args, sql};
use crate::error::Result;

/// The most combos that a list shows.
pub const LISTED_MAX: i64 = 500;

/// A product and how much of it one combo holds.
pub type Part = (ProductId, Quantity);

/// Adds the parts of a combo that has none yet.
///
/// # Errors
/// When the database fails; also when a product does not exist.
pub async fn insert(tx: &mut Tx, combo_id: ProductId, parts: &[Part]) -> Result<()> {
    let rows = (0i64..)
        .zip(parts)
        .map(|(position, (product_id, quantity))| args![combo_id, position, *product_id, quantity.milli()]);
    tx.insert_rows(
        "insert into combo_parts (combo_id, position, product_id, quantity_milli)",
        rows.collect(),
        "",
    )
    .await
}

/// Returns the parts of a combo; none for any other product.
///
/// # Errors
/// When the database fails.
pub async fn list_parts(tx: &mut Tx, combo_id: ProductId) -> Result<Vec<Part>> {
    let sql = sql!(
        "select product_id, quantity_milli from combo_parts where combo_id = $1 order by position",
        combo_id
    );
    let rows: Vec<(Uuid, i64)> = tx.all(sql).await?;
    Ok(rows.into_iter().map(|(id, milli)| (id.into(), Quantity::from_milli(milli))).collect())
}

/// Returns the combo with a code; none for any other product.
///
/// # Errors
/// When the database fails.
pub async fn find_by_sku(db: &Db, sku: &str) -> Result<Option<ProductId>> {
    let sql = sql!(
        "select id from products where sku = $1 and exists (select 1 from combo_parts where combo_id = products.id)",
        sku
    );
    Ok(db.opt::<(Uuid,)>(sql).await?.map(|(id,)| id.into()))
}

/// Returns the code of a combo on sale that holds a product, the first by code.
///
/// # Errors
/// When the database fails.
pub async fn find_holding(tx: &mut Tx, product_id: ProductId) -> Result<Option<String>> {
    let sql = sql!(
        "select products.sku from combo_parts join products on products.id = combo_parts.combo_id
         where combo_parts.product_id = $1 and products.status = 'active' order by products.sku limit 1",
        product_id
    );
    Ok(tx.opt::<(String,)>(sql).await?.map(|(sku,)| sku))
}

/// A combo in a list.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Listed {
    /// The shops' own code.
    pub sku: String,
    /// Name.
    pub name: String,
    /// Price, đồng.
    pub price_vnd: i64,
    /// What its parts cost apart, đồng.
    pub apart_vnd: i64,
    /// How many parts it has.
    pub part_count: i64,
}

/// Returns the combos on sale, by code.
///
/// # Errors
/// When the database fails.
pub async fn list(db: &Db) -> Result<Vec<Listed>> {
    let sql = sql!(
        "select combos.sku, combos.name, combos.price_vnd, cast(count(*) as bigint) as part_count,
            cast(sum((parts.price_vnd * combo_parts.quantity_milli + 500) / 1000) as bigint) as apart_vnd
         from combo_parts
         join products combos on combos.id = combo_parts.combo_id
         join products parts on parts.id = combo_parts.product_id
         where combos.status = 'active'
         group by combos.sku, combos.name, combos.price_vnd
         order by combos.sku limit $1",
        LISTED_MAX
    );
    db.all(sql).await
}

/// Returns a combo as stores learn of it.
pub fn wire_row(product: ProductRow, parts: &[Part]) -> ComboRow {
    let part = |(product_id, quantity): &Part| ComboPartRow {
        product: product_id.uuid(),
        quantity: quantity.milli(),
    };
    ComboRow { product, parts: parts.iter().map(part).collect() }
}
