//! Central's books of one store: the real fold of real payloads, each sale once.

use std::collections::BTreeMap;

use domain::fold::{Account, Place, Posting, fold};
use domain::ids::StoreId;
use protocol::{Entry, Hash, Kind, Payload};
use uuid::Uuid;

#[derive(Clone, Default)]
pub(crate) struct Books {
    pub(crate) balances: BTreeMap<Account, i64>,
    pub(crate) stock: BTreeMap<Place, i64>,
    /// Payables of all counted sales, đồng.
    pub(crate) turnover: i64,
    /// Counted sales, in the order of counting.
    pub(crate) sales: Vec<Uuid>,
    /// Which entry told a sale first.
    claims: BTreeMap<Uuid, Hash>,
    /// Everything that was taken up, in order.
    pub(crate) taken_up: Vec<Hash>,
    pub(crate) duplicates: u64,
    pub(crate) exceptions: u64,
}

/// What became of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Taken {
    Counted,
    Duplicate,
    Exception,
}

impl Books {
    pub(crate) fn take_up(&mut self, store_id: StoreId, entry: &Entry) -> Taken {
        self.taken_up.push(entry.hash);
        let (envelope, kind) = (&entry.envelope, entry.envelope.kind());
        let Ok(payload) = Payload::read(&kind, envelope.schema, &entry.shared) else {
            self.exceptions += 1;
            return Taken::Exception;
        };
        if kind == Kind::Sale {
            let sale_id = envelope.sale_id.unwrap();
            if *self.claims.entry(sale_id).or_insert(entry.hash) != entry.hash {
                self.duplicates += 1;
                return Taken::Duplicate;
            }
            self.sales.push(sale_id);
        }
        let fact = payload.fact(envelope.business_date).unwrap();
        for posting in fold(&fact, store_id).unwrap() {
            match posting {
                Posting::Money(account, amount) => {
                    *self.balances.entry(account).or_default() += amount.vnd();
                }
                Posting::Stock(place, quantity) => {
                    *self.stock.entry(place).or_default() += quantity.milli();
                }
            }
        }
        if let Payload::Sale(sale) = payload {
            self.turnover += sale.payable;
        }
        Taken::Counted
    }

    /// Returns what must not depend on the order of counting.
    pub(crate) fn sums(&self) -> Sums<'_> {
        let mut sales = self.sales.clone();
        sales.sort_unstable();
        Sums {
            balances: &self.balances,
            stock: &self.stock,
            turnover: self.turnover,
            sales,
            duplicates: self.duplicates,
            exceptions: self.exceptions,
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Sums<'a> {
    balances: &'a BTreeMap<Account, i64>,
    stock: &'a BTreeMap<Place, i64>,
    turnover: i64,
    sales: Vec<Uuid>,
    duplicates: u64,
    exceptions: u64,
}
