//! A report as it is shown: with the words of its period; or, once it is sealed, as it was then, with what came later beside it.

use domain::report_period::{Cutoff, ReportPeriod};
use serde::{Deserialize, Serialize};
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;

use super::load::{self, load};
use super::report::{Report, Traffic};
use super::template::Template;
use super::words::WordsOfReport;
use crate::app::App;
use crate::db::reports::{Seal, find_seal, find_words, latest_words};
use crate::db::users::Scope;
use crate::error::{Error, Result};

/// A report with everything that belongs to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Shown {
    /// The figures.
    pub report: Report,
    /// The words.
    pub words: WordsOfReport,
    /// The fixed words around them.
    pub template: Template,
    /// The seal, if there is one.
    pub seal: Option<SealOfReport>,
}

/// A seal, and what came after it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SealOfReport {
    /// When, UTC milliseconds.
    pub sealed_at_ms: i64,
    /// By whom: a login.
    pub sealed_by: String,
    /// SHA-256 of what was kept.
    pub sha256: String,
    /// What came later.
    pub later: Later,
}

/// What came after a report was sealed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Later {
    /// When anything came last, UTC milliseconds.
    pub until_ms: Option<i64>,
    /// Đồng more, or less.
    pub difference_vnd: i64,
    /// Receipts more, or less.
    pub difference_count: i64,
    /// By store; those without a difference are left out.
    pub by_store: Vec<LaterOfStore>,
}

/// What came later from a store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct LaterOfStore {
    /// Its name.
    pub store: String,
    /// Đồng more, or less.
    pub difference_vnd: i64,
    /// Receipts more, or less.
    pub difference_count: i64,
}

/// What a seal keeps.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    report: Report,
    words: WordsOfReport,
    /// None in a seal from before they could be changed: then they were those of the program.
    #[serde(default)]
    template: Option<Template>,
}

/// Returns the days of a sealed report, and what it says of each store.
///
/// # Errors
/// When what was sealed cannot be read.
pub fn sealed_traffic(seal: &Seal) -> Result<((Date, Date), Vec<Traffic>)> {
    let damaged = |error| Error::damaged("sealed_reports", &seal.period, error);
    let Kept { report, .. } = serde_json::from_str(&seal.body).map_err(damaged)?;
    Ok(((report.days_of.from, report.days_of.to), report.traffic))
}

impl Shown {
    /// Loads a report.
    ///
    /// # Errors
    /// [`Error::NotFound`] for anybody but the department; when the database fails or a seal is damaged.
    pub async fn load(app: &App, scope: Scope, period: ReportPeriod, cutoff: Cutoff) -> Result<Self> {
        let mut tx = app.db.begin_reading().await?;
        let seal = find_seal(&mut tx, &period.code()).await?;
        drop(tx);
        match seal {
            Some(seal) => Self::sealed(app, scope, seal).await,
            None => Self::open(app, scope, period, cutoff).await,
        }
    }

    /// Loads a report as it stands now, whether it is sealed or not.
    ///
    /// # Errors
    /// [`Error::NotFound`] for anybody but the department; when the database fails.
    pub async fn open(app: &App, scope: Scope, period: ReportPeriod, cutoff: Cutoff) -> Result<Self> {
        let (code, now_ms) = (period.code(), app.clock.now_ms());
        let mut tx = app.db.begin_reading().await?;
        let words = match find_words(&mut tx, &code).await? {
            Some(words) => WordsOfReport::saved(words),
            None => latest_words(&mut tx).await?.map(WordsOfReport::proposed).unwrap_or_default(),
        };
        let template = Template::in_force(&mut tx, &app.config.reports).await?;
        drop(tx);
        let report = load(&app.db, scope, period, cutoff, now_ms).await?;
        Ok(Self { report, words, template, seal: None })
    }

    async fn sealed(app: &App, scope: Scope, seal: Seal) -> Result<Self> {
        let damaged = |error| Error::damaged("sealed_reports", &seal.period, error);
        let Kept { report, words, template } = serde_json::from_str(&seal.body).map_err(damaged)?;
        let (days, fresh) = ((report.days_of.from, report.days_of.to), load::until(&app.db, scope).await?);
        let now = load::traffic_of(&app.db, scope, days).await?;
        let told = SealOfReport {
            sealed_at_ms: seal.sealed_at_ms,
            sealed_by: seal.sealed_by,
            sha256: hex::encode(&seal.sha256),
            later: Later::of(&report.traffic, &now, fresh),
        };
        let template = template.unwrap_or_else(|| Template::original(&app.config.reports));
        Ok(Self { report, words, template, seal: Some(told) })
    }

    /// Returns what a seal keeps of it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn body(&self) -> Result<String> {
        let template = Some(self.template.clone());
        let kept = Kept { report: self.report.clone(), words: self.words.clone(), template };
        serde_json::to_string(&kept).map_err(|error| Error::Program(format!("the sealed report: {error}")))
    }
}

impl Later {
    fn of(sealed: &[Traffic], now: &[Traffic], until_ms: Option<i64>) -> Self {
        let before = |store: Uuid| sealed.iter().find(|row| row.store_id == store);
        let differs = |row: &Traffic| LaterOfStore {
            store: row.store.clone(),
            difference_vnd: row.revenue_vnd - before(row.store_id).map_or(0, |row| row.revenue_vnd),
            difference_count: row.receipt_count - before(row.store_id).map_or(0, |row| row.receipt_count),
        };
        let by_store =
            now.iter().map(differs).filter(|row| (row.difference_vnd, row.difference_count) != (0, 0));
        let by_store: Vec<LaterOfStore> = by_store.collect();
        Self {
            until_ms,
            difference_vnd: by_store.iter().map(|row| row.difference_vnd).sum(),
            difference_count: by_store.iter().map(|row| row.difference_count).sum(),
            by_store,
        }
    }

    /// True when something came.
    pub const fn is_anything(&self) -> bool {
        !self.by_store.is_empty()
    }
}
