//! A statement that grows from literals only, with its values.

use std::borrow::Cow;
use std::fmt::Write as _;

use sqlx::postgres::{PgArguments, PgRow, Postgres};
use sqlx::query::{Query, QueryAs};
use sqlx::sqlite::{Sqlite, SqliteArguments, SqliteRow};
use sqlx::{Arguments, AssertSqlSafe, FromRow, SqlSafeStr, SqlStr};
use uuid::Uuid;

use super::Val;
use crate::error::Result;

/// Lengths to which lists are padded, so that a few texts serve all lists and stay prepared.
const LIST_LENGTHS: [usize; 5] = [1, 4, 32, 128, 512];
/// Stand around the `$n` of a list of ids until it is known which database reads it.
const LIST_BEGINS: char = '\u{1}';
const LIST_ENDS: char = '\u{2}';

/// A statement. Its text is a literal, or literals one after another; values are always bound.
#[derive(Debug, Clone)]
pub struct Sql {
    text: Cow<'static, str>,
    values: Vec<Val>,
    /// Lists of ids, each with its place among the values, where an empty one stands for it.
    lists: Vec<(usize, Vec<Uuid>)>,
}

impl Sql {
    /// Begins with a literal.
    pub const fn new(text: &'static str) -> Self {
        Self::with(text, Vec::new())
    }

    /// Takes a literal with the values of its `$1`, `$2`, …; written by [`super::sql!`].
    pub(crate) const fn with(text: &'static str, values: Vec<Val>) -> Self {
        Self { text: Cow::Borrowed(text), values, lists: Vec::new() }
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

    /// Appends a condition that the column before is one of many ids. They travel as one value: of a few hundred `$n`
    /// SQLite searches each in a list, and PostgreSQL plans with them all.
    #[must_use]
    pub fn is_among(mut self, ids: impl IntoIterator<Item = impl Into<Uuid>>) -> Self {
        self.lists.push((self.values.len(), ids.into_iter().map(Into::into).collect()));
        self.text.to_mut().push(LIST_BEGINS);
        self = self.bind(Val::Text(None));
        self.text.to_mut().push(LIST_ENDS);
        self
    }

    pub(super) fn on_sqlite(mut self) -> Result<Ready<SqliteArguments>> {
        self.write_lists(" in (select unhex(value) from json_each(", "))");
        for (place, ids) in self.lists {
            self.values[place] = json_of(&ids).into();
        }
        let mut arguments = SqliteArguments::default();
        for value in self.values {
            add(&mut arguments, value)?;
        }
        Ok(Ready { text: safe(self.text), arguments })
    }

    pub(super) fn on_postgres(mut self) -> Result<Ready<PgArguments>> {
        self.write_lists(" = any(", ")");
        let mut lists = self.lists.into_iter().peekable();
        let mut arguments = PgArguments::default();
        for (place, value) in self.values.into_iter().enumerate() {
            match lists.next_if(|(of_list, _)| *of_list == place) {
                Some((_, ids)) => arguments.add(ids).map_err(sqlx::Error::Encode)?,
                None => add(&mut arguments, value)?,
            }
        }
        Ok(Ready { text: safe(self.text), arguments })
    }

    fn write_lists(&mut self, before: &str, after: &str) {
        if !self.lists.is_empty() {
            self.text = self.text.replace(LIST_BEGINS, before).replace(LIST_ENDS, after).into();
        }
    }
}

/// Returns ids as `["…","…"]` in hex.
fn json_of(ids: &[Uuid]) -> String {
    let mut text = String::with_capacity(2 + 35 * ids.len());
    text.push('[');
    for (index, id) in ids.iter().enumerate() {
        let comma = if index == 0 { "" } else { "," };
        // Writing into a string does not fail.
        let _written = write!(text, "{comma}\"{}\"", id.simple());
    }
    text.push(']');
    text
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
    Option<Uuid>: sqlx::Encode<'t, A::Database> + sqlx::Type<A::Database>,
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

    #[test]
    fn many_ids_are_one_value() {
        let start = "select 1 from lots where store_id = $1 and lot_id";
        let ids = [Uuid::from_u128(1), Uuid::from_u128(2)];
        let built = || sql!("select 1 from lots where store_id = $1 and lot_id", 5i64).is_among(ids);
        let on_sqlite = built().on_sqlite().unwrap();
        let expected = format!("{start} in (select unhex(value) from json_each($2))");
        assert_eq!(on_sqlite.text.as_str(), expected);
        let on_postgres = built().push(" limit ").bind(3i64).on_postgres().unwrap();
        assert_eq!(on_postgres.text.as_str(), format!("{start} = any($2) limit $3"));
        let expected = r#"["00000000000000000000000000000001","00000000000000000000000000000002"]"#;
        assert_eq!((json_of(&ids).as_str(), json_of(&[]).as_str()), (expected, "[]"));
    }
}
