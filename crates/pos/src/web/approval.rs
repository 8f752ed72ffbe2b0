//! The fields by which a manager allows one act at a cashier's counter.

use domain::ids::CashierId;
use maud::{Markup, html};
use uuid::Uuid;
use web::Lang;
use web::password::Pin;

use super::refund_texts::RefundTexts;
use super::visit::Visit;
use crate::counter::approval::Word;
use crate::db::{self, cashiers};

/// Whom a form can ask; nobody when a manager sits at the counter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Managers {
    /// Id and name.
    pub people: Vec<(Uuid, String)>,
    /// A manager sits at the counter: nobody else is asked.
    pub is_here: bool,
}

impl Managers {
    /// Returns the managers of this store.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn of(visit: &Visit) -> db::Result<Self> {
        if visit.seat.manager {
            return Ok(Self { people: Vec::new(), is_here: true });
        }
        let people = cashiers::list_active(visit.app.db().read()).await?;
        let managers = people.into_iter().filter(cashiers::Cashier::is_manager);
        Ok(Self { people: managers.map(|person| (person.cashier_id, person.name)).collect(), is_here: false })
    }
}

/// When a form asks for a manager.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asks {
    /// Always; the page's main form has the cursor in the PIN.
    Always {
        /// Whether this form is the one.
        has_focus: bool,
    },
    /// Only after something was refused. The cursor waits in the PIN, which may also stay empty: something smaller needs
    /// no manager.
    Late,
    /// Only for some of what the form can do; the cursor is elsewhere.
    Sometimes,
}

/// The fields `manager_id` and `pin`; nothing when a manager sits at the counter. `form` makes their ids differ where a
/// page has two such forms.
pub fn fields(lang: Lang, managers: &Managers, form: &str, asks: Asks) -> Markup {
    let is_required = matches!(asks, Asks::Always { .. });
    let has_focus = matches!(asks, Asks::Always { has_focus: true } | Asks::Late);
    html! {
        @if !managers.is_here {
            div.field {
                label for={ (form) "-manager" } { (lang.manager()) }
                select id={ (form) "-manager" } name="manager_id" required {
                    @for (id, name) in &managers.people { option value=(id) { (name) } }
                }
            }
            div.field {
                label for={ (form) "-pin" } { (lang.manager_pin()) }
                input id={ (form) "-pin" } name="pin" type="password" inputmode="numeric" pattern="[0-9]{6}"
                    maxlength=(Pin::DIGITS) autocomplete="off" required[is_required] autofocus[has_focus];
            }
        }
    }
}

/// Returns what these fields say.
pub fn word(manager_id: Option<Uuid>, pin: String) -> Word {
    Word { manager_id: manager_id.map(CashierId::from_uuid), pin }
}
