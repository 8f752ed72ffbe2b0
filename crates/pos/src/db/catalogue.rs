//! Pages of the catalogue: each is applied in one transaction together with its cursor.

use protocol::wire::{CataloguePage, CatalogueRow, Change, ProductFactsRow};
use sqlx::SqlitePool;
use uuid::Uuid;

use super::{
    Error, Result, Tx, announced, cashiers, combos, joint_parts, producers, products, promotions, store,
    tax_rates, terms,
};

/// Where the last page ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// Central's identity; another one means to pull everything anew.
    pub central_epoch: Uuid,
    /// The last change applied.
    pub change_seq: i64,
}

/// Returns where the last page ended, or `None` before the first.
///
/// # Errors
/// When the database does not answer.
pub async fn find_cursor(pool: &SqlitePool) -> Result<Option<Cursor>> {
    let row: Option<(Uuid, i64)> =
        sqlx::query_as("select central_epoch, change_seq from catalogue_cursor where id = 1")
            .fetch_optional(pool)
            .await?;
    Ok(row.map(|(central_epoch, change_seq)| Cursor { central_epoch, change_seq }))
}

/// Applies a page and moves the cursor. A row that this version cannot read is skipped and reported by its id: the
/// rest of the catalogue must not wait for it. `now_ms` is until when former prices held.
///
/// # Errors
/// When the database does not answer.
pub async fn apply_page(tx: &mut Tx, page: CataloguePage, now_ms: i64) -> Result<Vec<String>> {
    let mut skipped = Vec::new();
    for change in page.changes {
        let id = change.id.clone();
        if !apply(tx, change, now_ms).await? {
            skipped.push(id);
        }
    }
    sqlx::query(
        "insert into catalogue_cursor (id, central_epoch, change_seq) values (1, $1, $2)
         on conflict (id) do update set central_epoch = excluded.central_epoch, change_seq = excluded.change_seq",
    )
    .bind(page.central_epoch)
    .bind(page.next)
    .execute(&mut **tx)
    .await?;
    Ok(skipped)
}

/// Forgets the cursor and takes every catalogue row back, before all of it is pulled anew. Carts, receipts and the
/// journal keep what they name.
///
/// # Errors
/// When the database does not answer.
pub async fn begin_resync(tx: &mut Tx, now_ms: i64) -> Result<()> {
    for statement in [
        sqlx::query("delete from catalogue_cursor"),
        sqlx::query("update products set active = 0 where in_catalogue = 1"),
        sqlx::query("delete from product_facts"),
        sqlx::query("delete from tax_rates"),
        sqlx::query("delete from announced_deliveries"),
        sqlx::query("delete from joint_parts"),
        sqlx::query("update cashiers set active = 0 where local = 0"),
    ] {
        statement.execute(&mut **tx).await?;
    }
    terms::delete_told(tx).await?;
    promotions::end_all(tx, now_ms).await
}

/// Returns false for a row that cannot be read.
async fn apply(tx: &mut Tx, change: Change, now_ms: i64) -> Result<bool> {
    let Ok(id) = Uuid::try_parse(&change.id) else { return Ok(false) };
    let Some(body) = change.body else {
        return delete(tx, &change.kind, id, now_ms).await;
    };
    let text = body.to_string();
    let tagged = serde_json::json!({ "kind": change.kind, "body": body });
    let Ok(row) = serde_json::from_value::<CatalogueRow>(tagged) else { return Ok(false) };
    match row {
        CatalogueRow::Store(_) => store::replace_settings(tx, &text).await?,
        CatalogueRow::Product(row) => products::upsert_product(tx, &row, now_ms).await?,
        CatalogueRow::Combo(row) => return combos::upsert_combo(tx, &row, now_ms).await,
        CatalogueRow::ProductFacts(row) => upsert_facts(tx, &row).await?,
        CatalogueRow::Producer(row) => producers::upsert_producer(tx, &row).await?,
        CatalogueRow::Terms(row) => match row.read() {
            Ok(terms) => terms::upsert_terms(tx, &terms).await?,
            Err(_) => return Ok(false),
        },
        CatalogueRow::TaxRate(row) => tax_rates::upsert_rate(tx, &row).await?,
        CatalogueRow::Cashier(row) => cashiers::upsert_cashier(tx, &row).await?,
        CatalogueRow::Promotion(row) => return promotions::upsert_promotion(tx, &row).await,
        CatalogueRow::Announced(row) => announced::upsert_announced(tx, &row).await?,
        CatalogueRow::JointPart(row) => joint_parts::upsert_part(tx, &row).await?,
    }
    Ok(true)
}

async fn delete(tx: &mut Tx, kind: &str, id: Uuid, now_ms: i64) -> Result<bool> {
    match kind {
        "product" | "combo" => products::update_inactive(tx, id).await?,
        "promotion" => promotions::end_promotion(tx, id, now_ms).await?,
        "cashier" => cashiers::update_inactive(tx, id).await?,
        "announced" => announced::delete_announced(tx, id).await?,
        "product_facts" => {
            sqlx::query("delete from product_facts where product_facts_id = $1")
                .bind(id)
                .execute(&mut **tx)
                .await?;
        }
        "terms" => {
            sqlx::query("delete from terms where terms_id = $1").bind(id).execute(&mut **tx).await?;
        }
        "tax_rate" => {
            sqlx::query("delete from tax_rates where tax_rate_id = $1").bind(id).execute(&mut **tx).await?;
        }
        // A producer's name stays: goods of theirs may still stand on the shelf.
        "producer" | "store" => {}
        _ => return Ok(false),
    }
    Ok(true)
}

async fn upsert_facts(tx: &mut Tx, row: &ProductFactsRow) -> Result<()> {
    sqlx::query(
        "insert into product_facts (product_facts_id, product_id, valid_from, categories, stars)
         values ($1, $2, $3, $4, $5)
         on conflict (product_facts_id) do update set product_id = excluded.product_id,
             valid_from = excluded.valid_from, categories = excluded.categories, stars = excluded.stars",
    )
    .bind(row.id)
    .bind(row.product)
    .bind(row.valid_from)
    .bind(row.categories.join(","))
    .bind(row.stars)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Returns how many products are on sale.
///
/// # Errors
/// When the database does not answer.
pub async fn count_products(pool: &SqlitePool) -> Result<i64> {
    sqlx::query_scalar("select count(*) from products where active = 1")
        .fetch_one(pool)
        .await
        .map_err(Error::from)
}
