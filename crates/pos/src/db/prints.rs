//! The paper of each sale and where its print stands. What follows from what is decided by `receipts::queue`.

use domain::ids::SaleId;
use receipts::language::Language;
use receipts::printer_error::PrinterError;
use receipts::queue::{Print, State};
use sqlx::{FromRow, SqliteConnection, SqlitePool};
use uuid::Uuid;

use super::{Error, Result, Tx};

/// The print of a sale's receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptPrint {
    /// Whose receipt; the id of the slip for other papers (`db::slips`).
    pub sale_id: SaleId,
    /// Where it stands.
    pub print: Print,
    /// Who asked for the copy; empty for the first print.
    pub copied_by: String,
    /// When the drawer was to open, UTC milliseconds.
    pub drawer_asked_at_ms: Option<i64>,
    /// When the paper was asked for, UTC milliseconds.
    pub asked_at_ms: i64,
    /// The counter whose printer prints it, and which is told of its faults.
    pub counter: String,
    /// Labels: they go to the label printer.
    pub is_label: bool,
    /// The language of a receipt's words; other papers carry theirs.
    pub language: Language,
}

impl ReceiptPrint {
    /// Returns the first print of a paper, without its drawer.
    pub fn first(id: SaleId, counter: &str, now_ms: i64) -> Self {
        Self {
            sale_id: id,
            print: Print::first(now_ms),
            copied_by: String::new(),
            drawer_asked_at_ms: None,
            asked_at_ms: now_ms,
            counter: counter.to_owned(),
            is_label: false,
            language: Language::Vi,
        }
    }
}

#[derive(FromRow)]
struct Row {
    sale_id: Uuid,
    state: String,
    failures: u8,
    not_before_ms: i64,
    reason: String,
    copy: u32,
    perhaps_printed: bool,
    copied_by: String,
    drawer_asked_at_ms: Option<i64>,
    asked_at_ms: i64,
    counter: String,
    is_label: bool,
    language: String,
}

impl TryFrom<Row> for ReceiptPrint {
    type Error = Error;
    fn try_from(row: Row) -> Result<Self> {
        let reason = PrinterError::from_code(&row.reason);
        let state = State::restore(&row.state, row.failures, row.not_before_ms, reason)
            .ok_or(Error::Corrupt { table: "prints", column: "state" })?;
        Ok(Self {
            sale_id: row.sale_id.into(),
            print: Print { state, copy: row.copy, perhaps_printed: row.perhaps_printed },
            copied_by: row.copied_by,
            drawer_asked_at_ms: row.drawer_asked_at_ms,
            asked_at_ms: row.asked_at_ms,
            counter: row.counter,
            is_label: row.is_label,
            language: if row.language == "en" { Language::En } else { Language::Vi },
        })
    }
}

/// Writes where a print stands, new or changed.
///
/// # Errors
/// When the database does not answer.
pub async fn upsert_print(tx: &mut Tx, print: &ReceiptPrint) -> Result<()> {
    let (failures, not_before_ms, reason) = match print.print.state {
        State::Queued { failures, not_before_ms, reason } => {
            (failures, not_before_ms, reason.map_or("", PrinterError::code))
        }
        State::Sending { failures } => (failures, 0, ""),
        State::Failed(reason) | State::Unknown(reason) => (0, 0, reason.code()),
        State::Printed | State::Skipped => (0, 0, ""),
    };
    sqlx::query(
        "insert into prints (sale_id, state, failures, not_before_ms, reason, copy, perhaps_printed, copied_by,
                             drawer_asked_at_ms, asked_at_ms, counter, is_label,
                             language)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
         on conflict (sale_id) do update set state = excluded.state, failures = excluded.failures,
             not_before_ms = excluded.not_before_ms, reason = excluded.reason, copy = excluded.copy,
             perhaps_printed = excluded.perhaps_printed, copied_by = excluded.copied_by,
             drawer_asked_at_ms = excluded.drawer_asked_at_ms, asked_at_ms = excluded.asked_at_ms,
             counter = excluded.counter, is_label = excluded.is_label, language = excluded.language",
    )
    .bind(print.sale_id.uuid())
    .bind(print.print.state.code())
    .bind(failures)
    .bind(not_before_ms)
    .bind(reason)
    .bind(print.print.copy)
    .bind(print.print.perhaps_printed)
    .bind(&print.copied_by)
    .bind(print.drawer_asked_at_ms)
    .bind(print.asked_at_ms)
    .bind(&print.counter)
    .bind(print.is_label)
    .bind(if print.language == Language::En { "en" } else { "vi" })
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Returns the print of a sale.
///
/// # Errors
/// When the database does not answer or the row cannot be read.
pub async fn find_print(connection: &mut SqliteConnection, sale_id: SaleId) -> Result<Option<ReceiptPrint>> {
    let row: Option<Row> = sqlx::query_as(
        "select sale_id, state, failures, not_before_ms, reason, copy, perhaps_printed, copied_by,
                drawer_asked_at_ms, asked_at_ms, counter, is_label, language
         from prints where sale_id = $1",
    )
    .bind(sale_id.uuid())
    .fetch_optional(connection)
    .await?;
    row.map(ReceiptPrint::try_from).transpose()
}

/// Returns the queued print of each counter, and of its labels, that is due first; the earliest of them in front.
///
/// # Errors
/// When the database does not answer or a row cannot be read.
pub async fn list_next(pool: &SqlitePool) -> Result<Vec<ReceiptPrint>> {
    let rows: Vec<Row> = sqlx::query_as(
        "select sale_id, state, failures, not_before_ms, reason, copy, perhaps_printed, copied_by,
                drawer_asked_at_ms, asked_at_ms, counter, is_label, language
         from (select *, row_number() over (partition by counter, is_label, language
                                            order by not_before_ms, asked_at_ms, sale_id) as place
               from prints where state = 'queued')
         where place = 1 order by not_before_ms, asked_at_ms, sale_id",
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter().map(ReceiptPrint::try_from).collect()
}

/// Returns what was being sent when the program ended.
///
/// # Errors
/// When the database does not answer or a row cannot be read.
pub async fn list_sending(tx: &mut Tx) -> Result<Vec<ReceiptPrint>> {
    let rows: Vec<Row> = sqlx::query_as(
        "select sale_id, state, failures, not_before_ms, reason, copy, perhaps_printed, copied_by,
                drawer_asked_at_ms, asked_at_ms, counter, is_label, language
         from prints where state = 'sending' order by asked_at_ms, sale_id",
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter().map(ReceiptPrint::try_from).collect()
}

/// How a counter's printer stands, by its papers.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Standing {
    /// The counter.
    pub counter: String,
    /// Of its labels, which the label printer prints.
    pub is_label: bool,
    /// Papers that wait or are on their way.
    pub waiting: i64,
    /// Papers that failed, or may have.
    pub troubled: i64,
    /// Why the newest of these failed, as `receipts::printer_error` names it.
    pub reason: String,
}

/// Returns how the printers of counters, and of their labels, stand that have anything to print or to be looked at.
///
/// # Errors
/// When the database does not answer.
pub async fn list_standing(pool: &SqlitePool) -> Result<Vec<Standing>> {
    // Each part is found by an index of its own; what was printed is never read.
    Ok(sqlx::query_as(
        "select counter, is_label, sum(waiting) as waiting, sum(troubled) as troubled, max(reason) as reason from (
             select counter, is_label, count(*) as waiting, 0 as troubled, max(reason) as reason
             from prints where state = 'queued' group by counter, is_label
             union all
             select counter, is_label, 0, troubled, reason from (
                 -- The row of the newest gives the reason.
                 select counter, is_label, count(*) as troubled, reason, max(asked_at_ms)
                 from prints where state in ('failed', 'unknown') group by counter, is_label))
         group by counter, is_label order by counter, is_label",
    )
    .fetch_all(pool)
    .await?)
}
