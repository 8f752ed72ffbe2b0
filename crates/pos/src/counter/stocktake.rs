//! Counting the shelf while selling goes on: a stocktake is begun, people count by area, and what nobody can be sure of is
//! counted again. Each count keeps at which entry of the journal it was made; `stocktake_close` compares it with the book of
//! that moment. No shift has to be open: many count after the last buyer has gone.

use domain::Quantity;
use domain::catalog::SoldBy;
use domain::ids::ProductId;
use protocol::wire::StoreRow;
use time::Date;
use uuid::Uuid;

use super::note::Counting;
use super::{CounterError, CounterState, Note, Result, Seat, state, words};
use crate::App;
use crate::db::counters::{self, Counter, StoreName};
use crate::db::stocktakes::{self, Place, Stocktake};
use crate::db::streams::{self, Head};
use crate::db::{Tx, combos, operations, products, stocktake_papers};

/// The longest name of a stocktake, in characters.
const TITLE_MOST: usize = 60;
/// The longest name of an area, in characters.
pub const AREA_MOST: usize = 40;

/// An act about a stocktake, begun.
pub(super) struct Step {
    pub(super) tx: Tx,
    pub(super) store: StoreName,
    pub(super) settings: Option<StoreRow>,
    /// Of the counter's open shift; today's without one.
    pub(super) business_date: Date,
    /// The end of the journal.
    pub(super) head: Head,
}

impl Step {
    /// Begins a transaction for a request; or tells that it was carried out before.
    pub(super) async fn begin(
        app: &App,
        seat: &Seat,
        op_id: &str,
    ) -> Result<std::result::Result<Self, Note>> {
        state::open_first_cart(app, seat).await?;
        let mut tx = app.db().begin().await?;
        if !operations::insert_operation(&mut tx, op_id, app.clock().now_ms()).await? {
            return Ok(Err(Note::Ready));
        }
        let Counter { store, settings, shift, .. } = counters::load_counter(&mut tx, &seat.counter).await?;
        let store = store.ok_or(CounterError::NotEnrolled)?;
        let head = streams::find_head(&mut tx).await?.ok_or(CounterError::NotEnrolled)?;
        let today = web::format::local_date(app.clock().now_ms());
        let business_date = shift.map_or(today, |shift| shift.business_date);
        Ok(Ok(Self { tx, store, settings, business_date, head }))
    }

    pub(super) async fn commit(self, app: &App, seat: &Seat, counting: Counting) -> Result<CounterState> {
        self.tx.commit().await?;
        state::load(app, seat, Note::Counting(counting), None).await
    }
}

/// Unwraps what can be told instead, and tells it.
macro_rules! or_tell {
    ($app:expr, $seat:expr, $outcome:expr) => {
        match $outcome {
            Ok(it) => it,
            Err(note) => return $crate::counter::state::load($app, $seat, note, None).await,
        }
    };
}
pub(super) use or_tell;

/// Begins a stocktake. Nothing is closed for it: whatever is sold meanwhile is known.
///
/// # Errors
/// When the store is not enrolled or the database does not keep it.
pub async fn begin(app: &App, seat: &Seat, op_id: &str, title: &str) -> Result<CounterState> {
    let mut step = or_tell!(app, seat, Step::begin(app, seat, op_id).await?);
    if stocktakes::find_open(&mut step.tx).await?.is_some() {
        return state::load(app, seat, Note::Counting(Counting::StocktakeGoesOn), None).await;
    }
    let stocktake = Stocktake {
        stocktake_id: app.clock().new_uuid(),
        title: words(title, TITLE_MOST),
        begun_at_ms: app.clock().now_ms(),
    };
    let after = (step.head.stream.stream_no, step.head.at.seq);
    stocktakes::insert_stocktake(&mut step.tx, &stocktake, seat.cashier_id, after).await?;
    step.commit(app, seat, Counting::StocktakeBegun).await
}

/// How much of a product was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HowMuch {
    /// One more piece, as a scanner counts.
    OneMore,
    /// All that the area has; in place of what was counted there before.
    Exactly(Quantity),
}

/// What was counted where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// What.
    pub product_id: ProductId,
    /// The area as typed.
    pub area: String,
    /// How much.
    pub how_much: HowMuch,
}

/// Counts a product in an area.
///
/// # Errors
/// When the store is not enrolled or the database does not keep it.
pub async fn count(app: &App, seat: &Seat, op_id: &str, count: &Count) -> Result<CounterState> {
    let mut step = or_tell!(app, seat, Step::begin(app, seat, op_id).await?);
    let counted = or_tell!(app, seat, counted(app, seat, &mut step, count).await?);
    step.commit(app, seat, counted).await
}

async fn counted(
    app: &App,
    seat: &Seat,
    step: &mut Step,
    count: &Count,
) -> Result<std::result::Result<Counting, Note>> {
    let Some(stocktake) = stocktakes::find_open(&mut step.tx).await? else {
        return Ok(Err(Note::Counting(Counting::NoStocktake)));
    };
    let area = area_name(&count.area);
    if area.is_empty() {
        return Ok(Err(Note::Counting(Counting::NoArea)));
    }
    if products::find_name(&mut step.tx, count.product_id).await?.is_none() {
        return Ok(Err(Note::BadField { field: "product_id".to_owned() }));
    }
    if combos::is_combo(&mut step.tx, count.product_id).await? {
        return Ok(Err(Note::ComboNotStocked));
    }
    let offer = products::load_offer(&mut step.tx, count.product_id, step.business_date).await?;
    let is_weighed = offer.sold_by == SoldBy::Weight;
    // What has to be counted again is counted at the shelf.
    let paper = match stocktakes::find_round(&mut step.tx, stocktake.stocktake_id, count.product_id).await? {
        None | Some(1) => stocktake_papers::find_paper(&mut step.tx, stocktake.stocktake_id, &area).await?,
        Some(_) => None,
    };
    let (quantity, replaces) = match count.how_much {
        // One more of what is weighed is nothing, and a sheet has sums.
        HowMuch::OneMore if is_weighed || paper.is_some() => {
            return Ok(Err(Note::Counting(Counting::TypeHowMuch { name: offer.name })));
        }
        HowMuch::OneMore => (Quantity::pieces(1), false),
        HowMuch::Exactly(quantity) => (quantity, true),
    };
    if !(is_weighed || quantity.is_whole()) {
        return Ok(Err(Note::BadQuantity { whole: true }));
    }
    let head = (step.head.stream.stream_no, step.head.at.seq);
    let (first, at, at_ms) = match paper {
        Some(paper) => ((paper.stream_no, paper.first_seq), (paper.stream_no, paper.seq), paper.to_ms),
        None => (head, head, app.clock().now_ms()),
    };
    let place = Place {
        stocktake_id: stocktake.stocktake_id,
        product_id: count.product_id,
        area: &area,
        first,
        at,
        cashier_id: seat.cashier_id,
        at_ms,
    };
    let sum = stocktakes::upsert_count(&mut step.tx, place, quantity, replaces).await?;
    if !(Quantity::ZERO..=Quantity::MOST).contains(&sum) {
        return Ok(Err(Note::BadQuantity { whole: false }));
    }
    Ok(Ok(Counting::Counted { name: offer.name, area, quantity: sum.to_string() }))
}

/// Returns the name of an area as it is kept.
pub fn area_name(typed: &str) -> String {
    words(typed, AREA_MOST)
}

/// Reads how much was counted, as typed: also nothing.
///
/// # Errors
/// When it is no quantity, or more than any shop has.
pub fn read_quantity(typed: &str) -> std::result::Result<Quantity, Note> {
    Quantity::parse_count(typed).map_err(|_| Note::BadQuantity { whole: false })
}

/// Lets a product be counted again from the beginning, in every area.
///
/// # Errors
/// When the store is not enrolled or the database does not keep it.
pub async fn count_again(app: &App, seat: &Seat, op_id: &str, product_id: ProductId) -> Result<CounterState> {
    let mut step = or_tell!(app, seat, Step::begin(app, seat, op_id).await?);
    let none = Note::Counting(Counting::NoStocktake);
    let Some(stocktake) = stocktakes::find_open(&mut step.tx).await? else {
        return state::load(app, seat, none, None).await;
    };
    let Some((name, _)) = products::find_name(&mut step.tx, product_id).await? else {
        return state::load(app, seat, Note::BadField { field: "product_id".to_owned() }, None).await;
    };
    // Asked twice, or of something that nobody has counted yet: there is nothing to begin anew.
    stocktakes::begin_round(&mut step.tx, stocktake.stocktake_id, product_id).await?;
    step.commit(app, seat, Counting::CountedAnew { name }).await
}

/// Gives a stocktake up: nothing of it comes into the book.
///
/// # Errors
/// When the store is not enrolled or the database does not keep it.
pub async fn give_up(app: &App, seat: &Seat, op_id: &str, stocktake_id: Uuid) -> Result<CounterState> {
    let mut step = or_tell!(app, seat, Step::begin(app, seat, op_id).await?);
    let open = stocktakes::find_open(&mut step.tx).await?;
    if open.is_none_or(|open| open.stocktake_id != stocktake_id) {
        return state::load(app, seat, Note::Counting(Counting::NoStocktake), None).await;
    }
    stocktakes::delete_stocktake(&mut step.tx, stocktake_id).await?;
    step.commit(app, seat, Counting::StocktakeGivenUp).await
}
