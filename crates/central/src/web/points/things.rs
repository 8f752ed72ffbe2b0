//! Forms of what a point has and what it cost.

use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use uuid::Uuid;
use web::form::{Field, csrf_field, select};
use web::format::local_date;
use web::{Fault, Lang};

use super::detail::PointReport;
use super::edit::Pairs;
use super::pieces::{Act, Wrong};
use super::typed::Typed;
use super::words::{cost_words, equipment_words};
use super::{find, frame, id_of, parsed, show};
use crate::admin::points::NOTE_MAX;
use crate::admin::points::{COST_KINDS, EQUIPMENT_KINDS, ITEMS_MAX, VND_MAX};
use crate::admin::{NewCost, NewEquipment};
use crate::app::App;
use crate::web::point_file_texts::PointFileTexts;
use crate::web::point_texts::PointTexts;
use crate::web::shell;
use crate::web::stores::Nothing;
use crate::web::visit::Visit;

/// The form for a sign or equipment.
pub async fn new_equipment(
    State(app): State<App>,
    visit: Visit,
    Path(point): Path<String>,
) -> Result<Response, Fault> {
    let report = find(&app, &visit, &point).await?;
    let values = [("id", app.clock.new_uuid().to_string()), ("item_count", "1".to_owned())];
    let typed = Typed::with(visit.lang, values);
    Ok(page(&visit, &report, "equipment/new", equipment_form(visit.lang, &typed)).into_response())
}

/// Enters a sign or equipment; what was typed wrong comes back.
pub async fn add_equipment(
    State(app): State<App>,
    visit: Visit,
    Path(point): Path<String>,
    Form(pairs): Pairs,
) -> Result<Response, Fault> {
    let report = find(&app, &visit, &point).await?;
    let mut typed = Typed::read(visit.lang, pairs)?;
    let new = read_equipment(&mut typed, app.clock.new_uuid())?;
    if let Some(new) = new {
        visit.ok(visit.admin().add_point_equipment(report.point_id.into(), &new).await)?;
        return Ok(Redirect::to(&format!("/points/{}?done=thing", report.point_id)).into_response());
    }
    let page = page(&visit, &report, "equipment/new", equipment_form(visit.lang, &typed));
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

fn read_equipment(typed: &mut Typed, drawn: Uuid) -> Result<Option<NewEquipment>, Fault> {
    let id = if typed.get("id").is_empty() { drawn } else { parsed(typed.get("id"))? };
    let one_of = |code: &str| EQUIPMENT_KINDS.contains(&code).then(|| code.to_owned());
    let (kind, item_count) = (typed.choice("kind", one_of), typed.count("item_count", (1, ITEMS_MAX)));
    let name = typed.needed("name");
    let value = typed.optional_vnd("value", VND_MAX);
    let (funding, paper_number) = (typed.optional("funding"), typed.optional("paper_number"));
    let handed_on = typed.optional_day("handed_on");
    let (Some(kind), Some(item_count), true) = (kind, item_count, typed.is_right()) else { return Ok(None) };
    Ok(Some(NewEquipment { id, kind, name, item_count, value, funding, paper_number, handed_on }))
}

fn equipment_form(lang: Lang, typed: &Typed) -> Markup {
    let kinds = EQUIPMENT_KINDS.map(|code| (code, equipment_words(lang, code)));
    html! {
        h2.whole { (lang.equipment_add()) }
        input type="hidden" name="id" value=(typed.get("id"));
        (select("kind", lang.equipment_kind(), &kinds, typed.get("kind"), typed.error("kind")))
        (Field { has_focus: true, is_required: true, hint: Some(lang.equipment_name_hint()), ..typed.field("name", lang.equipment_name()) }.render())
        (Field { inputmode: "numeric", is_required: true, ..typed.field("item_count", lang.equipment_count()) }.render())
        (Field { inputmode: "numeric", hint: Some(lang.equipment_value_hint()), ..typed.field("value", lang.equipment_value()) }.render())
        (typed.field("funding", lang.equipment_funding()).render())
        (typed.field("paper_number", lang.equipment_paper()).render())
        (Field { kind: "date", ..typed.field("handed_on", lang.equipment_handed()) }.render())
    }
}

/// Says since when a sign or equipment is gone, and why.
pub async fn end_equipment(
    State(app): State<App>,
    visit: Visit,
    Path((point, piece)): Path<(String, String)>,
    Form(pairs): Pairs,
) -> Result<Response, Fault> {
    let (id, piece) = (id_of(&point)?, parsed(&piece)?);
    let mut typed = Typed::read(visit.lang, pairs)?;
    let on = typed.day_until("on", local_date(app.clock.now_ms()));
    let note = typed.words("note", NOTE_MAX);
    let (Some(on), true) = (on, typed.is_right()) else {
        let wrong = Wrong { equipment_id: piece, act: Act::Gone, typed: &typed };
        return came_back(&app, &visit, &point, wrong).await;
    };
    visit.ok(visit.admin().end_point_equipment(id, piece, on, &note).await)?;
    Ok(Redirect::to(&format!("/points/{id}?done=thing")).into_response())
}

/// Withdraws a sign or equipment that was entered by mistake.
pub async fn withdraw_equipment(
    State(app): State<App>,
    visit: Visit,
    Path((point, piece)): Path<(String, String)>,
    Form(pairs): Pairs,
) -> Result<Response, Fault> {
    let (id, piece) = (id_of(&point)?, parsed(&piece)?);
    let mut typed = Typed::read(visit.lang, pairs)?;
    let note = typed.words("note", NOTE_MAX);
    if note.is_empty() {
        typed.refuse("note", visit.lang.step_no_note());
    }
    if !typed.is_right() {
        let wrong = Wrong { equipment_id: piece, act: Act::Withdrawn, typed: &typed };
        return came_back(&app, &visit, &point, wrong).await;
    }
    visit.ok(visit.admin().withdraw_point_equipment(id, piece, &note).await)?;
    Ok(Redirect::to(&format!("/points/{id}?done=thing")).into_response())
}

/// The file once more, with the form below one of its things as it was typed.
async fn came_back(app: &App, visit: &Visit, point: &str, wrong: Wrong<'_>) -> Result<Response, Fault> {
    let report = find(app, visit, point).await?;
    if report.equipment.iter().all(|each| each.equipment_id != wrong.equipment_id) {
        return Err(Fault::not_found());
    }
    let step = Typed::with(visit.lang, [("on", local_date(app.clock.now_ms()).to_string())]);
    let page = show(visit, &report, &step, None, Some(&wrong));
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// The form for money that was spent.
pub async fn new_cost(
    State(app): State<App>,
    visit: Visit,
    Path(point): Path<String>,
) -> Result<Response, Fault> {
    let report = find(&app, &visit, &point).await?;
    let today = local_date(app.clock.now_ms());
    let values = [("id", app.clock.new_uuid().to_string()), ("spent_on", today.to_string())];
    let typed = Typed::with(visit.lang, values);
    Ok(page(&visit, &report, "costs/new", cost_form(visit.lang, &typed)).into_response())
}

/// Enters money that was spent; what was typed wrong comes back.
pub async fn add_cost(
    State(app): State<App>,
    visit: Visit,
    Path(point): Path<String>,
    Form(pairs): Pairs,
) -> Result<Response, Fault> {
    let report = find(&app, &visit, &point).await?;
    let mut typed = Typed::read(visit.lang, pairs)?;
    if let Some(new) = read_cost(&app, &mut typed)? {
        visit.ok(visit.admin().add_point_cost(report.point_id.into(), &new).await)?;
        return Ok(Redirect::to(&format!("/points/{}?done=thing", report.point_id)).into_response());
    }
    let page = page(&visit, &report, "costs/new", cost_form(visit.lang, &typed));
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

fn read_cost(app: &App, typed: &mut Typed) -> Result<Option<NewCost>, Fault> {
    let id = if typed.get("id").is_empty() { app.clock.new_uuid() } else { parsed(typed.get("id"))? };
    let one_of = |code: &str| COST_KINDS.contains(&code).then(|| code.to_owned());
    let (kind, amount) = (typed.choice("kind", one_of), typed.vnd("amount", VND_MAX));
    let spent_on = typed.day_until("spent_on", local_date(app.clock.now_ms()));
    let (funding, paper) = (typed.optional("funding"), typed.optional("paper"));
    let note = typed.words("note", NOTE_MAX);
    let all = (kind, amount, spent_on, typed.is_right());
    let (Some(kind), Some(amount), Some(spent_on), true) = all else { return Ok(None) };
    Ok(Some(NewCost { id, kind, amount, spent_on, funding, paper, note }))
}

fn cost_form(lang: Lang, typed: &Typed) -> Markup {
    let kinds = COST_KINDS.map(|code| (code, cost_words(lang, code)));
    html! {
        h2.whole { (lang.cost_add()) }
        input type="hidden" name="id" value=(typed.get("id"));
        (select("kind", lang.cost_kind(), &kinds, typed.get("kind"), typed.error("kind")))
        (Field { has_focus: true, is_required: true, inputmode: "numeric", hint: Some(lang.cost_amount_hint()), ..typed.field("amount", lang.cost_amount()) }.render())
        (Field { kind: "date", is_required: true, ..typed.field("spent_on", lang.cost_on()) }.render())
        (typed.field("funding", lang.equipment_funding()).render())
        (typed.field("paper", lang.cost_paper()).render())
        (typed.field("note", lang.cost_note()).render())
    }
}

/// Withdraws money that was entered by mistake.
pub async fn withdraw_cost(
    visit: Visit,
    Path((point, cost)): Path<(String, String)>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, Fault> {
    let id = id_of(&point)?;
    visit.ok(visit.admin().withdraw_point_cost(id, parsed(&cost)?).await)?;
    Ok(Redirect::to(&format!("/points/{id}?done=thing")).into_response())
}

/// A form of a point's file around its fields.
fn page(visit: &Visit, report: &PointReport, ending: &str, fields: Markup) -> Markup {
    let lang = visit.lang;
    let point = format!("/points/{}", report.point_id);
    let main = html! {
        form.card.form method="post" action={ (point) "/" (ending) } {
            (csrf_field(&visit.csrf))
            p.mute.whole { (report.name) }
            (fields)
            div.actions { button.primary { (lang.thing_save()) } a.button href=(point) { (lang.back()) } }
        }
    };
    shell::page(visit, &frame(visit, ""), main)
}
