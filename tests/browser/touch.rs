//! A tablet without scanner and keyboard.

use serde_json::json;
use testkit::browser::{Browser, Viewport};
use thirtyfour::prelude::{By, ElementQueryable, WebDriverResult};

use crate::looking::{comes_to, rows, shows, until};
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
