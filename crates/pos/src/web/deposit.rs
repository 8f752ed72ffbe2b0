//! The panel that takes a deposit for what is in the cart.

use axum::extract::Form;
use axum::response::Response;
use domain::Money;
use domain::tender::{Tender, TenderKind};
use maud::{Markup, html};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use web::format::{date_text, local_date};
use web::{Fault, Lang};

use super::day;
use super::deposit_texts::DepositTexts;
use super::keys;
use super::side::Side;
use super::tender;
use super::texts::CounterTexts;
use super::visit::{Visit, Wanted};
use crate::counter::deposit::{self, NAME_MOST, Ordered, PHONE_MOST};
use crate::counter::note::Holding;
use crate::counter::payment::{self, VietQrState};
use crate::counter::shown::Shown;
use crate::counter::{CounterState, Note};
use web::amount;

/// The form of the panel.
const FORM: &str = "take-deposit";

/// Who orders what is in the cart, and what they pay in advance.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TakeDeposit {
    pub(super) sale_id: Uuid,
    /// Who orders, at most 60 characters.
    #[serde(default)]
    pub(super) person: String,
    /// Their telephone, if they give it.
    #[serde(default)]
    pub(super) phone: String,
    /// The day of handing over, as typed: `24/12/2026`.
    #[serde(default)]
    pub(super) due: String,
    /// What is paid in advance, as typed: `200.000`.
    #[serde(default)]
    pub(super) amount: String,
    /// `cash`, `vietqr`, `card`.
    #[serde(default)]
    pub(super) kind: String,
    /// `vietqr` shows a code for the amount, and takes nothing yet.
    #[serde(default)]
    pub(super) show: String,
    /// What the goods cost on the screen, đồng; left out, it is not compared.
    pub(super) payable_vnd: Option<i64>,
}

/// What the panel shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taking {
    /// As typed so far.
    pub form: TakeDeposit,
    /// The code on show.
    pub vietqr: Option<VietQrState>,
}

impl Taking {
    /// Returns the panel with nothing typed but the next day.
    pub fn begun(visit: &Visit) -> Self {
        let today = local_date(visit.app.clock().now_ms());
        let due = today.next_day().map(date_text).unwrap_or_default();
        Self { form: TakeDeposit { due, ..TakeDeposit::default() }, vietqr: None }
    }
}

impl TakeDeposit {
    fn tender(&self) -> Result<Tender, Note> {
        let kind = TenderKind::from_code(&self.kind).ok_or(Note::BadField { field: "kind".to_owned() })?;
        let amount = amount::parse(&self.amount).ok_or(Note::BadAmount)?;
        Ok(Tender { kind, amount })
    }

    fn ordered(&self) -> Result<Ordered, Note> {
        let due_on = day::parse(&self.due).ok_or(Note::BadField { field: "due".to_owned() })?;
        let (person, phone) = (self.person.clone(), self.phone.clone());
        Ok(Ordered { person, phone, due_on, tender: self.tender()? })
    }
}

/// Takes the deposit; or shows a code by which the buyer pays it.
pub async fn take(visit: Visit, Form(form): Form<TakeDeposit>) -> Result<Response, Fault> {
    let request = visit.request(form.sale_id)?;
    if form.show == "vietqr" {
        return show_vietqr(&visit, form).await;
    }
    let state = match form.ordered() {
        Ok(ordered) => {
            let shown = form.payable_vnd.map(|vnd| Shown { payable: Money::new(vnd), back: None });
            visit.ok(deposit::take_shown(&visit.app, &visit.seat, &request, &ordered, shown).await)?
        }
        Err(note) => visit.state(note).await?,
    };
    let again = matches!(
        state.note,
        Note::BadField { .. }
            | Note::BadAmount
            | Note::DepositBeyond { .. }
            | Note::Holding(Holding::PayableChanged { .. })
    );
    if !again || visit.wanted == Wanted::Json {
        return Ok(visit.answer_state(state, &Side::Keys, None));
    }
    let side = Side::Deposit(Box::new(Taking { form, vietqr: None }));
    Ok(visit.answer_state(state, &side, None))
}

async fn show_vietqr(visit: &Visit, form: TakeDeposit) -> Result<Response, Fault> {
    let request = visit.request(form.sale_id)?;
    let (app, seat) = (&visit.app, &visit.seat);
    let (state, vietqr) = match amount::parse(&form.amount) {
        Some(amount) => visit.ok(payment::show_vietqr_of(app, seat, &request, amount).await)?,
        None => (visit.state(Note::BadAmount).await?, None),
    };
    let form = TakeDeposit { kind: TenderKind::VietQr.code().to_owned(), ..form };
    Ok(visit.answer_state(state, &Side::Deposit(Box::new(Taking { form, vietqr })), None))
}

/// The panel.
pub fn panel(lang: Lang, state: &CounterState, shown: &Taking) -> Markup {
    let Taking { form, vietqr } = shown;
    html! {
        div.panel data-modal role="dialog" aria-label=(lang.deposit_question()) {
            h2 { (lang.deposit_question()) }
            @if let Some(shown) = vietqr { (scanned(lang, (form, state.payable_vnd), shown)) } @else { form.entry #(FORM) data-post="/counter/deposit" {
                (words("person", lang.deposit_person(), &form.person, NAME_MOST, "text", true))
                (words("phone", lang.deposit_phone(), &form.phone, PHONE_MOST, "tel", false))
                (words("due", lang.deposit_due(), &form.due, 10, "numeric", false))
                div.given.text {
                    label for="kind" { (lang.deposit_kind()) }
                    select #kind name="kind" {
                        @for (value, words) in [("cash", lang.cash()), ("vietqr", lang.by_transfer()), ("card", lang.card())] {
                            option value=(value) selected[form.kind == value] { (words) }
                        }
                    }
                }
                div.given {
                    label for="amount" { (lang.deposit_amount()) }
                    input #amount name="amount" inputmode="numeric" autocomplete="off" maxlength="20" data-vnd value=(form.amount)
                        aria-describedby="deposit-about" required;
                }
                input type="hidden" name="payable_vnd" value=(state.payable_vnd);
                p.hint #deposit-about { (lang.deposit_hint(Money::new(state.payable_vnd))) }
            }
            // No submit button: Enter in a field takes the deposit.
            button.plain type="button" form=(FORM) data-post="/counter/deposit" name="show" value="vietqr" { (lang.deposit_show_qr()) } }
            div.foot {
                (keys::BACK.button(lang, "/counter/show", Some(("show", "keys"))))
                button.primary form=(FORM) data-fresh autofocus[vietqr.is_some()] {
                    span { (lang.deposit_take()) } kbd aria-hidden="true" { (keys::FINISH.cap) }
                }
            }
        }
    }
}

/// The code by which the buyer pays, large; what was typed travels along.
fn scanned(lang: Lang, (form, payable_vnd): (&TakeDeposit, i64), shown: &VietQrState) -> Markup {
    let typed = [
        ("person", &form.person),
        ("phone", &form.phone),
        ("due", &form.due),
        ("amount", &form.amount),
        ("kind", &form.kind),
    ];
    html! {
        form.entry #(FORM) data-post="/counter/deposit" {
            @for (name, value) in typed { input type="hidden" name=(name) value=(value); }
            input type="hidden" name="payable_vnd" value=(form.payable_vnd.unwrap_or(payable_vnd));
        }
        dl.sums {
            dt { (lang.deposit_person()) } dd { (form.person) }
            dt { (lang.deposit_amount()) } dd { (Money::new(shown.amount_vnd)) }
        }
        (tender::bank(lang, shown))
    }
}

fn words(name: &str, label: &str, value: &str, most: usize, inputmode: &str, has_focus: bool) -> Markup {
    html! {
        div.given.text {
            label for=(name) { (label) }
            input id=(name) name=(name) value=(value) maxlength=(most) inputmode=(inputmode) autocomplete="off"
                required[name != "phone"] autofocus[has_focus];
        }
    }
}
