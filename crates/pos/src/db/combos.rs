//! Combos: products that are sold as several others.

use std::collections::BTreeMap;

use domain::Quantity;
use domain::combo::{Combo, PARTS_MAX, Part};
use domain::ids::ProductId;
use protocol::wire::ComboRow;
use serde::Deserialize;
use sqlx::SqliteConnection;
use uuid::Uuid;

use super::products::{self, OfferRow};
use super::{Error, Result, Tx};

/// A part as statements tell it: JSON, with the product as it is offered by itself, or none while nobody knows it.
#[derive(Deserialize)]
pub(super) struct PartRow {
    combo_id: Uuid,
    position: i64,
    quantity_milli: i64,
    offer: Option<OfferRow>,
}

/// Parts of combos by combo and place.
type Parts = BTreeMap<(Uuid, i64), (Quantity, Option<OfferRow>)>;

/// The JSON of the parts in `combo_parts`, which the statement calls `c`; `$2` is the business date.
macro_rules! parts_json {
    () => {
        concat!(
            "json_group_array(json_object('combo_id', hex(c.combo_id), 'position', c.position,
                 'quantity_milli', c.quantity_milli,
                 'offer', json(iif(q.product_id is null, 'null', ",
            $crate::db::products::offer_json!("q", "q", "g"),
            "))))"
        )
    };
}
pub(super) use parts_json;

/// What [`parts_json`] needs beside `c`.
macro_rules! parts_tables {
    () => {
        "left join products q on q.product_id = c.product_id
         left join product_facts g on g.product_facts_id = (
             select product_facts_id from product_facts
             where product_id = c.product_id and valid_from <= $2
             order by valid_from desc, product_facts_id desc limit 1)"
    };
}
pub(super) use parts_tables;

/// Reads parts, each once: a combo may stand in several rows.
pub(super) fn read(text: &str) -> Result<BTreeMap<Uuid, Combo>> {
    let rows: Vec<PartRow> = serde_json::from_str(text)
        .map_err(|_| Error::Corrupt { table: "combo_parts", column: "product_id" })?;
    let part =
        |row: PartRow| ((row.combo_id, row.position), (Quantity::from_milli(row.quantity_milli), row.offer));
    let parts: Parts = rows.into_iter().map(part).collect();
    let mut combos: BTreeMap<Uuid, Combo> = BTreeMap::new();
    for ((combo_id, _), (quantity, offer)) in parts {
        let combo = combos.entry(combo_id).or_insert_with(|| Combo { parts: Vec::new(), is_whole: true });
        match offer {
            Some(offer) => combo.parts.push(Part { offer: offer.try_into()?, quantity }),
            None => combo.is_whole = false,
        }
    }
    Ok(combos)
}

/// Says whether a product is a combo.
///
/// # Errors
/// When the database does not answer.
pub async fn is_combo(connection: &mut SqliteConnection, product_id: ProductId) -> Result<bool> {
    Ok(sqlx::query_scalar("select exists (select 1 from combo_parts where combo_id = $1)")
        .bind(product_id.uuid())
        .fetch_one(connection)
        .await?)
}

/// Writes a combo, new or changed at a moment; false for one that this version cannot sell.
///
/// # Errors
/// When the database does not answer.
pub async fn upsert_combo(tx: &mut Tx, row: &ComboRow, now_ms: i64) -> Result<bool> {
    let is_sellable = (1..=PARTS_MAX).contains(&row.parts.len())
        && row.product.sold_by == "piece"
        && row.parts.iter().all(|part| {
            part.product != row.product.id && Quantity::from_milli(part.quantity).sellable().is_ok()
        });
    if !is_sellable {
        return Ok(false);
    }
    products::upsert_product(tx, &row.product, now_ms).await?;
    sqlx::query("delete from combo_parts where combo_id = $1")
        .bind(row.product.id)
        .execute(&mut **tx)
        .await?;
    for (position, part) in (0i64..).zip(&row.parts) {
        sqlx::query(
            "insert into combo_parts (combo_id, position, product_id, quantity_milli) values ($1, $2, $3, $4)",
        )
        .bind(row.product.id)
        .bind(position)
        .bind(part.product)
        .bind(part.quantity)
        .execute(&mut **tx)
        .await?;
    }
    Ok(true)
}
