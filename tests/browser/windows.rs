//! Two windows of one counter, and a window that died.

use std::time::Duration;

use pos::counter::{Note, state};
use testkit::browser::{Browser, STORY_S_MAX, Viewport};
use testkit::proxy::Fault;
use testkit::store::TestStore;
use testkit::world::{FISH_SAUCE, GARLIC};
use thirtyfour::prelude::WebDriverResult;
use tokio::task::JoinSet;

use crate::looking::{NOTHING_WAITS, comes_to, json, rows, shows, until};
use crate::shop::{Shop, counter_is_ready};

/// Less than a window waits for a connection to the database before it gives up: half a minute.
const TOLD_WITHIN: Duration = Duration::from_secs(20);

const EMPTY: &str = "document.querySelector('#cart .nothing')";

#[tokio::test]
async fn two_windows_show_one_cart_and_each_finishes_the_sale_that_it_shows() {
    let _others = crate::QUIET.read().await;
    let shop = Shop::open().await;
    Browser::story(Viewport::COUNTER, async |browser| {
        let first = browser.window().await?;
        shop.sign_in(browser).await?;
        let second = browser.new_window().await?;
        browser.switch_to_window(second.clone()).await?;
        browser.set_viewport(Viewport::COUNTER).await?;
        browser.goto(&shop.url).await?;
        counter_is_ready(browser).await?;

        browser.switch_to_window(first.clone()).await?;
        browser.type_like_scanner(GARLIC).await?;
        browser.switch_to_window(second.clone()).await?;
        shows(browser, "280.000 ₫").await?;
        browser.type_like_scanner(FISH_SAUCE).await?;
        browser.switch_to_window(first.clone()).await?;
        shows(browser, "375.000 ₫").await?;

        // The sale that the first window began ends in the second one.
        browser.switch_to_window(second.clone()).await?;
        let one = finish(browser, &shop, 375_000).await?;
        browser.switch_to_window(first).await?;
        until(browser, EMPTY).await?;
        shows(browser, &one).await?;

        browser.type_like_scanner(FISH_SAUCE).await?;
        let state = comes_to(&shop.store, "the next sale", |state| state.lines.len() == 1).await;
        assert_eq!(rows(&state), [("Nước mắm Sa Huỳnh chai 500 ml", 1)], "nothing of the one before");
        browser.switch_to_window(second).await?;
        shows(browser, "95.000 ₫").await?;
        let other = finish(browser, &shop, 95_000).await?;
        assert_ne!(one, other);
        let sales = json(browser, "/receipts").await?;
        let paid: Vec<_> =
            sales.as_array().expect("sales").iter().map(|sale| sale["payable_vnd"].as_i64()).collect();
        assert_eq!(paid, [Some(95_000), Some(375_000)]);
        Ok(())
    })
    .await;
    shop.store.check().await;
}

#[tokio::test]
async fn a_window_hears_the_answers_to_its_own_keys() {
    let _others = crate::QUIET.read().await;
    let (shop, proxy) = Shop::behind_proxy().await;
    Browser::story(Viewport::COUNTER, async |browser| {
        let first = browser.window().await?;
        shop.sign_in(browser).await?;
        let second = browser.new_window().await?;
        browser.switch_to_window(second.clone()).await?;
        browser.set_viewport(Viewport::COUNTER).await?;
        browser.goto(&shop.url).await?;
        counter_is_ready(browser).await?;

        // Both wait for an answer, and the second window has a key waiting behind that.
        proxy.set_for("POST ", Fault::Hold);
        browser.switch_to_window(first.clone()).await?;
        browser.type_like_scanner(GARLIC).await?;
        proxy.held(1).await;
        browser.switch_to_window(second.clone()).await?;
        shows(browser, "280.000 ₫").await?;
        browser.type_like_scanner(FISH_SAUCE).await?;
        proxy.held(2).await;
        browser.press("F9").await?;
        proxy.set(Fault::Forward);
        proxy.release();

        until(browser, "document.activeElement.id === 'cash'").await?;
        shows(browser, "375.000 ₫").await?;
        browser.switch_to_window(first).await?;
        shows(browser, "375.000 ₫").await?;
        until(browser, NOTHING_WAITS).await?;
        until(browser, "!document.querySelector('[data-modal]')").await
    })
    .await;
    let state = shop.store.state().await;
    assert_eq!(rows(&state), [("Tỏi đen Lý Sơn hộp 250 g", 1), ("Nước mắm Sa Huỳnh chai 500 ml", 1)]);
    shop.store.check().await;
}

/// An answer names only rows that changed; one that was overtaken fits no more, and what the stream told stands.
#[tokio::test]
async fn an_answer_that_was_overtaken_leaves_the_rows_as_they_are() {
    let _others = crate::QUIET.read().await;
    let (shop, proxy) = Shop::behind_proxy().await;
    Browser::story(Viewport::COUNTER, async |browser| {
        let first = browser.window().await?;
        shop.sign_in(browser).await?;
        let second = browser.new_window().await?;
        browser.switch_to_window(second.clone()).await?;
        browser.set_viewport(Viewport::COUNTER).await?;
        browser.goto(&shop.url).await?;
        counter_is_ready(browser).await?;

        browser.switch_to_window(first.clone()).await?;
        for total in ["280.000 ₫", "560.000 ₫"] {
            browser.type_like_scanner(GARLIC).await?;
            shows(browser, total).await?;
        }
        until(browser, NOTHING_WAITS).await?;
        proxy.set_for("POST ", Fault::Hold);
        browser.type_like_scanner(FISH_SAUCE).await?;
        proxy.held(1).await;
        browser.switch_to_window(second.clone()).await?;
        shows(browser, "655.000 ₫").await?;
        browser.type_like_scanner(GARLIC).await?;
        proxy.held(2).await;
        browser.switch_to_window(first.clone()).await?;
        shows(browser, "935.000 ₫").await?;
        proxy.set(Fault::Forward);
        proxy.release();

        for window in [first, second] {
            browser.switch_to_window(window).await?;
            until(browser, NOTHING_WAITS).await?;
            let cells = "[...document.querySelectorAll('#cart tbody tr')].map(row =>
                row.querySelector('.pick span').firstChild.data.trim() + row.cells[1].innerText.trim().at(-1)).join('|')";
            let rows = "Tỏi đen Lý Sơn hộp 250 g3|Nước mắm Sa Huỳnh chai 500 ml1";
            until(browser, &format!("{cells} === '{rows}'")).await?;
        }
        Ok(())
    })
    .await;
    shop.store.check().await;
}

/// Each window asks for the state when it changes, however many there are.
#[tokio::test]
async fn twenty_windows_are_told_at_once() {
    let _others = crate::QUIET.read().await;
    let store = TestStore::new().await;
    store.scan(GARLIC).await;
    let mut asking = JoinSet::new();
    for _ in 0..20 {
        let (app, seat) = (store.app.clone(), store.seat.clone());
        asking.spawn(async move { state::load(&app, &seat, Note::Ready, None).await });
    }
    let told = tokio::time::timeout(TOLD_WITHIN, asking.join_all()).await.expect("none waits for another");
    for state in told {
        assert_eq!(state.expect("a state").payable_vnd, 280_000);
    }
}

/// Presses F9 and Enter; returns the receipt's number.
async fn finish(browser: &Browser, shop: &Shop, payable_vnd: i64) -> WebDriverResult<String> {
    browser.press("F9").await?;
    until(browser, "document.activeElement.id === 'cash'").await?;
    browser.press("Enter").await?;
    let is_paid = |paid: i64| paid == payable_vnd;
    let state = comes_to(&shop.store, "a sale", |state| {
        state.lines.is_empty() && state.last_sale.as_ref().is_some_and(|sale| is_paid(sale.payable_vnd))
    });
    let receipt = state.await.last_sale.expect("a sale").receipt;
    shows(browser, &format!("Xong đơn {receipt}.")).await?;
    Ok(receipt)
}

#[tokio::test]
async fn a_cart_outlives_its_browser_and_its_program() {
    let _others = crate::QUIET.read().await;
    let mut shop = Shop::open().await;
    let killed = async {
        let browser = Browser::start(Viewport::COUNTER).await;
        shop.sign_in(&browser).await?;
        for code in [GARLIC, FISH_SAUCE, GARLIC] {
            browser.type_like_scanner(code).await?;
        }
        shows(&browser, "655.000 ₫").await
        // Dropped with everything that it has open, as by a power cut.
    };
    let limit = Duration::from_secs(STORY_S_MAX);
    tokio::time::timeout(limit, killed).await.expect("in time").expect("the browser");
    let before = shop.store.state().await;
    shop = shop.restart().await;

    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in(browser).await?;
        shows(browser, "655.000 ₫").await?;
        let cart = "return [...document.querySelectorAll('#cart tbody tr')].map(row => row.cells[0].innerText
            .split('\\n')[0] + row.querySelector('output, td.n').innerText)";
        let shown = browser.read(cart).await?;
        assert_eq!(shown, r#"["Tỏi đen Lý Sơn hộp 250 g 4★2","Nước mắm Sa Huỳnh chai 500 ml 3★1"]"#);
        let sale = browser.read("return document.querySelector('#cart').dataset.sale").await?;
        assert_eq!(sale, before.sale_id.to_string());
        finish(browser, &shop, 655_000).await
    })
    .await;
    let state = shop.store.state().await;
    assert_eq!(state.last_sale.map(|sale| sale.sale_id), Some(before.sale_id), "the very sale");
    shop.store.check().await;
}

/// A page that is closed while money is taken sells nothing, and one that is closed after the last key sells once: either
/// way the next page shows what is.
#[tokio::test]
async fn a_page_closed_while_money_is_taken_sells_nothing_or_once() {
    let _others = crate::QUIET.read().await;
    let (shop, proxy) = Shop::behind_proxy().await;
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in(browser).await?;
        browser.type_like_scanner(GARLIC).await?;
        shows(browser, "280.000 ₫").await?;
        browser.press("F9").await?;
        until(browser, "document.activeElement.id === 'cash'").await?;
        browser.goto("about:blank").await?;
        assert_eq!(rows(&shop.store.state().await).len(), 1, "the cart stays");
        browser.goto(&shop.url).await?;
        counter_is_ready(browser).await?;
        shows(browser, "280.000 ₫").await?;
        assert_eq!(shop.store.state().await.last_sale, None, "and nothing is sold");

        // The till has sold it, and the answer is lost with the page: two presses, one sale.
        browser.press("F9").await?;
        until(browser, "document.activeElement.id === 'cash'").await?;
        proxy.set_for("POST /counter/finish", Fault::DropReply);
        browser.press("Enter").await?;
        browser.press("Enter").await?;
        comes_to(&shop.store, "the sale", |state| state.last_sale.is_some()).await;
        browser.goto("about:blank").await?;
        proxy.set(Fault::Forward);
        browser.goto(&shop.url).await?;
        counter_is_ready(browser).await?;
        until(browser, NOTHING_WAITS).await?;
        until(browser, EMPTY).await?;
        let sales = json(browser, "/receipts").await?;
        let paid: Vec<_> =
            sales.as_array().expect("sales").iter().map(|sale| sale["payable_vnd"].as_i64()).collect();
        assert_eq!(paid, [Some(280_000)]);
        Ok(())
    })
    .await;
    shop.store.check().await;
}
