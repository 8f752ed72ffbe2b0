//! Exchange: goods of a receipt come back for others. A manager allows it at the receipt; the cart then carries what they are
//! worth, and when it is sold, both entries are written in one transaction. Until then nothing has happened.

use domain::Money;
use domain::ids::SaleId;
use domain::refund::remaining::TakenBack;
use domain::tender::{self, Tender, TenderKind};
use protocol::Kind;

use super::approval::Approved;
use super::refund::{Asked, REASON_MOST, Sold, begin_of, paid_out, take_back};
use super::refund_entry::{Back, record};
use super::slip::Place;
use super::{Action, CounterState, Note, Request, Result, Seat, begin, return_window, state, words};
use crate::App;
use crate::db::carts::exchange::{Exchange, update_exchange};
use crate::db::carts::tabs;
use crate::db::{carts, counters, open_tenders};

/// Takes note of what is to come back of a sale, for the cart that is open at the counter.
///
/// # Errors
/// When the store is not enrolled or the database does not keep it.
pub async fn start(app: &App, seat: &Seat, request: &Request, asked: &Asked) -> Result<CounterState> {
    let (approved, mut act, mut sold) = match begin_of(app, seat, request, &asked.word).await? {
        Ok(begun) => begun,
        Err(note) => return state::load(app, seat, note, None).await,
    };
    if let Some(other) = counters::load_counter(&mut act.tx, &seat.counter).await?.exchange {
        let note = Note::ExchangeOpen { receipt: other.receipt };
        return state::load(app, seat, note, None).await;
    }
    if let Some(sale_id) = act.sale_id
        && carts::load_cart(&mut act.tx, sale_id, act.shift.business_date).await?.pad.is_some()
    {
        return state::load(app, seat, Note::PadHere, None).await;
    }
    let rows =
        if asked.rows.is_empty() { sold.remaining.everything(asked.back_to) } else { asked.rows.clone() };
    if let Some(note) = return_window::refused(&sold, &rows, asked, act.shift.business_date) {
        return state::load(app, seat, note, None).await;
    }
    if !asked.kind.is_money() {
        return state::load(app, seat, Note::BadField { field: "kind".to_owned() }, None).await;
    }
    let taken = match take_back(&mut sold, &rows) {
        Ok(taken) => taken,
        Err(note) => return state::load(app, seat, note, None).await,
    };
    let open = open_tenders::list_of_sale(&mut act.tx, request.sale_id).await?;
    let worth_vnd = paid_out(&tender::exchange(taken.total, &open, Money::ZERO, asked.kind)?)?;
    let receipt = sold.row.receipt_number;
    let exchange = Exchange {
        of_sale_id: request.sale_id.uuid(),
        receipt: receipt.clone(),
        worth_vnd,
        back_by: asked.kind.code().to_owned(),
        reason: words(&asked.reason, REASON_MOST),
        manager_id: approved.manager_id.uuid(),
        manager: approved.name,
        rows: rows.iter().map(Into::into).collect(),
    };
    let sale_id = match act.sale_id {
        Some(sale_id) => sale_id,
        None => {
            let sale_id = SaleId::from_uuid(app.clock().new_uuid());
            tabs::insert_next(&mut act.tx, sale_id, &seat.counter, app.clock().now_ms()).await?;
            sale_id
        }
    };
    update_exchange(&mut act.tx, sale_id, Some(&exchange)).await?;
    act.commit(app, seat, Note::ExchangeStarted { receipt, worth_vnd }).await
}

/// Forgets what was to come back for the open cart; its goods stay.
///
/// # Errors
/// When the store is not enrolled or the database does not keep it.
pub async fn give_up(app: &App, seat: &Seat, request: &Request) -> Result<CounterState> {
    let mut action = begin!(app, seat, request);
    if action.exchange.is_none() {
        return action.commit(app, seat, Note::Ready, None).await;
    }
    update_exchange(&mut action.tx, action.cart.sale_id, None).await?;
    action.commit(app, seat, Note::ExchangeGivenUp, None).await
}

/// Goods that come back in the transaction that sells others.
pub(super) struct Exchanged {
    exchange: Exchange,
    sold: Sold,
    taken: TakenBack,
    tenders: Vec<Tender>,
}

impl Exchanged {
    /// Returns how much of the new sale it pays.
    pub(super) fn covered(&self) -> Money {
        let exchange = self.tenders.iter().find(|tender| tender.kind == TenderKind::Exchange);
        exchange.map_or(Money::ZERO, |tender| tender.amount)
    }

    /// Returns what the buyer gets, đồng.
    pub(super) fn back_vnd(&self) -> i64 {
        let money = self.tenders.iter().filter(|tender| tender.kind.is_money());
        money.map(|tender| tender.amount.vnd()).sum()
    }
}

/// Returns what comes back for the open cart, of which `due` is to be paid; or why it no longer can: what somebody takes back
/// elsewhere in the meantime comes back there, and not here.
pub(super) async fn at_sale(
    action: &mut Action,
    due: Money,
) -> Result<std::result::Result<Option<Exchanged>, Note>> {
    let Some(exchange) = action.exchange.take() else { return Ok(Ok(None)) };
    let of = SaleId::from_uuid(exchange.of_sale_id);
    let Some(mut sold) = Sold::find(&mut action.tx, of).await? else { return Ok(Err(Note::NoReceipt)) };
    let Ok(taken) = take_back(&mut sold, &exchange.asks()) else {
        return Ok(Err(Note::ExchangeGone { receipt: exchange.receipt }));
    };
    let open = open_tenders::list_of_sale(&mut action.tx, of).await?;
    // A debt that was paid meanwhile makes the goods worth more: what the panel asked for is no longer right.
    let back_by = exchange.back_kind();
    if paid_out(&tender::exchange(taken.total, &open, Money::ZERO, back_by)?)? != exchange.worth_vnd {
        return Ok(Err(Note::ExchangeGone { receipt: exchange.receipt }));
    }
    let tenders = tender::exchange(taken.total, &open, due, back_by)?;
    Ok(Ok(Some(Exchanged { exchange, sold, taken, tenders })))
}

/// Writes the entry of the goods that come back, and its paper.
pub(super) async fn record_back(
    app: &App,
    action: &mut Action,
    seat: &Seat,
    exchanged: Exchanged,
) -> Result<()> {
    let Exchanged { exchange, sold, taken, tenders } = exchanged;
    let approved = Approved { manager_id: exchange.manager_id.into(), name: exchange.manager };
    let back = Back {
        kind: Kind::Refund,
        sale: Some((exchange.of_sale_id.into(), exchange.receipt)),
        sold_on: web::format::date_text(web::format::local_date(sold.row.sold_at_ms)),
        is_whole: sold.remaining.is_whole,
        rows: sold.remaining.rows,
        taken,
        tenders,
        reason: exchange.reason,
        approved: &approved,
    };
    let place = Place { store: &action.store, settings: action.settings.as_ref(), shift: &action.shift };
    record(app, &mut action.tx, seat, place, back).await?;
    Ok(())
}
