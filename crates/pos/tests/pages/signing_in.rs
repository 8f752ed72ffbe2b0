//! Signing in, locking, signing out.

use axum::http::{StatusCode, header};
use domain::ids::CashierId;
use pos::Config;
use pos::counter::approval::{Word, approve};
use pos::counter::sign_in::{Refused, sign_in};
use testkit::catalogue::{Catalogue, PIN, id_of};
use testkit::store::TestStore;
use web::password::Pin;

use crate::visitor::{Answer, As, CASHIER, GARLIC, MANAGER, Visitor, store};

fn error(answer: &Answer) -> (u16, String) {
    (answer.status.as_u16(), answer.json()["error"].as_str().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn a_computer_without_a_store_says_what_to_do() {
    let store = TestStore::unknown(Config::default()).await;
    let page = Visitor::at(&store).get(As::Page, "/sign-in").await;
    page.has("Máy này chưa ghi danh");
    page.has("ocop-pos enrol");
}

#[tokio::test]
async fn the_page_signs_in_a_person() {
    let store = store().await;
    let mut visitor = Visitor::at(&store);
    let page = visitor.get(As::Page, "/sign-in").await;
    for words in ["Ai đang đứng quầy?", CASHIER, MANAGER, "data-digit=\"7\"", "Quầy 9"] {
        page.has(words);
    }
    let token =
        page.text.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let cashier = id_of(CASHIER).to_string();
    let form = [("csrf", token.as_str()), ("cashier_id", &cashier), ("pin", PIN), ("counter", "2")];
    let answer = visitor.post(As::Page, "/sign-in", &form).await;
    assert_eq!((answer.status, answer.leads_to()), (StatusCode::SEE_OTHER, "/"));
    let cookies: Vec<&str> =
        answer.headers.get_all(header::SET_COOKIE).iter().map(|cookie| cookie.to_str().unwrap()).collect();
    for cookie in &cookies {
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    }
    assert_eq!(cookies.len(), 2, "{cookies:?}");
    visitor.get(As::Page, "/shift").await.has("Quầy 2 · Nguyễn Thị Hường");
}

#[tokio::test]
async fn a_session_gets_a_new_id_and_token_with_the_login() {
    let store = store().await;
    let mut visitor = Visitor::at(&store);
    let before = visitor.get(As::Json, "/sign-in").await;
    let old = before.headers[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
    visitor.sign_in(CASHIER, PIN).await;
    assert_ne!(before.json()["csrf"], visitor.csrf.as_str());
    let mut thief = Visitor::of(visitor.router.clone());
    let mut request = crate::visitor::bare(&axum::http::Method::GET, "/counter/state");
    request.headers_mut().insert(header::COOKIE, old.parse().unwrap());
    assert_eq!(thief.ask(As::Json, request).await.status, 401);
}

#[tokio::test]
async fn wrong_pins_cost_time_and_never_the_day() {
    let store = store().await;
    let mut visitor = Visitor::at(&store);
    for pin in ["000000", "", "40291", "abcdef", "402914", "402912", "402911"] {
        assert_eq!(error(&visitor.sign_in(CASHIER, pin).await), (401, "wrong_pin".to_owned()), "{pin}");
        store.clock.advance(60_000);
    }
    for pin in ["402910", "402909", "402908"] {
        visitor.sign_in(CASHIER, pin).await;
    }
    let waits = visitor.sign_in(CASHIER, PIN).await;
    assert_eq!(error(&waits), (429, "wait".to_owned()));
    waits.has("giây rồi nhập lại");
    assert_eq!(visitor.sign_in(MANAGER, PIN).await.status, 200, "others are not held up");
    store.clock.advance(15 * 60_000);
    assert_eq!(visitor.sign_in(CASHIER, PIN).await.status, 200);
}

/// The till came up with a clock an hour fast, somebody signed in, and the network set the clock right.
#[tokio::test]
async fn a_clock_that_was_set_back_locks_nobody_out() {
    let store = store().await;
    let mut visitor = Visitor::at(&store);
    let right_ms = store.app.clock().now_ms();
    let set = |after_ms: i64| store.clock.set_wall(right_ms + after_ms);
    set(3_600_000);
    assert_eq!(visitor.sign_in(CASHIER, PIN).await.status, 200);
    set(0);
    assert_eq!(visitor.sign_in(CASHIER, PIN).await.status, 200, "the right PIN is taken at once");
    // A manager's word is no different.
    let word = Word { manager_id: Some(id_of(MANAGER).into()), pin: PIN.to_owned() };
    for after_ms in [3_600_000, 0] {
        set(after_ms);
        assert!(approve(&store.app, &store.seat, &word).await.unwrap().is_ok(), "{after_ms}");
    }
    // Wrong ones still cost time, counted from the moment of the first try after the clock was set.
    set(3_600_000);
    for _ in 0..5 {
        visitor.sign_in(CASHIER, "402910").await;
    }
    set(0);
    assert_eq!(error(&visitor.sign_in(CASHIER, PIN).await), (429, "wait".to_owned()));
    set(1_000);
    assert_eq!(error(&visitor.sign_in(CASHIER, PIN).await), (429, "wait".to_owned()));
    set(2_500);
    assert_eq!(visitor.sign_in(CASHIER, PIN).await.status, 200, "it does not begin anew with each try");
}

#[tokio::test]
async fn an_unknown_person_gets_the_same_words_as_a_wrong_pin() {
    let store = store().await;
    let mut visitor = Visitor::at(&store);
    let unknown = visitor.sign_in("Không Ai Cả", "000000").await;
    let wrong = visitor.sign_in(CASHIER, "000000").await;
    assert_eq!((unknown.status, unknown.json()), (wrong.status, wrong.json()));
}

#[tokio::test]
async fn a_counter_locks_itself_and_asks_for_the_pin() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    for _ in 0..6 {
        store.clock.advance(9 * 60_000);
        assert_eq!(visitor.get(As::Json, "/counter/state").await.status, 200);
    }
    store.clock.advance(10 * 60_000);
    assert_eq!(visitor.get(As::Json, "/counter/state").await.status, 401);
    let part = visitor.post(As::Part, "/counter/clear", &[]).await;
    assert_eq!(part.status, 401, "so the page's queue stays");
    part.has("id=\"note\"");
    let page = visitor.get(As::Page, "/sign-in").await;
    let chosen = format!("value=\"{}\" required checked", id_of(CASHIER));
    page.has(&chosen);
    assert_eq!(visitor.sign_in(CASHIER, PIN).await.status, 200);
    assert_eq!(visitor.get(As::Json, "/counter/state").await.status, 200);
}

#[tokio::test]
async fn tries_at_the_same_moment_are_counted() {
    let store = store().await;
    let guess = Pin::parse("583920").unwrap();
    let cashier_id = CashierId::from_uuid(id_of(CASHIER));
    let tries = (0..20).map(|_| sign_in(&store.app, cashier_id, &guess, "Quầy 1"));
    let answers = futures_util::future::join_all(tries).await;
    let wrong = answers.iter().filter(|answer| matches!(answer, Ok(Err(Refused::WrongPin)))).count();
    assert_eq!(wrong, 5, "{answers:?}");
    store.clock.advance(60_000);
    let right = sign_in(&store.app, cashier_id, &Pin::parse(PIN).unwrap(), "Quầy 1").await.unwrap();
    assert!(right.is_ok(), "{right:?}");
    store.check().await;
}

#[tokio::test]
async fn a_store_decides_when_its_counters_lock() {
    for (lock_after_minutes, minutes, expected) in
        [(3, 2, 200), (3, 3, 401), (0, 11 * 60, 200), (0, 12 * 60, 401)]
    {
        let store = TestStore::closed(Config { lock_after_minutes, ..Config::default() }).await;
        let mut visitor = Visitor::selling(&store).await;
        visitor.scan(GARLIC).await;
        let page = visitor.get(As::Page, "/").await;
        let idle = format!("data-idle=\"{}\"", lock_after_minutes * 60);
        assert_eq!(page.text.contains("data-idle"), lock_after_minutes > 0);
        assert!(lock_after_minutes == 0 || page.text.contains(&idle), "{}", page.text);
        store.clock.advance(minutes * 60_000);
        let answer = visitor.get(As::Json, "/counter/state").await;
        assert_eq!(answer.status, expected, "{lock_after_minutes} {minutes}");
        visitor.sign_in(CASHIER, PIN).await;
        assert_eq!(visitor.state().await["lines"].as_array().unwrap().len(), 1, "the cart stays");
    }
}

#[tokio::test]
async fn another_person_takes_over_and_the_cart_stays() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    visitor.scan(GARLIC).await;
    let panel = visitor.act("/counter/show", &[("show", "switch")]).await;
    assert_eq!(panel.status, 200);
    let sale_id = visitor.sale_id().await;
    let panel = visitor.post(As::Part, "/counter/show", &[("sale_id", &sale_id), ("show", "switch")]).await;
    panel.has("action=\"/sign-in\"");
    let (other, here) = (panel.text.find(MANAGER).unwrap(), panel.text.find(CASHIER).unwrap());
    assert!(other < here, "the one who is not here is chosen");

    let (token, manager) = (visitor.csrf.clone(), id_of(MANAGER).to_string());
    let form = |pin| [("csrf", token.as_str()), ("cashier_id", &manager), ("pin", pin), ("counter", "1")];
    let wrong = visitor.post(As::Page, "/sign-in", &form("000000")).await;
    assert_eq!(wrong.status, 401);
    wrong.has("Mã PIN không đúng");
    visitor.get(As::Page, "/").await.has(CASHIER);
    let right = visitor.post(As::Page, "/sign-in", &form(PIN)).await;
    assert_eq!((right.status.as_u16(), right.leads_to()), (303, "/"));
    let page = visitor.get(As::Page, "/").await;
    page.has("Quầy 1 · Trần Văn Quản");
    page.has(&sale_id);
    page.has("280.000 ₫");
    store.check().await;
}

#[tokio::test]
async fn a_login_is_over_after_half_a_day_whoever_is_there() {
    let store = store().await;
    let mut visitor = Visitor::signed_in(&store, CASHIER).await;
    for minute in (0..12 * 60).step_by(4) {
        assert_eq!(visitor.get(As::Json, "/counter/state").await.status, 200, "after {minute} minutes");
        store.clock.advance(4 * 60_000);
    }
    assert_eq!(visitor.get(As::Json, "/counter/state").await.status, 401);
}

#[tokio::test]
async fn signing_out_ends_the_session_at_once() {
    let store = store().await;
    let mut visitor = Visitor::signed_in(&store, CASHIER).await;
    let answer = visitor.post(As::Json, "/sign-out", &[]).await;
    assert_eq!((answer.status, answer.leads_to()), (StatusCode::SEE_OTHER, "/sign-in"));
    assert_eq!(visitor.get(As::Json, "/counter/state").await.status, 401);
    let sessions: i64 =
        sqlx::query_scalar("select count(*) from login_sessions where cashier_id is not null")
            .fetch_one(store.app.db().read())
            .await
            .unwrap();
    assert_eq!(sessions, 0);
}

#[tokio::test]
async fn whoever_was_taken_off_the_list_is_out_at_once() {
    let store = store().await;
    let mut visitor = Visitor::signed_in(&store, CASHIER).await;
    let mut tx = store.app.db().begin().await.unwrap();
    pos::db::cashiers::update_inactive(&mut tx, id_of(CASHIER)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(visitor.get(As::Json, "/counter/state").await.status, 401);
    assert_eq!(error(&visitor.sign_in(CASHIER, PIN).await), (401, "wrong_pin".to_owned()));
}

#[tokio::test]
async fn a_manager_adds_a_cashier_who_can_sign_in() {
    let store = store().await;
    let mut manager = Visitor::signed_in(&store, MANAGER).await;
    let form = |name, pin, again| [("name", name), ("pin", pin), ("pin_again", again)];
    for (name, pin, again, wrong) in [
        ("", "583920", "583920", "Gõ họ và tên"),
        ("  ", "583920", "583920", "Gõ họ và tên"),
        ("nguyễn thị hường", "583920", "583920", "Đã có người tên này"),
        ("Phạm Văn Ba", "123456", "123456", "quá dễ đoán"),
        ("Phạm Văn Ba", "58392", "58392", "đúng 6 chữ số"),
        ("Phạm Văn Ba", "583920", "583921", "không giống nhau"),
    ] {
        let answer = manager.post(As::Json, "/cashiers/new", &form(name, pin, again)).await;
        assert_eq!(answer.status, 422, "{name} {pin}");
        answer.has(wrong);
    }
    let added = manager.post(As::Json, "/cashiers/new", &form("Phạm Văn Ba", "583920", "583920")).await;
    assert_eq!(added.json()["name"], "Phạm Văn Ba");
    let twice = manager.post(As::Json, "/cashiers/new", &form("Phạm Văn Ba", "583920", "583920")).await;
    assert_eq!(twice.status, 422);
    let mut visitor = Visitor::at(&store);
    visitor.csrf = visitor.get(As::Json, "/sign-in").await.json()["csrf"].as_str().unwrap().to_owned();
    let id = added.json()["cashier_id"].as_str().unwrap().to_owned();
    let answer =
        visitor.post(As::Json, "/sign-in", &[("cashier_id", &id), ("pin", "583920"), ("counter", "1")]).await;
    assert_eq!(
        (answer.json()["cashier"].as_str(), answer.json()["manager"].as_bool()),
        (Some("Phạm Văn Ba"), Some(false))
    );
}

#[tokio::test]
async fn before_the_catalogue_came_nobody_can_sign_in() {
    let store = TestStore::closed(Config::default()).await;
    let mut tx = store.app.db().begin().await.unwrap();
    for name in [CASHIER, MANAGER] {
        pos::db::cashiers::update_inactive(&mut tx, id_of(name)).await.unwrap();
    }
    tx.commit().await.unwrap();
    Visitor::at(&store).get(As::Page, "/sign-in").await.has("Chưa có danh sách nhân viên");
    store.load(&Catalogue::default().cashier(CASHIER, "cashier")).await;
    Visitor::at(&store).get(As::Page, "/sign-in").await.has(CASHIER);
}

/// A request that was under way while somebody signed out must not bring the session back.
#[tokio::test]
async fn a_session_that_was_ended_stays_ended() {
    use tower_sessions::SessionStore;
    use tower_sessions::session::{Id, Record};
    let store = store().await;
    let sessions = pos::db::login_sessions::LoginSessions::new(store.app.db().clone());
    let expiry_date = time::OffsetDateTime::from_unix_timestamp(1_900_000_000).unwrap();
    let mut record = Record { id: Id(7), data: Default::default(), expiry_date };
    sessions.create(&mut record).await.unwrap();
    assert!(sessions.create(&mut record).await.is_err(), "a session is never taken over");
    sessions.save(&record).await.unwrap();
    assert_eq!(sessions.load(&record.id).await.unwrap(), Some(record.clone()));
    sessions.delete(&record.id).await.unwrap();
    sessions.save(&record).await.unwrap();
    assert_eq!(sessions.load(&record.id).await.unwrap(), None);
}
