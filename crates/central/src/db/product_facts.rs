//! What products count as over time: recognitions as they were decided, and the dated rows that follow from them.

use clock::Clock;
use domain::catalog::{Category, Recognition, Standing, Stars, standings};
use domain::ids::{ProductFactsId, ProductId};
use protocol::wire::{CatalogueRow, ProductFactsRow};
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use super::catalogue::{Audience, News};
use super::engine::{Tx, args, sql};
use super::products::Product;
use crate::error::{Error, Result};

/// Before any sale: from here on each product counts as something, if only as nothing.
pub const EVER: Date = time::macros::date!(2000 - 01 - 01);

#[derive(FromRow)]
struct RecognitionRow {
    id: Uuid,
    category: String,
    stars: Option<i64>,
    valid_from: Date,
    valid_to: Option<Date>,
}

/// Returns the decisions about a product that count.
///
/// # Errors
/// When the database fails.
pub async fn list_recognitions(tx: &mut Tx, product_id: ProductId) -> Result<Vec<Recognition>> {
    let sql = sql!(
        "select id, category, stars, valid_from, valid_to from recognitions
         where product_id = $1 and not is_withdrawn order by id",
        product_id
    );
    let read = |row: RecognitionRow| {
        let damaged = || Error::damaged("recognitions", row.id, "the category or its stars are unknown");
        let stars = row.stars.map(|stars| u8::try_from(stars).ok().and_then(Stars::new).ok_or_else(damaged));
        Ok(Recognition {
            category: Category::from_code(&row.category).ok_or_else(damaged)?,
            stars: stars.transpose()?,
            valid_from: row.valid_from,
            valid_to: row.valid_to,
        })
    };
    tx.all::<RecognitionRow>(sql).await?.into_iter().map(read).collect()
}

#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
struct FactsRow {
    id: Uuid,
    valid_from: Date,
    categories: String,
    stars: Option<i64>,
    group_code: Option<String>,
    producer_id: Option<Uuid>,
    commune: String,
}

impl FactsRow {
    fn new(id: Uuid, product: &Product, standing: &Standing) -> Self {
        let codes: Vec<&str> = standing.categories.iter().map(|category| category.code()).collect();
        Self {
            id,
            valid_from: standing.valid_from,
            categories: codes.join(","),
            stars: standing.stars.map(|stars| i64::from(stars.count())),
            group_code: product.group_code.clone(),
            producer_id: product.producer_id.map(Into::into),
            commune: product.commune.clone(),
        }
    }

    /// Everything but the id.
    fn content(&self) -> impl PartialEq + '_ {
        (self.valid_from, &self.categories, self.stars, &self.group_code, self.producer_id, &self.commune)
    }

    fn leading(&self) -> Option<&str> {
        self.categories.split(',').next().filter(|code| !code.is_empty())
    }
}

/// Makes the rows of products follow from their decisions, and returns what stores have to learn. Rows that still hold
/// stay as they are, others are retired: sale lines that froze them keep them.
///
/// # Errors
/// When the database fails.
pub async fn refresh(tx: &mut Tx, products: &[Product], clock: &Clock) -> Result<Vec<News>> {
    let (mut fresh, mut news) = (Vec::new(), Vec::new());
    for product in products {
        let decided = list_recognitions(tx, product.id).await?;
        let sql = sql!(
            "select id, valid_from, categories, stars, group_code, producer_id, commune from product_facts
             where product_id = $1 and is_retired = $2 order by valid_from, id",
            product.id,
            false
        );
        let mut standing: Vec<FactsRow> = tx.all(sql).await?;
        for wanted in standings(&decided, EVER) {
            let row = FactsRow::new(clock.new_uuid(), product, &wanted);
            match standing.iter().position(|old| old.content() == row.content()) {
                Some(place) => drop(standing.swap_remove(place)),
                None => fresh.push((product.id, row)),
            }
        }
        for old in standing {
            tx.exec(sql!("update product_facts set is_retired = $2 where id = $1", old.id, true)).await?;
            news.push(News::gone("product_facts", old.id));
        }
    }
    insert(tx, &fresh).await?;
    for (product_id, row) in &fresh {
        news.push(News::of(&CatalogueRow::ProductFacts(wire_row(*product_id, row)?), Audience::All)?);
    }
    Ok(news)
}

async fn insert(tx: &mut Tx, rows: &[(ProductId, FactsRow)]) -> Result<()> {
    tx.insert_rows(
        "insert into product_facts (id, product_id, valid_from, categories, leading_category, stars, group_code,
            producer_id, commune, is_retired)",
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
