//! Who asks, in which language, for what kind of answer: everything that handlers need beside their form.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{FromRef, FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use tower_sessions::Session;
use uuid::Uuid;
use web::csrf::CsrfToken;
use web::error::OP_ID;
use web::{Fault, Lang};

use super::best_sellers::BestSellers;
use super::cart_rows::{self, RowDigest};
use super::error::{Trouble, fault};
use super::login::{self, SignedIn};
use super::side::Side;
use super::texts::CounterTexts;
use super::weigh::Weighing;
use crate::App;
use crate::counter::{self, Note, Seat};

/// Longest name of a request that a page gives it.
const OP_ID_MOST: usize = 64;

/// The header with the name of the rows that a window shows (`data-rows`).
const ROWS: &str = "x-rows";

/// The client and what its windows should see again.
#[derive(Clone)]
pub struct Site {
    app: App,
    windows: Arc<Mutex<BTreeMap<String, Window>>>,
}

/// What a counter's window shows beside what the database holds; nothing is lost with it.
#[derive(Debug, Clone, Default)]
struct Window {
    chosen: Option<usize>,
    note: Option<Note>,
    best_sellers: Option<Arc<BestSellers>>,
    weighing: Vec<Weighing>,
    rows: Vec<RowDigest>,
}

impl Site {
    /// Serves this client.
    pub fn new(app: App) -> Self {
        Self { app, windows: Arc::default() }
    }

    /// Remembers the chosen row of a counter.
    pub fn choose(&self, counter: &str, chosen: Option<usize>) {
        self.window(counter, |window| window.chosen = chosen);
    }

    /// Returns the chosen row of a counter.
    pub fn chosen(&self, counter: &str) -> Option<usize> {
        self.window(counter, |window| window.chosen)
    }

    /// Keeps a note for the next whole page of a counter, over a redirect.
    pub fn leave_note(&self, counter: &str, note: Note) {
        self.window(counter, |window| window.note = Some(note));
    }

    /// Returns the note that was left, once.
    pub fn take_note(&self, counter: &str) -> Option<Note> {
        self.window(counter, |window| window.note.take())
    }

    /// Keeps the best sellers that a counter has open, and returns them.
    pub fn show_best_sellers(&self, counter: &str, shown: BestSellers) -> Arc<BestSellers> {
        let shown = Arc::new(shown);
        self.window(counter, |window| window.best_sellers = Some(Arc::clone(&shown)));
        shown
    }

    /// Closes them.
    pub fn hide_best_sellers(&self, counter: &str) {
        self.window(counter, |window| window.best_sellers = None);
    }

    /// Returns the best sellers that a counter has open.
    pub fn best_sellers(&self, counter: &str) -> Option<Arc<BestSellers>> {
        self.window(counter, |window| window.best_sellers.clone())
    }

    /// Changes the goods whose weight a counter still asks for.
    pub fn weighing<T>(&self, counter: &str, act: impl FnOnce(&mut Vec<Weighing>) -> T) -> T {
        self.window(counter, |window| act(&mut window.weighing))
    }

    /// Keeps which rows of its cart a counter was last answered with, and returns those of before when they have this name.
    pub fn answer_rows(&self, counter: &str, rows: Vec<RowDigest>, shown: Option<&str>) -> Vec<RowDigest> {
        let before = self.window(counter, |window| std::mem::replace(&mut window.rows, rows));
        if shown.is_some_and(|shown| shown == cart_rows::name(&before)) { before } else { Vec::new() }
    }

    /// The client.
    pub fn app(&self) -> App {
        self.app.clone()
    }

    fn window<T>(&self, counter: &str, act: impl FnOnce(&mut Window) -> T) -> T {
        let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        act(windows.entry(counter.to_owned()).or_default())
    }
}

impl FromRef<Site> for App {
    fn from_ref(site: &Site) -> Self {
        site.app.clone()
    }
}

/// How the asker wants to be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// A page or a list of elements.
    Markup,
    /// The same as JSON, for programs.
    Json,
}

impl Wanted {
    /// Returns what the request's `Accept` asks for.
    pub fn of(headers: &HeaderMap) -> Self {
        let accept = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
        let json = accept.contains("application/json") && !accept.contains("text/html");
        if json { Self::Json } else { Self::Markup }
    }
}

/// A request by somebody who is signed in.
pub struct Visit {
    /// The client.
    pub app: App,
    /// The client's windows.
    pub site: Site,
    /// The language of the answer.
    pub lang: Lang,
    /// Who asks, at which counter.
    pub seat: Seat,
    /// The login session's token.
    pub csrf: CsrfToken,
    /// The kind of answer.
    pub wanted: Wanted,
    /// What follows `?` in the address, without the language; empty for nothing.
    pub query: String,
    op_id: Option<String>,
    /// The name of the rows that the window shows.
    pub shown_rows: Option<String>,
}

impl FromRequestParts<Site> for Visit {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Fault> {
        let signed_in = parts.extensions.get::<SignedIn>().cloned().ok_or_else(Fault::login_needed)?;
        let header = |name| parts.headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        Ok(Self {
            app: site.app.clone(),
            site: site.clone(),
            lang: Lang::of(parts),
            seat: signed_in.seat,
            csrf: signed_in.csrf,
            wanted: Wanted::of(&parts.headers),
            query: parts.uri.query().unwrap_or_default().to_owned(),
            op_id: header(OP_ID),
            shown_rows: header(ROWS),
        })
    }
}

impl Visit {
    /// Returns what a counter action needs: the request's own id and the sale that it is meant for.
    ///
    /// # Errors
    /// When the request names itself not at all, or oddly.
    pub fn request(&self, sale_id: Uuid) -> Result<counter::Request, Fault> {
        let op_id = check_op_id(self.op_id.as_deref().unwrap_or_default())?;
        Ok(counter::Request { op_id, sale_id: sale_id.into() })
    }

    /// Returns a new id, for a form that posts itself once.
    pub fn new_op_id(&self) -> String {
        self.app.clock().new_uuid().simple().to_string()
    }

    /// Returns the id of a form: one that comes back keeps it, so what it asks for is still done once at most.
    pub fn op_id_of(&self, posted: &str) -> String {
        if posted.is_empty() { self.new_op_id() } else { posted.to_owned() }
    }

    /// Returns what the right column shows for a side: where the best sellers are open, they stand in place of the keys.
    pub fn at_rest(&self, side: Side) -> Side {
        match (side, self.site.best_sellers(&self.seat.counter)) {
            (Side::Keys, Some(shown)) => Side::BestSellers { shown, is_new: false },
            (side, _) => side,
        }
    }

    /// Unwraps what the counter or the database answers; what went wrong is logged here, once.
    ///
    /// # Errors
    /// With what the person is told.
    pub fn ok<T, E: Into<Trouble>>(&self, outcome: Result<T, E>) -> Result<T, Fault> {
        outcome.map_err(|error| fault(&self.app, error))
    }
}

/// Takes the id that a request or form gives itself.
///
/// # Errors
/// When it is missing, long, or more than letters, digits and hyphens.
pub fn check_op_id(op_id: &str) -> Result<String, Fault> {
    let is_name = op_id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if op_id.is_empty() || op_id.len() > OP_ID_MOST || !is_name {
        return Err(Fault::new(StatusCode::BAD_REQUEST, "no_op_id", CounterTexts::fault_no_op_id));
    }
    Ok(op_id.to_owned())
}

/// Who may use a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Everybody who reaches the service.
    Anybody,
    /// Whoever is signed in at a counter.
    Staff,
    /// Managers only.
    Manager,
}

/// Middleware: finds out who is signed in. A stream that a page holds open is no sign of a person.
pub async fn load(State(site): State<Site>, session: Session, mut request: Request, next: Next) -> Response {
    let by_person = ![super::live::EVENTS, super::display::EVENTS].contains(&request.uri().path());
    match login::load(&site.app, &session, by_person).await {
        Ok(found) => {
            if let Some(csrf) = found.csrf {
                request.extensions_mut().insert(csrf);
            }
            if let Some(signed_in) = found.signed_in {
                request.extensions_mut().insert(signed_in);
            }
            next.run(request).await
        }
        Err(error) => fault(&site.app, error).into_response(),
    }
}

/// Middleware of each route: lets pass only whom the list of routes names. Without a login session a page leads to the
/// sign-in; everything else is refused, so that a counter's queue stays where it is.
pub async fn guard(State(who): State<Who>, request: Request, next: Next) -> Response {
    let seat = request.extensions().get::<SignedIn>().map(|signed_in| &signed_in.seat);
    match (who, seat) {
        (Who::Anybody, _) | (Who::Staff, Some(_)) => next.run(request).await,
        (Who::Manager, Some(seat)) if seat.manager => next.run(request).await,
        (Who::Manager, Some(_)) => Fault::forbidden().into_response(),
        (_, None) if is_page(&request) => Redirect::to("/sign-in").into_response(),
        (_, None) => Fault::login_needed().into_response(),
    }
}

/// True when a person opens a page, and not a part of one.
fn is_page(request: &Request) -> bool {
    let accept = request.headers().get(header::ACCEPT).and_then(|accept| accept.to_str().ok());
    request.method() == Method::GET
        && accept.unwrap_or_default().contains("text/html")
        && !request.uri().path().starts_with("/counter/")
}
