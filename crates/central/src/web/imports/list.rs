//! The page of all imports, with the form that brings a file.

use domain::product_list::Outcome;
use maud::{Markup, html};
use web::Lang;
use web::csrf::CsrfToken;
use web::form::{Field, csrf_field};
use web::format::datetime_text;
use web::fragment::{Tone, chip, message};

use super::report::{ImportOfReport, ImportsReport};
use super::words;
use crate::web::import_texts::ImportTexts;
use crate::web::sheet_file;
use crate::web::shell;

/// What stands in the form that brings a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    /// Who keeps the list.
    pub source: String,
    /// What is wrong.
    pub wrong: Option<String>,
}

/// The page.
pub fn page(lang: Lang, csrf: &CsrfToken, report: &ImportsReport, typed: &Typed) -> Markup {
    html! {
        p.mute { (lang.imports_about()) }
        @if let Some(wrong) = &typed.wrong { (message(Tone::Bad, wrong)) }
        (form(lang, csrf, typed))
        section.card {
            div.head { h2 { (lang.history_title()) } div.actions { (sheet_file::links(lang, "/imports", "")) } }
            @if report.imports.is_empty() { p { (lang.history_none()) } } @else {
                div.table.folds { table {
                    thead { tr {
                        th { (lang.column_file()) } th { (lang.field_source()) } th { (lang.column_brought()) } th { (lang.column_rows()) }
                        th { (lang.column_status()) }
                    } }
                    tbody { @for import in &report.imports { (row(lang, import)) } }
                } }
                (shell::pager(lang, lang.history_pages(), (report.page, report.pages), |page| format!("/imports?page={page}")))
            }
        }
    }
}

fn form(lang: Lang, csrf: &CsrfToken, typed: &Typed) -> Markup {
    html! {
        form.card.form method="post" action="/imports/file" enctype="multipart/form-data" {
            (csrf_field(csrf))
            h2.whole { (lang.bring_title()) }
            (Field { value: &typed.source, hint: Some(lang.hint_source()), ..Field::new("source", lang.field_source()) }.render())
            div.field {
                label for="file" { (lang.field_file()) }
                input id="file" name="file" type="file" accept=".xlsx,.xls,.ods,.csv,.txt,text/csv" required aria-describedby="file-about";
                p.hint id="file-about" { (lang.hint_file()) }
            }
            div.actions { button.primary { (lang.bring_now()) } }
        }
    }
}

fn row(lang: Lang, import: &ImportOfReport) -> Markup {
    html! {
        tr {
            td {
                a href={ "/imports/" (import.import_id) } { (import.file_name) }
            }
            td { (import.source) small title=(import.file_sha256) { (lang.hash_of(short(&import.file_sha256))) } }
            td { (lang.by_at(&import.brought_by, datetime_text(import.brought_at_ms))) }
            td { (counts(lang, import)) }
            td { (status(lang, import)) }
        }
    }
}

/// The beginning tells files apart; the whole is in the answer for programs and in the import itself.
fn short(hash: &str) -> String {
    format!("{}…", hash.chars().take(12).collect::<String>())
}

fn counts(lang: Lang, import: &ImportOfReport) -> String {
    let some =
        Outcome::ALL.into_iter().filter(|outcome| *outcome != Outcome::Aside && import.count(*outcome) > 0);
    let said: Vec<String> = some
        .map(|outcome| lang.outcome_count(words::outcome(lang, outcome), import.count(outcome)))
        .collect();
    said.join(" · ")
}

/// How far an import has come.
pub fn status(lang: Lang, import: &ImportOfReport) -> Markup {
    let tone = if import.status == "applied" { Tone::Good } else { Tone::Warn };
    chip(tone, status_words(lang, import))
}

/// Says how far an import has come.
pub fn status_words(lang: Lang, import: &ImportOfReport) -> &'static str {
    match import.status.as_str() {
        "applied" => lang.status_applied(),
        "judged" => lang.status_judged(),
        _ => lang.status_brought(),
    }
}
