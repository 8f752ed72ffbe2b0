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
use super::visit::{Visit, check_op_id};
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
    /// Its rows, whose they are, and the request that receives it.
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
        let delivery = Delivery { producer_id, not_theirs, line, draft: row.op_id, ..Delivery::default() };
        is_some.then_some(Draft { delivery, saved_at_ms: row.saved_at_ms })
    }))
}

/// Returns the request that receives a delivery: of one that several windows show the same, so that it is received once.
pub(super) fn op_id(visit: &Visit, delivery: &Delivery) -> Result<String, Fault> {
    match delivery.draft.as_str() {
        "" => Ok(visit.request(Uuid::nil()).map_or_else(|_| visit.new_op_id(), |request| request.op_id)),
        draft => check_op_id(draft),
    }
}

/// Keeps the rows of a delivery; one without rows is none. Returns false, with nothing kept, where another window of this counter is
/// typing another one.
pub(super) async fn keep(visit: &Visit, delivery: &Delivery) -> Result<bool, Fault> {
    let kept = Kept {
        producer_id: delivery.producer_id.clone(),
        not_theirs: delivery.not_theirs.clone(),
        line: delivery.line.clone(),
    };
    let form = serde_json::to_string(&kept).map_err(|_| Fault::not_found())?;
    let (counter, op_id) = (&visit.seat.counter, op_id(visit, delivery)?);
    let mut tx = visit.ok(visit.app.db().begin().await)?;
    let is_kept = if delivery.line.is_empty() {
        visit.ok(delivery_drafts::delete_draft(&mut tx, counter, &op_id).await)?;
        true
    } else {
        let draft = DraftRow { op_id, form, saved_at_ms: visit.app.clock().now_ms() };
        visit.ok(delivery_drafts::upsert_draft(&mut tx, counter, &draft).await)?
    };
    visit.ok(tx.commit().await.map_err(crate::db::Error::from))?;
    Ok(is_kept)
}

/// `#note`: nothing, or that the rows are on this page alone.
pub(super) fn kept_note(lang: Lang, is_kept: bool) -> Markup {
    if is_kept { super::note::none() } else { words_note(Tone::Alarm, lang.draft_not_kept()) }
}

/// Gives the delivery up: its rows go, and nothing of it is in the book.
pub async fn give_up(visit: Visit, Form(pairs): Form<Vec<(String, String)>>) -> Result<Response, Fault> {
    let draft = goods::read_form(pairs)?.draft;
    keep(&visit, &Delivery { draft, ..Delivery::default() }).await?;
    let markup = html! {
        (words_note(Tone::Good, visit.lang.draft_given_up()))
        (card(visit.lang, &visit.new_op_id(), None))
        (whose::whose_goods(&visit, "").await?)
        (goods::lines(visit.lang, (&[], &Agreed::default()), None, &[]))
        (goods::nothing_picked())
    };
    Ok(markup.into_response())
}

/// `#draft`: the request that receives the delivery; says that one goes on which was begun before, and lets it be given up.
pub fn card(lang: Lang, op_id: &str, draft: Option<(usize, i64)>) -> Markup {
    html! {
        div #draft {
            input type="hidden" name="draft" value=(op_id);
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
