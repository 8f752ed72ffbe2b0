//! What a buyer may see of a counter: the goods, the sum, the code to pay by, and thanks. Nothing of the staff, of other
//! sales or of the store's business.

use ::receipts::snapshot::ReceiptSnapshot;
use domain::Quantity;
use domain::ids::{CashierId, SaleId};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::display_pictures::{self, ShownPicture};
use super::payment::{self, VietQrState};
use super::state::{self, LastSale, LineState, PrinterState};
use super::{CounterState, Note, Result, Seat};
use crate::App;
use crate::bank_watch::Code;
use crate::db::{counters, receipts, sales};

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
    /// It asks for a deposit.
    pub is_deposit: bool,
    /// The sale that was just made.
    pub thanks: Option<Thanks>,
    /// The shop's own picture, while nobody is served.
    pub picture: Option<ShownPicture>,
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
    /// What the QR of its receipt holds, where no paper comes: there is no printer, or it waits for somebody.
    pub receipt_qr: Option<String>,
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
        return at_rest(app, idle).await;
    }
    let seat = nobody(counter);
    let CounterState {
        sale_id,
        lines,
        pad,
        chosen,
        discount_vnd,
        payable_vnd,
        due_vnd,
        last_sale,
        printer,
        ..
    } = state::load(app, &seat, Note::Ready, newest).await?;
    // What is entered from the pad is nobody's who stands here.
    if pad.is_some() {
        return at_rest(app, idle).await;
    }
    if lines.is_empty() {
        return match thanks(app, last_sale, &printer).await? {
            None => at_rest(app, idle).await,
            thanks => Ok(DisplayState { thanks, ..idle }),
        };
    }
    // A code of a cart that is on the screen no more is nobody's who stands here.
    let code = app.bank_watch().shown(counter).map(|shown| shown.code);
    let code = code.filter(|code| code.sale_id.uuid() == sale_id);
    let vietqr = match code {
        Some(Code { sale_id, amount, .. }) => payment::load_shown(app, sale_id, amount).await?,
        None => None,
    };
    Ok(DisplayState {
        lines: lines.iter().map(DisplayLine::from).collect(),
        newest: chosen,
        discount_vnd,
        covered_vnd: payable_vnd - due_vnd,
        payable_vnd: due_vnd,
        vietqr,
        is_deposit: code.is_some_and(|code| code.is_deposit),
        ..idle
    })
}

/// Nobody is served: the shop shows its pictures.
async fn at_rest(app: &App, idle: DisplayState) -> Result<DisplayState> {
    Ok(DisplayState { picture: display_pictures::find_shown(app).await?, ..idle })
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

async fn thanks(app: &App, last: Option<LastSale>, printer: &PrinterState) -> Result<Option<Thanks>> {
    let Some(last) = last else { return Ok(None) };
    let sale_id = SaleId::from_uuid(last.sale_id);
    let sale = sales::find_sale(app.db().read(), sale_id).await?;
    let now_ms = app.clock().now_ms();
    let until_ms = sale.map_or(i64::MIN, |sale| sale.sold_at_ms.saturating_add(THANKS_MS));
    // A clock that was set back thanks nobody for hours.
    let is_now = now_ms < until_ms && until_ms - now_ms <= THANKS_MS;
    let Some(LastSale { payable_vnd, change_vnd, paper, .. }) = is_now.then_some(last) else {
        return Ok(None);
    };
    let is_without = paper.is_empty() || (*printer != PrinterState::Good && paper != "printed");
    let receipt_qr = if is_without { find_receipt_qr(app, sale_id).await? } else { None };
    Ok(Some(Thanks { payable_vnd, change_vnd, until_ms, receipt_qr }))
}

/// The code that proves the receipt, as it would stand on the paper.
async fn find_receipt_qr(app: &App, sale_id: SaleId) -> Result<Option<String>> {
    let mut reader = app.db().read().acquire().await?;
    let Some(text) = receipts::find_snapshot(&mut reader, sale_id).await? else { return Ok(None) };
    let code = ReceiptSnapshot::from_json(&text)?.verification_qr;
    Ok((!code.is_empty()).then_some(code))
}

impl DisplayState {
    /// Returns until when it looks like this by itself, UTC milliseconds; none when only an act changes it.
    pub fn until_ms(&self) -> Option<i64> {
        let picture = self.picture.as_ref().and_then(|shown| shown.until_ms);
        self.thanks.as_ref().map(|thanks| thanks.until_ms).or(picture)
    }
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
