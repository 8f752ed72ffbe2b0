//! Another person takes over a counter: one key, a PIN, and the cart stays.

use maud::{Markup, html};
use uuid::Uuid;
use web::csrf::CsrfToken;
use web::form::{csrf_field, pin_pad};
use web::words::WebTexts;
use web::{Fault, Lang};

use super::keys;
use super::sign_in::number_of;
use super::texts::CounterTexts;
use super::visit::Visit;
use crate::db::cashiers;

/// The form; the button of the panel's foot belongs to it.
const FORM: &str = "switch";

/// What the panel needs to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Switch {
    /// The session's token.
    pub csrf: CsrfToken,
    /// The counter, from 1.
    pub counter: u8,
    /// Who may sign in: those who are not here first.
    pub people: Vec<(Uuid, String)>,
}

impl Switch {
    /// Returns who could take over.
    ///
    /// # Errors
    /// With what the person is told when the database does not answer.
    pub async fn of(visit: &Visit) -> Result<Self, Fault> {
        let here = visit.seat.cashier_id.uuid();
        let active = visit.ok(cashiers::list_active(visit.app.db().read()).await)?;
        let mut people: Vec<_> = active.into_iter().map(|person| (person.cashier_id, person.name)).collect();
        people.sort_by_key(|(id, _)| *id == here);
        Ok(Self { csrf: visit.csrf.clone(), counter: number_of(&visit.seat.counter), people })
    }
}

/// The panel. It signs in as the sign-in page does, with the same pauses after wrong PINs.
pub fn panel(lang: Lang, switch: &Switch) -> Markup {
    html! {
        div.panel data-modal role="dialog" aria-label=(lang.switch_person()) {
            h2 { (lang.switch_person()) }
            form.entry #(FORM) method="post" action="/sign-in" {
                (csrf_field(&switch.csrf))
                input type="hidden" name="counter" value=(switch.counter);
                div.field {
                    label for="cashier_id" { (lang.who_is_at_the_counter()) }
                    select #cashier_id name="cashier_id" {
                        @for (id, name) in &switch.people { option value=(id) { (name) } }
                    }
                }
                (pin_pad(lang))
            }
            div.foot {
                (keys::BACK.button(lang, "/counter/show", Some(("show", "keys"))))
                button.primary form=(FORM) { span { (lang.unlock()) } kbd aria-hidden="true" { (keys::FINISH.cap) } }
            }
        }
    }
}
