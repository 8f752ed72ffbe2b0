//! What entries did to the shelf, move by move, and what settles them.

use domain::ids::ProducerId;
use domain::stock_move::moves;
use time::Date;
use uuid::Uuid;

use super::super::told::{SettlingTold, Told};
use super::Effects;
use super::reconciling::drawer_day;
use crate::db::entries::{Filed, plain};

/// A settlement with a producer, or a payment without one.
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
    /// What was paid.
    pub paid_vnd: i64,
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
        self.count_moves((drawer_day(filed), day), &moved);
        let (incarnation, seq) = (filed.stream.incarnation, filed.seq());
        self.stock_moves.extend((1..).zip(moved).map(|(number, moved)| ((incarnation, seq, number), moved)));
    }

    pub(super) fn add_settling(&mut self, (filed, day): (&Filed, Date), told: &SettlingTold) {
        let row = Settling {
            producer_id: told.producer_id,
            number: plain(&told.number, 40),
            is_settlement: told.settlement.is_some(),
            day,
            due_vnd: told.settlement.as_ref().map_or(0, |settlement| settlement.due),
            carried_vnd: told.settlement.as_ref().map_or(0, |settlement| settlement.carried),
            paid_vnd: told.paid_vnd,
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
