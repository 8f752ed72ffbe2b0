//! What a store learns of e-invoices.

use serde::{Deserialize, Serialize};

/// How a store makes e-invoices from its cash register. Codes that a store does not know mean no e-invoices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvoiceRow {
    /// The operator's legal status: `company`, `cooperative`, `household`, `state_unit`.
    pub legal_status: String,
    /// `by_legal_form`, `always` or `never`.
    pub duty: String,
    /// Name of the operator as registered: the seller.
    pub seller: String,
    /// Form digit and symbol, such as `1C26MAA`.
    pub symbol: String,
    /// The five characters that the tax authority gave the operator.
    pub authority_chars: String,
    /// First number of this store's own range.
    pub number_first: i64,
    /// Last number of it.
    pub number_last: i64,
    /// Version of the data form.
    pub form_version: String,
    /// Minute of the local day at which the day's data must be out: 1435 is 23:55.
    pub cutoff_min: i64,
    /// Name of the provider that takes the data; may be empty.
    pub provider: String,
    /// Tax number of the provider; may be empty.
    pub provider_tax_number: String,
    /// Where a buyer looks an invoice up; may be empty.
    pub lookup_url: String,
}
