//! New points against old ones at equal age: what they sold week by week since they opened.

use std::collections::BTreeMap;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::Money;
use domain::ids::StoreId;
use domain::point::{week_of_life, weeks_over};
use serde::{Deserialize, Serialize};
use time::{Date, Duration};
use utoipa::ToSchema;
use uuid::Uuid;
use web::Fault;
use web::format::local_date;

use super::ages_page::{self, Typed};
use super::frame;
use super::typed::day_of;
use crate::app::App;
use crate::db::points::ages::{self, DayOfStore, Opened};
use crate::db::sales::completeness;
use crate::web::sales::report::iso;
use crate::web::shell;
use crate::web::visit::{Visit, Wanted};

/// A point that opened within so many days is new, unless another day is asked for.
const NEW_DAYS: i64 = 365;
/// Weeks that are compared, unless others are asked for.
const WEEKS: i64 = 26;
/// The fewest and the most weeks.
const WEEKS_RANGE: (i64, i64) = (4, 104);

/// What is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct AgesQuery {
    /// Points that opened from this day on are new; without it those of the last year.
    pub new_since: String,
    /// How many weeks, 4 to 104; without it 26.
    pub weeks: String,
}

/// Points at equal age.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Ages {
    /// From the first week on.
    pub weeks: Vec<WeekOfLife>,
    /// By name.
    pub points: Vec<PointOfAges>,
}

/// A week of life: the mean of those that have it whole.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct WeekOfLife {
    /// 1 for the first seven days.
    #[serde(rename = "week_number")]
    pub week: i64,
    /// Of new points, and how many they are.
    #[serde(rename = "of_new")]
    pub new: Mean,
    /// Of old points.
    #[serde(rename = "of_old")]
    pub old: Mean,
}

/// A mean of whole đồng.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = MeanOfPoints)]
pub struct Mean {
    /// The sum.
    pub sum_vnd: i64,
    /// Of how many points or weeks.
    #[serde(rename = "of_count")]
    pub count: i64,
}

impl Mean {
    /// Returns it, rounded down; `None` of nothing.
    pub const fn vnd(self) -> Option<i64> {
        self.sum_vnd.checked_div(self.count)
    }

    const fn add(&mut self, vnd: i64) {
        self.sum_vnd = self.sum_vnd.saturating_add(vnd);
        self.count += 1;
    }
}

/// A point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PointOfAges {
    /// The point.
    pub point_id: Uuid,
    /// Its name.
    pub name: String,
    /// Its first day: that of its step, or of a sale from before it.
    #[serde(serialize_with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub opened_on: Date,
    /// It counts as new.
    pub is_new: bool,
    /// Weeks that are over and were told.
    #[serde(rename = "week_count")]
    pub weeks: i64,
    /// Of all of them.
    pub mean: Mean,
    /// Of the last one.
    #[serde(rename = "last_week_vnd")]
    pub last_vnd: Option<i64>,
}

/// Points at equal age: a page, or the same figures as JSON.
#[utoipa::path(
    get, path = "/points/ages", tag = "points", params(AgesQuery),
    responses(
        (status = 200, description = "week by week; JSON by `Accept: application/json`", body = Ages),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not for this role"),
        (status = 422, description = "no such day or number of weeks"),
    ),
)]
pub async fn get(
    State(app): State<App>,
    visit: Visit,
    Query(query): Query<AgesQuery>,
) -> Result<Response, Fault> {
    let (typed, ages) = load(&app, &visit, &query).await?;
    if visit.wanted == Wanted::Json {
        let ages = ages.ok_or_else(|| Fault::for_status(StatusCode::UNPROCESSABLE_ENTITY))?;
        return Ok(axum::Json(ages).into_response());
    }
    let main = ages_page::page(visit.lang, &typed, ages.as_ref());
    Ok(shell::page(&visit, &frame(&visit, ""), main).into_response())
}

/// Compares the points that are asked for; nothing when no such day or number of weeks exists. With what stands in the form.
pub(super) async fn load(
    app: &App,
    visit: &Visit,
    query: &AgesQuery,
) -> Result<(Typed, Option<Ages>), Fault> {
    let today = local_date(app.clock.now_ms());
    let (typed, picked) = read(query, today);
    let ages = match picked {
        Some(picked) => {
            let fresh = visit.ok(completeness(&app.db, visit.user.scope()).await)?;
            let until = |at_ms: Option<i64>| at_ms.map(local_date);
            // What nobody has approved yet is in no sum: a store with nothing else has no weeks of nothing.
            let fresh = fresh.iter().filter(|each| each.last_sale_day.is_some() || each.held == Money::ZERO);
            let told: BTreeMap<StoreId, Date> =
                fresh.filter_map(|each| Some((each.store_id, until(each.heard_at_ms)?))).collect();
            let opened = visit.ok(ages::opened(&app.db).await)?;
            Some(compare(&opened, &visit.ok(ages::days(&app.db).await)?, &told, (today, picked)))
        }
        None => None,
    };
    Ok((typed, ages))
}

/// Returns what stands in the form, and what is asked for: from which day on points are new, how many weeks.
fn read(query: &AgesQuery, today: Date) -> (Typed, Option<(Date, i64)>) {
    let usual = |text: &str, usual: String| if text.trim().is_empty() { usual } else { text.to_owned() };
    let year_ago = today.saturating_sub(Duration::days(NEW_DAYS));
    let typed = Typed {
        new_since: usual(&query.new_since, year_ago.to_string()),
        weeks: usual(&query.weeks, WEEKS.to_string()),
    };
    let weeks = typed.weeks.trim().parse().ok();
    let weeks = weeks.filter(|weeks| (WEEKS_RANGE.0..=WEEKS_RANGE.1).contains(weeks));
    let picked = day_of(&typed.new_since).zip(weeks);
    (typed, picked)
}

/// Compares points: a week counts when its last day is over, was told by the store, and lies before the point closed.
fn compare(
    opened: &[Opened],
    days: &[DayOfStore],
    told: &BTreeMap<StoreId, Date>,
    (today, (new_since, most)): (Date, (Date, i64)),
) -> Ages {
    let mut weeks: Vec<WeekOfLife> =
        (1..=most).map(|week| WeekOfLife { week, ..WeekOfLife::default() }).collect();
    let mut points = Vec::new();
    for point in opened {
        let firsts = [point.opened_on, point.first_sale].into_iter().flatten();
        let Some(opened_on) = firsts.min() else { continue };
        let heard = told.get(&point.store_id.into()).copied();
        let end = [Some(today), heard, point.closed_on].into_iter().flatten().min().unwrap_or(today);
        let whole = if heard.is_none() { 0 } else { weeks_over(opened_on, end) };
        let mut sums: BTreeMap<i64, i64> = (1..=whole).map(|week| (week, 0)).collect();
        for day in days.iter().filter(|day| day.store_id == point.store_id) {
            if let Some(sum) = week_of_life(opened_on, day.day).and_then(|week| sums.get_mut(&week)) {
                *sum = sum.saturating_add(day.revenue_vnd);
            }
        }
        let is_new = opened_on >= new_since;
        let mut mean = Mean::default();
        for (week, vnd) in &sums {
            mean.add(*vnd);
            let place = usize::try_from(*week - 1).ok().and_then(|place| weeks.get_mut(place));
            if let Some(of_all) = place {
                if is_new { of_all.new.add(*vnd) } else { of_all.old.add(*vnd) }
            }
        }
        points.push(PointOfAges {
            point_id: point.id.uuid(),
            name: point.name.clone(),
            opened_on,
            is_new,
            weeks: whole,
            mean,
            last_vnd: sums.last_key_value().map(|(_, vnd)| *vnd),
        });
    }
    // Weeks that nobody has yet are left out at the end.
    let reached =
        weeks.iter().rposition(|week| week.new.count + week.old.count > 0).map_or(0, |last| last + 1);
    weeks.truncate(reached);
    Ages { weeks, points }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    const TODAY: Date = date!(2026 - 11 - 30);

    fn point(number: u128, opened_on: Date) -> Opened {
        Opened {
            id: Uuid::from_u128(number).into(),
            name: format!("Điểm {number}"),
            store_id: Uuid::from_u128(number),
            state: "open".to_owned(),
            opened_on: Some(opened_on),
            first_sale: None,
            closed_on: None,
        }
    }

    fn day(number: u128, day: Date, revenue_vnd: i64) -> DayOfStore {
        DayOfStore { store_id: Uuid::from_u128(number), day, revenue_vnd }
    }

    #[test]
    fn weeks_are_compared_at_equal_age() {
        let old = point(1, date!(2026 - 10 - 1));
        // It sold before its step says that it opened.
        let young = Opened { first_sale: Some(date!(2026 - 11 - 10)), ..point(2, date!(2026 - 11 - 12)) };
        let closed = Opened { closed_on: Some(date!(2026 - 10 - 9)), ..point(3, date!(2026 - 10 - 1)) };
        let silent = point(4, date!(2026 - 10 - 1));
        let days = [
            day(1, date!(2026 - 10 - 1), 100),
            day(1, date!(2026 - 10 - 8), 30),
            day(2, date!(2026 - 11 - 10), 10),
            day(2, date!(2026 - 11 - 16), 5),
            day(2, date!(2026 - 11 - 17), 7),
            // In a week that is not over.
            day(2, date!(2026 - 11 - 30), 1_000),
            day(3, date!(2026 - 10 - 2), 50),
            day(4, date!(2026 - 10 - 2), 1_000),
        ];
        let told = [1, 2, 3].map(|number| (StoreId::from(Uuid::from_u128(number)), TODAY)).into();
        let asked = (TODAY, (date!(2026 - 11 - 1), 3));
        let ages = compare(&[old, young, closed, silent], &days, &told, asked);
        let of_week = |week: usize| (ages.weeks[week - 1].new, ages.weeks[week - 1].old);
        let mean = |sum_vnd, count| Mean { sum_vnd, count };
        assert_eq!(of_week(1), (mean(15, 1), mean(150, 2)));
        assert_eq!(of_week(2), (mean(7, 1), mean(30, 1)));
        // The young point's third week is not over.
        assert_eq!(of_week(3), (mean(0, 0), mean(0, 1)));
        let lives: Vec<(bool, i64, Option<i64>)> =
            ages.points.iter().map(|each| (each.is_new, each.weeks, each.last_vnd)).collect();
        let expected = [(false, 8, Some(0)), (true, 2, Some(7)), (false, 1, Some(50)), (false, 0, None)];
        assert_eq!(lives, expected);
        assert_eq!(ages.points[0].mean.vnd(), Some(130 / 8));
    }

    #[test]
    fn a_form_is_filled_with_what_is_usual() {
        let (typed, picked) = read(&AgesQuery::default(), TODAY);
        assert_eq!((typed.new_since.as_str(), typed.weeks.as_str()), ("2025-11-30", "26"));
        assert_eq!(picked, Some((date!(2025 - 11 - 30), 26)));
        for (new_since, weeks) in [("hôm qua", "26"), ("2026-01-01", "3"), ("2026-01-01", "105")] {
            let query = AgesQuery { new_since: new_since.to_owned(), weeks: weeks.to_owned() };
            assert_eq!(read(&query, TODAY).1, None, "{new_since} {weeks}");
        }
    }
}
