//! What promotion brought in a quarter or a year: what producers were paid, whom it reached, what sold for the first time, what it cost.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::catalog::month_after;
use serde::{Deserialize, Serialize};
use time::{Date, Month};
use utoipa::ToSchema;
use uuid::Uuid;
use web::Fault;
use web::format::local_date;

use super::outcome_load::load;
use super::{outcome_file, outcome_page};
use crate::app::App;
use crate::web::sales::freshness::Freshness;
use crate::web::sales::report::iso;
use crate::web::sheet_file::Download;
use crate::web::shell::{self, Frame, Place};
use crate::web::texts::CentralTexts;
use crate::web::visit::Visit;

/// Years that can be asked for.
const YEARS: std::ops::RangeInclusive<i32> = 2020..=2199;

/// Which period.
#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct OutcomeQuery {
    /// 2026; without it this one.
    pub year: String,
    /// 1 to 4; without it the whole year.
    pub quarter: String,
}

/// A year, or a quarter of it: whole months of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The year.
    pub year: i32,
    /// 1 to 4, or the whole year.
    pub quarter: Option<u8>,
}

impl Span {
    /// Returns the last day of each period.
    pub fn days(self) -> (Date, Date) {
        let (first, last) = match self.quarter {
            None => (Month::January, Month::December),
            Some(1) => (Month::January, Month::March),
            Some(2) => (Month::April, Month::June),
            Some(3) => (Month::July, Month::September),
            Some(_) => (Month::October, Month::December),
        };
        let day = |month| Date::from_calendar_date(self.year, month, 1).unwrap_or(Date::MIN);
        let after = month_after(day(last));
        (day(first), after.previous_day().unwrap_or(after))
    }

    /// Returns its address.
    pub fn href(self) -> String {
        self.href_with("")
    }

    /// Returns the address of the same with another ending, `.xlsx`.
    pub fn href_with(self, ending: &str) -> String {
        let quarter = self.quarter.map(|quarter| format!("&quarter={quarter}")).unwrap_or_default();
        format!("{}{ending}?year={}{quarter}", Place::Outcome.href(), self.year)
    }
}

impl OutcomeQuery {
    /// Reads it; `None` for a year or quarter that there is not.
    pub fn read(&self, today: Date) -> Option<Span> {
        let year = match self.year.trim() {
            "" => today.year(),
            text => text.parse().ok().filter(|year| YEARS.contains(year))?,
        };
        let quarter = match self.quarter.trim() {
            "" => None,
            text => Some(text.parse().ok().filter(|quarter| (1..=4).contains(quarter))?),
        };
        Some(Span { year, quarter })
    }
}

/// What promotion brought in a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct OutcomeReport {
    /// The first day.
    #[serde(serialize_with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub from: Date,
    /// The last day.
    #[serde(serialize_with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub to: Date,
    /// How complete the figures are.
    pub freshness: Freshness,
    /// What buyers paid, đồng.
    pub revenue_vnd: i64,
    /// Of which for goods that led as OCOP when they were sold.
    pub ocop_vnd: i64,
    /// What stores paid to producers, by settlements and in advance, đồng.
    pub producers_paid_vnd: i64,
    /// To how many.
    pub producers_paid_count: i64,
    /// Producers of which anything was sold.
    pub producer_count: i64,
    /// Communes that those goods come from.
    pub commune_count: i64,
    /// Products that were sold.
    pub product_count: i64,
    /// Products that sold for the first time anywhere, the latest first; the first of them.
    pub first_products: Vec<FirstOfOutcome>,
    /// How many.
    pub first_product_count: i64,
    /// Producers of which something sold for the first time; the first of them.
    pub first_producers: Vec<FirstOfOutcome>,
    /// How many.
    pub first_producer_count: i64,
    /// The books begin within the period, so that everything in them sold for the first time.
    pub is_beginning: bool,
    /// Campaigns that began in it, by kind.
    pub spent: Vec<SpentOfOutcome>,
    /// People who came, as shifts told and the department recorded outside campaigns.
    pub visitor_count: i64,
    /// Who tasted, likewise.
    pub tasting_count: i64,
    /// Scans of packs, and others that were recorded.
    pub scan_count: i64,
    /// Enquiries of campaigns, and outside them.
    pub enquiry_count: i64,
    /// Of all four: people whom the department recorded outside campaigns.
    pub introduced_count: i64,
    /// What changed with each recognition that began in it, the latest first.
    pub recognised: Vec<RecognitionOfOutcome>,
}

/// Something that sold for the first time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FirstOfOutcome {
    /// Its name.
    pub name: String,
    /// Of a product: who makes it.
    pub producer: Option<String>,
    /// The first day of the month.
    #[serde(serialize_with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub since: Date,
}

/// What campaigns of a kind cost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SpentOfOutcome {
    /// Code of the kind.
    pub kind: String,
    /// How many.
    pub campaign_count: i64,
    /// What they cost, đồng.
    pub cost_vnd: i64,
}

/// What a product sold before and after a recognition, beside everything else: a plain comparison, which claims no cause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RecognitionOfOutcome {
    /// The product.
    pub product_id: Uuid,
    /// Its name.
    pub name: String,
    /// Code of the category.
    pub category: String,
    /// Stars.
    pub stars: Option<u8>,
    /// The decision.
    pub decision: String,
    /// Its first day.
    #[serde(serialize_with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub recognised_on: Date,
    /// Whole months on both sides of its month, at most six; 0 when there are none yet.
    pub months: i64,
    /// What the product sold in the months before, đồng.
    pub product_before_vnd: i64,
    /// In the months after.
    pub product_after_vnd: i64,
    /// What everything else sold in the months before, đồng.
    pub rest_before_vnd: i64,
    /// In the months after.
    pub rest_after_vnd: i64,
}

/// What promotion brought: a page, or the same as JSON.
#[utoipa::path(
    get, path = "/campaigns/outcome", tag = "campaigns", params(OutcomeQuery),
    responses(
        (status = 200, description = "the figures; JSON by `Accept: application/json`", body = OutcomeReport),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not for this role"),
        (status = 422, description = "no such year or quarter"),
    ),
)]
pub async fn get(
    State(app): State<App>,
    visit: Visit,
    Query(query): Query<OutcomeQuery>,
) -> Result<Response, Fault> {
    let now_ms = app.clock.now_ms();
    let today = local_date(now_ms);
    let Some(span) = query.read(today) else {
        return Ok(Fault::for_status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
    };
    let report = visit.ok(load(&app.db, visit.user.scope(), span, now_ms).await)?;
    let address = span.href();
    let frame = Frame {
        place: Place::Outcome,
        brand: visit.lang.brand(),
        query: address.split_once('?').map_or("", |(_, query)| query),
    };
    Ok(visit.answer(&report, |report| {
        shell::page(&visit, &frame, outcome_page::main(visit.lang, today, span, report))
    }))
}

/// The same as a file; the first sheet has the figures, the others the lists beside them.
pub async fn download(
    State(app): State<App>,
    visit: Visit,
    file: Download,
    Query(query): Query<OutcomeQuery>,
) -> Result<Response, Fault> {
    let report = whole(&app, &visit, &query).await?;
    let sheets = outcome_file::sheets(visit.lang, &report);
    file.answer_as(&visit, &file_name(&report), sheets).await
}

async fn whole(app: &App, visit: &Visit, query: &OutcomeQuery) -> Result<OutcomeReport, Fault> {
    let now_ms = app.clock.now_ms();
    let span = query.read(local_date(now_ms));
    let span = span.ok_or_else(|| Fault::for_status(StatusCode::UNPROCESSABLE_ENTITY))?;
    visit.ok(load(&app.db, visit.user.scope(), span, now_ms).await)
}

fn file_name(report: &OutcomeReport) -> String {
    format!("ket-qua-quang-ba-{}-{}", report.from, report.to)
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn periods_are_whole_months() {
        let today = date!(2026 - 11 - 30);
        let days = |year: &str, quarter: &str| {
            let query = OutcomeQuery { year: year.to_owned(), quarter: quarter.to_owned() };
            query.read(today).map(Span::days)
        };
        for (year, quarter, expected) in [
            ("", "", Some((date!(2026 - 01 - 01), date!(2026 - 12 - 31)))),
            ("2024", "1", Some((date!(2024 - 01 - 01), date!(2024 - 03 - 31)))),
            ("2026", "2", Some((date!(2026 - 04 - 01), date!(2026 - 06 - 30)))),
            ("", "3", Some((date!(2026 - 07 - 01), date!(2026 - 09 - 30)))),
            ("", "4", Some((date!(2026 - 10 - 01), date!(2026 - 12 - 31)))),
            ("", "5", None),
            ("26", "", None),
            ("x", "", None),
        ] {
            assert_eq!(days(year, quarter), expected, "{year} {quarter}");
        }
        assert_eq!(Span { year: 2026, quarter: Some(4) }.href(), "/campaigns/outcome?year=2026&quarter=4");
    }
}
