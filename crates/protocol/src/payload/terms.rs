//! `terms`, version 1: a version of the terms with a producer, agreed at the store.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::wire::TermsRow;

/// What the operator and a producer agreed on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermsAgreed {
    /// The number on its paper.
    pub voucher: String,
    /// The version, in the form in which central tells it; it begins on the business date of the entry, or later.
    pub terms: TermsRow,
    /// Who wrote it; shown to the operator only.
    pub cashier: Uuid,
    /// The manager who agreed for the operator.
    pub approved_by: Uuid,
}
