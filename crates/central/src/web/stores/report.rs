//! Stores with their devices: the same facts for the page and for programs.

use domain::ids::StoreId;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::db::exceptions::{self, Exception};
use crate::db::pad_sales::{self, PadSale};
use crate::db::sales::{StoreFreshness, completeness};
use crate::db::settlement_answers::{self, Dispute};
use crate::db::stores::{self, Store};
use crate::db::streams::{self, Stream};
use crate::db::users::Scope;
use crate::db::{Db, operators};
use crate::error::Result;

/// Entries to look at that are shown.
const EXCEPTIONS_MOST: i64 = 50;
/// Disputes that are shown.
const DISPUTES_MOST: i64 = 20;
/// Sales from the pad that are shown.
const PAD_SALES_MOST: i64 = 20;

/// All stores.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct StoresReport {
    /// By code.
    pub stores: Vec<StoreOfReport>,
    /// The latest entries that are not in the figures as told.
    pub exceptions: Vec<ExceptionOfReport>,
    /// The latest settlements that producers find wrong.
    pub disputes: Vec<DisputeOfReport>,
    /// The latest sales that were written by hand and entered afterwards.
    pub pad_sales: Vec<PadSaleOfReport>,
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
    /// When its last sale came, UTC milliseconds.
    pub sale_at_ms: Option<i64>,
    /// Entries that are not in the figures as told.
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
    /// `held`, `approved`, `forked` or `revoked`.
    pub status: String,
    /// Small number in the store; none before approval.
    pub number: Option<i64>,
    /// Entries that came.
    pub entry_count: i64,
    /// Money of its sales that no figure counts yet, đồng.
    pub held_vnd: i64,
    /// When it joined, UTC milliseconds.
    pub enrolled_at_ms: i64,
    /// When it was last heard of, UTC milliseconds.
    pub heard_at_ms: Option<i64>,
}

/// An entry that is not in the figures as told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ExceptionOfReport {
    /// The store's name.
    pub store: String,
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
pub async fn load(db: &Db, scope: Scope) -> Result<StoresReport> {
    let (freshness, stores, streams, operators, exceptions, disputes, pad_sales) = tokio::try_join!(
        completeness(db, scope),
        stores::list(db, None),
        streams::list(db, None),
        operators::list(db),
        exceptions::list(db, None, EXCEPTIONS_MOST),
        settlement_answers::list_disputes(db, DISPUTES_MOST),
        pad_sales::list(db, None, PAD_SALES_MOST),
    )?;
    let name_of = |id: StoreId| stores.iter().find(|store| store.id == id).map_or("?", |store| &store.name);
    let exceptions =
        exceptions.iter().map(|found| exception(found, name_of(found.stream.store_id))).collect();
    let disputes = disputes.into_iter().map(DisputeOfReport::from).collect();
    let pad_sales = pad_sales.iter().map(|sale| pad_sale(sale, name_of(sale.store_id))).collect();
    let row = |store: &Store| {
        let fresh = freshness.iter().find(|fresh| fresh.store_id == store.id);
        let operator = operators.iter().find(|operator| operator.id == store.operator_id);
        let devices = streams.iter().filter(|stream| stream.id.store_id == store.id).map(device).collect();
        store_of(store, operator.map_or("?", |operator| &operator.name), fresh, devices)
    };
    Ok(StoresReport { stores: stores.iter().map(row).collect(), exceptions, disputes, pad_sales })
}

fn store_of(
    store: &Store,
    operator: &str,
    fresh: Option<&StoreFreshness>,
    devices: Vec<DeviceOfReport>,
) -> StoreOfReport {
    StoreOfReport {
        store_id: store.id.uuid(),
        code: store.code.clone(),
        name: store.name.clone(),
        commune: store.commune.clone(),
        operator: operator.to_owned(),
        sale_at_ms: fresh.and_then(|fresh| fresh.sale_at_ms),
        exception_count: fresh.map_or(0, |fresh| fresh.exceptions),
        devices,
    }
}

fn device(stream: &Stream) -> DeviceOfReport {
    let waits = stream.status == streams::Status::Held;
    let sold_vnd = stream.grand_total_vnd.saturating_sub(stream.after_grand_total_vnd);
    DeviceOfReport {
        device: stream.device.clone(),
        fingerprint: stream.fingerprint.clone(),
        status: stream.status.code().to_owned(),
        number: stream.epoch_no,
        entry_count: stream.head.seq - stream.after.seq,
        held_vnd: if waits { sold_vnd } else { 0 },
        enrolled_at_ms: stream.enrolled_at_ms,
        heard_at_ms: stream.heard_at_ms,
    }
}

fn exception(found: &Exception, store: &str) -> ExceptionOfReport {
    ExceptionOfReport {
        store: store.to_owned(),
        seq: found.seq,
        reason: found.reason.clone(),
        detail: found.detail.clone(),
        suspended_vnd: found.suspended.vnd(),
        raised_at_ms: found.raised_at_ms,
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
