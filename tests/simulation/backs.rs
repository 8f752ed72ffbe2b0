//! What came back, as central's books of one store have it: never more of a sale than was sold, each void once, and what
//! comes before its sale waits in suspense until the sale is counted.

use std::collections::{BTreeMap, BTreeSet};

use domain::fact::Fact;
use domain::fold::{Account, Posting, fold, suspend};
use domain::ids::StoreId;
use protocol::payload::Refund;
use protocol::{Entry, Hash, Kind, Payload};
use uuid::Uuid;

use super::goods;

/// What came back of one sale.
#[derive(Clone, Default)]
pub(crate) struct Back {
    pub(crate) pieces: i64,
    pub(crate) paid: i64,
    pub(crate) is_voided: bool,
    /// What counted refunds posted to accounts.
    pub(crate) money: BTreeMap<Account, i64>,
    /// All that refunds of this sale posted, suspense too.
    effects: Vec<Posting>,
}

#[derive(Clone, Default)]
pub(crate) struct Backs {
    pub(crate) of_sales: BTreeMap<Uuid, Back>,
    /// Sales of which stores took more back than there was: which refund is then counted depends on the order.
    disputed: BTreeSet<Uuid>,
    waiting: BTreeMap<Uuid, Vec<(Hash, bool, Refund)>>,
}

/// What became of a refund.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Judged {
    Counted,
    Waits,
    TooMuch,
}

impl Backs {
    /// Judges a refund or void and returns what it posts. `is_known` says whether its sale is counted.
    pub(crate) fn take_up(
        &mut self,
        store_id: StoreId,
        entry: &Entry,
        refund: Refund,
        is_known: bool,
    ) -> (Judged, Vec<Posting>) {
        let (sale_id, is_void) = (entry.envelope.sale_id.unwrap(), entry.envelope.kind() == Kind::Void);
        if is_known {
            return self.judge(store_id, sale_id, is_void, refund);
        }
        let postings = suspend(&fact_of(is_void, refund.clone())).unwrap();
        self.waiting.entry(sale_id).or_default().push((entry.hash, is_void, refund));
        (Judged::Waits, postings)
    }

    /// A sale is counted: what waited for it is judged again. Returns what that posts, what leaves suspense among it.
    pub(crate) fn settle(&mut self, store_id: StoreId, sale_id: Uuid) -> Vec<Posting> {
        let mut all = Vec::new();
        for (_, is_void, refund) in self.waiting.remove(&sale_id).unwrap_or_default() {
            for posting in suspend(&fact_of(is_void, refund.clone())).unwrap() {
                if let Posting::Money(account, amount) = posting {
                    all.push(Posting::Money(account, amount.negated().unwrap()));
                }
            }
            all.extend(self.judge(store_id, sale_id, is_void, refund).1);
        }
        all
    }

    fn judge(
        &mut self,
        store_id: StoreId,
        sale_id: Uuid,
        is_void: bool,
        refund: Refund,
    ) -> (Judged, Vec<Posting>) {
        let back = self.of_sales.entry(sale_id).or_default();
        let pieces: i64 = refund.lines.iter().map(|line| line.quantity / 1_000).sum();
        let fits = back.pieces + pieces <= goods::pieces(sale_id) && !(is_void && back.pieces > 0);
        let paid = refund.paid;
        let fact = fact_of(is_void, refund);
        if !fits {
            self.disputed.insert(sale_id);
            let postings = suspend(&fact).unwrap();
            back.effects.extend(postings.clone());
            return (Judged::TooMuch, postings);
        }
        let postings = fold(&fact, store_id).unwrap();
        back.pieces += pieces;
        back.paid += paid;
        back.is_voided |= is_void;
        for posting in &postings {
            if let Posting::Money(account, amount) = posting {
                *back.money.entry(*account).or_default() += amount.vnd();
            }
        }
        back.effects.extend(postings.clone());
        (Judged::Counted, postings)
    }

    /// Returns what must not depend on the order: which sales are disputed, what waits, what came back of the others.
    pub(crate) fn sums(&self) -> impl PartialEq + std::fmt::Debug + use<> {
        let waiting: BTreeSet<Hash> = self.waiting.values().flatten().map(|(hash, ..)| *hash).collect();
        let settled = self.of_sales.iter().filter(|(id, _)| !self.disputed.contains(*id));
        let settled: Vec<_> =
            settled.map(|(id, back)| (*id, back.pieces, back.paid, back.is_voided)).collect();
        (self.disputed.clone(), waiting, settled)
    }

    /// Returns what refunds of disputed sales posted.
    pub(crate) fn disputed_effects(&self) -> impl Iterator<Item = &Posting> {
        self.of_sales.iter().filter(|(id, _)| self.disputed.contains(*id)).flat_map(|(_, back)| &back.effects)
    }

    /// Returns pieces that came back, in all.
    pub(crate) fn pieces(&self) -> i64 {
        self.of_sales.values().map(|back| back.pieces).sum()
    }

    /// Returns what counted refunds paid, in all.
    pub(crate) fn paid(&self) -> i64 {
        self.of_sales.values().map(|back| back.paid).sum()
    }
}

fn fact_of(is_void: bool, refund: Refund) -> Fact {
    let payload = if is_void { Payload::Void(refund) } else { Payload::Refund(refund) };
    payload.fact(goods::DAY).unwrap()
}
