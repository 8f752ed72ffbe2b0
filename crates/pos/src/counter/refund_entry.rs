//! The entry of a refund or void, and its paper.

use ::receipts::language::Language;
use ::receipts::slip::SlipBody;
use ::receipts::slip::refund::RefundSlip;
use ::receipts::snapshot::{SnapshotLine, SnapshotTender};
use domain::fact;
use domain::ids::SaleId;
use domain::refund::remaining::{Row, TakenBack};
use domain::stock::Location;
use domain::tender::{Tender, TenderKind};
use domain::words::vnd_in_words;
use protocol::payload::{self, Refund, RefundLine, RefundPrivate};
use protocol::{Entry, Kind};

use super::approval::Approved;
use super::losses::Losses;
use super::slip::{Issue, Place, issue};
use super::{Result, Seat, commission_tax, receipt};
use crate::App;
use crate::db::{Tx, products, refunds, streams};
use crate::invoicing::replacing;
use crate::invoicing::setup::Setup;
use crate::journal::{Draft, JournalError};

/// What came back, as its entry tells it.
pub(super) struct Back<'a> {
    /// A refund or a void.
    pub(super) kind: Kind,
    /// The sale and the number on its receipt; none for goods without one.
    pub(super) sale: Option<(SaleId, String)>,
    /// Its day as it is to be read; empty without a receipt.
    pub(super) sold_on: String,
    /// The rows of the sale, for names and prices; what comes back is among what came back of them.
    pub(super) rows: Vec<Row>,
    /// Every line of the sale is among them.
    pub(super) is_whole: bool,
    /// Lines, rounding and total.
    pub(super) taken: TakenBack,
    /// What goes out, per kind.
    pub(super) tenders: Vec<Tender>,
    /// Why, as typed.
    pub(super) reason: String,
    /// Who allowed it.
    pub(super) approved: &'a Approved,
}

/// Appends the entry and issues its paper; returns the number on it.
pub(super) async fn record(
    app: &App,
    tx: &mut Tx,
    seat: &Seat,
    place: Place<'_>,
    mut back: Back<'_>,
) -> Result<String> {
    bear(tx, place, &mut back.taken.lines).await?;
    let mut paper = paper(&back);
    let is_cash = back.tenders.iter().any(|tender| tender.kind == TenderKind::Cash);
    let (number, entry) = append(app, tx, seat, place, &back).await?;
    if let Some((sale_id, _)) = back.sale {
        let (rows, is_whole) = (back.rows.as_slice(), back.is_whole);
        let goods =
            replacing::Back { sale_id, rows, is_whole, slip: &number, date: place.shift.business_date };
        paper.invoice = replacing::record(app, tx, Setup::of(place.settings).as_ref(), &goods).await?;
    }
    paper.verification_qr = receipt::proof(&entry, paper.total_vnd);
    let slip = place.slip(app, seat, (number.clone(), Language::default()), SlipBody::Refund(paper));
    issue(app, tx, &slip, Issue { opens_drawer: is_cash, ..Issue::default() }).await?;
    Ok(number)
}

/// Says who bears consigned goods that cannot be sold again: whom the contract of now names, as for goods that are damaged on the
/// shelf. Nobody is asked: without a word in it the producer bears them.
async fn bear(tx: &mut Tx, place: Place<'_>, lines: &mut [domain::refund::RefundLine]) -> Result<()> {
    let date = place.shift.business_date;
    let mut losses = Losses::unasked(date, commission_tax(place.settings, date));
    for line in lines.iter_mut().filter(|line| line.back_to == Location::Waste) {
        let Some(producer_id) = line.owner().producer_id() else { continue };
        let offer = products::load_offer(tx, line.product_id, date).await?;
        if let Some(borne) = losses.by_contract(tx, (producer_id, &offer), line.quantity).await? {
            (line.by_producer, line.compensation) = borne.told(offer.price)?;
        }
    }
    Ok(())
}

/// What the paper says, but for the proof, which only the entry has.
fn paper(back: &Back<'_>) -> RefundSlip {
    let line = |line: &domain::refund::RefundLine, sold: &Row| SnapshotLine {
        name: sold.line.name.clone(),
        stars: None,
        unit: sold.line.unit.clone(),
        quantity_milli: line.quantity.milli(),
        price_vnd: sold.line.price.vnd(),
        amount_vnd: line.gross.vnd(),
        discount_vnd: line.discount.vnd(),
        list_price_vnd: None,
        promotion: String::new(),
        remark: sold.line.combo.as_ref().map(|combo| combo.name.clone()).unwrap_or_default(),
        parts: Vec::new(),
    };
    let sold = |line: &domain::refund::RefundLine| {
        let is_it = |row: &&Row| (row.line_no, row.line.in_programme) == (line.line_no, line.in_programme);
        back.rows.iter().find(is_it)
    };
    let taken = &back.taken;
    let tender = |tender: &Tender| SnapshotTender {
        label: receipt::label(tender.kind, Language::Vi).to_owned(),
        amount_vnd: tender.amount.vnd(),
    };
    let reason = match (&back.kind, back.reason.as_str()) {
        (Kind::Void, "") => "Hủy đơn".to_owned(),
        (Kind::Void, why) => format!("Hủy đơn: {why}"),
        (_, why) => why.to_owned(),
    };
    RefundSlip {
        receipt_number: back.sale.as_ref().map(|(_, number)| number.clone()).unwrap_or_default(),
        receipt_date: back.sold_on.clone(),
        lines: taken.lines.iter().filter_map(|back| Some(line(back, sold(back)?))).collect(),
        discount_vnd: 0,
        rounding_vnd: taken.rounding.vnd(),
        total_vnd: taken.total.vnd(),
        total_in_words: vnd_in_words(taken.total),
        tenders: back.tenders.iter().map(tender).collect(),
        reason,
        approved_by: back.approved.name.clone(),
        invoice: None,
        verification_qr: String::new(),
    }
}

async fn append(
    app: &App,
    tx: &mut Tx,
    seat: &Seat,
    Place { store, shift, .. }: Place<'_>,
    back: &Back<'_>,
) -> Result<(String, Entry)> {
    let stream = streams::find_current(tx).await?.ok_or(JournalError::NotEnrolled)?;
    let number = refunds::count_refunds(tx, stream.stream_no).await? + 1;
    let receipt = super::slip::number(store, &stream, format_args!("TH{number:04}"));
    let writer = app.writer_of(store.store_id);
    let (sale_id, sale_receipt) = back.sale.clone().unzip();
    let TakenBack { lines, rounding, total } = back.taken.clone();
    let (refunded, outside) = fact::refunded(lines, back.tenders.clone(), rounding)?;
    let mut shared = Refund {
        receipt: receipt.clone(),
        sale_receipt: sale_receipt.unwrap_or_default(),
        shift: shift.shift_id.uuid(),
        cashier: seat.cashier_id.uuid(),
        approved_by: Some(back.approved.manager_id.uuid()),
        counter: seat.counter.clone(),
        paid: total.vnd(),
        lines: Vec::new(),
        tenders: Vec::new(),
        rounding: 0,
        other: payload::sale::SaleOther::default(),
    };
    shared.set_refunded(&refunded);
    let private = RefundPrivate {
        salt: writer.salt(),
        reason: back.reason.clone(),
        lines: outside.iter().map(RefundLine::from).collect(),
    };
    let draft = Draft {
        kind: back.kind.clone(),
        schema: payload::SCHEMA,
        sale_id,
        business_date: shift.business_date,
        shared: payload::write(&shared).map_err(JournalError::from)?,
        private: payload::write(&private).map_err(JournalError::from)?,
        payable_vnd: 0,
    };
    Ok((receipt, writer.append(tx, draft).await?))
}
