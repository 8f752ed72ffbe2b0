//! What a producer agreed on with each operator: what holds today, and every version of before or of later.

use axum::extract::State;
use axum::response::Response;
use domain::consignment::Terms;
use maud::{Markup, html};
use serde::Serialize;
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;
use web::contract::clauses;
use web::format::{date_text, local_date};
use web::fragment::{Tone, chip, message};
use web::{Fault, Lang};

use super::Reader;
use super::settlement_texts::SettlementTexts;
use crate::app::App;
use crate::db::terms::{self, Agreed};
use crate::web::sales::report::iso;
use crate::web::shell::Place;

/// Versions that are shown.
const VERSIONS_MOST: i64 = 500;

/// A producer's terms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TermsReport {
    /// An operator each.
    pub operators: Vec<TermsOfOperator>,
}

/// What an operator and the producer agreed on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TermsOfOperator {
    /// The operator.
    pub operator_id: Uuid,
    /// Its name.
    pub operator: String,
    /// Something holds today for all products.
    pub is_in_force: bool,
    /// Every version, the latest first.
    pub versions: Vec<VersionOfReport>,
}

/// A version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct VersionOfReport {
    /// The single product; none for all of them.
    pub product: Option<String>,
    /// Where it was agreed; none for at central.
    pub store: Option<String>,
    /// First business date.
    #[serde(serialize_with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub valid_from: Date,
    /// It holds today.
    pub is_in_force: bool,
    /// It is to hold from a later day on.
    pub is_later: bool,
    /// It ended the contract for its goods, and no later version of them has begun.
    pub is_ended: bool,
    /// What it says, in the reader's language.
    pub clauses: Vec<String>,
}

impl VersionOfReport {
    /// It tells of former days alone.
    pub(in crate::web) const fn is_past(&self) -> bool {
        !self.is_in_force && !self.is_later && !self.is_ended
    }
}

impl TermsReport {
    /// Arranges what was found; it comes by operator, the latest version first.
    pub fn of(found: Vec<Agreed>, today: Date, lang: Lang) -> Self {
        let mut operators: Vec<TermsOfOperator> = Vec::new();
        let mut of_operator: Vec<Terms> = Vec::new();
        for agreed in found {
            let id = agreed.operator_id.uuid();
            if operators.last().is_none_or(|last| last.operator_id != id) {
                of_operator.clear();
                operators.push(TermsOfOperator {
                    operator_id: id,
                    operator: agreed.operator.clone(),
                    is_in_force: false,
                    versions: Vec::new(),
                });
            }
            let Some(last) = operators.last_mut() else { continue };
            let terms = agreed.terms;
            // The latest comes first, so the first version of a product that has begun is the one that holds, or that ended all.
            let has_begun = terms.valid_from <= today;
            let is_first = !of_operator.iter().any(|other| other.product_id == terms.product_id);
            let is_latest = has_begun && is_first;
            let is_in_force = is_latest && !terms.clauses.ends;
            if has_begun {
                of_operator.push(terms);
            }
            last.is_in_force |= is_in_force && terms.product_id.is_none();
            last.versions.push(VersionOfReport {
                product: agreed.product,
                store: agreed.store,
                valid_from: terms.valid_from,
                is_in_force,
                is_later: !has_begun,
                is_ended: is_latest && terms.clauses.ends,
                clauses: clauses(lang, &terms),
            });
        }
        Self { operators }
    }
}

/// A producer's terms with each operator: a page, or the same as JSON.
#[utoipa::path(
    get, path = "/me/terms", tag = "producer",
    responses(
        (status = 200, description = "all versions; JSON by `Accept: application/json`", body = TermsReport),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not a producer"),
    ),
)]
pub async fn get(State(app): State<App>, reader: Reader) -> Result<Response, Fault> {
    let found = reader.ok(terms::list_of_producer(&app.db, reader.scope, VERSIONS_MOST).await)?;
    let (lang, today) = (reader.lang, local_date(app.clock.now_ms()));
    let report = TermsReport::of(found, today, lang);
    Ok(reader.answer(Place::Terms, "", &report, |report| main(lang, report)))
}

/// The main part.
pub fn main(lang: Lang, report: &TermsReport) -> Markup {
    html! {
        p.mute { (lang.terms_about()) }
        @if report.operators.is_empty() { (message(Tone::Warn, lang.no_terms())) }
        @for operator in &report.operators { (of_operator(lang, operator)) }
    }
}

fn of_operator(lang: Lang, operator: &TermsOfOperator) -> Markup {
    html! {
        h2 { (operator.operator) }
        @if !operator.is_in_force { (message(Tone::Warn, lang.no_terms_now())) }
        @for version in operator.versions.iter().filter(|version| !version.is_past()) { (card(lang, version)) }
        @if operator.versions.iter().any(VersionOfReport::is_past) {
            details.card {
                summary { (lang.terms_of_before()) }
                @for version in operator.versions.iter().filter(|version| version.is_past()) { (card(lang, version)) }
            }
        }
    }
}

/// Returns a version.
pub fn card(lang: Lang, version: &VersionOfReport) -> Markup {
    html! {
        section.card {
            p {
                strong { @match &version.product { Some(name) => (name), None => (lang.terms_all_products()) } }
                " "
                @if version.is_in_force { (chip(Tone::Good, lang.terms_in_force())) }
                @else if version.is_later { (chip(Tone::Warn, lang.terms_later())) }
                @else if version.is_ended { (chip(Tone::Warn, lang.terms_ended())) }
            }
            p.mute {
                (lang.terms_from(date_text(version.valid_from)))
                @if let Some(store) = &version.store { " · " (lang.terms_agreed_at(store)) }
            }
            ul.list { @for clause in &version.clauses { li { (clause) } } }
        }
    }
}
