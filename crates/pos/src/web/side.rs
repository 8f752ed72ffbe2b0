//! The right column: what is to be paid and the keys, or one of the panels that take their place.

use std::sync::Arc;

use domain::Money;
use domain::ids::SaleId;
use maud::{Markup, html};
use web::Lang;
use web::fragment::{Tone, chip};

use super::bank_texts::BankTexts;
use super::basket::{self, Packing};
use super::best_sellers::{self, BestSellers};
use super::buyer::{self, BuyerPanel};
use super::cart_texts::CartTexts;
use super::deposit::{self, Taking};
use super::deposit_texts::DepositTexts;
use super::discount::{self, Reducing};
use super::exchange;
use super::keys::{self, Key, Press};
use super::menu::{self, Menu};
use super::open_tender_texts::OpenTenderTexts;
use super::pad::{self, PadPanel};
use super::refund_texts::RefundTexts;
use super::switch::{self, Switch};
use super::tabs;
use super::tender::{self, Tender, Way};
use super::texts::CounterTexts;
use super::weigh::{self, Weighing};
use crate::bank_watch::Code;
use crate::counter::CounterState;
use crate::counter::pad::Twin;
use crate::counter::state::{LastSale, LineState};

/// The form of a row's quantity.
const QUANTITY_FORM: &str = "set-quantity";

/// What the right column shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Side {
    /// The keys and the pay button.
    Keys,
    /// What it shows already; only what is to be paid changes.
    AsItIs,
    /// Tiles of what sells most, and the pay button.
    BestSellers {
        /// Which.
        shown: Arc<BestSellers>,
        /// Somebody has just asked for them.
        is_new: bool,
    },
    /// A field for the chosen row's quantity.
    Quantity,
    /// A field for the weight of a product that is in no cart yet.
    Weigh(Box<Weighing>),
    /// Fields for a present.
    Basket(Box<Packing>),
    /// The question before the cart is cleared.
    Clear,
    /// A field for the name of the cart that is to be parked.
    Park,
    /// The parked carts.
    Parked {
        /// The moment of the list, UTC milliseconds.
        now_ms: i64,
    },
    /// Something taken off by hand.
    Reduce(Box<Reducing>),
    /// Something noted down.
    Remark,
    /// All keys.
    Help,
    /// The other pages.
    Menu(Box<Menu>),
    /// Another person takes over.
    Switch(Box<Switch>),
    /// To whom the invoice is made out.
    Buyer(Box<BuyerPanel>),
    /// When a sale from the pad was made.
    Pad(Box<PadPanel>),
    /// The question about sales that one from the pad may be.
    Twins(Vec<Twin>),
    /// Taking a deposit.
    Deposit(Box<Taking>),
    /// Taking money.
    Tender(Box<Tender>),
}

impl Side {
    /// Returns what the VietQR on the screen is for, of the cart on the screen.
    pub fn code(&self, sale_id: SaleId) -> Option<Code> {
        let (shown, is_deposit) = match self {
            Self::Tender(tender) if tender.way == Way::Vietqr => (tender.payment.vietqr.as_ref()?, false),
            Self::Deposit(taking) => (taking.vietqr.as_ref()?, true),
            _ => return None,
        };
        Some(Code { sale_id, amount: Money::new(shown.amount_vnd), is_deposit })
    }
}

/// `#side`: the right column.
pub fn fragment(lang: Lang, state: &CounterState, side: &Side) -> Markup {
    html! {
        div #side.side data-merge {
            @match side {
                Side::Keys | Side::AsItIs => { (total(lang, state)) (buttons(lang, state)) },
                Side::BestSellers { shown, is_new } => { (total(lang, state)) (tiles(lang, state, shown, *is_new)) },
                Side::Quantity => { (total(lang, state)) (quantity(lang, state)) },
                Side::Weigh(weighing) => { (total(lang, state)) (weigh::panel(lang, weighing)) },
                Side::Basket(packing) => { (total(lang, state)) (basket::panel(lang, state, packing)) },
                Side::Clear => { (total(lang, state)) (clear(lang, state)) },
                Side::Park => { (total(lang, state)) (tabs::park_panel(lang, state)) },
                Side::Parked { now_ms } => { (total(lang, state)) (tabs::parked_panel(lang, state, *now_ms)) },
                Side::Reduce(shown) => { (total(lang, state)) (discount::panel(lang, state, shown)) },
                Side::Remark => { (total(lang, state)) (discount::remark_panel(lang, state)) },
                Side::Help => (help(lang, state)),
                Side::Menu(menu) => (menu::panel(lang, menu)),
                Side::Buyer(shown) => { (total(lang, state)) (buyer::panel(lang, shown)) },
                Side::Pad(shown) => (pad::panel(lang, state, shown)),
                Side::Twins(twins) => { (total(lang, state)) (pad::question(lang, twins)) },
                Side::Switch(switch) => (switch::panel(lang, switch)),
                Side::Deposit(taking) => (deposit::panel(lang, state, taking)),
                Side::Tender(tender) => (tender::panel(lang, tender)),
            }
        }
    }
}

/// `#total`: items and what is to be paid.
pub fn total(lang: Lang, state: &CounterState) -> Markup {
    let items: i64 = state.lines.iter().map(LineState::items).sum();
    html! {
        section #total.total aria-label=(lang.total_label()) {
            dl {
                dt { (lang.pieces()) } dd { (web::format::count_text(items)) }
                @if state.discount_vnd != 0 { dt { (lang.discount()) } dd { (Money::new(state.discount_vnd)) } }
                (exchange::covered(lang, state))
            }
            output aria-live="off" elementtiming="total" { (Money::new(if state.due_vnd < 0 { -state.due_vnd } else { state.due_vnd })) }
            (exchange::give_up_button(lang, state))
            (buyer::line(lang, state))
        }
    }
}

/// `#previous`: the sale before this one, with the change that went back.
pub fn previous(lang: Lang, state: &CounterState) -> Markup {
    html! {
        @match &state.last_sale {
            Some(last) => section #previous.previous aria-label=(lang.last_sale()) {
                p.small { span { (lang.last_sale()) " " (last.receipt) } a href={ "/receipts/" (last.sale_id) } { (lang.show_receipt()) } }
                p { span { (Money::new(last.payable_vnd)) } (ended(lang, last)) }
            },
            None => div #previous {},
        }
    }
}

/// How the sale before this one was paid: the change that went back, or where its transfer stands.
fn ended(lang: Lang, last: &LastSale) -> Markup {
    match last.claimed_vnd {
        None => html! { span { (lang.change()) " " (Money::new(last.change_vnd)) } },
        Some(0) => chip(Tone::Good, lang.transfer_is_here()),
        Some(_) => chip(Tone::Warn, lang.claimed_transfer()),
    }
}

/// Keys of what has its button elsewhere, in the menu.
const UNSEEN: [(Key, Press<'static>); 2] =
    [(keys::PAD, Press::show("pad")), (keys::PACK, Press::show("basket"))];

/// The keys that have a button in the column, in its order; `printed` is the sale whose receipt is printed again.
fn column<'a>(state: &CounterState, printed: Option<&'a str>) -> Vec<(Key, Press<'a>)> {
    let mut keys = vec![
        (keys::QUANTITY, Press::show("quantity")),
        (keys::REDUCE, Press::show("reduce_line")),
        (keys::PARK, Press::show("park")),
        (keys::PARKED, Press::show("parked")),
        (keys::REMARK, Press::show("remark")),
    ];
    if state.takes_buyer {
        keys.push((keys::BUYER, Press::show("buyer")));
    }
    let reprint = Press::Post("/counter/reprint", printed.map(|id| ("printed_sale_id", id)));
    keys.extend([
        (keys::PRINT, reprint),
        (keys::SHIFT, Press::Open("/shift")),
        (keys::RETURNS, Press::Open("/receipts")),
        (keys::CLEAR, Press::show("clear")),
        (keys::MENU, Press::show("menu")),
        (keys::HELP, Press::show("help")),
    ]);
    keys
}

fn buttons(lang: Lang, state: &CounterState) -> Markup {
    let printed = state.last_sale.as_ref().map(|last| last.sale_id.to_string());
    html! {
        div.keys role="group" aria-label=(lang.keys_label()) {
            @for (key, press) in column(state, printed.as_deref()) { (key.shown(lang, press)) }
            (keys::BEST_SELLERS.shown(lang, Press::show("best_sellers")))
        }
        @for (key, press) in UNSEEN { (key.hidden(lang, press)) }
        (previous(lang, state))
        (pay(lang))
    }
}

/// The tiles in place of the keys, which can still be pressed; Escape alone means another thing, and closes them.
fn tiles(lang: Lang, state: &CounterState, shown: &BestSellers, is_new: bool) -> Markup {
    let printed = state.last_sale.as_ref().map(|last| last.sale_id.to_string());
    let is_other = |(key, _): &(Key, Press<'_>)| key.shortcut != keys::BACK.shortcut;
    html! {
        (best_sellers::panel(lang, shown, is_new))
        @for (key, press) in column(state, printed.as_deref()).into_iter().filter(is_other).chain(UNSEEN) {
            (key.hidden(lang, press))
        }
        div.foot {
            button type="button" data-post="/counter/show" name="show" value="keys_alone"
                aria-keyshortcuts={ (keys::BACK.shortcut) " " (keys::BEST_SELLERS.shortcut) } { (keys::BACK.label(lang)) }
            (pay(lang))
        }
    }
}

fn pay(lang: Lang) -> Markup {
    html! {
        button.primary.pay type="button" data-post="/counter/show" name="show" value="cash" data-fresh
            aria-keyshortcuts=(keys::PAY.shortcut) { (keys::PAY.label(lang)) }
    }
}

fn back(lang: Lang) -> Markup {
    keys::BACK.button(lang, "/counter/show", Some(("show", "keys")))
}

fn quantity(lang: Lang, state: &CounterState) -> Markup {
    let line = state.chosen.and_then(|row| state.lines.get(row));
    html! {
        div.panel data-modal role="dialog" aria-label=(lang.quantity()) {
            @if let Some(line) = line {
                h2 { (line.name) }
                form.entry #(QUANTITY_FORM) data-post="/counter/quantity" {
                    input type="hidden" name="row" value=(state.chosen.unwrap_or(0));
                    input type="hidden" name="product_id" value=(line.product_id);
                    @if line.is_weighed { (weigh::field(lang, "quantity", "", &line.quantity_text())) }
                    @else { (pieces(lang, line)) }
                }
            }
            div.foot {
                (back(lang))
                button.primary form=(QUANTITY_FORM) { span { (lang.set_quantity()) } kbd aria-hidden="true" { (keys::FINISH.cap) } }
            }
        }
    }
}

fn pieces(lang: Lang, line: &LineState) -> Markup {
    html! {
        div.given {
            label for="quantity" { (lang.new_quantity()) }
            input #quantity name="quantity" inputmode="decimal" autocomplete="off" maxlength="12"
                placeholder=(line.quantity_text()) aria-describedby="quantity-about" required autofocus;
        }
        p.hint #quantity-about { (lang.quantity_hint()) }
    }
}

fn clear(lang: Lang, state: &CounterState) -> Markup {
    html! {
        div.panel data-modal role="alertdialog" aria-labelledby="clear-question" {
            @if state.deposit.is_some() {
                // Goods that were ordered are not cleared away.
                h2 #clear-question { (lang.deposit_put_back_question()) }
                p { (lang.deposit_put_back_about()) }
            } @else {
                h2 #clear-question { (lang.clear_question()) }
                p { (lang.clear_about(state.lines.len(), Money::new(state.payable_vnd))) }
            }
            @if let Some(exchange) = &state.exchange { p { (lang.give_up_exchange_of(&exchange.receipt)) "." } }
            div.foot {
                (back(lang))
                button.danger[state.deposit.is_none()] type="button" data-post="/counter/clear" autofocus {
                    span { (if state.deposit.is_some() { lang.deposit_put_back() } else { lang.clear_yes() }) }
                    kbd aria-hidden="true" { (keys::FINISH.cap) }
                }
            }
        }
    }
}

/// Every key, but for the one of e-invoices where nobody makes them.
fn help(lang: Lang, state: &CounterState) -> Markup {
    let is_there = |key: &Key| state.takes_buyer || key.shortcut != keys::BUYER.shortcut;
    html! {
        div.panel.help data-modal role="dialog" aria-label=(lang.help()) {
            @for section in keys::SECTIONS {
                h2 { ((section.title)(lang)) }
                dl.sums {
                    @for key in section.keys().filter(is_there) { dt { ((key.words)(lang)) } dd { kbd { (key.cap) } } }
                }
            }
            h2 { (lang.help_prices()) }
            p { (lang.help_prices_about()) }
            div.foot {
                button type="button" data-post="/counter/show" name="show" value="keys" autofocus
                    aria-keyshortcuts=(keys::BACK.shortcut) { (keys::BACK.label(lang)) }
            }
        }
    }
}
