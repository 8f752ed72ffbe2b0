//! The department looks at sales: asked for by keys, compared by Tết, added up by producer, a row opened, printed and taken away; and the
//! report of a quarter comes to Word in a few clicks.

use serde_json::json;
use testkit::browser::{Browser, Viewport};
use testkit::world::{FISH_SAUCE, GARLIC, World, sync};
use thirtyfour::prelude::WebDriverResult;

use crate::looking::{click, fetched, shows, until};
use crate::pictures::look;
use crate::shop::{add_people, sign_in_at_central};

const DESK: Viewport = Viewport::COUNTER;
const PHONE: Viewport = Viewport { width: 390, height: 844, is_phone: true };
/// Keys from one field of the form to its button, at most.
const TABS_MAX: usize = 12;

pub(crate) async fn selling_world() -> World {
    let world = World::with_catalogue().await;
    add_people(&world).await;
    let store = world.open_store("LS").await;
    for code in [GARLIC, FISH_SAUCE, GARLIC, FISH_SAUCE, GARLIC] {
        store.deliver(code, 12).await;
        store.sell(code).await;
    }
    sync(&store).await;
    store.check().await;
    world
}

#[tokio::test]
async fn sales_are_asked_for_opened_printed_and_taken_away() {
    let _others = crate::QUIET.read().await;
    let world = selling_world().await;
    Browser::story(DESK, async |browser| {
        sign_in_at_central(browser, &format!("{}/sales", world.url), "ngan").await?;
        shows(browser, "Tỏi đen Lý Sơn hộp 250 g").await?;
        look(browser, "sales-desk", DESK).await?;
        look_at_tables(browser, "sales-tables", DESK).await?;

        // By keys alone: compared by Tết, and shown.
        browser.read("document.querySelector('#against').focus()").await?;
        browser.press("ArrowDown").await?;
        browser.press("ArrowDown").await?;
        until(browser, "document.querySelector('#against').value === 'tet'").await?;
        to_button(browser).await?;
        browser.press("Enter").await?;
        until(browser, "location.search.includes('against=tet')").await?;
        shows(browser, "Cùng kỳ theo Tết").await?;

        // Added up by commune and by producer, then in the order of names.
        click(browser, "a[href*='by=commune']").await?;
        until(
            browser,
            "document.querySelector('nav[aria-labelledby=by] [aria-current]').innerText === 'Xã, phường'",
        )
        .await?;
        click(browser, "nav[aria-labelledby=by] a:not([href*='by='])").await?;
        until(
            browser,
            "document.querySelector('nav[aria-labelledby=by] [aria-current]').innerText === 'Chủ thể'",
        )
        .await?;
        click(browser, "th a[href*='sort=name']").await?;
        until(browser, "document.querySelector('th[aria-sort=ascending]')").await?;

        // A producer's row leads to its goods, and there is a way back to all.
        click(browser, "td a[href*='producer=']").await?;
        until(
            browser,
            "location.search.includes('producer=') && document.querySelectorAll('tbody').length > 2",
        )
        .await?;
        until(browser, "document.querySelectorAll('tfoot').length === 1").await?;
        look(browser, "sales-of-a-producer", DESK).await?;
        until(browser, "!location.search.includes('producer=&')").await?;
        take_away(browser).await?;
        click(browser, ".fresh a").await?;
        until(browser, "!location.search.includes('producer=')").await?;

        // On paper, and on a phone.
        let printed = browser.cdp().send_raw("Page.printToPDF", json!({ "preferCSSPageSize": true })).await?;
        let paper = printed["data"].as_str().unwrap_or_default();
        assert!(paper.starts_with("JVBERi0"), "a PDF");
        browser.set_viewport(PHONE).await?;
        until(browser, "innerWidth === 390").await?;
        until(browser, "document.documentElement.scrollWidth <= innerWidth").await
    })
    .await;
}

/// The tables stand below what a window shows at first.
async fn look_at_tables(browser: &Browser, name: &str, viewport: Viewport) -> WebDriverResult<()> {
    browser.read("document.querySelector('tfoot').scrollIntoView()").await?;
    look(browser, name, viewport).await
}

/// Goes by Tab to the button that sends the form.
async fn to_button(browser: &Browser) -> WebDriverResult<()> {
    for _ in 0..TABS_MAX {
        browser.press("Tab").await?;
        if browser.read("return document.activeElement.matches('form.filters button.primary')").await?
            == "true"
        {
            return Ok(());
        }
    }
    panic!("the button is not reached by {TABS_MAX} keys");
}

/// The files hold what was picked.
async fn take_away(browser: &Browser) -> WebDriverResult<()> {
    for (ending, begin) in [("xlsx", "PK"), ("csv", "\u{feff}")] {
        let href = browser
            .read(&format!("return document.querySelector('a[href*=\"/sales.{ending}?\"]').href"))
            .await?;
        assert!(href.contains("producer="), "{href}");
        let bytes = fetched(browser, &href).await?;
        assert!(bytes.starts_with(begin.as_bytes()), "{ending}");
    }
    Ok(())
}

#[tokio::test]
async fn a_quarter_comes_to_word_in_four_clicks() {
    let _others = crate::QUIET.read().await;
    let world = selling_world().await;
    Browser::story(DESK, async |browser| {
        sign_in_at_central(browser, &format!("{}/sales", world.url), "ngan").await?;
        // The last of these clicks takes the file.
        let clicks = ["nav.pages a[href='/reports']", "a[href$='-q4']", "a[href$='-q4.docx']"];
        assert!(clicks.len() <= 4);
        for selector in &clicks[..2] {
            click(browser, selector).await?;
        }
        until(browser, "document.querySelector(\"a[href$='-q4.docx']\")").await?;
        let href = browser.read("return document.querySelector(\"a[href$='-q4.docx']\").href").await?;
        let file = fetched(browser, &href).await?;
        assert!(file.starts_with(b"PK") && file.len() > 2_000, "a Word file of {} bytes", file.len());
        until(browser, &format!("document.querySelector({:?}).checkVisibility()", clicks[2])).await
    })
    .await;
}
