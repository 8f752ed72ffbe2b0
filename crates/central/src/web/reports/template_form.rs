//! The form for the fixed words of the report, with what the paper looks like beside it.

use maud::{Markup, html};
use web::Lang;
use web::csrf::CsrfToken;
use web::form::{Field, csrf_field};
use web::format::{date_text, datetime_text, local_date};
use web::fragment::{Tone, message};

use super::html;
use super::paper::Paper;
use super::template::{LINE_MAX, NAMES, Template, Wrong};
use crate::db::reports::SavedTemplate;
use crate::web::report_texts::ReportTexts;

/// What the page shows.
pub struct TemplateView<'a> {
    /// Somebody looks who may change it.
    pub may_write: bool,
    /// The language.
    pub lang: Lang,
    /// The session's token.
    pub csrf: &'a CsrfToken,
    /// The words in the form.
    pub template: &'a Template,
    /// What is wrong with them, once they were sent.
    pub faults: &'a [(String, Wrong)],
    /// The paper with these words; none while something is wrong with them.
    pub paper: Option<&'a Paper>,
    /// The versions, the last one first.
    pub versions: &'a [SavedTemplate],
    /// What just happened, if anything.
    pub told: Option<&'a str>,
}

impl TemplateView<'_> {
    /// Returns the main part.
    pub fn render(&self) -> Markup {
        let (lang, fields) = (self.lang, self.template.fields());
        let is_line = |(_, _, most, _): &&(String, &str, usize, bool)| *most == LINE_MAX;
        html! {
            @if let Some(told) = self.told { (message(Tone::Good, told)) }
            @if !self.faults.is_empty() { (message(Tone::Bad, &lang.template_wrong(self.wrong_labels()))) }
            div.off-paper {
                p { (lang.template_about()) }
                @if self.may_write { p.mute { (lang.template_names(NAMES.join("  "))) }
                form.report-words method="post" action="/reports/template" {
                    (csrf_field(self.csrf))
                    @if let Some(subject) = fields.first() { (self.field(subject)) }
                    div.pair { @for field in fields.iter().skip(1).filter(is_line) { (self.field(field)) } }
                    @for field in fields.iter().filter(|field| !is_line(field)) { (self.field(field)) }
                    div.actions {
                        button.primary name="act" value="save" { (lang.words_save()) }
                        " " button name="act" value="preview" { (lang.template_preview()) }
                        " " a.button href="/reports" { (lang.report_back()) }
                    }
                } }
                @else { p { (lang.template_read()) " " a href="/reports" { (lang.report_back()) } } }
                (self.history())
            }
            @if let Some(paper) = self.paper {
                h2 { (lang.template_preview()) }
                (html::render(paper))
            }
        }
    }

    fn wrong_labels(&self) -> String {
        let labels: Vec<String> = self.faults.iter().map(|(name, _)| label(self.lang, name)).collect();
        labels.join("; ")
    }

    fn field(&self, (name, value, most, is_needed): &(String, &str, usize, bool)) -> Markup {
        let (name, value, is_required) = (name.as_str(), *value, *is_needed);
        let (lang, label) = (self.lang, label(self.lang, name));
        let wrong = self.faults.iter().find(|(field, _)| field == name).map(|(_, wrong)| wrong);
        let error = wrong.map(|wrong| match wrong {
            Wrong::Empty => lang.template_empty().to_owned(),
            Wrong::TooLong(most) => lang.text_too_long(most),
            Wrong::Unknown(braces) => lang.template_unknown(braces, NAMES.join(", ")),
        });
        if *most == LINE_MAX {
            return Field { value, error: error.as_deref(), is_required, ..Field::new(name, &label) }
                .render();
        }
        html! {
            div.field.wrong[error.is_some()] {
                label for=(name) { (label) }
                textarea id=(name) name=(name) rows="3" aria-invalid=[error.as_ref().map(|_| "true")] { (value) }
                @if let Some(error) = error { p.error { span aria-hidden="true" { "✕ " } (error) } }
            }
        }
    }

    fn history(&self) -> Markup {
        let lang = self.lang;
        html! {
            details.card {
                summary { (lang.template_versions()) }
                @if self.versions.is_empty() { p.mute { (lang.template_never()) } }
                ul {
                    @for version in self.versions {
                        li {
                            (lang.template_from(date_text(local_date(version.saved_at_ms)), datetime_text(version.saved_at_ms), &version.saved_by))
                            @if version.body.is_empty() { " " (lang.template_is_original()) }
                        }
                    }
                }
                @if self.may_write {
                    form method="post" action="/reports/template/reset" {
                        (csrf_field(self.csrf))
                        button { (lang.template_reset()) }
                    }
                }
            }
        }
    }
}

fn label(lang: Lang, name: &str) -> String {
    match name {
        "subject" => lang.template_subject().to_owned(),
        "opening" => lang.template_opening().to_owned(),
        "closing" => lang.template_closing().to_owned(),
        "signer_title" => lang.field_signer_title().to_owned(),
        "recipients" => lang.field_recipients().to_owned(),
        "sign" => lang.template_sign().to_owned(),
        heading => lang.template_heading(heading.trim_start_matches("heading_")),
    }
}
