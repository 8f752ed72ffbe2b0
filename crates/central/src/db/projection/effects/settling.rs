//! What entries did to the shelf, move by move, and what settles them.

use domain::correction::REASON_MOST;
use domain::ids::ProducerId;
use domain::stock_move::moves;
use time::Date;
use uuid::Uuid;

use super::super::told::{CorrectionTold, SettlingTold, Told};
use super::Effects;
use super::reconciling::drawer_day;
use crate::db::entries::{Filed, plain};

/// A settlement with a producer, a payment without one, or what puts such a one right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settling {
    /// With whom.
    pub producer_id: ProducerId,
    /// The number on its paper.
    pub number: String,
    /// A settlement; else an advance, or the rest of one.
    pub is_settlement: bool,
    /// The business day.
    pub day: Date,
    /// Of a settlement: what was owed for it, đồng.
    pub due_vnd: i64,
    /// Of a settlement: what was owed from before.
    pub carried_vnd: i64,
    /// What was paid; below zero for what came back of an earlier payment.
    pub paid_vnd: i64,
    /// What the producer is owed more to put a settlement right; below zero for less.
    pub adjusted_vnd: i64,
    /// The entry that it puts right: journal and number.
    pub corrects: Option<(u128, i64)>,
    /// Why; empty for a settlement or a payment.
    pub reason: String,
    /// By the store's clock, UTC milliseconds.
    pub closed_at_ms: i64,
    /// The part of a settlement over several stores that it records.
    pub joint_part: Option<Uuid>,
}

impl Effects {
    /// Adds what an entry did to the shelf. Only what the store shares is known here: its own goods outside the programme
    /// move unseen.
    pub(super) fn add_moves(&mut self, (filed, day): (&Filed, Date), told: &Told) {
        // The fold has computed the same amounts before, so it does not fail here.
        let moved = told.fact().and_then(|fact| moves(fact, self.store_id).ok()).unwrap_or_default();
        let takes_back = matches!(told, Told::Moved { takes_back: true, .. });
        self.count_moves((drawer_day(filed), day), (&moved, takes_back));
        let (incarnation, seq) = (filed.stream.incarnation, filed.seq());
        self.stock_moves.extend((1..).zip(moved).map(|(number, moved)| ((incarnation, seq, number), moved)));
    }

    pub(super) fn add_settling(&mut self, (filed, day): (&Filed, Date), told: &SettlingTold) {
        let correction = told.correction.as_ref();
        let named = |told: &CorrectionTold| Some((told.stream?.incarnation, told.seq));
        let row = Settling {
            producer_id: told.producer_id,
            number: plain(&told.number, 40),
            is_settlement: told.settlement.is_some(),
            day,
            due_vnd: told.settlement.as_ref().map_or(0, |settlement| settlement.due),
            carried_vnd: told.settlement.as_ref().map_or(0, |settlement| settlement.carried),
            paid_vnd: told.paid_vnd,
            adjusted_vnd: correction.map_or(0, CorrectionTold::adjusted_vnd),
            corrects: correction.and_then(named),
            reason: correction.map_or_else(String::new, |told| plain(&told.reason, REASON_MOST)),
            closed_at_ms: filed.entry.envelope.wall_utc_ms,
            joint_part: told.joint_part,
        };
        self.settlements.insert((filed.stream.incarnation, filed.seq()), row);
        self.add_reach(filed, told);
    }

    /// Adds how far a settlement reaches, whatever else is wrong with it: the store begins its next one there, and central
    /// would otherwise find every later one wrong, too.
    pub(super) fn add_reach(&mut self, filed: &Filed, told: &SettlingTold) {
        let reach = told.settlement.as_ref().and_then(|settlement| settlement.reach(self.store_id));
        let (incarnation, seq) = (filed.stream.incarnation, filed.seq());
        let rows = reach.into_iter().flatten();
        self.settled.extend(rows.map(|(until, last)| ((told.producer_id, incarnation, seq, until), last)));
    }
}
