//! Imports as pages and programs are told of them.

use std::collections::BTreeMap;

use domain::product_list::Outcome;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::db::engine::Db;
use crate::db::imports::judgements::{self, Judgement};
use crate::db::imports::{self, Import};
use crate::error::{Error, Result};
use crate::imports::judgement::RowDetail;

/// Imports on a page.
const IMPORTS_A_PAGE: usize = 20;
/// Rows on a page.
pub const ROWS_A_PAGE: usize = 50;
/// Products that stand in no row, at most so many are listed.
const VANISHED_MAX: i64 = 1_000;

/// Every import, the latest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ImportsReport {
    /// Those of this page.
    pub imports: Vec<ImportOfReport>,
    /// The page, from 1.
    pub page: usize,
    /// How many pages there are.
    pub pages: usize,
}

/// A list that came as a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ImportOfReport {
    /// Its identity.
    pub import_id: Uuid,
    /// Who keeps the list.
    pub source: String,
    /// The file's name.
    pub file_name: String,
    /// SHA-256 of its content.
    pub file_sha256: String,
    /// How large it was.
    pub file_bytes: i64,
    /// `brought`, `judged` or `applied`.
    pub status: String,
    /// Who brought it.
    pub brought_by: String,
    /// When, UTC milliseconds.
    pub brought_at_ms: i64,
    /// Who applied it.
    pub applied_by: Option<String>,
    /// When, UTC milliseconds.
    pub applied_at_ms: Option<i64>,
    /// How many rows of each outcome it has.
    pub counts: BTreeMap<String, i64>,
    /// How many rows the catalogue has taken.
    pub applied_count: i64,
}

/// An import with rows of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ImportReport {
    /// The import.
    pub import: ImportOfReport,
    /// Rows of this page.
    pub rows: Vec<RowOfReport>,
    /// The page, from 1.
    pub page: usize,
    /// How many pages there are.
    pub pages: usize,
    /// Products of the catalogue that stand in no row, at most 1.000.
    pub vanished: Vec<VanishedOfReport>,
    /// How many there are.
    pub vanished_count: i64,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RowOfReport {
    /// Its number in the sheet, from 1.
    pub row: u32,
    /// `likely`, `wrong`, `new`, `raised`, `lowered`, `renewed`, `changed`, `unchanged`, `left_out` or `aside`.
    pub outcome: String,
    /// The product that is meant, or that a new row makes.
    pub product_id: Option<Uuid>,
    /// The catalogue has taken it.
    pub is_applied: bool,
    /// What it says and would do.
    pub detail: RowDetail,
}

/// A product that stands in no row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct VanishedOfReport {
    /// The product.
    pub product_id: Uuid,
    /// The shops' own code.
    pub sku: String,
    /// Name.
    pub name: String,
    /// Whose goods; may be empty.
    pub producer: String,
}

impl ImportOfReport {
    fn new(import: Import, counts: Option<&BTreeMap<Outcome, (i64, i64)>>) -> Self {
        let counts = counts.cloned().unwrap_or_default();
        let (applied_by, applied_at_ms) = import.applied.unzip();
        Self {
            import_id: import.id,
            source: import.source,
            file_name: import.file_name,
            file_sha256: import.file_hash.to_string(),
            file_bytes: import.file_bytes,
            status: import.status.code().to_owned(),
            brought_by: import.brought_by,
            brought_at_ms: import.brought_at_ms,
            applied_by,
            applied_at_ms,
            applied_count: counts.values().map(|(_, applied)| applied).sum(),
            counts: counts.into_iter().map(|(outcome, (all, _))| (outcome.code().to_owned(), all)).collect(),
        }
    }

    /// Returns how many rows of an outcome it has.
    pub fn count(&self, outcome: Outcome) -> i64 {
        self.counts.get(outcome.code()).copied().unwrap_or_default()
    }

    /// True when the catalogue has taken it.
    pub fn is_applied(&self) -> bool {
        self.applied_at_ms.is_some()
    }
}

impl RowOfReport {
    fn new(judgement: Judgement) -> Result<Self> {
        let damaged = |error| Error::damaged("import_judgements", judgement.row, error);
        Ok(Self {
            row: judgement.row,
            outcome: judgement.outcome.code().to_owned(),
            product_id: judgement.product_id,
            is_applied: judgement.is_applied,
            detail: serde_json::from_str(&judgement.detail).map_err(damaged)?,
        })
    }

    /// Returns what becomes of it.
    pub fn outcome(&self) -> Outcome {
        Outcome::from_code(&self.outcome).unwrap_or(Outcome::Aside)
    }
}

/// Reads a page of imports.
///
/// # Errors
/// When the database fails.
pub async fn load_all(db: &Db, page: usize) -> Result<ImportsReport> {
    let count = usize::try_from(imports::count(db).await?).unwrap_or_default();
    let pages = count.div_ceil(IMPORTS_A_PAGE).max(1);
    let page = page.clamp(1, pages);
    let found = imports::list(db, number(IMPORTS_A_PAGE), number((page - 1) * IMPORTS_A_PAGE)).await?;
    Ok(ImportsReport { imports: counted(db, found).await?, page, pages })
}

/// Reads every import, at most so many, for a file.
///
/// # Errors
/// When the database fails.
pub async fn load_every(db: &Db, most: i64) -> Result<Vec<ImportOfReport>> {
    counted(db, imports::list(db, most, 0).await?).await
}

async fn counted(db: &Db, found: Vec<Import>) -> Result<Vec<ImportOfReport>> {
    let ids: Vec<Uuid> = found.iter().map(|import| import.id).collect();
    let counts = judgements::counts(db, &ids).await?;
    let read = |import: Import| {
        let counts = counts.get(&import.id);
        ImportOfReport::new(import, counts)
    };
    Ok(found.into_iter().map(read).collect())
}

/// Reads an import with a page of its rows: those of an outcome, or all.
///
/// # Errors
/// When the database fails.
pub async fn load(db: &Db, import: Import, outcome: Option<Outcome>, page: usize) -> Result<ImportReport> {
    let id = import.id;
    let counts = judgements::counts(db, &[id]).await?;
    let import = ImportOfReport::new(import, counts.get(&id));
    let shown = |one: &&Outcome| outcome.map_or(**one != Outcome::Aside, |wanted| wanted == **one);
    let count: i64 = Outcome::ALL.iter().filter(shown).map(|one| import.count(*one)).sum();
    let pages = usize::try_from(count).unwrap_or_default().div_ceil(ROWS_A_PAGE).max(1);
    let page = page.clamp(1, pages);
    let rows =
        judgements::list(db, id, outcome, number(ROWS_A_PAGE), number((page - 1) * ROWS_A_PAGE)).await?;
    with_rows(db, import, rows, (page, pages)).await
}

/// Reads an import with all its rows, for a file.
///
/// # Errors
/// When the database fails.
pub async fn load_whole(db: &Db, import: Import) -> Result<ImportReport> {
    let id = import.id;
    let counts = judgements::counts(db, &[id]).await?;
    let rows = judgements::list(db, id, None, number(crate::imports::sheets::ROWS_MAX), 0).await?;
    with_rows(db, ImportOfReport::new(import, counts.get(&id)), rows, (1, 1)).await
}

async fn with_rows(
    db: &Db,
    import: ImportOfReport,
    rows: Vec<Judgement>,
    (page, pages): (usize, usize),
) -> Result<ImportReport> {
    let gone = judgements::list_vanished(db, import.import_id, VANISHED_MAX).await?.into_iter();
    let gone = gone.map(|row| VanishedOfReport {
        product_id: row.product_id,
        sku: row.sku,
        name: row.name,
        producer: row.producer,
    });
    Ok(ImportReport {
        vanished_count: judgements::count_vanished(db, import.import_id).await?,
        rows: rows.into_iter().map(RowOfReport::new).collect::<Result<_>>()?,
        vanished: gone.collect(),
        import,
        page,
        pages,
    })
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
