//! The pages of imports: a file is brought, its columns chosen, a likely match confirmed, and what is chosen applied.

use axum::http::Method;
use central::db::Db;
use central::db::users::Role;
use serde_json::{Value, json};

use super::browser::{Browser, location, text};
use crate::imports::lists::{HEAD, bring};
use crate::support::{Answer, World};

testkit::on_both_engines!(
    a_list_goes_from_a_file_into_the_catalogue,
    what_the_catalogue_does_not_take_is_said,
    what_was_chosen_outlives_a_new_look,
    what_is_wrong_with_a_file_is_said_in_words
);

const SOURCE: &str = "Sở Nông nghiệp và Môi trường";

/// Posts a file as a browser does.
async fn upload(world: &World, browser: &mut Browser, source: &str, name: &str, content: &str) -> Answer {
    post_file(world, browser, ("/imports", "/imports/file"), source, (name, content)).await
}

/// Posts a file and its source from a page to a path.
pub(super) async fn post_file(
    world: &World,
    browser: &mut Browser,
    (page, path): (&str, &str),
    source: &str,
    (name, content): (&str, &str),
) -> Answer {
    let token = browser.token(world, page).await;
    let part =
        |head: &str, body: &str| format!("--XX\r\nContent-Disposition: form-data; {head}\r\n\r\n{body}\r\n");
    let form = [
        part("name=\"csrf\"", &token),
        part("name=\"source\"", source),
        part(&format!("name=\"file\"; filename=\"{name}\""), content),
        "--XX--\r\n".to_owned(),
    ];
    let mut multipart = browser.clone().with("content-type", "multipart/form-data; boundary=XX");
    multipart.send(world, Method::POST, path, "text/html", Some(form.concat())).await
}

async fn a_list_goes_from_a_file_into_the_catalogue(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    let list = format!(
        "DANH SÁCH SẢN PHẨM OCOP;;\n{HEAD}\n1;SAN PHAM TOI-DEN;Công ty Phú Sinh;;;5 sao;QĐ 30;01/06/2026;;;\n\
         2;Rượu cần;HTX Ba Tơ;Xã Ba Tơ;Đồ uống;4 sao;QĐ 32;01/06/2026;250.000đ;Chai;\n3;Măng;HTX;;;9;;;;;\n"
    );
    let answer = upload(&world, &mut admin, SOURCE, "C:\\ocop 2026.csv", &list).await;
    assert_eq!(answer.status, 303, "{}", text(&answer));
    let at = location(&answer).split('?').next().unwrap().to_owned();
    let page = text(&admin.get(&world, &at).await);
    for words in ["Dòng 2: TT · Tên sản phẩm", "Đối chiếu với danh mục", "<option value=\"stars\" selected>"]
    {
        assert!(page.contains(words), "{words} in {page}");
    }
    let fields = [
        ("sheet", "0"),
        ("head", "2"),
        ("rows", "1"),
        ("column_1", "name"),
        ("column_2", "producer"),
        ("column_3", "commune"),
        ("column_4", "group"),
        ("column_5", "stars"),
        ("column_6", "decision_number"),
        ("column_7", "decision_day"),
        ("column_8", "price"),
        ("column_9", "unit"),
        ("column_10", ""),
        ("unit", "Hộp"),
        ("group", "food"),
        ("tax_class", "reduced"),
    ];
    let columns = format!("{at}/columns");
    let mut twice = fields;
    twice[4].1 = "name";
    let answer = admin.post(&world, &at, &columns, &twice).await;
    assert_eq!(answer.status, 422);
    assert!(text(&answer).contains("Hai cột cùng ghép với Tên sản phẩm."), "{}", text(&answer));
    let answer = admin.post(&world, &at, &columns, &fields).await;
    assert_eq!(location(&answer), at, "{}", text(&answer));

    let page = text(&admin.get(&world, &at).await);
    for words in [
        "ocop 2026.csv",
        "Có phải cùng một sản phẩm?",
        "Là Sản phẩm TOI-DEN trong danh mục",
        "Hạng sao: không đọc được số sao từ 1 đến 5",
        "Cần xác nhận: 1",
        "Mới: 1",
        "Lỗi: 1",
        // What is written, somebody ticks.
        "name=\"outcome\" value=\"new\">",
    ] {
        assert!(page.contains(words), "{words} in {page}");
    }
    let garlic = world.garlic.id.to_string();
    let answer =
        admin.post(&world, &at, &format!("{at}/rows"), &[("show", "likely"), ("row_3", &garlic)]).await;
    assert_eq!(location(&answer), format!("{at}?show=likely&told=decided"));
    let answer = admin.post(&world, &at, &format!("{at}/apply"), &[]).await;
    assert!(text(&admin.get(&world, location(&answer)).await).contains("Chọn ít nhất một loại thay đổi"));
    let answer =
        admin.post(&world, &at, &format!("{at}/apply"), &[("outcome", "raised"), ("outcome", "new")]).await;
    let done = text(&admin.get(&world, location(&answer)).await);
    assert!(
        done.contains("Đã ghi vào danh mục.") && !done.contains("<form method=\"post\" action=\"/imports"),
        "{done}"
    );
    let report = admin.json(&world, &at).await;
    assert_eq!(
        report["import"]["counts"],
        json!({"new": 1, "raised": 1, "wrong": 1, "aside": 0})
            .as_object()
            .map(|all| {
                Value::Object(
                    all.iter()
                        .filter(|(_, count)| **count != json!(0))
                        .map(|(name, count)| (name.clone(), count.clone()))
                        .collect(),
                )
            })
            .unwrap()
    );
    assert_eq!(report["import"]["applied_count"], 2);
    let inventory =
        world.number("select cast(count(*) as bigint) from products where tax_class = 'reduced'").await;
    assert_eq!(inventory, 1);

    let sheet = text(&admin.get(&world, &format!("{at}/result.xlsx")).await);
    assert!(sheet.contains("Rượu cần") && sheet.contains("không đọc được số sao"), "{sheet}");
    let history = text(&admin.get(&world, "/imports").await);
    assert!(history.contains(&at) && history.contains("Đã ghi") && history.contains(SOURCE), "{history}");
    let answer = upload(&world, &mut admin, SOURCE, "b.csv", &list).await;
    let again = text(&admin.get(&world, location(&answer)).await);
    assert!(again.contains("giống hệt một tệp đã được ghi"), "{again}");
    for path in ["/imports/x", "/imports/00000000-0000-0000-0000-000000000001", "/imports/x/result.xlsx"] {
        assert_eq!(admin.get(&world, path).await.status, 404, "{path}");
    }
}

/// The salt is to get the code that a new product has in the same list.
async fn what_the_catalogue_does_not_take_is_said(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    let rows = [
        "1;Sản phẩm MUOI;Diêm dân Sa Huỳnh;;;;;;;;X-1",
        "2;Rượu cần;HTX Ba Tơ;Xã Ba Tơ;Đồ uống;;;;250.000;Chai;X-1",
    ];
    let at = format!("/imports/{}", bring(&world, &rows).await);
    let both = [("outcome", "new"), ("outcome", "changed")];
    let answer = admin.post(&world, &at, &format!("{at}/apply"), &both).await;
    let page = text(&answer);
    assert!(answer.status == 422 && page.contains("Chưa ghi gì"), "{page}");
    let taken = "mã X-1 (mã hàng hoặc mã vạch) đã có ở sản phẩm khác";
    assert!(page.contains(taken) && !page.contains("Chọn ít nhất một loại"), "{page}");
    for chosen in ["new", "changed"] {
        assert!(page.contains(&format!("name=\"outcome\" value=\"{chosen}\" checked>")), "{chosen}: {page}");
    }
    let code = "select cast(count(*) as bigint) from products where sku = 'X-1'";
    assert_eq!(world.number(code).await, 0, "all or nothing");
    // One of them alone is taken.
    let answer = admin.post(&world, &at, &format!("{at}/apply"), &both[..1]).await;
    assert!(text(&admin.get(&world, location(&answer)).await).contains("Đã ghi vào danh mục."));
    assert_eq!(world.number(code).await, 1);
}

/// The catalogue changes between the look and the press: what was ticked stays so.
async fn what_was_chosen_outlives_a_new_look(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    let rows =
        ["1;Rượu cần;HTX Ba Tơ;Xã Ba Tơ;;;;;250.000;Chai;", "2;Mật ong;HTX Ba Tơ;Xã Ba Tơ;;;;;90.000;Chai;"];
    let at = format!("/imports/{}", bring(&world, &rows).await);
    let wine = crate::support::new_product("RUOU", 450_000, Some(world.phu_sinh));
    let wine = central::admin::NewProduct { name: "Rượu cần".to_owned(), barcodes: Vec::new(), ..wine };
    world.admin.add_product(&wine).await.unwrap();
    let answer = admin.post(&world, &at, &format!("{at}/apply"), &[("outcome", "new")]).await;
    assert_eq!(location(&answer), format!("{at}?told=stale&count=1&chosen=new"));
    let page = text(&admin.get(&world, location(&answer)).await);
    assert!(page.contains("Danh mục đã thay đổi sau khi xem trước"), "{page}");
    assert!(page.contains("name=\"outcome\" value=\"new\" checked>"), "{page}");
}

async fn what_is_wrong_with_a_file_is_said_in_words(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    let many = format!("{HEAD}\n{}", "1;a\n".repeat(20_001));
    // Far more than other forms may have.
    let long = format!("{HEAD}\n{}", "1;Tỏi;HTX;;;;;;1.000;;\n".repeat(5_000));
    assert!(long.len() > 100_000);
    for (source, name, content, words) in [
        (SOURCE, "a.xlsx", "", "Tệp trống"),
        (SOURCE, "", "", "Chọn một tệp."),
        (" ", "a.csv", "a;b\n", "Nhập tên đơn vị"),
        (SOURCE, "a.xlsx", "PK\u{3}\u{4}", "Tệp bị hỏng"),
        (SOURCE, "a.csv", many.as_str(), "hơn 20.000 dòng"),
        (SOURCE, "anh.xlsx", "%PDF-1.7", "không phải danh sách"),
    ] {
        let answer = upload(&world, &mut admin, source, name, content).await;
        assert_eq!(answer.status, 422, "{name} {words}");
        assert!(text(&answer).contains(words), "{words} in {}", text(&answer));
    }
    assert_eq!(upload(&world, &mut admin, SOURCE, "a.csv", &long).await.status, 303);
    let large = "a".repeat(9 << 20);
    assert_eq!(upload(&world, &mut admin, SOURCE, "a.csv", &large).await.status, 413);
    let large = format!("csrf={}&a={}", admin.token(&world, "/imports").await, "x".repeat(70_000));
    assert_eq!(admin.post_bare(&world, "/promotions/new", &large).await.status, 413, "others stay small");
    assert_eq!(world.number("select cast(count(*) as bigint) from imports").await, 1);
}
