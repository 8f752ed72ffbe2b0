//! A link by which a person chooses a password: once, within seven days.

use central::db::Db;
use central::db::users::Role;
use central::welcome;

use super::browser::{Browser, add_user, location, text};
use crate::support::World;

testkit::on_both_engines!(a_link_sets_a_password_once);

const DAY_MS: i64 = 86_400_000;
const CHOSEN: &str = "hành tím tháng chạp";

async fn link(world: &World, user: domain::ids::UserId) -> String {
    let url = welcome::make_link(&world.app, "test", user).await.unwrap();
    url.strip_prefix("http://127.0.0.1:8080").unwrap().to_owned()
}

async fn a_link_sets_a_password_once(db: Db) {
    let world = World::new(db).await;
    let user = add_user(&world, "phusinh", Role::Producer(world.phu_sinh)).await;
    let mut old = Browser::new();
    old.sign_in(&world, "phusinh", super::browser::PASSWORD).await;
    let address = link(&world, user).await;
    let mut phone = Browser::new();
    let page = text(&phone.get(&world, &address).await);
    assert!(page.contains("value=\"phusinh\"") && page.contains("new-password"), "{page}");
    // Looking at it, as messengers do, uses nothing up.
    assert_eq!(phone.get(&world, &address).await.status, 200);
    for unfit in ["", "1234567", "phusinh", "12345678"] {
        let answer = phone.post(&world, &address, &address, &[("password", unfit)]).await;
        assert_eq!(answer.status, 422, "{unfit}");
        assert!(
            !text(&answer).contains(&format!("value=\"{unfit}\"")) || unfit == "phusinh" || unfit.is_empty()
        );
    }
    let foreign = Browser::new().post_bare(&world, &address, &format!("password={CHOSEN}")).await;
    assert!([401, 403].contains(&foreign.status), "a page of others cannot post here: {}", foreign.status);
    let chosen = phone.post(&world, &address, &address, &[("password", CHOSEN)]).await;
    assert_eq!((chosen.status, location(&chosen)), (303, "/me"));
    assert_eq!(phone.get(&world, "/me").await.status, 200, "signed in");
    assert_eq!(old.get(&world, "/me").await.status, 303, "logins of before are over");
    let used = phone.get(&world, &address).await;
    assert!(used.status == 410 && text(&used).contains("đã được dùng"), "{}", text(&used));
    let again = phone.post(&world, "/me", &address, &[("password", "mật khẩu khác")]).await;
    assert_eq!(again.status, 410);
    let mut fresh = Browser::new();
    assert_eq!(fresh.sign_in(&world, "phusinh", CHOSEN).await.status, 303);

    let second = link(&world, user).await;
    let third = link(&world, user).await;
    assert_eq!(fresh.get(&world, &second).await.status, 404, "another one takes its place");
    world.clock.advance(7 * DAY_MS - 1);
    assert_eq!(fresh.get(&world, &third).await.status, 200);
    world.clock.advance(1);
    let over = fresh.get(&world, &third).await;
    assert!(over.status == 410 && text(&over).contains("đã hết hạn"), "{}", text(&over));
    let fourth = link(&world, user).await;
    world.admin.disable_user(user).await.unwrap();
    assert_eq!(fresh.get(&world, &fourth).await.status, 410, "who may not come in gets no password");
    assert_eq!(fresh.get(&world, "/welcome/x").await.status, 404);
}
