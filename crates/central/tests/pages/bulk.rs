//! One field of many products: looked at first, written at once or not at all, with a line in the log for each.

use central::admin::{BulkChange, fingerprint};
use central::db::Db;
use central::db::products;
use central::db::users::Role;
use central::error::{Error, Refusal};
use domain::ids::ProductId;
use domain::section::{Section, Sections};
use domain::{Money, Quantity};

use super::browser::{Browser, location, text};
use crate::support::{Answer, World, new_product};

testkit::on_both_engines!(
    a_group_is_set_for_many,
    what_somebody_changed_meanwhile_is_refused,
    each_field_can_be_set,
    what_cannot_be_chosen,
);

/// The hidden rows of a preview.
fn rows(page: &str) -> Vec<(&str, String)> {
    let parts = page.split("name=\"row\" value=\"").skip(1);
    parts.map(|rest| ("row", rest.split('"').next().unwrap().to_owned())).collect()
}

async fn apply(world: &World, browser: &mut Browser, page: &str, (field, to): (&str, &str)) -> Answer {
    let rows = rows(page);
    let mut fields = vec![("field", field), ("to", to)];
    fields.extend(rows.iter().map(|(name, row)| (*name, row.as_str())));
    browser.post(world, "/products/new", "/products/bulk", &fields).await
}

async fn a_group_is_set_for_many(db: Db) {
    let world = World::new(db).await;
    let mut trade = Browser::of(&world, Role::Editor(Sections::of([Section::Trade]))).await;
    let page = text(&trade.get(&world, "/products").await);
    assert!(page.contains("Chọn Sản phẩm MUOI") && page.contains("Tất cả 3 sản phẩm theo bộ lọc"), "{page}");
    let ticked = format!("product={}&product={}", world.salt.id, world.garlic.id);
    let page = text(&trade.get(&world, &format!("/products/bulk?{ticked}")).await);
    assert!(page.contains("Sửa 2 sản phẩm") && page.contains(&world.salt.id.to_string()), "{page}");
    let looked =
        text(&trade.get(&world, &format!("/products/bulk?{ticked}&field=group&to_group=medicinal")).await);
    for words in ["Sẽ sửa 2 sản phẩm", "Thực phẩm", "Dược liệu", "Sản phẩm MUOI", "TOI-DEN"]
    {
        assert!(looked.contains(words), "{words} in {looked}");
    }
    assert_eq!(
        trade.json(&world, &format!("/products/{}", world.salt.id)).await["group"],
        "food",
        "looked at only"
    );
    let log = "select cast(count(*) as bigint) from audit_log where action = 'product.update'";
    let before = world.number(log).await;
    let seq = world.number("select change_seq from catalogue_head").await;
    let answer = apply(&world, &mut trade, &looked, ("group", "medicinal")).await;
    assert_eq!(location(&answer), "/products/bulk?done=2", "{}", text(&answer));
    assert!(text(&trade.get(&world, "/products/bulk?done=2").await).contains("Đã sửa 2 sản phẩm"));
    for id in [world.salt.id, world.garlic.id] {
        let report = trade.json(&world, &format!("/products/{id}")).await;
        assert_eq!(report["group"], "medicinal");
        assert_eq!(report["acts"][0]["detail"], "group: food → medicinal");
    }
    assert_eq!(trade.json(&world, &format!("/products/{}", world.basket.id)).await["group"], "food");
    assert_eq!(world.number(log).await, before + 2, "a line for each");
    // Both products, and what they count as from now on.
    assert!(world.number("select change_seq from catalogue_head").await >= seq + 4, "stores hear of it");
    // All of a filter.
    let looked = text(
        &trade.get(&world, "/products/bulk?all=yes&group=medicinal&q=muoi&field=group&to_group=food").await,
    );
    assert_eq!(rows(&looked).len(), 1, "{looked}");
    let looked = text(&trade.get(&world, "/products/bulk?all=yes&field=group&to_group=food").await);
    assert!(looked.contains("Sẽ sửa 2 sản phẩm") && looked.contains("đã như vậy"), "{looked}");
    world.check_books().await;
}

async fn what_somebody_changed_meanwhile_is_refused(db: Db) {
    let world = World::new(db).await;
    let mut trade = Browser::of(&world, Role::Admin).await;
    let looked = text(&trade.get(&world, "/products/bulk?all=yes&field=tax&to_tax=exempt").await);
    assert_eq!(rows(&looked).len(), 3, "{looked}");
    world.admin.set_price(world.salt.id, Money::new(31_000)).await.unwrap();
    let answer = apply(&world, &mut trade, &looked, ("tax", "exempt")).await;
    let page = text(&answer);
    assert!(answer.status == 409 && page.contains("người khác vừa sửa MUOI"), "{} {page}", answer.status);
    for id in [world.salt.id, world.garlic.id, world.basket.id] {
        let report = trade.json(&world, &format!("/products/{id}")).await;
        assert_eq!(report["tax_class"], "standard", "all or none");
    }
    // What came back is as it is now, and can be written.
    let answer = apply(&world, &mut trade, &page, ("tax", "exempt")).await;
    assert_eq!(location(&answer), "/products/bulk?done=3", "{}", text(&answer));
    // Sent twice, the second one finds them changed: by itself.
    assert_eq!(apply(&world, &mut trade, &page, ("tax", "exempt")).await.status, 409);
}

async fn each_field_can_be_set(db: Db) {
    let world = World::new(db).await;
    let mut trade = Browser::of(&world, Role::Admin).await;
    let ticked = format!("product={}&product={}", world.basket.id, world.salt.id);
    for (field, typed, to, expected) in [
        ("producer", "to_producer=cong%20ty%20phu%20sinh", world.phu_sinh.to_string(), 2),
        ("producer", "to_producer=", String::new(), 2),
        ("commune", "to_commune=X%C3%A3%20B%C3%ACnh%20S%C6%A1n", "Xã Bình Sơn".to_owned(), 2),
        ("commune", "to_commune=", String::new(), 2),
        ("status", "to_status=retired", "retired".to_owned(), 2),
        ("status", "to_status=active", "active".to_owned(), 2),
        ("tax", "to_tax=reduced", "reduced".to_owned(), 2),
    ] {
        let address = format!("/products/bulk?{ticked}&field={field}&{typed}");
        let looked = text(&trade.get(&world, &address).await);
        assert_eq!(rows(&looked).len(), expected, "{address}: {looked}");
        let answer = apply(&world, &mut trade, &looked, (field, &to)).await;
        assert_eq!(location(&answer), format!("/products/bulk?done={expected}"), "{}", text(&answer));
        if to == "retired" {
            let body = "select cast(count(*) as bigint) from catalogue_changes where kind = 'product' and body is null";
            assert_eq!(world.number(body).await, 2, "tills drop them");
        }
    }
    let report = trade.json(&world, &format!("/products/{}", world.basket.id)).await;
    assert_eq!((report["status"].as_str(), report["producer"].is_null()), (Some("active"), true));
    // A combo's parts stay on sale, and the combo itself is not changed here.
    let combo = central::admin::NewCombo {
        sku: "QUA".to_owned(),
        barcodes: Vec::new(),
        name: "Giỏ quà".to_owned(),
        unit: "Giỏ".to_owned(),
        price: Money::new(400_000),
        parts: vec![(world.garlic.id, Quantity::pieces(1)), (world.salt.id, Quantity::pieces(1))],
    };
    world.admin.add_combo(&combo).await.unwrap();
    let looked = text(&trade.get(&world, "/products/bulk?all=yes&field=status&to_status=retired").await);
    assert_eq!(rows(&looked).len(), 1, "only the basket: {looked}");
    assert!(looked.contains("combo đang dùng") && looked.contains("combo: sửa từng món"), "{looked}");
}

async fn what_cannot_be_chosen(db: Db) {
    let world = World::new(db).await;
    let mut trade = Browser::of(&world, Role::Admin).await;
    let ticked = format!("product={}", world.salt.id);
    for (query, words) in [
        ("", "Chưa chọn sản phẩm nào"),
        ("field=group&to_group=food", "Chưa chọn sản phẩm nào"),
        (&format!("{ticked}&field=price"), "Chọn một mục"),
        (&format!("{ticked}&field=group&to_group=tools"), "Chọn một mục"),
        (&format!("{ticked}&field=tax&to_tax=much"), "Chọn một mục"),
        (&format!("{ticked}&field=producer&to_producer=khong%20ai"), "Không có đúng một chủ thể"),
        (&format!("{ticked}&field=commune&to_commune={}", "x".repeat(201)), "Nhập nhiều nhất 200 ký tự"),
    ] {
        let answer = trade.get(&world, &format!("/products/bulk?{query}")).await;
        assert!(answer.status == 422 && text(&answer).contains(words), "{query}: {}", text(&answer));
    }
    assert_eq!(trade.get(&world, "/products/bulk?product=x").await.status, 404);
    for fields in [
        vec![("field", "group"), ("to", "food"), ("row", "x")],
        vec![("field", "price"), ("to", "1")],
        vec![("field", "group"), ("to", "food")],
    ] {
        assert_eq!(
            trade.post(&world, "/products/new", "/products/bulk", &fields).await.status,
            422,
            "{fields:?}"
        );
    }
    // More than 500 of a filter are too many.
    let many: Vec<_> = (0..501).map(|number| new_product(&format!("P{number:03}"), 1_000, None)).collect();
    world.admin.add_products(&many).await.unwrap();
    let answer = trade.get(&world, "/products/bulk?all=yes").await;
    assert!(answer.status == 422 && text(&answer).contains("nhiều nhất 500"), "{}", text(&answer));
    let looked = text(&trade.get(&world, "/products/bulk?all=yes&q=P0&field=tax&to_tax=exempt").await);
    assert_eq!(rows(&looked).len(), 100);
    let answer = apply(&world, &mut trade, &looked, ("tax", "exempt")).await;
    assert_eq!(location(&answer), "/products/bulk?done=100", "a form of that size is taken");
    // By the same act: unknown products, groups and producers.
    let product = products::find(&world.app.db, world.salt.id).await.unwrap().unwrap();
    let seen = [(world.salt.id, fingerprint(&product))];
    let unknown = BulkChange::Group("tools".to_owned());
    assert!(world.admin.change_many_products(&seen, &unknown).await.is_err());
    let gone: ProductId = uuid::Uuid::nil().into();
    let change = BulkChange::OnSale(false);
    assert!(world.admin.change_many_products(&[(gone, String::new())], &change).await.is_err());
    let refused = world.admin.change_many_products(&[(world.salt.id, String::new())], &change).await;
    assert!(matches!(refused, Err(Error::Refused(Refusal::Changed { codes })) if codes == "MUOI"));
}
