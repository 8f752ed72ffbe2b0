//! The page of the kinds of papers.

use domain::dossier::HeldBy;
use maud::{Markup, html};
use time::Date;
use web::Lang;
use web::csrf::CsrfToken;
use web::form::{Field, csrf_field, select};
use web::format::date_text;
use web::fragment::{Tone, chip, message};

use crate::db::dossiers::kinds::PaperKind;
use crate::web::paper_texts::PaperTexts;
use crate::web::point_file_texts::PointFileTexts;
use crate::web::points::typed::Typed;
use crate::web::sheet_file;

/// What is asked for, now and before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kinds {
    /// The day of the page.
    pub today: Date,
    /// Every row that there ever was.
    pub all: Vec<PaperKind>,
    /// Groups: code and name.
    pub groups: Vec<(String, String)>,
}

/// The page; with the session's token for those who keep the list.
pub fn page(
    lang: Lang,
    (csrf, may_act): (&CsrfToken, bool),
    (kinds, typed): (&Kinds, &Typed),
    is_saved: bool,
) -> Markup {
    html! {
        @if is_saved { (message(Tone::Good, lang.kinds_saved())) }
        nav.presets { a href="/dossiers" { (lang.page_dossiers()) } }
        p.mute { (lang.kinds_about()) }
        @if may_act && !typed.get("code").is_empty() { (form(lang, csrf, (kinds, typed))) }
        (table(lang, (csrf, may_act), kinds))
        @if may_act && typed.get("code").is_empty() { (form(lang, csrf, (kinds, typed))) }
    }
}

fn table(lang: Lang, acts: (&CsrfToken, bool), kinds: &Kinds) -> Markup {
    html! {
        section.card {
            div.head {
                h2 { (lang.dossiers_kinds()) }
                div.actions { (sheet_file::links(lang, "/dossiers/kinds", "")) }
            }
            div.table.folds { table {
                thead { tr { th { (lang.kinds_name()) } th { (lang.kinds_asked_of()) } th { (lang.kinds_from()) } } }
                tbody { @for kind in &kinds.all { (row(lang, acts, (kinds, kind))) } }
            } }
        }
    }
}

fn row(lang: Lang, (csrf, may_act): (&CsrfToken, bool), (kinds, kind): (&Kinds, &PaperKind)) -> Markup {
    let is_in_force = kind.counts_on(kinds.today);
    // Ended or not, the latest row is the one that is written anew.
    let latest = kinds.all.iter().filter(|each| each.code == kind.code).map(|each| each.valid_from).max();
    let may_change = may_act && latest == Some(kind.valid_from);
    html! {
        tr {
            td.wordy {
                (name(lang, kind)) @if is_in_force { " " (chip(Tone::Good, lang.rules_in_force())) }
                small { (held_by_words(lang, &kind.held_by)) @if !kind.source.is_empty() { " · " (kind.source) } }
            }
            td.wordy { (asked_words(lang, kinds, kind)) }
            td {
                (date_text(kind.valid_from)) @if !kind.set_by.is_empty() { small { (kind.set_by) } }
                @if let Some(day) = kind.valid_to { small { (lang.kinds_until_day(date_text(day))) } }
                @if may_change {
                    div { a href={ "/dossiers/kinds?change=" (kind.code) } aria-label=(lang.kinds_change_title(name(lang, kind))) { (lang.kinds_change()) } }
                    @if kind.valid_to.is_none() && kind.valid_from <= kinds.today { (end_form(lang, csrf, kind)) }
                }
            }
        }
    }
}

/// Returns the groups of goods that a kind is asked of, by their names.
pub(super) fn asked_words(lang: Lang, kinds: &Kinds, kind: &PaperKind) -> String {
    let named = |code: &str| {
        let group = kinds.groups.iter().find(|(known, _)| known == code);
        group.map_or_else(|| code.to_owned(), |(_, name)| name.clone())
    };
    let asked: Vec<String> = kind.asked_of.split_ascii_whitespace().map(named).collect();
    if asked.is_empty() { lang.kinds_asked_of_none().to_owned() } else { asked.join("; ") }
}

/// Two steps: from tomorrow on nobody asks for it.
fn end_form(lang: Lang, csrf: &CsrfToken, kind: &PaperKind) -> Markup {
    html! {
        details.ending {
            summary aria-label={ (lang.kinds_end()) ": " (name(lang, kind)) } { (lang.kinds_end()) }
            form method="post" action={ "/dossiers/kinds/" (kind.code) "/end" } {
                (csrf_field(csrf))
                p.small { (lang.kinds_end_about()) }
                button.danger { (lang.kinds_end()) }
            }
        }
    }
}

fn form(lang: Lang, csrf: &CsrfToken, (kinds, typed): (&Kinds, &Typed)) -> Markup {
    let is_new = typed.get("code").is_empty();
    let owners =
        [HeldBy::Product, HeldBy::Producer].map(|each| (each.code(), held_by_words(lang, each.code())));
    html! {
        form.card.form method="post" action="/dossiers/kinds" {
            (csrf_field(csrf))
            h2.whole {
                @if is_new { (lang.kinds_add()) } @else { (lang.kinds_change_title(typed.get("name_vi"))) }
            }
            input type="hidden" name="code" value=(typed.get("code"));
            (Field { is_required: true, ..typed.field("name_vi", lang.kinds_name()) }.render())
            (typed.field("name_en", lang.kinds_name_en()).render())
            @if is_new { (select("held_by", lang.kinds_held_by(), &owners, typed.get("held_by"), typed.error("held_by"))) }
            (Field { kind: "date", is_required: true, ..typed.field("from", lang.kinds_from()) }.render())
            (typed.field("source", lang.kinds_source()).render())
            fieldset.whole {
                legend { (lang.kinds_asked_of()) }
                @for (code, name) in &kinds.groups {
                    @let field = format!("asked-{code}");
                    label.tick { input type="checkbox" name=(field) value="yes" checked[!typed.get(&field).is_empty()]; " " (name) }
                }
            }
            div.actions { button.primary { (lang.kinds_save()) } }
        }
    }
}

fn name(lang: Lang, kind: &PaperKind) -> &str {
    match lang {
        Lang::Vi => &kind.name_vi,
        Lang::En => &kind.name_en,
    }
}

/// Says whose paper of a kind counts.
pub(super) fn held_by_words(lang: Lang, code: &str) -> &'static str {
    match HeldBy::from_code(code) {
        Some(HeldBy::Producer) => lang.kinds_held_producer(),
        Some(HeldBy::Recognition) => lang.kinds_held_recognition(),
        _ => lang.kinds_held_product(),
    }
}
