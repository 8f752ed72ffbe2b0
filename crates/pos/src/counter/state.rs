//! The whole state of a counter, as a page shows it and a program reads it.

use ::receipts::queue::State as PrintState;
use domain::Quantity;
use domain::cart::CartLine;
use domain::catalog::Stars;
use domain::ids::SaleId;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{CounterError, Note, Result, Seat, open_cart};
use crate::App;
use crate::db::{carts, entries, missed_codes, prints, receipts, sales, shifts, store};
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
    /// The open cart's sale.
    pub sale_id: Uuid,
    /// Its rows.
    pub lines: Vec<LineState>,
    /// The row to be tinted.
    pub chosen: Option<usize>,
    /// Off the whole sale, đồng.
    pub discount_vnd: i64,
    /// What the buyer has to pay, đồng.
    pub payable_vnd: i64,
    /// What the last action tells.
    pub note: Note,
    /// Codes that nobody knew, not yet dismissed.
    pub missed_codes: Vec<String>,
    /// The last sale of this store.
    pub last_sale: Option<LastSale>,
    /// The printer's chip.
    pub printer: PrinterState,
    /// Central's chip.
    pub central: CentralState,
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
    /// Price × quantity, đồng.
    pub amount_vnd: i64,
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
}

/// The printer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum PrinterState {
    /// None is set up.
    None,
    /// Nothing is wrong as far as we know.
    Good,
    /// A receipt waits for another try.
    Waiting,
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
    /// Their đồng.
    pub waiting_vnd: i64,
}

/// Returns the state of a counter; opens a cart when there is none.
///
/// # Errors
/// When the store is not enrolled or the database does not answer.
pub async fn load(app: &App, seat: &Seat, note: Note, chosen: Option<usize>) -> Result<CounterState> {
    let number = app.changes_made();
    let mut reader = app.db().read().acquire().await?;
    let sale_id = match carts::find_open(&mut reader, &seat.counter).await? {
        Some(sale_id) => sale_id,
        None => first_cart(app, seat).await?,
    };
    let shift = shifts::find_open(&mut reader, &seat.counter).await?;
    let today = web::format::local_date(app.clock().now_ms());
    let date = shift.as_ref().map_or(today, |shift| shift.business_date);
    let cart = carts::load_cart(&mut reader, sale_id, date).await?;
    let lines = cart.lines.iter().map(line).collect::<Result<Vec<_>>>()?;
    let settings = store::find_settings(app.db().read()).await?;
    let named = store::find_store(app.db().read()).await?;
    Ok(CounterState {
        number,
        store: settings.map(|row| row.name).or(named.map(|store| store.name)).unwrap_or_default(),
        counter: seat.counter.clone(),
        cashier: seat.cashier.clone(),
        business_date: shift.map(|shift| shift.business_date.to_string()),
        sale_id: sale_id.uuid(),
        chosen: chosen.filter(|row| *row < lines.len()).or_else(|| lines.len().checked_sub(1)),
        lines,
        discount_vnd: cart.discount.vnd(),
        payable_vnd: cart.payable()?.vnd(),
        note,
        missed_codes: missed_codes::list(&mut reader, &seat.counter).await?,
        last_sale: last_sale(app).await?,
        printer: printer(app, seat).await?,
        central: central(app).await?,
    })
}

async fn first_cart(app: &App, seat: &Seat) -> Result<SaleId> {
    let writer = app.writer().await?.ok_or(CounterError::NotEnrolled)?;
    let mut tx = app.db().begin().await?;
    let sale_id = open_cart(&mut tx, seat, &writer).await?;
    tx.commit().await?;
    Ok(sale_id)
}

fn line(line: &CartLine) -> Result<LineState> {
    Ok(LineState {
        product_id: line.offer.product_id.uuid(),
        name: line.offer.name.clone(),
        unit: line.offer.unit.clone(),
        stars: line.offer.stars.map(Stars::count),
        quantity_milli: line.quantity.milli(),
        price_vnd: line.offer.price.vnd(),
        amount_vnd: line.gross()?.vnd(),
    })
}

impl LineState {
    /// Returns the quantity as printed.
    pub fn quantity(&self) -> Quantity {
        Quantity::from_milli(self.quantity_milli)
    }
}

async fn last_sale(app: &App) -> Result<Option<LastSale>> {
    let Some(sale) = sales::list_newest(app.db().read(), 1).await?.pop() else { return Ok(None) };
    let mut reader = app.db().read().acquire().await?;
    let sale_id = SaleId::from_uuid(sale.sale_id);
    let snapshot = receipts::find_snapshot(&mut reader, sale_id).await?;
    let snapshot =
        snapshot.map(|text| ::receipts::snapshot::ReceiptSnapshot::from_json(&text)).transpose()?;
    let print = prints::find_print(&mut reader, sale_id).await?;
    Ok(Some(LastSale {
        sale_id: sale.sale_id,
        receipt: sale.receipt_number,
        payable_vnd: sale.payable_vnd,
        change_vnd: snapshot.map_or(0, |snapshot| snapshot.change_vnd),
        paper: print.map_or_else(String::new, |print| print.print.state.code().to_owned()),
    }))
}

async fn printer(app: &App, seat: &Seat) -> Result<PrinterState> {
    if !app.config().has_printer(&seat.counter) {
        return Ok(PrinterState::None);
    }
    if let Some(troubled) = prints::find_troubled(app.db().read()).await? {
        let sale_id = troubled.sale_id.uuid();
        return Ok(match troubled.print.state {
            PrintState::Failed(reason) => PrinterState::Failed { sale_id, reason: reason.code().to_owned() },
            _ => PrinterState::Unknown { sale_id },
        });
    }
    let waiting = prints::find_next(app.db().read()).await?;
    let failed_before =
        waiting.is_some_and(|p| matches!(p.print.state, PrintState::Queued { failures: 1.., .. }));
    Ok(if failed_before { PrinterState::Waiting } else { PrinterState::Good })
}

async fn central(app: &App) -> Result<CentralState> {
    let pending = entries::load_pending(app.db().read()).await?;
    Ok(CentralState {
        status: app.sync_status(),
        waiting_sales: pending.sales,
        waiting_vnd: pending.payable_vnd,
    })
}
