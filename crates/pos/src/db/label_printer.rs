//! The printer of labels and the labels in it, as a manager set them up.

use receipts::LabelLanguage;
use sqlx::{FromRow, SqlitePool};

use super::{Error, Result, Tx};
use crate::config::LabelsConfig;

#[derive(FromRow)]
struct Row {
    address: String,
    language: String,
    width_mm: u16,
    height_mm: u16,
    columns: u16,
    column_gap_mm: u16,
    row_gap_mm: u16,
    edge_mm: u16,
}

impl TryFrom<Row> for LabelsConfig {
    type Error = Error;
    /// A value that this version does not know is no reason to print on another printer.
    fn try_from(row: Row) -> Result<Self> {
        let wrong = |column| Error::Corrupt { table: "label_printer", column };
        let labels = Self {
            printer: row.address,
            language: LabelLanguage::from_code(&row.language).ok_or(wrong("language"))?,
            width_mm: row.width_mm,
            height_mm: row.height_mm,
            columns: row.columns,
            column_gap_mm: row.column_gap_mm,
            row_gap_mm: row.row_gap_mm,
            edge_mm: row.edge_mm,
        };
        labels.printer().map_err(|_| wrong("address"))?;
        Ok(labels)
    }
}

/// Returns the label printer that a manager set up, or `None` where the settings hold.
///
/// # Errors
/// When the database does not answer or the row cannot be read.
pub async fn find_label_printer(pool: &SqlitePool) -> Result<Option<LabelsConfig>> {
    let row: Option<Row> = sqlx::query_as(
        "select address, language, width_mm, height_mm, columns, column_gap_mm, row_gap_mm, edge_mm
         from label_printer",
    )
    .fetch_optional(pool)
    .await?;
    row.map(LabelsConfig::try_from).transpose()
}

/// Writes the label printer and the labels in it.
///
/// # Errors
/// When the database does not answer.
pub async fn upsert_label_printer(tx: &mut Tx, labels: &LabelsConfig, now_ms: i64) -> Result<()> {
    sqlx::query(
        "insert into label_printer (one, address, language, width_mm, height_mm, columns, column_gap_mm, row_gap_mm,
                                    edge_mm, changed_at_ms)
         values (1, $1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (one) do update set address = excluded.address, language = excluded.language,
             width_mm = excluded.width_mm, height_mm = excluded.height_mm, columns = excluded.columns,
             column_gap_mm = excluded.column_gap_mm, row_gap_mm = excluded.row_gap_mm, edge_mm = excluded.edge_mm,
             changed_at_ms = excluded.changed_at_ms",
    )
    .bind(&labels.printer)
    .bind(labels.language.code())
    .bind(labels.width_mm)
    .bind(labels.height_mm)
    .bind(labels.columns)
    .bind(labels.column_gap_mm)
    .bind(labels.row_gap_mm)
    .bind(labels.edge_mm)
    .bind(now_ms)
    .execute(&mut **tx)
    .await?;
    Ok(())
}
