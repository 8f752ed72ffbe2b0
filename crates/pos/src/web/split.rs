//! The VietQR of the tender panel: of all that is due, or of what is left beside cash and card.

use axum::extract::Form;
use axum::response::Response;
use domain::Money;
use domain::split::{Split, Typed};
use maud::{Markup, html};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use web::{Fault, Lang, amount};

use super::pay::take;
use super::side::Side;
use super::tender::{Given, Way};
use super::texts::CounterTexts;
use super::visit::{Visit, Wanted};
use crate::counter::Note;
use crate::counter::note::Holding;
use crate::counter::payment::{self, PaymentState};
use crate::counter::shown::Shown;

/// A VietQR that is to be shown. All amounts empty: of all that is due.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShowVietQr {
    sale_id: Uuid,
    /// What the cashier saw, đồng; left out, it is not compared.
    payable_vnd: Option<i64>,
    /// What the cashier saw that the buyer gets back, đồng; left out, it is not compared.
    back_vnd: Option<i64>,
    /// Cash, as typed.
    #[serde(default)]
    cash: String,
    /// By transfer, as typed; empty for what is left.
    #[serde(default)]
    vietqr: String,
    /// By card, as typed.
    #[serde(default)]
    card: String,
    /// The panel to show again when it is refused.
    show: Option<Way>,
}

impl ShowVietQr {
    fn seen(&self) -> Option<Shown> {
        let back = self.back_vnd.map(Money::new);
        self.payable_vnd.map(|vnd| Shown { payable: Money::new(vnd), back })
    }
}

/// Makes a VietQR durable and shows it.
pub async fn vietqr(visit: Visit, Form(form): Form<ShowVietQr>) -> Result<Response, Fault> {
    let request = visit.request(form.sale_id)?;
    let seen = form.seen();
    let given = Given { cash: form.cash, vietqr: form.vietqr, card: form.card, ..Given::default() };
    let state = match given.typed() {
        Some(typed) => {
            let beside = (typed, seen);
            visit.ok(payment::show_vietqr_beside(&visit.app, &visit.seat, &request, beside).await)?
        }
        None => visit.state(Note::BadAmount).await?,
    };
    let way = match &state.note {
        // A repeated request finds its code on show already.
        Note::VietQrShown { .. } | Note::NoBankAccount | Note::Ready => Way::Vietqr,
        Note::Short { .. }
        | Note::TooMuch { .. }
        | Note::BadAmount
        | Note::Holding(Holding::PayableChanged { .. }) => form.show.unwrap_or(Way::Several),
        _ => return Ok(visit.answer_state(state, &Side::Keys, None)),
    };
    match visit.wanted {
        Wanted::Markup => take(&visit, way, given, Some(state.note)).await,
        Wanted::Json => Ok(visit.answer_state(state, &Side::Keys, None)),
    }
}

impl Given {
    /// Returns the amounts that were typed, or `None` when one cannot be read.
    fn typed(&self) -> Option<Typed> {
        let read = |text: &str| match text.trim() {
            "" => Some(None),
            text => amount::parse(text).map(Some),
        };
        Some(Typed { cash: read(&self.cash)?, card: read(&self.card)?, transfer: read(&self.vietqr)? })
    }
}

/// Puts the code of the part on the panel in place of the one of all, and returns how the payable is split.
///
/// # Errors
/// With what the person is told.
pub(super) async fn shown(
    visit: &Visit,
    payment: &mut PaymentState,
    given: &Given,
) -> Result<Option<Split>, Fault> {
    let split = given.typed().map(|typed| Split::of(Money::new(payment.payable_vnd), typed));
    let Some(Ok(Some(split))) = split else { return Ok(None) };
    let sale_id = payment.sale_id.into();
    payment.vietqr = visit.ok(payment::load_shown(&visit.app, sale_id, split.transfer).await)?;
    Ok(payment.vietqr.is_some().then_some(split))
}

/// What the code asks for, and of what; what is taken beside it.
pub(super) fn head(lang: Lang, payable: Money, split: &Split) -> Markup {
    let parts = [(lang.cash(), split.cash), (lang.card(), split.card)];
    html! {
        p.payable { span { (lang.transfer()) } output { (split.transfer) } }
        p.hint.beside {
            (lang.part_of(payable))
            @for (words, amount) in parts {
                @if amount > Money::ZERO { " · " (words) " " (amount) }
            }
        }
    }
}

/// What is taken beside the code travels with the form that completes the sale. Should that be refused, everything can be
/// typed anew.
pub(super) fn fields(split: &Split) -> Markup {
    html! {
        @for (name, amount) in [("cash", split.cash), ("card", split.card)] {
            @if amount > Money::ZERO { input type="hidden" name=(name) value=(amount.vnd()); }
        }
    }
}
