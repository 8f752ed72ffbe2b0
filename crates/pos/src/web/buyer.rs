//! To whom the e-invoice of the open cart is made out: a panel of the counter.

use std::fmt;

use axum::extract::Form;
use axum::response::Response;
use domain::Money;
use domain::invoice::buyer::{BuyerError, TypedBuyer};
use maud::{Markup, html};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use web::form::select;
use web::{Fault, Lang};

use super::invoice_form::{field, words};
use super::invoice_texts::InvoiceTexts;
use super::keys;
use super::side::Side;
use super::visit::Visit;
use crate::counter::{CounterState, Note, buyer};
use crate::db::{self, counters};
use crate::invoicing::read_buyer;

/// The form of the panel.
const FORM: &str = "set-buyer";

/// A buyer as typed. No `Debug`: names belong into no log.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetBuyer {
    sale_id: Uuid,
    /// `none`, `person`, `organisation` or `foreigner`.
    kind: String,
    #[serde(default)]
    name: String,
    /// Tax number, personal number or number of a passport.
    #[serde(default)]
    number: String,
    /// Address; the country of a foreigner.
    #[serde(default)]
    address: String,
}

/// What the panel shows.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct BuyerPanel {
    typed: TypedBuyer,
    wrong: Option<BuyerError>,
}

impl fmt::Debug for BuyerPanel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BuyerPanel").field("wrong", &self.wrong).finish_non_exhaustive()
    }
}

impl BuyerPanel {
    /// Returns the panel as it opens: with the buyer of the cart, else for a company.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn of(visit: &Visit) -> Result<Self, Fault> {
        let mut reader = visit.ok(visit.app.db().read().acquire().await.map_err(db::Error::from))?;
        let counter = visit.ok(counters::load_counter(&mut reader, &visit.seat.counter).await)?;
        let company = TypedBuyer { kind: "organisation".to_owned(), ..TypedBuyer::default() };
        let typed = read_buyer(counter.buyer.as_deref()).map_or(company, |buyer| TypedBuyer {
            kind: buyer.kind,
            name: buyer.name,
            number: buyer.number,
            address: buyer.address,
        });
        Ok(Self { typed, wrong: None })
    }

    /// Returns panels to be looked at: an empty one, and one with a wrong number.
    pub fn samples() -> [Self; 2] {
        let typed = TypedBuyer {
            kind: "organisation".to_owned(),
            name: "Công ty trách nhiệm hữu hạn một thành viên".repeat(4),
            number: "0100109107".to_owned(),
            address: String::new(),
        };
        [Self::default(), Self { typed, wrong: Some(BuyerError::TaxNumber) }]
    }
}

/// Writes the buyer of the open cart down.
pub async fn set(visit: Visit, Form(form): Form<SetBuyer>) -> Result<Response, Fault> {
    let request = visit.request(form.sale_id)?;
    let SetBuyer { kind, name, number, address, .. } = form;
    let typed = TypedBuyer { kind, name, number, address };
    match typed.read() {
        Ok(read) => {
            visit.answer(buyer::set_buyer(&visit.app, &visit.seat, &request, &read).await, &Side::Keys)
        }
        Err(wrong) => {
            let state = visit.state(Note::BadField { field: field(wrong).to_owned() }).await?;
            let shown = BuyerPanel { typed, wrong: Some(wrong) };
            Ok(visit.answer_state(state, &Side::Buyer(Box::new(shown)), None))
        }
    }
}

/// The panel.
pub fn panel(lang: Lang, shown: &BuyerPanel) -> Markup {
    let BuyerPanel { typed, wrong } = shown;
    let kinds = [
        ("organisation", lang.kind_organisation()),
        ("person", lang.kind_person()),
        ("foreigner", lang.kind_foreigner()),
    ];
    let input = |name: &'static str, label: &str, value: &str, is_first: bool| {
        let error = wrong.filter(|wrong| field(*wrong) == name);
        html! {
            div.field {
                label for={ "buyer-" (name) } { (label) }
                input id={ "buyer-" (name) } name=(name) autocomplete="off" maxlength="200" value=(value)
                    aria-invalid=[error.map(|_| "true")] autofocus[error.is_some() || (is_first && wrong.is_none())];
                @if let Some(error) = error { p.error { span aria-hidden="true" { "✕ " } (words(lang, error)) } }
            }
        }
    };
    html! {
        div.panel data-modal role="dialog" aria-label=(lang.buyer_key()) {
            h2 { (lang.buyer_question()) }
            form.entry #(FORM) data-post="/counter/buyer" {
                (select("kind", lang.buyer_kind(), &kinds, &typed.kind, None))
                (input("number", lang.buyer_number(), &typed.number, true))
                (input("name", lang.buyer_name(), &typed.name, false))
                (input("address", lang.buyer_address(), &typed.address, false))
            }
            p.hint { (lang.buyer_about()) }
            div.foot {
                (keys::BACK.button(lang, "/counter/show", Some(("show", "keys"))))
                @if !typed.name.is_empty() {
                    button type="button" data-post="/counter/buyer" name="kind" value="none" { (lang.buyer_nobody()) }
                }
                button.primary form=(FORM) { span { (lang.save_buyer()) } kbd aria-hidden="true" { (keys::FINISH.cap) } }
            }
        }
    }
}

/// The buyer under the total, and what a large sale to a business needs.
pub fn line(lang: Lang, state: &CounterState) -> Markup {
    html! {
        @if let Some(buyer) = &state.buyer {
            p.small { (lang.buyer_here(&buyer.name)) }
            @if buyer.needs_transfer(Money::new(state.payable_vnd)) { p.small { "⚠ " (lang.buyer_needs_transfer()) } }
        }
    }
}
