//! Papers of products: what is asked for, brought, replaced and withdrawn; the list of what is missing; scans of decisions.

use axum::http::Method;
use central::admin::{NewPaper, NewPaperKind};
use central::db::Db;
use central::db::users::Role;
use domain::dossier::HeldBy;
use domain::ids::ProductId;
use domain::section::{Section, Sections};
use serde_json::{Value, json};
use time::Duration;
use uuid::Uuid;

use super::browser::{Browser, location, text};
use super::points::drawn;
use crate::support::{Answer, TODAY, World, new_product};

testkit::on_both_engines!(
    a_dossier_is_filled,
    what_is_missing_is_found,
    papers_of_a_producer_count_for_all_its_products,
    kinds_are_dated,
    a_decision_has_its_scan,
    what_is_typed_wrong_comes_back,
);

const SCAN: &[u8] = b"%PDF-1.7 giay chung nhan %%EOF";

/// Posts a form with a file in it, after its fields.
async fn upload(
    world: &World,
    browser: &mut Browser,
    (page, path): (&str, &str),
    (fields, content): (&[(&str, &str)], &[u8]),
) -> Answer {
    let token = browser.token(world, page).await;
    let mut form = String::new();
    for (name, value) in [("csrf", token.as_str())].iter().chain(fields) {
        form.push_str(&format!("--XX\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"));
    }
    form.push_str("--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n");
    form.push_str(&format!("{}\r\n--XX--\r\n", String::from_utf8(content.to_vec()).unwrap()));
    let mut multipart = browser.clone().with("content-type", "multipart/form-data; boundary=XX");
    multipart.send(world, Method::POST, path, "text/html", Some(form)).await
}

fn paper(id: u128, kind: &str, days: Option<i64>) -> NewPaper {
    NewPaper {
        id: Uuid::from_u128(id),
        kind_code: kind.to_owned(),
        number: format!("{id}/GCN"),
        issuer: String::new(),
        issued_on: None,
        expires_on: days.map(|days| TODAY + Duration::days(days)),
        note: String::new(),
        replaces: None,
        scan: None,
    }
}

/// The state of each kind in a product's dossier.
async fn states(world: &World, browser: &mut Browser, id: ProductId) -> Vec<(String, String)> {
    let report = browser.json(world, &format!("/products/{id}")).await;
    let kinds = report["dossier"].as_array().unwrap().clone();
    let of = |kind: &Value, field: &str| kind[field].as_str().unwrap().to_owned();
    kinds.iter().map(|kind| (of(kind, "kind"), of(kind, "state"))).collect()
}

async fn a_dossier_is_filled(db: Db) {
    let world = World::new(db).await;
    let mut editor = Browser::of(&world, Role::Editor(Sections::of([Section::Industry]))).await;
    let at = format!("/products/{}", world.garlic.id);
    let asked = states(&world, &mut editor, world.garlic.id).await;
    let expected = [
        ("recognition", "held"),
        ("business_registration", "missing"),
        ("food_safety", "missing"),
        ("declaration", "missing"),
        ("label", "missing"),
        ("test_report", "missing"),
    ];
    assert_eq!(asked, expected.map(|(kind, state)| (kind.to_owned(), state.to_owned())));
    assert!(text(&editor.get(&world, &at).await).contains("Còn 5 giấy tờ phải bổ sung"));

    let form = format!("{at}/papers/new");
    let id = drawn(&text(&editor.get(&world, &format!("{form}?kind=declaration")).await));
    let fields = [
        ("id", id.as_str()),
        ("replaces", ""),
        ("kind", "declaration"),
        ("number", "05/PHUSINH/2026"),
        ("issuer", "Công ty Phú Sinh"),
        ("issued_on", "2026-03-01"),
        ("expires_on", "2026-12-20"),
        ("note", "Bản gốc ở phòng"),
    ];
    for _ in 0..2 {
        let answer = upload(&world, &mut editor, (&form, &form), (&fields, SCAN)).await;
        assert_eq!(location(&answer), format!("{at}?done=paper#dossier"), "{}", text(&answer));
    }
    let report = editor.json(&world, &at).await;
    let declaration = &report["dossier"][3];
    assert_eq!(
        (&declaration["state"], &declaration["until"], &declaration["days_left"]),
        (&json!("lapsing"), &json!("2026-12-20"), &json!(27))
    );
    assert_eq!(declaration["papers"].as_array().unwrap().len(), 1, "sent twice, it is one");
    let page = text(&editor.get(&world, &at).await);
    for words in ["05/PHUSINH/2026", "Đến 20/12/2026", "còn 27 ngày", "Bản gốc ở phòng", "ngày 01/03/2026"]
    {
        assert!(page.contains(words), "{words} in {page}");
    }
    let scan = format!("{at}/papers/{id}/scan");
    let given = editor.get(&world, &scan).await;
    assert_eq!((given.status, given.body.as_slice()), (200, SCAN));
    assert_eq!(given.headers["x-content-type-options"], "nosniff");
    // Under another product's address it is not there, and operators get none.
    let foreign = scan.replace(&at, &format!("/products/{}", world.salt.id));
    assert_eq!(editor.get(&world, &foreign).await.status, 404);
    let mut operator = Browser::of(&world, Role::Operator(world.operator)).await;
    assert_eq!(operator.get(&world, &scan).await.status, 403);

    // A newer one takes its place, and that one is withdrawn with a reason: both stay to be read.
    let next = drawn(&text(&editor.get(&world, &format!("{form}?replaces={id}")).await));
    let newer = [
        ("id", next.as_str()),
        ("replaces", &id),
        ("kind", "declaration"),
        ("number", "06/PHUSINH/2026"),
        ("expires_on", ""),
    ];
    assert_eq!(upload(&world, &mut editor, (&form, &form), (&newer, b"")).await.status, 303);
    assert_eq!(states(&world, &mut editor, world.garlic.id).await[3].1, "held");
    let third = [newer[1], newer[2], ("id", "019a2b3c-4d5e-7f60-8123-456789abcdef")];
    let again = upload(&world, &mut editor, (&form, &form), (&third, b"")).await;
    assert!(again.status == 422 && text(&again).contains("đã được thay hoặc rút"), "{}", text(&again));
    let replaced = format!("{at}/papers/{id}/withdraw");
    let answer = editor.post(&world, &at, &replaced, &[("why", "Nhập nhầm số")]).await;
    assert!(answer.status == 422 && text(&answer).contains("đã được thay bằng bản mới"), "{}", text(&answer));
    let withdraw = format!("{at}/papers/{next}/withdraw");
    assert_eq!(editor.post(&world, &at, &withdraw, &[("why", " ")]).await.status, 422);
    for _ in 0..2 {
        assert_eq!(editor.post(&world, &at, &withdraw, &[("why", "Nhập nhầm số")]).await.status, 303);
    }
    assert_eq!(states(&world, &mut editor, world.garlic.id).await[3].1, "missing");
    let page = text(&editor.get(&world, &at).await);
    for words in [
        "Giấy tờ đã thay, đã rút",
        "Nhập nhầm số",
        "Thay giấy tờ",
        "05/PHUSINH/2026 (20/12/2026) → 06/PHUSINH/2026",
    ] {
        assert!(page.contains(words), "{words} in {page}");
    }
    let acts = editor.json(&world, &at).await["acts"].take();
    let papers = acts
        .as_array()
        .unwrap()
        .iter()
        .filter(|act| act["action"].as_str().unwrap().starts_with("product.paper"));
    assert_eq!(papers.count(), 3, "each act once: {acts}");
    // Who only reads sees no form; a combo and what waits have no dossier.
    let mut reader = Browser::of(&world, Role::Department).await;
    assert!(!text(&reader.get(&world, &at).await).contains("/papers/new"));
    assert_eq!(reader.get(&world, &form).await.status, 403);
}

/// A product for each way in which a paper may stand.
async fn with_papers(world: &World) -> Vec<(String, ProductId)> {
    let mut all = Vec::new();
    for (number, (sku, days)) in (100..).zip([
        ("NONE", vec![]),
        ("PAST", vec![-1]),
        ("D00", vec![0]),
        ("D30", vec![30]),
        ("D31", vec![31, -5]),
        ("D91", vec![91]),
    ]) {
        let id = world.admin.add_product(&new_product(sku, 1_000, None)).await.unwrap();
        for (place, days) in (0..).zip(days) {
            let new = paper(number * 10 + place, "label", Some(days));
            world.admin.add_paper(id, new).await.unwrap();
        }
        all.push((sku.to_owned(), id));
    }
    let id = world.admin.add_product(&new_product("OPEN", 1_000, None)).await.unwrap();
    world.admin.add_paper(id, paper(1, "label", None)).await.unwrap();
    all.push(("OPEN".to_owned(), id));
    all
}

async fn listed(world: &World, browser: &mut Browser, query: &str) -> Vec<String> {
    let report = browser.json(world, &format!("/dossiers{query}")).await;
    let rows = report["products"].as_array().unwrap();
    assert_eq!(report["product_count"], rows.len(), "{query}");
    assert!(rows.iter().all(|row| !row["papers"].as_array().unwrap().is_empty()), "{query}: {report}");
    rows.iter().map(|row| row["sku"].as_str().unwrap().to_owned()).collect()
}

async fn what_is_missing_is_found(db: Db) {
    let world = World::new(db).await;
    let all = with_papers(&world).await;
    let mut reader = Browser::of(&world, Role::Auditor).await;
    for (query, expected) in [
        ("?kind=label&q=san+pham", vec!["GIO", "MUOI", "NONE", "PAST", "TOI-DEN"]),
        ("?kind=label&state=missing", vec!["GIO", "MUOI", "NONE", "TOI-DEN"]),
        ("?kind=label&state=lapsed", vec!["PAST"]),
        ("?kind=label&state=30", vec!["D00", "D30"]),
        ("?kind=label&state=60", vec!["D00", "D30", "D31"]),
        ("?kind=label&state=90", vec!["D00", "D30", "D31"]),
        ("?kind=label&q=D31&state=all", vec!["D31"]),
        ("?kind=recognition&producer=phu+sinh", vec![]),
        ("?kind=recognition&producer=sa+huynh", vec!["MUOI"]),
        ("?kind=traceability&state=all", vec![]),
        ("?group=handicraft", vec![]),
    ] {
        assert_eq!(listed(&world, &mut reader, query).await, expected, "{query}");
    }
    // The list, found by SQL, and each product's page, counted by the rule, say the same.
    let whole = reader.json(&world, "/dossiers?state=all").await;
    for (sku, id) in &all {
        let row =
            whole["products"].as_array().unwrap().iter().find(|row| row["sku"] == sku.as_str()).unwrap();
        let page = reader.json(&world, &format!("/products/{id}")).await;
        let (listed, own) = (row["papers"].as_array().unwrap(), page["dossier"].as_array().unwrap());
        assert_eq!(listed.len(), own.len(), "{sku}");
        for (listed, own) in listed.iter().zip(own) {
            for field in ["kind", "state", "until", "days_left"] {
                assert_eq!(listed[field], own[field], "{sku} {field}");
            }
        }
    }
    // Retired goods are nobody's task, and a combo's parts have the papers.
    world.admin.retire_product(all[0].1).await.unwrap();
    assert!(!listed(&world, &mut reader, "?kind=label").await.contains(&"NONE".to_owned()));
    for wrong in ["?state=held", "?state=45"] {
        let answer = reader.get(&world, &format!("/dossiers{wrong}")).await;
        assert!(answer.status == 422 && text(&answer).contains("Điều kiện lọc này không có"), "{wrong}");
        assert_eq!(reader.get(&world, &format!("/dossiers.csv{wrong}")).await.status, 422);
    }
    let page = text(&reader.get(&world, "/dossiers?kind=label&state=30").await);
    assert!(page.contains("2 sản phẩm") && page.contains("hôm nay là ngày cuối"), "{page}");
    let csv = text(&reader.get(&world, "/dossiers.csv?kind=label&state=lapsed").await);
    assert!(
        csv.contains("PAST,Sản phẩm PAST,Thực phẩm,,Nhãn hàng hóa đúng quy định,Đã hết hạn,2026-11-22"),
        "{csv}"
    );
    let xlsx = text(&reader.get(&world, "/dossiers.xlsx?kind=label&state=lapsed").await);
    assert!(xlsx.contains("Giấy tờ sản phẩm") && xlsx.contains("DateTime"), "{xlsx}");
    let first = reader.json(&world, "/dossiers?state=all").await["products"][0]["product_id"].take();
    let behind = reader.json(&world, &format!("/dossiers?state=all&after={}", first.as_str().unwrap())).await;
    assert_eq!((&behind["page_before"].is_null(), behind["products"].as_array().unwrap().len()), (&false, 8));
}

async fn papers_of_a_producer_count_for_all_its_products(db: Db) {
    let world = World::new(db).await;
    let new = new_product("TOI-2", 1_000, Some(world.phu_sinh));
    let other = world.admin.add_product(&new).await.unwrap();
    world.admin.add_paper(world.garlic.id, paper(1, "food_safety", Some(400))).await.unwrap();
    let mut reader = Browser::of(&world, Role::Department).await;
    for (id, expected) in [(other, "held"), (world.garlic.id, "held"), (world.salt.id, "missing")] {
        assert_eq!(states(&world, &mut reader, id).await[2], ("food_safety".to_owned(), expected.to_owned()));
    }
    assert_eq!(listed(&world, &mut reader, "?kind=food_safety").await, ["GIO", "MUOI"]);
    // Goods of nobody have a paper of their own; and withdrawn at one product, it counts for none.
    world.admin.add_paper(world.basket.id, paper(2, "food_safety", None)).await.unwrap();
    assert_eq!(listed(&world, &mut reader, "?kind=food_safety").await, ["MUOI"]);
    world.admin.withdraw_paper(other, Uuid::from_u128(1), "hết hiệu lực").await.unwrap();
    assert_eq!(listed(&world, &mut reader, "?kind=food_safety").await, ["MUOI", "TOI-2", "TOI-DEN"]);
    assert!(
        world.admin.withdraw_paper(world.salt.id, Uuid::from_u128(2), "x").await.is_err(),
        "not the salt's"
    );
    assert!(world.admin.add_paper(world.salt.id, paper(3, "recognition", None)).await.is_err());
}

async fn kinds_are_dated(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    let add = |name: &'static str, from: &'static str| {
        [
            ("code", ""),
            ("name_vi", name),
            ("held_by", "product"),
            ("from", from),
            ("asked-food", "yes"),
            ("source", "KH 12"),
        ]
    };
    let at = "/dossiers/kinds";
    for (fields, status) in [
        (add("Giấy kiểm dịch", "2026-11-23"), 303),
        (add("Giấy kiểm dịch", "2026-11-23"), 422),
        (add("", "2026-11-23"), 422),
        (add("!/?", "2026-11-23"), 422),
        (add("Giấy ATTP/HACCP", "2026-11-23"), 303),
        (add("Giấy khác", "hôm nay"), 422),
    ] {
        let answer = admin.post(&world, at, at, &fields).await;
        assert_eq!(answer.status, status, "{fields:?}: {}", text(&answer));
    }
    assert!(listed(&world, &mut admin, "?kind=giay_kiem_dich").await.len() == 3);
    // A code is part of addresses as it is.
    assert!(listed(&world, &mut admin, "?kind=giay_attp_haccp").await.len() == 3);
    assert_eq!(admin.post(&world, at, &format!("{at}/giay_attp_haccp/end"), &[]).await.status, 303);
    // From tomorrow on it is asked of drinks instead; today nothing changes.
    let form = text(&admin.get(&world, &format!("{at}?change=giay_kiem_dich")).await);
    assert!(form.contains("value=\"giay_kiem_dich\"") && form.contains("Sửa Giấy kiểm dịch"), "{form}");
    let change = [
        ("code", "giay_kiem_dich"),
        ("name_vi", "Giấy kiểm dịch"),
        ("from", "2026-11-24"),
        ("asked-drink", "yes"),
    ];
    assert_eq!(admin.post(&world, at, at, &change).await.status, 303);
    // A year that was mistyped is put right: what has not begun is taken back, and the log says what it was.
    for from in ["2062-11-24", "2026-11-24"] {
        let again = [change[0], change[1], ("from", from), change[3]];
        assert_eq!(admin.post(&world, at, at, &again).await.status, 303, "{from}");
    }
    let told = "select cast(count(*) as bigint) from audit_log where detail like '%← 2062-11-24 Giấy kiểm dịch: drink'";
    assert_eq!(world.number(told).await, 1);
    let rows = "select cast(count(*) as bigint) from paper_kinds where code = 'giay_kiem_dich'";
    assert_eq!(world.number(rows).await, 2);
    let early = [("code", "giay_kiem_dich"), ("name_vi", "Giấy kiểm dịch"), ("from", "2026-11-22")];
    let answer = admin.post(&world, at, at, &early).await;
    assert!(answer.status == 422 && text(&answer).contains("từ ngày bắt đầu hiện tại"), "{}", text(&answer));
    assert_eq!(listed(&world, &mut admin, "?kind=giay_kiem_dich").await.len(), 3);
    world.clock.advance(86_400_000);
    let mut admin = Browser::of(&world, Role::Admin).await;
    assert_eq!(listed(&world, &mut admin, "?kind=giay_kiem_dich").await, Vec::<String>::new());
    // Written again on its first day it is put right; ended, it is asked for no more from the next day on.
    let right = NewPaperKind {
        code: Some("giay_kiem_dich".to_owned()),
        name_vi: "Giấy kiểm dịch".to_owned(),
        name_en: String::new(),
        held_by: HeldBy::Product,
        asked_of: vec!["food".to_owned(), "drink".to_owned()],
        valid_from: TODAY + Duration::DAY,
        source: String::new(),
    };
    world.admin.set_paper_kind(&right).await.unwrap();
    let wrong = NewPaperKind { asked_of: vec!["tools".to_owned()], ..right };
    assert!(world.admin.set_paper_kind(&wrong).await.is_err());
    assert_eq!(listed(&world, &mut admin, "?kind=giay_kiem_dich").await.len(), 3);
    for status in [303, 404] {
        assert_eq!(admin.post(&world, at, &format!("{at}/giay_kiem_dich/end"), &[]).await.status, status);
    }
    assert_eq!(listed(&world, &mut admin, "?kind=giay_kiem_dich").await.len(), 3, "its last day");
    world.clock.advance(86_400_000);
    let mut admin = Browser::of(&world, Role::Admin).await;
    assert_eq!(listed(&world, &mut admin, "?kind=giay_kiem_dich").await, Vec::<String>::new());
    let page = text(&admin.get(&world, at).await);
    for words in ["Giấy kiểm dịch", "KH 12", "24/11/2026", "Giấy tờ an toàn thực phẩm"] {
        assert!(page.contains(words), "{words} in {page}");
    }
}

async fn a_decision_has_its_scan(db: Db) {
    let world = World::new(db).await;
    let mut editor = Browser::of(&world, Role::Editor(Sections::of([Section::Agriculture]))).await;
    let at = format!("/products/{}", world.garlic.id);
    let decided = editor.json(&world, &at).await["recognitions"][0].take();
    assert_eq!(decided["has_scan"], false);
    let scan = format!("{at}/recognitions/{}/scan", decided["recognition_id"].as_str().unwrap());
    assert_eq!(editor.get(&world, &scan).await.status, 404, "there is none yet");
    for (content, status) in [(b"<svg/>".as_slice(), 422), (b"", 422), (SCAN, 303)] {
        let answer = upload(&world, &mut editor, (&at, &scan), (&[], content)).await;
        assert_eq!(answer.status, status, "{}", text(&answer));
    }
    assert_eq!(editor.json(&world, &at).await["recognitions"][0]["has_scan"], true);
    let mut reader = Browser::of(&world, Role::Department).await;
    assert_eq!(reader.get(&world, &scan).await.body, SCAN);
    // The same again is nothing new; another one takes its place, and the log names the file that was there.
    let acts = "select cast(count(*) as bigint) from audit_log where action = 'product.scan'";
    assert_eq!(upload(&world, &mut editor, (&at, &scan), (&[], SCAN)).await.status, 303);
    assert_eq!(world.number(acts).await, 1);
    let renewed =
        "select cast(count(*) as bigint) from audit_log where action = 'product.scan' and detail like '%→%'";
    for content in [b"%PDF-1.7 khac %%EOF".as_slice(), SCAN] {
        assert_eq!(upload(&world, &mut editor, (&at, &scan), (&[], content)).await.status, 303);
    }
    assert_eq!(world.number(renewed).await, 2);
    let page = text(&reader.get(&world, &at).await);
    assert!(page.contains("Bản chụp QĐ 1898/QĐ-UBND") && !page.contains("enctype"), "{page}");
    // Whoever keeps other kinds brings none, and behind the QR of a pack nobody finds it.
    let mut industry = Browser::of(&world, Role::Editor(Sections::of([Section::Industry]))).await;
    assert_eq!(
        upload(&world, &mut industry, (&format!("{at}/papers/new"), &scan), (&[], SCAN)).await.status,
        403
    );
    let mut producer = Browser::of(&world, Role::Producer(world.phu_sinh)).await;
    assert_eq!(producer.get(&world, &scan).await.status, 403);
    // What counts no more takes none, and keeps the one that it has.
    let id = decided["recognition_id"].as_str().unwrap().parse().unwrap();
    world.admin.withdraw_recognition(world.garlic.id, id).await.unwrap();
    assert_eq!(upload(&world, &mut editor, (&at, &scan), (&[], SCAN)).await.status, 404);
    assert_eq!(reader.get(&world, &scan).await.status, 200);
}

async fn what_is_typed_wrong_comes_back(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    let form = format!("/products/{}/papers/new", world.salt.id);
    let large = [b"%PDF-1.7 ".as_slice(), &vec![b' '; 5 << 20], b"%%EOF"].concat();
    for (field, typed, content, words) in [
        ("kind", "", SCAN, "Chọn một mục"),
        ("kind", "nothing", SCAN, "Không lưu được"),
        ("number", &"x".repeat(201), SCAN, "Nhập nhiều nhất 200 ký tự."),
        ("issued_on", "2026-11-24", SCAN, "không muộn hơn hôm nay"),
        ("expires_on", "2026-01-01", SCAN, "không được trước ngày cấp"),
        ("note", "Ghi chú", b"GIF89a".as_slice(), "Tệp phải là ảnh JPG, PNG hoặc PDF"),
        ("note", "Ghi chú", &large, "5 MB"),
    ] {
        let mut fields = vec![
            ("kind", "label"),
            ("number", "12/NH"),
            ("issuer", "Sở Y tế"),
            ("issued_on", "2026-03-01"),
            ("expires_on", ""),
        ];
        fields.retain(|(name, _)| *name != field);
        fields.push((field, typed));
        let answer = upload(&world, &mut admin, (&form, &form), (&fields, content)).await;
        let page = text(&answer);
        if content.len() > 5 << 20 && answer.status == 413 {
            continue;
        }
        assert!(answer.status == 422 && page.contains(words), "{field}: {} {page}", answer.status);
        assert!(page.contains("Sở Y tế"), "what was typed stays");
    }
    assert_eq!(states(&world, &mut admin, world.salt.id).await[4].1, "missing", "nothing was kept");
}
