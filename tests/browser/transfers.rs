//! Goods between stores, and goods that are packed anew, by a cashier with a manager's word: what is typed wrong comes back as typed.

use domain::Quantity;
use pos::counter::goods::NewGoods;
use pos::db::transfers::{self, Arriving, Told};
use protocol::payload::{TransferLot, TransferOut};
use protocol::wire::{SisterStore, TakenTransfer};
use testkit::browser::{Browser, Viewport};
use testkit::catalogue::{PIN, id_of};
use testkit::store::TestStore;
use time::macros::date;
use uuid::Uuid;

use crate::looking::{click, shows, type_into, until};
use crate::pictures::at_all_sizes;
use crate::shop::Shop;

const GARLIC: &str = "Tỏi đen Lý Sơn hộp 250 g";
const FISH_SAUCE: &str = "Nước mắm Sa Huỳnh chai 500 ml";
const CINNAMON: &str = "Quế Trà Bồng";

/// A store with a sack of cinnamon, and six boxes of garlic on their way to it.
async fn store() -> TestStore {
    let store = TestStore::new().await;
    let sack = NewGoods {
        product_id: id_of(CINNAMON).into(),
        quantity: Quantity::pieces(10),
        expires_on: Some(date!(2027 - 06 - 30)),
        code: Some("Q-1125".to_owned()),
        noted: None,
        cost: None,
        producer_id: None,
    };
    store.receive_lot(sack).await;
    let line = TransferLot {
        lot: Uuid::from_u128(6),
        product: id_of(GARLIC),
        producer: Some(id_of("Tỏi đen Lý Sơn")),
        quantity: 6_000,
        received_on: date!(2026 - 11 - 01),
        expires_on: Some(date!(2027 - 05 - 31)),
        code: Some("L-0526".to_owned()),
    };
    let sent = TransferOut {
        voucher: "TK-9Z9Z-CK7".to_owned(),
        to: id_of("store"),
        cashier: Uuid::nil(),
        approved_by: Uuid::nil(),
        lines: vec![line],
    };
    let name = "Điểm giới thiệu và bán sản phẩm OCOP Trà Khúc".to_owned();
    let told = Told {
        sisters: vec![SisterStore { id: id_of("sister"), code: "TK".to_owned(), name }],
        arriving: vec![Arriving { from: id_of("sister"), sent_at_ms: 1_795_340_000_000, sent }],
        taken: vec![TakenTransfer { number: "LS-1".to_owned(), by: id_of("sister"), complete: true }],
    };
    let mut tx = store.app.db().begin().await.expect("a transaction");
    transfers::replace_told(&mut tx, &told).await.expect("told");
    tx.commit().await.expect("a commit");
    store
}

#[tokio::test]
async fn goods_go_to_another_store_and_come_from_it() {
    let _others = crate::QUIET.read().await;
    let shop = Shop::pages(store().await).await;
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in(browser).await?;
        browser.goto(format!("{}/stock", shop.url)).await?;
        click(browser, "main a[href='/transfers']").await?;
        shows(browser, "TK-9Z9Z-CK7").await?;
        at_all_sizes(browser, "transfers").await?;

        // Five of six have come. Without a manager nothing happens, and the five are still there.
        click(browser, "main a[href='/transfers/TK-9Z9Z-CK7']").await?;
        until(browser, "document.activeElement.name === 'quantity'").await?;
        at_all_sizes(browser, "transfer-take").await?;
        browser.execute("document.querySelector('[name=quantity]').select()", Vec::new()).await?;
        browser.press("5").await?;
        browser.press("Enter").await?;
        shows(browser, "Việc này cần quản lý").await?;
        until(browser, "document.querySelector('[name=quantity]').value === '5'").await?;
        type_into(browser, "#take-pin", PIN).await?;
        browser.press("Enter").await?;
        shows(browser, "Đã nhận 1 lô, phiếu LS-").await?;
        shows(browser, "Không có hàng đang về").await?;

        click(browser, "main a[href='/transfers/new']").await?;
        until(browser, "document.activeElement.name === 'quantity'").await?;
        at_all_sizes(browser, "transfer-send").await?;
        browser.press("2").await?;
        type_into(browser, "#transfer-pin", "000000").await?;
        browser.press("Enter").await?;
        shows(browser, "PIN").await?;
        until(
            browser,
            "[...document.querySelectorAll('[name=quantity]')].some((field) => field.value === '2')",
        )
        .await?;
        type_into(browser, "#transfer-pin", PIN).await?;
        browser.press("Enter").await?;
        shows(browser, "Đã gửi sang Điểm giới thiệu").await?;
        shows(browser, "Đang đi").await?;
        at_all_sizes(browser, "transfers-sent").await?;
        Ok(())
    })
    .await;
    assert!(shop.store.balance("losses").await > 0, "the sixth box is owed for");
    shop.store.check().await;
}

#[tokio::test]
async fn a_sack_becomes_bags() {
    let _others = crate::QUIET.read().await;
    let shop = Shop::pages(store().await).await;
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in(browser).await?;
        browser.goto(format!("{}/stock/lots?product_id={}", shop.url, id_of(CINNAMON))).await?;
        at_all_sizes(browser, "lots-to-open").await?;
        click(browser, "main a[href^='/repack']").await?;
        shows(browser, "Đóng gói lại: Quế Trà Bồng").await?;
        at_all_sizes(browser, "repack").await?;
        let fill = format!(
            "const row = document.querySelector('tbody tr');
             document.querySelector('#quantity').value = '10';
             row.querySelector('[name=product]').value = '{}';
             row.querySelector('[name=packs]').value = '19';
             row.querySelector('[name=each]').value = '500g';",
            id_of(FISH_SAUCE)
        );
        browser.execute(fill, Vec::new()).await?;
        click(browser, "main form button.primary").await?;
        shows(browser, "Mở ra 10 kg nhưng đóng gói và hao hụt cộng lại 9,5 kg").await?;
        until(browser, "document.querySelector('[name=packs]').value === '19'").await?;
        at_all_sizes(browser, "repack-differs").await?;
        type_into(browser, "#loss", "500g").await?;
        type_into(browser, "#repack-pin", PIN).await?;
        browser.press("Enter").await?;
        shows(browser, "Đã đóng gói lại, phiếu LS-").await?;
        shows(browser, "Đóng từ lô Quế Trà Bồng · Q-1125").await?;
        at_all_sizes(browser, "lots-packed").await?;
        Ok(())
    })
    .await;
    shop.store.check().await;
}
