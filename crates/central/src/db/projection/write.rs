//! Effects into tables: one bulk statement a table, added to what stands there.

use domain::name_fold::name_fold;

use super::effects::Effects;
use super::knowledge::Knowledge;
use super::tables::TABLES;
use crate::db::engine::{Sql, Tx, args};
use crate::db::product_facts::EVER;
use crate::error::Result;

/// Empties the books.
///
/// # Errors
/// When the database fails.
pub(crate) async fn clear(tx: &mut Tx) -> Result<()> {
    for table in TABLES {
        tx.exec(Sql::new(table.clear)).await?;
    }
    Ok(())
}

/// Adds effects to the books, after the products that they need a name of.
///
/// # Errors
/// When the database fails.
pub(crate) async fn write(tx: &mut Tx, effects: &Effects, knowledge: &mut Knowledge) -> Result<()> {
    write_products(tx, effects, knowledge).await?;
    for table in TABLES {
        tx.insert_rows(table.insert, (table.rows)(effects).collect(), table.conflict).await?;
    }
    Ok(())
}

/// Adds the products that the catalogue has no row of. The catalogue is not part of the books: what stands there stays.
async fn write_products(tx: &mut Tx, effects: &Effects, knowledge: &mut Knowledge) -> Result<()> {
    let products = effects.products.iter().filter(|(id, _)| !knowledge.products.contains(id));
    let rows = products.map(|(id, product)| {
        args![
            *id,
            &product.sku,
            &product.name,
            name_fold(&product.name),
            &product.unit,
            product.sold_by,
            product.price_vnd,
            0i64,
            &product.tax_class,
            product.producer_id,
            "",
            "provisional",
        ]
    });
    tx.insert_rows(
        "insert into products (id, sku, name, name_fold, unit, sold_by, price_vnd, price_version, tax_class,
            producer_id, commune, status)",
        rows.collect(),
        "on conflict (id) do nothing",
    )
    .await?;
    let facts = effects.product_facts.iter().filter(|(id, _)| !knowledge.facts.contains_key(id));
    let rows = facts.map(|(id, (product, producer))| args![*id, *product, EVER, "", *producer, "", false]);
    tx.insert_rows(
        "insert into product_facts (id, product_id, valid_from, categories, producer_id, commune, is_retired)",
        rows.collect(),
        "on conflict (id) do nothing",
    )
    .await?;
    knowledge.products.extend(effects.products.keys());
    knowledge.facts.extend(effects.product_facts.iter().map(|(id, (product, _))| (*id, *product)));
    Ok(())
}
