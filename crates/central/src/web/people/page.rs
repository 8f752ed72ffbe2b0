//! The list of people, and the page of one.

use domain::section::Sections;
use maud::{Markup, html};
use web::Lang;
use web::csrf::CsrfToken;
use web::form::{Field, csrf_field, select};
use web::format::{count_text, date_text, local_date};
use web::fragment::{Tone, chip};

use super::form::{self, Typed};
use super::words::{ROLES, code_words, short_words};
use super::{PeopleQuery, PeopleReport, PersonOfList};
use crate::db::audit::AuditRow;
use crate::web::audit::page::rows;
use crate::web::lists::pager;
use crate::web::people_texts::PeopleTexts;
use crate::web::sales_texts::SalesTexts;
use crate::web::texts::CentralTexts;

/// What the list shows.
pub struct View<'a> {
    /// The language.
    pub lang: Lang,
    /// The moment of the page, UTC milliseconds.
    pub now_ms: i64,
    /// What was asked for.
    pub query: &'a PeopleQuery,
    /// The people.
    pub report: &'a PeopleReport,
}

impl View<'_> {
    /// Returns the main part.
    pub fn render(&self) -> Markup {
        let (lang, query, report) = (self.lang, self.query, self.report);
        let roles = ROLES.map(|code| (code, code_words(lang, code)));
        let roles: Vec<(&str, &str)> = std::iter::once(("", lang.people_all_roles())).chain(roles).collect();
        html! {
            p.mute { (lang.people_about()) }
            form.filters method="get" action="/people" role="search" {
                div {
                    (Field { value: &query.q, is_required: false, ..Field::new("q", lang.people_search()) }.render())
                    (select("role", lang.role(), &roles, &query.role, None))
                    button { (lang.filter_show()) }
                    a.button href=(query.href_with(".xlsx")) { (lang.filter_xlsx()) }
                    a.button href=(query.href_with(".csv")) { (lang.filter_csv()) }
                    a.button.primary href="/people/new" { (lang.person_new()) }
                }
            }
            section.card {
                @if report.people.is_empty() { p { (lang.people_none()) } } @else {
                    div.table { table {
                        thead { tr {
                            th scope="col" { (lang.column_person()) } th scope="col" { (lang.column_rights()) }
                            th scope="col" { (lang.column_state()) } th.roomy scope="col" { (lang.column_sessions()) }
                        } }
                        tbody { @for person in &report.people { (self.row(person)) } }
                    } }
                    (pager(lang, lang.people_pages(), (report.page_before, report.page_after), |field, id| {
                        query.href(field, id)
                    }))
                }
            }
        }
    }

    fn row(&self, person: &PersonOfList) -> Markup {
        let lang = self.lang;
        html! {
            tr {
                td { a href={ "/people/" (person.user_id) } { (person.name) } small { (person.login) } }
                td { (rights(lang, person)) }
                td { (state(lang, self.now_ms, person)) small { (code_state(lang, person)) } }
                td.roomy { @if person.session_count > 0 { (lang.person_sessions(count_text(person.session_count))) } @else { "—" } }
            }
        }
    }
}

fn rights(lang: Lang, person: &PersonOfList) -> Markup {
    let sections = Sections::read(&person.sections).unwrap_or_default();
    let short: Vec<&str> = sections.iter().map(|section| short_words(lang, section)).collect();
    html! {
        (code_words(lang, &person.role)) " "
        @if !short.is_empty() { small { (short.join(", ")) } }
        @if let Some(whose) = &person.whose { small { (whose) } }
    }
}

fn code_state(lang: Lang, person: &PersonOfList) -> &'static str {
    if person.has_code { lang.person_has_code() } else { lang.person_no_code() }
}

fn state(lang: Lang, now_ms: i64, person: &PersonOfList) -> Markup {
    let last_day = |ends_ms: i64| date_text(local_date(ends_ms.saturating_sub(1)));
    html! {
        @match person.access_ends_ms {
            _ if !person.is_active => (chip(Tone::Bad, lang.person_disabled())),
            Some(ends_ms) if ends_ms <= now_ms => (chip(Tone::Quiet, &lang.person_over(last_day(ends_ms)))),
            Some(ends_ms) => { (chip(Tone::Good, lang.person_active())) " " (lang.person_until(last_day(ends_ms))) },
            None => (chip(Tone::Good, lang.person_active())),
        }
    }
}

/// What the page of one person shows.
pub struct Person<'a> {
    /// The language.
    pub lang: Lang,
    /// The moment of the page, UTC milliseconds.
    pub now_ms: i64,
    /// The session's token.
    pub csrf: &'a CsrfToken,
    /// The person.
    pub person: &'a PersonOfList,
    /// The form as it stands.
    pub typed: &'a Typed,
    /// Names that the form offers.
    pub names: &'a [String],
    /// A link for a new password, which is shown once.
    pub link: Option<&'a str>,
    /// What was done to the account, the latest first.
    pub acts: &'a [AuditRow],
}

/// Returns the main part of the page of one person.
pub fn person(shown: &Person<'_>) -> Markup {
    let Person { lang, csrf, person, .. } = *shown;
    let action = format!("/people/{}", person.user_id);
    html! {
        @if let Some(link) = shown.link {
            section.card role="status" {
                div.field {
                    label for="link" { (lang.person_link(&person.name)) }
                    input #link type="text" value=(link) readonly;
                }
            }
        }
        section.card {
            div.head {
                h2 { (person.name) " " span.mute { (person.login) } }
                div { (state(lang, shown.now_ms, person)) " · " (code_state(lang, person)) }
            }
            p { (rights(lang, person)) }
            (acts(lang, csrf, person, &action))
        }
        (form::page(lang, csrf, shown.typed, (&action, shown.names, false)))
        section.card { h2 { (lang.person_history()) } (rows(lang, shown.acts, true)) }
    }
}

fn acts(lang: Lang, csrf: &CsrfToken, person: &PersonOfList, action: &str) -> Markup {
    let act = |end: &str, words: &str| {
        html! {
            form.act method="post" action={ (action) "/" (end) } { (csrf_field(csrf)) button { (words) } }
        }
    };
    html! {
        div.actions {
            @if person.is_active {
                (act("link", lang.person_new_link()))
                (act("sessions/end", lang.person_end_sessions()))
                @if person.has_code { (act("code/end", lang.person_end_code())) }
                (act("disable", lang.person_disable()))
            } @else { (act("enable", lang.person_enable())) }
        }
    }
}
