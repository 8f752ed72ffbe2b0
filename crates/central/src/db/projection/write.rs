//! Effects into tables: one bulk statement a table, added to what stands there.

use domain::fold::Account;
use domain::name_fold::name_fold;

use super::effects::Effects;
use super::knowledge::Knowledge;
use super::tables::TABLES;
use crate::db::engine::{Sql, Tx, args, sql};
use crate::db::product_facts::EVER;
use crate::db::{catalogue, sales, terms};
use crate::error::Result;

/// Empties the books.
///
/// # Errors
/// When the database fails.
pub(crate) async fn clear(tx: &mut Tx) -> Result<()> {
    for table in TABLES {
        tx.exec(Sql::new(table.clear)).await?;
    }
    sales::forget(tx).await
}

/// Adds effects to the books, after the products that they need a name of.
///
/// # Errors
/// When the database fails.
pub(crate) async fn write(tx: &mut Tx, effects: &Effects, knowledge: &mut Knowledge) -> Result<()> {
    write_producers(tx, effects).await?;
    write_products(tx, effects, knowledge).await?;
    write_terms(tx, effects, knowledge).await?;
    write_judged_again(tx, effects).await?;
    for table in TABLES {
        tx.insert_rows(table.insert, (table.rows)(effects).collect(), table.conflict).await?;
    }
    if !effects.judged_again.is_empty() {
        // For the same reason as below: a cell that entries came to and left again is none.
        let empty = sql!(
            "delete from money_daily where store_id = $1 and amount_vnd = 0 and entry_count = 0",
            effects.store_id
        );
        tx.exec(empty).await?;
    }
    if effects.balances.keys().any(|(account, _)| *account == Account::Suspense.code()) {
        // Whether money was ever in suspense depends on the order in which streams came: an empty account is none.
        let empty = sql!(
            "delete from balances where store_id = $1 and account = $2 and amount_vnd = 0",
            effects.store_id,
            Account::Suspense.code()
        );
        tx.exec(empty).await?;
    }
    tell_terms(tx, effects, knowledge).await
}

/// Takes entries of before out of the exceptions, and keeps what became of them.
async fn write_judged_again(tx: &mut Tx, effects: &Effects) -> Result<()> {
    for ((incarnation, seq), state) in &effects.judged_again {
        let exception = sql!(
            "delete from exceptions where store_id = $1 and incarnation = $2 and seq = $3",
            effects.store_id,
            *incarnation,
            *seq
        );
        tx.exec(exception).await?;
        let entry = sql!(
            "update entries set state = $4 where store_id = $1 and incarnation = $2 and seq = $3",
            effects.store_id,
            *incarnation,
            *seq,
            state.code()
        );
        tx.exec(entry).await?;
    }
    Ok(())
}

/// Adds the producers whom stores added. What the catalogue says of one stays.
async fn write_producers(tx: &mut Tx, effects: &Effects) -> Result<()> {
    let rows = effects.producers.iter();
    let rows = rows.map(|(id, name)| args![*id, name, name_fold(name), "", "", effects.store_id, true]);
    tx.insert_rows(
        "insert into producers (id, name, name_fold, commune, phone, told_by, is_provisional)",
        rows.collect(),
        "on conflict (id) do nothing",
    )
    .await
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
            effects.store_id,
            product.barcode.as_deref(),
        ]
    });
    tx.insert_rows(
        "insert into products (id, sku, name, name_fold, unit, sold_by, price_vnd, price_version, tax_class,
            producer_id, commune, status, told_by, told_barcode)",
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

/// Adds the terms that the store agreed on, after the products that they may name. Like those, they are not part of the books.
async fn write_terms(tx: &mut Tx, effects: &Effects, knowledge: &Knowledge) -> Result<()> {
    let Some(operator_id) = knowledge.operator_id else { return Ok(()) };
    for (terms, known) in effects.terms.values() {
        terms::insert(tx, operator_id, *known, terms).await?;
    }
    Ok(())
}

/// Tells the operator's other stores of them. Comes last, since it locks the feed until the commit.
async fn tell_terms(tx: &mut Tx, effects: &Effects, knowledge: &Knowledge) -> Result<()> {
    let Some(operator_id) = knowledge.operator_id else { return Ok(()) };
    let told = effects.terms.values().map(|(terms, _)| terms::told(operator_id, terms));
    let news = told.collect::<Result<Vec<_>>>()?;
    let now_ms = effects.terms.values().map(|(_, known)| known.at_ms).max().unwrap_or_default();
    catalogue::publish(tx, news, now_ms).await
}
