//! The form that gives a sealed report its number, date and signer. What was sealed of them stays as it is.

use maud::{Markup, html};
use serde::Deserialize;
use time::Date;
use web::Lang;
use web::csrf::CsrfToken;
use web::form::{Field, csrf_field};

use super::form::clean;
use super::iso::read_near;
use super::words::{LINE_MAX, WordsOfReport};
use crate::db::reports::Signature;
use crate::web::report_texts::ReportTexts;

/// Number, date and signer as they were typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TypedSignature {
    number: String,
    signed_on: String,
    signer_title: String,
    signer_name: String,
}

/// True for words that were sealed without a number, a date or a signer.
pub fn is_incomplete(sealed: &WordsOfReport) -> bool {
    let is_empty = |text: &str| text.trim().is_empty();
    is_empty(&sealed.number) || is_empty(&sealed.signer_name) || sealed.signed_on.is_none()
}

impl TypedSignature {
    /// Takes what was sealed in place of what was typed there.
    #[must_use]
    pub fn beside(self, sealed: &WordsOfReport) -> Self {
        let kept = |sealed: &str, typed: String| {
            if sealed.trim().is_empty() { typed } else { sealed.to_owned() }
        };
        Self {
            number: kept(&sealed.number, self.number),
            signed_on: sealed.signed_on.map_or(self.signed_on, |day| day.to_string()),
            signer_title: kept(&sealed.signer_title, self.signer_title),
            signer_name: kept(&sealed.signer_name, self.signer_name),
        }
    }

    /// Returns what to add; `None` when number, day or name is missing, a line is too long, or the day is to come or before the last one of
    /// the report.
    pub fn read(&self, sealed: &WordsOfReport, days: (Date, Date)) -> Option<Signature> {
        let signed_on = self.day(sealed, days)?;
        let is_right =
            is_line(&self.number) && is_line(&self.signer_name) && !is_too_long(&self.signer_title);
        is_right.then(|| Signature {
            number: clean(&self.number),
            signed_on,
            signer_title: clean(&self.signer_title),
            signer_name: clean(&self.signer_name),
            recorded_at_ms: 0,
            recorded_by: String::new(),
        })
    }

    /// Nobody signs what is not over.
    fn day(&self, sealed: &WordsOfReport, (last, today): (Date, Date)) -> Option<Date> {
        let is_right = |day: &Date| last <= *day && *day <= today;
        sealed.signed_on.or_else(|| read_near(self.signed_on.trim()).filter(is_right))
    }

    /// Returns the form with what is still missing; what is wrong is told once it was sent, of a report with that last day and on that day.
    pub fn render(
        &self,
        lang: Lang,
        csrf: &CsrfToken,
        (action, sealed): (&str, &WordsOfReport),
        sent_on: Option<(Date, Date)>,
    ) -> Markup {
        let wrong_number = (sent_on.is_some() && !is_line(&self.number)).then(|| lang.signing_needed());
        let wrong_name = (sent_on.is_some() && !is_line(&self.signer_name)).then(|| lang.signing_needed());
        let wrong_title =
            (sent_on.is_some() && is_too_long(&self.signer_title)).then(|| lang.text_too_long(LINE_MAX));
        let wrong_day =
            sent_on.filter(|days| self.day(sealed, *days).is_none()).map(|_| lang.signing_day_wrong());
        let sealed_day = sealed.signed_on.map(|day| day.to_string()).unwrap_or_default();
        let number =
            Field { value: &self.number, error: wrong_number, ..Field::new("number", lang.field_number()) };
        let day = Field {
            kind: "date",
            value: self.signed_on.trim(),
            error: wrong_day,
            ..Field::new("signed_on", lang.field_signed_on())
        };
        let title = Field {
            value: &self.signer_title,
            error: wrong_title.as_deref(),
            is_required: false,
            ..Field::new("signer_title", lang.field_signer_title())
        };
        let name = Field {
            value: &self.signer_name,
            error: wrong_name,
            ..Field::new("signer_name", lang.field_signer_name())
        };
        html! {
            form.report-words method="post" action=(action) {
                (csrf_field(csrf))
                div.pair {
                    (unless_sealed(&number, &sealed.number))
                    (unless_sealed(&day, &sealed_day))
                    (unless_sealed(&title, &sealed.signer_title))
                    (unless_sealed(&name, &sealed.signer_name))
                }
                button.primary { (lang.signing_now()) }
            }
        }
    }
}

/// What was sealed is sent along, and cannot be typed.
fn unless_sealed(field: &Field, sealed: &str) -> Markup {
    html! {
        @if sealed.trim().is_empty() { (field.render()) }
        @else { input type="hidden" name=(field.name) value=(sealed); }
    }
}

fn is_line(text: &str) -> bool {
    !text.trim().is_empty() && !is_too_long(text)
}

fn is_too_long(text: &str) -> bool {
    text.chars().count() > LINE_MAX
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    /// The last day of the report, and today.
    const DAYS: (Date, Date) = (date!(2026 - 12 - 14), date!(2027 - 01 - 08));

    fn typed(number: &str, signed_on: &str, signer_name: &str) -> TypedSignature {
        let [number, signed_on, signer_name] = [number, signed_on, signer_name].map(str::to_owned);
        TypedSignature { number, signed_on, signer_title: "GIÁM ĐỐC".to_owned(), signer_name }
    }

    #[test]
    fn what_is_missing_is_added_or_refused() {
        let nothing = WordsOfReport::default();
        let read = typed(" 12 ", "2027-01-08", "Võ Thị Kim Ngân").read(&nothing, DAYS).unwrap();
        assert_eq!((read.number.as_str(), read.signed_on), ("12", DAYS.1));
        let read = typed("12", "2026-12-14", "Ngân").read(&nothing, DAYS).unwrap();
        assert_eq!(read.signed_on, DAYS.0);
        let long = "1".repeat(LINE_MAX + 1);
        for (number, day, name) in [
            (" ", "2027-01-08", "Ngân"),
            (long.as_str(), "2027-01-08", "Ngân"),
            ("12", "2027-01-09", "Ngân"),
            ("12", "2026-12-13", "Ngân"),
            ("12", "1026-12-15", "Ngân"),
            ("12", "", "Ngân"),
            ("12", "2027-01-08", ""),
        ] {
            assert_eq!(typed(number, day, name).read(&nothing, DAYS), None, "{number} {day} {name}");
        }
    }

    #[test]
    fn what_was_sealed_stays() {
        // The day was typed before the seal, and lies ahead.
        let sealed = WordsOfReport {
            number: "9/BC-SCT".to_owned(),
            signed_on: Some(date!(2027 - 02 - 01)),
            ..WordsOfReport::default()
        };
        assert!(is_incomplete(&sealed) && is_incomplete(&WordsOfReport::default()));
        assert!(!is_incomplete(&WordsOfReport { signer_name: "Ngân".to_owned(), ..sealed.clone() }));
        let read = typed("12", "2027-01-05", "Ngân").beside(&sealed).read(&sealed, DAYS).unwrap();
        assert_eq!((read.number.as_str(), read.signed_on), ("9/BC-SCT", date!(2027 - 02 - 01)));
        assert_eq!((read.signer_title.as_str(), read.signer_name.as_str()), ("GIÁM ĐỐC", "Ngân"));
        let csrf = CsrfToken::from_text("f00".to_owned());
        let form = typed("", "2027-01-09", " ").beside(&sealed);
        let form = form.render(Lang::Vi, &csrf, ("/x", &sealed), Some(DAYS)).into_string();
        assert_eq!(form.matches("type=\"hidden\"").count(), 3, "the token, number and day: {form}");
        assert_eq!(form.matches("class=\"error\"").count(), 1, "{form}");
    }
}
