//! An act in the open shift of a counter that is about no cart: money moved by hand, goods that come back, a report, the
//! close. Each is one transaction, with the request's id and whatever paper it makes.

use domain::ids::SaleId;
use protocol::wire::StoreRow;

use super::slip::Place;
use super::{CounterError, CounterState, Note, Result, Seat, business_day, state};
use crate::App;
use crate::db::counters::{self, Counter, StoreName};
use crate::db::shifts::Shift;
use crate::db::{Tx, operations};

/// An act, begun.
pub(super) struct Act {
    pub(super) tx: Tx,
    pub(super) store: StoreName,
    pub(super) settings: Option<StoreRow>,
    pub(super) shift: Shift,
    /// The counter's current cart; none before its first one.
    pub(super) sale_id: Option<SaleId>,
}

impl Act {
    /// Begins a transaction for a request; or tells why not: it was carried out before, or no shift is open.
    pub(super) async fn begin(
        app: &App,
        seat: &Seat,
        op_id: &str,
    ) -> Result<std::result::Result<Self, Note>> {
        state::open_first_cart(app, seat).await?;
        let mut tx = app.db().begin().await?;
        if !operations::insert_operation(&mut tx, op_id, app.clock().now_ms()).await? {
            return Ok(Err(Note::Ready));
        }
        let Counter { store, settings, shift, sale_id, .. } =
            counters::load_counter(&mut tx, &seat.counter).await?;
        let store = store.ok_or(CounterError::NotEnrolled)?;
        Ok(shift.map(|shift| Self { tx, store, settings, shift, sale_id }).ok_or(Note::NoShift))
    }

    /// As [`Self::begin`], for an act of the trade: nothing is sold or taken back for a business date that is over.
    pub(super) async fn begin_trade(
        app: &App,
        seat: &Seat,
        op_id: &str,
    ) -> Result<std::result::Result<Self, Note>> {
        let begun = Self::begin(app, seat, op_id).await?;
        Ok(begun.and_then(|act| business_day::refused(app, &act.shift).map_or(Ok(act), Err)))
    }

    /// Returns the transaction, and where its papers are made.
    pub(super) const fn parts(&mut self) -> (&mut Tx, Place<'_>) {
        let Self { tx, store, settings, shift, .. } = self;
        (tx, Place { store, settings: settings.as_ref(), shift })
    }

    /// Keeps what was done, wakes whoever carries it on, and answers the counter's state.
    pub(super) async fn commit(self, app: &App, seat: &Seat, note: Note) -> Result<CounterState> {
        self.tx.commit().await?;
        app.tell_appended();
        app.tell_printable();
        app.tell_invoiceable();
        app.tell_changed();
        state::load(app, seat, note, None).await
    }
}
