//! Who asks, in which language, for what kind of answer: everything that handlers need beside their form.

use axum::Json;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use maud::Markup;
use serde::Serialize;
use tower_sessions::Session;
use web::csrf::CsrfToken;
use web::{Fault, Lang};

use super::error::{Trouble, fault};
use super::{login_form, login_session};
use crate::admin::Admin;
use crate::app::App;
use crate::db::users::{Role, User};

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

    /// Returns the administrator's acts in this person's name. Only routes of [`Who::Admin`] may ask.
    pub fn admin(&self) -> Admin {
        Admin::new(&self.app, &self.user.login)
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
    /// Those who look after stores: administrators and the department.
    Stores,
    /// Administrators alone.
    Admin,
    /// Operators alone.
    Operator,
    /// Producers alone.
    Producer,
}

impl Who {
    /// True when a person of this role may go on.
    pub const fn admits(self, role: Role) -> bool {
        match self {
            Self::Anybody | Self::SignedIn => true,
            Self::Sales => matches!(role, Role::Admin | Role::Department | Role::Operator(_)),
            Self::Stores => matches!(role, Role::Admin | Role::Department),
            Self::Admin => matches!(role, Role::Admin),
            Self::Operator => matches!(role, Role::Operator(_)),
            Self::Producer => matches!(role, Role::Producer(_)),
        }
    }
}

/// Middleware: finds out who is signed in. Before anybody is, the token of the sign-in form stands in for the session's.
pub async fn load(State(app): State<App>, session: Session, mut request: Request, next: Next) -> Response {
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

/// Middleware of each route: lets pass only whom the list of routes names. Without a login a page leads to the sign-in
/// and comes back from there; everything else is refused.
pub async fn guard(State((app, who)): State<(App, Who)>, request: Request, next: Next) -> Response {
    let user = request.extensions().get::<SignedIn>().map(|signed_in| &signed_in.user);
    match (who, user) {
        (Who::Anybody, _) => next.run(request).await,
        (_, Some(user)) if who.admits(user.role) => next.run(request).await,
        (_, Some(user)) => {
            let (login, path) = (user.login.clone(), request.uri().path().to_owned());
            super::error::record_refusal(&app, &login, request.method(), &path).await;
            Fault::forbidden().into_response()
        }
        (_, None) if is_page(&request) => Redirect::to(&login_form::address(request.uri())).into_response(),
        (_, None) => Fault::login_needed().into_response(),
    }
}

/// True when a person opens a page.
fn is_page(request: &Request) -> bool {
    request.method() == Method::GET && Wanted::of(request.headers()) == Wanted::Page
}

#[cfg(test)]
mod tests {
    use domain::ids::{OperatorId, ProducerId};
    use uuid::Uuid;

    use super::*;

    #[test]
    fn each_route_admits_only_its_roles() {
        let (operator, producer) = (OperatorId::from_uuid(Uuid::nil()), ProducerId::from_uuid(Uuid::nil()));
        let roles = [Role::Admin, Role::Department, Role::Operator(operator), Role::Producer(producer)];
        for (who, expected) in [
            (Who::Anybody, [true, true, true, true]),
            (Who::SignedIn, [true, true, true, true]),
            (Who::Sales, [true, true, true, false]),
            (Who::Stores, [true, true, false, false]),
            (Who::Admin, [true, false, false, false]),
            (Who::Operator, [false, false, true, false]),
            (Who::Producer, [false, false, false, true]),
        ] {
            assert_eq!(roles.map(|role| who.admits(role)), expected, "{who:?}");
        }
    }
}
