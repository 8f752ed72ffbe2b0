//! Producers: the department reads who has goods in the catalogue, administrators add and correct them.

pub mod form;
pub mod key_texts;
pub mod keys;
pub mod page;
pub mod same;
pub mod sheet;

use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::ProducerId;
use serde::{Deserialize, Serialize};
use time::Duration;
use utoipa::ToSchema;
use uuid::Uuid;
use web::Fault;
use web::format::local_date;
use web::fragment::Tone;

use super::lists::{self, Cursor};
use super::places::saved_in;
use super::producer_list_texts::ProducerListTexts;
use super::products::detail;
use super::products::history;
use super::provisional::form::Choices as Groups;
use super::sheet_file::Download;
use super::shell::{self, Frame, Place};
use super::texts::CentralTexts;
use super::visit::{Visit, Who};
use super::workbook;
use crate::app::App;
use crate::db::producer_list::{self, Listed, Picked, Which};
use crate::db::producers::Producer;
use crate::db::{audit, keyset, places, producers, product_list, same_producers};
use crate::error::Error;
use form::Typed;
use same::SameQuery;

/// Days before the end of a recognition from which on it is counted.
pub const LAPSING_DAYS: i64 = 90;
/// The longest words that are looked for, in letters.
const WORDS_MAX: usize = 200;

/// What is asked for. Unknown names are left alone: messengers hang theirs on links that people send.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct ProducersQuery {
    /// Words of the name.
    pub q: String,
    /// The commune, as it is written.
    pub commune: String,
    /// `provisional` for those that stores added and nobody has looked at, `same` for those that are counted as another one.
    pub which: String,
    /// The id of the row behind which the page begins.
    pub after: String,
    /// The id of the row before which the page ends.
    pub before: String,
    /// A producer that was saved just now.
    pub saved: String,
}

impl ProducersQuery {
    fn read(&self) -> Result<Picked, Fault> {
        let wrong = || Fault::for_status(StatusCode::UNPROCESSABLE_ENTITY);
        let which = Which::from_code(&self.which).ok_or_else(wrong)?;
        if [&self.q, &self.commune].iter().any(|text| text.chars().count() > WORDS_MAX) {
            return Err(wrong());
        }
        let words = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        Ok(Picked { words: words(&self.q), commune: words(&self.commune), which })
    }

    /// Returns what stands behind the question mark, without the page.
    fn text(&self) -> String {
        lists::query_text(&[("q", &self.q), ("commune", &self.commune), ("which", &self.which)])
    }

    /// Returns the address of the same list of other producers.
    fn with_which(&self, which: &str) -> String {
        let other = Self { which: which.to_owned(), ..self.clone() };
        format!("/producers?{}", other.text()).trim_end_matches('?').to_owned()
    }

    /// Returns the address of the same as a file with this ending.
    fn href_with(&self, ending: &str) -> String {
        lists::href("/producers", ending, self.text(), None)
    }

    fn href(&self, field: &str, id: Uuid) -> String {
        lists::href("/producers", "", self.text(), Some((field, id)))
    }
}

/// Producers by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProducersReport {
    /// A page of those that are picked.
    pub producers: Vec<ProducerOfList>,
    /// How many are picked.
    pub producer_count: i64,
    /// For the page before: the field `before` of its address.
    pub page_before: Option<Uuid>,
    /// For the page behind: the field `after` of its address.
    pub page_after: Option<Uuid>,
}

/// A producer of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProducerOfList {
    /// The producer.
    pub producer_id: Uuid,
    /// Name.
    pub name: String,
    /// Commune, ward or special zone.
    pub commune: String,
    /// Telephone.
    pub phone: String,
    /// A store added it, and nobody has looked at it since.
    pub is_provisional: bool,
    /// The store that added it.
    pub store: Option<String>,
    /// The one that it is counted as; only of those that are asked for with `same`.
    pub same_as: Option<String>,
    /// Products on sale, with those of producers that are counted as it.
    pub product_count: i64,
    /// Products on sale of which a recognition ends within ninety days.
    pub lapsing_count: i64,
}

impl From<Listed> for ProducerOfList {
    fn from(row: Listed) -> Self {
        Self {
            producer_id: row.id.uuid(),
            name: row.name,
            commune: row.commune,
            phone: row.phone,
            is_provisional: row.is_provisional,
            store: row.store,
            same_as: row.same_as,
            product_count: row.product_count,
            lapsing_count: row.lapsing_count,
        }
    }
}

/// Producers: a page, or the same as JSON.
#[utoipa::path(
    get, path = "/producers", tag = "catalogue", params(ProducersQuery),
    responses(
        (status = 200, description = "producers by name; JSON by `Accept: application/json`", body = ProducersReport),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not for this role"),
        (status = 404, description = "a page that begins at no producer"),
        (status = 422, description = "a code in the query is unknown"),
    ),
)]
pub async fn get(
    State(app): State<App>,
    visit: Visit,
    Query(query): Query<ProducersQuery>,
) -> Result<Response, Fault> {
    let picked = query.read()?;
    let cursor = Cursor::read(Some(&query.after), Some(&query.before))?;
    let place = match cursor.id() {
        Some(id) => visit.ok(producer_list::find_place(&app.db, id).await)?,
        None => None,
    };
    let today = local_date(app.clock.now_ms());
    let days = (today, today.saturating_add(Duration::days(LAPSING_DAYS)));
    let from = cursor.at(place)?;
    let page = visit.ok(producer_list::page(&app.db, &picked, days, &from, lists::ROWS).await)?;
    let (first, last) =
        (page.rows.first().map(|row| row.id.uuid()), page.rows.last().map(|row| row.id.uuid()));
    let report = ProducersReport {
        producer_count: visit.ok(producer_list::count(&app.db, &picked).await)?,
        page_before: first.filter(|_| page.has_before),
        page_after: last.filter(|_| page.has_after),
        producers: page.rows.into_iter().map(Into::into).collect(),
    };
    let told = told(&app, &visit, &query).await?;
    let communes = visit.ok(product_list::list_communes(&app.db).await)?;
    let address = query.text();
    Ok(visit.answer(&report, |report| {
        let may_act = Who::TRADE.admits(visit.user.role);
        let view = page::View { lang: visit.lang, may_act, query: &query, communes: &communes, report, told };
        shell::page(&visit, &frame(&visit, &address), view.render())
    }))
}

/// The same producers, all of them, as a file.
pub async fn download(
    State(app): State<App>,
    visit: Visit,
    file: Download,
    Query(query): Query<ProducersQuery>,
) -> Result<Response, Fault> {
    let sheet = whole(&app, &visit, &query).await?;
    file.answer(&visit, visit.lang.file_producers(), vec![sheet]).await
}

async fn whole(app: &App, visit: &Visit, query: &ProducersQuery) -> Result<workbook::Sheet, Fault> {
    let picked = query.read()?;
    let today = local_date(app.clock.now_ms());
    let days = (today, today.saturating_add(Duration::days(LAPSING_DAYS)));
    // One more than the sheet takes, so that it can say that some are missing.
    let most = workbook::ROWS_MOST + 1;
    let page = visit.ok(producer_list::page(&app.db, &picked, days, &keyset::From::Start, most).await)?;
    Ok(sheet::sheet(visit.lang, page.rows.into_iter().map(Into::into).collect()))
}

async fn told(app: &App, visit: &Visit, query: &ProducersQuery) -> Result<Option<(Tone, String)>, Fault> {
    let Ok(id) = query.saved.parse::<ProducerId>() else { return Ok(None) };
    let Some(producer) = visit.ok(producers::find(&app.db, id).await)? else { return Ok(None) };
    let saved = visit.lang.producer_saved(producer.name);
    saved_in(app, visit, &producer.commune, saved).await.map(Some)
}

fn frame<'a>(visit: &Visit, query: &'a str) -> Frame<'a> {
    Frame { place: Place::Producers, brand: visit.lang.brand(), query }
}

/// The empty form for a new producer.
pub async fn new(State(app): State<App>, visit: Visit) -> Result<Response, Fault> {
    let typed = Typed::new(app.clock.new_uuid());
    Ok(show(&app, &visit, &typed, None, &SameQuery::default()).await?.into_response())
}

/// Adds a producer; what was typed wrong comes back.
pub async fn add(
    State(app): State<App>,
    visit: Visit,
    Form(mut typed): Form<Typed>,
) -> Result<Response, Fault> {
    // Who posts no id makes a producer of its own.
    if typed.id.is_empty() {
        typed.id = app.clock.new_uuid().to_string();
    }
    let id = parsed(&typed.id)?;
    let added = match visit.ok(typed.check(&app.db, visit.lang).await)? {
        Some(new) => Some(visit.admin().add_producer_as(id, &new).await),
        None => None,
    };
    answer(&app, &visit, added, (typed, None)).await
}

/// The form for a producer as it is, with what was done to it.
pub async fn edit(
    State(app): State<App>,
    visit: Visit,
    Path(producer): Path<String>,
    Query(same): Query<SameQuery>,
) -> Result<Response, Fault> {
    let id = parsed(&producer)?;
    let producer = visit.ok(producers::find(&app.db, id).await)?.ok_or_else(Fault::not_found)?;
    let page = show(&app, &visit, &Typed::of(&producer), Some((id, None)), &same).await?;
    Ok(page.into_response())
}

/// Shows a producer as it is; with the login that was typed for a link, and what is wrong with it.
async fn show_with(
    app: &App,
    visit: &Visit,
    producer: &Producer,
    wrong: Option<(&str, &str)>,
) -> Result<maud::Markup, Fault> {
    show(app, visit, &Typed::of(producer), Some((producer.id, wrong)), &SameQuery::default()).await
}

/// Writes a producer anew; what was typed wrong comes back.
pub async fn update(
    State(app): State<App>,
    visit: Visit,
    Path(producer): Path<String>,
    Form(mut typed): Form<Typed>,
) -> Result<Response, Fault> {
    let id: ProducerId = parsed(&producer)?;
    visit.ok(producers::find(&app.db, id).await)?.ok_or_else(Fault::not_found)?;
    typed.id = id.to_string();
    let updated = match visit.ok(typed.check(&app.db, visit.lang).await)? {
        Some(new) => Some(visit.admin().update_producer(id, &new).await),
        None => None,
    };
    answer(&app, &visit, updated, (typed, Some(id))).await
}

fn parsed(id: &str) -> Result<ProducerId, Fault> {
    id.parse().map_err(|_| Fault::not_found())
}

async fn answer(
    app: &App,
    visit: &Visit,
    done: Option<crate::Result<()>>,
    (mut typed, old): (Typed, Option<ProducerId>),
) -> Result<Response, Fault> {
    match done {
        Some(Ok(())) => return Ok(Redirect::to(&format!("/producers?saved={}", typed.id)).into_response()),
        Some(Err(Error::Refused(refusal))) => typed.refuse(visit.lang, &refusal),
        Some(Err(error)) => return visit.ok(Err(error)),
        None => {}
    }
    let page = show(app, visit, &typed, old.map(|id| (id, None)), &SameQuery::default()).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

async fn show(
    app: &App,
    visit: &Visit,
    typed: &Typed,
    old: Option<(ProducerId, Option<(&str, &str)>)>,
    same: &SameQuery,
) -> Result<maud::Markup, Fault> {
    // What is offered are the units of today; what stands there stays.
    let communes = visit.ok(places::list_names(&app.db, local_date(app.clock.now_ms())).await)?;
    let Some((id, wrong)) = old else {
        let main = form::page(visit.lang, &visit.csrf, typed, ("/producers/new", &communes, false));
        return Ok(shell::page(visit, &frame(visit, ""), main));
    };
    let is_provisional = visit.ok(producer_list::is_provisional(&app.db, id).await)?;
    let likely = same::likely(app, visit, id, &same.find).await?;
    let groups = visit.ok(Groups::load(&app.db, visit.lang).await)?.groups;
    let made_at_ms = visit.ok(keys::made_at_ms(app, id).await)?;
    // Last of all: whoever asks for a connection while holding another one may wait for itself.
    let mut tx = visit.ok(app.db.begin_reading().await)?;
    let acts = visit.ok(audit::list_of(&mut tx, &id.to_string(), detail::ACTS_MAX).await)?;
    let acts: Vec<_> = acts.into_iter().map(Into::into).collect();
    let sameness = visit.ok(same_producers::load(&mut tx, id).await)?;
    drop(tx);
    let SameQuery { find, is_refused } = same;
    let united =
        same::Card { producer_id: id, sameness: &sameness, likely: &likely, find, is_refused: *is_refused };
    let keys = keys::Keys { producer_id: id, made_at_ms, form_id: app.clock.new_uuid(), wrong };
    let action = format!("/producers/{id}/edit");
    let main = maud::html! {
        (form::page(visit.lang, &visit.csrf, typed, (&action, &communes, is_provisional)))
        (same::card(visit.lang, &visit.csrf, &united))
        // What a key opens tells what is owed, which is not the department's business.
        @if Who::Admin.admits(visit.user.role) { (keys::card(visit.lang, &visit.csrf, &keys)) }
        (history::card(visit.lang, &acts, detail::ACTS_MAX, &groups))
    };
    Ok(shell::page(visit, &frame(visit, ""), main))
}
