//! Taking money: which panel the right column shows, the VietQR, the end of a sale.

use axum::Json;
use axum::extract::Form;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::Money;
use domain::tender::{Tender as Handed, TenderKind};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use web::Fault;

use super::approval::{self, Managers};
use super::basket::Packing;
use super::best_sellers::BestSellers;
use super::buyer::BuyerPanel;
use super::deposit::Taking;
use super::discount::{Reducing, What};
use super::menu::Menu;
use super::pad::{self, PadPanel};
use super::side::Side;
use super::split;
use super::switch::Switch;
use super::tender::{Given, Tender, Way};
use super::texts::CounterTexts;
use super::visit::{Visit, Wanted};
use crate::counter::basket::NewBasket;
use crate::counter::credit::{self, Credit};
use crate::counter::note::Holding;
use crate::counter::payment::{self, PaymentState};
use crate::counter::shown::{Paying, Shown};
use crate::counter::{self, CounterState, Note, Request, finish as finishing};
use web::amount;

/// More cash than this over the payable is a slip of the finger, or a code that was scanned into the field. Đồng.
const CASH_OVER_MOST: i64 = 5_000_000;

/// What the right column can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Panel {
    /// The keys, or the best sellers where these are open.
    Keys,
    /// The keys; the best sellers are closed.
    KeysAlone,
    /// Tiles of what sells most.
    BestSellers,
    /// All keys, explained.
    Help,
    /// The other pages.
    Menu,
    /// Another person takes over.
    Switch,
    /// The chosen row's quantity.
    Quantity,
    /// The question before clearing.
    Clear,
    /// A present to pack.
    Basket,
    /// A name for the cart that is to be parked.
    Park,
    /// The parked carts.
    Parked,
    /// Something off the chosen row.
    ReduceLine,
    /// Something off the whole cart.
    ReduceCart,
    /// Another price for the chosen row.
    Price,
    /// Something noted down.
    Remark,
    /// To whom the invoice is made out.
    Buyer,
    /// When a sale from the pad was made.
    Pad,
    /// Taking cash.
    Cash,
    /// Taking a transfer, whose VietQR has been shown.
    Vietqr,
    /// Taking a card.
    Card,
    /// Taking several.
    Several,
    /// Taking nothing, or a part: the rest is owed.
    Credit,
    /// Taking a part, for goods that are handed over on a later day.
    Deposit,
}

impl Panel {
    const fn way(self) -> Option<Way> {
        match self {
            Self::Cash => Some(Way::Cash),
            Self::Vietqr => Some(Way::Vietqr),
            Self::Card => Some(Way::Card),
            Self::Several => Some(Way::Several),
            Self::Credit => Some(Way::Credit),
            Self::Keys
            | Self::KeysAlone
            | Self::BestSellers
            | Self::Help
            | Self::Menu
            | Self::Switch
            | Self::Quantity
            | Self::Clear
            | Self::Basket
            | Self::Park
            | Self::Parked
            | Self::ReduceLine
            | Self::ReduceCart
            | Self::Price
            | Self::Deposit
            | Self::Remark
            | Self::Buyer
            | Self::Pad => None,
        }
    }
}

/// Which panel to show.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Show {
    #[serde(rename = "sale_id")]
    _sale_id: Uuid,
    show: Panel,
    /// One of the likely amounts of cash, đồng.
    chosen_cash: Option<i64>,
    /// Of the best sellers, a group of products; all without it.
    group: Option<String>,
}

/// Shows a panel in the right column. Nothing is changed by it.
pub async fn show(visit: Visit, Form(form): Form<Show>) -> Result<Response, Fault> {
    let reduce = |what| Side::Reduce(Box::new(Reducing::new(what)));
    let side = match form.show {
        Panel::Keys => Side::Keys,
        Panel::KeysAlone => {
            visit.site.hide_best_sellers(&visit.seat.counter);
            Side::Keys
        }
        Panel::BestSellers => {
            Side::BestSellers { shown: BestSellers::open(&visit, form.group).await?, is_new: true }
        }
        Panel::Help => Side::Help,
        Panel::Buyer => Side::Buyer(Box::new(BuyerPanel::of(&visit).await?)),
        Panel::Menu => Side::Menu(Box::new(Menu::of(&visit))),
        Panel::Switch => Side::Switch(Box::new(Switch::of(&visit).await?)),
        Panel::Parked => Side::Parked { now_ms: visit.app.clock().now_ms() },
        // Goods that come back, or were paid in advance, can be left without any others.
        Panel::Clear | Panel::Park if is_covered(&visit.state(Note::Ready).await?) => match form.show {
            Panel::Park => Side::Park,
            _ => Side::Clear,
        },
        Panel::Quantity
        | Panel::Clear
        | Panel::Basket
        | Panel::Park
        | Panel::ReduceLine
        | Panel::ReduceCart
        | Panel::Price
        | Panel::Deposit
        | Panel::Remark
            if visit.state(Note::Ready).await?.lines.is_empty() =>
        {
            let state = visit.state(Note::EmptyCart).await?;
            return Ok(visit.answer_state(state, &Side::Keys, None));
        }
        Panel::Deposit => Side::Deposit(Box::new(Taking::begun(&visit))),
        Panel::Quantity => Side::Quantity,
        Panel::Clear => Side::Clear,
        Panel::Basket => Side::Basket(Box::new(Packing::of(&visit, NewBasket::default()).await?)),
        Panel::Park => Side::Park,
        Panel::ReduceLine => reduce(What::Line),
        Panel::ReduceCart => reduce(What::Cart),
        Panel::Price => reduce(What::Price),
        Panel::Remark => Side::Remark,
        Panel::Pad => {
            let state = visit.state(Note::Ready).await?;
            let panel = PadPanel::of(&visit, &state);
            return Ok(visit.answer_state(state, &Side::Pad(Box::new(panel)), None));
        }
        Panel::Cash | Panel::Vietqr | Panel::Card | Panel::Several | Panel::Credit => {
            let given = Given { chosen_cash: form.chosen_cash.map(Money::new), ..Given::default() };
            return take(&visit, form.show.way().unwrap_or(Way::Cash), given, None).await;
        }
    };
    let state = visit.state(Note::Ready).await?;
    Ok(visit.answer_state(state, &side, None))
}

fn is_covered(state: &CounterState) -> bool {
    state.exchange.is_some() || state.deposit.is_some()
}

/// Answers with the tender panel, or with why there is nothing to pay. `told` is what the action before it tells.
pub(super) async fn take(
    visit: &Visit,
    way: Way,
    given: Given,
    told: Option<Note>,
) -> Result<Response, Fault> {
    let Some(mut payment) = visit.ok(payment::load(&visit.app, &visit.seat).await)? else {
        let state = visit.state(Note::EmptyCart).await?;
        let note = if state.business_date.is_none() { Note::NoShift } else { state.note.clone() };
        let state = CounterState { note, ..state };
        return Ok(visit.answer_state(state, &Side::Keys, None));
    };
    if !payment.twins.is_empty() {
        let twins = payment.twins;
        let state = visit.state(Note::PadTwins { twins: twins.clone() }).await?;
        return Ok(visit.answer_state(state, &Side::Twins(twins), None));
    }
    let state = visit.state(told.unwrap_or(Note::Ready)).await?;
    let asks_manager =
        matches!(state.note, Note::CreditNeedsManager { .. } | Note::WrongPin | Note::WaitPin { .. });
    let managers = if asks_manager { Some(visit.ok(Managers::of(visit).await)?) } else { None };
    let split = if way == Way::Vietqr { split::shown(visit, &mut payment, &given).await? } else { None };
    let tender = Tender { way: shown(way, &payment), payment, split, given, managers };
    Ok(visit.answer_state(state, &Side::Tender(Box::new(tender)), None))
}

/// A transfer can only be waited for when its code is on show, and a debt only where the operator allows it.
fn shown(way: Way, payment: &PaymentState) -> Way {
    match way {
        Way::Vietqr if payment.vietqr.is_none() => Way::Cash,
        Way::Credit if !payment.takes_credit => Way::Cash,
        _ => way,
    }
}

/// Returns what there is to pay, and the likely amounts.
pub async fn tender(visit: Visit) -> Result<Response, Fault> {
    if visit.wanted == Wanted::Markup {
        return take(&visit, Way::Cash, Given::default(), None).await;
    }
    let payment = visit.ok(payment::load(&visit.app, &visit.seat).await)?;
    let nothing = || Fault::new(StatusCode::CONFLICT, "nothing_to_pay", CounterTexts::note_empty_cart);
    Ok(Json(payment.ok_or_else(nothing)?).into_response())
}

/// What the buyer handed over. All fields empty: exactly the payable, in cash.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Finish {
    sale_id: Uuid,
    /// What the cashier saw and asked for, đồng; for cash alone the rounded payable.
    payable_vnd: i64,
    /// What the cashier saw that the buyer gets back, đồng; left out, it is not compared.
    back_vnd: Option<i64>,
    /// `cash`, `vietqr`, `card`: how the buyer gets it; left out, as it was said when the goods came back.
    back_by: Option<String>,
    /// Cash, as typed.
    #[serde(default)]
    cash: String,
    /// By transfer, as typed.
    #[serde(default)]
    vietqr: String,
    /// By card, as typed.
    #[serde(default)]
    card: String,
    /// By a transfer that the buyer says was made and nobody saw yet, as typed.
    #[serde(default)]
    claimed: String,
    /// Who owes the rest; left out when nothing is owed.
    owed_by: Option<String>,
    /// Who allows a debt beyond the limit; not needed when a manager sits at the counter.
    manager_id: Option<Uuid>,
    /// The manager's PIN.
    #[serde(default)]
    pin: String,
    /// The panel to show again when it is refused.
    show: Option<Way>,
}

impl Finish {
    /// Returns what was handed over, or `None` when an amount cannot be read or is beyond reason.
    fn handed(&self) -> Option<Vec<Handed>> {
        let typed = [
            (TenderKind::Cash, &self.cash),
            (TenderKind::VietQr, &self.vietqr),
            (TenderKind::Card, &self.card),
            (TenderKind::Claimed, &self.claimed),
        ];
        let handed: Option<Vec<Handed>> = typed
            .into_iter()
            .filter(|(_, text)| !text.trim().is_empty())
            .map(|(kind, text)| amount::parse(text).map(|amount| Handed { kind, amount }))
            .collect();
        let mut handed = handed?;
        if self.owed_by.is_some() {
            let paid = Money::sum(handed.iter().map(|tender| tender.amount)).ok()?;
            let amount = Money::new(self.payable_vnd).minus(paid).ok()?;
            handed.push(Handed { kind: TenderKind::Credit, amount });
        }
        if handed.is_empty() && self.payable_vnd == 0 {
            return Some(handed);
        }
        if handed.is_empty() {
            return Some(vec![Handed { kind: TenderKind::Cash, amount: Money::new(self.payable_vnd) }]);
        }
        let most = self.payable_vnd.saturating_add(CASH_OVER_MOST);
        handed.iter().all(|tender| tender.amount.vnd() <= most).then_some(handed)
    }
}

impl Finish {
    async fn complete(
        &self,
        visit: &Visit,
        request: &Request,
        handed: Vec<Handed>,
    ) -> counter::Result<CounterState> {
        let (app, seat) = (&visit.app, &visit.seat);
        let shown = Shown { payable: Money::new(self.payable_vnd), back: self.back_vnd.map(Money::new) };
        let back_by = self.back_by.as_deref().map(TenderKind::from_code);
        if back_by == Some(None) {
            let wrong = Note::BadField { field: "kind".to_owned() };
            return counter::state::load(app, seat, wrong, None).await;
        }
        let back_by = back_by.flatten();
        let paying = Paying { tenders: handed, shown: Some(shown), back_by };
        let Some(person) = self.owed_by.clone() else {
            return finishing::finish(app, seat, request, paying).await;
        };
        let credit = Credit { person, word: approval::word(self.manager_id, self.pin.clone()) };
        credit::sell_on_credit(app, seat, request, paying, &credit).await
    }
}

impl Finish {
    /// Returns the panel to show again. What came by transfer or card is of the former amount and stays typed, so that the
    /// rest is taken beside it, and no key says that all of the new one came.
    fn way_again(&self, note: &Note) -> Way {
        let is_changed = matches!(note, Note::Holding(_));
        let came = !self.vietqr.trim().is_empty() || !self.card.trim().is_empty();
        if is_changed && came && self.show != Some(Way::Credit) {
            Way::Several
        } else {
            self.show.unwrap_or(Way::Cash)
        }
    }
}

/// Completes the open sale.
pub async fn finish(visit: Visit, Form(form): Form<Finish>) -> Result<Response, Fault> {
    let request = visit.request(form.sale_id)?;
    let state = match form.handed() {
        Some(handed) => visit.ok(form.complete(&visit, &request, handed).await)?,
        None => visit.state(Note::BadAmount).await?,
    };
    let again = matches!(
        state.note,
        Note::Short { .. }
            | Note::TooMuch { .. }
            | Note::BadAmount
            | Note::BadField { .. }
            | Note::NoCredit
            | Note::CreditNeedsManager { .. }
            | Note::WrongPin
            | Note::WaitPin { .. }
            | Note::PadTwins { .. }
            | Note::Holding(Holding::PayableChanged { .. })
    );
    if !again || visit.wanted == Wanted::Json {
        return Ok(pad::next(&visit, state));
    }
    let way = form.way_again(&state.note);
    let owed_by = form.owed_by.unwrap_or_default();
    let given = Given { cash: form.cash, vietqr: form.vietqr, card: form.card, owed_by, chosen_cash: None };
    take(&visit, way, given, Some(state.note)).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn handed(cash: &str, vietqr: &str, card: &str) -> Option<Vec<(&'static str, i64)>> {
        let (cash, vietqr, card) = (cash.to_owned(), vietqr.to_owned(), card.to_owned());
        let form = Finish {
            sale_id: Uuid::nil(),
            payable_vnd: 655_000,
            back_vnd: None,
            back_by: None,
            cash,
            vietqr,
            card,
            claimed: String::new(),
            owed_by: None,
            manager_id: None,
            pin: String::new(),
            show: None,
        };
        let handed = form.handed()?;
        Some(handed.iter().map(|tender| (tender.kind.code(), tender.amount.vnd())).collect())
    }

    #[test]
    fn what_was_handed_over() {
        for (cash, vietqr, card, expected) in [
            ("", "", "", Some(vec![("cash", 655_000)])),
            (" ", "", "", Some(vec![("cash", 655_000)])),
            ("700.000", "", "", Some(vec![("cash", 700_000)])),
            ("700k", "", "", Some(vec![("cash", 700_000)])),
            ("", "655000", "", Some(vec![("vietqr", 655_000)])),
            ("100.000", "", "555.000", Some(vec![("cash", 100_000), ("card", 555_000)])),
            ("5.655.000", "", "", Some(vec![("cash", 5_655_000)])),
            ("5.655.001", "", "", None),
            ("8938505974194", "", "", None),
            ("seven", "", "", None),
            ("100.000", "x", "", None),
        ] {
            assert_eq!(handed(cash, vietqr, card), expected, "{cash:?} {vietqr:?} {card:?}");
        }
    }
}
