//! `tender_confirmed`, version 1: money came that the store had waited for since a sale: the transfer was seen at the bank,
//! or the buyer paid what was owed.

use domain::fact::Fact;
use domain::tender::TenderKind;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::FactError;
use super::sale::SaleTender;

/// The shared part; the private one has nothing to tell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TenderConfirmed {
    /// The number of the paper that says so.
    pub voucher: String,
    /// The number on the sale's receipt.
    pub sale_receipt: String,
    /// The shift of the drawer; it counts there.
    pub shift: Uuid,
    /// Who; shown to the operator only.
    pub cashier: Uuid,
    /// At which counter.
    pub counter: String,
    /// What it had been until now: `claimed` or `credit`.
    pub from: String,
    /// What came, per kind.
    pub tenders: Vec<SaleTender>,
    /// From whom the store knows it: [`BANK_NOTICE`] or [`BANK_FILE`]; none when the person saw the money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// The bank told it by way of central: nobody pressed anything, and `cashier` is sixteen zero bytes.
pub const BANK_NOTICE: &str = "bank_notice";
/// It stands in a file of the bank that the person brought in.
pub const BANK_FILE: &str = "bank_file";

impl TenderConfirmed {
    pub(super) fn fact(&self) -> Result<Fact, FactError> {
        let from = TenderKind::from_code(&self.from).ok_or(FactError::Code { what: "kind of tender" })?;
        let paid = self.tenders.iter().map(SaleTender::read).collect::<Result<_, _>>()?;
        Ok(Fact::Confirmed { from, paid })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Entries that were written before there was a source are read, and written, as they were.
    #[test]
    fn a_source_is_told_only_where_there_is_one() {
        let id = "019a2b3c-4d5e-7000-8000-000000090001";
        let before = format!(
            r#"{{"voucher":"V","sale_receipt":"R","shift":"{id}","cashier":"{id}","counter":"1","from":"claimed","tenders":[{{"kind":"vietqr","amount":90000}}]}}"#
        );
        let mut confirmed: TenderConfirmed = serde_json::from_str(&before).unwrap();
        assert_eq!(confirmed.source, None);
        assert_eq!(serde_json::to_string(&confirmed).unwrap(), before);
        confirmed.source = Some(BANK_NOTICE.to_owned());
        let told = serde_json::to_string(&confirmed).unwrap();
        assert_eq!(serde_json::from_str::<TenderConfirmed>(&told).unwrap(), confirmed);
        assert!(told.ends_with(r#","source":"bank_notice"}"#), "{told}");
    }
}
