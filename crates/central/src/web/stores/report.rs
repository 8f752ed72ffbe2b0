//! Stores with their devices: the same facts for the page and for programs.

use domain::ids::StoreId;
use domain::recognition::WARNING_DAYS;
use protocol::wire::PrinterFault;
use serde::Serialize;
use time::{Date, Duration};
use utoipa::ToSchema;
use uuid::Uuid;
use web::format::moment_of;

use crate::db::conditions::{self, Told};
use crate::db::exceptions::{self, Exception, LookedInto};
use crate::db::pad_sales::{self, PadSale};
use crate::db::product_list::{self, Picked};
use crate::db::sales::completeness;
use crate::db::settlement_answers::{self, Dispute};
use crate::db::stores::{self, Store};
use crate::db::streams::{self, Stream};
use crate::db::users::Scope;
use crate::db::{Db, forks, operators};
use crate::error::Result;
use crate::web::workbook::rows_asked;

/// Disputes that were answered longer ago are not shown any more.
const REPLIED_DAYS: i64 = 30;

/// How many rows are read, at most, of what stands below the stores.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Most {
    exceptions: i64,
    disputes: i64,
    pad_sales: i64,
}

impl Most {
    /// What a page shows: the latest.
    pub const OF_PAGE: Self = Self { exceptions: 50, disputes: 20, pad_sales: 20 };

    /// Returns what a file holds: all of them.
    pub fn of_file() -> Self {
        let rows = rows_asked();
        Self { exceptions: rows, disputes: rows, pad_sales: rows }
    }
}

/// All stores.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct StoresReport {
    /// By code.
    pub stores: Vec<StoreOfReport>,
    /// Recognitions of products on sale that end within 30, 60 and 90 days.
    pub lapsing: Vec<LapsingOfStores>,
    /// The latest entries that are not in the figures as told, and that nobody has looked into.
    pub exceptions: Vec<ExceptionOfReport>,
    /// Those that somebody looked into last, and that are still not in the figures.
    pub looked_into: Vec<LookedIntoOfReport>,
    /// The latest settlements that producers find wrong.
    pub disputes: Vec<DisputeOfReport>,
    /// The latest sales that were written by hand and entered afterwards.
    pub pad_sales: Vec<PadSaleOfReport>,
}

/// Products on sale of which a recognition ends soon.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct LapsingOfStores {
    /// Within so many days.
    pub days: i64,
    /// How many products.
    pub product_count: i64,
}

/// A store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct StoreOfReport {
    /// The store.
    pub store_id: Uuid,
    /// Receipt numbers begin with it.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Commune, ward or special zone.
    pub commune: String,
    /// Who runs it.
    pub operator: String,
    /// It sells today, as its file says; one without a file does.
    pub is_running: bool,
    /// When its last sale came, UTC milliseconds.
    pub sale_at_ms: Option<i64>,
    /// Entries that are not in the figures as told, and that nobody has looked into.
    pub exception_count: i64,
    /// In the order in which they joined.
    pub devices: Vec<DeviceOfReport>,
}

/// A device: a journal with its key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DeviceOfReport {
    /// Its name, as it gave it.
    pub device: String,
    /// Its key's fingerprint, for people to compare.
    pub fingerprint: String,
    /// `held`, `approved`, `forked`, `adopted` (forked once, and all that stood beside it is counted) or `revoked`.
    pub status: String,
    /// Small number in the store; none before approval.
    pub number: Option<i64>,
    /// Entries that came.
    pub entry_count: i64,
    /// Entries beside its journal, of another device with its key, that no figure counts until they are adopted.
    pub branch_entry_count: i64,
    /// Money of its sales that no figure counts yet, đồng.
    pub held_vnd: i64,
    /// When it joined, UTC milliseconds.
    pub enrolled_at_ms: i64,
    /// When it was last heard of, UTC milliseconds.
    pub heard_at_ms: Option<i64>,
    /// What it told of itself last; none from a program of before this.
    pub condition: Option<ConditionOfReport>,
}

/// What a device told of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ConditionOfReport {
    /// When, UTC milliseconds.
    pub told_at_ms: i64,
    /// The program's version.
    pub version: String,
    /// How far its clock is ahead of central's, milliseconds; below zero, behind.
    pub clock_ahead_ms: i64,
    /// Entries of its journal that are not here.
    pub backlog: i64,
    /// Printers with papers that did not come out: counter and why.
    pub printer_faults: Vec<(String, String)>,
    /// E-invoices that are not issued yet.
    pub invoices_pending: i64,
    /// Since when the oldest of them waits, UTC milliseconds.
    pub invoices_oldest_ms: Option<i64>,
}

impl ConditionOfReport {
    fn of(told: &Told, stream: &Stream) -> Self {
        let Told { told_at_ms, device_at_ms, condition, .. } = told;
        let fault = |fault: &PrinterFault| (fault.counter.clone(), fault.fault.clone());
        Self {
            told_at_ms: *told_at_ms,
            version: condition.version.clone(),
            clock_ahead_ms: device_at_ms.saturating_sub(*told_at_ms),
            backlog: condition.head_seq.saturating_sub(stream.head.seq).max(0),
            printer_faults: condition.printer_faults.iter().map(fault).collect(),
            invoices_pending: condition.invoices_pending,
            invoices_oldest_ms: condition.invoices_oldest_ms,
        }
    }
}

/// An entry that is not in the figures as told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ExceptionOfReport {
    /// The store's name.
    pub store: String,
    /// Its journal.
    pub stream: String,
    /// The entry's number in its journal.
    pub seq: i64,
    /// Why, for programs.
    pub reason: String,
    /// Why, in detail.
    pub detail: String,
    /// Its money in suspense, đồng.
    pub suspended_vnd: i64,
    /// When it came, UTC milliseconds.
    pub raised_at_ms: i64,
}

/// An entry that somebody looked into, and that is still not in the figures as told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct LookedIntoOfReport {
    /// The entry.
    pub entry: ExceptionOfReport,
    /// Who looked into it.
    pub answered_by: String,
    /// When, UTC milliseconds.
    pub answered_at_ms: i64,
    /// What came of it.
    pub answer: String,
}

/// A settlement, or a row of one, that its producer finds wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DisputeOfReport {
    /// The store's name.
    pub store: String,
    /// The producer's name.
    pub producer: String,
    /// The number on its paper.
    pub number: String,
    /// The product whose row it is about; empty for all of the settlement.
    pub product: String,
    /// What is wrong, in the producer's words.
    pub words: String,
    /// When it was said, UTC milliseconds.
    pub disputed_at_ms: i64,
    /// The operator has answered it; it waits for the producer.
    pub is_replied: bool,
}

/// A sale that was written by hand while the till could not sell, and entered afterwards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PadSaleOfReport {
    /// The store's name.
    pub store: String,
    /// The number on its receipt.
    pub receipt: String,
    /// When the goods were handed over, as written down; UTC milliseconds.
    pub claimed_at_ms: i64,
    /// Its first line on the pad.
    pub first_line: i64,
    /// Its last line.
    pub last_line: i64,
    /// What the buyer paid, đồng.
    pub payable_vnd: i64,
    /// Goods were handed over that may not be sold any more.
    pub past_date: bool,
    /// Sales that looked like it, and of which the cashier said that they are others.
    pub told_apart: i64,
}

impl StoresReport {
    /// Returns the name of an approved device with a fingerprint.
    pub fn approved_device(&self, fingerprint: &str) -> Option<String> {
        let mut devices = self.stores.iter().flat_map(|store| &store.devices);
        let found = devices.find(|device| device.fingerprint == fingerprint && device.status == "approved");
        found.map(|device| device.device.clone())
    }
}

/// Reads all stores of a scope.
///
/// # Errors
/// When the database fails.
pub async fn load(db: &Db, scope: Scope, today: Date, most: Most) -> Result<StoresReport> {
    let since = today.saturating_sub(Duration::days(REPLIED_DAYS));
    let (
        freshness,
        stores,
        streams,
        beside,
        operators,
        exceptions,
        looked_into,
        open,
        told,
        disputes,
        pad_sales,
    ) = tokio::try_join!(
        completeness(db, scope),
        stores::list(db, None),
        streams::list(db, None),
        forks::counts(db),
        operators::list(db),
        exceptions::list_open(db, most.exceptions),
        exceptions::list_looked_into(db, most.exceptions),
        exceptions::count_open(db),
        conditions::list(db),
        settlement_answers::list_disputes(db, moment_of(since, 0), most.disputes),
        pad_sales::list(db, None, most.pad_sales),
    )?;
    let name_of = |id: StoreId| stores.iter().find(|store| store.id == id).map_or("?", |store| &store.name);
    let exceptions =
        exceptions.iter().map(|found| exception(found, name_of(found.stream.store_id))).collect();
    let looked_into =
        looked_into.iter().map(|found| looked(found, name_of(found.exception.stream.store_id))).collect();
    let disputes = disputes.into_iter().map(DisputeOfReport::from).collect();
    let pad_sales = pad_sales.iter().map(|sale| pad_sale(sale, name_of(sale.store_id))).collect();
    let row = |store: &Store| {
        let fresh = freshness.iter().find(|fresh| fresh.store_id == store.id);
        let operator = operators.iter().find(|operator| operator.id == store.operator_id);
        let own = streams.iter().filter(|stream| stream.id.store_id == store.id);
        let devices = own.map(|stream| {
            let branch = beside.iter().find(|(id, _)| *id == stream.id).map_or(0, |(_, count)| *count);
            device(stream, told.iter().find(|told| told.stream == stream.id), branch)
        });
        let exception_count = open.iter().find(|(id, _)| *id == store.id).map_or(0, |(_, count)| *count);
        StoreOfReport {
            store_id: store.id.uuid(),
            code: store.code.clone(),
            name: store.name.clone(),
            commune: store.commune.clone(),
            operator: operator.map_or("?", |each| &each.name).to_owned(),
            is_running: fresh.is_none_or(|fresh| fresh.running.meets((today, today))),
            sale_at_ms: fresh.and_then(|fresh| fresh.sale_at_ms),
            exception_count,
            devices: devices.collect(),
        }
    };
    let stores = stores.iter().map(row).collect();
    let lapsing = lapsing(db, today).await?;
    Ok(StoresReport { stores, lapsing, exceptions, looked_into, disputes, pad_sales })
}

async fn lapsing(db: &Db, today: Date) -> Result<Vec<LapsingOfStores>> {
    let mut all = Vec::with_capacity(WARNING_DAYS.len());
    for days in WARNING_DAYS {
        let until = today.saturating_add(Duration::days(days));
        let picked = Picked { lapses_until: Some(until), status: Some("active"), ..Picked::default() };
        let product_count = product_list::count(db, &picked, today).await?;
        all.push(LapsingOfStores { days, product_count });
    }
    all.sort_by_key(|each| each.days);
    Ok(all)
}

fn device(stream: &Stream, told: Option<&Told>, branch_entry_count: i64) -> DeviceOfReport {
    let waits = stream.status == streams::Status::Held;
    let is_settled = stream.status == streams::Status::Forked && branch_entry_count == 0;
    let sold_vnd = stream.grand_total_vnd.saturating_sub(stream.after_grand_total_vnd);
    DeviceOfReport {
        device: stream.device.clone(),
        fingerprint: stream.fingerprint.clone(),
        status: if is_settled { "adopted" } else { stream.status.code() }.to_owned(),
        number: stream.epoch_no,
        entry_count: stream.head.seq - stream.after.seq,
        branch_entry_count,
        held_vnd: if waits { sold_vnd } else { 0 },
        enrolled_at_ms: stream.enrolled_at_ms,
        heard_at_ms: stream.heard_at_ms.max(told.map(|told| told.told_at_ms)),
        condition: told.map(|told| ConditionOfReport::of(told, stream)),
    }
}

fn exception(found: &Exception, store: &str) -> ExceptionOfReport {
    ExceptionOfReport {
        store: store.to_owned(),
        stream: found.stream.to_string(),
        seq: found.seq,
        reason: found.reason.clone(),
        detail: found.detail.clone(),
        suspended_vnd: found.suspended.vnd(),
        raised_at_ms: found.raised_at_ms,
    }
}

fn looked(found: &LookedInto, store: &str) -> LookedIntoOfReport {
    LookedIntoOfReport {
        entry: exception(&found.exception, store),
        answered_by: found.answer.answered_by.clone(),
        answered_at_ms: found.answer.answered_at_ms,
        answer: found.answer.words.clone(),
    }
}

impl From<Dispute> for DisputeOfReport {
    fn from(found: Dispute) -> Self {
        Self {
            store: found.store,
            producer: found.producer,
            number: found.number,
            product: found.product,
            words: found.words,
            disputed_at_ms: found.answered_at_ms,
            is_replied: found.is_replied,
        }
    }
}

fn pad_sale(sale: &PadSale, store: &str) -> PadSaleOfReport {
    PadSaleOfReport {
        store: store.to_owned(),
        receipt: sale.receipt.clone(),
        claimed_at_ms: sale.claimed_at_ms,
        first_line: sale.first_line,
        last_line: sale.last_line,
        payable_vnd: sale.payable.vnd(),
        past_date: sale.past_date,
        told_apart: sale.told_apart,
    }
}
