//! Places: communes, wards and special zones as dated rows, and what units from before became.

use domain::name_fold::{like_pattern, name_fold};
use domain::place::Gazetteer;
use sqlx::FromRow;
use time::Date;

use super::engine::{Db, Tx, sql};
use crate::error::Result;

/// The most rows that are read of either list.
const ROWS_MAX: i64 = 5_000;
/// The unit whose row is held for the whole list.
const HELD: &str = "21548";

/// A unit, as it is from a day on.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Place {
    /// Its code; the same through all its rows.
    pub code: String,
    /// The first day of this row.
    pub valid_from: Date,
    /// Its last day, where one is known.
    pub valid_to: Option<Date>,
    /// `commune`, `ward` or `special_zone`.
    pub kind: String,
    /// With its kind, as an address writes it.
    pub name: String,
    /// The district that it belonged to until 30/6/2025.
    pub former_district: String,
    /// The paper that says so.
    pub source: String,
    /// Whose login wrote it; empty for what came with the program.
    pub set_by: String,
}

impl Place {
    /// True while this row is in force.
    pub fn counts_on(&self, day: Date) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|last| day <= last)
    }
}

/// What a unit from before became.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct FormerPlace {
    /// With its kind, as papers from before write it.
    pub name: String,
    /// Its district.
    pub former_district: String,
    /// Code of the unit that it is part of today.
    pub place_code: String,
    /// The paper that says so.
    pub source: String,
    /// Whose login wrote it; empty for what came with the program.
    pub set_by: String,
}

/// Which rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Picked {
    /// Words of the name, or of that of a unit that became part of it.
    pub words: Option<String>,
    /// Code of a kind.
    pub kind: Option<String>,
    /// The district that it belonged to.
    pub former_district: Option<String>,
}

const SELECT: &str =
    "select code, valid_from, valid_to, kind, name, former_district, source, set_by from places where 1 = 1";

/// Returns the rows that are picked, by name; of one code the latest last.
///
/// # Errors
/// When the database fails.
pub async fn list(tx: &mut Tx, picked: &Picked) -> Result<Vec<Place>> {
    let mut sql = super::engine::Sql::new(SELECT).when(picked.kind.as_deref(), " and kind = ", "").when(
        picked.former_district.as_deref(),
        " and former_district = ",
        "",
    );
    if let Some(words) = &picked.words {
        sql = sql
            .push(" and (name_fold like ")
            .bind(like_pattern(words))
            .push(" escape '!' or code = ")
            .bind(words.trim())
            .push(" or code in (select place_code from former_places where name_fold like ")
            .bind(like_pattern(words))
            .push(" escape '!'))");
    }
    tx.all(sql.push(" order by name_fold, code, valid_from limit ").bind(ROWS_MAX)).await
}

/// Holds the list until the transaction ends, so that two changes of it follow one another. The row of Lý Sơn, which came with the
/// program and is never taken away, stands for all.
///
/// # Errors
/// When the database fails.
pub async fn claim(tx: &mut Tx) -> Result<()> {
    tx.exec(sql!("update places set kind = kind where code = $1", HELD)).await?;
    Ok(())
}

/// Takes back a row that was to begin on a day: the one before it goes on as if it had never been there.
///
/// # Errors
/// When the database fails.
pub async fn take_back(tx: &mut Tx, code: &str, valid_from: Date) -> Result<()> {
    tx.exec(sql!("delete from places where code = $1 and valid_from = $2", code, valid_from)).await?;
    tx.exec(sql!(
        "update places set valid_to = $3 where code = $1 and valid_to = $2",
        code,
        valid_from.previous_day().unwrap_or(valid_from),
        None::<Date>
    ))
    .await?;
    Ok(())
}

/// Returns the former districts that units name, in the order of their letters.
///
/// # Errors
/// When the database fails.
pub async fn list_districts(tx: &mut Tx) -> Result<Vec<String>> {
    let sql = sql!(
        "select distinct former_district from places where former_district <> '' order by former_district"
    );
    Ok(tx.all::<(String,)>(sql).await?.into_iter().map(|(name,)| name).collect())
}

/// Returns what units from before became, by their names.
///
/// # Errors
/// When the database fails.
pub async fn list_former(tx: &mut Tx) -> Result<Vec<FormerPlace>> {
    tx.all(sql!(
        "select name, former_district, place_code, source, set_by from former_places
         order by name, former_district, place_code limit $1",
        ROWS_MAX
    ))
    .await
}

/// Returns the names of the units that are there on a day, by name.
///
/// # Errors
/// When the database fails.
pub async fn list_names(db: &Db, day: Date) -> Result<Vec<String>> {
    let rows = list(&mut db.begin_reading().await?, &Picked::default()).await?;
    Ok(rows.into_iter().filter(|place| place.counts_on(day)).map(|place| place.name).collect())
}

/// Says whether a unit is called exactly so on a day.
///
/// # Errors
/// When the database fails.
pub async fn is_unit(tx: &mut Tx, name: &str, day: Date) -> Result<bool> {
    let sql = sql!(
        "select cast(count(*) as bigint) from places
         where name = $1 and valid_from <= $2 and (valid_to is null or valid_to >= $2)",
        name,
        day
    );
    let (count,) = tx.one::<(i64,)>(sql).await?;
    Ok(count > 0)
}

/// Returns the names of all units on a day, and what those from before became.
///
/// # Errors
/// When the database fails.
pub async fn gazetteer(tx: &mut Tx, day: Date) -> Result<Gazetteer> {
    let places = list(tx, &Picked::default()).await?;
    let now: Vec<&Place> = places.iter().filter(|place| place.counts_on(day)).collect();
    let former = list_former(tx).await?;
    let became = |row: &FormerPlace| {
        now.iter().find(|place| place.code == row.place_code).map(|place| place.name.as_str())
    };
    let then = former.iter().filter_map(|row| Some((row.name.as_str(), became(row)?)));
    Ok(Gazetteer::new(now.iter().map(|place| place.name.as_str()), then))
}

/// Writes a unit as it is from its first day on: the row before it ends on the day before, and one of the same day is written anew.
/// The caller has seen that no later one is there.
///
/// # Errors
/// When the database fails.
pub async fn set(tx: &mut Tx, place: &Place) -> Result<()> {
    let last = place.valid_from.previous_day().unwrap_or(place.valid_from);
    tx.exec(sql!(
        "update places set valid_to = $3 where code = $1 and valid_from < $2 and (valid_to is null or valid_to >= $2)",
        &place.code,
        place.valid_from,
        last
    ))
    .await?;
    tx.exec(sql!(
        "insert into places (code, valid_from, valid_to, kind, name, name_fold, former_district, source, set_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (code, valid_from) do update set valid_to = excluded.valid_to, kind = excluded.kind,
            name = excluded.name, name_fold = excluded.name_fold, former_district = excluded.former_district,
            source = excluded.source, set_by = excluded.set_by",
        &place.code,
        place.valid_from,
        place.valid_to,
        &place.kind,
        &place.name,
        name_fold(&place.name),
        &place.former_district,
        &place.source,
        &place.set_by
    ))
    .await?;
    Ok(())
}

/// Ends a unit with a last day; false when there is none that goes on, or it begins later.
///
/// # Errors
/// When the database fails.
pub async fn end(tx: &mut Tx, code: &str, last: Date) -> Result<bool> {
    let sql = sql!(
        "update places set valid_to = $2 where code = $1 and valid_to is null and valid_from <= $2",
        code,
        last
    );
    Ok(tx.exec(sql).await? == 1)
}

/// Adds what a unit from before became; false when it is there already.
///
/// # Errors
/// When the database fails.
pub async fn insert_former(tx: &mut Tx, row: &FormerPlace) -> Result<bool> {
    let sql = sql!(
        "insert into former_places (name, name_fold, former_district, place_code, source, set_by)
         values ($1, $2, $3, $4, $5, $6) on conflict (name, former_district, place_code) do nothing",
        &row.name,
        name_fold(&row.name),
        &row.former_district,
        &row.place_code,
        &row.source,
        &row.set_by
    );
    Ok(tx.exec(sql).await? == 1)
}

/// Takes away what a unit from before became, where that was wrong; false when it does not stand so.
///
/// # Errors
/// When the database fails.
pub async fn remove_former(tx: &mut Tx, name: &str, former_district: &str, code: &str) -> Result<bool> {
    let sql = sql!(
        "delete from former_places where name = $1 and former_district = $2 and place_code = $3",
        name,
        former_district,
        code
    );
    Ok(tx.exec(sql).await? == 1)
}
