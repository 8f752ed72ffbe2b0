//! `GET /api/openapi.json`: the sync API and the reports, described for programs.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use axum::Json;
use utoipa::OpenApi;
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{Content, HttpMethod, ObjectBuilder, PathItem, RefOr, ResponseBuilder, Type};

use super::v1;
use crate::router;
use crate::web::sheet_file::Ending;
use crate::web::workbook;

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
        crate::web::inventory::get,
        crate::web::product_groups::get,
        crate::web::standards::get,
        crate::web::products::get,
        crate::web::products::one,
        crate::web::products::dated::xlsx,
        crate::web::products::dated::prices_csv,
        crate::web::products::dated::decisions_csv,
        crate::web::dossiers::get,
        crate::web::nominations::get,
        crate::web::nominations::one,
        crate::web::producers::get,
        crate::web::places::get,
        crate::web::places::former::get,
        crate::web::promotions::get,
        crate::web::campaigns::get,
        crate::web::campaigns::one,
        crate::web::campaigns::outcome::get,
        crate::web::introductions::get,
        crate::web::provisional::get,
        crate::web::imports::get,
        crate::web::imports::one,
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
        crate::web::stores::get,
        crate::web::people::get,
        crate::web::audit::get,
        crate::web::reconciliation::get,
        crate::web::reconciliation::gap,
        crate::web::period_pack::zip,
        crate::web::points::get,
        crate::web::points::one,
        crate::web::points::chosen::get,
        crate::web::points::ages::get,
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

/// Returns the pages and files that are described: programs read them below [`v1::ROOT`].
pub fn reads() -> BTreeSet<String> {
    described().paths.paths.into_keys().filter(|path| is_read(path)).collect()
}

/// The description, with the files of lists that have no words of their own.
fn described() -> utoipa::openapi::OpenApi {
    let mut api = Description::openapi();
    let mut files = Vec::new();
    for route in router::pages().into_iter().filter(|route| route.method == "GET") {
        if let Some(operation) = file_of(&api, route.path) {
            files.push((route.path.to_owned(), PathItem::new(HttpMethod::Get, operation)));
        }
    }
    for (path, item) in files {
        api.paths.paths.entry(path).or_insert(item);
    }
    api
}

/// Returns what a list's file is asked and answers: as the page of its name, or else the page above it, only that a file comes.
fn file_of(api: &utoipa::openapi::OpenApi, path: &str) -> Option<Operation> {
    let (ending, page) = (Ending::of(path)?, path.rsplit_once('.')?.0);
    let page_of = |path: &str| api.paths.paths.get(path).and_then(|item| item.get.clone());
    let mut file = match page_of(page) {
        Some(operation) => operation,
        None => in_address_alone(page_of(page.rsplit_once('/')?.0)?),
    };
    let (words, kind) = match ending {
        Ending::Xlsx => ("a workbook", workbook::CONTENT_TYPE),
        Ending::Csv => ("text with commas between", "text/csv"),
    };
    file.summary = Some(format!("The list as {words}."));
    (file.description, file.operation_id) = (None, None);
    if ending == Ending::Csv {
        file.parameters.get_or_insert_default().push(RefOr::T(sheet_number()));
    }
    let answer = ResponseBuilder::new().description(words).content(kind, Content::default()).build();
    file.responses.responses.insert("200".to_owned(), answer.into());
    Some(file)
}

/// What a page is asked behind the question mark is not asked of the files below it.
fn in_address_alone(mut page: Operation) -> Operation {
    let is_in_address = |parameter: &RefOr<Parameter>| match parameter {
        RefOr::T(parameter) => parameter.parameter_in == ParameterIn::Path,
        RefOr::Ref(_) => false,
    };
    if let Some(parameters) = &mut page.parameters {
        parameters.retain(is_in_address);
    }
    page
}

fn sheet_number() -> Parameter {
    let words = "which sheet of the workbook, where it has several; without it the first";
    let number = ParameterBuilder::new().name("sheet").parameter_in(ParameterIn::Query);
    number.description(Some(words)).schema(Some(ObjectBuilder::new().schema_type(Type::Integer))).build()
}

fn is_read(path: &str) -> bool {
    !path.starts_with("/sync/") && !path.starts_with("/bank-notices/")
}

/// What is read stands below its version; a reader shows a key, a device its proof.
fn document() -> utoipa::openapi::OpenApi {
    let mut api = described();
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

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn a_list_as_a_file_is_described_as_its_page_is() {
        let api = serde_json::to_value(document()).unwrap();
        let file = |path: &str| api["paths"][format!("{}{path}", v1::ROOT)]["get"].clone();
        let names = |file: &Value| -> Vec<Value> {
            let parameters = file["parameters"].as_array().unwrap().iter();
            parameters.map(|parameter| parameter["name"].clone()).collect()
        };
        let page = names(&file("/audit"));
        assert!(page.contains(&json!("who")), "{page:?}");
        let with_sheet = [page.clone(), vec![json!("sheet")]].concat();
        for (path, asked, kind) in [
            ("/audit.xlsx", json!(page), workbook::CONTENT_TYPE),
            ("/audit.csv", json!(with_sheet), "text/csv"),
            // Below a page only what stands in the address.
            ("/campaigns/{campaign}/effect.xlsx", json!(["campaign"]), workbook::CONTENT_TYPE),
            ("/campaigns/{campaign}/effect.csv", json!(["campaign", "sheet"]), "text/csv"),
            // It has words of its own.
            ("/products/{product}/prices.csv", json!(["product"]), "text/csv"),
        ] {
            let file = file(path);
            assert_eq!(json!(names(&file)), asked, "{path}");
            assert!(file["responses"]["200"]["content"][kind].is_object(), "{path}: {file}");
            assert!(file["responses"]["403"].is_object() && file["security"].is_array(), "{path}: {file}");
        }
        // A reading key stands in the address: it is described as the producer's own.
        assert_eq!(file("/p/{key}/grid.xlsx"), Value::Null);
    }
}
