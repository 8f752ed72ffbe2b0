//! Presents packed at the counter: the panel that packs the cart, and unpacks it.

use axum::extract::Form;
use axum::response::Response;
use domain::Money;
use domain::basket::{MESSAGE_MOST, NAME_MOST};
use maud::{Markup, html};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use web::format::local_date;
use web::{Fault, Lang};

use super::gift_texts::GiftTexts;
use super::keys;
use super::side::Side;
use super::visit::Visit;
use crate::counter::basket::{self, NewBasket};
use crate::counter::state::BasketState;
use crate::counter::{CounterState, Note};

/// The panel's form; the button of its foot belongs to it.
const FORM: &str = "pack";

/// What the panel shows: what was typed before, and what it offers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Packing {
    /// As typed.
    pub typed: NewBasket,
    /// Wrappings: product, name, price in đồng.
    pub wrappings: Vec<(Uuid, String, i64)>,
}

impl Packing {
    /// Returns the panel with what was typed.
    ///
    /// # Errors
    /// With what the person is told.
    pub async fn of(visit: &Visit, typed: NewBasket) -> Result<Self, Fault> {
        let date = local_date(visit.app.clock().now_ms());
        let offers = visit.ok(basket::list_wrappings(&visit.app, date).await)?;
        let offered =
            offers.into_iter().map(|offer| (offer.product_id.uuid(), offer.name, offer.price.vnd()));
        Ok(Self { typed, wrappings: offered.collect() })
    }
}

/// A basket to pack.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    sale_id: Uuid,
    /// What it is called.
    name: String,
    /// Who receives it.
    #[serde(default)]
    to: String,
    /// Who gives it.
    #[serde(default)]
    from: String,
    /// A wish.
    #[serde(default)]
    message: String,
    /// The product that is the wrapping; empty for none.
    #[serde(default)]
    wrapping: String,
    /// `yes` for a slip without prices.
    #[serde(default)]
    slip: String,
}

/// Packs the rows that are in no basket yet.
pub async fn pack(visit: Visit, Form(form): Form<Pack>) -> Result<Response, Fault> {
    let request = visit.request(form.sale_id)?;
    let wrapping = form.wrapping.parse::<Uuid>().ok().map(Into::into);
    let wants_slip = form.slip == "yes";
    let Pack { name, to, from, message, .. } = form;
    let new = NewBasket { name, to, from, message, wrapping, wants_slip };
    let state = visit.ok(basket::pack(&visit.app, &visit.seat, &request, &new).await)?;
    let side = match &state.note {
        Note::BadField { .. } => Side::Basket(Box::new(Packing::of(&visit, new).await?)),
        _ => Side::Keys,
    };
    Ok(visit.answer_state(state, &side, None))
}

/// A basket to unpack.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Unpack {
    sale_id: Uuid,
    /// Its number within the sale.
    basket: u8,
}

/// Unpacks a basket; its rows stay.
pub async fn unpack(visit: Visit, Form(form): Form<Unpack>) -> Result<Response, Fault> {
    let request = visit.request(form.sale_id)?;
    visit.answer(basket::unpack(&visit.app, &visit.seat, &request, form.basket).await, &Side::Keys)
}

/// The panel.
pub fn panel(lang: Lang, state: &CounterState, packing: &Packing) -> Markup {
    let rows = state.lines.iter().filter(|line| line.basket.is_none()).count();
    html! {
        div.panel data-modal role="dialog" aria-label=(lang.pack()) {
            @if rows > 0 { (form(lang, packing)) } @else { p { (lang.all_packed()) } }
            (unpacking(lang, &baskets(state), rows == 0))
            div.foot {
                (keys::BACK.button(lang, "/counter/show", Some(("show", "keys"))))
                @if rows > 0 {
                    button.primary form=(FORM) { span { (lang.pack_rows(rows)) } kbd aria-hidden="true" { (keys::FINISH.cap) } }
                }
            }
        }
    }
}

fn form(lang: Lang, packing: &Packing) -> Markup {
    let typed = &packing.typed;
    let text = |name: &str, label: &str, value: &str, most: usize, is_first: bool| {
        html! {
            div.given.text {
                label for={ "gift-" (name) } { (label) }
                input id={ "gift-" (name) } name=(name) autocomplete="off" maxlength=(most) value=(value)
                    required[is_first] autofocus[is_first];
            }
        }
    };
    let name = if typed.name.is_empty() { lang.basket() } else { &typed.name };
    html! {
        form.entry #(FORM) data-post="/counter/pack" {
            (text("name", lang.basket_name(), name, NAME_MOST, true))
            @if !packing.wrappings.is_empty() { (wrappings(lang, packing)) }
            details.ending {
                summary { (lang.gift_words()) }
                (text("to", lang.gift_to(), &typed.to, NAME_MOST, false))
                (text("from", lang.gift_from(), &typed.from, NAME_MOST, false))
                (text("message", lang.gift_message(), &typed.message, MESSAGE_MOST, false))
            }
            label.tick {
                input type="checkbox" name="slip" value="yes" checked[typed.wants_slip || typed.name.is_empty()];
                span { (lang.gift_slip_wanted()) }
            }
        }
    }
}

fn wrappings(lang: Lang, packing: &Packing) -> Markup {
    let chosen = packing.typed.wrapping.map(domain::ids::ProductId::uuid);
    html! {
        div.given.text {
            label for="gift-wrapping" { (lang.wrapping()) }
            select #gift-wrapping name="wrapping" {
                option value="" { (lang.no_wrapping()) }
                @for (product_id, name, price_vnd) in &packing.wrappings {
                    option value=(product_id) selected[chosen == Some(*product_id)] { (name) " · " (Money::new(*price_vnd)) }
                }
            }
        }
    }
}

/// The baskets of the cart, each once.
fn baskets(state: &CounterState) -> Vec<&BasketState> {
    let mut baskets: Vec<&BasketState> = state.lines.iter().filter_map(|line| line.basket.as_ref()).collect();
    baskets.sort_by_key(|basket| basket.number);
    baskets.dedup();
    baskets
}

fn unpacking(lang: Lang, baskets: &[&BasketState], has_focus: bool) -> Markup {
    html! {
        @if !baskets.is_empty() {
            div.held {
                @for (index, basket) in baskets.iter().enumerate() {
                    button type="button" data-post="/counter/unpack" name="basket" value=(basket.number)
                        autofocus[has_focus && index == 0] { (lang.unpack(&basket.name)) }
                }
            }
        }
    }
}
