//! Taking money: the VietQR that is shown, the tenders that complete a sale.

use domain::Money;
use domain::bank::BankBin;
use domain::cart::Cart;
use domain::ids::SaleId;
use domain::split::{Split, Typed};
use domain::tender::TenderError;
use domain::vietqr::{Payee, Purpose, VietQr};
use protocol::wire::StoreRow;
use serde::Serialize;
use time::Date;
use utoipa::ToSchema;

use super::pad::{self, Twin};
use super::shown::Shown;
use super::{Action, CounterState, Note, Request, Result, Seat, begin, cover, finish, price};
use crate::App;
use crate::db::counters::Counter;
use crate::db::{carts, counters, payment_attempts, store};

/// What the tender panel shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PaymentState {
    /// The open cart's sale.
    pub sale_id: uuid::Uuid,
    /// What the buyer has to pay now, đồng: less what a deposit covers, or goods that come back.
    pub payable_vnd: i64,
    /// What is asked for when all of it is paid in cash, rounded as the store's settings say, đồng.
    pub cash_payable_vnd: i64,
    /// Sales that one from the pad may be, the nearest first; it is asked about them before money is told of.
    pub twins: Vec<Twin>,
    /// What the buyer gets back because such goods are worth more, đồng.
    pub back_vnd: i64,
    /// How they get it, unless another way is chosen: `cash`, `vietqr` or `card`; none when nothing goes back.
    pub back_by: Option<String>,
    /// Round amounts that a buyer is likely to hand over, đồng.
    pub likely_cash_vnd: Vec<i64>,
    /// The VietQR on show: its payload, and what the transfer must carry.
    pub vietqr: Option<VietQrState>,
    /// Whether a bank account is set, so that a VietQR can be shown.
    pub takes_vietqr: bool,
    /// Whether the operator lets people buy now and pay later.
    pub takes_credit: bool,
    /// Whether the goods can be ordered for a later day.
    pub takes_deposit: bool,
}

/// A VietQR on show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct VietQrState {
    /// What the code holds.
    pub payload: String,
    /// What it asks for, đồng.
    pub amount_vnd: i64,
    /// What the transfer must carry.
    pub reference: String,
    /// Bank and account, for people.
    pub account: String,
    /// What the bank told of transfers with this reference, đồng; 0 while it told nothing.
    pub came_vnd: i64,
}

/// Returns what the tender panel shows, or `None` when there is nothing to pay or no shift. What it shows is fixed from then
/// on, until the cart changes or [`domain::fixed_price::FIXED_MS`] have passed.
///
/// # Errors
/// When the database does not answer.
pub async fn load(app: &App, seat: &Seat) -> Result<Option<PaymentState>> {
    let mut reader = app.db().read().acquire().await?;
    let Counter { shift, sale_id, settings, exchange, deposit, .. } =
        counters::load_counter(&mut reader, &seat.counter).await?;
    let (Some(shift), Some(sale_id)) = (shift, sale_id) else { return Ok(None) };
    let mut cart = carts::load_cart(&mut reader, sale_id, shift.business_date).await?;
    if cart.lines.is_empty() {
        return Ok(None);
    }
    // A sale from the pad has its own moment.
    if cart.pad.is_none() && !cart.fixed.as_ref().is_some_and(|fixed| fixed.holds(app.clock().now_ms())) {
        // Nobody who holds a connection waits for another.
        drop(reader);
        cart = fix(app, sale_id, shift.business_date).await?;
        reader = app.db().read().acquire().await?;
    }
    let price = price::price(app, &mut reader, &cart, shift.business_date).await?.payable;
    let due = cover::due(price, deposit.as_ref(), exchange.as_ref())?;
    let payable = due.max(Money::ZERO);
    // Cash beside a deposit or an exchange is to the đồng, as with any other way of paying.
    let is_covered = deposit.is_some() || exchange.is_some();
    let cash_payable = if is_covered { payable } else { app.cash_step().payable(payable)? };
    let qr = payment_attempts::find_shown(&mut reader, sale_id, payable).await?;
    let twins = pad::find_twins(&mut reader, &cart, price).await?;
    Ok(Some(PaymentState {
        sale_id: sale_id.uuid(),
        payable_vnd: payable.vnd(),
        cash_payable_vnd: cash_payable.vnd(),
        twins,
        back_vnd: payable.minus(due)?.vnd(),
        back_by: exchange
            .filter(|_| due < Money::ZERO)
            .map(|exchange| exchange.back_kind().code().to_owned()),
        likely_cash_vnd: domain::tender::likely_cash(cash_payable).into_iter().map(Money::vnd).collect(),
        takes_credit: app.config().credit.most_vnd > 0,
        takes_vietqr: settings.as_ref().is_some_and(|row| !row.bank_account.is_empty()),
        takes_deposit: !is_covered && cart.pad.is_none(),
        vietqr: qr.map(|qr| shown(qr, (sale_id, payable), settings.as_ref())),
    }))
}

/// Fixes the payable of an open cart, and returns it as it stands by then.
async fn fix(app: &App, sale_id: SaleId, business_date: Date) -> Result<Cart> {
    let mut tx = app.db().begin().await?;
    let mut cart = carts::load_cart(&mut tx, sale_id, business_date).await?;
    price::fix(app, &mut tx, &mut cart, business_date).await?;
    tx.commit().await?;
    Ok(cart)
}

/// Makes the VietQR of the open cart durable, so that it may be shown. Whether the money came, only a person who looks
/// at the bank can say.
///
/// # Errors
/// When the store is not enrolled or the database does not keep it.
pub async fn show_vietqr(app: &App, seat: &Seat, request: &Request) -> Result<CounterState> {
    show_vietqr_beside(app, seat, request, OtherWays::default()).await
}

/// What else pays for the cart whose VietQR is asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OtherWays {
    /// What was typed for each way.
    pub typed: Typed,
    /// The buyer owes what is left.
    pub is_rest_owed: bool,
    /// What the cashier saw on the panel; `None` when nobody says.
    pub shown: Option<Shown>,
}

impl OtherWays {
    /// Returns how a payable is split.
    ///
    /// # Errors
    /// As [`Split::of`], and [`Split::on_credit`] where the rest is owed.
    pub fn split(&self, payable: Money) -> std::result::Result<Option<Split>, TenderError> {
        if self.is_rest_owed { Split::on_credit(payable, self.typed) } else { Split::of(payable, self.typed) }
    }
}

/// As [`show_vietqr`], for what is left beside other ways of paying, as [`Split`] says.
///
/// # Errors
/// As [`show_vietqr`].
pub async fn show_vietqr_beside(
    app: &App,
    seat: &Seat,
    request: &Request,
    beside: OtherWays,
) -> Result<CounterState> {
    let mut action = begin!(app, seat, request);
    if action.cart.lines.is_empty() {
        return action.commit(app, seat, Note::EmptyCart, None).await;
    }
    let date = action.shift.business_date;
    price::fix_anew(app, &mut action.tx, &mut action.cart, date).await?;
    // Nobody pays for what could not be sold then.
    let payable = match finish::sellable(app, seat, &mut action).await? {
        Ok(sale) => sale.payable,
        Err((note, row)) => return action.commit(app, seat, note, row).await,
    };
    if let Some(shown) = beside.shown
        && let Some(changed) = shown.refused(app, &action, payable)?
    {
        return action.commit(app, seat, changed, None).await;
    }
    let due = cover::due(payable, action.deposit.as_ref(), action.exchange.as_ref())?;
    match beside.split(due) {
        Ok(split) => show(app, seat, action, split.map_or(due, |split| split.transfer)).await,
        Err(error) => action.commit(app, seat, finish::tender_note(&error), None).await,
    }
}

/// Makes the VietQR of an amount durable.
async fn show(app: &App, seat: &Seat, mut action: Action, amount: Money) -> Result<CounterState> {
    if action.cart.lines.is_empty() {
        return action.commit(app, seat, Note::EmptyCart, None).await;
    }
    if amount <= Money::ZERO {
        return action.commit(app, seat, Note::NothingToTransfer, None).await;
    }
    let sale_id = action.cart.sale_id;
    let Some(payload) = action.settings.as_ref().and_then(|row| payload(row, amount, sale_id)) else {
        return action.commit(app, seat, Note::NoBankAccount, None).await;
    };
    let now_ms = app.clock().now_ms();
    payment_attempts::insert_attempt(&mut action.tx, sale_id, amount, &payload, now_ms).await?;
    let reference = sale_id.payment_reference();
    action.commit(app, seat, Note::VietQrShown { reference }, None).await
}

/// As [`show_vietqr`], for a part of the open cart that is paid in advance.
///
/// # Errors
/// As [`show_vietqr`].
pub async fn show_vietqr_of(
    app: &App,
    seat: &Seat,
    request: &Request,
    amount: Money,
) -> Result<(CounterState, Option<VietQrState>)> {
    let state = show_part(app, seat, request, amount).await?;
    Ok((state, load_shown(app, request.sale_id, amount).await?))
}

/// Returns the code that was made durable for a cart and an amount, with what the bank told of it since.
///
/// # Errors
/// When the database does not answer.
pub async fn load_shown(app: &App, sale_id: SaleId, amount: Money) -> Result<Option<VietQrState>> {
    let settings = store::find_settings(app.db().read()).await?;
    let mut reader = app.db().read().acquire().await?;
    let qr = payment_attempts::find_shown(&mut reader, sale_id, amount).await?;
    Ok(qr.map(|qr| shown(qr, (sale_id, amount), settings.as_ref())))
}

async fn show_part(app: &App, seat: &Seat, request: &Request, amount: Money) -> Result<CounterState> {
    let mut action = begin!(app, seat, request);
    let date = action.shift.business_date;
    let payable_vnd = price::price(app, &mut action.tx, &action.cart, date).await?.payable.vnd();
    if amount.vnd() > payable_vnd && !action.cart.lines.is_empty() {
        return action.commit(app, seat, Note::DepositBeyond { payable_vnd }, None).await;
    }
    show(app, seat, action, amount).await
}

/// A code that was made durable, and what the bank told of it.
fn shown(
    (payload, came_vnd): (String, i64),
    (sale_id, amount): (SaleId, Money),
    settings: Option<&StoreRow>,
) -> VietQrState {
    VietQrState {
        payload,
        amount_vnd: amount.vnd(),
        came_vnd,
        reference: sale_id.payment_reference(),
        account: settings.map(account_text).unwrap_or_default(),
    }
}

fn payload(settings: &StoreRow, amount: Money, sale_id: SaleId) -> Option<String> {
    let request = VietQr {
        bank_bin: BankBin::parse(&settings.bank_bin).ok()?,
        payee: Payee::account(&settings.bank_account).ok()?,
        amount: Some(amount),
        bill_number: None,
        purpose: Purpose::fold(&sale_id.payment_reference()).ok(),
    };
    request.encode().ok()
}

fn account_text(settings: &StoreRow) -> String {
    let bank = BankBin::parse(&settings.bank_bin).ok().and_then(BankBin::bank_name).unwrap_or_default();
    format!("{bank} {}", settings.bank_account).trim().to_owned()
}
