//! The language of a screen: Vietnamese unless somebody asked for English.

use std::convert::Infallible;

use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::middleware::Next;
use axum::response::Response;

/// The language of a screen. Taken from `?lang=`, else from the cookie `lang`, else Vietnamese.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    /// Vietnamese, for everybody who did not choose.
    #[default]
    Vi,
    /// English.
    En,
}

impl Lang {
    /// Both languages, Vietnamese first.
    pub const ALL: [Self; 2] = [Self::Vi, Self::En];

    /// Returns the code for `<html lang>`, `?lang=` and the cookie.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }

    /// Returns the language that a switch on the page leads to.
    pub const fn other(self) -> Self {
        match self {
            Self::Vi => Self::En,
            Self::En => Self::Vi,
        }
    }

    /// Returns the language that the request asks for, before or after [`remember`] has read its address.
    pub fn of(parts: &Parts) -> Self {
        let chosen = parts.extensions.get().copied().or_else(|| from_query(parts.uri.query()));
        chosen.or_else(|| from_cookie(&parts.headers)).unwrap_or_default()
    }

    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.code() == code)
    }

    fn cookie(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Vi => "lang=vi; Path=/; Max-Age=31536000; SameSite=Lax",
            Self::En => "lang=en; Path=/; Max-Age=31536000; SameSite=Lax",
        })
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Lang {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(parts))
    }
}

/// Middleware: takes `lang=` out of the address, so that no route has to know it, and keeps it in a cookie for a year.
pub async fn remember(mut request: Request, next: Next) -> Response {
    let chosen = take_out(&mut request);
    let mut response = next.run(request).await;
    if let Some(lang) = chosen {
        response.headers_mut().append(header::SET_COOKIE, lang.cookie());
    }
    response
}

fn from_query(query: Option<&str>) -> Option<Lang> {
    query?.split('&').find_map(|pair| pair.strip_prefix("lang=")).and_then(Lang::from_code)
}

/// Takes the language out of a request's address, for [`Lang::of`].
fn take_out(request: &mut Request) -> Option<Lang> {
    let query = request.uri().query()?;
    let chosen = from_query(Some(query));
    let rest: Vec<&str> = query.split('&').filter(|pair| !pair.starts_with("lang=")).collect();
    let rest = rest.join("&");
    let path = request.uri().path();
    let address = if rest.is_empty() { path.to_owned() } else { format!("{path}?{rest}") };
    if let Ok(address) = address.parse() {
        let mut parts = request.uri().clone().into_parts();
        parts.path_and_query = Some(address);
        if let Ok(uri) = Uri::from_parts(parts) {
            *request.uri_mut() = uri;
        }
    }
    if let Some(lang) = chosen {
        request.extensions_mut().insert(lang);
    }
    chosen
}

fn from_cookie(headers: &HeaderMap) -> Option<Lang> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .find_map(|pair| pair.trim().strip_prefix("lang="))
        .and_then(Lang::from_code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_query_wins_over_the_cookie_and_vietnamese_is_the_rest() {
        for (uri, cookie, expected) in [
            ("/", "", Lang::Vi),
            ("/", "lang=en", Lang::En),
            ("/", "a=b; lang=en", Lang::En),
            ("/?lang=vi", "lang=en", Lang::Vi),
            ("/?from=1&lang=en", "", Lang::En),
            ("/?lang=fr", "", Lang::Vi),
            ("/?lang=fr", "lang=en", Lang::En),
            ("/", "lang=<script>", Lang::Vi),
            ("/?slang=en", "slang=en", Lang::Vi),
        ] {
            let mut request =
                Request::get(uri).header(header::COOKIE, cookie).body(axum::body::Body::empty()).unwrap();
            take_out(&mut request);
            assert_eq!(Lang::of(&request.into_parts().0), expected, "{uri} with cookie {cookie}");
        }
    }

    #[test]
    fn no_route_sees_the_language_in_its_address() {
        for (uri, left) in [
            ("/lots?product_id=1&lang=en", "/lots?product_id=1"),
            ("/?lang=vi", "/"),
            ("/?lang=fr&a=%20b", "/?a=%20b"),
            ("/?slang=en", "/?slang=en"),
            ("http://host/x?lang=en&lang=vi&a=1", "http://host/x?a=1"),
        ] {
            let mut request = Request::get(uri).body(axum::body::Body::empty()).unwrap();
            take_out(&mut request);
            assert_eq!(request.uri().to_string(), left);
        }
    }
}
