//! Requests wait for their turn and for an answer: in order, each counted once, whatever the network does.

use testkit::browser::{Browser, Viewport};
use testkit::proxy::{Fault, Proxy};
use testkit::world::{FISH_SAUCE, GARLIC};
use thirtyfour::prelude::WebDriverResult;

use crate::looking::{becomes, click, comes_to, rows, shows, until};
use crate::shop::Shop;

const GARLIC_NAME: &str = "Tỏi đen Lý Sơn hộp 250 g";
const FISH_SAUCE_NAME: &str = "Nước mắm Sa Huỳnh chai 500 ml";

/// What a queue holds. Searches pass: on a loaded machine a code may be typed slowly enough to ask for one.
const ACTIONS: &str = "POST ";

/// An answer of a program with a fault.
const BROKEN: &[u8] = b"HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";

/// Returns the op id and the code of each scan that reached the network, in their order.
fn scans(proxy: &Proxy) -> Vec<(String, String)> {
    let of_request = |request: &[u8]| {
        let text = String::from_utf8_lossy(request).into_owned();
        let op_id = text.lines().find_map(|line| line.strip_prefix("x-op-id: "));
        let code = text.rsplit(['\n', '&']).find_map(|field| field.strip_prefix("code="));
        text.starts_with("POST /counter/scan ")
            .then(|| (op_id.unwrap_or_default().to_owned(), code.unwrap_or_default().to_owned()))
    };
    proxy.exchanges().iter().filter_map(|exchange| of_request(&exchange.request)).collect()
}

fn codes(proxy: &Proxy) -> Vec<String> {
    scans(proxy).into_iter().map(|(_, code)| code).collect()
}

/// How many requests lie in the browser's store.
async fn waits(browser: &Browser, count: usize) -> WebDriverResult<()> {
    let waiting = "Object.keys(localStorage).filter(key => key.startsWith('op:')).length";
    until(browser, &format!("{waiting} === {count}")).await
}

#[tokio::test]
async fn scans_wait_in_order_while_the_till_does_not_answer() {
    let _others = crate::QUIET.read().await;
    let (shop, proxy) = Shop::behind_proxy().await;
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in(browser).await?;
        proxy.set_for(ACTIONS, Fault::Hold);
        for code in [GARLIC, FISH_SAUCE, GARLIC] {
            browser.type_like_scanner(code).await?;
        }
        waits(browser, 3).await?;
        shows(browser, "3 lần quét đang chờ").await?;
        becomes("a scan on its way", || !scans(&proxy).is_empty()).await;
        assert_eq!(codes(&proxy), [GARLIC], "one at a time");

        proxy.set(Fault::Forward);
        proxy.release();
        let state = comes_to(&shop.store, "three pieces", |state| state.payable_vnd == 655_000).await;
        assert_eq!(rows(&state), [(GARLIC_NAME, 2), (FISH_SAUCE_NAME, 1)]);
        assert_eq!(codes(&proxy), [GARLIC, FISH_SAUCE, GARLIC], "as they were scanned");
        waits(browser, 0).await?;
        shows(browser, "655.000 ₫").await?;
        until(browser, "document.querySelector('#waiting').hidden").await
    })
    .await;
    shop.store.check().await;
}

#[tokio::test]
async fn a_scan_whose_answer_was_lost_is_sent_again_and_counted_once() {
    let _others = crate::QUIET.read().await;
    let (shop, proxy) = Shop::behind_proxy().await;
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in(browser).await?;
        proxy.set_for(ACTIONS, Fault::DropReply);
        browser.type_like_scanner(GARLIC).await?;
        // The till has done it, and the page does not know.
        comes_to(&shop.store, "one piece", |state| state.lines.len() == 1).await;
        shows(browser, "Máy bán hàng không trả lời — 1 lần quét đang chờ").await?;
        until(browser, "document.querySelector('.pay').disabled").await?;
        waits(browser, 1).await?;

        proxy.set(Fault::Forward);
        waits(browser, 0).await?;
        shows(browser, "280.000 ₫").await?;
        until(browser, "document.querySelector('.pay:enabled')").await?;
        let sent = scans(&proxy);
        assert!(sent.len() >= 2 && sent.iter().all(|scan| *scan == sent[0]), "the same again: {sent:?}");
        assert_eq!(rows(&shop.store.state().await), [(GARLIC_NAME, 1)], "counted once");
        Ok(())
    })
    .await;
    shop.store.check().await;
}

#[tokio::test]
async fn scans_left_in_a_closed_page_are_sent_by_the_next_one() {
    let _others = crate::QUIET.read().await;
    let (shop, proxy) = Shop::behind_proxy().await;
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in(browser).await?;
        proxy.set_for(ACTIONS, Fault::DropRequest);
        for code in [GARLIC, FISH_SAUCE] {
            browser.type_like_scanner(code).await?;
        }
        waits(browser, 2).await?;
        becomes("a scan that was lost", || !scans(&proxy).is_empty()).await;
        let lost = scans(&proxy)[0].clone();
        browser.goto("about:blank").await?;
        assert_eq!(shop.store.state().await.lines, [], "nothing reached the till");

        proxy.set(Fault::Forward);
        browser.goto(&shop.url).await?;
        let state = comes_to(&shop.store, "two rows", |state| state.lines.len() == 2).await;
        assert_eq!(rows(&state), [(GARLIC_NAME, 1), (FISH_SAUCE_NAME, 1)]);
        waits(browser, 0).await?;
        shows(browser, "375.000 ₫").await?;
        let sent = scans(&proxy);
        assert!(sent[1..].contains(&lost), "under its own name: {sent:?}");
        assert_eq!(sent.last().map(|(_, code)| code.as_str()), Some(FISH_SAUCE), "and in order");
        Ok(())
    })
    .await;
    shop.store.check().await;
}

#[tokio::test]
async fn a_request_that_fails_again_and_again_can_be_skipped() {
    let _others = crate::QUIET.read().await;
    let (shop, proxy) = Shop::behind_proxy().await;
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in(browser).await?;
        proxy.set_for(ACTIONS, Fault::Answer(BROKEN.into()));
        browser.type_like_scanner(GARLIC).await?;
        until(browser, "!document.querySelector('#choice').hidden").await?;
        shows(browser, &format!("code={GARLIC}")).await?;
        browser.type_like_scanner(FISH_SAUCE).await?;
        waits(browser, 2).await?;

        proxy.set(Fault::Forward);
        click(browser, "[data-choice=drop]").await?;
        waits(browser, 0).await?;
        shows(browser, "95.000 ₫").await?;
        assert_eq!(rows(&shop.store.state().await), [(FISH_SAUCE_NAME, 1)]);
        until(browser, "document.querySelector('#choice').hidden").await
    })
    .await;
    shop.store.check().await;
}
