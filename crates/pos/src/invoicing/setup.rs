//! How this store makes e-invoices, read from what central sent.

use domain::invoice::code::{AuthorityChars, NumberRange};
use domain::invoice::duty::{Duty, LegalStatus};
use domain::invoice::symbol::Symbol;
use protocol::wire::{InvoiceRow, StoreRow};

use super::document::Document;

/// The settings of a store that has to make e-invoices.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Setup<'a> {
    pub(crate) store: &'a StoreRow,
    pub(crate) row: &'a InvoiceRow,
    pub(crate) symbol: Symbol,
    pub(crate) chars: AuthorityChars,
    pub(crate) range: NumberRange,
}

impl<'a> Setup<'a> {
    /// Returns the settings, or `None` when the operator's sales need no e-invoice. Settings that this version cannot
    /// read are none, too, and stand in the log: a sale never waits for them.
    pub(crate) fn of(store: Option<&'a StoreRow>) -> Option<Self> {
        let store = store?;
        let row = store.invoice.as_deref()?;
        let status = LegalStatus::from_code(&row.legal_status);
        let (Some(status), Some(duty)) = (status, Duty::from_code(&row.duty)) else {
            tracing::error!("the settings of e-invoices are not of this version: update the program");
            return None;
        };
        if !duty.is_due(status) {
            return None;
        }
        let parts = (
            Symbol::parse(&row.symbol),
            AuthorityChars::parse(&row.authority_chars),
            NumberRange::new(row.number_first, row.number_last),
        );
        let (Ok(symbol), Ok(chars), Ok(range)) = parts else {
            tracing::error!("the settings of e-invoices cannot be read: tell the department");
            return None;
        };
        Some(Self { store, row, symbol, chars, range })
    }

    /// Says whether the symbol and the codes are for invoices of this form.
    pub(super) fn makes(&self, document: &Document) -> bool {
        self.symbol.form().digit() == document.form
    }
}
