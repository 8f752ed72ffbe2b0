//! The kinds of papers: which groups of goods each is asked of, from which day on.

use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::dossier::HeldBy;
use maud::Markup;
use serde::Deserialize;
use web::Fault;
use web::format::local_date;

use super::kinds_page::{self, Kinds};
use super::kinds_sheet;
use super::{frame, may_act};
use crate::admin::NewPaperKind;
use crate::app::App;
use crate::db::dossiers::kinds;
use crate::error::{Error, Refusal, Result as Found};
use crate::web::paper_texts::PaperTexts;
use crate::web::points::edit::Pairs;
use crate::web::points::typed::Typed;
use crate::web::provisional::form::Choices as Groups;
use crate::web::sheet_file::Download;
use crate::web::shell;
use crate::web::stores::Nothing;
use crate::web::visit::Visit;

/// What just happened, or which kind is to be changed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct KindsQuery {
    done: String,
    change: String,
}

/// The page.
pub async fn get(
    State(app): State<App>,
    visit: Visit,
    Query(query): Query<KindsQuery>,
) -> Result<Response, Fault> {
    let kinds = visit.ok(load(&app, &visit).await)?;
    let typed = first(&visit, &kinds, &query.change);
    Ok(page(&visit, &kinds, &typed, !query.done.is_empty()).into_response())
}

/// The same kinds as a file.
pub async fn download(State(app): State<App>, visit: Visit, file: Download) -> Result<Response, Fault> {
    let kinds = visit.ok(load(&app, &visit).await)?;
    file.answer(&visit, visit.lang.file_kinds(), vec![kinds_sheet::sheet(visit.lang, &kinds)]).await
}

/// Writes a kind from a day on; what was typed wrong comes back.
pub async fn set(State(app): State<App>, visit: Visit, Form(pairs): Pairs) -> Result<Response, Fault> {
    let kinds = visit.ok(load(&app, &visit).await)?;
    let mut typed = Typed::read(visit.lang, pairs)?;
    if let Some(new) = read_kind(&kinds, &mut typed) {
        match visit.admin().set_paper_kind(&new).await {
            Ok(()) => return Ok(Redirect::to("/dossiers/kinds?done=yes").into_response()),
            Err(Error::Refused(Refusal::Invalid { what: "first day", .. })) => {
                typed.refuse("from", visit.lang.kinds_day_wrong());
            }
            Err(Error::Refused(Refusal::Taken { .. })) => typed.refuse("name_vi", visit.lang.kinds_taken()),
            Err(Error::Refused(_)) => typed.refuse("name_vi", visit.lang.kinds_refused()),
            Err(error) => return visit.ok(Err(error)),
        }
    }
    let page = page(&visit, &kinds, &typed, false);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// Ends a kind with today.
pub async fn end(
    State(app): State<App>,
    visit: Visit,
    Path(kind): Path<String>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, Fault> {
    visit.ok(visit.admin().end_paper_kind(&kind, local_date(app.clock.now_ms())).await)?;
    Ok(Redirect::to("/dossiers/kinds?done=yes").into_response())
}

fn read_kind(kinds: &Kinds, typed: &mut Typed) -> Option<NewPaperKind> {
    let code = Some(typed.get("code").to_owned()).filter(|code| !code.is_empty());
    let (name_vi, name_en) = (typed.needed("name_vi"), typed.optional("name_en"));
    let (source, valid_from) = (typed.optional("source"), typed.day("from"));
    let held_by = match &code {
        // Of one that is there it stays.
        Some(_) => Some(HeldBy::Product),
        None => typed.choice("held_by", HeldBy::from_code),
    };
    let ticked = kinds.groups.iter().filter(|(group, _)| !typed.get(&format!("asked-{group}")).is_empty());
    let asked_of = ticked.map(|(group, _)| group.clone()).collect();
    typed.is_right().then_some(())?;
    let (held_by, valid_from) = (held_by?, valid_from?);
    Some(NewPaperKind { code, name_vi, name_en, held_by, asked_of, valid_from, source })
}

/// The empty form, or that of a kind as it is.
fn first(visit: &Visit, kinds: &Kinds, change: &str) -> Typed {
    let mut values = vec![("from".to_owned(), kinds.today.to_string())];
    if let Some(kind) = kinds.all.iter().rev().find(|kind| !change.is_empty() && kind.code == change) {
        let text = [
            ("code", &kind.code),
            ("name_vi", &kind.name_vi),
            ("name_en", &kind.name_en),
            ("source", &kind.source),
        ];
        values.extend(text.map(|(name, value)| (name.to_owned(), value.clone())));
        let asked = kind.asked_of.split_ascii_whitespace();
        values.extend(asked.map(|group| (format!("asked-{group}"), "yes".to_owned())));
    }
    Typed::with(visit.lang, values.iter().map(|(name, value)| (name.as_str(), value.clone())))
}

fn page(visit: &Visit, kinds: &Kinds, typed: &Typed, is_saved: bool) -> Markup {
    let may_act = may_act(visit);
    let main = kinds_page::page(visit.lang, (&visit.csrf, may_act), (kinds, typed), is_saved);
    shell::page(visit, &frame(visit, ""), main)
}

async fn load(app: &App, visit: &Visit) -> Found<Kinds> {
    let all = kinds::list(&mut app.db.begin_reading().await?).await?;
    let groups = Groups::load(&app.db, visit.lang).await?.groups;
    Ok(Kinds { today: local_date(app.clock.now_ms()), all, groups })
}
