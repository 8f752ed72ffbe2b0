//! Goods on their way between the stores of the operator: what comes here, and what became of what was sent.

use axum::Json;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use web::format::datetime_text;
use web::fragment::{Tone, chip};
use web::{Fault, Lang};

use super::transfer_texts::TransferTexts;
use super::visit::{Visit, Wanted};
use super::{desk, papers};
use crate::db::store;
use crate::db::transfers::{self, Arriving, Sent, Told};

/// The address of the page.
pub const TRANSFERS: &str = "/transfers";
/// The address of the form for sending.
pub const SEND: &str = "/transfers/new";
/// So many of those that were sent are listed.
const LISTED_MAX: i64 = 50;

/// What is on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TransfersState {
    /// To this store, the oldest first.
    pub arriving: Vec<TransferState>,
    /// From this store, the latest first.
    pub sent: Vec<TransferState>,
    /// There are other stores to send to.
    pub has_sisters: bool,
}

/// A transfer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TransferState {
    /// The number on its paper.
    pub number: String,
    /// The other store.
    pub store: String,
    /// When it was sent, UTC milliseconds.
    pub sent_at_ms: i64,
    /// How many lots it has.
    pub lots: usize,
    /// `under_way`, `taken`, `differs`, `came_back`.
    pub became: &'static str,
}

impl TransferState {
    fn of(arriving: &Arriving, store: String, became: &'static str) -> Self {
        let (number, lots) = (arriving.sent.voucher.clone(), arriving.sent.lines.len());
        Self { number, store, sent_at_ms: arriving.sent_at_ms, lots, became }
    }

    fn sent(sent: &Sent, told: &Told, own: Uuid) -> Self {
        let became = match sent.taken_by {
            None => "under_way",
            Some(by) if by == own => "came_back",
            Some(_) if sent.is_complete => "taken",
            Some(_) => "differs",
        };
        Self::of(&sent.arriving, name(told, sent.arriving.sent.to), became)
    }
}

/// Returns a store's name, as central told it.
pub fn name(told: &Told, store_id: Uuid) -> String {
    told.sister(store_id).map_or_else(|| "?".to_owned(), |sister| sister.name.clone())
}

/// The page.
pub async fn page(visit: Visit) -> Result<Response, Fault> {
    let state = visit.ok(load(&visit).await)?;
    match visit.wanted {
        Wanted::Json => Ok(Json(state).into_response()),
        Wanted::Markup => {
            desk::page(&visit, "/stock", visit.lang.transfers(), lists(visit.lang, &state)).await
        }
    }
}

async fn load(visit: &Visit) -> crate::db::Result<TransfersState> {
    let mut connection = visit.app.db().read().acquire().await?;
    let own =
        store::find_store(visit.app.db().read()).await?.map_or(Uuid::nil(), |store| store.store_id.uuid());
    let told = transfers::load_told(&mut connection).await?;
    let taken_in = transfers::list_taken_in(&mut connection).await?;
    let sent = transfers::list_sent(&mut connection, (own, &told), LISTED_MAX).await?;
    let arriving = told.arriving.iter().filter(|arriving| !taken_in.contains(&arriving.sent.voucher));
    Ok(TransfersState {
        arriving: arriving.map(|a| TransferState::of(a, name(&told, a.from), "under_way")).collect(),
        sent: sent.iter().map(|sent| TransferState::sent(sent, &told, own)).collect(),
        has_sisters: !told.sisters.is_empty(),
    })
}

/// Both lists.
pub fn lists(lang: Lang, state: &TransfersState) -> Markup {
    html! {
        p.hint { (lang.transfers_about()) }
        @if state.has_sisters { p.actions { a.button.primary href=(SEND) { (lang.send_goods()) } } }
        @else { p.mute { (lang.no_sisters()) } }
        section.card {
            h2 { (lang.arriving()) }
            @if state.arriving.is_empty() { p.mute { (lang.arriving_none()) } }
            @else { (table(lang, (lang.transfer_from(), false), &state.arriving, |row| html! {
                a.button href={ (TRANSFERS) "/" (row.number) } { (lang.take_in()) }
            })) }
        }
        section.card {
            h2 { (lang.sent()) }
            @if state.sent.is_empty() { p.mute { (lang.sent_none()) } }
            @else { (table(lang, (lang.transfer_to(), true), &state.sent, |row| became(lang, row))) }
        }
    }
}

/// A list; only this store has the papers of what it sent itself.
fn table(
    lang: Lang,
    (other, is_own): (&str, bool),
    rows: &[TransferState],
    last: impl Fn(&TransferState) -> Markup,
) -> Markup {
    html! {
        div.table { table {
            thead { tr {
                th { (lang.transfer_number()) } th { (other) } th { (lang.transfer_when()) } th.n { (lang.transfer_lots()) } td {}
            } }
            tbody { @for row in rows {
                tr {
                    td { @if is_own { a href=(papers::address(&row.number)) { (row.number) } } @else { (row.number) } }
                    td { (row.store) } td { (datetime_text(row.sent_at_ms)) } td.n { (row.lots) } td.n { (last(row)) }
                }
            } }
        } }
    }
}

fn became(lang: Lang, row: &TransferState) -> Markup {
    html! {
        @match row.became {
            "taken" => (chip(Tone::Good, lang.taken())),
            "differs" => (chip(Tone::Warn, lang.taken_differs())),
            "came_back" => (chip(Tone::Quiet, lang.came_back_whole())),
            _ => { (chip(Tone::Quiet, lang.under_way())) " " a.button href={ (TRANSFERS) "/" (row.number) } { (lang.take_back()) } },
        }
    }
}
