//! The people of a shop, without a network: new PINs, a person who leaves, what central's list does to them.

use pos::db::cashiers;
use protocol::wire::CashierRow;
use testkit::catalogue::{PIN, id_of};
use testkit::store::TestStore;

use crate::visitor::{Answer, As, CASHIER, MANAGER, Visitor, store};

const NEW_PIN: &str = "583920";

fn error(answer: &Answer) -> (u16, String) {
    (answer.status.as_u16(), answer.json()["error"].as_str().unwrap_or_default().to_owned())
}

/// Posts a form as a page does, with its token.
async fn on_page(visitor: &mut Visitor, path: &str, fields: &[(&str, &str)]) -> Answer {
    let token = visitor.csrf.clone();
    visitor.post(As::Page, path, &[fields, &[("csrf", token.as_str())]].concat()).await
}

async fn changes(store: &TestStore) -> Vec<(String, String, String)> {
    let list = pos::db::cashier_changes::list_changes(store.app.db().read()).await.unwrap();
    list.into_iter().map(|change| (change.by, change.what, change.name)).collect()
}

#[tokio::test]
async fn a_manager_sets_a_new_pin_and_the_old_one_is_of_no_use() {
    let store = store().await;
    let mut manager = Visitor::signed_in(&store, MANAGER).await;
    let mut cashier = Visitor::selling(&store).await;
    let id = id_of(CASHIER).to_string();
    manager.get(As::Page, "/cashiers/new").await.has(&format!("/cashiers/{id}"));
    let page = manager.get(As::Page, &format!("/cashiers/{id}")).await;
    page.has("Đặt mã PIN mới");
    page.has("Cho Nguyễn Thị Hường nghỉ");
    let set =
        |pin, again, own| [("cashier_id", id.as_str()), ("pin", pin), ("pin_again", again), ("own_pin", own)];
    for (form, wrong) in [
        (set("123456", "123456", PIN), (422, "pin")),
        (set(NEW_PIN, "583921", PIN), (422, "pin_again")),
        (set(NEW_PIN, NEW_PIN, ""), (422, "own_pin")),
        (set(NEW_PIN, NEW_PIN, "000000"), (422, "own_pin")),
    ] {
        let answer = manager.post(As::Json, "/cashiers/pin", &form).await;
        assert_eq!(error(&answer), (wrong.0, wrong.1.to_owned()), "{form:?}");
        let page = on_page(&mut manager, "/cashiers/pin", &form).await;
        assert_eq!(page.status, 422);
        page.has("Đặt mã PIN mới");
    }
    assert_eq!(cashier.get(As::Json, "/counter/state").await.status, 200, "nothing was changed");
    // Wrong PINs of the manager count as at the sign-in.
    store.clock.advance(15 * 60_000);
    manager.sign_in(MANAGER, PIN).await;
    cashier.sign_in(CASHIER, PIN).await;
    let answer = on_page(&mut manager, "/cashiers/pin", &set(NEW_PIN, NEW_PIN, PIN)).await;
    answer.has("Đã đặt mã PIN mới cho Nguyễn Thị Hường.");
    answer.has("Trần Văn Quản đặt mã PIN mới cho Nguyễn Thị Hường");
    assert_eq!(cashier.get(As::Json, "/counter/state").await.status, 401, "her logins are over");
    assert_eq!(error(&cashier.sign_in(CASHIER, PIN).await), (401, "wrong_pin".to_owned()));
    assert_eq!(cashier.sign_in(CASHIER, NEW_PIN).await.status, 200);
    let refused = cashier.post(As::Json, "/cashiers/pin", &set(NEW_PIN, NEW_PIN, NEW_PIN)).await;
    assert_eq!(refused.status, 403, "a cashier sets nobody's PIN");
    assert_eq!(changes(&store).await, [(MANAGER.to_owned(), "pin".to_owned(), CASHIER.to_owned())]);
}

#[tokio::test]
async fn a_person_changes_the_own_pin_and_tells_the_old_one() {
    let store = store().await;
    let mut visitor = Visitor::signed_in(&store, CASHIER).await;
    visitor.get(As::Page, "/pin").await.has("Đổi mã PIN của tôi");
    let form = |own, pin, again| [("own_pin", own), ("pin", pin), ("pin_again", again)];
    for (form, field) in [
        (form("000000", NEW_PIN, NEW_PIN), "own_pin"),
        (form(PIN, "111111", "111111"), "pin"),
        (form(PIN, NEW_PIN, PIN), "pin_again"),
    ] {
        assert_eq!(error(&visitor.post(As::Json, "/pin", &form).await), (422, field.to_owned()));
    }
    let changed = on_page(&mut visitor, "/pin", &form(PIN, NEW_PIN, NEW_PIN)).await;
    changed.has("Đã đổi mã PIN của bạn.");
    assert_eq!(visitor.get(As::Json, "/counter/state").await.status, 200, "whoever changed it stays");
    assert_eq!(visitor.sign_in(CASHIER, PIN).await.status, 401);
    assert_eq!(visitor.sign_in(CASHIER, NEW_PIN).await.status, 200);
    assert_eq!(changes(&store).await, [(CASHIER.to_owned(), "own_pin".to_owned(), CASHIER.to_owned())]);
    for _ in 0..5 {
        visitor.post(As::Json, "/pin", &form("000000", NEW_PIN, NEW_PIN)).await;
    }
    let waits = visitor.post(As::Json, "/pin", &form(NEW_PIN, "583921", "583921")).await;
    assert_eq!(waits.status, 429, "guessing costs time here, too");
}

#[tokio::test]
async fn who_was_taken_off_is_out_and_the_last_manager_stays() {
    let store = store().await;
    let mut manager = Visitor::signed_in(&store, MANAGER).await;
    let mut cashier = Visitor::selling(&store).await;
    let (who, last) = (id_of(CASHIER).to_string(), id_of(MANAGER).to_string());
    let (who, last) = (who.as_str(), last.as_str());
    let off = |id, pin| [("cashier_id", id), ("off_pin", pin)];
    assert_eq!(error(&manager.post(As::Json, "/cashiers/off", &off(who, "000000")).await).1, "off_pin");
    let refused = on_page(&mut manager, "/cashiers/off", &off(last, PIN)).await;
    refused.has("Đây là quản lý duy nhất.");
    let gone = on_page(&mut manager, "/cashiers/off", &off(who, PIN)).await;
    gone.has("Nguyễn Thị Hường không còn trong danh sách.");
    assert_eq!(cashier.get(As::Json, "/counter/state").await.status, 401);
    assert_eq!(error(&cashier.sign_in(CASHIER, PIN).await), (401, "wrong_pin".to_owned()));
    assert_eq!(manager.post(As::Json, "/cashiers/off", &off(who, PIN)).await.status, 404);
    // The shift that they left open is counted and closed by somebody else.
    let form = [("op_id", "close"), ("counted", "500.000")];
    assert_eq!(manager.post(As::Json, "/shift/close", &form).await.says(), "shift_closed");
    assert_eq!(changes(&store).await, [(MANAGER.to_owned(), "taken_off".to_owned(), CASHIER.to_owned())]);
    store.check().await;
}

/// A page of the catalogue comes again after a restore, or whenever central writes something else about a person.
#[tokio::test]
async fn what_was_changed_here_outlasts_centrals_list_until_central_has_a_new_word() {
    let store = store().await;
    let told = async |name: &str, pin_hash: &str| {
        let row = CashierRow {
            id: id_of(name),
            name: name.to_owned(),
            role: "cashier".to_owned(),
            pin_hash: pin_hash.to_owned(),
            active: true,
        };
        let mut tx = store.app.db().begin().await.unwrap();
        cashiers::upsert_cashier(&mut tx, &row).await.unwrap();
        tx.commit().await.unwrap();
    };
    let hash = async |name: &str| {
        let found = cashiers::find_active(store.app.db().read(), id_of(name).into()).await.unwrap();
        found.map(|person| person.pin_hash)
    };
    told("Lê Thị Mới", "from central").await;
    let mut tx = store.app.db().begin().await.unwrap();
    let id = id_of("Lê Thị Mới").into();
    assert_eq!(cashiers::update_pin(&mut tx, id, "set here").await.unwrap().as_deref(), Some("Lê Thị Mới"));
    tx.commit().await.unwrap();
    told("Lê Thị Mới", "from central").await;
    assert_eq!(hash("Lê Thị Mới").await.as_deref(), Some("set here"));
    told("Lê Thị Mới", "reset by central").await;
    assert_eq!(hash("Lê Thị Mới").await.as_deref(), Some("reset by central"));
    let mut tx = store.app.db().begin().await.unwrap();
    assert!(cashiers::update_taken_off(&mut tx, id).await.unwrap().is_some());
    tx.commit().await.unwrap();
    told("Lê Thị Mới", "reset by central").await;
    assert_eq!(hash("Lê Thị Mới").await, None, "who left does not come back by themselves");
}
