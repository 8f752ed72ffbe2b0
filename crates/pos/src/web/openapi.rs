//! The description of the interface for programs, made from the list of routes, so that neither lacks what the other has.

use axum::Json;
use utoipa::ToSchema;
use utoipa::openapi::path::{OperationBuilder, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::schema::{
    ArrayBuilder, KnownFormat, Object, ObjectBuilder, OneOfBuilder, Schema, SchemaFormat, Type,
};
use utoipa::openapi::{
    Components, ContentBuilder, HttpMethod, InfoBuilder, OpenApi, OpenApiBuilder, PathItem, PathsBuilder,
    Ref, RefOr, Required, ResponseBuilder,
};

use crate::router::{Route, routes};

const FORM: &str = "application/x-www-form-urlencoded";
const FORM_WITH_FILE: &str = "multipart/form-data";
const JSON: &str = "application/json";

/// What every address may answer besides what was asked for; the body is `{error, message}`, or a page for a browser.
const OTHERS: [(&str, &str); 11] = [
    ("303", "another page"),
    ("400", "the query or the address cannot be read"),
    ("401", "nobody is signed in"),
    ("403", "not for this person, or not from a page of ours"),
    ("404", "not there"),
    ("409", "meanwhile something else was done"),
    ("413", "too large"),
    ("415", "not of the described type"),
    ("422", "a value cannot be; a page comes back with what was typed"),
    ("429", "too often"),
    ("503", "the disk is full or the service ends: try again"),
];

/// A schema, and how it is told.
#[derive(Clone)]
pub struct Told {
    name: String,
    is_list: bool,
    /// It may be null.
    is_maybe: bool,
    /// How a form is spelled.
    form: &'static str,
    /// All that it is made of. Made when somebody asks: together the routes' schemas are seventy megabytes.
    schemas: fn() -> Vec<(String, RefOr<Schema>)>,
}

impl Told {
    /// One of it.
    pub fn one<T: ToSchema>() -> Self {
        Self {
            name: T::name().into_owned(),
            is_list: false,
            is_maybe: false,
            form: FORM,
            schemas: schemas_of::<T>,
        }
    }

    /// A list of it.
    pub fn list<T: ToSchema>() -> Self {
        Self { is_list: true, ..Self::one::<T>() }
    }

    /// One of it, or null.
    pub fn maybe<T: ToSchema>() -> Self {
        Self { is_maybe: true, ..Self::one::<T>() }
    }

    /// A form with a file.
    pub fn file<T: ToSchema>() -> Self {
        Self { form: FORM_WITH_FILE, ..Self::one::<T>() }
    }

    fn reference(&self) -> RefOr<Schema> {
        let one = Ref::from_schema_name(&self.name);
        if self.is_maybe {
            let nothing = ObjectBuilder::new().schema_type(Type::Null);
            return Schema::OneOf(OneOfBuilder::new().item(one).item(nothing).build()).into();
        }
        if self.is_list { Schema::Array(ArrayBuilder::new().items(one).build()).into() } else { one.into() }
    }
}

fn schemas_of<T: ToSchema>() -> Vec<(String, RefOr<Schema>)> {
    let mut schemas = vec![(T::name().into_owned(), T::schema())];
    T::schemas(&mut schemas);
    schemas
}

/// Returns the description.
pub async fn document() -> Json<OpenApi> {
    Json(describe(&routes()))
}

/// Describes these routes.
pub fn describe(routes: &[Route]) -> OpenApi {
    let mut components = Components::new();
    let mut paths = PathsBuilder::new();
    for route in routes {
        for told in [&route.takes, &route.tells].into_iter().flatten() {
            // What is there already has all that it is made of beside it.
            if !components.schemas.contains_key(&told.name) {
                components.schemas.extend((told.schemas)());
            }
        }
        paths = paths.path(route.path, item(route));
    }
    OpenApiBuilder::new()
        .info(InfoBuilder::new().title("ocop-pos").version(env!("CARGO_PKG_VERSION")).build())
        .paths(paths.build())
        .components(Some(components))
        .build()
}

fn item(route: &Route) -> PathItem {
    let is_get = route.method == axum::http::Method::GET;
    let mut operation = OperationBuilder::new().parameters(Some(path_parameters(route.path)));
    if let Some(takes) = &route.takes {
        operation = if is_get {
            operation.parameters(Some(query_parameters(takes)))
        } else {
            let content = ContentBuilder::new().schema(Some(takes.reference())).build();
            let body =
                RequestBodyBuilder::new().content(takes.form, content).required(Some(Required::True)).build();
            operation.request_body(Some(body))
        };
    }
    let mut response = ResponseBuilder::new().description("Done");
    if let Some(tells) = &route.tells {
        response = response.content(JSON, ContentBuilder::new().schema(Some(tells.reference())).build());
    }
    let method = if is_get { HttpMethod::Get } else { HttpMethod::Post };
    let others = OTHERS.map(|(status, words)| (status, ResponseBuilder::new().description(words).build()));
    let operation = operation.response("200", response.build());
    let operation =
        others.into_iter().fold(operation, |so_far, (status, other)| so_far.response(status, other));
    PathItem::new(method, operation.build())
}

fn path_parameters(path: &str) -> Vec<Parameter> {
    path.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| {
            ParameterBuilder::new()
                .name(name)
                .parameter_in(ParameterIn::Path)
                .required(Required::True)
                .schema(Some(uuid()))
                .build()
        })
        .collect()
}

/// The fields of a query are those of its form.
fn query_parameters(takes: &Told) -> Vec<Parameter> {
    let fields =
        (takes.schemas)().into_iter().find(|(name, _)| *name == takes.name).map(|(_, schema)| schema);
    let Some(RefOr::T(Schema::Object(Object { properties, .. }))) = fields else { return Vec::new() };
    properties
        .iter()
        .map(|(name, schema)| {
            ParameterBuilder::new()
                .name(name)
                .parameter_in(ParameterIn::Query)
                .required(Required::True)
                .schema(Some(schema.clone()))
                .build()
        })
        .collect()
}

fn uuid() -> Schema {
    let format = SchemaFormat::KnownFormat(KnownFormat::Uuid);
    Schema::Object(ObjectBuilder::new().schema_type(Type::String).format(Some(format)).build())
}
