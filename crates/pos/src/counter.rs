//! What people do at a counter. Each action is one transaction: the request's id, the change of the cart or the entry of
//! the journal. It answers the whole state of the counter, which a page shows as fragments and a program reads as JSON.

mod act;
pub mod agreement;
pub mod approval;
pub mod bank_file;
pub mod bank_notice;
pub mod basket;
pub mod business_day;
pub mod buyer;
pub mod carts;
mod chosen;
pub mod correction;
mod cover;
pub mod credit;
pub mod deposit;
pub mod deposit_return;
pub mod discount;
pub mod display;
pub mod display_pictures;
pub mod drawer;
pub mod drawer_report;
pub mod edit;
pub mod exchange;
pub mod finish;
pub mod goods;
mod goods_paper;
pub mod joint_settlement;
pub mod label_printer;
pub mod labels;
pub mod losses;
pub mod merging;
pub mod new_producer;
pub mod note;
pub mod open_tender;
pub mod pad;
pub mod pad_page;
pub mod past_date;
pub mod payment;
pub mod payout_code;
pub mod people;
mod price;
pub mod printers;
pub mod producer_news;
pub mod provisional;
pub mod receipt;
pub mod receipt_check;
pub mod receipt_logo;
pub mod refund;
pub mod refund_entry;
pub mod removal;
pub mod repack;
mod return_window;
pub mod scan;
pub mod scanners;
pub mod settlement;
mod settlement_entry;
pub mod settlement_paper;
pub mod shift;
pub mod shown;
pub mod sign_in;
pub mod slip;
pub mod state;
pub mod stocktake;
pub mod stocktake_close;
pub mod stocktake_paper;
pub mod take_back;
pub mod transfer;
pub mod transfer_in;

use domain::Rate;
use domain::cart::Cart;
use domain::ids::{CashierId, SaleId};
use domain::money::MoneyError;
use protocol::wire::StoreRow;
use time::Date;

use crate::App;
use crate::db::carts as stored;
use crate::db::carts::exchange::Exchange;
use crate::db::carts::kept::count_changes;
use crate::db::carts::undo::Undo;
use crate::db::counters::{Counter, PaidBefore, StoreName};
use crate::db::shifts::Shift;
use crate::db::{self, Tx, counters, operations};
use crate::journal::{JournalError, Writer};
pub use note::Note;
pub use state::CounterState;
use state::InHand;

/// Who acts, at which counter: known from the login session, never from a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// The counter.
    pub counter: String,
    /// Who.
    pub cashier_id: CashierId,
    /// Name on screen and receipt.
    pub cashier: String,
    /// Whether a manager.
    pub manager: bool,
}

/// A request of a page: its own id, and the sale that it was meant for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Made by the page, at most 64 characters; a repeated one changes nothing.
    pub op_id: String,
    /// The open cart that the page showed.
    pub sale_id: SaleId,
}

/// Why an action could not be carried out at all. What a person typed wrong is no error but a [`Note`].
#[derive(Debug, thiserror::Error)]
pub enum CounterError {
    /// No journal yet.
    #[error("this store is not enrolled yet")]
    NotEnrolled,
    /// The journal did not take the entry.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The database.
    #[error(transparent)]
    Database(#[from] db::Error),
    /// An amount beyond 64 bits.
    #[error(transparent)]
    Money(#[from] MoneyError),
    /// A stored receipt that cannot be read.
    #[error("a stored receipt cannot be read: {0}")]
    Receipt(#[from] ::receipts::snapshot::SnapshotError),
}

impl From<sqlx::Error> for CounterError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error.into())
    }
}

/// How long after a sale a scan for its cart is one for the next buyer: as long as a slow page takes to show it.
const BEHIND_MS: i64 = 10_000;

/// What every function of this module returns.
pub type Result<T, E = CounterError> = std::result::Result<T, E>;

/// An action on the open cart, begun.
pub(crate) struct Action {
    pub(crate) tx: Tx,
    pub(crate) writer: Writer,
    pub(crate) store: StoreName,
    pub(crate) settings: Option<StoreRow>,
    pub(crate) shift: Shift,
    pub(crate) cart: Cart,
    /// How to take back the cart's last change.
    pub(crate) undo: Option<Undo>,
    /// The cleared cart that this one stands in for.
    pub(crate) cleared_sale_id: Option<SaleId>,
    /// To whom its invoice is to be made out, as JSON.
    pub(crate) buyer: Option<String>,
    /// What comes back for what the cart holds.
    pub(crate) exchange: Option<Exchange>,
    /// What its buyer paid in advance.
    pub(crate) deposit: Option<PaidBefore>,
}

/// How an action begins.
pub(crate) enum Begun {
    /// It may go on.
    Action(Box<Action>),
    /// It was carried out before, or cannot be: tell this.
    Told(Note),
}

impl Action {
    /// Begins a transaction for a request. Repeated requests, requests for a sale that is no longer open, and requests
    /// without an open shift, or in one whose day is over, are told apart here, once for all actions.
    pub(crate) async fn begin(app: &App, seat: &Seat, request: &Request) -> Result<Begun> {
        Self::begin_on(app, seat, request, false).await
    }

    /// As [`Self::begin`], for goods: what a quick cashier scans before the page knows that the sale before was made
    /// belongs to the next buyer.
    pub(crate) async fn begin_scan(app: &App, seat: &Seat, request: &Request) -> Result<Begun> {
        Self::begin_on(app, seat, request, true).await
    }

    async fn begin_on(app: &App, seat: &Seat, request: &Request, is_scan: bool) -> Result<Begun> {
        let mut tx = app.db().begin().await?;
        let changes = count_changes(&mut tx).await?;
        if !operations::insert_operation(&mut tx, &request.op_id, app.clock().now_ms()).await? {
            return Ok(Begun::Told(Note::Ready));
        }
        let Counter { store, settings, shift, sale_id, undo, cleared_sale_id, buyer, exchange, deposit } =
            counters::load_counter(&mut tx, &seat.counter).await?;
        let store = store.ok_or(CounterError::NotEnrolled)?;
        let Some(shift) = shift else { return Ok(Begun::Told(Note::NoShift)) };
        if let Some(over) = business_day::refused(app, &shift) {
            return Ok(Begun::Told(over));
        }
        let Some(sale_id) = sale_id else { return Ok(Begun::Told(Note::Stale)) };
        if sale_id != request.sale_id && !(is_scan && just_sold(app, &mut tx, seat, request).await?) {
            return Ok(Begun::Told(Note::Stale));
        }
        let cart = open_cart(app, &mut tx, sale_id, (changes, shift.business_date)).await?;
        let writer = app.writer_of(store.store_id);
        let action = Self {
            tx,
            writer,
            store,
            settings,
            shift,
            cart,
            undo,
            cleared_sale_id,
            buyer,
            exchange,
            deposit,
        };
        Ok(Begun::Action(Box::new(action)))
    }

    /// Returns the day that picks rates, terms and recognitions: the shift's, or that of a sale from the pad.
    pub(crate) fn day(&self) -> Date {
        self.cart.pad.map_or(self.shift.business_date, |pad| pad.day)
    }

    /// True for a cart that nobody would miss: nothing in it, nothing comes back for it, nothing was paid for it.
    pub(crate) const fn is_blank(&self) -> bool {
        self.cart.lines.is_empty() && self.exchange.is_none() && self.deposit.is_none()
    }

    /// Ends the cart, `sold` or `cleared`, and opens the next one.
    pub(crate) async fn replace_cart(&mut self, state: &'static str) -> Result<()> {
        let next = SaleId::from_uuid(self.writer.clock.new_uuid());
        let now_ms = self.writer.clock.now_ms();
        Ok(stored::replace_open(&mut self.tx, self.cart.sale_id, state, next, now_ms).await?)
    }

    /// Keeps what was done, and answers the counter's state. `chosen` is the row to be tinted.
    pub(crate) async fn commit(
        self,
        app: &App,
        seat: &Seat,
        note: Note,
        chosen: Option<usize>,
    ) -> Result<CounterState> {
        self.tx.commit().await?;
        app.tell_changed();
        state::load(app, seat, note, chosen).await
    }

    /// As [`Self::commit`], where the cart in hand has the rows that were written: a long cart is not read a second time.
    pub(crate) async fn commit_cart(
        mut self,
        app: &App,
        seat: &Seat,
        note: Note,
        chosen: Option<usize>,
    ) -> Result<CounterState> {
        let before = app.changes_made();
        let changes = count_changes(&mut self.tx).await?;
        self.tx.commit().await?;
        app.db().kept_cart().keep(changes, self.shift.business_date, self.cart.clone());
        app.tell_changed();
        let number = app.changes_made();
        if number != before + 1 {
            // Another window may have changed the cart meanwhile.
            return state::load(app, seat, note, chosen).await;
        }
        let counter = Counter {
            store: Some(self.store),
            settings: self.settings,
            shift: Some(self.shift),
            sale_id: Some(self.cart.sale_id),
            undo: self.undo,
            cleared_sale_id: self.cleared_sale_id,
            buyer: self.buyer,
            exchange: self.exchange,
            deposit: self.deposit,
        };
        let mut reader = app.db().read().acquire().await?;
        let in_hand = InHand { number, counter, cart: self.cart };
        state::load_beside(app, seat, &mut reader, in_hand, (note, chosen)).await
    }
}

/// Returns the open cart: as it was written last, if nothing was written since.
async fn open_cart(app: &App, tx: &mut Tx, sale_id: SaleId, (changes, date): (i64, Date)) -> Result<Cart> {
    let Some(kept) = app.db().kept_cart().take(changes, sale_id, date) else {
        return Ok(stored::load_cart(tx, sale_id, date).await?);
    };
    if cfg!(debug_assertions) {
        debug_assert_eq!(kept, stored::load_cart(tx, sale_id, date).await?, "the cart that was kept");
    }
    Ok(kept)
}

/// Says whether the cart of a request was sold a moment ago.
async fn just_sold(app: &App, tx: &mut Tx, seat: &Seat, request: &Request) -> Result<bool> {
    let sold_at_ms = stored::find_sold_at(tx, &seat.counter, request.sale_id).await?;
    Ok(sold_at_ms.is_some_and(|sold_at_ms| (app.clock().now_ms() - sold_at_ms).abs() <= BEHIND_MS))
}

/// Returns the VAT on the operator's commission on a business date; zero before the first settings.
fn commission_tax(settings: Option<&StoreRow>, business_date: Date) -> Rate {
    settings.map(|row| row.commission_tax_on(business_date)).unwrap_or_default()
}

/// Returns what a person typed, on one line and without control characters, at most so many characters of it.
fn words(text: &str, most: usize) -> String {
    let parts: Vec<&str> = text.split_whitespace().collect();
    parts.join(" ").chars().filter(|character| !character.is_control()).take(most).collect()
}

/// Unwraps a begun action, or answers the state with what there is to tell.
macro_rules! begin {
    ($app:expr, $seat:expr, $request:expr) => {
        $crate::counter::begin!($app, $seat, $request, begin)
    };
    ($app:expr, $seat:expr, $request:expr, $begin:ident) => {
        match $crate::counter::Action::$begin($app, $seat, $request).await? {
            $crate::counter::Begun::Action(action) => *action,
            $crate::counter::Begun::Told(note) => {
                return $crate::counter::state::load($app, $seat, note, None).await
            }
        }
    };
}
pub(crate) use begin;
