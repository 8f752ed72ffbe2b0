//! Goods by weight: the panel that asks for the weight of what a code or a name stood for, and its answer.

use axum::extract::Form;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use web::{Fault, Lang};

use super::gift_texts::GiftTexts;
use super::keys;
use super::side::Side;
use super::visit::Visit;
use crate::counter::{Note, scan};

/// The panel's form; the button of its foot belongs to it.
const FORM: &str = "weigh";
/// Goods whose weight a counter may still ask for.
const OPEN_MAX: usize = 20;

/// What the panel asks the weight of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weighing {
    /// The product.
    pub product_id: Uuid,
    /// Its name; empty when the note has told it.
    pub name: String,
    /// What was typed before and is no weight.
    pub typed: String,
}

/// A weight as typed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Weigh {
    sale_id: Uuid,
    product_id: Uuid,
    /// The product's name, to be shown again.
    #[serde(default)]
    name: String,
    /// Kilograms, or grams with their unit: `0,35`, `350g`.
    weight: String,
}

/// Adds a weighed product with its weight.
pub async fn weigh(visit: Visit, Form(form): Form<Weigh>) -> Result<Response, Fault> {
    let request = visit.request(form.sale_id)?;
    let product_id = form.product_id.into();
    let done = scan::weigh(&visit.app, &visit.seat, &request, product_id, &form.weight).await;
    let state = visit.ok(done)?;
    let side = match &state.note {
        Note::BadWeight => {
            let Weigh { product_id, name, weight: typed, .. } = form;
            Side::Weigh(Box::new(Weighing { product_id, name, typed }))
        }
        note => {
            let seat = &visit.seat.counter;
            visit.site.weighing(seat, |asked| asked.retain(|other| other.product_id != form.product_id));
            after(&visit, note)
        }
    };
    Ok(visit.answer_state(state, &side, None))
}

/// Returns the right column that a note asks for: a weight, or nothing in particular.
pub fn asked(note: &Note) -> Side {
    match note {
        Note::NeedsWeight { product_id, name } => Side::Weigh(Box::new(Weighing {
            product_id: *product_id,
            name: name.clone(),
            typed: String::new(),
        })),
        _ => Side::Keys,
    }
}

/// Returns the right column after goods were scanned or chosen: the weight that a note asks for, or one that is still open
/// from before. A buyer's next goods do not take the question away, or its goods would leave unpaid.
pub fn after(visit: &Visit, note: &Note) -> Side {
    visit.site.weighing(&visit.seat.counter, |open| {
        if let Side::Weigh(asked) = asked(note) {
            open.retain(|other| other.product_id != asked.product_id);
            open.push(*asked);
            let more = open.len().saturating_sub(OPEN_MAX);
            open.drain(..more);
        }
        open.last().map_or(Side::Keys, |asked| Side::Weigh(Box::new(asked.clone())))
    })
}

/// The panel.
pub fn panel(lang: Lang, weighing: &Weighing) -> Markup {
    html! {
        div.panel data-modal role="dialog" aria-label=(lang.weight()) {
            h2 { (weighing.name) }
            form.entry #(FORM) data-post="/counter/weigh" {
                input type="hidden" name="product_id" value=(weighing.product_id);
                input type="hidden" name="name" value=(weighing.name);
                (field(lang, "weight", &weighing.typed, ""))
            }
            div.foot {
                (keys::BACK.button(lang, "/counter/show", Some(("show", "keys"))))
                button.primary form=(FORM) { span { (lang.add_weighed()) } kbd aria-hidden="true" { (keys::FINISH.cap) } }
            }
        }
    }
}

/// The field that a weight is typed into; `placeholder` is the one that holds now.
pub fn field(lang: Lang, name: &str, typed: &str, placeholder: &str) -> Markup {
    html! {
        div.given {
            label for=(name) { (lang.weight()) }
            input id=(name) name=(name) inputmode="decimal" autocomplete="off" maxlength="12" value=(typed)
                placeholder=(placeholder) aria-describedby={ (name) "-about" } required autofocus;
        }
        p.hint id={ (name) "-about" } { (lang.weight_hint()) }
    }
}
