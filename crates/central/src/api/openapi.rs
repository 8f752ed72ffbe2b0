//! `GET /api/openapi.json`: the sync API and the reports, described for programs.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use axum::Json;
use utoipa::OpenApi;
use utoipa::openapi::ResponseBuilder;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};

use super::v1;

/// The description.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "OCOP central",
        description = "Sync between stores and the central inventory service; below /api/v1 what pages show, for programs."
    ),
    paths(
        super::push::post,
        super::head::get,
        super::condition::post,
        super::journals::list,
        super::journals::entries,
        super::catalogue::get,
        super::bank_notices::get,
        super::transfers::get,
        super::bank_notices::post,
        super::enrol::post,
        crate::web::sales::get,
        crate::web::sales::xlsx,
        crate::web::sales::csv,
        crate::web::inventory::get,
        crate::web::inventory::xlsx,
        crate::web::inventory::csv,
        crate::web::product_groups::get,
        crate::web::products::get,
        crate::web::products::xlsx,
        crate::web::products::csv,
        crate::web::products::one,
        crate::web::products::dated::xlsx,
        crate::web::products::dated::prices_csv,
        crate::web::products::dated::decisions_csv,
        crate::web::dossiers::get,
        crate::web::dossiers::xlsx,
        crate::web::dossiers::csv,
        crate::web::nominations::get,
        crate::web::nominations::xlsx,
        crate::web::nominations::csv,
        crate::web::nominations::one,
        crate::web::producers::get,
        crate::web::producers::xlsx,
        crate::web::producers::csv,
        crate::web::places::get,
        crate::web::places::xlsx,
        crate::web::places::csv,
        crate::web::places::former::get,
        crate::web::places::former::csv,
        crate::web::promotions::get,
        crate::web::campaigns::get,
        crate::web::campaigns::xlsx,
        crate::web::campaigns::csv,
        crate::web::campaigns::one,
        crate::web::campaigns::outcome::get,
        crate::web::campaigns::outcome::xlsx,
        crate::web::campaigns::outcome::csv,
        crate::web::introductions::get,
        crate::web::introductions::xlsx,
        crate::web::introductions::csv,
        crate::web::provisional::get,
        crate::web::imports::get,
        crate::web::imports::one,
        crate::web::imports::xlsx,
        crate::web::reports::get,
        crate::web::reports::one,
        crate::web::reports::template_page::get,
        crate::web::producer::announced::get,
        crate::web::shops::get,
        crate::web::owed::list,
        crate::web::owed::one,
        crate::web::shop_nominations::get,
        crate::web::joint::of_operator,
        crate::web::shop_settlements::list,
        crate::web::shop_terms::get,
        crate::web::shop_settlements::one,
        crate::web::shop_settlements::moves,
        crate::web::joint::of_producer,
        crate::web::pack::get,
        crate::web::scans::get,
        crate::web::scans::xlsx,
        crate::web::scans::csv,
        crate::web::stores::get,
        crate::web::people::get,
        crate::web::people::xlsx,
        crate::web::people::csv,
        crate::web::audit::get,
        crate::web::audit::csv,
        crate::web::reconciliation::get,
        crate::web::reconciliation::xlsx,
        crate::web::reconciliation::gap,
        crate::web::period_pack::zip,
        crate::web::points::get,
        crate::web::points::xlsx,
        crate::web::points::csv,
        crate::web::points::one,
        crate::web::points::ages::get,
        crate::web::points::ages_file::xlsx,
        crate::web::points::ages_file::csv,
        crate::web::points::things_file::xlsx,
        crate::web::points::things_file::equipment_csv,
        crate::web::points::things_file::costs_csv,
        crate::web::points::rules::get,
        crate::web::producer::overview::get,
        crate::web::producer::consigned::get,
        crate::web::producer::deliveries::get,
        crate::web::producer::moves::open,
        crate::web::producer::moves::of_settlement,
        crate::web::producer::sold::get,
        crate::web::producer::terms::get,
        crate::web::producer::grid::get,
        crate::web::producer::grid::xlsx,
        crate::web::producer::dossier::get,
        crate::web::producer::settlements::get,
        crate::web::producer::settlement::get,
    )
)]
struct Description;

/// The name of the way in by a key.
const KEY: &str = "key";

/// What every address may answer besides what it says itself; the body is `{error, message}`.
const ERRORS: [(&str, &str); 8] = [
    ("400", "the query or the address cannot be read"),
    ("401", "nobody is signed in"),
    ("403", "not for this role"),
    ("404", "not there, or not for whoever asks"),
    ("405", "another method"),
    ("422", "a value cannot be"),
    ("429", "too often"),
    ("503", "busy: try again"),
];

static DOCUMENT: LazyLock<utoipa::openapi::OpenApi> = LazyLock::new(document);

/// Returns the pages that are described: programs read them below [`v1::ROOT`].
pub fn reads() -> BTreeSet<String> {
    Description::openapi().paths.paths.into_keys().filter(|path| is_read(path)).collect()
}

fn is_read(path: &str) -> bool {
    !path.starts_with("/sync/") && !path.starts_with("/bank-notices/")
}

/// What is read stands below its version; a reader shows a key, a device its proof.
fn document() -> utoipa::openapi::OpenApi {
    let mut api = Description::openapi();
    let paths = std::mem::take(&mut api.paths.paths);
    api.paths.paths = paths
        .into_iter()
        .map(|(path, mut item)| {
            let is_read = is_read(&path);
            for operation in [&mut item.get, &mut item.post].into_iter().flatten() {
                for (status, words) in ERRORS {
                    let answer = ResponseBuilder::new().description(words).build();
                    let answers = &mut operation.responses.responses;
                    answers.entry(status.to_owned()).or_insert_with(|| answer.into());
                }
                if is_read {
                    operation.security = Some(vec![SecurityRequirement::new(KEY, Vec::<String>::new())]);
                }
            }
            (if is_read { format!("{}{path}", v1::ROOT) } else { path }, item)
        })
        .collect();
    let bearer = SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build());
    api.components.get_or_insert_default().add_security_scheme(KEY, bearer);
    api
}

/// Returns the description.
pub async fn get() -> Json<&'static utoipa::openapi::OpenApi> {
    Json(&DOCUMENT)
}
