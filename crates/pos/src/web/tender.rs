//! The tender panel: ways to pay, what the buyer hands over, the VietQR.

use domain::Money;
use domain::arrival::Arrival;
use domain::split::Split;
use maud::{Markup, html};
use serde::Deserialize;
use utoipa::ToSchema;
use web::Lang;
use web::format::count_text;
use web::fragment::{Tone, message};
use web::qr;

use super::approval::{self, Asks, Managers};
use super::bank_texts::BankTexts;
use super::keys::{self, Key, Press};
use super::open_tender_texts::OpenTenderTexts;
use super::refund;
use super::refund_texts::RefundTexts;
use super::split;
use super::texts::CounterTexts;
use crate::counter::credit::NAME_MOST;
use crate::counter::payment::{PaymentState, VietQrState};

/// A way to pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// Notes and coins.
    Cash,
    /// A transfer by VietQR.
    Vietqr,
    /// A card, on the bank's own terminal.
    Card,
    /// Several of them.
    Several,
    /// The buyer pays later.
    Credit,
}

/// What the panel shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tender {
    /// The open cart's side of it.
    pub payment: PaymentState,
    /// The chosen way.
    pub way: Way,
    /// The code on show is for a part; what the other ways take.
    pub split: Option<Split>,
    /// What has been typed, or chosen from the likely amounts.
    pub given: Given,
    /// Who can allow a debt beyond the limit; none until one was asked for.
    pub managers: Option<Managers>,
}

/// Amounts as typed; empty where nothing was.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    /// Cash.
    pub cash: String,
    /// By transfer.
    pub vietqr: String,
    /// By card.
    pub card: String,
    /// Who owes the rest.
    pub owed_by: String,
    /// Cash was chosen from the likely amounts, so the change is known already.
    pub chosen_cash: Option<Money>,
}

/// The form that completes the sale; the button of the panel's foot belongs to it.
const FINISH_FORM: &str = "finish";

/// Returns the panel. Its form posts the payable that the cashier saw: nothing is sold for another one, whatever the cart
/// has become meanwhile.
pub fn panel(lang: Lang, tender: &Tender) -> Markup {
    let Tender { payment, way, split, given, managers } = tender;
    html! {
        div.panel data-modal role="dialog" aria-label=(lang.pay()) {
            @if payment.back_vnd > 0 {
                p.back { span { (lang.to_pay_back()) } output { (Money::new(payment.back_vnd)) } }
            } @else if let Some(split) = split {
                (split::head(lang, way.payable(payment), split, given.is_rest_owed()))
            } @else {
                p.payable { span { (lang.due()) } output { (way.payable(payment)) } }
                (rounding(lang, payment, *way))
            }
            @if payment.payable_vnd > 0 { (ways(lang, payment, *way)) }
            form.entry #(FINISH_FORM) data-post="/counter/finish" {
                input type="hidden" name="sale_id" value=(payment.sale_id);
                input type="hidden" name="payable_vnd" value=(way.payable(payment).vnd());
                input type="hidden" name="back_vnd" value=(payment.back_vnd);
                input type="hidden" name="show" value=(again(*way, split.as_ref(), given).code());
                @if let Some(back_by) = &payment.back_by { (refund::paid_in(lang, back_by, "back_by")) }
                @match way {
                    // Nothing is left to pay: one key completes the sale.
                    _ if payment.payable_vnd == 0 => {},
                    Way::Cash => (cash(lang, payment, given)),
                    Way::Vietqr => {
                        @if let Some(split) = split { (split::fields(split, given)) }
                        (vietqr(lang, payment))
                    },
                    Way::Card => {
                        input type="hidden" name="card" value=(payment.payable_vnd);
                        p { (lang.card_wait()) }
                    },
                    Way::Several => (several(lang, given)),
                    Way::Credit => (credit(lang, given, managers.as_ref())),
                }
            }
            @if payment.payable_vnd > 0 && *way == Way::Cash && given.chosen_cash.is_none() { (likely(payment)) }
            div.foot {
                (keys::BACK.button(lang, "/counter/show", Some(("show", "keys"))))
                (finish(lang, *way, payment, given))
            }
        }
    }
}

impl Way {
    /// Returns the word that forms carry.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Cash => "cash",
            Self::Vietqr => "vietqr",
            Self::Card => "card",
            Self::Several => "several",
            Self::Credit => "credit",
        }
    }
}

impl Way {
    /// Returns what is asked for in this way: cash alone may be rounded, and that is said before anything is handed over.
    const fn payable(self, payment: &PaymentState) -> Money {
        Money::new(match self {
            Self::Cash => payment.cash_payable_vnd,
            Self::Vietqr | Self::Card | Self::Several | Self::Credit => payment.payable_vnd,
        })
    }
}

/// The panel to show again when the sale is refused: beside a code everything can be typed anew.
fn again(way: Way, split: Option<&Split>, given: &Given) -> Way {
    match split {
        None => way,
        Some(_) if given.is_rest_owed() => Way::Credit,
        Some(_) => Way::Several,
    }
}

/// The line of cash rounding; where cash is one of several ways, what cash alone would be.
fn rounding(lang: Lang, payment: &PaymentState, way: Way) -> Markup {
    let rounded = Money::new(payment.cash_payable_vnd.saturating_sub(payment.payable_vnd));
    html! {
        @if rounded != Money::ZERO && way == Way::Cash {
            dl.sums { dt { (lang.cash_rounding()) } dd { (rounded) } }
        } @else if rounded != Money::ZERO && way == Way::Several {
            p.hint { (lang.all_in_cash(Way::Cash.payable(payment))) }
        }
    }
}

fn ways(lang: Lang, payment: &PaymentState, chosen: Way) -> Markup {
    let way = |key: Key, way: Way| {
        // A VietQR is made durable before it is shown: that is an action of its own. What was typed travels along, and is
        // taken beside it. Of a card nothing is typed.
        let is_shown = way != Way::Vietqr;
        let with_typed = !is_shown && chosen != Way::Card;
        html! {
            button type="button" data-post=(if is_shown { "/counter/show" } else { "/counter/vietqr" })
                form=[with_typed.then_some(FINISH_FORM)] name=[is_shown.then_some("show")]
                value=[is_shown.then_some(way.code())] aria-pressed=(chosen == way)
                aria-keyshortcuts=(key.shortcut) { (key.label(lang)) }
        }
    };
    html! {
        div.ways role="group" aria-label=(lang.ways_label()) {
            (way(keys::CASH, Way::Cash))
            (way(keys::VIETQR, Way::Vietqr))
            (way(keys::CARD, Way::Card))
        }
        // While a code is on show, what can follow it is more likely than another way: there is room for one of them.
        @if chosen == Way::Vietqr { (claimed(lang, payment)) } @else if chosen == Way::Credit {
            // Its own fields are those of several ways.
            (keys::SEVERAL.hidden(lang, Press::show(Way::Several.code())))
        } @else { div.rare {
            @for (key, way) in [(keys::SEVERAL, Way::Several), (keys::CREDIT, Way::Credit)] {
                @if chosen != way && (way != Way::Credit || payment.takes_credit) {
                    button.plain type="button" data-post="/counter/show" name="show" value=(way.code())
                        aria-keyshortcuts=(key.shortcut) { (key.label(lang)) }
                }
            }
            @if chosen == Way::Cash && payment.takes_deposit {
                button.plain type="button" data-post="/counter/show" name="show" value="deposit"
                    aria-keyshortcuts=(keys::DEPOSIT.shortcut) { (keys::DEPOSIT.label(lang)) }
            }
        } }
    }
}

/// An empty field is exact cash: two keys after the last scan complete the sale.
fn cash(lang: Lang, payment: &PaymentState, given: &Given) -> Markup {
    let payable = Way::Cash.payable(payment);
    html! {
        @if let Some(chosen) = given.chosen_cash {
            input type="hidden" name="cash" value=(chosen.vnd());
            dl.sums { dt { (lang.given()) } dd { (chosen) } }
            p.back { span { (lang.change()) } output { (chosen.minus(payable).unwrap_or(Money::ZERO)) } }
        } @else {
            div.given {
                label for="cash" { (lang.given()) }
                input #cash name="cash" inputmode="numeric" autocomplete="off" maxlength="20" data-vnd value=(given.cash)
                    placeholder=(lang.given_exactly()) autofocus;
            }
        }
    }
}

/// Round amounts that a buyer is likely to hand over.
fn likely(payment: &PaymentState) -> Markup {
    html! {
        form.quick data-post="/counter/show" {
            input type="hidden" name="show" value=(Way::Cash.code());
            @for vnd in &payment.likely_cash_vnd {
                button name="chosen_cash" value=(vnd) { (count_text(*vnd)) }
            }
        }
    }
}

fn vietqr(lang: Lang, payment: &PaymentState) -> Markup {
    html! { @if let Some(shown) = &payment.vietqr { (bank(lang, shown)) } }
}

/// `#bank`: the code, until the bank tells of a transfer; then what it told. That changes by itself, but the sale is made by
/// the cashier.
pub fn bank(lang: Lang, shown: &VietQrState) -> Markup {
    let (due, came) = (Money::new(shown.amount_vnd), Money::new(shown.came_vnd));
    html! {
        div #bank role="status" {
            @match Arrival::of(due, came) {
                Arrival::Nothing => (qr::picture(&shown.payload, &lang.vietqr_picture(due))),
                Arrival::Exact => (message(Tone::Good, &lang.bank_told(came))),
                Arrival::Part | Arrival::TooMuch => (message(Tone::Bad, &lang.bank_told_other(came, due))),
            }
            (transfer(lang, due, shown))
            @if came == Money::ZERO { p.hint { (lang.vietqr_wait()) } }
        }
    }
}

fn transfer(lang: Lang, due: Money, shown: &VietQrState) -> Markup {
    html! {
        dl.sums {
            dt { (lang.transfer_amount()) } dd { (due) }
            dt { (lang.transfer_reference()) } dd { (shown.reference) }
            dt { (lang.transfer_account()) } dd { (shown.account) }
        }
    }
}

fn several(lang: Lang, given: &Given) -> Markup {
    html! {
        (amount("cash", lang.cash(), &given.cash, "", true))
        (amount("vietqr", lang.transfer(), &given.vietqr, "", false))
        (amount("card", lang.card(), &given.card, "", false))
        p.hint { (lang.several_hint()) }
    }
}

fn amount(name: &str, label: &str, value: &str, empty: &str, first: bool) -> Markup {
    html! {
        div.given {
            label for=(name) { (label) }
            input id=(name) name=(name) inputmode="numeric" autocomplete="off" maxlength="20" data-vnd value=(value)
                placeholder=[(!empty.is_empty()).then_some(empty)] autofocus[first];
        }
    }
}

/// The cursor waits in the name; a manager's fields come only after the limit was met.
fn credit(lang: Lang, given: &Given, managers: Option<&Managers>) -> Markup {
    html! {
        div.given.text {
            label for="owed_by" { (lang.owed_by()) }
            input #owed_by name="owed_by" autocomplete="off" maxlength=(NAME_MOST) value=(given.owed_by) required
                autofocus[managers.is_none()];
        }
        (amount("cash", lang.cash(), &given.cash, "0", false))
        @match managers {
            None => {
                (amount("vietqr", lang.transfer(), &given.vietqr, "0", false))
                (amount("card", lang.card(), &given.card, "0", false))
            }
            // What was typed stays; there is no room for its fields beside the manager's.
            Some(managers) => {
                @for (name, typed) in [("vietqr", &given.vietqr), ("card", &given.card)] {
                    @if !typed.is_empty() { input type="hidden" name=(name) value=(typed); }
                }
                (approval::fields(lang, managers, "credit", Asks::Late))
            }
        }
        p.hint { (lang.credit_hint()) }
    }
}

/// The sale is done before anybody saw the money: it waits on the page of open amounts.
fn claimed(lang: Lang, payment: &PaymentState) -> Markup {
    html! {
        button.plain form=(FINISH_FORM) data-fresh name="claimed" value=(transfer_vnd(payment))
            aria-keyshortcuts=(keys::CLAIMED.shortcut) { (keys::CLAIMED.label(lang)) }
    }
}

/// What the code on show asks for.
fn transfer_vnd(payment: &PaymentState) -> i64 {
    payment.vietqr.as_ref().map_or(payment.payable_vnd, |shown| shown.amount_vnd)
}

/// Enter presses it, from a field by the browser's own rule and from elsewhere as a key.
fn finish(lang: Lang, way: Way, payment: &PaymentState, given: &Given) -> Markup {
    let words = match way {
        Way::Vietqr | Way::Card => lang.money_came(),
        Way::Cash | Way::Several | Way::Credit => lang.finish(),
    };
    let transfer = (way == Way::Vietqr).then(|| transfer_vnd(payment));
    let is_typed = matches!(way, Way::Several | Way::Credit);
    let has_field =
        payment.payable_vnd > 0 && (is_typed || (way == Way::Cash && given.chosen_cash.is_none()));
    html! {
        button.primary form=(FINISH_FORM) data-fresh name=[transfer.map(|_| "vietqr")] value=[transfer]
            autofocus[!has_field] aria-keyshortcuts=(keys::FINISH.shortcut) {
            span { (words) } kbd aria-hidden="true" { (keys::FINISH.cap) }
        }
    }
}
