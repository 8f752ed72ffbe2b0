//! Papers other than receipts: what they say, frozen with what they tell of, and their way to the counter's printer.

use ::receipts::label::LabelJob;
use ::receipts::language::Language;
use ::receipts::slip::{SLIP_VERSION, Slip, SlipBody};
use ::receipts::test_page::TestPage;
use domain::ids::{SaleId, ShiftId};
use protocol::wire::StoreRow;
use time::Date;
use uuid::Uuid;

use super::{Result, Seat};
use crate::App;
use crate::db::counters::StoreName;
use crate::db::prints::ReceiptPrint;
use crate::db::shifts::Shift;
use crate::db::slips::{self, SlipRow};
use crate::db::streams::Stream;
use crate::db::{Tx, prints};

/// Where a paper is made: what its head says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) store: &'a StoreName,
    pub(super) settings: Option<&'a StoreRow>,
    pub(super) shift: &'a Shift,
}

impl Place<'_> {
    /// Returns the paper about something, under this number and the clock's time.
    pub(super) fn slip(&self, app: &App, seat: &Seat, number: (String, Language), body: SlipBody) -> Slip {
        let Self { settings, shift, .. } = *self;
        Head { settings, business_date: shift.business_date }.slip(app, seat, number, body)
    }
}

/// What the head of a paper says, in a shift or before one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Head<'a> {
    pub(super) settings: Option<&'a StoreRow>,
    pub(super) business_date: Date,
}

impl Head<'_> {
    /// Returns the paper about something, under this number and the clock's time.
    pub(super) fn slip(
        &self,
        app: &App,
        seat: &Seat,
        (number, language): (String, Language),
        body: SlipBody,
    ) -> Slip {
        let text =
            |field: fn(&StoreRow) -> &String| self.settings.map(|row| field(row).clone()).unwrap_or_default();
        Slip {
            v: SLIP_VERSION,
            language,
            point_name: text(|row| &row.receipt_title),
            address: text(|row| &row.address),
            phone: text(|row| &row.phone),
            tax_number: text(|row| &row.tax_number),
            number,
            business_date: web::format::date_text(self.business_date),
            local_time: web::format::local_time_text(app.clock().now_ms()),
            cashier: seat.cashier.clone(),
            counter: seat.counter.clone(),
            body,
        }
    }
}

/// Returns the number of a paper: the store, the journal that it was made in, and what counts in it. No two papers of a
/// store share one, whichever computer made them.
pub(super) fn number(store: &StoreName, stream: &Stream, counts: impl std::fmt::Display) -> String {
    format!("{}-{}-{counts}", store.code, stream.stream.short_code())
}

/// What a paper is made with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Issue {
    /// The drawer opens with it, for money that goes in or out.
    pub(super) opens_drawer: bool,
    /// The shift whose Z it is.
    pub(super) shift_id: Option<ShiftId>,
    /// The sale that it belongs to.
    pub(super) sale_id: Option<SaleId>,
}

/// Stores a paper in the transaction of what it tells of, and queues its print if its counter has a printer. After the
/// commit the print worker is to be woken.
pub(super) async fn issue(app: &App, tx: &mut Tx, slip: &Slip, issue: Issue) -> Result<Uuid> {
    let (slip_id, now_ms) = (keep(app, tx, slip, issue).await?, app.clock().now_ms());
    if app.has_printer(&slip.counter) {
        let first = ReceiptPrint::first(SaleId::from_uuid(slip_id), &slip.counter, now_ms);
        let drawer_asked_at_ms = issue.opens_drawer.then_some(now_ms);
        prints::upsert_print(tx, &ReceiptPrint { drawer_asked_at_ms, ..first }).await?;
    }
    Ok(slip_id)
}

/// Stores a paper in the transaction of what it tells of, to be printed when somebody asks for it.
pub(super) async fn keep(app: &App, tx: &mut Tx, slip: &Slip, issue: Issue) -> Result<Uuid> {
    slip.check()?;
    let slip_id = app.clock().new_uuid();
    let row = SlipRow { slip_id, number: slip.number.clone(), snapshot: slip.to_json()? };
    slips::insert_slip(tx, &row, (issue.shift_id, issue.sale_id), app.clock().now_ms()).await?;
    Ok(slip_id)
}

/// Returns the Z of a shift with its id, or `None`.
///
/// # Errors
/// When the database does not answer or the stored paper cannot be read.
pub async fn find_of_shift(app: &App, shift_id: ShiftId) -> Result<Option<(Uuid, Slip)>> {
    let mut reader = app.db().read().acquire().await?;
    let row = slips::find_of_shift(&mut reader, shift_id).await?;
    Ok(row.map(|row| Slip::from_json(&row.snapshot).map(|slip| (row.slip_id, slip))).transpose()?)
}

/// Returns the paper that has this number, with its id, or `None`.
///
/// # Errors
/// When the database does not answer or the stored paper cannot be read.
pub async fn find_by_number(app: &App, number: &str) -> Result<Option<(Uuid, Slip)>> {
    let mut reader = app.db().read().acquire().await?;
    let row = slips::find_by_number(&mut reader, number).await?;
    Ok(row.map(|row| Slip::from_json(&row.snapshot).map(|slip| (row.slip_id, slip))).transpose()?)
}

/// Returns a paper as a PNG picture, as its first print looks on its counter's paper.
///
/// # Errors
/// When the database does not answer or the stored paper cannot be read.
pub async fn picture(app: &App, slip_id: Uuid) -> Result<Option<Vec<u8>>> {
    let mut reader = app.db().read().acquire().await?;
    let Some(row) = slips::find_slip(&mut reader, slip_id).await? else { return Ok(None) };
    if let Some(job) = LabelJob::from_json(&row.snapshot) {
        let dots = ::receipts::label_picture(&job.label, &app.labels().stock()).ok();
        return Ok(dots.and_then(|dots| ::receipts::png::encode(&dots).ok()));
    }
    if let Some(page) = TestPage::from_json(&row.snapshot) {
        let layout = ::receipts::test_page::test_page(app.paper_of(&page.test_page)).ok();
        return Ok(layout.and_then(|layout| ::receipts::png::encode(&::receipts::raster::draw(&layout)).ok()));
    }
    let slip = Slip::from_json(&row.snapshot)?;
    let paper = app.paper_of(&slip.counter);
    Ok(::receipts::png::encode(&::receipts::raster::draw(&slip.layout(paper, None))).ok())
}
