//! The form for what people write into a report.

use maud::{Markup, html};
use serde::Deserialize;
use web::Lang;
use web::csrf::CsrfToken;
use web::form::{Field, csrf_field};

use super::iso::read_near;
use super::words::{LINE_MAX, RECIPIENTS_MAX, TEXT_MAX, WordsOfReport};
use crate::db::reports::Words;
use crate::web::report_texts::ReportTexts;

/// The words as they were typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Typed {
    difficulties: String,
    proposals: String,
    number: String,
    signed_on: String,
    signer_title: String,
    signer_name: String,
    recipients: String,
}

impl Typed {
    /// Takes words that are there.
    pub fn of(words: &WordsOfReport) -> Self {
        let words = words.clone();
        Self {
            difficulties: words.difficulties,
            proposals: words.proposals,
            number: words.number,
            signed_on: words.signed_on.map(|day| day.to_string()).unwrap_or_default(),
            signer_title: words.signer_title,
            signer_name: words.signer_name,
            recipients: words.recipients,
        }
    }

    /// Returns the words; `None` when a field is too long, or the day is none.
    pub fn read(&self) -> Option<Words> {
        let is_right = self.lengths().iter().all(|(text, most)| text.chars().count() <= *most);
        let signed_on = match self.signed_on.trim() {
            "" => None,
            text => Some(read_near(text)?),
        };
        is_right.then(|| Words {
            difficulties: clean(&self.difficulties),
            proposals: clean(&self.proposals),
            number: clean(&self.number),
            signed_on,
            signer_title: clean(&self.signer_title),
            signer_name: clean(&self.signer_name),
            recipients: clean(&self.recipients),
            ..Words::default()
        })
    }

    const fn lengths(&self) -> [(&String, usize); 6] {
        [
            (&self.difficulties, TEXT_MAX),
            (&self.proposals, TEXT_MAX),
            (&self.number, LINE_MAX),
            (&self.signer_title, LINE_MAX),
            (&self.signer_name, LINE_MAX),
            (&self.recipients, RECIPIENTS_MAX),
        ]
    }

    /// Returns the form; what is wrong is told once it was sent.
    pub fn render(&self, lang: Lang, csrf: &CsrfToken, action: &str, was_sent: bool) -> Markup {
        let error = |text: &str, most: usize| {
            (was_sent && text.chars().count() > most).then(|| lang.text_too_long(most))
        };
        let line = |name, label, value: &str| {
            let error = error(value, LINE_MAX);
            Field { value, error: error.as_deref(), is_required: false, ..Field::new(name, label) }.render()
        };
        let day = self.signed_on.trim();
        let wrong_day =
            (was_sent && !day.is_empty() && read_near(day).is_none()).then(|| lang.wrong_signed_on());
        let signed_on = Field {
            kind: "date",
            value: day,
            error: wrong_day,
            is_required: false,
            ..Field::new("signed_on", lang.field_signed_on())
        };
        html! {
            form.report-words method="post" action=(action) {
                (csrf_field(csrf))
                div.pair {
                    (line("number", lang.field_number(), &self.number))
                    (signed_on.render())
                    (line("signer_title", lang.field_signer_title(), &self.signer_title))
                    (line("signer_name", lang.field_signer_name(), &self.signer_name))
                }
                (area(("difficulties", lang.field_difficulties(), &self.difficulties), error(&self.difficulties, TEXT_MAX)))
                (area(("proposals", lang.field_proposals(), &self.proposals), error(&self.proposals, TEXT_MAX)))
                (area(("recipients", lang.field_recipients(), &self.recipients), error(&self.recipients, RECIPIENTS_MAX)))
                button.primary { (lang.words_save()) }
            }
        }
    }
}

fn area((name, label, value): (&str, &str, &str), error: Option<String>) -> Markup {
    html! {
        div.field.wrong[error.is_some()] {
            label for=(name) { (label) }
            textarea id=(name) name=(name) rows="4" aria-invalid=[error.as_ref().map(|_| "true")] { (value) }
            @if let Some(error) = error { p.error { span aria-hidden="true" { "✕ " } (error) } }
        }
    }
}

/// Leaves out what no paper can hold; lines end as everywhere else.
pub(super) fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    text.trim().chars().filter(|letter| *letter == '\n' || !letter.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_or_refused() {
        let typed = Typed {
            difficulties: " Thiếu\r\nkho\u{7} ".to_owned(),
            signed_on: "2026-12-15".to_owned(),
            ..Typed::default()
        };
        let words = typed.read().unwrap();
        assert_eq!((words.difficulties.as_str(), words.signed_on.is_some()), ("Thiếu\nkho", true));
        for wrong in [
            Typed { signed_on: "15/12/2026".to_owned(), ..Typed::default() },
            Typed { signed_on: "1026-12-15".to_owned(), ..Typed::default() },
            Typed { proposals: "ế".repeat(TEXT_MAX + 1), ..Typed::default() },
            Typed { number: "1".repeat(LINE_MAX + 1), ..Typed::default() },
            Typed { recipients: "1".repeat(RECIPIENTS_MAX + 1), ..Typed::default() },
        ] {
            assert_eq!(wrong.read(), None);
        }
        assert!(Typed { proposals: "ế".repeat(TEXT_MAX), ..Typed::default() }.read().is_some());
    }
}
