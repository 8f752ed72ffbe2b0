//! The producer's pages, made for a phone: what is owed, what stands in the stores, what was sold,
//! what was settled, what was agreed.
//!
//! Each handler takes [`ProducerVisit`], which exists for producers alone and carries their scope: no query here can be
//! asked about anybody else.

pub mod consigned;
pub mod overview;
pub mod settlement;
pub mod settlement_texts;
pub mod settlements;
pub mod sold;
pub mod terms;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::Response;
use maud::Markup;
use serde::Serialize;
use web::Fault;

use super::shell::{self, Frame, Place};
use super::visit::Visit;
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

impl ProducerVisit {
    fn answer<T: Serialize>(
        &self,
        place: Place,
        query: &str,
        figures: &T,
        main: impl FnOnce(&T) -> Markup,
    ) -> Response {
        let frame = Frame { place, brand: &self.name, query };
        self.visit.answer(figures, |figures| shell::page(&self.visit, &frame, main(figures)))
    }
}
