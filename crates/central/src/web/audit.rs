//! The audit log: what people with rights have done, for administrators and auditors.

pub mod page;
pub mod words;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::Markup;
use serde::{Deserialize, Serialize};
use time::{Date, Duration};
use utoipa::ToSchema;
use web::format::moment_of;
use web::fragment::Tone;
use web::{Fault, Lang};

use super::audit_texts::AuditTexts;
use super::lists;
use super::points::typed::day_of;
use super::product_texts::ProductTexts;
use super::sales_texts::SalesTexts;
use super::sheet_file::Download;
use super::shell::{self, Frame, Place};
use super::texts::CentralTexts;
use super::visit::{Visit, Wanted};
use super::workbook::{Cell, ROWS_MOST, Sheet, rows_asked};
use crate::app::App;
use crate::db::audit::{self, AuditRow, Picked};
use crate::error::Error;

/// Rows on a page.
const ROWS: i64 = 100;
/// The longest subject, in letters: an address that was refused, with its method.
const SUBJECT_MAX: usize = 300;

/// What is asked for. Unknown names are left alone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct AuditQuery {
    /// The login of who acted, whole.
    pub who: String,
    /// What the action begins with: `product` for `product.add`.
    pub area: String,
    /// What was acted on, whole: an id, a login, a code.
    pub subject: String,
    /// The first day, `2026-10-01`; without one from the beginning.
    pub from: String,
    /// The last day; without one until now.
    pub to: String,
    /// The number of the row before which the page begins.
    pub before: Option<i64>,
    /// `1` checks the whole chain.
    pub check: String,
}

impl AuditQuery {
    fn read(&self) -> Result<Picked, Fault> {
        let is_area = self.area.is_empty() || words::AREAS.contains(&self.area.as_str());
        let is_short = |text: &str, most: usize| text.chars().count() <= most;
        let (from, to) = (read_day(&self.from)?, read_day(&self.to)?);
        let is_wrong_way = from.zip(to).is_some_and(|(from, to)| to < from);
        let is_long = !is_short(&self.who, lists::WORDS_MAX) || !is_short(&self.subject, SUBJECT_MAX);
        if !is_area || is_long || is_wrong_way {
            return Err(Fault::unprocessable());
        }
        let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        Ok(Picked {
            actor: given(&self.who),
            area: given(&self.area),
            subject: given(&self.subject),
            from_ms: from.map(|day| moment_of(day, 0)),
            until_ms: to.map(|day| moment_of(day.saturating_add(Duration::DAY), 0)),
        })
    }

    /// Returns the address of the same rows under another ending, before a row.
    fn href(&self, ending: &str, before: Option<i64>) -> String {
        let before = before.map(|seq| seq.to_string()).unwrap_or_default();
        let fields = [
            ("who", &self.who),
            ("area", &self.area),
            ("subject", &self.subject),
            ("from", &self.from),
            ("to", &self.to),
            ("before", &before),
        ];
        lists::href("/audit", ending, lists::query_text(&fields), None)
    }
}

/// Reads a day that may be left out.
fn read_day(text: &str) -> Result<Option<Date>, Fault> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    day_of(text).map(Some).ok_or_else(Fault::unprocessable)
}

/// Rows of the log, the latest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AuditReport {
    /// At most a hundred.
    pub acts: Vec<ActOfAudit>,
    /// For older ones: the field `before` of the address.
    pub older: Option<i64>,
    /// How many rows the chain has, when it was checked and is whole.
    pub checked_count: Option<i64>,
}

/// A row of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ActOfAudit {
    /// 1, 2, 3 … without gaps.
    pub act_number: i64,
    /// When, UTC milliseconds.
    pub at_ms: i64,
    /// Who: a login, `command line`, or `central` itself.
    pub actor: String,
    /// What, such as `store.add`.
    pub action: String,
    /// To what.
    pub subject: String,
    /// In which words.
    pub detail: String,
    /// SHA-256 over all fields and the seal before, in hex.
    pub seal: String,
}

impl From<AuditRow> for ActOfAudit {
    fn from(row: AuditRow) -> Self {
        let AuditRow { seq, at_ms, actor, action, subject, detail, hash } = row;
        Self { act_number: seq, at_ms, actor, action, subject, detail, seal: hex::encode(hash) }
    }
}

/// The log: a page, or the same as JSON.
#[utoipa::path(
    get, path = "/audit", tag = "people", params(AuditQuery),
    responses(
        (status = 200, description = "rows, the latest first; JSON by `Accept: application/json`", body = AuditReport),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not for this role"),
        (status = 422, description = "a code in the query is unknown, or a day is none"),
    ),
)]
pub async fn get(
    State(app): State<App>,
    visit: Visit,
    Query(query): Query<AuditQuery>,
) -> Result<Response, Fault> {
    let picked = match query.read() {
        Ok(picked) => picked,
        Err(fault) if visit.wanted == Wanted::Json => return Err(fault),
        Err(_) => return Ok(wrong(&visit, &query)),
    };
    let before = query.before.unwrap_or(i64::MAX);
    let rows = visit.ok(audit::list_before(&app.db, &picked, before, ROWS + 1).await)?;
    let is_more = i64::try_from(rows.len()).is_ok_and(|count| count > ROWS);
    let shown = usize::try_from(ROWS).unwrap_or_default();
    let rows: Vec<AuditRow> = rows.into_iter().take(shown).collect();
    let (told, checked_count) = if query.check == "1" { check(&app, &visit).await? } else { (None, None) };
    let report = AuditReport {
        older: rows.last().filter(|_| is_more).map(|row| row.seq),
        checked_count,
        acts: rows.iter().cloned().map(Into::into).collect(),
    };
    Ok(visit.answer(&report, |report| {
        let view = page::View { lang: visit.lang, query: &query, rows: &rows, before: report.older, told };
        framed(&visit, &view)
    }))
}

/// What was asked comes back with a word on what is wrong with it.
fn wrong(visit: &Visit, query: &AuditQuery) -> Response {
    let told = Some((Tone::Bad, visit.lang.audit_wrong().to_owned()));
    let page = framed(visit, &page::View { lang: visit.lang, query, rows: &[], before: None, told });
    (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}

fn framed(visit: &Visit, view: &page::View<'_>) -> Markup {
    let frame = Frame { place: Place::Audit, brand: visit.lang.brand(), query: "" };
    shell::page(visit, &frame, view.render())
}

/// What a check of the chain found: words, and how many rows when it is whole.
type Checked = (Option<(Tone, String)>, Option<i64>);

async fn check(app: &App, visit: &Visit) -> Result<Checked, Fault> {
    let mut tx = visit.ok(app.db.begin_reading().await)?;
    match audit::verify(&mut tx).await {
        Ok(count) => {
            let words = visit.lang.audit_is_whole(web::format::count_text(count));
            Ok((Some((Tone::Good, words)), Some(count)))
        }
        Err(error @ Error::Damaged { .. }) => {
            tracing::error!(%error, "the audit log is damaged");
            Ok((Some((Tone::Alarm, visit.lang.audit_is_damaged().to_owned())), None))
        }
        Err(error) => visit.ok(Err(error)),
    }
}

/// The same rows, all of them, as a file, the latest first.
pub async fn download(
    State(app): State<App>,
    visit: Visit,
    file: Download,
    Query(query): Query<AuditQuery>,
) -> Result<Response, Fault> {
    let picked = query.read()?;
    let before = query.before.unwrap_or(i64::MAX);
    let rows = visit.ok(audit::list_before(&app.db, &picked, before, rows_asked()).await)?;
    file.answer(&visit, visit.lang.audit_file(), vec![sheet(visit.lang, rows)]).await
}

fn sheet(lang: Lang, rows: Vec<AuditRow>) -> Sheet {
    let head = [
        lang.column_seq(),
        lang.column_when(),
        lang.column_who(),
        lang.column_what(),
        lang.column_subject(),
        lang.column_detail(),
        "SHA-256",
    ];
    let row = |row: AuditRow| {
        vec![
            Cell::Count(row.seq),
            Cell::text(web::format::datetime_text(row.at_ms)),
            Cell::text(row.actor),
            Cell::text(row.action),
            Cell::text(row.subject),
            Cell::text(row.detail),
            Cell::text(hex::encode(row.hash)),
        ]
    };
    Sheet {
        name: lang.page_audit().to_owned(),
        head: head.map(str::to_owned).to_vec(),
        rows: rows.into_iter().map(row).collect(),
        cut: lang.sales_cut(ROWS_MOST),
    }
}
