//! The fixed words of the report, which the department may change: what stands around the figures. Names in braces stand for what is
//! another in each period: `{kỳ}`, `{từ ngày}`, `{đến ngày}`, `{số điểm}`.

use domain::report_period::ReportPeriod;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::format::date_text;

use super::report::Report;
use super::write;
use crate::config::Reports;
use crate::db::Tx;
use crate::db::reports::latest_template;
use crate::error::{Error, Result};

/// Longest heading, title or sign, in letters.
pub const LINE_MAX: usize = 200;
/// Longest opening, closing or list of recipients, in letters.
pub const TEXT_MAX: usize = 1_000;
/// The parts of the report.
pub const PARTS: usize = 7;

/// What may stand in braces.
pub const NAMES: [&str; 4] = ["{kỳ}", "{từ ngày}", "{đến ngày}", "{số điểm}"];

/// The fixed words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// What the report is about.
    pub subject: String,
    /// What it begins with; may be empty, as may what follows but the headings and the sign.
    pub opening: String,
    /// Over each part.
    pub headings: [String; PARTS],
    /// What it ends with.
    pub closing: String,
    /// What the signer is, unless the period's words say it.
    pub signer_title: String,
    /// Who gets it, one a line, unless the period's words say it.
    pub recipients: String,
    /// What stands behind the number.
    pub sign: String,
}

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// There must be something.
    Empty,
    /// It has more letters than this.
    TooLong(usize),
    /// Braces around what is no name.
    Unknown(String),
}

impl Template {
    /// Returns the words that come with the program.
    pub fn original(settings: &Reports) -> Self {
        let headings = [
            "I. Điểm giới thiệu và bán sản phẩm",
            "II. Hàng hóa đang bán",
            "III. Kết quả bán hàng",
            "IV. Khách tham quan, mua sắm",
            "V. Khuyến mại",
            "VI. Hàng ký gửi",
            "VII. Khó khăn, vướng mắc và kiến nghị",
        ];
        Self {
            subject: "Tình hình hoạt động các Điểm giới thiệu và bán sản phẩm OCOP – {kỳ}".to_owned(),
            headings: headings.map(str::to_owned),
            sign: settings.sign.clone(),
            ..Self::default()
        }
    }

    /// Reads what was saved; nothing stands for the words that come with the program.
    ///
    /// # Errors
    /// [`Error::Damaged`] when it is none.
    pub fn read(body: &str, settings: &Reports) -> Result<Self> {
        if body.is_empty() {
            return Ok(Self::original(settings));
        }
        serde_json::from_str(body).map_err(|error| Error::damaged("report_templates", "body", error))
    }

    /// Returns the words that hold now.
    ///
    /// # Errors
    /// As [`read`](Self::read); when the database fails.
    pub async fn in_force(tx: &mut Tx, settings: &Reports) -> Result<Self> {
        let saved = latest_template(tx).await?;
        Self::read(saved.as_ref().map_or("", |saved| saved.body.as_str()), settings)
    }

    /// Returns each field with its name in the form, and the most letters that it may have; zero letters are too few where the last is true.
    pub fn fields(&self) -> Vec<(String, &str, usize, bool)> {
        let headings = self.headings.iter().zip(1_usize..);
        let headings =
            headings.map(|(text, number)| (format!("heading_{number}"), text.as_str(), LINE_MAX, true));
        std::iter::once(("subject".to_owned(), self.subject.as_str(), LINE_MAX, true))
            .chain(headings)
            .chain([
                ("opening".to_owned(), self.opening.as_str(), TEXT_MAX, false),
                ("closing".to_owned(), self.closing.as_str(), TEXT_MAX, false),
                ("signer_title".to_owned(), self.signer_title.as_str(), LINE_MAX, false),
                ("recipients".to_owned(), self.recipients.as_str(), TEXT_MAX, false),
                ("sign".to_owned(), self.sign.as_str(), LINE_MAX, true),
            ])
            .collect()
    }

    /// Returns the field of a name, or `None`.
    pub fn field_mut(&mut self, name: &str) -> Option<&mut String> {
        match name {
            "subject" => Some(&mut self.subject),
            "opening" => Some(&mut self.opening),
            "closing" => Some(&mut self.closing),
            "signer_title" => Some(&mut self.signer_title),
            "recipients" => Some(&mut self.recipients),
            "sign" => Some(&mut self.sign),
            _ => {
                let number: usize = name.strip_prefix("heading_")?.parse().ok()?;
                self.headings.get_mut(number.checked_sub(1)?)
            }
        }
    }

    /// Returns what is wrong, by the names of the fields.
    pub fn faults(&self) -> Vec<(String, Wrong)> {
        let judge = |(name, text, most, is_needed): (String, &str, usize, bool)| {
            let wrong = if is_needed && text.is_empty() {
                Some(Wrong::Empty)
            } else if text.chars().count() > most {
                Some(Wrong::TooLong(most))
            } else {
                unknown(text).map(Wrong::Unknown)
            };
            wrong.map(|wrong| (name, wrong))
        };
        self.fields().into_iter().filter_map(judge).collect()
    }

    /// Returns the words of a report: names in braces are replaced.
    pub fn filled(&self, report: &Report) -> Self {
        let period = ReportPeriod::from_code(&report.period);
        let values = [
            period.map_or_else(|| report.period.clone(), ReportPeriod::name),
            date_text(report.days_of.from),
            date_text(report.days_of.to),
            write::running(report).to_string(),
        ];
        let fill = |text: &String| {
            NAMES.iter().zip(&values).fold(text.clone(), |text, (name, value)| text.replace(name, value))
        };
        Self {
            subject: fill(&self.subject),
            opening: fill(&self.opening),
            headings: self.headings.each_ref().map(fill),
            closing: fill(&self.closing),
            signer_title: fill(&self.signer_title),
            recipients: fill(&self.recipients),
            sign: fill(&self.sign),
        }
    }
}

/// Returns the first braces that hold no name, or that stand alone.
fn unknown(text: &str) -> Option<String> {
    let rest = NAMES.iter().fold(text.to_owned(), |text, name| text.replace(name, " "));
    let at = rest.find(['{', '}'])?;
    let tail = &rest[at..];
    let end = tail.find('}').map_or(tail.len(), |end| end + 1);
    Some(tail[..end].chars().take(40).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_hold_names_alone() {
        for (text, expected) in [
            ("", None),
            ("Quý {kỳ}, từ {từ ngày} đến {đến ngày}: {số điểm} điểm", None),
            ("{kỳ}{kỳ}", None),
            ("Doanh số {doanh số}.", Some("{doanh số}")),
            ("{Kỳ}", Some("{Kỳ}")),
            ("{kỳ", Some("{kỳ")),
            ("kỳ}", Some("}")),
            ("{{kỳ}}", Some("{ }")),
        ] {
            assert_eq!(unknown(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn the_words_of_the_program_are_sound_and_others_are_judged() {
        let mut template = Template::original(&Reports::default());
        assert_eq!(template.faults(), []);
        let body = serde_json::to_string(&template).unwrap();
        assert_eq!(Template::read(&body, &Reports::default()).unwrap(), template);
        assert!(Template::read("{}", &Reports::default()).is_err());
        for (name, text, wrong) in [
            ("heading_7", String::new(), Wrong::Empty),
            ("subject", "ế".repeat(LINE_MAX + 1), Wrong::TooLong(LINE_MAX)),
            ("opening", "ế".repeat(TEXT_MAX + 1), Wrong::TooLong(TEXT_MAX)),
            ("sign", "{số}".to_owned(), Wrong::Unknown("{số}".to_owned())),
        ] {
            let before = std::mem::replace(template.field_mut(name).unwrap(), text);
            assert_eq!(template.faults(), [(name.to_owned(), wrong)]);
            *template.field_mut(name).unwrap() = before;
        }
        for name in ["heading_0", "heading_8", "heading_", "body"] {
            assert_eq!(template.field_mut(name), None, "{name}");
        }
    }
}
