//! The morning after a power cut: a page of the pad is made, a sale from it is entered by keyboard, the till asks whether it
//! has that sale already, and the receipt says where it comes from.

use domain::Money;
use pos::counter::shift;
use testkit::browser::{Browser, Viewport};
use testkit::store::TestStore;
use testkit::world::GARLIC;

use crate::looking::{click, comes_to, shows, type_into, until};
use crate::pictures::at_all_sizes;
use crate::shop::{Shop, counter_is_ready};

/// The day before, with a sale at 16:42.
async fn yesterday() -> TestStore {
    let store = TestStore::new().await;
    store.clock.advance((8 * 60 + 42) * 60_000);
    store.sell(GARLIC).await;
    let counted = Money::new(780_000);
    shift::close(&store.app, &store.seat, &store.op(), counted).await.expect("a Z");
    store.clock.advance(24 * 3_600_000);
    store.open_shift().await;
    store
}

#[tokio::test]
async fn a_pad_is_printed_and_its_sales_are_entered_afterwards() {
    let _others = crate::QUIET.read().await;
    let shop = Shop::with_workers(yesterday().await).await;
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in(browser).await?;
        browser.press("Alt+P").await?;
        until(browser, "document.activeElement.id === 'time'").await?;
        at_all_sizes(browser, "pad-panel").await?;
        type_into(browser, "#day", "2026-11-23").await?;
        type_into(browser, "#time", "25:00").await?;
        type_into(browser, "#lines", "12").await?;
        browser.press("Enter").await?;
        shows(browser, "Giờ bán chưa đúng. Gõ như 16:40.").await?;
        type_into(browser, "#time", "1640").await?;
        browser.press("Enter").await?;
        shows(browser, "Đơn viết tay 23/11/2026 16:40 · dòng 12").await?;
        browser.type_like_scanner(GARLIC).await?;
        comes_to(&shop.store, "the garlic", |state| !state.lines.is_empty()).await;
        shows(browser, "280.000 ₫").await?;
        at_all_sizes(browser, "pad-cart").await?;

        // Neither Enter nor a scanner answers the question.
        browser.press("F9").await?;
        shows(browser, "Có phải đơn").await?;
        at_all_sizes(browser, "pad-twins").await?;
        browser.press("Enter").await?;
        shows(browser, "Có phải đơn").await?;
        browser.press("F1").await?;
        shows(browser, "Không ghi thêm").await?;
        until(browser, "document.activeElement.id === 'time'").await?;
        browser.press("Escape").await?;
        counter_is_ready(browser).await?;
        browser.press("Control+Z").await?;
        comes_to(&shop.store, "the garlic again", |state| state.pad.is_some() && !state.lines.is_empty())
            .await;
        shows(browser, "Đơn viết tay 23/11/2026 16:40 · dòng 12").await?;
        browser.press("F9").await?;
        shows(browser, "Có phải đơn").await?;
        browser.press("F2").await?;
        until(browser, "document.activeElement.id === 'cash'").await?;
        browser.press("Enter").await?;
        shows(browser, "dòng 12, bán lúc 23/11/2026 16:40.").await?;
        // The next line of the same day is offered.
        until(browser, "document.querySelector('#lines').value === '13'").await?;
        until(browser, "document.querySelector('#day').value === '2026-11-23'").await?;
        browser.press("Escape").await?;
        counter_is_ready(browser).await?;

        browser.goto(&format!("{}/receipts", shop.url)).await?;
        shows(browser, "Viết tay 23/11/2026 16:40").await?;
        at_all_sizes(browser, "pad-receipts").await?;
        click(browser, "tbody tr:first-child a").await?;
        shows(browser, "dòng 12, bán lúc 23/11/2026 16:40").await?;
        until(browser, "document.querySelector('img').complete").await?;
        at_all_sizes(browser, "pad-receipt").await?;

        browser.goto(&format!("{}/pad", shop.url)).await?;
        shows(browser, "Chưa làm trang nào.").await?;
        click(browser, "form.card button.primary").await?;
        shows(browser, "Đã làm trang sổ, dòng 1–40.").await?;
        until(browser, "document.querySelector('img').naturalWidth").await?;
        at_all_sizes(browser, "pad-page").await?;
        browser.goto(&format!("{}/pad", shop.url)).await?;
        shows(browser, "1–40").await?;
        at_all_sizes(browser, "pad-pages").await?;
        Ok(())
    })
    .await;
    let drawer = shift::expected_in_drawer(&shop.store.app, &shop.store.seat).await.expect("a sum");
    assert_eq!(drawer.vnd(), 780_000, "the money of yesterday's sale lies in today's drawer");
    shop.store.check().await;
}

#[tokio::test]
async fn a_clock_that_was_set_back_is_told_on_every_page() {
    let _others = crate::QUIET.read().await;
    let shop = Shop::pages(TestStore::new().await).await;
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in(browser).await?;
        shop.store.clock.advance(3_600_000);
        shop.store.clock.set_wall(shop.store.app.clock().now_ms() - 7_200_000);
        browser.type_like_scanner(GARLIC).await?;
        shows(browser, "Giờ máy bị lùi 2 giờ").await?;
        at_all_sizes(browser, "clock-set-back").await?;
        Ok(())
    })
    .await;
}
