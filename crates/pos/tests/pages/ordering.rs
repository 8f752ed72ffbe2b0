//! Exchanges and orders, as a browser and a program ask for them.

use testkit::catalogue::{PIN, id_of};
use testkit::store::TestStore;

use crate::visitor::{As, FISH_SAUCE, GARLIC, GARLIC_NAME, MANAGER, Visitor, store};

async fn begin() -> (TestStore, Visitor) {
    let store = store().await;
    let visitor = Visitor::selling(&store).await;
    (store, visitor)
}

#[tokio::test]
async fn an_exchange_goes_from_the_receipt_to_the_counter() {
    let (store, mut visitor) = begin().await;
    let sale_id = visitor.sale_id().await;
    visitor.scan(GARLIC).await;
    visitor.act("/counter/finish", &[("payable_vnd", "280000")]).await;
    visitor.get(As::Page, &format!("/receipts/{sale_id}")).await.has("Đổi lấy hàng khác");
    let (op, manager) = (visitor.new_op(), id_of(MANAGER).to_string());
    let fields = [
        ("op_id", op.as_str()),
        ("sale_id", &sale_id),
        ("quantity", "1"),
        ("reason", "Khách đổi ý"),
        ("back_to", "shelf"),
        ("kind", "cash"),
        ("manager_id", &manager),
        ("pin", PIN),
    ];
    let started = visitor.post(As::Part, "/receipts/exchange", &fields).await;
    assert_eq!((started.status.as_u16(), started.leads_to()), (303, "/"));
    // The page was closed in the middle: another one shows the same.
    let page = visitor.get(As::Page, "/").await;
    page.has("Hàng trả lại");
    page.has("Bỏ đổi hàng phiếu");
    let again = visitor.post(As::Json, "/receipts/exchange", &fields).await;
    assert_eq!((again.status.as_u16(), again.says().as_str()), (200, "ready"), "a double click");
    let scanned = visitor.scan(FISH_SAUCE).await.json();
    assert_eq!(
        (scanned["payable_vnd"].as_i64(), scanned["due_vnd"].as_i64()),
        (Some(95_000), Some(-185_000))
    );
    assert_eq!(scanned["exchange"]["worth_vnd"], 280_000);
    let shown = visitor.get(As::Json, "/display?counter=1").await.json();
    assert_eq!(
        (shown["covered_vnd"].as_i64(), shown["payable_vnd"].as_i64()),
        (Some(280_000), Some(-185_000))
    );
    visitor.get(As::Page, "/display?counter=1").await.has("Trả lại quý khách");
    let tender = visitor.get(As::Json, "/counter/tender").await.json();
    assert_eq!((tender["payable_vnd"].as_i64(), tender["back_vnd"].as_i64()), (Some(0), Some(185_000)));
    // A transfer of nothing is no transfer, and an exchange is no way of paying that anybody types.
    assert_eq!(visitor.act("/counter/vietqr", &[]).await.says(), "nothing_to_transfer");
    let typed = visitor.act("/counter/finish", &[("payable_vnd", "0"), ("exchange", "95000")]).await;
    assert_eq!(typed.status.as_u16(), 422, "{}", typed.text);
    let done = visitor.act("/counter/finish", &[("payable_vnd", "0")]).await;
    assert_eq!(
        (done.says().as_str(), done.json()["note"]["back_vnd"].as_i64()),
        ("exchanged", Some(185_000))
    );
    store.check().await;
}

#[tokio::test]
async fn an_exchange_is_refused_as_a_refund_is_and_given_up_by_a_button() {
    let (store, mut visitor) = begin().await;
    let sale_id = visitor.sale_id().await;
    visitor.scan(GARLIC).await;
    visitor.act("/counter/finish", &[("payable_vnd", "280000")]).await;
    let manager = id_of(MANAGER).to_string();
    for (quantity, kind, pin, says) in [
        ("", "cash", PIN, "nothing_chosen"),
        ("2", "cash", PIN, "too_much_back"),
        ("1", "exchange", PIN, "bad_field"),
        ("1", "deposit", PIN, "bad_field"),
        ("1", "cash", "", "manager_needed"),
        ("1", "cash", "000000", "wrong_pin"),
        ("1", "cash", PIN, "exchange_started"),
    ] {
        let op = visitor.new_op();
        let fields = [
            ("op_id", op.as_str()),
            ("sale_id", &sale_id),
            ("quantity", quantity),
            ("back_to", "shelf"),
            ("kind", kind),
            ("manager_id", &manager),
            ("pin", pin),
        ];
        let answer = visitor.post(As::Json, "/receipts/exchange", &fields).await;
        assert_eq!(answer.says(), says, "{quantity:?} {kind:?} {pin:?}");
    }
    // Esc on a cart that only has goods that come back asks before it forgets them.
    let open = visitor.sale_id().await;
    let asked = visitor.post(As::Part, "/counter/show", &[("sale_id", &open), ("show", "clear")]).await;
    asked.has("Bỏ đổi hàng phiếu");
    let given_up = visitor.act("/counter/give-up-exchange", &[]).await;
    assert_eq!(
        (given_up.says().as_str(), given_up.json()["exchange"].is_null()),
        ("exchange_given_up", true)
    );
    let receipt = visitor.get(As::Json, &format!("/receipts/{sale_id}")).await.json();
    assert_eq!(receipt["rows"][0]["left_milli"], 1_000);
    store.check().await;
}

#[tokio::test]
async fn an_order_is_taken_listed_found_and_handed_over() {
    let (store, mut visitor) = begin().await;
    let sale_id = visitor.sale_id().await;
    visitor.scan(GARLIC).await;
    for (due, amount, person, says) in [
        ("", "100.000", "Chị Lan", "bad_field"),
        ("01/01/2020", "100.000", "Chị Lan", "bad_field"),
        ("24/12/2026", "x", "Chị Lan", "bad_amount"),
        ("24/12/2026", "280.001", "Chị Lan", "deposit_beyond"),
        ("24/12/2026", "100.000", "  ", "bad_field"),
    ] {
        let fields = [("person", person), ("due", due), ("amount", amount), ("kind", "cash")];
        assert_eq!(visitor.act("/counter/deposit", &fields).await.says(), says, "{due} {amount} {person}");
    }
    // What is refused stays typed; the panel alone takes nothing.
    let fields = [
        ("sale_id", sale_id.as_str()),
        ("person", "Chị Lan"),
        ("due", "x"),
        ("amount", "100.000"),
        ("kind", "card"),
    ];
    visitor.post(As::Part, "/counter/deposit", &fields).await.has("Chị Lan");
    assert_eq!(visitor.get(As::Json, "/deposits").await.json().as_array().unwrap().len(), 0);
    let fields = [
        ("person", "Chị Lan"),
        ("phone", "0905"),
        ("due", "24/12/2026"),
        ("amount", "100.000"),
        ("kind", "cash"),
    ];
    assert_eq!(visitor.act("/counter/deposit", &fields).await.says(), "deposit_taken");
    let page = visitor.get(As::Page, "/deposits").await;
    page.has("Chị Lan");
    page.has("24/12/2026");
    visitor.get(As::Page, &format!("/deposits/{sale_id}")).await.has(GARLIC_NAME);
    let listed = visitor.get(As::Json, "/deposits").await.json();
    assert_eq!(
        (listed[0]["left_vnd"].as_i64(), listed[0]["due"].as_str()),
        (Some(100_000), Some("2026-12-24"))
    );
    let op = visitor.new_op();
    let fields = [("op_id", op.as_str()), ("sale_id", sale_id.as_str())];
    let brought = visitor.post(As::Part, "/deposits/deliver", &fields).await;
    assert_eq!(brought.leads_to(), "/");
    assert_eq!(visitor.sale_id().await, sale_id);
    visitor.get(As::Page, "/deposits").await.has("Đang mở ở Quầy 1");
    // A program that does not know of the deposit hands over too much cash, and gets it back.
    let done = visitor.act("/counter/finish", &[("payable_vnd", "180000"), ("cash", "280.000")]).await;
    assert_eq!((done.says().as_str(), done.json()["note"]["change_vnd"].as_i64()), ("sold", Some(100_000)));
    visitor.get(As::Page, "/deposits").await.has("Không có đơn nào chờ giao.");
    store.check().await;
}

#[tokio::test]
async fn a_deposit_goes_back_by_a_managers_word_once() {
    let (store, mut visitor) = begin().await;
    let sale_id = visitor.sale_id().await;
    visitor.scan(GARLIC).await;
    let fields = [("person", "Chị Lan"), ("due", "24/12/2026"), ("amount", "100.000"), ("kind", "cash")];
    visitor.act("/counter/deposit", &fields).await;
    let manager = id_of(MANAGER).to_string();
    for (amount, kind, reason, pin, status, says) in [
        ("100.000", "cash", "", "", 422, "manager_needed"),
        ("100.000", "cash", "", "000000", 422, "wrong_pin"),
        ("100.001", "cash", "", PIN, 422, "more_than_deposit"),
        ("100.000", "deposit", "", PIN, 422, "bad_field"),
        ("100.000", "kept", "", PIN, 422, "needs_reason"),
        ("40.000", "kept", "Không đến lấy", PIN, 200, "deposit_kept"),
        ("60.000", "cash", "", PIN, 200, "deposit_returned"),
        ("60.000", "cash", "", PIN, 200, "no_deposit"),
    ] {
        let op = visitor.new_op();
        let fields = [
            ("op_id", op.as_str()),
            ("sale_id", &sale_id),
            ("amount", amount),
            ("kind", kind),
            ("reason", reason),
            ("manager_id", &manager),
            ("pin", pin),
        ];
        let answer = visitor.post(As::Json, "/deposits/back", &fields).await;
        assert_eq!(
            (answer.status.as_u16(), answer.says().as_str()),
            (status, says),
            "{amount} {kind} {pin:?}"
        );
    }
    assert_eq!(visitor.get(As::Page, &format!("/deposits/{sale_id}")).await.status.as_u16(), 404);
    store.check().await;
}

/// The buyer calls, or the paper's QR is torn: what is on it is typed.
#[tokio::test]
async fn an_order_is_found_by_what_is_typed() {
    let (store, mut visitor) = begin().await;
    let mut orders = Vec::new();
    for (person, phone) in [("Chị Lan", "0905 111 222"), ("Anh Đặng Văn Tú", "0914.333.444")] {
        orders.push(visitor.sale_id().await);
        visitor.scan(GARLIC).await;
        let fields = [
            ("person", person),
            ("phone", phone),
            ("due", "24/12/2026"),
            ("amount", "100.000"),
            ("kind", "cash"),
        ];
        assert_eq!(visitor.act("/counter/deposit", &fields).await.says(), "deposit_taken");
    }
    let number = visitor.get(As::Json, &format!("/deposits/{}", orders[1])).await.json()["number"].clone();
    let number = number.as_str().unwrap().to_owned();
    assert!(number.ends_with("-DC0002"), "{number}");

    // Both ways lead to the order: the counter's box, and the page of orders.
    for typed in [number.as_str(), &number.to_lowercase(), "DC0002", " dc0002 "] {
        let found = visitor.scan(typed).await;
        assert_eq!(found.says(), "deposit_found", "{typed}");
        assert_eq!(found.json()["note"]["sale_id"], orders[1].as_str());
        let path = format!("/deposits?find={}", typed.trim());
        assert_eq!(visitor.get(As::Page, &path).await.leads_to(), format!("/deposits/{}", orders[1]));
    }
    for (typed, found) in [
        ("", &[0, 1][..]),
        ("dang+van", &[1]),
        ("Lan", &[0]),
        ("0905111", &[0]),
        ("333+444", &[1]),
        ("DC000", &[0, 1]),
        ("777", &[]),
        ("Hoa", &[]),
    ] {
        let rows = visitor.get(As::Json, &format!("/deposits?find={typed}")).await.json();
        let ids: Vec<&str> =
            rows.as_array().unwrap().iter().map(|row| row["sale_id"].as_str().unwrap()).collect();
        let expected: Vec<&str> = found.iter().map(|order| orders[*order].as_str()).collect();
        assert_eq!(ids, expected, "{typed}");
    }
    visitor.get(As::Page, "/deposits?find=Hoa").await.has("Không có đơn chờ giao nào khớp");

    // Goods of the shop that are called so are goods; a number of nobody is told.
    let unknown = format!("{}9", &number[..number.len() - 1]);
    assert_eq!(visitor.scan(&unknown).await.says(), "unknown_receipt");
    assert_eq!(visitor.scan("DC0009").await.says(), "nothing_found");
    let product = pos::counter::provisional::NewProduct {
        barcode: Some("DC0002".to_owned()),
        name: "Dao chẻ cau".to_owned(),
        unit: "Cái".to_owned(),
        price: domain::Money::new(30_000),
        sold_by: domain::catalog::SoldBy::Piece,
        producer_id: None,
        refuse_expired: false,
    };
    let request = store.request().await;
    pos::counter::provisional::add(&store.app, &store.seat, &request, product).await.unwrap();
    assert_eq!(visitor.scan("DC0002").await.says(), "added_beyond_stock");

    // Handed over, the number leads to the receipt.
    let op = visitor.new_op();
    visitor.act("/counter/clear", &[]).await;
    let fields = [("op_id", op.as_str()), ("sale_id", orders[1].as_str())];
    visitor.post(As::Part, "/deposits/deliver", &fields).await;
    let done = visitor.act("/counter/finish", &[("payable_vnd", "180000"), ("cash", "180.000")]).await;
    assert_eq!(done.says(), "sold", "{}", done.text);
    assert_eq!(visitor.scan(&number).await.says(), "receipt_found");
    let page = visitor.get(As::Page, &format!("/deposits?find={number}")).await;
    assert_eq!(page.leads_to(), format!("/receipts/{}", orders[1]));
    store.check().await;
}
