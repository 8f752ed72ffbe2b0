//! Headers on every answer, and the refusal of requests that come from other pages.
//!
//! ASVS 3.4, 3.5 and 14.3.2. Layers, from the outside: [`headers`], then
//! [`error::render`](crate::error::render), then [`same_origin`], then what belongs to sessions. The inline style attribute
//! and inline scripts are forbidden by the policy: pages carry classes and attributes only.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{self, HeaderName};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::error::Fault;
use crate::words::WebTexts;

const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' data:; connect-src 'self'; form-action 'self'; object-src 'none'; base-uri 'none'; \
    frame-ancestors 'none'";

/// What this service is called and how it is reached.
#[derive(Debug, Clone)]
pub struct Origins {
    hosts: Arc<[String]>,
    is_https: bool,
}

impl Origins {
    /// Takes the names under which browsers reach the service, as in the Host header: `localhost:7300`,
    /// `127.0.0.1:7300`, `quay.cuahang.vn`. `is_https` when browsers come by https (TLS may end at a proxy).
    pub fn new<H: AsRef<str>>(hosts: impl IntoIterator<Item = H>, is_https: bool) -> Self {
        let hosts = hosts.into_iter().map(|host| host.as_ref().trim().to_ascii_lowercase()).collect();
        Self { hosts, is_https }
    }

    /// True when the request may go on.
    ///
    /// Every method: the Host must be one of ours, or a foreign name that was made to point here (DNS rebinding) would
    /// read our pages. Unsafe methods: `Sec-Fetch-Site` must be `same-origin` (or `none`: the person typed), `Origin` must
    /// name the very Host; at least one of the two must be there. Every browser since 2020 sends them.
    pub fn admits(&self, method: &Method, authority: Option<&Authority>, headers: &HeaderMap) -> bool {
        let named = headers.get(header::HOST).and_then(|host| host.to_str().ok());
        let Some(host) = named.or(authority.map(Authority::as_str)).map(str::to_ascii_lowercase) else {
            return false;
        };
        if !self.hosts.contains(&host) {
            return false;
        }
        if is_safe(method) {
            return true;
        }
        let site = headers.get("sec-fetch-site").map(|site| site == "same-origin" || site == "none");
        let origin = headers.get(header::ORIGIN).map(|origin| self.is_origin(origin, &host));
        site.or(origin).is_some() && site.unwrap_or(true) && origin.unwrap_or(true)
    }

    fn is_origin(&self, origin: &HeaderValue, host: &str) -> bool {
        let scheme = if self.is_https { "https://" } else { "http://" };
        origin.to_str().is_ok_and(|origin| {
            origin.to_ascii_lowercase().strip_prefix(scheme).is_some_and(|name| name == host)
        })
    }
}

/// True for methods that change nothing.
pub(crate) fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// Middleware: answers 403 to what [`Origins::admits`] refuses.
pub async fn same_origin(State(origins): State<Origins>, request: Request, next: Next) -> Response {
    if origins.admits(request.method(), request.uri().authority(), request.headers()) {
        next.run(request).await
    } else {
        Fault::new(StatusCode::FORBIDDEN, "foreign_page", WebTexts::foreign_page).into_response()
    }
}

/// Middleware: adds the security headers to every answer, errors too; the outermost layer.
///
/// An answer that does not say how long it may be kept is kept nowhere. `Referrer-Policy` is `same-origin` and not
/// `no-referrer`, which would make browsers send `Origin: null` with forms and so defeat [`same_origin`].
pub async fn headers(State(origins): State<Origins>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let answer = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        answer.insert(name, HeaderValue::from_static(value));
    };
    set(header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    if origins.is_https {
        set(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains");
    }
    answer.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    answer.entry(header::REFERRER_POLICY).or_insert(HeaderValue::from_static("same-origin"));
    response
}

/// To whom a browser may tell the address of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Referrer {
    /// To nobody. A form on such a page would be refused.
    Never,
    /// To this service.
    Here,
}

/// Middleware of pages with a secret in their address: no search engine lists them.
pub async fn unlisted(State(referrer): State<Referrer>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let answer = response.headers_mut();
    answer.insert("x-robots-tag", HeaderValue::from_static("noindex, nofollow, noarchive"));
    if referrer == Referrer::Never {
        answer.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    }
    response
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::body::Body;
    use axum::middleware::from_fn_with_state;
    use axum::routing::get;
    use tower::ServiceExt;

    use super::*;

    fn headers_of(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect()
    }

    const HERE: (&str, &str) = ("host", "localhost:7300");

    #[test]
    fn any_method_needs_a_host_of_ours() {
        let origins = Origins::new(["localhost:7300", "127.0.0.1:7300", "Quay.Cuahang.vn"], false);
        for (host, expected) in [
            ("localhost:7300", true),
            ("LOCALHOST:7300", true),
            ("127.0.0.1:7300", true),
            ("quay.cuahang.vn", true),
            ("localhost", false),
            ("localhost:7301", false),
            ("evil.example", false),
            ("evil.example:7300", false),
            ("localhost:7300.evil.example", false),
            ("", false),
        ] {
            for method in [Method::GET, Method::HEAD] {
                let headers = headers_of(&[("host", host)]);
                assert_eq!(origins.admits(&method, None, &headers), expected, "{method} {host}");
            }
        }
        assert!(!origins.admits(&Method::GET, None, &HeaderMap::new()), "no host at all");
        let authority = Authority::from_static("localhost:7300");
        assert!(
            origins.admits(&Method::GET, Some(&authority), &HeaderMap::new()),
            "HTTP/2 has no Host header"
        );
    }

    #[test]
    fn an_unsafe_method_needs_a_page_of_ours() {
        let origins = Origins::new(["localhost:7300", "127.0.0.1:7300"], false);
        let (same, cross, none) =
            (("sec-fetch-site", "same-origin"), ("sec-fetch-site", "cross-site"), ("sec-fetch-site", "none"));
        let (ours, null) = (("origin", "http://localhost:7300"), ("origin", "null"));
        for (pairs, expected) in [
            (vec![HERE, same, ours], true),
            (vec![HERE, same], true),
            (vec![HERE, none], true),
            (vec![HERE, ours], true),
            (vec![HERE], false),
            (vec![same, ours], false),
            (vec![HERE, cross], false),
            (vec![HERE, cross, ours], false),
            (vec![HERE, same, null], false),
            (vec![HERE, null], false),
            (vec![HERE, ("sec-fetch-site", "same-site"), ours], false),
            (vec![HERE, ("origin", "https://localhost:7300")], false),
            (vec![HERE, ("origin", "http://127.0.0.1:7300")], false),
            (vec![HERE, ("origin", "http://localhost")], false),
            (vec![HERE, ("origin", "http://localhost:7300.evil.example")], false),
            (vec![HERE, ("origin", "http://evil.example")], false),
            (vec![("host", "evil.example"), same, ("origin", "http://evil.example")], false),
        ] {
            for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
                assert_eq!(
                    origins.admits(&method, None, &headers_of(&pairs)),
                    expected,
                    "{method} {pairs:?}"
                );
            }
            let reads = pairs.contains(&HERE);
            assert_eq!(origins.admits(&Method::GET, None, &headers_of(&pairs)), reads, "GET {pairs:?}");
        }
    }

    async fn answered(is_https: bool, uri: &str, host: &str) -> Response {
        let origins = Origins::new(["localhost:7300"], is_https);
        let kept = [(header::CACHE_CONTROL, "public, max-age=60")];
        Router::new()
            .route("/", get(|| async { "page" }))
            .route("/kept", get(move || async move { (kept, "asset") }))
            .layer(from_fn_with_state(origins.clone(), same_origin))
            .layer(from_fn_with_state(origins, headers))
            .oneshot(Request::get(uri).header(header::HOST, host).body(Body::empty()).unwrap())
            .await
            .unwrap()
    }

    #[tokio::test]
    async fn every_answer_carries_the_headers() {
        for (uri, host, status) in
            [("/", "localhost:7300", 200), ("/none", "localhost:7300", 404), ("/", "evil.example", 403)]
        {
            let response = answered(false, uri, host).await;
            assert_eq!(response.status(), status);
            let get = |name: HeaderName| response.headers().get(name).map(|value| value.to_str().unwrap());
            assert_eq!(
                get(header::CONTENT_SECURITY_POLICY),
                Some(
                    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
                     connect-src 'self'; form-action 'self'; object-src 'none'; base-uri 'none'; \
                     frame-ancestors 'none'"
                )
            );
            assert_eq!(get(header::X_CONTENT_TYPE_OPTIONS), Some("nosniff"));
            assert_eq!(get(header::REFERRER_POLICY), Some("same-origin"));
            assert_eq!(get(header::CACHE_CONTROL), Some("no-store"));
            assert_eq!(get(header::STRICT_TRANSPORT_SECURITY), None);
        }
    }

    #[tokio::test]
    async fn strict_transport_only_with_https_and_assets_keep_their_cache() {
        let response = answered(true, "/kept", "localhost:7300").await;
        assert_eq!(
            response.headers()[header::STRICT_TRANSPORT_SECURITY],
            "max-age=31536000; includeSubDomains"
        );
        assert_eq!(response.headers()[header::CACHE_CONTROL], "public, max-age=60");
    }
}
