//! Kinds of papers: dated rows that say whose they are and which groups of goods they are asked of.

use domain::dossier::{HeldBy, is_asked_of};
use sqlx::FromRow;
use time::Date;

use crate::db::engine::{Tx, sql};
use crate::error::{Error, Result};

/// A kind of paper, as it is from a day on.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct PaperKind {
    /// Its code; the same through all its rows.
    pub code: String,
    /// The first day of this row.
    pub valid_from: Date,
    /// Its last day, where one is known.
    pub valid_to: Option<Date>,
    /// In Vietnamese.
    pub name_vi: String,
    /// In English.
    pub name_en: String,
    /// `product`, `producer` or `recognition`.
    pub held_by: String,
    /// Codes of groups with blanks between.
    pub asked_of: String,
    /// What asks for it.
    pub source: String,
    /// Whose login wrote it; empty for what came with the program.
    pub set_by: String,
}

impl PaperKind {
    /// Returns whose paper counts.
    ///
    /// # Errors
    /// When the code is none.
    pub fn held_by(&self) -> Result<HeldBy> {
        HeldBy::from_code(&self.held_by)
            .ok_or_else(|| Error::damaged("paper_kinds", &self.code, "whose it is"))
    }

    /// True while this row is in force.
    pub fn counts_on(&self, day: Date) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|last| day <= last)
    }

    /// True when it is asked of a group of goods.
    pub fn is_asked_of(&self, group_code: Option<&str>) -> bool {
        is_asked_of(&self.asked_of, group_code)
    }
}

/// Returns every row that there ever was, in the order of the list; of one code the latest last.
///
/// # Errors
/// When the database fails.
pub async fn list(tx: &mut Tx) -> Result<Vec<PaperKind>> {
    tx.all(sql!(
        "select code, valid_from, valid_to, name_vi, name_en, held_by, asked_of, source, set_by from paper_kinds
         order by position, code, valid_from"
    ))
    .await
}

/// Holds the list until the transaction ends, so that two changes of it follow one another. The row of the decisions, which is never
/// taken away, stands for all.
///
/// # Errors
/// When the database fails.
pub async fn claim(tx: &mut Tx) -> Result<()> {
    tx.exec(sql!("update paper_kinds set position = position where code = $1", HeldBy::Recognition.code()))
        .await?;
    Ok(())
}

/// Takes back a row that was to begin on a day: the one before it goes on as if it had never been there.
///
/// # Errors
/// When the database fails.
pub async fn take_back(tx: &mut Tx, code: &str, valid_from: Date) -> Result<()> {
    tx.exec(sql!("delete from paper_kinds where code = $1 and valid_from = $2", code, valid_from)).await?;
    tx.exec(sql!(
        "update paper_kinds set valid_to = $3 where code = $1 and valid_to = $2",
        code,
        valid_from.previous_day().unwrap_or(valid_from),
        None::<Date>
    ))
    .await?;
    Ok(())
}

/// Returns the kinds in force on a day.
///
/// # Errors
/// When the database fails.
pub async fn list_on(tx: &mut Tx, day: Date) -> Result<Vec<PaperKind>> {
    Ok(list(tx).await?.into_iter().filter(|kind| kind.counts_on(day)).collect())
}

/// Writes a kind as it is from its first day on: the row before it ends on the day before, and one of the same day is written anew.
/// The caller has seen that no later one is there.
///
/// # Errors
/// When the database fails.
pub async fn set(tx: &mut Tx, kind: &PaperKind) -> Result<()> {
    let last = kind.valid_from.previous_day().unwrap_or(kind.valid_from);
    tx.exec(sql!(
        "update paper_kinds set valid_to = $3 where code = $1 and valid_from < $2 and (valid_to is null or valid_to >= $2)",
        &kind.code,
        kind.valid_from,
        last
    ))
    .await?;
    tx.exec(sql!(
        "insert into paper_kinds (code, valid_from, valid_to, position, name_vi, name_en, held_by, asked_of, source, set_by)
         select $1, $2, $3, coalesce(max(case when code = $1 then position end), coalesce(max(position), 0) + 1),
            $4, $5, $6, $7, $8, $9 from paper_kinds where true
         on conflict (code, valid_from) do update set valid_to = excluded.valid_to, name_vi = excluded.name_vi,
            name_en = excluded.name_en, held_by = excluded.held_by, asked_of = excluded.asked_of,
            source = excluded.source, set_by = excluded.set_by",
        &kind.code,
        kind.valid_from,
        kind.valid_to,
        &kind.name_vi,
        &kind.name_en,
        &kind.held_by,
        &kind.asked_of,
        &kind.source,
        &kind.set_by
    ))
    .await?;
    Ok(())
}

/// Ends a kind with a last day; false when there is none that goes on, or it begins later.
///
/// # Errors
/// When the database fails.
pub async fn end(tx: &mut Tx, code: &str, last: Date) -> Result<bool> {
    let sql = sql!(
        "update paper_kinds set valid_to = $2 where code = $1 and valid_to is null and valid_from <= $2",
        code,
        last
    );
    Ok(tx.exec(sql).await? == 1)
}
