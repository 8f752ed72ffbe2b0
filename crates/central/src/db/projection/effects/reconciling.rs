//! What entries add to the comparison of a period: money by account and day, all goods by cause, drawers that were counted, and
//! money that came to the account.

use std::collections::BTreeMap;

use domain::fact::Fact;
use domain::fold::{Account, Posting};
use domain::ids::{OperatorId, SaleId};
use domain::payment_reference::PaymentReference;
use protocol::Hash;
use time::Date;

use super::super::told::Told;
use super::Effects;
use crate::db::bank_notices::reference_hash;
use crate::db::entries::{DAY_MAX, DAY_MIN, Filed, plain};

/// Longest name of a kind, as in the column of the entries.
const KIND_MOST: usize = 40;

/// Money of an account, a day and a kind of entries.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Moved {
    /// Đồng; debits positive.
    pub amount_vnd: i64,
    /// Entries that posted to it.
    pub entry_count: i64,
}

/// A drawer that was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DrawerCount {
    /// The business day.
    pub day: Date,
    /// What the till said must be in it, đồng.
    pub expected_vnd: i64,
    /// What was counted.
    pub counted_vnd: i64,
    /// With how much of it the shift had begun.
    pub float_vnd: i64,
}

/// Money that came to the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BankTender {
    /// The business day.
    pub day: Date,
    /// Digest of the reference of its sale, where it names one.
    pub reference_hash: Option<Hash>,
    /// Đồng.
    pub amount_vnd: i64,
}

/// The day of an entry's drawer.
pub(super) fn drawer_day(filed: &Filed) -> Date {
    filed.entry.envelope.business_date.clamp(DAY_MIN, DAY_MAX)
}

impl Effects {
    /// Counts what an entry posts; `sign` is −1 for what is taken out of suspense again.
    pub(super) fn count_money(&mut self, filed: &Filed, postings: &[Posting], sign: i64) {
        let mut sums: BTreeMap<&'static str, i64> = BTreeMap::new();
        for posting in postings {
            if let Posting::Money(account, amount) = posting {
                *sums.entry(account.code()).or_default() += amount.vnd();
            }
        }
        let day = drawer_day(filed);
        for (account, vnd) in &sums {
            let kind = plain(&filed.entry.envelope.kind, KIND_MOST);
            let cell = self.money_daily.entry((day, account, kind)).or_default();
            cell.amount_vnd += sign * vnd;
            cell.entry_count += sign;
        }
        let came = sums.get(Account::Bank.code()).copied().unwrap_or_default();
        // What goes out is no notice of a bank; of what comes in nothing is ever judged again.
        if came > 0 && sign > 0 {
            self.add_bank_tender(filed, day, came);
        }
    }

    fn add_bank_tender(&mut self, filed: &Filed, day: Date, amount_vnd: i64) {
        let hash =
            |(operator, sale): (OperatorId, SaleId)| reference_hash(operator, &PaymentReference::of(sale));
        let sale = filed.entry.envelope.sale_id.map(SaleId::from_uuid);
        let row = BankTender { day, reference_hash: self.operator_id.zip(sale).map(hash), amount_vnd };
        self.bank_tenders.insert((filed.stream.incarnation, filed.seq()), row);
    }

    pub(super) fn add_drawer_count(&mut self, filed: &Filed, told: &Told) {
        if let Some(Fact::ShiftClosed { float, expected, counted }) = told.fact() {
            let row = DrawerCount {
                day: drawer_day(filed),
                expected_vnd: expected.vnd(),
                counted_vnd: counted.vnd(),
                float_vnd: float.vnd(),
            };
            self.drawer_counts.insert((filed.stream.incarnation, filed.seq()), row);
        }
    }
}
