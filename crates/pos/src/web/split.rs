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

use super::open_tender_texts::OpenTenderTexts;
use super::pay::take;
use super::side::Side;
use super::tender::{Given, Way};
use super::texts::CounterTexts;
use super::visit::{Visit, Wanted};
use crate::counter::Note;
use crate::counter::note::Holding;
use crate::counter::payment::{self, OtherWays, PaymentState};
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
    /// Who owes what is left; empty when nothing is owed.
    #[serde(default)]
    owed_by: String,
    /// Of the panel's form; who allows a debt is asked at the sale.
    #[serde(rename = "manager_id")]
    _manager_id: Option<Uuid>,
    /// As that.
    #[serde(default, rename = "pin")]
    _pin: String,
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
    let (cash, vietqr, card, owed_by) = (form.cash, form.vietqr, form.card, form.owed_by);
    let given = Given { cash, vietqr, card, owed_by, chosen_cash: None };
    let state = match given.beside(seen) {
        Some(beside) => {
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
    /// Returns what else pays, or `None` when an amount cannot be read.
    fn beside(&self, shown: Option<Shown>) -> Option<OtherWays> {
        let read = |text: &str| match text.trim() {
            "" => Some(None),
            text => amount::parse(text).map(Some),
        };
        let typed = Typed { cash: read(&self.cash)?, card: read(&self.card)?, transfer: read(&self.vietqr)? };
        Some(OtherWays { typed, is_rest_owed: self.is_rest_owed(), shown })
    }

    /// Says whether the buyer owes a part, and transfers another: else a debtor's name means nothing beside a code.
    pub(super) fn is_rest_owed(&self) -> bool {
        !self.owed_by.trim().is_empty() && !self.vietqr.trim().is_empty()
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
    let split = given.beside(None).map(|beside| beside.split(Money::new(payment.payable_vnd)));
    let Some(Ok(Some(split))) = split else { return Ok(None) };
    let sale_id = payment.sale_id.into();
    payment.vietqr = visit.ok(payment::load_shown(&visit.app, sale_id, split.transfer).await)?;
    Ok(payment.vietqr.is_some().then_some(split))
}

/// What the code asks for, and of what; what is taken beside it.
pub(super) fn head(lang: Lang, payable: Money, split: &Split, is_rest_owed: bool) -> Markup {
    let owed = if is_rest_owed { split.left(payable).unwrap_or(Money::ZERO) } else { Money::ZERO };
    let parts = [(lang.cash(), split.cash), (lang.card(), split.card), (lang.owed(), owed)];
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
pub(super) fn fields(split: &Split, given: &Given) -> Markup {
    html! {
        @if given.is_rest_owed() { input type="hidden" name="owed_by" value=(given.owed_by); }
        @for (name, amount) in [("cash", split.cash), ("card", split.card)] {
            @if amount > Money::ZERO { input type="hidden" name=(name) value=(amount.vnd()); }
        }
    }
}
