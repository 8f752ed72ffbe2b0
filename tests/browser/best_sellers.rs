//! Tiles of what sells most, beside the cart.

use testkit::browser::{Browser, Viewport};
use testkit::store::TestStore;
use testkit::world::{FISH_SAUCE, GARLIC};

use crate::looking::{click, comes_to, rows, shows, until};
use crate::pictures::{GOODS, at_all_sizes, goods};
use crate::shop::Shop;

/// A craft, a combo and goods by weight beside the usual ones: name, code, price.
const BASKET: (&str, &str, i64) = ("Gùi tre đan tay Ba Tơ", "8938500000157", 350_000);
const PRESENT: (&str, &str, i64) = ("Bộ quà Tết Lý Sơn", "8938500000164", 360_000);

/// A store that has sold a little of everything.
async fn selling_store() -> TestStore {
    let store = TestStore::closed(pos::Config::default()).await;
    let parts = [("Tỏi đen Lý Sơn hộp 250 g", 1_000), ("Nước mắm Sa Huỳnh chai 500 ml", 1_000)];
    let more = goods().craft(BASKET.0, BASKET.1, BASKET.2).combo(PRESENT.0, PRESENT.1, PRESENT.2, &parts);
    store.load(&more).await;
    store.open_shift().await;
    let codes = GOODS.iter().map(|(_, code, ..)| *code).chain([BASKET.1, PRESENT.1, FISH_SAUCE, GARLIC]);
    for (times, code) in (1..).zip(codes) {
        for _ in 0..times {
            store.sell(code).await;
        }
    }
    store
}

#[tokio::test]
async fn the_tiles_are_whole_at_all_sizes_and_no_key_is_lost_behind_them() {
    let _others = crate::QUIET.read().await;
    let shop = Shop::pages(selling_store().await).await;
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in(browser).await?;
        browser.press("Alt+B").await?;
        until(browser, "document.activeElement.matches('.tiles button')").await?;
        at_all_sizes(browser, "tiles").await?;
        let low = "[...document.querySelectorAll('.tiles button, .groups button')]
            .filter(tile => tile.getBoundingClientRect().height < 48).map(tile => tile.innerText)";
        assert_eq!(browser.read(&format!("return {low}")).await?, "[]");
        // The best one is a key away, and the next scan is heard as ever.
        browser.press("Enter").await?;
        comes_to(&shop.store, "garlic", |state| state.payable_vnd == 280_000).await;
        browser.type_like_scanner(FISH_SAUCE).await?;
        let state = comes_to(&shop.store, "fish sauce", |state| state.lines.len() == 2).await;
        assert_eq!(state.payable_vnd, 375_000);
        shows(browser, "375.000 ₫").await?;
        click(browser, ".groups button[value='Thủ công']").await?;
        until(browser, "document.querySelectorAll('.tiles button').length === 1").await?;
        click(browser, ".tiles button").await?;
        comes_to(&shop.store, "a basket", |state| state.lines.len() == 3).await;
        at_all_sizes(browser, "tiles-of-a-group").await?;

        // Keys that have no button beside the tiles.
        browser.press("F7").await?;
        shows(browser, "Treo đơn này để bán đơn khác").await?;
        browser.press("Escape").await?;
        until(browser, "document.querySelector('.tiles')").await?;
        browser.press("F9").await?;
        shows(browser, "Khách đưa").await?;
        browser.press("Enter").await?;
        comes_to(&shop.store, "a sale", |state| state.lines.is_empty()).await;
        // The next buyer finds them open.
        until(browser, "document.querySelector('.tiles') && document.activeElement.matches('[data-box]')")
            .await?;
        browser.refresh().await?;
        until(browser, "document.querySelector('.tiles')").await?;
        browser.press("Escape").await?;
        until(browser, "document.querySelector('.keys') && !document.querySelector('.tiles')").await?;
        browser.press("Escape").await?;
        shows(browser, "Đơn chưa có hàng").await?;
        assert_eq!(rows(&shop.store.state().await), []);
        Ok(())
    })
    .await;
    shop.store.check().await;
}
