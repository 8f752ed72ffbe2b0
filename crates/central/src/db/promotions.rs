//! Promotions of operators, with their products.

use domain::ids::{OperatorId, ProductId, PromotionId, StoreId};
use domain::promotion::Promotion;
use protocol::wire::PromotionOffer;
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use super::engine::{Db, Sql, Tx, args, sql};
use super::users::Scope;
use crate::error::{Error, Result};

/// The most promotions that a list shows.
pub const LISTED_MAX: i64 = 200;

/// Adds a promotion of an operator, for one of its stores or for all; false when there is one with its id.
///
/// # Errors
/// When the database fails; also when a product does not exist.
pub async fn insert(
    tx: &mut Tx,
    operator_id: OperatorId,
    store_id: Option<StoreId>,
    promotion: &Promotion,
) -> Result<bool> {
    let offer = serde_json::to_string(&PromotionOffer::from(promotion.kind));
    let sql = sql!(
        "insert into promotions (id, operator_id, store_id, name, offer, first_day, last_day, from_minute, to_minute,
            is_ended)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (id) do nothing returning id",
        promotion.id,
        operator_id,
        store_id,
        &promotion.name,
        offer.map_err(|error| Error::damaged("promotions", promotion.id, error))?,
        promotion.first_day,
        promotion.last_day,
        promotion.hours.map(|hours| i64::from(hours.from_minute)),
        promotion.hours.map(|hours| i64::from(hours.to_minute)),
        false
    );
    if tx.opt::<(Uuid,)>(sql).await?.is_none() {
        return Ok(false);
    }
    let rows = promotion.products.iter().map(|product: &ProductId| args![promotion.id, *product]);
    tx.insert_rows("insert into promotion_products (promotion_id, product_id)", rows.collect(), "").await?;
    Ok(true)
}

/// Ends a promotion; false when it has ended before, `None` when there is none.
///
/// # Errors
/// When the database fails.
pub async fn end(tx: &mut Tx, id: PromotionId) -> Result<Option<bool>> {
    let sql = sql!(
        "update promotions set is_ended = $2 where id = $1 and is_ended = $3 returning id",
        id,
        true,
        false
    );
    if tx.opt::<(Uuid,)>(sql).await?.is_some() {
        return Ok(Some(true));
    }
    let found = tx.opt::<(Uuid,)>(sql!("select id from promotions where id = $1", id)).await?;
    Ok(found.map(|_| false))
}

/// A promotion in a list.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Listed {
    /// Its identity.
    pub id: Uuid,
    /// Name on screen and paper.
    pub name: String,
    /// What it does, as stores are told.
    pub offer: String,
    /// First business date.
    pub first_day: Date,
    /// Last business date.
    pub last_day: Date,
    /// For how many products.
    pub product_count: i64,
}

/// A promotion as a person sees it.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Shown {
    /// Its identity.
    pub id: Uuid,
    /// Name on screen and paper.
    pub name: String,
    /// What it does, as stores are told.
    pub offer: String,
    /// First business date.
    pub first_day: Date,
    /// Last business date.
    pub last_day: Date,
    /// First minute of the day; none for the whole day.
    pub from_minute: Option<i64>,
    /// The minute after the last.
    pub to_minute: Option<i64>,
    /// Ended before its last day.
    pub is_ended: bool,
    /// Whose stores give it.
    pub operator: String,
    /// The one store that gives it; none for all of the operator's.
    pub store: Option<String>,
    /// For how many products.
    pub product_count: i64,
    /// One of them.
    pub product: String,
}

/// Returns the promotions of a scope, at most so many, those that are not over on a day first, then the newest; none for a producer.
///
/// # Errors
/// When the database fails.
pub async fn list_in_scope(db: &Db, scope: Scope, day: Date, limit: i64) -> Result<Vec<Shown>> {
    let operator_id = match scope {
        Scope::Department(_) => None,
        Scope::Operator(scope) => Some(scope.operator_id()),
        Scope::Producer(_) => return Ok(Vec::new()),
    };
    let sql = Sql::new(
        "select promotions.id, promotions.name, offer, first_day, last_day, from_minute, to_minute, is_ended,
            operators.name as operator, stores.name as store,
            (select cast(count(*) as bigint) from promotion_products where promotion_id = promotions.id)
                as product_count,
            coalesce((select min(products.name) from promotion_products
                      join products on products.id = promotion_products.product_id
                      where promotion_id = promotions.id), '') as product
         from promotions
         join operators on operators.id = promotions.operator_id
         left join stores on stores.id = promotions.store_id",
    )
    .when(operator_id, " where promotions.operator_id = ", "")
    .push(" order by case when is_ended = ")
    .bind(true)
    .push(" or last_day < ")
    .bind(day)
    .push(" then 1 else 0 end, first_day desc, promotions.id desc limit ")
    .bind(limit);
    db.all(sql).await
}

/// Returns the promotions that are not ended and not over on a day, by their first day.
///
/// # Errors
/// When the database fails.
pub async fn list_open(db: &Db, day: Date) -> Result<Vec<Listed>> {
    let sql = sql!(
        "select id, name, offer, first_day, last_day,
            (select cast(count(*) as bigint) from promotion_products where promotion_id = promotions.id)
                as product_count
         from promotions where is_ended = $1 and last_day >= $2 order by first_day, id limit $3",
        false,
        day,
        LISTED_MAX
    );
    db.all(sql).await
}
