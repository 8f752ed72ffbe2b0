//! A manager sets a PIN and lets somebody go, each changes the own PIN, and a cashier is held to what the panel showed and to
//! the day of the shift.

use testkit::browser::{Browser, Viewport};
use testkit::catalogue::{MANAGER, PIN, id_of};
use testkit::world::{FISH_SAUCE, GARLIC};
use thirtyfour::prelude::{By, ElementQueryable, WebDriverResult};

use crate::looking::{click, comes_to, shows, type_into, until};
use crate::pictures::at_all_sizes;
use crate::shop::Shop;

const NEW_PIN: &str = "583920";
/// From eight in the morning until four of the next one.
const UNTIL_FOUR_MS: i64 = 20 * 3_600_000;

async fn fill(browser: &Browser, field: &str, text: &str) -> WebDriverResult<()> {
    browser.query(By::Css(format!("input[name={field}]"))).first().await?.send_keys(text).await
}

#[tokio::test]
async fn a_manager_sets_a_pin_and_lets_somebody_go() {
    let _others = crate::QUIET.read().await;
    let shop = Shop::open().await;
    let cashier = shop.store.seat.cashier_id.uuid();
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in_as(browser, id_of(MANAGER)).await?;
        browser.goto(format!("{}/cashiers/new", shop.url)).await?;
        at_all_sizes(browser, "till-people").await?;
        click(browser, &format!("a[href='/cashiers/{cashier}']")).await?;
        shows(browser, "Đặt mã PIN mới").await?;
        at_all_sizes(browser, "till-person").await?;
        fill(browser, "pin", NEW_PIN).await?;
        fill(browser, "pin_again", NEW_PIN).await?;
        fill(browser, "own_pin", "000000").await?;
        click(browser, "form[action='/cashiers/pin'] button.primary").await?;
        shows(browser, "Mã PIN không đúng. Nhập lại.").await?;
        fill(browser, "pin", NEW_PIN).await?;
        fill(browser, "pin_again", NEW_PIN).await?;
        fill(browser, "own_pin", PIN).await?;
        click(browser, "form[action='/cashiers/pin'] button.primary").await?;
        shows(browser, "Đã đặt mã PIN mới cho Nguyễn Thị Hường.").await?;
        click(browser, &format!("a[href='/cashiers/{cashier}']")).await?;
        fill(browser, "off_pin", PIN).await?;
        click(browser, "form[action='/cashiers/off'] button").await?;
        shows(browser, "Nguyễn Thị Hường không còn trong danh sách.").await?;
        at_all_sizes(browser, "till-people-changed").await?;
        browser.goto(format!("{}/pin", shop.url)).await?;
        at_all_sizes(browser, "till-own-pin").await?;
        fill(browser, "own_pin", PIN).await?;
        fill(browser, "pin", NEW_PIN).await?;
        fill(browser, "pin_again", NEW_PIN).await?;
        click(browser, "form[action='/pin'] button.primary").await?;
        shows(browser, "Đã đổi mã PIN của bạn.").await
    })
    .await;
    shop.store.check().await;
}

#[tokio::test]
async fn typed_cash_is_held_to_the_payable_shown_and_a_shift_to_its_day() {
    let _others = crate::QUIET.read().await;
    let shop = Shop::open().await;
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in(browser).await?;
        browser.type_like_scanner(GARLIC).await?;
        shows(browser, "280.000 ₫").await?;
        browser.press("F9").await?;
        until(browser, "document.activeElement.id === 'cash'").await?;
        type_into(browser, ":focus", "500000").await?;
        until(browser, "document.querySelector('#cash').value === '500.000'").await?;
        // Another window of the counter: a serial scanner does the same.
        shop.store.scan(FISH_SAUCE).await;
        shows(browser, "Nước mắm Sa Huỳnh").await?;
        browser.press("Enter").await?;
        shows(browser, "Đơn vừa thay đổi: từ 280.000 ₫ thành 375.000 ₫.").await?;
        until(browser, "document.querySelector('#cash').value === '500.000'").await?;
        at_all_sizes(browser, "payable-changed").await?;
        browser.press("Enter").await?;
        let state = comes_to(&shop.store, "a sale", |state| state.last_sale.is_some()).await;
        let sold = state.last_sale.as_ref().expect("a sale");
        assert_eq!((sold.payable_vnd, sold.change_vnd), (375_000, 125_000));

        shop.store.clock.advance(UNTIL_FOUR_MS);
        shop.sign_in(browser).await?;
        shows(browser, "Ngày bán 23/11/2026 đã hết").await?;
        browser.type_like_scanner(GARLIC).await?;
        shows(browser, "Đếm tiền, đóng ca rồi mở ca mới").await?;
        at_all_sizes(browser, "day-over").await
    })
    .await;
    shop.store.check().await;
}
