//! Contracts of an operator with producers: every version that was agreed, here or at a store, and the form for the next one.

pub mod ending;
pub mod form;
pub mod sheet;

use axum::extract::{Form, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::consignment::Terms;
use domain::ids::{ProducerId, ProductId};
use maud::{Markup, html};
use serde::{Deserialize, Serialize};
use time::Date;
use utoipa::ToSchema;
use web::contract::clauses;
use web::format::local_date;
use web::fragment::{Tone, message};
use web::{Fault, Lang};

use super::producer::settlement_texts::SettlementTexts;
use super::producer::terms::{VersionOfReport, card};
use super::sheet_file::{self, Download};
use super::shell::{self, Frame, Place};
use super::shop_term_texts::ShopTermTexts;
use super::texts::CentralTexts;
use super::visit::Visit;
use super::workbook::rows_asked;
use crate::agreeing;
use crate::app::App;
use crate::db::terms::{self, Agreed};
use crate::db::users::{OperatorScope, Scope};
use crate::db::{producer_list, products};
use crate::error::{Error, Refusal};
use ending::Ending;
use form::{Typed, Wrong};

/// The page's address.
pub const ADDRESS: &str = "/shops/terms";
/// Versions that are shown.
const VERSIONS_MOST: i64 = 1_000;

/// What an operator agreed on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ShopTerms {
    /// A producer each, by name.
    pub agreements: Vec<TermsWithProducer>,
}

/// What an operator and a producer agreed on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TermsWithProducer {
    /// The producer's name.
    pub producer: String,
    /// Every version, the latest first.
    pub versions: Vec<VersionOfReport>,
}

impl ShopTerms {
    /// True when there may be more versions than those that are shown.
    fn is_cut(&self) -> bool {
        let count: usize = self.agreements.iter().map(|with| with.versions.len()).sum();
        i64::try_from(count).is_ok_and(|count| count >= VERSIONS_MOST)
    }

    /// Arranges what was found; it comes by producer, the latest version first.
    pub fn of(found: Vec<Agreed>, today: Date, lang: Lang) -> Self {
        let mut agreements: Vec<TermsWithProducer> = Vec::new();
        let mut begun: Vec<Terms> = Vec::new();
        let mut last_id = None;
        for agreed in found {
            let terms = agreed.terms;
            if last_id != Some(terms.producer_id) {
                begun.clear();
                last_id = Some(terms.producer_id);
                agreements.push(TermsWithProducer { producer: agreed.producer, versions: Vec::new() });
            }
            // The latest comes first, so the first version of a product that has begun is the one that holds, or that ended all.
            let has_begun = terms.valid_from <= today;
            let is_latest = has_begun && !begun.iter().any(|other| other.product_id == terms.product_id);
            if has_begun {
                begun.push(terms);
            }
            if let Some(last) = agreements.last_mut() {
                last.versions.push(VersionOfReport {
                    product: agreed.product,
                    store: agreed.store,
                    valid_from: terms.valid_from,
                    is_in_force: is_latest && !terms.clauses.ends,
                    is_later: !has_begun,
                    is_ended: is_latest && terms.clauses.ends,
                    clauses: clauses(lang, &terms),
                });
            }
        }
        Self { agreements }
    }
}

/// What just happened.
#[derive(Debug, Default, Deserialize)]
pub struct Done {
    done: Option<String>,
}

/// An operator's contracts: a page with the form for another one, or the same as JSON.
#[utoipa::path(
    get, path = "/shops/terms", tag = "reports",
    responses(
        (status = 200, description = "all versions; JSON by `Accept: application/json`", body = ShopTerms),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not an operator"),
    ),
)]
pub async fn get(State(app): State<App>, visit: Visit, Query(query): Query<Done>) -> Result<Response, Fault> {
    let told = query.done.map(|done| match done.as_str() {
        ending::DONE => visit.lang.shop_terms_ended(),
        _ => visit.lang.shop_terms_made(),
    });
    show(&app, &visit, &Forms::new(&app), told).await
}

/// The same contracts, all versions of them, as a file.
pub async fn download(State(app): State<App>, visit: Visit, file: Download) -> Result<Response, Fault> {
    let found = visit.ok(terms::list_of_operator(&app.db, operator(&visit)?, rows_asked()).await)?;
    let report = ShopTerms::of(found, local_date(app.clock.now_ms()), visit.lang);
    file.answer(&visit, visit.lang.file_shop_terms(), vec![sheet::sheet(visit.lang, &report)]).await
}

/// Makes a contract, and tells the operator's stores; what was refused comes back as typed.
pub async fn agree(
    State(app): State<App>,
    visit: Visit,
    Form(typed): Form<Typed>,
) -> Result<Response, Fault> {
    let scope = operator(&visit)?;
    let wrong = match visit.ok(read(&app, &typed).await)? {
        Err(field) => field,
        Ok(terms) => match agree_once(&app, (scope, &visit.user.login), terms).await {
            Ok(()) => return Ok(Redirect::to(&format!("{ADDRESS}?done=yes")).into_response()),
            Err(Error::Refused(Refusal::Invalid { what: "day", .. })) => "valid_from",
            Err(Error::Refused(_)) => "agreed_after_days",
            Err(Error::NotFound(_)) => "product",
            Err(error) => return visit.ok(Err(error)),
        },
    };
    let forms = Forms { agree: (typed, Some(wrong)), ..Forms::new(&app) };
    let page = show(&app, &visit, &forms, None).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// Of a form that was filled in anew after Back the identity is the contract's before, and this is another one.
async fn agree_once(app: &App, who: (OperatorScope, &str), terms: Terms) -> crate::Result<()> {
    match agreeing::agree(app, who, terms).await {
        Err(Error::Refused(Refusal::Invalid { what: "form", .. })) => {
            agreeing::agree(app, who, Terms { id: app.clock.new_uuid().into(), ..terms }).await
        }
        outcome => outcome,
    }
}

/// Reads the form; or names the field that is wrong.
async fn read(app: &App, typed: &Typed) -> crate::Result<Result<Terms, Wrong>> {
    let named = named(app, (typed.producer(), typed.product()), ["producer", "product"]).await?;
    Ok(named.and_then(|(producer_id, product_id)| typed.read(producer_id, product_id)))
}

/// Returns the producer of a name, and the single product of a code; or which of the two fields is wrong.
async fn named(
    app: &App,
    (producer, sku): (&str, Option<&str>),
    fields: [Wrong; 2],
) -> crate::Result<Result<(ProducerId, Option<ProductId>), Wrong>> {
    let named = producer_list::list_named(&app.db, producer).await?;
    let [producer] = named.as_slice() else { return Ok(Err(fields[0])) };
    let product_id = match sku {
        None => None,
        Some(sku) => match products::find_by_sku(&app.db, sku).await? {
            Some(id) => Some(id),
            None => return Ok(Err(fields[1])),
        },
    };
    Ok(Ok((producer.id, product_id)))
}

/// The page's forms as they were typed, each with its field that cannot be used.
struct Forms {
    agree: (Typed, Option<Wrong>),
    end: (Ending, Option<Wrong>),
}

impl Forms {
    /// As they begin.
    fn new(app: &App) -> Self {
        let today = local_date(app.clock.now_ms());
        let agree = Typed::new(app.clock.new_uuid(), today);
        Self { agree: (agree, None), end: (Ending::new(app.clock.new_uuid(), today), None) }
    }
}

async fn show(app: &App, visit: &Visit, forms: &Forms, told: Option<&str>) -> Result<Response, Fault> {
    let found = visit.ok(terms::list_of_operator(&app.db, operator(visit)?, VERSIONS_MOST).await)?;
    let names = visit.ok(producer_list::list_names(&app.db).await)?;
    let report = ShopTerms::of(found, local_date(app.clock.now_ms()), visit.lang);
    let frame = Frame { place: Place::ShopTerms, brand: visit.lang.brand(), query: "" };
    Ok(visit.answer(&report, |report| {
        let (agree, end) = (&forms.agree, &forms.end);
        let form = html! {
            (form::render(visit.lang, &visit.csrf, &agree.0, (&names, agree.1)))
            (ending::render(visit.lang, &visit.csrf, &end.0, end.1))
        };
        shell::page(visit, &frame, main(visit.lang, report, &form, told))
    }))
}

/// The main part, with its forms.
pub fn main(lang: Lang, report: &ShopTerms, form: &Markup, told: Option<&str>) -> Markup {
    html! {
        @if let Some(words) = told { (message(Tone::Good, words)) }
        p.mute { (lang.shop_terms_about()) }
        (form)
        @if report.agreements.is_empty() { (message(Tone::Warn, lang.shop_terms_none())) }
        @for with in &report.agreements {
            h2 { (with.producer) }
            @for version in with.versions.iter().filter(|version| !version.is_past()) { (card(lang, version)) }
            @if with.versions.iter().any(VersionOfReport::is_past) {
                details.card {
                    summary { (lang.terms_of_before()) }
                    @for version in with.versions.iter().filter(|version| version.is_past()) { (card(lang, version)) }
                }
            }
        }
        @if report.is_cut() {
            p.mute { (lang.shop_terms_cut(VERSIONS_MOST)) }
        }
        div.actions {
            button type="button" data-print { (lang.print_paper()) }
            (sheet_file::links(lang, ADDRESS, ""))
        }
    }
}

fn operator(visit: &Visit) -> Result<OperatorScope, Fault> {
    match visit.user.scope() {
        Scope::Operator(scope) => Ok(scope),
        _ => Err(Fault::forbidden()),
    }
}
