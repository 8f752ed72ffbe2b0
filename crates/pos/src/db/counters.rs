//! A counter as it stands, in few statements: each one is a walk to the database's thread and back, which costs more
//! than what it asks for.

use domain::Money;
use domain::ids::{SaleId, StoreId};
use protocol::wire::StoreRow;
use sqlx::{FromRow, SqliteConnection};
use time::Date;
use uuid::Uuid;

use super::carts::exchange::Exchange;
use super::carts::tabs::{self, Tab};
use super::carts::undo::Undo;
use super::shifts::Shift;
use super::{Error, Result};

/// The most codes that a counter lists.
const CODES_MAX: usize = 5;
/// Among so many of the journal's newest entries a counter's last sale is looked for.
const ENTRIES_MAX: i64 = 500;

/// What every action at a counter begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counter {
    /// Whose counter it is; none before enrolment.
    pub store: Option<StoreName>,
    /// How receipts and payments show the store; none before the first catalogue.
    pub settings: Option<StoreRow>,
    /// The open shift.
    pub shift: Option<Shift>,
    /// The current cart.
    pub sale_id: Option<SaleId>,
    /// How to take back its last change.
    pub undo: Option<Undo>,
    /// The cleared cart that it stands in for.
    pub cleared_sale_id: Option<SaleId>,
    /// To whom its invoice is to be made out, as JSON; it belongs into no log.
    pub buyer: Option<String>,
    /// What comes back for what it holds.
    pub exchange: Option<Exchange>,
    /// What its buyer paid in advance.
    pub deposit: Option<PaidBefore>,
}

/// What the buyer of a cart paid when its goods were ordered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaidBefore {
    /// The number on the deposit's paper.
    pub number: String,
    /// Who ordered.
    pub person: String,
    /// What of it is left.
    pub left: Money,
}

/// The store's identity, as far as selling needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreName {
    /// The store.
    pub store_id: StoreId,
    /// Code with which receipt numbers begin.
    pub code: String,
    /// Name at the time of enrolment.
    pub name: String,
}

#[derive(FromRow)]
struct CounterRow {
    store_id: Option<Uuid>,
    code: Option<String>,
    name: Option<String>,
    settings: Option<String>,
    sale_id: Option<Uuid>,
    undo: Option<String>,
    cleared_sale_id: Option<Uuid>,
    buyer: Option<String>,
    exchange: Option<String>,
    deposit_number: Option<String>,
    deposit_person: Option<String>,
    deposit_vnd: Option<i64>,
    shift_id: Option<Uuid>,
    cashier_id: Option<Uuid>,
    business_date: Option<Date>,
    opened_at_ms: Option<i64>,
    float_vnd: Option<i64>,
}

/// Returns a counter with its store.
///
/// # Errors
/// When the database does not answer or a value cannot be read.
pub async fn load_counter(connection: &mut SqliteConnection, counter: &str) -> Result<Counter> {
    let row: CounterRow = sqlx::query_as(
        "select store.store_id, store.code, store.name, store_settings.body as settings, carts.sale_id,
                carts.undo, carts.cleared_sale_id, carts.buyer, carts.exchange,
                deposits.number as deposit_number, deposits.person as deposit_person, deposits.left_vnd as deposit_vnd,
                shifts.shift_id, shifts.cashier_id, shifts.business_date, shifts.opened_at_ms, shifts.float_vnd
         from (select 1)
         left join store on store.id = 1
         left join store_settings on store_settings.id = 1
         left join carts on carts.counter = $1 and carts.state = 'open' and carts.is_current = 1
         left join deposits on deposits.sale_id = carts.sale_id and deposits.left_vnd > 0
         left join shifts on shifts.counter = $1 and shifts.closed_at_ms is null",
    )
    .bind(counter)
    .fetch_one(connection)
    .await?;
    let settings = row.settings.map(|body| {
        serde_json::from_str(&body).map_err(|_| Error::Corrupt { table: "store_settings", column: "body" })
    });
    let store = match (row.store_id, row.code, row.name) {
        (Some(id), Some(code), Some(name)) => Some(StoreName { store_id: id.into(), code, name }),
        _ => None,
    };
    let shift = match (row.shift_id, row.cashier_id, row.business_date, row.opened_at_ms, row.float_vnd) {
        (Some(shift_id), Some(cashier_id), Some(business_date), Some(opened_at_ms), Some(float)) => {
            Some(Shift {
                shift_id: shift_id.into(),
                counter: counter.to_owned(),
                cashier_id: cashier_id.into(),
                business_date,
                opened_at_ms,
                float: Money::new(float),
            })
        }
        _ => None,
    };
    let deposit = match (row.deposit_number, row.deposit_person, row.deposit_vnd) {
        (Some(number), Some(person), Some(left)) => {
            Some(PaidBefore { number, person, left: Money::new(left) })
        }
        _ => None,
    };
    Ok(Counter {
        store,
        settings: settings.transpose()?,
        shift,
        sale_id: row.sale_id.map(Into::into),
        undo: Undo::read(row.undo)?,
        cleared_sale_id: row.cleared_sale_id.map(Into::into),
        buyer: row.buyer,
        exchange: Exchange::read(row.exchange)?,
        deposit,
    })
}

/// What a counter's page shows beside the open cart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beside {
    /// The open carts, by number.
    pub tabs: Vec<Tab>,
    /// The counter's own last sale.
    pub last_sale: Option<LastSold>,
    /// Codes that nobody knew, the newest first.
    pub missed_codes: Vec<String>,
    /// The counter's newest print that a person should look at.
    pub troubled: Option<Troubled>,
    /// Why a print of the counter failed that waits for another try, as `receipts::printer_error` names it.
    pub tries_again: Option<String>,
    /// Sales that only this computer has.
    pub pending_sales: i64,
    /// Their đồng.
    pub pending_vnd: i64,
    /// When the first of them was made, UTC milliseconds.
    pub pending_since_ms: Option<i64>,
}

/// A counter's last sale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastSold {
    /// The sale.
    pub sale_id: Uuid,
    /// The number on its receipt.
    pub receipt_number: String,
    /// What the buyer paid, đồng.
    pub payable_vnd: i64,
    /// Cash that went back, đồng.
    pub change_vnd: i64,
    /// The state of its print; empty without a printer.
    pub paper: String,
    /// What is left of a transfer that the buyer told of, đồng; none when there was none.
    pub claimed_vnd: Option<i64>,
}

/// A print that failed, or may have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Troubled {
    /// Whose receipt.
    pub sale_id: Uuid,
    /// `failed` or `unknown`.
    pub state: String,
    /// Why, as `receipts::printer_error` names it.
    pub reason: String,
}

#[derive(FromRow)]
struct BesideRow {
    tabs: String,
    sale_id: Option<Uuid>,
    receipt_number: Option<String>,
    payable_vnd: Option<i64>,
    change_vnd: Option<i64>,
    paper: Option<String>,
    claimed_vnd: Option<i64>,
    missed_codes: String,
    troubled_sale_id: Option<Uuid>,
    troubled_state: Option<String>,
    troubled_reason: Option<String>,
    tries_again: Option<String>,
    pending_sales: i64,
    pending_vnd: i64,
    pending_since_ms: Option<i64>,
}

/// Returns what a counter's page shows beside the open cart. Another counter's sale is never its last one. A cross join
/// keeps the order of its tables: the newest rows are found by index, and the history is never read. Nothing is
/// materialised either: a table made for one statement costs ten times what the statement reads.
///
/// # Errors
/// When the database does not answer or a value cannot be read.
pub async fn load_beside(connection: &mut SqliteConnection, counter: &str) -> Result<Beside> {
    let row: BesideRow = sqlx::query_as(
        "select sales.sale_id, sales.receipt_number, sales.payable_vnd,
                (select json_extract(snapshot, '$.change_vnd') from receipts where sale_id = sales.sale_id) as change_vnd,
                (select state from prints where sale_id = sales.sale_id) as paper,
                (select left_vnd from open_tenders where sale_id = sales.sale_id and kind = 'claimed') as claimed_vnd,
                (select json_group_array(json_array(missed_at_ms, code)) from missed_codes where counter = $1)
                as missed_codes,
                (select json_group_array(json_array(number, hex(sale_id), name, parked_at_ms, parked_items, parked_vnd))
                 from carts where counter = $1 and state = 'open') as tabs,
                troubled.sale_id as troubled_sale_id, troubled.state as troubled_state,
                troubled.reason as troubled_reason,
                (select max(reason) from prints where state = 'queued' and failures > 0 and counter = $1) as tries_again,
                pending.sales as pending_sales, pending.payable_vnd as pending_vnd, pending.since_ms as pending_since_ms
         from (select count(*) as sales, coalesce(sum(sales.payable_vnd), 0) as payable_vnd,
                      min(sales.sold_at_ms) as since_ms
               from streams
               cross join sales on sales.stream_no = streams.stream_no and sales.seq > streams.acked_seq) pending
         left join sales on sales.sale_id = (
             select sale_id from sales cross join shifts on shifts.shift_id = sales.shift_id
             where sales.stream_no = (select max(stream_no) from streams)
                   and sales.seq > (select max(seq) from entries
                                    where stream_no = (select max(stream_no) from streams)) - $2
                   and shifts.counter = $1
             order by sales.seq desc limit 1)
         left join prints troubled on troubled.sale_id = (
             select sale_id from prints where state in ('failed', 'unknown') and counter = $1
             order by asked_at_ms desc, sale_id desc limit 1)",
    )
    .bind(counter)
    .bind(ENTRIES_MAX)
    .fetch_one(connection)
    .await?;
    let mut missed: Vec<(i64, String)> = serde_json::from_str(&row.missed_codes)
        .map_err(|_| Error::Corrupt { table: "missed_codes", column: "code" })?;
    missed.sort_by(|(at_ms, code), (other_ms, other)| other_ms.cmp(at_ms).then_with(|| code.cmp(other)));
    missed.truncate(CODES_MAX);
    let last_sale = match (row.sale_id, row.receipt_number, row.payable_vnd) {
        (Some(sale_id), Some(receipt_number), Some(payable_vnd)) => Some(LastSold {
            sale_id,
            receipt_number,
            payable_vnd,
            change_vnd: row.change_vnd.unwrap_or(0),
            paper: row.paper.unwrap_or_default(),
            claimed_vnd: row.claimed_vnd,
        }),
        _ => None,
    };
    let troubled = match (row.troubled_sale_id, row.troubled_state, row.troubled_reason) {
        (Some(sale_id), Some(state), Some(reason)) => Some(Troubled { sale_id, state, reason }),
        _ => None,
    };
    Ok(Beside {
        tabs: tabs::read(&row.tabs)?,
        last_sale,
        missed_codes: missed.into_iter().map(|(_, code)| code).collect(),
        troubled,
        tries_again: row.tries_again,
        pending_sales: row.pending_sales,
        pending_vnd: row.pending_vnd,
        pending_since_ms: row.pending_since_ms,
    })
}
