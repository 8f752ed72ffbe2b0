//! Which points the list shows: a GET form, so that every view is a link that can be kept, sent and downloaded.

use domain::point::PointState;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;
use web::Fault;

use crate::db::points::list::Picked;
use crate::web::lists::{self, Cursor};

/// The longest words that are looked for, in letters.
const WORDS_MAX: usize = 200;

/// The query as it is written. Unknown names are left alone: messengers hang theirs on links that people send.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct PointsQuery {
    /// Words of the name, or the code of a store.
    pub q: String,
    /// `surveyed`, `chosen`, `contracted`, `equipped`, `open`, `checked` or `closed`.
    pub state: String,
    /// Code of a kind of place.
    pub location: String,
    /// The commune, as it is written.
    pub commune: String,
    /// The id of the row behind which the page begins.
    pub after: String,
    /// The id of the row before which the page ends.
    pub before: String,
}

impl PointsQuery {
    /// Returns what is asked for.
    ///
    /// # Errors
    /// For a state that nobody knows, and for words that are too long.
    pub fn read(&self) -> Result<Picked, Fault> {
        let words = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        if [&self.q, &self.location, &self.commune].iter().any(|text| text.chars().count() > WORDS_MAX) {
            return Err(Fault::not_found());
        }
        let state = match self.state.as_str() {
            "" => None,
            code => Some(PointState::from_code(code).ok_or_else(Fault::not_found)?),
        };
        let (location_type, commune) = (words(&self.location), words(&self.commune));
        Ok(Picked { words: words(&self.q), state, location_type, commune })
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
            ("state", &self.state),
            ("location", &self.location),
            ("commune", &self.commune),
        ])
    }

    /// Returns an address of the list with another ending, `.xlsx`, and perhaps another field.
    pub fn href(&self, ending: &str, more: Option<(&str, Uuid)>) -> String {
        lists::href("/points", ending, self.text(), more)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_back_from_itself() {
        for text in ["", "q=L%C3%BD%20S%C6%A1n&state=open&location=market&commune=X%C3%A3%20B%C3%ACnh"] {
            let uri = format!("/points?{text}").parse().unwrap();
            let query = axum::extract::Query::<PointsQuery>::try_from_uri(&uri).unwrap().0;
            assert_eq!(query.text(), text);
            assert_eq!(query.read().unwrap().state, (!text.is_empty()).then_some(PointState::Open));
        }
        for (state, q) in [("opened", String::new()), ("", "x".repeat(201))] {
            assert!(PointsQuery { state: state.to_owned(), q, ..PointsQuery::default() }.read().is_err());
        }
    }
}
