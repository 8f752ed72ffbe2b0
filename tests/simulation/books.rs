//! Central's books of one store: the real fold of real payloads, each sale once.

use std::collections::BTreeMap;

use domain::fold::{Account, Place, Posting, fold};
use domain::ids::StoreId;
use domain::stock::Location;
use protocol::{Entry, Hash, Kind, Payload};
use uuid::Uuid;

use super::backs::{Backs, Judged};

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
    /// What came back.
    pub(crate) backs: Backs,
}

/// What became of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Taken {
    Counted,
    Duplicate,
    Exception,
    /// A refund whose sale is not counted yet.
    Waits,
    /// A refund of more than there was.
    TooMuch,
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
        if let Payload::Refund(refund) | Payload::Void(refund) = payload {
            let is_known = self.claims.contains_key(&envelope.sale_id.unwrap());
            let (judged, postings) = self.backs.take_up(store_id, entry, refund, is_known);
            self.post(&postings);
            return match judged {
                Judged::Counted => Taken::Counted,
                Judged::Waits => Taken::Waits,
                Judged::TooMuch => Taken::TooMuch,
            };
        }
        let fact = payload.fact(envelope.business_date).unwrap();
        self.post(&fold(&fact, store_id).unwrap());
        if let Payload::Sale(sale) = payload {
            self.turnover += sale.payable;
            let settled = self.backs.settle(store_id, envelope.sale_id.unwrap());
            self.post(&settled);
        }
        Taken::Counted
    }

    fn post(&mut self, postings: &[Posting]) {
        for posting in postings {
            match posting {
                Posting::Money(account, amount) => {
                    *self.balances.entry(*account).or_default() += amount.vnd();
                }
                Posting::Stock(place, quantity) => {
                    *self.stock.entry(*place).or_default() += quantity.milli();
                }
            }
        }
    }

    /// Returns the pieces at a place, of all lots.
    pub(crate) fn pieces_at(&self, location: Location) -> i64 {
        let there = self.stock.iter().filter(|(place, _)| place.location == location);
        there.map(|(_, milli)| milli / 1_000).sum()
    }

    /// Returns what must not depend on the order of counting.
    pub(crate) fn sums(&self) -> impl PartialEq + std::fmt::Debug + use<> {
        let mut sales = self.sales.clone();
        sales.sort_unstable();
        let (mut balances, mut stock) = (self.balances.clone(), self.stock.clone());
        for posting in self.backs.disputed_effects() {
            match posting {
                Posting::Money(account, amount) => *balances.entry(*account).or_default() -= amount.vnd(),
                Posting::Stock(place, quantity) => *stock.entry(*place).or_default() -= quantity.milli(),
            }
        }
        balances.retain(|_, vnd| *vnd != 0);
        stock.retain(|_, milli| *milli != 0);
        let sums = Sums {
            balances,
            stock,
            turnover: self.turnover,
            sales,
            duplicates: self.duplicates,
            exceptions: self.exceptions,
        };
        (sums, self.backs.sums())
    }
}

#[derive(Debug, PartialEq, Eq)]
struct Sums {
    balances: BTreeMap<Account, i64>,
    stock: BTreeMap<Place, i64>,
    turnover: i64,
    sales: Vec<Uuid>,
    duplicates: u64,
    exceptions: u64,
}
