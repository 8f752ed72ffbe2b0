//! What a person or a program is told when something does not work.
//!
//! A handler returns a [`Fault`]; [`render`], one layer for the whole application, turns it into a page, a fragment or JSON
//! by what the request accepts, in its language. The cause is logged where it is known, with the incident's id;
//! it never reaches the screen (ASVS 16.5.1).

use std::any::Any;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use maud::html;
use serde::Serialize;
use uuid::Uuid;

use crate::Lang;
use crate::fragment::{Tone, note};
use crate::layout::{Page, Shape};
use crate::words::WebTexts;

/// The header by which the ES module names its request.
pub const OP_ID: &str = "x-op-id";

/// Something that did not work: a status, a word for programs, and one sentence for people that says what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The HTTP status.
    pub status: StatusCode,
    /// A stable word for programs: `not_found`.
    pub code: &'static str,
    vi: String,
    en: String,
    incident: Option<Uuid>,
}

impl Fault {
    /// Takes a status, a word for programs and the sentence: usually a method of a texts trait, `CounterTexts::no_shift`,
    /// or a closure over its arguments.
    pub fn new<S: Into<String>>(status: StatusCode, code: &'static str, say: impl Fn(Lang) -> S) -> Self {
        Self { status, code, vi: say(Lang::Vi).into(), en: say(Lang::En).into(), incident: None }
    }

    /// There is no such thing, or it is not the asker's: both look the same.
    pub fn not_found() -> Self {
        Self::for_status(StatusCode::NOT_FOUND)
    }

    /// What was sent can be read, and means nothing here.
    pub fn unprocessable() -> Self {
        Self::for_status(StatusCode::UNPROCESSABLE_ENTITY)
    }

    /// The asker may see this, but not do it.
    pub fn forbidden() -> Self {
        Self::for_status(StatusCode::FORBIDDEN)
    }

    /// A login session is missing or over.
    pub fn login_needed() -> Self {
        Self::for_status(StatusCode::UNAUTHORIZED)
    }

    /// A fault of ours; log the cause under the same incident.
    pub fn internal(incident: Uuid) -> Self {
        Self { incident: Some(incident), ..Self::for_status(StatusCode::INTERNAL_SERVER_ERROR) }
    }

    /// Returns the usual sentence for a status.
    pub fn for_status(status: StatusCode) -> Self {
        let (code, say): (_, fn(Lang) -> &'static str) = match status {
            StatusCode::UNAUTHORIZED => ("login_needed", WebTexts::login_needed),
            StatusCode::FORBIDDEN => ("forbidden", WebTexts::forbidden),
            StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => ("not_found", WebTexts::not_found),
            StatusCode::PAYLOAD_TOO_LARGE => ("too_large", WebTexts::too_large),
            StatusCode::TOO_MANY_REQUESTS => ("too_many", WebTexts::too_many),
            StatusCode::SERVICE_UNAVAILABLE => ("unavailable", WebTexts::unavailable),
            status if status.is_server_error() => ("internal", WebTexts::internal),
            _ => ("bad_request", WebTexts::bad_request),
        };
        Self::new(status, code, say)
    }

    /// Returns the sentence for people.
    pub fn sentence(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        }
    }

    /// Returns what to name when calling for help.
    pub const fn incident(&self) -> Option<Uuid> {
        self.incident
    }
}

impl IntoResponse for Fault {
    /// Plain text until [`render`] dresses it.
    fn into_response(self) -> Response {
        let mut response = (self.status, self.vi.clone()).into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// The answer for a caught panic: hand it to `CatchPanicLayer::custom`, inside of [`render`].
pub fn panicked(cause: Box<dyn Any + Send>) -> Response {
    let cause = cause
        .downcast_ref::<String>()
        .map(String::as_str)
        .or(cause.downcast_ref::<&'static str>().copied())
        .unwrap_or("unknown");
    tracing::error!(cause, "a handler panicked");
    Fault::for_status(StatusCode::INTERNAL_SERVER_ERROR).into_response()
}

/// Middleware, with the brand for the page's header as its state: dresses every [`Fault`] that passes, and the framework's
/// own refusals (a form that does not parse, a method that is not there), whose words are for programmers.
pub async fn render(State(brand): State<Arc<str>>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let (lang, wanted) = (Lang::of(&parts), Wanted::of(&parts.headers));
    let mut response = next.run(Request::from_parts(parts, body)).await;
    let status = response.status();
    let fault = response.extensions_mut().remove::<Fault>().or_else(|| {
        let is_refusal =
            (status.is_client_error() || status.is_server_error()) && is_plain(response.headers());
        is_refusal.then(|| Fault::for_status(status))
    });
    let Some(fault) = fault else { return response };
    let mut dressed = wanted.dress(&fault, lang, &brand);
    *dressed.status_mut() = status;
    for (name, value) in response.headers() {
        if ![header::CONTENT_TYPE, header::CONTENT_LENGTH].contains(name) {
            dressed.headers_mut().append(name, value.clone());
        }
    }
    dressed
}

fn is_plain(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_none_or(|value| value.as_bytes().starts_with(b"text/plain"))
}

/// How the asker wants to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Page,
    Fragment,
    Json,
}

/// The JSON form of a fault.
#[derive(Serialize)]
struct Told<'a> {
    error: &'a str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    incident: Option<String>,
}

impl Wanted {
    fn of(headers: &HeaderMap) -> Self {
        let accept = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
        if accept.contains("application/json") && !accept.contains("text/html") {
            Self::Json
        } else if headers.contains_key(OP_ID) {
            Self::Fragment
        } else {
            Self::Page
        }
    }

    fn dress(self, fault: &Fault, lang: Lang, brand: &str) -> Response {
        let message = fault.sentence(lang);
        let incident = fault.incident().map(|id| id.simple().to_string());
        match self {
            Self::Json => {
                let mut response = Json(Told { error: fault.code, message, incident }).into_response();
                response.headers_mut().insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(lang.code()));
                response
            }
            Self::Fragment => note(Tone::Alarm, message).into_response(),
            Self::Page => Page::new(lang, Shape::Door, brand, lang.error_title())
                .with(html! {
                    section.door {
                        h2 { (lang.error_title()) }
                        p { (message) }
                        @if let Some(incident) = &incident { p.mute { (lang.error_incident()) ": " code { (incident) } } }
                        p { a.button href="/" { (lang.home()) } }
                    }
                })
                .into_response(),
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::body::{Body, to_bytes};
    use axum::extract::Form;
    use axum::middleware::from_fn_with_state;
    use axum::routing::{get, post};
    use serde::Deserialize;
    use tower::ServiceExt;

    use super::*;

    #[derive(Deserialize)]
    struct Needed {
        #[expect(dead_code, reason = "only parsed")]
        quantity: u32,
    }

    async fn told(request: Request) -> (StatusCode, String, HeaderMap) {
        let incident = Uuid::from_u128(0xabc);
        let busy = (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "7")]);
        let response = Router::new()
            .route("/", get(|| async { Fault::not_found() }))
            .route("/broken", get(move || async move { Fault::internal(incident) }))
            .route("/form", post(|_: Form<Needed>| async {}))
            .route("/busy", get(move || async move { (busy.1, Fault::for_status(busy.0)) }))
            .route("/api", get(|| async { (StatusCode::CONFLICT, Json("fork")) }))
            .layer(from_fn_with_state(Arc::<str>::from("Điểm OCOP"), render))
            .oneshot(request)
            .await
            .unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
        (status, String::from_utf8(body.to_vec()).unwrap(), headers)
    }

    fn asked(uri: &str, accept: &str) -> Request {
        Request::get(uri).header(header::ACCEPT, accept).body(Body::empty()).unwrap()
    }

    #[tokio::test]
    async fn a_person_gets_a_page_in_his_language() {
        let (status, page, headers) = told(asked("/", "text/html")).await;
        assert_eq!(status, StatusCode::NOT_FOUND);
        assert!(headers[header::CONTENT_TYPE].to_str().unwrap().starts_with("text/html"));
        assert!(page.contains("<html lang=\"vi\">") && page.contains("Không tìm thấy trang này."), "{page}");
        let (_, page, _) = told(asked("/none?lang=en", "text/html")).await;
        assert!(page.contains("<html lang=\"en\">") && page.contains("There is no such page."), "{page}");
    }

    #[tokio::test]
    async fn the_module_gets_the_note_and_a_program_json() {
        let request = Request::get("/").header(OP_ID, "00").header(header::ACCEPT, "text/html");
        let (_, fragment, _) = told(request.body(Body::empty()).unwrap()).await;
        assert_eq!(fragment, note(Tone::Alarm, "Không tìm thấy trang này.").into_string());
        let (_, json, _) = told(asked("/broken?lang=en", "application/json")).await;
        assert_eq!(
            json,
            "{\"error\":\"internal\",\"message\":\"Something broke, so this was not done. Try again; if it persists, \
             tell the manager.\",\"incident\":\"00000000000000000000000000000abc\"}"
        );
    }

    #[tokio::test]
    async fn words_for_programmers_never_reach_the_screen() {
        let form = Request::post("/form")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from("quantity=abc"))
            .unwrap();
        let (status, page, _) = told(form).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains("Nội dung gửi lên không đúng.") && !page.contains("invalid digit"), "{page}");
        let (status, page, headers) = told(asked("/form", "text/html")).await;
        assert_eq!(status, StatusCode::METHOD_NOT_ALLOWED);
        assert!(page.contains("Không tìm thấy trang này."));
        assert_eq!(headers[header::ALLOW], "POST");
    }

    #[tokio::test]
    async fn other_headers_and_answers_stay() {
        let (status, _, headers) = told(asked("/busy", "text/html")).await;
        assert_eq!(
            (status, &headers[header::RETRY_AFTER]),
            (StatusCode::SERVICE_UNAVAILABLE, &"7".parse().unwrap())
        );
        let (status, body, _) = told(asked("/api", "text/html")).await;
        assert_eq!((status, body.as_str()), (StatusCode::CONFLICT, "\"fork\""));
    }

    #[tokio::test]
    async fn a_panic_is_a_500_without_its_words() {
        let response = panicked(Box::new("secret detail"));
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
        assert!(!String::from_utf8(body.to_vec()).unwrap().contains("secret"));
    }
}
