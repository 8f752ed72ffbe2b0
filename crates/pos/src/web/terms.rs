//! A producer's contract at the till: every version, which one holds, and making a new one without a network.

use axum::Json;
use axum::extract::{Form, Path};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::consignment::Terms;
use domain::contract::{EXPIRY_BEARER_USUAL, LOSS_BEARER_USUAL};
use domain::ids::ProducerId;
use maud::{Markup, html};
use serde::Serialize;
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;
use web::contract::clauses;
use web::form::csrf_field;
use web::format::{date_text, local_date};
use web::fragment::{Tone, chip, message};
use web::{Fault, Lang};

use super::approval::{self, Managers};
use super::contract_texts::TillContractTexts;
use super::drawer_count::language;
use super::producers::PRODUCERS;
use super::refund::{Opening, done};
use super::terms_end::{self, EndTerms};
use super::terms_form::{AgreeTerms, form};
use super::visit::{Visit, Wanted, check_op_id};
use super::{desk, papers};
use crate::counter::agreement::{self, Agreement, Version, agree};
use crate::counter::approval::Word;
use crate::counter::note::{Contracting, Level, Settling};
use crate::counter::{CounterState, Note};
use crate::db::producers;

/// Products to choose from.
const PRODUCTS_MAX: i64 = 500;

/// A producer's contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TermsState {
    /// The producer.
    pub producer_id: Uuid,
    /// Name.
    pub name: String,
    /// Every version, the latest first.
    pub versions: Vec<VersionState>,
}

/// A version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct VersionState {
    /// The version.
    pub terms_id: Uuid,
    /// The single product's name; none for all of them.
    pub product: Option<String>,
    /// First business date, `2026-11-23`.
    pub valid_from: String,
    /// It holds today.
    pub is_in_force: bool,
    /// It is to hold from a later day on.
    pub is_later: bool,
    /// A later one begins on the same day and holds instead.
    pub is_replaced: bool,
    /// It ended the contract for its goods, and no later version of them has begun.
    pub is_ended: bool,
    /// What it says, in the reader's language.
    pub clauses: Vec<String>,
    #[serde(skip)]
    pub(super) valid_from_text: String,
}

impl VersionState {
    /// Returns versions as a page of that day shows them; they come the latest first, so the first of a product's that has
    /// begun is the one that holds, or that ended all.
    pub fn list(versions: &[Version], today: Date, lang: Lang) -> Vec<Self> {
        let begun = |version: &Version| version.terms.valid_from <= today;
        let state = |(place, version): (usize, &Version)| {
            let before = versions.iter().take(place);
            let is_first = !before
                .filter(|other| begun(other))
                .any(|other| other.terms.product_id == version.terms.product_id);
            let (is_latest, ends) = (begun(version) && is_first, version.terms.clauses.ends);
            Self {
                terms_id: version.terms.id.uuid(),
                product: version.product.clone(),
                valid_from: version.terms.valid_from.to_string(),
                is_in_force: is_latest && !ends,
                is_later: !begun(version) && !version.is_replaced,
                is_replaced: version.is_replaced,
                is_ended: is_latest && ends,
                clauses: clauses(lang, &version.terms),
                valid_from_text: date_text(version.terms.valid_from),
            }
        };
        versions.iter().enumerate().map(state).collect()
    }
}

/// The page.
pub async fn page(visit: Visit, Path(producer_id): Path<Uuid>) -> Result<Response, Fault> {
    let state = load(&visit, producer_id.into()).await?;
    if visit.wanted == Wanted::Json {
        return Ok(Json(state).into_response());
    }
    let told = visit.site.take_note(&visit.seat.counter);
    let forms = (&begun(&visit, producer_id), &EndTerms::of(producer_id));
    show(&visit, &state, forms, (told.as_ref(), None)).await
}

/// Returns the form of a contract as it begins.
pub(super) fn begun(visit: &Visit, producer_id: Uuid) -> AgreeTerms {
    AgreeTerms {
        producer_id,
        valid_from: date_text(local_date(visit.app.clock().now_ms())),
        mode: "consigned".to_owned(),
        basis: "gross".to_owned(),
        discount_bearer: "store".to_owned(),
        loss_bearer: LOSS_BEARER_USUAL.code().to_owned(),
        expiry_bearer: EXPIRY_BEARER_USUAL.code().to_owned(),
        ..AgreeTerms::default()
    }
}

/// Returns what the page shows; nothing is there for a producer whom nobody knows.
async fn load(visit: &Visit, producer_id: ProducerId) -> Result<TermsState, Fault> {
    let mut connection = visit.ok(visit.app.db().read().acquire().await.map_err(crate::db::Error::from))?;
    let name = visit.ok(producers::find_name(&mut connection, producer_id).await)?;
    let name = name.ok_or_else(Fault::not_found)?;
    let versions = visit.ok(agreement::list(&mut connection, producer_id).await)?;
    let today = local_date(visit.app.clock().now_ms());
    let versions = VersionState::list(&versions, today, visit.lang);
    Ok(TermsState { producer_id: producer_id.uuid(), name, versions })
}

/// Answers with the page, its two forms as they were typed; `wrong` names the field that cannot be used.
async fn show(
    visit: &Visit,
    state: &TermsState,
    (typed, end): (&AgreeTerms, &EndTerms),
    (told, wrong): (Option<&Note>, Option<&str>),
) -> Result<Response, Fault> {
    let managers = visit.ok(Managers::of(visit).await)?;
    let mut connection = visit.ok(visit.app.db().read().acquire().await.map_err(crate::db::Error::from))?;
    let of = state.producer_id.into();
    let products = visit.ok(producers::list_products(&mut connection, of, PRODUCTS_MAX).await)?;
    drop(connection);
    let opening = Opening { csrf: csrf_field(&visit.csrf), op_id: visit.new_op_id(), managers };
    let lang = visit.lang;
    let may_end = state.versions.iter().any(|version| version.is_in_force || version.is_later);
    let main = html! {
        (table(lang, state))
        (form(lang, typed, &products, (&opening, wrong)))
        @if may_end {
            @let opening = Opening { op_id: visit.new_op_id(), ..opening };
            (terms_end::form(lang, end, &products, (&opening, wrong)))
        }
    };
    desk::page_with(visit, PRODUCERS, &lang.contract_of(&state.name), told, main).await
}

/// Keeps a new version, and leads to its paper. What is wrong comes back as it was typed, but for the PIN.
pub async fn submit(visit: Visit, Form(form): Form<AgreeTerms>) -> Result<Response, Fault> {
    let op_id = check_op_id(&form.op_id)?;
    let read = form.read(visit.app.clock().new_uuid().into());
    let wrong = read.err();
    let word = approval::word(form.manager_id, form.pin.clone());
    let state = keep(&visit, &op_id, (read, word)).await?;
    if let Some(to) = leads(&visit, &state, form.producer_id) {
        return done(&visit, state, &to);
    }
    let wrong = wrong.or_else(|| wrong_field(&state));
    let forms = (&form, &EndTerms::of(form.producer_id));
    refuse(&visit, form.producer_id, forms, (&state.note, wrong)).await
}

/// Answers with the page as a form was typed that was not kept, and says why.
pub(super) async fn refuse(
    visit: &Visit,
    producer_id: Uuid,
    forms: (&AgreeTerms, &EndTerms),
    (note, wrong): (&Note, Option<&str>),
) -> Result<Response, Fault> {
    let shown = load(visit, producer_id.into()).await?;
    let mut response = show(visit, &shown, forms, (Some(note), wrong)).await?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

/// Keeps the version that a form was read as.
pub(super) async fn keep(
    visit: &Visit,
    op_id: &str,
    (read, word): (Result<Terms, &'static str>, Word),
) -> Result<CounterState, Fault> {
    match read {
        Err(field) => visit.state(Note::BadField { field: field.to_owned() }).await,
        Ok(terms) => {
            let agreement = Agreement { terms, language: language(visit.lang), word };
            visit.ok(agree(&visit.app, &visit.seat, op_id, &agreement).await)
        }
    }
}

/// Returns where it goes on; none where the form comes back as it was typed.
pub(super) fn leads(visit: &Visit, state: &CounterState, producer_id: Uuid) -> Option<String> {
    if let Note::Settling(Settling::Contracting(
        Contracting::TermsAgreed { voucher, .. } | Contracting::TermsEnded { voucher },
    )) = &state.note
    {
        return Some(papers::address(voucher));
    }
    let is_over = visit.wanted == Wanted::Json || state.note.level() != Level::Bad;
    is_over.then(|| format!("{PRODUCERS}/{producer_id}/terms"))
}

fn wrong_field(state: &CounterState) -> Option<&'static str> {
    match &state.note {
        Note::Settling(Settling::Contracting(Contracting::TermsTooEarly { .. })) => Some("valid_from"),
        Note::BadField { field } if field == "product_id" => Some("product_id"),
        _ => None,
    }
}

/// What holds, what is to hold, and what held.
pub fn table(lang: Lang, state: &TermsState) -> Markup {
    let is_in_force = state.versions.iter().any(|version| version.is_in_force && version.product.is_none());
    html! {
        p.hint { (lang.contract_about()) }
        @if !is_in_force { (message(Tone::Bad, lang.no_contract())) }
        section.card {
            h2 { (lang.all_versions()) }
            @if state.versions.is_empty() { p.mute { (lang.no_versions()) } } @else {
                div.table { table {
                    thead { tr { th { (lang.version_from()) } th { (lang.version_goods()) } th { (lang.version_says()) } } }
                    tbody { @for version in &state.versions { (row(lang, version)) } }
                } }
            }
        }
    }
}

fn row(lang: Lang, version: &VersionState) -> Markup {
    html! {
        tr {
            td { (version.valid_from_text) " " (standing(lang, version)) }
            td { @match &version.product { Some(name) => (name), None => (lang.all_goods()) } }
            td { (version.clauses.join(" · ")) }
        }
    }
}

fn standing(lang: Lang, version: &VersionState) -> Markup {
    html! {
        @if version.is_in_force { (chip(Tone::Good, lang.version_in_force())) }
        @else if version.is_replaced { (chip(Tone::Warn, lang.version_replaced())) }
        @else if version.is_later { (chip(Tone::Warn, lang.version_later())) }
        @else if version.is_ended { (chip(Tone::Warn, lang.version_ended())) }
    }
}

/// What a producer's page says of the contract: what holds today for all products, or loudly that nothing does.
pub fn summary(lang: Lang, producer_id: Uuid, in_force: Option<&[String]>) -> Markup {
    html! {
        section.card {
            div.head {
                h2 { (lang.contract()) }
                a href={ (PRODUCERS) "/" (producer_id) "/terms" } { (lang.see_contract()) }
            }
            @match in_force {
                Some(clauses) => p { (clauses.join(" · ")) },
                None => (message(Tone::Bad, lang.no_contract())),
            }
        }
    }
}
