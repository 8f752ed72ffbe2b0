//! The customer's screen: what a buyer may see, as soon as it is so, and nothing else.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::connect_info::MockConnectInfo;
use axum::http::{Request, header};
use futures_util::StreamExt;
use pos::router::router;
use tower::ServiceExt;

use crate::visitor::{Answer, As, CASHIER, FISH_SAUCE, GARLIC, HOST, MANAGER, Visitor, bare, store};

/// A change is on the screen before a buyer looks up.
const SEEN_WITHIN: Duration = Duration::from_millis(100);
/// Changes that are timed, and how many of them must be seen in time: a machine that compiles beside it takes the processor
/// away for longer now and then, but not nearly always.
const TIMED: (i64, usize) = (20, 5);

struct Screen(axum::body::BodyDataStream);

impl Screen {
    async fn open(router: &Router, counter: u8) -> Self {
        let request = Request::get(format!("/display/events?counter={counter}"))
            .header(header::HOST, HOST)
            .body(Body::empty())
            .unwrap();
        let response = router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), 200);
        Self(response.into_body().into_data_stream())
    }

    async fn next(&mut self) -> Option<String> {
        let mut text = String::new();
        while !text.ends_with("\n\n") {
            text.push_str(std::str::from_utf8(&self.0.next().await?.unwrap()).unwrap());
        }
        Some(text.lines().find_map(|line| line.strip_prefix("data: ")).unwrap().to_owned())
    }

    /// Reads until the screen shows a text.
    async fn comes_to(&mut self, words: &str) -> String {
        loop {
            let shown = self.next().await.unwrap();
            if shown.contains(words) {
                return shown;
            }
        }
    }
}

#[tokio::test]
async fn the_screen_follows_a_sale_from_the_first_scan_to_the_thanks() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    let mut screen = Screen::open(&visitor.router, 1).await;
    let mut other = Screen::open(&visitor.router, 2).await;
    assert!(screen.next().await.unwrap().contains("Kính chào quý khách"));
    assert!(other.next().await.unwrap().contains("Kính chào quý khách"));

    visitor.scan(GARLIC).await;
    let shown = screen.comes_to("280.000 ₫").await;
    assert!(shown.contains("Tỏi đen Lý Sơn hộp 250 g"), "{shown}");
    visitor.scan(FISH_SAUCE).await;
    let shown = screen.comes_to("375.000 ₫").await;
    for hidden in [CASHIER, "Tồn", "data-post", "href", "csrf"] {
        assert!(!shown.contains(hidden), "{hidden}: {shown}");
    }

    visitor.act("/counter/vietqr", &[]).await;
    let sale_id = visitor.sale_id().await;
    visitor.post(As::Part, "/counter/vietqr", &[("sale_id", &sale_id)]).await;
    let shown = screen.comes_to("<svg").await;
    assert!(shown.contains("Quét mã để trả tiền") && shown.contains("1023456789"), "{shown}");
    visitor.post(As::Part, "/counter/show", &[("sale_id", &sale_id), ("show", "cash")]).await;
    assert!(!screen.comes_to("375.000 ₫").await.contains("<svg"), "no longer shown");

    visitor.act("/counter/finish", &[("payable_vnd", "375000"), ("cash", "400000")]).await;
    let shown = screen.comes_to("Cảm ơn quý khách").await;
    assert!(shown.contains("25.000 ₫"), "{shown}");
    assert!(shown.contains("<svg") && shown.contains("thay cho phiếu giấy"), "there is no printer: {shown}");
    store.clock.advance(10_000);
    store.app.tell_changed();
    screen.comes_to("Kính chào quý khách").await;
    visitor.scan(GARLIC).await;
    screen.comes_to("280.000 ₫").await;
    store.app.tell_ending();
    while screen.next().await.is_some() {}
    assert!(other.next().await.is_none(), "nothing of it was the other counter's");
    store.check().await;
}

/// A screen that asked now and then, or waited for more to come, would be in time by luck alone.
#[tokio::test]
async fn a_change_is_on_the_screen_within_a_tenth_of_a_second() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    let mut screen = Screen::open(&visitor.router, 1).await;
    screen.next().await.unwrap();
    let (tell, mut told) = tokio::sync::mpsc::unbounded_channel();
    let reading = tokio::spawn(async move {
        while let Some(shown) = screen.next().await {
            let _ = tell.send((tokio::time::Instant::now(), shown));
        }
    });
    let mut took = Vec::new();
    for number in 1..=TIMED.0 {
        visitor.scan(GARLIC).await;
        let changed = tokio::time::Instant::now();
        let words = domain::Money::new(280_000 * number).to_string();
        let seen = loop {
            let (seen, shown) = told.recv().await.unwrap();
            if shown.contains(&words) {
                break seen;
            }
        };
        took.push(seen.saturating_duration_since(changed));
    }
    reading.abort();
    let in_time = took.iter().filter(|took| **took <= SEEN_WITHIN).count();
    assert!(in_time >= TIMED.1, "{took:?}");
    store.check().await;
}

#[tokio::test]
async fn nobody_signs_in_and_strangers_see_nothing() {
    let store = store().await;
    let mut nobody = Visitor::at(&store);
    nobody.get(As::Page, "/display?counter=1").await.has("data-events=\"/display/events?counter=1\"");
    let state = nobody.get(As::Json, "/display?counter=1").await.json();
    assert_eq!(state["store"], "Điểm OCOP Lý Sơn");
    let mut fields: Vec<&str> = state.as_object().unwrap().keys().map(String::as_str).collect();
    fields.sort_unstable();
    let told = [
        "covered_vnd",
        "discount_vnd",
        "is_deposit",
        "lines",
        "newest",
        "payable_vnd",
        "picture",
        "store",
        "thanks",
        "vietqr",
    ];
    assert_eq!(fields, told);
    for (path, expected) in [
        ("/display?counter=0", 404),
        ("/display?counter=10", 404),
        ("/display?counter=x", 400),
        ("/display", 400),
        ("/display/events?counter=99", 404),
    ] {
        assert_eq!(nobody.get(As::Json, path).await.status, expected, "{path}");
    }
    nobody.get(As::Page, "/display?counter=3").await.has("Kính chào quý khách");
    let carts: i64 = sqlx::query_scalar("select count(*) from carts where counter = 'Quầy 3'")
        .fetch_one(store.app.db().read())
        .await
        .unwrap();
    assert_eq!(carts, 0, "looking opens no cart");

    let address: SocketAddr = HOST.parse().unwrap();
    let far = SocketAddr::from(([8, 8, 8, 8], 50_000));
    for router in
        [router(store.app.clone(), address).layer(MockConnectInfo(far)), router(store.app.clone(), address)]
    {
        let mut request = bare(&axum::http::Method::GET, "/display?counter=1");
        request.headers_mut().insert(header::HOST, HOST.parse().unwrap());
        assert_eq!(
            router.oneshot(request).await.unwrap().status(),
            403,
            "from elsewhere, or from nobody knows where"
        );
    }
}

/// Brings a picture.
async fn bring(manager: &mut Visitor, content: &[u8]) -> Answer {
    manager.bring("/display/pictures", content).await
}

fn png(width: u32) -> Vec<u8> {
    let mut content = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    content.extend([width.to_be_bytes(), 1_080_u32.to_be_bytes()].concat());
    content.extend(b"\x08\x02\0\0\0crc.IEND\xae\x42\x60\x82");
    content
}

/// Nobody is served: each picture has its turn. A scan takes the screen at once.
#[tokio::test]
async fn the_shops_own_pictures_are_shown_in_turn() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    let mut manager = Visitor::signed_in(&store, MANAGER).await;
    let mut screen = Screen::open(&visitor.router, 1).await;
    assert!(!screen.next().await.unwrap().contains("<img"));
    bring(&mut manager, &png(1_920)).await;
    let kept = bring(&mut manager, &png(1_280)).await.json();
    let again = bring(&mut manager, &png(1_280)).await.json();
    assert_eq!((kept.as_array().unwrap().len(), &again), (2, &kept), "the same once more is no other one");
    let ids: Vec<&str> = [0, 1].map(|place| kept[place]["picture_id"].as_str().unwrap()).into();
    let mut seen = Vec::new();
    for id in &ids {
        // From now on it is on the screen within two turns.
        let of = format!("/display/pictures/{id}");
        while !seen.iter().any(|shown: &String| shown.contains(&of)) {
            store.clock.advance(pos::counter::display_pictures::SHOWN_MS);
            store.app.tell_changed();
            seen.push(screen.comes_to("<img").await);
        }
    }
    let picture =
        Visitor::of(visitor.router.clone()).get(As::Page, &format!("/display/pictures/{}", ids[0])).await;
    assert_eq!(
        (picture.status.as_u16(), &picture.headers["content-type"]),
        (200, &"image/png".parse().unwrap())
    );
    assert!(picture.headers["cache-control"].to_str().unwrap().contains("immutable"));
    visitor.scan(GARLIC).await;
    let shown = screen.comes_to("280.000 ₫").await;
    assert!(!shown.contains("<img"), "{shown}");
    visitor.act("/counter/clear", &[]).await;
    for id in &ids {
        manager.post(As::Json, "/display/pictures/remove", &[("picture_id", id)]).await;
    }
    screen.comes_to("Kính chào quý khách").await;
    store.check().await;
}

#[tokio::test]
async fn what_is_no_picture_and_too_many_are_refused() {
    let store = store().await;
    let mut manager = Visitor::signed_in(&store, MANAGER).await;
    for (content, words) in [
        (
            b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>".to_vec(),
            "Đây không phải ảnh PNG hoặc JPEG",
        ),
        (png(4_097), "Ảnh có 4097 × 1080 điểm"),
        (vec![0; (1 << 20) + 1], "Ảnh lớn hơn 1 MB."),
    ] {
        let told = bring(&mut manager, &content).await;
        assert_eq!(told.status, 422, "{words}");
        told.has(words);
    }
    for width in 1..=8 {
        assert_eq!(bring(&mut manager, &png(width)).await.status, 200);
    }
    let told = bring(&mut manager, &png(9)).await;
    assert_eq!(told.status, 422);
    told.has("Đã có đủ 8 ảnh.");
    assert_eq!(bring(&mut manager, &png(8)).await.status, 200, "it is among them");
    let mut cashier = Visitor::signed_in(&store, CASHIER).await;
    assert_eq!(bring(&mut cashier, &png(10)).await.status, 403);
}

/// A screen that is looked at all day keeps no counter unlocked.
#[tokio::test]
async fn a_screen_is_no_sign_of_a_person() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    for _ in 0..2 {
        store.clock.advance(6 * 60_000);
        let request = Request::get("/display/events?counter=1")
            .header(header::HOST, HOST)
            .header(header::COOKIE, visitor.cookies())
            .body(Body::empty())
            .unwrap();
        assert_eq!(visitor.router.clone().oneshot(request).await.unwrap().status(), 200);
    }
    assert_eq!(visitor.get(As::Json, "/counter/state").await.status, 401);
}
