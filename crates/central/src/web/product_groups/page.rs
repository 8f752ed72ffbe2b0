//! The page of groups of products.

use maud::{Markup, html};
use web::Lang;
use web::csrf::CsrfToken;
use web::form::{Field, csrf_field};
use web::format::date_text;
use web::fragment::{Tone, chip, message};

use super::{GroupsReport, VersionOfGroup};
use crate::web::points::typed::Typed;
use crate::web::product_group_texts::ProductGroupTexts;
use crate::web::product_texts::ProductTexts;
use crate::web::sheet_file;
use crate::web::shell::Place;

/// What the page shows.
pub struct View<'a> {
    /// The language.
    pub lang: Lang,
    /// The session's token.
    pub csrf: &'a CsrfToken,
    /// An administrator looks.
    pub may_act: bool,
    /// The groups.
    pub report: &'a GroupsReport,
    /// What was typed into the form.
    pub typed: &'a Typed,
    /// `saved`, `ended` or `in-use`: what just happened.
    pub done: &'a str,
}

impl View<'_> {
    /// Returns the main part.
    pub fn render(&self) -> Markup {
        let lang = self.lang;
        html! {
            @match self.done {
                "saved" => (message(Tone::Good, lang.groups_saved())),
                "ended" => (message(Tone::Good, lang.groups_ended())),
                "in-use" => (message(Tone::Bad, lang.groups_in_use())),
                _ => {}
            }
            nav.presets aria-label=(lang.products_beside()) { a href=(Place::Products.href()) { (Place::Products.words(lang)) } }
            p.mute { (lang.groups_about()) }
            (self.list())
            @if self.may_act { (self.form()) }
        }
    }

    fn list(&self) -> Markup {
        let (lang, versions) = (self.lang, &self.report.group_versions);
        let mut last = "";
        html! {
            section.card {
                div.head {
                    h2 { (lang.page_groups()) }
                    div.actions { (sheet_file::links(lang, Place::ProductGroups.href(), "")) }
                }
                div.table.folds { table {
                    thead { tr {
                        th scope="col" { (lang.groups_name()) } th scope="col" { (lang.groups_from()) }
                        th scope="col" { (lang.groups_decision()) }
                    } }
                    tbody { @for version in versions {
                        @let is_latest = std::mem::replace(&mut last, version.code.as_str()) != version.code;
                        (self.row(version, is_latest))
                    } }
                } }
            }
        }
    }

    fn row(&self, version: &VersionOfGroup, is_latest: bool) -> Markup {
        let lang = self.lang;
        html! {
            tr {
                td.wordy {
                    @if is_latest { strong { (version.name_vi) } } @else { span.mute { (version.name_vi) } }
                    small { (version.name_en) " · " (version.code) }
                    @if version.refuses_expired { small { (lang.groups_refuses()) } }
                    @if is_latest { @if let Some(day) = version.ended_on { (chip(Tone::Quiet, &lang.groups_ended_on(date_text(day)))) } }
                }
                td { (date_text(version.from)) @if !is_latest { small { (lang.groups_before()) } } }
                td.wordy {
                    (version.decision) @if !version.recorded_by.is_empty() { small { (version.recorded_by) } }
                    @if self.may_act && is_latest { (self.acts(version)) }
                }
            }
        }
    }

    fn acts(&self, version: &VersionOfGroup) -> Markup {
        let lang = self.lang;
        html! {
            div { a href={ "/products/groups?change=" (version.code) "#group" } aria-label=(lang.groups_change_of(&version.name_vi)) { (lang.groups_change()) } }
            @if version.ended_on.is_none() {
                details.ending {
                    summary aria-label=(lang.groups_end_of(&version.name_vi)) { (lang.groups_end()) }
                    form method="post" action={ "/products/groups/" (version.code) "/end" } {
                        (csrf_field(self.csrf))
                        p.small { (lang.groups_end_about()) }
                        button.danger { (lang.groups_end()) }
                    }
                }
            }
        }
    }

    fn form(&self) -> Markup {
        let (lang, typed) = (self.lang, self.typed);
        let code = typed.get("code");
        html! {
            form.card.form id="group" method="post" action="/products/groups" {
                (csrf_field(self.csrf))
                h2.whole { @if code.is_empty() { (lang.groups_add()) } @else { (lang.groups_change_of(code)) } }
                input type="hidden" name="code" value=(code);
                (Field { is_required: true, ..typed.field("name_vi", lang.groups_name_vi()) }.render())
                (typed.field("name_en", lang.groups_name_en()).render())
                (Field { kind: "date", is_required: true, ..typed.field("from", lang.groups_from()) }.render())
                (Field { is_required: true, hint: Some(lang.groups_decision_hint()), ..typed.field("decision", lang.groups_decision()) }.render())
                label.tick.whole {
                    input type="checkbox" name="refuse_expired" value="yes" checked[typed.get("refuse_expired") == "yes"];
                    span { (lang.groups_refuses()) }
                }
                div.actions { button.primary { (lang.groups_save()) } }
            }
        }
    }
}
