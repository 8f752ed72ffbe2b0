//! The page behind the QR on a pack: what anybody sees, what nobody does, what is counted, and which lots the department is warned of.

use axum::http::Method;
use central::admin::NewProduct;
use central::db::Db;
use central::db::engine::Sql;
use central::db::packs;
use central::db::users::Role;
use domain::Money;
use domain::barcode::Barcode;
use domain::catalog::{Recognition, SoldBy, Stars};
use domain::pack_link::{LinkHost, link};
use domain::stock::Lot;
use domain::tax::TaxClass;
use time::macros::date;

use super::browser::{Browser, text};
use crate::support::{TODAY, Till, World};

testkit::on_both_engines!(
    a_label_leads_to_product_lot_and_stores,
    what_nobody_knows_is_told_in_words,
    a_closed_point_sends_nobody,
    looks_are_counted_and_copied_labels_found,
    a_copied_label_is_found_among_many
);

const GTIN: &str = "8938500000010";

/// The garlic gets a number of GS1; a store receives it as lot L26-09, and sells one of ten.
async fn world(db: Db) -> (World, Till) {
    let world = World::new(db).await;
    let garlic = NewProduct {
        sku: "TOI-DEN".to_owned(),
        barcodes: vec![GTIN.to_owned()],
        name: "Tỏi đen Lý Sơn".to_owned(),
        unit: "Hộp 250g".to_owned(),
        sold_by: SoldBy::Piece,
        price: Money::new(450_000),
        tax_class: TaxClass::Standard,
        group_code: "food".to_owned(),
        producer_id: Some(world.phu_sinh),
        commune: "Đặc khu Lý Sơn".to_owned(),
    };
    world.admin.update_product(world.garlic.id, &garlic).await.unwrap();
    let mut till = world.till().await;
    let lot = till.receive_lot(&world.garlic, 10, |lot| Lot {
        code: Some("L26-09".to_owned()),
        expires_on: Some(date!(2027 - 03 - 31)),
        ..lot
    });
    let sale = till.sale_of(vec![till.line(&world.garlic, 1, Some(lot))]);
    till.write_sale(world.app.clock.new_uuid().into(), &sale);
    till.push_from(&world, 1).await.ack();
    (world, till)
}

/// The path of a label that a till prints.
fn label(code: &str, lot: Option<&str>, last_day: Option<time::Date>) -> String {
    let host = LinkHost::new("ocop.example.vn").unwrap();
    let address = link(&host, &Barcode::parse(code).unwrap(), lot, last_day).unwrap();
    address.strip_prefix("https://ocop.example.vn").unwrap().to_owned()
}

async fn scans(world: &World) -> i64 {
    world.number("select cast(coalesce(sum(scans), 0) as bigint) from page_scans").await
}

async fn a_label_leads_to_product_lot_and_stores(db: Db) {
    let (world, _) = world(db).await;
    let five = Recognition::ocop(Stars::new(5).unwrap(), date!(2026 - 01 - 01));
    world.recognise_by_mistake(world.garlic.id, &five).await;
    let mut anybody = Browser::new();
    let path = label(GTIN, Some("L26-09"), Some(date!(2027 - 03 - 31)));
    assert_eq!(path, "/01/08938500000010/10/L26-09?17=270331");
    let answer = anybody.get(&world, &path).await;
    assert_eq!(answer.status, 200);
    let page = text(&answer);
    for words in [
        "Tỏi đen Lý Sơn",
        "Hộp 250g · Thực phẩm",
        "QĐ 1898/QĐ-UBND",
        "Công ty Phú Sinh",
        "Đặc khu Lý Sơn",
        "Lô L26-09",
        "Hạn dùng 31/03/2027",
        "nhận ngày 23/11/2026",
        "Điểm OCOP LS",
    ] {
        assert!(page.contains(words), "{words} in {page}");
    }
    for secret in ["450.000", "QN", "<script>"] {
        assert!(!page.contains(secret), "{secret} in {page}");
    }
    assert!(page.len() < 8_000, "fast on a cheap phone: {} bytes", page.len());
    let english = text(&anybody.get(&world, &format!("{path}&lang=en")).await);
    assert!(english.contains("Good until 31/03/2027") && english.contains("Food"), "{english}");
    let mut programs = Browser::new();
    let report = programs.json(&world, &path).await;
    let stars: Vec<_> =
        report["recognitions"].as_array().unwrap().iter().map(|row| row["stars"].as_i64()).collect();
    assert_eq!(stars, [Some(4)], "five stars were a mistake");
    assert_eq!(report["lot"]["is_expired"].as_bool(), Some(false));
    // A scanner turned the case around; the product alone; the shops' own code; what is over is said first.
    let lot = programs.json(&world, "/01/08938500000010/10/l26-09").await;
    assert_eq!(lot["lot"]["received"].as_array().map(Vec::len), Some(1));
    let product = programs.json(&world, &label(GTIN, None, None)).await;
    assert!(product["lot"].is_null() && product["name"] == report["name"]);
    let own = programs.json(&world, "/s/TOI-DEN/10/none").await;
    assert_eq!(
        (&own["product_id"], own["lot"]["received"].as_array().map(Vec::len)),
        (&report["product_id"], Some(0))
    );
    let over = text(&Browser::new().get(&world, "/01/08938500000010/10/X?17=261122").await);
    assert!(over.contains("đã hết hạn ngày 22/11/2026. Đừng dùng"), "{over}");
    // Nothing is left: the shelf is empty, and the product retired.
    let mut till = world.other_till().await;
    till.sell(&[(&world.garlic, 1)]);
    till.push_from(&world, 1).await.ack();
    assert_eq!(programs.json(&world, &path).await["stores"].as_array().map(Vec::len), Some(1));
    world.admin.retire_product(world.garlic.id).await.unwrap();
    let page = text(&anybody.get(&world, &format!("{path}&lang=vi")).await);
    assert!(page.contains("không còn bán"), "{page}");
    world.check_books().await;
}

async fn what_nobody_knows_is_told_in_words(db: Db) {
    let (world, _) = world(db).await;
    let mut anybody = Browser::new();
    for path in [
        "/01/08938500000027",
        "/01/1234",
        "/01/08938500000010/10/%FF",
        "/01/08938500000010/10/A?17=261332",
        "/01/08938500000010/10/A?3103=001250",
        "/s/KHONG-CO",
        "/s/..%2F..%2Fetc",
        "/s/8938500000011",
    ] {
        let answer = anybody.get(&world, path).await;
        assert_eq!(answer.status, 404, "{path}");
        assert!(text(&answer).contains("Mã này chưa có trong danh mục"), "{path}: {}", text(&answer));
    }
    assert_eq!(scans(&world).await, 0);
}

async fn looks_are_counted_and_copied_labels_found(db: Db) {
    let (world, _) = world(db).await;
    let lot = label(GTIN, Some("L26-09"), None);
    let mut department = Browser::of(&world, Role::Department).await;
    assert!(text(&department.get(&world, "/scans").await).contains("chưa ai quét mã"));
    let mut anybody = Browser::new();
    // Who reloads looks once; invented lots count for the product, and nobody makes rows of them.
    for path in [&lot, &lot, "/01/08938500000010/10/INVENTED-1", "/01/08938500000010/10/INVENTED-2"] {
        assert_eq!(anybody.get(&world, path).await.status, 200);
    }
    assert_eq!(scans(&world).await, 2);
    assert_eq!(world.number("select cast(count(*) as bigint) from page_scans").await, 2);
    world.clock.advance(61_000);
    anybody.send(&world, Method::GET, &lot, "application/json", None).await;
    assert_eq!(scans(&world).await, 3);
    let report = department.json(&world, "/scans").await;
    let first = &report["labels"][0];
    assert_eq!(
        (report["scans"].as_i64(), first["lot"].as_str(), first["scans"].as_i64()),
        (Some(3), Some("L26-09"), Some(2))
    );
    assert_eq!((first["sold_milli"].as_i64(), first["on_shelf_milli"].as_i64()), (Some(1_000), Some(9_000)));
    assert_eq!(first["is_suspicious"].as_bool(), Some(false));
    // Fifty looks are what ten boxes explain, one more is not. What is older than a month is forgotten.
    let set = Sql::new("update page_scans set scans = 51 where lot_code <> ").bind("");
    world.app.db.exec(set).await.unwrap();
    let report = department.json(&world, "/scans").await;
    assert_eq!(report["labels"][0]["is_suspicious"].as_bool(), Some(true));
    assert!(text(&department.get(&world, "/scans").await).contains("nghi tem giả"));
    let old = Sql::new("update page_scans set day = ").bind(TODAY - time::Duration::days(30));
    world.app.db.exec(old).await.unwrap();
    assert_eq!(department.json(&world, "/scans").await["scans"].as_i64(), Some(0));
    world.check_books().await;
}

/// The lot is one whatever the case of its letters, and comes before labels that are scanned more often.
async fn a_copied_label_is_found_among_many(db: Db) {
    let (world, _) = world(db).await;
    let db = &world.app.db;
    packs::count_scan(db, world.garlic.id, "l26-09", TODAY).await.unwrap();
    packs::count_scan(db, world.garlic.id, "L26-09", TODAY).await.unwrap();
    let labels = packs::list_scanned(db, TODAY, 10).await.unwrap();
    let seen: Vec<_> = labels.iter().map(|row| (row.scans, row.sold.milli(), row.on_shelf.milli())).collect();
    assert_eq!(seen, [(2, 1_000, 9_000)], "not two labels, one of them without packs");
    for product in [world.garlic.id, world.salt.id, world.basket.id] {
        packs::count_scan(db, product, "", TODAY).await.unwrap();
    }
    for (scans, condition) in [(500i64, "lot_code = ''"), (26, "lot_code <> ''")] {
        let set = Sql::new("update page_scans set scans = ").bind(scans).push(" where ").push(condition);
        db.exec(set).await.unwrap();
    }
    let first = packs::list_scanned(db, TODAY, 1).await.unwrap();
    assert_eq!((first[0].lot_code.to_uppercase().as_str(), first[0].scans), ("L26-09", 52));
    assert_eq!(packs::count_scanned(db, TODAY).await.unwrap(), 1_552, "with those that are not listed");
    // Fifty are what ten packs explain: then the most often scanned comes first.
    db.exec(Sql::new("update page_scans set scans = 25 where lot_code <> ''")).await.unwrap();
    assert_eq!(packs::list_scanned(db, TODAY, 1).await.unwrap()[0].scans, 500);
}

async fn a_closed_point_sends_nobody(db: Db) {
    let (world, _till) = world(db).await;
    let mut other = world.other_till().await;
    other.receive(&world.garlic, 3);
    other.push_from(&world, 1).await.ack();
    let mut anybody = Browser::new();
    let stores = async |anybody: &mut Browser| {
        let pack = anybody.json(&world, &label(GTIN, None, None)).await;
        let stores = pack["stores"].as_array().unwrap().clone();
        stores.iter().map(|row| row["store"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(stores(&mut anybody).await, ["Điểm OCOP LS", "Điểm OCOP QN"]);
    // One that its file says is made ready sends nobody, unless it sells all the same.
    for store in [world.store, world.other_store] {
        let back = Sql::new("update points set state = 'equipped' where store_id = ").bind(store);
        let mut tx = world.app.db.begin().await.unwrap();
        tx.exec(back).await.unwrap();
        tx.commit().await.unwrap();
    }
    assert_eq!(stores(&mut anybody).await, ["Điểm OCOP LS"]);
    let id = domain::ids::PointId::from_uuid(world.store.uuid());
    world.admin.take_point_step(id, domain::point::PointState::Closed, TODAY, "Hết hợp đồng").await.unwrap();
    assert_eq!(stores(&mut anybody).await, Vec::<String>::new());
}
