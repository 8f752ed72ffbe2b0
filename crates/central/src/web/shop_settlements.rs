//! The settlements of an operator's stores: what producers say of them, what the operator answers, and signatures on paper.

pub mod page;
pub mod sheet;

use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::Markup;
use serde::{Deserialize, Serialize};
use time::Date;
use time::macros::format_description;
use utoipa::ToSchema;
use uuid::Uuid;
use web::Fault;
use web::format::local_date;

use super::lists::ROWS;
use super::producer::moves::{self, MovesQuery, MovesReport};
use super::producer::settlement::papers::{self, PaperAddress};
use super::producer::settlement::report::{self, SettlementReport};
use super::producer::settlement::{Address, read, row_of};
use super::producer::settlements::PaperOfReport;
use super::producer::talk_texts::TalkTexts;
use super::sheet_file::Download;
use super::shell::{self, Frame, Place};
use super::texts::CentralTexts;
use super::visit::Visit;
use super::workbook::rows_asked;
use crate::answers::Standing;
use crate::app::App;
use crate::db::joint_settlements::Asker;
use crate::db::settlement_words::Kind;
use crate::db::settlements::{self, Listed, Paper, PaperId};
use crate::db::users::{OperatorScope, Scope};
use crate::error::{Error, Refusal};
use crate::replies;
use page::{Typed, View};

/// The list's address.
pub const ADDRESS: &str = "/shops/settlements";
/// Where the addresses of an operator's settlements begin.
const ROOT: &str = "/shops";
/// Disputes that are counted.
const DISPUTES_MOST: i64 = 200;
const DAY_MS: i64 = 86_400_000;
/// What an address says of a form that was sent before with something else in it.
pub const NOT_TAKEN: &str = "not_taken";

/// The settlements of an operator's stores.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ShopSettlements {
    /// A page of those with a dispute that waits for an answer, then of the latest.
    pub settlements: Vec<ShopSettlement>,
    /// For the page behind: the field `after` of its address.
    pub page_after: Option<String>,
}

/// A settlement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ShopSettlement {
    /// What the list says of it.
    pub paper: PaperOfReport,
    /// For how many days a dispute has waited for the operator's answer; none where none waits.
    pub disputed_days: Option<i64>,
}

impl ShopSettlement {
    fn of(paper: Paper, app: &App, now_ms: i64) -> Self {
        let since_ms = paper.said.disputed_at_ms;
        let paper = PaperOfReport::of(paper, ROOT, now_ms, &app.config.settlements);
        let waits = paper.standing == Some(Standing::Disputed);
        let days = since_ms.filter(|_| waits).map(|since_ms| now_ms.saturating_sub(since_ms) / DAY_MS);
        Self { paper, disputed_days: days }
    }
}

/// Returns for how many days each dispute has waited for an operator's answer.
///
/// # Errors
/// When the database fails.
pub async fn list_disputed_days(app: &App, scope: OperatorScope) -> crate::Result<Vec<i64>> {
    // They are the first ones of the list.
    let found = settlements::list_of_operator(&app.db, scope, None, DISPUTES_MOST).await?;
    let now_ms = app.clock.now_ms();
    let days = |paper| ShopSettlement::of(paper, app, now_ms).disputed_days;
    Ok(found.into_iter().filter_map(days).collect())
}

async fn load(app: &App, scope: OperatorScope, after: Option<Listed>) -> crate::Result<ShopSettlements> {
    let most = i64::try_from(ROWS).unwrap_or(i64::MAX);
    let mut found = settlements::list_of_operator(&app.db, scope, after, most.saturating_add(1)).await?;
    let is_more = found.len() > ROWS;
    found.truncate(ROWS);
    let page_after =
        found.last().filter(|_| is_more).map(|last| format!("{}/{}", last.id.stream, last.id.seq));
    let now_ms = app.clock.now_ms();
    let settlements = found.into_iter().map(|paper| ShopSettlement::of(paper, app, now_ms)).collect();
    Ok(ShopSettlements { settlements, page_after })
}

/// Where a page of the list begins.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct ListQuery {
    /// Journal and entry of the settlement behind which it does: `…/122`.
    pub after: String,
}

impl ListQuery {
    fn read(&self) -> Result<Option<PaperId>, Fault> {
        if self.after.is_empty() {
            return Ok(None);
        }
        let (stream, seq) = self.after.split_once('/').ok_or_else(Fault::not_found)?;
        read(&Address { stream: stream.to_owned(), seq: seq.to_owned() }).map(Some)
    }
}

/// The settlements of an operator's stores: a page, or the same as JSON.
#[utoipa::path(
    get, path = "/shops/settlements", tag = "reports", params(ListQuery),
    responses(
        (status = 200, description = "the settlements; JSON by `Accept: application/json`", body = ShopSettlements),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not an operator"),
        (status = 404, description = "a page that begins at no settlement of this operator"),
    ),
)]
pub async fn list(
    State(app): State<App>,
    visit: Visit,
    Query(query): Query<ListQuery>,
) -> Result<Response, Fault> {
    let scope = operator(&visit)?;
    let after = match query.read()? {
        Some(id) => {
            Some(visit.ok(settlements::find_listed(&app.db, scope, id).await)?.ok_or_else(Fault::not_found)?)
        }
        None => None,
    };
    let list = visit.ok(load(&app, scope, after).await)?;
    Ok(visit.answer(&list, |list| framed(&visit, page::list(visit.lang, list, after.is_some()))))
}

/// The same settlements, all of them, as a file.
pub async fn download(State(app): State<App>, visit: Visit, file: Download) -> Result<Response, Fault> {
    let found = settlements::list_of_operator(&app.db, operator(&visit)?, None, rows_asked()).await;
    let now_ms = app.clock.now_ms();
    let all: Vec<_> =
        visit.ok(found)?.into_iter().map(|paper| ShopSettlement::of(paper, &app, now_ms)).collect();
    file.answer(&visit, visit.lang.file_shop_settlements(), vec![sheet::sheet(visit.lang, &all)]).await
}

/// What just happened.
#[derive(Debug, Default, Deserialize)]
pub struct Done {
    done: Option<String>,
}

/// A settlement with what both sides say: a page, or the same as JSON.
#[utoipa::path(
    get, path = "/shops/settlements/{stream}/{seq}", tag = "reports",
    params(
        ("stream" = String, Path, description = "the journal"),
        ("seq" = String, Path, description = "its entry"),
    ),
    responses(
        (status = 200, description = "the settlement; JSON by `Accept: application/json`", body = SettlementReport),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not an operator"),
        (status = 404, description = "no such settlement of this operator"),
    ),
)]
pub async fn one(
    State(app): State<App>,
    visit: Visit,
    Path(address): Path<Address>,
    Query(query): Query<Done>,
) -> Result<Response, Fault> {
    let report = find(&app, &visit, &address).await?;
    let typed = Typed { done: query.done, ..Typed::new(&app) };
    Ok(visit.answer(&report, |report| show(&visit, report, &typed)))
}

/// The moves behind a settlement: a page, or the same as JSON.
#[utoipa::path(
    get, path = "/shops/settlements/{stream}/{seq}/moves", tag = "reports",
    params(
        ("stream" = String, Path, description = "the journal"),
        ("seq" = String, Path, description = "its entry"),
        MovesQuery,
    ),
    responses(
        (status = 200, description = "the moves; JSON by `Accept: application/json`", body = MovesReport),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not an operator"),
        (status = 404, description = "no such settlement of this operator"),
    ),
)]
pub async fn moves(
    State(app): State<App>,
    visit: Visit,
    Path(address): Path<Address>,
    Query(query): Query<MovesQuery>,
) -> Result<Response, Fault> {
    let asker = Asker::Operator(operator(&visit)?);
    let (id, wanted) = (read(&address)?, query.read()?);
    let report = visit.ok(moves::load(&app, asker, (id, wanted)).await)?;
    let back = format!("{ADDRESS}/{}", address.text());
    let listing = query.listing(wanted, Some(&back));
    Ok(visit.answer(&report, |report| framed(&visit, moves::main(visit.lang, report, &listing))))
}

/// An answer as its form posts it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReplyForm {
    id: Uuid,
    product: String,
    outcome: String,
    words: String,
}

/// Keeps what the operator answers to a disputed row; without words the page says so.
pub async fn reply(
    State(app): State<App>,
    visit: Visit,
    Path(address): Path<Address>,
    Form(form): Form<ReplyForm>,
) -> Result<Response, Fault> {
    let kind = match form.outcome.as_str() {
        "as_told" => Kind::AsTold,
        "next_one" => Kind::NextOne,
        _ => return Err(Fault::for_status(StatusCode::UNPROCESSABLE_ENTITY)),
    };
    let said = (row_of(&form.product)?, kind, form.words.as_str());
    let who = (operator(&visit)?, visit.user.login.as_str());
    match replies::reply(&app, who, read(&address)?, said, form.id).await {
        Err(Error::Refused(Refusal::Invalid { what, .. })) => {
            let ReplyForm { product, outcome, words, .. } = form;
            let typed = Typed { wrong: Some(what), product, outcome, words, ..Typed::new(&app) };
            wrong(&app, &visit, &address, &typed).await
        }
        Err(Error::Refused(Refusal::SaidOtherwise)) => Ok(leads_to(&address, NOT_TAKEN)),
        said => visit.ok(said).map(|()| leads_to(&address, "replied")),
    }
}

/// A signature on paper as its form posts it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignForm {
    id: Uuid,
    signer: String,
    day: String,
}

/// Records that the producer signed on paper; what was refused comes back as typed.
pub async fn sign(
    State(app): State<App>,
    visit: Visit,
    Path(address): Path<Address>,
    Form(form): Form<SignForm>,
) -> Result<Response, Fault> {
    let who = (operator(&visit)?, visit.user.login.as_str());
    let field = match Date::parse(form.day.trim(), format_description!("[year]-[month]-[day]")) {
        Err(_) => "day",
        Ok(day) => match replies::sign(&app, who, read(&address)?, (&form.signer, day), form.id).await {
            Err(Error::Refused(Refusal::Invalid { what, .. })) => what,
            Err(Error::Refused(Refusal::SaidOtherwise)) => return Ok(leads_to(&address, NOT_TAKEN)),
            said => return visit.ok(said).map(|()| leads_to(&address, "signed")),
        },
    };
    let typed = Typed { wrong: Some(field), signer: form.signer, day: form.day, ..Typed::new(&app) };
    wrong(&app, &visit, &address, &typed).await
}

/// Keeps a photograph or scan.
pub async fn bring(
    State(app): State<App>,
    visit: Visit,
    Path(address): Path<Address>,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Response, Fault> {
    let asker = Asker::Operator(operator(&visit)?);
    match papers::taken(visit.lang, form).await {
        Ok((op_id, scan)) => {
            let who = (asker, visit.user.login.as_str());
            visit.ok(replies::bring(&app, who, read(&address)?, scan, op_id).await)?;
            Ok(leads_to(&address, "attached"))
        }
        Err(words) => {
            let typed = Typed { wrong_file: Some(words), ..Typed::new(&app) };
            wrong(&app, &visit, &address, &typed).await
        }
    }
}

/// Gives a photograph or scan.
pub async fn give(
    State(app): State<App>,
    visit: Visit,
    Path(address): Path<PaperAddress>,
) -> Result<Response, Fault> {
    let (id, file) = address.read()?;
    let asker = Asker::Operator(operator(&visit)?);
    visit.ok(papers::find(&app, asker, id, file).await)?.ok_or_else(Fault::not_found)
}

impl Typed {
    /// Returns empty forms: signed today.
    fn new(app: &App) -> Self {
        let day = local_date(app.clock.now_ms()).to_string();
        Self { id: app.clock.new_uuid(), day, ..Self::default() }
    }
}

async fn wrong(app: &App, visit: &Visit, address: &Address, typed: &Typed) -> Result<Response, Fault> {
    let report = find(app, visit, address).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, show(visit, &report, typed)).into_response())
}

async fn find(app: &App, visit: &Visit, address: &Address) -> Result<SettlementReport, Fault> {
    let asker = Asker::Operator(operator(visit)?);
    visit.ok(report::load_for(app, (asker, ROOT), read(address)?).await)
}

fn leads_to(address: &Address, done: &str) -> Response {
    Redirect::to(&format!("{ADDRESS}/{}?done={done}", address.text())).into_response()
}

fn show(visit: &Visit, report: &SettlementReport, typed: &Typed) -> Markup {
    framed(visit, View { lang: visit.lang, csrf: &visit.csrf, report, typed }.render())
}

fn framed(visit: &Visit, main: Markup) -> Markup {
    let frame = Frame { place: Place::ShopSettlements, brand: visit.lang.brand(), query: "" };
    shell::page(visit, &frame, main)
}

fn operator(visit: &Visit) -> Result<OperatorScope, Fault> {
    match visit.user.scope() {
        Scope::Operator(scope) => Ok(scope),
        _ => Err(Fault::forbidden()),
    }
}
