//! The main job: twenty scans at a scanner's pace, two keys, the right paper, and two seconds later the department and
//! the producer know.

use domain::ids::SaleId;
use receipts::profile::Paper;
use receipts::snapshot::ReceiptSnapshot;
use serde_json::Value;
use testkit::browser::{Browser, Viewport};
use testkit::store::TestStore;
use testkit::world::{FISH_SAUCE, GARLIC, World};
use thirtyfour::prelude::WebDriverResult;

use crate::looking::{comes_to, fetched, json, rows, shows, until};
use crate::shop::{Shop, add_people, sign_in_at_central};

/// From the cashier's Enter until the department's browser has the page with the sale.
const SEEN_WITHIN_MS: f64 = 2_000.0;

/// Looks of the department; each loads its page anew.
const LOOKS_MAX: usize = 200;

#[tokio::test]
async fn twenty_scans_and_two_keys_make_a_sale_that_department_and_producer_see() {
    // The two seconds are the product's, not those of other browsers on this machine.
    let _alone = crate::QUIET.write().await;
    let world = World::with_catalogue().await;
    let shop = Shop::with_workers(world.open_store("LS").await).await;
    add_people(&world).await;

    Browser::story(Viewport::COUNTER, async |browser| {
        let counter = browser.window().await?;
        let department = browser.new_window().await?;
        browser.switch_to_window(department.clone()).await?;
        browser.set_viewport(Viewport::COUNTER).await?;
        sign_in_at_central(browser, &format!("{}/sales", world.url), "ngan").await?;
        shows(browser, "Chưa bán được gì trong kỳ này.").await?;

        browser.switch_to_window(counter).await?;
        shop.sign_in(browser).await?;
        scan_twenty(browser, &shop.store).await?;
        let pressed_ms = pay(browser).await?;
        browser.switch_to_window(department).await?;
        let seen_ms = sees(browser, "3.750.000 ₫").await?;
        let took_ms = seen_ms - pressed_ms;
        assert!(took_ms <= SEEN_WITHIN_MS, "the department saw the sale after {took_ms} ms");

        department_has(browser).await?;
        producer_has(browser, &world).await?;
        let counter = browser.windows().await?.swap_remove(0);
        browser.switch_to_window(counter).await?;
        receipt_is_right(browser, &shop.store).await
    })
    .await;
    shop.store.check().await;
}

async fn scan_twenty(browser: &Browser, store: &TestStore) -> WebDriverResult<()> {
    for _ in 0..10 {
        browser.type_like_scanner(GARLIC).await?;
        browser.type_like_scanner(FISH_SAUCE).await?;
    }
    let state = comes_to(store, "twenty pieces", |state| state.payable_vnd == 3_750_000).await;
    let expected = [("Tỏi đen Lý Sơn hộp 250 g", 10), ("Nước mắm Sa Huỳnh chai 500 ml", 10)];
    assert_eq!(rows(&state), expected, "every scan, once");
    shows(browser, "3.750.000 ₫").await
}

/// Presses F9 and Enter; returns when Enter was pressed, in milliseconds since 1970.
async fn pay(browser: &Browser) -> WebDriverResult<f64> {
    browser.press("F9").await?;
    until(browser, "document.activeElement.id === 'cash'").await?;
    let note = "addEventListener('keydown', key => { window.pressed = performance.timeOrigin + key.timeStamp }, true)";
    browser.read(note).await?;
    browser.press("Enter").await?;
    let pressed_ms = browser.read("return window.pressed").await?;
    Ok(pressed_ms.parse().expect("Enter was pressed"))
}

/// Loads the page until it has a text; returns when that page had arrived, in milliseconds since 1970.
async fn sees(browser: &Browser, text: &str) -> WebDriverResult<f64> {
    let look = format!(
        "return document.body.innerText.includes({text:?})
            ? performance.timeOrigin + performance.getEntriesByType('navigation')[0].responseEnd : 0"
    );
    for _ in 0..LOOKS_MAX {
        browser.refresh().await?;
        let seen_ms = browser.read(&look).await?;
        if seen_ms != "0" {
            return Ok(seen_ms.parse().expect("a number"));
        }
    }
    panic!("the department never saw {text}:\n{}", browser.read("return document.body.innerText").await?);
}

async fn department_has(browser: &Browser) -> WebDriverResult<()> {
    let report = json(browser, "/sales").await?;
    let figures = |row: &Value| {
        let text = |field: &str| row[field].as_str().unwrap_or_default().to_owned();
        let number = |field: &str| row[field].as_i64().unwrap_or_default();
        (text("name"), number("quantity_milli"), number("revenue_vnd"), number("receipt_count"))
    };
    let found: Vec<_> = report["products"].as_array().expect("products").iter().map(figures).collect();
    let row = |name: &str, revenue_vnd| (name.to_owned(), 10_000, revenue_vnd, 1);
    let expected =
        [row("Tỏi đen Lý Sơn hộp 250 g", 2_800_000), row("Nước mắm Sa Huỳnh chai 500 ml", 950_000)];
    assert_eq!(found, expected);
    let cells = "return document.querySelector('tbody').rows[0].innerText.replace(/\\s+/g, ' ')";
    let row = browser.read(cells).await?;
    assert!(row.starts_with("Tỏi đen Lý Sơn hộp 250 g") && row.contains(" 10 2.800.000 ₫ – 1 "), "{row}");
    Ok(())
}

/// Another host name, so that this browser keeps two logins at central.
async fn producer_has(browser: &Browser, world: &World) -> WebDriverResult<()> {
    let window = browser.new_window().await?;
    browser.switch_to_window(window).await?;
    browser.set_viewport(Viewport::PHONE).await?;
    let own_page = format!("{}/me", world.url.replace("127.0.0.1", "localhost"));
    sign_in_at_central(browser, &own_page, "toiden").await?;
    let overview = json(browser, "/me").await?;
    let sold = &overview["lately"][0];
    assert_eq!(
        (&sold["name"], &sold["quantity_milli"], &sold["revenue_vnd"]),
        (&"Tỏi đen Lý Sơn hộp 250 g".into(), &10_000.into(), &2_800_000.into())
    );
    // 12 % commission, and 8 % VAT on it.
    assert_eq!(overview["owed_vnd"], 2_800_000 - 336_000 - 26_880);
    assert_eq!(overview["lately"].as_array().map(Vec::len), Some(1), "the store's own goods are its own");
    shows(browser, "2.437.120 ₫").await?;
    shows(browser, "10 × Hộp").await
}

/// The page leads to the paper, and the paper is the stored receipt, dot by dot.
async fn receipt_is_right(browser: &Browser, store: &TestStore) -> WebDriverResult<()> {
    let state = store.state().await;
    let sale = state.last_sale.expect("a sale");
    assert_eq!((sale.payable_vnd, sale.change_vnd, state.lines.len()), (3_750_000, 0, 0));
    let link = browser.read("return document.querySelector('#previous a').href").await?;
    assert!(link.ends_with(&format!("/receipts/{}", sale.sale_id)), "{link}");
    browser.goto(&link).await?;
    shows(browser, &sale.receipt).await?;
    until(browser, "document.querySelector('main img').naturalWidth === 576").await?;

    let sale_id = SaleId::from_uuid(sale.sale_id);
    let mut reader = store.app.db().read().acquire().await.expect("a connection");
    let text = pos::db::receipts::find_snapshot(&mut reader, sale_id).await.expect("a search");
    drop(reader);
    let snapshot = ReceiptSnapshot::from_json(&text.expect("a receipt")).expect("that can be read");
    let lines: Vec<_> = snapshot.lines.iter().map(|line| (line.quantity_milli, line.amount_vnd)).collect();
    assert_eq!(lines, [(10_000, 2_800_000), (10_000, 950_000)]);
    assert_eq!((snapshot.total_vnd, snapshot.tendered_vnd), (3_750_000, 3_750_000));
    assert!(snapshot.verification_qr.contains(" 3750000 "), "{}", snapshot.verification_qr);

    let drawn = receipts::raster::draw(&receipts::layout::layout(&snapshot, Paper::Dots576, None));
    let expected = receipts::png::encode(&drawn).expect("a picture");
    let shown =
        fetched(browser, &browser.read("return document.querySelector('main img').src").await?).await?;
    assert_eq!(shown, expected, "the picture is the stored receipt");
    Ok(())
}
