//! Introductions outside campaigns: the department reads what was recorded in a year, those who keep trade record and withdraw.

pub mod page;
pub mod sheet;

use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::introduction::IntroductionKind;
use maud::Markup;
use serde::{Deserialize, Serialize};
use time::{Date, Month};
use utoipa::ToSchema;
use uuid::Uuid;
use web::Fault;
use web::format::local_date;

use super::introduction_texts::IntroductionTexts;
use super::point_texts::PointTexts;
use super::points::edit::Pairs;
use super::points::typed::Typed;
use super::sales::report::iso;
use super::sheet_file::Download;
use super::shell::{self, Frame, Place};
use super::stores::Nothing;
use super::texts::CentralTexts;
use super::visit::{Visit, Wanted, Who};
use super::workbook;
use crate::admin::{NewIntroduction, PEOPLE_MAX};
use crate::app::App;
use crate::db::introductions::{self, Recorded, Sums};
use crate::db::stores;
use crate::error::{Error, Refusal, Result as Found};

/// Rows of a page, at most.
pub const ROWS_MOST: i64 = 500;
const YEARS: std::ops::RangeInclusive<i32> = 2020..=2099;

/// Which year.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct IntroductionsQuery {
    /// 2026; without it this one.
    pub year: String,
    /// `saved` or `withdrawn`: what just happened.
    #[param(ignore)]
    pub done: String,
}

impl IntroductionsQuery {
    fn read(&self, today: Date) -> Result<i32, Fault> {
        match self.year.trim() {
            "" => Ok(today.year()),
            text => {
                let year = text.parse().ok().filter(|year| YEARS.contains(year));
                year.ok_or_else(|| Fault::for_status(StatusCode::UNPROCESSABLE_ENTITY))
            }
        }
    }
}

/// Introductions of a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct IntroductionsReport {
    /// The year.
    pub year: i32,
    /// People who came, without those that were withdrawn; likewise below.
    pub visitors_recorded: i64,
    /// People who tasted.
    pub tastings_recorded: i64,
    /// People who scanned.
    pub scans_recorded: i64,
    /// People who asked.
    pub enquiries_recorded: i64,
    /// Each of them, the latest first; the latest 500.
    pub recorded: Vec<IntroductionOfList>,
}

/// An introduction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct IntroductionOfList {
    /// Its identity.
    pub introduction_id: Uuid,
    /// When.
    #[serde(serialize_with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub on: Date,
    /// `visitors`, `tastings`, `scans` or `enquiries`.
    pub kind: String,
    /// How many people.
    pub people_count: i64,
    /// The point's name; none for elsewhere.
    pub store: Option<String>,
    /// Which group, buyer or office.
    pub who: String,
    /// Whatever else is to be known.
    pub note: String,
    /// Whose login recorded it.
    pub recorded_by: String,
    /// When, UTC milliseconds.
    pub recorded_at_ms: i64,
    /// It was entered by mistake, and counts no more.
    pub is_withdrawn: bool,
}

impl IntroductionsReport {
    fn of(year: i32, sums: Sums, rows: Vec<Recorded>) -> Self {
        let row = |row: Recorded| IntroductionOfList {
            introduction_id: row.id,
            on: row.day,
            kind: row.kind,
            people_count: row.people_count,
            store: row.store,
            who: row.who,
            note: row.note,
            recorded_by: row.recorded_by,
            recorded_at_ms: row.recorded_at_ms,
            is_withdrawn: row.is_withdrawn,
        };
        Self {
            year,
            visitors_recorded: sums.visitors,
            tastings_recorded: sums.tastings,
            scans_recorded: sums.scans,
            enquiries_recorded: sums.enquiries,
            recorded: rows.into_iter().map(row).collect(),
        }
    }
}

/// Introductions: a page, or the same as JSON.
#[utoipa::path(
    get, path = "/campaigns/introductions", tag = "campaigns", params(IntroductionsQuery),
    responses(
        (status = 200, description = "those of a year, the latest first; JSON by `Accept: application/json`", body = IntroductionsReport),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not for this role"),
        (status = 422, description = "no such year"),
    ),
)]
pub async fn get(
    State(app): State<App>,
    visit: Visit,
    Query(query): Query<IntroductionsQuery>,
) -> Result<Response, Fault> {
    let today = local_date(app.clock.now_ms());
    let report = visit.ok(load(&app, query.read(today)?, ROWS_MOST).await)?;
    if visit.wanted == Wanted::Json {
        return Ok(axum::Json(&report).into_response());
    }
    let first = [("id", app.clock.new_uuid().to_string()), ("on", today.to_string())];
    let typed = Typed::with(visit.lang, first);
    Ok(page(&visit, (&report, &query.done), &typed).await?.into_response())
}

async fn load(app: &App, year: i32, limit: i64) -> Found<IntroductionsReport> {
    let day = |month, day| Date::from_calendar_date(year, month, day).unwrap_or(Date::MIN);
    let days = (day(Month::January, 1), day(Month::December, 31));
    let mut tx = app.db.begin_reading().await?;
    let sums = introductions::sums(&mut tx, days).await?;
    Ok(IntroductionsReport::of(year, sums, introductions::list(&mut tx, days, limit).await?))
}

/// Records an introduction; what was typed wrong comes back.
pub async fn add(State(app): State<App>, visit: Visit, Form(pairs): Pairs) -> Result<Response, Fault> {
    let mut typed = Typed::read(visit.lang, pairs)?;
    let today = local_date(app.clock.now_ms());
    if let Some(new) = read(&app, &mut typed, today) {
        let year = new.day.year();
        match visit.admin().add_introduction(&new).await {
            Ok(()) => return Ok(back(year, "saved")),
            Err(Error::Refused(Refusal::SaidOtherwise)) => {
                return visit.ok(Err(Error::from(Refusal::SaidOtherwise)));
            }
            Err(Error::Refused(_)) => typed.refuse("on", visit.lang.wrong_day_later()),
            Err(Error::NotFound(_)) => typed.refuse("store", visit.lang.wrong_one()),
            Err(error) => return visit.ok(Err(error)),
        }
    }
    let report = visit.ok(load(&app, today.year(), ROWS_MOST).await)?;
    let page = page(&visit, (&report, ""), &typed).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

fn read(app: &App, typed: &mut Typed, today: Date) -> Option<NewIntroduction> {
    let id = match typed.get("id") {
        "" => Some(app.clock.new_uuid()),
        text => text.parse().ok(),
    };
    let store_id = match typed.get("store").to_owned().as_str() {
        "" => None,
        _ => typed.choice("store", |text| text.parse().ok()),
    };
    let (kind, day) = (typed.choice("kind", IntroductionKind::from_code), typed.day_until("on", today));
    let people_count = typed.count("people_count", (1, PEOPLE_MAX));
    let (who, note) = (typed.needed("who"), typed.optional("note"));
    if !typed.is_right() {
        return None;
    }
    let (id, day, kind, people_count) = (id?, day?, kind?, people_count?);
    Some(NewIntroduction { id, store_id, day, kind, people_count, who, note })
}

/// Withdraws an introduction that was entered by mistake.
pub async fn withdraw(
    State(app): State<App>,
    visit: Visit,
    Path(introduction): Path<String>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, Fault> {
    let id = introduction.parse().map_err(|_| Fault::not_found())?;
    let mut tx = visit.ok(app.db.begin_reading().await)?;
    let found = visit.ok(introductions::find(&mut tx, id).await)?.ok_or_else(Fault::not_found)?;
    drop(tx);
    visit.ok(visit.admin().withdraw_introduction(id).await)?;
    Ok(back(found.day.year(), "withdrawn"))
}

fn back(year: i32, done: &str) -> Response {
    Redirect::to(&format!("{}?year={year}&done={done}", Place::Introductions.href())).into_response()
}

async fn page(
    visit: &Visit,
    (report, done): (&IntroductionsReport, &str),
    typed: &Typed,
) -> Result<Markup, Fault> {
    let stores = visit.ok(stores::list(&visit.app.db, None).await)?;
    let stores: Vec<(String, String)> =
        stores.into_iter().map(|store| (store.id.to_string(), store.name)).collect();
    let (may_act, today) = (Who::TRADE.admits(visit.user.role), local_date(visit.app.clock.now_ms()));
    let (lang, csrf) = (visit.lang, &visit.csrf);
    let view = page::View { lang, csrf, may_act, today, report, stores: &stores, typed, done };
    let query = format!("year={}", report.year);
    let frame = Frame { place: Place::Introductions, brand: lang.brand(), query: &query };
    Ok(shell::page(visit, &frame, view.render()))
}

/// The same, all of the year, as a file.
pub async fn download(
    State(app): State<App>,
    visit: Visit,
    file: Download,
    Query(query): Query<IntroductionsQuery>,
) -> Result<Response, Fault> {
    let sheet = whole(&app, &visit, &query).await?;
    file.answer(&visit, visit.lang.introductions_file(), vec![sheet]).await
}

async fn whole(app: &App, visit: &Visit, query: &IntroductionsQuery) -> Result<workbook::Sheet, Fault> {
    let year = query.read(local_date(app.clock.now_ms()))?;
    let report = visit.ok(load(app, year, workbook::rows_asked()).await)?;
    Ok(sheet::sheet(visit.lang, &report))
}
