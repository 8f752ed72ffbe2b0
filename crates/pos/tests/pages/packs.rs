//! QR codes of packs: the till finds the product, and looks at the day on the pack itself.

use domain::Quantity;
use pos::Config;
use pos::counter::goods::NewGoods;
use pos::counter::{CounterState, Note};
use testkit::catalogue::{Catalogue, PIN, id_of};
use testkit::store::TestStore;
use time::macros::date;

use crate::visitor::{As, CASHIER, FISH_SAUCE_NAME, GARLIC, GARLIC_NAME, MANAGER, Visitor};

const SCARF: &str = "Khăn thổ cẩm";
const SCARF_CODE: &str = "2900000000124";

/// A store with a host of its own, and goods with a code of its own that may be sold past their date.
async fn store() -> TestStore {
    let config = Config { label_host: "https://ocop.example.vn".to_owned(), ..Config::default() };
    let store = TestStore::closed(config).await;
    store.load(&Catalogue::default().craft(SCARF, SCARF_CODE, 150_000)).await;
    store.open_shift().await;
    store
}

fn link(path: &str) -> String {
    format!("https://ocop.example.vn/{path}")
}

fn only(state: &CounterState) -> (&str, i64) {
    let [line] = state.lines.as_slice() else { panic!("{:?}", state.lines) };
    (&line.name, line.quantity_milli)
}

#[tokio::test]
async fn a_packs_qr_sells_its_product() {
    let store = store().await;
    // The maker's own address; a capital lot from a scanner with Caps Lock.
    let state = store.scan("https://id.maker.example/01/08938500000010/10/L26A?17=270915").await;
    assert_eq!(only(&state), (GARLIC_NAME, 1_000));
    let state = store.scan(GARLIC).await;
    assert_eq!(only(&state), (GARLIC_NAME, 2_000), "the bars are the same product");
    let state = store.scan(&link(&format!("s/{SCARF_CODE}"))).await;
    assert_eq!(state.lines[1].name, SCARF);
    let state = store.scan("https://ocop.example.vn/01/08938500000034").await;
    assert_eq!(state.note, Note::UnknownCode { code: "8938500000034".to_owned() });
    assert_eq!(state.missed_codes, ["8938500000034"]);
    store.check().await;
}

#[tokio::test]
async fn a_label_of_another_shop_is_no_product_of_ours() {
    let store = store().await;
    let state = store.scan(&format!("https://other.example.vn/s/{SCARF_CODE}")).await;
    assert_eq!((state.note, state.lines.len()), (Note::ForeignLabel, 0));
    let without = TestStore::new().await;
    let state = without.scan(&link(&format!("s/{SCARF_CODE}"))).await;
    assert_eq!(
        (state.note, state.lines.len()),
        (Note::ForeignLabel, 0),
        "a store without a host has no own links"
    );
}

/// The business date is 23/11/2026.
#[tokio::test]
async fn a_pack_past_its_own_day_is_refused_though_the_shelf_has_fresh_ones() {
    let store = store().await;
    store.receive(GARLIC_NAME, 10, Some("Tỏi đen Lý Sơn")).await;
    let expired = Note::Expired { name: GARLIC_NAME.to_owned(), expired_on: "22/11/2026".to_owned() };
    let state = store.scan(&link("01/08938500000010?17=261122")).await;
    assert_eq!((&state.note, state.lines.len()), (&expired, 0));
    let state = store.scan("]C101089385000000101726112210L1").await;
    assert_eq!((&state.note, state.lines.len()), (&expired, 0), "nor by the bars of a case");
    let state = store.scan(&link("01/08938500000010?17=261123")).await;
    assert_eq!(only(&state), (GARLIC_NAME, 1_000), "the last day is a day of sale");
    let state = store.scan(&link(&format!("s/{SCARF_CODE}?17=261122"))).await;
    let asked = Note::PastDateNeedsManager { name: SCARF.to_owned(), quantity: "1".to_owned() };
    assert_eq!(
        (&state.note, state.lines.len()),
        (&asked, 2),
        "goods that may still be sold by a manager's leave"
    );
    assert_eq!(store.pay_cash(None).await.note, asked, "whatever the book says of the shelf");
    store.check().await;
}

#[tokio::test]
async fn a_manager_allows_goods_past_their_date_at_the_cashiers_counter() {
    let store = store().await;
    let mut visitor = Visitor::signed_in(&store, CASHIER).await;
    let sale_id = visitor.sale_id().await;
    let scan = link(&format!("s/{SCARF_CODE}?17=261122"));
    let form = [("sale_id", sale_id.as_str()), ("code", scan.as_str())];
    let panel = visitor.post(As::Part, "/counter/scan", &form).await;
    panel.has("value=\"past_date\"");
    panel.has("name=\"reason\"");
    let product = id_of(SCARF).to_string();
    let asked =
        [("what", "past_date"), ("row", "0"), ("product_id", product.as_str()), ("reason", "vải còn tốt")];
    let alone: Vec<_> = [("sale_id", sale_id.as_str())].into_iter().chain(asked).collect();
    visitor.post(As::Part, "/counter/reduce", &alone).await.has("name=\"pin\"");
    let manager = id_of(MANAGER).to_string();
    let with_pin = |pin| [&asked[..], &[("manager_id", manager.as_str()), ("pin", pin)]].concat();
    assert_eq!(visitor.act("/counter/reduce", &with_pin("000000")).await.says(), "wrong_pin");
    let refused = visitor.act("/counter/finish", &[("payable_vnd", "150000")]).await;
    assert_eq!(refused.says(), "past_date_needs_manager");
    assert_eq!(visitor.act("/counter/reduce", &with_pin(PIN)).await.says(), "past_date_allowed");
    assert_eq!(visitor.act("/counter/finish", &[("payable_vnd", "150000")]).await.says(), "sold");
    store.check().await;
}

#[tokio::test]
async fn a_lot_without_a_day_on_the_pack_has_the_day_of_the_book() {
    let store = store().await;
    let lots = [("cũ-1", date!(2026 - 11 - 01)), ("mới-2", date!(2027 - 11 - 01))];
    let goods = lots.map(|(code, expires_on)| NewGoods {
        product_id: id_of(GARLIC_NAME).into(),
        quantity: Quantity::pieces(5),
        expires_on: Some(expires_on),
        code: Some(code.to_owned()),
        noted: None,
        cost: None,
        producer_id: None,
    });
    for goods in goods {
        store.receive_on_its_last_day(goods).await;
    }
    let state = store.scan(&link("s/8938500000010/10/C%C5%A8-1")).await;
    let expired = Note::Expired { name: GARLIC_NAME.to_owned(), expired_on: "01/11/2026".to_owned() };
    assert_eq!((&state.note, state.lines.len()), (&expired, 0));
    let state = store.scan(&link("s/8938500000010/10/m%E1%BB%9Bi-2")).await;
    assert_eq!(only(&state), (GARLIC_NAME, 1_000));
}

#[tokio::test]
async fn a_delivery_takes_lot_and_day_from_the_pack() {
    let store = store().await;
    let mut visitor = Visitor::signed_in(&store, CASHIER).await;
    let code = link("01/08938500000027/10/SH-26?17=271231");
    let picked = visitor.post(As::Part, "/goods/scan", &[("code", &code)]).await;
    picked.has(FISH_SAUCE_NAME);
    picked.has("value=\"31/12/2027\"");
    picked.has("value=\"SH-26\"");
    // The bars of a case say the same, with the separator that scanners send.
    for bars in ["]C1010893850000002710SH-26\u{1d}17271231", "(01)08938500000027(17)271231(10)SH-26"] {
        let picked = visitor.post(As::Part, "/goods/scan", &[("code", bars)]).await;
        picked.has(FISH_SAUCE_NAME);
        picked.has("value=\"31/12/2027\"");
        picked.has("value=\"SH-26\"");
    }
    // Without it the day may be lost in the lot.
    let lost = visitor.post(As::Part, "/goods/scan", &[("code", "010893850000002710SH-2617271231")]).await;
    lost.has("Không đọc được mã này.");
    let foreign = format!("https://other.example.vn/s/{SCARF_CODE}");
    let answer = visitor.post(As::Part, "/goods/scan", &[("code", &foreign)]).await;
    answer.has("Tem QR này của cửa hàng khác.");
}
