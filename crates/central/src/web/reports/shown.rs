//! A report as it is shown: with the words of its period; or, once it is sealed, as it was then, with what came later beside it.

use domain::report_period::{Cutoff, ReportPeriod};
use serde::{Deserialize, Serialize};
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;

use super::iso;
use super::load::{self, load};
use super::paper::Paper;
use super::report::{Report, Traffic};
use super::template::Template;
use super::words::WordsOfReport;
use super::write;
use crate::app::App;
use crate::config::Reports;
use crate::db::reports::{Seal, Signature, find_seal, find_signature, find_words, latest_words};
use crate::db::users::Scope;
use crate::error::{Error, Result};

/// A report with everything that belongs to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Shown {
    /// The figures.
    pub report: Report,
    /// The words; empty until some are saved for the period.
    pub words: WordsOfReport,
    /// What was written for another period, which the form proposes while nothing is saved for this one. No paper says it, and no
    /// program is told: nobody has looked at it for this period.
    #[serde(skip)]
    pub proposed: Option<WordsOfReport>,
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
    /// Number, date and signer that were added afterwards; none of it is part of what was hashed.
    pub signed: Option<SignedOfReport>,
    /// What came later.
    pub later: Later,
}

/// Number, date and signer of a report that was sealed without them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SignedOfReport {
    /// Number, with or without its sign.
    pub number: String,
    /// The date of the paper.
    #[serde(with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub signed_on: Date,
    /// What the signer is; may be empty.
    pub signer_title: String,
    /// Who signs.
    pub signer_name: String,
    /// When it was added, UTC milliseconds.
    pub recorded_at_ms: i64,
    /// By whom: a login.
    pub recorded_by: String,
}

impl From<Signature> for SignedOfReport {
    fn from(row: Signature) -> Self {
        Self {
            number: row.number,
            signed_on: row.signed_on,
            signer_title: row.signer_title,
            signer_name: row.signer_name,
            recorded_at_ms: row.recorded_at_ms,
            recorded_by: row.recorded_by,
        }
    }
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
        let (words, proposed) = match find_words(&mut tx, &code).await? {
            Some(words) => (WordsOfReport::saved(words), None),
            None => (WordsOfReport::default(), latest_words(&mut tx).await?.map(WordsOfReport::proposed)),
        };
        let template = Template::in_force(&mut tx, &app.config.reports).await?;
        drop(tx);
        let report = load(&app.db, scope, period, cutoff, now_ms).await?;
        Ok(Self { report, words, proposed, template, seal: None })
    }

    async fn sealed(app: &App, scope: Scope, seal: Seal) -> Result<Self> {
        let damaged = |error| Error::damaged("sealed_reports", &seal.period, error);
        let Kept { report, words, template } = serde_json::from_str(&seal.body).map_err(damaged)?;
        let mut tx = app.db.begin_reading().await?;
        let signed = find_signature(&mut tx, &seal.period).await?.map(SignedOfReport::from);
        drop(tx);
        let (days, fresh) = ((report.days_of.from, report.days_of.to), load::until(&app.db, scope).await?);
        let now = load::traffic_of(&app.db, scope, days).await?;
        let told = SealOfReport {
            sealed_at_ms: seal.sealed_at_ms,
            sealed_by: seal.sealed_by,
            sha256: hex::encode(&seal.sha256),
            signed,
            later: Later::of(&report.traffic, &now, fresh),
        };
        let template = template.unwrap_or_else(|| Template::original(&app.config.reports));
        Ok(Self { report, words, proposed: None, template, seal: Some(told) })
    }

    /// Returns what the form begins with: the words of the period, or what is proposed for it.
    pub fn to_type(&self) -> &WordsOfReport {
        self.proposed.as_ref().unwrap_or(&self.words)
    }

    /// Returns the words as papers have them: with number, date and signer that came after the seal. Whoever sealed a report without
    /// words said that there is nothing to say.
    pub fn written(&self) -> WordsOfReport {
        let words = self.words.clone();
        let Some(seal) = &self.seal else { return words };
        let words = WordsOfReport { saved_at_ms: words.saved_at_ms.or(Some(seal.sealed_at_ms)), ..words };
        match seal.signed.clone() {
            Some(SignedOfReport { number, signed_on, signer_title, signer_name, .. }) => {
                WordsOfReport { number, signed_on: Some(signed_on), signer_title, signer_name, ..words }
            }
            None => words,
        }
    }

    /// Returns the report as an official paper.
    pub fn paper(&self, settings: &Reports) -> Paper {
        write::paper(&self.report, &self.written(), &self.template, settings)
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
