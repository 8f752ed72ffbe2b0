//! A tablet without scanner and keyboard.

use serde_json::json;
use testkit::browser::{Browser, Viewport};
use testkit::catalogue::id_of;
use thirtyfour::prelude::{By, ElementQueryable, WebDriverResult};

use crate::looking::{comes_to, rows, shows, type_into, until};
use crate::shop::Shop;

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
        tap(browser, &tile("Nước mắm Sa Huỳnh chai 500 ml")).await?;
        shows(browser, "95.000 ₫").await?;
        // Twice in a row, as fingers do: the tile stays where it is.
        for _ in 0..2 {
            tap(browser, &tile("Tỏi đen Lý Sơn hộp 250 g")).await?;
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
        tap(browser, &tile("Nước mắm Sa Huỳnh chai 500 ml")).await?;
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

/// Touches the middle of an element, once it is there.
async fn tap(browser: &Browser, selector: &str) -> WebDriverResult<()> {
    until(browser, &format!("document.querySelector({selector:?})")).await?;
    let place = format!(
        "const {{ x, y, width, height }} = document.querySelector({selector:?}).getBoundingClientRect();
        return [{{ x: x + width / 2, y: y + height / 2 }}]"
    );
    let points: serde_json::Value = serde_json::from_str(&browser.read(&place).await?).expect("a place");
    for (kind, points) in [("touchStart", points), ("touchEnd", json!([]))] {
        let touch = json!({ "type": kind, "touchPoints": points });
        browser.cdp().send_raw("Input.dispatchTouchEvent", touch).await?;
    }
    Ok(())
}
