//! The open cart: its rows, and the buttons that keys press for the chosen one.

use domain::{Money, Quantity};
use maud::{Markup, html};
use web::Lang;
use web::fragment::stars;

use super::cart_rows::{self, RowDigest, Rows};
use super::cart_texts::CartTexts;
use super::gift_texts::GiftTexts;
use super::keys;
use super::texts::CounterTexts;
use crate::counter::CounterState;
use crate::counter::state::{LineState, PartState};

/// The form that takes the chosen row out.
const REMOVE_FORM: &str = "remove-row";

/// `#cart`: the rows; each request of the page names the sale that stands here.
pub fn fragment(lang: Lang, state: &CounterState) -> Markup {
    fragment_beside(lang, state, &Rows::write(lang, state), &[])
}

/// The same for a window that shows the rows `shown`: what it has of them is not written again.
pub fn fragment_beside(lang: Lang, state: &CounterState, rows: &Rows, shown: &[RowDigest]) -> Markup {
    let since = (!shown.is_empty()).then(|| cart_rows::name(shown));
    let name = cart_rows::name(&rows.digests());
    html! {
        section #cart.cart aria-label=(lang.cart_label()) data-sale=(state.sale_id) data-merge data-rows=(name) data-since=[since] tabindex="0" {
            @if state.lines.is_empty() {
                (nothing(lang, state))
            } @else {
                table {
                    thead { tr {
                        th { (lang.column_product()) }
                        th.n { (lang.column_quantity()) }
                        th.n { (lang.column_price()) }
                        th.n { (lang.column_amount()) }
                    } }
                    tbody { (rows.beside(shown)) }
                }
                (chosen(lang, state))
            }
        }
    }
}

/// An empty cart still tells what went back to the last buyer: the money is being counted out now.
fn nothing(lang: Lang, state: &CounterState) -> Markup {
    let change_vnd = state.last_sale.as_ref().map_or(0, |last| last.change_vnd);
    html! {
        div.nothing {
            @if change_vnd > 0 {
                p.payable { span { (lang.give_back()) } output { (Money::new(change_vnd)) } }
            }
            p { (lang.cart_empty()) }
        }
    }
}

/// One row; the chosen one has the buttons that keys press.
pub fn row(lang: Lang, index: usize, line: &LineState, chosen: bool) -> Markup {
    html! {
        tr.chosen[chosen] {
            td {
                button.pick type="button" data-post="/counter/select" name="row" value=(index) aria-pressed=(chosen) {
                    span { (line.name) (stars(lang, line.stars)) }
                    small {
                        (line.unit)
                        @if !line.parts.is_empty() { " · " (lang.combo_holds(parts(line))) }
                        @if let Some(basket) = &line.basket { " · " (basket.name) }
                        @if !line.promotion.is_empty() { " · " (lang.promotion(&line.promotion)) }
                        @if !line.remark.is_empty() { " · " (line.remark) }
                    }
                }
            }
            @if chosen { (steps(lang, index, line)) } @else { td.n { (line.quantity_text()) } }
            td.n { (was(lang, line.list_price_vnd)) (Money::new(line.price_vnd)) @if line.is_weighed { "/" (line.unit) } }
            td.n {
                (was(lang, (line.discount_vnd != 0).then_some(line.amount_vnd + line.discount_vnd)))
                (Money::new(line.amount_vnd))
            }
        }
    }
}

/// What it would cost otherwise, struck through.
fn was(lang: Lang, vnd: Option<i64>) -> Markup {
    html! {
        @if let Some(vnd) = vnd { s.was { span.hidden { (lang.price_before()) " " } (Money::new(vnd)) } }
    }
}

/// What a combo holds: `2 Tỏi đen, 1 Nước mắm`.
fn parts(line: &LineState) -> String {
    let part = |part: &PartState| format!("{} {}", Quantity::from_milli(part.quantity_milli), part.name);
    line.parts.iter().map(part).collect::<Vec<_>>().join(", ")
}

/// None, one less and one more of the chosen row; the last two weigh again what has no pieces.
fn steps(lang: Lang, index: usize, line: &LineState) -> Markup {
    let step = |key: keys::Key, pieces: &str, sign: &str, words: String| {
        html! {
            button name="pieces" value=(pieces) aria-keyshortcuts=(key.shortcut) aria-label=(words) { (sign) }
        }
    };
    let (less, more) = match line.is_weighed {
        true => (lang.weigh_again().to_owned(), lang.weigh_again().to_owned()),
        false => (lang.one_less(&line.name), lang.one_more(&line.name)),
    };
    html! {
        td.steps {
            form data-post="/counter/step" {
                (place(index, line))
                div {
                    button form=(REMOVE_FORM) aria-keyshortcuts=(keys::REMOVE.shortcut) aria-label=(lang.take_out(&line.name)) { "✕" }
                    (step(keys::LESS, "-1", "−", less))
                    (step(keys::MORE, "1", "+", more))
                    output { (line.quantity_text()) }
                }
            }
        }
    }
}

/// A row is named by its place and its product: one that moved meanwhile is left alone.
fn place(index: usize, line: &LineState) -> Markup {
    html! {
        input type="hidden" name="row" value=(index);
        input type="hidden" name="product_id" value=(line.product_id);
    }
}

/// What ↑ ↓ press, and the form of the button that takes the row out.
fn chosen(lang: Lang, state: &CounterState) -> Markup {
    let Some((index, line)) = state.chosen.and_then(|row| Some((row, state.lines.get(row)?))) else {
        return html! {};
    };
    html! {
        form #(REMOVE_FORM) data-post="/counter/remove" { (place(index, line)) }
        form data-post="/counter/select" {
            @if let Some(above) = index.checked_sub(1) { (keys::UP.unseen(lang, above)) }
            @if index + 1 < state.lines.len() { (keys::DOWN.unseen(lang, index + 1)) }
        }
    }
}
