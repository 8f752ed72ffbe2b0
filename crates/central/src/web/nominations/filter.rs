//! Which nominations the list shows: a GET form, so that every view is a link that can be kept, sent and downloaded.

use domain::nomination::{Answer, Stage};
use domain::section::Section;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;
use web::Fault;

use crate::db::nominations::list::Picked;
use crate::web::lists::{self, Cursor, WORDS_MAX};

/// The query as it is written. Unknown names are left alone: messengers hang theirs on links that people send.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct NominationsQuery {
    /// Words of the product's name, or its code.
    pub q: String,
    /// `proposed`, `returned`, `passed` or `withdrawn`.
    pub stage: String,
    /// `trade`, `industry` or `agriculture`.
    pub section: String,
    /// Some point says `waiting`, `accepted` or `declined`.
    pub answer: String,
    /// The id of the row behind which the page begins.
    pub after: String,
    /// The id of the row before which the page ends.
    pub before: String,
}

impl NominationsQuery {
    /// Returns what is asked for.
    ///
    /// # Errors
    /// For a code that nobody knows, and for words that are too long.
    pub fn read(&self) -> Result<Picked, Fault> {
        if self.q.chars().count() > WORDS_MAX {
            return Err(Fault::not_found());
        }
        Ok(Picked {
            words: Some(self.q.trim().to_owned()).filter(|text| !text.is_empty()),
            stage: known(&self.stage, Stage::from_code)?,
            section: known(&self.section, Section::from_code)?,
            answer: known(&self.answer, Answer::from_code)?,
        })
    }

    /// Returns where the page begins.
    ///
    /// # Errors
    /// For what is no id.
    pub fn cursor(&self) -> Result<Cursor, Fault> {
        Cursor::read(Some(&self.after), Some(&self.before))
    }

    /// Returns what stands behind the question mark, without the page.
    pub fn text(&self) -> String {
        lists::query_text(&[
            ("q", &self.q),
            ("stage", &self.stage),
            ("section", &self.section),
            ("answer", &self.answer),
        ])
    }

    /// Returns an address of the list with another ending, `.xlsx`, and perhaps another field.
    pub fn href(&self, ending: &str, more: Option<(&str, Uuid)>) -> String {
        lists::href("/nominations", ending, self.text(), more)
    }
}

fn known<T>(code: &str, read: impl FnOnce(&str) -> Option<T>) -> Result<Option<T>, Fault> {
    if code.is_empty() { Ok(None) } else { read(code).map(Some).ok_or_else(Fault::not_found) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_back_from_itself() {
        for text in ["", "q=t%E1%BB%8Fi&stage=passed&section=industry&answer=declined"] {
            let uri = format!("/nominations?{text}").parse().unwrap();
            let query = axum::extract::Query::<NominationsQuery>::try_from_uri(&uri).unwrap().0;
            assert_eq!(query.text(), text);
            assert_eq!(query.read().unwrap().stage, (!text.is_empty()).then_some(Stage::Passed));
        }
        for stage in ["gone", "Passed"] {
            let query = NominationsQuery { stage: stage.to_owned(), ..NominationsQuery::default() };
            assert!(query.read().is_err(), "{stage}");
        }
    }
}
