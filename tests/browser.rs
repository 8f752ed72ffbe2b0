//! The main job in a real browser: a cashier signs in, scans at a scanner's pace, takes exact cash with two keys.
#![expect(clippy::expect_used, clippy::panic, reason = "a story that cannot go on has failed")]

use std::time::Duration;

use testkit::browser::{Browser, Viewport};
use testkit::catalogue::PIN;
use testkit::world::{FISH_SAUCE, GARLIC, World, begin_day};
use thirtyfour::prelude::{By, ElementQueryable, Key, WebDriverResult};
use tokio::net::TcpListener;

/// Two seconds from the cashier's Enter to the department's row.
const SEEN_AFTER: Duration = Duration::from_secs(2);
/// How often a page is looked at, and for how long at most: ten seconds.
const LOOK_EVERY: Duration = Duration::from_millis(50);
const LOOKS_MAX: usize = 200;

#[tokio::test]
async fn twenty_scans_and_two_keys_make_a_sale_that_reaches_the_department() {
    let world = World::with_catalogue().await;
    let store = world.store("LS", true).await;
    begin_day(&store).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(pos::serve::serve(store.app.clone(), listener, std::future::pending()));

    Browser::story(Viewport::COUNTER, async |browser| {
        sign_in(browser, &url).await?;
        for _ in 0..10 {
            browser.type_like_scanner(GARLIC).await?;
            browser.type_like_scanner(FISH_SAUCE).await?;
        }
        shows(browser, "3.750.000 ₫").await?;
        let state = store.state().await;
        let rows: Vec<i64> = state.lines.iter().map(|line| line.quantity_milli / 1_000).collect();
        assert_eq!((rows, state.payable_vnd), (vec![10, 10], 3_750_000), "every scan, once");
        browser.action_chain().send_keys(Key::F9.value().to_string()).perform().await?;
        shows(browser, "Khách đưa").await?;
        browser.action_chain().send_keys(Key::Enter.value().to_string()).perform().await?;
        shows(browser, "LS-").await?;
        Ok(())
    })
    .await;

    let sale = store.state().await.last_sale.expect("a sale");
    assert_eq!(sale.payable_vnd, 3_750_000);
    reaches_central(&store).await;
    store.check().await;
}

async fn sign_in(browser: &Browser, url: &str) -> WebDriverResult<()> {
    browser.goto(url).await?;
    browser.query(By::Css("input[name=cashier_id]")).first().await?.click().await?;
    browser.query(By::Css("#pin")).first().await?.send_keys(PIN).await?;
    browser.query(By::Css("form button.primary")).first().await?.click().await?;
    browser.query(By::Css("[data-box]")).first().await?;
    Ok(())
}

/// Waits until the page shows a text.
async fn shows(browser: &Browser, text: &str) -> WebDriverResult<()> {
    let holds = format!("return document.body.innerText.includes({text:?})");
    let mut seen = false;
    // A loaded machine draws slowly; the interval only sets the pace of looking.
    let mut look = tokio::time::interval(LOOK_EVERY);
    for _ in 0..LOOKS_MAX {
        look.tick().await;
        if browser.read(&holds).await? == "true" {
            seen = true;
            break;
        }
    }
    if !seen {
        let page = browser.read("return document.body.innerText").await?;
        panic!("the page does not show {text:?}:\n{page}");
    }
    Ok(())
}

/// Waits until central has acknowledged everything, at most [`SEEN_AFTER`].
async fn reaches_central(store: &testkit::store::TestStore) {
    let mut changes = store.app.changes();
    let all = async {
        while store.state().await.central.waiting_sales > 0 {
            let _ = changes.recv().await;
        }
    };
    tokio::time::timeout(SEEN_AFTER, all).await.expect("within two seconds");
}
