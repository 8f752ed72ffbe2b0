//! Which products the list of papers shows: a GET form, so that every view is a link that can be kept, sent and downloaded.

use domain::recognition::WARNING_DAYS;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;
use web::Fault;

use crate::db::dossiers::list::{Picked, State};
use crate::db::product_list::Whose;
use crate::web::lists::{self, Cursor, WORDS_MAX};

/// What the form writes for papers however they stand.
pub const ANY_STATE: &str = "all";

/// The query as it is written. Unknown names are left alone: messengers hang theirs on links that people send.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct DossiersQuery {
    /// Words of the name, or a code.
    pub q: String,
    /// Code of a group.
    pub group: String,
    /// A producer's id, or words of the name.
    pub producer: String,
    /// Code of a kind of paper.
    pub kind: String,
    /// Missing or lapsed without one; `missing`, `lapsed`, `all`, or 30, 60 or 90: it ends within so many days.
    pub state: String,
    /// The id of the row behind which the page begins.
    pub after: String,
    /// The id of the row before which the page ends.
    pub before: String,
}

impl DossiersQuery {
    /// Returns what is asked for.
    ///
    /// # Errors
    /// For a state that nobody offers, and for words that are too long.
    pub fn read(&self) -> Result<Picked, Fault> {
        let words = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let all = [&self.q, &self.group, &self.producer, &self.kind];
        if all.iter().any(|text| text.chars().count() > WORDS_MAX) {
            return Err(Fault::not_found());
        }
        let producer = words(&self.producer).map(|text| match Uuid::try_parse(&text) {
            Ok(id) => Whose::Of(id.into()),
            Err(_) => Whose::Named(text),
        });
        let state = match self.state.as_str() {
            "" => State::Gap,
            "missing" => State::Missing,
            "lapsed" => State::Lapsed,
            ANY_STATE => State::Any,
            days => {
                let days = days.parse().ok().filter(|days| WARNING_DAYS.contains(days));
                State::Lapsing(days.ok_or_else(Fault::not_found)?)
            }
        };
        let (group_code, kind_code) = (words(&self.group), words(&self.kind));
        Ok(Picked { words: words(&self.q), group_code, producer, kind_code, state })
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
            ("group", &self.group),
            ("producer", &self.producer),
            ("kind", &self.kind),
            ("state", &self.state),
        ])
    }

    /// Returns an address of the list with another ending, `.xlsx`, and perhaps another field.
    pub fn href(&self, ending: &str, more: Option<(&str, Uuid)>) -> String {
        lists::href("/dossiers", ending, self.text(), more)
    }

    /// The same with another state.
    pub fn with_state(&self, state: &str) -> Self {
        Self { state: state.to_owned(), ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(text: &str) -> DossiersQuery {
        let uri = format!("/dossiers?{text}").parse().unwrap();
        axum::extract::Query::try_from_uri(&uri).unwrap().0
    }

    #[test]
    fn an_address_is_read_back_from_itself() {
        for (text, state) in [
            ("", State::Gap),
            ("q=t%E1%BB%8Fi&group=food&producer=Ph%C3%BA&kind=label&state=90", State::Lapsing(90)),
            ("state=all", State::Any),
            ("state=lapsed", State::Lapsed),
        ] {
            assert_eq!(query(text).text(), text);
            assert_eq!(query(text).read().unwrap().state, state);
        }
        assert_eq!(query("state=30&after=x").with_state("").href(".csv", None), "/dossiers.csv");
        let long = format!("q={}", "x".repeat(201));
        for wrong in ["state=31", "state=held", &long] {
            assert!(query(wrong).read().is_err(), "{wrong}");
        }
    }
}
