//! What an operator's stores owe producers, and settling with one for all stores at once.

use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::Money;
use domain::ids::ProducerId;
use domain::joint_settlement::payable;
use serde::{Deserialize, Serialize};
use time::Date;
use time::macros::format_description;
use utoipa::ToSchema;
use uuid::Uuid;
use web::Fault;
use web::amount;
use web::format::{count_text, local_date};

use super::joint::report::JointOfList;
use super::shell::{self, Frame, Place};
use super::texts::CentralTexts;
use super::visit::Visit;
use crate::app::App;
use crate::db::joint_settlements::{self, Asker, StoreOwes};
use crate::db::producers;
use crate::db::users::{OperatorScope, Scope};
use crate::error::{Error, Refusal, Result};
use crate::joint_settling::{self, Wanted};

pub mod page;

/// Producers on the page.
const PRODUCERS_MOST: i64 = 1_000;
/// Earlier settlements on a page.
const JOINTS_MOST: i64 = 50;
/// The list's address.
pub const OWED: &str = "/shops/producers";

/// What an operator owes producers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct OwedList {
    /// By name.
    pub producers: Vec<OwedProducer>,
    /// The latest settlements for all stores.
    pub joints: Vec<JointOfList>,
}

/// What an operator owes a producer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct OwedProducer {
    /// The producer.
    pub producer_id: Uuid,
    /// Name.
    pub name: String,
    /// Owed by all stores together, less what is on its way, đồng; below zero after an advance.
    pub owed_vnd: i64,
    /// Sent, and not recorded by its store yet.
    pub on_its_way_vnd: i64,
}

/// The same with each store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct OwedReport {
    /// The producer.
    pub producer_id: Uuid,
    /// Name.
    pub name: String,
    /// Each store that had their goods.
    pub stores: Vec<StoreOfOwed>,
    /// Owed by all together, less what is on its way, đồng.
    pub owed_vnd: i64,
    /// The most that can be paid now.
    pub payable_vnd: i64,
    /// Earlier settlements with them, the latest first.
    pub joints: Vec<JointOfList>,
}

/// What a store owes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct StoreOfOwed {
    /// The store's name.
    pub store: String,
    /// Owed, less what is on its way, đồng.
    pub owed_vnd: i64,
    /// Sent, and not recorded yet.
    pub on_its_way_vnd: i64,
    /// When central last heard of the store, UTC milliseconds.
    pub heard_at_ms: Option<i64>,
}

/// A settlement as its form posts it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Typed {
    id: Uuid,
    shown_vnd: i64,
    amount: String,
    day: String,
}

impl Typed {
    /// Returns the form as it begins: all that is owed, today.
    pub fn new(id: Uuid, report: &OwedReport, today: Date) -> Self {
        let (shown_vnd, amount) = (report.owed_vnd, count_text(report.payable_vnd));
        Self { id, shown_vnd, amount, day: today.to_string() }
    }

    /// Reads it; or names the field that is wrong.
    fn read(&self, producer_id: ProducerId) -> Result<Wanted, &'static str> {
        let day = Date::parse(self.day.trim(), format_description!("[year]-[month]-[day]"));
        Ok(Wanted {
            id: self.id,
            producer_id,
            shown: Money::new(self.shown_vnd),
            amount: amount::parse(self.amount.trim()).ok_or("amount")?,
            paid_on: day.map_err(|_| "day")?,
        })
    }
}

/// What the operator's stores owe producers: a page, or the same as JSON.
#[utoipa::path(
    get, path = "/shops/producers", tag = "reports",
    responses(
        (status = 200, description = "the list; JSON by `Accept: application/json`", body = OwedList),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not an operator"),
    ),
)]
pub async fn list(State(app): State<App>, visit: Visit) -> Result<Response, Fault> {
    let scope = operator(&visit)?;
    let owed = visit.ok(joint_settlements::list_owed(&app.db, scope, PRODUCERS_MOST).await)?;
    let producers = owed.into_iter().map(|row| OwedProducer {
        producer_id: row.producer_id.uuid(),
        name: row.name,
        owed_vnd: row.owed.vnd().saturating_sub(row.on_its_way.vnd()),
        on_its_way_vnd: row.on_its_way.vnd(),
    });
    let list =
        OwedList { producers: producers.collect(), joints: visit.ok(joints(&app, scope, None).await)? };
    Ok(visit.answer(&list, |list| shell::page(&visit, &frame(&visit), page::list(visit.lang, list))))
}

/// What they owe one, with the form to settle: a page, or the same as JSON.
#[utoipa::path(
    get, path = "/shops/producers/{producer}", tag = "reports",
    params(("producer" = Uuid, Path, description = "the producer")),
    responses(
        (status = 200, description = "the report; JSON by `Accept: application/json`", body = OwedReport),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not an operator"),
        (status = 404, description = "no producer whose goods the operator's stores had"),
    ),
)]
pub async fn one(
    State(app): State<App>,
    visit: Visit,
    Path(producer): Path<String>,
) -> Result<Response, Fault> {
    let report = report(&app, &visit, read(&producer)?).await?;
    let typed = Typed::new(app.clock.new_uuid(), &report, local_date(app.clock.now_ms()));
    Ok(visit.answer(&report, |report| show(&visit, report, &typed, None)))
}

/// Settles for all stores; what was refused comes back as typed, with the figures as they are now.
pub async fn settle(
    State(app): State<App>,
    visit: Visit,
    Path(producer): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Fault> {
    let (scope, producer_id) = (operator(&visit)?, read(&producer)?);
    let before = report(&app, &visit, producer_id).await?;
    let wrong = match typed.read(producer_id) {
        Err(field) => field,
        Ok(wanted) => match joint_settling::settle(&app, (scope, &visit.user.login), &wanted).await {
            Ok(id) => return Ok(Redirect::to(&format!("/shops/joint/{id}")).into_response()),
            Err(Error::Refused(Refusal::Invalid { what, .. })) => what,
            Err(error) => return visit.ok(Err(error)),
        },
    };
    let typed = if wrong == "shown" {
        Typed { day: typed.day, ..Typed::new(typed.id, &before, local_date(app.clock.now_ms())) }
    } else {
        typed
    };
    let page = show(&visit, &before, &typed, Some(wrong));
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

fn show(visit: &Visit, report: &OwedReport, typed: &Typed, wrong: Option<&str>) -> maud::Markup {
    shell::page(visit, &frame(visit), page::one(visit.lang, &visit.csrf, report, (typed, wrong)))
}

fn frame(visit: &Visit) -> Frame<'static> {
    Frame { place: Place::Owed, brand: visit.lang.brand(), query: "" }
}

fn operator(visit: &Visit) -> Result<OperatorScope, Fault> {
    match visit.user.scope() {
        Scope::Operator(scope) => Ok(scope),
        _ => Err(Fault::forbidden()),
    }
}

fn read(producer: &str) -> Result<ProducerId, Fault> {
    producer.parse().map_err(|_| Fault::not_found())
}

async fn joints(app: &App, scope: OperatorScope, with: Option<ProducerId>) -> Result<Vec<JointOfList>> {
    let found = joint_settlements::list(&app.db, Asker::Operator(scope), with, JOINTS_MOST).await?;
    Ok(found.into_iter().map(|joint| JointOfList::of(joint, "/shops")).collect())
}

/// A producer whose goods none of the operator's stores had is none of the operator's business.
async fn report(app: &App, visit: &Visit, producer_id: ProducerId) -> Result<OwedReport, Fault> {
    let scope = operator(visit)?;
    visit.ok(load(app, scope, producer_id).await)
}

async fn load(app: &App, scope: OperatorScope, producer_id: ProducerId) -> Result<OwedReport> {
    let mut tx = app.db.begin_reading().await?;
    let stores = joint_settlements::list_owing_in(&mut tx, scope, producer_id).await?;
    let producer = producers::find_in(&mut tx, producer_id).await?;
    drop(tx);
    let producer = producer.filter(|_| !stores.is_empty()).ok_or(Error::NotFound("producer"))?;
    let owed: Vec<Money> = stores.iter().map(StoreOwes::left).collect();
    Ok(OwedReport {
        producer_id: producer_id.uuid(),
        name: producer.name,
        owed_vnd: owed.iter().map(|owed| owed.vnd()).fold(0, i64::saturating_add),
        payable_vnd: payable(&owed).unwrap_or(Money::ZERO).vnd(),
        joints: joints(app, scope, Some(producer_id)).await?,
        stores: stores.into_iter().map(StoreOfOwed::from).collect(),
    })
}

impl From<StoreOwes> for StoreOfOwed {
    fn from(row: StoreOwes) -> Self {
        let (owed_vnd, on_its_way_vnd) = (row.left().vnd(), row.on_its_way.vnd());
        Self { store: row.store, owed_vnd, on_its_way_vnd, heard_at_ms: row.heard_at_ms }
    }
}
