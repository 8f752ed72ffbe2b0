//! Money that the store waited for and that came: a transfer was seen at the bank, a debt was paid. It counts in the drawer
//! of the counter where it is taken, in the shift that is open there.

use ::receipts::language::Language;
use ::receipts::slip::SlipBody;
use ::receipts::slip::cash::CashVoucher;
use domain::Money;
use domain::ids::SaleId;
use domain::tender::{Tender, TenderKind};
use domain::words::vnd_in_words;
use protocol::Kind;
use protocol::payload::TenderConfirmed;
use protocol::payload::sale::SaleTender;
use uuid::Uuid;

use super::act::Act;
use super::slip::{Issue, issue};
use super::{CounterState, Note, Result, Seat, state};
use crate::App;
use crate::db::counters::StoreName;
use crate::db::open_tenders::{self, OpenTender};
use crate::db::shifts::Shift;
use crate::db::{Tx, streams};
use crate::journal::{Draft, JournalError};

/// What came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Came {
    /// Of which sale.
    pub sale_id: SaleId,
    /// What it was until now.
    pub from: TenderKind,
    /// How it came, and how much of it.
    pub tender: Tender,
    /// From whom the store knows it, as `protocol::payload::confirmed` names it; none when the person saw it.
    pub source: Option<&'static str>,
}

impl Came {
    /// A transfer that the bank tells of by itself needs no paper; whoever hands money over gets one.
    fn has_paper(&self) -> bool {
        !(self.from == TenderKind::Claimed && self.tender.kind == TenderKind::VietQr)
    }
}

/// Writes down that money came, in part or all of it.
///
/// # Errors
/// When the store is not enrolled or the database does not keep it.
pub async fn confirm(app: &App, seat: &Seat, op_id: &str, came: &Came) -> Result<CounterState> {
    let mut act = match Act::begin(app, seat, op_id).await? {
        Ok(act) => act,
        Err(note) => return state::load(app, seat, note, None).await,
    };
    let open = match open_of(&mut act, came).await? {
        Ok(open) => open,
        Err(note) => return state::load(app, seat, note, None).await,
    };
    let (tx, place) = act.parts();
    let by = seat.cashier_id.uuid();
    let voucher = append(app, tx, (place.store, place.shift), &open, came, by).await?;
    if came.has_paper() {
        let body = SlipBody::Cash(paper(&open, came.tender.amount));
        let slip = place.slip(app, seat, (voucher, Language::default()), body);
        let opens_drawer = came.tender.kind == TenderKind::Cash;
        issue(app, tx, &slip, Issue { opens_drawer, ..Issue::default() }).await?;
    }
    let amount_vnd = came.tender.amount.vnd();
    let note =
        Note::MoneyCame { receipt: open.receipt_number, amount_vnd, left_vnd: open.left_vnd - amount_vnd };
    act.commit(app, seat, note).await
}

/// Appends the entry that money came, in a shift that is open; returns the number of its paper. `by` is whoever did it.
pub(super) async fn append(
    app: &App,
    tx: &mut Tx,
    (store, shift): (&StoreName, &Shift),
    open: &OpenTender,
    came: &Came,
    by: Uuid,
) -> Result<String> {
    let stream = streams::find_current(tx).await?.ok_or(JournalError::NotEnrolled)?;
    let count = open_tenders::count_confirmed(tx, stream.stream_no).await? + 1;
    let voucher = super::slip::number(store, &stream, format_args!("TN{count:04}"));
    let shared = TenderConfirmed {
        voucher: voucher.clone(),
        sale_receipt: open.receipt_number.clone(),
        shift: shift.shift_id.uuid(),
        cashier: by,
        counter: shift.counter.clone(),
        from: came.from.code().to_owned(),
        tenders: vec![SaleTender::from(&came.tender)],
        source: came.source.map(str::to_owned),
    };
    let writer = app.writer_of(store.store_id);
    let draft = Draft::new(Kind::TenderConfirmed, shift.business_date, &shared, writer.salt())?;
    writer.append(tx, Draft { sale_id: Some(came.sale_id), ..draft }).await?;
    Ok(voucher)
}

/// Returns what is open, or what there is to tell when this cannot have come of it.
async fn open_of(act: &mut Act, came: &Came) -> Result<std::result::Result<OpenTender, Note>> {
    if !came.tender.kind.is_money() {
        return Ok(Err(Note::BadField { field: "kind".to_owned() }));
    }
    let Some(open) = open_tenders::find_open(&mut act.tx, came.sale_id, came.from).await? else {
        return Ok(Err(Note::NothingOpen));
    };
    let amount_vnd = came.tender.amount.vnd();
    Ok(match amount_vnd {
        ..=0 => Err(Note::BadAmount),
        _ if amount_vnd > open.left_vnd => Err(Note::MoreThanOpen { left_vnd: open.left_vnd }),
        _ => Ok(open),
    })
}

fn paper(open: &OpenTender, amount: Money) -> CashVoucher {
    CashVoucher {
        is_in: true,
        person: open.person.clone(),
        reason: format!("Thu tiền đơn {}", open.receipt_number),
        amount_vnd: amount.vnd(),
        amount_in_words: vnd_in_words(amount),
        approved_by: String::new(),
    }
}
