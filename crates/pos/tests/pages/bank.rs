//! What the bank tells, on the pages: the panel that turns green by itself, and the file that a manager brings in.

use axum::body::Body;
use axum::http::{Request, header};
use domain::ids::SaleId;
use pos::counter::bank_notice;
use protocol::wire::BankNoticeRow;
use testkit::store::TestStore;
use uuid::Uuid;

use crate::live::Events;
use crate::visitor::{Answer, As, CASHIER, GARLIC, HOST, MANAGER, Visitor, store};

async fn tell(store: &TestStore, sale_id: &str, amount: i64) {
    let sale_id: Uuid = sale_id.parse().unwrap();
    let row = BankNoticeRow {
        reference: String::new(),
        notice: amount.to_string(),
        amount,
        account: String::new(),
        booked_at: 1_795_395_000_000,
    };
    bank_notice::hear(&store.app, sale_id.into(), &[row]).await.unwrap();
}

#[tokio::test]
async fn an_open_panel_is_told_without_asking() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    visitor.scan(GARLIC).await;
    let sale_id = visitor.sale_id().await;
    let (_, mut events) = Events::open(&visitor, &visitor.cookies()).await;
    let (_, markup) = events.next().await.unwrap();
    assert!(!markup.contains("id=\"bank\""), "no code is on show");
    visitor.post(As::Part, "/counter/vietqr", &[("sale_id", &sale_id)]).await.has("id=\"bank\"");
    let shown = store.app.bank_watch().all_shown();
    assert_eq!(
        shown.iter().map(|shown| shown.code.sale_id.to_string()).collect::<Vec<_>>(),
        std::slice::from_ref(&sale_id)
    );
    tell(&store, &sale_id, 280_000).await;
    let (_, markup) = events.next().await.unwrap();
    assert!(markup.contains("Ngân hàng đã báo có 280.000 ₫"), "{markup}");
    let display = Visitor::of(visitor.router.clone()).get(As::Page, "/display?counter=1").await;
    display.has("Đã nhận chuyển khoản");
    let sold = visitor.act("/counter/finish", &[("payable_vnd", "280000"), ("vietqr", "280000")]).await;
    assert_eq!(sold.says(), "sold");
    assert_eq!(store.app.bank_watch().all_shown(), [], "nothing is asked for any more");
    store.check().await;
}

/// What is left beside cash is on both screens, is waited for alone, and is a tender of its own.
#[tokio::test]
async fn a_part_is_scanned_beside_cash() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    visitor.scan(GARLIC).await;
    let sale_id = visitor.sale_id().await;
    let seen =
        [("sale_id", sale_id.as_str()), ("payable_vnd", "280000"), ("back_vnd", "0"), ("show", "cash")];
    let show = async |visitor: &mut Visitor, typed: &[(&str, &str)]| {
        visitor.post(As::Part, "/counter/vietqr", &[&seen[..], typed].concat()).await
    };
    let panel = show(&mut visitor, &[("cash", "200.000"), ("vietqr", ""), ("card", "")]).await;
    for words in [
        "id=\"bank\"",
        "name=\"cash\" value=\"200000\"",
        "name=\"vietqr\" value=\"80000\"",
        "name=\"claimed\" value=\"80000\"",
    ] {
        panel.has(words);
    }
    let mut display = Visitor::of(visitor.router.clone());
    let shown = display.get(As::Json, "/display?counter=1").await.json();
    assert_eq!((&shown["vietqr"]["amount_vnd"], &shown["payable_vnd"]), (&80_000.into(), &280_000.into()));
    display.get(As::Page, "/display?counter=1").await.has("Phần chuyển khoản");
    tell(&store, &sale_id, 80_000).await;
    let (_, mut events) = Events::open(&visitor, &visitor.cookies()).await;
    let (_, markup) = events.next().await.unwrap();
    assert!(markup.contains("Ngân hàng đã báo có 80.000 ₫"), "{markup}");
    // Asked for from a panel without amounts, the code is of all again.
    show(&mut visitor, &[]).await.has("name=\"vietqr\" value=\"280000\"");
    let finished = [("payable_vnd", "280000"), ("cash", "200000"), ("claimed", "80000"), ("show", "several")];
    let sold = visitor.act("/counter/finish", &finished).await;
    // The bank told of it before: nothing has to be confirmed by hand.
    assert_eq!(sold.says(), "sold_open");
    store.app.bank_watch().take_claimed();
    bank_notice::settle_all(&store.app).await.unwrap();
    assert_eq!((store.balance("bank").await, store.balance("claimed").await), (80_000, 0));
    store.check().await;
}

#[tokio::test]
async fn a_part_that_cannot_be_is_said_before_a_code_is_shown() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    visitor.scan(GARLIC).await;
    let sale_id = visitor.sale_id().await;
    for (payable, typed, says, words) in [
        ("280000", &[("vietqr", "300.000")][..], "too_much", "value=\"300.000\""),
        ("280000", &[("vietqr", "200.000"), ("card", "100.000")], "too_much", "value=\"100.000\""),
        ("280000", &[("vietqr", "100.000"), ("cash", "100.000")], "short", "Còn thiếu 80.000 ₫."),
        ("280000", &[("vietqr", "0")], "bad_amount", "name=\"card\""),
        ("280000", &[("cash", "mấy")], "bad_amount", "value=\"mấy\""),
        ("270000", &[("cash", "100.000")], "payable_changed", "value=\"100.000\""),
    ] {
        let form =
            [&[("sale_id", sale_id.as_str()), ("payable_vnd", payable), ("show", "several")], typed].concat();
        assert_eq!(visitor.post(As::Json, "/counter/vietqr", &form).await.says(), says, "{typed:?}");
        visitor.post(As::Part, "/counter/vietqr", &form).await.has(words);
        assert_eq!(store.app.bank_watch().all_shown(), [], "{typed:?}");
    }
    let mut reader = store.app.db().read().acquire().await.unwrap();
    let kept: i64 =
        sqlx::query_scalar("select count(*) from payment_attempts").fetch_one(&mut *reader).await.unwrap();
    assert_eq!(kept, 0, "no code was made");
}

/// The buyer sees what they pay in advance, and the panel turns green for that alone.
#[tokio::test]
async fn a_deposits_code_is_on_both_screens_and_waited_for() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    visitor.scan(GARLIC).await;
    let sale_id = visitor.sale_id().await;
    let typed =
        [("sale_id", sale_id.as_str()), ("person", "Chị Lan"), ("due", "24/12/2026"), ("amount", "100.000")];
    let panel =
        visitor.post(As::Part, "/counter/deposit", &[&typed[..], &[("show", "vietqr")]].concat()).await;
    panel.has("id=\"bank\"");
    panel.has("Nhận cọc");
    let mut display = Visitor::of(visitor.router.clone());
    let shown = display.get(As::Json, "/display?counter=1").await.json();
    assert_eq!(
        (shown["vietqr"]["amount_vnd"].as_i64(), shown["payable_vnd"].as_i64()),
        (Some(100_000), Some(280_000))
    );
    display.get(As::Page, "/display?counter=1").await.has("Tiền cọc");
    tell(&store, &sale_id, 100_000).await;
    let (_, mut events) = Events::open(&visitor, &visitor.cookies()).await;
    let (_, markup) = events.next().await.unwrap();
    assert!(markup.contains("Ngân hàng đã báo có 100.000 ₫"), "{markup}");
    display.get(As::Page, "/display?counter=1").await.has("Đã nhận chuyển khoản");
    let taken =
        visitor.post(As::Json, "/counter/deposit", &[&typed[..], &[("kind", "vietqr")]].concat()).await;
    assert_eq!(taken.says(), "deposit_taken");
    assert_eq!(store.app.bank_watch().all_shown(), []);
    store.check().await;
}

#[tokio::test]
async fn another_amount_warns_with_both() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    visitor.scan(GARLIC).await;
    let sale_id = visitor.sale_id().await;
    tell(&store, &sale_id, 28_000).await;
    let panel = visitor.post(As::Part, "/counter/vietqr", &[("sale_id", &sale_id)]).await;
    panel.has("Ngân hàng báo có 28.000 ₫, mã này là 280.000 ₫.");
    assert!(
        !Visitor::of(visitor.router.clone())
            .get(As::Page, "/display?counter=1")
            .await
            .text
            .contains("Đã nhận chuyển khoản")
    );
}

/// Posts a file as a form of a browser does.
async fn bring(visitor: &mut Visitor, kind: As, csrf: &str, file: &[u8]) -> Answer {
    let mut body = Vec::new();
    for (name, more, content) in
        [("csrf", "", csrf.as_bytes()), ("file", "; filename=\"sao-ke.csv\"\r\nContent-Type: text/csv", file)]
    {
        let head = format!("--XX\r\nContent-Disposition: form-data; name=\"{name}\"{more}\r\n\r\n");
        body.extend([head.as_bytes(), content, b"\r\n"].concat());
    }
    body.extend(b"--XX--\r\n");
    let request = Request::post("/open-tenders/bank-file")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=XX")
        .header("sec-fetch-site", "same-origin")
        .header(header::ORIGIN, format!("http://{HOST}"))
        .body(Body::from(body))
        .unwrap();
    visitor.ask(kind, request).await
}

async fn claim(visitor: &mut Visitor) -> String {
    visitor.scan(GARLIC).await;
    let sale_id = visitor.sale_id().await;
    let claimed = [("payable_vnd", "280000"), ("claimed", "280000")];
    assert_eq!(visitor.act("/counter/finish", &claimed).await.says(), "sold_open");
    sale_id
}

#[tokio::test]
async fn a_manager_brings_a_file_and_confirms_what_it_shows() {
    let store = store().await;
    let mut cashier = Visitor::selling(&store).await;
    let sale_id = claim(&mut cashier).await;
    let reference = SaleId::from_uuid(sale_id.parse().unwrap()).payment_reference();
    let statement = format!(
        "Ngày;Ghi có;Nội dung\n23/11/2026;280.000;{reference} <b>tỏi</b>\n23/11/2026;5.000;<i>quà</i>\n"
    );
    let csrf = cashier.csrf.clone();
    assert_eq!(bring(&mut cashier, As::Page, &csrf, statement.as_bytes()).await.status, 403);
    assert!(!cashier.get(As::Page, "/open-tenders").await.text.contains("bank-file"));

    let mut manager = Visitor::signed_in(&store, MANAGER).await;
    manager.get(As::Page, "/open-tenders").await.has("action=\"/open-tenders/bank-file\"");
    assert_eq!(bring(&mut manager, As::Page, &"0".repeat(64), statement.as_bytes()).await.status, 403);
    let csrf = manager.csrf.clone();
    let page = bring(&mut manager, As::Page, &csrf, statement.as_bytes()).await;
    assert_eq!(page.status, 200);
    page.has("Xác nhận cả 1 khoản, 280.000 ₫");
    page.has("&lt;i&gt;quà&lt;/i&gt;");
    let report = bring(&mut manager, As::Json, &csrf, statement.as_bytes()).await.json();
    assert_eq!(report["to_confirm"][0]["sale_id"], sale_id.as_str());
    assert_eq!(
        (report["unmatched"][0]["amount_vnd"].as_i64(), report["unmatched"][0]["number"].as_i64()),
        (Some(5_000), Some(3))
    );

    let seen = format!("{sale_id}:280000");
    for (form, status) in [("", 422), ("x", 422), ("019a:1", 422), (&format!("{sale_id}:x"), 422)] {
        let answer = manager
            .post(As::Json, "/open-tenders/bank-file/confirm", &[("op_id", "b1"), ("seen", form)])
            .await;
        assert_eq!(answer.status, status, "{form}");
    }
    let confirm = [("op_id", "b2"), ("seen", seen.as_str())];
    let answer = manager.post(As::Json, "/open-tenders/bank-file/confirm", &confirm).await;
    assert_eq!(answer.says(), "bank_file_taken");
    let again = manager.post(As::Json, "/open-tenders/bank-file/confirm", &confirm).await;
    assert_eq!(again.says(), "ready", "the same form twice");
    let report = bring(&mut manager, As::Json, &csrf, statement.as_bytes()).await.json();
    assert_eq!((report["to_confirm"].as_array().unwrap().len(), report["settled"].as_i64()), (0, Some(1)));
    store.check().await;
}

#[tokio::test]
async fn a_file_that_is_none_is_refused_with_a_sentence() {
    let store = store().await;
    let mut manager = Visitor::signed_in(&store, MANAGER).await;
    let csrf = manager.csrf.clone();
    for (file, status, sentence) in [
        (&b"PK\x03\x04workbook"[..], 422, "Đây là tệp Excel."),
        (b"", 422, "Không thấy cột ngày"),
        (b"a,b\n1,2\n", 422, "Không thấy cột ngày"),
        (b"Ngay,Ghi co,Noi dung\n", 422, "Trong tệp không có giao dịch nào."),
        (&[0; 100], 422, "Không đọc được tệp này."),
    ] {
        let answer = bring(&mut manager, As::Page, &csrf, file).await;
        assert_eq!(answer.status, status, "{sentence}");
        answer.has(sentence);
    }
    let large = vec![b'a'; 2 << 20];
    assert_eq!(bring(&mut manager, As::Json, &csrf, &large).await.status, 413);
    let just_too_large = vec![b'a'; (1 << 20) + 1];
    bring(&mut manager, As::Page, &csrf, &just_too_large).await.has("Tệp lớn hơn 1 MB.");
    // Nobody else may bring so much.
    let mut cashier = Visitor::signed_in(&store, CASHIER).await;
    let words = "x".repeat(100_000);
    assert_eq!(
        cashier.post(As::Json, "/counter/scan", &[("sale_id", ""), ("code", &words)]).await.status,
        413
    );
}
