//! The shop's catalogue and people, copied into the database of the till for practising.

use std::path::Path;

use super::{Db, Result};

/// The shop's file is only read, so its sales do not wait for the copy. Both files have the same columns in the same order: one program opened both. Products that were added while practising
/// stay, since carts and receipts there name them; so do wrong PINs, or somebody could go on guessing after each copy.
const COPY: &str = "
    begin;
    delete from main.product_facts;
    insert into main.product_facts select * from shop.product_facts;
    delete from main.producers;
    insert into main.producers select * from shop.producers;
    delete from main.terms;
    insert into main.terms select * from shop.terms;
    delete from main.tax_rates;
    insert into main.tax_rates select * from shop.tax_rates;
    create temp table tries as select cashier_id, failures, failed_at_ms from main.cashiers where failures > 0;
    delete from main.cashiers;
    insert into main.cashiers select * from shop.cashiers;
    update main.cashiers set failures = tries.failures, failed_at_ms = tries.failed_at_ms
        from tries where tries.cashier_id = main.cashiers.cashier_id;
    drop table tries;
    delete from main.promotions;
    insert into main.promotions select * from shop.promotions;
    delete from main.promotion_products;
    insert into main.promotion_products select * from shop.promotion_products;
    delete from main.scan_habits;
    insert into main.scan_habits select * from shop.scan_habits;
    insert or replace into main.products select * from shop.products;
    insert or replace into main.barcodes select * from shop.barcodes;
    delete from main.combo_parts;
    insert into main.combo_parts select * from shop.combo_parts;
    commit;";

/// Returns how many rows the shop's writing connection has changed since it was opened: as long as the number stands still, nothing
/// was written. Waits until whoever writes there is done, a moment.
///
/// # Errors
/// When the database does not answer.
pub async fn count_written(shop: &Db) -> Result<i64> {
    let mut writer = shop.writer().acquire().await?;
    Ok(sqlx::query_scalar("select total_changes()").fetch_one(&mut *writer).await?)
}

/// Copies what a sale needs from the shop's database file, as it stands there. What was sold while practising stays.
///
/// # Errors
/// When one of the databases does not answer; then everything is as before.
pub async fn copy_catalogue(db: &Db, shop: &Path) -> Result<()> {
    let mut writer = db.writer().acquire().await?;
    sqlx::query("attach database $1 as shop").bind(shop.to_string_lossy()).execute(&mut *writer).await?;
    let copied = sqlx::raw_sql(COPY).execute(&mut *writer).await;
    if copied.is_err() {
        // The connection must leave the transaction before it can let go of the file.
        let _ = sqlx::query("rollback").execute(&mut *writer).await;
    }
    sqlx::query("detach database shop").execute(&mut *writer).await?;
    copied?;
    Ok(())
}
