//! Printers as managers set them up, one for each counter.

use std::collections::BTreeMap;

use receipts::address::PrinterAddress;
use receipts::profile::{Cut, FeedSteps, Paper, Profile};
use receipts::{DrawerPin, DrawerPulse};
use sqlx::{FromRow, SqlitePool};

use super::{Error, Result, Tx};
use crate::config::PrinterSetUp;

#[derive(FromRow)]
struct Row {
    counter: String,
    address: String,
    paper_dots: u16,
    cut: String,
    feed_steps: String,
    drawer_pin: u8,
}

impl Row {
    /// A value that this version does not know is no reason to print on another printer.
    fn read(&self) -> Result<Option<PrinterSetUp>> {
        if self.address.is_empty() {
            return Ok(None);
        }
        let wrong = |column| Error::Corrupt { table: "printers", column };
        let pin = DrawerPin::from_number(self.drawer_pin).ok_or(wrong("drawer_pin"))?;
        Ok(Some(PrinterSetUp {
            address: PrinterAddress::parse(&self.address).map_err(|_| wrong("address"))?,
            profile: Profile {
                paper: Paper::from_dots(self.paper_dots).map_err(|_| wrong("paper_dots"))?,
                cut: Cut::from_code(&self.cut).ok_or(wrong("cut"))?,
                feed_steps_per_dot: FeedSteps::from_code(&self.feed_steps).ok_or(wrong("feed_steps"))?,
            },
            pulse: DrawerPulse { pin, ..DrawerPulse::default() },
        }))
    }
}

/// Returns the printers that were set up, by counter; `None` for a counter that is to have none.
///
/// # Errors
/// When the database does not answer or a row cannot be read.
pub async fn list_printers(pool: &SqlitePool) -> Result<BTreeMap<String, Option<PrinterSetUp>>> {
    let rows: Vec<Row> =
        sqlx::query_as("select counter, address, paper_dots, cut, feed_steps, drawer_pin from printers")
            .fetch_all(pool)
            .await?;
    rows.into_iter().map(|row| row.read().map(|set_up| (row.counter, set_up))).collect()
}

/// Writes the printer of a counter; `address` none takes it away, and keeps the rest for the next one.
///
/// # Errors
/// When the database does not answer.
pub async fn upsert_printer(
    tx: &mut Tx,
    counter: &str,
    address: Option<&PrinterAddress>,
    (profile, pin): (Profile, DrawerPin),
    now_ms: i64,
) -> Result<()> {
    sqlx::query(
        "insert into printers (counter, address, paper_dots, cut, feed_steps, drawer_pin, changed_at_ms)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (counter) do update set address = excluded.address, paper_dots = excluded.paper_dots,
             cut = excluded.cut, feed_steps = excluded.feed_steps, drawer_pin = excluded.drawer_pin,
             changed_at_ms = excluded.changed_at_ms",
    )
    .bind(counter)
    .bind(address.map(ToString::to_string).unwrap_or_default())
    .bind(profile.paper.dots())
    .bind(profile.cut.code())
    .bind(profile.feed_steps_per_dot.code())
    .bind(pin.number())
    .bind(now_ms)
    .execute(&mut **tx)
    .await?;
    Ok(())
}
