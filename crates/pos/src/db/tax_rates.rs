//! Dated VAT rates: a till without a network switches over New Year by itself.

use domain::Rate;
use domain::tax::{DatedRate, TaxClass, TaxTable};
use protocol::wire::TaxRateRow;
use sqlx::{FromRow, SqliteConnection};
use time::Date;

use super::{Error, Result, Tx};

#[derive(FromRow)]
struct Row {
    class: String,
    valid_from: Date,
    valid_to: Option<Date>,
    rate_ppm: u32,
}

/// Returns all rates.
///
/// # Errors
/// When the database does not answer or a value cannot be read.
pub async fn load_table(tx: &mut Tx) -> Result<TaxTable> {
    let rows: Vec<Row> = sqlx::query_as("select class, valid_from, valid_to, rate_ppm from tax_rates")
        .fetch_all(&mut **tx)
        .await?;
    let corrupt = |column| Error::Corrupt { table: "tax_rates", column };
    rows.into_iter()
        .map(|row| {
            Ok(DatedRate {
                class: TaxClass::from_code(&row.class).ok_or_else(|| corrupt("class"))?,
                valid_from: row.valid_from,
                valid_to: row.valid_to,
                rate: Rate::from_ppm(row.rate_ppm).map_err(|_| corrupt("rate_ppm"))?,
            })
        })
        .collect::<Result<_>>()
        .map(TaxTable::new)
}

/// Says whether another rate holds on a day than on one before it: one has begun since, or ended.
///
/// # Errors
/// When the database does not answer.
pub async fn change_between(connection: &mut SqliteConnection, before: Date, day: Date) -> Result<bool> {
    Ok(sqlx::query_scalar(
        "select exists (select 1 from tax_rates
                        where (valid_from > $1 and valid_from <= $2) or (valid_to >= $1 and valid_to < $2))",
    )
    .bind(before)
    .bind(day)
    .fetch_one(connection)
    .await?)
}

/// Writes a rate, new or changed.
///
/// # Errors
/// When the database does not answer.
pub async fn upsert_rate(tx: &mut Tx, row: &TaxRateRow) -> Result<()> {
    sqlx::query(
        "insert into tax_rates (tax_rate_id, class, valid_from, valid_to, rate_ppm) values ($1, $2, $3, $4, $5)
         on conflict (tax_rate_id) do update set class = excluded.class, valid_from = excluded.valid_from,
             valid_to = excluded.valid_to, rate_ppm = excluded.rate_ppm",
    )
    .bind(row.id)
    .bind(&row.class)
    .bind(row.valid_from)
    .bind(row.valid_to)
    .bind(row.ppm)
    .execute(&mut **tx)
    .await?;
    Ok(())
}
