//! Until when goods may come back: what the contract says that was frozen with the sale, or what is usual for such goods.
//! Beyond it a manager has to say that they may, and why.

use std::collections::BTreeMap;

use domain::contract::Clauses;
use domain::ids::{ProductId, TermsId};
use domain::refund::remaining::{Ask, Row};
use sqlx::SqliteConnection;
use time::Date;

use super::note::Contracting;
use super::refund::{Asked, Sold};
use super::{Note, Result};
use crate::db::{products, terms};

/// Returns the last day on which each row of a sale may come back; none for whenever.
pub(super) async fn last_days(
    connection: &mut SqliteConnection,
    rows: &[Row],
    sold_on: Date,
) -> Result<Vec<Option<Date>>> {
    let mut contracts: BTreeMap<TermsId, Clauses> = BTreeMap::new();
    let mut refused: BTreeMap<ProductId, bool> = BTreeMap::new();
    let mut days = Vec::with_capacity(rows.len());
    for Row { line, .. } in rows {
        let clauses = match line.terms.and_then(|terms| terms.terms_id) {
            None => Clauses::default(),
            Some(id) => match contracts.get(&id) {
                Some(clauses) => *clauses,
                None => {
                    let found = terms::find_terms(connection, id).await?;
                    let clauses = found.map(|terms| terms.clauses).unwrap_or_default();
                    *contracts.entry(id).or_insert(clauses)
                }
            },
        };
        let refuse_expired = match refused.get(&line.product_id) {
            Some(refused) => *refused,
            None => {
                let refuses = products::refuses_expired(connection, line.product_id).await?;
                *refused.entry(line.product_id).or_insert(refuses)
            }
        };
        days.push(clauses.last_day_of_return(sold_on, refuse_expired));
    }
    Ok(days)
}

/// Tells that something of what is to come back may not any more on this day, unless a manager lets it, and says why.
pub(super) fn refused(sold: &Sold, asks: &[Ask], asked: &Asked, day: Date) -> Option<Note> {
    let late = asks.iter().find_map(|ask| {
        let last_day = sold.last_days.get(ask.row).copied().flatten().filter(|last| *last < day)?;
        Some((sold.remaining.rows.get(ask.row)?, last_day))
    });
    let (row, last_day) = late?;
    if !asked.is_late_allowed {
        let name = row.line.name.clone();
        return Some(Contracting::ReturnOver { name, last_day: web::format::date_text(last_day) }.into());
    }
    asked.reason.trim().is_empty().then(|| Contracting::WhyLate.into())
}
