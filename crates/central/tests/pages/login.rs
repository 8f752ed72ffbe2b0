//! Who gets in, how long, and what guessing costs.

use axum::http::header;
use central::db::Db;
use central::db::engine::Sql;
use central::db::login_sessions::LoginSessions;
use central::db::users::Role;
use domain::section::{Section, Sections};
use tower_sessions::SessionStore;

use super::browser::{Browser, PASSWORD, add_user, location, text};
use crate::support::World;

testkit::on_both_engines!(
    each_role_has_its_first_page,
    a_wrong_password_and_an_unknown_account_look_the_same,
    guessing_is_slowed_and_the_rightful_user_elsewhere_is_not,
    a_thousand_tries_cost_few_hashes,
    tries_at_the_same_moment_are_counted,
    a_login_begins_under_a_new_name,
    a_login_ends,
    an_old_hash_is_renewed,
    a_link_opens_after_the_login,
    an_ended_login_stays_ended,
);

const MINUTE_MS: i64 = 60_000;

async fn acts(world: &World, action: &str) -> i64 {
    let sql = Sql::new("select cast(count(*) as bigint) from audit_log where action = ").bind(action);
    let (count,) = world.app.db.one(sql).await.unwrap();
    count
}

async fn each_role_has_its_first_page(db: Db) {
    let world = World::new(db).await;
    for (role, first) in [
        (Role::Admin, "/stores"),
        (Role::Editor(Sections::of([Section::Trade])), "/sales"),
        (Role::Department, "/sales"),
        (Role::Auditor, "/audit"),
        (Role::Operator(world.operator), "/shops"),
        (Role::Producer(world.phu_sinh), "/me"),
    ] {
        add_user(&world, role.code(), role).await;
        let mut browser = Browser::new();
        let answer = browser.sign_in(&world, &role.code().to_uppercase(), PASSWORD).await;
        assert_eq!((answer.status, location(&answer)), (303, first));
        assert_eq!(browser.get(&world, first).await.status, 200);
        assert_eq!(location(&browser.get(&world, "/").await), first);
        assert_eq!(location(&browser.get(&world, "/login").await), first, "nobody signs in twice");
    }
    assert_eq!(acts(&world, "login.begin").await, 6);
}

async fn a_wrong_password_and_an_unknown_account_look_the_same(db: Db) {
    let world = World::new(db).await;
    add_user(&world, "ngan", Role::Department).await;
    let disabled = add_user(&world, "loc", Role::Department).await;
    world.admin.disable_user(disabled).await.unwrap();
    let mut pages = Vec::new();
    for (account, password) in [("ngan", "nhầm mật khẩu"), ("nobody", PASSWORD), ("loc", PASSWORD), ("", "")]
    {
        let mut browser = Browser::new();
        let answer = browser.sign_in(&world, account, password).await;
        assert_eq!(answer.status, 401);
        assert!(browser.cookie("login").is_none());
        let page = text(&answer);
        assert!(page.contains("Tên đăng nhập hoặc mật khẩu không đúng."), "{page}");
        assert!(!page.contains("nhầm mật khẩu"), "a password never comes back");
        let token = browser.cookie("form").unwrap();
        pages.push(page.replace(&format!("value=\"{account}\""), "value=\"\"").replace(token, ""));
    }
    pages.dedup();
    assert_eq!(pages.len(), 1);
    assert_eq!(acts(&world, "login.wrong").await, 4);
}

async fn guessing_is_slowed_and_the_rightful_user_elsewhere_is_not(db: Db) {
    let world = World::new(db).await;
    add_user(&world, "ngan", Role::Department).await;
    let mut thief = Browser::at([203, 0, 113, 7]);
    for _ in 0..5 {
        assert_eq!(thief.sign_in(&world, "ngan", "đoán mò").await.status, 401);
    }
    let answer = thief.sign_in(&world, "ngan", PASSWORD).await;
    assert_eq!((answer.status, &answer.headers[header::RETRY_AFTER]), (429, &"2".parse().unwrap()));
    assert!(text(&answer).contains("Đợi 2 giây"), "{}", text(&answer));
    let mut neighbour = Browser::at([203, 0, 113, 99]);
    assert_eq!(neighbour.sign_in(&world, "Ngan ", PASSWORD).await.status, 429, "the same network");
    let mut rightful = Browser::at([198, 51, 100, 1]);
    assert_eq!(rightful.sign_in(&world, "ngan", PASSWORD).await.status, 303);
    world.clock.advance(2_000);
    assert_eq!(thief.sign_in(&world, "ngan", "đoán mò").await.status, 401);
    assert!(text(&thief.sign_in(&world, "ngan", "đoán mò").await).contains("Đợi 4 giây"));
    world.clock.advance(4_000);
    assert_eq!(neighbour.sign_in(&world, "ngan", PASSWORD).await.status, 303);
    assert_eq!(Browser::at([203, 0, 113, 7]).sign_in(&world, "ngan", "x").await.status, 401, "begun anew");
    let mut unknown = Browser::at([192, 0, 2, 1]);
    for expected in [401, 401, 401, 401, 401, 429] {
        assert_eq!(
            unknown.sign_in(&world, "nobody", "x").await.status,
            expected,
            "as for an account that exists"
        );
    }
}

async fn a_thousand_tries_cost_few_hashes(db: Db) {
    let world = World::new(db).await;
    let mut thief = Browser::at([203, 0, 113, 7]);
    let token = thief.token(&world, "/login").await;
    for number in 0..1_000 {
        let form = format!("csrf={token}&account=user{}&password=x", number % 100);
        thief.post_bare(&world, "/login", &form).await;
        world.clock.advance(MINUTE_MS / 1_000);
    }
    let hashes = acts(&world, "login.wrong").await;
    assert!((25..=30).contains(&hashes), "{hashes} hashes in a minute");
}

async fn tries_at_the_same_moment_are_counted(db: Db) {
    let world = World::new(db).await;
    let mut browser = Browser::at([203, 0, 113, 7]);
    let form = format!("csrf={}&account=ngan&password=x", browser.token(&world, "/login").await);
    let tries = (0..20).map(|_| {
        let (mut browser, form, world) = (browser.clone(), form.clone(), &world);
        async move { browser.post_bare(world, "/login", &form).await.status }
    });
    let answers = futures_util::future::join_all(tries).await;
    assert_eq!(answers.iter().filter(|status| **status == 401).count(), 5, "{answers:?}");
    assert_eq!(acts(&world, "login.wrong").await, 5);
}

async fn a_login_begins_under_a_new_name(db: Db) {
    let world = World::new(db).await;
    add_user(&world, "ngan", Role::Department).await;
    let mut browser = Browser::new();
    browser.set_cookie("login", "AAAAAAAAAAAAAAAAAAAAAA");
    let answer = browser.sign_in(&world, "ngan", PASSWORD).await;
    let cookie = browser.cookie("login").unwrap().to_owned();
    assert_ne!(cookie, "AAAAAAAAAAAAAAAAAAAAAA", "not the name that somebody put there");
    let set = answer.headers.get_all(header::SET_COOKIE).iter().map(|value| value.to_str().unwrap());
    let set: Vec<&str> = set.filter(|cookie| cookie.starts_with("login=")).collect();
    assert_eq!(set, [format!("login={cookie}; HttpOnly; SameSite=Lax; Path=/")]);
    let mut second = Browser::new();
    second.sign_in(&world, "ngan", PASSWORD).await;
    assert_ne!(second.cookie("login").unwrap(), cookie);
    // Somebody put his own session into another one's browser: with her login he is not in.
    let mut planted = second.clone();
    let form = format!("csrf={}&account=loc&password=402913-hanh", planted.token(&world, "/sales").await);
    world.admin.add_user("loc", "Lộc", Role::Department, "402913-hanh").await.unwrap();
    assert_eq!(planted.post_bare(&world, "/login", &form).await.status, 303);
    assert_ne!(planted.cookie("login"), second.cookie("login"));
    assert_eq!(second.get(&world, "/sales").await.status, 303, "the old name is dead");
    let (rows, with_user): (i64, i64) = world
        .app
        .db
        .one(Sql::new("select cast(count(*) as bigint), cast(count(user_id) as bigint) from login_sessions"))
        .await
        .unwrap();
    assert_eq!((rows, with_user), (2, 2), "strangers leave nothing");
}

async fn a_login_ends(db: Db) {
    let world = World::new(db).await;
    let open = async |browser: &mut Browser| browser.get(&world, "/sales").await.status;
    let mut idle = Browser::of(&world, Role::Department).await;
    world.clock.advance(29 * MINUTE_MS);
    assert_eq!(open(&mut idle).await, 200);
    world.clock.advance(29 * MINUTE_MS);
    assert_eq!(open(&mut idle).await, 200, "each request counts");
    let kept = idle.clone();
    world.clock.advance(30 * MINUTE_MS);
    assert_eq!(open(&mut idle).await, 303);
    assert_eq!(open(&mut kept.clone()).await, 303, "for good");

    let mut busy = Browser::of(&world, Role::Department).await;
    for _ in 0..35 {
        world.clock.advance(20 * MINUTE_MS);
        assert_eq!(open(&mut busy).await, 200);
    }
    world.clock.advance(20 * MINUTE_MS);
    assert_eq!(open(&mut busy).await, 303, "after twelve hours");

    let mut leaving = Browser::of(&world, Role::Department).await;
    let kept = leaving.clone();
    let answer = leaving.post(&world, "/sales", "/logout", &[]).await;
    assert_eq!((answer.status, location(&answer)), (303, "/login"));
    assert!(leaving.cookie("login").is_none());
    assert_eq!(open(&mut kept.clone()).await, 303, "the cookie alone opens nothing");

    let id = add_user(&world, "loc", Role::Department).await;
    let mut disabled = Browser::new();
    disabled.sign_in(&world, "loc", PASSWORD).await;
    assert_eq!(open(&mut disabled).await, 200);
    world.admin.disable_user(id).await.unwrap();
    assert_eq!(open(&mut disabled).await, 303);
    let left: (i64,) =
        world.app.db.one(Sql::new("select cast(count(*) as bigint) from login_sessions")).await.unwrap();
    assert_eq!(left, (0,), "what is over is gone");
}

async fn an_old_hash_is_renewed(db: Db) {
    let world = World::new(db).await;
    let id = add_user(&world, "ngan", Role::Department).await;
    // argon2id of "402913" with small parameters.
    let old =
        "$argon2id$v=19$m=64,t=1,p=1$dGVzdHNhbHR0ZXN0c2FsdA$lFY8NW+RUTIN+HUDSaj6Ia+MPaf3vDccUF5+h7b48nQ";
    let mut tx = world.app.db.begin().await.unwrap();
    central::db::users::set_password(&mut tx, id, old).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(Browser::new().sign_in(&world, "ngan", "402913").await.status, 303);
    let user =
        central::db::users::find_active(&world.app.db, id, world.app.clock.now_ms()).await.unwrap().unwrap();
    assert!(user.password_hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", user.password_hash);
    assert_eq!(Browser::new().sign_in(&world, "ngan", "402913").await.status, 303);
}

async fn a_link_opens_after_the_login(db: Db) {
    let world = World::new(db).await;
    add_user(&world, "ngan", Role::Department).await;
    let mut browser = Browser::new();
    let answer = browser.get(&world, "/sales?period=week&stars=4").await;
    assert_eq!((answer.status, location(&answer)), (303, "/login?next=/sales%3Fperiod%3Dweek%26stars%3D4"));
    let page = location(&answer).to_owned();
    assert!(text(&browser.get(&world, &page).await).contains("value=\"/sales?period=week&amp;stars=4\""));
    let next = "/sales?period=week&stars=4";
    for (next, leads_to) in [(next, next), ("//evil.example", "/sales"), ("https://evil.example", "/sales")] {
        let fields = [("account", "ngan"), ("password", PASSWORD), ("next", next)];
        let answer = Browser::new().post(&world, "/login", "/login", &fields).await;
        assert_eq!(location(&answer), leads_to);
    }
    let answer =
        Browser::new().send(&world, axum::http::Method::GET, "/sales", "application/json", None).await;
    assert_eq!((answer.status, answer.json()["error"].as_str()), (401, Some("login_needed")));
}

/// A request that began before its login was ended writes the session when it is done.
async fn an_ended_login_stays_ended(db: Db) {
    let world = World::new(db).await;
    let id = add_user(&world, "ngan", Role::Department).await;
    let mut browser = Browser::new();
    browser.sign_in(&world, "ngan", PASSWORD).await;
    let sessions = LoginSessions::new(world.app.db.clone(), world.app.clock.clone());
    let token = browser.cookie("login").unwrap().parse().unwrap();
    let slow = sessions.load(&token).await.unwrap().unwrap();
    world.admin.end_logins(id).await.unwrap();
    sessions.save(&slow).await.unwrap();
    assert_eq!(browser.get(&world, "/sales").await.status, 303);
    assert!(sessions.load(&token).await.unwrap().is_none());
}
