//! The page of promotions: administrators make and end them, the department and the operator read, and what was typed wrong
//! comes back with what is wrong in each field.

use central::admin::NewPromotion;
use central::db::users::Role;
use central::db::{Db, audit};
use domain::Money;
use domain::promotion::PromotionKind;
use serde_json::json;
use time::macros::date;

use super::browser::{Browser, location, text};
use crate::promotions::tet;
use crate::support::World;

testkit::on_both_engines!(
    a_promotion_is_made_told_and_ended,
    what_is_wrong_comes_back_with_a_word_for_each_field,
    products_are_found_by_name_without_losing_what_was_typed,
    everybody_sees_only_what_is_theirs
);

/// A form that is right: ten percent off garlic for a week.
fn right(world: &World) -> Vec<(&'static str, String)> {
    let text = str::to_owned;
    vec![
        ("act", text("save")),
        ("operator", world.operator.to_string()),
        ("store", String::new()),
        ("name", text("Tuần lễ tỏi")),
        ("kind", text("percent")),
        ("percent", text("12,5")),
        ("amount", String::new()),
        ("pieces", String::new()),
        ("price", String::new()),
        ("buy", String::new()),
        ("get", String::new()),
        ("skus", format!("{}\n{}", world.garlic.sku, world.salt.sku)),
        ("find", String::new()),
        ("found", String::new()),
        ("first_day", text("2026-11-23")),
        ("last_day", text("2026-11-29")),
        ("from_time", String::new()),
        ("to_time", String::new()),
    ]
}

/// Posts the form with other values.
async fn post(
    world: &World,
    browser: &mut Browser,
    others: &[(&'static str, &str)],
) -> crate::support::Answer {
    let mut fields = right(world);
    for (name, value) in others {
        match fields.iter_mut().find(|(field, _)| field == name) {
            Some(field) => field.1 = (*value).to_owned(),
            None => fields.push((name, (*value).to_owned())),
        }
    }
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    browser.post(world, "/promotions/new", "/promotions/new", &fields).await
}

async fn a_promotion_is_made_told_and_ended(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    assert!(text(&admin.get(&world, "/promotions").await).contains("Chưa có khuyến mại nào."));
    let form = text(&admin.get(&world, "/promotions/new").await);
    assert!(
        form.contains("value=\"2026-11-23\"") && form.contains("value=\"2026-11-29\""),
        "a week from today"
    );

    // Sent twice, it makes one.
    let id = world.app.clock.new_uuid().to_string();
    let first = post(&world, &mut admin, &[("id", &id)]).await;
    let answer = post(&world, &mut admin, &[("id", &id)]).await;
    assert_eq!(location(&answer), location(&first));
    assert_eq!(answer.status, 303, "{}", text(&answer));
    let page = text(&admin.get(&world, location(&answer)).await);
    for said in [
        "Đã tạo khuyến mại Tuần lễ tỏi.",
        "Giảm 12,5 %",
        "23/11/2026 – 29/11/2026",
        "Đang chạy",
        "Mọi cửa hàng của Hợp tác xã Lý Sơn",
        "và 1 sản phẩm khác",
        "Dừng sớm",
    ] {
        assert!(page.contains(said), "{said} in {page}");
    }
    for (others, says) in [
        (vec![("kind", "amount"), ("amount", "5.000")], "Giảm 5.000 ₫ mỗi đơn vị"),
        (vec![("kind", "bundle"), ("pieces", "3"), ("price", "100.000 ₫")], "3 món giá 100.000 ₫"),
        (vec![("kind", "buy_get"), ("buy", "2"), ("get", "1")], "Mua 2 tặng 1"),
        (vec![("from_time", "17:00"), ("to_time", "00:00")], "17:00–24:00 mỗi ngày"),
        (vec![("first_day", "2026-12-01"), ("last_day", "2026-12-24")], "Sắp tới"),
    ] {
        let answer = post(&world, &mut admin, &others).await;
        let page = text(&admin.get(&world, location(&answer)).await);
        assert!(answer.status == 303 && page.contains(says), "{says} in {page}");
    }
    let store = world.store.to_string();
    let answer = post(&world, &mut admin, &[("store", &store)]).await;
    let page = text(&admin.get(&world, location(&answer)).await);
    assert!(page.contains("<td data-column=\"Nơi áp dụng\">Điểm OCOP LS</td>"), "{page}");

    let report = admin.json(&world, "/promotions").await;
    let rows = report["promotions"].as_array().unwrap();
    let is_first =
        |row: &&serde_json::Value| row["offer"] == json!({"percent": 125_000}) && row["state"] == "running";
    let first = rows.iter().find(is_first).unwrap();
    let id = first["promotion_id"].as_str().unwrap().to_owned();
    let path = format!("/promotions/{id}/end");
    let answer = admin.post(&world, "/promotions", &path, &[]).await;
    assert_eq!((answer.status, location(&answer)), (303, format!("/promotions?ended={id}").as_str()));
    let page = text(&admin.get(&world, location(&answer)).await);
    assert!(page.contains("Đã dừng khuyến mại Tuần lễ tỏi.") && page.contains("Đã dừng sớm"), "{page}");
    assert_eq!(admin.post(&world, "/promotions", &path, &[]).await.status, 303, "pressed twice");
    assert_eq!(admin.post(&world, "/promotions", "/promotions/x/end", &[]).await.status, 404);

    let log = audit::list_before(&world.app.db, &audit::Picked::default(), i64::MAX, 50).await.unwrap();
    let of = |action: &str| log.iter().filter(|act| act.action == action).count();
    assert_eq!((of("promotion.add"), of("promotion.end")), (7, 1));
    assert!(log.iter().filter(|a| a.action == "promotion.add").all(|a| a.actor.starts_with("admin-")));
    world.check_books().await;
}

async fn what_is_wrong_comes_back_with_a_word_for_each_field(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    let operator = central::admin::NewOperator {
        name: "HTX Sa Huỳnh".to_owned(),
        legal_status: "cooperative".to_owned(),
        tax_number: String::new(),
        commission_tax: domain::Rate::ZERO,
    };
    let neighbour = world.admin.add_operator(&operator).await.unwrap().to_string();
    let store = world.store.to_string();
    for (others, says) in [
        (vec![("operator", "")], "Chọn đơn vị."),
        (vec![("operator", "019a0000-0000-7000-8000-000000000000")], "Chọn đơn vị."),
        (
            vec![("operator", neighbour.as_str()), ("store", store.as_str())],
            "Cửa hàng này không thuộc đơn vị",
        ),
        (vec![("store", "x")], "Cửa hàng này không thuộc đơn vị"),
        (vec![("name", " ")], "Gõ tên, nhiều nhất 40 ký tự."),
        (vec![("name", "bốn mươi mốt chữ thì dài quá không in được")], "Gõ tên, nhiều nhất 40 ký tự."),
        (vec![("percent", "0")], "Gõ số từ trên 0 đến 100"),
        (vec![("percent", "100,1")], "Gõ số từ trên 0 đến 100"),
        (vec![("percent", "mười")], "Gõ số từ trên 0 đến 100"),
        (vec![("kind", "amount"), ("amount", "0")], "Gõ số tiền lớn hơn 0"),
        (vec![("kind", "amount"), ("amount", "-5")], "Gõ số tiền lớn hơn 0"),
        (vec![("kind", "bundle"), ("pieces", "1"), ("price", "5")], "Gõ số từ 2 trở lên."),
        (vec![("kind", "bundle"), ("pieces", "3")], "Gõ số tiền lớn hơn 0"),
        (vec![("kind", "buy_get"), ("buy", "0"), ("get", "1")], "Gõ số từ 1 trở lên."),
        (vec![("skus", " ")], "Cần ít nhất một mã hàng"),
        (vec![("skus", "KHONG-CO")], "Không có mã KHONG-CO."),
        (vec![("first_day", "")], "Chọn ngày."),
        (vec![("last_day", "2026-11-22")], "Ngày cuối đứng trước ngày đầu."),
        (vec![("first_day", "2026-11-01"), ("last_day", "2026-11-20")], "Ngày cuối đã qua."),
        (vec![("from_time", "08:00")], "Gõ cả hai giờ"),
        (vec![("from_time", "10:00"), ("to_time", "09:00")], "Gõ cả hai giờ"),
    ] {
        let answer = post(&world, &mut admin, &others).await;
        let page = text(&answer);
        assert_eq!(answer.status, 422, "{others:?}: {page}");
        assert!(page.contains(says), "{says} in {page}");
        assert!(page.contains("aria-invalid=\"true\""), "{page}");
        if !others.iter().any(|(name, _)| *name == "name") {
            assert!(page.contains("value=\"Tuần lễ tỏi\""), "what was typed is still there");
        }
    }
    assert_eq!(post(&world, &mut admin, &[("other", "1")]).await.status, 422);
    assert_eq!(world.number("select cast(count(*) as bigint) from promotions").await, 0);
    world.check_books().await;
}

async fn products_are_found_by_name_without_losing_what_was_typed(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    // Enter in the field of the search, which presses the button that saves.
    let answer = post(&world, &mut admin, &[("skus", ""), ("find", "toi den")]).await;
    let page = text(&answer);
    assert_eq!(answer.status, 200, "{page}");
    assert!(page.contains(&format!("name=\"take\" value=\"{}\"", world.garlic.sku)), "{page}");
    assert!(page.contains("value=\"Tuần lễ tỏi\"") && page.contains("value=\"12,5\""), "{page}");
    let others =
        [("act", ""), ("skus", ""), ("find", "toi den"), ("found", "toi den"), ("take", &world.garlic.sku)];
    let page = text(&post(&world, &mut admin, &others).await);
    assert!(page.contains(&format!("name=\"skus\" type=\"text\" value=\"{}\"", world.garlic.sku)), "{page}");
    let page = text(&post(&world, &mut admin, &[("act", "find"), ("find", "<b>")]).await);
    assert!(page.contains("Không có hàng nào tên như “&lt;b&gt;”."), "{page}");
    assert_eq!(world.number("select cast(count(*) as bigint) from promotions").await, 0);
    let answer = post(&world, &mut admin, &[("find", "toi den"), ("found", "toi den")]).await;
    assert_eq!(answer.status, 303, "words that were looked for already do not hold the form up");
}

async fn everybody_sees_only_what_is_theirs(db: Db) {
    let world = World::new(db).await;
    let new = central::admin::NewOperator {
        name: "HTX Sa Huỳnh".to_owned(),
        legal_status: "cooperative".to_owned(),
        tax_number: String::new(),
        commission_tax: domain::Rate::ZERO,
    };
    let neighbour = world.admin.add_operator(&new).await.unwrap();
    world.admin.add_promotion(&tet(&world)).await.unwrap();
    let theirs = NewPromotion {
        operator_id: neighbour,
        name: "Mùa muối".to_owned(),
        kind: PromotionKind::AmountOff(Money::new(5_000)),
        first_day: date!(2026 - 11 - 01),
        last_day: date!(2026 - 11 - 20),
        ..tet(&world)
    };
    world.admin.add_promotion(&theirs).await.unwrap();

    let mut department = Browser::of(&world, Role::Department).await;
    let page = text(&department.get(&world, "/promotions").await);
    assert!(page.contains("Tết đến") && page.contains("Mùa muối") && page.contains("Đã hết hạn"), "{page}");
    assert!(!page.contains("/end\"") && !page.contains("/promotions/new"), "the department only reads");

    let mut operator = Browser::of(&world, Role::Operator(world.operator)).await;
    let page = text(&operator.get(&world, "/promotions").await);
    assert!(page.contains("Tết đến") && !page.contains("Mùa muối"), "{page}");
    let mut neighbours = Browser::of(&world, Role::Operator(neighbour)).await;
    let page = text(&neighbours.get(&world, "/promotions").await);
    assert!(!page.contains("Tết đến") && page.contains("Mùa muối"), "{page}");
    let english = text(&department.get(&world, "/promotions?lang=en").await);
    assert!(english.contains("10 % off") && english.contains("Coming"), "{english}");
}
