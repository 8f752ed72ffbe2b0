//! Forms: fields with their errors, the login, the PIN pad.

use maud::{Markup, html};

use crate::Lang;
use crate::csrf;
use crate::fragment::{Tone, message};
use crate::password::Pin;
use crate::words::WebTexts;

/// A labelled input. A bad form comes back filled in, with one sentence under each wrong field.
#[derive(Debug, Clone, Copy)]
pub struct Field<'a> {
    /// Name and id.
    pub name: &'a str,
    /// What the person reads.
    pub label: &'a str,
    /// The input's `type`.
    pub kind: &'a str,
    /// What stands in it. Never a password.
    pub value: &'a str,
    /// One sentence that says what is wrong and what to do.
    pub error: Option<&'a str>,
    /// A few words on what to enter.
    pub hint: Option<&'a str>,
    /// The input's `autocomplete`.
    pub autocomplete: &'a str,
    /// The keyboard on touch screens: `text`, `numeric`, `decimal`, `tel`.
    pub inputmode: &'a str,
    /// The id of the [`datalist`] that it offers.
    pub list: Option<&'a str>,
    /// True when it may not stay empty.
    pub is_required: bool,
    /// True for the field that a page begins with.
    pub has_focus: bool,
    /// True for đồng: thousands are set apart while they are typed.
    pub is_amount: bool,
}

impl<'a> Field<'a> {
    /// A required, empty text field.
    pub const fn new(name: &'a str, label: &'a str) -> Self {
        Self {
            name,
            label,
            kind: "text",
            value: "",
            error: None,
            hint: None,
            autocomplete: "off",
            inputmode: "text",
            list: None,
            is_required: true,
            has_focus: false,
            is_amount: false,
        }
    }

    /// Returns label, input, hint and error.
    pub fn render(&self) -> Markup {
        html! {
            div.field.wrong[self.error.is_some()] {
                label for=(self.name) { (self.label) }
                input id=(self.name) name=(self.name) type=(self.kind) value=(self.value) required[self.is_required] autofocus[self.has_focus]
                    autocomplete=(self.autocomplete) inputmode=(self.inputmode) list=[self.list] data-vnd[self.is_amount]
                    aria-invalid=[self.error.map(|_| "true")] aria-describedby=[described_by(self.name, self.error, self.hint)];
                (below(self.name, self.error, self.hint))
            }
        }
    }
}

/// Values that fields offer while somebody types in them; anything else can be typed too.
pub fn datalist(id: &str, values: &[String]) -> Markup {
    html! { datalist id=(id) { @for value in values { option value=(value) {} } } }
}

/// A labelled choice; `options` are (value, words), `chosen` is a value.
pub fn select(
    name: &str,
    label: &str,
    options: &[(&str, &str)],
    chosen: &str,
    error: Option<&str>,
) -> Markup {
    html! {
        div.field.wrong[error.is_some()] {
            label for=(name) { (label) }
            select id=(name) name=(name)
                aria-invalid=[error.map(|_| "true")] aria-describedby=[described_by(name, error, None)] {
                @for (value, words) in options { option value=(value) selected[*value == chosen] { (words) } }
            }
            (below(name, error, None))
        }
    }
}

fn described_by(name: &str, error: Option<&str>, hint: Option<&str>) -> Option<String> {
    error.or(hint).map(|_| format!("{name}-about"))
}

/// The error hides the hint: one thing to read.
fn below(name: &str, error: Option<&str>, hint: Option<&str>) -> Markup {
    html! {
        @if let Some(error) = error { p.error id={ (name) "-about" } { span aria-hidden="true" { "✕ " } (error) } }
        @else if let Some(hint) = hint { p.hint id={ (name) "-about" } { (hint) } }
    }
}

/// The hidden field of a plain form; first in the form.
pub fn csrf_field(token: &csrf::CsrfToken) -> Markup {
    html! { input type="hidden" name=(csrf::FIELD) value=(token.as_str()); }
}

/// Login by account and password; posts `account` and `password` to `action`. `error` is one sentence, the same for an
/// unknown account and a wrong password.
pub fn login(lang: Lang, action: &str, account: &str, error: Option<&str>) -> Markup {
    html! {
        section.door {
            h2 { (lang.log_in()) }
            @if let Some(error) = error { (message(Tone::Bad, error)) }
            form method="post" action=(action) {
                (Field { value: account, autocomplete: "username", ..Field::new("account", lang.account()) }.render())
                (Field { kind: "password", autocomplete: "current-password", ..Field::new("password", lang.password()) }.render())
                button.primary { (lang.log_in()) }
            }
        }
    }
}

/// Somebody who may unlock the counter.
#[derive(Debug, Clone, Copy)]
pub struct Person<'a> {
    /// What is posted as `cashier_id`.
    pub id: &'a str,
    /// The name on the button.
    pub name: &'a str,
    /// Chosen already: the one who was here last.
    pub is_chosen: bool,
}

/// Login by person and PIN; posts `cashier_id` and `pin` to `action`. Without people only the PIN is asked.
pub fn pin_login(lang: Lang, action: &str, people: &[Person], error: Option<&str>) -> Markup {
    html! {
        section.door.two[!people.is_empty()] {
            h2 { (lang.enter_pin()) }
            @if let Some(error) = error { (message(Tone::Bad, error)) }
            form method="post" action=(action) {
                @if !people.is_empty() {
                    fieldset.people {
                        legend { (lang.who_is_at_the_counter()) }
                        @for person in people {
                            label {
                                input type="radio" name="cashier_id" value=(person.id) checked[person.is_chosen] required;
                                span { (person.name) }
                            }
                        }
                    }
                }
                div.entry { (pin_pad(lang)) button.primary { (lang.unlock()) } }
            }
        }
    }
}

/// The input `pin` and its pad. Typed keys, the pad's buttons and a tablet's own keyboard all fill the same input.
pub fn pin_pad(lang: Lang) -> Markup {
    html! {
        div.field.pin {
            label for="pin" { "PIN · " (lang.pin_hint()) }
            input #pin name="pin" type="password" inputmode="numeric" pattern="[0-9]{6}" maxlength=(Pin::DIGITS)
                autocomplete="off" required autofocus;
        }
        div.pad data-pad="pin" {
            @for digit in ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"] {
                button type="button" data-digit=(digit) aria-label=(lang.pin_digit(digit)) { (digit) }
            }
            button type="button" data-digit="" aria-label=(lang.delete_digit()) { "⌫" }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_field_comes_back_filled_in_and_says_why() {
        let field = Field {
            value: "1\"2",
            error: Some("Nhập số."),
            hint: Some("kg"),
            ..Field::new("weight", "Cân nặng")
        };
        assert_eq!(
            field.render().into_string(),
            "<div class=\"field wrong\"><label for=\"weight\">Cân nặng</label>\
             <input id=\"weight\" name=\"weight\" type=\"text\" value=\"1&quot;2\" required autocomplete=\"off\" \
             inputmode=\"text\" aria-invalid=\"true\" aria-describedby=\"weight-about\">\
             <p class=\"error\" id=\"weight-about\"><span aria-hidden=\"true\">✕ </span>Nhập số.</p></div>"
        );
        let fine = Field::new("weight", "Cân nặng").render().into_string();
        assert!(!fine.contains("aria-") && !fine.contains("wrong"), "{fine}");
    }

    #[test]
    fn a_choice_keeps_what_was_chosen() {
        let markup = select("stars", "Hạng sao", &[("", "Tất cả"), ("4", "4 sao")], "4", None).into_string();
        assert!(markup.contains("<option value=\"4\" selected>4 sao</option>"), "{markup}");
        assert_eq!(markup.matches("selected").count(), 1);
    }

    #[test]
    fn the_pad_has_each_digit_once() {
        let markup = pin_pad(Lang::En).into_string();
        for digit in 0..10 {
            assert_eq!(markup.matches(&format!("data-digit=\"{digit}\"")).count(), 1);
        }
        assert!(markup.contains("maxlength=\"6\""));
    }
}
