//! The fields of a new PIN, and the PIN of whoever sets it: on the page of a person, on that of one's own.

use axum::http::StatusCode;
use maud::Markup;
use web::Lang;
use web::form::Field;
use web::password::Pin;

use super::page_texts::PageTexts;
use super::people_texts::PeopleTexts;
use crate::counter::people::Unchanged;
use crate::counter::sign_in::Refused;

/// What is wrong with a form: a field and a sentence.
pub type Wrong = (&'static str, String);

/// A field of digits that are not shown.
pub fn pin_field(name: &str, label: &str, hint: Option<&str>, wrong: Option<&Wrong>) -> Markup {
    let error = wrong.filter(|wrong| wrong.0 == name).map(|wrong| wrong.1.as_str());
    let autocomplete =
        if matches!(name, "own_pin" | "off_pin") { "current-password" } else { "new-password" };
    let field = Field { kind: "password", inputmode: "numeric", autocomplete, ..Field::new(name, label) };
    Field { hint, error, ..field }.render()
}

/// Returns a new PIN that was typed twice.
pub fn chosen(lang: Lang, pin: &str, again: &str) -> Result<Pin, Wrong> {
    let chosen = Pin::choose(pin).map_err(|unfit| ("pin", unfit.sentence(lang)))?;
    if pin.trim() != again.trim() {
        return Err(("pin_again", lang.pin_differs().to_owned()));
    }
    Ok(chosen)
}

/// Returns how it is told, at a field, why nothing was changed.
pub fn told(lang: Lang, field: &'static str, unchanged: Unchanged) -> (StatusCode, Wrong) {
    let (status, words) = match unchanged {
        Unchanged::Refused(Refused::WrongPin) | Unchanged::Nobody => {
            (StatusCode::UNPROCESSABLE_ENTITY, lang.wrong_pin().to_owned())
        }
        Unchanged::Refused(Refused::Wait(seconds)) => (StatusCode::TOO_MANY_REQUESTS, lang.wait_pin(seconds)),
        Unchanged::LastManager => (StatusCode::UNPROCESSABLE_ENTITY, lang.last_manager().to_owned()),
    };
    (status, (field, words))
}
