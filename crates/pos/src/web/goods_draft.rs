//! The delivery that a counter was typing when its page was left: its rows are kept with each one that is added, and are there again
//! when the page opens, until they are received or given up.

use axum::extract::Form;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use web::format::datetime_text;
use web::fragment::{Tone, note as words_note};
use web::{Fault, Lang};

use super::delivery::{Delivery, DeliveryLine};
use super::goods_texts::GoodsTexts;
use super::visit::Visit;
use super::whose::Agreed;
use super::{goods, whose};
use crate::counter::goods::LINES_MAX;
use crate::db::delivery_drafts::{self, DraftRow};

/// What is kept of a delivery: the row that is being typed is not.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    producer_id: String,
    not_theirs: Vec<Uuid>,
    line: Vec<DeliveryLine>,
}

/// A delivery that was not received yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Draft {
    /// Its rows, and whose they are.
    pub(super) delivery: Delivery,
    /// When the last of them was added, UTC milliseconds.
    pub(super) saved_at_ms: i64,
}

/// Returns what this counter was typing, or `None`; also for what an older version of the program wrote and nobody can read.
pub(super) async fn find(visit: &Visit) -> Result<Option<Draft>, Fault> {
    let mut reader = visit.ok(visit.app.db().read().acquire().await.map_err(crate::db::Error::from))?;
    let row = visit.ok(delivery_drafts::find_draft(&mut reader, &visit.seat.counter).await)?;
    Ok(row.and_then(|row| {
        let Kept { producer_id, not_theirs, line } = serde_json::from_str(&row.form).ok()?;
        let is_some = !line.is_empty() && line.len() <= LINES_MAX;
        let delivery = Delivery { producer_id, not_theirs, line, ..Delivery::default() };
        is_some.then_some(Draft { delivery, saved_at_ms: row.saved_at_ms })
    }))
}

/// Keeps the rows of a delivery; one without rows is none.
pub(super) async fn keep(visit: &Visit, delivery: &Delivery) -> Result<(), Fault> {
    let kept = Kept {
        producer_id: delivery.producer_id.clone(),
        not_theirs: delivery.not_theirs.clone(),
        line: delivery.line.clone(),
    };
    let form = serde_json::to_string(&kept).map_err(|_| Fault::not_found())?;
    let counter = &visit.seat.counter;
    let mut tx = visit.ok(visit.app.db().begin().await)?;
    let done = if delivery.line.is_empty() {
        delivery_drafts::delete_draft(&mut tx, counter).await
    } else {
        let draft = DraftRow { form, saved_at_ms: visit.app.clock().now_ms() };
        delivery_drafts::upsert_draft(&mut tx, counter, &draft).await
    };
    visit.ok(done)?;
    visit.ok(tx.commit().await.map_err(crate::db::Error::from))
}

/// Gives the delivery up: its rows go, and nothing of it is in the book.
pub async fn give_up(visit: Visit, Form(pairs): Form<Vec<(String, String)>>) -> Result<Response, Fault> {
    goods::read_form(pairs)?;
    keep(&visit, &Delivery::default()).await?;
    let markup = html! {
        (words_note(Tone::Good, visit.lang.draft_given_up()))
        (card(visit.lang, None))
        (whose::whose_goods(&visit, "").await?)
        (goods::lines(visit.lang, (&[], &Agreed::default()), None, &[]))
        (goods::nothing_picked())
    };
    Ok(markup.into_response())
}

/// `#draft`: says that a delivery goes on which was begun before, and lets it be given up.
pub fn card(lang: Lang, draft: Option<(usize, i64)>) -> Markup {
    html! {
        div #draft {
            @if let Some((rows, saved_at_ms)) = draft {
                section.card {
                    p { (lang.draft_goes_on(rows, datetime_text(saved_at_ms))) }
                    div.actions {
                        button type="button" data-post="/goods/give-up" { (lang.draft_give_up()) }
                    }
                }
            }
        }
    }
}
