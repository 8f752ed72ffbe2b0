//! The language of a paper. What staff typed and the names of goods stay as they are.

use serde::{Deserialize, Serialize};

/// A language that papers are printed in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// Vietnamese.
    #[default]
    Vi,
    /// English.
    En,
}

impl Language {
    /// Both, Vietnamese first.
    pub const ALL: [Language; 2] = [Language::Vi, Language::En];

    /// Returns the one of two texts that is in this language.
    pub(crate) fn pick(self, vietnamese: &'static str, english: &'static str) -> &'static str {
        match self {
            Language::Vi => vietnamese,
            Language::En => english,
        }
    }
}
