//! Typing a sheet that was filled in at the shelf: when that was.

use axum::extract::Form;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;
use utoipa::ToSchema;
use web::form::Field;
use web::format::datetime_text;
use web::fragment::{Tone, message};
use web::{Fault, Lang};

use super::day::parse_minute;
use super::refund::{Opening, done};
use super::stocktake::{StocktakeState, address};
use super::stocktake_texts::StocktakeTexts;
use super::visit::{Visit, check_op_id};
use crate::counter::Note;
use crate::counter::stocktake_paper::{Minutes, count_on_paper};

/// Where the form is sent.
pub const ON_PAPER: &str = "/stocktake/paper";

/// When an area was counted on paper.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CountedOnPaper {
    op_id: String,
    area: String,
    /// When counting began, `10:00`; empty with `to` when people count at the shelf.
    from: String,
    /// When it ended.
    to: String,
}

impl CountedOnPaper {
    /// Reads the times; or tells which is none.
    fn minutes(&self) -> Result<Option<Minutes>, Note> {
        if self.from.trim().is_empty() && self.to.trim().is_empty() {
            return Ok(None);
        }
        let read = |text: &str, field: &str| {
            parse_minute(text).ok_or_else(|| Note::BadField { field: field.to_owned() })
        };
        Ok(Some(Minutes { from: read(&self.from, "from")?, to: read(&self.to, "to")? }))
    }
}

/// Keeps when an area was counted on paper.
pub async fn submit(visit: Visit, Form(form): Form<CountedOnPaper>) -> Result<Response, Fault> {
    let op_id = check_op_id(&form.op_id)?;
    let state = match form.minutes() {
        Ok(minutes) => {
            visit.ok(count_on_paper(&visit.app, &visit.seat, &op_id, (&form.area, minutes)).await)?
        }
        Err(note) => visit.state(note).await?,
    };
    done(&visit, state, &address(&form.area))
}

/// When the area of a page was counted, or the form that tells it.
pub fn fields(lang: Lang, state: &StocktakeState, opening: &Opening) -> Markup {
    let begins = || {
        html! {
            (opening.csrf)
            input type="hidden" name="op_id" value=(opening.op_id);
            input type="hidden" name="area" value=(state.area);
        }
    };
    html! {
        section.card {
            @if let Some((from, to)) = state.on_paper {
                (message(Tone::Warn, &lang.on_paper(datetime_text(from), datetime_text(to))))
                form.actions method="post" action=(ON_PAPER) {
                    (begins())
                    input type="hidden" name="from" value="";
                    input type="hidden" name="to" value="";
                    button { (lang.count_at_shelf()) }
                }
            } @else {
                details.ending {
                    summary { (lang.type_from_sheet()) }
                    form.form method="post" action=(ON_PAPER) {
                        (begins())
                        p.whole { (lang.type_from_sheet_about()) }
                        (Field { hint: Some(lang.counted_time_hint()), ..Field::new("from", lang.counted_from()) }.render())
                        (Field { hint: Some(lang.counted_time_hint()), ..Field::new("to", lang.counted_to()) }.render())
                        div.actions { button { (lang.use_sheet()) } }
                    }
                }
            }
        }
    }
}
