//! How a computer of a store stands, as central's board of stores shows it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::stream::{Hash, StreamId};

/// Printers in trouble that are told at most.
pub const FAULTS_MAX: usize = 16;
/// Sales of which it is told at most that their invoices wait; of more only how many. Fines go by steps up to fifty.
pub const WAITING_SALES_MAX: usize = 500;
/// Longest version, counter and fault, bytes.
pub const CONDITION_TEXT_MAX: usize = 64;

/// What a computer tells of itself beside its journal (`POST …/condition`). Nothing counts by it, and each one takes the
/// place of the one before; its clock stands in the proof that signs the request.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// The program's version.
    pub version: String,
    /// The number of the journal's last entry: what central lacks is on its way.
    pub head_seq: i64,
    /// Printers with papers that did not come out.
    pub printer_faults: Vec<PrinterFault>,
    /// E-invoices that are not issued yet.
    pub invoices_pending: i64,
    /// Since when the oldest of them waits, UTC milliseconds.
    pub invoices_oldest_ms: Option<i64>,
    /// Whose they are, each sale once, the oldest first; none of a program of before this.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub invoices_waiting: Vec<WaitingInvoices>,
}

/// Invoices of a sale that are not issued yet: its own, and those that replace it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingInvoices {
    /// The sale.
    pub sale: Uuid,
    /// How many.
    pub waiting: i64,
    /// How many of them were refused, and wait for a person.
    pub refused: i64,
}

/// A printer with papers that did not come out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrinterFault {
    /// The counter.
    pub counter: String,
    /// Why, as the till names it, such as `no_paper`; empty where nobody knows whether the paper came out.
    pub fault: String,
}

impl Condition {
    /// Returns the address to which a stream posts `body`: the proof signs the address, and so the body too.
    pub fn path(stream: StreamId, body: &[u8]) -> String {
        format!("/sync/v1/streams/{stream}/condition?sha256={}", Hash::of(&[body]))
    }

    /// True when nothing in it is longer or less than it can be.
    pub fn is_plausible(&self) -> bool {
        let is_short = |text: &str| text.len() <= CONDITION_TEXT_MAX && !text.chars().any(char::is_control);
        let faults = &self.printer_faults;
        is_short(&self.version)
            && self.head_seq >= 0
            && self.invoices_pending >= 0
            && faults.len() <= FAULTS_MAX
            && faults.iter().all(|fault| is_short(&fault.counter) && is_short(&fault.fault))
            && self.has_plausible_sales()
    }

    /// True when each sale stands once, and all of them have no more invoices than wait.
    fn has_plausible_sales(&self) -> bool {
        let told = &self.invoices_waiting;
        let sales: BTreeSet<Uuid> = told.iter().map(|each| each.sale).collect();
        let all = told.iter().map(|each| each.waiting).fold(0, i64::saturating_add);
        told.len() <= WAITING_SALES_MAX
            && sales.len() == told.len()
            && told.iter().all(|each| each.waiting >= 1 && (0..=each.waiting).contains(&each.refused))
            && all <= self.invoices_pending
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_is_not_plausible() {
        let fault = PrinterFault { counter: "1".to_owned(), fault: "no_paper".to_owned() };
        let good = Condition {
            version: "0.1.0".to_owned(),
            head_seq: 12,
            printer_faults: vec![fault.clone()],
            invoices_pending: 3,
            invoices_oldest_ms: Some(1),
            invoices_waiting: vec![waiting(1, 1, 0), waiting(2, 2, 2)],
        };
        let many = Condition { invoices_pending: 1_000, ..Condition::default() };
        assert!(good.is_plausible() && Condition::default().is_plausible());
        for wrong in [
            Condition { version: "x".repeat(65), ..good.clone() },
            Condition { version: "a\nb".to_owned(), ..good.clone() },
            Condition { head_seq: -1, ..good.clone() },
            Condition { invoices_pending: -1, ..good.clone() },
            Condition { printer_faults: vec![fault; 17], ..good.clone() },
            Condition { invoices_waiting: vec![waiting(1, 0, 0)], ..good.clone() },
            Condition { invoices_waiting: vec![waiting(1, 2, 3)], ..good.clone() },
            Condition { invoices_waiting: vec![waiting(1, 2, -1)], ..good.clone() },
            Condition { invoices_waiting: vec![waiting(1, 1, 0), waiting(1, 1, 0)], ..good.clone() },
            Condition { invoices_waiting: vec![waiting(1, 4, 0)], ..good.clone() },
            Condition { invoices_waiting: (0..501).map(|n| waiting(n, 1, 0)).collect(), ..many.clone() },
        ] {
            assert!(!wrong.is_plausible(), "{wrong:?}");
        }
        assert!(
            Condition { invoices_waiting: (0..500).map(|n| waiting(n, 1, 0)).collect(), ..many }
                .is_plausible()
        );
    }

    fn waiting(sale: u128, waiting: i64, refused: i64) -> WaitingInvoices {
        WaitingInvoices { sale: Uuid::from_u128(sale), waiting, refused }
    }

    #[test]
    fn what_a_program_of_before_tells_is_read() {
        let text = r#"{"version":"0.1.0","head_seq":1,"printer_faults":[],"invoices_pending":3,"invoices_oldest_ms":null}"#;
        let read: Condition = serde_json::from_str(text).unwrap();
        assert!(read.is_plausible() && read.invoices_waiting.is_empty());
        assert_eq!(serde_json::to_string(&read).unwrap(), text, "and told alike when nothing waits");
    }
}
