//! From entries to books. Central applies the same fold as the stores; what a store tells is checked against central's
//! own catalogue first, and what cannot be right goes to `exceptions` with its money in suspense. Nothing here refuses
//! an entry: it happened.
//!
//! [`Reader`] is pure but for what it learns from the database; [`effects::Effects`] gathers what a run of entries does,
//! so that each row of the books is written once per batch, in key order.

pub mod correcting;
pub mod effects;
mod judgement;
pub mod knowledge;
mod refunds;
pub mod replay;
mod settling;
pub mod statement;
pub mod tables;
mod told;
mod transfers;
mod waiting;
mod write;

use domain::ids::StoreId;
use protocol::StreamId;

use super::engine::Tx;
use super::entries::{Filed, State};
use super::exceptions::{Finding, Reason};
use super::terms::Known;
use crate::error::Result;
use effects::Effects;
use knowledge::Knowledge;
use told::{Told, told_at};

pub use tables::TABLES;
pub(crate) use write::{clear, write};

/// Takes up entries of one store into its books, in their order, and sets what became of each. `counted_no` is the
/// number of the last entry counted before; returns the new one. The caller holds the store's lock, and files the
/// entries.
///
/// # Errors
/// When the database fails.
pub async fn take_up(
    tx: &mut Tx,
    store_id: StoreId,
    entries: &mut [Filed],
    grand_total_vnd: i64,
    counted_no: i64,
) -> Result<i64> {
    let mut knowledge = Knowledge::of_store(tx, store_id).await?;
    let mut reader = Reader { knowledge: &mut knowledge, effects: Effects::new(store_id) };
    let counted_no = reader.read(tx, entries, grand_total_vnd, counted_no).await?;
    let effects = reader.effects;
    write(tx, &effects, &mut knowledge).await?;
    Ok(counted_no)
}

/// Reads entries into effects.
#[derive(Debug)]
pub struct Reader<'k> {
    /// What the store's entries are checked against.
    pub knowledge: &'k mut Knowledge,
    /// What they do.
    pub effects: Effects,
}

impl Reader<'_> {
    /// Reads entries of one stream: learns what they mention, judges each, gathers what it does, and gives it its
    /// place in the order of counting.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn read(
        &mut self,
        tx: &mut Tx,
        entries: &mut [Filed],
        grand_total_vnd: i64,
        mut counted_no: i64,
    ) -> Result<i64> {
        self.effects.operator_id = self.knowledge.operator_id;
        let told: Vec<Told> = entries.iter().map(|filed| Told::read(&filed.entry)).collect();
        self.knowledge.learn(tx, &told, entries).await?;
        let mut before_vnd = grand_total_vnd;
        for (at, told_here) in told.iter().enumerate() {
            counted_no += 1;
            self.knowledge.learn_sold(tx, told_here, entries, &told).await?;
            self.learn_statement(tx, (entries, &told), at, counted_no).await?;
            self.learn_corrected(tx, (entries, &told), at, counted_no).await?;
            let twin = self.find_twin(tx, entries, &told, at).await?;
            let Some(filed) = entries.get_mut(at) else { break };
            filed.counted_no = Some(counted_no);
            filed.state = self.read_one(filed, told_here, before_vnd, twin);
            before_vnd = filed.entry.envelope.grand_total_after;
            if filed.state == State::Projected {
                self.settle_waiting(tx, told_here, entries).await?;
            }
        }
        Ok(counted_no)
    }

    /// Looks whether the sale that an entry tells was told before, by one of the entries here or a stored one.
    async fn find_twin(&mut self, tx: &mut Tx, entries: &[Filed], told: &[Told], at: usize) -> Result<Twin> {
        let (Some(filed), Some(here)) = (entries.get(at), told.get(at)) else { return Ok(Twin::None) };
        let Some(sale_id) = here.sale_id() else { return Ok(Twin::None) };
        let Some((incarnation, seq)) =
            self.knowledge.claim(sale_id, filed.stream.incarnation, filed.entry.envelope.seq)
        else {
            return Ok(Twin::None);
        };
        let first = (StreamId { store_id: self.knowledge.store_id, incarnation }, seq);
        let is_same = told_at(tx, first, (entries, told), |first| first.is_same_sale(here)).await?;
        Ok(if is_same == Some(true) { Twin::Same } else { Twin::Other })
    }

    fn read_one(&mut self, filed: &Filed, told: &Told, before_vnd: i64, twin: Twin) -> State {
        let judged = match twin {
            Twin::Same => return State::Duplicate,
            Twin::Other => {
                Err(Finding::new(Reason::Twin, "another sale of this store has the same identity"))
            }
            Twin::None => judgement::judge(filed, told, before_vnd, self.knowledge),
        };
        match judged {
            Ok(postings) => {
                self.knowledge.remember(told);
                if let Told::Terms(terms) = told
                    && self.knowledge.remember_terms(terms)
                {
                    let known =
                        Known { at_ms: filed.received_at_ms, told_by: Some((filed.stream, filed.seq())) };
                    self.effects.terms.insert(terms.id, (**terms, known));
                }
                let day = self.knowledge.day_of(filed, told);
                self.effects.project((filed, day), told, &postings);
                State::Projected
            }
            Err(finding) => {
                // The identity of a twin belongs to the sale that was told first.
                let suspended = told.sale_id().filter(|_| finding.reason != Reason::Twin);
                self.knowledge.suspended.extend(suspended);
                self.knowledge.remember_waiting(filed, told, &finding);
                self.effects.suspend(filed, told, &finding);
                match told {
                    Told::Later(_) => State::Uninterpreted,
                    _ => State::Exception,
                }
            }
        }
    }
}

/// What else tells the sale of an entry.
#[derive(Debug, Clone, Copy)]
enum Twin {
    /// Nothing: it is the first.
    None,
    /// Another entry tells the same sale.
    Same,
    /// Another entry tells other goods under the same identity: both were sold.
    Other,
}
