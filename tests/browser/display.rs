//! The customer's screen, a second window: it follows the counter, at once and by itself.

use testkit::browser::{Browser, Viewport};
use testkit::world::{FISH_SAUCE, GARLIC};
use thirtyfour::prelude::{By, ElementQueryable, WebDriverResult};

use crate::looking::{shows, until};
use crate::pictures::look;
use crate::shop::Shop;

/// A small second screen.
const SCREEN: Viewport = Viewport { width: 1_024, height: 600, is_phone: false };

/// Everything is within the screen, and even the small words are read from two metres: a twenty-fifth of its height.
const LEGIBLE: &str = "
    const parts = [...document.querySelectorAll('#screen p, #screen li, #screen small, #screen output, #screen svg, #screen img')];
    const outside = parts.filter(part => part.getBoundingClientRect().bottom > innerHeight + 1);
    const small = parts.filter(part => part.textContent && parseFloat(getComputedStyle(part).fontSize) < innerHeight / 25);
    return [...outside, ...small].map(part => part.tagName + ' ' + part.textContent.slice(0, 40))";

/// Any picture will do: that of a receipt.
fn paper_picture() -> Vec<u8> {
    let page = receipts::layout::layout(&receipts::samples::usual(), receipts::profile::Paper::Dots576, None);
    receipts::png::encode(&receipts::raster::draw(&page)).expect("a picture")
}

async fn seen(browser: &Browser, name: &str) -> WebDriverResult<()> {
    look(browser, name, SCREEN).await?;
    assert_eq!(browser.read(LEGIBLE).await?, "[]", "{name}");
    Ok(())
}

#[tokio::test]
async fn a_buyer_sees_goods_code_and_change_on_a_screen_of_their_own() {
    let _others = crate::QUIET.read().await;
    let shop = Shop::open().await;
    Browser::story(Viewport::COUNTER, async |browser| {
        let counter = browser.window().await?;
        shop.sign_in(browser).await?;
        let screen = browser.new_window().await?;
        browser.switch_to_window(screen.clone()).await?;
        browser.set_viewport(SCREEN).await?;
        browser.goto(format!("{}/display?counter=1", shop.url)).await?;
        shows(browser, "Kính chào quý khách").await?;
        seen(browser, "display-idle").await?;
        let picture = paper_picture();
        let kept = pos::counter::display_pictures::add(&shop.store.app, &picture).await;
        assert_eq!(kept.expect("an answer"), Ok(true));
        until(browser, "document.querySelector('#screen img')?.naturalWidth === 576").await?;
        seen(browser, "display-picture").await?;

        browser.switch_to_window(counter.clone()).await?;
        browser.type_like_scanner(GARLIC).await?;
        browser.type_like_scanner(FISH_SAUCE).await?;
        shows(browser, "375.000 ₫").await?;
        browser.switch_to_window(screen.clone()).await?;
        shows(browser, "375.000 ₫").await?;
        seen(browser, "display-goods").await?;

        browser.switch_to_window(counter.clone()).await?;
        browser.press("F9").await?;
        until(browser, "document.activeElement.id === 'cash'").await?;
        browser.press("F2").await?;
        until(browser, "document.querySelector('.qr')").await?;
        browser.switch_to_window(screen.clone()).await?;
        until(browser, "document.querySelector('svg.qr')").await?;
        seen(browser, "display-vietqr").await?;
        let share =
            "return document.querySelector('svg.qr').getBoundingClientRect().height >= innerHeight * .4";
        assert_eq!(browser.read(share).await?, "true", "a phone reads it from where the buyer stands");

        browser.switch_to_window(counter.clone()).await?;
        browser.press("F1").await?;
        until(browser, "document.activeElement.id === 'cash'").await?;
        browser.query(By::Css("#cash")).first().await?.send_keys("400000").await?;
        browser.press("Enter").await?;
        shows(browser, "Trả lại khách").await?;
        browser.switch_to_window(screen).await?;
        shows(browser, "Cảm ơn quý khách").await?;
        shows(browser, "25.000 ₫").await?;
        seen(browser, "display-thanks").await
    })
    .await;
    shop.store.check().await;
}

#[tokio::test]
async fn a_screen_connects_again_by_itself_and_shows_a_long_cart() {
    let _others = crate::QUIET.read().await;
    let shop = Shop::open().await;
    Browser::story(SCREEN, async |browser| {
        browser.goto(format!("{}/display?counter=1", shop.url)).await?;
        shows(browser, "Kính chào quý khách").await?;
        until(browser, "document.documentElement.dataset.link === ''").await?;
        shop.store.app.tell_ending();
        until(browser, "document.documentElement.dataset.link === 'lost'").await?;
        shop.store.load(&crate::pictures::goods()).await;
        for (_, code, ..) in crate::pictures::GOODS {
            shop.store.scan(code).await;
        }
        for code in [GARLIC, FISH_SAUCE] {
            shop.store.scan(code).await;
        }
        shows(browser, "1.773.000 ₫").await?;
        browser.read("document.documentElement.dataset.link = ''").await?;
        seen(browser, "display-long").await
    })
    .await;
    shop.store.check().await;
}
