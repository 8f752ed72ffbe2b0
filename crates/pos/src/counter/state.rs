//! The whole state of a counter, as a page shows it and a program reads it.

use domain::Quantity;
use domain::basket::Basket;
use domain::cart::{Cart, CartLine};
use domain::catalog::{SoldBy, Stars};
use domain::combo::Part;
use domain::ids::SaleId;
use domain::pricing::PricedLine;
use serde::Serialize;
use sqlx::SqliteConnection;
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;

use super::business_day::{self, DayState};
use super::buyer::BuyerState;
use super::carts::CartTab;
use super::pad::PadState;
use super::{CounterError, Note, Result, Seat, cover, shift};
use crate::App;
use crate::clock_watch::ClockState;
use crate::db::carts::exchange::Exchange;
use crate::db::carts::tabs;
use crate::db::counters::{Beside, Counter, LastSold, PaidBefore, Troubled};
use crate::db::{carts, counters};
use crate::disk_watch::DiskState;
use crate::invoicing::setup::Setup;
use crate::invoicing::status::{self, InvoicesState};
use crate::sync::SyncStatus;

/// A counter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CounterState {
    /// Of two states of one run of the program, the one with the higher number is never the older one.
    pub number: i64,
    /// Name of the store.
    pub store: String,
    /// The counter.
    pub counter: String,
    /// Who is signed in.
    pub cashier: String,
    /// Business date of the open shift, `2026-11-23`; none without one.
    pub business_date: Option<String>,
    /// What there is to say of that date.
    pub day: DayState,
    /// The current cart's sale.
    pub sale_id: Uuid,
    /// All open carts of the counter, by number; the current one among them.
    pub carts: Vec<CartTab>,
    /// Whether the last change of the cart can be taken back.
    pub can_take_back: bool,
    /// Its rows.
    pub lines: Vec<LineState>,
    /// The row to be tinted.
    pub chosen: Option<usize>,
    /// The sale was made before, and stands on the pad.
    pub pad: Option<PadState>,
    /// Off the whole sale, đồng.
    pub discount_vnd: i64,
    /// What the goods cost, đồng.
    pub payable_vnd: i64,
    /// What the buyer has to pay now, đồng: less a deposit, and less what goods that come back are worth; negative for what
    /// goes back.
    pub due_vnd: i64,
    /// The goods that come back for these.
    pub exchange: Option<ExchangeState>,
    /// What the buyer paid when these goods were ordered.
    pub deposit: Option<DepositState>,
    /// What the last action tells.
    pub note: Note,
    /// Codes that nobody knew, not yet dismissed.
    pub missed_codes: Vec<String>,
    /// The last sale of this counter.
    pub last_sale: Option<LastSale>,
    /// The printer's chip.
    pub printer: PrinterState,
    /// Central's chip.
    pub central: CentralState,
    /// The invoices' chip.
    pub invoices: InvoicesState,
    /// The clock's chip.
    pub clock: ClockState,
    /// The disk's chip.
    pub disk: DiskState,
    /// Whether a sale has an e-invoice, which may name a buyer.
    pub takes_buyer: bool,
    /// To whom the invoice of the cart is to be made out.
    pub buyer: Option<BuyerState>,
}

/// A row of the cart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct LineState {
    /// The product.
    pub product_id: Uuid,
    /// Name.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// OCOP stars in force.
    pub stars: Option<u8>,
    /// Thousandths of the unit.
    pub quantity_milli: i64,
    /// Price of a unit, đồng.
    pub price_vnd: i64,
    /// The price of the scan, where another was set by hand.
    pub list_price_vnd: Option<i64>,
    /// Price × quantity, less what was taken off the row, đồng.
    pub amount_vnd: i64,
    /// Taken off the row, đồng.
    pub discount_vnd: i64,
    /// The promotion among what was taken off; empty without one.
    pub promotion: String,
    /// Noted down about it; may be empty.
    pub remark: String,
    /// Sold by weight: its quantity is kilograms.
    pub is_weighed: bool,
    /// What it holds, when it is a combo.
    pub parts: Vec<PartState>,
    /// The basket that it was packed into; none for none.
    pub basket: Option<BasketState>,
}

/// A part of a combo, for one of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PartState {
    /// Name.
    pub name: String,
    /// Thousandths of its unit.
    pub quantity_milli: i64,
}

/// A basket that was packed at the counter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct BasketState {
    /// Its number within the sale.
    pub number: u8,
    /// What it is called.
    pub name: String,
}

/// Goods that come back for those in the cart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ExchangeState {
    /// The number on their receipt.
    pub receipt: String,
    /// What they are worth, đồng.
    pub worth_vnd: i64,
}

/// A deposit that covers a part of the cart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DepositState {
    /// The number on its paper.
    pub number: String,
    /// What of it is left, đồng.
    pub left_vnd: i64,
}

/// A sale that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct LastSale {
    /// The sale.
    pub sale_id: Uuid,
    /// The receipt's number.
    pub receipt: String,
    /// What was paid, đồng.
    pub payable_vnd: i64,
    /// Cash that went back, đồng.
    pub change_vnd: i64,
    /// Its paper: `queued`, `sending`, `printed`, `failed`, `unknown`, `skipped`, or empty without a printer.
    pub paper: String,
    /// What is left of a transfer that the buyer told of, đồng: 0 when all of it came; none when there was none.
    pub claimed_vnd: Option<i64>,
}

/// The printer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum PrinterState {
    /// None is set up.
    None,
    /// Nothing is wrong as far as we know.
    Good,
    /// A receipt waits for another try, which comes by itself.
    Waiting {
        /// Why the last one failed, as `receipts::printer_error` names it.
        reason: String,
    },
    /// A receipt was not printed.
    Failed {
        /// Whose.
        sale_id: Uuid,
        /// Why, as `receipts::printer_error` names it.
        reason: String,
    },
    /// A receipt may have been printed in part.
    Unknown {
        /// Whose.
        sale_id: Uuid,
    },
}

/// The way to central.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CentralState {
    /// How the sync stands.
    pub status: SyncStatus,
    /// Sales that only this computer has.
    pub waiting_sales: i64,
    /// Their đồng; not told to who counts blind, since it gives away what the drawer should hold.
    pub waiting_vnd: Option<i64>,
    /// The first of them was made longer ago than [`WAITS_LONG_MS`]: the network is worth looking at.
    pub waits_long: bool,
}

/// So long may a sale wait for central before its chip turns red, milliseconds: a day. Nothing blocks then either.
pub const WAITS_LONG_MS: i64 = 24 * 60 * 60 * 1_000;

/// What an answer is made of: the counter and its open cart, as of a number of changes.
pub(super) struct InHand {
    pub(super) number: i64,
    pub(super) counter: Counter,
    pub(super) cart: Cart,
}

/// Returns the state of a counter; opens a cart when there is none.
///
/// # Errors
/// When the store is not enrolled or the database does not answer.
pub async fn load(app: &App, seat: &Seat, note: Note, chosen: Option<usize>) -> Result<CounterState> {
    let number = app.changes_made();
    let mut reader = app.db().read().acquire().await?;
    let counter = counters::load_counter(&mut reader, &seat.counter).await?;
    let sale_id = match counter.sale_id {
        Some(sale_id) => sale_id,
        None => {
            // Nobody who holds a connection waits for another: there are few, and each window asks for the state.
            drop(reader);
            let sale_id = first_cart(app, seat).await?;
            reader = app.db().read().acquire().await?;
            sale_id
        }
    };
    let cart = carts::load_cart(&mut reader, sale_id, business_date(app, &counter)).await?;
    load_beside(app, seat, &mut reader, InHand { number, counter, cart }, (note, chosen)).await
}

/// Returns the state of a counter whose cart is in hand: everything else is read.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn load_beside(
    app: &App,
    seat: &Seat,
    reader: &mut SqliteConnection,
    InHand { number, counter, cart }: InHand,
    (note, chosen): (Note, Option<usize>),
) -> Result<CounterState> {
    let priced = super::price::price(app, reader, &cart, business_date(app, &counter)).await?;
    let rows = cart.lines.iter().zip(&priced.lines);
    let lines = rows.map(|row| line(&cart, row)).collect::<Result<Vec<_>>>()?;
    let beside = counters::load_beside(reader, &seat.counter).await?;
    let invoices = status::load_with(app, reader, counter.settings.as_ref()).await?;
    let printer = printer(app, seat, &beside);
    let takes_buyer = Setup::of(counter.settings.as_ref()).is_some();
    let now_ms = app.clock().now_ms();
    let day = business_day::state(app, reader, counter.shift.as_ref()).await?;
    Ok(CounterState {
        number,
        store: counter
            .settings
            .map(|row| row.name)
            .or(counter.store.map(|store| store.name))
            .unwrap_or_default(),
        counter: seat.counter.clone(),
        cashier: seat.cashier.clone(),
        business_date: counter.shift.map(|shift| shift.business_date.to_string()),
        day,
        sale_id: cart.sale_id.uuid(),
        carts: beside.tabs.into_iter().map(CartTab::from).collect(),
        can_take_back: counter.undo.is_some() || (lines.is_empty() && counter.cleared_sale_id.is_some()),
        chosen: chosen.filter(|row| *row < lines.len()).or_else(|| lines.len().checked_sub(1)),
        lines,
        pad: cart.pad.as_ref().map(PadState::from),
        discount_vnd: priced.discount.vnd(),
        payable_vnd: priced.payable.vnd(),
        due_vnd: cover::due(priced.payable, counter.deposit.as_ref(), counter.exchange.as_ref())?.vnd(),
        exchange: counter
            .exchange
            .map(|Exchange { receipt, worth_vnd, .. }| ExchangeState { receipt, worth_vnd }),
        deposit: counter
            .deposit
            .map(|PaidBefore { number, left, .. }| DepositState { number, left_vnd: left.vnd() }),
        note,
        printer,
        central: CentralState {
            status: app.sync_status(),
            waiting_sales: beside.pending_sales,
            waiting_vnd: (!shift::is_blind(app, seat)).then_some(beside.pending_vnd),
            waits_long: beside.pending_since_ms.is_some_and(|since_ms| now_ms - since_ms > WAITS_LONG_MS),
        },
        missed_codes: beside.missed_codes,
        last_sale: beside.last_sale.map(LastSale::from),
        invoices,
        clock: app.clock_watch().state(app.clock()),
        disk: app.disk_watch().state(),
        takes_buyer,
        buyer: BuyerState::of(counter.buyer.as_deref()),
    })
}

/// The business date of the open shift; without one, today.
fn business_date(app: &App, counter: &Counter) -> Date {
    let today = || web::format::local_date(app.clock().now_ms());
    counter.shift.as_ref().map_or_else(today, |shift| shift.business_date)
}

/// Opens the first cart of a counter that has none. To be called before an act begins its transaction: whoever refuses the act answers
/// with the counter's state before letting go of it, and would wait for itself to open the cart.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn open_first_cart(app: &App, seat: &Seat) -> Result<()> {
    let mut reader = app.db().read().acquire().await?;
    let counter = counters::load_counter(&mut reader, &seat.counter).await?;
    drop(reader);
    if counter.store.is_some() && counter.sale_id.is_none() {
        first_cart(app, seat).await?;
    }
    Ok(())
}

/// Opens the first cart of a counter, unless another request was faster.
async fn first_cart(app: &App, seat: &Seat) -> Result<SaleId> {
    let writer = app.writer().await?.ok_or(CounterError::NotEnrolled)?;
    let mut tx = app.db().begin().await?;
    if let Some(sale_id) = counters::load_counter(&mut tx, &seat.counter).await?.sale_id {
        return Ok(sale_id);
    }
    let sale_id = SaleId::from_uuid(writer.clock.new_uuid());
    tabs::insert_next(&mut tx, sale_id, &seat.counter, writer.clock.now_ms()).await?;
    tx.commit().await?;
    Ok(sale_id)
}

fn line(cart: &Cart, (line, priced): (&CartLine, &PricedLine)) -> Result<LineState> {
    let amount = priced.amount()?;
    Ok(LineState {
        product_id: line.offer.product_id.uuid(),
        name: line.offer.name.clone(),
        unit: line.offer.unit.clone(),
        stars: line.offer.stars.map(Stars::count),
        quantity_milli: line.quantity.milli(),
        price_vnd: line.price().vnd(),
        list_price_vnd: line.changed_price.as_ref().map(|_| line.offer.price.vnd()),
        amount_vnd: amount.vnd(),
        discount_vnd: priced.gross.minus(amount)?.vnd(),
        promotion: priced.promotion.as_ref().map(|applied| applied.name.clone()).unwrap_or_default(),
        remark: line.remark.as_ref().map(|remark| remark.text.clone()).unwrap_or_default(),
        is_weighed: line.offer.sold_by == SoldBy::Weight,
        parts: line.offer.combo.iter().flat_map(|combo| &combo.parts).map(PartState::from).collect(),
        basket: line.basket.and_then(|number| cart.basket(number)).map(BasketState::from),
    })
}

impl LineState {
    /// Returns the quantity as it is shown: a weight with every gram.
    pub fn quantity_text(&self) -> String {
        let quantity = Quantity::from_milli(self.quantity_milli);
        if self.is_weighed { quantity.kilograms() } else { quantity.to_string() }
    }

    /// Returns how many things it is: pieces, or one weighed pack.
    pub const fn items(&self) -> i64 {
        if self.is_weighed { 1 } else { self.quantity_milli / 1_000 }
    }
}

impl From<&Part> for PartState {
    fn from(part: &Part) -> Self {
        Self { name: part.offer.name.clone(), quantity_milli: part.quantity.milli() }
    }
}

impl From<&Basket> for BasketState {
    fn from(basket: &Basket) -> Self {
        Self { number: basket.number, name: basket.name.clone() }
    }
}

impl From<LastSold> for LastSale {
    fn from(sold: LastSold) -> Self {
        Self {
            sale_id: sold.sale_id,
            receipt: sold.receipt_number,
            payable_vnd: sold.payable_vnd,
            change_vnd: sold.change_vnd,
            paper: sold.paper,
            claimed_vnd: sold.claimed_vnd,
        }
    }
}

fn printer(app: &App, seat: &Seat, beside: &Beside) -> PrinterState {
    if !app.has_printer(&seat.counter) && !app.has_label_printer() {
        return PrinterState::None;
    }
    match &beside.troubled {
        Some(Troubled { sale_id, state, reason }) if state == "failed" => {
            PrinterState::Failed { sale_id: *sale_id, reason: reason.clone() }
        }
        Some(troubled) => PrinterState::Unknown { sale_id: troubled.sale_id },
        None => match &beside.tries_again {
            Some(reason) => PrinterState::Waiting { reason: reason.clone() },
            None => PrinterState::Good,
        },
    }
}
