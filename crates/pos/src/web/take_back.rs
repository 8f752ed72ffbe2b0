//! The form that takes back a delivery which was entered by mistake, under its paper.

use axum::extract::Form;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use web::{Fault, Lang};

use super::approval::{self, Asks};
use super::drawer_count::language;
use super::goods_texts::GoodsTexts;
use super::papers;
use super::refund::{Opening, done};
use super::visit::{Visit, check_op_id};
use crate::counter::Note;
use crate::counter::take_back::{TakingBack, take_back};

/// Where the form is sent.
pub const TAKE_BACK: &str = "/goods/take-back";

/// A delivery that was entered by mistake.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawDelivery {
    /// Names this form; posting it twice takes back once.
    op_id: String,
    /// The number on its paper.
    voucher: String,
    /// The manager who allows it; none when one sits at the counter.
    #[serde(default)]
    manager_id: Option<Uuid>,
    /// Their PIN.
    #[serde(default)]
    pin: String,
}

/// Takes a delivery back, and shows the paper of that.
pub async fn submit(visit: Visit, Form(form): Form<WithdrawDelivery>) -> Result<Response, Fault> {
    let op_id = check_op_id(&form.op_id)?;
    let taking = TakingBack {
        voucher: form.voucher.clone(),
        language: language(visit.lang),
        word: approval::word(form.manager_id, form.pin),
    };
    let state = visit.ok(take_back(&visit.app, &visit.seat, &op_id, &taking).await)?;
    let to = match &state.note {
        Note::GoodsRemoved { voucher, .. } => papers::address(voucher),
        _ => papers::address(&web::address::encoded_piece(&form.voucher)),
    };
    done(&visit, state, &to)
}

/// The form under a delivery's paper.
pub fn fields(lang: Lang, voucher: &str, opening: &Opening) -> Markup {
    html! {
        section.card.off-paper {
            details.ending {
                summary { (lang.take_back_question()) }
                form.form method="post" action=(TAKE_BACK) {
                    (opening.csrf)
                    input type="hidden" name="op_id" value=(opening.op_id);
                    input type="hidden" name="voucher" value=(voucher);
                    p.whole { (lang.take_back_about()) }
                    (approval::fields(lang, &opening.managers, "take-back", Asks::Always { has_focus: false }))
                    div.actions { button.danger { (lang.take_back()) } }
                }
            }
        }
    }
}
