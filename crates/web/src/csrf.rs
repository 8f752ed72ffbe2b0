//! The csrf token: proof that a request comes from a page of ours (ASVS 3.5.1).
//!
//! One token for each login session, handed out in `<meta name="csrf">` and in the hidden field `csrf` of plain forms.
//! [`check`] guards every route behind it, so no handler can forget; it is the second wall after
//! [`security::same_origin`](crate::security::same_origin).

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode, header, request::Parts};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use crate::error::Fault;
use crate::security::is_safe;
use crate::words::WebTexts;
use clock::Clock;

/// The header that the ES module sends.
pub const HEADER: &str = "x-csrf";

/// The field of plain forms. Put it first: in a form with files only the beginning is searched.
pub const FIELD: &str = "csrf";

/// A body with a token inside is buffered up to this size; routes may set a smaller limit.
const BODY_BYTES_MAX: usize = 12 << 20;

/// How far into a form with files the token is searched.
const MULTIPART_SEARCH_BYTES: usize = 4 << 10;

/// The token of one login session. Put it into the request's extensions where the session is loaded.
#[derive(Clone, PartialEq, Eq)]
pub struct CsrfToken(String);

impl CsrfToken {
    /// Returns a new token, for a new login session.
    pub fn new(clock: &Clock) -> Self {
        Self(clock.random_token())
    }

    /// Takes the token that was stored with the session.
    pub fn from_text(token: String) -> Self {
        Self(token)
    }

    /// Returns the text for page and store.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// True for the same token. Compares digests, so the time taken says nothing about the token.
    pub fn matches(&self, offered: &str) -> bool {
        Sha256::digest(self.0.as_bytes()) == Sha256::digest(offered.as_bytes())
    }
}

impl std::fmt::Debug for CsrfToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CsrfToken")
    }
}

/// Middleware: lets an unsafe request pass only with the session's token, in the header [`HEADER`] or, in a form, in the
/// field [`FIELD`]. Needs a [`CsrfToken`] among the request's extensions; without one it refuses.
///
/// The field is taken out of an urlencoded body, so form structs may deny unknown fields. Bodies that are not forms (JSON)
/// pass only with the header, which no foreign page can send without a preflight.
///
/// Answers 403; but 401 when the header carries another token than the session, because that is a page left open
/// over a new login: the ES module then goes to the login page and keeps its queue.
pub async fn check(request: Request, next: Next) -> Response {
    if is_safe(request.method()) {
        return next.run(request).await;
    }
    match checked(request).await {
        Ok(request) => next.run(request).await,
        Err(fault) => fault.into_response(),
    }
}

async fn checked(request: Request) -> Result<Request, Fault> {
    let foreign = || Fault::new(StatusCode::FORBIDDEN, "csrf", WebTexts::foreign_page);
    let token = request.extensions().get::<CsrfToken>().cloned().ok_or_else(foreign)?;
    if let Some(offered) = request.headers().get(HEADER) {
        let is_ours = offered.to_str().is_ok_and(|offered| token.matches(offered));
        return if is_ours {
            Ok(request)
        } else {
            Err(Fault::new(StatusCode::UNAUTHORIZED, "stale_page", WebTexts::stale_page))
        };
    }
    let Some(form) = Form::of(request.headers()) else { return Err(foreign()) };
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, BODY_BYTES_MAX)
        .await
        .map_err(|_| Fault::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", WebTexts::too_large))?;
    match form {
        Form::Urlencoded => without_field(&token, parts, &body),
        Form::Multipart => holds_part(&token, &body).then(|| Request::from_parts(parts, Body::from(body))),
    }
    .ok_or_else(foreign)
}

enum Form {
    Urlencoded,
    Multipart,
}

impl Form {
    fn of(headers: &HeaderMap) -> Option<Self> {
        let content_type = headers.get(header::CONTENT_TYPE)?.to_str().ok()?.to_ascii_lowercase();
        match content_type.split(';').next()?.trim() {
            "application/x-www-form-urlencoded" => Some(Self::Urlencoded),
            "multipart/form-data" => Some(Self::Multipart),
            _ => None,
        }
    }
}

/// Returns the request without its token field when the token is ours.
fn without_field(token: &CsrfToken, mut parts: Parts, body: &Bytes) -> Option<Request> {
    let text = std::str::from_utf8(body).ok()?;
    let (mine, rest): (Vec<&str>, Vec<&str>) =
        text.split('&').partition(|pair| pair.split('=').next() == Some(FIELD));
    // The token is hex, so the form encoding leaves it as it is.
    let [only] = mine.as_slice() else { return None };
    let offered = only.split_once('=')?.1;
    parts.headers.remove(header::CONTENT_LENGTH);
    token.matches(offered).then(|| Request::from_parts(parts, Body::from(rest.join("&"))))
}

/// True when an early part of a form with files is our token.
fn holds_part(token: &CsrfToken, body: &[u8]) -> bool {
    let head = String::from_utf8_lossy(body.get(..MULTIPART_SEARCH_BYTES).unwrap_or(body));
    head.split_once("name=\"csrf\"\r\n\r\n")
        .and_then(|(_, rest)| rest.split_once("\r\n"))
        .is_some_and(|(offered, _)| token.matches(offered))
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::routing::post;
    use tower::ServiceExt;

    use super::*;

    const OURS: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    async fn answer(has_session: bool, request: Request) -> (StatusCode, String) {
        let routes = Router::new()
            .route("/", post(|body: String| async move { body }).get(|| async { "read" }))
            .layer(axum::middleware::from_fn(check));
        let mut request = request;
        if has_session {
            request.extensions_mut().insert(CsrfToken::from_text(OURS.to_owned()));
        }
        let response = routes.oneshot(request).await.unwrap();
        let status = response.status();
        let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    fn posted(content_type: &str, token: Option<&str>, body: &str) -> Request {
        let mut request = Request::post("/").header(header::CONTENT_TYPE, content_type);
        if let Some(token) = token {
            request = request.header(HEADER, token);
        }
        request.body(Body::from(body.to_owned())).unwrap()
    }

    const URLENCODED: &str = "application/x-www-form-urlencoded";

    #[tokio::test]
    async fn only_our_token_passes() {
        let other = "f".repeat(64);
        let (first, last, twice) =
            (format!("csrf={OURS}&a=1"), format!("a=1&csrf={OURS}"), format!("csrf={OURS}&csrf={OURS}"));
        let wrong = format!("csrf={other}&a=1");
        for (content_type, token, body, expected) in [
            (URLENCODED, Some(OURS), "a=1", StatusCode::OK),
            ("application/json", Some(OURS), "{}", StatusCode::OK),
            (URLENCODED, None, first.as_str(), StatusCode::OK),
            (URLENCODED, None, last.as_str(), StatusCode::OK),
            (URLENCODED, None, "a=1", StatusCode::FORBIDDEN),
            (URLENCODED, None, "csrf=&a=1", StatusCode::FORBIDDEN),
            (URLENCODED, None, wrong.as_str(), StatusCode::FORBIDDEN),
            (URLENCODED, None, twice.as_str(), StatusCode::FORBIDDEN),
            (URLENCODED, Some(other.as_str()), first.as_str(), StatusCode::UNAUTHORIZED),
            ("application/json", None, first.as_str(), StatusCode::FORBIDDEN),
            ("text/plain", None, first.as_str(), StatusCode::FORBIDDEN),
        ] {
            let (status, _) = answer(true, posted(content_type, token, body)).await;
            assert_eq!(status, expected, "{content_type} {token:?} {body}");
            let (status, _) = answer(false, posted(content_type, token, body)).await;
            assert_eq!(status, StatusCode::FORBIDDEN, "without a session: {content_type} {body}");
        }
    }

    #[tokio::test]
    async fn the_field_never_reaches_the_handler() {
        let (_, body) = answer(true, posted(URLENCODED, None, &format!("a=1&csrf={OURS}&b=2"))).await;
        assert_eq!(body, "a=1&b=2");
    }

    #[tokio::test]
    async fn a_form_with_a_file_carries_the_token_first() {
        for (token, expected) in [(OURS, StatusCode::OK), ("f00", StatusCode::FORBIDDEN)] {
            let body = format!(
                "--b\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{token}\r\n\
                 --b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\na,b\r\n--b--\r\n"
            );
            let (status, passed) = answer(true, posted("multipart/form-data; boundary=b", None, &body)).await;
            assert_eq!(status, expected);
            assert_eq!(passed == body, expected == StatusCode::OK);
        }
    }

    #[tokio::test]
    async fn reading_needs_no_token() {
        let request = Request::get("/").body(Body::empty()).unwrap();
        assert_eq!(answer(false, request).await, (StatusCode::OK, "read".to_owned()));
    }
}
