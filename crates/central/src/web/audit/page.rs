//! The page of the audit log.

use maud::{Markup, html};
use web::Lang;
use web::form::{Field, select};
use web::format::datetime_text;
use web::fragment::{Tone, message};

use super::AuditQuery;
use super::words::{AREAS, action_words, area_words};
use crate::db::audit::AuditRow;
use crate::web::audit_texts::AuditTexts;
use crate::web::lists;
use crate::web::product_texts::ProductTexts;
use crate::web::shell::Place;
use crate::web::texts::CentralTexts;

/// What the page shows.
pub struct View<'a> {
    /// The language.
    pub lang: Lang,
    /// What was asked for.
    pub query: &'a AuditQuery,
    /// The rows, the latest first.
    pub rows: &'a [AuditRow],
    /// Where older ones begin.
    pub before: Option<i64>,
    /// What a check found.
    pub told: Option<(Tone, String)>,
}

impl View<'_> {
    /// Returns the main part.
    pub fn render(&self) -> Markup {
        let (lang, query) = (self.lang, self.query);
        let areas = AREAS.map(|area| (area, area_words(lang, area)));
        let areas: Vec<(&str, &str)> = std::iter::once(("", lang.audit_every_area())).chain(areas).collect();
        html! {
            @if let Some((tone, words)) = &self.told { (message(*tone, words)) }
            p.mute { (lang.audit_about()) }
            form.filters method="get" action="/audit" role="search" {
                div {
                    nav.presets aria-label=(lang.page_audit()) {
                        a href=(Place::Reconciliation.href()) { (Place::Reconciliation.words(lang)) }
                    }
                    div.actions {
                        a.button href=(query.href(".xlsx", None)) { (lang.download_xlsx()) }
                        a.button href=(query.href(".csv", None)) { (lang.download_csv()) }
                    }
                }
                div {
                    (field(("from", lang.audit_from()), "date", &query.from))
                    (field(("to", lang.audit_to()), "date", &query.to))
                    (field(("who", lang.audit_who()), "text", &query.who))
                    (select("area", lang.audit_area(), &areas, &query.area, None))
                    (field(("subject", lang.audit_subject()), "text", &query.subject))
                    button.primary { (lang.filter_show()) }
                    button name="check" value="1" { (lang.audit_check()) }
                }
            }
            section.card {
                (rows(lang, self.rows, false))
                @if self.before.is_some() || query.before.is_some() {
                    nav.pager aria-label=(lang.audit_pages()) {
                        span { @if query.before.is_some() { a.button href=(query.href("", None)) { (lang.audit_newest()) } } }
                        span { @if let Some(seq) = self.before { a.button href=(query.href("", Some(seq))) { (lang.audit_older()) } } }
                    }
                }
            }
        }
    }
}

fn field((name, label): (&str, &str), kind: &str, value: &str) -> Markup {
    Field { kind, value, is_required: false, ..Field::new(name, label) }.render()
}

/// Rows of the log as a table; of acts on one thing, without saying so in each row.
pub fn rows(lang: Lang, rows: &[AuditRow], on_one_thing: bool) -> Markup {
    html! {
        @if rows.is_empty() { p { (lang.audit_none()) } } @else {
            div.table { table {
                thead { tr {
                    th.n.roomy scope="col" { (lang.column_seq()) } th scope="col" { (lang.column_when()) }
                    th scope="col" { (lang.column_what()) }
                } }
                tbody { @for row in rows {
                    tr {
                        td.n.roomy { (row.seq) }
                        td { (datetime_text(row.at_ms)) small { (actor_words(lang, &row.actor)) } }
                        td {
                            (action_words(lang, &row.action))
                            @if !row.detail.is_empty() { small { (row.detail) } }
                            @if !on_one_thing && !row.subject.is_empty() {
                                small { a href=(acts_on(&row.subject)) { code { (row.subject) } } }
                            }
                        }
                    }
                } }
            } }
        }
    }
}

/// Returns the address of all acts on a thing: nobody types an id.
fn acts_on(subject: &str) -> String {
    lists::href("/audit", "", lists::query_text(&[("subject", subject)]), None)
}

fn actor_words(lang: Lang, actor: &str) -> &str {
    match actor {
        "command line" => lang.command_line(),
        login => login,
    }
}
