//! Opening and closing a shift. Closing takes two steps, since it cannot be undone: count, then answer one question.

use axum::extract::Form;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::Money;
use domain::business_day::LATE_MINUTE;
use maud::{Markup, html};
use serde::Deserialize;
use time::{Date, Duration};
use utoipa::ToSchema;
use web::Fault;
use web::form::{Field, csrf_field};
use web::format::{count_text, date_text, datetime_text, local_date, local_minute};
use web::fragment::{Tone, message};

use super::drawer_count::CloseShift;
use super::drawer_texts::DrawerTexts;
use super::holding_texts::HoldingTexts;
use super::own_pin::OWN_PIN;
use super::page_texts::PageTexts;
use super::people_texts::PeopleTexts;
use super::visit::{Visit, Wanted, check_op_id};
use super::{chips, desk, drawer_count, drawer_report, menu};
use crate::counter::shift::{self, ShiftState};
use crate::counter::{CounterState, Note, business_day};
use crate::db::shifts;
use web::amount;

/// Closed shifts on the page.
const LISTED_MAX: i64 = 10;

/// Money in the drawer at the beginning.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenShift {
    /// Names this form; posting it twice opens one shift.
    op_id: String,
    /// `2026-11-23`.
    business_date: String,
    /// As typed: `500.000`.
    float: String,
}

/// The page: opens a shift, or closes the one that is open.
pub async fn page(visit: Visit) -> Result<Response, Fault> {
    let open = visit.ok(shift::load(&visit.app, &visit.seat).await)?;
    if visit.wanted == Wanted::Json {
        return Ok(axum::Json(open).into_response());
    }
    let main = match open {
        Some(open) => counting(&visit, &open, &CloseShift::default(), None),
        None => open_form(&visit, &OpenShift::default(), None).await?,
    };
    show(&visit, html! { (main) (closed(&visit).await?) }).await
}

async fn show(visit: &Visit, main: Markup) -> Result<Response, Fault> {
    let main = html! {
        (main)
        p { a href=(OWN_PIN) { (visit.lang.to_own_pin()) } }
        (menu::sign_out(&visit.csrf))
    };
    desk::page(visit, "/shift", super::texts::CounterTexts::shift(visit.lang), main).await
}

/// Opens a shift.
pub async fn open(visit: Visit, Form(form): Form<OpenShift>) -> Result<Response, Fault> {
    let op_id = check_op_id(&form.op_id)?;
    let dates = business_dates(visit.app.clock_watch().likely_ms(visit.app.clock()));
    let date = dates.iter().copied().find(|date| date.to_string() == form.business_date);
    let float = amount::parse(&form.float);
    let (Some(date), Some(float)) = (date, float) else {
        let wrong = if date.is_none() { "business_date" } else { "float" };
        return again(&visit, wrong, open_form(&visit, &form, Some(wrong)).await?).await;
    };
    let state = visit.ok(shift::open(&visit.app, &visit.seat, &op_id, date, float).await)?;
    if state.note == Note::BadAmount {
        return again(&visit, "float", open_form(&visit, &form, Some("float")).await?).await;
    }
    done(&visit, state, "/")
}

/// Shows what was counted, and asks the one question. Nothing is changed by it.
pub async fn count(visit: Visit, Form(form): Form<CloseShift>) -> Result<Response, Fault> {
    let Some(open) = visit.ok(shift::load(&visit.app, &visit.seat).await)? else {
        return done(&visit, visit.state(Note::NoShift).await?, "/shift");
    };
    if form.is_of_another(&open) {
        return done(&visit, visit.state(Note::OtherShift).await?, "/shift");
    }
    if form.is_back() {
        return show(&visit, counting(&visit, &open, &form, None)).await;
    }
    match form.closing(visit.lang) {
        Err(wrong) if !drawer_count::is_asked_last(wrong) => {
            again(&visit, wrong, counting(&visit, &open, &form, Some(wrong))).await
        }
        _ if visit.wanted == Wanted::Json => Ok(axum::Json(open).into_response()),
        _ => show(&visit, asking(&visit, &open, &form, None)).await,
    }
}

/// Closes the open shift.
pub async fn close(visit: Visit, Form(form): Form<CloseShift>) -> Result<Response, Fault> {
    let op_id = check_op_id(form.op_id())?;
    let closing = match form.closing(visit.lang) {
        Ok(closing) => closing,
        Err(wrong) => return refuse(&visit, &form, wrong, Note::BadField { field: wrong.to_owned() }).await,
    };
    let state = visit.ok(shift::close(&visit.app, &visit.seat, &op_id, closing).await)?;
    match state.note {
        Note::BadAmount => refuse(&visit, &form, "counted", state.note).await,
        Note::EmptyDrawer => refuse(&visit, &form, "is_empty", state.note).await,
        Note::ShiftClosed { .. } => {
            let to = newest_report(&visit).await?;
            done(&visit, state, &to)
        }
        _ => done(&visit, state, "/shift"),
    }
}

/// Shows the step again that has the wrong field.
async fn refuse(visit: &Visit, form: &CloseShift, wrong: &str, note: Note) -> Result<Response, Fault> {
    if visit.wanted == Wanted::Json {
        let state = visit.state(note).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, axum::Json(state)).into_response());
    }
    let Some(open) = visit.ok(shift::load(&visit.app, &visit.seat).await)? else {
        return done(visit, visit.state(Note::NoShift).await?, "/shift");
    };
    let main = if drawer_count::is_asked_last(wrong) {
        asking(visit, &open, form, Some(wrong))
    } else {
        counting(visit, &open, form, Some(wrong))
    };
    again(visit, wrong, main).await
}

async fn newest_report(visit: &Visit) -> Result<String, Fault> {
    let reader = visit.app.db().read();
    let newest = visit.ok(shifts::list_closed(reader, Some(&visit.seat.counter), 1).await)?;
    Ok(newest.first().map_or("/shift".to_owned(), |shift| drawer_report::address(shift.shift_id)))
}

/// Leads on to another page, which tells what was done.
pub(super) fn done(visit: &Visit, state: CounterState, to: &str) -> Result<Response, Fault> {
    if visit.wanted == Wanted::Json {
        return Ok(axum::Json(state).into_response());
    }
    visit.site.leave_note(&visit.seat.counter, state.note);
    Ok(Redirect::to(to).into_response())
}

/// Gives a form back filled in, with what is wrong in it.
async fn again(visit: &Visit, field: &str, main: Markup) -> Result<Response, Fault> {
    let note = Note::BadField { field: field.to_owned() };
    if visit.wanted == Wanted::Json {
        let state = visit.state(note).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, axum::Json(state)).into_response());
    }
    let mut response = show(visit, main).await?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

/// The business dates that a shift may be opened for, by the time that also ends them: today, and before four in the morning the day before.
fn business_dates(now_ms: i64) -> Vec<Date> {
    let today = local_date(now_ms);
    let mut dates = vec![today];
    if local_minute(now_ms) < LATE_MINUTE {
        dates.push(today - Duration::days(1));
    }
    dates
}

async fn open_form(visit: &Visit, form: &OpenShift, wrong: Option<&str>) -> Result<Markup, Fault> {
    let lang = visit.lang;
    let dates = business_dates(visit.app.clock_watch().likely_ms(visit.app.clock()));
    let begins_rates = visit.ok(business_day::begins_rates(&visit.app, dates[0]).await)?;
    let error = |field: &str, words: &'static str| (wrong == Some(field)).then_some(words);
    // The day is offered by the clock, so here above all a wrong one is told.
    let clock = visit.app.clock_watch().state(visit.app.clock());
    Ok(html! {
        form.card.form method="post" action="/shift/open" {
            (csrf_field(&visit.csrf))
            input type="hidden" name="op_id" value=(visit.op_id_of(&form.op_id));
            h2.whole { (lang.open_shift()) }
            div.field {
            fieldset.people {
                legend { (lang.business_date()) }
                @for (index, date) in dates.iter().enumerate() {
                    label {
                        input type="radio" name="business_date" value=(date) required checked[dates.len() == 1 || form.business_date == date.to_string()];
                        span { (if index == 0 { lang.today() } else { lang.yesterday() }) " · " strong { (date_text(*date)) } }
                    }
                }
            }
            @if let Some(error) = error("business_date", lang.bad_date()) { p.error { (error) } }
            @else if let Some(wrong) = chips::clock_sentence(lang, clock) { p.error { (wrong) } }
            @else { p.hint { (lang.business_date_hint()) } }
            @if begins_rates { (message(Tone::Warn, &lang.day_begins_rates(date_text(dates[0])))) }
            }
            (Field { value: &form.float, error: error("float", PageTexts::bad_amount(lang)), hint: Some(lang.float_hint()),
                inputmode: "numeric", is_amount: true, has_focus: dates.len() == 1, ..Field::new("float", lang.float()) }.render())
            div.actions {
                button.primary { (lang.open_shift()) }
                a.button href="/drawer" { (lang.open_drawer()) }
                button form="sign-out" { (lang.sign_out()) }
            }
        }
    })
}

/// The open shift beside the form that counts its drawer.
fn counting(visit: &Visit, open: &ShiftState, form: &CloseShift, wrong: Option<&str>) -> Markup {
    beside(visit, open, &drawer_count::form(visit, open, form, wrong))
}

/// The open shift beside the question that ends it.
fn asking(visit: &Visit, open: &ShiftState, form: &CloseShift, wrong: Option<&str>) -> Markup {
    beside(visit, open, &drawer_count::question(visit, form, wrong))
}

fn beside(visit: &Visit, open: &ShiftState, form: &Markup) -> Markup {
    let lang = visit.lang;
    html! {
        div.columns {
            section.card {
                h2 { (lang.shift_open()) }
                (sums(visit, open))
                p.actions {
                    a.button href="/shift/report" { (lang.x_report()) }
                    a.button href="/drawer" { (lang.move_cash()) }
                    a.button href="/" { (lang.to_counter()) }
                    button form="sign-out" { (lang.sign_out()) }
                }
            }
            (form)
        }
    }
}

fn sums(visit: &Visit, open: &ShiftState) -> Markup {
    let lang = visit.lang;
    html! {
        dl.sums {
            dt { (lang.business_date()) } dd { (date_text(open.business_date)) }
            dt { (lang.shift_opened_at()) } dd { (datetime_text(open.opened_at_ms)) }
            dt { (lang.shift_float()) } dd { (Money::new(open.float_vnd)) }
            dt { (lang.shift_sales()) } dd { (count_text(open.sales)) }
            @if let Some(expected_vnd) = open.expected_vnd { dt { (lang.expected()) } dd { strong { (Money::new(expected_vnd)) } } }
        }
    }
}

/// The newest closed shifts: of this counter, and for a manager of all.
async fn closed(visit: &Visit) -> Result<Markup, Fault> {
    let lang = visit.lang;
    let counter = (!visit.seat.manager).then_some(visit.seat.counter.as_str());
    let list = visit.ok(shifts::list_closed(visit.app.db().read(), counter, LISTED_MAX).await)?;
    Ok(html! {
        @if !list.is_empty() {
            section.card {
                h2 { (lang.closed_shifts()) }
                div.table { table {
                    thead { tr {
                        th { (lang.closed_at()) } th { (super::texts::CounterTexts::counter_choice(lang)) }
                        th.n { (lang.counted()) } th { (lang.difference()) } th { (lang.z_report()) }
                    } }
                    tbody { @for shift in &list { tr {
                        td { (datetime_text(shift.closed_at_ms)) }
                        td { (shift.counter) }
                        td.n { (Money::new(shift.counted_vnd)) }
                        td { (drawer_report::difference(lang, shift.over_vnd)) }
                        td { a href=(drawer_report::address(shift.shift_id)) { (lang.z_report()) } }
                    } } }
                } }
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::business_dates;

    #[test]
    fn the_night_before_may_be_chosen_until_four_in_the_morning() {
        // 01/10/2026 at 20:59 and 21:00 UTC: 03:59 and 04:00 of the next day in Vietnam.
        let texts = |now_ms| business_dates(now_ms).iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(texts(1_790_888_340_000), ["2026-10-02", "2026-10-01"]);
        assert_eq!(texts(1_790_888_400_000), ["2026-10-02"]);
    }
}
