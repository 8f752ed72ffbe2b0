//! The page on which a point opens: one card a step, the first that is not done with its form, later ones closed.

use maud::{Markup, html};
use web::Lang;
use web::csrf::CsrfToken;
use web::form::{Field, csrf_field, select};
use web::format::count_text;
use web::fragment::{Tone, chip, message};

use super::detail::PointReport;
use super::typed::Typed;
use super::words::{legal_words, state_tone, state_words};
use super::{chosen, chosen_page};
use crate::admin::LEGAL_STATUSES;
use crate::db::enrolments::CODE_LIFE_MS;
use crate::web::point_open_texts::PointOpenTexts;
use crate::web::point_texts::PointTexts;
use crate::welcome;

/// What is there of a point that opens.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Opening {
    /// Operators: id and name.
    pub operators: Vec<(String, String)>,
    /// The managers of its till.
    pub managers: Vec<String>,
    /// The accounts of its operator.
    pub logins: Vec<String>,
    /// Products on sale.
    pub product_count: i64,
    /// Computers that enrolled.
    pub tills: Vec<TillOfOpening>,
}

/// A computer that enrolled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TillOfOpening {
    /// Its name, as it gave it.
    pub name: String,
    /// Its key's fingerprint, for people to compare.
    pub fingerprint: String,
    /// It is counted.
    pub is_approved: bool,
    /// Somebody has to compare fingerprints.
    pub waits: bool,
}

/// What was just made, and is shown this once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// Nothing.
    Nothing,
    /// A link by which a person chooses a password.
    Link {
        /// Whose.
        login: String,
        /// The address.
        link: String,
    },
    /// A code for the till.
    Code(String),
}

impl Opening {
    /// True when nothing is missing that a point needs to sell.
    pub fn is_ready(&self, report: &PointReport) -> bool {
        report.operator_id.is_some() && report.store_id.is_some() && !self.managers.is_empty()
    }
}

/// The page.
pub fn page(
    lang: Lang,
    csrf: &CsrfToken,
    (report, opening): (&PointReport, &Opening),
    (typed, told): (&Typed, &Told),
) -> Markup {
    let form = Form { lang, csrf, report, opening, typed, told };
    let (has_operator, has_store) = (report.operator_id.is_some(), report.store_id.is_some());
    let has_manager = !opening.managers.is_empty();
    html! {
        section.card {
            div.head {
                h2 { (lang.open_title(&report.name)) }
                a.button href={ "/points/" (report.point_id) } { (lang.open_back()) }
            }
            p { (chip(state_tone(&report.state), state_words(lang, &report.state))) }
            p.mute { (lang.open_about()) }
        }
        (form.card(1, lang.open_operator(), has_operator, true, form.operator()))
        (form.card(2, lang.open_store(), has_store, has_operator, form.store()))
        (form.card(3, lang.open_people(), has_manager, has_store, form.people()))
        (form.card(4, lang.open_products(), report.chosen.chosen_count > 0, has_store, form.products()))
        (form.card(5, lang.open_device(), report.has_till, has_store, form.device()))
        (form.card(6, lang.open_finish(), form.is_open(), opening.is_ready(report), form.finish()))
    }
}

struct Form<'a> {
    lang: Lang,
    csrf: &'a CsrfToken,
    report: &'a PointReport,
    opening: &'a Opening,
    typed: &'a Typed,
    told: &'a Told,
}

impl Form<'_> {
    fn card(&self, number: u8, title: &str, is_done: bool, may_begin: bool, content: Markup) -> Markup {
        html! {
            section.card.opening id={ "step-" (number) } {
                div.head {
                    h2 { (number) ". " (title) }
                    @if is_done { (chip(Tone::Good, self.lang.open_done_step())) }
                }
                @if may_begin { (content) } @else { p.mute { (self.lang.open_wait()) } }
            }
        }
    }

    fn is_open(&self) -> bool {
        domain::point::PointState::from_code(&self.report.state).is_some_and(|state| state.is_running())
    }

    fn form(&self, ending: &str, fields: Markup, button: &str) -> Markup {
        html! {
            form.form method="post" action={ "/points/" (self.report.point_id) "/open/" (ending) } {
                (csrf_field(self.csrf))
                (fields)
                div.actions { button.primary { (button) } }
            }
        }
    }

    fn needed<'a>(&'a self, name: &'a str, label: &'a str) -> Field<'a> {
        Field { is_required: true, ..self.typed.field(name, label) }
    }

    fn operator(&self) -> Markup {
        let (lang, typed) = (self.lang, self.typed);
        if let Some(name) = &self.report.operator {
            return html! { p { (name) " · " (legal_words(lang, &self.report.legal_status)) } };
        }
        let known: Vec<(&str, &str)> = std::iter::once(("", "—"))
            .chain(self.opening.operators.iter().map(|(id, name)| (id.as_str(), name.as_str())))
            .collect();
        let legal = LEGAL_STATUSES.map(|code| (code, legal_words(lang, code)));
        let fields = html! {
            (select("operator_id", lang.open_operator_known(), &known, typed.get("operator_id"), typed.error("operator_id")))
            p.mute.whole { (lang.open_operator_new()) }
            (typed.field("operator_name", lang.open_operator_name()).render())
            (select("operator_legal", lang.point_legal(), &legal, typed.get("operator_legal"), typed.error("operator_legal")))
            (typed.field("operator_tax", lang.point_tax()).render())
            (Field { inputmode: "numeric", ..typed.field("commission_tax", lang.open_commission_tax()) }.render())
        };
        self.form("operator", fields, lang.open_operator_save())
    }

    fn store(&self) -> Markup {
        let (lang, typed) = (self.lang, self.typed);
        if let Some(code) = &self.report.store {
            return html! { p { strong { (code) } " · " (self.report.name) } };
        }
        let fields = html! {
            p.mute.whole { (lang.open_store_about()) }
            (Field { has_focus: true, hint: Some(lang.open_code_hint()), ..self.needed("code", lang.open_code()) }.render())
            (self.needed("receipt_title", lang.open_receipt_title()).render())
            (typed.field("receipt_footer", lang.open_receipt_footer()).render())
            (Field { inputmode: "tel", ..typed.field("phone", lang.open_phone()) }.render())
            (Field { inputmode: "numeric", hint: Some(lang.open_bank_bin_hint()), ..typed.field("bank_bin", lang.open_bank_bin()) }.render())
            (Field { inputmode: "numeric", ..typed.field("bank_account", lang.open_bank_account()) }.render())
        };
        self.form("store", fields, lang.open_store_save())
    }

    fn people(&self) -> Markup {
        let (lang, typed, opening) = (self.lang, self.typed, self.opening);
        let is_wrong = typed.error("pin").or(typed.error("pin_again")).is_some();
        let login = html! {
            (Field { hint: Some(lang.open_login_hint()), ..self.needed("login", lang.open_login()) }.render())
            (self.needed("person", lang.open_person()).render())
        };
        html! {
            h3 { (lang.open_manager()) }
            @if opening.managers.is_empty() {
                (self.form("manager", html! {
                    (Field { has_focus: !is_wrong, ..self.needed("manager_name", lang.open_manager_name()) }.render())
                    (Field { has_focus: is_wrong, ..pin("pin", lang.open_pin(), typed.error("pin"), Some(lang.open_pin_hint())) }.render())
                    (pin("pin_again", lang.open_pin_again(), typed.error("pin_again"), None).render())
                }, lang.open_manager_save()))
            } @else { p { (lang.open_manager_is(opening.managers.join(", "))) } }
            h3 { (lang.point_operator()) }
            p.mute { (lang.open_login_about()) }
            p {
                @if opening.logins.is_empty() { (lang.open_login_none()) }
                @else { (lang.open_login_is(opening.logins.join(", "))) }
            }
            @if let Told::Link { login, link } = self.told {
                div.issued role="status" {
                    strong.link { (link) }
                    p { (lang.open_link_told(login, welcome::DAYS)) }
                }
            }
            details open[opening.logins.is_empty() || typed.error("login").is_some()] {
                summary { (lang.open_login_save()) }
                (self.form("login", login, lang.open_login_save()))
            }
        }
    }

    fn products(&self) -> Markup {
        let lang = self.lang;
        html! {
            p { (lang.open_products_all(count_text(self.opening.product_count))) }
            (chosen_page::told(lang, &self.report.chosen))
            div.actions {
                a.button href=(chosen::path(self.report.point_id)) { (lang.chosen_choose()) }
                a.button href={ "/points/" (self.report.point_id) "/labels" } { (lang.open_labels_look()) }
            }
        }
    }

    fn device(&self) -> Markup {
        let lang = self.lang;
        html! {
            @if self.opening.tills.is_empty() { p { (lang.open_device_none()) } }
            @for till in &self.opening.tills {
                @if till.is_approved { p { (lang.open_device_is(&till.name)) } }
                @if till.waits {
                    p { (lang.open_device_waits(&till.name, &till.fingerprint)) " · " a href="/stores" { (lang.open_device_approve()) } }
                }
            }
            @if let Told::Code(code) = self.told {
                div.issued role="status" {
                    strong { (code) }
                    p { (lang.open_device_told(CODE_LIFE_MS / 60_000)) }
                }
            }
            form.act method="post" action={ "/points/" (self.report.point_id) "/open/code" } {
                (csrf_field(self.csrf))
                button { (lang.open_device_code()) }
            }
        }
    }

    fn finish(&self) -> Markup {
        let lang = self.lang;
        let fields = html! {
            p.mute.whole { (lang.open_finish_about()) }
            (Field { kind: "date", ..self.needed("on", lang.open_finish_on()) }.render())
        };
        html! {
            (self.tills_missing())
            @if self.is_open() { p { (lang.point_opened(&self.report.name)) } }
            @else { (self.form("finish", fields, lang.open_finish_save())) }
        }
    }

    /// A point may open before its till: that is said, since nothing sells without one and nothing counts before it is approved.
    fn tills_missing(&self) -> Markup {
        if self.report.has_till {
            return html! {};
        }
        let lang = self.lang;
        // One that is revoked does not wait: it is as if there were none.
        let waits = self.opening.tills.iter().any(|till| till.waits);
        let words = match (waits, self.is_open()) {
            (true, _) => lang.open_till_waits(),
            (false, false) => lang.open_no_till(),
            (false, true) => lang.opened_no_till(),
        };
        message(Tone::Warn, words)
    }
}

/// A PIN is never sent back to be shown.
fn pin<'a>(name: &'a str, label: &'a str, error: Option<&'a str>, hint: Option<&'a str>) -> Field<'a> {
    let kind = "password";
    Field { kind, inputmode: "numeric", autocomplete: "new-password", error, hint, ..Field::new(name, label) }
}
