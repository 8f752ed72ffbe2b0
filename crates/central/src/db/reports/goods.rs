//! The points of sale, and the goods that stand there.

use std::collections::BTreeSet;

use domain::catalog::Category;
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use crate::db::engine::{Tx, sql};
use crate::db::{product_groups, same_producers};
use crate::error::Result;

/// A point of sale.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Point {
    /// The store.
    pub store_id: Uuid,
    /// Its name.
    pub name: String,
    /// Street or place.
    pub address: String,
    /// The unit of today.
    pub commune: String,
    /// Who runs it.
    pub operator: String,
    /// Code of where its file says that it stands.
    pub state: Option<String>,
    /// Number of the decision that names it.
    pub decision_number: Option<String>,
    /// Its day.
    pub decided_on: Option<Date>,
    /// Whose money set it up.
    pub funding: Option<String>,
    /// The day on which it closed, if it is closed.
    pub closed_on: Option<Date>,
    /// When it opened; none where the file does not say.
    pub opened_on: Option<Date>,
}

/// Returns every point of sale that has a store, as its file says, by the code of the store.
///
/// # Errors
/// When the database fails.
pub async fn points(tx: &mut Tx) -> Result<Vec<Point>> {
    let sql = sql!(concat!(
        "select stores.id as store_id, coalesce(points.name, stores.name) as name,
            coalesce(points.address, stores.address) as address, coalesce(points.commune, stores.commune) as commune,
            operators.name as operator,
            points.state, points.decision_number, points.decided_on, points.funding, ",
        crate::db::points::opened_and_closed!(),
        " from stores join operators on operators.id = stores.operator_id
         left join points on points.store_id = stores.id order by stores.code"
    ));
    tx.all(sql).await
}

/// A group of products.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// Returns every group of products in their order, as it was called on a day.
///
/// # Errors
/// When the database fails.
pub async fn groups(tx: &mut Tx, day: Date) -> Result<Vec<Group>> {
    let groups = product_groups::list_on(tx, day).await?;
    Ok(groups.into_iter().map(|group| Group { code: group.code, name: group.name_vi }).collect())
}

/// A product on sale, as what it counts on a day.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct GoodsOnSale {
    /// The leading category; none without a recognition in force.
    pub category: Option<String>,
    /// Code of its group.
    pub group_code: Option<String>,
    /// Stars.
    pub stars: Option<i64>,
    /// Where it comes from; empty where nobody said.
    pub commune: String,
    /// Who makes it.
    pub producer_id: Option<Uuid>,
}

/// Returns the products that were on sale in a period, as what they count on its last day: those that sold in it, and those that stand
/// on a shelf by the books of now and had come to one by that day. What was added to the catalogue alone is on no shelf.
///
/// # Errors
/// When the database fails.
pub async fn goods_on_sale(tx: &mut Tx, day: Date, sold: BTreeSet<Uuid>) -> Result<Vec<GoodsOnSale>> {
    let sql = sql!(
        "select product_facts.leading_category as category, products.group_code, product_facts.stars,
            products.commune, coalesce(producers.same_as, products.producer_id) as producer_id
         from products left join producers on producers.id = products.producer_id
         left join product_facts on product_facts.id = (
            select dated.id from product_facts dated where dated.product_id = products.id
                and dated.is_retired = $1 and dated.valid_from <= $2
            order by dated.valid_from desc, dated.id desc limit 1)
         where products.id in (
            select coalesce(told.merged_into, told.id)
            from (select product_id from stock where location = 'shelf'
                group by store_id, product_id having sum(quantity_milli) > 0) as has
            join (select product_id from first_days where day <= $2 group by product_id) as came
                on came.product_id = has.product_id
            join products told on told.id = has.product_id)
            or products.id",
        false,
        day
    );
    tx.all(sql.is_among(sold).push(" order by products.id")).await
}

/// A product that came to a shelf for the first time.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct FirstDay {
    /// Its name.
    pub name: String,
    /// Who makes it.
    pub producer: Option<String>,
    /// When.
    pub day: Date,
}

/// Returns the products that came to any shelf for the first time from the first to the last day, the earliest first.
///
/// # Errors
/// When the database fails.
pub async fn first_days(tx: &mut Tx, (from, to): (Date, Date)) -> Result<Vec<FirstDay>> {
    let sql = sql!(
        concat!(
            "select products.name, producers.name as producer, min(first_days.day) as day
             from first_days join products told on told.id = first_days.product_id
             join products on products.id = coalesce(told.merged_into, told.id)",
            same_producers::join_counted!("products.producer_id"),
            " group by products.id, products.name, producers.name
             having min(first_days.day) >= $1 and min(first_days.day) <= $2
             order by min(first_days.day), products.id"
        ),
        from,
        to
    );
    tx.all(sql).await
}

/// A recognition that ends soon.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Lapsing {
    /// The product.
    pub name: String,
    /// Who makes it.
    pub producer: Option<String>,
    /// Code of the category.
    pub category: String,
    /// Stars.
    pub stars: Option<i64>,
    /// The decision.
    pub decision_number: String,
    /// The last day on which it counts.
    pub valid_to: Date,
}

impl Lapsing {
    /// Returns the category.
    pub fn category(&self) -> Option<Category> {
        Category::from_code(&self.category)
    }
}

/// Returns the recognitions of products on sale whose last day lies from the first to the last day, the nearest first. Those that a
/// later one of the same category follows are left out, and so are withdrawn ones.
///
/// # Errors
/// When the database fails.
pub async fn lapsing(tx: &mut Tx, (from, to): (Date, Date)) -> Result<Vec<Lapsing>> {
    let sql = sql!(
        concat!(
            "select products.name, producers.name as producer, recognitions.category, recognitions.stars,
                recognitions.decision_number, recognitions.valid_to
             from recognitions join products on products.id = recognitions.product_id",
            same_producers::join_counted!("products.producer_id"),
            " where recognitions.valid_to >= $1 and recognitions.valid_to <= $2 and products.status = 'active'
                and not recognitions.is_withdrawn
                and not exists (select 1 from recognitions later
                    where later.product_id = recognitions.product_id
                    and not later.is_withdrawn and later.category = recognitions.category
                    and (later.valid_to is null or later.valid_to > recognitions.valid_to))
             order by recognitions.valid_to, recognitions.id"
        ),
        from,
        to
    );
    tx.all(sql).await
}
