//! A row as texts, whatever its columns: for digests over whole tables, which must be equal on both databases.

use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{Column, ColumnIndex, Database, Decode, FromRow, Row, Type, TypeInfo, ValueRef};
use time::Date;
use uuid::Uuid;

/// The columns of a row, each in one spelling: numbers, text, dates as `2026-11-23`, bytes and ids in hex, flags as 0
/// or 1, and a dash for nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cells(pub Vec<String>);

impl FromRow<'_, SqliteRow> for Cells {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Self> {
        let cell = |index: usize| -> sqlx::Result<String> {
            let value = row.try_get_raw(index)?;
            if value.is_null() {
                return Ok("-".to_owned());
            }
            match value.type_info().name() {
                "INTEGER" => Ok(row.try_get_unchecked::<i64, _>(index)?.to_string()),
                "TEXT" => row.try_get_unchecked(index),
                "BLOB" => Ok(hex::encode(row.try_get_unchecked::<Vec<u8>, _>(index)?)),
                other => Err(unexpected(row, index, other)),
            }
        };
        (0..row.columns().len()).map(cell).collect::<sqlx::Result<_>>().map(Self)
    }
}

impl FromRow<'_, PgRow> for Cells {
    fn from_row(row: &PgRow) -> sqlx::Result<Self> {
        let cell = |index: usize| -> sqlx::Result<String> {
            match row.columns()[index].type_info().name() {
                "INT8" => text(row, index, |value: i64| value.to_string()),
                "BOOL" => text(row, index, |value: bool| i64::from(value).to_string()),
                "TEXT" => text(row, index, |value: String| value),
                "BYTEA" => text(row, index, hex::encode::<Vec<u8>>),
                "DATE" => text(row, index, |value: Date| value.to_string()),
                "UUID" => text(row, index, |value: Uuid| value.simple().to_string()),
                other => Err(unexpected(row, index, other)),
            }
        };
        (0..row.columns().len()).map(cell).collect::<sqlx::Result<_>>().map(Self)
    }
}

fn text<'r, R: Row, T>(row: &'r R, index: usize, spell: impl Fn(T) -> String) -> sqlx::Result<String>
where
    T: Decode<'r, R::Database> + Type<R::Database>,
    usize: ColumnIndex<R>,
    R::Database: Database,
{
    Ok(row.try_get::<Option<T>, _>(index)?.map_or_else(|| "-".to_owned(), spell))
}

fn unexpected<R: Row>(row: &R, index: usize, found: &str) -> sqlx::Error {
    let column = row.columns()[index].name();
    sqlx::Error::Decode(format!("column {column} has the unexpected type {found}").into())
}
