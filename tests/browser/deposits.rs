//! Goods are ordered and paid in part, wait on their page, and are handed over for the rest.

use testkit::browser::{Browser, Viewport};
use testkit::world::GARLIC;

use crate::looking::{click, comes_to, shows, type_into, until};
use crate::pictures::at_all_sizes;
use crate::shop::{Shop, counter_is_ready};

#[tokio::test]
async fn goods_are_ordered_and_handed_over_later() {
    let _others = crate::QUIET.read().await;
    let shop = Shop::open().await;
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in(browser).await?;
        browser.type_like_scanner(GARLIC).await?;
        comes_to(&shop.store, "the garlic", |state| !state.lines.is_empty()).await;
        shows(browser, "280.000 ₫").await?;
        browser.press("F9").await?;
        until(browser, "document.activeElement.id === 'cash'").await?;
        at_all_sizes(browser, "tender-with-deposit").await?;
        browser.press("F8").await?;
        until(browser, "document.activeElement.id === 'person'").await?;
        type_into(browser, "#person", "Chị Lan").await?;
        type_into(browser, "#phone", "0905 000 111").await?;
        type_into(browser, "#amount", "300.000").await?;
        browser.press("Enter").await?;
        shows(browser, "Cọc không nhiều hơn số đó").await?;
        at_all_sizes(browser, "deposit").await?;
        type_into(browser, "#amount", "100.000").await?;
        click(browser, ".panel button[value=vietqr]").await?;
        until(browser, "document.querySelector('.qr')").await?;
        at_all_sizes(browser, "deposit-vietqr").await?;
        browser.press("Enter").await?;
        shows(browser, "Đã nhận cọc 100.000 ₫").await?;
        counter_is_ready(browser).await?;

        // Another buyer in between changes nothing.
        browser.type_like_scanner(GARLIC).await?;
        comes_to(&shop.store, "another buyer", |state| !state.lines.is_empty()).await;
        browser.goto(&format!("{}/deposits", shop.url)).await?;
        shows(browser, "Chị Lan").await?;
        at_all_sizes(browser, "deposits").await?;
        click(browser, "tbody tr:first-child a").await?;
        shows(browser, "Hàng đã đặt").await?;
        at_all_sizes(browser, "deposit-one").await?;
        click(browser, "form[action='/deposits/deliver'] button").await?;
        shows(browser, "Tiền cọc đã trừ.").await?;
        counter_is_ready(browser).await?;
        at_all_sizes(browser, "deposit-brought").await?;
        // Esc does not clear an order away.
        browser.press("Escape").await?;
        shows(browser, "Cất đơn đặt này lại?").await?;
        browser.press("Enter").await?;
        shows(browser, "vẫn được giữ ở trang Đơn đặt").await?;
        browser.goto(&format!("{}/deposits", shop.url)).await?;
        click(browser, "form[action='/deposits/deliver'] button").await?;
        shows(browser, "Tiền cọc đã trừ.").await?;
        counter_is_ready(browser).await?;
        browser.press("F9").await?;
        until(browser, "document.activeElement.id === 'cash'").await?;
        shows(browser, "180.000 ₫").await?;
        browser.press("Enter").await?;
        shows(browser, "Xong đơn").await?;
        browser.goto(&format!("{}/deposits", shop.url)).await?;
        shows(browser, "Không có đơn nào chờ giao.").await?;
        at_all_sizes(browser, "deposits-none").await?;
        Ok(())
    })
    .await;
    let drawer =
        pos::counter::shift::expected_in_drawer(&shop.store.app, &shop.store.seat).await.expect("a sum");
    assert_eq!(drawer.vnd(), 680_000, "the deposit went to the bank, the rest into the drawer");
    shop.store.check().await;
}
