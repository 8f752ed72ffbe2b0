//! The entries behind the gap of a line.

use domain::Money;
use maud::{Markup, html};
use serde::Serialize;
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;
use web::Lang;
use web::format::{date_text, datetime_text};
use web::fragment::{Tone, chip};

use super::load::{Choices, Wanted, ask};
use super::page::period_words;
use super::report::{Line, Measure};
use super::words::{amount_text, kind_words, line_words};
use super::{after_text, gap_href, query_of};
use crate::app::App;
use crate::db::reconciliation::gaps::{self, After, Gap, GapEntry, GapNotice};
use crate::db::users::Scope;
use crate::error::Result;
use crate::web::reconciliation_texts::ReconciliationTexts;
use crate::web::sales::report::iso;
use crate::web::shell::Place;
use crate::web::texts::CentralTexts;

/// Letters of a hash that a page shows.
const HASH_SHOWN: usize = 16;

/// Entries behind a gap.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct GapReport {
    /// `cash`, `bank`, `stock` or `settlement`.
    pub line: &'static str,
    /// In what the figures are.
    pub measure: Measure,
    /// Entries by day; a page of them.
    pub entries: Vec<EntryOfGap>,
    /// For the next page: the field `after` of the address.
    pub after: Option<String>,
    /// Of `bank`: notices that match no transfer; a page of them.
    pub bank_notices: Vec<NoticeOfGap>,
    /// For the next page: the field `after_notice` of the address.
    pub after_notice: Option<String>,
}

/// An entry behind a gap.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct EntryOfGap {
    /// The store.
    pub store_id: Uuid,
    /// Its name.
    pub store: String,
    /// The journal.
    pub stream: String,
    /// Its number in the journal.
    pub entry_number: i64,
    /// The business day.
    #[serde(serialize_with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub business_date: Date,
    /// What it is, as journals name it.
    pub kind: String,
    /// The number on its paper; empty where it has none.
    pub voucher: String,
    /// SHA-256 of the entry, in hex.
    pub sha256: String,
    /// What it says.
    pub told: i64,
    /// What stands against it, where something does.
    pub found: Option<i64>,
}

/// A notice of a bank behind a gap.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct NoticeOfGap {
    /// The provider's number of it.
    pub notice: String,
    /// When the bank booked it, UTC milliseconds.
    pub booked_at_ms: i64,
    /// How much, đồng.
    pub amount: i64,
    /// Its words name a sale; its sum or its day is another one.
    pub is_named: bool,
}

/// Rows of a gap in a file, at most: all of them are in memory at once, with what their entries say.
pub const FILE_ROWS_MOST: usize = 20_000;

/// Where a page begins.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct From {
    /// Behind this entry.
    pub after: Option<After>,
    /// Behind this notice.
    pub after_notice: Option<String>,
}

/// Returns the gap of a line; none of what opens to no entries.
pub const fn of_line(line: Line) -> Option<Gap> {
    match line {
        Line::Cash => Some(Gap::Cash),
        Line::Bank => Some(Gap::Bank),
        Line::Stock => Some(Gap::Stock),
        Line::Settlement => Some(Gap::Settlement),
        Line::Invoices => None,
    }
}

/// Loads a page of entries behind a line's gap.
///
/// # Errors
/// As [`ask`].
pub async fn load(
    app: &App,
    scope: Scope,
    (wanted, line): (Wanted, Line),
    from: &From,
    limit: usize,
) -> Result<(GapReport, Choices)> {
    let (asked, choices) = ask(app, scope, wanted).await?;
    let mut report = GapReport {
        line: line.code(),
        measure: line.measure(),
        entries: Vec::new(),
        after: None,
        bank_notices: Vec::new(),
        after_notice: None,
    };
    let Some(gap) = of_line(line) else { return Ok((report, choices)) };
    let mut tx = app.db.begin_reading().await?;
    let (entries, after) = gaps::entries(&mut tx, &asked, (gap, from.after), limit).await?;
    report.entries = entries.into_iter().map(|entry| EntryOfGap::of(entry, &choices)).collect();
    report.after = after.as_ref().map(after_text);
    if gap == Gap::Bank {
        let (notices, after) = gaps::notices(&mut tx, &asked, from.after_notice.as_deref(), limit).await?;
        report.bank_notices = notices.into_iter().map(NoticeOfGap::from).collect();
        report.after_notice = after;
    }
    Ok((report, choices))
}

/// Loads the entries behind every gap for a file, up to [`FILE_ROWS_MOST`] of each.
///
/// # Errors
/// As [`ask`].
pub async fn all(app: &App, scope: Scope, wanted: Wanted) -> Result<Vec<GapReport>> {
    let mut reports = Vec::new();
    for line in Line::ALL.into_iter().filter(|line| of_line(*line).is_some()) {
        // One more than its sheet shows, so that it says that some are missing.
        let (report, _) = load(app, scope, (wanted, line), &From::default(), FILE_ROWS_MOST + 1).await?;
        reports.push(report);
    }
    Ok(reports)
}

impl EntryOfGap {
    fn of(entry: GapEntry, choices: &Choices) -> Self {
        let GapEntry { stream, seq, day, kind, paper, hash, told, found } = entry;
        let store = choices.stores.iter().find(|(id, _)| *id == stream.store_id);
        Self {
            store_id: stream.store_id.uuid(),
            store: store.map(|(_, name)| name.clone()).unwrap_or_default(),
            stream: stream.to_string(),
            entry_number: seq,
            business_date: day,
            kind,
            voucher: paper,
            sha256: hash.to_string(),
            told,
            found,
        }
    }
}

impl std::convert::From<GapNotice> for NoticeOfGap {
    fn from(row: GapNotice) -> Self {
        let GapNotice { notice, booked_at_ms, amount_vnd, is_named } = row;
        Self { notice, booked_at_ms, amount: amount_vnd, is_named }
    }
}

/// The page.
pub fn main(lang: Lang, wanted: Wanted, line: Line, report: &GapReport) -> Markup {
    let about = match line {
        Line::Cash => lang.gap_about_cash(),
        Line::Bank => lang.gap_about_bank(),
        Line::Stock => lang.gap_about_stock(),
        Line::Settlement | Line::Invoices => lang.gap_about_settlement(),
    };
    let back = format!("{}?{}", Place::Reconciliation.href(), query_of(wanted));
    html! {
        div.actions { a.button href=(back) { (lang.gap_back()) } }
        section.card {
            h2 { (line_words(lang, line)) " · " (period_words(lang, wanted.period)) }
            p.mute { (about) }
            @if report.entries.is_empty() { p { (lang.gap_none()) } } @else { (entries(lang, report)) }
            (pager(lang, wanted, line, ("after", report.after.as_deref())))
        }
        @if line == Line::Bank && !report.bank_notices.is_empty() {
            section.card {
                h2 { (lang.gap_notices()) }
                (notices(lang, &report.bank_notices))
                (pager(lang, wanted, line, ("after_notice", report.after_notice.as_deref())))
            }
        }
    }
}

fn pager(lang: Lang, wanted: Wanted, line: Line, (name, after): (&str, Option<&str>)) -> Markup {
    html! {
        @if let Some(after) = after {
            nav.pager aria-label=(line_words(lang, line)) {
                span { a.button href=(gap_href(wanted, line, None)) { (lang.gap_first()) } }
                span { a.button href=(gap_href(wanted, line, Some((name, after)))) { (lang.gap_next()) } }
            }
        }
    }
}

fn entries(lang: Lang, report: &GapReport) -> Markup {
    let text = |amount| amount_text(report.measure, amount);
    html! {
        div.table { table {
            thead { tr {
                th scope="col" { (lang.column_kind()) } th.roomy scope="col" { (lang.column_store()) }
                th.roomy scope="col" { "SHA-256" } th.n scope="col" { (lang.gap_told()) }
                th.n scope="col" { (lang.gap_found()) }
            } }
            tbody { @for entry in &report.entries {
                tr {
                    td {
                        (kind_words(lang, &entry.kind))
                        small { (date_text(entry.business_date)) " · " (lang.gap_entry(entry.entry_number)) }
                        @if !entry.voucher.is_empty() { small { (entry.voucher) } }
                    }
                    td.roomy { (entry.store) }
                    td.roomy { code { (entry.sha256.get(..HASH_SHOWN).unwrap_or_default()) "…" } }
                    td.n { (text(entry.told)) }
                    td.n { @match entry.found { Some(found) => (text(found)), None => "–" } }
                }
            } }
        } }
    }
}

fn notices(lang: Lang, rows: &[NoticeOfGap]) -> Markup {
    html! {
        div.table { table {
            thead { tr {
                th scope="col" { (lang.gap_notice()) } th.n scope="col" { (lang.reconciliation_amount()) } th scope="col" { span.hidden { (lang.column_difference()) } }
            } }
            tbody { @for row in rows {
                tr {
                    td { (datetime_text(row.booked_at_ms)) small { (row.notice) } }
                    td.n { (Money::new(row.amount)) }
                    td { @if row.is_named { (chip(Tone::Quiet, lang.gap_named())) } @else { (chip(Tone::Warn, lang.gap_unnamed())) } }
                }
            } }
        } }
    }
}
