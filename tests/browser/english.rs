//! A day in English: whoever cannot read Vietnamese signs in, sells, takes goods back and closes the shift.

use testkit::browser::{Browser, Viewport};
use testkit::catalogue::{MANAGER, PIN};
use testkit::world::{FISH_SAUCE, GARLIC};
use thirtyfour::prelude::WebDriverResult;

use crate::looking::{shows, type_into, until};
use crate::pictures::look;
use crate::shop::{Shop, choose_person, counter_is_ready};

/// What has its own language: goods, units, people and places; "Quầy" names the counter on every paper.
const NAMES: [&str; 12] = [
    "Tỏi đen Lý Sơn hộp 250 g",
    "Nước mắm Sa Huỳnh chai 500 ml",
    "Điểm OCOP Lý Sơn",
    "Nguyễn Thị Hường",
    MANAGER,
    "Tỏi đen Lý Sơn",
    "Nước mắm Sa Huỳnh",
    "Quầy 1",
    "Tiếng Việt",
    "Hộp",
    "Chai",
    "₫",
];

/// Every text that a person sees or hears on the page.
const TEXTS: &str = "
    const said = [document.title, document.querySelector('main').innerText, document.querySelector('header')?.innerText ?? ''];
    for (const part of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')) {
        said.push(...['aria-label', 'title', 'placeholder', 'alt'].map(name => part.getAttribute(name) ?? ''));
    }
    return said.filter(text => text).join('\\n')";

/// Fails when a sentence of ours is left in Vietnamese.
async fn is_english(browser: &Browser, page: &str) -> WebDriverResult<()> {
    let mut texts = browser.read(TEXTS).await?;
    for name in NAMES {
        texts = texts.replace(name, "");
    }
    let is_vietnamese = |letter: char| {
        "ăâđêôơưĂÂĐÊÔƠƯ".contains(letter)
            || ('\u{1ea0}'..='\u{1ef9}').contains(&letter)
            || "àáãèéìíòóõùúýÀÁÃÈÉÌÍÒÓÕÙÚÝ".contains(letter)
    };
    let left: Vec<&str> = texts.lines().filter(|line| line.chars().any(is_vietnamese)).collect();
    assert!(left.is_empty(), "{page} says in Vietnamese: {left:#?}");
    look(browser, &format!("english-{page}"), Viewport::COUNTER).await
}

#[tokio::test]
async fn a_day_in_english() {
    let _others = crate::QUIET.read().await;
    let shop = Shop::open().await;
    let cashier = shop.store.seat.cashier_id.uuid();
    Browser::story(Viewport::COUNTER, async |browser| {
        browser.goto(format!("{}/sign-in?lang=en", shop.url)).await?;
        shows(browser, "Who is at the counter").await?;
        is_english(browser, "sign-in").await?;
        choose_person(browser, cashier).await?;
        counter_is_ready(browser).await?;
        for code in [GARLIC, FISH_SAUCE] {
            browser.type_like_scanner(code).await?;
        }
        shows(browser, "375.000 ₫").await?;
        is_english(browser, "counter").await?;
        browser.press("F1").await?;
        shows(browser, "While paying").await?;
        is_english(browser, "help").await?;
        browser.press("Escape").await?;
        counter_is_ready(browser).await?;
        browser.press("F9").await?;
        until(browser, "document.activeElement.id === 'cash'").await?;
        is_english(browser, "tender").await?;
        type_into(browser, "#cash", "400.000").await?;
        browser.press("Enter").await?;
        shows(browser, "25.000 ₫").await?;
        is_english(browser, "sold").await?;

        let sold = shop.store.state().await.last_sale.expect("a sale").sale_id;
        browser.goto(format!("{}/receipts/{sold}", shop.url)).await?;
        until(browser, "document.activeElement.id === 'refund-pin'").await?;
        is_english(browser, "receipt").await?;
        type_into(browser, "#quantity-0", "1").await?;
        type_into(browser, "#refund-pin", PIN).await?;
        browser.press("Enter").await?;
        shows(browser, "280.000 ₫").await?;
        until(
            browser,
            "document.querySelector('.note') && !document.querySelector('form[action=\"/receipts/void\"]')",
        )
        .await?;
        is_english(browser, "refunded").await?;

        browser.goto(format!("{}/shift/report", shop.url)).await?;
        shows(browser, "500.000 ₫").await?;
        is_english(browser, "x-report").await?;
        browser.goto(format!("{}/shift", shop.url)).await?;
        until(browser, "document.activeElement.id === 'n500000'").await?;
        is_english(browser, "count").await?;
        type_into(browser, "#counted", "595.000").await?;
        browser.press("Enter").await?;
        until(browser, "document.activeElement.id === 'visitors'").await?;
        is_english(browser, "question").await?;
        browser.press("Enter").await?;
        until(browser, "location.pathname.startsWith('/shift/reports/')").await?;
        is_english(browser, "z-report").await
    })
    .await;
    shop.store.check().await;
}
