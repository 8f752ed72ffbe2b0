//! Communes, wards and special zones: found, written from a day on, pasted, offered where a producer is written, and matched in lists.

use central::db::Db;
use central::db::users::Role;
use domain::product_list::Outcome;
use serde_json::{Value, json};

use super::browser::{Browser, text};
use crate::imports::lists::bring;
use crate::support::World;

testkit::on_both_engines!(
    all_units_of_the_resolution_are_there,
    units_are_dated,
    lines_are_pasted_all_or_none,
    lists_and_forms_know_them,
    what_units_from_before_became_is_entered_and_corrected,
    a_file_goes_out_and_comes_back,
);

fn names(report: &Value) -> Vec<String> {
    let rows = report["places"].as_array().unwrap();
    rows.iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect()
}

async fn all_units_of_the_resolution_are_there(db: Db) {
    let world = World::new(db).await;
    let mut reader = Browser::of(&world, Role::Auditor).await;
    let all = reader.json(&world, "/places").await;
    for (kind, count) in [("commune", 86), ("ward", 9), ("special_zone", 1)] {
        let report = reader.json(&world, &format!("/places?kind={kind}")).await;
        assert_eq!(report["places"].as_array().unwrap().len(), count, "{kind}");
    }
    // The folded names that the migration wrote are those that the program makes.
    for name in names(&all) {
        let words = domain::name_fold::name_fold(&name).replace(' ', "+");
        assert!(names(&reader.json(&world, &format!("/places?q={words}")).await).contains(&name), "{name}");
    }
    let found = reader.json(&world, "/places?q=21040").await["places"][0].take();
    assert_eq!(
        (&found["name"], &found["former_district"]),
        (&json!("Xã Bình Sơn"), &json!("Huyện Bình Sơn"))
    );
    assert_eq!(found["was"].as_array().unwrap().len(), 7);
    let by_former =
        reader.json(&world, "/places?q=Ph%E1%BB%95%20Khánh".replace("á", "%C3%A1").as_str()).await;
    assert_eq!(names(&by_former), ["Xã Khánh Cường"]);
    assert_eq!(names(&reader.json(&world, "/places?q=pho+khanh").await), ["Xã Khánh Cường"]);
    assert_eq!(names(&reader.json(&world, "/places?q=HUYEN+LY+SON").await), ["Đặc khu Lý Sơn"]);
    // What a pattern means elsewhere is only a sign here.
    for sign in ["%5C", "%25", "_", "!", "%27"] {
        assert_eq!(reader.get(&world, &format!("/places?q={sign}")).await.status, 200, "{sign}");
    }
    let mut tx = world.app.db.begin_reading().await.unwrap();
    let former = central::db::places::list_former(&mut tx).await.unwrap();
    drop(tx);
    for row in former {
        let words = domain::name_fold::name_fold(&row.name).replace(' ', "+");
        let found = reader.json(&world, &format!("/places?q={words}")).await;
        let codes: Vec<&Value> =
            found["places"].as_array().unwrap().iter().map(|place| &place["code"]).collect();
        assert!(codes.contains(&&json!(row.place_code)), "{}: {found}", row.name);
    }
    let district = reader.json(&world, "/places?district=Huy%E1%BB%87n%20L%C3%BD%20S%C6%A1n").await;
    assert_eq!(names(&district), ["Đặc khu Lý Sơn"]);
    assert_eq!(reader.get(&world, "/places?kind=town").await.status, 422);
    let csv = text(&reader.get(&world, "/places.csv?q=21548").await);
    assert!(csv.contains("21548,Đặc khu Lý Sơn,2025-07-01,Huyện Lý Sơn,1677/NQ-UBTVQH15"), "{csv}");
    let xlsx = text(&reader.get(&world, "/places.xlsx").await);
    assert!(xlsx.contains("Xã Đặng Thùy Trâm") && xlsx.contains("Xã Bình Thạnh"), "{xlsx}");
    let page = text(&reader.get(&world, "/places").await);
    assert!(page.contains("96 đơn vị") && !page.contains("/places/bring"), "who only reads sees no form");
}

async fn units_are_dated(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    let page = text(&admin.get(&world, "/places?q=21040&change=21040").await);
    assert!(page.contains("name=\"code\"") && page.contains("value=\"21040\""), "{page}");
    let new = |name: &'static str, from: &'static str| {
        [
            ("code", "21040"),
            ("name", name),
            ("from", from),
            ("former_district", "Huyện Bình Sơn"),
            ("source", "NQ 9"),
        ]
    };
    for (name, from, status) in [
        ("Bình Sơn Mới", "2026-12-01", 422),
        ("Phường Bình Sơn", "2025-06-30", 422),
        ("Phường Bình Sơn", "hôm nay", 422),
        ("", "2026-12-01", 422),
        ("Phường Bình Sơn", "2026-12-01", 303),
    ] {
        let answer = admin.post(&world, "/places", "/places", &new(name, from)).await;
        assert_eq!(answer.status, status, "{name} {from}: {}", text(&answer));
    }
    let rows = admin.json(&world, "/places?q=21040").await["places"].take();
    assert_eq!(
        (&rows[0]["name"], &rows[0]["until"], &rows[1]["name"], &rows[1]["until"]),
        (&json!("Phường Bình Sơn"), &Value::Null, &json!("Xã Bình Sơn"), &json!("2026-11-30"))
    );
    // A year that was mistyped is put right: what has not begun is taken back, and the log says what it was.
    for from in ["2062-12-01", "2026-12-01"] {
        let answer = admin.post(&world, "/places", "/places", &new("Phường Bình Sơn", from)).await;
        assert_eq!(answer.status, 303, "{from}: {}", text(&answer));
    }
    assert_eq!(admin.json(&world, "/places?q=21040").await["places"], rows);
    let told = "select cast(count(*) as bigint) from audit_log where detail like '%← 21040 2062-12-01 Phường Bình Sơn'";
    assert_eq!(world.number(told).await, 1);
    for status in [303, 404] {
        assert_eq!(admin.post(&world, "/places", "/places/21548/end", &[]).await.status, status);
    }
    let today = central::db::places::list_names(&world.app.db, crate::support::TODAY).await.unwrap();
    assert!(today.contains(&"Xã Bình Sơn".to_owned()) && today.contains(&"Đặc khu Lý Sơn".to_owned()));
    let later = time::macros::date!(2026 - 12 - 01);
    let later = central::db::places::list_names(&world.app.db, later).await.unwrap();
    assert!(later.contains(&"Phường Bình Sơn".to_owned()) && !later.contains(&"Xã Bình Sơn".to_owned()));
    assert!(!later.contains(&"Đặc khu Lý Sơn".to_owned()) && later.len() == 95);
    let log = "select cast(count(*) as bigint) from audit_log where action like 'place.%'";
    assert_eq!(world.number(log).await, 4);
    let page = text(&admin.get(&world, "/places?q=21548").await);
    assert!(
        page.contains("/places?change=21548") && !page.contains("/places/21548/end"),
        "ended, it can be written anew"
    );
}

async fn lines_are_pasted_all_or_none(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    for (lines, words) in [
        ("99001;Xã Thử;01/01/2027\nXã Cũ", "Dòng 2 chưa đúng"),
        ("99001;Xã Thử;01/01/2027\nXã Cũ; Huyện Cũ; Xã Không Có", "Chưa ghi gì"),
        ("99001;Thử;01/01/2027", "Chưa ghi gì"),
        ("", "Chưa ghi gì"),
    ] {
        let answer = admin.post(&world, "/places", "/places/bring", &[("lines", lines)]).await;
        let page = text(&answer);
        assert!(answer.status == 422 && page.contains(words), "{lines}: {} {page}", answer.status);
        assert!(lines.is_empty() || page.contains("99001;"), "what was pasted stays");
    }
    assert_eq!(names(&admin.json(&world, "/places").await).len(), 96);
    let lines = "99001\tXã Thử\t01/01/2027\tHuyện Cũ\nXã Cũ;Huyện Cũ;Xã Thử\nXã Tịnh Ấn Tây;Thành phố Quảng Ngãi;21172";
    for _ in 0..2 {
        assert_eq!(admin.post(&world, "/places", "/places/bring", &[("lines", lines)]).await.status, 303);
    }
    let found = admin.json(&world, "/places?q=99001").await["places"][0].take();
    assert_eq!((&found["name"], &found["was"]), (&json!("Xã Thử"), &json!(["Xã Cũ"])));
}

async fn lists_and_forms_know_them(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    let form = text(&admin.get(&world, "/producers/new").await);
    assert!(form.contains("<option value=\"Xã Đăk Tờ Kan\">") && form.contains("Phường Sa Huỳnh"), "{form}");
    // A list that writes places otherwise: by the unit of today, from before, by nobody's.
    let rows = [
        "1;Kẹo gương;Cơ sở Thu Xà;tư nghĩa;;;;;1.000;;",
        "2;Tỏi đen;HTX Châu Ổ;Thị trấn Châu Ổ, huyện Bình Sơn;;;;;1.000;;",
        "3;Quế;HTX Trà Bồng;Thôn 2;;;;;1.000;;",
    ];
    let import = bring(&world, &rows).await;
    world.admin.apply_import(import, &Outcome::APPLIED).await.unwrap();
    for (words, commune) in [("keo", "Xã Tư Nghĩa"), ("toi+den", "Xã Bình Sơn"), ("que", "Thôn 2")] {
        let rows = admin.json(&world, &format!("/products?q={words}")).await["products"].take();
        let found = rows.as_array().unwrap().iter().any(|row| row["commune"] == commune);
        assert!(found, "{words}: {rows}");
    }
}

async fn what_units_from_before_became_is_entered_and_corrected(db: Db) {
    let world = World::new(db).await;
    let mut trade = Browser::of(&world, Role::Admin).await;
    const PAGE: &str = "/places/former";
    let count = async |browser: &mut Browser| {
        browser.json(&world, PAGE).await["former_places"].as_array().unwrap().len()
    };
    let before = count(&mut trade).await;
    let form = |became: &'static str, source: &'static str| {
        [
            ("name", "Xã Hành Phước"),
            ("former_district", "Huyện Nghĩa Hành"),
            ("became", became),
            ("source", source),
        ]
    };
    for (became, source, status) in [
        ("Xã Không Có", "NQ 1677", 422),
        ("21040", "", 422),
        ("", "NQ 1677", 422),
        ("Xã Bình Sơn", "NQ 1677", 303),
    ] {
        let answer = trade.post(&world, PAGE, PAGE, &form(became, source)).await;
        assert_eq!(answer.status, status, "{became} {source}: {}", text(&answer));
    }
    assert_eq!(count(&mut trade).await, before + 1);
    // It was wrong: it goes, and the log keeps it.
    let page = text(&trade.get(&world, PAGE).await);
    assert!(page.contains("Xã Hành Phước") && page.contains("Gỡ: Xã Hành Phước → Xã Bình Sơn"), "{page}");
    let wrong = [("name", "Xã Hành Phước"), ("former_district", "Huyện Nghĩa Hành"), ("code", "21040")];
    for status in [303, 404] {
        assert_eq!(trade.post(&world, PAGE, "/places/former/end", &wrong).await.status, status);
    }
    assert_eq!(count(&mut trade).await, before);
    let told = "select cast(count(*) as bigint) from audit_log where detail = 'Xã Hành Phước, Huyện Nghĩa Hành → 21040'";
    assert_eq!(world.number(told).await, 1);
    let mut reader = Browser::of(&world, Role::Department).await;
    assert!(
        !text(&reader.get(&world, PAGE).await).contains("/places/former/end"),
        "who only reads sees no form"
    );
}

/// The files that the pages give are taken back as they are, and change nothing; with another row it does.
async fn a_file_goes_out_and_comes_back(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    let units = admin.json(&world, "/places").await;
    let former = admin.json(&world, "/places/former").await;
    let bring = async |admin: &mut Browser, content: &str| {
        let to = ("/places", "/places/file");
        let answer = super::imports::post_file(&world, admin, to, "places", ("places.csv", content)).await;
        (answer.status, text(&answer))
    };
    for path in ["/places.csv", "/places/former.csv"] {
        let file = text(&admin.get(&world, path).await);
        let (status, page) = bring(&mut admin, &file).await;
        assert_eq!(status, 303, "{path}: {page}");
    }
    assert_eq!(admin.json(&world, "/places").await["places"].as_array().unwrap().len(), 96);
    assert_eq!(names(&admin.json(&world, "/places").await), names(&units));
    assert_eq!(
        names_of(&admin.json(&world, "/places/former").await),
        names_of(&former),
        "each pair once, as it was"
    );
    let csv = "Mã,Tên,Từ ngày\n21040,Phường Bình Sơn,2026-12-01,Huyện Bình Sơn,NQ 9\nXã Hành Phước,Huyện Nghĩa Hành,21040,NQ 1677\n";
    assert_eq!(bring(&mut admin, csv).await.0, 303);
    let rows = admin.json(&world, "/places?q=21040").await;
    assert_eq!(names(&rows), ["Phường Bình Sơn", "Xã Bình Sơn"]);
    let (status, page) = bring(&mut admin, "Mã,Tên\n21040,Xã A,hôm nay\n").await;
    assert!(status == 422 && page.contains("Dòng 2 của tệp chưa đúng"), "{page}");
    let (status, page) = bring(&mut admin, "%PDF-1.7").await;
    assert!(status == 422 && !page.contains("Đã lưu"), "{page}");
}

fn names_of(report: &Value) -> Vec<String> {
    let rows = report["former_places"].as_array().unwrap();
    rows.iter().map(|row| format!("{} {}", row["name"], row["code"])).collect()
}
