//! A shift: one cashier's turn at a drawer.

use domain::Money;
use domain::ids::ShiftId;
use protocol::Kind;
use protocol::payload::{ShiftClose, ShiftOpen};
use serde::Serialize;
use time::Date;
use utoipa::ToSchema;

use super::{CounterError, CounterState, Note, Result, Seat, state};
use crate::App;
use crate::db::shifts::ShiftTotals;
use crate::db::{operations, shifts};
use crate::journal::Draft;

/// The most that a drawer is opened or counted with; more is a slip of the finger. Đồng.
const DRAWER_MOST: Money = Money::new(1_000_000_000);

/// An open shift, as its closing form shows it. What the drawer should hold is not told before it is counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ShiftState {
    /// Business date.
    #[schema(value_type = String)]
    #[serde(serialize_with = "as_text")]
    pub business_date: Date,
    /// When it was opened, UTC milliseconds.
    pub opened_at_ms: i64,
    /// Money that it began with, đồng.
    pub float_vnd: i64,
    /// Sales so far.
    pub sales: i64,
    /// Their payables together, đồng.
    pub payable_vnd: i64,
}

fn as_text<S: serde::Serializer>(date: &Date, serializer: S) -> std::result::Result<S::Ok, S::Error> {
    serializer.collect_str(date)
}

/// Returns the open shift of a counter.
///
/// # Errors
/// When the database does not answer.
pub async fn load(app: &App, seat: &Seat) -> Result<Option<ShiftState>> {
    let mut reader = app.db().read().acquire().await?;
    let Some(shift) = shifts::find_open(&mut reader, &seat.counter).await? else { return Ok(None) };
    let totals = shifts::load_totals(&mut reader, shift.shift_id).await?;
    Ok(Some(ShiftState {
        business_date: shift.business_date,
        opened_at_ms: shift.opened_at_ms,
        float_vnd: shift.float.vnd(),
        sales: totals.sales,
        payable_vnd: totals.payable_vnd,
    }))
}

/// Opens a shift on a business date that the cashier confirmed, with the money in the drawer.
///
/// # Errors
/// When the store is not enrolled or the database does not keep it.
pub async fn open(app: &App, seat: &Seat, op_id: &str, date: Date, float: Money) -> Result<CounterState> {
    if float.is_negative() || float > DRAWER_MOST {
        return state::load(app, seat, Note::BadAmount, None).await;
    }
    let writer = app.writer().await?.ok_or(CounterError::NotEnrolled)?;
    let mut tx = app.db().begin().await?;
    let again = !operations::insert_operation(&mut tx, op_id, app.clock().now_ms()).await?;
    if again || shifts::find_open(&mut tx, &seat.counter).await?.is_some() {
        return state::load(app, seat, Note::Ready, None).await;
    }
    let payload = ShiftOpen {
        shift: ShiftId::from_uuid(app.clock().new_uuid()).uuid(),
        cashier: seat.cashier_id.uuid(),
        counter: seat.counter.clone(),
        float: float.vnd(),
    };
    let draft = Draft::new(Kind::ShiftOpen, date, &payload, writer.salt())?;
    writer.append(&mut tx, draft).await?;
    tx.commit().await?;
    app.tell_appended();
    app.tell_changed();
    state::load(app, seat, Note::ShiftOpened, None).await
}

/// Returns what the book says is in the drawer: the float and the cash of the shift's sales; zero without a shift. The
/// closing form does not show it, the count comes first.
///
/// # Errors
/// When the database does not answer.
pub async fn expected_in_drawer(app: &App, seat: &Seat) -> Result<Money> {
    let mut reader = app.db().read().acquire().await?;
    let Some(shift) = shifts::find_open(&mut reader, &seat.counter).await? else { return Ok(Money::ZERO) };
    let totals = shifts::load_totals(&mut reader, shift.shift_id).await?;
    Ok(shift.float.plus(Money::new(totals.cash_vnd))?)
}

/// Closes the open shift with what was counted. Any count is taken; the difference is recorded.
///
/// # Errors
/// When the store is not enrolled or the database does not keep it.
pub async fn close(app: &App, seat: &Seat, op_id: &str, counted: Money) -> Result<CounterState> {
    if counted.is_negative() || counted > DRAWER_MOST {
        return state::load(app, seat, Note::BadAmount, None).await;
    }
    let writer = app.writer().await?.ok_or(CounterError::NotEnrolled)?;
    let mut tx = app.db().begin().await?;
    if !operations::insert_operation(&mut tx, op_id, app.clock().now_ms()).await? {
        return state::load(app, seat, Note::Ready, None).await;
    }
    let Some(shift) = shifts::find_open(&mut tx, &seat.counter).await? else {
        return state::load(app, seat, Note::NoShift, None).await;
    };
    let ShiftTotals { sales, payable_vnd, cash_vnd } = shifts::load_totals(&mut tx, shift.shift_id).await?;
    let expected = shift.float.plus(Money::new(cash_vnd))?;
    let payload = ShiftClose {
        shift: shift.shift_id.uuid(),
        cashier: seat.cashier_id.uuid(),
        float: shift.float.vnd(),
        expected: expected.vnd(),
        counted: counted.vnd(),
        sales,
        sales_total: payable_vnd,
    };
    let draft = Draft::new(Kind::ShiftClose, shift.business_date, &payload, writer.salt())?;
    writer.append(&mut tx, draft).await?;
    tx.commit().await?;
    app.tell_appended();
    app.tell_changed();
    let over_vnd = counted.minus(expected)?.vnd();
    state::load(app, seat, Note::ShiftClosed { over_vnd }, None).await
}
