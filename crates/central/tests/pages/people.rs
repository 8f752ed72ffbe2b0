//! Who is let in, with which rights, and until when.

use central::admin::{NewOperator, NewPerson};
use central::db::Db;
use central::db::users::{self, Role};
use domain::Rate;
use domain::ids::UserId;
use domain::section::{Section, Sections};
use uuid::Uuid;

use super::browser::{Browser, PASSWORD, location, text};
use crate::support::World;

testkit::on_both_engines!(
    somebody_is_let_in_by_a_link,
    what_was_typed_wrong_comes_back,
    changed_rights_end_the_logins,
    somebody_is_left_who_administers,
    an_editor_changes_what_the_sections_keep,
    an_auditor_reads_until_the_last_day,
    the_list_is_looked_through,
    two_operators_of_one_name_are_not_mixed_up,
);

const DAY_MS: i64 = 86_400_000;

fn editor(section: Section) -> Role {
    Role::Editor(Sections::of([section]))
}

/// Takes the link that a page shows once.
fn link(page: &str) -> String {
    let rest = page.split("/welcome/").nth(1).unwrap_or_else(|| panic!("no link: {page}"));
    format!("/welcome/{}", rest.split('"').next().unwrap())
}

/// A new person's browser, who has chosen [`PASSWORD`] by a link.
async fn welcomed(world: &World, link: &str) -> Browser {
    let mut browser = Browser::new();
    let answer = browser.post(world, link, link, &[("password", PASSWORD)]).await;
    assert_eq!(answer.status, 303, "{}", text(&answer));
    browser
}

async fn invited(world: &World, login: &str, role: Role, access_ends_ms: Option<i64>) -> UserId {
    let id = world.app.clock.new_uuid().into();
    let new =
        NewPerson { login: login.to_owned(), name: "Phạm Văn Kiểm".to_owned(), role, access_ends_ms };
    world.admin.invite_user(id, &new).await.unwrap();
    id
}

async fn somebody_is_let_in_by_a_link(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    let form = text(&admin.get(&world, "/people/new").await);
    let id = form.split("name=\"id\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let fields = [
        ("id", id.as_str()),
        ("login", "Ba.To"),
        ("name", "Đinh Thị Ba Tơ"),
        ("role", "editor"),
        ("agriculture", "yes"),
        ("industry", "yes"),
    ];
    let answer = admin.post(&world, "/people/new", "/people/new", &fields).await;
    assert_eq!(answer.status, 200);
    let first = link(&text(&answer));
    // Sent twice, it is one person, and the link that was shown last counts.
    let again = admin.post(&world, "/people/new", "/people/new", &fields).await;
    assert_eq!(world.number("select cast(count(*) as bigint) from users where login = 'ba.to'").await, 1);
    assert_eq!(Browser::new().get(&world, &first).await.status, 404);
    let mut browser = welcomed(&world, &link(&text(&again))).await;
    let page = text(&browser.get(&world, "/account").await);
    assert!(page.contains("Cán bộ nhập liệu: công nghiệp, nông nghiệp"), "{page}");
    let page = text(&admin.get(&world, &format!("/people/{id}")).await);
    assert!(page.contains("Thêm người dùng") && page.contains("editor ba.to industry agriculture"), "{page}");
    assert!(!page.contains("/welcome/"), "a link is shown once");
}

async fn what_was_typed_wrong_comes_back(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    let good = [("login", "kiem"), ("name", "Kiểm"), ("role", "department")];
    for (field, value, words) in [
        ("login", "hai từ", "Gõ tên đăng nhập không dấu cách."),
        ("login", &*"a".repeat(201), "Gõ tên đăng nhập không dấu cách."),
        ("name", " ", "Gõ họ tên."),
        ("role", "editor", "Chọn ít nhất một phần việc."),
        ("role", "auditor", "Kiểm toán cần ngày cuối"),
        ("role", "operator", "Không có đơn vị hay chủ thể tên này."),
        ("role", "king", "Không có đơn vị hay chủ thể tên này."),
    ] {
        let fields = good.map(|(name, usual)| (name, if name == field { value } else { usual }));
        let answer = admin.post(&world, "/people/new", "/people/new", &fields).await;
        let page = text(&answer);
        assert_eq!(answer.status, 422, "{field}");
        assert!(page.contains(words), "{field}: {page}");
        assert!(field == "name" || page.contains("value=\"Kiểm\""), "what was right stays: {page}");
    }
    let past = [("login", "kiem"), ("name", "Kiểm"), ("role", "auditor"), ("last_day", "2020-01-01")];
    assert_eq!(admin.post(&world, "/people/new", "/people/new", &past).await.status, 422);
    assert_eq!(admin.post(&world, "/people/new", "/people/new", &good).await.status, 200);
    let answer = admin.post(&world, "/people/new", "/people/new", &good).await;
    assert_eq!(answer.status, 422);
    assert!(text(&answer).contains("Tên đăng nhập này đã có người dùng"));
    assert_eq!(world.number("select cast(count(*) as bigint) from users where login = 'kiem'").await, 1);
}

async fn changed_rights_end_the_logins(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    let id = invited(&world, "nhap", editor(Section::Trade), None).await;
    let link = central::welcome::make_link(&world.app, "test", id).await.unwrap();
    let path = format!("/welcome/{}", link.rsplit('/').next().unwrap());
    let mut person = welcomed(&world, &path).await;
    let page = format!("/people/{id}");
    let fields = [("name", "Đổi tên"), ("login", "nhap"), ("role", "editor"), ("trade", "yes")];
    assert_eq!(admin.post(&world, &page, &page, &fields).await.status, 303);
    assert_eq!(person.get(&world, "/products/new").await.status, 200, "a new name changes no right");
    let fields = [("name", "Đổi tên"), ("login", "nhap"), ("role", "department")];
    assert_eq!(admin.post(&world, &page, &page, &fields).await.status, 303);
    assert_eq!(location(&person.get(&world, "/products/new").await), "/login?next=/products/new");
    assert_eq!(person.sign_in(&world, "nhap", PASSWORD).await.status, 303);
    assert_eq!(person.get(&world, "/products/new").await.status, 403);
    // All logins end, and a locked account has none.
    assert_eq!(admin.post(&world, &page, &format!("{page}/sessions/end"), &[]).await.status, 303);
    assert_eq!(person.get(&world, "/sales").await.status, 303);
    assert_eq!(person.sign_in(&world, "nhap", PASSWORD).await.status, 303);
    assert_eq!(admin.post(&world, &page, &format!("{page}/disable"), &[]).await.status, 303);
    assert_eq!(person.get(&world, "/sales").await.status, 303);
    assert_eq!(person.sign_in(&world, "nhap", PASSWORD).await.status, 401);
    assert!(text(&admin.get(&world, &page).await).contains("Đã khóa"));
    assert_eq!(admin.post(&world, &page, &format!("{page}/enable"), &[]).await.status, 303);
    assert_eq!(person.sign_in(&world, "nhap", PASSWORD).await.status, 303);
    assert_eq!(admin.get(&world, &format!("/people/{}", Uuid::nil())).await.status, 404);
}

async fn somebody_is_left_who_administers(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    let people = admin.json(&world, "/people?role=admin").await;
    let id = people["people"][0]["user_id"].as_str().unwrap().to_owned();
    let page = format!("/people/{id}");
    let answer = admin.post(&world, &page, &format!("{page}/disable"), &[]).await;
    assert_eq!(answer.status, 409);
    assert!(text(&answer).contains("quản trị viên cuối cùng"), "{}", text(&answer));
    let fields = [("name", "Kim"), ("login", "x"), ("role", "department")];
    let answer = admin.post(&world, &page, &page, &fields).await;
    assert_eq!(answer.status, 422);
    assert!(text(&answer).contains("quản trị viên cuối cùng"));
    assert_eq!(admin.get(&world, "/people").await.status, 200, "nothing was changed");
    // One whose access ends is nobody to stay.
    invited(&world, "khach", Role::Admin, Some(world.app.clock.now_ms() + DAY_MS)).await;
    assert_eq!(admin.post(&world, &page, &format!("{page}/disable"), &[]).await.status, 409);
    invited(&world, "hai", Role::Admin, None).await;
    assert_eq!(admin.post(&world, &page, &format!("{page}/disable"), &[]).await.status, 303);
    assert_eq!(admin.get(&world, "/people").await.status, 303);
}

async fn an_editor_changes_what_the_sections_keep(db: Db) {
    let world = World::new(db).await;
    let product = format!("/products/{}", world.garlic.id);
    let recognise = format!("{product}/recognise");
    let mut agriculture = Browser::of(&world, editor(Section::Agriculture)).await;
    let mut industry = Browser::of(&world, editor(Section::Industry)).await;
    let mut finance = Browser::of(&world, editor(Section::Finance)).await;
    for browser in [&mut agriculture, &mut industry, &mut finance] {
        assert_eq!(browser.get(&world, "/products").await.status, 200, "editors read");
        assert_eq!(browser.get(&world, "/products/new").await.status, 403);
        assert_eq!(browser.get(&world, "/people").await.status, 403);
    }
    assert_eq!(finance.get(&world, &recognise).await.status, 403);
    let form = text(&industry.get(&world, &recognise).await);
    assert!(form.contains("rural_industrial") && !form.contains("value=\"ocop\""), "{form}");
    let decided = |category: &'static str, stars: &'static str| {
        [
            ("category", category),
            ("stars", stars),
            ("number", "QĐ 12"),
            ("decided_on", "2026-01-05"),
            ("issuer", "UBND tỉnh"),
        ]
    };
    for (is_industry, category, stars, status) in [
        (true, "ocop", "4", 403),
        (true, "key", "", 403),
        (true, "rural_industrial", "", 303),
        (false, "rural_industrial", "", 403),
        (false, "ocop", "4", 303),
    ] {
        let browser = if is_industry { &mut industry } else { &mut agriculture };
        let answer = browser.post(&world, &recognise, &recognise, &decided(category, stars)).await;
        assert_eq!(answer.status, status, "{category}: {}", text(&answer));
    }
    let recognitions = agriculture.json(&world, &product).await["recognitions"].clone();
    let of = |category: &str| {
        let mut all = recognitions.as_array().unwrap().iter();
        all.find(|each| each["category"] == category).unwrap()["recognition_id"].as_str().unwrap().to_owned()
    };
    let withdraw = |category: &str| format!("{product}/recognitions/{}/withdraw", of(category));
    assert_eq!(agriculture.post(&world, &product, &withdraw("rural_industrial"), &[]).await.status, 403);
    assert_eq!(agriculture.post(&world, &product, &withdraw("ocop"), &[]).await.status, 303);
    assert!(text(&industry.get(&world, &product).await).contains("/withdraw"), "of the own kind");
    let trade = text(&Browser::of(&world, editor(Section::Trade)).await.get(&world, &product).await);
    assert!(trade.contains("/retire") && !trade.contains("/withdraw"), "{trade}");
}

async fn an_auditor_reads_until_the_last_day(db: Db) {
    let world = World::new(db).await;
    let ends_ms = world.app.clock.now_ms() + DAY_MS;
    let id = invited(&world, "kiem", Role::Auditor, Some(ends_ms)).await;
    let link = central::welcome::make_link(&world.app, "test", id).await.unwrap();
    let path = format!("/welcome/{}", link.rsplit('/').next().unwrap());
    let mut auditor = welcomed(&world, &path).await;
    for page in ["/audit", "/sales", "/stores", "/reports/2026-q3", "/reports/template", "/products"] {
        let answer = auditor.get(&world, page).await;
        assert_eq!(answer.status, 200, "{page}");
        let refused = ["/words\"", "/seal\"", "/sign\"", "action=\"/reports/template/reset\""];
        assert!(!refused.iter().any(|act| text(&answer).contains(act)), "{page} offers what is refused");
    }
    for page in ["/people", "/products/new", "/imports"] {
        assert_eq!(auditor.get(&world, page).await.status, 403, "{page}");
    }
    for act in ["/reports/2026-q3/words", "/reports/2026-q3/seal", "/reports/2026-q3/sign", "/promotions/new"]
    {
        assert_eq!(auditor.post(&world, "/sales", act, &[]).await.status, 403, "{act}");
    }
    // A login of half an hour at most is over before; what counts is that there is no new one.
    world.clock.advance(DAY_MS - 1);
    assert_eq!(auditor.sign_in(&world, "kiem", PASSWORD).await.status, 303);
    assert_eq!(auditor.get(&world, "/audit").await.status, 200);
    world.clock.advance(1);
    assert_eq!(auditor.get(&world, "/audit").await.status, 303, "at once");
    assert_eq!(auditor.sign_in(&world, "kiem", PASSWORD).await.status, 401);
}

async fn the_list_is_looked_through(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    for number in 0..60 {
        let role = if number % 2 == 0 { Role::Department } else { Role::Producer(world.phu_sinh) };
        invited(&world, &format!("nguoi{number:02}"), role, None).await;
    }
    let logins = |page: &serde_json::Value| -> Vec<String> {
        let people = page["people"].as_array().unwrap().iter();
        people.map(|person| person["login"].as_str().unwrap().to_owned()).collect()
    };
    let first = admin.json(&world, "/people").await;
    assert_eq!(logins(&first).len(), 50);
    let after = format!("/people?after={}", first["page_after"].as_str().unwrap());
    let second = admin.json(&world, &after).await;
    assert_eq!(logins(&second).len(), 11);
    let back = format!("/people?before={}", second["page_before"].as_str().unwrap());
    assert_eq!(logins(&admin.json(&world, &back).await), logins(&first));
    let producers = admin.json(&world, "/people?role=producer&q=NGUOI").await;
    assert_eq!(logins(&producers).len(), 30);
    assert_eq!(producers["people"][0]["whose"], "Công ty Phú Sinh");
    assert_eq!(logins(&admin.json(&world, "/people?q=i07").await), ["nguoi07"]);
    assert_eq!(
        logins(&admin.json(&world, "/people?q=%25").await),
        Vec::<String>::new(),
        "a sign like others"
    );
    assert_eq!(admin.get(&world, "/people?role=king").await.status, 422);
    assert_eq!(admin.get(&world, &format!("/people?after={}", Uuid::nil())).await.status, 404);
}

async fn two_operators_of_one_name_are_not_mixed_up(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    let twin = NewOperator {
        name: "Hợp tác xã Lý Sơn".to_owned(),
        legal_status: "cooperative".to_owned(),
        tax_number: String::new(),
        commission_tax: Rate::ZERO,
    };
    let twin = world.admin.add_operator(&twin).await.unwrap();
    assert_ne!(twin, world.operator);
    let id = invited(&world, "htx", Role::Operator(twin), None).await;
    let page = format!("/people/{id}");
    let fields =
        [("name", "Tên mới"), ("login", "htx"), ("role", "operator"), ("whose", "Hợp tác xã Lý Sơn")];
    assert_eq!(admin.post(&world, &page, &page, &fields).await.status, 303);
    let now_ms = world.app.clock.now_ms();
    let user = users::find_active(&world.app.db, id, now_ms).await.unwrap().unwrap();
    assert_eq!((user.name.as_str(), user.role), ("Tên mới", Role::Operator(twin)));
    let new = [("login", "moi"), fields[0], fields[2], fields[3]];
    let answer = admin.post(&world, "/people/new", "/people/new", &new).await;
    assert_eq!(answer.status, 422, "nobody knows which one is meant");
}
