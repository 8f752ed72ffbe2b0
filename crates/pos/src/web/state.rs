//! The answer to an action: the counter's whole state, as elements for the page or as JSON for programs.

use axum::Json;
use axum::http::HeaderName;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use web::Fault;

use super::cart_rows::Rows;
use super::discount::{Reducing, What};
use super::error::Trouble;
use super::side::{self, Side};
use super::visit::{Visit, Wanted};
use super::{cart, chips, note, pad, paper, tabs};
use crate::bank_watch::Code;
use crate::counter::{CounterState, Note, state};

/// The header with the state's number: the page drops what it has passed.
const STATE: HeaderName = HeaderName::from_static("x-state");

impl Visit {
    /// Answers an action with the state that it left, and the right column.
    ///
    /// # Errors
    /// With what the person is told when the action could not be carried out.
    pub fn answer(
        &self,
        outcome: Result<CounterState, impl Into<Trouble>>,
        side: &Side,
    ) -> Result<Response, Fault> {
        Ok(self.answer_state(self.ok(outcome)?, side, None))
    }

    /// Answers with a state; `results` are products to choose from. Whatever brought goods past their date into the cart,
    /// the leave for them is asked for beside it.
    pub fn answer_state(&self, state: CounterState, side: &Side, results: Option<Markup>) -> Response {
        let asks =
            matches!((&state.note, side), (Note::PastDateNeedsManager { .. }, Side::Keys | Side::AsItIs));
        let side = if asks {
            Side::Reduce(Box::new(Reducing::new(What::PastDate)))
        } else {
            self.at_rest(side.clone())
        };
        self.site.choose(&self.seat.counter, state.chosen);
        if !matches!(side, Side::Weigh(_)) {
            self.site.weighing(&self.seat.counter, Vec::clear);
        }
        self.show_code(side.code(state.sale_id.into()));
        let number = [(STATE, state.number.to_string())];
        match self.wanted {
            Wanted::Json => (number, Json(state)).into_response(),
            Wanted::Markup => (number, self.elements(&state, &side, results)).into_response(),
        }
    }

    fn elements(&self, state: &CounterState, side: &Side, results: Option<Markup>) -> Markup {
        html! {
            (around(self.lang, state))
            (self.cart(state))
            (note::fragment(self.lang, &state.note))
            @if let Some(results) = results { (results) }
            @if *side == Side::AsItIs { (beside(self.lang, state)) } @else { (side::fragment(self.lang, state, side)) }
        }
    }

    /// The cart, but for rows that the window says it shows.
    fn cart(&self, state: &CounterState) -> Markup {
        let rows = Rows::write(self.lang, state);
        let shown = self.site.answer_rows(&self.seat.counter, rows.digests(), self.shown_rows.as_deref());
        cart::fragment_beside(self.lang, state, &rows, &shown)
    }

    /// Remembers which VietQR is on the screen: the bank is asked about it, and the customer's screen shows it, too.
    pub fn show_code(&self, code: Option<Code>) {
        if self.app.bank_watch().show(&self.seat.counter, code, self.app.clock().monotonic_ms()) {
            self.app.tell_changed();
        }
    }

    /// Returns the state as it is, with nothing to tell.
    ///
    /// # Errors
    /// With what the person is told.
    pub async fn state(&self, note: Note) -> Result<CounterState, Fault> {
        let chosen = self.site.chosen(&self.seat.counter);
        self.ok(state::load(&self.app, &self.seat, note, chosen).await)
    }
}

/// The elements that show what is, whoever caused it: each window gets them by its stream. The note and an open panel
/// belong to the window that acted.
pub fn whole(lang: web::Lang, state: &CounterState) -> Markup {
    html! { (around(lang, state)) (cart::fragment(lang, state)) }
}

fn around(lang: web::Lang, state: &CounterState) -> Markup {
    html! {
        (chips::fragment(lang, state))
        (note::missed(lang, state))
        (paper::fragment(lang, state))
        (tabs::fragment(lang, state))
        (pad::mark(lang, state))
        (tabs::undo(lang, state))
    }
}

/// The elements of the right column that a stream may change while it shows the keys; a panel has none of them.
pub fn beside(lang: web::Lang, state: &CounterState) -> Markup {
    html! { (side::total(lang, state)) (side::previous(lang, state)) }
}
