//! A tablet without scanner and keyboard.

use serde_json::{Value, json};
use testkit::browser::{Browser, Viewport};
use testkit::catalogue::{PIN, id_of};
use thirtyfour::prelude::{By, ElementQueryable, WebDriverResult};

use crate::looking::{comes_to, rows, shows, type_into, until};
use crate::shop::Shop;

const GARLIC_NAME: &str = "Tỏi đen Lý Sơn hộp 250 g";
const FISH_SAUCE_NAME: &str = "Nước mắm Sa Huỳnh chai 500 ml";

const TABLET: Viewport = Viewport { width: 1_024, height: 600, is_phone: true };

#[tokio::test]
async fn a_product_is_found_without_marks_and_sold_by_the_finger() {
    let _others = crate::QUIET.read().await;
    let shop = Shop::open().await;
    Browser::story(TABLET, async |browser| {
        shop.sign_in(browser).await?;
        assert_eq!(browser.read("return matchMedia('(pointer: coarse)').matches").await?, "true");
        tap(browser, "[data-box]").await?;
        browser.query(By::Css("[data-box]")).first().await?.send_keys("toi den").await?;
        until(browser, "document.querySelectorAll('#results [role=option]').length === 1").await?;
        let found = browser.read("return document.querySelector('#results').innerText").await?;
        assert!(found.contains("Tỏi đen Lý Sơn hộp 250 g") && found.contains("280.000 ₫"), "{found}");
        tap(browser, "#results [role=option]").await?;
        let state = comes_to(&shop.store, "a row", |state| !state.lines.is_empty()).await;
        assert_eq!(rows(&state), [("Tỏi đen Lý Sơn hộp 250 g", 1)]);
        until(browser, "!document.querySelector('#results').children.length").await?;
        assert_eq!(browser.read("return document.querySelector('[data-box]').value").await?, "");

        tap(browser, "#cart .steps button[value='1']").await?;
        shows(browser, "560.000 ₫").await?;
        tap(browser, ".pay").await?;
        shows(browser, "Khách đưa").await?;
        tap(browser, ".quick button:last-child").await?;
        shows(browser, "Tiền thừa").await?;
        tap(browser, ".panel .foot .primary").await?;
        let state = comes_to(&shop.store, "a sale", |state| state.last_sale.is_some()).await;
        let sale = state.last_sale.expect("a sale");
        assert!(sale.payable_vnd == 560_000 && sale.change_vnd > 0, "{sale:?}");
        Ok(())
    })
    .await;
    shop.store.check().await;
}

#[tokio::test]
async fn a_buyer_is_served_from_the_tiles_without_a_scanner_or_a_keyboard() {
    let _others = crate::QUIET.read().await;
    let shop = Shop::open().await;
    Browser::story(TABLET, async |browser| {
        shop.sign_in(browser).await?;
        tap(browser, ".keys [value=best_sellers]").await?;
        tap(browser, &tile(FISH_SAUCE_NAME)).await?;
        shows(browser, "95.000 ₫").await?;
        // Twice in a row, as fingers do: the tile stays where it is.
        for _ in 0..2 {
            tap(browser, &tile(GARLIC_NAME)).await?;
        }
        shows(browser, "655.000 ₫").await?;
        tap(browser, &tile("Quế Trà Bồng")).await?;
        shows(browser, "Cân nặng (kg)").await?;
        type_into(browser, "#weight", "0,5").await?;
        tap(browser, ".panel .foot .primary").await?;
        shows(browser, "775.000 ₫").await?;
        // One too many goes by the row's own button, and the tiles are still there.
        tap(browser, "#cart .steps button[form='remove-row']").await?;
        shows(browser, "655.000 ₫").await?;
        tap(browser, &tile(FISH_SAUCE_NAME)).await?;
        let state = comes_to(&shop.store, "four pieces", |state| state.payable_vnd == 750_000).await;
        assert_eq!(rows(&state), [("Nước mắm Sa Huỳnh chai 500 ml", 2), ("Tỏi đen Lý Sơn hộp 250 g", 2)]);
        shows(browser, "750.000 ₫").await?;
        tap(browser, ".pay").await?;
        tap(browser, ".panel .foot .primary").await?;
        comes_to(&shop.store, "a sale", |state| state.last_sale.is_some()).await;
        tap(browser, ".foot button:first-child").await?;
        until(browser, "document.querySelector('.keys')").await
    })
    .await;
    shop.store.check().await;
}

/// The tile of a product.
fn tile(name: &str) -> String {
    format!(".tiles button[value='{}']", id_of(name))
}

/// Fingers are wider than arrows: what a finger should meet is at least so high.
const FINGER_PX: i64 = 44;

#[tokio::test]
async fn a_cart_is_parked_and_comes_back_and_is_paid_exactly() {
    let _others = crate::QUIET.read().await;
    let shop = Shop::open().await;
    Browser::story(TABLET, async |browser| {
        shop.sign_in(browser).await?;
        tap(browser, ".keys [value=best_sellers]").await?;
        tap(browser, &tile(GARLIC_NAME)).await?;
        shows(browser, "280.000 ₫").await?;
        tap(browser, ".foot button:first-child").await?;
        tap(browser, ".keys [value=park]").await?;
        tap(browser, ".panel .foot .primary").await?;
        comes_to(&shop.store, "an empty cart", |state| state.lines.is_empty() && state.carts.len() == 2)
            .await;
        tap(browser, ".keys [value=best_sellers]").await?;
        tap(browser, &tile(FISH_SAUCE_NAME)).await?;
        shows(browser, "95.000 ₫").await?;
        tap(browser, ".foot button:first-child").await?;
        tap(browser, ".keys [value=parked]").await?;
        tap(browser, ".held button").await?;
        let state = comes_to(&shop.store, "the parked cart", |state| state.payable_vnd == 280_000).await;
        assert_eq!(rows(&state), [(GARLIC_NAME, 1)]);
        // The other one, by its tab, and back.
        tap(browser, "#sales button:not([aria-current]):not(.plus)").await?;
        comes_to(&shop.store, "the other cart", |state| state.payable_vnd == 95_000).await;
        shows(browser, "Bán tiếp").await?;
        tap(browser, ".pay").await?;
        shows(browser, "Khách đưa").await?;
        tap(browser, ".panel .foot .primary").await?;
        let state = comes_to(&shop.store, "a sale", |state| state.last_sale.is_some()).await;
        assert_eq!(state.last_sale.map(|sale| (sale.payable_vnd, sale.change_vnd)), Some((95_000, 0)));
        Ok(())
    })
    .await;
    shop.store.check().await;
}

#[tokio::test]
async fn goods_come_back_from_the_list_of_receipts() {
    let _others = crate::QUIET.read().await;
    let shop = Shop::open().await;
    let sale_id = shop.store.sell("8938500000010").await;
    Browser::story(TABLET, async |browser| {
        shop.sign_in(browser).await?;
        tap(browser, ".keys a[href='/receipts']").await?;
        tap(browser, &format!("a[href='/receipts/{sale_id}']")).await?;
        type_by_finger(browser, "#refund-pin", PIN).await?;
        tap(browser, "button[name=whole]").await?;
        shows(browser, "Không trả thêm được nữa").await?;
        tap(browser, "a.button[href='/']").await?;
        until(browser, "document.querySelector('.keys')").await
    })
    .await;
    shop.store.check().await;
}

#[tokio::test]
async fn people_take_turns_by_the_pad_of_digits_and_money_leaves_the_drawer() {
    let _others = crate::QUIET.read().await;
    let shop = Shop::open().await;
    Browser::story(TABLET, async |browser| {
        browser.goto(&shop.url).await?;
        tap(browser, &format!("label:has([value='{}'])", shop.store.seat.cashier_id)).await?;
        tap_pin(browser).await?;
        tap(browser, "form button.primary").await?;
        shows(browser, "Nguyễn Thị Hường").await?;
        tap(browser, ".bar .who").await?;
        // Two people: the other one is chosen.
        tap_pin(browser).await?;
        tap(browser, ".panel .foot .primary").await?;
        shows(browser, "Trần Văn Quản").await?;

        tap(browser, ".keys [value=menu]").await?;
        tap(browser, ".panel a[href='/drawer']").await?;
        tap(browser, "label:has([name=way][value=out])").await?;
        type_by_finger(browser, "[name=amount]", "50k").await?;
        type_by_finger(browser, "[name=reason]", "trả tiền đá").await?;
        tap(browser, "form[action='/drawer/cash'] button.primary").await?;
        shows(browser, "Đã chi 50.000 ₫").await
    })
    .await;
    shop.store.check().await;
}

async fn tap_pin(browser: &Browser) -> WebDriverResult<()> {
    for digit in PIN.chars() {
        tap(browser, &format!("[data-digit='{digit}']")).await?;
    }
    Ok(())
}

/// Touches a field, and types on the keyboard that comes up.
async fn type_by_finger(browser: &Browser, selector: &str, text: &str) -> WebDriverResult<()> {
    tap(browser, selector).await?;
    until(browser, &format!("document.activeElement.matches({selector:?})")).await?;
    type_into(browser, selector, text).await
}

/// Touches the middle of an element, once it is there; swipes to it where the page is longer than the screen.
async fn tap(browser: &Browser, selector: &str) -> WebDriverResult<()> {
    until(browser, &format!("document.querySelector({selector:?})")).await?;
    let place = format!(
        "const target = document.querySelector({selector:?});
        target.scrollIntoView({{ block: 'nearest', behavior: 'instant' }});
        const {{ x, y, width, height }} = target.getBoundingClientRect(), middle = {{ x: x + width / 2, y: y + height / 2 }};
        const met = document.elementFromPoint(middle.x, middle.y);
        return {{ points: [middle], met: target === met || target.contains(met), height: Math.round(height) }}"
    );
    let place: Value = serde_json::from_str(&browser.read(&place).await?).expect("a place");
    assert_eq!(place["met"], true, "something lies over {selector}: {place}");
    assert!(place["height"].as_i64() >= Some(FINGER_PX), "{selector} is too low for a finger: {place}");
    for (kind, points) in [("touchStart", place["points"].clone()), ("touchEnd", json!([]))] {
        let touch = json!({ "type": kind, "touchPoints": points });
        browser.cdp().send_raw("Input.dispatchTouchEvent", touch).await?;
    }
    Ok(())
}
