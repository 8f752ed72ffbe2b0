//! What people write into a report, as the paper, programs and a seal take it.

use serde::{Deserialize, Serialize};
use time::Date;
use utoipa::ToSchema;

use super::iso;
use crate::db::reports::Words;

/// Longest text of difficulties or proposals, in letters.
pub const TEXT_MAX: usize = 5_000;
/// Longest line: number, title, name.
pub const LINE_MAX: usize = 120;
/// Longest list of recipients, in letters.
pub const RECIPIENTS_MAX: usize = 1_000;

/// The words of a report.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct WordsOfReport {
    /// Difficulties.
    pub difficulties: String,
    /// Proposals.
    pub proposals: String,
    /// Number, with or without its sign.
    pub number: String,
    /// The date of the paper.
    #[serde(with = "iso::maybe")]
    #[schema(value_type = Option<String>, format = Date)]
    pub signed_on: Option<Date>,
    /// What the signer is.
    pub signer_title: String,
    /// Who signs.
    pub signer_name: String,
    /// Who gets it, one a line.
    pub recipients: String,
    /// When they were saved, UTC milliseconds; none while nobody has written any for the period.
    pub saved_at_ms: Option<i64>,
    /// By whom: a login.
    pub saved_by: Option<String>,
}

impl WordsOfReport {
    /// Takes what was saved for this period.
    pub fn saved(words: Words) -> Self {
        let (saved_at_ms, saved_by) = (Some(words.saved_at_ms), Some(words.saved_by.clone()));
        Self {
            number: words.number.clone(),
            signed_on: words.signed_on,
            saved_at_ms,
            saved_by,
            ..Self::proposed(words)
        }
    }

    /// Takes over what was written for another period: all but the number and the date, which are each paper's own.
    pub fn proposed(words: Words) -> Self {
        Self {
            difficulties: words.difficulties,
            proposals: words.proposals,
            signer_title: words.signer_title,
            signer_name: words.signer_name,
            recipients: words.recipients,
            ..Self::default()
        }
    }
}
