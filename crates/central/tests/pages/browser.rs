//! A browser without a screen: keeps cookies, fills in forms, follows nothing.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::net::SocketAddr;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Method, Request, header};
use calamine::{Reader, Xlsx, open_workbook_from_rs};
use central::db::users::Role;
use domain::ids::UserId;
use domain::section::{Section, Sections};
use serde_json::Value;

use crate::support::{Answer, World};

/// Everybody's password in tests.
pub(super) const PASSWORD: &str = "hành tím mồ côi";
/// Where the service is, for a browser.
pub(super) const HOST: &str = "127.0.0.1:8080";

/// A browser with its cookies.
#[derive(Debug, Clone, Default)]
pub(super) struct Browser {
    cookies: BTreeMap<String, String>,
    address: Option<SocketAddr>,
    extra: Vec<(&'static str, String)>,
}

impl Browser {
    /// Returns one that nobody has signed in with.
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// Returns one that asks from an address.
    pub(super) fn at(address: [u8; 4]) -> Self {
        Self { address: Some(SocketAddr::from((address, 50_000))), ..Self::default() }
    }

    /// Returns one that somebody has signed in with: an account of its own for each role.
    pub(super) async fn of(world: &World, role: Role) -> Self {
        let login = format!("{}-{}", role.code(), world.app.clock.new_uuid().simple());
        add_user(world, &login, role).await;
        let mut browser = Self::new();
        let answer = browser.sign_in(world, &login, PASSWORD).await;
        assert_eq!(answer.status, 303, "{}", text(&answer));
        browser
    }

    /// Sends other headers from now on; an empty value leaves the usual one out.
    #[must_use]
    pub(super) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.extra.push((name, value.to_owned()));
        self
    }

    /// Returns the value of a cookie.
    pub(super) fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    /// Sets a cookie.
    pub(super) fn set_cookie(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.to_owned(), value.to_owned());
    }

    /// Opens a page.
    pub(super) async fn get(&mut self, world: &World, path: &str) -> Answer {
        self.send(world, Method::GET, path, "text/html", None).await
    }

    /// Asks for the figures of a page.
    pub(super) async fn json(&mut self, world: &World, path: &str) -> Value {
        let answer = self.send(world, Method::GET, path, "application/json", None).await;
        assert_eq!(answer.status, 200, "{path}: {}", text(&answer));
        answer.json()
    }

    /// Asks for the figures of a page; returns the status and whatever came.
    pub(super) async fn json_or_status(&mut self, world: &World, path: &str) -> String {
        let answer = self.send(world, Method::GET, path, "application/json", None).await;
        format!("{} {}", answer.status, text(&answer))
    }

    /// Posts a form as it stands, without a token.
    pub(super) async fn post_bare(&mut self, world: &World, path: &str, form: &str) -> Answer {
        self.send(world, Method::POST, path, "text/html", Some(form.to_owned())).await
    }

    /// Posts a form with the token of a page.
    pub(super) async fn post(
        &mut self,
        world: &World,
        page: &str,
        path: &str,
        fields: &[(&str, &str)],
    ) -> Answer {
        let token = self.token(world, page).await;
        let mut form = format!("csrf={token}");
        for (name, value) in fields {
            form.push_str(&format!("&{name}={}", encoded(value)));
        }
        self.post_bare(world, path, &form).await
    }

    /// Signs in.
    pub(super) async fn sign_in(&mut self, world: &World, account: &str, password: &str) -> Answer {
        let fields = [("account", account), ("password", password)];
        self.post(world, "/login", "/login", &fields).await
    }

    /// Returns the token that a page carries.
    pub(super) async fn token(&mut self, world: &World, page: &str) -> String {
        let page = text(&self.get(world, page).await);
        let field =
            page.split("name=\"csrf\" value=\"").nth(1).or(page.split("name=\"csrf\" content=\"").nth(1));
        field.and_then(|rest| rest.split('"').next()).unwrap_or_else(|| panic!("no token: {page}")).to_owned()
    }

    /// Sends a request and keeps the cookies of the answer.
    pub(super) async fn send(
        &mut self,
        world: &World,
        method: Method,
        path: &str,
        accept: &str,
        form: Option<String>,
    ) -> Answer {
        let mut request = Request::builder().method(method.clone()).uri(path).header(header::ACCEPT, accept);
        let mut headers = vec![("host", HOST.to_owned())];
        if method == Method::POST {
            headers.push(("origin", format!("http://{HOST}")));
            headers.push(("content-type", "application/x-www-form-urlencoded".to_owned()));
        }
        headers.retain(|(name, _)| self.extra.iter().all(|(other, _)| other != name));
        headers.extend(self.extra.iter().filter(|(_, value)| !value.is_empty()).cloned());
        for (name, value) in headers {
            request = request.header(name, value);
        }
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        let mut request = request.body(form.map_or_else(Body::empty, Body::from)).unwrap();
        if let Some(address) = self.address {
            request.extensions_mut().insert(ConnectInfo(address));
        }
        let answer = Answer::of(&world.router, request).await;
        self.keep(&answer);
        answer
    }

    fn keep(&mut self, answer: &Answer) {
        for cookie in answer.headers.get_all(header::SET_COOKIE) {
            let cookie = cookie.to_str().unwrap();
            let (name, rest) = cookie.split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            if value.is_empty() || rest.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

/// Whoever keeps what the section of trade keeps.
pub(super) fn trade() -> Role {
    Role::Editor(Sections::of([Section::Trade]))
}

/// Adds a person with [`PASSWORD`].
pub(super) async fn add_user(world: &World, login: &str, role: Role) -> UserId {
    world.admin.add_user(login, "Võ Thị Kim Ngân", role, PASSWORD).await.unwrap()
}

/// The body as text; of a file for a spreadsheet its cells, sheet by sheet; of another zip its files.
pub(super) fn text(answer: &Answer) -> String {
    if answer.body.starts_with(b"PK") {
        let book: Result<Xlsx<_>, _> = open_workbook_from_rs(Cursor::new(answer.body.clone()));
        let Ok(mut book) = book else { return files(&answer.body) };
        return book.worksheets().iter().map(|(name, cells)| format!("{name}\n{cells:?}\n")).collect();
    }
    String::from_utf8(answer.body.clone()).unwrap()
}

fn files(zip: &[u8]) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(zip)).unwrap();
    let mut all = Vec::new();
    for index in 0..zip.len() {
        let mut file = zip.by_index(index).unwrap();
        all.extend(format!("{}\n", file.name().unwrap()).into_bytes());
        file.read_to_end(&mut all).unwrap();
    }
    String::from_utf8_lossy(&all).into_owned()
}

/// Where an answer leads.
pub(super) fn location(answer: &Answer) -> &str {
    answer.headers.get(header::LOCATION).map_or("", |value| value.to_str().unwrap())
}

/// Text as an address and a form carry it: days and ids stay as they are written.
pub(super) fn encoded(text: &str) -> String {
    let write = |byte: u8| {
        let is_kept = byte.is_ascii_alphanumeric() || byte == b'-';
        if is_kept { char::from(byte).to_string() } else { format!("%{byte:02X}") }
    };
    text.bytes().map(write).collect()
}
