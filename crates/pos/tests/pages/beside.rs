//! The pages beside the counter: shift, goods, new products, stock.

use serde_json::json;
use testkit::catalogue::id_of;

use crate::visitor::{As, CASHIER, FISH_SAUCE_NAME, GARLIC, GARLIC_NAME, Visitor, store};

const TODAY: &str = "2026-11-23";

#[tokio::test]
async fn a_shift_opens_sells_and_closes_blind() {
    let store = store().await;
    let mut visitor = Visitor::signed_in(&store, CASHIER).await;
    visitor.get(As::Page, "/shift").await.has("Hôm nay");
    assert_eq!(visitor.get(As::Json, "/shift").await.text, "null");
    for (date, float) in [
        ("2026-11-22", "0"),
        ("2026-11-24", "0"),
        ("", "0"),
        (TODAY, ""),
        (TODAY, "x"),
        (TODAY, "9.000.000.000"),
    ] {
        let op_id = visitor.new_op();
        let form = [("op_id", op_id.as_str()), ("business_date", date), ("float", float)];
        let answer = visitor.post(As::Json, "/shift/open", &form).await;
        assert_eq!((answer.status.as_u16(), answer.says().as_str()), (422, "bad_field"), "{date} {float}");
    }
    let form = [("op_id", "open"), ("business_date", TODAY), ("float", "500.000")];
    assert_eq!(visitor.post(As::Json, "/shift/open", &form).await.says(), "shift_opened");
    assert_eq!(
        visitor.post(As::Json, "/shift/open", &form).await.says(),
        "ready",
        "a form that is posted twice"
    );
    visitor.scan(GARLIC).await;
    visitor.act("/counter/finish", &[("payable_vnd", "280000"), ("cash", "300000")]).await;
    let page = visitor.get(As::Page, "/shift").await;
    page.has("Đóng ca: đếm ngăn kéo");
    assert!(
        !page.text.contains("780.000") && !page.text.contains("280.000"),
        "what should be there is not told"
    );
    let wrong = visitor.post(As::Json, "/shift/close", &[("op_id", "x"), ("counted", "many")]).await;
    assert_eq!((wrong.status.as_u16(), wrong.says().as_str()), (422, "bad_field"));
    let closed = visitor.post(As::Json, "/shift/close", &[("op_id", "close"), ("counted", "775.000")]).await;
    assert_eq!(closed.json()["note"], json!({ "says": "shift_closed", "over_vnd": -5_000 }));
    let again = visitor.post(As::Json, "/shift/close", &[("op_id", "close2"), ("counted", "0")]).await;
    assert_eq!(again.says(), "no_shift");
    store.check().await;
}

#[tokio::test]
async fn forms_of_pages_lead_on_and_tell_what_was_done() {
    let store = store().await;
    let mut visitor = Visitor::signed_in(&store, CASHIER).await;
    let token = visitor.csrf.clone();
    let form = [("csrf", token.as_str()), ("op_id", "open"), ("business_date", TODAY), ("float", "x")];
    let wrong = visitor.post(As::Page, "/shift/open", &form).await;
    assert_eq!(wrong.status, 422);
    wrong.has("value=\"x\"");
    wrong.has("Gõ số tiền, ví dụ 500.000.");
    wrong.has("value=\"open\"");
    let form = [("csrf", token.as_str()), ("op_id", "open"), ("business_date", TODAY), ("float", "500.000")];
    let opened = visitor.post(As::Page, "/shift/open", &form).await;
    assert_eq!((opened.status.as_u16(), opened.leads_to()), (303, "/"));
    visitor.get(As::Page, "/").await.has("Đã mở ca. Bắt đầu bán.");
    visitor.get(As::Page, "/").await.has("Sẵn sàng");
    let form = [("csrf", token.as_str()), ("op_id", "close"), ("counted", "505.000")];
    let closed = visitor.post(As::Page, "/shift/close", &form).await;
    assert_eq!(closed.status.as_u16(), 303);
    visitor.get(As::Page, closed.leads_to()).await.has("Đã đóng ca. Thừa 5.000 ₫ so với sổ.");
}

#[tokio::test]
async fn a_delivery_is_typed_in_row_by_row() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    visitor.get(As::Page, "/goods").await.has("data-box=\"/goods/scan\"");
    visitor.get(As::Page, "/goods/search?q=toi").await.has("data-post=\"/goods/pick\"");
    let picked = visitor.post(As::Part, "/goods/scan", &[("code", GARLIC)]).await;
    picked.has("id=\"picked\"");
    picked.has(GARLIC_NAME);
    visitor
        .post(As::Part, "/goods/scan", &[("code", "8938500000034")])
        .await
        .has("Không có mã 8938500000034");
    visitor.post(As::Part, "/goods/scan", &[("code", "nuoc mam")]).await.has(FISH_SAUCE_NAME);
    visitor.post(As::Part, "/goods/scan", &[("code", "o")]).await.has("id=\"results\"");
    visitor.post(As::Part, "/goods/scan", &[("code", "8938500000011")]).await.has("Không đọc được mã này");
    let (garlic, producer) = (id_of(GARLIC_NAME).to_string(), id_of("Tỏi đen Lý Sơn").to_string());
    let typed = |quantity, expires| {
        [
            ("producer_id", producer.as_str()),
            ("product_id", &garlic),
            ("quantity", quantity),
            ("expires_on", expires),
            ("lot_code", "L1"),
        ]
    };
    visitor.post(As::Part, "/goods/line", &typed("0", "")).await.has("Số lượng chưa đúng.");
    visitor.post(As::Part, "/goods/line", &typed("12", "soon")).await.has("Gõ ngày như 31/12/2027");
    visitor.post(As::Part, "/goods/line", &typed("12", "22/11/2026")).await.has("Hạn dùng này đã qua");
    let noted = [&typed("10", "")[..], &[("noted", "12")]].concat();
    visitor.post(As::Part, "/goods/line", &noted).await.has("Theo phiếu giao 12");
    let strange = [&typed("10", "")[..], &[("noted", "0")]].concat();
    visitor.post(As::Part, "/goods/line", &strange).await.has("Theo phiếu giao 0");
    let none = [&typed("0", "")[..], &[("noted", "24")]].concat();
    let part = visitor.post(As::Part, "/goods/line", &none).await;
    part.has("Theo phiếu giao 24");
    part.has("&quot;quantity_milli&quot;:0,");
    let part = visitor.post(As::Part, "/goods/line", &typed("12", "31/12/2027")).await;
    part.has("31/12/2027");
    let line = part
        .text
        .split("name=\"line\" value=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .replace("&quot;", "\"");
    picked.has("Hàng của Tỏi đen Lý Sơn");
    picked.has("Giá bán đang áp dụng 280.000 ₫");
    let dropped =
        visitor.post(As::Part, "/goods/line", &[("producer_id", ""), ("line", &line), ("drop", "0")]).await;
    assert!(!dropped.text.contains("name=\"line\""));
    // The row that is still being typed comes along.
    let fields = [&[("line", line.as_str())], &typed("3", "")[..]].concat();
    let received = visitor.post_as(As::Json, "/goods", &fields, "delivery").await;
    let note = received.json()["note"].clone();
    assert_eq!((note["says"].as_str(), note["lines"].as_i64()), (Some("received"), Some(2)));
    let paper = format!("/papers/{}", note["voucher"].as_str().unwrap());
    assert_eq!(visitor.get(As::Json, &paper).await.json()["body"]["lines"][0]["quantity_milli"], 12_000);
    assert_eq!(visitor.post_as(As::Json, "/goods", &fields, "delivery").await.says(), "ready");
    let shelf = visitor.get(As::Json, "/stock").await.json();
    let row = shelf.as_array().unwrap().iter().find(|row| row["name"] == GARLIC_NAME).unwrap();
    assert_eq!(row["quantity_milli"], 25_000);
    visitor.get(As::Page, "/stock").await.has(GARLIC_NAME);
    assert_eq!(visitor.post(As::Json, "/goods", &[("producer_id", "")]).await.says(), "bad_field");
    visitor.post(As::Part, "/goods", &[("producer_id", "")]).await.has("Quét món hàng đầu tiên");
    store.check().await;
}

/// Goods that were scanned are of whoever makes them, unless somebody says so twice: once in the list, once by name.
#[tokio::test]
async fn goods_are_of_who_makes_them_unless_that_is_confirmed() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    let (garlic, producer) = (id_of(GARLIC_NAME).to_string(), id_of("Tỏi đen Lý Sơn").to_string());
    // Lots of the garlic: its producer's, and the store's own.
    let owners = async || -> (i64, i64) {
        sqlx::query_as(
            "select count(producer_id), count(*) - count(producer_id) from lots where product_id = $1",
        )
        .bind(id_of(GARLIC_NAME))
        .fetch_one(store.app.db().read())
        .await
        .unwrap()
    };
    let (theirs, own_lots) = owners().await;
    let typed = [("producer_id", ""), ("product_id", garlic.as_str()), ("quantity", "3")];
    // The row chooses the producer, on the page too.
    visitor.post(As::Part, "/goods/line", &typed).await.has(&format!("value=\"{producer}\" selected"));
    assert_eq!(visitor.post_as(As::Json, "/goods", &typed, "a").await.says(), "received");
    assert_eq!(owners().await, (theirs + 1, own_lots));
    // The store's own: asked once more by name, and nothing is taken in meanwhile.
    let own = [("producer_id", "store"), typed[1], typed[2]];
    visitor
        .post(As::Part, "/goods/line", &own)
        .await
        .has("là hàng của Tỏi đen Lý Sơn, đang nhập là hàng của cửa hàng");
    assert_eq!(visitor.post_as(As::Json, "/goods", &own, "b").await.says(), "whose_goods");
    visitor.post_as(As::Part, "/goods", &own, "c").await.has("name=\"not_theirs\"");
    assert_eq!(owners().await, (theirs + 1, own_lots));
    let sure = [&own[..], &[("not_theirs", garlic.as_str())]].concat();
    assert_eq!(visitor.post_as(As::Json, "/goods", &sure, "d").await.says(), "received");
    assert_eq!(owners().await, (theirs + 1, own_lots + 1));
    // Of several producers at once, or of a new product, nobody can know.
    let sauce = id_of(FISH_SAUCE_NAME).to_string();
    let row = |id: &str| {
        serde_json::json!({"product_id": id, "name": "x", "unit": "x", "quantity_milli": 1000}).to_string()
    };
    let (first, second) = (row(&garlic), row(&sauce));
    let both = [("producer_id", ""), ("line", first.as_str()), ("line", second.as_str())];
    visitor.post_as(As::Part, "/goods", &both, "e").await.has("Hàng của nhiều chủ thể");
    let new = [
        ("producer_id", ""),
        ("new_name", "Bánh nổ"),
        ("new_unit", "gói"),
        ("new_price", "20.000"),
        ("quantity", "2"),
    ];
    visitor.post_as(As::Part, "/goods", &new, "f").await.has("Chọn chủ thể của hàng mới");
    visitor.post(As::Part, "/goods/line", &[own[0], own[1], ("quantity", "1,5")]).await.has("gõ số nguyên");
    store.check().await;
}

#[tokio::test]
async fn an_unknown_code_becomes_a_product_in_the_cart() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    visitor.scan("8938500000034").await;
    let page = visitor.get(As::Page, "/products/new?code=8938500000034").await;
    page.has("value=\"8938500000034\"");
    let sale_id = visitor.sale_id().await;
    let token = visitor.csrf.clone();
    let producer = id_of("Tỏi đen Lý Sơn").to_string();
    let form = |op_id: &'static str,
                barcode: &'static str,
                name: &'static str,
                unit: &'static str,
                price: &'static str| {
        [
            ("csrf", token.clone()),
            ("op_id", op_id.to_owned()),
            ("sale_id", sale_id.clone()),
            ("barcode", barcode.to_owned()),
            ("name", name.to_owned()),
            ("unit", unit.to_owned()),
            ("sold_by", "piece".to_owned()),
            ("price", price.to_owned()),
            ("producer_id", producer.clone()),
        ]
    };
    for (form, words) in [
        (form("a", "8938500000031", "Bánh nổ", "gói", "20k"), "Mã vạch này sai."),
        (form("b", "8938500000034", "", "gói", "20k"), "Gõ tên hàng"),
        (form("c", "8938500000034", "Bánh nổ", " ", "20k"), "Gõ đơn vị"),
        (form("d", "8938500000034", "Bánh nổ", "gói", "free"), "Gõ giá"),
    ] {
        let fields: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = visitor.post(As::Page, "/products/new", &fields).await;
        assert_eq!(answer.status, 422, "{words}");
        answer.has(words);
        answer.has("value=\"893850000003");
    }
    let good = form("e", "8938500000034", "Bánh nổ Mộ Đức", "gói 300 g", "20.000");
    let fields: Vec<(&str, &str)> = good.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let added = visitor.post(As::Page, "/products/new", &fields).await;
    assert_eq!((added.status.as_u16(), added.leads_to()), (303, "/"));
    let page = visitor.get(As::Page, "/").await;
    page.has("Đã thêm hàng mới Bánh nổ Mộ Đức vào đơn.");
    let state = visitor.state().await;
    assert_eq!(
        (state["payable_vnd"].as_i64(), state["missed_codes"].as_array().unwrap().len()),
        (Some(20_000), 0)
    );
    assert_eq!(visitor.scan("8938500000034").await.json()["payable_vnd"], 40_000);
    store.check().await;
}

#[tokio::test]
async fn every_page_speaks_both_languages() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    visitor.scan(GARLIC).await;
    visitor.act("/counter/finish", &[("payable_vnd", "280000")]).await;
    for (path, vi, en) in [
        ("/receipts", "Chỉ có trên máy này", "Only on this computer"),
        ("/shift", "Đóng ca", "Close the shift"),
        ("/goods", "Hàng nhận về", "Delivered goods"),
        ("/products/new", "Thêm và đưa vào đơn", "Add it to the cart"),
        ("/stock", "Còn theo sổ", "By the book"),
        ("/sign-in", "Ai đang đứng quầy?", "Who is at the counter?"),
    ] {
        visitor.get(As::Page, &format!("{path}?lang=en")).await.has(en);
        visitor.get(As::Page, path).await.has(en);
        visitor.get(As::Page, &format!("{path}?lang=vi")).await.has(vi);
    }
}

#[tokio::test]
async fn the_service_tells_that_it_is_well() {
    let store = store().await;
    let answer = Visitor::at(&store).get(As::Json, "/healthz").await;
    assert_eq!(answer.json()["products"], 3);
}
