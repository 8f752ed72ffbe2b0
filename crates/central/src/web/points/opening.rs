//! The way on which a point opens: operator, store, people, goods, till, the day. What was done is read from what is there, so the
//! page goes on wherever somebody was called away, and each act that is sent again does nothing.

use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::StoreId;
use uuid::Uuid;
use web::Fault;
use web::format::local_date;
use web::password::Pin;

use super::detail::PointReport;
use super::edit::Pairs;
use super::opening_page::{self, Opening, TillOfOpening, Told};
use super::typed::Typed;
use super::words::refusal_words;
use super::{find, frame};
use crate::admin::points::Runner;
use crate::admin::{LEGAL_STATUSES, NewOperator, NewStore};
use crate::app::App;
use crate::db::product_list::{self, Picked};
use crate::db::{cashiers, operators, streams, users};
use crate::error::{Error, Refusal, Result as Found};
use crate::web::point_open_texts::PointOpenTexts;
use crate::web::shell;
use crate::web::stores::Nothing;
use crate::web::visit::Visit;
use crate::welcome;

/// What every store of the programme prints first, unless somebody writes it otherwise.
const RECEIPT_TITLE: &str = "ĐIỂM GIỚI THIỆU VÀ BÁN SẢN PHẨM OCOP";
const RECEIPT_FOOTER: &str = "Cảm ơn quý khách!";

/// The page.
pub async fn get(State(app): State<App>, visit: Visit, Path(point): Path<String>) -> Result<Response, Fault> {
    let report = find(&app, &visit, &point).await?;
    let typed = first(&app, &visit);
    Ok(page(&app, &visit, &report, (&typed, &Told::Nothing)).await?.into_response())
}

fn first(app: &App, visit: &Visit) -> Typed {
    let today = local_date(app.clock.now_ms()).to_string();
    let values = [
        ("receipt_title", RECEIPT_TITLE.to_owned()),
        ("receipt_footer", RECEIPT_FOOTER.to_owned()),
        ("commission_tax", "0".to_owned()),
        ("on", today),
    ];
    Typed::with(visit.lang, values)
}

async fn page(
    app: &App,
    visit: &Visit,
    report: &PointReport,
    (typed, told): (&Typed, &Told),
) -> Result<maud::Markup, Fault> {
    let opening = visit.ok(load(app, report).await)?;
    let main = opening_page::page(visit.lang, &visit.csrf, (report, &opening), (typed, told));
    Ok(shell::page(visit, &frame(visit, ""), main))
}

async fn load(app: &App, report: &PointReport) -> Found<Opening> {
    let all = operators::list(&app.db).await?;
    let picked = Picked { status: Some("active"), ..Picked::default() };
    let people = match report.operator_id {
        Some(id) => users::list_of_operator(&app.db, id.into()).await?,
        None => Vec::new(),
    };
    let store: Option<StoreId> = report.store_id.map(Into::into);
    let managers = match store {
        Some(id) => cashiers::list(&mut app.db.begin_reading().await?, id).await?,
        None => Vec::new(),
    };
    let devices = match store {
        Some(_) => streams::list(&app.db, store).await?,
        None => Vec::new(),
    };
    let managers = managers.into_iter().filter(|each| each.role == "manager" && each.is_active);
    Ok(Opening {
        operators: all.into_iter().map(|each| (each.id.to_string(), each.name)).collect(),
        managers: managers.map(|each| each.name).collect(),
        logins: people.into_iter().map(|user| user.login).collect(),
        product_count: product_list::count(&app.db, &picked, local_date(app.clock.now_ms())).await?,
        tills: devices
            .into_iter()
            .map(|each| TillOfOpening {
                name: each.device,
                fingerprint: each.fingerprint,
                is_approved: each.status == streams::Status::Approved,
                waits: each.status == streams::Status::Held,
            })
            .collect(),
    })
}

/// What was typed wrong comes back.
async fn wrong(app: &App, visit: &Visit, report: &PointReport, typed: &Typed) -> Result<Response, Fault> {
    let page = page(app, visit, report, (typed, &Told::Nothing)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

fn go_on(report: &PointReport) -> Response {
    Redirect::to(&format!("/points/{}/open", report.point_id)).into_response()
}

/// Says who runs the point.
pub async fn operator(
    State(app): State<App>,
    visit: Visit,
    Path(point): Path<String>,
    Form(pairs): Pairs,
) -> Result<Response, Fault> {
    let report = find(&app, &visit, &point).await?;
    let mut typed = Typed::read(visit.lang, pairs)?;
    let Some(runner) = read_runner(&visit, &mut typed) else {
        return wrong(&app, &visit, &report, &typed).await;
    };
    visit.ok(visit.admin().give_point_operator(report.point_id.into(), &runner).await)?;
    Ok(go_on(&report))
}

fn read_runner(visit: &Visit, typed: &mut Typed) -> Option<Runner> {
    if let Ok(id) = Uuid::try_parse(typed.get("operator_id")) {
        return Some(Runner::Known(id.into()));
    }
    if typed.get("operator_name").trim().is_empty() {
        typed.refuse("operator_id", visit.lang.open_operator_choose());
        return None;
    }
    let one_of = |code: &str| LEGAL_STATUSES.contains(&code).then(|| code.to_owned());
    let name = typed.needed("operator_name");
    let legal_status = typed.choice("operator_legal", one_of);
    let tax_number = typed.optional("operator_tax");
    let commission_tax = typed.percent("commission_tax");
    let (Some(legal_status), Some(commission_tax), true) = (legal_status, commission_tax, typed.is_right())
    else {
        return None;
    };
    Some(Runner::New(NewOperator { name, legal_status, tax_number, commission_tax }))
}

/// Makes the till's side of the point.
pub async fn store(
    State(app): State<App>,
    visit: Visit,
    Path(point): Path<String>,
    Form(pairs): Pairs,
) -> Result<Response, Fault> {
    let report = find(&app, &visit, &point).await?;
    let mut typed = Typed::read(visit.lang, pairs)?;
    let operator_id = report.operator_id.ok_or_else(Fault::not_found)?.into();
    let new = NewStore {
        operator_id,
        code: typed.needed("code").to_uppercase(),
        name: report.name.clone(),
        receipt_title: typed.needed("receipt_title"),
        receipt_footer: typed.optional("receipt_footer"),
        address: report.address.clone(),
        commune: report.commune.clone(),
        phone: typed.optional("phone"),
        bank_bin: typed.optional("bank_bin"),
        bank_account: typed.optional("bank_account"),
    };
    if typed.is_right() {
        match visit.admin().give_point_store(report.point_id.into(), &new).await {
            Ok(_) => return Ok(go_on(&report)),
            Err(Error::Refused(Refusal::Taken { .. })) => typed.refuse("code", visit.lang.open_code_taken()),
            Err(Error::Refused(_)) => typed.refuse("code", visit.lang.open_wrong_code()),
            Err(error) => return visit.ok(Err(error)),
        }
    }
    wrong(&app, &visit, &report, &typed).await
}

/// Adds the first manager of the till, who types the PIN.
pub async fn manager(
    State(app): State<App>,
    visit: Visit,
    Path(point): Path<String>,
    Form(pairs): Pairs,
) -> Result<Response, Fault> {
    let report = find(&app, &visit, &point).await?;
    let store = report.store_id.ok_or_else(Fault::not_found)?.into();
    let mut typed = Typed::read(visit.lang, pairs)?;
    let name = typed.needed("manager_name");
    let pin = typed.get("pin").to_owned();
    if Pin::choose(&pin).is_err() {
        typed.refuse("pin", visit.lang.open_pin_wrong());
    } else if typed.get("pin_again") != pin {
        typed.refuse("pin_again", visit.lang.open_pin_differs());
    }
    if !typed.is_right() {
        return wrong(&app, &visit, &report, &typed).await;
    }
    visit.ok(visit.admin().give_first_manager(store, &name, &pin).await)?;
    Ok(go_on(&report))
}

/// Makes a link by which a person of the operator chooses a password; it is shown this once.
pub async fn login(
    State(app): State<App>,
    visit: Visit,
    Path(point): Path<String>,
    Form(pairs): Pairs,
) -> Result<Response, Fault> {
    let report = find(&app, &visit, &point).await?;
    let operator = report.operator_id.ok_or_else(Fault::not_found)?.into();
    let mut typed = Typed::read(visit.lang, pairs)?;
    let (login, name) = (typed.needed("login").to_lowercase(), typed.needed("person"));
    if login.contains(char::is_whitespace) {
        typed.refuse("login", visit.lang.open_login_hint());
    }
    if typed.is_right() {
        match visit.admin().give_operator_person(operator, &login, &name).await {
            Ok(user) => {
                let link = visit.ok(welcome::make_link(&app, &visit.user.login, user).await)?;
                let told = (&first(&app, &visit), &Told::Link { login, link });
                return Ok(page(&app, &visit, &report, told).await?.into_response());
            }
            Err(Error::Refused(_)) => typed.refuse("login", visit.lang.open_login_taken()),
            Err(error) => return visit.ok(Err(error)),
        }
    }
    wrong(&app, &visit, &report, &typed).await
}

/// Issues a one-time code for the till, and shows it once.
pub async fn code(
    State(app): State<App>,
    visit: Visit,
    Path(point): Path<String>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, Fault> {
    let report = find(&app, &visit, &point).await?;
    let store = report.store_id.ok_or_else(Fault::not_found)?.into();
    let code = visit.ok(visit.admin().issue_code(store).await)?;
    let told = (&first(&app, &visit), &Told::Code(code));
    Ok(page(&app, &visit, &report, told).await?.into_response())
}

/// Opens the point.
pub async fn finish(
    State(app): State<App>,
    visit: Visit,
    Path(point): Path<String>,
    Form(pairs): Pairs,
) -> Result<Response, Fault> {
    let report = find(&app, &visit, &point).await?;
    let mut typed = Typed::read(visit.lang, pairs)?;
    let on = typed.day_until("on", local_date(app.clock.now_ms()));
    let is_ready = visit.ok(load(&app, &report).await)?.is_ready(&report);
    if !is_ready {
        typed.refuse("on", visit.lang.open_wait());
    }
    if let (Some(on), true) = (on, is_ready) {
        match visit.admin().open_point(report.point_id.into(), on).await {
            Ok(()) => {
                return Ok(Redirect::to(&format!("/points/{}?done=opened", report.point_id)).into_response());
            }
            Err(Error::Refused(Refusal::Step(why))) => typed.refuse("on", refusal_words(visit.lang, why).1),
            Err(error) => return visit.ok(Err(error)),
        }
    }
    wrong(&app, &visit, &report, &typed).await
}
