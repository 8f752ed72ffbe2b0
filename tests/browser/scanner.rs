//! A scanner is a keyboard that types fast. Its Enter belongs to the code before it, and to nothing else on the page.

use std::time::Duration;

use serde_json::json;
use testkit::browser::{Browser, Stroke, Viewport};
use testkit::world::{FISH_SAUCE, GARLIC};
use thirtyfour::prelude::WebDriverResult;

use crate::looking::{NOTHING_WAITS, click, comes_to, rows, shows, type_into, until};
use crate::pictures::at_all_sizes;
use crate::shop::Shop;

const BOTH: [(&str, i64); 2] = [("Tỏi đen Lý Sơn hộp 250 g", 1), ("Nước mắm Sa Huỳnh chai 500 ml", 1)];

/// What the digits type on Windows' Vietnamese layout.
const VIETNAMESE_LAYOUT: [&str; 10] =
    ["đ", "ă", "â", "ê", "ô", "\u{300}", "\u{309}", "\u{303}", "\u{301}", "\u{323}"];

#[tokio::test]
async fn a_code_is_read_by_its_keys_whatever_an_input_method_makes_of_them() {
    let _others = crate::QUIET.read().await;
    let shop = Shop::open().await;
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in(browser).await?;
        let mut keyboard = browser.keyboard().await?;
        for digit in GARLIC.chars() {
            let letter = VIETNAMESE_LAYOUT[digit.to_digit(10).map_or(0, |digit| digit as usize)];
            keyboard.strike(&Stroke::of(&digit.to_string()).typing(letter)).await?;
        }
        keyboard.press("Enter").await?;
        let state = comes_to(&shop.store, "the garlic", |state| !state.lines.is_empty()).await;
        assert_eq!(rows(&state), BOTH[..1]);

        // An input method swallows the keys and writes what it made of them by itself.
        let mut keyboard = browser.keyboard().await?;
        let last = FISH_SAUCE.len() - 1;
        for (place, digit) in FISH_SAUCE.chars().enumerate() {
            keyboard.strike(&Stroke::of(&digit.to_string()).processed()).await?;
            // A machine that is slow here takes the code for one without Enter, and what came later would stay.
            if place < last {
                let composed = json!({ "text": "ố", "selectionStart": 1, "selectionEnd": 1 });
                browser.cdp().send_raw("Input.imeSetComposition", composed).await?;
            }
        }
        keyboard.press("Enter").await?;
        let state = comes_to(&shop.store, "the fish sauce", |state| state.lines.len() == 2).await;
        assert_eq!(rows(&state), BOTH);
        until(browser, NOTHING_WAITS).await?;
        assert_eq!(browser.read("return document.querySelector('[data-box]').value").await?, "");
        assert_eq!(shop.store.state().await.missed_codes, Vec::<String>::new());
        Ok(())
    })
    .await;
    shop.store.check().await;
}

/// What comes faster than fingers is painted when it turns out to be no scan, in its order, and is searched for.
#[tokio::test]
async fn digits_of_a_scan_are_not_painted_and_those_of_a_hasty_cashier_are() {
    let _others = crate::QUIET.read().await;
    let shop = Shop::open().await;
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in(browser).await?;
        browser.read("window.typed = 0; document.querySelector('[data-box]').addEventListener('input', () => window.typed++)").await?;
        browser.type_like_scanner(GARLIC).await?;
        comes_to(&shop.store, "the garlic", |state| !state.lines.is_empty()).await;
        assert_eq!(browser.read("return window.typed").await?, "2", "two digits might have been a person's");

        let mut keyboard = browser.keyboard().await?;
        keyboard.pause(Duration::from_millis(500));
        keyboard.type_keys("89385").await?;
        until(browser, "document.querySelector('[data-box]').value === '89385'").await?;
        browser.press("Escape").await?;

        let mut keyboard = browser.keyboard().await?;
        keyboard.pause(Duration::from_millis(500));
        keyboard.type_keys("2026toi12345").await?;
        until(browser, "document.querySelector('[data-box]').value === '2026toi12345'").await?;
        browser.press("Escape").await?;
        until(browser, "document.querySelector('[data-box]').value === ''").await?;

        // In the middle of what stands there already, where the cursor is.
        type_into(browser, "[data-box]", "toi").await?;
        browser.read("document.querySelector('[data-box]').setSelectionRange(1, 1)").await?;
        let mut keyboard = browser.keyboard().await?;
        keyboard.pause(Duration::from_millis(500));
        keyboard.type_keys("12345").await?;
        until(browser, "document.querySelector('[data-box]').value === 't12345oi'").await?;
        assert_eq!(rows(&shop.store.state().await), BOTH[..1]);
        Ok(())
    })
    .await;
    shop.store.check().await;
}

#[tokio::test]
async fn a_scan_while_money_is_taken_is_a_scan() {
    let _others = crate::QUIET.read().await;
    let shop = Shop::open().await;
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in(browser).await?;
        browser.type_like_scanner(GARLIC).await?;
        shows(browser, "280.000 ₫").await?;

        // With the focus in the field for the cash, in which the cashier has begun to type.
        browser.press("F9").await?;
        until(browser, "document.activeElement.id === 'cash'").await?;
        browser.press("3").await?;
        let mut keyboard = browser.keyboard().await?;
        keyboard.pause(Duration::from_millis(500));
        keyboard.scan(FISH_SAUCE).await?;
        let state = comes_to(&shop.store, "the fish sauce", |state| state.lines.len() == 2).await;
        assert_eq!(rows(&state), BOTH, "and not 38.938.500.000.027 ₫ of cash");
        nothing_is_sold(browser, &shop).await?;

        // With the focus on the button that completes the sale.
        browser.press("F9").await?;
        until(browser, "document.activeElement.id === 'cash'").await?;
        browser.press("F3").await?;
        until(browser, "document.activeElement.matches('button.primary')").await?;
        browser.type_like_scanner(GARLIC).await?;
        comes_to(&shop.store, "another garlic", |state| state.payable_vnd == 655_000).await;
        nothing_is_sold(browser, &shop).await
    })
    .await;
    shop.store.check().await;
}

#[tokio::test]
async fn the_line_feed_after_a_scan_completes_nothing_and_the_cashiers_enter_does() {
    let _others = crate::QUIET.read().await;
    let shop = Shop::open().await;
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in(browser).await?;
        browser.type_like_scanner(GARLIC).await?;
        shows(browser, "280.000 ₫").await?;
        browser.press("F9").await?;
        until(browser, "document.activeElement.id === 'cash'").await?;
        browser.press("F3").await?;
        until(browser, "document.activeElement.matches('button.primary')").await?;
        let mut keyboard = browser.keyboard().await?;
        keyboard.scan(FISH_SAUCE).await?;
        keyboard.press("Enter").await?;
        comes_to(&shop.store, "the fish sauce", |state| state.lines.len() == 2).await;
        nothing_is_sold(browser, &shop).await?;

        // Within a tenth of a second of the last scan: the times are those of the keys.
        let mut keyboard = browser.keyboard().await?;
        keyboard.scan(GARLIC).await?;
        shows(browser, "655.000 ₫").await?;
        keyboard.press("F9").await?;
        until(browser, "document.activeElement.id === 'cash'").await?;
        keyboard.press("Enter").await?;
        let state = comes_to(&shop.store, "a sale", |state| state.last_sale.is_some()).await;
        assert_eq!(state.last_sale.map(|sale| sale.payable_vnd), Some(655_000));
        Ok(())
    })
    .await;
    shop.store.check().await;
}

/// A slow scanner that puts signs around each code: the manager tries it, sets up what the page advises, and it sells.
#[tokio::test]
async fn a_scanner_is_tried_and_set_up() {
    let _others = crate::QUIET.read().await;
    let shop = Shop::open().await;
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in_as(browser, testkit::catalogue::id_of("Trần Văn Quản")).await?;
        browser.goto(format!("{}/printers?counter=1", shop.url)).await?;
        type_into(browser, "#scan-try", "").await?;
        let mut keyboard = browser.keyboard().await?;
        keyboard.scan(&format!("S{GARLIC}E")).await?;
        shows(browser, "Quầy nhận ra đây là máy quét").await?;
        shows(browser, "chữ để tìm theo tên").await?;
        at_all_sizes(browser, "scan-try").await?;
        type_into(browser, "#prefix", "S").await?;
        type_into(browser, "#suffix", "E").await?;
        click(browser, "form[action='/printers/scan-habit'] button").await?;
        shows(browser, "Đã lưu máy quét của Quầy 1.").await?;
        type_into(browser, "#scan-try", "").await?;
        let mut keyboard = browser.keyboard().await?;
        keyboard.scan(&format!("S{GARLIC}E")).await?;
        shows(browser, "Tỏi đen Lý Sơn hộp 250 g").await?;
        browser.goto(&shop.url).await?;
        until(browser, "document.querySelector('[data-box]')").await?;
        let mut keyboard = browser.keyboard().await?;
        keyboard.scan(&format!("S{GARLIC}E")).await?;
        comes_to(&shop.store, "the garlic", |state| state.payable_vnd == 280_000).await;
        Ok(())
    })
    .await;
    shop.store.check().await;
}

async fn nothing_is_sold(browser: &Browser, shop: &Shop) -> WebDriverResult<()> {
    until(browser, NOTHING_WAITS).await?;
    let state = shop.store.state().await;
    assert!(state.last_sale.is_none() && !state.lines.is_empty(), "{state:?}");
    until(browser, "document.querySelector('.pay')").await
}
