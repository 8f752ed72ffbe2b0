//! The manager's page of e-invoices.

use domain::stock::Location;
use domain::tender::TenderKind;
use pos::counter::Request;
use pos::counter::refund::{self, Asked};
use testkit::catalogue::{Catalogue, id_of, invoice_row, manager_word};

use crate::visitor::{As, MANAGER, Visitor, store};

const GARLIC: &str = "8938500000010";

#[tokio::test]
async fn a_manager_sees_invoices_and_writes_a_buyer() {
    let store = store().await;
    store.load(&Catalogue::default().invoices(id_of("store"), invoice_row())).await;
    store.open_shift().await;
    store.deliver(GARLIC, 5).await;
    store.sell(GARLIC).await;
    store.clock.advance(120_000);
    let mut manager = Visitor::signed_in(&store, MANAGER).await;
    let page = manager.get(As::Page, "/invoices").await;
    for words in [
        "M1-26-VZQYY-00000000001",
        "Chờ gửi",
        "Gửi lại",
        "Ghi người mua",
        "Người tiêu dùng",
        "invoices.adapter",
    ] {
        page.has(words);
    }
    let listed = manager.get(As::Json, "/invoices").await.json();
    assert_eq!((&listed["state"]["waiting"], &listed["has_taker"]), (&1.into(), &false.into()));
    let id = listed["invoices"][0]["invoice_id"].as_str().unwrap().to_owned();
    manager.get(As::Page, &format!("/invoices/{id}")).await.has("Người mua trên hóa đơn của phiếu LS-");

    let token = manager.csrf.clone();
    let form = |op_id, number| {
        let (csrf, invoice_id) = (token.as_str(), id.as_str());
        let buyer = [("kind", "organisation"), ("name", "Công ty Sa Kỳ"), ("address", "Quảng Ngãi")];
        [&[("csrf", csrf), ("op_id", op_id), ("invoice_id", invoice_id), ("number", number)], &buyer[..]]
            .concat()
    };
    let answer = manager.post(As::Page, "/invoices/buyer", &form("a1", "0100109107")).await;
    assert_eq!(answer.status, 422);
    answer.has("Mã số thuế sai: so lại từng chữ số.");
    answer.has("Công ty Sa Kỳ");
    let answer = manager.post(As::Json, "/invoices/buyer", &form("a1", "0100109107")[1..]).await;
    assert_eq!((answer.status.as_u16(), answer.json()["error"].as_str()), (422, Some("number")));
    let answer = manager.post(As::Page, "/invoices/buyer", &form("a2", "0100109106")).await;
    assert_eq!((answer.status.as_u16(), answer.leads_to()), (303, "/invoices"));
    let page = manager.get(As::Page, "/invoices").await;
    page.has("Công ty Sa Kỳ");
    page.has(&format!("{MANAGER} ghi lúc 23/11/2026 "));
    let again = [("op_id", "a3"), ("invoice_id", id.as_str())];
    assert_eq!(manager.post(As::Json, "/invoices/resend", &again).await.json()["says"], "done");

    // The counter's chip, after a minute without a way out.
    manager.get(As::Json, "/counter/state").await;
    let state = manager.state().await;
    assert_eq!((&state["invoices"]["waiting"], &state["invoices"]["alarm"]), (&1.into(), &"few".into()));
    manager.get(As::Page, "/").await.has("Hóa đơn chờ gửi: 1, từ ");
    store.check().await;
}

/// Goods came back before the invoice left: the list shows that the next one follows it, and both can still get a buyer.
#[tokio::test]
async fn a_manager_sees_which_invoice_follows_which() {
    let store = store().await;
    store.load(&Catalogue::default().invoices(id_of("store"), invoice_row())).await;
    store.open_shift().await;
    store.deliver(GARLIC, 5).await;
    let sale_id = store.sell(GARLIC).await.into();
    store.clock.advance(120_000);
    let asked = Asked {
        is_late_allowed: false,
        rows: Vec::new(),
        back_to: Location::Shelf,
        reason: "Hàng lỗi".to_owned(),
        kind: TenderKind::Cash,
        word: manager_word(),
    };
    let request = Request { op_id: store.op(), sale_id };
    refund::refund(&store.app, &store.seat, &request, &asked).await.unwrap();
    let mut manager = Visitor::signed_in(&store, MANAGER).await;
    let listed = manager.get(As::Json, "/invoices").await.json();
    let row = |at: usize| {
        let row = &listed["invoices"][at];
        (
            row["total_vnd"].as_i64().unwrap(),
            row["replaces"] == true,
            row["replaced"] == true,
            row["follows"] == true,
        )
    };
    assert_eq!([row(0), row(1)], [(280_000, false, true, false), (0, true, false, true)]);
    let page = manager.get(As::Page, "/invoices").await;
    page.has("Gửi sau khi hóa đơn trước được tiếp nhận");
    assert_eq!(page.text.matches("Ghi người mua").count(), 2 * 2, "a button and its name, for both");
    store.check().await;
}
