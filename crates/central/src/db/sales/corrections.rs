//! What came after a report was sealed, by the day on which it came: dated corrections.

use domain::Money;
use sqlx::FromRow;
use time::{Date, Duration};

use super::asked::Asked;
use crate::db::engine::{Sql, Tx};
use crate::error::Result;

/// Kinds of entries that sell or take back.
const KINDS: [&str; 3] = ["refund", "sale", "void"];
/// A sale from the pad counts on a day that lies at most so long before its entry's.
const PAD_DAYS: i64 = 14;

/// The day from which days are counted.
const EPOCH: Date = time::macros::date!(1970 - 01 - 01);

/// Sales of a period that came on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Correction {
    /// The day on which central received them, in Vietnam.
    pub arrived_on: Date,
    /// What they add to the period; below zero for what was taken back.
    pub revenue: Money,
    /// Entries.
    pub entries: i64,
}

#[derive(FromRow)]
struct ArrivedRow {
    day_no: i64,
    revenue: i64,
    entries: i64,
}

impl Asked {
    /// Returns what came for the question's days and stores after a moment, by day of arrival; products are not told apart.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn corrections(&self, tx: &mut Tx, sealed_at_ms: i64) -> Result<Vec<Correction>> {
        // A day of Vietnam begins seven hours before that of UTC.
        let sql = Sql::new(
        "select (e.received_at_ms + 25200000) / 86400000 as day_no,
            cast(sum(l.gross_vnd - l.discount_vnd) as bigint) as revenue, cast(count(distinct e.hash) as bigint) as entries
         from entries e join sale_lines l on l.store_id = e.store_id and l.incarnation = e.incarnation and l.seq = e.seq
         where e.store_id",
    )
    .is_in(self.stores.iter().copied())
    .push(" and e.kind")
    .is_in(KINDS)
    .push(" and e.business_date >= ")
    .bind(self.query.from)
    .push(" and e.business_date <= ")
    .bind(self.query.to.saturating_add(Duration::days(PAD_DAYS)))
    .push(" and e.received_at_ms > ")
    .bind(sealed_at_ms)
    .push(" and l.day >= ")
    .bind(self.query.from)
    .push(" and l.day <= ")
    .bind(self.query.to)
    .push(" group by (e.received_at_ms + 25200000) / 86400000 order by day_no");
        let rows: Vec<ArrivedRow> = tx.all(sql).await?;
        let read = |row: ArrivedRow| Correction {
            arrived_on: EPOCH.saturating_add(Duration::days(row.day_no)),
            revenue: Money::new(row.revenue),
            entries: row.entries,
        };
        Ok(rows.into_iter().map(read).collect())
    }
}
