//! Bulk inserts, by the way that each database takes fastest.
//!
//! SQLite: multi-row values with bare `?`, in a fixed ladder of row counts so that few texts stay prepared (`$n` is a
//! named parameter there and parsed in quadratic time). PostgreSQL: COPY where rows are only added, which fills pages
//! and not rows; for upserts one array per column, unnested, which is one short text for any number of rows.

use std::borrow::Cow;
use std::vec::IntoIter;

use sqlx::postgres::PgArguments;
use sqlx::sqlite::SqliteArguments;
use sqlx::{Arguments, Postgres, SqlStr, Sqlite, Transaction};

use super::binary::Binary;
use super::sql::{add, safe};
use super::{Tx, Val};
use crate::error::{Error, Result};

/// Row counts of one SQLite statement.
const LADDER: [usize; 5] = [128, 32, 8, 2, 1];
/// Rows in one PostgreSQL statement.
const ROWS_MAX: usize = 4_096;

type Rows = IntoIter<Vec<Val>>;

impl Tx {
    /// Inserts rows: `head` is `insert into table (columns)`, `tail` what follows the values (`on conflict …`, or
    /// nothing). Values of one column have one type. Feed an upsert in key order, each key once.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn insert_rows(
        &mut self,
        head: &'static str,
        rows: Vec<Vec<Val>>,
        tail: &'static str,
    ) -> Result<()> {
        let rows = rows.into_iter();
        match self {
            Self::Sqlite(tx) => insert_values(tx, head, rows, tail).await,
            Self::Postgres(tx) if tail.is_empty() => copy(tx, head, rows).await,
            Self::Postgres(tx) => insert_arrays(tx, head, rows, tail).await,
        }
    }
}

async fn insert_values(
    tx: &mut Transaction<'static, Sqlite>,
    head: &'static str,
    mut rows: Rows,
    tail: &'static str,
) -> Result<()> {
    let mut next = next_values(&mut rows, head, tail)?;
    while let Some((text, arguments)) = next {
        let inserted = sqlx::query_with(text, arguments).execute(&mut **tx);
        // SQLite works in a thread of its own; meanwhile this one prepares what comes next.
        let prepared = async { next_values(&mut rows, head, tail) };
        let (inserted, prepared) = tokio::join!(biased; inserted, prepared);
        inserted?;
        next = prepared?;
    }
    Ok(())
}

/// Returns the statement for as many of the rows as the ladder allows; `None` after the last.
fn next_values(rows: &mut Rows, head: &str, tail: &str) -> Result<Option<(SqlStr, SqliteArguments)>> {
    let Some(length) = LADDER.into_iter().find(|length| *length <= rows.len()) else { return Ok(None) };
    let columns = rows.as_slice().first().map_or(0, Vec::len);
    let mut arguments = SqliteArguments::default();
    arguments.reserve(length * columns, 0);
    for value in rows.take(length).flatten() {
        add(&mut arguments, value)?;
    }
    Ok(Some((safe(Cow::Owned(with_marks(head, length, columns, tail))), arguments)))
}

fn with_marks(head: &str, rows: usize, columns: usize, tail: &str) -> String {
    let row = format!("({})", vec!["?"; columns].join(","));
    format!("{head} values {} {tail}", vec![row.as_str(); rows].join(","))
}

async fn copy(tx: &mut Transaction<'static, Postgres>, head: &str, mut rows: Rows) -> Result<()> {
    let program = |why: &str| Error::Program(format!("{why}: {head}"));
    let table = head.strip_prefix("insert into ").ok_or_else(|| program("rows for no table"))?;
    let text = format!("copy {table} from stdin (format binary)");
    while rows.len() > 0 {
        let mut binary = Binary::new();
        for row in rows.by_ref().take(ROWS_MAX) {
            binary.push(&row).ok_or_else(|| program("a value is too large"))?;
        }
        let mut copy = tx.copy_in_raw(&text).await?;
        copy.send(binary.finish()).await?;
        copy.finish().await?;
    }
    Ok(())
}

async fn insert_arrays(
    tx: &mut Transaction<'static, Postgres>,
    head: &str,
    mut rows: Rows,
    tail: &str,
) -> Result<()> {
    while rows.len() > 0 {
        let columns = Columns::of(rows.by_ref().take(ROWS_MAX));
        let text = columns.insert_text(head, tail);
        sqlx::query_with(safe(Cow::Owned(text)), columns.arguments()?).execute(&mut **tx).await?;
    }
    Ok(())
}

/// Rows turned on their side: one typed array per column.
struct Columns(Vec<Column>);

enum Column {
    I64(Vec<Option<i64>>),
    Bool(Vec<Option<bool>>),
    Text(Vec<Option<String>>),
    Bytes(Vec<Option<Vec<u8>>>),
    Day(Vec<Option<time::Date>>),
    Id(Vec<Option<uuid::Uuid>>),
}

impl Columns {
    fn of(rows: impl Iterator<Item = Vec<Val>>) -> Self {
        let mut columns: Vec<Column> = Vec::new();
        for row in rows {
            if columns.is_empty() {
                columns = row.iter().map(Column::like).collect();
            }
            for (column, value) in columns.iter_mut().zip(row) {
                column.push(value);
            }
        }
        Self(columns)
    }

    fn insert_text(&self, head: &str, tail: &str) -> String {
        let arrays: Vec<String> = self
            .0
            .iter()
            .zip(1..)
            .map(|(column, place): (&Column, usize)| format!("${place}::{}[]", column.type_name()))
            .collect();
        format!("{head} select * from unnest({}) {tail}", arrays.join(", "))
    }

    fn arguments(self) -> Result<PgArguments> {
        let mut arguments = PgArguments::default();
        for column in self.0 {
            let added = match column {
                Column::I64(values) => arguments.add(values),
                Column::Bool(values) => arguments.add(values),
                Column::Text(values) => arguments.add(values),
                Column::Bytes(values) => arguments.add(values),
                Column::Day(values) => arguments.add(values),
                Column::Id(values) => arguments.add(values),
            };
            added.map_err(sqlx::Error::Encode)?;
        }
        Ok(arguments)
    }
}

impl Column {
    const fn like(value: &Val) -> Self {
        match value {
            Val::I64(_) => Self::I64(Vec::new()),
            Val::Bool(_) => Self::Bool(Vec::new()),
            Val::Text(_) => Self::Text(Vec::new()),
            Val::Bytes(_) => Self::Bytes(Vec::new()),
            Val::Day(_) => Self::Day(Vec::new()),
            Val::Id(_) => Self::Id(Vec::new()),
        }
    }

    const fn type_name(&self) -> &'static str {
        match self {
            Self::I64(_) => "bigint",
            Self::Bool(_) => "boolean",
            Self::Text(_) => "text",
            Self::Bytes(_) => "bytea",
            Self::Day(_) => "date",
            Self::Id(_) => "uuid",
        }
    }

    /// A value of another type than the column's first one is left out; the statement then fails for unequal arrays.
    fn push(&mut self, value: Val) {
        match (self, value) {
            (Self::I64(values), Val::I64(value)) => values.push(value),
            (Self::Bool(values), Val::Bool(value)) => values.push(value),
            (Self::Text(values), Val::Text(value)) => values.push(value),
            (Self::Bytes(values), Val::Bytes(value)) => values.push(value),
            (Self::Day(values), Val::Day(value)) => values.push(value),
            (Self::Id(values), Val::Id(value)) => values.push(value),
            _ => {}
        }
    }
}
