//! What a buyer may see of a counter: the goods, the sum, the code to pay by, and thanks. Nothing of the staff, of other
//! sales or of the store's business.

use domain::Quantity;
use domain::ids::{CashierId, SaleId};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::payment::{self, VietQrState};
use super::state::{self, LastSale, LineState};
use super::{CounterState, Note, Result, Seat};
use crate::App;
use crate::bank_watch::Shown;
use crate::db::{counters, sales};

/// So long the thanks stay, unless the next goods are scanned.
const THANKS_MS: i64 = 10_000;

/// A counter as a buyer sees it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct DisplayState {
    /// Name of the store.
    pub store: String,
    /// The rows of the cart.
    pub lines: Vec<DisplayLine>,
    /// The row that was scanned or changed last.
    pub newest: Option<usize>,
    /// Off the whole sale, đồng.
    pub discount_vnd: i64,
    /// What a deposit covers, or goods that come back, đồng.
    pub covered_vnd: i64,
    /// What there is to pay, đồng; negative for what goes back.
    pub payable_vnd: i64,
    /// The VietQR that the cashier shows.
    pub vietqr: Option<VietQrState>,
    /// The sale that was just made.
    pub thanks: Option<Thanks>,
}

/// A row of the cart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DisplayLine {
    /// Name.
    pub name: String,
    /// OCOP stars in force.
    pub stars: Option<u8>,
    /// Thousandths of the unit.
    pub quantity_milli: i64,
    /// Sold by weight: its quantity is kilograms.
    pub is_weighed: bool,
    /// Price of a unit, đồng.
    pub price_vnd: i64,
    /// Price × quantity, đồng.
    pub amount_vnd: i64,
}

/// A sale that was just made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Thanks {
    /// What was paid, đồng.
    pub payable_vnd: i64,
    /// Cash that goes back, đồng.
    pub change_vnd: i64,
    /// Until when they are said, UTC milliseconds.
    pub until_ms: i64,
}

/// Returns what a buyer may see of a counter. `newest` is the row that the cashier has chosen. A counter where nobody
/// sells shows the store's name alone.
///
/// # Errors
/// When the database does not answer.
pub async fn load(app: &App, counter: &str, newest: Option<usize>) -> Result<DisplayState> {
    let mut reader = app.db().read().acquire().await?;
    let found = counters::load_counter(&mut reader, counter).await?;
    drop(reader);
    let named = found.settings.map(|row| row.name).or(found.store.map(|store| store.name));
    let idle = DisplayState { store: named.unwrap_or_default(), ..DisplayState::default() };
    if found.shift.is_none() || found.sale_id.is_none() {
        return Ok(idle);
    }
    let seat = nobody(counter);
    let CounterState { sale_id, lines, pad, chosen, discount_vnd, payable_vnd, due_vnd, last_sale, .. } =
        state::load(app, &seat, Note::Ready, newest).await?;
    // What is entered from the pad is nobody's who stands here.
    if pad.is_some() {
        return Ok(idle);
    }
    if lines.is_empty() {
        return Ok(DisplayState { thanks: thanks(app, last_sale).await?, ..idle });
    }
    // A code of a cart that is on the screen no more is nobody's who stands here.
    let code = app.bank_watch().shown(counter).filter(|shown| shown.sale_id.uuid() == sale_id);
    let vietqr = match code {
        Some(Shown { sale_id, amount, .. }) => payment::load_shown(app, sale_id, amount).await?,
        None => None,
    };
    Ok(DisplayState {
        lines: lines.iter().map(DisplayLine::from).collect(),
        newest: chosen,
        discount_vnd,
        covered_vnd: payable_vnd - due_vnd,
        payable_vnd: due_vnd,
        vietqr,
        ..idle
    })
}

/// Who looks at a display is nobody.
fn nobody(counter: &str) -> Seat {
    Seat {
        counter: counter.to_owned(),
        cashier_id: CashierId::from_uuid(Uuid::nil()),
        cashier: String::new(),
        manager: false,
    }
}

async fn thanks(app: &App, last: Option<LastSale>) -> Result<Option<Thanks>> {
    let Some(last) = last else { return Ok(None) };
    let sale = sales::find_sale(app.db().read(), SaleId::from_uuid(last.sale_id)).await?;
    let now_ms = app.clock().now_ms();
    let until_ms = sale.map_or(i64::MIN, |sale| sale.sold_at_ms.saturating_add(THANKS_MS));
    // A clock that was set back thanks nobody for hours.
    let is_now = now_ms < until_ms && until_ms - now_ms <= THANKS_MS;
    let Some(LastSale { payable_vnd, change_vnd, .. }) = is_now.then_some(last) else { return Ok(None) };
    Ok(Some(Thanks { payable_vnd, change_vnd, until_ms }))
}

impl DisplayLine {
    /// Returns the quantity as it is shown: a weight with every gram.
    pub fn quantity_text(&self) -> String {
        let quantity = Quantity::from_milli(self.quantity_milli);
        if self.is_weighed { quantity.kilograms() } else { quantity.to_string() }
    }
}

impl From<&LineState> for DisplayLine {
    fn from(line: &LineState) -> Self {
        Self {
            name: line.name.clone(),
            stars: line.stars,
            quantity_milli: line.quantity_milli,
            is_weighed: line.is_weighed,
            price_vnd: line.price_vnd,
            amount_vnd: line.amount_vnd,
        }
    }
}
