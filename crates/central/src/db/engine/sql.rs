//! A statement that grows from literals only, with its values.

use std::borrow::Cow;

use sqlx::postgres::{PgArguments, PgRow, Postgres};
use sqlx::query::{Query, QueryAs};
use sqlx::sqlite::{Sqlite, SqliteArguments, SqliteRow};
use sqlx::{Arguments, AssertSqlSafe, FromRow, SqlSafeStr, SqlStr};

use super::Val;
use crate::error::Result;

/// Lengths to which lists are padded, so that a few texts serve all lists and stay prepared.
const LIST_LENGTHS: [usize; 5] = [1, 4, 32, 128, 512];

/// A statement. Its text is a literal, or literals one after another; values are always bound.
#[derive(Debug, Clone)]
pub struct Sql {
    text: Cow<'static, str>,
    values: Vec<Val>,
}

impl Sql {
    /// Begins with a literal.
    pub const fn new(text: &'static str) -> Self {
        Self { text: Cow::Borrowed(text), values: Vec::new() }
    }

    /// Takes a literal with the values of its `$1`, `$2`, …; written by [`super::sql!`].
    pub(crate) const fn with(text: &'static str, values: Vec<Val>) -> Self {
        Self { text: Cow::Borrowed(text), values }
    }

    /// Appends a literal.
    #[must_use]
    pub fn push(mut self, text: &'static str) -> Self {
        self.text.to_mut().push_str(text);
        self
    }

    /// Binds a value and appends its `$n`.
    #[must_use]
    pub fn bind(mut self, value: impl Into<Val>) -> Self {
        self.values.push(value.into());
        let place = self.values.len();
        self.text.to_mut().push_str(&format!("${place}"));
        self
    }

    /// Appends `before`, the value and `after`, if there is a value.
    #[must_use]
    pub fn when(self, value: Option<impl Into<Val>>, before: &'static str, after: &'static str) -> Self {
        match value {
            Some(value) => self.push(before).bind(value).push(after),
            None => self,
        }
    }

    /// Appends ` in ($n, …)` with the values, or a condition that is never true when there are none.
    #[must_use]
    pub fn is_in(mut self, values: impl IntoIterator<Item = impl Into<Val>>) -> Self {
        let mut values: Vec<Val> = values.into_iter().map(Into::into).collect();
        let Some(last) = values.last().cloned() else { return self.push(" is null and 1 = 0") };
        let length = LIST_LENGTHS.into_iter().find(|length| values.len() <= *length).unwrap_or(values.len());
        values.resize(length, last);
        for (index, value) in values.into_iter().enumerate() {
            self = self.push(if index == 0 { " in (" } else { ", " }).bind(value);
        }
        self.push(")")
    }

    /// Appends ` in (values ($n, $n), …)` with pairs; there must be one.
    #[must_use]
    pub fn is_in_pairs(mut self, pairs: impl IntoIterator<Item = [Val; 2]>) -> Self {
        let mut pairs: Vec<[Val; 2]> = pairs.into_iter().collect();
        let last = pairs.last().cloned();
        let length = LIST_LENGTHS.into_iter().find(|length| pairs.len() <= *length).unwrap_or(pairs.len());
        if let Some(last) = last {
            pairs.resize(length, last);
        }
        for (index, [left, right]) in pairs.into_iter().enumerate() {
            let before = if index == 0 { " in (values (" } else { ", (" };
            self = self.push(before).bind(left).push(", ").bind(right).push(")");
        }
        self.push(")")
    }

    pub(super) fn on_sqlite(self) -> Result<Ready<SqliteArguments>> {
        let mut arguments = SqliteArguments::default();
        for value in self.values {
            add(&mut arguments, value)?;
        }
        Ok(Ready { text: safe(self.text), arguments })
    }

    pub(super) fn on_postgres(self) -> Result<Ready<PgArguments>> {
        let mut arguments = PgArguments::default();
        for value in self.values {
            add(&mut arguments, value)?;
        }
        Ok(Ready { text: safe(self.text), arguments })
    }
}

/// A statement ready for one database.
pub(super) struct Ready<A> {
    text: SqlStr,
    arguments: A,
}

impl Ready<SqliteArguments> {
    pub(super) fn rows<T: for<'r> FromRow<'r, SqliteRow>>(
        self,
    ) -> QueryAs<'static, Sqlite, T, SqliteArguments> {
        sqlx::query_as_with(self.text, self.arguments)
    }

    pub(super) fn statement(self) -> Query<'static, Sqlite, SqliteArguments> {
        sqlx::query_with(self.text, self.arguments)
    }
}

impl Ready<PgArguments> {
    pub(super) fn rows<T: for<'r> FromRow<'r, PgRow>>(self) -> QueryAs<'static, Postgres, T, PgArguments> {
        sqlx::query_as_with(self.text, self.arguments)
    }

    pub(super) fn statement(self) -> Query<'static, Postgres, PgArguments> {
        sqlx::query_with(self.text, self.arguments)
    }
}

/// Adds a value under its own type.
pub(super) fn add<'t, A: Arguments>(arguments: &mut A, value: Val) -> Result<()>
where
    Option<i64>: sqlx::Encode<'t, A::Database> + sqlx::Type<A::Database>,
    Option<bool>: sqlx::Encode<'t, A::Database> + sqlx::Type<A::Database>,
    Option<String>: sqlx::Encode<'t, A::Database> + sqlx::Type<A::Database>,
    Option<Vec<u8>>: sqlx::Encode<'t, A::Database> + sqlx::Type<A::Database>,
    Option<time::Date>: sqlx::Encode<'t, A::Database> + sqlx::Type<A::Database>,
    Option<uuid::Uuid>: sqlx::Encode<'t, A::Database> + sqlx::Type<A::Database>,
{
    let added = match value {
        Val::I64(value) => arguments.add(value),
        Val::Bool(value) => arguments.add(value),
        Val::Text(value) => arguments.add(value),
        Val::Bytes(value) => arguments.add(value),
        Val::Day(value) => arguments.add(value),
        Val::Id(value) => arguments.add(value),
    };
    added.map_err(|error| sqlx::Error::Encode(error).into())
}

/// Passes a text that was put together from literals.
#[expect(clippy::disallowed_methods, reason = "texts grow from `&'static str` only, see `Sql`")]
pub(super) fn safe(text: Cow<'static, str>) -> SqlStr {
    AssertSqlSafe(text).into_sql_str()
}

#[cfg(test)]
mod tests {
    use super::super::sql;
    use super::*;

    #[test]
    fn places_are_counted() {
        let built = sql!("select 1 from stores where code = $1", "LS")
            .when(Some(5i64), " and price_vnd > ", "")
            .when(None::<i64>, " and price_vnd < ", "")
            .push(" and id")
            .is_in([1i64, 2]);
        assert_eq!(
            built.text,
            "select 1 from stores where code = $1 and price_vnd > $2 and id in ($3, $4, $5, $6)"
        );
        assert_eq!(built.values.len(), 6);
        assert_eq!(built.values[5], Val::I64(Some(2)));
        assert_eq!(Sql::new("x").is_in(Vec::<i64>::new()).text, "x is null and 1 = 0");
    }
}
