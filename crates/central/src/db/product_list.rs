//! The list of products: picked, in the order of their names, page after page by where the one before ended.

use domain::Money;
use domain::catalog::Category;
use domain::ids::{PointId, ProducerId, ProductId};
use domain::name_fold::like_pattern;
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use super::engine::{Db, Sql, sql};
use super::keyset::{self, From, Page};
use super::same_producers;
use crate::error::Result;

/// The most communes that are offered.
const COMMUNES_MAX: i64 = 500;

/// Which products.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Picked {
    /// Words of the name, a code or its beginning.
    pub words: Option<String>,
    /// The one whose barcode the words are: then they are nothing else. See [`find_by_barcode`].
    pub barcode_of: Option<ProductId>,
    /// Code of a group.
    pub group_code: Option<String>,
    /// What they count as.
    pub standing: Option<Standing>,
    /// So many stars.
    pub stars: Option<u8>,
    /// Whose goods.
    pub producer: Option<Whose>,
    /// Where they come from.
    pub commune: Option<String>,
    /// `active`, `unpriced`, `retired` or `provisional`; all of them without it.
    pub status: Option<&'static str>,
    /// A recognition ends on this day or before it, and nothing of its kind goes on.
    pub lapses_until: Option<Date>,
    /// They are chosen for this point.
    pub chosen_for: Option<PointId>,
    /// Combos are left out.
    pub is_single: bool,
}

/// What a product counts as on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// As this, perhaps beside others.
    Holds(Category),
    /// As nothing.
    Nothing,
}

/// Whose goods are picked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    /// One producer's.
    Of(ProducerId),
    /// Those of producers whose names hold the words.
    Named(String),
}

/// A product of the list.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Listed {
    /// The product.
    #[sqlx(try_from = "Uuid")]
    pub id: ProductId,
    /// The shops' own code.
    pub sku: String,
    /// Name.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// Price of a unit, VAT included.
    #[sqlx(try_from = "i64")]
    pub price: Money,
    /// Version of the price: 1, 2, 3 …; 0 while it has none.
    pub price_version: i64,
    /// `active`, `unpriced`, `retired` or `provisional`.
    pub status: String,
    /// Code of the group.
    pub group_code: Option<String>,
    /// Whose goods.
    pub producer: Option<String>,
    /// Commune that it comes from.
    pub commune: String,
    /// Several products under one code.
    pub is_combo: bool,
}

const SELECT: &str = concat!(
    "select products.id, products.sku, products.name, products.unit, products.price_vnd as price,
    products.price_version, products.status, products.group_code, producers.name as producer,
    products.commune,
    exists (select 1 from combo_parts where combo_parts.combo_id = products.id) as is_combo
    from products",
    same_producers::join_counted!("products.producer_id"),
    " where products.merged_into is null"
);

/// Returns a page of the products that are picked, by name.
///
/// # Errors
/// When the database fails.
pub async fn page(db: &Db, picked: &Picked, today: Date, from: &From, limit: usize) -> Result<Page<Listed>> {
    let sql = conditions(Sql::new(SELECT), picked, today);
    keyset::page(db, sql, keyset::by_name!("products"), from, limit).await
}

/// Counts the products that are picked.
///
/// # Errors
/// When the database fails.
pub async fn count(db: &Db, picked: &Picked, today: Date) -> Result<i64> {
    let sql = Sql::new("select cast(count(*) as bigint) from products where products.merged_into is null");
    let (count,) = db.one::<(i64,)>(conditions(sql, picked, today)).await?;
    Ok(count)
}

/// Returns the product with a barcode.
///
/// # Errors
/// When the database fails.
pub async fn find_by_barcode(db: &Db, code: &str) -> Result<Option<ProductId>> {
    let found: Option<(Uuid,)> =
        db.opt(sql!("select product_id from barcodes where code = $1", code.trim())).await?;
    Ok(found.map(|(id,)| id.into()))
}

/// Returns where a product stands in the order of names; `None` when there is none.
///
/// # Errors
/// When the database fails.
pub async fn find_place(db: &Db, id: Uuid) -> Result<Option<(String, Uuid)>> {
    let found: Option<(String,)> = db.opt(sql!("select name_fold from products where id = $1", id)).await?;
    Ok(found.map(|(name,)| (name, id)))
}

/// Returns the communes that products and producers name, in the order of their letters.
///
/// # Errors
/// When the database fails.
pub async fn list_communes(db: &Db) -> Result<Vec<String>> {
    let sql = sql!(
        "select commune from products where commune <> '' union select commune from producers where commune <> ''
         order by commune limit $1",
        COMMUNES_MAX
    );
    Ok(db.all::<(String,)>(sql).await?.into_iter().map(|(commune,)| commune).collect())
}

fn conditions(mut sql: Sql, picked: &Picked, today: Date) -> Sql {
    sql = sql
        .when(picked.status, " and products.status = ", "")
        .when(picked.group_code.as_deref(), " and products.group_code = ", "")
        .when(picked.commune.as_deref(), " and products.commune = ", "")
        .when(
            picked.chosen_for,
            " and products.id in (select chosen.product_id from point_products chosen where chosen.point_id = ",
            ")",
        );
    if picked.is_single {
        sql = sql.push(" and products.id not in (select combo_parts.combo_id from combo_parts)");
    }
    sql = match (picked.barcode_of, &picked.words) {
        (Some(id), _) => sql.push(" and products.id = ").bind(id),
        (None, Some(words)) => with_words(sql, words),
        (None, None) => sql,
    };
    sql = match &picked.producer {
        Some(whose) => same_producers::push(sql.push(" and products.producer_id"), whose),
        None => sql,
    };
    lapsing(standing(sql, picked, today), picked, today)
}

/// A code has no blanks in it.
fn with_words(sql: Sql, words: &str) -> Sql {
    let pattern = like_pattern(words);
    let sql = sql.push(" and (products.name_fold like ").bind(&pattern).push(" escape '!'");
    if words.trim().contains(char::is_whitespace) {
        return sql.push(")");
    }
    sql.push(" or lower(products.sku) like ").bind(pattern.trim_start_matches('%')).push(" escape '!')")
}

/// The row of what a product counts as is the last one that began. Asked for as a set: both databases then read the few rows that
/// hold something once, and not those of each product.
fn standing(mut sql: Sql, picked: &Picked, today: Date) -> Sql {
    if picked.standing.is_none() && picked.stars.is_none() {
        return sql;
    }
    let is_nothing = picked.standing == Some(Standing::Nothing);
    sql = sql.push(if is_nothing { " and products.id not in (" } else { " and products.id in (" });
    sql = sql
        .push(
            "select facts.product_id from product_facts facts where not facts.is_retired and facts.categories <> ''
            and facts.valid_from <= ",
        )
        .bind(today)
        .when(picked.stars, " and facts.stars = ", "");
    if let Some(Standing::Holds(category)) = picked.standing {
        sql =
            sql.push(" and ',' || facts.categories || ',' like ").bind(like_of(category)).push(" escape '!'");
    }
    sql.push(
        " and not exists (select 1 from product_facts later where later.product_id = facts.product_id
            and not later.is_retired and later.valid_from > facts.valid_from and later.valid_from <= ",
    )
    .bind(today)
    .push("))")
}

/// `_` stands for any letter, so it is escaped.
fn like_of(category: Category) -> String {
    format!("%,{},%", category.code().replace('_', "!_"))
}

/// Driven by the few recognitions that end in these days, whatever the catalogue holds.
fn lapsing(sql: Sql, picked: &Picked, today: Date) -> Sql {
    let Some(until) = picked.lapses_until else { return sql };
    sql.push(" and products.id in (select ends.product_id from recognitions ends where not ends.is_withdrawn
            and ends.valid_to >= ")
        .bind(today)
        .push(" and ends.valid_to <= ")
        .bind(until)
        .push(" and ends.valid_from <= ")
        .bind(today)
        .push(" and not exists (select 1 from recognitions longer where longer.product_id = ends.product_id
            and longer.category = ends.category and not longer.is_withdrawn and longer.valid_from <= ends.valid_to
            and (longer.valid_to is null or longer.valid_to > ends.valid_to)))")
}
