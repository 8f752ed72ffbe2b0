//! How the computer stands that the till runs on: whether central has the same sales as it, its disk, and the program.

use axum::Json;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::Serialize;
use utoipa::ToSchema;
use web::format::{count_text, datetime_text};
use web::fragment::{Tone, message};
use web::{Fault, Lang};

use super::computer_texts::ComputerTexts;
use super::desk;
use super::visit::{Visit, Wanted};
use crate::db;
use crate::db::comparisons::{Comparison, list_comparisons};
use crate::db::streams::{self, Head};
use crate::disk_watch::DiskState;

/// A comparison that is older is told: central was not reached for so long.
const STALE_AFTER_MS: i64 = 24 * 60 * 60 * 1_000;
/// For so long people are told that a journal which has ended differs from central's.
const ENDED_FOR_MS: i64 = 30 * STALE_AFTER_MS;

/// How the computer stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ComputerState {
    /// The last comparison of the journal with central, and those of ended journals that differ.
    comparisons: Vec<ComparisonState>,
    /// Entries that central has not acknowledged.
    waiting_entries: i64,
    /// Room on the disk of the data folder, MB; none while nobody knows.
    disk_free_mb: Option<i64>,
    /// What there is to say of it.
    disk: DiskState,
    /// Version of this program.
    version: &'static str,
}

/// What came of comparing a journal with central.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ComparisonState {
    /// Four characters that receipt numbers carry.
    journal: String,
    /// The journal is the one that is written to.
    is_current: bool,
    /// Both have the same entries: as many, with the same content.
    agrees: bool,
    /// How many central has.
    entries: i64,
    /// How many of them this computer has.
    own_entries: i64,
    /// When, UTC milliseconds.
    compared_at_ms: i64,
    /// That is long ago.
    is_stale: bool,
}

impl ComparisonState {
    fn of(comparison: &Comparison, head: Option<&Head>, now_ms: i64) -> Self {
        Self {
            journal: comparison.stream.short_code(),
            is_current: head.is_some_and(|head| head.stream.stream_no == comparison.stream_no),
            agrees: comparison.agrees(),
            entries: comparison.central.seq,
            own_entries: comparison.own_entries,
            compared_at_ms: comparison.compared_at_ms,
            is_stale: now_ms.saturating_sub(comparison.compared_at_ms) > STALE_AFTER_MS,
        }
    }

    fn is_worth_telling(&self, now_ms: i64) -> bool {
        self.is_current || (!self.agrees && now_ms.saturating_sub(self.compared_at_ms) <= ENDED_FOR_MS)
    }
}

/// The page.
pub async fn page(visit: Visit) -> Result<Response, Fault> {
    let state = visit.ok(load(&visit).await)?;
    if visit.wanted == Wanted::Json {
        return Ok(Json(state).into_response());
    }
    let lang = visit.lang;
    let main = html! { (central(lang, &state)) (disk(lang, &state)) };
    desk::page(&visit, "/computer", lang.computer(), main).await
}

async fn load(visit: &Visit) -> db::Result<ComputerState> {
    let (pool, now_ms) = (visit.app.db().read(), visit.app.clock().now_ms());
    let head = streams::find_head(&mut *pool.acquire().await?).await?;
    let all = list_comparisons(pool).await?;
    let comparisons = all.iter().map(|one| ComparisonState::of(one, head.as_ref(), now_ms));
    let watch = visit.app.disk_watch();
    Ok(ComputerState {
        comparisons: comparisons.filter(|one| one.is_worth_telling(now_ms)).collect(),
        waiting_entries: head.as_ref().map_or(0, |head| head.at.seq - head.stream.acked.seq),
        disk_free_mb: watch.free_mb(),
        disk: watch.state(),
        version: env!("CARGO_PKG_VERSION"),
    })
}

fn central(lang: Lang, state: &ComputerState) -> Markup {
    html! {
        section.card {
            h2 { (lang.compared()) }
            @if !state.comparisons.iter().any(|one| one.is_current) { (message(Tone::Quiet, lang.compared_never())) }
            @for one in &state.comparisons { (compared(lang, one)) }
            dl.sums { dt { (lang.compared_waiting()) } dd { (count_text(state.waiting_entries)) } }
            p.hint { (lang.compared_about()) }
        }
    }
}

fn compared(lang: Lang, one: &ComparisonState) -> Markup {
    let (entries, own) = (count_text(one.entries), count_text(one.own_entries));
    let (at, journal) = (datetime_text(one.compared_at_ms), &one.journal);
    match (one.agrees, one.own_entries < one.entries) {
        (true, _) if one.is_stale => message(Tone::Warn, &lang.compared_long_ago(entries, at)),
        (true, _) => message(Tone::Good, &lang.compared_same(entries, at)),
        (false, true) => message(Tone::Bad, &lang.compared_fewer(journal, entries, own, at)),
        (false, false) => message(Tone::Bad, &lang.compared_other(journal, entries, at)),
    }
}

fn disk(lang: Lang, state: &ComputerState) -> Markup {
    let (tone, words) = match (state.disk, state.disk_free_mb) {
        (_, None) => (Tone::Quiet, lang.computer_disk_unknown()),
        (DiskState::Good, _) => (Tone::Good, lang.computer_disk_good()),
        (DiskState::Low { .. }, _) => (Tone::Warn, lang.computer_disk_low()),
        (DiskState::Full { .. }, _) => (Tone::Bad, lang.computer_disk_full()),
    };
    html! {
        section.card {
            h2 { (lang.computer_disk()) }
            (message(tone, words))
            dl.sums {
                @if let Some(free_mb) = state.disk_free_mb {
                    dt { (lang.computer_disk_free()) } dd { (lang.computer_mb(count_text(free_mb))) }
                }
                dt { (lang.computer_version()) } dd { (state.version) }
            }
        }
    }
}
