//! Kinds of places where a point may be: dated rows of the decisions.

use sqlx::FromRow;
use time::Date;

use crate::db::engine::{Tx, sql};
use crate::error::Result;

/// A kind of place.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Location {
    /// Its code.
    pub code: String,
    /// In Vietnamese.
    pub name_vi: String,
    /// In English.
    pub name_en: String,
    /// The decision that names it.
    pub decision: String,
    /// Its first day.
    pub valid_from: Date,
    /// Its last day, where one is known.
    pub valid_to: Option<Date>,
}

/// Returns every kind that there ever was, in the order of the decision; of one code the latest last.
///
/// # Errors
/// When the database fails.
pub async fn list(tx: &mut Tx) -> Result<Vec<Location>> {
    tx.all(sql!(
        "select code, name_vi, name_en, decision, valid_from, valid_to from location_types
         order by position, code, valid_from"
    ))
    .await
}

/// Adds a kind; false when its code begins on the same day already.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, place: &Location) -> Result<bool> {
    let sql = sql!(
        "insert into location_types (code, valid_from, valid_to, position, name_vi, name_en, decision)
         select $1, $2, $3, coalesce(max(position), 0) + 1, $4, $5, $6 from location_types where 1 = 1
         on conflict (code, valid_from) do nothing",
        &place.code,
        place.valid_from,
        place.valid_to,
        &place.name_vi,
        &place.name_en,
        &place.decision
    );
    Ok(tx.exec(sql).await? == 1)
}

/// Ends a kind that has no end; false when it has one.
///
/// # Errors
/// When the database fails.
pub async fn end(tx: &mut Tx, code: &str, last: Date) -> Result<bool> {
    let sql = sql!(
        "update location_types set valid_to = $2 where code = $1 and valid_to is null and valid_from <= $2",
        code,
        last
    );
    Ok(tx.exec(sql).await? == 1)
}

impl Location {
    /// True when a point may be given it on a day.
    pub fn counts_on(&self, day: Date) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|last| day <= last)
    }
}
