//! One's own account: open logins, the password, and the second factor of a login.

use central::config::{Config, Logins};
use central::db::Db;
use central::db::second_factors;
use central::db::users::Role;
use domain::ids::UserId;
use totp_rs::{Builder, Secret};

use super::browser::{Browser, PASSWORD, add_user, location, text};
use crate::support::World;

testkit::on_both_engines!(
    an_open_login_is_ended_from_another,
    a_password_is_changed,
    a_login_asks_for_a_code,
    codes_cannot_be_guessed,
    a_lost_phone_is_forgiven_by_an_administrator,
    administrators_need_a_code_where_it_is_set,
);

/// The code that a person's phone shows, some steps of thirty seconds from now.
async fn code(world: &World, id: UserId, steps: i64) -> String {
    let factor = second_factors::find(&world.app.db, id).await.unwrap().unwrap();
    let maker = Builder::new().with_secret(Secret::from(factor.secret)).build().unwrap();
    let at = world.app.clock.now_ms() / 1_000 + steps * 30;
    maker.generate(at.try_into().unwrap()).to_string()
}

/// A person whose second factor is on, with the browser that turned it on.
async fn with_code(world: &World, login: &str, role: Role) -> (UserId, Browser) {
    let id = add_user(world, login, role).await;
    let mut browser = Browser::new();
    browser.sign_in(world, login, PASSWORD).await;
    assert_eq!(browser.post(world, "/account", "/account/code", &[]).await.status, 303);
    let now = code(world, id, 0).await;
    let answer = browser.post(world, "/account", "/account/code/confirm", &[("code", &now)]).await;
    assert_eq!((answer.status, location(&answer)), (303, "/account?done=code"));
    (id, browser)
}

async fn an_open_login_is_ended_from_another(db: Db) {
    let world = World::new(db).await;
    add_user(&world, "ngan", Role::Department).await;
    let mut office =
        Browser::at([203, 0, 113, 7]).with("user-agent", "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0");
    let mut phone = Browser::at([198, 51, 100, 1]).with("user-agent", "Mozilla/5.0 (iPhone) Safari/604.1");
    office.sign_in(&world, "ngan", PASSWORD).await;
    world.clock.advance(1_000);
    phone.sign_in(&world, "ngan", PASSWORD).await;
    add_user(&world, "khac", Role::Department).await;
    let mut other = Browser::new();
    other.sign_in(&world, "khac", PASSWORD).await;
    let page = text(&phone.get(&world, "/account").await);
    assert!(page.contains("Chrome trên Windows") && page.contains("203.0.113.0/24"), "{page}");
    assert!(page.contains("Safari trên iPhone") && page.contains("nơi này"), "{page}");
    assert_eq!(page.matches("/account/sessions/").count(), 1, "of the two, the other one can be ended");
    let end = page.split("action=\"").find(|rest| rest.starts_with("/account/sessions/")).unwrap();
    let end = end.split('"').next().unwrap().to_owned();
    assert_eq!(other.post(&world, "/account", &end, &[]).await.status, 404, "not somebody else's");
    assert_eq!(office.get(&world, "/sales").await.status, 200);
    assert_eq!(phone.post(&world, "/account", &end, &[]).await.status, 303);
    assert_eq!(office.get(&world, "/sales").await.status, 303);
    assert_eq!(phone.get(&world, "/sales").await.status, 200);
}

async fn a_password_is_changed(db: Db) {
    let world = World::new(db).await;
    add_user(&world, "ngan", Role::Department).await;
    let (mut here, mut there) = (Browser::new(), Browser::new());
    here.sign_in(&world, "ngan", PASSWORD).await;
    there.sign_in(&world, "ngan", PASSWORD).await;
    let new = "quế Trà Bồng thơm lâu";
    for (old, chosen, words) in [
        ("nhầm", new, "Mật khẩu hiện nay không đúng."),
        (PASSWORD, "12345678", "mật khẩu"),
        (PASSWORD, "ngắn", "mật khẩu"),
    ] {
        let answer =
            here.post(&world, "/account", "/account/password", &[("old", old), ("new", chosen)]).await;
        assert_eq!(answer.status, 422, "{chosen}");
        assert!(text(&answer).contains(words) && !text(&answer).contains(new), "{}", text(&answer));
    }
    assert_eq!(there.get(&world, "/sales").await.status, 200, "nothing was changed");
    let answer = here.post(&world, "/account", "/account/password", &[("old", PASSWORD), ("new", new)]).await;
    assert_eq!(location(&answer), "/account?done=password");
    assert_eq!(here.get(&world, "/sales").await.status, 200);
    assert_eq!(there.get(&world, "/sales").await.status, 303, "logins elsewhere end");
    assert_eq!(there.sign_in(&world, "ngan", PASSWORD).await.status, 401);
    assert_eq!(there.sign_in(&world, "ngan", new).await.status, 303);
}

async fn a_login_asks_for_a_code(db: Db) {
    let world = World::new(db).await;
    let (id, mut first) = with_code(&world, "ngan", Role::Department).await;
    assert!(text(&first.get(&world, "/account").await).contains("Đang bật"));
    let mut browser = Browser::new();
    let fields = [("account", "ngan"), ("password", PASSWORD), ("next", "/stores")];
    let answer = browser.post(&world, "/login", "/login", &fields).await;
    assert_eq!(location(&answer), "/login/code?next=/stores");
    assert_eq!(location(&browser.get(&world, "/sales").await), "/login?next=/sales", "not in yet");
    let page = "/login/code?next=/stores";
    assert!(text(&browser.get(&world, page).await).contains("value=\"/stores\""));
    let used = code(&world, id, 0).await;
    let answer = browser.post(&world, page, "/login/code", &[("code", &used)]).await;
    assert_eq!(answer.status, 401, "the code that turned it on counts once");
    let next = code(&world, id, 1).await;
    let spaced = format!("{} {}", &next[..3], &next[3..]);
    let fields = [("code", spaced.as_str()), ("next", "/stores")];
    let answer = browser.post(&world, page, "/login/code", &fields).await;
    assert_eq!((answer.status, location(&answer)), (303, "/stores"), "{}", text(&answer));
    assert_eq!(browser.get(&world, "/sales").await.status, 200);
    // Elsewhere the same code is worth nothing, and a password is forgotten after five minutes.
    let mut thief = Browser::at([203, 0, 113, 7]);
    thief.sign_in(&world, "ngan", PASSWORD).await;
    assert_eq!(thief.post(&world, "/login/code", "/login/code", &[("code", &next)]).await.status, 401);
    let token = thief.token(&world, "/login/code").await;
    world.clock.advance(5 * 60_000);
    let late = code(&world, id, 0).await;
    let answer = thief.post_bare(&world, "/login/code", &format!("csrf={token}&code={late}")).await;
    assert_eq!((answer.status, location(&answer)), (303, "/login"));
    assert_eq!(location(&Browser::new().get(&world, "/login/code").await), "", "no cookie, no form");
    // Turned off with a code, never without.
    world.clock.advance(60_000);
    assert_eq!(
        browser.post(&world, "/account", "/account/code/end", &[("code", "000000")]).await.status,
        422
    );
    let now = code(&world, id, 0).await;
    let answer = browser.post(&world, "/account", "/account/code/end", &[("code", &now)]).await;
    assert_eq!(location(&answer), "/account?done=code_off");
    assert_eq!(location(&Browser::new().sign_in(&world, "ngan", PASSWORD).await), "/sales");
}

async fn codes_cannot_be_guessed(db: Db) {
    let world = World::new(db).await;
    let (id, _) = with_code(&world, "ngan", Role::Department).await;
    let mut thief = Browser::at([203, 0, 113, 7]);
    thief.sign_in(&world, "ngan", PASSWORD).await;
    for _ in 0..5 {
        assert_eq!(thief.post(&world, "/login/code", "/login/code", &[("code", "12345x")]).await.status, 401);
        // The right password, again and again, forgives no wrong code.
        thief.sign_in(&world, "ngan", PASSWORD).await;
    }
    let now = code(&world, id, 1).await;
    let answer = thief.post(&world, "/login/code", "/login/code", &[("code", &now)]).await;
    assert_eq!(answer.status, 429);
    assert!(text(&answer).contains("Đợi 2 giây"), "{}", text(&answer));
    let wrong = "select cast(count(*) as bigint) from audit_log where action = 'login.wrong_code'";
    assert_eq!(world.number(wrong).await, 5);
    let mut rightful = Browser::at([198, 51, 100, 1]);
    rightful.sign_in(&world, "ngan", PASSWORD).await;
    assert_eq!(rightful.post(&world, "/login/code", "/login/code", &[("code", &now)]).await.status, 303);
}

async fn a_lost_phone_is_forgiven_by_an_administrator(db: Db) {
    let world = World::new(db).await;
    let (id, mut browser) = with_code(&world, "ngan", Role::Department).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    let page = format!("/people/{id}");
    assert!(text(&admin.get(&world, &page).await).contains("có mã xác nhận"));
    assert_eq!(admin.post(&world, &page, &format!("{page}/code/end"), &[]).await.status, 303);
    assert_eq!(browser.get(&world, "/sales").await.status, 303, "open logins end");
    assert_eq!(location(&browser.sign_in(&world, "ngan", PASSWORD).await), "/sales");
}

async fn administrators_need_a_code_where_it_is_set(db: Db) {
    let config = Config { logins: Logins { admins_need_code: true }, ..Config::default() };
    let world = World::with_config(db, config).await;
    let id = add_user(&world, "quantri", Role::Admin).await;
    let mut admin = Browser::new();
    admin.sign_in(&world, "quantri", PASSWORD).await;
    assert_eq!(location(&admin.get(&world, "/people").await), "/account");
    let act = format!("/stores/{}/code", world.store);
    assert_eq!(admin.post(&world, "/account", &act, &[]).await.status, 403);
    assert!(text(&admin.get(&world, "/account").await).contains("phải bật mã xác nhận"));
    admin.post(&world, "/account", "/account/code", &[]).await;
    let now = code(&world, id, 0).await;
    admin.post(&world, "/account", "/account/code/confirm", &[("code", &now)]).await;
    assert_eq!(admin.get(&world, "/people").await.status, 200);
    let mut reader = Browser::of(&world, Role::Department).await;
    assert_eq!(reader.get(&world, "/sales").await.status, 200, "others may, and need not");
}
