//! Who asks, in which language, for what kind of answer: everything that handlers need beside their form.

use axum::Json;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use domain::section::Section;
use maud::Markup;
use serde::Serialize;
use tower_sessions::Session;
use web::csrf::CsrfToken;
use web::{Fault, Lang};

use super::error::{Trouble, fault};
use super::{account, login_form, login_session};
use crate::admin::Admin;
use crate::api::limits::client_address;
use crate::api::v1::{self, Opened};
use crate::app::App;
use crate::db::users::{Role, User};
use crate::second_factor;

/// How the asker wants to be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// A page.
    Page,
    /// The same figures as JSON, for programs.
    Json,
}

impl Wanted {
    /// Returns what the request's `Accept` asks for.
    pub fn of(headers: &HeaderMap) -> Self {
        let accept = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
        let json = accept.contains("application/json") && !accept.contains("text/html");
        if json { Self::Json } else { Self::Page }
    }
}

/// Somebody who is signed in.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Who, as the table of users says at this moment.
    pub user: User,
    /// The session's token.
    pub csrf: CsrfToken,
}

/// A request by somebody who is signed in.
pub struct Visit {
    /// The service.
    pub app: App,
    /// The language of the answer.
    pub lang: Lang,
    /// Who asks.
    pub user: User,
    /// The login session's token.
    pub csrf: CsrfToken,
    /// The kind of answer.
    pub wanted: Wanted,
}

impl FromRequestParts<App> for Visit {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fault> {
        let SignedIn { user, csrf } =
            parts.extensions.get::<SignedIn>().cloned().ok_or_else(Fault::login_needed)?;
        let (lang, wanted) = (Lang::of(parts), Wanted::of(&parts.headers));
        Ok(Self { app: app.clone(), lang, user, csrf, wanted })
    }
}

impl Visit {
    /// Unwraps what the database answers; what went wrong is logged here, once.
    ///
    /// # Errors
    /// With what the person is told.
    pub fn ok<T, E: Into<Trouble>>(&self, outcome: Result<T, E>) -> Result<T, Fault> {
        outcome.map_err(|error| fault(&self.app, error))
    }

    /// Returns the acts of those who keep data, in this person's name. Only routes of [`Who::Admin`] and [`Who::Keepers`]
    /// may ask.
    pub fn admin(&self) -> Admin {
        Admin::new(&self.app, &self.user.login)
    }

    /// Goes on for somebody who keeps what a section keeps.
    ///
    /// # Errors
    /// For everybody else; that they asked is noted.
    pub async fn needs(&self, section: Section) -> Result<(), Fault> {
        if self.user.role.keeps(section) {
            return Ok(());
        }
        super::error::record_refusal(&self.app, &self.user.login, &Method::POST, section.code()).await;
        Err(Fault::forbidden())
    }

    /// Answers with the page, or with its figures as JSON.
    pub fn answer<T: Serialize>(&self, figures: &T, page: impl FnOnce(&T) -> Markup) -> Response {
        match self.wanted {
            Wanted::Json => Json(figures).into_response(),
            Wanted::Page => page(figures).into_response(),
        }
    }
}

/// Who may use a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Everybody who reaches the service.
    Anybody,
    /// Whoever is signed in.
    SignedIn,
    /// Those who read sales: administrators, the department, operators.
    Sales,
    /// Those who look after stores: administrators, the department, auditors.
    Stores,
    /// Those who keep what one of these sections keeps, and administrators.
    Keepers(&'static [Section]),
    /// Those who keep what all of these sections keep, and administrators.
    KeepersOfAll(&'static [Section]),
    /// Those who read what people did: administrators and auditors.
    Audit,
    /// Administrators alone.
    Admin,
    /// Operators alone.
    Operator,
    /// Producers alone.
    Producer,
}

impl Who {
    /// Those who keep the catalogue, promotions and points of sale, and write and seal the official report of them.
    pub const TRADE: Self = Self::Keepers(&[Section::Trade]);
    /// Those who bring lists of products: a list changes names, prices and recognitions of every kind in one act.
    pub const LISTS: Self = Self::KeepersOfAll(&[Section::Trade, Section::Industry, Section::Agriculture]);
    /// Those who note what points of sale cost.
    pub const COSTS: Self = Self::Keepers(&[Section::Trade, Section::Finance]);
    /// Those who bring the papers of products.
    pub const DOSSIERS: Self = Self::Keepers(&[Section::Trade, Section::Industry, Section::Agriculture]);
    /// Those who record recognitions; which category, its section decides.
    pub const RECOGNITIONS: Self = Self::Keepers(&[Section::Trade, Section::Industry, Section::Agriculture]);

    /// True when a person of this role may go on.
    pub fn admits(self, role: Role) -> bool {
        match self {
            Self::Anybody | Self::SignedIn => true,
            Self::Sales => !matches!(role, Role::Producer(_)),
            Self::Stores => !matches!(role, Role::Producer(_) | Role::Operator(_)),
            Self::Keepers(sections) => sections.iter().any(|section| role.keeps(*section)),
            Self::KeepersOfAll(sections) => sections.iter().all(|section| role.keeps(*section)),
            Self::Audit => matches!(role, Role::Admin | Role::Auditor),
            Self::Admin => matches!(role, Role::Admin),
            Self::Operator => matches!(role, Role::Operator(_)),
            Self::Producer => matches!(role, Role::Producer(_)),
        }
    }
}

/// Middleware: finds out who is signed in. Before anybody is, the token of the sign-in form stands in for the session's.
pub async fn load(State(app): State<App>, session: Session, mut request: Request, next: Next) -> Response {
    if let Some(key) = bearer_of(&request) {
        return match with_key(&app, &key, request).await {
            Ok(request) => next.run(request).await,
            Err(fault) => fault.into_response(),
        };
    }
    match login_session::load(&app, &session).await {
        Ok(Some(signed_in)) => {
            request.extensions_mut().insert(signed_in.csrf.clone());
            request.extensions_mut().insert(signed_in);
        }
        Ok(None) => {
            if let Some(token) = login_form::form_token(&app.config, request.headers()) {
                request.extensions_mut().insert(token);
            }
        }
        Err(error) => return fault(&app, error).into_response(),
    }
    next.run(request).await
}

/// Keys open addresses for programs alone: a page of ours never sends one.
fn bearer_of(request: &Request) -> Option<String> {
    let key = v1::bearer(request.headers())?;
    v1::is_below(request.uri().path()).then(|| key.to_owned())
}

async fn with_key(app: &App, key: &str, request: Request) -> Result<Request, Fault> {
    let (mut parts, body) = request.into_parts();
    let address = client_address(&parts, &app.config.trusted_proxies);
    match v1::open(app, key, address).await.map_err(|error| fault(app, error))? {
        Opened::For(user) => {
            // Nothing can be posted there, so nobody needs the token.
            let csrf = CsrfToken::new(&app.clock);
            parts.extensions.insert(SignedIn { user: *user, csrf });
            Ok(Request::from_parts(parts, body))
        }
        Opened::Nothing => Err(Fault::login_needed()),
        Opened::TooSoon => Err(v1::too_soon()),
    }
}

/// Middleware of each route: lets pass only whom the list of routes names. Without a login a page leads to the sign-in
/// and comes back from there; everything else is refused.
pub async fn guard(State((app, who)): State<(App, Who)>, request: Request, next: Next) -> Response {
    let user = request.extensions().get::<SignedIn>().map(|signed_in| &signed_in.user);
    match (who, user) {
        (Who::Anybody, _) => next.run(request).await,
        (_, Some(user)) if who.admits(user.role) => {
            let (user, path) = (user.clone(), request.uri().path().to_owned());
            if let Some(answer) = without_code(&app, &user, (&path, is_page(&request))).await {
                return answer;
            }
            taken_away(&app, &user.login, request, next).await
        }
        (_, Some(user)) => {
            let (login, path) = (user.login.clone(), request.uri().path().to_owned());
            super::error::record_refusal(&app, &login, request.method(), &path).await;
            Fault::forbidden().into_response()
        }
        (_, None) if is_page(&request) => Redirect::to(&login_form::address(request.uri())).into_response(),
        (_, None) => Fault::login_needed().into_response(),
    }
}

/// Answers, and notes when a file leaves the house: who took what. What cannot be noted is not handed out.
async fn taken_away(app: &App, login: &str, request: Request, next: Next) -> Response {
    let path = request.uri().path_and_query().map_or("", |path| path.as_str()).to_owned();
    let answer = next.run(request).await;
    let is_file = answer.headers().contains_key(header::CONTENT_DISPOSITION);
    if !is_file || !answer.status().is_success() {
        return answer;
    }
    let detail = crate::db::entries::plain(&path, 500);
    match super::error::record(app, login, "export", "", &detail).await {
        Ok(()) => answer,
        Err(error) => fault(app, error).into_response(),
    }
}

/// Where administrators must have a second factor, one without it comes only so far as to turn it on.
async fn without_code(app: &App, user: &User, (path, is_page): (&str, bool)) -> Option<Response> {
    let is_free = path == "/logout" || path == account::ADDRESS || path.starts_with("/account/");
    if !app.config.logins.admins_need_code || user.role != Role::Admin || is_free {
        return None;
    }
    match second_factor::is_asked(app, user.id).await {
        Ok(true) => None,
        Ok(false) if is_page => Some(Redirect::to(account::ADDRESS).into_response()),
        Ok(false) => Some(Fault::forbidden().into_response()),
        Err(error) => Some(fault(app, error).into_response()),
    }
}

/// True when a person opens a page.
fn is_page(request: &Request) -> bool {
    request.method() == Method::GET && Wanted::of(request.headers()) == Wanted::Page
}

#[cfg(test)]
mod tests {
    use domain::ids::{OperatorId, ProducerId};
    use domain::section::Sections;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn each_route_admits_only_its_roles() {
        let (operator, producer) = (OperatorId::from_uuid(Uuid::nil()), ProducerId::from_uuid(Uuid::nil()));
        let editor = |section| Role::Editor(Sections::of([section]));
        let roles = [
            Role::Admin,
            editor(Section::Trade),
            editor(Section::Industry),
            editor(Section::Agriculture),
            editor(Section::Finance),
            Role::Department,
            Role::Auditor,
            Role::Operator(operator),
            Role::Producer(producer),
        ];
        for (who, expected) in [
            (Who::Anybody, "111111111"),
            (Who::SignedIn, "111111111"),
            (Who::Sales, "111111110"),
            (Who::Stores, "111111100"),
            (Who::TRADE, "110000000"),
            (Who::LISTS, "100000000"),
            (Who::COSTS, "110010000"),
            (Who::DOSSIERS, "111100000"),
            (Who::RECOGNITIONS, "111100000"),
            (Who::Audit, "100000100"),
            (Who::Admin, "100000000"),
            (Who::Operator, "000000010"),
            (Who::Producer, "000000001"),
        ] {
            let admitted = roles.map(|role| if who.admits(role) { '1' } else { '0' });
            assert_eq!(admitted.iter().collect::<String>(), expected, "{who:?}");
        }
        let three = [Section::Trade, Section::Industry, Section::Agriculture];
        assert!(Who::LISTS.admits(Role::Editor(Sections::of(three))), "who keeps all that a list changes");
    }
}
