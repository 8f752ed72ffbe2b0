//! Bulk inserts, by the way that each database takes fastest.
//!
//! SQLite: multi-row values with bare `?`, in a fixed ladder of row counts so that few texts stay prepared (`$n` is a
//! named parameter there and parsed in quadratic time). PostgreSQL: one array per column, unnested, which is one short
//! text for any number of rows.

use std::borrow::Cow;

use sqlx::Arguments;
use sqlx::postgres::PgArguments;
use sqlx::sqlite::SqliteArguments;

use super::sql::{add, safe};
use super::{Tx, Val};
use crate::error::Result;

/// Row counts of one SQLite statement.
const LADDER: [usize; 5] = [128, 32, 8, 2, 1];
/// Rows in one PostgreSQL statement.
const ARRAY_ROWS_MAX: usize = 4_096;

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
        let mut rows = rows.into_iter();
        loop {
            let most = if matches!(self, Self::Sqlite(_)) { LADDER[0] } else { ARRAY_ROWS_MAX };
            let chunk: Vec<Vec<Val>> = rows.by_ref().take(most).collect();
            if chunk.is_empty() {
                return Ok(());
            }
            match self {
                Self::Sqlite(tx) => {
                    let mut rest = chunk.into_iter();
                    for length in LADDER {
                        while rest.len() >= length {
                            let mut arguments = SqliteArguments::default();
                            for value in rest.by_ref().take(length).flatten() {
                                add(&mut arguments, value)?;
                            }
                            let text = with_marks(head, length, arguments.len() / length, tail);
                            sqlx::query_with(safe(Cow::Owned(text)), arguments).execute(&mut **tx).await?;
                        }
                    }
                }
                Self::Postgres(tx) => {
                    let columns = Columns::of(chunk);
                    let text = columns.insert_text(head, tail);
                    sqlx::query_with(safe(Cow::Owned(text)), columns.arguments()?).execute(&mut **tx).await?;
                }
            }
        }
    }
}

fn with_marks(head: &str, rows: usize, columns: usize, tail: &str) -> String {
    let row = format!("({})", vec!["?"; columns].join(","));
    format!("{head} values {} {tail}", vec![row.as_str(); rows].join(","))
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
    fn of(rows: Vec<Vec<Val>>) -> Self {
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
