//! Nominations for pages, files and programs.

use domain::ids::ProductId;
use serde::Serialize;
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::db::engine::{Db, Tx};
use crate::db::keyset::From;
use crate::db::nominations::list::{self, Listed, Picked};
use crate::db::nominations::{self, Accepted, Nomination, StoreAnswer};
use crate::db::{dossiers, products};
use crate::error::{Error, Result};
use crate::web::dossiers::report::{KindOfDossier, KindOfList};

/// Nominations by the names of their products.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct NominationsReport {
    /// A page of those that are picked.
    pub nominations: Vec<NominationOfList>,
    /// How many are picked.
    pub nomination_count: i64,
    /// For the page before: the field `before` of its address.
    pub page_before: Option<Uuid>,
    /// For the page behind: the field `after` of its address.
    pub page_after: Option<Uuid>,
}

/// A nomination of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct NominationOfList {
    /// The nomination.
    pub nomination_id: Uuid,
    /// The product.
    pub product_id: Uuid,
    /// The shops' own code.
    pub sku: String,
    /// Its name.
    pub name: String,
    /// Whose goods.
    pub producer: Option<String>,
    /// `trade`, `industry` or `agriculture`.
    pub section: String,
    /// `proposed`, `returned`, `passed` or `withdrawn`.
    pub stage: String,
    /// What was said with the last step.
    pub said: String,
    /// When it was nominated, UTC milliseconds.
    pub nominated_at_ms: i64,
    /// Points that have not answered.
    pub waiting_count: i64,
    /// Points that take it.
    pub accepted_count: i64,
    /// Points that do not.
    pub declined_count: i64,
}

impl std::convert::From<Listed> for NominationOfList {
    fn from(row: Listed) -> Self {
        Self {
            nomination_id: row.id,
            product_id: row.product_id,
            sku: row.sku,
            name: row.name,
            producer: row.producer,
            section: row.section,
            stage: row.stage,
            said: row.words,
            nominated_at_ms: row.nominated_at_ms,
            waiting_count: row.waiting_count,
            accepted_count: row.accepted_count,
            declined_count: row.declined_count,
        }
    }
}

/// Reads a page of the nominations that are picked.
///
/// # Errors
/// When the database fails.
pub async fn load(db: &Db, picked: &Picked, from: &From, limit: usize) -> Result<NominationsReport> {
    let page = list::page(db, picked, from, limit).await?;
    let (first, last) = (page.rows.first().map(|row| row.id), page.rows.last().map(|row| row.id));
    Ok(NominationsReport {
        nominations: page.rows.into_iter().map(Into::into).collect(),
        nomination_count: list::count(db, picked).await?,
        page_before: first.filter(|_| page.has_before),
        page_after: last.filter(|_| page.has_after),
    })
}

/// A nomination of a product, with what points say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct NominationOfProduct {
    /// The nomination.
    pub nomination_id: Uuid,
    /// `trade`, `industry` or `agriculture`.
    pub section: String,
    /// Why.
    pub reason: String,
    /// Meant for every point that had a store then.
    pub is_for_all: bool,
    /// `proposed`, `returned`, `passed` or `withdrawn`.
    pub stage: String,
    /// Papers that were missing or lapsed when trade last looked.
    pub gap_count: Option<i64>,
    /// What was said with the last step.
    pub said: String,
    /// Whose login nominated it.
    pub nominated_by: String,
    /// When, UTC milliseconds.
    pub nominated_at_ms: i64,
    /// Who took the last step.
    pub changed_by: String,
    /// When, UTC milliseconds.
    pub changed_at_ms: i64,
    /// What points say, by the code of their store.
    pub answers: Vec<AnswerOfPoint>,
}

/// What a point says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AnswerOfPoint {
    /// Its store.
    pub store_id: Uuid,
    /// The store's name.
    pub store: String,
    /// The point's file.
    pub point_id: Option<Uuid>,
    /// `waiting`, `accepted` or `declined`.
    pub answer: String,
    /// Why.
    pub reason: String,
    /// Whose login answered.
    pub answered_by: String,
    /// When, UTC milliseconds.
    pub answered_at_ms: Option<i64>,
}

impl std::convert::From<StoreAnswer> for AnswerOfPoint {
    fn from(row: StoreAnswer) -> Self {
        Self {
            store_id: row.store_id,
            store: row.store,
            point_id: row.point_id,
            answer: row.answer,
            reason: row.reason,
            answered_by: row.answered_by,
            answered_at_ms: row.answered_at_ms,
        }
    }
}

impl NominationOfProduct {
    fn of(row: Nomination, answers: Vec<AnswerOfPoint>) -> Self {
        Self {
            nomination_id: row.id,
            section: row.section,
            reason: row.reason,
            is_for_all: row.is_for_all,
            stage: row.stage,
            gap_count: row.gap_count,
            said: row.words,
            nominated_by: row.nominated_by,
            nominated_at_ms: row.nominated_at_ms,
            changed_by: row.changed_by,
            changed_at_ms: row.changed_at_ms,
            answers,
        }
    }

    /// Counts the points that say something.
    pub fn count(&self, answer: &str) -> usize {
        self.answers.iter().filter(|each| each.answer == answer).count()
    }
}

/// Reads the nominations of a product, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn of_product(tx: &mut Tx, id: ProductId) -> Result<Vec<NominationOfProduct>> {
    let rows = nominations::list_of_product(tx, id).await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let mut answers = nominations::list_answers(tx, &ids).await?;
    let mut told = Vec::new();
    for row in rows {
        let (own, others): (Vec<_>, _) = answers.into_iter().partition(|each| each.nomination_id == row.id);
        answers = others;
        told.push(NominationOfProduct::of(row, own.into_iter().map(Into::into).collect()));
    }
    Ok(told)
}

/// One nomination with its product and the product's dossier as it is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct NominationReport {
    /// The product.
    pub product_id: Uuid,
    /// The shops' own code.
    pub sku: String,
    /// Its name.
    pub name: String,
    /// The nomination.
    #[serde(flatten)]
    pub nomination: NominationOfProduct,
    /// Papers that are missing or lapsed now.
    pub gaps: Vec<KindOfList>,
}

/// Reads a nomination; `None` when there is none.
///
/// # Errors
/// When the database fails.
pub async fn one(db: &Db, id: Uuid, today: Date) -> Result<Option<NominationReport>> {
    let mut tx = db.begin_reading().await?;
    let Some(row) = nominations::find_in(&mut tx, id).await? else { return Ok(None) };
    let product = products::find_in(&mut tx, row.product_id.into()).await?;
    let product = product.ok_or_else(|| Error::damaged("nominations", id, "there is no such product"))?;
    let answers = nominations::list_answers(&mut tx, &[id]).await?;
    let dossier = dossiers::load(&mut tx, &product, today).await?;
    let gaps = dossier.into_iter().filter(dossiers::KindHeld::is_gap);
    Ok(Some(NominationReport {
        product_id: product.id.uuid(),
        sku: product.sku,
        name: product.name,
        nomination: NominationOfProduct::of(row, answers.into_iter().map(Into::into).collect()),
        gaps: gaps.map(|held| KindOfDossier::of(held, today).standing).collect(),
    }))
}

/// A product that a point has accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AcceptedOfPoint {
    /// The nomination.
    pub nomination_id: Uuid,
    /// The product.
    pub product_id: Uuid,
    /// The shops' own code.
    pub sku: String,
    /// Its name.
    pub name: String,
    /// When, UTC milliseconds.
    pub answered_at_ms: Option<i64>,
    /// Some of it stands on the shelf by the store's book.
    pub is_on_shelf: bool,
    /// Where the nomination stands: `passed`, or `withdrawn` since.
    pub stage: String,
}

impl std::convert::From<Accepted> for AcceptedOfPoint {
    fn from(row: Accepted) -> Self {
        Self {
            nomination_id: row.nomination_id,
            product_id: row.product_id,
            sku: row.sku,
            name: row.name,
            answered_at_ms: row.answered_at_ms,
            is_on_shelf: row.is_on_shelf,
            stage: row.stage,
        }
    }
}
