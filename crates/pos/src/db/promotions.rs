//! Promotions of the operator.

use domain::ids::{PromotionId, SaleId};
use domain::promotion::{Hours, Promotion};
use protocol::wire::{PromotionOffer, PromotionRow};
use sqlx::{FromRow, SqliteConnection};
use time::Date;
use uuid::Uuid;

use super::products::PAST_KEPT_MS;
use super::{Error, Result, Tx};

#[derive(FromRow)]
struct Row {
    product_id: Uuid,
    promotion_id: Uuid,
    name: String,
    offer: String,
    first_day: Date,
    last_day: Date,
    from_minute: Option<u16>,
    to_minute: Option<u16>,
}

/// Returns the promotions that hold on a business date for products of a cart; of their products only those. One that was
/// ended since still holds for a sale from the pad that was made before.
///
/// # Errors
/// When the database does not answer or a value cannot be read.
pub async fn list_for_cart(
    connection: &mut SqliteConnection,
    sale_id: SaleId,
    business_date: Date,
) -> Result<Vec<Promotion>> {
    let rows: Vec<Row> = sqlx::query_as(
        "select distinct cart_lines.product_id, promotions.*
         from cart_lines
         cross join promotion_products on promotion_products.product_id = cart_lines.product_id
         cross join promotions on promotions.promotion_id = promotion_products.promotion_id
         where cart_lines.sale_id = $1 and promotions.first_day <= $2 and promotions.last_day >= $2
               and (promotions.ended_at_ms is null or promotions.ended_at_ms >
                    (select pad ->> '$.claimed_at_ms' from carts where carts.sale_id = $1))
         order by promotions.promotion_id",
    )
    .bind(sale_id.uuid())
    .bind(business_date)
    .fetch_all(connection)
    .await?;
    let mut promotions: Vec<Promotion> = Vec::new();
    for row in rows {
        let product_id = row.product_id.into();
        match promotions.last_mut().filter(|last| last.id.uuid() == row.promotion_id) {
            Some(last) => last.products.push(product_id),
            None => promotions.push(row.read()?),
        }
    }
    Ok(promotions)
}

impl Row {
    fn read(self) -> Result<Promotion> {
        let corrupt = || Error::Corrupt { table: "promotions", column: "offer" };
        let offer: PromotionOffer = serde_json::from_str(&self.offer).map_err(|_| corrupt())?;
        Ok(Promotion {
            id: PromotionId::from_uuid(self.promotion_id),
            name: self.name,
            kind: offer.kind().ok_or_else(corrupt)?,
            products: vec![self.product_id.into()],
            first_day: self.first_day,
            last_day: self.last_day,
            hours: self
                .from_minute
                .zip(self.to_minute)
                .map(|(from_minute, to_minute)| Hours { from_minute, to_minute }),
        })
    }
}

/// Writes a promotion, new or changed; false for one that this version cannot read.
///
/// # Errors
/// When the database does not answer.
pub async fn upsert_promotion(tx: &mut Tx, row: &PromotionRow) -> Result<bool> {
    let Some(offer) = row.offer.kind().and_then(|_| serde_json::to_string(&row.offer).ok()) else {
        return Ok(false);
    };
    delete_promotion(tx, row.id).await?;
    sqlx::query(
        "insert into promotions (promotion_id, name, offer, first_day, last_day, from_minute, to_minute)
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(row.id)
    .bind(&row.name)
    .bind(offer)
    .bind(row.first_day)
    .bind(row.last_day)
    .bind(row.minutes.map(|[from, _]| from))
    .bind(row.minutes.map(|[_, to]| to))
    .execute(&mut **tx)
    .await?;
    for product in &row.products {
        sqlx::query(
            "insert into promotion_products (product_id, promotion_id) values ($1, $2) on conflict do nothing",
        )
        .bind(product)
        .bind(row.id)
        .execute(&mut **tx)
        .await?;
    }
    Ok(true)
}

/// Ends a promotion now. It is kept for as long as a sale from before may be entered.
///
/// # Errors
/// When the database does not answer.
pub async fn end_promotion(tx: &mut Tx, promotion_id: Uuid, now_ms: i64) -> Result<()> {
    sqlx::query("update promotions set ended_at_ms = coalesce(ended_at_ms, $2) where promotion_id = $1")
        .bind(promotion_id)
        .bind(now_ms)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Ends all of them, before the catalogue is pulled anew.
///
/// # Errors
/// When the database does not answer.
pub async fn end_all(tx: &mut Tx, now_ms: i64) -> Result<()> {
    sqlx::query("update promotions set ended_at_ms = coalesce(ended_at_ms, $1)")
        .bind(now_ms)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Forgets those that ended more than thirty days ago.
///
/// # Errors
/// When the database does not answer.
pub async fn delete_ended(tx: &mut Tx, now_ms: i64) -> Result<()> {
    let ended: Vec<Uuid> = sqlx::query_scalar("select promotion_id from promotions where ended_at_ms < $1")
        .bind(now_ms - PAST_KEPT_MS)
        .fetch_all(&mut **tx)
        .await?;
    for promotion_id in ended {
        delete_promotion(tx, promotion_id).await?;
    }
    Ok(())
}

async fn delete_promotion(tx: &mut Tx, promotion_id: Uuid) -> Result<()> {
    for statement in [
        sqlx::query("delete from promotion_products where promotion_id = $1"),
        sqlx::query("delete from promotions where promotion_id = $1"),
    ] {
        statement.bind(promotion_id).execute(&mut **tx).await?;
    }
    Ok(())
}
