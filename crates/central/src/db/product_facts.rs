//! What products count as over time: recognitions as they were decided, and the dated rows that follow from them.

use std::collections::BTreeMap;

use clock::Clock;
use domain::catalog::{Category, Recognition, Standing, Stars, standings};
use domain::ids::{ProductFactsId, ProductId};
use protocol::wire::{CatalogueRow, ProductFactsRow};
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use super::catalogue::{Audience, News};
use super::engine::{Sql, Tx, args, sql};
use super::products::Product;
use crate::error::{Error, Result};

/// Before any sale: from here on each product counts as something, if only as nothing.
pub const EVER: Date = time::macros::date!(2000 - 01 - 01);
/// Products whose rows are read together.
const REFRESHED_AT_ONCE: usize = 1_000;

#[derive(FromRow)]
struct RecognitionRow {
    id: Uuid,
    product_id: Uuid,
    category: String,
    stars: Option<i64>,
    valid_from: Date,
    valid_to: Option<Date>,
}

impl RecognitionRow {
    fn read(self) -> Result<(ProductId, Recognition)> {
        let damaged = || Error::damaged("recognitions", self.id, "the category or its stars are unknown");
        let stars = self.stars.map(|stars| u8::try_from(stars).ok().and_then(Stars::new).ok_or_else(damaged));
        let recognition = Recognition {
            category: Category::from_code(&self.category).ok_or_else(damaged)?,
            stars: stars.transpose()?,
            valid_from: self.valid_from,
            valid_to: self.valid_to,
        };
        Ok((self.product_id.into(), recognition))
    }
}

const RECOGNITIONS: &str = "select id, product_id, category, stars, valid_from, valid_to from recognitions
    where not is_withdrawn and product_id";

/// Returns the decisions about every product.
///
/// # Errors
/// When the database fails.
pub async fn list_all_recognitions(tx: &mut Tx) -> Result<BTreeMap<ProductId, Vec<Recognition>>> {
    grouped(tx.all(Sql::new(RECOGNITIONS).push(" is not null order by id")).await?)
}

async fn recognitions_of(tx: &mut Tx, ids: &[Uuid]) -> Result<BTreeMap<ProductId, Vec<Recognition>>> {
    let sql = Sql::new(RECOGNITIONS).is_among(ids.iter().copied()).push(" order by id");
    grouped(tx.all(sql).await?)
}

fn grouped(rows: Vec<RecognitionRow>) -> Result<BTreeMap<ProductId, Vec<Recognition>>> {
    let mut all: BTreeMap<ProductId, Vec<Recognition>> = BTreeMap::new();
    for row in rows {
        let (product_id, recognition) = row.read()?;
        all.entry(product_id).or_default().push(recognition);
    }
    Ok(all)
}

#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
struct FactsRow {
    id: Uuid,
    product_id: Uuid,
    valid_from: Date,
    categories: String,
    stars: Option<i64>,
    group_code: Option<String>,
    producer_id: Option<Uuid>,
    commune: String,
    is_told: bool,
}

impl FactsRow {
    fn new(id: Uuid, product: &Product, standing: &Standing) -> Self {
        let codes: Vec<&str> = standing.categories.iter().map(|category| category.code()).collect();
        Self {
            id,
            product_id: product.id.uuid(),
            valid_from: standing.valid_from,
            categories: codes.join(","),
            stars: standing.stars.map(|stars| i64::from(stars.count())),
            group_code: product.group_code.clone(),
            producer_id: product.producer_id.map(Into::into),
            commune: product.commune.clone(),
            is_told: !product.lacks_price(),
        }
    }

    /// Everything but the id and who knows of it.
    fn content(&self) -> impl PartialEq + '_ {
        (self.valid_from, &self.categories, self.stars, &self.group_code, self.producer_id, &self.commune)
    }

    fn leading(&self) -> Option<&str> {
        self.categories.split(',').next().filter(|code| !code.is_empty())
    }
}

/// Makes the rows of products follow from their decisions, and returns what stores have to learn. Rows that still hold
/// stay as they are, others are retired: sale lines that froze them keep them. Of a product without a price stores learn nothing, and
/// all that it counts as with its first price.
///
/// # Errors
/// When the database fails.
pub async fn refresh(tx: &mut Tx, products: &[Product], clock: &Clock) -> Result<Vec<News>> {
    let mut news = Vec::new();
    for some in products.chunks(REFRESHED_AT_ONCE) {
        news.extend(refresh_some(tx, some, clock).await?);
    }
    Ok(news)
}

async fn refresh_some(tx: &mut Tx, products: &[Product], clock: &Clock) -> Result<Vec<News>> {
    let ids: Vec<Uuid> = products.iter().map(|product| product.id.uuid()).collect();
    let decided = recognitions_of(tx, &ids).await?;
    let sql = sql!(
        "select id, product_id, valid_from, categories, stars, group_code, producer_id, commune, is_told
         from product_facts where is_retired = $1 and product_id",
        false
    );
    let rows: Vec<FactsRow> = tx.all(sql.is_among(ids).push(" order by valid_from, id")).await?;
    let mut standing: BTreeMap<Uuid, Vec<FactsRow>> = BTreeMap::new();
    for row in rows {
        standing.entry(row.product_id).or_default().push(row);
    }
    let (mut fresh, mut over, mut untold) = (Vec::new(), Vec::new(), Vec::new());
    for product in products {
        let decided = decided.get(&product.id).map_or(&[][..], Vec::as_slice);
        let mut standing = standing.remove(&product.id.uuid()).unwrap_or_default();
        for wanted in standings(decided, EVER) {
            let row = FactsRow::new(clock.new_uuid(), product, &wanted);
            match standing.iter().position(|old| old.content() == row.content()) {
                Some(place) => {
                    let old = standing.swap_remove(place);
                    if row.is_told && !old.is_told {
                        untold.push((product.id, old));
                    }
                }
                None => fresh.push((product.id, row)),
            }
        }
        over.extend(standing);
    }
    if !over.is_empty() {
        let sql = sql!("update product_facts set is_retired = $1 where id", true);
        tx.exec(sql.is_among(over.iter().map(|old| old.id))).await?;
    }
    if !untold.is_empty() {
        let sql = sql!("update product_facts set is_told = $1 where id", true);
        tx.exec(sql.is_among(untold.iter().map(|(_, old)| old.id))).await?;
    }
    insert(tx, &fresh).await?;
    let gone = over.iter().filter(|old| old.is_told);
    let mut news: Vec<News> = gone.map(|old| News::gone("product_facts", old.id)).collect();
    for (product_id, row) in fresh.iter().filter(|(_, row)| row.is_told).chain(&untold) {
        news.push(News::of(&CatalogueRow::ProductFacts(wire_row(*product_id, row)?), Audience::All)?);
    }
    Ok(news)
}

async fn insert(tx: &mut Tx, rows: &[(ProductId, FactsRow)]) -> Result<()> {
    tx.insert_rows(
        "insert into product_facts (id, product_id, valid_from, categories, leading_category, stars, group_code,
            producer_id, commune, is_retired, is_told)",
        rows.iter().map(|(product_id, row)| {
            args![
                row.id,
                *product_id,
                row.valid_from,
                &row.categories,
                row.leading(),
                row.stars,
                row.group_code.as_deref(),
                row.producer_id,
                &row.commune,
                false,
                row.is_told,
            ]
        }).collect(),
        "",
    )
    .await
}

fn wire_row(product_id: ProductId, row: &FactsRow) -> Result<ProductFactsRow> {
    let damaged = |_| Error::damaged("product_facts", row.id, "the stars are no number of stars");
    Ok(ProductFactsRow {
        id: row.id,
        product: product_id.uuid(),
        valid_from: row.valid_from,
        categories: row.categories.split(',').filter(|code| !code.is_empty()).map(str::to_owned).collect(),
        stars: row.stars.map(u8::try_from).transpose().map_err(damaged)?,
    })
}

/// Returns what a product counts as on a day.
///
/// # Errors
/// When the database fails.
pub async fn find_on(tx: &mut Tx, product_id: ProductId, day: Date) -> Result<Option<ProductFactsId>> {
    let sql = sql!(
        "select id from product_facts where product_id = $1 and is_retired = $2 and valid_from <= $3
         order by valid_from desc, id desc limit 1",
        product_id,
        false,
        day
    );
    Ok(tx.opt::<(Uuid,)>(sql).await?.map(|(id,)| id.into()))
}
