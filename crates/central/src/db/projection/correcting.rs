//! Whether a settlement or a payment can have been put right as told: it stands before, in this journal or another one of the store, and is
//! the producer's; and of a payment comes back once at most what was paid.
//!
//! As with what a settlement says ([`super::statement`]), an entry of another journal that is not counted here yet is taken as told: a
//! right correction never depends on what came first. Of two that take back one payment the one that is taken up last is the exception.

use domain::Money;
use domain::correction::{Corrected, CorrectionError, REASON_MOST};
use protocol::StreamId;

use super::Reader;
use super::judgement::AMOUNT_MOST;
use super::settling::Reach;
use super::statement::AtHand;
use super::told::{CorrectionTold, SettlingTold, Told, told_at};
use crate::db::engine::{Tx, sql};
use crate::db::entries::{Filed, plain};
use crate::db::exceptions::{Finding, Reason};
use crate::error::Result;

/// What an entry puts right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// The books cannot tell.
    Unknown,
    /// Nothing that can be put right.
    Nothing,
    /// A settlement, or a payment.
    Paper(Corrected),
}

impl Reader<'_> {
    /// Looks up what the entry at a place puts right, if it does so. `counted_no` is its number in the order of counting.
    pub(super) async fn learn_corrected(
        &mut self,
        tx: &mut Tx,
        at_hand: AtHand<'_>,
        at: usize,
        counted_no: i64,
    ) -> Result<()> {
        self.knowledge.named = Named::Unknown;
        let (Some(filed), Some(Told::Settling(told))) = (at_hand.0.get(at), at_hand.1.get(at)) else {
            return Ok(());
        };
        let place = told.correction.as_ref().and_then(|correction| place_of(filed, correction));
        // In a branch the names of journals are those of before.
        let Some((stream, seq)) = place.filter(|_| filed.stream == filed.entry.envelope.stream) else {
            return Ok(());
        };
        let reach = Reach::from([(stream.incarnation, seq)]);
        if !self.is_counted(tx, filed.stream, &reach, counted_no).await? {
            return Ok(());
        }
        let named = told_at(tx, (stream, seq), at_hand, named).await?.unwrap_or(Named::Nothing);
        self.knowledge.named = match named {
            Named::Paper(paper) => {
                let is_taken_back = self.is_taken_back(tx, &paper, (stream, seq)).await?;
                Named::Paper(Corrected { is_taken_back, ..paper })
            }
            other => other,
        };
        Ok(())
    }

    /// Says whether something of what was paid by an entry came back, as the books have it.
    async fn is_taken_back(
        &self,
        tx: &mut Tx,
        paper: &Corrected,
        (stream, seq): (StreamId, i64),
    ) -> Result<bool> {
        let is_it = |corrects: Option<(u128, i64)>| corrects == Some((stream.incarnation, seq));
        if self.effects.settlements.values().any(|row| row.paid_vnd < 0 && is_it(row.corrects)) {
            return Ok(true);
        }
        if self.knowledge.is_beside {
            return Ok(false);
        }
        let sql = sql!(
            "select seq from settlements where store_id = $1 and producer_id = $2 and corrects_incarnation = $3
                and corrects_seq = $4 and paid_vnd < 0 limit 1",
            stream.store_id,
            paper.producer_id,
            stream.incarnation,
            seq
        );
        Ok(tx.opt::<(i64,)>(sql).await?.is_some())
    }
}

/// Returns what an entry is to whatever puts it right.
fn named(told: &Told) -> Named {
    match told {
        Told::Settling(paper) if paper.correction.is_none() => Named::Paper(Corrected {
            producer_id: paper.producer_id,
            is_settlement: paper.settlement.is_some(),
            paid: Money::new(paper.paid_vnd),
            is_taken_back: false,
        }),
        Told::Later(_) | Told::Unreadable(_) => Named::Unknown,
        _ => Named::Nothing,
    }
}

/// Returns where the entry stands that a correction names: in a journal of its store, and in its own one before it.
fn place_of(filed: &Filed, correction: &CorrectionTold) -> Option<(StreamId, i64)> {
    let own = filed.entry.envelope.stream;
    let stream = correction.stream.filter(|stream| stream.store_id == own.store_id)?;
    let is_before = stream != own || correction.seq < filed.seq();
    (correction.seq > 0 && is_before).then_some((stream, correction.seq))
}

/// Judges what puts a settlement or a payment right; the producer is known.
pub(super) fn judge(
    filed: &Filed,
    told: &SettlingTold,
    correction: &CorrectionTold,
    named: Named,
) -> std::result::Result<(), Finding> {
    let value = |why: &str| Err(Finding::new(Reason::Value, why));
    let amount = Money::new(correction.amount_vnd);
    if amount.vnd().unsigned_abs() > AMOUNT_MOST.vnd().unsigned_abs() {
        return Err(Finding::new(Reason::Implausible, format!("a correction of {amount}")));
    }
    if plain(&correction.reason, REASON_MOST).trim().is_empty() {
        return value("a correction without a reason");
    }
    if place_of(filed, correction).is_none() {
        return value("it puts right no entry before it in its own journal or another one of its store");
    }
    match named {
        Named::Unknown => Ok(()),
        Named::Nothing => value("what it puts right is neither a settlement nor a payment"),
        Named::Paper(paper) => {
            let came_back = correction.takes_back.then_some(amount);
            paper.check(told.producer_id, came_back).map_err(|error| {
                let reason = match error {
                    CorrectionError::MoreThanPaid | CorrectionError::TakenBackBefore => Reason::TooMuchBack,
                    CorrectionError::OtherProducer | CorrectionError::NoSettlement => Reason::Value,
                };
                Finding::new(reason, error)
            })
        }
    }
}
