//! A period whose report is sealed: the figure as it was sealed, and what came later by the day on which it came.

use domain::report_period::{Cutoff, ReportPeriod};
use maud::{Markup, html};
use serde::Serialize;
use time::Date;
use utoipa::ToSchema;
use web::Lang;
use web::format::{count_text, date_text, datetime_text};
use web::fragment::{Tone, chip};

use super::filter::Filter;
use super::period::Period;
use super::report::iso;
use crate::db::Tx;
use crate::db::reports::find_seal;
use crate::db::sales::Asked;
use crate::error::Result;
use crate::web::reports::shown::sealed_traffic;
use crate::web::sales_texts::SalesTexts;

/// A sealed period. What was sealed, the corrections and `other_vnd` add up to what the report says today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SealedOfSales {
    /// The report: `2026-q3`.
    pub sealed_period: String,
    /// When it was sealed, UTC milliseconds.
    pub sealed_at_ms: i64,
    /// What it says of these stores, đồng.
    pub sealed_vnd: i64,
    /// What came later, by day.
    pub corrections: Vec<CorrectionOfSales>,
    /// What else is another today: a device that was approved later, an entry that was judged again.
    pub other_vnd: i64,
    /// What the stores sold in the period as it stands today, đồng.
    pub today_vnd: i64,
}

/// Sales that came after the seal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct CorrectionOfSales {
    /// The day on which they came.
    #[serde(serialize_with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub arrived_on: Date,
    /// Đồng more, or less.
    pub correction_vnd: i64,
    /// Entries.
    pub entry_count: i64,
}

/// Returns the report's period of exactly these days, if they are one.
fn period_of(period: Period) -> Option<ReportPeriod> {
    let years = period.from.year()..=period.to.year() + 1;
    let mut all = years.flat_map(ReportPeriod::of_year);
    all.find(|report| {
        [Cutoff::Decree09, Cutoff::Calendar].into_iter().any(|cutoff| {
            let days = report.days(cutoff);
            (days.from, days.to) == (period.from, period.to)
        })
    })
}

/// Loads the seal of the period that is asked about; none for anybody but the department, and where single products are picked.
///
/// # Errors
/// When the database fails or a seal is damaged.
pub(super) async fn load(
    tx: &mut Tx,
    asked: &Asked,
    filter: &Filter,
    today_vnd: i64,
) -> Result<Option<SealedOfSales>> {
    let is_whole = asked.is_of_department && !filter.picks_products();
    let Some(period) = period_of(filter.period).filter(|_| is_whole) else { return Ok(None) };
    let Some(seal) = find_seal(tx, &period.code()).await? else { return Ok(None) };
    let (sealed_at_ms, (days, traffic)) = (seal.sealed_at_ms, sealed_traffic(&seal)?);
    // The settings may have said another cut-off then.
    if days != (filter.period.from, filter.period.to) {
        return Ok(None);
    }
    let mine = traffic.iter().filter(|row| filter.store.is_none_or(|store| store.uuid() == row.store_id));
    let sealed_vnd: i64 = mine.map(|row| row.revenue_vnd).sum();
    let arrived = asked.corrections(tx, sealed_at_ms).await?;
    let corrections: Vec<CorrectionOfSales> = arrived
        .into_iter()
        .map(|row| CorrectionOfSales {
            arrived_on: row.arrived_on,
            correction_vnd: row.revenue.vnd(),
            entry_count: row.entries,
        })
        .collect();
    let later: i64 = corrections.iter().map(|row| row.correction_vnd).sum();
    let other_vnd = today_vnd - sealed_vnd - later;
    let sealed_period = period.code();
    Ok(Some(SealedOfSales { sealed_period, sealed_at_ms, sealed_vnd, corrections, other_vnd, today_vnd }))
}

/// The seal and what came since, as a card.
pub(super) fn card(lang: Lang, sealed: &SealedOfSales) -> Markup {
    let money = |vnd| domain::Money::new(vnd);
    html! {
        section.card {
            div.head {
                h2 { (lang.sealed_title()) " " (chip(Tone::Good, lang.sealed_chip())) }
                a href={ "/reports/" (sealed.sealed_period) } { (lang.sealed_report()) }
            }
            p.mute { (lang.sealed_about(datetime_text(sealed.sealed_at_ms))) }
            div.table { table {
                thead { tr { th scope="col" { (lang.sealed_row()) } th.n.roomy scope="col" { (lang.sealed_entries()) } th.n scope="col" { (lang.sealed_amount()) } } }
                tbody {
                    tr { td { (lang.sealed_figure()) } td.n.roomy {} td.n { (money(sealed.sealed_vnd)) } }
                    @for row in &sealed.corrections {
                        tr { td { (lang.sealed_correction(date_text(row.arrived_on))) } td.n.roomy { (count_text(row.entry_count)) } td.n { (money(row.correction_vnd)) } }
                    }
                    @if sealed.other_vnd != 0 { tr { td { (lang.sealed_other()) } td.n.roomy {} td.n { (money(sealed.other_vnd)) } } }
                }
                tfoot { tr { td { (lang.sealed_today()) } td.n.roomy {} td.n { (money(sealed.today_vnd)) } } }
            } }
        }
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn days_of_a_report_are_known() {
        let of = |from, to| period_of(Period { from, to }).map(ReportPeriod::code);
        assert_eq!(of(date!(2026 - 09 - 15), date!(2026 - 12 - 14)).as_deref(), Some("2026-q4"));
        assert_eq!(of(date!(2025 - 12 - 15), date!(2026 - 01 - 14)).as_deref(), Some("2026-m01"));
        assert_eq!(of(date!(2026 - 10 - 01), date!(2026 - 12 - 31)).as_deref(), Some("2026-q4"));
        assert_eq!(of(date!(2026 - 10 - 02), date!(2026 - 12 - 31)), None);
    }
}
