//! Combos, presents and weights at the counter: one code for several goods, a basket with a slip without prices, and a weight
//! that is asked for; each by keys alone, and looked at.

use pos::Config;
use pos::config::GiftsConfig;
use testkit::browser::{Browser, Viewport};
use testkit::catalogue::Catalogue;
use testkit::store::TestStore;
use testkit::world::{FISH_SAUCE, GARLIC};

use crate::looking::{click, comes_to, shows, type_into, until};
use crate::pictures::at_all_sizes;
use crate::shop::{Shop, counter_is_ready};

const GIFT: &str = "8938500000034";
const GIFT_NAME: &str = "Bộ quà Tết Hương biển Lý Sơn";

async fn store() -> TestStore {
    let gifts = GiftsConfig { wrapping_skus: vec!["GIO-MAY-VA-CONG-GOI".to_owned()] };
    let config = Config { gifts, printer: "file:paper".to_owned(), ..Config::default() };
    let store = TestStore::closed(config).await;
    let parts = [("Tỏi đen Lý Sơn hộp 250 g", 1_000), ("Nước mắm Sa Huỳnh chai 500 ml", 2_000)];
    let rows = Catalogue::default().product("Giỏ mây và công gói", "8938500000058", 60_000, None);
    store.load(&rows.combo(GIFT_NAME, GIFT, 400_000, &parts)).await;
    store.open_shift().await;
    store.receive("Tỏi đen Lý Sơn hộp 250 g", 10, Some("Tỏi đen Lý Sơn")).await;
    store.receive("Nước mắm Sa Huỳnh chai 500 ml", 10, None).await;
    store
}

#[tokio::test]
async fn a_combo_and_a_basket_are_sold_and_the_slip_tells_no_price() {
    let _others = crate::QUIET.read().await;
    let shop = Shop::pages(store().await).await;
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in(browser).await?;
        browser.type_like_scanner(GIFT).await?;
        comes_to(&shop.store, "the combo", |state| state.payable_vnd == 400_000).await;
        shows(browser, "gồm 1 Tỏi đen Lý Sơn hộp 250 g, 2 Nước mắm Sa Huỳnh chai 500 ml").await?;
        browser.type_like_scanner(GARLIC).await?;
        comes_to(&shop.store, "two rows", |state| state.payable_vnd == 680_000).await;
        shows(browser, "680.000 ₫").await?;
        at_all_sizes(browser, "combo").await?;

        browser.press("Alt+G").await?;
        until(browser, "document.activeElement.id === 'gift-name'").await?;
        at_all_sizes(browser, "basket").await?;
        type_into(browser, "#gift-name", "Giỏ quà Tết cô Hà").await?;
        click(browser, ".panel summary").await?;
        type_into(browser, "#gift-to", "Cô Hà").await?;
        browser.read("document.querySelector('#gift-wrapping').selectedIndex = 1").await?;
        // Enter on the words' heading would fold them again.
        browser.read("document.querySelector('#gift-to').focus()").await?;
        browser.press("Enter").await?;
        shows(browser, "Đã gói Giỏ quà Tết cô Hà").await?;
        counter_is_ready(browser).await?;
        browser.type_like_scanner(FISH_SAUCE).await?;
        let state = comes_to(&shop.store, "four rows", |state| state.payable_vnd == 835_000).await;
        let packed: Vec<bool> = state.lines.iter().map(|line| line.basket.is_some()).collect();
        assert_eq!(packed, [true, true, true, false]);
        shows(browser, "835.000 ₫").await?;
        at_all_sizes(browser, "packed").await?;
        // By touch, from the menu: a second basket would take the last row; it is left alone.
        browser.press("Alt+M").await?;
        shows(browser, "Gói quà").await?;
        click(browser, "[data-modal] [aria-keyshortcuts='Alt+G']").await?;
        shows(browser, "Tháo: Giỏ quà Tết cô Hà").await?;
        at_all_sizes(browser, "unpack").await?;
        browser.press("Escape").await?;
        counter_is_ready(browser).await?;

        browser.press("F9").await?;
        until(browser, "document.activeElement.id === 'cash'").await?;
        browser.press("Enter").await?;
        comes_to(&shop.store, "a sale", |state| state.last_sale.is_some()).await;
        until(browser, "document.querySelector('#previous a')").await?;
        let link = browser.read("return document.querySelector('#previous a').href").await?;
        browser.goto(&link).await?;
        shows(browser, "Phiếu quà").await?;
        until(browser, "document.querySelector('main img')?.naturalWidth === 576").await?;
        at_all_sizes(browser, "receipt-of-combo").await?;
        let slip = browser.read("return document.querySelector('a[href^=\"/slips/\"]').href").await?;
        browser.goto(&slip).await?;
        until(browser, "document.images[0]?.naturalWidth === 576").await?;
        if let Some(folder) = std::env::var_os("OCOP_SCREENSHOTS") {
            browser.screenshot(std::path::Path::new(&folder).join("gift-slip.png")).await?;
        }
        Ok(())
    })
    .await;
    shop.store.check().await;
}

#[tokio::test]
async fn a_weight_is_asked_for_typed_and_changed_by_keys() {
    let _others = crate::QUIET.read().await;
    let shop = Shop::pages(store().await).await;
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in(browser).await?;
        type_into(browser, "#box", "quế trà").await?;
        browser.press("Enter").await?;
        until(browser, "document.activeElement.id === 'weight'").await?;
        shows(browser, "Cân Quế Trà Bồng rồi gõ số kg.").await?;
        at_all_sizes(browser, "weigh").await?;
        type_into(browser, "#weight", "350").await?;
        browser.press("Enter").await?;
        shows(browser, "Cân nặng chưa đúng.").await?;
        until(browser, "document.querySelector('#weight').value === '350'").await?;
        at_all_sizes(browser, "weigh-wrong").await?;
        type_into(browser, "#weight", "0,35").await?;
        browser.press("Enter").await?;
        comes_to(&shop.store, "the cinnamon", |state| state.payable_vnd == 84_000).await;
        shows(browser, "0,350 kg").await?;
        counter_is_ready(browser).await?;
        at_all_sizes(browser, "weighed").await?;

        for by_touch in [false, true] {
            if by_touch {
                click(browser, "td.steps button:nth-of-type(2)").await?;
            } else {
                browser.press("F2").await?;
            }
            until(browser, "document.activeElement.id === 'quantity'").await?;
            browser.press("Escape").await?;
            counter_is_ready(browser).await?;
        }
        browser.press("F2").await?;
        until(browser, "document.activeElement.id === 'quantity'").await?;
        type_into(browser, "#quantity", "400g").await?;
        browser.press("Enter").await?;
        comes_to(&shop.store, "another weight", |state| state.payable_vnd == 96_000).await;
        // Nothing was weighed: nothing is sold.
        type_into(browser, "#box", "12").await?;
        browser.press("Enter").await?;
        until(browser, "document.activeElement.id === 'weight'").await?;
        browser.press("Escape").await?;
        counter_is_ready(browser).await?;
        assert_eq!(shop.store.state().await.lines.len(), 1);
        Ok(())
    })
    .await;
    shop.store.check().await;
}
