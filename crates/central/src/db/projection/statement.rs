//! What a settlement must say, computed from central's own books as in the store, by [`domain::settlement::statement`].
//!
//! What is in an earlier settlement follows from positions alone: that settlement's own entry lies within the reach of this
//! one. So it matters neither when central heard of it, nor whether another one, which nobody knew of then, was counted
//! first. The books can tell nothing, and the settlement is taken as told, when
//! - an entry that it reaches to is not counted here yet: it stands in another journal of the store, which was not sent or
//!   waits for approval. A wrong settlement is then found or not as its entries arrive; a right one never depends on that;
//! - an entry within its reach that has to do with the producer's goods is in suspense here, and not in the books as told;
//! - it stands in a branch that was adopted, where the names of journals are those of before.

use std::collections::{BTreeMap, BTreeSet};

use domain::ids::{ProducerId, ProductId};
use domain::settlement::{MoveSum, StatementRow, statement};
use domain::stock_move::moves;
use domain::{Money, MoneyError};
use protocol::StreamId;
use uuid::Uuid;

use super::Reader;
use super::settling::{Reach, reach_of};
use super::told::{Told, told_at};
use crate::db::engine::{Tx, sql};
use crate::db::entries::Filed;
use crate::db::stock_moves::list_sums;
use crate::error::Result;

/// Entries in suspense that are read again for a settlement; of a store that has more, the books tell nothing.
const SUSPENDED_MOST: usize = 200;

/// What a settlement must say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// By product.
    pub rows: BTreeMap<ProductId, StatementRow>,
    /// Owed from before and put right since, less what was paid until then.
    pub carried: Money,
}

/// Entries at hand, with what they tell.
pub(super) type AtHand<'a> = (&'a [Filed], &'a [Told]);

impl Reader<'_> {
    /// Computes what the settlement at a place must say, if there is one, from the books and what was read since they were
    /// written. `counted_no` is its number in the order of counting.
    pub(super) async fn learn_statement(
        &mut self,
        tx: &mut Tx,
        at_hand: AtHand<'_>,
        at: usize,
        counted_no: i64,
    ) -> Result<()> {
        self.knowledge.statement = None;
        let (Some(filed), Some(Told::Settling(told))) = (at_hand.0.get(at), at_hand.1.get(at)) else {
            return Ok(());
        };
        let Some(reach) = told.settlement.as_ref().and_then(|settlement| reach_of(filed, settlement)) else {
            return Ok(());
        };
        let is_branch = filed.stream != filed.entry.envelope.stream;
        if is_branch || !self.is_counted(tx, filed.stream, &reach, counted_no).await? {
            return Ok(());
        }
        let suspended = self.suspended_within(tx, &reach).await?;
        let Some(unbooked) = self.unbooked_payments(tx, at_hand, told.producer_id, &suspended).await? else {
            return Ok(());
        };
        let sums = self.sums(tx, told.producer_id, &reach).await?;
        let paid_vnd = self.paid(tx, told.producer_id, &reach).await?.saturating_add(unbooked);
        self.knowledge.statement = state(&sums, paid_vnd).ok();
        Ok(())
    }

    /// Says whether every entry that is reached to was counted before. Those of its own journal always were.
    pub(super) async fn is_counted(
        &self,
        tx: &mut Tx,
        own: StreamId,
        reach: &Reach,
        counted_no: i64,
    ) -> Result<bool> {
        for (incarnation, seq) in reach.iter().filter(|(incarnation, _)| **incarnation != own.incarnation) {
            let sql = sql!(
                "select seq from entries where store_id = $1 and incarnation = $2 and seq = $3 and counted_no < $4",
                own.store_id,
                *incarnation,
                *seq,
                counted_no
            );
            if tx.opt::<(i64,)>(sql).await?.is_none() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Returns the entries within reach that are not in the books as told.
    async fn suspended_within(&self, tx: &mut Tx, reach: &Reach) -> Result<BTreeSet<(u128, i64)>> {
        let mut all: BTreeSet<(u128, i64)> = self.effects.exceptions.keys().copied().collect();
        if !self.knowledge.is_beside {
            let sql =
                sql!("select incarnation, seq from exceptions where store_id = $1", self.effects.store_id);
            let stored = tx.all::<(Uuid, i64)>(sql).await?.into_iter();
            let stored = stored.map(|(incarnation, seq)| (incarnation.as_u128(), seq));
            all.extend(stored.filter(|at| !self.effects.judged_again.contains_key(at)));
        }
        all.retain(|at| is_within(reach, *at));
        Ok(all)
    }

    /// Returns what was paid to a producer by entries in suspense, less what they put right: the store counts it. `None` when one of them may have
    /// moved the producer's goods, of which the books then tell nothing.
    async fn unbooked_payments(
        &self,
        tx: &mut Tx,
        at_hand: AtHand<'_>,
        producer_id: ProducerId,
        suspended: &BTreeSet<(u128, i64)>,
    ) -> Result<Option<i64>> {
        if suspended.len() > SUSPENDED_MOST {
            return Ok(None);
        }
        let store_id = self.effects.store_id;
        let mut paid_vnd = 0i64;
        for (incarnation, seq) in suspended.iter().copied() {
            let stream = StreamId { store_id, incarnation };
            let touches = |told: &Told| match told {
                Told::Settling(other) if other.producer_id == producer_id => Some(other.less_vnd()),
                Told::Later(_) | Told::Unreadable(_) => None,
                told => {
                    let moved = told.fact().map_or_else(|| Ok(Vec::new()), |fact| moves(fact, store_id));
                    let is_theirs =
                        moved.map(|all| all.iter().any(|one| one.owner.producer_id() == Some(producer_id)));
                    (is_theirs == Ok(false)).then_some(0)
                }
            };
            match told_at(tx, (stream, seq), at_hand, touches).await?.flatten() {
                Some(vnd) => paid_vnd = paid_vnd.saturating_add(vnd),
                None => return Ok(None),
            }
        }
        Ok(Some(paid_vnd))
    }

    /// Returns what moved of a producer's goods within reach, and whether it is in a settlement whose entry lies there, too.
    async fn sums(&self, tx: &mut Tx, producer_id: ProducerId, reach: &Reach) -> Result<Vec<MoveSum>> {
        let settled = self.settled(tx, producer_id, reach).await?;
        let mut sums = Vec::new();
        for (incarnation, until) in reach.iter().map(|(incarnation, until)| (*incarnation, *until)) {
            let settled_seq = settled.get(&incarnation).copied().unwrap_or(0);
            if !self.knowledge.is_beside {
                let stream = StreamId { store_id: self.effects.store_id, incarnation };
                sums.extend(list_sums(tx, producer_id, stream, (settled_seq, until)).await?);
            }
            let here =
                self.effects.stock_moves.range((incarnation, i64::MIN, 0)..=(incarnation, until, i64::MAX));
            let theirs = here.filter(|(_, moved)| moved.owner.producer_id() == Some(producer_id));
            sums.extend(theirs.map(|((_, seq, _), moved)| MoveSum {
                product_id: moved.product_id,
                cause: moved.cause,
                is_settled: *seq <= settled_seq,
                quantity: moved.quantity,
                worth: moved.worth,
            }));
        }
        Ok(sums)
    }

    /// Returns how far the settlements within reach reach themselves.
    async fn settled(&self, tx: &mut Tx, producer_id: ProducerId, reach: &Reach) -> Result<Reach> {
        let of_producer = (producer_id, 0, i64::MIN, 0)..=(producer_id, u128::MAX, i64::MAX, u128::MAX);
        let here = self.effects.settled.range(of_producer);
        let mut all: Vec<(u128, i64, u128, i64)> =
            here.map(|((_, incarnation, seq, until), last)| (*incarnation, *seq, *until, *last)).collect();
        if !self.knowledge.is_beside {
            let sql = sql!(
                "select incarnation, seq, until_incarnation, until_seq from settled
                 where store_id = $1 and producer_id = $2",
                self.effects.store_id,
                producer_id
            );
            let stored = tx.all::<(Uuid, i64, Uuid, i64)>(sql).await?.into_iter();
            all.extend(
                stored.map(|(incarnation, seq, until, last)| {
                    (incarnation.as_u128(), seq, until.as_u128(), last)
                }),
            );
        }
        let mut settled = Reach::new();
        for (_, _, until, last) in all.into_iter().filter(|row| is_within(reach, (row.0, row.1))) {
            let at = settled.entry(until).or_insert(last);
            *at = last.max(*at);
        }
        Ok(settled)
    }

    /// Returns what was paid to a producer within reach less what was put right there, as the books have it.
    async fn paid(&self, tx: &mut Tx, producer_id: ProducerId, reach: &Reach) -> Result<i64> {
        let here = self.effects.settlements.iter().filter(|(_, row)| row.producer_id == producer_id);
        let mut all: Vec<((u128, i64), i64)> =
            here.map(|(at, row)| (*at, row.paid_vnd - row.adjusted_vnd)).collect();
        if !self.knowledge.is_beside {
            let sql = sql!(
                "select incarnation, seq, paid_vnd - adjusted_vnd from settlements
                 where store_id = $1 and producer_id = $2",
                self.effects.store_id,
                producer_id
            );
            let stored = tx.all::<(Uuid, i64, i64)>(sql).await?.into_iter();
            all.extend(stored.map(|(incarnation, seq, vnd)| ((incarnation.as_u128(), seq), vnd)));
        }
        let within = all.into_iter().filter(|(at, _)| is_within(reach, *at));
        Ok(within.map(|(_, vnd)| vnd).fold(0, i64::saturating_add))
    }
}

fn is_within(reach: &Reach, (incarnation, seq): (u128, i64)) -> bool {
    reach.get(&incarnation).is_some_and(|until| seq <= *until)
}

/// Adds up what a settlement must say.
fn state(sums: &[MoveSum], paid_vnd: i64) -> Result<Statement, MoneyError> {
    let (rows, _) = statement(sums)?;
    let settled = sums.iter().filter(|sum| sum.is_settled).map(|sum| sum.worth.due);
    let carried = Money::sum(settled)?.minus(Money::new(paid_vnd))?;
    Ok(Statement { rows, carried })
}
