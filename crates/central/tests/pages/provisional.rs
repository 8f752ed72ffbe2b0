//! Products that stores added at the counter: taken into the catalogue or merged, with every total as it was.

use central::admin::NewProduct;
use central::db::Db;
use central::db::users::Role;
use domain::catalog::SoldBy;
use domain::ids::ProductId;
use domain::tax::TaxClass;
use domain::{Money, Quantity};
use protocol::payload::ProvisionalProduct;
use protocol::wire::CataloguePage;
use serde_json::{Value, json};
use uuid::Uuid;

use super::browser::{Browser, location, text};
use crate::support::{Goods, Till, World};

testkit::on_both_engines!(
    one_is_taken_into_the_catalogue,
    one_is_merged_and_no_total_changes,
    what_cannot_be_merged_is_told,
    what_is_typed_wrong_comes_back,
    many_stand_on_several_pages
);

const HONEY: Uuid = Uuid::from_u128(77);

fn told(world: &World) -> ProvisionalProduct {
    ProvisionalProduct {
        product: HONEY,
        sku: "TAM-77".to_owned(),
        barcode: Some("8938501234570".to_owned()),
        name: "Tỏi đen cô đơn".to_owned(),
        unit: "hộp".to_owned(),
        sold_by: "piece".to_owned(),
        price: 85_000,
        tax_class: "standard".to_owned(),
        producer: Some(world.phu_sinh.uuid()),
        refuse_expired: false,
    }
}

/// A store adds a product, takes in ten and sells three; and sells two of the catalogue's garlic out of six.
async fn trade(world: &World) -> Till {
    let mut till = world.till().await;
    till.add_product(told(world));
    let added = Goods {
        id: HONEY.into(),
        facts: None,
        sku: "TAM-77".to_owned(),
        price: Money::new(85_000),
        ..world.garlic.clone()
    };
    for (goods, came, sold) in [(&added, 10, 3), (&world.garlic, 6, 2)] {
        let lot = till.receive(goods, came);
        till.sell_lines(&[till.line(goods, sold, Some(lot))]);
    }
    assert_eq!(till.push_from(world, 1).await.ack().exceptions, Vec::<i64>::new());
    till
}

/// What stores are told of a product now.
async fn heard(world: &World, till: &Till, id: ProductId) -> Option<Value> {
    let path = format!("/sync/v1/catalogue?epoch={}&cursor=0&limit=1000", world.app.epoch);
    let answer = till.get(world, &path, "gzip").await;
    let page: CataloguePage = serde_json::from_slice(&answer.body).unwrap();
    let mut of_it = page.changes.into_iter().filter(|change| change.id == id.to_string());
    of_it.next().and_then(|change| change.body)
}

async fn waiting(world: &World, browser: &mut Browser) -> Vec<Value> {
    browser.json(world, "/provisional").await["products"].as_array().unwrap().clone()
}

async fn one_is_taken_into_the_catalogue(db: Db) {
    let world = World::new(db).await;
    let till = trade(&world).await;
    let mut department = Browser::of(&world, Role::Department).await;
    let row = &waiting(&world, &mut department).await[0];
    for (field, expected) in [
        ("name", json!("Tỏi đen cô đơn")),
        ("barcode", json!("8938501234570")),
        ("producer", json!("Công ty Phú Sinh")),
        ("quantity_milli", json!(3_000)),
        ("revenue_vnd", json!(255_000)),
    ] {
        assert_eq!(row[field], expected, "{field}");
    }
    assert!(row["store"].as_str().unwrap().contains("LS"), "{row}");
    let list = text(&department.get(&world, "/provisional").await);
    assert!(list.contains("Tỏi đen cô đơn") && !list.contains(&format!("/provisional/{HONEY}")));
    let before = department.json(&world, "/sales").await;

    let mut admin = Browser::of(&world, Role::Admin).await;
    let at = format!("/provisional/{HONEY}");
    let page = text(&admin.get(&world, &at).await);
    for words in
        ["value=\"Tỏi đen cô đơn\"", "value=\"8938501234570\"", "value=\"85.000", "Nhận vào danh mục"]
    {
        assert!(page.contains(words), "{words} in {page}");
    }
    let fields = [
        ("sku", "QN-101"),
        ("name", "Tỏi đen cô đơn Lý Sơn"),
        ("unit", "hộp 200 g"),
        ("price", "90.000"),
        ("barcode", "8938501234570"),
        ("group", "food"),
        ("tax_class", "reduced"),
        ("commune", "Đặc khu Lý Sơn"),
    ];
    let answer = admin.post(&world, &at, &format!("{at}/confirm"), &fields).await;
    assert_eq!(location(&answer), format!("/provisional?confirmed={HONEY}"), "{}", text(&answer));
    let done = text(&admin.get(&world, location(&answer)).await);
    assert!(done.contains("Đã nhận Tỏi đen cô đơn Lý Sơn vào danh mục."), "{done}");
    assert_eq!(waiting(&world, &mut admin).await, Vec::<Value>::new());

    let row = heard(&world, &till, HONEY.into()).await.unwrap();
    for (field, expected) in [
        ("sku", json!("QN-101")),
        ("price", json!(90_000)),
        ("price_version", json!(2)),
        ("tax_class", json!("reduced")),
        ("refuse_expired", json!(true)),
        ("barcodes", json!(["8938501234570"])),
    ] {
        assert_eq!(row[field], expected, "{field}");
    }
    let after = department.json(&world, "/sales").await;
    assert_eq!(after["totals"], before["totals"], "what was sold stays as it was");
    // Twice is once.
    assert_eq!(admin.post(&world, "/provisional", &format!("{at}/confirm"), &fields).await.status, 404);
    world.check_books().await;
}

async fn one_is_merged_and_no_total_changes(db: Db) {
    let world = World::new(db).await;
    let mut till = trade(&world).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    let (sales, inventory) = (admin.json(&world, "/sales").await, admin.json(&world, "/inventory").await);
    assert_eq!(sales["totals"]["product_count"], 2);
    assert_eq!(inventory["products"].as_array().unwrap().len(), 2);

    // Its name is found by a part of it; the garlic is called by its code in this world.
    let at = format!("/provisional/{HONEY}");
    let none = text(&admin.get(&world, &at).await);
    assert!(none.contains("Danh mục không có mặt hàng nào giống."), "{none}");
    let found = text(&admin.get(&world, &format!("{at}?find=toi-den")).await);
    assert!(found.contains("Sản phẩm TOI-DEN") && !found.contains("Sản phẩm MUOI"), "{found}");
    let into = world.garlic.id.to_string();
    let answer = admin.post(&world, &at, &format!("{at}/merge"), &[("into", &into)]).await;
    assert_eq!(location(&answer), format!("/provisional?merged={into}"), "{}", text(&answer));
    let done = text(&admin.get(&world, location(&answer)).await);
    assert!(done.contains("Đã nhập chung vào Sản phẩm TOI-DEN."), "{done}");
    assert_eq!(waiting(&world, &mut admin).await, Vec::<Value>::new());

    let after = admin.json(&world, "/sales").await;
    for total in ["revenue_vnd", "receipt_count"] {
        assert_eq!(after["totals"][total], sales["totals"][total], "{total}");
    }
    assert_eq!(after["totals"]["product_count"], 1);
    let products = after["products"].as_array().unwrap();
    assert_eq!(products.len(), 1, "{products:?}");
    for (field, expected) in [
        ("name", json!("Sản phẩm TOI-DEN")),
        ("quantity_milli", json!(5_000)),
        ("revenue_vnd", json!(255_000 + 900_000)),
        ("receipt_count", json!(2)),
    ] {
        assert_eq!(products[0][field], expected, "{field}");
    }
    let held = admin.json(&world, "/inventory").await;
    let held = held["products"].as_array().unwrap();
    assert_eq!((held.len(), &held[0]["left_milli"]), (1, &json!(11_000)));

    // The producer sees one product too, and what it is made of.
    let mut producer = Browser::of(&world, Role::Producer(world.phu_sinh)).await;
    let goods = producer.json(&world, "/me/consigned").await;
    let goods = goods["goods"].as_array().unwrap();
    assert_eq!((goods.len(), &goods[0]["left_milli"]), (1, &json!(11_000)), "{goods:?}");
    assert_eq!(goods[0]["sold_lately_milli"], 5_000);
    let sold = producer.json(&world, &format!("/me/sold?product={into}")).await;
    assert_eq!(sold["products"][0]["quantity_milli"], 5_000, "{sold}");
    let lots = producer.json(&world, &format!("/me/consigned?product={into}")).await;
    let left: i64 =
        lots["lots"].as_array().unwrap().iter().map(|lot| lot["left_milli"].as_i64().unwrap()).sum();
    assert_eq!(left, 11_000, "{lots}");

    let row = heard(&world, &till, world.garlic.id).await.unwrap();
    assert_eq!(
        (&row["merged"], &row["barcodes"]),
        (&json!([HONEY]), &json!(["BC-TOI-DEN", "8938501234570"]))
    );
    assert_eq!(heard(&world, &till, HONEY.into()).await, None);

    // A till that has not heard of it goes on selling it, and it counts where it belongs.
    let added = Goods { id: HONEY.into(), facts: None, sku: "TAM-77".to_owned(), ..world.garlic.clone() };
    till.sell(&[(&added, 1)]);
    assert_eq!(till.push_from(&world, till.head.seq).await.ack().exceptions, Vec::<i64>::new());
    let later = admin.json(&world, "/sales").await;
    assert_eq!(later["products"][0]["quantity_milli"], 6_000);
    // A change of the product tells stores of it again.
    world.admin.set_price(world.garlic.id, Money::new(460_000)).await.unwrap();
    assert_eq!(heard(&world, &till, world.garlic.id).await.unwrap()["merged"], json!([HONEY]));
    assert_eq!(
        admin.post(&world, "/provisional", &format!("{at}/merge"), &[("into", &into)]).await.status,
        404
    );
    world.check_books().await;
}

async fn what_cannot_be_merged_is_told(db: Db) {
    let world = World::new(db).await;
    let till = trade(&world).await;
    let loose = NewProduct {
        sku: "TOI-CAN".to_owned(),
        barcodes: vec!["8938501234570".to_owned()],
        name: "Tỏi đen bán cân".to_owned(),
        unit: "kg".to_owned(),
        sold_by: SoldBy::Weight,
        price: Money::new(400_000),
        tax_class: TaxClass::Standard,
        group_code: "food".to_owned(),
        producer_id: Some(world.phu_sinh),
        commune: String::new(),
    };
    let by_weight = world.admin.add_product(&loose).await.unwrap();
    let pair = central::admin::NewCombo {
        sku: "BO-DOI".to_owned(),
        barcodes: Vec::new(),
        name: "Bộ đôi tỏi".to_owned(),
        unit: "bộ".to_owned(),
        price: Money::new(800_000),
        parts: vec![(world.garlic.id, Quantity::pieces(2))],
    };
    let combo = world.admin.add_combo(&pair).await.unwrap();
    let mut admin = Browser::of(&world, Role::Admin).await;
    let at = format!("/provisional/{HONEY}");
    let page = text(&admin.get(&world, &format!("{at}?find=toi")).await);
    assert!(!page.contains("bán cân") && !page.contains("Bộ đôi"), "what can never be it is not offered");
    // Another producer's, by weight, a combo.
    for into in [world.salt.id, by_weight, combo] {
        let answer = admin.post(&world, &at, &format!("{at}/merge"), &[("into", &into.to_string())]).await;
        assert_eq!(answer.status, 422, "{into}");
        assert!(text(&answer).contains("Không nhập chung được"), "{}", text(&answer));
    }
    let nothing = Uuid::from_u128(1).to_string();
    assert_eq!(admin.post(&world, &at, &format!("{at}/merge"), &[("into", &nothing)]).await.status, 404);
    assert_eq!(waiting(&world, &mut admin).await.len(), 1, "nothing was changed");

    // Its barcode is another product's already: it stays there.
    let into = world.garlic.id.to_string();
    let answer = admin.post(&world, &at, &format!("{at}/merge"), &[("into", &into)]).await;
    assert_eq!(answer.status, 303, "{}", text(&answer));
    let row = heard(&world, &till, world.garlic.id).await.unwrap();
    assert_eq!((&row["merged"], &row["barcodes"]), (&json!([HONEY]), &json!(["BC-TOI-DEN"])));
}

async fn what_is_typed_wrong_comes_back(db: Db) {
    let world = World::new(db).await;
    trade(&world).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    let at = format!("/provisional/{HONEY}");
    let right = [
        ("sku", "QN-101"),
        ("name", "Tỏi đen"),
        ("unit", "hộp"),
        ("price", "90000"),
        ("barcode", ""),
        ("group", "food"),
        ("tax_class", "standard"),
        ("commune", ""),
    ];
    let taken = world.garlic.sku.clone();
    for (field, typed, words) in [
        ("sku", taken.as_str(), "Mã này đã có."),
        ("sku", "  ", "Nhập từ 1 đến 200 ký tự."),
        ("name", "", "Nhập từ 1 đến 200 ký tự."),
        ("price", "0", "Nhập giá bằng đồng"),
        ("price", "chín chục", "Nhập giá bằng đồng"),
        ("group", "không có", "Chọn nhóm sản phẩm."),
        ("barcode", "mã vạch", "Mã vạch này của mặt hàng khác, hoặc không đúng."),
    ] {
        let mut fields = right;
        for (name, value) in &mut fields {
            if *name == field {
                *value = typed;
            }
        }
        let answer = admin.post(&world, &at, &format!("{at}/confirm"), &fields).await;
        let page = text(&answer);
        assert_eq!(answer.status, 422, "{field} {typed}");
        assert!(page.contains(words), "{words} in {page}");
    }
    assert_eq!(waiting(&world, &mut admin).await.len(), 1);
    for path in ["/provisional/x", &format!("/provisional/{}", world.garlic.id)] {
        assert_eq!(admin.get(&world, path).await.status, 404, "{path}");
    }
}

async fn many_stand_on_several_pages(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    // Two names that sort alike stand on both sides of the edge, each once.
    for number in 0..101_u128 {
        let name = format!("Hàng số {:03}", if number == 50 { 49 } else { number });
        let product = Uuid::from_u128(1_000 + number);
        till.add_product(ProvisionalProduct { product, name, barcode: None, ..told(&world) });
    }
    till.push_from(&world, 1).await.ack();
    let mut department = Browser::of(&world, Role::Department).await;
    let ids = |page: &Value| -> Vec<String> {
        let rows = page["products"].as_array().unwrap().iter();
        rows.map(|row| row["product_id"].as_str().unwrap().to_owned()).collect()
    };
    let (mut all, mut pages, mut at) = (Vec::new(), Vec::new(), "/provisional".to_owned());
    loop {
        let page = department.json(&world, &at).await;
        assert_eq!(page["product_count"], 101);
        all.extend(ids(&page));
        pages.push(at);
        let Some(after) = page["page_after"].as_str() else { break };
        at = format!("/provisional?after={after}");
    }
    assert_eq!(pages.len(), 3);
    let expected: Vec<String> = (0..101).map(|number| Uuid::from_u128(1_000 + number).to_string()).collect();
    assert_eq!(all, expected);
    let last = department.json(&world, &pages[2]).await;
    let back = format!("/provisional?before={}", last["page_before"].as_str().unwrap());
    assert_eq!(ids(&department.json(&world, &back).await), expected[50..100]);
    let page = text(&department.get(&world, &pages[1]).await);
    assert!(
        page.contains("101 sản phẩm") && page.contains("Trang trước") && page.contains("Trang sau"),
        "{page}"
    );
    assert_eq!(department.get(&world, "/provisional?after=nobody").await.status, 404);
}
