//! What an operator's stores owe producers, and settling with one for all stores at once.

pub mod account;
pub mod page;
pub mod sheet;
pub mod transfer;

use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::Money;
use domain::ids::ProducerId;
use domain::joint_settlement::payable;
use domain::payout::PayoutAccount;
use serde::{Deserialize, Serialize};
use time::Date;
use time::macros::format_description;
use utoipa::ToSchema;
use uuid::Uuid;
use web::Fault;
use web::amount;
use web::format::{count_text, local_date};

use super::joint::report::JointOfList;
use super::joint_texts::JointTexts;
use super::sheet_file::Download;
use super::shell::{self, Frame, Place};
use super::texts::CentralTexts;
use super::visit::Visit;
use super::workbook::rows_asked;
use crate::app::App;
use crate::db::joint_settlements::{self, Asker, StoreOwes};
use crate::db::users::{OperatorScope, Scope};
use crate::db::{payout_accounts, producers};
use crate::error::{Error, Refusal, Result};
use crate::joint_settling::{self, Wanted, next_in};
use account::AccountOnFile;
use transfer::{HowMuch, Transfer};

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
    /// Where it is sent to; none while the operator keeps no account of theirs.
    pub account: Option<AccountOnFile>,
    /// Earlier settlements with them, the latest first.
    pub joints: Vec<JointOfList>,
    /// The settlement that comes next, for the form.
    #[serde(skip)]
    pub next_id: Uuid,
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
    pub fn new(report: &OwedReport, today: Date) -> Self {
        let (shown_vnd, amount) = (report.owed_vnd, count_text(report.payable_vnd));
        Self { id: report.next_id, shown_vnd, amount, day: today.to_string() }
    }

    /// Returns the form with the figures as they are by now. What was typed was sent: it stays while it can still be owed.
    fn renewed(self, report: &OwedReport) -> Self {
        let amount = amount::parse(self.amount.trim());
        let is_owed = amount.is_some_and(|amount| (0..=report.payable_vnd).contains(&amount.vnd()));
        let amount = if is_owed { self.amount } else { count_text(report.payable_vnd) };
        Self { id: report.next_id, shown_vnd: report.owed_vnd, amount, day: self.day }
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
pub async fn list(visit: Visit) -> Result<Response, Fault> {
    let list = load_list(&visit, (PRODUCERS_MOST, JOINTS_MOST)).await?;
    Ok(visit.answer(&list, |list| shell::page(&visit, &frame(&visit), page::list(visit.lang, list))))
}

/// The same as a file: all producers, and all settlements.
pub async fn download(visit: Visit, file: Download) -> Result<Response, Fault> {
    let list = load_list(&visit, (rows_asked(), rows_asked())).await?;
    file.answer(&visit, visit.lang.file_owed(), sheet::sheets(visit.lang, &list)).await
}

async fn load_list(visit: &Visit, (producers_most, joints_most): (i64, i64)) -> Result<OwedList, Fault> {
    let (app, scope) = (&visit.app, operator(visit)?);
    let owed = visit.ok(joint_settlements::list_owed(&app.db, scope, producers_most).await)?;
    let producers = owed.into_iter().map(|row| OwedProducer {
        producer_id: row.producer_id.uuid(),
        name: row.name,
        owed_vnd: row.owed.vnd().saturating_sub(row.on_its_way.vnd()),
        on_its_way_vnd: row.on_its_way.vnd(),
    });
    let joints = visit.ok(joints(app, scope, None, joints_most).await)?;
    Ok(OwedList { producers: producers.collect(), joints })
}

/// What they owe one, with the form to settle: a page, or the same as JSON.
#[utoipa::path(
    get, path = "/shops/producers/{producer}", tag = "reports",
    params(
        ("producer" = Uuid, Path, description = "the producer"),
        ("transfer" = Option<String>, Query, description = "of the page: how much its code for a bank's app is of"),
    ),
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
    Query(how_much): Query<HowMuch>,
) -> Result<Response, Fault> {
    let (report, account) = report(&app, &visit, read(&producer)?).await?;
    let today = local_date(app.clock.now_ms());
    let transfer = Transfer::of(&report, account.as_ref(), &how_much, today);
    let mut typed = Typed::new(&report, today);
    // What is sent by the code is what is then recorded.
    typed.amount = transfer.code.as_ref().map_or(typed.amount, |code| count_text(code.amount.vnd()));
    Ok(visit.answer(&report, |report| show(&visit, report, (&typed, None), &transfer)))
}

/// Settles for all stores; what was refused comes back as typed, with the figures as they are now.
pub async fn settle(
    State(app): State<App>,
    visit: Visit,
    Path(producer): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Fault> {
    let (scope, producer_id) = (operator(&visit)?, read(&producer)?);
    let wrong = match typed.read(producer_id) {
        Err(field) => field,
        Ok(wanted) => match joint_settling::settle(&app, (scope, &visit.user.login), &wanted).await {
            Ok(id) => return Ok(Redirect::to(&format!("/shops/joint/{id}")).into_response()),
            Err(Error::Refused(Refusal::Invalid { what, .. })) => what,
            Err(error) => return visit.ok(Err(error)),
        },
    };
    let (report, _) = report(&app, &visit, producer_id).await?;
    let typed = if wrong == "shown" { typed.renewed(&report) } else { typed };
    let page = show(&visit, &report, (&typed, Some(wrong)), &Transfer::refused(&report));
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

fn show(
    visit: &Visit,
    report: &OwedReport,
    form: (&Typed, Option<&str>),
    transfer: &Transfer,
) -> maud::Markup {
    shell::page(visit, &frame(visit), page::one(visit.lang, &visit.csrf, report, form, transfer))
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

async fn joints(
    app: &App,
    scope: OperatorScope,
    with: Option<ProducerId>,
    most: i64,
) -> Result<Vec<JointOfList>> {
    let found = joint_settlements::list(&app.db, Asker::Operator(scope), with, most).await?;
    Ok(found.into_iter().map(|joint| JointOfList::of(joint, "/shops")).collect())
}

/// A report, with the account that its transfers go to.
type Found = (OwedReport, Option<PayoutAccount>);

/// A producer whose goods none of the operator's stores had is none of the operator's business.
async fn report(app: &App, visit: &Visit, producer_id: ProducerId) -> Result<Found, Fault> {
    let scope = operator(visit)?;
    visit.ok(load(app, scope, producer_id).await)
}

async fn load(app: &App, scope: OperatorScope, producer_id: ProducerId) -> Result<Found> {
    let mut tx = app.db.begin_reading().await?;
    let stores = joint_settlements::list_owing_in(&mut tx, scope, producer_id).await?;
    let producer = producers::find_in(&mut tx, producer_id).await?;
    let kept = payout_accounts::find_in(&mut tx, scope, producer_id).await?;
    let next_id = next_in(&mut tx, scope, producer_id).await?;
    drop(tx);
    let producer = producer.filter(|_| !stores.is_empty()).ok_or(Error::NotFound("producer"))?;
    let owed: Vec<Money> = stores.iter().map(StoreOwes::left).collect();
    let report = OwedReport {
        producer_id: producer_id.uuid(),
        name: producer.name,
        owed_vnd: owed.iter().map(|owed| owed.vnd()).fold(0, i64::saturating_add),
        payable_vnd: payable(&owed).unwrap_or(Money::ZERO).vnd(),
        account: kept.as_ref().map(AccountOnFile::of),
        joints: joints(app, scope, Some(producer_id), JOINTS_MOST).await?,
        stores: stores.into_iter().map(StoreOfOwed::from).collect(),
        next_id,
    };
    Ok((report, kept.map(|kept| kept.account)))
}

impl From<StoreOwes> for StoreOfOwed {
    fn from(row: StoreOwes) -> Self {
        let (owed_vnd, on_its_way_vnd) = (row.left().vnd(), row.on_its_way.vnd());
        Self { store: row.store, owed_vnd, on_its_way_vnd, heard_at_ms: row.heard_at_ms }
    }
}
