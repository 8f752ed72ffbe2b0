//! Pages of the pad: numbered lines to write sales into while the till cannot sell.

use ::receipts::language::Language;
use ::receipts::slip::pad::{PAD_LINES_MAX, PadSlip};
use ::receipts::slip::{SLIP_VERSION, Slip, SlipBody};
use domain::pad::PadLines;
use protocol::wire::StoreRow;
use uuid::Uuid;

use super::slip::{Issue, issue, number};
use super::{CounterError, CounterState, Note, Result, Seat, state};
use crate::App;
use crate::db::counters::{self, Counter};
use crate::db::pad_sales::{self, PadPage};
use crate::db::{Error, operations, streams};
use crate::journal::JournalError;

/// Pages that are listed.
const PAGES_MAX: i64 = 10;

/// Makes a page of the pad with numbers that no other has, and prints it where the counter has a printer. It can be made
/// before any shift. Returns the id of its paper, too; none when the same operation has made a page already.
///
/// # Errors
/// When the store is not enrolled or the database does not keep it.
pub async fn make_page(
    app: &App,
    seat: &Seat,
    op_id: &str,
    lines: u16,
    language: Language,
) -> Result<(CounterState, Option<Uuid>)> {
    let lines = lines.clamp(1, PAD_LINES_MAX);
    state::open_first_cart(app, seat).await?;
    let mut tx = app.db().begin().await?;
    if !operations::insert_operation(&mut tx, op_id, app.clock().now_ms()).await? {
        return Ok((state::load(app, seat, Note::Ready, None).await?, None));
    }
    let Counter { store, settings, .. } = counters::load_counter(&mut tx, &seat.counter).await?;
    let store = store.ok_or(CounterError::NotEnrolled)?;
    let head = streams::find_head(&mut tx).await?.ok_or(JournalError::NotEnrolled)?;
    let (page_no, first_line) = pad_sales::load_next(&mut tx, lines).await?;
    let text = |field: fn(&StoreRow) -> &String| settings.as_ref().map(field).cloned().unwrap_or_default();
    let slip = Slip {
        v: SLIP_VERSION,
        language,
        point_name: text(|row| &row.receipt_title),
        address: text(|row| &row.address),
        phone: text(|row| &row.phone),
        tax_number: String::new(),
        number: number(&store, &head.stream, format_args!("S{page_no:03}")),
        business_date: String::new(),
        local_time: String::new(),
        cashier: seat.cashier.clone(),
        counter: seat.counter.clone(),
        body: SlipBody::Pad(PadSlip { first_line, lines }),
    };
    let slip_id = issue(app, &mut tx, &slip, Issue::default()).await?;
    let numbers = PadLines::new(first_line, first_line + (lines - 1))
        .map_err(|_| Error::Corrupt { table: "pads", column: "last_line" })?;
    pad_sales::insert_page(&mut tx, page_no, slip_id, numbers).await?;
    tx.commit().await?;
    app.tell_printable();
    let printed = app.has_printer(&seat.counter);
    let note = Note::PadMade { lines: numbers.to_string(), printed };
    Ok((state::load(app, seat, note, None).await?, Some(slip_id)))
}

/// Returns the newest pages, the last one first.
///
/// # Errors
/// When the database does not answer.
pub async fn pages(app: &App) -> Result<Vec<PadPage>> {
    Ok(pad_sales::list_pages(app.db().read(), PAGES_MAX).await?)
}

/// Says whether a stored paper is a page of the pad.
pub(super) fn is_page(snapshot: &str) -> bool {
    Slip::from_json(snapshot).is_ok_and(|slip| matches!(slip.body, SlipBody::Pad(_)))
}
