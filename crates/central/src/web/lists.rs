//! What long lists in the order of names share: where a page begins, and the way to the pages beside it.

use maud::{Markup, html};
use uuid::Uuid;
use web::address::encoded_value;
use web::{Fault, Lang};

use super::product_texts::ProductTexts;
use crate::db::keyset::From;

/// Rows on a page.
pub const ROWS: usize = 50;
/// The longest words that are looked for, in letters.
pub const WORDS_MAX: usize = 200;

/// Where a page begins, as its address says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Cursor {
    /// With the first row.
    #[default]
    Start,
    /// Behind the row with this id.
    After(Uuid),
    /// So that it ends before that row.
    Before(Uuid),
}

impl Cursor {
    /// Reads the two fields of an address; the first one counts.
    ///
    /// # Errors
    /// For what is no id.
    pub fn read(after: Option<&str>, before: Option<&str>) -> Result<Self, Fault> {
        let given =
            |text: Option<&str>| text.filter(|text| !text.is_empty()).map(Uuid::try_parse).transpose();
        let read = given(after).and_then(|after| Ok((after, given(before)?)));
        Ok(match read.map_err(|_| Fault::not_found())? {
            (Some(id), _) => Self::After(id),
            (None, Some(id)) => Self::Before(id),
            (None, None) => Self::Start,
        })
    }

    /// Returns its id.
    pub const fn id(self) -> Option<Uuid> {
        match self {
            Self::Start => None,
            Self::After(id) | Self::Before(id) => Some(id),
        }
    }

    /// Returns it with the place of its row, which `find` has looked up; a row that is not there is no place.
    ///
    /// # Errors
    /// When there is no such row.
    pub fn at(self, place: Option<(String, Uuid)>) -> Result<From, Fault> {
        match (self, place) {
            (Self::Start, _) => Ok(From::Start),
            (Self::After(_), Some((name, id))) => Ok(From::After(name, id)),
            (Self::Before(_), Some((name, id))) => Ok(From::Before(name, id)),
            (_, None) => Err(Fault::not_found()),
        }
    }
}

/// Returns fields as they stand behind the question mark of an address; empty ones are left out.
pub fn query_text(fields: &[(&str, impl AsRef<str>)]) -> String {
    let given = fields.iter().filter(|(_, value)| !value.as_ref().is_empty());
    given
        .map(|(name, value)| format!("{name}={}", encoded_value(value.as_ref())))
        .collect::<Vec<_>>()
        .join("&")
}

/// Returns the address of a list under an ending, `.xlsx`, with a query and perhaps another field.
pub fn href(path: &str, ending: &str, query: String, more: Option<(&str, Uuid)>) -> String {
    let more = more.map(|(name, id)| format!("{name}={id}")).unwrap_or_default();
    let parts = [query, more].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("&");
    let sign = if parts.is_empty() { "" } else { "?" };
    format!("{path}{ending}{sign}{parts}")
}

/// The way to the pages before and behind; nothing when there are none. `href` returns an address with a field of it.
pub fn pager(
    lang: Lang,
    label: &str,
    (before, after): (Option<Uuid>, Option<Uuid>),
    href: impl Fn(&str, Uuid) -> String,
) -> Markup {
    html! {
        @if before.is_some() || after.is_some() {
            nav.pager aria-label=(label) {
                span { @if let Some(id) = before { a.button href=(href("before", id)) { (lang.list_before()) } } }
                span { @if let Some(id) = after { a.button href=(href("after", id)) { (lang.list_after()) } } }
            }
        }
    }
}
