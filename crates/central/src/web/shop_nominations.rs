//! What the department nominates for an operator's stores, made for a phone: each store accepts, or declines and says why.

use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::nomination::{Answer, NominationRefusal};
use maud::{Markup, html};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use web::csrf::CsrfToken;
use web::form::csrf_field;
use web::format::datetime_text;
use web::fragment::{Tone, message};
use web::{Fault, Lang};

use super::nomination_texts::NominationTexts;
use super::nominations::words::answer_chip;
use super::shell::{self, Frame, Place};
use super::texts::CentralTexts;
use super::visit::Visit;
use crate::app::App;
use crate::db::nominations::{self, Asked};
use crate::db::users::{OperatorScope, Scope};
use crate::error::{Error, Refusal};
use crate::nominating::{self, REASON_MAX};

/// The page's address.
pub const ADDRESS: &str = "/shops/nominations";

/// What an operator's stores are asked to take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AskedReport {
    /// Those that wait for an answer first, then the latest; at most 500.
    pub nominations: Vec<AskedOfStore>,
}

/// A product that one store is asked to take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AskedOfStore {
    /// The nomination.
    pub nomination_id: Uuid,
    /// The product.
    pub product_id: Uuid,
    /// The shops' own code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// Whose goods.
    pub producer: Option<String>,
    /// Why it is nominated.
    pub why: String,
    /// What trade says.
    pub said: String,
    /// The store.
    pub store_id: Uuid,
    /// Its name.
    pub store: String,
    /// `waiting`, `accepted` or `declined`.
    pub answer: String,
    /// Why.
    pub reason: String,
    /// When, UTC milliseconds.
    pub answered_at_ms: Option<i64>,
}

impl From<Asked> for AskedOfStore {
    fn from(row: Asked) -> Self {
        Self {
            nomination_id: row.nomination_id,
            product_id: row.product_id,
            code: row.sku,
            name: row.name,
            unit: row.unit,
            producer: row.producer,
            why: row.why,
            said: row.words,
            store_id: row.store_id,
            store: row.store,
            answer: row.answer,
            reason: row.reason,
            answered_at_ms: row.answered_at_ms,
        }
    }
}

/// What just happened.
#[derive(Debug, Default, Deserialize)]
pub struct AskedQuery {
    done: Option<String>,
}

/// The page, or the same as JSON.
#[utoipa::path(
    get, path = "/shops/nominations", tag = "reports",
    responses(
        (status = 200, description = "the report; JSON by `Accept: application/json`", body = AskedReport),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not an operator"),
    ),
)]
pub async fn get(
    State(app): State<App>,
    visit: Visit,
    Query(query): Query<AskedQuery>,
) -> Result<Response, Fault> {
    let report = load(&app, &visit).await?;
    let told = query.done.map(|_| (Tone::Good, visit.lang.asked_saved()));
    Ok(visit.answer(&report, |report| show(&visit, report, told)))
}

async fn load(app: &App, visit: &Visit) -> Result<AskedReport, Fault> {
    let asked = visit.ok(nominations::list_asked(&app.db, operator(visit)?).await)?;
    Ok(AskedReport { nominations: asked.into_iter().map(Into::into).collect() })
}

fn operator(visit: &Visit) -> Result<OperatorScope, Fault> {
    match visit.user.scope() {
        Scope::Operator(scope) => Ok(scope),
        _ => Err(Fault::forbidden()),
    }
}

/// An answer as its form posts it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Typed {
    answer: String,
    #[serde(default)]
    reason: String,
}

/// Writes what a store says.
pub async fn answer(
    State(app): State<App>,
    visit: Visit,
    Path((nomination, store)): Path<(String, String)>,
    Form(typed): Form<Typed>,
) -> Result<Response, Fault> {
    let scope = operator(&visit)?;
    let parsed = |text: &str| Uuid::try_parse(text).map_err(|_| Fault::not_found());
    let to = (parsed(&nomination)?, parsed(&store)?.into());
    let next = Answer::from_code(&typed.answer);
    let next = next.ok_or_else(|| Fault::for_status(StatusCode::UNPROCESSABLE_ENTITY))?;
    match nominating::answer(&app, (scope, &visit.user.login), to, (next, &typed.reason)).await {
        Ok(()) => Ok(Redirect::to(&format!("{ADDRESS}?done=yes")).into_response()),
        Err(Error::Refused(refusal @ (Refusal::Nomination(_) | Refusal::Invalid { .. }))) => {
            let told = match refusal {
                Refusal::Nomination(NominationRefusal::NotOnSale) => visit.lang.step_not_on_sale(),
                _ => visit.lang.step_no_words(),
            };
            let report = load(&app, &visit).await?;
            let page = show(&visit, &report, Some((Tone::Bad, told)));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(error) => visit.ok(Err(error)),
    }
}

fn show(visit: &Visit, report: &AskedReport, told: Option<(Tone, &str)>) -> Markup {
    let frame = Frame { place: Place::ShopNominations, brand: visit.lang.brand(), query: "" };
    let main = html! { (main(visit.lang, &visit.csrf, report, told)) (shell::leave(visit)) };
    shell::page(visit, &frame, main)
}

/// The main part.
pub fn main(lang: Lang, csrf: &CsrfToken, report: &AskedReport, told: Option<(Tone, &str)>) -> Markup {
    html! {
        @if let Some((tone, words)) = told { (message(tone, words)) }
        p.mute { (lang.asked_about()) }
        @if report.nominations.is_empty() { section.card { p { (lang.asked_none()) } } }
        @for asked in &report.nominations { (card(lang, csrf, asked)) }
    }
}

fn card(lang: Lang, csrf: &CsrfToken, asked: &AskedOfStore) -> Markup {
    let mut about = vec![asked.code.as_str(), asked.unit.as_str()];
    about.extend(asked.producer.as_deref());
    html! {
        section.card {
            h2 { (asked.name) }
            p { (lang.asked_why(&asked.why)) }
            @if !asked.said.is_empty() { p { (lang.asked_words(&asked.said)) } }
            p {
                (answer_chip(lang, &asked.answer))
                @if let Some(at_ms) = asked.answered_at_ms { " " span.mute { (datetime_text(at_ms)) } }
            }
            @if !asked.reason.is_empty() { p { (asked.reason) } }
            p.mute { (about.join(" · ")) " · " (lang.asked_for(&asked.store)) }
            @if asked.answer == Answer::Waiting.code() { (acts(lang, csrf, asked)) }
            @else { details { summary { (lang.asked_change()) } (acts(lang, csrf, asked)) } }
        }
    }
}

fn acts(lang: Lang, csrf: &CsrfToken, asked: &AskedOfStore) -> Markup {
    let at = format!("{ADDRESS}/{}/{}", asked.nomination_id, asked.store_id);
    let why = format!("why-{}-{}", asked.nomination_id, asked.store_id);
    html! {
        div.actions {
            @if asked.answer != Answer::Accepted.code() {
                form method="post" action=(at) {
                    (csrf_field(csrf))
                    button.primary name="answer" value="accepted" aria-label={ (lang.asked_accept()) ": " (asked.name) } { (lang.asked_accept()) }
                }
            }
            @if asked.answer != Answer::Declined.code() {
                details.ending {
                    summary aria-label={ (lang.asked_decline()) ": " (asked.name) } { (lang.asked_decline()) }
                    form method="post" action=(at) {
                        (csrf_field(csrf))
                        input type="hidden" name="answer" value="declined";
                        div.field { label for=(why) { (lang.asked_decline_why()) } input id=(why) name="reason" type="text" required maxlength=(REASON_MAX) autocomplete="off"; }
                        button.danger { (lang.asked_decline()) }
                    }
                }
            }
        }
    }
}
