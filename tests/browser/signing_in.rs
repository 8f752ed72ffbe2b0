//! Who is at the counter: a wrong PIN, and the lock, by hand or by itself.

use testkit::browser::{Browser, Viewport};
use testkit::catalogue::PIN;
use testkit::world::{FISH_SAUCE, GARLIC};
use thirtyfour::prelude::{By, ElementQueryable};

use crate::looking::{NOTHING_WAITS, click, comes_to, rows, shows, until};
use crate::shop::{Shop, counter_is_ready, enter_pin};

const ELEVEN_MINUTES_MS: i64 = 11 * 60 * 1_000;

#[tokio::test]
async fn a_wrong_pin_is_told_in_one_sentence() {
    let _others = crate::QUIET.read().await;
    let shop = Shop::open().await;
    Browser::story(Viewport::COUNTER, async |browser| {
        browser.goto(&shop.url).await?;
        click(browser, "input[name=cashier_id]").await?;
        enter_pin(browser, "135790").await?;
        shows(browser, "Mã PIN không đúng. Nhập lại.").await?;
        let notes = browser.read("return document.querySelectorAll('.note').length").await?;
        let typed = browser.read("return document.querySelector('#pin').value").await?;
        let chosen =
            browser.read("return document.querySelectorAll('[name=cashier_id]:checked').length").await?;
        assert_eq!((notes.as_str(), typed.as_str(), chosen.as_str()), ("1", "", "1"));
        // On the pad this time, as on a screen without a keyboard.
        for digit in PIN.chars() {
            click(browser, &format!("[data-digit='{digit}']")).await?;
        }
        click(browser, "form button.primary").await?;
        counter_is_ready(browser).await
    })
    .await;
}

#[tokio::test]
async fn a_locked_counter_keeps_its_cart_and_what_was_scanned_meanwhile() {
    let _others = crate::QUIET.read().await;
    let shop = Shop::open().await;
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in(browser).await?;
        browser.type_like_scanner(GARLIC).await?;
        shows(browser, "280.000 ₫").await?;

        browser.press("Alt+M").await?;
        click(browser, "button[form=sign-out]").await?;
        until(browser, "document.querySelector('#pin')").await?;
        browser.goto(&shop.url).await?;
        until(browser, "location.pathname === '/sign-in'").await?;
        shop.sign_in(browser).await?;
        shows(browser, "280.000 ₫").await?;

        // Nobody was there for a while: the scan leads to the PIN, and counts after it.
        shop.store.clock.advance(ELEVEN_MINUTES_MS);
        browser.type_like_scanner(FISH_SAUCE).await?;
        until(browser, "location.pathname === '/sign-in'").await?;
        assert_eq!(shop.store.state().await.lines.len(), 1, "nothing without a person");
        enter_pin(browser, PIN).await?;
        counter_is_ready(browser).await?;
        shows(browser, "375.000 ₫").await?;
        let state = comes_to(&shop.store, "two rows", |state| state.lines.len() == 2).await;
        assert_eq!(rows(&state), [("Tỏi đen Lý Sơn hộp 250 g", 1), ("Nước mắm Sa Huỳnh chai 500 ml", 1)]);
        Ok(())
    })
    .await;
    shop.store.check().await;
}

#[tokio::test]
async fn one_key_and_a_pin_hand_the_counter_over_with_its_cart() {
    let _others = crate::QUIET.read().await;
    let shop = Shop::open().await;
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in(browser).await?;
        browser.type_like_scanner(GARLIC).await?;
        shows(browser, "280.000 ₫").await?;
        browser.press("Control+L").await?;
        until(browser, "document.activeElement.id === 'pin'").await?;
        // Two people: the other one is chosen.
        browser.query(By::Css("#pin")).first().await?.send_keys(PIN).await?;
        browser.press("Enter").await?;
        shows(browser, "Trần Văn Quản").await?;
        counter_is_ready(browser).await?;
        shows(browser, "280.000 ₫").await?;
        browser.type_like_scanner(FISH_SAUCE).await?;
        shows(browser, "375.000 ₫").await?;

        browser.press("Control+L").await?;
        until(browser, "document.activeElement.id === 'pin'").await?;
        // A scan while the PIN is asked for is goods, and no PIN.
        browser.type_like_scanner(GARLIC).await?;
        until(browser, NOTHING_WAITS).await?;
        shows(browser, "655.000 ₫").await?;
        browser.press("F1").await?;
        shows(browser, "Đổi người").await
    })
    .await;
    shop.store.check().await;
}

#[tokio::test]
async fn a_counter_that_nobody_touches_asks_for_the_pin_by_itself() {
    let _others = crate::QUIET.read().await;
    let shop = Shop::open().await;
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in(browser).await?;
        browser.type_like_scanner(GARLIC).await?;
        shows(browser, "280.000 ₫").await?;
        assert_eq!(browser.read("return document.body.dataset.idle").await?, "600");
        shop.store.clock.advance(ELEVEN_MINUTES_MS);
        // Ten minutes of the page's own clock are one second here; the next key counts them anew.
        browser.read("document.body.dataset.idle = 1").await?;
        browser.press("F12").await?;
        until(browser, "location.pathname === '/sign-in'").await?;
        enter_pin(browser, PIN).await?;
        counter_is_ready(browser).await?;
        shows(browser, "280.000 ₫").await
    })
    .await;
    shop.store.check().await;
}
