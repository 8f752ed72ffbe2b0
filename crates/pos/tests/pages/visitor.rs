//! A browser for tests: it keeps cookies and the token, and asks the router without a network.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::connect_info::MockConnectInfo;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use pos::App;
use pos::router::router;
use serde_json::Value;
use testkit::catalogue::{PIN, id_of};
use testkit::store::TestStore;
use tower::ServiceExt;

/// Where the service under test believes to listen.
pub(crate) const HOST: &str = "127.0.0.1:7300";
pub(crate) use testkit::catalogue::MANAGER;

pub(crate) const CASHIER: &str = "Nguyễn Thị Hường";
pub(crate) const GARLIC: &str = "8938500000010";
pub(crate) const GARLIC_NAME: &str = "Tỏi đen Lý Sơn hộp 250 g";
pub(crate) const FISH_SAUCE: &str = "8938500000027";
pub(crate) const FISH_SAUCE_NAME: &str = "Nước mắm Sa Huỳnh chai 500 ml";

/// What was answered.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    /// The answer as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {} {}", self.status, self.text))
    }

    /// What the note says, by its name for programs.
    pub(crate) fn says(&self) -> String {
        self.json()["note"]["says"].as_str().unwrap_or_else(|| panic!("no note: {}", self.text)).to_owned()
    }

    /// Where it leads.
    pub(crate) fn leads_to(&self) -> &str {
        self.headers.get(header::LOCATION).map_or("", |to| to.to_str().unwrap())
    }

    #[track_caller]
    pub(crate) fn has(&self, words: &str) {
        assert!(self.text.contains(words), "{words:?} is not in {} {}", self.status, self.text);
    }
}

/// How an answer is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum As {
    Page,
    Json,
    /// As the ES module posts.
    Part,
}

/// A browser.
pub(crate) struct Visitor {
    pub(crate) router: Router,
    pub(crate) csrf: String,
    /// The name of the rows that its window shows (`data-rows`).
    pub(crate) shown_rows: String,
    cookies: BTreeMap<String, String>,
    ops: u32,
}

impl Visitor {
    /// Opens a browser at a store.
    pub(crate) fn at(store: &TestStore) -> Self {
        Self::at_till(&store.app)
    }

    /// Opens a browser at a till.
    pub(crate) fn at_till(app: &App) -> Self {
        let address: SocketAddr = HOST.parse().unwrap();
        Self::of(router(app.clone(), address))
    }

    /// Opens another browser at the same service.
    pub(crate) fn of(router: Router) -> Self {
        let peer = MockConnectInfo(SocketAddr::from(([127, 0, 0, 1], 50_000)));
        Self {
            router: router.layer(peer),
            csrf: String::new(),
            shown_rows: String::new(),
            cookies: BTreeMap::new(),
            ops: 0,
        }
    }

    /// Opens a browser and signs in at counter 1.
    pub(crate) async fn signed_in(store: &TestStore, name: &str) -> Self {
        let mut visitor = Self::at(store);
        visitor.sign_in(name, PIN).await;
        visitor
    }

    /// As [`Self::signed_in`], with an open shift.
    pub(crate) async fn selling(store: &TestStore) -> Self {
        Self::selling_at(store, "1").await
    }

    /// As [`Self::selling`], at another counter.
    pub(crate) async fn selling_at(store: &TestStore, counter: &str) -> Self {
        Self::selling_in(&store.app, counter).await
    }

    /// As [`Self::selling_at`], at a till.
    pub(crate) async fn selling_in(app: &App, counter: &str) -> Self {
        let mut visitor = Self::at_till(app);
        visitor.sign_in_at(CASHIER, counter).await;
        let date = web::format::local_date(app.clock().now_ms()).to_string();
        let op_id = visitor.new_op();
        let form = [("op_id", op_id.as_str()), ("business_date", &date), ("float", "500.000")];
        let opened = visitor.post(As::Json, "/shift/open", &form).await;
        assert_eq!(opened.says(), "shift_opened", "{}", opened.text);
        visitor
    }

    /// Signs in at counter 1 as a program does.
    pub(crate) async fn sign_in(&mut self, name: &str, pin: &str) -> Answer {
        self.sign_in_with(name, pin, "1").await
    }

    /// Signs in at another counter.
    pub(crate) async fn sign_in_at(&mut self, name: &str, counter: &str) -> Answer {
        self.sign_in_with(name, PIN, counter).await
    }

    async fn sign_in_with(&mut self, name: &str, pin: &str, counter: &str) -> Answer {
        self.csrf = self.get(As::Json, "/sign-in").await.json()["csrf"].as_str().unwrap().to_owned();
        let cashier = id_of(name).to_string();
        let answer = self
            .post(As::Json, "/sign-in", &[("cashier_id", &cashier), ("pin", pin), ("counter", counter)])
            .await;
        if answer.status == StatusCode::OK {
            self.csrf = answer.json()["csrf"].as_str().unwrap().to_owned();
        }
        answer
    }

    /// A fresh id of a request.
    pub(crate) fn new_op(&mut self) -> String {
        self.ops += 1;
        format!("op{}-{}", self.csrf.get(..8).unwrap_or_default(), self.ops)
    }

    pub(crate) async fn get(&mut self, kind: As, path: &str) -> Answer {
        let request = Request::get(path).body(Body::empty()).unwrap();
        self.ask(kind, request).await
    }

    /// Posts a form with a fresh id.
    pub(crate) async fn post(&mut self, kind: As, path: &str, fields: &[(&str, &str)]) -> Answer {
        let op = self.new_op();
        self.post_as(kind, path, fields, &op).await
    }

    /// Posts a form with this id.
    pub(crate) async fn post_as(
        &mut self,
        kind: As,
        path: &str,
        fields: &[(&str, &str)],
        op: &str,
    ) -> Answer {
        let body = form_urlencoded(fields);
        let mut request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .header(header::ORIGIN, format!("http://{HOST}"));
        if kind != As::Page {
            request =
                request.header("x-op-id", op).header("x-csrf", &self.csrf).header("x-rows", &self.shown_rows);
        }
        self.ask(kind, request.body(Body::from(body)).unwrap()).await
    }

    /// Brings a file to a form.
    pub(crate) async fn bring(&mut self, path: &str, content: &[u8]) -> Answer {
        let mut body =
            b"--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\r\n".to_vec();
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n--x--\r\n");
        let request = Request::post(path)
            .header(header::HOST, HOST)
            .header(header::ORIGIN, format!("http://{HOST}"))
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
            .header("x-csrf", self.csrf.clone())
            .body(Body::from(body))
            .unwrap();
        self.ask(As::Json, request).await
    }

    /// Asks as this browser: with its cookies.
    pub(crate) async fn ask(&mut self, kind: As, mut request: Request<Body>) -> Answer {
        let accept = if kind == As::Json { "application/json" } else { "text/html" };
        let cookies = self.cookies();
        let headers = request.headers_mut();
        headers.entry(header::HOST).or_insert(HOST.parse().unwrap());
        headers.entry(header::ACCEPT).or_insert(accept.parse().unwrap());
        if !cookies.is_empty() {
            headers.insert(header::COOKIE, cookies.parse().unwrap());
        }
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            let (name, rest) = cookie.to_str().unwrap().split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let bytes = to_bytes(body, 1 << 22).await.unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Answer { status: parts.status, headers: parts.headers, text }
    }

    /// The counter's state.
    pub(crate) async fn state(&mut self) -> Value {
        self.get(As::Json, "/counter/state").await.json()
    }

    /// The open cart's sale.
    pub(crate) async fn sale_id(&mut self) -> String {
        self.state().await["sale_id"].as_str().unwrap().to_owned()
    }

    /// Posts an action on the open cart, answered as JSON.
    pub(crate) async fn act(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let sale_id = self.sale_id().await;
        let fields = [&[("sale_id", sale_id.as_str())], fields].concat();
        self.post(As::Json, path, &fields).await
    }

    /// Scans a code or types words.
    pub(crate) async fn scan(&mut self, code: &str) -> Answer {
        self.act("/counter/scan", &[("code", code)]).await
    }

    /// The names of this browser's cookies.
    pub(crate) fn cookie_names(&self) -> Vec<&str> {
        self.cookies.keys().map(String::as_str).collect()
    }

    /// This browser's cookies as a header.
    pub(crate) fn cookies(&self) -> String {
        let pairs: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        pairs.join("; ")
    }
}

/// A store that has its catalogue and goods, and no open shift at counter 1.
pub(crate) async fn store() -> TestStore {
    let store = TestStore::closed(pos::Config::default()).await;
    store.receive(GARLIC_NAME, 10, Some("Tỏi đen Lý Sơn")).await;
    store.receive(FISH_SAUCE_NAME, 10, None).await;
    store
}

/// Spells a form.
pub(crate) fn form_urlencoded(fields: &[(&str, &str)]) -> String {
    let spell = |text: &str| -> String {
        text.bytes()
            .map(|byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => char::from(byte).to_string(),
                _ => format!("%{byte:02X}"),
            })
            .collect()
    };
    let pairs: Vec<String> =
        fields.iter().map(|(name, value)| format!("{}={}", spell(name), spell(value))).collect();
    pairs.join("&")
}

/// A request of some method, for matrices over all routes.
pub(crate) fn bare(method: &Method, path: &str) -> Request<Body> {
    Request::builder().method(method).uri(path).body(Body::empty()).unwrap()
}
