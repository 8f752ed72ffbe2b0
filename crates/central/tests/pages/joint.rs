//! Settling with a producer for all stores of an operator at once: what is owed, what is on its way, what the stores recorded, and
//! what is refused.

use axum::http::Method;
use central::admin::NewOperator;
use central::db::Db;
use central::db::users::Role;
use domain::Rate;
use protocol::payload;
use protocol::payload::ProducerPaid;
use serde_json::Value;
use uuid::Uuid;

use super::browser::{Browser, location, text};
use crate::support::settling::{joint, record};
use crate::support::{Till, World, new_store};

testkit::on_both_engines!(
    all_stores_are_settled_at_once_and_each_records_its_part,
    what_cannot_be_settled_changes_nothing,
    another_operator_sees_nothing_of_it
);

/// What a box brings its producer.
pub(super) const DUE: i64 = 450_000 - 45_000 - 3_600;

/// Three boxes sold in the first store and one in the second.
pub(super) async fn trade(world: &World) -> [Till; 2] {
    let mut tills = [world.till().await, world.other_till().await];
    for (till, pieces) in tills.iter_mut().zip([3, 1]) {
        let lot = till.receive(&world.garlic, 10);
        let sale = till.sale_of(vec![till.line(&world.garlic, pieces, Some(lot))]);
        till.write_sale(world.app.clock.new_uuid().into(), &sale);
        till.push_from(world, 1).await.ack();
    }
    tills
}

fn page_of(world: &World) -> String {
    format!("/shops/producers/{}", world.phu_sinh)
}

async fn form(world: &World, browser: &mut Browser, fields: [(&str, &str); 4]) -> crate::support::Answer {
    let page = page_of(world);
    browser.post(world, &page, &page, &fields).await
}

/// The settlement that the page's form makes.
async fn named(world: &World, browser: &mut Browser) -> String {
    let page = text(&browser.get(world, &page_of(world)).await);
    let rest = page.split("name=\"id\" value=\"").nth(1).unwrap();
    rest.split('"').next().unwrap().to_owned()
}

fn vnd(report: &Value, field: &str) -> i64 {
    report[field].as_i64().unwrap_or_else(|| panic!("{field} in {report}"))
}

/// What the catalogue tells a store to record, in the order of its feed.
async fn told(world: &World, till: &Till) -> Vec<Value> {
    let path = format!("/sync/v1/catalogue?epoch={}&cursor=0&limit=1000", world.app.epoch);
    let page = till.get(world, &path, "").await.json();
    let changes = page["changes"].as_array().unwrap().iter();
    changes.filter(|change| change["kind"] == "joint_part").map(|change| change["body"].clone()).collect()
}

fn part_of(row: &Value) -> (Uuid, i64) {
    (row["id"].as_str().unwrap().parse().unwrap(), row["paid"].as_i64().unwrap())
}

async fn all_stores_are_settled_at_once_and_each_records_its_part(db: Db) {
    let world = World::new(db).await;
    let [mut first, mut second] = trade(&world).await;
    let mut office = Browser::of(&world, Role::Operator(world.operator)).await;
    let list = office.json(&world, "/shops/producers").await;
    assert_eq!(vnd(&list["producers"][0], "owed_vnd"), 4 * DUE);
    let page = text(&office.get(&world, &page_of(&world)).await);
    for words in ["Công ty Phú Sinh", "1.605.600 ₫", "1.204.200 ₫", "401.400 ₫", "value=\"1.605.600\""]
    {
        assert!(page.contains(words), "{words} in {page}");
    }

    // All but half a box is sent. Pressed twice it is one settlement.
    let id = named(&world, &mut office).await;
    let (shown, amount) = ((4 * DUE).to_string(), "1.404.900");
    let fields = [("id", id.as_str()), ("shown_vnd", &shown), ("amount", amount), ("day", "2026-11-22")];
    for _ in 0..2 {
        let answer = form(&world, &mut office, fields).await;
        assert_eq!((answer.status, location(&answer)), (303, format!("/shops/joint/{id}").as_str()));
    }
    let owed = office.json(&world, &page_of(&world)).await;
    assert_eq!(
        (vnd(&owed, "owed_vnd"), vnd(&owed, "payable_vnd")),
        (200_700, 200_700),
        "the rest is on its way"
    );
    let waiting = office.json(&world, &format!("/shops/joint/{id}")).await;
    assert_eq!((vnd(&waiting["joint"], "waiting"), waiting["hash"].is_null()), (2, true));
    let page = text(&office.get(&world, &format!("/shops/joint/{id}")).await);
    assert!(page.contains("chờ 2 điểm bán") && page.contains("Chờ điểm bán nghe tin"), "{page}");

    // Each store hears of its own part alone, and records it.
    let rows = [told(&world, &first).await, told(&world, &second).await];
    let parts = [part_of(&rows[0][0]), part_of(&rows[1][0])];
    assert_eq!((rows[0].len(), rows[1].len(), parts[0].1, parts[1].1), (1, 1, 3 * DUE, 200_700));
    for (till, part) in [&mut first, &mut second].into_iter().zip(parts) {
        record(&world, till, part).await;
    }
    let whole = office.json(&world, &format!("/shops/joint/{id}")).await;
    assert_eq!(
        [vnd(&whole["joint"], "waiting"), vnd(&whole, "due_vnd"), vnd(&whole, "recorded_vnd")],
        [0, 4 * DUE, 4 * DUE - 200_700]
    );
    let row = &whole["rows"][0];
    assert_eq!(
        ["received_milli", "sold_milli", "closing_milli", "due_vnd"].map(|field| vnd(row, field)),
        [20_000, 4_000, 16_000, 4 * DUE]
    );
    let owed = office.json(&world, &page_of(&world)).await;
    assert_eq!(vnd(&owed, "owed_vnd"), 200_700, "what was recorded is not on its way any more");

    // The producer reads the same, and each store's own paper behind it.
    let mut producer = Browser::of(&world, Role::Producer(world.phu_sinh)).await;
    let list = producer.json(&world, "/me/settlements").await;
    assert_eq!((list["joints"].as_array().unwrap().len(), list["papers"].as_array().unwrap().len()), (1, 2));
    let theirs = producer.json(&world, list["joints"][0]["page"].as_str().unwrap()).await;
    assert_eq!((&theirs["hash"], &theirs["rows"]), (&whole["hash"], &whole["rows"]));
    assert_eq!(whole["hash"].as_str().unwrap().len(), 64);
    let paper = theirs["stores"][0]["paper"]["page"].as_str().unwrap();
    assert_eq!(producer.get(&world, paper).await.status, 200);
    let file = producer.get(&world, &format!("/me/joint/{id}.xlsx")).await;
    assert!(file.status == 200 && file.body.starts_with(b"PK"), "{}", file.status);
    // What comes later changes nothing of it.
    first.sell(&[(&world.garlic, 2)]);
    first.push_from(&world, first.head.seq).await.ack();
    assert_eq!(office.json(&world, &format!("/shops/joint/{id}")).await, whole);
    world.check_books().await;
}

async fn what_cannot_be_settled_changes_nothing(db: Db) {
    let world = World::new(db).await;
    let [mut first, _] = trade(&world).await;
    let mut office = Browser::of(&world, Role::Operator(world.operator)).await;
    let (id, shown) = (named(&world, &mut office).await, (4 * DUE).to_string());
    let foreign = Uuid::from_u128(9).to_string();
    for (fields, words) in [
        (
            [("id", id.as_str()), ("shown_vnd", &shown), ("amount", "1.605.601"), ("day", "2026-11-23")],
            "Ghi từ 0 đến 1.605.600 ₫",
        ),
        ([("id", &id), ("shown_vnd", &shown), ("amount", "-5"), ("day", "2026-11-23")], "Ghi từ 0 đến"),
        ([("id", &id), ("shown_vnd", &shown), ("amount", "nhiều"), ("day", "2026-11-23")], "Ghi từ 0 đến"),
        (
            [("id", &id), ("shown_vnd", &shown), ("amount", "1"), ("day", "2026-11-24")],
            "Chọn ngày trong 60 ngày qua",
        ),
        (
            [("id", &id), ("shown_vnd", &shown), ("amount", "1"), ("day", "2026-09-23")],
            "Chọn ngày trong 60 ngày qua",
        ),
        ([("id", &id), ("shown_vnd", "1605601"), ("amount", "1"), ("day", "2026-11-23")], "Số liệu vừa đổi"),
        // An id that is not the pair's next one would be the number of nothing that was transferred.
        (
            [("id", &foreign), ("shown_vnd", &shown), ("amount", "1"), ("day", "2026-11-23")],
            "Số liệu vừa đổi",
        ),
    ] {
        let answer = form(&world, &mut office, fields).await;
        assert_eq!(answer.status, 422, "{fields:?}");
        assert!(text(&answer).contains(words), "{words} in {}", text(&answer));
    }
    // A store sold meanwhile: what the page showed is not what is owed.
    first.sell(&[(&world.garlic, 1)]);
    first.push_from(&world, 3).await.ack();
    let fields = [("id", id.as_str()), ("shown_vnd", &shown), ("amount", "1.000"), ("day", "2026-11-23")];
    let answer = form(&world, &mut office, fields).await;
    let page = text(&answer);
    assert!(answer.status == 422 && page.contains("name=\"shown_vnd\" value=\"2007000\""), "{page}");
    assert!(page.contains("name=\"amount\" type=\"text\" value=\"1.000\""), "what was sent stays: {page}");
    assert!(page.contains(&format!("name=\"id\" value=\"{id}\"")), "{page}");
    assert_eq!(world.number("select count(*) from joint_settlements").await, 0);
    assert!(told(&world, &first).await.is_empty());
    // Without a token nothing happens, and salt was never here.
    let page = page_of(&world);
    let bare = office.send(&world, Method::POST, &page, "text/html", Some("amount=1".to_owned())).await;
    assert_eq!(bare.status, 403);
    assert_eq!(office.get(&world, &format!("/shops/producers/{}", world.sa_huynh)).await.status, 404);
    assert_eq!(office.get(&world, "/shops/producers/none").await.status, 404);
    // A part that no store was told of is recorded by nobody.
    let paid = ProducerPaid {
        voucher: "LS-0000-TT9".to_owned(),
        producer: world.phu_sinh.uuid(),
        shift: Uuid::from_u128(6),
        cashier: Uuid::nil(),
        approved_by: None,
        counter: "1".to_owned(),
        tenders: vec![payload::sale::SaleTender { kind: "vietqr".to_owned(), amount: 5 }],
        joint_part: Some(Uuid::from_u128(99)),
    };
    first.write("producer_paid", None, &payload::write(&paid).unwrap());
    first.push_from(&world, 4).await.ack();
    assert_eq!(office.json(&world, &page).await["owed_vnd"].as_i64(), Some(5 * DUE - 5));
    world.check_books().await;
}

async fn another_operator_sees_nothing_of_it(db: Db) {
    let world = World::new(db).await;
    trade(&world).await;
    let id = joint(&world, DUE).await;
    let stranger = NewOperator {
        name: "Hộ kinh doanh Sa Kỳ".to_owned(),
        legal_status: "household".to_owned(),
        tax_number: String::new(),
        commission_tax: Rate::ZERO,
    };
    let stranger = world.admin.add_operator(&stranger).await.unwrap();
    world.admin.add_store(&new_store(stranger, "SK")).await.unwrap();
    let mut browser = Browser::of(&world, Role::Operator(stranger)).await;
    assert_eq!(browser.json(&world, "/shops/producers").await["producers"].as_array().map(Vec::len), Some(0));
    for path in [format!("/shops/joint/{id}"), format!("/shops/joint/{id}.xlsx"), page_of(&world)] {
        assert_eq!(browser.get(&world, &path).await.status, 404, "{path}");
    }
    let mut producer = Browser::of(&world, Role::Producer(world.sa_huynh)).await;
    for path in [format!("/me/joint/{id}"), format!("/me/joint/{id}.xlsx"), "/me/joint/none".to_owned()] {
        assert_eq!(producer.get(&world, &path).await.status, 404, "{path}");
    }
    assert_eq!(producer.json(&world, "/me/settlements").await["joints"].as_array().map(Vec::len), Some(0));
}
