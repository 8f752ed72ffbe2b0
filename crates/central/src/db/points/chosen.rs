//! Which products a point is meant to carry: chosen when it opens, taken over from another point, or accepted of those nominated for it.

use domain::ids::{PointId, ProductId, StoreId};
use domain::point::Assortment;
use time::Date;
use uuid::Uuid;

use super::shelf::{counted, on_shelf};
use crate::db::engine::{Sql, Tx, sql};
use crate::error::Result;

/// Returns which of some products are chosen for a point.
///
/// # Errors
/// When the database fails.
pub async fn list_among(tx: &mut Tx, point_id: PointId, ids: &[ProductId]) -> Result<Vec<ProductId>> {
    let sql = sql!("select product_id from point_products where point_id = $1 and product_id", point_id);
    let sql = sql.is_among(ids.iter().map(|id| id.uuid())).push(" order by product_id");
    Ok(read(tx.all(sql).await?))
}

fn read(rows: Vec<(Uuid,)>) -> Vec<ProductId> {
    rows.into_iter().map(|(id,)| id.into()).collect()
}

/// Chooses products for a point, of those on sale that are no combos, by somebody at a moment; returns those that it did not have.
///
/// # Errors
/// When the database fails.
pub async fn add(
    tx: &mut Tx,
    point_id: PointId,
    ids: &[ProductId],
    (who, at_ms): (&str, i64),
) -> Result<Vec<ProductId>> {
    let sql = sql!(
        "insert into point_products (point_id, product_id, chosen_by, chosen_at_ms)
         select points.id, products.id, $2, $3 from points join products on products.status = 'active'
            and not exists (select 1 from combo_parts where combo_parts.combo_id = products.id)
         where points.id = $1 and products.id",
        point_id,
        who,
        at_ms
    );
    let sql = sql.is_among(ids.iter().map(|id| id.uuid()));
    let sql = sql.push(" on conflict (point_id, product_id) do nothing returning product_id");
    Ok(read(tx.all(sql).await?))
}

/// Chooses for a point what another one has, of what is on sale: what is chosen for that one, and what stands on its shelf. Returns what
/// the point did not have.
///
/// # Errors
/// When the database fails.
pub async fn take_over(
    tx: &mut Tx,
    point_id: PointId,
    other: PointId,
    (who, at_ms): (&str, i64),
) -> Result<Vec<ProductId>> {
    let sql = sql!(
        concat!(
            "insert into point_products (point_id, product_id, chosen_by, chosen_at_ms)
             select points.id, products.id, $3, $4 from points join products on products.status = 'active'
                and not exists (select 1 from combo_parts where combo_parts.combo_id = products.id)
             where points.id = $1 and (products.id in (select chosen.product_id from point_products chosen
                    where chosen.point_id = $2)
                or products.id in (",
            on_shelf!("(select other.store_id from points other where other.id = $2)"),
            ")) on conflict (point_id, product_id) do nothing returning product_id"
        ),
        point_id,
        other,
        who,
        at_ms
    );
    Ok(read(tx.all(sql).await?))
}

/// Takes products off what is chosen for a point; returns those that were.
///
/// # Errors
/// When the database fails.
pub async fn remove(tx: &mut Tx, point_id: PointId, ids: &[ProductId]) -> Result<Vec<ProductId>> {
    let sql = sql!("delete from point_products where point_id = $1 and product_id", point_id);
    let sql = sql.is_among(ids.iter().map(|id| id.uuid())).push(" returning product_id");
    Ok(read(tx.all(sql).await?))
}

/// Writes what a store says of a product that was nominated for it: its point has it, or has it no more unless the department chose it.
/// Returns the point when that changed something.
///
/// # Errors
/// When the database fails.
pub async fn set_of_store(
    tx: &mut Tx,
    (store_id, product_id): (StoreId, ProductId),
    is_accepted: bool,
    (who, at_ms): (&str, i64),
) -> Result<Option<PointId>> {
    let point: Option<(Uuid,)> = tx.opt(sql!("select id from points where store_id = $1", store_id)).await?;
    let Some(point_id) = point.map(|(id,)| PointId::from_uuid(id)) else { return Ok(None) };
    let changed = if is_accepted {
        add(tx, point_id, &[product_id], (who, at_ms)).await?
    } else {
        remove_accepted(tx, point_id, product_id).await?
    };
    Ok((!changed.is_empty()).then_some(point_id))
}

/// Only answers are written by an operator's login; who ticks is of the department.
async fn remove_accepted(tx: &mut Tx, point_id: PointId, product_id: ProductId) -> Result<Vec<ProductId>> {
    let sql = sql!(
        "delete from point_products where point_id = $1 and product_id = $2
            and chosen_by in (select users.login from users where users.operator_id is not null)
         returning product_id",
        point_id,
        product_id
    );
    Ok(read(tx.all(sql).await?))
}

/// Returns the shops' own codes of products, the first of them.
///
/// # Errors
/// When the database fails.
pub async fn list_codes(tx: &mut Tx, ids: &[ProductId], most: i64) -> Result<Vec<String>> {
    let sql = Sql::new("select sku from products where id").is_among(ids.iter().map(|id| id.uuid()));
    let sql = sql.push(" order by sku, id limit ").bind(most);
    Ok(tx.all::<(String,)>(sql).await?.into_iter().map(|(sku,)| sku).collect())
}

/// Counts the products on sale that are chosen for a point, those with stars on a day, and their producers.
///
/// # Errors
/// When the database fails.
pub async fn assortment(tx: &mut Tx, point_id: PointId, day: Date) -> Result<Assortment> {
    let sql = sql!(
        concat!(
            "with goods as (select chosen.product_id from point_products chosen
                join products offered on offered.id = chosen.product_id and offered.status = 'active'
                where chosen.point_id = $1)",
            counted!()
        ),
        point_id,
        false,
        day
    );
    let (product_count, ocop_count, producer_count) = tx.one(sql).await?;
    Ok(Assortment { product_count, ocop_count, producer_count })
}

/// Counts which of them stand on the shelf of the point's store.
///
/// # Errors
/// When the database fails.
pub async fn count_on_shelf(tx: &mut Tx, point_id: PointId, store_id: StoreId) -> Result<i64> {
    let sql = sql!(
        concat!(
            "select cast(count(*) as bigint) from point_products chosen
             join products offered on offered.id = chosen.product_id and offered.status = 'active'
             where chosen.point_id = $1 and chosen.product_id in (",
            on_shelf!("$2"),
            ")"
        ),
        point_id,
        store_id
    );
    let (count,) = tx.one::<(i64,)>(sql).await?;
    Ok(count)
}
