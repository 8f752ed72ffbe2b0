//! What keeps foreign pages out: Host, Origin, token, size; and what every answer carries.

use axum::body::Body;
use axum::http::{Method, Request, header};
use central::db::Db;
use central::db::users::Role;

use super::browser::{Browser, HOST, text};
use crate::support::{Answer, World};

testkit::on_both_engines!(
    an_act_needs_a_page_of_ours,
    a_foreign_host_reads_nothing,
    every_answer_carries_the_headers,
    a_long_form_is_refused,
    cookies_are_secure_behind_https,
);

/// Every act, with a path that exists.
fn acts(world: &World) -> Vec<String> {
    let pages = central::router::pages();
    let acts = pages.iter().filter(|route| route.method == "POST");
    let fill = |path: &str| {
        path.replace("{store}", &world.store.to_string()).replace("{fingerprint}", "3f9a-01bc-77de-5a10")
    };
    acts.map(|route| fill(route.path)).collect()
}

async fn an_act_needs_a_page_of_ours(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    let mut other = Browser::of(&world, Role::Admin).await;
    let (token, stolen) = (admin.token(&world, "/stores").await, other.token(&world, "/stores").await);
    assert_ne!(token, stolen);
    let good = format!("csrf={token}");
    let cases = [
        ("origin", "http://evil.example", good.as_str()),
        ("origin", "null", &good),
        ("origin", "https://127.0.0.1:8080", &good),
        ("origin", "", &good),
        ("sec-fetch-site", "cross-site", &good),
        ("host", "evil.example", &good),
        ("x-none", "", ""),
        ("x-none", "", "csrf="),
        ("x-none", "", &format!("csrf={stolen}")),
        ("x-none", "", &format!("csrf={token}&csrf={token}")),
        ("content-type", "application/json", &good),
        ("content-type", "text/plain", &good),
    ];
    for path in acts(&world) {
        for (name, value, form) in &cases {
            let mut browser = admin.clone().with(name, value);
            let answer = browser.post_bare(&world, &path, form).await;
            assert_eq!(answer.status, 403, "{path} {name}: {value} {form}: {}", text(&answer));
        }
    }
    let codes = "select cast(count(*) as bigint) from enrolment_codes";
    assert_eq!(world.number(codes).await, 0, "nothing happened");
    // The header serves programs of ours; a stale one means a page from before the login.
    let path = format!("/stores/{}/code", world.store);
    assert_eq!(admin.clone().with("x-csrf", &token).post_bare(&world, &path, "").await.status, 200);
    assert_eq!(admin.clone().with("x-csrf", &stolen).post_bare(&world, &path, "").await.status, 401);
    assert_eq!(
        admin.clone().with("sec-fetch-site", "same-origin").post_bare(&world, &path, &good).await.status,
        200
    );
    for page in ["/sales", "/stores", "/login"] {
        let put = admin.send(&world, Method::PUT, page, "text/html", Some(good.clone())).await;
        assert!([403, 404, 405].contains(&put.status), "{page}: {}", put.status);
    }
}

async fn a_foreign_host_reads_nothing(db: Db) {
    let world = World::new(db).await;
    let admin = Browser::of(&world, Role::Admin).await;
    for host in ["evil.example", "127.0.0.1", "localhost:8081", "127.0.0.1:8080.evil.example"] {
        let answer = admin.clone().with("host", host).get(&world, "/sales").await;
        assert_eq!(answer.status, 403, "{host}");
    }
    assert_eq!(admin.clone().with("host", "localhost:8080").get(&world, "/sales").await.status, 200);
}

async fn every_answer_carries_the_headers(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    for (path, status) in [
        ("/sales", 200),
        ("/sales?period=decade", 404),
        ("/none", 404),
        ("/me", 403),
        ("/healthz", 200),
        ("/api/openapi.json", 200),
        ("/sync/v1/catalogue", 426),
    ] {
        let answer = admin.get(&world, path).await;
        assert_eq!(answer.status, status, "{path}");
        let policy = answer.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'; script-src 'self'"), "{path}: {policy}");
        assert_eq!(answer.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff", "{path}");
        assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store", "{path}");
    }
    let page = text(&admin.get(&world, "/none").await);
    assert!(page.contains("Không tìm thấy trang này.") && page.contains("<html lang=\"vi\">"), "{page}");
    let answer = admin.get(&world, "/assets/app.css").await;
    assert_eq!(answer.headers[header::CACHE_CONTROL], "public, max-age=31536000, immutable");
    let answer = admin.get(&world, "/sales?lang=en").await;
    assert!(text(&answer).contains("<html lang=\"en\">"));
    assert!(text(&admin.get(&world, "/stores").await).contains("<html lang=\"en\">"), "and is remembered");
}

async fn a_long_form_is_refused(db: Db) {
    let world = World::new(db).await;
    let mut stranger = Browser::new();
    let token = stranger.token(&world, "/login").await;
    let form = format!("csrf={token}&account=a&password={}", "x".repeat(70_000));
    assert_eq!(stranger.post_bare(&world, "/login", &form).await.status, 413);
    let odd = format!("csrf={token}&account=a&password=b&role=admin");
    assert_eq!(stranger.post_bare(&world, "/login", &odd).await.status, 422, "unknown fields are refused");
}

async fn cookies_are_secure_behind_https(db: Db) {
    let world = World::new(db).await;
    super::browser::add_user(&world, "ngan", Role::Department).await;
    let config = central::config::Config {
        public_url: "https://ocop.quangngai.example".to_owned(),
        ..(*world.app.config).clone()
    };
    let app = central::App { config: config.into(), ..world.app.clone() };
    let router = central::router::router(app);
    let request = |method: &str, cookie: String, form: String| {
        let request = Request::builder()
            .method(method)
            .uri("/login")
            .header("host", "ocop.quangngai.example")
            .header("origin", "https://ocop.quangngai.example")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("cookie", cookie);
        request.body(Body::from(form)).unwrap()
    };
    let answer = Answer::of(&router, request("GET", String::new(), String::new())).await;
    assert_eq!(answer.headers[header::STRICT_TRANSPORT_SECURITY], "max-age=31536000; includeSubDomains");
    let cookie = answer.headers[header::SET_COOKIE].to_str().unwrap().to_owned();
    assert!(
        cookie.starts_with("__Host-form=") && cookie.ends_with("; Path=/; HttpOnly; SameSite=Strict; Secure")
    );
    let (pair, _) = cookie.split_once(';').unwrap();
    let token = pair.split_once('=').unwrap().1;
    let form = format!("csrf={token}&account=ngan&password=h%C3%A0nh+t%C3%ADm+m%E1%BB%93+c%C3%B4i");
    let answer = Answer::of(&router, request("POST", pair.to_owned(), form)).await;
    assert_eq!(answer.status, 303, "{}", text(&answer));
    let cookie = answer.headers[header::SET_COOKIE].to_str().unwrap();
    assert!(cookie.starts_with("__Host-login="), "{cookie}");
    assert!(cookie.ends_with("; HttpOnly; SameSite=Lax; Secure; Path=/"), "{cookie}");
    assert_eq!(HOST, "127.0.0.1:8080", "the other stories go without https");
}
