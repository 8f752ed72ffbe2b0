//! The sign-in form before there is a session: its token, and where it leads.

use axum::http::{HeaderMap, Uri, header};
pub(super) use web::address::encoded_value as encoded;
use web::csrf::CsrfToken;

use crate::config::Config;

/// Longest address to come back to.
const NEXT_MOST: usize = 500;

/// Returns the address of the sign-in page that leads back to `wanted`.
pub fn address(wanted: &Uri) -> String {
    let path = wanted.path_and_query().map_or("/", |path| path.as_str());
    match local(Some(path)) {
        Some(path) if path != "/" => format!("/login?next={}", encoded(path)),
        _ => "/login".to_owned(),
    }
}

/// Returns an address inside this service; anything that a browser could take for another one is refused.
pub fn local(next: Option<&str>) -> Option<&str> {
    next.filter(|next| {
        let begins_here = next.starts_with('/') && !next.starts_with("//");
        begins_here && next.len() <= NEXT_MOST && next.bytes().all(|b| b.is_ascii_graphic() && b != b'\\')
    })
}

/// The sign-in form has a token before there is a session: it stands in the form and in a cookie that no other page can
/// read or set, so that nothing has to be stored for strangers.
fn form_cookie_name(config: &Config) -> &'static str {
    if config.is_https() { "__Host-form" } else { "form" }
}

/// Returns the cookie that keeps the form's token.
pub fn form_cookie(config: &Config, token: &CsrfToken) -> String {
    let secure = if config.is_https() { "; Secure" } else { "" };
    format!("{}={}; Path=/; HttpOnly; SameSite=Strict{secure}", form_cookie_name(config), token.as_str())
}

/// Returns the token of the sign-in form.
pub fn form_token(config: &Config, headers: &HeaderMap) -> Option<CsrfToken> {
    let name = form_cookie_name(config);
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let (_, token) = pairs.find(|(found, _)| *found == name)?;
    let is_token = token.len() == 64 && token.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_token.then(|| CsrfToken::from_text(token.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_leads_back_to_a_page_of_ours_only() {
        for (next, expected) in [
            ("/sales?period=week&stars=4", true),
            ("/", true),
            ("//evil.example", false),
            ("/\\evil.example", false),
            ("https://evil.example", false),
            ("evil", false),
            ("", false),
            ("/sales\r\nset-cookie: a=b", false),
            ("/tỏi", false),
        ] {
            assert_eq!(local(Some(next)).is_some(), expected, "{next:?}");
        }
        let wanted = "/sales?period=week&stars=4".parse().unwrap();
        assert_eq!(address(&wanted), "/login?next=/sales%3Fperiod%3Dweek%26stars%3D4");
        assert_eq!(address(&"/".parse().unwrap()), "/login");
        assert_eq!(address(&"//evil.example/".parse().unwrap()), "/login");
    }

    #[test]
    fn the_forms_token_comes_from_its_own_cookie() {
        let token = "0123456789abcdef".repeat(4);
        let config = Config::default();
        let https = Config { public_url: "https://ocop.example".to_owned(), ..Config::default() };
        let found = |config: &Config, cookie: String| {
            let mut headers = HeaderMap::new();
            headers.insert(header::COOKIE, cookie.parse().unwrap());
            form_token(config, &headers).is_some()
        };
        assert!(found(&config, format!("session=1; form={token}")));
        assert!(!found(&https, format!("form={token}")));
        assert!(found(&https, format!("__Host-form={token}")));
        assert!(!found(&config, "form=short".to_owned()));
        assert!(!found(&config, format!("form={}", "z".repeat(64))));
        let cookie = form_cookie(&https, &CsrfToken::from_text(token.clone()));
        assert_eq!(cookie, format!("__Host-form={token}; Path=/; HttpOnly; SameSite=Strict; Secure"));
    }
}
