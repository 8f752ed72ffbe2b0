//! The open carts of the counter: their tabs, the panels that park one and list the parked ones, and the key that takes
//! the last change back.

use axum::extract::Form;
use axum::response::Response;
use domain::Money;
use maud::{Markup, html};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use web::format::{datetime_text, local_date, local_time_text};
use web::{Fault, Lang};

use super::cart_texts::CartTexts;
use super::keys;
use super::side::Side;
use super::visit::Visit;
use crate::counter::CounterState;
use crate::counter::carts::{self, CartTab, NAME_MOST};

/// The form that parks a cart.
const PARK_FORM: &str = "park-cart";
/// Carts that a digit brings back.
const DIGITS: i64 = 9;

/// A cart that is parked.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Park {
    sale_id: Uuid,
    /// Whose it is; at most 40 characters count, none are needed.
    #[serde(default)]
    name: String,
}

/// Parks the cart on screen.
pub async fn park(visit: Visit, Form(form): Form<Park>) -> Result<Response, Fault> {
    let request = visit.request(form.sale_id)?;
    visit.answer(carts::park(&visit.app, &visit.seat, &request, &form.name).await, &Side::Keys)
}

/// Another cart.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenCart {
    sale_id: Uuid,
}

/// Opens another cart.
pub async fn open(visit: Visit, Form(form): Form<OpenCart>) -> Result<Response, Fault> {
    let request = visit.request(form.sale_id)?;
    visit.answer(carts::open(&visit.app, &visit.seat, &request).await, &Side::Keys)
}

/// A parked cart that is wanted.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Resume {
    sale_id: Uuid,
    /// The sale of the parked cart.
    to_sale_id: Uuid,
}

/// Goes on with a parked cart.
pub async fn resume(visit: Visit, Form(form): Form<Resume>) -> Result<Response, Fault> {
    let request = visit.request(form.sale_id)?;
    let wanted = form.to_sale_id.into();
    visit.answer(carts::resume(&visit.app, &visit.seat, &request, wanted).await, &Side::Keys)
}

/// The last change, which is not wanted.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TakeBack {
    sale_id: Uuid,
}

/// Takes the last change back.
pub async fn take_back(visit: Visit, Form(form): Form<TakeBack>) -> Result<Response, Fault> {
    let request = visit.request(form.sale_id)?;
    visit.answer(carts::take_back(&visit.app, &visit.seat, &request).await, &Side::Keys)
}

/// Returns what a cart is called: its name, or its number.
pub fn title(lang: Lang, number: i64, name: &str) -> String {
    if name.is_empty() { lang.cart_number(number) } else { name.to_owned() }
}

/// `#sales`: a tab for each open cart, and one more for a new one.
pub fn fragment(lang: Lang, state: &CounterState) -> Markup {
    html! {
        nav #sales.sales aria-label=(lang.carts_label()) {
            @for tab in &state.carts { (tab_of(lang, state, tab)) }
            button.plus type="button" data-post="/counter/new" aria-label=(lang.new_cart()) title=(lang.new_cart())
                aria-keyshortcuts=(keys::NEW_CART.shortcut) { "+" }
        }
    }
}

fn tab_of(lang: Lang, state: &CounterState, tab: &CartTab) -> Markup {
    let is_here = tab.sale_id == state.sale_id;
    let key = key_of(tab);
    html! {
        button type="button" data-post="/counter/resume" name="to_sale_id" value=(tab.sale_id)
            aria-current=[is_here.then_some("true")] aria-keyshortcuts=[key] {
            span { (title(lang, tab.number, &tab.name)) }
            @if !is_here { span.money { (Money::new(tab.payable_vnd)) } }
        }
    }
}

fn key_of(tab: &CartTab) -> Option<String> {
    (tab.number <= DIGITS).then(|| format!("Alt+{}", tab.number))
}

/// `#undo`: the button beside the note that takes the last change back.
pub fn undo(lang: Lang, state: &CounterState) -> Markup {
    html! {
        div #undo.undo hidden[!state.can_take_back] {
            (keys::TAKE_BACK.button(lang, "/counter/undo", None))
        }
    }
}

/// The panel that parks the cart on screen.
pub fn park_panel(lang: Lang, state: &CounterState) -> Markup {
    let here = state.carts.iter().find(|tab| tab.sale_id == state.sale_id);
    let called = here.map(|tab| title(lang, tab.number, &tab.name)).unwrap_or_default();
    html! {
        div.panel data-modal role="dialog" aria-label=(lang.park()) {
            h2 { (lang.park_question()) }
            form.entry #(PARK_FORM) data-post="/counter/park" {
                div.field {
                    label for="cart-name" { (lang.park_name()) }
                    input #cart-name name="name" autocomplete="off" maxlength=(NAME_MOST) placeholder=(called)
                        aria-describedby="cart-name-about" autofocus;
                }
                p.hint #cart-name-about { (lang.park_hint()) }
            }
            div.foot {
                (keys::BACK.button(lang, "/counter/show", Some(("show", "keys"))))
                button.primary form=(PARK_FORM) aria-keyshortcuts=(keys::PARK.shortcut) {
                    span { (lang.park()) } kbd aria-hidden="true" { (keys::FINISH.cap) }
                }
            }
        }
    }
}

/// The panel with the parked carts, the last one first: Enter, its key or a tap brings one back. A digit alone does
/// not: that may be a scanner.
pub fn parked_panel(lang: Lang, state: &CounterState, now_ms: i64) -> Markup {
    let mut parked: Vec<&CartTab> = state.carts.iter().filter(|tab| tab.sale_id != state.sale_id).collect();
    parked.sort_by_key(|tab| std::cmp::Reverse(tab.parked_at_ms));
    html! {
        div.panel data-modal role="dialog" aria-label=(lang.parked()) {
            h2 { (lang.parked()) }
            @if parked.is_empty() { p { (lang.none_parked()) } }
            div.held {
                @for (index, tab) in parked.iter().enumerate() { (parked_cart(lang, tab, index == 0, now_ms)) }
            }
            div.foot {
                button type="button" data-post="/counter/show" name="show" value="keys" autofocus[parked.is_empty()]
                    aria-keyshortcuts=(keys::BACK.shortcut) { (keys::BACK.label(lang)) }
            }
        }
    }
}

fn parked_cart(lang: Lang, tab: &CartTab, is_first: bool, now_ms: i64) -> Markup {
    let key = key_of(tab);
    let at_ms = tab.parked_at_ms.unwrap_or(now_ms);
    let since =
        if local_date(at_ms) == local_date(now_ms) { local_time_text(at_ms) } else { datetime_text(at_ms) };
    html! {
        button type="button" data-post="/counter/resume" name="to_sale_id" value=(tab.sale_id)
            aria-keyshortcuts=[key.as_deref()] autofocus[is_first] {
            @if let Some(key) = &key { kbd aria-hidden="true" { (key) } }
            span { (title(lang, tab.number, &tab.name)) small { (lang.parked_about(since, tab.items)) } }
            span.money { (Money::new(tab.payable_vnd)) }
        }
    }
}
