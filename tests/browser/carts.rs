//! Several carts, taking back, discounts: by keys as a cashier presses them.

use testkit::browser::{Browser, Viewport};
use testkit::world::{FISH_SAUCE, GARLIC};

use crate::looking::{click, comes_to, rows, shows, type_into, until};
use crate::shop::{Shop, counter_is_ready};

const GARLIC_NAME: &str = "Tỏi đen Lý Sơn hộp 250 g";
const FISH_SAUCE_NAME: &str = "Nước mắm Sa Huỳnh chai 500 ml";

#[tokio::test]
async fn a_parked_cart_is_two_keys_away_and_the_scan_behind_them_is_its_own() {
    let _others = crate::QUIET.read().await;
    let shop = Shop::open().await;
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in(browser).await?;
        browser.type_like_scanner(GARLIC).await?;
        shows(browser, "280.000 ₫").await?;
        browser.press("F7").await?;
        until(browser, "document.activeElement.id === 'cart-name'").await?;
        type_into(browser, "#cart-name", "chị Lan").await?;
        browser.press("Enter").await?;
        shows(browser, "Đã treo chị Lan.").await?;
        counter_is_ready(browser).await?;

        browser.type_like_scanner(FISH_SAUCE).await?;
        shows(browser, "95.000 ₫").await?;
        // Back by the list: F8 and Enter.
        browser.press("F8").await?;
        until(browser, "document.activeElement.matches('.held button')").await?;
        browser.press("Enter").await?;
        shows(browser, "Bán tiếp chị Lan").await?;
        let state = comes_to(&shop.store, "the parked cart", |state| state.payable_vnd == 280_000).await;
        assert_eq!(rows(&state), [(GARLIC_NAME, 1)]);
        counter_is_ready(browser).await?;

        // One key, and a scan that does not wait for its answer.
        browser.press("Alt+2").await?;
        browser.type_like_scanner(FISH_SAUCE).await?;
        let state = comes_to(&shop.store, "two bottles", |state| state.payable_vnd == 190_000).await;
        assert_eq!(rows(&state), [(FISH_SAUCE_NAME, 2)]);
        // By touch.
        click(browser, "#sales button:not([aria-current])").await?;
        shows(browser, "Bán tiếp chị Lan").await?;
        browser.press("Insert").await?;
        comes_to(&shop.store, "a new cart", |state| state.lines.is_empty() && state.carts.len() == 3).await;
        Ok(())
    })
    .await;
    shop.store.check().await;
}

#[tokio::test]
async fn one_key_takes_back_the_last_scan_and_the_clearing() {
    let _others = crate::QUIET.read().await;
    let shop = Shop::open().await;
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in(browser).await?;
        until(browser, "document.querySelector('#undo').hidden").await?;
        for code in [GARLIC, FISH_SAUCE] {
            browser.type_like_scanner(code).await?;
        }
        shows(browser, "375.000 ₫").await?;
        browser.press("Control+Z").await?;
        shows(browser, &format!("Đã hoàn tác: {FISH_SAUCE_NAME}")).await?;
        let state = comes_to(&shop.store, "one row", |state| state.lines.len() == 1).await;
        assert_eq!(rows(&state), [(GARLIC_NAME, 1)]);

        browser.press("Escape").await?;
        shows(browser, "Xóa cả đơn này?").await?;
        browser.press("Enter").await?;
        shows(browser, "Đã xóa đơn").await?;
        click(browser, "#undo button").await?;
        shows(browser, "Đã lấy lại đơn vừa xóa").await?;
        let back = comes_to(&shop.store, "the cart", |state| state.lines.len() == 1).await;
        assert_eq!(back.sale_id, state.sale_id);
        counter_is_ready(browser).await
    })
    .await;
    shop.store.check().await;
}

#[tokio::test]
async fn a_discount_is_given_by_keys_and_refused_beyond_the_limit() {
    let _others = crate::QUIET.read().await;
    let shop = Shop::open().await;
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in(browser).await?;
        browser.type_like_scanner(GARLIC).await?;
        shows(browser, "280.000 ₫").await?;
        browser.press("F6").await?;
        until(browser, "document.activeElement.id === 'typed'").await?;
        type_into(browser, "#typed", "50%").await?;
        browser.press("Enter").await?;
        shows(browser, "Giảm nhiều hơn mức của thu ngân.").await?;
        // What was typed is still there to be made smaller.
        until(browser, "document.querySelector('#typed').value === '50%'").await?;
        type_into(browser, "#typed", "5%").await?;
        browser.press("Enter").await?;
        shows(browser, "Đã giảm giá").await?;
        shows(browser, "266.000 ₫").await?;
        until(browser, "document.querySelector('#cart s')?.innerText.includes('280.000 ₫')").await?;
        // Off the whole cart with one tap.
        browser.press("F6").await?;
        until(browser, "document.activeElement.id === 'typed'").await?;
        browser.press("F2").await?;
        shows(browser, "Cả đơn 266.000 ₫").await?;
        click(browser, ".quick button").await?;
        let state = comes_to(&shop.store, "5 % less", |state| state.discount_vnd == 13_300).await;
        assert_eq!(state.payable_vnd, 252_700);
        counter_is_ready(browser).await
    })
    .await;
    shop.store.check().await;
}
