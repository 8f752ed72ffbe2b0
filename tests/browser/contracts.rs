//! A contract is made at the shop: nothing is in force, a manager agrees with the producer, the next sale follows it.

use domain::Rate;
use domain::consignment::{Basis, Bearer, Terms};
use domain::contract::{Clauses, Mode};
use pos::counter::agreement::{Agreement, agree};
use receipts::language::Language;
use testkit::browser::{Browser, Viewport};
use testkit::catalogue::{Catalogue, MANAGER, PIN, id_of, manager_word};
use testkit::store::TestStore;

use crate::looking::{click, shows, type_into, until};
use crate::pictures::at_all_sizes;
use crate::shop::Shop;

const PRODUCER: &str = "HTX Quế Trà Bồng";
const OIL: &str = "Tinh dầu quế chai 50 ml";
const OIL_CODE: &str = "8938500000034";

/// A store that has goods of a producer with whom nothing was agreed yet.
async fn store() -> TestStore {
    let store = TestStore::new().await;
    let rows = Catalogue::default().producer(PRODUCER).product(OIL, OIL_CODE, 100_000, Some(PRODUCER)).facts(
        OIL,
        time::macros::date!(2025 - 01 - 01),
        &["ocop"],
        Some(3),
    );
    store.load(&rows).await;
    store.receive(OIL, 10, Some(PRODUCER)).await;
    store
}

#[tokio::test]
async fn a_contract_is_made_with_a_managers_word() {
    let _others = crate::QUIET.read().await;
    let shop = Shop::pages(store().await).await;
    let path = format!("/producers/{}", id_of(PRODUCER));
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in(browser).await?;
        browser.goto(format!("{}/goods", shop.url)).await?;
        shows(browser, "HTX Quế Trà Bồng · chưa có hợp đồng").await?;
        let choose = format!("document.querySelector('[name=producer_id]').value = '{}'", id_of(PRODUCER));
        browser.execute(&choose, Vec::new()).await?;
        type_into(browser, "#box", OIL_CODE).await?;
        browser.press("Enter").await?;
        until(browser, "document.activeElement.id === 'quantity'").await?;
        browser.press("5").await?;
        browser.press("Enter").await?;
        shows(browser, "Chưa có hợp đồng cho hàng này").await?;
        at_all_sizes(browser, "contract-delivery").await?;
        browser.goto(format!("{}{path}", shop.url)).await?;
        shows(browser, "Chưa có hợp đồng đang áp dụng").await?;
        at_all_sizes(browser, "contract-none").await?;
        click(browser, &format!("a[href='{path}/terms']")).await?;
        until(browser, "document.activeElement.name === 'commission'").await?;
        at_all_sizes(browser, "contract-form").await?;
        // Too much, and without a PIN that fits: everything else stays as it was typed.
        type_into(browser, ":focus", "120").await?;
        type_into(browser, "#agreed_after_days", "7").await?;
        type_into(browser, "#terms-pin", PIN).await?;
        browser.press("Enter").await?;
        shows(browser, "Gõ số phần trăm từ 0 đến 100").await?;
        until(browser, "document.querySelector('#agreed_after_days').value === '7'").await?;
        at_all_sizes(browser, "contract-wrong").await?;
        browser.execute("document.querySelector('#commission').value = ''", Vec::new()).await?;
        type_into(browser, "#commission", "15").await?;
        type_into(browser, "#shrinkage", "2").await?;
        type_into(browser, "#terms-pin", PIN).await?;
        browser.press("Enter").await?;
        shows(browser, "Đã lập hợp đồng, phiếu LS-").await?;
        at_all_sizes(browser, "contract-paper").await?;
        browser.goto(format!("{}{path}/terms", shop.url)).await?;
        shows(browser, "Đang áp dụng").await?;
        shows(browser, "Hoa hồng 15 % trên giá niêm yết").await?;
        at_all_sizes(browser, "contract-in-force").await?;
        click(browser, "details.ending summary").await?;
        at_all_sizes(browser, "contract-end-form").await?;
        type_into(browser, "#end_from", "30/11/2026").await?;
        type_into(browser, "#end-pin", PIN).await?;
        browser.press("Enter").await?;
        shows(browser, "Đã kết thúc hợp đồng, phiếu LS-").await?;
        browser.goto(format!("{}{path}/terms", shop.url)).await?;
        shows(browser, "Hợp đồng cho mọi sản phẩm kết thúc từ ngày này").await?;
        at_all_sizes(browser, "contract-ends").await?;
        Ok(())
    })
    .await;
    shop.store.sell(OIL_CODE).await;
    // 100.000 less 15 % and the VAT on it.
    assert_eq!(shop.store.balance("producer_due").await, -(100_000 - 15_000 - 1_200));
    shop.store.check().await;
}

#[tokio::test]
async fn what_is_bought_outright_is_listed_to_print() {
    let _others = crate::QUIET.read().await;
    let store = store().await;
    let terms = Terms {
        id: store.app.clock().new_uuid().into(),
        producer_id: id_of(PRODUCER).into(),
        product_id: None,
        commission: Rate::ZERO,
        basis: Basis::Gross,
        discount_bearer: Bearer::Store,
        valid_from: time::macros::date!(2026 - 11 - 23),
        clauses: Clauses { mode: Mode::Bought, ..Clauses::default() },
    };
    let agreement = Agreement { terms, language: Language::Vi, word: manager_word() };
    agree(&store.app, &store.seat, &store.op(), &agreement).await.expect("an answer");
    let shop = Shop::pages(store).await;
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in_as(browser, id_of(MANAGER)).await?;
        browser.goto(format!("{}/goods", shop.url)).await?;
        let choose = format!("document.querySelector('[name=producer_id]').value = '{}'", id_of(PRODUCER));
        browser.execute(choose, Vec::new()).await?;
        type_into(browser, "#box", OIL_CODE).await?;
        browser.press("Enter").await?;
        until(browser, "document.activeElement.id === 'quantity'").await?;
        type_into(browser, "#quantity", "12").await?;
        type_into(browser, "#cost", "rẻ").await?;
        browser.press("Enter").await?;
        shows(browser, "Nhập giá mua bằng đồng").await?;
        at_all_sizes(browser, "purchase-cost").await?;
        type_into(browser, "#cost", "205.000").await?;
        click(browser, "#picked button").await?;
        shows(browser, "Giá mua một đơn vị 205.000 ₫").await?;
        at_all_sizes(browser, "purchase-line").await?;
        click(browser, "button[data-post='/goods']").await?;
        shows(browser, "phiếu LS-").await?;
        click(browser, "main a[href='/purchases']").await?;
        shows(browser, "2.460.000 ₫").await?;
        shows(browser, "Hai triệu bốn trăm sáu mươi nghìn đồng").await?;
        at_all_sizes(browser, "purchases").await?;
        Ok(())
    })
    .await;
    shop.store.check().await;
}
