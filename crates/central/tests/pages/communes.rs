//! Communes that people type: forms offer the units of today, what means exactly one is kept as it is called, and what is none of them is
//! said.

use central::admin::{BulkChange, NewPoint, NewProducer, fingerprint};
use central::db::users::Role;
use central::db::{Db, places, points, producers, products, stores};
use domain::ids::PointId;
use serde_json::json;
use time::macros::date;

use super::browser::{Browser, encoded, location, text};
use crate::support::random_world::added;
use crate::support::{TODAY, World, new_product, new_store};

testkit::on_both_engines!(
    forms_offer_the_units_of_today,
    what_is_typed_is_kept_as_its_unit_is_called,
    what_is_no_unit_is_said,
    a_unit_is_called_so_on_its_days,
);

/// A unit that nothing here names yet.
const UNUSED: &str = "Xã Ba Vì";

async fn forms_offer_the_units_of_today(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    let honey = added(&world);
    till.add_product(honey.clone());
    till.push_from(&world, 1).await.ack();
    let mut admin = Browser::of(&world, Role::Admin).await;
    for path in [
        "/products/new".to_owned(),
        format!("/products/{}/edit", world.garlic.id),
        format!("/products/bulk?product={}", world.salt.id),
        "/points/new".to_owned(),
        format!("/points/{}/edit", world.store),
        "/producers/new".to_owned(),
        format!("/provisional/{}", honey.product),
    ] {
        let page = text(&admin.get(&world, &path).await);
        let list =
            page.split("<datalist id=\"communes\">").nth(1).unwrap_or_else(|| panic!("{path}: {page}"));
        let list = list.split("</datalist>").next().unwrap();
        assert_eq!(list.matches("<option").count(), 96, "{path}");
        assert!(list.contains(&format!("value=\"{UNUSED}\"")), "{path}: {list}");
    }
}

async fn what_is_typed_is_kept_as_its_unit_is_called(db: Db) {
    let world = World::new(db).await;
    // Without its kind and marks, as it was called before, and with its province.
    for (typed, kept) in [
        ("  binh son ", "Xã Bình Sơn"),
        ("Thị trấn Châu Ổ", "Xã Bình Sơn"),
        ("Huyện Lý Sơn", "Đặc khu Lý Sơn"),
        ("Phường Sa Huỳnh, tỉnh Quảng Ngãi", "Phường Sa Huỳnh"),
        // Two communes without their marks, and none that is known: nobody decides.
        ("ba to", "ba to"),
        ("Xã Lạ", "Xã Lạ"),
        ("", ""),
    ] {
        let mut new = new_product("TEN", 1_000, None);
        new.sku = format!("SP-{}", world.app.clock.new_uuid());
        new.barcodes = Vec::new();
        typed.clone_into(&mut new.commune);
        let id = world.admin.add_product(&new).await.unwrap();
        let product = products::find(&world.app.db, id).await.unwrap().unwrap();
        assert_eq!(product.commune, kept, "a product in {typed}");
        new.commune = "Xã Ba Vì".to_owned();
        world.admin.update_product(id, &new).await.unwrap();
        let product = products::find(&world.app.db, id).await.unwrap().unwrap();
        let seen = [(id, fingerprint(&product))];
        let changed = world.admin.change_many_products(&seen, &BulkChange::Commune(typed.to_owned())).await;
        assert_eq!(changed.unwrap(), 1);
        let product = products::find(&world.app.db, id).await.unwrap().unwrap();
        assert_eq!(product.commune, kept, "many products in {typed}");

        let new = NewProducer { name: "HTX".to_owned(), commune: typed.to_owned(), phone: String::new() };
        let id = world.admin.add_producer(&new).await.unwrap();
        let producer = producers::find(&world.app.db, id).await.unwrap().unwrap();
        assert_eq!(producer.commune, kept, "a producer in {typed}");

        let new = NewPoint { name: "Điểm".to_owned(), commune: typed.to_owned(), ..NewPoint::default() };
        let id = PointId::from_uuid(world.app.clock.new_uuid());
        world.admin.add_point_as(id, &new, TODAY).await.unwrap();
        let mut tx = world.app.db.begin_reading().await.unwrap();
        let point = points::find_in(&mut tx, id).await.unwrap().unwrap();
        assert_eq!(point.commune, kept, "a point in {typed}");
    }
    let mut store = new_store(world.operator, "SK");
    "sa huynh".clone_into(&mut store.commune);
    let id = world.admin.add_store(&store).await.unwrap();
    let mut tx = world.app.db.begin_reading().await.unwrap();
    let all = stores::list_in(&mut tx, None).await.unwrap();
    let store = all.into_iter().find(|store| store.id == id).unwrap();
    assert_eq!(store.commune, "Phường Sa Huỳnh");
}

async fn what_is_no_unit_is_said(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    let said = "“Xã Lạ” không có trong danh mục xã, phường, đặc khu";
    let garlic = format!("/products/{}", world.garlic.id);
    let product = products::find(&world.app.db, world.garlic.id).await.unwrap().unwrap();
    for (commune, is_said) in [("Xã Lạ", true), ("Xã Ba Vì", false), ("chau o", false), ("", false)] {
        let barcodes = product.barcodes.join(" ");
        let fields = [
            ("name", product.name.as_str()),
            ("sku", &product.sku),
            ("unit", &product.unit),
            ("sold_by", "piece"),
            ("price", "450.000"),
            ("tax_class", "standard"),
            ("group", "food"),
            ("barcodes", &barcodes),
            ("producer", ""),
            ("commune", commune),
        ];
        let edit = format!("{garlic}/edit");
        let answer = admin.post(&world, &edit, &edit, &fields).await;
        assert_eq!(location(&answer), format!("{garlic}?done=saved"), "{}", text(&answer));
        let page = text(&admin.get(&world, location(&answer)).await);
        assert_eq!(page.contains(said), is_said, "a product in {commune}: {page}");

        let id = world.app.clock.new_uuid().to_string();
        let fields = [
            ("id", id.as_str()),
            ("name", "Nông hộ"),
            ("commune", commune),
            ("phone", ""),
            ("another", "yes"),
        ];
        let answer = admin.post(&world, "/producers/new", "/producers/new", &fields).await;
        let page = text(&admin.get(&world, location(&answer)).await);
        assert_eq!(page.contains(said), is_said, "a producer in {commune}: {page}");

        let fields =
            [("name", "Điểm mới"), ("commune", commune), ("surveyed_on", "2026-11-01"), ("decided_on", "")];
        let answer = admin.post(&world, "/points/new", "/points/new", &fields).await;
        let page = text(&admin.get(&world, location(&answer)).await);
        assert_eq!(page.contains(said), is_said, "a point in {commune}: {page}");
    }
    // Many products are looked at as they will be kept.
    for (typed, kept, is_said) in [("Xã Lạ", "Xã Lạ", true), ("Huyện Lý Sơn", "Đặc khu Lý Sơn", false)]
    {
        let query = format!("product={}&field=commune&to_commune={}", world.garlic.id, encoded(typed));
        let page = text(&admin.get(&world, &format!("/products/bulk?{query}")).await);
        assert_eq!(page.contains(said), is_said, "{typed}: {page}");
        assert!(page.contains(&format!("name=\"to\" value=\"{kept}\"")), "{page}");
    }
    assert_eq!(admin.json(&world, &garlic).await["commune"], json!(""));
}

async fn a_unit_is_called_so_on_its_days(db: Db) {
    let world = World::new(db).await;
    let mut tx = world.app.db.begin_reading().await.unwrap();
    for (name, day, expected) in [
        ("Xã Bình Sơn", date!(2025 - 07 - 01), true),
        ("Xã Bình Sơn", date!(2025 - 06 - 30), false),
        ("Bình Sơn", date!(2026 - 11 - 23), false),
        ("Thị trấn Châu Ổ", date!(2026 - 11 - 23), false),
    ] {
        assert_eq!(places::is_unit(&mut tx, name, day).await.unwrap(), expected, "{name} {day}");
    }
    drop(tx);
    world.admin.end_place("21040", date!(2026 - 11 - 22)).await.unwrap();
    let mut tx = world.app.db.begin_reading().await.unwrap();
    assert!(places::is_unit(&mut tx, "Xã Bình Sơn", date!(2026 - 11 - 22)).await.unwrap());
    assert!(!places::is_unit(&mut tx, "Xã Bình Sơn", TODAY).await.unwrap());
}
