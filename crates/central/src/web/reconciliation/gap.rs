//! The entries behind the gap of a line.

use domain::Money;
use maud::{Markup, html};
use serde::Serialize;
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;
use web::Lang;
use web::format::{count_text, date_text, datetime_text};
use web::fragment::{Tone, chip, message};

use super::load::{Choices, Wanted, ask};
use super::page::period_words;
use super::report::{Line, Measure};
use super::words::{amount_text, kind_words, line_words};
use super::{after_text, gap_href, query_of};
use crate::app::App;
use crate::db::reconciliation;
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
    /// `cash`, `bank`, `invoices`, `stock` or `settlement`.
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
    /// Of `invoices`: how many wait that no entry here opens to, on whatever page. Their till did not say whose they are, or their
    /// sale is not here yet.
    pub invoices_unopened: i64,
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
    /// What it says; of a sale behind `invoices` how many of its invoices wait.
    pub told: i64,
    /// What stands against it, where something does.
    pub found: Option<i64>,
    /// How many of the invoices that wait were refused; 0 behind other lines.
    pub invoices_refused: i64,
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

/// Returns the gap of a line.
const fn of_line(line: Line) -> Gap {
    match line {
        Line::Cash => Gap::Cash,
        Line::Bank => Gap::Bank,
        Line::Invoices => Gap::Invoices,
        Line::Stock => Gap::Stock,
        Line::Settlement => Gap::Settlement,
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
        invoices_unopened: 0,
    };
    let gap = of_line(line);
    let mut tx = app.db.begin_reading().await?;
    let (entries, after) = gaps::entries(&mut tx, &asked, (gap, from.after), limit).await?;
    report.entries = entries.into_iter().map(|entry| EntryOfGap::of(entry, &choices)).collect();
    report.after = after.as_ref().map(after_text);
    if gap == Gap::Bank {
        let (notices, after) = gaps::notices(&mut tx, &asked, from.after_notice.as_deref(), limit).await?;
        report.bank_notices = notices.into_iter().map(NoticeOfGap::from).collect();
        report.after_notice = after;
    }
    if gap == Gap::Invoices {
        report.invoices_unopened = reconciliation::unopened(&mut tx, &asked).await?;
    }
    Ok((report, choices))
}

/// Loads the entries behind every gap for a file, up to [`FILE_ROWS_MOST`] of each.
///
/// # Errors
/// As [`ask`].
pub async fn all(app: &App, scope: Scope, wanted: Wanted) -> Result<Vec<GapReport>> {
    let mut reports = Vec::new();
    for line in Line::ALL {
        // One more than its sheet shows, so that it says that some are missing.
        let (report, _) = load(app, scope, (wanted, line), &From::default(), FILE_ROWS_MOST + 1).await?;
        reports.push(report);
    }
    Ok(reports)
}

impl GapReport {
    fn is_of_invoices(&self) -> bool {
        self.line == Line::Invoices.code()
    }

    /// Returns what stands over the two figures of an entry.
    pub fn heads(&self, lang: Lang) -> [&'static str; 2] {
        if self.is_of_invoices() {
            [lang.gap_waiting(), lang.gap_refused()]
        } else {
            [lang.gap_told(), lang.gap_found()]
        }
    }

    /// Returns the second figure of an entry, where it has one.
    pub fn against(&self, entry: &EntryOfGap) -> Option<i64> {
        if self.is_of_invoices() { Some(entry.invoices_refused) } else { entry.found }
    }
}

impl EntryOfGap {
    fn of(entry: GapEntry, choices: &Choices) -> Self {
        let GapEntry { stream, seq, day, kind, paper, hash, told, found, refused } = entry;
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
            invoices_refused: refused,
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
        Line::Invoices => lang.gap_about_invoices(),
        Line::Stock => lang.gap_about_stock(),
        Line::Settlement => lang.gap_about_settlement(),
    };
    let back = format!("{}?{}", Place::Reconciliation.href(), query_of(wanted));
    html! {
        div.actions { a.button href=(back) { (lang.gap_back()) } }
        section.card {
            h2 { (line_words(lang, line)) " · " (period_words(lang, wanted.period)) }
            p.mute { (about) }
            @if report.invoices_unopened > 0 {
                (message(Tone::Warn, &lang.gap_unopened(count_text(report.invoices_unopened))))
            }
            @if !report.entries.is_empty() { (entries(lang, report)) }
            @else if report.invoices_unopened == 0 { p { (lang.gap_none()) } }
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
                th.roomy scope="col" { "SHA-256" } @for words in report.heads(lang) { th.n scope="col" { (words) } }
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
                    td.n { @match report.against(entry) { Some(found) => (text(found)), None => "–" } }
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
