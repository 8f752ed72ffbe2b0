//! The producer's pages, made for a phone: what is owed, what stands in the stores, what was sold,
//! what was settled, what was agreed.
//!
//! Each handler takes [`ProducerVisit`], which exists for producers alone and carries their scope: no query here can be
//! asked about anybody else.

pub mod consigned;
pub mod dossier;
pub mod dossier_texts;
pub mod grid;
pub mod grid_texts;
pub mod month;
pub mod overview;
pub mod picked;
pub mod settlement;
pub mod settlement_texts;
pub mod settlements;
pub mod sold;
pub mod terms;

use axum::Json;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::Serialize;
use web::csrf::CsrfToken;
use web::{Fault, Lang};

use super::error::{Trouble, fault};
use super::shell::{self, Frame, Place};
use super::visit::{Visit, Wanted};
use crate::app::App;
use crate::db::producers;
use crate::db::users::{ProducerScope, Scope};
use crate::error::Error;

/// A request by a producer.
pub struct ProducerVisit {
    /// The request.
    pub visit: Visit,
    /// What may be seen.
    pub scope: ProducerScope,
    /// The producer's name.
    pub name: String,
}

impl FromRequestParts<App> for ProducerVisit {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fault> {
        let visit = Visit::from_request_parts(parts, app).await?;
        let Scope::Producer(scope) = visit.user.scope() else { return Err(Fault::forbidden()) };
        let producer = visit.ok(producers::find(&app.db, scope.producer_id()).await)?;
        let name = visit.ok(producer.ok_or(Error::NotFound("producer")))?.name;
        Ok(Self { visit, scope, name })
    }
}

/// A request for a producer's figures.
pub struct Reader {
    /// The service.
    pub app: App,
    /// The language of the answer.
    pub lang: Lang,
    /// The kind of answer.
    pub wanted: Wanted,
    /// What may be seen.
    pub scope: ProducerScope,
    /// The producer's name.
    pub name: String,
    /// Where the addresses of all pages begin: `/me`.
    pub root: String,
    /// The login.
    visit: Visit,
}

impl FromRequestParts<App> for Reader {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fault> {
        Ok(Self::from(ProducerVisit::from_request_parts(parts, app).await?))
    }
}

impl From<ProducerVisit> for Reader {
    fn from(ProducerVisit { visit, scope, name }: ProducerVisit) -> Self {
        let (app, lang, wanted) = (visit.app.clone(), visit.lang, visit.wanted);
        Self { app, lang, wanted, scope, name, root: "/me".to_owned(), visit }
    }
}

impl Reader {
    /// Unwraps what the database answers; what went wrong is logged here, once.
    ///
    /// # Errors
    /// With what the person is told.
    pub fn ok<T, E: Into<Trouble>>(&self, outcome: Result<T, E>) -> Result<T, Fault> {
        outcome.map_err(|error| fault(&self.app, error))
    }

    /// Answers with the page, or with its figures as JSON.
    fn answer<T: Serialize>(
        &self,
        place: Place,
        query: &str,
        figures: &T,
        main: impl FnOnce(&T) -> Markup,
    ) -> Response {
        match self.wanted {
            Wanted::Json => Json(figures).into_response(),
            Wanted::Page => self.page(place, query, main(figures)).into_response(),
        }
    }

    /// Returns the login's token.
    fn csrf(&self) -> Option<&CsrfToken> {
        Some(&self.visit.csrf)
    }

    /// Returns what stands below a first page.
    fn at_its_end(&self) -> Markup {
        html! { div.actions { (shell::log_out(&self.visit)) } }
    }

    /// Returns a page around its main part.
    fn page(&self, place: Place, query: &str, main: Markup) -> Markup {
        shell::page(&self.visit, &Frame { place, brand: &self.name, query }, main)
    }
}
