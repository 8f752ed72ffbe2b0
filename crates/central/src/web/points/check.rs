//! A check of a point: an answer to each criterion of the decision in force.

use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use web::csrf::CsrfToken;
use web::form::{Field, csrf_field};
use web::format::local_date;
use web::{Fault, Lang};

use super::detail::{self, CriteriaOfPoint, CriterionOfPoint, PointReport};
use super::edit::Pairs;
use super::typed::Typed;
use super::words::answer_words;
use super::{find, frame, parsed};
use crate::admin::NewCheck;
use crate::admin::points::{ANSWERS, NOTE_MAX};
use crate::app::App;
use crate::web::point_file_texts::PointFileTexts;
use crate::web::point_texts::PointTexts;
use crate::web::shell;
use crate::web::visit::Visit;

/// The form, with what the latest check says.
pub async fn form(
    State(app): State<App>,
    visit: Visit,
    Path(point): Path<String>,
) -> Result<Response, Fault> {
    let report = find(&app, &visit, &point).await?;
    let by = report.criteria_in_force.as_ref().ok_or_else(Fault::not_found)?;
    let (id, today) = (app.clock.new_uuid().to_string(), local_date(app.clock.now_ms()).to_string());
    let typed = begun(visit.lang, by, [("id", id.as_str()), ("on", today.as_str())])?;
    Ok(framed(&visit, &report, by, &typed).into_response())
}

/// The form as it begins: some fields, and what the latest check by these criteria says.
fn begun<'a>(
    lang: Lang,
    by: &CriteriaOfPoint,
    fields: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<Typed, Fault> {
    let fields = fields.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned()));
    let mut values: Vec<(String, String)> = fields.collect();
    for each in &by.criteria {
        let said = each.answer.clone().unwrap_or_else(|| ANSWERS[2].to_owned());
        values.push((answer_field(each.criterion_no), said));
        values.push((note_field(each.criterion_no), each.note.clone()));
    }
    Typed::read(lang, values)
}

/// Records a check by the criteria of its day; what was typed wrong, or answered by others, comes back.
pub async fn record(
    State(app): State<App>,
    visit: Visit,
    Path(point): Path<String>,
    Form(pairs): Pairs,
) -> Result<Response, Fault> {
    let report = find(&app, &visit, &point).await?;
    let (mut typed, today) = (Typed::read(visit.lang, pairs)?, local_date(app.clock.now_ms()));
    let checked_on = typed.day_until("on", today);
    let then = detail::criteria_on(&app.db, report.point_id.into(), checked_on.unwrap_or(today)).await;
    let then = visit.ok(then)?;
    if then.is_none() {
        typed.refuse("on", visit.lang.check_no_criteria());
    }
    let by = then.or_else(|| report.criteria_in_force.clone()).ok_or_else(Fault::not_found)?;
    if typed.get("set") != by.set_id.to_string() {
        typed = anew(&by, &typed)?;
    }
    let note = typed.words("note", NOTE_MAX);
    let answers = read_answers(&mut typed, &by);
    let (Some(checked_on), true) = (checked_on, typed.is_right()) else {
        let page = framed(&visit, &report, &by, &typed);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let id = if typed.get("id").is_empty() { app.clock.new_uuid() } else { parsed(typed.get("id"))? };
    let new = NewCheck { id, set_id: by.set_id, checked_on, note, answers };
    visit.ok(visit.admin().check_point(report.point_id.into(), &new).await)?;
    Ok(Redirect::to(&format!("/points/{}?done=check", report.point_id)).into_response())
}

/// What was answered by other criteria says nothing of these, which are in force on the day: they are asked, and the day and the remarks
/// stay.
fn anew(by: &CriteriaOfPoint, typed: &Typed) -> Result<Typed, Fault> {
    let kept = ["id", "on", "note"].map(|name| (name, typed.get(name)));
    let mut next = begun(typed.lang(), by, kept)?;
    let other = typed.lang().check_other_criteria(&by.decision);
    next.refuse("on", typed.error("on").unwrap_or(&other));
    Ok(next)
}

/// Reads what is said of each criterion; nothing at all is that nobody knows.
fn read_answers(typed: &mut Typed, by: &CriteriaOfPoint) -> Vec<(i64, String, String)> {
    let one_of = |code: &str| match code {
        "" => Some(ANSWERS[2].to_owned()),
        code => ANSWERS.contains(&code).then(|| code.to_owned()),
    };
    let mut answers = Vec::new();
    for each in &by.criteria {
        let answer = typed.choice(&answer_field(each.criterion_no), one_of).unwrap_or_default();
        let note = typed.words(&note_field(each.criterion_no), NOTE_MAX);
        answers.push((each.criterion_no, answer, note));
    }
    answers
}

fn answer_field(number: i64) -> String {
    format!("answer-{number}")
}

fn note_field(number: i64) -> String {
    format!("note-{number}")
}

fn framed(visit: &Visit, report: &PointReport, by: &CriteriaOfPoint, typed: &Typed) -> Markup {
    let main = page(visit.lang, &visit.csrf, report, (by, typed));
    shell::page(visit, &frame(visit, ""), main)
}

/// The form.
pub fn page(
    lang: Lang,
    csrf: &CsrfToken,
    report: &PointReport,
    (by, typed): (&CriteriaOfPoint, &Typed),
) -> Markup {
    let point = format!("/points/{}", report.point_id);
    html! {
        form.card method="post" action={ (point) "/check" } {
            (csrf_field(csrf))
            h2 { (lang.check_title(&report.name)) }
            p.mute { (lang.criteria_of_decision(&by.decision, web::format::date_text(by.in_force_from))) }
            input type="hidden" name="id" value=(typed.get("id"));
            input type="hidden" name="set" value=(by.set_id);
            @for each in &by.criteria { (criterion(lang, each, typed)) }
            div.form {
                (Field { kind: "date", is_required: true, ..typed.field("on", lang.check_on()) }.render())
                (typed.field("note", lang.check_note()).render())
                div.actions { button.primary { (lang.check_save()) } a.button href=(point) { (lang.back()) } }
            }
        }
    }
}

fn criterion(lang: Lang, each: &CriterionOfPoint, typed: &Typed) -> Markup {
    let (answer, note) = (answer_field(each.criterion_no), note_field(each.criterion_no));
    let (block, text) = match lang {
        Lang::Vi => (&each.block_vi, &each.text_vi),
        Lang::En => (&each.block_en, &each.text_en),
    };
    html! {
        fieldset.criterion {
            legend { @if !block.is_empty() { span.mute { (block) ": " } } (text) }
            @if let Some(error) = typed.error(&answer) { div { p.error { span aria-hidden="true" { "✕ " } (error) } } }
            div.answers {
                @for code in ANSWERS {
                    label.tick {
                        input type="radio" name=(answer) value=(code) checked[typed.get(&answer) == code];
                        span { (answer_words(lang, code).1) }
                    }
                }
            }
            (typed.field(&note, lang.check_answer_note()).render())
        }
    }
}
