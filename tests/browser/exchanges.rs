//! Goods that come back for others: from the receipt to the counter, and one key when nothing is left to pay.

use testkit::browser::{Browser, Viewport};
use testkit::catalogue::PIN;
use testkit::world::{FISH_SAUCE, GARLIC};

use crate::looking::{comes_to, shows, type_into, until};
use crate::pictures::at_all_sizes;
use crate::shop::{Shop, counter_is_ready};

#[tokio::test]
async fn goods_come_back_for_others() {
    let _others = crate::QUIET.read().await;
    let shop = Shop::open().await;
    let sold = shop.store.sell(GARLIC).await;
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in(browser).await?;
        browser.goto(&format!("{}/receipts/{sold}", shop.url)).await?;
        until(browser, "document.activeElement.id === 'refund-pin'").await?;
        at_all_sizes(browser, "exchange-receipt").await?;
        type_into(browser, "#quantity-0", "1").await?;
        type_into(browser, "#refund-pin", PIN).await?;
        browser.press("F8").await?;
        shows(browser, "Quét hàng khách lấy.").await?;
        counter_is_ready(browser).await?;
        at_all_sizes(browser, "exchange-begun").await?;
        browser.type_like_scanner(FISH_SAUCE).await?;
        comes_to(&shop.store, "the fish sauce", |state| state.due_vnd == 95_000 - 280_000).await;
        shows(browser, "185.000 ₫").await?;
        at_all_sizes(browser, "exchange").await?;
        browser.press("F9").await?;
        shows(browser, "Hoàn lại khách").await?;
        until(browser, "document.activeElement.matches('.panel button.primary')").await?;
        at_all_sizes(browser, "exchange-end").await?;
        browser.press("Enter").await?;
        shows(browser, "Trả lại khách 185.000 ₫.").await?;

        // Another one, dearer: the rest is paid as any sale is.
        let bottle = shop.store.state().await.last_sale.expect("a sale").sale_id;
        browser.goto(&format!("{}/receipts/{bottle}", shop.url)).await?;
        until(browser, "document.activeElement.id === 'refund-pin'").await?;
        type_into(browser, "#quantity-0", "1").await?;
        type_into(browser, "#refund-pin", PIN).await?;
        browser.press("F8").await?;
        shows(browser, "Quét hàng khách lấy.").await?;
        counter_is_ready(browser).await?;
        browser.type_like_scanner(GARLIC).await?;
        comes_to(&shop.store, "the garlic", |state| state.due_vnd == 185_000).await;
        shows(browser, "185.000 ₫").await?;
        browser.press("F9").await?;
        until(browser, "document.activeElement.id === 'cash'").await?;
        at_all_sizes(browser, "exchange-tender").await?;
        browser.press("Enter").await?;
        shows(browser, "Đã đổi hàng").await?;
        Ok(())
    })
    .await;
    let drawer =
        pos::counter::shift::expected_in_drawer(&shop.store.app, &shop.store.seat).await.expect("a sum");
    assert_eq!(drawer.vnd(), 780_000, "one garlic was paid for, whatever came and went between");
    shop.store.check().await;
}
