//! Taking money.

use testkit::catalogue::{Catalogue, id_of};

use crate::visitor::{Answer, As, FISH_SAUCE, GARLIC, MANAGER, Visitor, store};

async fn sales(visitor: &mut Visitor) -> Vec<i64> {
    let sales = visitor.get(As::Json, "/receipts").await.json();
    sales.as_array().unwrap().iter().map(|sale| sale["payable_vnd"].as_i64().unwrap()).collect()
}

/// A cart of 655.000 ₫.
async fn filled(visitor: &mut Visitor) {
    for code in [GARLIC, GARLIC, FISH_SAUCE] {
        visitor.scan(code).await;
    }
}

fn change(answer: &Answer) -> i64 {
    assert_eq!(answer.says(), "sold", "{}", answer.text);
    answer.json()["note"]["change_vnd"].as_i64().unwrap()
}

#[tokio::test]
async fn ways_to_pay() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    for (fields, expected) in [
        (&[][..], 0),
        (&[("cash", "")], 0),
        (&[("cash", "700.000")], 45_000),
        (&[("cash", "700k")], 45_000),
        (&[("vietqr", "655000")], 0),
        (&[("card", "655.000 ₫")], 0),
        (&[("vietqr", "600000"), ("cash", "100000")], 45_000),
        (&[("cash", "100000"), ("vietqr", "300000"), ("card", "255000")], 0),
    ] {
        filled(&mut visitor).await;
        let fields = [&[("payable_vnd", "655000")], fields].concat();
        let answer = visitor.act("/counter/finish", &fields).await;
        assert_eq!(change(&answer), expected, "{fields:?}");
        assert_eq!(answer.json()["lines"].as_array().unwrap().len(), 0);
    }
    assert_eq!(sales(&mut visitor).await, [655_000; 8]);
    store.check().await;
}

#[tokio::test]
async fn what_cannot_be_taken_sells_nothing() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    let nothing = visitor.act("/counter/finish", &[("payable_vnd", "0")]).await;
    assert_eq!(nothing.says(), "empty_cart");
    filled(&mut visitor).await;
    for (fields, says) in [
        (&[("cash", "600.000")][..], "short"),
        (&[("vietqr", "700000")], "too_much"),
        (&[("card", "700000")], "too_much"),
        (&[("cash", "0")], "bad_amount"),
        (&[("cash", "-5")], "bad_amount"),
        (&[("cash", "seven")], "bad_amount"),
        (&[("cash", GARLIC)], "bad_amount"),
    ] {
        let fields = [&[("payable_vnd", "655000")], fields].concat();
        let answer = visitor.act("/counter/finish", &fields).await;
        assert_eq!(answer.says(), says, "{fields:?}");
        assert_eq!(answer.json()["payable_vnd"], 655_000);
    }
    assert_eq!(sales(&mut visitor).await, [] as [i64; 0]);
    let sale_id = visitor.sale_id().await;
    let form =
        [("sale_id", sale_id.as_str()), ("payable_vnd", "655000"), ("cash", "600.000"), ("show", "cash")];
    let part = visitor.post(As::Part, "/counter/finish", &form).await;
    part.has("Còn thiếu 55.000 ₫.");
    part.has("value=\"600.000\"");
    part.has("data-modal");
}

#[tokio::test]
async fn two_presses_make_one_sale() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    filled(&mut visitor).await;
    let sale_id = visitor.sale_id().await;
    let form = [("sale_id", sale_id.as_str()), ("payable_vnd", "655000")];
    let first = visitor.post_as(As::Json, "/counter/finish", &form, "pressed").await;
    let repeated = visitor.post_as(As::Json, "/counter/finish", &form, "pressed").await;
    let pressed_again = visitor.post(As::Json, "/counter/finish", &form).await;
    let says = [first.says(), repeated.says(), pressed_again.says()];
    assert_eq!(says, ["sold", "ready", "stale"]);
    assert_eq!(sales(&mut visitor).await, [655_000]);
}

/// Whatever was handed over: what is sold is what the cashier saw and asked for, not what the cart has become meanwhile.
#[tokio::test]
async fn a_cart_that_grew_behind_the_panel_is_not_sold() {
    let credit = pos::config::CreditConfig { most_vnd: 5_000_000 };
    let store = testkit::store::TestStore::closed(pos::Config { credit, ..pos::Config::default() }).await;
    let mut visitor = Visitor::selling(&store).await;
    filled(&mut visitor).await;
    let sale_id = visitor.sale_id().await;
    visitor.get(As::Json, "/counter/tender").await;
    visitor.scan(FISH_SAUCE).await;
    let ways = [
        (&[][..], ""),
        (&[("cash", "700.000"), ("show", "cash")], "value=\"700.000\""),
        (&[("cash", "1.000.000"), ("show", "cash")], "value=\"1.000.000\""),
        (&[("vietqr", "655000"), ("show", "vietqr")], "id=\"vietqr\" name=\"vietqr\""),
        (&[("card", "655000"), ("show", "card")], "id=\"card\" name=\"card\""),
        (&[("cash", "400.000"), ("card", "255.000"), ("show", "several")], "value=\"255.000\""),
        (&[("cash", "500.000"), ("vietqr", "250.000"), ("show", "several")], "value=\"500.000\""),
        (&[("claimed", "655000"), ("show", "vietqr")], ""),
        (&[("owed_by", "chị Lan"), ("cash", "100.000"), ("show", "credit")], "value=\"chị Lan\""),
    ];
    for (fields, kept) in ways {
        let form = [&[("payable_vnd", "655000")], fields].concat();
        let answer = visitor.act("/counter/finish", &form).await;
        assert_eq!(answer.says(), "payable_changed", "{fields:?}");
        let note = &answer.json()["note"];
        assert_eq!((&note["shown_vnd"], &note["payable_vnd"]), (&655_000.into(), &750_000.into()));
        let form = [&[("sale_id", sale_id.as_str())], &form[..]].concat();
        let panel = visitor.post(As::Part, "/counter/finish", &form).await;
        for words in
            ["Đơn vừa thay đổi: từ 655.000 ₫ thành 750.000 ₫.", "value=\"750000\"", "data-modal", kept]
        {
            panel.has(words);
        }
    }
    assert_eq!(sales(&mut visitor).await, [] as [i64; 0]);
    let order = [("person", "chị Ba"), ("due", "24/12/2026"), ("amount", "200.000"), ("kind", "cash")];
    let ordered = [&[("payable_vnd", "655000")], &order[..]].concat();
    assert_eq!(visitor.act("/counter/deposit", &ordered).await.says(), "payable_changed");
    let form = [&[("sale_id", sale_id.as_str())], &ordered[..]].concat();
    let panel = visitor.post(As::Part, "/counter/deposit", &form).await;
    for words in ["chị Ba", "value=\"200.000\"", "name=\"payable_vnd\" value=\"750000\""] {
        panel.has(words);
    }
    // What stands on the new panel sells.
    let sold = visitor.act("/counter/finish", &[("payable_vnd", "750000"), ("cash", "1.000.000")]).await;
    assert_eq!(change(&sold), 250_000);
    store.check().await;
}

/// Ten minutes after it was shown a payable holds no longer: the hours of a promotion may be over.
#[tokio::test]
async fn a_price_that_rose_while_the_buyer_looked_for_money_is_told() {
    let row = protocol::wire::PromotionRow {
        id: id_of("giờ vàng"),
        name: "Giờ vàng".to_owned(),
        offer: protocol::wire::PromotionOffer::AmountOff(30_000),
        products: vec![id_of("Tỏi đen Lý Sơn hộp 250 g")],
        first_day: time::macros::date!(2026 - 11 - 23),
        last_day: time::macros::date!(2026 - 11 - 23),
        minutes: Some([0, 9 * 60]),
    };
    let store = store().await;
    store.load(&Catalogue::default().row(protocol::wire::CatalogueRow::Promotion(row))).await;
    let mut visitor = Visitor::selling(&store).await;
    visitor.scan(GARLIC).await;
    let shown = visitor.get(As::Json, "/counter/tender").await.json()["payable_vnd"].clone();
    assert_eq!(shown, 250_000);
    // Shown before nine, the promotion holds for ten minutes more, and no longer.
    store.clock.advance(2 * 3_600_000);
    visitor.sign_in(crate::visitor::CASHIER, testkit::catalogue::PIN).await;
    let sale_id = visitor.sale_id().await;
    let form = [("sale_id", sale_id.as_str()), ("payable_vnd", "250000"), ("cash", "500.000")];
    let panel = visitor.post(As::Part, "/counter/finish", &form).await;
    for words in
        ["Giá đã đổi trong lúc chờ: từ 250.000 ₫ thành 280.000 ₫.", "value=\"280000\"", "value=\"500.000\""]
    {
        panel.has(words);
    }
    let sold = visitor.act("/counter/finish", &[("payable_vnd", "280000"), ("cash", "500.000")]).await;
    assert_eq!(change(&sold), 220_000);
}

#[tokio::test]
async fn a_vietqr_is_durable_before_it_is_shown() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    filled(&mut visitor).await;
    let sale_id = visitor.sale_id().await;
    let before = visitor.get(As::Json, "/counter/tender").await.json();
    assert_eq!((before["payable_vnd"].as_i64(), before["vietqr"].is_null()), (Some(655_000), true));
    assert_eq!(before["likely_cash_vnd"], serde_json::json!([660_000, 700_000, 1_000_000]));
    let part = visitor.post(As::Part, "/counter/vietqr", &[("sale_id", &sale_id)]).await;
    let shown = visitor.get(As::Json, "/counter/tender").await.json()["vietqr"].clone();
    let reference = shown["reference"].as_str().unwrap();
    for words in ["<svg", "Đã nhận tiền", reference, "Vietcombank 1023456789", "655.000 ₫"] {
        part.has(words);
    }
    let payload = domain::vietqr::VietQr::parse(shown["payload"].as_str().unwrap()).unwrap();
    assert_eq!(payload.amount.unwrap().vnd(), 655_000);
    assert_eq!(payload.purpose.unwrap().as_str(), reference);
    let answer = visitor.act("/counter/finish", &[("payable_vnd", "655000"), ("vietqr", "655000")]).await;
    assert_eq!(change(&answer), 0);
}

#[tokio::test]
async fn a_store_without_an_account_takes_no_transfer() {
    let store = store().await;
    let mut settings = pos::db::store::find_settings(store.app.db().read()).await.unwrap().unwrap();
    settings.bank_account = String::new();
    store.load(&Catalogue::default().row(protocol::wire::CatalogueRow::Store(settings))).await;
    let mut visitor = Visitor::selling(&store).await;
    filled(&mut visitor).await;
    assert_eq!(visitor.act("/counter/vietqr", &[]).await.says(), "no_bank_account");
    let sale_id = visitor.sale_id().await;
    let part = visitor.post(As::Part, "/counter/vietqr", &[("sale_id", &sale_id)]).await;
    part.has("Thu tiền mặt hoặc thẻ.");
    part.has("Khách đưa");
}

#[tokio::test]
async fn nothing_to_pay_is_said() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    let answer = visitor.get(As::Json, "/counter/tender").await;
    assert_eq!((answer.status.as_u16(), answer.json()["error"].as_str()), (409, Some("nothing_to_pay")));
    visitor.get(As::Page, "/counter/tender").await.has("Đơn chưa có hàng.");
}

#[tokio::test]
async fn a_receipt_can_be_seen_and_printed_again() {
    let folder = tempfile::tempdir().unwrap();
    let config =
        pos::Config { printer: format!("file:{}", folder.path().display()), ..pos::Config::default() };
    let store = testkit::store::TestStore::closed(config).await;
    let mut visitor = Visitor::selling(&store).await;
    assert_eq!(visitor.act("/counter/reprint", &[]).await.says(), "no_receipt");
    filled(&mut visitor).await;
    let sale_id = visitor.sale_id().await;
    let sold = visitor.act("/counter/finish", &[("payable_vnd", "655000")]).await;
    assert_eq!(sold.json()["last_sale"]["sale_id"], sale_id.as_str());
    let page = visitor.get(As::Page, &format!("/receipts/{sale_id}")).await;
    page.has("Chỉ có trên máy này");
    page.has("655.000 ₫");
    let picture = visitor.get(As::Page, &format!("/receipts/{sale_id}/picture.png")).await;
    assert_eq!(
        (picture.status.as_u16(), &picture.headers["content-type"]),
        (200, &"image/png".parse().unwrap())
    );
    assert!(picture.text.contains("PNG"));
    while pos::printing::step(&store.app, &mut pos::printing::Lines::default()).await.unwrap()
        == pos::printing::Next::Again
    {}
    let again = visitor.act("/counter/reprint", &[("printed_sale_id", &sale_id)]).await;
    assert_eq!((again.says().as_str(), again.json()["note"]["copy"].as_i64()), ("reprinted", Some(1)));
    let skipped = visitor.act("/counter/skip-print", &[("printed_sale_id", &sale_id)]).await;
    assert_eq!(skipped.json()["last_sale"]["paper"], "skipped");
    let unknown = visitor.get(As::Json, &format!("/receipts/{}", id_of("nothing"))).await;
    assert_eq!(unknown.status, 404);
    store.check().await;
}

#[tokio::test]
async fn a_debt_beyond_the_limit_asks_for_a_manager_and_keeps_what_was_typed() {
    let credit = pos::config::CreditConfig { most_vnd: 500_000 };
    let store = testkit::store::TestStore::closed(pos::Config { credit, ..pos::Config::default() }).await;
    let mut visitor = Visitor::selling(&store).await;
    filled(&mut visitor).await;
    let debt = [("payable_vnd", "655000"), ("owed_by", "chị Lan"), ("cash", "100000"), ("show", "credit")];
    assert_eq!(visitor.act("/counter/finish", &debt).await.says(), "credit_needs_manager");
    let sale_id = visitor.sale_id().await;
    let again = [&[("sale_id", sale_id.as_str())], &debt[..]].concat();
    let panel = visitor.post(As::Part, "/counter/finish", &again).await;
    for words in ["value=\"chị Lan\"", "value=\"100000\"", "PIN của quản lý", "555.000 ₫, quá mức 500.000 ₫"]
    {
        panel.has(words);
    }
    let manager = id_of(MANAGER).to_string();
    let word = [("manager_id", manager.as_str()), ("pin", testkit::catalogue::PIN)];
    let sold = visitor.act("/counter/finish", &[&debt[..], &word].concat()).await;
    assert_eq!(sold.says(), "sold_open", "{}", sold.text);
    let open = visitor.get(As::Json, "/open-tenders").await.json();
    assert_eq!((&open[0]["left_vnd"], &open[0]["person"]), (&555_000.into(), &"chị Lan".into()));
    for nothing in ["0", "655000", "700000"] {
        filled(&mut visitor).await;
        let paid = [("payable_vnd", "655000"), ("owed_by", "chị Ba"), ("cash", nothing)];
        let refused = visitor.act("/counter/finish", &paid).await;
        assert_ne!(refused.says(), "sold_open", "{nothing} leaves no debt that was asked for");
        visitor.act("/counter/clear", &[]).await;
    }
}

/// A part is paid at once in any way; for a transfer there is a code of that part.
#[tokio::test]
async fn who_owes_the_rest_pays_a_part_by_transfer_or_card() {
    let credit = pos::config::CreditConfig { most_vnd: 5_000_000 };
    let store = testkit::store::TestStore::closed(pos::Config { credit, ..pos::Config::default() }).await;
    let mut visitor = Visitor::selling(&store).await;
    filled(&mut visitor).await;
    let sale_id = visitor.sale_id().await;
    let typed = |vietqr: &'static str| {
        [
            ("payable_vnd", "655000"),
            ("show", "credit"),
            ("owed_by", "chị Lan"),
            ("cash", "100.000"),
            ("vietqr", vietqr),
            ("card", "55.000"),
        ]
    };
    // Nothing would be left to owe.
    let form = [&[("sale_id", sale_id.as_str())], &typed("500.000")[..]].concat();
    visitor.post(As::Part, "/counter/vietqr", &form).await.has("value=\"chị Lan\"");
    let form = [&[("sale_id", sale_id.as_str())], &typed("300.000")[..]].concat();
    let panel = visitor.post(As::Part, "/counter/vietqr", &form).await;
    for words in [
        "<svg",
        "300.000 ₫",
        "Trong 655.000 ₫ · Tiền mặt 100.000 ₫ · Thẻ 55.000 ₫ · Ghi nợ 200.000 ₫",
        "name=\"owed_by\" value=\"chị Lan\"",
        "name=\"show\" value=\"credit\"",
        "name=\"cash\" value=\"100000\"",
    ] {
        panel.has(words);
    }
    let paid = [("cash", "100000"), ("card", "55000"), ("vietqr", "300000"), ("owed_by", "chị Lan")];
    let sold = visitor.act("/counter/finish", &[&[("payable_vnd", "655000")], &paid[..]].concat()).await;
    assert_eq!(sold.says(), "sold_open", "{}", sold.text);
    let open = visitor.get(As::Json, "/open-tenders").await.json();
    assert_eq!((open.as_array().unwrap().len(), &open[0]["left_vnd"]), (1, &200_000.into()), "{open}");
    // The transfer was only told of: both are waited for.
    filled(&mut visitor).await;
    let told = [("payable_vnd", "655000"), ("claimed", "300000"), ("owed_by", "chị Lan")];
    assert_eq!(visitor.act("/counter/finish", &told).await.says(), "sold_open");
    let open = visitor.get(As::Json, "/open-tenders").await.json();
    assert_eq!(open.as_array().unwrap().len(), 3, "{open}");
    store.check().await;
}

/// Two keys after the last scan sell for the round amount; the panel shows it, and the line that makes it.
#[tokio::test]
async fn cash_is_asked_for_in_round_amounts() {
    let config = pos::Config { cash_step_vnd: 1_000, ..pos::Config::default() };
    let store = testkit::store::TestStore::closed(config).await;
    store.load(&Catalogue::default().product("Kẹo gương", "8938500000041", 25_400, None)).await;
    let mut visitor = Visitor::selling(&store).await;
    visitor.scan("8938500000041").await;
    let sale_id = visitor.sale_id().await;
    let show = async |visitor: &mut Visitor, way: &str| {
        visitor.post(As::Part, "/counter/show", &[("sale_id", &sale_id), ("show", way)]).await
    };
    let cash = show(&mut visitor, "cash").await;
    for words in ["25.000 ₫", "Làm tròn tiền mặt", "-400 ₫", "name=\"payable_vnd\" value=\"25000\""]
    {
        cash.has(words);
    }
    let several = show(&mut visitor, "several").await;
    for words in
        ["25.400 ₫", "Trả hết bằng tiền mặt thì thu 25.000 ₫.", "name=\"payable_vnd\" value=\"25400\""]
    {
        several.has(words);
    }
    show(&mut visitor, "card").await.has("name=\"card\" value=\"25400\"");
    assert_eq!(change(&visitor.act("/counter/finish", &[("payable_vnd", "25000")]).await), 0);
    assert_eq!(sales(&mut visitor).await, [25_000]);
    store.check().await;
}
