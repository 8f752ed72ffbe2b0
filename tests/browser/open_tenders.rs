//! Money that comes after its sale: a transfer that was told of takes three keys, a debt its name, and each leaves its page
//! when it came.

use pos::Config;
use pos::config::CreditConfig;
use pos::counter::Note;
use testkit::browser::{Browser, Viewport};
use testkit::store::TestStore;
use testkit::world::GARLIC;

use crate::looking::{click, comes_to, shows, type_into, until};
use crate::pictures::at_all_sizes;
use crate::shop::Shop;

#[tokio::test]
async fn sold_first_and_paid_later() {
    let _others = crate::QUIET.read().await;
    let credit = CreditConfig { most_vnd: 1_000_000 };
    let store = TestStore::closed(Config { credit, ..Config::default() }).await;
    store.open_shift().await;
    let shop = Shop::with_workers(store).await;
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in(browser).await?;
        browser.type_like_scanner(GARLIC).await?;
        comes_to(&shop.store, "the garlic", |state| !state.lines.is_empty()).await;
        shows(browser, "280.000 ₫").await?;
        browser.press("F9").await?;
        until(browser, "document.activeElement.id === 'cash'").await?;
        browser.press("F2").await?;
        until(browser, "document.querySelector('.qr')").await?;
        shows(browser, "Khách báo đã chuyển").await?;
        at_all_sizes(browser, "vietqr-claimed").await?;
        browser.press("F7").await?;
        shows(browser, "Còn chờ thu 280.000 ₫.").await?;

        browser.type_like_scanner(GARLIC).await?;
        comes_to(&shop.store, "the garlic", |state| !state.lines.is_empty()).await;
        browser.press("F9").await?;
        until(browser, "document.activeElement.id === 'cash'").await?;
        browser.press("F6").await?;
        until(browser, "document.activeElement.id === 'owed_by'").await?;
        type_into(browser, "#owed_by", "chị Lan").await?;
        type_into(browser, "#cash", "80.000").await?;
        type_into(browser, "#vietqr", "50.000").await?;
        at_all_sizes(browser, "credit").await?;
        // The part that is transferred has a code of its own.
        browser.press("F2").await?;
        until(browser, "document.querySelector('.qr')").await?;
        shows(browser, "Ghi nợ 150.000 ₫").await?;
        at_all_sizes(browser, "credit-vietqr").await?;
        browser.press("Enter").await?;
        shows(browser, "Còn chờ thu 150.000 ₫.").await?;

        let place = browser.read("return location.origin + '/open-tenders'").await?;
        browser.goto(&place).await?;
        shows(browser, "chị Lan").await?;
        at_all_sizes(browser, "open-tenders").await?;
        click(browser, "tbody tr:first-child button").await?;
        shows(browser, "Đã thu 280.000 ₫ của đơn").await?;
        click(browser, "tbody tr:first-child button").await?;
        shows(browser, "Không còn khoản nào chờ thu.").await?;
        Ok(())
    })
    .await;
    let state = shop.store.state().await;
    assert_eq!(state.note, Note::Ready);
    let drawer =
        pos::counter::shift::expected_in_drawer(&shop.store.app, &shop.store.seat).await.expect("a sum");
    assert_eq!(drawer.vnd(), 730_000, "the debt was paid into the drawer");
    shop.store.check().await;
}
