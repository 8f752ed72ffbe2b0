//! A shift: one cashier's turn at a drawer, from its float to its count, with the reports X and Z.

use ::receipts::language::Language;
use ::receipts::slip::SlipBody;
use ::receipts::slip::shift::{Counted, Notes, ShiftReport};
use domain::Money;
use domain::ids::ShiftId;
use protocol::Kind;
use protocol::payload::{ShiftClose, ShiftOpen};
use serde::Serialize;
use sqlx::SqliteConnection;
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;

use super::act::Act;
use super::drawer_report::Figures;
use super::slip::{Issue, Place, issue};
use super::{CounterError, CounterState, Note, Result, Seat, joint_settlement, state};
use crate::App;
use crate::db::counters::StoreName;
use crate::db::shifts::Shift;
use crate::db::{Tx, operations, shifts, streams};
use crate::journal::{Draft, JournalError};

/// The most that a drawer is opened or counted with, or that moves at once; more is a slip of the finger. Đồng.
pub const DRAWER_MOST: Money = Money::new(1_000_000_000);
/// The most visitors or tastings of a shift.
const VISITORS_MOST: i64 = 100_000;
/// Notes by which a drawer is counted, đồng, the largest first.
pub const FACES_VND: [i64; 11] =
    [500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200];

/// An open shift, as its closing form shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ShiftState {
    /// The shift.
    pub shift_id: Uuid,
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
    /// Their payables together, đồng; not told to who counts blind, since it gives away what the drawer should hold.
    pub payable_vnd: Option<i64>,
    /// What the drawer should hold, đồng; not told to who counts blind.
    pub expected_vnd: Option<i64>,
}

/// How a shift is closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    /// The shift whose drawer was counted; none for whichever is open.
    pub shift_id: Option<ShiftId>,
    /// What was counted.
    pub counted: Money,
    /// The notes that make it up: value and how many; empty when only the sum was given.
    pub notes: Vec<(i64, i64)>,
    /// About how many visitors came.
    pub visitors: Option<i64>,
    /// Tastings given.
    pub tastings: Option<i64>,
    /// The drawer is empty though the book has money in it, and the cashier said so.
    pub is_empty: bool,
    /// Language of the report.
    pub language: Language,
}

impl From<Money> for Closing {
    fn from(counted: Money) -> Self {
        let language = Language::default();
        Self {
            shift_id: None,
            counted,
            notes: Vec::new(),
            visitors: None,
            tastings: None,
            is_empty: false,
            language,
        }
    }
}

fn as_text<S: serde::Serializer>(date: &Date, serializer: S) -> std::result::Result<S::Ok, S::Error> {
    serializer.collect_str(date)
}

/// Whether somebody counts without being told what the drawer should hold.
pub(super) fn is_blind(app: &App, seat: &Seat) -> bool {
    app.config().drawer.blind_count && !seat.manager
}

/// Returns the open shift of a counter.
///
/// # Errors
/// When the database does not answer.
pub async fn load(app: &App, seat: &Seat) -> Result<Option<ShiftState>> {
    let mut reader = app.db().read().acquire().await?;
    let Some(shift) = shifts::find_open(&mut reader, &seat.counter).await? else { return Ok(None) };
    let figures = Figures::load(&mut reader, &shift).await?;
    let expected_vnd = figures.expected(shift.float)?.vnd();
    let is_told = !is_blind(app, seat);
    Ok(Some(ShiftState {
        shift_id: shift.shift_id.uuid(),
        business_date: shift.business_date,
        opened_at_ms: shift.opened_at_ms,
        float_vnd: shift.float.vnd(),
        sales: figures.sales,
        payable_vnd: is_told.then_some(figures.sales_vnd),
        expected_vnd: is_told.then_some(expected_vnd),
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
    // What the bank told meanwhile can be confirmed now.
    app.bank_watch().tell_claimed();
    // What the operator settled meanwhile can be recorded now; if it cannot, the shift is open all the same.
    if let Err(error) = joint_settlement::record_all(app).await {
        tracing::error!(%error, "what the operator settled could not be recorded");
    }
    state::load(app, seat, Note::ShiftOpened, None).await
}

/// Returns what the book says is in the drawer; zero without a shift. Who counts blind is not shown it.
///
/// # Errors
/// When the database does not answer.
pub async fn expected_in_drawer(app: &App, seat: &Seat) -> Result<Money> {
    let mut reader = app.db().read().acquire().await?;
    let Some(shift) = shifts::find_open(&mut reader, &seat.counter).await? else { return Ok(Money::ZERO) };
    Figures::load(&mut reader, &shift).await?.expected(shift.float)
}

/// Closes the open shift with what was counted, and makes its Z. Any count is taken; the difference is recorded. Open
/// carts stay. Only a count of nothing where the book has money is asked about once more.
///
/// # Errors
/// When the store is not enrolled or the database does not keep it.
pub async fn close(app: &App, seat: &Seat, op_id: &str, closing: impl Into<Closing>) -> Result<CounterState> {
    let closing = closing.into();
    if !closing.is_likely() {
        return state::load(app, seat, Note::BadAmount, None).await;
    }
    let mut act = match Act::begin(app, seat, op_id).await? {
        Ok(act) => act,
        Err(note) => return state::load(app, seat, note, None).await,
    };
    let (tx, place) = act.parts();
    let shift = place.shift;
    if closing.shift_id.is_some_and(|counted| counted != shift.shift_id) {
        return state::load(app, seat, Note::OtherShift, None).await;
    }
    let figures = Figures::load(tx, shift).await?;
    let expected = figures.expected(shift.float)?;
    if closing.counted == Money::ZERO && expected > Money::ZERO && !closing.is_empty {
        return state::load(app, seat, Note::EmptyDrawer, None).await;
    }
    let over = closing.counted.minus(expected)?;
    let at = append_close(app, tx, seat, place, (&figures, expected), &closing).await?;
    let report = figures.report(tx, shift, at, closing.language).await?;
    let report = closing.finish(app, report, expected, over);
    let number = report_number(tx, place.store, "Z", at.1).await?;
    let slip = place.slip(app, seat, (number, closing.language), SlipBody::Shift(report));
    issue(app, tx, &slip, Issue { shift_id: Some(shift.shift_id), ..Issue::default() }).await?;
    act.commit(app, seat, Note::ShiftClosed { over_vnd: over.vnd() }).await
}

/// Appends the closing entry; returns its stream and number.
async fn append_close(
    app: &App,
    tx: &mut Tx,
    seat: &Seat,
    Place { store, shift, .. }: Place<'_>,
    (figures, expected): (&Figures, Money),
    closing: &Closing,
) -> Result<(i64, i64)> {
    let payload = ShiftClose {
        shift: shift.shift_id.uuid(),
        cashier: seat.cashier_id.uuid(),
        float: shift.float.vnd(),
        expected: expected.vnd(),
        counted: closing.counted.vnd(),
        sales: figures.sales,
        sales_total: figures.sales_vnd,
        visitors: closing.visitors,
        tastings: closing.tastings,
    };
    let writer = app.writer_of(store.store_id);
    let draft = Draft::new(Kind::ShiftClose, shift.business_date, &payload, writer.salt())?;
    let entry = writer.append(tx, draft).await?;
    let stream = streams::find_current(tx).await?.ok_or(JournalError::NotEnrolled)?;
    Ok((stream.stream_no, entry.envelope.seq))
}

impl Closing {
    /// A count or an answer beyond reason is a slip of the finger.
    fn is_likely(&self) -> bool {
        let guests = [self.visitors, self.tastings];
        let worth = self.notes.iter().try_fold(0_i64, |sum, (face_vnd, count)| {
            face_vnd.checked_mul(*count).and_then(|vnd| sum.checked_add(vnd))
        });
        !self.counted.is_negative()
            && self.counted <= DRAWER_MOST
            && (self.notes.is_empty() || worth == Some(self.counted.vnd()))
            && guests.iter().flatten().all(|number| (0..=VISITORS_MOST).contains(number))
    }

    /// Makes a Z of a report.
    fn finish(&self, app: &App, report: ShiftReport, expected: Money, over: Money) -> ShiftReport {
        let notes = self.notes.iter().map(|&(face_vnd, count)| Notes { face_vnd, count });
        let counted = Counted {
            notes: notes.collect(),
            counted_vnd: self.counted.vnd(),
            difference_vnd: over.vnd(),
            remark: String::new(),
        };
        ShiftReport {
            is_final: true,
            closed_at: web::format::datetime_text(app.clock().now_ms()),
            expected_vnd: Some(expected.vnd()),
            counted: Some(counted),
            visitors: self.visitors,
            tastings: self.tastings,
            ..report
        }
    }
}

/// The number of a report names the journal and the last entry that it counts.
async fn report_number(
    connection: &mut SqliteConnection,
    store: &StoreName,
    letter: &str,
    seq: i64,
) -> Result<String> {
    let stream = streams::find_current(connection).await?.ok_or(JournalError::NotEnrolled)?;
    Ok(super::slip::number(store, &stream, format_args!("{letter}{seq}")))
}

/// Returns the X report of the open shift: what it adds up to until now. Who counts blind is not told what the drawer
/// should hold.
///
/// # Errors
/// When the database does not answer.
pub async fn report(app: &App, seat: &Seat, language: Language) -> Result<Option<ShiftReport>> {
    let mut reader = app.db().read().acquire().await?;
    let Some(shift) = shifts::find_open(&mut reader, &seat.counter).await? else { return Ok(None) };
    x_report(app, &mut reader, seat, &shift, language).await.map(Some)
}

async fn x_report(
    app: &App,
    connection: &mut SqliteConnection,
    seat: &Seat,
    shift: &Shift,
    language: Language,
) -> Result<ShiftReport> {
    let figures = Figures::load(connection, shift).await?;
    let expected = figures.expected(shift.float)?;
    let head = streams::find_head(connection).await?.ok_or(JournalError::NotEnrolled)?;
    let at = (head.stream.stream_no, head.at.seq);
    let report = figures.report(connection, shift, at, language).await?;
    if is_blind(app, seat) {
        return Ok(report.blind());
    }
    Ok(ShiftReport { expected_vnd: Some(expected.vnd()), ..report })
}

/// Prints the X report of the open shift.
///
/// # Errors
/// When the store is not enrolled or the database does not keep it.
pub async fn print_report(app: &App, seat: &Seat, op_id: &str, language: Language) -> Result<CounterState> {
    if !app.has_printer(&seat.counter) {
        return state::load(app, seat, Note::NoPrinter, None).await;
    }
    let mut act = match Act::begin(app, seat, op_id).await? {
        Ok(act) => act,
        Err(note) => return state::load(app, seat, note, None).await,
    };
    let (tx, place) = act.parts();
    let report = x_report(app, tx, seat, place.shift, language).await?;
    let number = report_number(tx, place.store, "X", report.last_seq).await?;
    let slip = place.slip(app, seat, (number, language), SlipBody::Shift(report));
    issue(app, tx, &slip, Issue::default()).await?;
    act.commit(app, seat, Note::Reprinted { receipt: slip.number, copy: 0 }).await
}
