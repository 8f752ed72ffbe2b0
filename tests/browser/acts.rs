//! How much a cashier has to do after the last scan: each key and each number typed is an act. More than these, and the
//! queue grows.

use std::cell::Cell;
use std::time::Duration;

use testkit::browser::{Browser, Viewport};
use testkit::catalogue::PIN;
use testkit::world::GARLIC;
use thirtyfour::prelude::WebDriverResult;

use crate::looking::{comes_to, rows, shows, type_into, until};
use crate::shop::{Shop, counter_is_ready};

/// A code that nobody knows.
const NEW_CODE: &str = "8938500000034";
/// A person who types with two fingers.
const KEYS_A_SECOND: u32 = 4;
/// From the scan of an unknown product until it is sold.
const NEW_PRODUCT_MOST: Duration = Duration::from_secs(20);

/// What a person does, counted.
struct Acts<'b> {
    browser: &'b Browser,
    count: Cell<u32>,
    keys: Cell<u32>,
}

impl<'b> Acts<'b> {
    fn on(browser: &'b Browser) -> Self {
        Self { browser, count: Cell::new(0), keys: Cell::new(0) }
    }

    async fn press(&self, key: &str) -> WebDriverResult<()> {
        self.did(1);
        self.browser.press(key).await
    }

    /// Types into what has the focus.
    async fn type_text(&self, text: &str) -> WebDriverResult<()> {
        self.did(u32::try_from(text.chars().count()).expect("a short text"));
        type_into(self.browser, ":focus", text).await
    }

    fn did(&self, keys: u32) {
        self.count.set(self.count.get() + 1);
        self.keys.set(self.keys.get() + keys);
    }
}

#[tokio::test]
async fn paying_takes_two_keys_in_cash_three_with_change_and_three_by_transfer() {
    let _others = crate::QUIET.read().await;
    let shop = Shop::open().await;
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in(browser).await?;
        let exact = scanned(&shop, browser).await?;
        exact.press("F9").await?;
        until(browser, "document.activeElement.id === 'cash'").await?;
        exact.press("Enter").await?;
        sold(&shop, 1, 0).await;
        assert!(exact.count.get() <= 2, "exact cash took {} acts", exact.count.get());

        counter_is_ready(browser).await?;
        let typed = scanned(&shop, browser).await?;
        typed.press("F9").await?;
        until(browser, "document.activeElement.id === 'cash'").await?;
        typed.type_text("300000").await?;
        typed.press("Enter").await?;
        sold(&shop, 2, 20_000).await;
        assert!(typed.count.get() <= 4, "typed cash took {} acts", typed.count.get());

        counter_is_ready(browser).await?;
        let transfer = scanned(&shop, browser).await?;
        transfer.press("F9").await?;
        until(browser, "document.activeElement.id === 'cash'").await?;
        transfer.press("F2").await?;
        until(browser, "document.querySelector('.qr')").await?;
        transfer.press("Enter").await?;
        sold(&shop, 3, 0).await;
        assert!(transfer.count.get() <= 3, "a transfer took {} acts", transfer.count.get());
        Ok(())
    })
    .await;
    shop.store.check().await;
}

#[tokio::test]
async fn a_parked_cart_comes_back_by_two_keys_or_one() {
    let _others = crate::QUIET.read().await;
    let shop = Shop::open().await;
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in(browser).await?;
        scanned(&shop, browser).await?;
        browser.press("F7").await?;
        until(browser, "document.activeElement.id === 'cart-name'").await?;
        browser.press("Enter").await?;
        comes_to(&shop.store, "an empty cart", |state| state.lines.is_empty()).await;
        counter_is_ready(browser).await?;

        let listed = Acts::on(browser);
        listed.press("F8").await?;
        until(browser, "document.activeElement.matches('.held button')").await?;
        listed.press("Enter").await?;
        comes_to(&shop.store, "the parked cart", |state| state.payable_vnd == 280_000).await;
        assert!(listed.count.get() <= 2, "{} acts", listed.count.get());
        Ok(())
    })
    .await;
    shop.store.check().await;
}

#[tokio::test]
async fn a_scanned_receipt_is_taken_back_by_a_pin_and_a_key() {
    let _others = crate::QUIET.read().await;
    let shop = Shop::open().await;
    shop.store.sell(GARLIC).await;
    let receipt = shop.store.state().await.last_sale.expect("a sale").receipt;
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in(browser).await?;
        // The way for a paper whose code cannot be read; a scan leads to the same page.
        browser.press("F10").await?;
        until(browser, "document.activeElement.id === 'find'").await?;
        type_into(browser, ":focus", &receipt).await?;
        browser.press("Enter").await?;
        until(browser, "document.activeElement.id === 'refund-pin'").await?;
        let acts = Acts::on(browser);
        acts.type_text(PIN).await?;
        acts.press("F9").await?;
        shows(browser, "Không trả thêm được nữa").await?;
        assert!(acts.count.get() <= 4, "{} acts", acts.count.get());
        Ok(())
    })
    .await;
    shop.store.check().await;
}

#[tokio::test]
async fn a_product_that_nobody_knows_is_sold_within_twenty_seconds_by_keys_alone() {
    // The seconds are the product's, not those of other browsers on this machine.
    let _alone = crate::QUIET.write().await;
    let shop = Shop::open().await;
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in(browser).await?;
        let began = now(browser).await?;
        browser.type_like_scanner(NEW_CODE).await?;
        shows(browser, "Thêm hàng mới").await?;
        let acts = Acts::on(browser);
        acts.press("F4").await?;
        until(browser, "document.activeElement.id === 'name'").await?;
        acts.type_text("Mắm cái Lý Sơn").await?;
        acts.press("Tab").await?;
        acts.type_text("Hũ").await?;
        acts.press("Tab").await?;
        acts.type_text("65000").await?;
        acts.press("Enter").await?;
        let state = comes_to(&shop.store, "the new product", |state| !state.lines.is_empty()).await;
        assert_eq!(rows(&state), [("Mắm cái Lý Sơn", 1)]);
        counter_is_ready(browser).await?;
        acts.press("F9").await?;
        until(browser, "document.activeElement.id === 'cash'").await?;
        acts.press("Enter").await?;
        sold(&shop, 1, 0).await;
        // The driver's hands are quick; a person's are reckoned.
        let took = now(browser).await? - began + Duration::from_secs(1) * acts.keys.get() / KEYS_A_SECOND;
        assert!(took <= NEW_PRODUCT_MOST, "it took {took:?}, with {} keys", acts.keys.get());
        Ok(())
    })
    .await;
    shop.store.check().await;
}

/// The browser's clock, which its pages cannot set.
async fn now(browser: &Browser) -> WebDriverResult<Duration> {
    let now_ms = browser.read("return performance.timeOrigin + performance.now()").await?;
    Ok(Duration::from_secs_f64(now_ms.parse::<f64>().expect("a number") / 1_000.0))
}

/// Scans one product and begins to count.
async fn scanned<'b>(shop: &Shop, browser: &'b Browser) -> WebDriverResult<Acts<'b>> {
    browser.type_like_scanner(GARLIC).await?;
    comes_to(&shop.store, "a row", |state| state.lines.len() == 1).await;
    shows(browser, "280.000 ₫").await?;
    Ok(Acts::on(browser))
}

/// Waits for the n-th sale, and for its change.
async fn sold(shop: &Shop, number: i64, change_vnd: i64) {
    let of = format!("-{number:06}");
    let state = comes_to(&shop.store, "a sale", |state| {
        state.last_sale.as_ref().is_some_and(|sale| sale.receipt.ends_with(&of))
    })
    .await;
    assert_eq!(state.last_sale.map(|sale| sale.change_vnd), Some(change_vnd));
}
