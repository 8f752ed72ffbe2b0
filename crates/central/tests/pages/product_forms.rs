//! Administrators keep the catalogue: products and recognitions, each act once however often it is sent; stores hear of it, and what
//! was sold stays as it was frozen.

use central::db::Db;
use central::db::users::Role;
use domain::ids::ProductId;
use domain::{Money, Quantity};
use serde_json::{Value, json};
use uuid::Uuid;

use super::browser::{Browser, location, text};
use super::products::names;
use crate::support::{Answer, World, facts};

testkit::on_both_engines!(
    a_product_is_added_once_changed_and_retired,
    what_is_typed_wrong_comes_back,
    a_producer_is_named,
    a_recognition_is_recorded_and_withdrawn,
    what_cannot_be_edited,
    what_has_no_price_waits_for_one,
);

/// What stores are told of a row now.
async fn heard(world: &World, kind: &str, id: Uuid) -> Option<Value> {
    let body = central::db::catalogue::find_body(&world.app.db, kind, id).await.unwrap();
    body.map(|body| serde_json::from_str(&body).unwrap())
}

fn right() -> Fields<'static> {
    vec![
        ("name", "Kẹo gương Thu Xà"),
        ("sku", "KG-01"),
        ("unit", "Hộp 300 g"),
        ("sold_by", "piece"),
        ("price", "45.000"),
        ("tax_class", "standard"),
        ("group", "food"),
        ("barcodes", "8938500000041, 8938500000058"),
        ("producer", ""),
        ("producer_id", ""),
        ("commune", "Xã Tư Nghĩa"),
    ]
}

type Fields<'a> = Vec<(&'static str, &'a str)>;

/// Posts a form with other values.
async fn post(
    world: &World,
    browser: &mut Browser,
    path: &str,
    (mut fields, others): (Fields<'_>, &[(&'static str, &str)]),
) -> Answer {
    for (name, value) in others {
        match fields.iter_mut().find(|(field, _)| field == name) {
            Some(field) => field.1 = value,
            None => fields.push((name, value)),
        }
    }
    browser.post(world, "/products", path, &fields).await
}

async fn a_product_is_added_once_changed_and_retired(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    let form = text(&admin.get(&world, "/products/new").await);
    let id = form.split("name=\"id\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let at = format!("/products/{id}");
    for _ in 0..2 {
        let answer = post(&world, &mut admin, "/products/new", (right(), &[("id", &id)])).await;
        assert_eq!(location(&answer), format!("{at}?done=saved"), "{}", text(&answer));
    }
    assert_eq!(names(&world, &mut admin, "?q=keo").await.len(), 1, "sent twice, it is one");
    let page = text(&admin.get(&world, &format!("{at}?done=saved")).await);
    for words in [
        "Đã lưu Kẹo gương Thu Xà.",
        "45.000 ₫",
        "8938500000041, 8938500000058",
        "Xã Tư Nghĩa",
        "Thêm vào danh mục",
    ] {
        assert!(page.contains(words), "{words} in {page}");
    }
    let uuid: Uuid = id.parse().unwrap();
    let told = heard(&world, "product", uuid).await.unwrap();
    assert_eq!((&told["sku"], &told["price_version"]), (&json!("KG-01"), &json!(1)));
    assert_eq!(told["barcodes"], json!(["8938500000041", "8938500000058"]));

    // The form shows the product as it is; saved untouched, nothing is written.
    let acts = |report: &Value| report["acts"].as_array().unwrap().len();
    let before = admin.json(&world, &at).await;
    assert_eq!(post(&world, &mut admin, &format!("{at}/edit"), (right(), &[])).await.status, 303);
    assert_eq!(admin.json(&world, &at).await, before, "nothing changed");
    let changed = [("price", "48.000"), ("name", "Kẹo gương"), ("group", "handicraft"), ("barcodes", "")];
    assert_eq!(post(&world, &mut admin, &format!("{at}/edit"), (right(), &changed)).await.status, 303);
    let after = admin.json(&world, &at).await;
    assert_eq!(acts(&after), acts(&before) + 1);
    let prices: Vec<(i64, i64)> = after["prices"]
        .as_array()
        .unwrap()
        .iter()
        .map(|price| (price["version"].as_i64().unwrap(), price["price_vnd"].as_i64().unwrap()))
        .collect();
    assert_eq!(prices, [(2, 48_000), (1, 45_000)]);
    assert!(after["prices"][0]["set_by"].as_str().unwrap().starts_with("admin-"), "{after}");
    let told = heard(&world, "product", uuid).await.unwrap();
    assert_eq!(
        (&told["price"], &told["price_version"], &told["barcodes"]),
        (&json!(48_000), &json!(2), &json!([]))
    );
    assert_eq!(told["refuse_expired"], json!(false));
    let page = text(&admin.get(&world, &at).await);
    for words in [
        "Tên: Kẹo gương Thu Xà → Kẹo gương",
        "Giá bán: 45.000 ₫ → 48.000 ₫",
        "Nhóm: Thực phẩm → Hàng thủ công mỹ nghệ",
    ] {
        assert!(page.contains(words), "{words} in {page}");
    }

    // Retired, stores drop it; edited, it is back.
    for _ in 0..2 {
        let answer = post(&world, &mut admin, &format!("{at}/retire"), (Vec::new(), &[])).await;
        assert_eq!(location(&answer), format!("{at}?done=retired"));
    }
    assert_eq!(heard(&world, "product", uuid).await, None);
    let page = text(&admin.get(&world, &at).await);
    assert!(
        page.contains("Ngừng bán") && page.contains("Sửa và bán lại") && !page.contains("/retire\""),
        "{page}"
    );
    assert_eq!(acts(&admin.json(&world, &at).await), acts(&after) + 1, "pressed twice");
    assert_eq!(post(&world, &mut admin, &format!("{at}/edit"), (right(), &changed)).await.status, 303);
    assert_eq!(heard(&world, "product", uuid).await.unwrap()["price_version"], 2, "the price is the same");
    let page = text(&admin.get(&world, &at).await);
    assert!(page.contains("Tình trạng: Ngừng bán → Đang bán"), "{page}");
}

async fn what_is_typed_wrong_comes_back(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    let long = "x".repeat(201);
    for (field, typed, words) in [
        ("sku", "TOI-DEN", "Mã này đã có."),
        ("sku", "  ", "Nhập từ 1 đến 200 ký tự."),
        ("name", "", "Nhập từ 1 đến 200 ký tự."),
        ("name", long.as_str(), "Nhập từ 1 đến 200 ký tự."),
        ("unit", "", "Nhập từ 1 đến 200 ký tự."),
        ("commune", &long, "Nhập nhiều nhất 200 ký tự."),
        ("price", "0", "Nhập giá bằng đồng"),
        ("price", "4,5", "Nhập giá bằng đồng"),
        ("price", "99999999999", "Nhập giá bằng đồng"),
        ("group", "", "Chọn nhóm sản phẩm."),
        ("sold_by", "metre", "Chọn một mục."),
        ("tax_class", "none", "Chọn một mục."),
        ("barcodes", "BC-MUOI", "Mã vạch BC-MUOI là của sản phẩm khác."),
        ("barcodes", "mã", "Mã vạch gồm chữ không dấu và số"),
        ("producer", "Nhà ông Bảy", "Chưa có chủ thể nào tên “Nhà ông Bảy”."),
    ] {
        let answer = post(&world, &mut admin, "/products/new", (right(), &[(field, typed)])).await;
        let page = text(&answer);
        assert_eq!(answer.status, 422, "{field}: {typed}");
        assert!(page.contains(words), "{words} in {page}");
        // What was typed right stays.
        assert!(field == "name" || page.contains("value=\"Kẹo gương Thu Xà\""), "{field}: {page}");
        let at = format!("/products/{}/edit", world.salt.id);
        if typed != "BC-MUOI" {
            let answer = post(&world, &mut admin, &at, (right(), &[(field, typed)])).await;
            assert_eq!(answer.status, 422, "{field}: {typed}");
        }
    }
    assert_eq!(names(&world, &mut admin, "").await.len(), 3, "nothing was added");
    assert_eq!(post(&world, &mut admin, "/products/new", (right(), &[("role", "x")])).await.status, 422);
    for path in ["/products/x", "/products/x/edit", &format!("/products/{}", Uuid::nil())] {
        assert_eq!(admin.get(&world, path).await.status, 404, "{path}");
    }
}

async fn a_producer_is_named(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    let at = format!("/products/{}", world.basket.id);
    let edit = format!("{at}/edit");
    let whose = async |admin: &mut Browser| admin.json(&world, &at).await["producer_id"].clone();
    let answer = post(&world, &mut admin, &edit, (right(), &[("producer", "cong ty PHÚ sinh")])).await;
    assert_eq!(answer.status, 303, "{}", text(&answer));
    assert_eq!(whose(&mut admin).await, json!(world.phu_sinh.to_string()));
    let near = post(&world, &mut admin, &edit, (right(), &[("producer", "Phú Sinh")])).await;
    assert!(text(&near).contains("Gần giống: Công ty Phú Sinh."), "{}", text(&near));

    // Two of one name: the form asks which, and keeps the one that was chosen.
    let twin = crate::support::producer(&world.admin, "CÔNG TY PHÚ SINH").await.to_string();
    let asked = post(&world, &mut admin, &edit, (right(), &[("producer", "Công ty Phú Sinh")])).await;
    let page = text(&asked);
    assert!(asked.status == 422 && page.contains("Có nhiều chủ thể cùng tên này."), "{page}");
    assert_eq!(page.matches("type=\"radio\" name=\"producer_id\"").count(), 2, "{page}");
    let chosen = [("producer", "Công ty Phú Sinh"), ("producer_id", twin.as_str())];
    assert_eq!(post(&world, &mut admin, &edit, (right(), &chosen)).await.status, 303);
    assert_eq!(whose(&mut admin).await, json!(twin));
    // Another name typed over it counts, not the id of before.
    let other = [("producer", "Diêm dân Sa Huỳnh"), ("producer_id", twin.as_str())];
    assert_eq!(post(&world, &mut admin, &edit, (right(), &other)).await.status, 303);
    assert_eq!(whose(&mut admin).await, json!(world.sa_huynh.to_string()));
    assert_eq!(post(&world, &mut admin, &edit, (right(), &[])).await.status, 303);
    assert_eq!(whose(&mut admin).await, Value::Null);
}

fn decision() -> Fields<'static> {
    vec![
        ("category", "ocop"),
        ("stars", "5"),
        ("number", "1898/QĐ-UBND"),
        ("decided_on", "2026-08-31"),
        ("until", ""),
        ("issuer", "UBND tỉnh Quảng Ngãi"),
        ("level", "province"),
        ("points", "92,5"),
        ("criteria", "QĐ 148/QĐ-TTg"),
        ("group_printed", "Thực phẩm"),
    ]
}

async fn a_recognition_is_recorded_and_withdrawn(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    till.sell(&[(&world.garlic, 1)]);
    assert_eq!(till.push_from(&world, 1).await.ack().exceptions, Vec::<i64>::new());
    let mut admin = Browser::of(&world, Role::Admin).await;
    let sold = admin.json(&world, "/sales?stars=4").await;
    assert_eq!(sold["totals"]["revenue_vnd"], 450_000);
    let at = format!("/products/{}", world.garlic.id);
    // Its page leads to its sales.
    let link = format!("/sales?period=year&product={}", world.garlic.id);
    assert!(text(&admin.get(&world, &at).await).contains(&link.replace('&', "&amp;")));
    let sales = text(&admin.get(&world, &link).await);
    assert!(sales.contains("Sản phẩm TOI-DEN") && sales.contains("Xem mọi sản phẩm"), "{sales}");
    assert!(sales.contains(&format!("name=\"product\" value=\"{}\"", world.garlic.id)), "{sales}");
    let salt = format!("/sales?period=year&product={}", world.salt.id);
    assert_eq!(admin.json(&world, &salt).await["totals"]["revenue_vnd"], 0);
    let record = format!("{at}/recognise");
    let id = Uuid::from_u128(4_711).to_string();
    for _ in 0..2 {
        let answer = post(&world, &mut admin, &record, (decision(), &[("id", &id)])).await;
        assert_eq!(location(&answer), format!("{at}?done=recognised"), "{}", text(&answer));
    }
    let report = admin.json(&world, &at).await;
    assert_eq!((&report["stars"], report["recognitions"].as_array().unwrap().len()), (&json!(5), 2));
    let first = &report["recognitions"][0];
    for (field, expected) in [
        ("number", json!("1898/QĐ-UBND")),
        ("decided_on", json!("2026-08-31")),
        ("from", json!("2026-08-31")),
        // 36 months.
        ("until", json!("2029-08-31")),
        ("issuer", json!("UBND tỉnh Quảng Ngãi")),
        ("level", json!("province")),
        ("points_hundredths", json!(9_250)),
        ("criteria", json!("QĐ 148/QĐ-TTg")),
        ("group_printed", json!("Thực phẩm")),
        ("state", json!("in_force")),
    ] {
        assert_eq!(first[field], expected, "{field}");
    }
    let page = text(&admin.get(&world, &at).await);
    for words in [
        "31/08/2026 – 31/08/2029",
        "ngày 31/08/2026 · UBND tỉnh Quảng Ngãi · Cấp tỉnh",
        "92,5 điểm",
        "Ghi công nhận",
    ] {
        assert!(page.contains(words), "{words} in {page}");
    }
    // Stores hear of what it counts as from then on.
    let now = facts(&world.app.db, world.garlic.id).await.unwrap();
    assert_ne!(Some(now), world.garlic.facts);
    assert_eq!(heard(&world, "product_facts", now.uuid()).await.unwrap()["stars"], 5);

    // Withdrawn, it is as it was; what was sold stays.
    let withdraw = format!("{at}/recognitions/{id}/withdraw");
    for _ in 0..2 {
        let answer = post(&world, &mut admin, &withdraw, (Vec::new(), &[])).await;
        assert_eq!(location(&answer), format!("{at}?done=withdrawn"), "{}", text(&answer));
    }
    let report = admin.json(&world, &at).await;
    assert_eq!((&report["stars"], &report["recognitions"][0]["state"]), (&json!(4), &json!("withdrawn")));
    assert_eq!(heard(&world, "product_facts", now.uuid()).await, None);
    let withdrawn = report["acts"].as_array().unwrap().iter();
    assert_eq!(withdrawn.filter(|act| act["action"] == "product.withdraw_recognition").count(), 1);
    let sold_later = admin.json(&world, "/sales?stars=4").await;
    assert_eq!(sold_later["totals"], sold["totals"], "what was sold stays as it was frozen");
    // Only of its own product.
    let foreign = format!("/products/{}/recognitions/{id}/withdraw", world.salt.id);
    assert_eq!(post(&world, &mut admin, &foreign, (Vec::new(), &[])).await.status, 404);

    for (field, typed, words) in [
        ("stars", "", "Kết quả OCOP phải có hạng sao."),
        ("category", "key", "Chỉ kết quả OCOP có hạng sao."),
        ("number", "", "Nhập số quyết định"),
        ("decided_on", "2026-11-24", "không muộn hơn hôm nay"),
        ("until", "2026-08-31", "Ngày cuối phải sau ngày quyết định."),
        ("points", "101", "Điểm từ 0 đến 100"),
        // Districts ended on 30/6/2025, and the form says so beside the choice.
        ("level", "district", "Cấp này không ra quyết định công nhận vào ngày đó."),
        ("level", "district", "Cấp huyện (đến 30/06/2025)"),
    ] {
        let answer = post(&world, &mut admin, &record, (decision(), &[(field, typed)])).await;
        let page = text(&answer);
        assert_eq!(answer.status, 422, "{field}");
        assert!(page.contains(words) && page.contains("value=\"UBND tỉnh Quảng Ngãi\""), "{words} in {page}");
    }
    let later = [("level", "district"), ("decided_on", "2023-01-10")];
    let answer = post(&world, &mut admin, &record, (decision(), &later)).await;
    let page = text(&answer);
    assert!(answer.status == 422 && page.contains("Bộ tiêu chí này có sau ngày quyết định."), "{page}");
    assert!(page.contains("<option value=\"148/QĐ-TTg\">"), "the sets are offered: {page}");
    assert_eq!(admin.json(&world, &at).await["recognitions"].as_array().unwrap().len(), 2);
    // What a district decided in its days is recorded.
    let in_its_days = [("level", "district"), ("decided_on", "2025-06-30"), ("stars", "3")];
    let answer = post(&world, &mut admin, &record, (decision(), &in_its_days)).await;
    assert_eq!(answer.status, 303, "{}", text(&answer));
    world.check_books().await;
}

async fn what_cannot_be_edited(db: Db) {
    let world = World::new(db).await;
    let pair = central::admin::NewCombo {
        sku: "BO-DOI".to_owned(),
        barcodes: Vec::new(),
        name: "Bộ đôi tỏi".to_owned(),
        unit: "bộ".to_owned(),
        price: Money::new(800_000),
        parts: vec![(world.garlic.id, Quantity::pieces(2))],
    };
    let combo = world.admin.add_combo(&pair).await.unwrap();
    let mut till = world.till().await;
    let added = Uuid::from_u128(77);
    till.sell(&[(&crate::support::Goods { id: added.into(), facts: None, ..world.garlic.clone() }, 1)]);
    till.push_from(&world, 1).await.ack();
    let mut admin = Browser::of(&world, Role::Admin).await;
    for id in [combo, ProductId::from_uuid(added)] {
        let at = format!("/products/{id}");
        let page = text(&admin.get(&world, &at).await);
        assert!(!page.contains("/edit\"") && !page.contains("/recognise\""), "{page}");
        for path in [format!("{at}/edit"), format!("{at}/recognise")] {
            assert_eq!(admin.get(&world, &path).await.status, 404, "{path}");
            let fields = if path.ends_with("edit") { right() } else { decision() };
            assert_eq!(post(&world, &mut admin, &path, (fields, &[])).await.status, 404, "{path}");
        }
    }
    // A combo on sale holds it.
    let retire = format!("/products/{}/retire", world.garlic.id);
    let answer = post(&world, &mut admin, &retire, (Vec::new(), &[])).await;
    assert_eq!(answer.status, 409);
    assert!(text(&answer).contains("combo BO-DOI đang dùng sản phẩm này"), "{}", text(&answer));
    assert!(heard(&world, "product", world.garlic.id.uuid()).await.is_some());
    let answer = post(&world, &mut admin, &format!("/products/{combo}/retire"), (Vec::new(), &[])).await;
    assert_eq!(answer.status, 303);
    assert_eq!(heard(&world, "combo", combo.uuid()).await, None);
    let answer = post(&world, &mut admin, &format!("/products/{added}/retire"), (Vec::new(), &[])).await;
    assert_eq!(answer.status, 404, "what waits is sorted in elsewhere");
}

async fn what_has_no_price_waits_for_one(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    let row = "1;Rượu cần Hrê;HTX Ba Tơ;Xã Ba Tơ;Đồ uống;4 sao;QĐ 32/QĐ-UBND;01/06/2026;;Chai;";
    let import = format!("/imports/{}", crate::imports::lists::bring(&world, &[row]).await);
    let preview = text(&admin.get(&world, &import).await);
    assert!(preview.contains("Chưa có giá: vào danh mục, chưa bán"), "{preview}");
    let apply = format!("{import}/apply");
    assert_eq!(admin.post(&world, &import, &apply, &[("outcome", "new")]).await.status, 303);

    // The list says that something waits, and where.
    let all = text(&admin.get(&world, "/products").await);
    assert!(all.contains("1 sản phẩm chưa có giá, chưa bán") && !all.contains("Rượu cần Hrê"), "{all}");
    let waiting = admin.json(&world, "/products?status=unpriced").await;
    let row = &waiting["products"][0];
    assert_eq!(
        (&row["price_vnd"], &row["stars"], &waiting["unpriced_count"]),
        (&Value::Null, &json!(4), &json!(1))
    );
    let at = format!("/products/{}", row["product_id"].as_str().unwrap());
    let list = text(&admin.get(&world, "/products?status=unpriced").await);
    assert!(list.contains(&format!("{at}/edit\">Nhập giá")), "{list}");
    let page = text(&admin.get(&world, &at).await);
    for words in ["chưa có giá", "Nhập giá", "cửa hàng chỉ thấy khi có giá", "Bổ sung"] {
        assert!(page.contains(words), "{words} in {page}");
    }
    let read = text(&Browser::of(&world, Role::Department).await.get(&world, &at).await);
    assert!(read.contains("chưa có giá") && !read.contains("Nhập giá") && !read.contains("Bổ sung"));

    // Retired before it has one, it has none either: not on its page, in the list or in the file.
    assert_eq!(admin.post(&world, &at, &format!("{at}/retire"), &[]).await.status, 303);
    let retired = admin.json(&world, "/products?status=retired").await;
    let row = retired["products"].as_array().unwrap().iter().find(|row| row["name"] == "Rượu cần Hrê");
    assert_eq!(row.unwrap()["price_vnd"], Value::Null);
    for path in [at.as_str(), "/products?status=retired"] {
        let page = text(&admin.get(&world, path).await);
        assert!(page.contains("chưa có giá") && !page.contains(">0 ₫<"), "{path}: {page}");
    }
    let file = text(&admin.get(&world, "/products.csv?status=retired").await);
    let line = file.lines().find(|line| line.contains("Rượu cần Hrê")).unwrap();
    assert!(!line.split(',').any(|field| field == "0"), "{line}");

    // The form wants the price; with it the product is on sale.
    let edit = format!("{at}/edit");
    let typed = |price| {
        let mut fields = right();
        for (name, value) in &mut fields {
            match *name {
                "name" => *value = "Rượu cần Hrê",
                "sku" => *value = "RUOU",
                "price" => *value = price,
                "barcodes" => *value = "",
                "producer" => *value = "HTX Ba Tơ",
                _ => {}
            }
        }
        fields
    };
    assert_eq!(admin.post(&world, &edit, &edit, &typed("")).await.status, 422);
    assert_eq!(admin.post(&world, &edit, &edit, &typed("250.000")).await.status, 303);
    let report = admin.json(&world, &at).await;
    assert_eq!((&report["status"], &report["price_vnd"]), (&json!("active"), &json!(250_000)));
    assert_eq!(heard(&world, "product", at[10..].parse().unwrap()).await.unwrap()["price"], 250_000);

    // What the list did not say of the decision is completed by whoever keeps it.
    let recognition = report["recognitions"][0]["recognition_id"].as_str().unwrap();
    let describe = format!("{at}/recognitions/{recognition}/edit");
    let form = text(&admin.get(&world, &describe).await);
    assert!(form.contains("value=\"QĐ 32/QĐ-UBND\"") && form.contains("value=\"2026-06-01\""), "{form}");
    let fields = |points| {
        [
            ("number", "QĐ 32/QĐ-UBND"),
            ("decided_on", "2026-06-01"),
            ("issuer", "UBND tỉnh"),
            ("level", "province"),
            ("points", points),
            ("criteria", ""),
            ("group_printed", ""),
        ]
    };
    let wrong = admin.post(&world, &describe, &describe, &fields("101")).await;
    assert!(wrong.status == 422 && text(&wrong).contains("Điểm từ 0 đến 100"), "{}", text(&wrong));
    let mut of_district = fields("82,5");
    of_district[3].1 = "district";
    let wrong = admin.post(&world, &describe, &describe, &of_district).await;
    assert!(wrong.status == 422 && text(&wrong).contains("Cấp này không ra quyết định"), "{}", text(&wrong));
    let kept = admin.post(&world, &describe, &describe, &fields("82,5")).await;
    assert_eq!(location(&kept), format!("{at}?done=described"), "{}", text(&kept));
    let page = text(&admin.get(&world, &at).await);
    for words in ["Bổ sung công nhận", "Cấp: chưa có → Cấp tỉnh", "82,5 điểm", "UBND tỉnh"]
    {
        assert!(page.contains(words), "{words} in {page}");
    }
    let trade = super::browser::trade();
    assert_eq!(
        Browser::of(&world, trade).await.get(&world, &describe).await.status,
        403,
        "agriculture keeps it"
    );
}
