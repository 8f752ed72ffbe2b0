//! Who may use which address, from where: matrices over the router's own list.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use pos::router::{Route, router, routes};
use pos::web::visit::Who;
use testkit::catalogue::PIN;

use crate::visitor::{As, CASHIER, HOST, MANAGER, Visitor, bare, form_urlencoded, store};

/// An address, a form that it takes, the status that it answers.
type Entry = (&'static str, Fields, u16);
type Fields = &'static [(&'static str, &'static str)];

/// A form that each address takes, and what it answers somebody who may post it. An address without an entry fails.
const FORMS: &[Entry] = &[
    ("/sign-in", &[("cashier_id", ID), ("pin", "000000"), ("counter", "1")], 401),
    ("/sign-out", &[], 303),
    ("/counter/scan", &[("sale_id", ID), ("code", "8938500000010")], 200),
    ("/counter/choose", &[("sale_id", ID), ("product_id", ID)], 200),
    ("/counter/tile", &[("sale_id", ID), ("product_id", ID)], 200),
    ("/counter/dismiss", &[("sale_id", ID), ("code", "1")], 200),
    ("/counter/select", &[("sale_id", ID), ("row", "0")], 200),
    ("/counter/quantity", &[("sale_id", ID), ("row", "0"), ("product_id", ID), ("quantity", "2")], 200),
    ("/counter/step", &[("sale_id", ID), ("row", "0"), ("product_id", ID), ("pieces", "-1")], 200),
    ("/counter/remove", &[("sale_id", ID), ("row", "0"), ("product_id", ID)], 200),
    ("/counter/clear", &[("sale_id", ID)], 200),
    ("/counter/undo", &[("sale_id", ID)], 200),
    ("/counter/weigh", &[("sale_id", ID), ("product_id", ID), ("weight", "0,35")], 200),
    ("/counter/pack", &[("sale_id", ID), ("name", "Giỏ Tết")], 200),
    ("/counter/unpack", &[("sale_id", ID), ("basket", "1")], 200),
    ("/counter/park", &[("sale_id", ID), ("name", "chị Lan")], 200),
    ("/counter/new", &[("sale_id", ID)], 200),
    ("/counter/resume", &[("sale_id", ID), ("to_sale_id", ID)], 200),
    ("/counter/reduce", &[("sale_id", ID), ("what", "cart"), ("typed", "5%"), ("reason", "")], 200),
    ("/counter/remark", &[("sale_id", ID), ("about", "cart"), ("text", "a"), ("on_receipt", "yes")], 200),
    ("/counter/show", &[("sale_id", ID), ("show", "cash")], 200),
    ("/counter/vietqr", &[("sale_id", ID)], 200),
    ("/counter/finish", &[("sale_id", ID), ("payable_vnd", "1")], 200),
    ("/counter/buyer", &[("sale_id", ID), ("kind", "none")], 200),
    ("/counter/pad", &[("sale_id", ID), ("day", ""), ("time", ""), ("lines", "")], 200),
    ("/counter/pad/same", &[("sale_id", ID)], 200),
    ("/counter/pad/other", &[("sale_id", ID)], 200),
    ("/pad", &[("op_id", "pp"), ("lines", "20")], 200),
    ("/counter/give-up-exchange", &[("sale_id", ID)], 200),
    (
        "/counter/deposit",
        &[("sale_id", ID), ("person", "a"), ("due", ""), ("amount", "1"), ("kind", "cash")],
        200,
    ),
    ("/deposits/deliver", &[("op_id", "dd"), ("sale_id", ID)], 200),
    (
        "/deposits/back",
        &[("op_id", "db"), ("sale_id", ID), ("amount", "1"), ("kind", "cash"), ("reason", "")],
        422,
    ),
    ("/counter/reprint", &[("sale_id", ID), ("printed_sale_id", ID)], 200),
    ("/counter/reprint-in-english", &[("sale_id", ID), ("printed_sale_id", ID)], 200),
    ("/counter/skip-print", &[("sale_id", ID), ("printed_sale_id", ID)], 200),
    ("/goods/blank", &[], 200),
    ("/producers/new", &[("op_id", "np"), ("name", "")], 422),
    ("/stock/minimum", &[("product_id", ID), ("minimum", "5")], 303),
    ("/transfers/new", &[("op_id", "ts"), ("to", ID), ("lot", ID), ("quantity", "1")], 422),
    ("/stock/merge", &[("op_id", "sm"), ("product_id", ID)], 422),
    ("/transfers/take", &[("op_id", "tt"), ("number", "LS-7Q3F-CK1"), ("lot", ID), ("quantity", "1")], 422),
    (
        "/repack",
        &[
            ("op_id", "rp"),
            ("lot_id", ID),
            ("quantity", "1"),
            ("product", ID),
            ("packs", "2"),
            ("each", "500g"),
            ("code", ""),
        ],
        422,
    ),
    ("/shift/open", &[("op_id", "a"), ("business_date", ""), ("float", "0")], 422),
    ("/shift/close", &[("op_id", "b"), ("counted", "0")], 200),
    ("/shift/count", &[("op_id", "f"), ("counted", "0")], 200),
    ("/shift/report", &[("op_id", "g")], 200),
    (
        "/open-tenders",
        &[("op_id", "ot"), ("sale_id", ID), ("from", "credit"), ("kind", "cash"), ("amount", "1")],
        200,
    ),
    // Not a form with a file.
    ("/open-tenders/bank-file", &[], 422),
    (
        "/open-tenders/bank-file/confirm",
        &[("op_id", "bf"), ("seen", "019a0000-0000-7000-8000-000000000001:1")],
        200,
    ),
    ("/drawer/cash", &[("op_id", "h"), ("way", "in"), ("amount", ""), ("person", ""), ("reason", "")], 422),
    ("/stock/lots", &[("op_id", "rg"), ("cause", "returned"), ("bearer", "store"), ("reason", "")], 422),
    ("/stocktake", &[("op_id", "st"), ("title", ""), ("area", "Kệ 1")], 200),
    ("/stocktake/give-up", &[("op_id", "sg"), ("stocktake_id", ID)], 422),
    ("/stocktake/again", &[("op_id", "sa"), ("product_id", ID)], 422),
    ("/stocktake/areas/{area}/scan", &[("code", "8938500000010")], 200),
    ("/stocktake/areas/{area}/pick", &[("product_id", ID)], 404),
    ("/stocktake/areas/{area}/count", &[("product_id", ID), ("quantity", "1")], 422),
    ("/stocktake/areas/{area}/again", &[("product_id", ID)], 422),
    (
        "/stocktake/closing",
        &[
            ("op_id", "sc"),
            ("stocktake_id", ID),
            ("bearer", "store"),
            ("takes_uncounted", ""),
            ("reason", ""),
            ("shown_counted", ""),
            ("shown_uncounted", ""),
            ("manager_id", ID),
            ("pin", "000000"),
        ],
        422,
    ),
    ("/drawer/open", &[("op_id", "i"), ("why", "")], 422),
    ("/goods/scan", &[("code", "8938500000010")], 200),
    ("/goods/pick", &[("product_id", ID)], 404),
    ("/goods/line", &[("producer_id", "")], 200),
    ("/goods", &[("producer_id", "")], 200),
    ("/labels/scan", &[("code", "8938500000010")], 200),
    ("/labels/pick", &[("product_id", ID)], 404),
    ("/labels/print", &[("op_id", "labels"), ("product_id", ID), ("lot_id", ""), ("count", "1")], 404),
    (
        "/products/new",
        &[
            ("op_id", "c"),
            ("sale_id", ID),
            ("barcode", ""),
            ("name", ""),
            ("unit", ""),
            ("sold_by", "piece"),
            ("price", ""),
            ("producer_id", ""),
        ],
        200,
    ),
    (
        "/receipts/refund",
        &[
            ("op_id", "r"),
            ("sale_id", ID),
            ("quantity", "1"),
            ("whole", ""),
            ("back_to", "shelf"),
            ("reason", ""),
            ("kind", "cash"),
        ],
        422,
    ),
    (
        "/receipts/exchange",
        &[("op_id", "x"), ("sale_id", ID), ("quantity", "1"), ("back_to", "shelf"), ("kind", "cash")],
        422,
    ),
    ("/receipts/void", &[("op_id", "v"), ("sale_id", ID), ("reason", "")], 422),
    (
        "/refunds/new",
        &[("op_id", "w"), ("sale_id", ID), ("back_to", "shelf"), ("reason", ""), ("kind", "cash")],
        422,
    ),
    (
        "/printers",
        &[
            ("op_id", "p"),
            ("counter", "1"),
            ("address", "other"),
            ("other", "fax:1"),
            ("paper_dots", "576"),
            ("cut", "partial"),
            ("feed_steps", "one"),
            ("drawer_pin", "2"),
        ],
        422,
    ),
    (
        "/printers/scanner",
        &[
            ("op_id", "z"),
            ("counter", "1"),
            ("port", "other"),
            ("other_port", "/etc/passwd"),
            ("baud", "9600"),
        ],
        422,
    ),
    ("/printers/find", &[("counter", "1")], 200),
    (
        "/printers/labels",
        &[
            ("op_id", "lp"),
            ("address", "other"),
            ("other", "fax:1"),
            ("language", "tspl"),
            ("width_mm", "35"),
            ("height_mm", "22"),
            ("columns", "2"),
            ("column_gap_mm", "2"),
            ("row_gap_mm", "2"),
            ("edge_mm", "0"),
        ],
        422,
    ),
    ("/printers/labels/find", &[], 200),
    ("/printers/labels/test", &[("op_id", "lt")], 200),
    ("/printers/test", &[("op_id", "q"), ("counter", "1")], 200),
    ("/printers/drawer", &[("op_id", "s"), ("counter", "1")], 200),
    (
        "/producers/pay",
        &[
            ("op_id", "pp"),
            ("producer_id", ID),
            ("act", "settle"),
            ("way", "cash"),
            ("amount", ""),
            ("shown_vnd", "0"),
            ("manager_id", ID),
            ("pin", "000000"),
        ],
        422,
    ),
    (
        "/producers/terms",
        &[
            ("op_id", "pt"),
            ("producer_id", ID),
            ("product_id", ""),
            ("valid_from", ""),
            ("mode", "consigned"),
            ("commission", "12"),
            ("basis", "gross"),
            ("discount_bearer", "store"),
            ("loss_bearer", "store"),
            ("shrinkage", ""),
            ("expiry_bearer", ""),
            ("return_days", ""),
            ("agreed_after_days", ""),
        ],
        422,
    ),
    ("/cashiers/new", &[("name", ""), ("pin", ""), ("pin_again", "")], 422),
    ("/invoices/resend", &[("op_id", "d"), ("invoice_id", ID)], 404),
    (
        "/invoices/buyer",
        &[
            ("op_id", "e"),
            ("invoice_id", ID),
            ("kind", "none"),
            ("name", ""),
            ("number", ""),
            ("address", ""),
        ],
        404,
    ),
];

const ID: &str = "019a0000-0000-7000-8000-000000000001";

/// An address in place of its pattern; what it answers to somebody who may read it.
fn read(route: &Route) -> (String, u16) {
    match route.path {
        "/receipts/{sale_id}" | "/receipts/{sale_id}/picture.png" => {
            (route.path.replace("{sale_id}", ID), 404)
        }
        "/deposits/{sale_id}" => (route.path.replace("{sale_id}", ID), 404),
        "/shift/reports/{shift_id}" => (route.path.replace("{shift_id}", ID), 404),
        "/slips/{slip_id}/picture.png" => (route.path.replace("{slip_id}", ID), 404),
        "/producers/{producer_id}" | "/producers/{producer_id}/terms" => {
            (route.path.replace("{producer_id}", ID), 404)
        }
        "/papers/{number}" => (route.path.replace("{number}", "LS-7Q3F-QT1"), 404),
        "/transfers/{number}" => (route.path.replace("{number}", "LS-7Q3F-CK1"), 404),
        "/repack" => (format!("{}?lot_id={ID}", route.path), 404),
        "/stock/card" => (format!("{}?product_id={ID}", route.path), 404),
        "/stocktake/areas/{area}/search" => ("/stocktake/areas/K%E1%BB%87%201/search?q=toi".to_owned(), 200),
        "/pad/{slip_id}" => (route.path.replace("{slip_id}", ID), 404),
        "/invoices/{invoice_id}" => (route.path.replace("{invoice_id}", ID), 404),
        // No shift is open.
        "/" => ("/".to_owned(), 303),
        // There is no till for practising.
        "/training" => (route.path.to_owned(), 303),
        // Nothing to pay.
        "/counter/tender" => (route.path.to_owned(), 409),
        "/display" | "/display/events" => (format!("{}?counter=1", route.path), 200),
        "/labels/picture.png" => (format!("{}?product_id={ID}", route.path), 404),
        "/counter/search" | "/goods/search" | "/labels/search" => (format!("{}?q=toi", route.path), 200),
        path => (path.to_owned(), 200),
    }
}

fn form_of(path: &str) -> (Fields, u16) {
    let found = FORMS.iter().find(|form| form.0 == path);
    let (_, fields, status) = found.unwrap_or_else(|| panic!("{path} has no entry in FORMS: add one"));
    (fields, *status)
}

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
            let of_content = |content: &serde_json::Map<String, serde_json::Value>| {
                spelled.iter().find_map(|kind| content.get(*kind)).map(|form| form["schema"]["$ref"].clone())
            };
            let form = content.and_then(of_content).unwrap_or_default();
            let name = form
                .as_str()
                .unwrap_or_else(|| panic!("{} takes what?", route.path))
                .rsplit('/')
                .next()
                .unwrap();
            let fields = &document["components"]["schemas"][name]["properties"];
            for (field, _) in form_of(route.path).0 {
                assert!(fields[field].is_object(), "{name} has no {field}: {fields}");
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
