//! Decisions about products as their papers say them. What a product counts as follows from them: [`super::product_facts`].

use domain::catalog::{Category, Recognition, Stars};
use domain::ids::ProductId;
use domain::recognition::{DecisionPaper, Level, Points};
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use super::engine::{Db, Sql, Tx, args, sql};
use super::users::ProducerScope;
use crate::error::{Error, Result};

/// A decision about a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Its identity.
    pub id: Uuid,
    /// About which product.
    pub product_id: ProductId,
    /// What was decided, and for which days.
    pub recognition: Recognition,
    /// What its paper says beside that.
    pub paper: DecisionPaper,
    /// Entered by mistake: it counts for nothing.
    pub is_withdrawn: bool,
    /// The scan of its paper. What is added has none yet: see [`set_file`].
    pub file_id: Option<Uuid>,
}

#[derive(FromRow)]
struct DecisionRow {
    id: Uuid,
    product_id: Uuid,
    category: String,
    stars: Option<i64>,
    valid_from: Date,
    valid_to: Option<Date>,
    decision_number: String,
    decided_on: Option<Date>,
    issuer: String,
    level: Option<String>,
    points_hundredths: Option<i64>,
    criteria: String,
    group_printed: String,
    is_withdrawn: bool,
    file_id: Option<Uuid>,
}

const SELECT: &str =
    "select id, product_id, category, stars, valid_from, valid_to, decision_number, decided_on, issuer,
    level, points_hundredths, criteria, group_printed, is_withdrawn, file_id from recognitions";

impl DecisionRow {
    fn read(self) -> Result<Decision> {
        let damaged = || Error::damaged("recognitions", self.id, "a code or a number is unknown");
        let stars = self.stars.map(|stars| u8::try_from(stars).ok().and_then(Stars::new).ok_or_else(damaged));
        let level = self.level.as_deref().map(|code| Level::from_code(code).ok_or_else(damaged));
        let points = self.points_hundredths.map(|points| Points::from_hundredths(points).ok_or_else(damaged));
        Ok(Decision {
            id: self.id,
            product_id: self.product_id.into(),
            recognition: Recognition {
                category: Category::from_code(&self.category).ok_or_else(damaged)?,
                stars: stars.transpose()?,
                valid_from: self.valid_from,
                valid_to: self.valid_to,
            },
            paper: DecisionPaper {
                number: self.decision_number,
                decided_on: self.decided_on,
                issuer: self.issuer,
                level: level.transpose()?,
                points: points.transpose()?,
                criteria: self.criteria,
                group_printed: self.group_printed,
            },
            is_withdrawn: self.is_withdrawn,
            file_id: self.file_id,
        })
    }
}

/// Adds a decision. Returns false, and changes nothing, when there is one with its id. The product is claimed by the caller.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, decision: &Decision) -> Result<bool> {
    let sql = sql!("select 1 from recognitions where id = $1", decision.id);
    if tx.opt::<(i32,)>(sql).await?.is_some() {
        return Ok(false);
    }
    insert_all(tx, std::slice::from_ref(decision)).await?;
    Ok(true)
}

/// Adds decisions.
///
/// # Errors
/// When the database fails.
pub async fn insert_all(tx: &mut Tx, decisions: &[Decision]) -> Result<()> {
    let row = |decision: &Decision| {
        let (recognition, paper) = (decision.recognition, &decision.paper);
        args![
            decision.id,
            decision.product_id,
            recognition.category.code(),
            recognition.stars.map(Stars::count),
            recognition.valid_from,
            recognition.valid_to,
            &paper.number,
            paper.decided_on,
            &paper.issuer,
            paper.level.map(Level::code),
            paper.points.map(Points::hundredths),
            &paper.criteria,
            &paper.group_printed,
            decision.is_withdrawn,
        ]
    };
    tx.insert_rows(
        "insert into recognitions (id, product_id, category, stars, valid_from, valid_to, decision_number, decided_on,
            issuer, level, points_hundredths, criteria, group_printed, is_withdrawn)",
        decisions.iter().map(row).collect(),
        "",
    )
    .await
}

/// Returns the decisions about a product, the latest first, withdrawn ones too.
///
/// # Errors
/// When the database fails.
pub async fn list(tx: &mut Tx, product_id: ProductId) -> Result<Vec<Decision>> {
    let sql = Sql::new(SELECT)
        .push(" where product_id = ")
        .bind(product_id)
        .push(" order by valid_from desc, id desc");
    tx.all::<DecisionRow>(sql).await?.into_iter().map(DecisionRow::read).collect()
}

/// Returns what was decided about each of many products and counts, by product.
///
/// # Errors
/// When the database fails.
pub async fn list_among(db: &Db, products: &[ProductId]) -> Result<Vec<(ProductId, Recognition)>> {
    let sql = Sql::new(SELECT)
        .push(" where not is_withdrawn and product_id")
        .is_among(products.iter().map(|id| id.uuid()))
        .push(" order by product_id, id");
    let rows = db.all::<DecisionRow>(sql).await?;
    let read = |row: DecisionRow| row.read().map(|read| (read.product_id, read.recognition));
    rows.into_iter().map(read).collect()
}

/// What was decided about a product of a producer's, and counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfProduct {
    /// The product.
    pub product_id: ProductId,
    /// Its name.
    pub name: String,
    /// What was decided.
    pub recognition: Recognition,
}

#[derive(FromRow)]
struct OfProductRow {
    #[sqlx(flatten)]
    decision: DecisionRow,
    name: String,
}

/// Returns what was decided about the products that a producer has on sale, and counts, by product; at most `limit`.
///
/// # Errors
/// When the database fails.
pub async fn list_of_producer(db: &Db, scope: ProducerScope, limit: i64) -> Result<Vec<OfProduct>> {
    let sql = sql!(
        "select decided.id, decided.product_id, decided.category, decided.stars, decided.valid_from, decided.valid_to,
            decided.decision_number, decided.decided_on, decided.issuer, decided.level, decided.points_hundredths,
            decided.criteria, decided.group_printed, decided.is_withdrawn, decided.file_id, products.name
         from recognitions as decided join products on products.id = decided.product_id
         where products.producer_id = $1 and products.status = 'active' and not decided.is_withdrawn
         order by products.name_fold, decided.product_id, decided.id limit $2",
        scope.producer_id(),
        limit
    );
    let read = |row: OfProductRow| {
        let Decision { product_id, recognition, .. } = row.decision.read()?;
        Ok(OfProduct { product_id, name: row.name, recognition })
    };
    db.all::<OfProductRow>(sql).await?.into_iter().map(read).collect()
}

/// Takes a decision of a product back that was entered by mistake. Returns false when there is none that counts.
///
/// # Errors
/// When the database fails.
pub async fn withdraw(tx: &mut Tx, product_id: ProductId, id: Uuid) -> Result<bool> {
    let sql = sql!(
        "update recognitions set is_withdrawn = $3 where id = $1 and product_id = $2 and not is_withdrawn",
        id,
        product_id,
        true
    );
    Ok(tx.exec(sql).await? == 1)
}

/// Writes anew what the paper of a decision says beside its kind, stars and days.
///
/// # Errors
/// When the database fails.
pub async fn describe(tx: &mut Tx, decision: &Decision) -> Result<()> {
    let paper = &decision.paper;
    tx.exec(sql!(
        "update recognitions set decision_number = $3, decided_on = $4, issuer = $5, level = $6,
            points_hundredths = $7, criteria = $8, group_printed = $9 where id = $1 and product_id = $2",
        decision.id,
        decision.product_id,
        &paper.number,
        paper.decided_on,
        &paper.issuer,
        paper.level.map(Level::code),
        paper.points.map(Points::hundredths),
        &paper.criteria,
        &paper.group_printed
    ))
    .await?;
    Ok(())
}

/// Gives a decision of a product the scan of its paper, in place of one that it has. Returns false when there is none that counts.
///
/// # Errors
/// When the database fails.
pub async fn set_file(tx: &mut Tx, product_id: ProductId, id: Uuid, file_id: Uuid) -> Result<bool> {
    let sql = sql!(
        "update recognitions set file_id = $3 where id = $1 and product_id = $2 and not is_withdrawn",
        id,
        product_id,
        file_id
    );
    Ok(tx.exec(sql).await? == 1)
}

/// Returns the scan of a decision of a product; withdrawn ones keep theirs.
///
/// # Errors
/// When the database fails.
pub async fn find_file(db: &Db, product_id: ProductId, id: Uuid) -> Result<Option<Uuid>> {
    let sql = sql!("select file_id from recognitions where id = $1 and product_id = $2", id, product_id);
    let found: Option<(Option<Uuid>,)> = db.opt(sql).await?;
    Ok(found.and_then(|(file_id,)| file_id))
}
