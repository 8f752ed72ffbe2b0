//! Who may use which address, from where: matrices over the router's own list.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use pos::router::{Route, router, routes};
use pos::web::visit::Who;
use serde_json::Value;
use testkit::catalogue::PIN;

use crate::forms::{ID, form_of, read};
use crate::visitor::{As, CASHIER, HOST, MANAGER, Visitor, bare, form_urlencoded, store};

/// Routes whose answers are asked in this matrix: a stream never ends, and signing out would end the matrix.
fn asked() -> Vec<Route> {
    routes()
        .into_iter()
        .filter(|route| !["/counter/events", "/display/events", "/sign-out"].contains(&route.path))
        .collect()
}

#[tokio::test]
async fn each_route_lets_in_whom_the_list_names() {
    let store = store().await;
    let mut nobody = Visitor::at(&store);
    nobody.csrf = nobody.get(As::Json, "/sign-in").await.json()["csrf"].as_str().unwrap().to_owned();
    let mut cashier = Visitor::signed_in(&store, CASHIER).await;
    let mut manager = Visitor::signed_in(&store, MANAGER).await;
    for route in asked() {
        for (visitor, rank) in [(&mut nobody, 0), (&mut cashier, 1), (&mut manager, 2)] {
            let (answer, allowed) = if route.method == Method::GET {
                let (path, allowed) = read(&route);
                let page = visitor.get(As::Page, &path).await;
                let json = visitor.get(As::Json, &path).await;
                // The link to the other language is on each page.
                let english = format!("{path}{}lang=en", if path.contains('?') { '&' } else { '?' });
                assert_eq!(visitor.get(As::Page, &english).await.status, page.status, "{english}");
                if rank == 0 && route.who != Who::Anybody {
                    let leads = if path.starts_with("/counter/") { 401 } else { 303 };
                    assert_eq!(page.status, leads, "{path} as a page");
                    assert!(leads == 401 || page.leads_to() == "/sign-in");
                }
                (json, allowed)
            } else {
                let (fields, allowed) = form_of(route.path);
                (visitor.post(As::Json, route.path, fields).await, allowed)
            };
            let expected = match (route.who, rank) {
                (Who::Staff | Who::Manager, 0) => 401,
                (Who::Manager, 1) => 403,
                _ => allowed,
            };
            let who = ["nobody", "a cashier", "a manager"][rank];
            assert_eq!(answer.status, expected, "{} {} by {who}: {}", route.method, route.path, answer.text);
        }
    }
    store.check().await;
}

#[tokio::test]
async fn nothing_is_changed_without_the_token_or_from_another_page() {
    let store = store().await;
    let mut visitor = Visitor::signed_in(&store, MANAGER).await;
    let ours = visitor.csrf.clone();
    let (other, here) = ("f".repeat(64), format!("http://{HOST}"));
    for route in
        routes().into_iter().filter(|route| route.method == Method::POST && route.path != "/sign-out")
    {
        let fields = form_of(route.path).0;
        for (csrf, origin, site, host, expected) in [
            ("", here.as_str(), "same-origin", HOST, 403),
            (other.as_str(), here.as_str(), "same-origin", HOST, 401),
            (ours.as_str(), "http://evil.example", "cross-site", HOST, 403),
            (ours.as_str(), "null", "same-origin", HOST, 403),
            (ours.as_str(), "https://127.0.0.1:7300", "same-origin", HOST, 403),
            (ours.as_str(), "http://localhost:7300", "same-origin", HOST, 403),
            (ours.as_str(), here.as_str(), "same-site", HOST, 403),
            (ours.as_str(), "http://evil.example:7300", "same-origin", "evil.example:7300", 403),
        ] {
            let mut request = Request::post(route.path)
                .header(header::HOST, host)
                .header(header::ORIGIN, origin)
                .header("sec-fetch-site", site)
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .header("x-op-id", "0011");
            if !csrf.is_empty() {
                request = request.header("x-csrf", csrf);
            }
            let request = request.body(Body::from(form_urlencoded(fields))).unwrap();
            let answer = visitor.ask(As::Json, request).await;
            assert_eq!(answer.status, expected, "{} {csrf} {origin} {site} {host}", route.path);
        }
    }
    let state = visitor.state().await;
    assert_eq!(state["lines"].as_array().unwrap().len(), 0, "nothing was scanned");
}

#[tokio::test]
async fn a_foreign_name_reads_nothing() {
    let store = store().await;
    let mut visitor = Visitor::signed_in(&store, MANAGER).await;
    for route in routes() {
        let mut request = bare(&route.method, &read(&route).0);
        request.headers_mut().insert(header::HOST, "evil.example".parse().unwrap());
        let answer = visitor.ask(As::Json, request).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{}", route.path);
        assert_eq!(answer.headers["x-content-type-options"], "nosniff");
    }
}

#[tokio::test]
async fn headers_stand_on_every_answer() {
    let store = store().await;
    let mut visitor = Visitor::signed_in(&store, CASHIER).await;
    for path in
        ["/sign-in", "/shift", "/none", "/receipts/x", "/counter/state", "/assets/app.css", "/cashiers/new"]
    {
        let answer = visitor.get(As::Page, path).await;
        let policy = answer.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'; script-src 'self'"), "{path}");
        assert_eq!(answer.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff", "{path}");
        let kept = answer.headers[header::CACHE_CONTROL].to_str().unwrap();
        assert_eq!(kept == "no-store", !path.starts_with("/assets"), "{path}: {kept}");
    }
}

#[tokio::test]
async fn oversized_and_malformed_forms_get_a_sentence() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    let large = "8".repeat(70_000);
    let answer = visitor.act("/counter/scan", &[("code", &large)]).await;
    assert_eq!((answer.status.as_u16(), answer.json()["error"].as_str()), (413, Some("too_large")));
    for fields in [
        &[("code", "1")][..],
        &[("sale_id", "x"), ("code", "1")],
        &[("sale_id", ID), ("code", "1"), ("price", "1")],
    ] {
        let answer = visitor.post(As::Json, "/counter/scan", fields).await;
        assert_eq!(answer.status, 422, "{fields:?}");
        answer.has("Nội dung gửi lên không đúng.");
    }
    let answer = visitor.post_as(As::Json, "/counter/scan", &[("sale_id", ID), ("code", "1")], "").await;
    assert_eq!((answer.status.as_u16(), answer.json()["error"].as_str()), (400, Some("no_op_id")));
    let code = "x".repeat(600);
    let answer = visitor.act("/counter/scan", &[("code", &code)]).await;
    assert_eq!(answer.says(), "unreadable_code");
}

/// Says whether a schema has a field: its own, or one of the schemas that it is made of.
fn has_field(document: &Value, schema: &Value, field: &str) -> bool {
    let referred = schema["$ref"].as_str().and_then(|name| name.rsplit('/').next());
    let schema = referred.map_or(schema, |name| &document["components"]["schemas"][name]);
    let parts = schema["allOf"].as_array();
    schema["properties"][field].is_object()
        || parts.is_some_and(|parts| parts.iter().any(|part| has_field(document, part, field)))
}

#[tokio::test]
async fn the_description_holds_every_route() {
    let store = store().await;
    let document = Visitor::at(&store).get(As::Json, "/api/openapi.json").await.json();
    for route in routes() {
        let method = route.method.as_str().to_lowercase();
        let operation = &document["paths"][route.path][&method];
        assert!(operation.is_object(), "{method} {}", route.path);
        if route.method == Method::POST && route.path != "/sign-out" {
            let content = operation["requestBody"]["content"].as_object();
            let spelled = ["application/x-www-form-urlencoded", "multipart/form-data"];
            let of_content = |content: &serde_json::Map<String, Value>| {
                spelled.iter().find_map(|kind| content.get(*kind)).map(|form| form["schema"]["$ref"].clone())
            };
            let form = content.and_then(of_content).unwrap_or_default();
            let name = form
                .as_str()
                .unwrap_or_else(|| panic!("{} takes what?", route.path))
                .rsplit('/')
                .next()
                .unwrap();
            let schema = &document["components"]["schemas"][name];
            for (field, _) in form_of(route.path).0 {
                assert!(has_field(&document, schema, field), "{name} has no {field}: {schema}");
            }
        }
    }
    let text = document.to_string();
    let names: Vec<&str> =
        text.split("#/components/schemas/").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    for name in names {
        assert!(document["components"]["schemas"][name].is_object(), "{name} is described nowhere");
    }
}

#[tokio::test]
async fn two_stores_on_one_computer_keep_their_sessions_apart() {
    let store = store().await;
    let mut visitor = Visitor::at(&store);
    visitor.sign_in(CASHIER, PIN).await;
    assert_eq!(visitor.cookie_names(), ["counter", "counter-7300"]);
}

/// A service that tablets may reach is called by the names in its settings only.
#[tokio::test]
async fn on_the_network_only_named_hosts_are_answered() {
    let config =
        pos::Config { allowed_hosts: vec!["quay.cuahang.vn:7300".to_owned()], ..pos::Config::default() };
    let store = testkit::store::TestStore::closed(config).await;
    for (address, host, expected) in [
        ("0.0.0.0:7300", "quay.cuahang.vn:7300", 200),
        ("0.0.0.0:7300", "localhost:7300", 200),
        ("0.0.0.0:7300", "127.0.0.1:7300", 200),
        ("0.0.0.0:7300", "0.0.0.0:7300", 403),
        ("0.0.0.0:7300", "192.168.1.5:7300", 403),
        ("192.168.1.5:7300", "192.168.1.5:7300", 200),
        ("192.168.1.5:7300", "localhost:7300", 403),
        ("127.0.0.1:7300", "localhost:7300", 200),
        ("127.0.0.1:7300", "localhost:7301", 403),
    ] {
        let mut visitor = Visitor::of(router(store.app.clone(), address.parse().unwrap()));
        let mut request = bare(&Method::GET, "/healthz");
        request.headers_mut().insert(header::HOST, host.parse().unwrap());
        assert_eq!(visitor.ask(As::Json, request).await.status, expected, "{host} at {address}");
    }
}
