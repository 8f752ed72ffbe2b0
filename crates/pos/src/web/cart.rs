//! The open cart: its rows, and the buttons that keys press for the chosen one.

use domain::Money;
use maud::{Markup, html};
use web::Lang;
use web::fragment::stars;

use super::keys;
use super::texts::CounterTexts;
use crate::counter::CounterState;
use crate::counter::state::LineState;

/// The form that holds the chosen row, for buttons elsewhere on the page.
const CHOSEN_FORM: &str = "chosen";

/// `#cart`: the rows; each request of the page names the sale that stands here.
pub fn fragment(lang: Lang, state: &CounterState) -> Markup {
    html! {
        section #cart.cart aria-label=(lang.cart_label()) data-sale=(state.sale_id) tabindex="-1" {
            @if state.lines.is_empty() {
                p.nothing { (lang.cart_empty()) }
            } @else {
                table {
                    thead { tr {
                        th { (lang.column_product()) }
                        th.n { (lang.column_quantity()) }
                        th.n { (lang.column_price()) }
                        th.n { (lang.column_amount()) }
                    } }
                    tbody {
                        @for (index, line) in state.lines.iter().enumerate() {
                            (row(lang, index, line, state.chosen == Some(index)))
                        }
                    }
                }
                (chosen(lang, state))
            }
        }
    }
}

fn row(lang: Lang, index: usize, line: &LineState, chosen: bool) -> Markup {
    html! {
        tr.chosen[chosen] aria-current=[chosen.then_some("true")] {
            td { (line.name) (stars(lang, line.stars)) small { (line.unit) } }
            td.steps {
                form data-post="/counter/step" {
                    (place(index, line))
                    div {
                        button name="pieces" value="-1" tabindex="-1" aria-label=(lang.one_less(&line.name)) { "−" }
                        output { (line.quantity()) }
                        button name="pieces" value="1" tabindex="-1" aria-label=(lang.one_more(&line.name)) { "+" }
                    }
                }
            }
            td.n { (Money::new(line.price_vnd)) }
            td.n { (Money::new(line.amount_vnd)) }
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

/// What ↑ ↓ Del + − press.
fn chosen(lang: Lang, state: &CounterState) -> Markup {
    let Some((index, line)) = state.chosen.and_then(|row| Some((row, state.lines.get(row)?))) else {
        return html! {};
    };
    let neighbour = |row: usize| row.to_string();
    html! {
        form #(CHOSEN_FORM) { (place(index, line)) }
        @if let Some(above) = index.checked_sub(1) {
            (keys::UP.unseen(lang, "/counter/select", None, Some(("row", &neighbour(above)))))
        }
        @if index + 1 < state.lines.len() {
            (keys::DOWN.unseen(lang, "/counter/select", None, Some(("row", &neighbour(index + 1)))))
        }
        (keys::REMOVE.unseen(lang, "/counter/remove", Some(CHOSEN_FORM), None))
        (keys::MORE.unseen(lang, "/counter/step", Some(CHOSEN_FORM), Some(("pieces", "1"))))
        (keys::LESS.unseen(lang, "/counter/step", Some(CHOSEN_FORM), Some(("pieces", "-1"))))
    }
}
