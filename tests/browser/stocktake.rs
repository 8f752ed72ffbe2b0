//! Counting the shelf with a scanner while the till goes on selling, and closing it with a manager's word.

use pos::counter::stocktake::{self, Count, HowMuch};
use testkit::browser::{Browser, Viewport};
use testkit::catalogue::{PIN, id_of};
use testkit::world::{FISH_SAUCE, GARLIC};

use crate::looking::{NOTHING_WAITS, click, shows, type_into, until};
use crate::pictures::{GOODS, at_all_sizes, usual_store};
use crate::shop::Shop;

const GARLIC_NAME: &str = "Tỏi đen Lý Sơn hộp 250 g";

/// The usual store with some of all its goods on the shelf.
async fn shop() -> Shop {
    let store = usual_store().await;
    for (name, ..) in GOODS {
        store.receive(name, 12, None).await;
    }
    Shop::pages(store).await
}

#[tokio::test]
async fn a_stocktake_by_scanner_while_the_till_sells() {
    let _others = crate::QUIET.read().await;
    let shop = shop().await;
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in(browser).await?;
        browser.goto(format!("{}/stock", shop.url)).await?;
        click(browser, "main a[href='/stocktake']").await?;
        shows(browser, "Vẫn bán hàng bình thường").await?;
        at_all_sizes(browser, "stocktake-begin").await?;
        // The page that follows is opened at a counter again: on a tablet nothing takes the cursor back to the box.
        browser.set_viewport(Viewport::COUNTER).await?;
        until(browser, "document.activeElement.name === 'area'").await?;
        type_into(browser, "#title", "Kiểm kê cuối tháng 11").await?;
        browser.press("Enter").await?;
        shows(browser, "Bắt đầu kiểm kê. Quét hàng ở khu này.").await?;
        for code in [FISH_SAUCE, FISH_SAUCE, FISH_SAUCE] {
            browser.type_like_scanner(code).await?;
        }
        shows(browser, ": 3 ở Kệ 1").await?;
        // Sold between two scans: nobody knows whether it had been counted.
        shop.store.sell(FISH_SAUCE).await;
        for (_, code, ..) in GOODS {
            browser.type_like_scanner(code).await?;
        }
        browser.type_like_scanner(FISH_SAUCE).await?;
        shows(browser, ": 4 ở Kệ 1").await?;
        shows(browser, "Có bán hoặc nhập trong lúc đếm").await?;
        until(browser, NOTHING_WAITS).await?;
        at_all_sizes(browser, "stocktake-counting").await?;
        // Typed as a whole it is sure again: the cursor goes to the number, and back to the box.
        click(browser, "#here tbody tr:first-child button").await?;
        until(browser, "document.activeElement.name === 'quantity'").await?;
        at_all_sizes(browser, "stocktake-number").await?;
        type_into(browser, "#quantity", "8").await?;
        browser.press("Enter").await?;
        shows(browser, ": 8 ở Kệ 1").await?;
        until(browser, "document.activeElement.id === 'box'").await?;
        // By words, without what the book says.
        type_into(browser, "#box", "toi den").await?;
        until(browser, "document.querySelector('#results [role=option]')").await?;
        click(browser, "#results [role=option]").await?;
        until(browser, "document.activeElement.name === 'quantity'").await?;
        type_into(browser, "#quantity", "9").await?;
        browser.press("Enter").await?;
        shows(browser, ": 9 ở Kệ 1").await?;
        browser.goto(format!("{}/stocktake/closing", shop.url)).await?;
        shows(browser, "Lệch nhiều so với sổ").await?;
        at_all_sizes(browser, "stocktake-not-yet").await?;
        click(browser, "form[action='/stocktake/again'] button").await?;
        shows(browser, "Đang đếm lại, còn: Kệ 1").await?;
        at_all_sizes(browser, "stocktake-again").await?;
        browser.goto(format!("{}/stocktake/sheet", shop.url)).await?;
        shows(browser, "Đếm được").await?;
        at_all_sizes(browser, "stocktake-sheet").await?;
        Ok(())
    })
    .await;
    shop.store.check().await;
}

/// Counts at the till's own functions, as another window would.
async fn count(shop: &Shop, name: &str, pieces: i64) {
    let (app, seat, product_id) = (&shop.store.app, &shop.store.seat, id_of(name).into());
    let how_much = HowMuch::Exactly(domain::Quantity::pieces(pieces));
    let count = Count { product_id, area: "Kho sau".to_owned(), how_much };
    // A large difference is believed when it is found twice.
    stocktake::count(app, seat, &shop.store.op(), &count).await.expect("a count");
    stocktake::count_again(app, seat, &shop.store.op(), product_id).await.expect("another round");
    stocktake::count(app, seat, &shop.store.op(), &count).await.expect("a count");
}

#[tokio::test]
async fn a_stocktake_is_closed_by_a_manager() {
    let _others = crate::QUIET.read().await;
    let shop = shop().await;
    let (app, seat) = (&shop.store.app, &shop.store.seat);
    stocktake::begin(app, seat, &shop.store.op(), "Kiểm kê cuối tháng 11").await.expect("a stocktake");
    count(&shop, GARLIC_NAME, 8).await;
    for (index, (name, ..)) in GOODS[..3].iter().enumerate() {
        count(&shop, name, [12, 15, 11][index]).await;
    }
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in_as(browser, id_of("Trần Văn Quản")).await?;
        browser.goto(format!("{}/stocktake/closing", shop.url)).await?;
        shows(browser, "Đã đếm 4 mặt hàng, lệch 3.").await?;
        shows(browser, "Những hàng chưa đếm coi như hết").await?;
        at_all_sizes(browser, "stocktake-closing-manager").await?;
        Ok(())
    })
    .await;
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in(browser).await?;
        browser.goto(format!("{}/stocktake/closing", shop.url)).await?;
        until(browser, "document.activeElement.name === 'pin'").await?;
        at_all_sizes(browser, "stocktake-closing").await?;
        shop.store.sell(GARLIC).await;
        type_into(browser, "#reason", "Đã tìm cả trong kho").await?;
        type_into(browser, "#closing-pin", PIN).await?;
        click(browser, "form[action='/stocktake/closing'] .primary").await?;
        shows(browser, "Đã chốt kiểm kê 4 mặt hàng, sửa 3, biên bản LS-").await?;
        until(browser, "document.querySelector('main img')?.naturalWidth === 576").await?;
        at_all_sizes(browser, "stocktake-paper").await?;
        Ok(())
    })
    .await;
    assert!(shop.store.balance("losses").await > 0, "the producer is owed for the missing boxes");
    shop.store.check().await;
}
