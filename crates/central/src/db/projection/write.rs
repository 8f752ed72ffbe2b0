//! Effects into tables: one bulk statement a table, added to what stands there.

use domain::ids::{ProductFactsId, ProductId};
use domain::name_fold::name_fold;

use super::effects::{Cell, Effects, Provisional, Sales};
use super::knowledge::Knowledge;
use crate::db::engine::{Sql, Tx, args};
use crate::error::Result;

/// First day of what a provisional product counts as: before any sale.
const EVER: time::Date = time::macros::date!(2000 - 01 - 01);

/// The tables that follow from the journal alone, with their keys and all columns in the order of digests.
pub const TABLES: [Table; 10] = [
    Table {
        name: "exceptions",
        clear: "delete from exceptions",
        dump: "select store_id, incarnation, seq, reason, detail, suspended_vnd, raised_at_ms from exceptions
            order by store_id, incarnation, seq",
    },
    Table {
        name: "lots",
        clear: "delete from lots",
        dump: "select store_id, lot_id, product_id, producer_id, received_on, expires_on, code from lots
            order by store_id, lot_id",
    },
    Table {
        name: "stock",
        clear: "delete from stock",
        dump: "select store_id, product_id, lot_id, location, quantity_milli from stock
            order by store_id, product_id, lot_id, location",
    },
    Table {
        name: "balances",
        clear: "delete from balances",
        dump: "select store_id, account, producer_id, amount_vnd from balances
            order by store_id, account, producer_id",
    },
    Table {
        name: "receipts",
        clear: "delete from receipts",
        dump: "select store_id, sale_id, receipt, day, payable_vnd, line_count, incarnation, seq, is_counted
            from receipts order by store_id, sale_id",
    },
    Table {
        name: "sale_lines",
        clear: "delete from sale_lines",
        dump: "select store_id, incarnation, seq, line_no, product_id, product_facts_id, producer_id, lot_id, day,
            quantity_milli, gross_vnd, discount_vnd, tax_vnd, producer_due_vnd, commission_vnd, commission_tax_vnd
            from sale_lines order by store_id, incarnation, seq, line_no",
    },
    Table {
        name: "sales_daily",
        clear: "delete from sales_daily",
        dump: "select store_id, day, product_id, product_facts_id, producer_id, quantity_milli, revenue_vnd,
            line_count from sales_daily order by store_id, day, product_id, product_facts_id, producer_id",
    },
    Table {
        name: "sales_monthly",
        clear: "delete from sales_monthly",
        dump: "select store_id, month, product_id, product_facts_id, producer_id, quantity_milli, revenue_vnd,
            line_count from sales_monthly order by store_id, month, product_id, product_facts_id, producer_id",
    },
    Table {
        name: "receipts_daily",
        clear: "delete from receipts_daily",
        dump: "select store_id, day, receipt_count, payable_vnd, programme_vnd from receipts_daily
            order by store_id, day",
    },
    Table {
        name: "product_receipts_daily",
        clear: "delete from product_receipts_daily",
        dump: "select store_id, day, product_id, receipt_count from product_receipts_daily
            order by store_id, day, product_id",
    },
];

/// A table of the books.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    pub(crate) clear: &'static str,
    /// All rows in key order.
    pub dump: &'static str,
}

/// Empties the books.
///
/// # Errors
/// When the database fails.
pub async fn clear(tx: &mut Tx) -> Result<()> {
    for table in TABLES {
        tx.exec(Sql::new(table.clear)).await?;
    }
    Ok(())
}

/// Adds effects to the books.
///
/// # Errors
/// When the database fails.
pub async fn write(tx: &mut Tx, effects: &Effects) -> Result<()> {
    write_goods(tx, effects).await?;
    write_sales(tx, effects).await?;
    write_totals(tx, effects).await
}

/// Adds the products that the catalogue has no row of, so that what they sold has a name.
///
/// # Errors
/// When the database fails.
pub(super) async fn write_products(tx: &mut Tx, effects: &Effects, knowledge: &mut Knowledge) -> Result<()> {
    let products: Vec<(&ProductId, &Provisional)> =
        effects.products.iter().filter(|(id, _)| !knowledge.products.contains(id)).collect();
    let values = |(id, product): &(&ProductId, &Provisional)| {
        args![
            **id,
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
    };
    tx.insert_rows(
        "insert into products (id, sku, name, name_fold, unit, sold_by, price_vnd, price_version, tax_class,
            producer_id, commune, status)",
        &products,
        values,
        "on conflict (id) do nothing",
    )
    .await?;
    let facts: Vec<_> =
        effects.product_facts.iter().filter(|(id, _)| !knowledge.facts.contains_key(id)).collect();
    let values = |(id, (product, producer)): &(&ProductFactsId, &(ProductId, _))| {
        args![**id, *product, EVER, "", *producer, "", false]
    };
    tx.insert_rows(
        "insert into product_facts (id, product_id, valid_from, categories, producer_id, commune, is_retired)",
        &facts,
        values,
        "on conflict (id) do nothing",
    )
    .await?;
    knowledge.products.extend(effects.products.keys());
    knowledge.facts.extend(effects.product_facts.iter().map(|(id, (product, _))| (*id, *product)));
    Ok(())
}

async fn write_goods(tx: &mut Tx, effects: &Effects) -> Result<()> {
    let store = effects.store_id;
    let lots: Vec<_> = effects.lots.values().collect();
    tx.insert_rows(
        "insert into lots (store_id, lot_id, product_id, producer_id, received_on, expires_on, code)",
        &lots,
        |lot| {
            let code = lot.code.as_deref().map(|code| crate::db::entries::plain(code, 60));
            args![
                store,
                lot.id,
                lot.product_id,
                lot.owner.producer_id(),
                lot.received_on,
                lot.expires_on,
                code
            ]
        },
        "on conflict (store_id, lot_id) do nothing",
    )
    .await?;
    let stock: Vec<_> = effects.stock.iter().collect();
    tx.insert_rows(
        "insert into stock (store_id, product_id, lot_id, location, quantity_milli)",
        &stock,
        |((product, lot, location), milli)| args![store, *product, *lot, *location, **milli],
        "on conflict (store_id, product_id, lot_id, location)
         do update set quantity_milli = stock.quantity_milli + excluded.quantity_milli",
    )
    .await?;
    let balances: Vec<_> = effects.balances.iter().collect();
    tx.insert_rows(
        "insert into balances (store_id, account, producer_id, amount_vnd)",
        &balances,
        |((account, producer), vnd)| args![store, *account, *producer, **vnd],
        "on conflict (store_id, account, producer_id)
         do update set amount_vnd = balances.amount_vnd + excluded.amount_vnd",
    )
    .await
}

async fn write_sales(tx: &mut Tx, effects: &Effects) -> Result<()> {
    let store = effects.store_id;
    let receipts: Vec<_> = effects.receipts.iter().collect();
    tx.insert_rows(
        "insert into receipts (store_id, sale_id, receipt, day, payable_vnd, line_count, incarnation, seq,
            is_counted)",
        &receipts,
        |(sale, row)| {
            args![
                store,
                **sale,
                &row.receipt,
                row.day,
                row.payable_vnd,
                row.line_count,
                row.incarnation,
                row.seq,
                row.is_counted
            ]
        },
        "",
    )
    .await?;
    let lines: Vec<_> = effects.sale_lines.iter().collect();
    tx.insert_rows(
        "insert into sale_lines (store_id, incarnation, seq, line_no, product_id, product_facts_id, producer_id,
            lot_id, day, quantity_milli, gross_vnd, discount_vnd, tax_vnd, producer_due_vnd, commission_vnd,
            commission_tax_vnd)",
        &lines,
        |((incarnation, seq, number), row)| {
            args![
                store,
                *incarnation,
                *seq,
                *number,
                row.product_id,
                row.product_facts_id,
                row.producer_id,
                row.lot_id,
                row.day,
                row.quantity_milli,
                row.gross_vnd,
                row.discount_vnd,
                row.tax_vnd,
                row.producer_due_vnd,
                row.commission_vnd,
                row.commission_tax_vnd,
            ]
        },
        "",
    )
    .await?;
    let exceptions: Vec<_> = effects.exceptions.iter().collect();
    tx.insert_rows(
        "insert into exceptions (store_id, incarnation, seq, reason, detail, suspended_vnd, raised_at_ms)",
        &exceptions,
        |((incarnation, seq), row)| {
            args![
                store,
                *incarnation,
                *seq,
                row.finding.reason.code(),
                &row.finding.detail,
                row.suspended_vnd,
                row.raised_at_ms
            ]
        },
        "",
    )
    .await
}

async fn write_totals(tx: &mut Tx, effects: &Effects) -> Result<()> {
    let store = effects.store_id;
    let values = |(cell, sales): &(&Cell, &Sales)| {
        let (period, product, facts, producer) = **cell;
        args![
            store,
            period,
            product,
            facts,
            producer,
            sales.quantity_milli,
            sales.revenue_vnd,
            sales.line_count
        ]
    };
    let daily: Vec<_> = effects.sales_daily.iter().collect();
    tx.insert_rows(
        "insert into sales_daily (store_id, day, product_id, product_facts_id, producer_id, quantity_milli,
            revenue_vnd, line_count)",
        &daily,
        values,
        "on conflict (store_id, day, product_id, product_facts_id, producer_id) do update set
            quantity_milli = sales_daily.quantity_milli + excluded.quantity_milli,
            revenue_vnd = sales_daily.revenue_vnd + excluded.revenue_vnd,
            line_count = sales_daily.line_count + excluded.line_count",
    )
    .await?;
    let monthly: Vec<_> = effects.sales_monthly.iter().collect();
    tx.insert_rows(
        "insert into sales_monthly (store_id, month, product_id, product_facts_id, producer_id, quantity_milli,
            revenue_vnd, line_count)",
        &monthly,
        values,
        "on conflict (store_id, month, product_id, product_facts_id, producer_id) do update set
            quantity_milli = sales_monthly.quantity_milli + excluded.quantity_milli,
            revenue_vnd = sales_monthly.revenue_vnd + excluded.revenue_vnd,
            line_count = sales_monthly.line_count + excluded.line_count",
    )
    .await?;
    let days: Vec<_> = effects.receipts_daily.iter().collect();
    tx.insert_rows(
        "insert into receipts_daily (store_id, day, receipt_count, payable_vnd, programme_vnd)",
        &days,
        |(day, row)| args![store, **day, row.receipt_count, row.payable_vnd, row.programme_vnd],
        "on conflict (store_id, day) do update set
            receipt_count = receipts_daily.receipt_count + excluded.receipt_count,
            payable_vnd = receipts_daily.payable_vnd + excluded.payable_vnd,
            programme_vnd = receipts_daily.programme_vnd + excluded.programme_vnd",
    )
    .await?;
    let products: Vec<_> = effects.product_receipts_daily.iter().collect();
    tx.insert_rows(
        "insert into product_receipts_daily (store_id, day, product_id, receipt_count)",
        &products,
        |((day, product), count)| args![store, *day, *product, **count],
        "on conflict (store_id, day, product_id) do update set
            receipt_count = product_receipts_daily.receipt_count + excluded.receipt_count",
    )
    .await
}
