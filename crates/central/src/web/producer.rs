//! The producer's pages, made for a phone: what is owed, what stands in the stores, what was sold,
//! what was settled, what was agreed.
//!
//! A handler that shows something takes a [`Reader`]: the producer, or whoever holds the reading key, for whom the same pages
//! stand under `/p/`. One that changes something takes [`ProducerVisit`], which exists for producers alone. Both carry the
//! producer's scope: no query here can be asked about anybody else.

pub mod announced;
pub mod announced_texts;
pub mod consigned;
pub mod correction_texts;
pub mod deliveries;
pub mod delivery_texts;
pub mod dossier;
pub mod dossier_texts;
pub mod grid;
pub mod grid_texts;
pub mod lapsing;
pub mod month;
pub mod move_texts;
pub mod moves;
pub mod news;
pub mod news_texts;
pub mod overview;
pub mod overview_texts;
pub mod picked;
pub mod reading_key;
pub mod reading_texts;
pub mod settlement;
pub mod settlement_texts;
pub mod settlements;
pub mod sold;
pub mod talk_texts;
pub mod terms;

use axum::Json;
use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::Serialize;
use web::csrf::CsrfToken;
use web::{Fault, Lang};

use super::error::{Trouble, fault};
use super::shell::{self, Frame, Place};
use super::visit::{Visit, Wanted};
use crate::api::limits::client_address;
use crate::app::App;
use crate::db::producers;
use crate::db::reading_keys::{self, Opens};
use crate::db::secret::Secret;
use crate::db::users::{ProducerScope, Scope};
use crate::error::Error;
use reading_texts::ReadingTexts;

/// Where the addresses of a producer's own pages begin.
pub(crate) const OWN_ROOT: &str = "/me";
/// The piece of an address that is a reading key.
const KEY: &str = "key";

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

/// A request for a producer's figures: by the producer, or by whoever holds the reading key.
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
    /// Where the addresses of all pages begin: `/me`, or `/p/` and the key.
    pub root: String,
    /// The login; none for the key's holder, who may do nothing.
    visit: Option<Visit>,
}

impl FromRequestParts<App> for Reader {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fault> {
        let piece = RawPathParams::from_request_parts(parts, app).await.map_err(|_| Fault::not_found())?;
        match piece.iter().find(|(name, _)| *name == KEY) {
            Some((_, key)) => by_key(app, parts, key).await,
            None => Ok(Self::from(ProducerVisit::from_request_parts(parts, app).await?)),
        }
    }
}

/// A key that was taken away is as one that never was; one that all tills had printed is told of in words, since slips with it are in
/// people's hands. Of each network only so many wrong ones are looked for.
async fn by_key(app: &App, parts: &Parts, key: &str) -> Result<Reader, Fault> {
    let (lang, address) = (Lang::of(parts), client_address(parts, &app.config.trusted_proxies));
    if !app.gate.guess(address, app.clock.now_ms()) {
        return Err(Fault::for_status(StatusCode::TOO_MANY_REQUESTS));
    }
    let key = Secret::parse(key).ok_or_else(Fault::not_found)?;
    let found = reading_keys::find(&app.db, &key).await.map_err(|error| fault(app, error))?;
    let opens = found.ok_or_else(Fault::not_found)?;
    app.gate.guessed_right(address);
    let Opens::Pages(scope) = opens else {
        return Err(Fault::new(StatusCode::GONE, "key_ended", ReadingTexts::reading_ended));
    };
    let producer = producers::find(&app.db, scope.producer_id()).await.map_err(|error| fault(app, error))?;
    let name = producer.ok_or_else(Fault::not_found)?.name;
    let (wanted, root) = (Wanted::of(&parts.headers), format!("/p/{}", key.text()));
    Ok(Reader { app: app.clone(), lang, wanted, scope, name, root, visit: None })
}

impl From<ProducerVisit> for Reader {
    fn from(ProducerVisit { visit, scope, name }: ProducerVisit) -> Self {
        let (app, lang, wanted) = (visit.app.clone(), visit.lang, visit.wanted);
        Self { app, lang, wanted, scope, name, root: OWN_ROOT.to_owned(), visit: Some(visit) }
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
    pub(super) fn answer<T: Serialize>(
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

    /// Returns the login's token; none for those who may only read.
    fn csrf(&self) -> Option<&CsrfToken> {
        self.visit.as_ref().map(|visit| &visit.csrf)
    }

    /// Returns what stands below a first page: the way out, or the way in.
    fn at_its_end(&self) -> Markup {
        html! {
            @match &self.visit {
                Some(visit) => (shell::leave(visit)),
                None => (reading_key::only_to_read(self.lang, "/me")),
            }
        }
    }

    /// True for the holder of a slip's key: figures are those of one operator's stores.
    fn is_of_one_operator(&self) -> bool {
        self.scope.operator_id().is_some()
    }

    /// Returns a page around its main part. That figures are of one operator alone is said on each, and printed with it.
    fn page(&self, place: Place, query: &str, main: Markup) -> Markup {
        let frame = Frame { place, brand: &self.name, query };
        match &self.visit {
            Some(visit) => shell::page(visit, &frame, main),
            None => {
                let main = html! {
                    @if self.is_of_one_operator() { p.mute { (self.lang.read_one_operator()) } }
                    (main)
                };
                shell::reading_page((&self.app, self.lang), &self.root, &frame, main)
            }
        }
    }
}
