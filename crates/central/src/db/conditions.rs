//! How the computers of stores stand, as each told last.

use protocol::StreamId;
use protocol::wire::{Condition, PrinterFault};
use sqlx::FromRow;
use uuid::Uuid;

use super::engine::{Db, Tx, args, sql};
use super::identity::stream_id;
use crate::error::{Error, Result};

/// What a computer told of itself, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Its stream.
    pub stream: StreamId,
    /// When, on central's clock, UTC milliseconds.
    pub told_at_ms: i64,
    /// What its own clock said at that moment, likewise.
    pub device_at_ms: i64,
    /// What it told.
    pub condition: Condition,
}

#[derive(FromRow)]
struct ToldRow {
    store_id: Uuid,
    incarnation: Uuid,
    told_at_ms: i64,
    device_at_ms: i64,
    version: String,
    head_seq: i64,
    printer_faults: String,
    invoices_pending: i64,
    invoices_oldest_ms: Option<i64>,
}

impl ToldRow {
    fn read(self) -> Result<Told> {
        let stream = stream_id(self.store_id, self.incarnation);
        let printer_faults: Vec<PrinterFault> = serde_json::from_str(&self.printer_faults)
            .map_err(|why| Error::damaged("conditions", stream, why))?;
        Ok(Told {
            stream,
            told_at_ms: self.told_at_ms,
            device_at_ms: self.device_at_ms,
            condition: Condition {
                version: self.version,
                head_seq: self.head_seq,
                printer_faults,
                invoices_pending: self.invoices_pending,
                invoices_oldest_ms: self.invoices_oldest_ms,
                invoices_waiting: Vec::new(),
            },
        })
    }
}

/// Keeps what a computer told; it takes the place of what it told before.
///
/// # Errors
/// When the database fails.
pub async fn keep(tx: &mut Tx, told: &Told) -> Result<()> {
    let faults = serde_json::to_string(&told.condition.printer_faults)
        .map_err(|why| Error::damaged("conditions", told.stream, why))?;
    tx.exec(sql!(
        "insert into conditions (store_id, incarnation, told_at_ms, device_at_ms, version, head_seq, printer_faults,
            invoices_pending, invoices_oldest_ms)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (store_id, incarnation) do update set told_at_ms = excluded.told_at_ms,
            device_at_ms = excluded.device_at_ms, version = excluded.version, head_seq = excluded.head_seq,
            printer_faults = excluded.printer_faults, invoices_pending = excluded.invoices_pending,
            invoices_oldest_ms = excluded.invoices_oldest_ms",
        told.stream.store_id,
        told.stream.incarnation,
        told.told_at_ms,
        told.device_at_ms,
        &told.condition.version,
        told.condition.head_seq,
        faults,
        told.condition.invoices_pending,
        told.condition.invoices_oldest_ms
    ))
    .await?;
    keep_waiting(tx, told).await
}

/// Whoever told has locked its row of conditions, so two words of one computer do not mix here.
async fn keep_waiting(tx: &mut Tx, told: &Told) -> Result<()> {
    let (store_id, incarnation) = (told.stream.store_id, told.stream.incarnation);
    let sql =
        sql!("delete from waiting_invoices where store_id = $1 and incarnation = $2", store_id, incarnation);
    tx.exec(sql).await?;
    let sales = told.condition.invoices_waiting.iter();
    let rows = sales.map(|each| args![store_id, incarnation, each.sale, each.waiting, each.refused]);
    let head = "insert into waiting_invoices (store_id, incarnation, sale_id, waiting_count, refused_count)";
    tx.insert_rows(head, rows.collect(), "").await
}

/// Returns what each computer told last, without whose invoices wait: the gap of a period's invoices opens to those.
///
/// # Errors
/// When the database fails or a row is damaged.
pub async fn list(db: &Db) -> Result<Vec<Told>> {
    let sql = sql!(
        "select store_id, incarnation, told_at_ms, device_at_ms, version, head_seq, printer_faults, invoices_pending,
            invoices_oldest_ms from conditions order by store_id, incarnation"
    );
    db.all::<ToldRow>(sql).await?.into_iter().map(ToldRow::read).collect()
}
