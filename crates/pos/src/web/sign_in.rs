//! Signing in at a counter: a person, a PIN, which counter.

use axum::Json;
use axum::extract::{Form, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::{Deserialize, Serialize};
use tower_sessions::Session;
use utoipa::ToSchema;
use uuid::Uuid;
use web::csrf::CsrfToken;
use web::form::{csrf_field, pin_pad};
use web::fragment::{Tone, message};
use web::layout::{Page, Shape};
use web::password::Pin;
use web::words::WebTexts;
use web::{Fault, Lang};

use super::desk::name_of_store;
use super::error::{Trouble, fault};
use super::login;
use super::page_texts::PageTexts;
use super::texts::CounterTexts;
use super::visit::{Visit, Wanted};
use crate::counter::sign_in::{self, Refused};
use crate::db::cashiers::{self, Cashier};
use crate::db::store;
use crate::{App, training};

/// Counters of one store.
pub const COUNTERS_MAX: u8 = 9;
/// Under which name a browser remembers at which counter it stands.
const COUNTER_COOKIE: &str = "counter";

/// Who, with which PIN, at which counter.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    cashier_id: Uuid,
    /// Six digits.
    pin: String,
    /// From 1.
    counter: u8,
}

/// Who may sign in, and the token that the form needs.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SignInState {
    /// To be sent as `x-csrf`.
    csrf: String,
    /// Everybody on the list.
    people: Vec<Person>,
}

/// A person who may sign in.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Person {
    cashier_id: Uuid,
    name: String,
}

/// Who is signed in.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SignedInState {
    /// To be sent as `x-csrf` from now on.
    csrf: String,
    counter: String,
    cashier: String,
    manager: bool,
}

/// What the page shows.
struct Asked<'a> {
    people: &'a [Cashier],
    chosen: Option<Uuid>,
    counter: u8,
    error: Option<String>,
}

/// The sign-in page; before enrolment, what to do about that.
pub async fn page(
    State(app): State<App>,
    lang: Lang,
    headers: HeaderMap,
    session: Session,
) -> Result<Response, Fault> {
    // Whoever cannot practise with what is new today still can with what was there before.
    if let Err(error) = training::catch_up(&app).await {
        tracing::warn!(%error, "the till for practising stays as it was");
    }
    let people = cashiers::list_active(app.db().read()).await.map_err(|error| fault(&app, error))?;
    if Wanted::of(&headers) == Wanted::Json {
        let token = login::token(&session, app.clock()).await.map_err(|error| fault(&app, error))?;
        let people = people.into_iter().map(|p| Person { cashier_id: p.cashier_id, name: p.name }).collect();
        return Ok(Json(SignInState { csrf: token.as_str().to_owned(), people }).into_response());
    }
    let last = login::last(&session).await.map_err(|error| fault(&app, error))?;
    let only = (people.len() == 1).then(|| people[0].cashier_id);
    let asked = Asked { people: &people, chosen: last.or(only), counter: counter_of(&headers), error: None };
    door(&app, lang, &session, &asked).await
}

/// Lets somebody in, or says why not.
pub async fn submit(
    State(app): State<App>,
    lang: Lang,
    headers: HeaderMap,
    session: Session,
    Form(form): Form<SignIn>,
) -> Result<Response, Fault> {
    let wrong = |error: Trouble| fault(&app, error);
    let counter = form.counter.clamp(1, COUNTERS_MAX);
    // What has another shape is a wrong PIN like any other; it costs no hash.
    let outcome = match Pin::parse(&form.pin) {
        Ok(pin) => {
            let name = Lang::Vi.counter_no(counter);
            sign_in::sign_in(&app, form.cashier_id.into(), &pin, &name).await.map_err(|e| wrong(e.into()))?
        }
        Err(_) => Err(Refused::WrongPin),
    };
    let seat = match outcome {
        Ok(seat) => seat,
        Err(refused) => {
            return refuse(&app, lang, &headers, &session, (form.cashier_id, counter), refused).await;
        }
    };
    let token = login::begin(&session, &seat, app.clock()).await.map_err(wrong)?;
    tracing::info!(cashier_id = %seat.cashier_id, counter = seat.counter, "signed in");
    let mut response = match Wanted::of(&headers) {
        Wanted::Json => Json(SignedInState {
            csrf: token.as_str().to_owned(),
            counter: seat.counter,
            cashier: seat.cashier,
            manager: seat.manager,
        })
        .into_response(),
        Wanted::Markup => Redirect::to("/").into_response(),
    };
    let cookie = format!("{COUNTER_COOKIE}={counter}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Strict");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

async fn refuse(
    app: &App,
    lang: Lang,
    headers: &HeaderMap,
    session: &Session,
    (cashier_id, counter): (Uuid, u8),
    refused: Refused,
) -> Result<Response, Fault> {
    tracing::warn!(%cashier_id, counter, ?refused, "a sign-in was refused");
    let (status, code) = match refused {
        Refused::WrongPin => (StatusCode::UNAUTHORIZED, "wrong_pin"),
        Refused::Wait(_) => (StatusCode::TOO_MANY_REQUESTS, "wait"),
    };
    let words = |lang: Lang| match refused {
        Refused::WrongPin => lang.wrong_pin().to_owned(),
        Refused::Wait(seconds) => lang.wait_pin(seconds),
    };
    if Wanted::of(headers) == Wanted::Json {
        return Err(Fault::new(status, code, words));
    }
    let people = cashiers::list_active(app.db().read()).await.map_err(|error| fault(app, error))?;
    let asked = Asked { people: &people, chosen: Some(cashier_id), counter, error: Some(words(lang)) };
    let mut response = door(app, lang, session, &asked).await?;
    *response.status_mut() = status;
    Ok(response)
}

async fn door(app: &App, lang: Lang, session: &Session, asked: &Asked<'_>) -> Result<Response, Fault> {
    let token = login::token(session, app.clock()).await.map_err(|error| fault(app, error))?;
    let enrolled = store::find_store(app.db().read()).await.map_err(|error| fault(app, error))?.is_some();
    let name = name_of_store(app).await.map_err(|error| fault(app, error))?;
    let brand = if name.is_empty() { lang.product() } else { &name };
    let (title, main) = if !enrolled {
        (lang.enrol_title(), enrol(lang))
    } else if asked.people.is_empty() {
        (lang.no_cashiers_title(), no_cashiers(lang))
    } else {
        (lang.sign_in(), form(lang, &token, asked))
    };
    let page = Page {
        is_demo: !app.config().banner.is_empty(),
        is_training: app.config().is_training(),
        ..Page::new(lang, Shape::Door, brand, title)
    };
    Ok(page.with(main).into_response())
}

fn form(lang: Lang, token: &CsrfToken, asked: &Asked<'_>) -> Markup {
    html! {
        section.door.two {
            h2 { (lang.who_is_at_the_counter()) }
            @if let Some(error) = &asked.error { (message(Tone::Bad, error)) }
            form method="post" action="/sign-in" {
                (csrf_field(token))
                div { div.entry {
                    fieldset.people {
                        legend.hidden { (lang.choose_person()) }
                        @for person in asked.people {
                            label {
                                input type="radio" name="cashier_id" value=(person.cashier_id) required
                                    checked[asked.chosen == Some(person.cashier_id)];
                                span { (person.name) }
                            }
                        }
                    }
                    div.field {
                        label for="counter" { (lang.counter_choice()) }
                        select #counter name="counter" {
                            @for number in 1..=COUNTERS_MAX {
                                option value=(number) selected[number == asked.counter] { (lang.counter_no(number)) }
                            }
                        }
                    }
                } }
                div.entry { (pin_pad(lang)) button.primary { (lang.unlock()) } }
            }
        }
    }
}

fn enrol(lang: Lang) -> Markup {
    html! {
        section.door {
            h2 { (lang.enrol_title()) }
            p { (lang.enrol_first()) }
            p { (lang.enrol_second()) }
            p { code { "ocop-pos enrol" } }
            p { (lang.enrol_third()) }
            p { a.button href="/sign-in" { (lang.reload()) } }
        }
    }
}

fn no_cashiers(lang: Lang) -> Markup {
    html! {
        section.door {
            h2 { (lang.no_cashiers_title()) }
            p { (lang.no_cashiers()) }
            p { a.button href="/sign-in" { (lang.reload()) } }
        }
    }
}

/// Returns the counter at which this browser stood last, or 1.
fn counter_of(headers: &HeaderMap) -> u8 {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    cookies
        .flat_map(|value| value.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(COUNTER_COOKIE)?.strip_prefix('=')?.parse().ok())
        .filter(|number| (1..=COUNTERS_MAX).contains(number))
        .unwrap_or(1)
}

/// Returns the number of a counter by its name, or 1.
pub fn number_of(counter: &str) -> u8 {
    (1..=COUNTERS_MAX).find(|number| Lang::Vi.counter_no(*number) == counter).unwrap_or(1)
}

/// Ends the login at once.
pub async fn sign_out(visit: Visit, session: Session) -> Result<Response, Fault> {
    visit.ok(login::end(&session).await)?;
    tracing::info!(cashier_id = %visit.seat.cashier_id, counter = visit.seat.counter, "signed out");
    Ok(Redirect::to("/sign-in").into_response())
}
