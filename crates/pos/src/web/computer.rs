//! How the computer stands that the till runs on: its disk, and the program.

use axum::Json;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::Serialize;
use utoipa::ToSchema;
use web::format::count_text;
use web::fragment::{Tone, message};
use web::{Fault, Lang};

use super::computer_texts::ComputerTexts;
use super::desk;
use super::visit::{Visit, Wanted};
use crate::disk_watch::DiskState;

/// How the computer stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ComputerState {
    /// Version of this program.
    version: &'static str,
    /// Room on the disk of the data folder, MB; none while nobody knows.
    disk_free_mb: Option<i64>,
    /// What there is to say of it.
    disk: DiskState,
}

/// The page.
pub async fn page(visit: Visit) -> Result<Response, Fault> {
    let watch = visit.app.disk_watch();
    let state = ComputerState {
        version: env!("CARGO_PKG_VERSION"),
        disk_free_mb: watch.free_mb(),
        disk: watch.state(),
    };
    if visit.wanted == Wanted::Json {
        return Ok(Json(state).into_response());
    }
    let lang = visit.lang;
    desk::page(&visit, "/computer", lang.computer(), fragment(lang, &state)).await
}

fn fragment(lang: Lang, state: &ComputerState) -> Markup {
    let (tone, words) = match (state.disk, state.disk_free_mb) {
        (_, None) => (Tone::Quiet, lang.computer_disk_unknown()),
        (DiskState::Good, _) => (Tone::Good, lang.computer_disk_good()),
        (DiskState::Low { .. }, _) => (Tone::Warn, lang.computer_disk_low()),
        (DiskState::Full { .. }, _) => (Tone::Bad, lang.computer_disk_full()),
    };
    html! {
        section.card {
            h2 { (lang.computer_disk()) }
            dl.sums {
                @if let Some(free_mb) = state.disk_free_mb {
                    dt { (lang.computer_disk_free()) } dd { (lang.computer_mb(count_text(free_mb))) }
                }
                dt { (lang.computer_version()) } dd { (state.version) }
            }
            (message(tone, words))
        }
    }
}
