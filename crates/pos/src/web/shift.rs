//! Opening and closing a shift.

use axum::extract::Form;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::Money;
use maud::{Markup, html};
use serde::Deserialize;
use time::{Date, Duration};
use utoipa::ToSchema;
use web::Fault;
use web::form::{Field, csrf_field};
use web::format::{count_text, date_text, datetime_text, local_date, local_time_text};

use super::page_texts::PageTexts;
use super::visit::{Visit, Wanted, check_op_id};
use super::{amount, desk, menu};
use crate::counter::shift::{self, ShiftState};
use crate::counter::{CounterState, Note};

/// Until then the night before may still be the business date.
const LATE: &str = "04:00";

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

/// Money in the drawer at the end.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseShift {
    /// Names this form; posting it twice closes one shift.
    op_id: String,
    /// As typed: `1.250.000`.
    counted: String,
}

/// The page: opens a shift, or closes the one that is open.
pub async fn page(visit: Visit) -> Result<Response, Fault> {
    let open = visit.ok(shift::load(&visit.app, &visit.seat).await)?;
    if visit.wanted == Wanted::Json {
        return Ok(axum::Json(open).into_response());
    }
    match open {
        Some(open) => show(&visit, close_form(&visit, &open, &CloseShift::default(), false)).await,
        None => show(&visit, open_form(&visit, &OpenShift::default(), None)).await,
    }
}

async fn show(visit: &Visit, main: Markup) -> Result<Response, Fault> {
    desk::page(visit, "/shift", super::texts::CounterTexts::shift(visit.lang), main).await
}

/// Opens a shift.
pub async fn open(visit: Visit, Form(form): Form<OpenShift>) -> Result<Response, Fault> {
    let op_id = check_op_id(&form.op_id)?;
    let dates = business_dates(visit.app.clock().now_ms());
    let date = dates.iter().copied().find(|date| date.to_string() == form.business_date);
    let float = amount::parse(&form.float);
    let (Some(date), Some(float)) = (date, float) else {
        let wrong = if date.is_none() { "business_date" } else { "float" };
        return again(&visit, wrong, open_form(&visit, &form, Some(wrong))).await;
    };
    let state = visit.ok(shift::open(&visit.app, &visit.seat, &op_id, date, float).await)?;
    if state.note == Note::BadAmount {
        return again(&visit, "float", open_form(&visit, &form, Some("float"))).await;
    }
    done(&visit, state, "/")
}

/// Closes the open shift.
pub async fn close(visit: Visit, Form(form): Form<CloseShift>) -> Result<Response, Fault> {
    let op_id = check_op_id(&form.op_id)?;
    let counted = amount::parse(&form.counted);
    let state = match counted {
        Some(counted) => visit.ok(shift::close(&visit.app, &visit.seat, &op_id, counted).await)?,
        None => visit.state(Note::BadAmount).await?,
    };
    if state.note == Note::BadAmount
        && let Some(open) = visit.ok(shift::load(&visit.app, &visit.seat).await)?
    {
        return again(&visit, "counted", close_form(&visit, &open, &form, true)).await;
    }
    done(&visit, state, "/shift")
}

/// Leads on to another page, which tells what was done.
fn done(visit: &Visit, state: CounterState, to: &str) -> Result<Response, Fault> {
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

/// The business dates that a shift may be opened for: today, and before four in the morning the day before.
fn business_dates(now_ms: i64) -> Vec<Date> {
    let today = local_date(now_ms);
    let mut dates = vec![today];
    if local_time_text(now_ms).as_str() < LATE {
        dates.push(today - Duration::days(1));
    }
    dates
}

fn open_form(visit: &Visit, form: &OpenShift, wrong: Option<&str>) -> Markup {
    let lang = visit.lang;
    let dates = business_dates(visit.app.clock().now_ms());
    let error = |field: &str, words: &'static str| (wrong == Some(field)).then_some(words);
    html! {
        form.card.form method="post" action="/shift/open" {
            (csrf_field(&visit.csrf))
            input type="hidden" name="op_id" value=(op_id(visit, &form.op_id));
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
            @else { p.hint { (lang.business_date_hint()) } }
            }
            (Field { value: &form.float, error: error("float", lang.bad_amount()), hint: Some(lang.float_hint()),
                inputmode: "numeric", ..Field::new("float", lang.float()) }.render())
            div.actions {
                button.primary { (lang.open_shift()) }
                button form="sign-out" { (lang.sign_out()) }
            }
        }
        (menu::sign_out(&visit.csrf))
    }
}

/// The count is blind: what the drawer should hold is not told before.
fn close_form(visit: &Visit, open: &ShiftState, form: &CloseShift, wrong: bool) -> Markup {
    let lang = visit.lang;
    html! {
        section.card {
            dl.sums {
                dt { (lang.business_date()) } dd { (date_text(open.business_date)) }
                dt { (lang.shift_opened_at()) } dd { (datetime_text(open.opened_at_ms)) }
                dt { (lang.shift_float()) } dd { (Money::new(open.float_vnd)) }
                dt { (lang.shift_sales()) } dd { (count_text(open.sales)) }
            }
        }
        form.card.form method="post" action="/shift/close" {
            (csrf_field(&visit.csrf))
            input type="hidden" name="op_id" value=(op_id(visit, &form.op_id));
            h2.whole { (lang.close_shift()) }
            (Field { value: &form.counted, error: wrong.then_some(lang.bad_amount()), hint: Some(lang.counted_hint()),
                inputmode: "numeric", ..Field::new("counted", lang.counted()) }.render())
            p.hint.whole { (lang.counted_about()) " " (lang.open_cart_stays()) }
            div.actions {
                button.primary { (lang.close_shift()) }
                a.button href="/" { (lang.to_counter()) }
                button form="sign-out" { (lang.sign_out()) }
            }
        }
        (menu::sign_out(&visit.csrf))
    }
}

/// A form that comes back keeps its name: what it asks for is still done once at most.
fn op_id(visit: &Visit, posted: &str) -> String {
    if posted.is_empty() { visit.new_op_id() } else { posted.to_owned() }
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
